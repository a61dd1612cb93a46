/*
 * release_name.h - names of releases from --name-template
 */
#ifndef YARE_HELM_RELEASE_NAME_H
#define YARE_HELM_RELEASE_NAME_H

#include "base/diag.h"
#include "template/parse.h"

/* Runs the template with no data; what it writes is the name. */
bool release_name_from_template(struct arena *a, struct slice text, const struct function_table *functions, bool helm3,
                                struct slice *name, struct diag *diag);

#endif

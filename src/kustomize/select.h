/*
 * select.h - the resources that a patch or replacement is for
 */
#ifndef YARE_KUSTOMIZE_SELECT_H
#define YARE_KUSTOMIZE_SELECT_H

#include "kustomize/build.h"
#include "kustomize/label_selector.h"

/* Adds the resources that fit: group, version, kind, name and namespace are regular expressions over the whole of what
   they are compared with, empty ones match all; name and namespace are the first or the present ones. */
bool select_resources(struct arena *a, const struct selector *selector, const struct resource_map *from,
                      struct resource_map *out, struct diag *diag);

/* Adds to an error what the user may have meant by an id that nothing has. */
void select_note_nearest(struct arena *a, const struct resource_map *map, const struct res_id *id, struct diag *diag);

#endif

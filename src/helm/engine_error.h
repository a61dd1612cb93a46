/*
 * engine_error.h - template errors in Helm's words
 */
#ifndef YARE_HELM_ENGINE_ERROR_H
#define YARE_HELM_ENGINE_ERROR_H

#include "template/exec.h"

/* Rewords the newest entry, Go's parse error, as Helm does: "parse error at (FILE:LINE): LAST PIECE". Returns false. */
bool engine_reword_parse_error(struct slice file, struct diag *diag);

/* Adds the error of running `file`: Helm 4's blocks, one a link of the chain, or the message of fail and required, or
   Go's one line. Place and include chain go with it. Returns false. */
bool engine_report_exec_error(struct slice file, const struct template_error *error, bool helm3, struct diag *diag);

#endif

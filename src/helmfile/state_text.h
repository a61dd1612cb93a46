/*
 * state_text.h - the text of a state file before it is parsed
 */
#ifndef YARE_HELMFILE_STATE_TEXT_H
#define YARE_HELMFILE_STATE_TEXT_H

#include "base/diag.h"

/* CR LF becomes LF; shares the text where there is none. */
struct slice state_text_normalize(struct arena *a, struct slice text);

/* Helmfile's checks of the order of top-level keys: "no top-level config keys are found in F" and two more. The
   diagnostic is placed in the source. */
bool state_text_check(struct slice path, const struct source *source, struct diag *diag);

/* Cuts the next part off the front of *rest, at a line that is exactly "---"; false at the end. *rest starts as the
   whole text. */
bool state_text_next_part(struct slice *rest, struct slice *part);

/* The same for the documents of one part: any line that begins with "---" and a blank or nothing. */
bool state_text_next_document(struct slice *rest, struct slice *document);

#endif

/*
 * write_markdown.h - a diff for a comment on a pull request
 */
#ifndef YARE_REPORT_WRITE_MARKDOWN_H
#define YARE_REPORT_WRITE_MARKDOWN_H

#include "report/write_text.h"

enum {
    MARKDOWN_USUAL_SIZE = 65000 /* bytes: what a comment on GitHub holds, and a little room */
};

/* A summary, then a folded part for each object with its changes as a block of diff. At most options->size bytes (0:
   no bound): what does not fit is counted in a note at the end. */
void diff_write_markdown(const struct diff *diff, const struct text_options *options, struct buffer *out);

#endif

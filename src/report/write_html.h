/*
 * write_html.h - a diff as one page for a browser
 *
 * The page (page.html, built into the program) holds all it needs: nothing is loaded from anywhere. The diff is in it as
 * JSON, and is drawn, filtered and folded by the page itself.
 */
#ifndef YARE_REPORT_WRITE_HTML_H
#define YARE_REPORT_WRITE_HTML_H

#include "report/diff.h"

void diff_write_html(const struct diff *diff, struct buffer *out);

#endif

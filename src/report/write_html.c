/*
 * write_html.c - a diff as one page for a browser
 */
#include "report/write_html.h"

#include "report/html_text.h"
#include "report/write_json.h"

/* page.html, made into an array by the Makefile. */
extern const unsigned char report_page[];
extern const size_t report_page_size;

/* Appends the page up to the mark, which is passed over. */
static void put_until(struct slice *page, const char *mark, struct buffer *out)
{
    size_t at = slice_find(*page, slice_text(mark));
    buffer_add(out, slice_part(*page, 0, at));
    *page = slice_after(*page, at < page->len ? at + strlen(mark) : at);
}

void diff_write_html(const struct diff *diff, struct buffer *out)
{
    struct slice page = slice_of((const char *)report_page, report_page_size);
    put_until(&page, "@TITLE@", out);
    html_text(out, diff->left_name);
    buffer_add_text(out, " → ");
    html_text(out, diff->right_name);
    put_until(&page, "@DATA@", out);
    diff_write_json_for_html(diff, out);
    buffer_add(out, page);
}

/*
 * yaml_documents.c - the documents of a stream, as Kubernetes' libraries cut them
 */
#include "codec/yaml_documents.h"

static bool is_separator(struct slice line, struct slice *trailer)
{
    if (!slice_starts(line, SLICE("---")))
        return false;
    *trailer = slice_trim(slice_after(line, 3));
    return true;
}

static struct slice cut_line(struct yaml_documents *d)
{
    size_t end = slice_find_char(d->rest, '\n');
    struct slice line = slice_part(d->rest, 0, end);
    d->rest = end < d->rest.len ? slice_after(d->rest, end + 1) : slice_after(d->rest, end);
    d->line++;
    if (slice_ends(line, SLICE("\r")))
        line.len--;
    return line;
}

enum yaml_document yaml_documents_next(struct yaml_documents *d, struct slice *trailer)
{
    buffer_clear(&d->text);
    d->lines_before = d->line;
    while (d->rest.len) {
        struct slice line = cut_line(d);
        if (is_separator(line, trailer)) {
            if (trailer->len && trailer->ptr[0] != '#')
                return YAML_BAD_SEPARATOR;
            if (d->text.len)
                return YAML_DOCUMENT;
        }
        buffer_add(&d->text, line);
        buffer_add_char(&d->text, '\n');
    }
    return d->text.len ? YAML_DOCUMENT : YAML_NO_DOCUMENT;
}

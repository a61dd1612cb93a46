/*
 * schema_url.c - the addresses of JSON Schema: URLs with fragments, and JSON pointers
 */
#include "chart/schema_url.h"

#include "golang/strconv.h"
#include "golang/url.h"

static bool fail_parsing(struct arena *a, struct slice text, struct slice cause, struct slice *error)
{
    struct buffer b = BUFFER_INIT;
    buffer_add_text(&b, "error in parsing ");
    go_quote(&b, text);
    buffer_add_text(&b, ": ");
    buffer_add(&b, cause);
    *error = buffer_move(&b, a);
    return false;
}

struct slice schema_url_without_fragment(struct slice text)
{
    return slice_part(text, 0, slice_find_char(text, '#'));
}

bool schema_url_split(struct arena *a, struct slice text, struct slice *url, struct slice *fragment,
                      struct slice *error)
{
    *url = schema_url_without_fragment(text);
    struct slice escaped = url->len < text.len ? slice_after(text, url->len + 1) : SLICE("");
    struct slice cause;
    return go_path_unescape(a, escaped, fragment, &cause) || fail_parsing(a, text, cause, error);
}

bool schema_url_join(struct arena *a, struct slice base, struct slice reference, struct slice *url,
                     struct slice *fragment, struct slice *error)
{
    struct go_url base_url, ref_url, resolved;
    struct slice ref, cause;
    if (!go_url_parse(a, base, &base_url, &cause))
        return fail_parsing(a, base, cause, error);
    if (!schema_url_split(a, reference, &ref, fragment, error))
        return false;
    if (!go_url_parse(a, ref, &ref_url, &cause))
        return fail_parsing(a, ref, cause, error);
    go_url_resolve(a, &base_url, &ref_url, &resolved);
    if (ref_url.scheme.len == 0 && base_url.opaque.len)
        resolved.opaque = base_url.opaque;
    struct buffer b = BUFFER_INIT;
    go_url_string(&b, &resolved);
    *url = buffer_move(&b, a);
    return true;
}

bool schema_url_check(struct arena *a, struct slice url, struct slice *error)
{
    struct go_url parsed;
    return go_url_parse(a, url, &parsed, error);
}

void schema_pointer_add(struct buffer *out, struct slice name)
{
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == '~')
            buffer_add_text(out, "~0");
        else if (name.ptr[i] == '/')
            buffer_add_text(out, "~1");
        else
            buffer_add_char(out, name.ptr[i]);
    }
}

bool schema_pointer_name(struct arena *a, struct slice segment, struct slice *name)
{
    if (slice_find_char(segment, '~') == segment.len) {
        *name = segment;
        return true;
    }
    char *text = arena_alloc(a, segment.len);
    size_t len = 0;
    for (size_t i = 0; i < segment.len; i++) {
        char c = segment.ptr[i];
        if (c == '~') {
            char code = ++i < segment.len ? segment.ptr[i] : '\0';
            if (code != '0' && code != '1')
                return false;
            c = code == '0' ? '~' : '/';
        }
        text[len++] = c;
    }
    *name = slice_of(text, len);
    return true;
}

void schema_fragment_add(struct buffer *out, struct slice text)
{
    struct slice piece;
    for (bool first = true; slice_next_piece(&text, '/', &piece); first = false) {
        if (!first)
            buffer_add_char(out, '/');
        go_path_escape(out, piece);
    }
}

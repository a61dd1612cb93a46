/*
 * state_text.c - the text of a state file before it is parsed
 */
#include "helmfile/state_text.h"


struct slice state_text_normalize(struct arena *a, struct slice text)
{
    struct buffer out = BUFFER_INIT;
    if (slice_find(text, SLICE("\r\n")) == text.len)
        return text;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '\r' || i + 1 == text.len || text.ptr[i + 1] != '\n')
            buffer_add_char(&out, text.ptr[i]);
    }
    return buffer_move(&out, a);
}

/* --- checks --------------------------------------------------------------------------------------------------- */

/* The key that a line begins with, empty where it begins with none. */
static struct slice top_key(struct slice line)
{
    size_t len = 0;
    while (len < line.len && ((line.ptr[len] >= 'a' && line.ptr[len] <= 'z') ||
                              (line.ptr[len] >= 'A' && line.ptr[len] <= 'Z')))
        len++;
    return len > 0 && len < line.len && line.ptr[len] == ':' ? slice_part(line, 0, len) : slice_of(NULL, 0);
}

static bool is_separator(struct slice line)
{
    return slice_starts(line, SLICE("---")) && slice_trim(line).len == 3;
}

/* What has been seen on the way down a file. */
struct order {
    bool any_key;
    struct slice last_ordered;  /* the last of bases, environments and releases */
    struct slice last_in_part;  /* the last of environments and releases since a separator */
    bool seen_environments;
    bool seen_releases;
};

static bool check_key(struct order *o, struct slice key, struct slice path, struct diag *diag)
{
    bool releases = slice_is(key, "releases");
    bool environments = slice_is(key, "environments");
    o->any_key = true;
    if (!releases && !environments && !slice_is(key, "bases"))
        return true;
    if (!releases && slice_is(o->last_ordered, "releases"))
        return diag_error(diag, "top-level config key %.*s must be defined before releases in %.*s", SLICE_ARG(key),
                          SLICE_ARG(path));
    o->last_ordered = key;
    if ((releases && o->seen_releases) || (environments && o->seen_environments) || slice_is(key, "bases"))
        return true;
    if (o->last_in_part.len)
        return diag_error(diag, "environments and releases cannot be defined within the same YAML part. Use --- to "
                                "extract the environments into a dedicated part");
    o->seen_releases |= releases;
    o->seen_environments |= environments;
    o->last_in_part = key;
    return true;
}

bool state_text_check(struct slice path, const struct source *source, struct diag *diag)
{
    struct order order = {0};
    struct slice rest = source->text;
    struct slice line;
    for (uint32_t number = 1; slice_next_piece(&rest, '\n', &line); number++) {
        struct slice key = top_key(line);
        if (is_separator(line))
            order.last_in_part = slice_of(NULL, 0);
        if (key.len && !check_key(&order, key, path, diag)) {
            struct diag_place place = {source, number, 1, (uint32_t)key.len};
            diag_locate(diag, place);
            return false;
        }
    }
    return order.any_key || diag_error(diag, "no top-level config keys are found in %.*s", SLICE_ARG(path));
}

/* --- parts and documents -------------------------------------------------------------------------------------- */

bool state_text_next_part(struct slice *rest, struct slice *part)
{
    const struct slice separator = SLICE_INIT("\n---\n");
    if (!rest->ptr)
        return false;
    size_t at = slice_find(*rest, separator);
    *part = slice_part(*rest, 0, at);
    *rest = at == rest->len ? slice_of(NULL, 0) : slice_after(*rest, at + separator.len);
    return true;
}

static bool begins_document(struct slice line)
{
    return slice_starts(line, SLICE("---")) && (line.len == 3 || line.ptr[3] == ' ' || line.ptr[3] == '\t');
}

bool state_text_next_document(struct slice *rest, struct slice *document)
{
    if (!rest->ptr)
        return false;
    const char *start = rest->ptr;
    struct slice all = *rest;
    struct slice line;
    bool first = true;
    while (slice_next_piece(rest, '\n', &line)) {
        if (begins_document(line) && !first) {
            *document = slice_of(start, (size_t)(line.ptr - start));
            *rest = slice_after(all, (size_t)(line.ptr - start));
            return true;
        }
        first = false;
    }
    *document = all;
    *rest = slice_of(NULL, 0);
    return true;
}

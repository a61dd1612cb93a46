/*
 * key_values.c - the keys and values of a generated ConfigMap or Secret
 *
 * They come from env files line by line, from literals and from whole files, in that order; no key may come twice.
 */
#include "kustomize/key_values.h"

#include "golang/path.h"
#include "golang/strconv.h"
#include "golang/unicode.h"

/* Go's bufio.Scanner gives up, without an error, at a line that fills its buffer. */
#define LONGEST_ENV_LINE (64 * 1024)

struct reading {
    struct target *target;
    const struct generator *entry;
    struct map *pairs;
    struct diag *diag;
    bool repeats; /* the error is about a key, not a source */
};

/* `from` is what the kustomization says of it. */
static bool add_pair(struct reading *r, struct slice key, struct slice text, struct slice from)
{
    if (map_find(r->pairs, key)) {
        r->repeats = true;
        return diag_error(r->diag, "configmap %.*s illegally repeats the key `%.*s`", SLICE_ARG(r->entry->name),
                          SLICE_ARG(key));
    }
    map_set(r->pairs, key, value_from(value_string(text), kustomization_origin(r->target->k, from)));
    return true;
}

static struct slice quoted(struct reading *r, struct slice text)
{
    struct buffer out = BUFFER_INIT;
    go_quote(&out, text);
    return buffer_move(&out, r->target->build->arena);
}

/* --- literals ----------------------------------------------------------------------------------------------------- */

static struct slice without_quotes(struct slice text)
{
    if (text.len < 2 || text.ptr[0] != text.ptr[text.len - 1] || (text.ptr[0] != '"' && text.ptr[0] != '\''))
        return text;
    return slice_part(text, 1, text.len - 1);
}

static bool read_literal(struct reading *r, struct slice literal)
{
    size_t at = slice_find_char(literal, '=');
    if (at == 0 || at == literal.len)
        return diag_error(r->diag, "invalid literal source %.*s, expected key=value", SLICE_ARG(literal));
    return add_pair(r, slice_part(literal, 0, at), without_quotes(slice_after(literal, at + 1)), literal);
}

/* --- files -------------------------------------------------------------------------------------------------------- */

/* "path" or "key=path" to both. */
static bool split_file(struct reading *r, struct slice entry, struct slice *key, struct slice *path)
{
    size_t at = slice_find_char(entry, '=');
    if (slice_count_char(entry, '=') > 1)
        return diag_error(r->diag, "source %.*s key name or file path contains '='", SLICE_ARG(quoted(r, entry)));
    if (at == entry.len) {
        *key = go_path_base(entry);
        *path = entry;
        return true;
    }
    *key = slice_part(entry, 0, at);
    *path = slice_after(entry, at + 1);
    if (key->len == 0)
        return diag_error(r->diag, "missing key name for file path %.*s in source %.*s", SLICE_ARG(quoted(r, *path)),
                          SLICE_ARG(quoted(r, entry)));
    if (path->len == 0)
        return diag_error(r->diag, "missing file path for key name %.*s in source %.*s", SLICE_ARG(quoted(r, *key)),
                          SLICE_ARG(quoted(r, entry)));
    return true;
}

static bool read_file(struct reading *r, struct slice entry)
{
    struct slice key;
    struct slice path;
    struct slice text;
    return split_file(r, entry, &key, &path) &&
           root_read(r->target->build->arena, r->target->root, path, &text, NULL, r->diag) &&
           add_pair(r, key, text, entry);
}

/* --- env files ---------------------------------------------------------------------------------------------------- */

static struct slice without_leading_blanks(struct slice line)
{
    size_t size;
    while (line.len && go_is_space(go_decode_rune(line, &size)))
        line = slice_after(line, size);
    return line;
}

static bool read_env_line(struct reading *r, struct slice line, bool is_first, struct slice path)
{
    if (!go_valid_utf8(line))
        return diag_error(r->diag, "line has invalid utf8 bytes : %.*s", SLICE_ARG(line));
    if (is_first && slice_starts(line, SLICE("\xEF\xBB\xBF")))
        line = slice_after(line, 3);
    line = without_leading_blanks(line);
    if (line.len == 0 || line.ptr[0] == '#')
        return true;
    size_t at = slice_find_char(line, '=');
    struct slice text = at < line.len ? slice_after(line, at + 1) : SLICE("");
    return at == 0 || add_pair(r, slice_part(line, 0, at), text, path);
}

static bool read_env(struct reading *r, struct slice path)
{
    struct slice rest;
    struct slice line;
    bool is_first = true;
    if (!root_read(r->target->build->arena, r->target->root, path, &rest, NULL, r->diag))
        return false;
    while (rest.ptr && slice_next_piece(&rest, '\n', &line)) {
        if (line.len >= LONGEST_ENV_LINE)
            return true;
        if (slice_ends(line, SLICE("\r")))
            line.len--;
        if (!read_env_line(r, line, is_first, path))
            return false;
        is_first = false;
    }
    return true;
}

/* --- all ---------------------------------------------------------------------------------------------------------- */

/* Reads each of the list; an error says which list it was. */
static bool read_all(struct reading *r, const struct texts *list, bool (*read)(struct reading *, struct slice),
                     const char *what)
{
    for (size_t i = 0; i < list->count; i++) {
        if (read(r, list->items[i]))
            continue;
        if (r->repeats)
            return false;
        struct buffer names = BUFFER_INIT;
        for (size_t j = 0; j < list->count; j++) {
            buffer_add_text(&names, j ? " " : "");
            buffer_add(&names, list->items[j]);
        }
        diag_prefix(r->diag, "loading KV pairs: %s [%.*s]: ", what, SLICE_ARG(buffer_slice(&names)));
        buffer_release(&names);
        return false;
    }
    return true;
}

bool key_values_read(struct target *t, const struct generator *entry, struct map **out, struct diag *diag)
{
    struct reading r = {t, entry, map_new(t->build->arena, 8), diag, false};
    if (!read_all(&r, &entry->envs, read_env, "env source files:") ||
        !read_all(&r, &entry->literals, read_literal, "literal sources") ||
        !read_all(&r, &entry->files, read_file, "file sources:"))
        return false;
    *out = r.pairs;
    return true;
}

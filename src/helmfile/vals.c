/*
 * vals.c - references to secrets
 *
 * A reference is ((secret)?ref)\+([^\+:]*://[^\+\n ]+[^\+\n ",])\+? in a text; the closing '+' ends it inside of other
 * text. References inside of references are resolved first, the innermost before the others.
 */
#include "helmfile/vals.h"

#include "base/limits.h"
#include "base/process.h"
#include "base/file.h"
#include "codec/yaml_read.h"
#include "codec/yaml_write.h"
#include "golang/base64.h"
#include "value/format.h"

enum {
    DEEPEST_NESTING = 10
};

#define SECRET_SOURCE "secret"

struct resolving {
    struct helmfile *h;
    struct slice folder;
    struct diag *diag;
};

/* --- where references are ------------------------------------------------------------------------------------- */

struct reference {
    size_t start;     /* of "ref+" or "secretref+" */
    size_t end;       /* behind the reference and its closing '+' */
    struct slice uri; /* "scheme://…" */
};

static bool ends_uri(char c)
{
    return c == '+' || c == '\n' || c == ' ';
}

/* The URI that begins at `from`; it ends where its characters end, but not in a quote or comma. */
static bool match_uri(struct slice text, size_t from, struct reference *out)
{
    size_t colon = from;
    while (colon < text.len && text.ptr[colon] != ':' && text.ptr[colon] != '+')
        colon++;
    if (!slice_starts(slice_after(text, colon), SLICE("://")))
        return false;
    size_t body = colon + 3;
    size_t end = body;
    while (end < text.len && !ends_uri(text.ptr[end]))
        end++;
    while (end > body && (text.ptr[end - 1] == '"' || text.ptr[end - 1] == ','))
        end--;
    if (end < body + 2)
        return false;
    out->uri = slice_part(text, from, end);
    out->end = end < text.len && text.ptr[end] == '+' ? end + 1 : end;
    return true;
}

/* The first reference at or behind `from`. */
static bool find_reference(struct slice text, size_t from, struct reference *out)
{
    const struct slice mark = SLICE_INIT("ref+");
    const struct slice secret = SLICE_INIT("secret");
    while (from < text.len) {
        size_t at = from + slice_find(slice_after(text, from), mark);
        if (at >= text.len)
            return false;
        if (match_uri(text, at + mark.len, out)) {
            bool is_secret = at >= from + secret.len && slice_ends(slice_part(text, 0, at), secret);
            out->start = is_secret ? at - secret.len : at;
            return true;
        }
        from = at + mark.len;
    }
    return false;
}

bool vals_has_reference(struct slice text)
{
    struct reference ignored;
    return find_reference(text, 0, &ignored);
}

/* --- what a reference stands for ------------------------------------------------------------------------------ */

struct uri {
    struct slice scheme;
    struct slice path; /* host and path */
    struct slice query;
    struct slice fragment; /* without '#' and '/' before it */
};

static struct uri cut_uri(struct slice text)
{
    struct uri u = {.query = SLICE(""), .fragment = SLICE("")};
    size_t scheme = slice_find(text, SLICE("://"));
    size_t hash = slice_find_char(text, '#');
    u.scheme = slice_part(text, 0, scheme);
    if (hash < text.len) {
        u.fragment = slice_after(text, hash + 1);
        while (u.fragment.len && (u.fragment.ptr[0] == '#' || u.fragment.ptr[0] == '/'))
            u.fragment = slice_after(u.fragment, 1);
    }
    struct slice rest = slice_part(text, scheme + 3, hash);
    size_t mark = slice_find_char(rest, '?');
    if (mark < rest.len)
        u.query = slice_after(rest, mark + 1);
    u.path = slice_part(rest, 0, mark);
    return u;
}

static struct slice without_slash(struct slice path)
{
    return path.len && path.ptr[path.len - 1] == '/' ? slice_part(path, 0, path.len - 1) : path;
}

/* echo://a/b#/a: each part of the path is a map with the next. */
static struct value echo_map(struct arena *a, struct slice path)
{
    size_t last = slice_find_last_char(path, '/');
    struct value v = value_string(slice_after(path, last + 1));
    struct slice keys = slice_part(path, 0, last);
    for (;;) {
        size_t slash = slice_find_last_char(keys, '/');
        bool is_first = slash == keys.len;
        struct map *map = map_new(a, 1);
        map_set(map, is_first ? keys : slice_after(keys, slash + 1), v);
        v = value_map(map);
        if (is_first)
            return v;
        keys = slice_part(keys, 0, slash);
    }
}

static bool read_yaml(struct resolving *r, struct slice text, struct value *out)
{
    static const struct yaml_read_options options = {.no_origin = true, .go_yaml_v3 = true};
    struct yaml_error error;
    return yaml_read(r->h->arena, NULL, text, &options, out, &error) || diag_error_slice(r->diag, error.message);
}

/* The value at the fragment's keys; a key that is missing gives null. */
static bool walk(struct resolving *r, struct value in, struct slice keys, struct value *out)
{
    struct slice key;
    *out = in;
    while (slice_next_piece(&keys, '/', &key)) {
        if (out->kind == VALUE_NIL)
            return true;
        if (out->kind != VALUE_MAP)
            return diag_error(r->diag, "unexpected type of value for key \"%.*s\": expected a map, got %s", SLICE_ARG(key),
                              value_type_name(*out));
        const struct value *found = map_find(out->map, key);
        *out = found ? *found : value_nil();
    }
    return true;
}

static bool resolve_echo(struct resolving *r, const struct uri *u, struct value *out)
{
    struct slice path = u->path;
    while (path.len && path.ptr[path.len - 1] == '/')
        path.len--;
    if (u->fragment.len == 0) {
        *out = value_string(path);
        return true;
    }
    if (slice_find_char(path, '/') == path.len)
        return diag_error(r->diag, "key must have two or more components separated by \"/\": got \"%.*s\"",
                          SLICE_ARG(path));
    return walk(r, echo_map(r->h->arena, path), u->fragment, out);
}

static bool resolve_file(struct resolving *r, const struct uri *u, struct value *out)
{
    struct arena *a = r->h->arena;
    const char *path = file_join(a, r->folder, without_slash(u->path));
    struct slice text;
    struct value v;
    if (!file_read(a, path, 0, &text, r->diag))
        return false;
    if (u->fragment.len)
        return read_yaml(r, text, &v) && walk(r, v, u->fragment, out);
    *out = value_string(slice_is(u->query, "encode=base64") ? go_base64_encode(a, text) : text);
    return true;
}

/* Asks the program: it is given a document with the reference and prints it with the value. */
static bool ask_program(struct resolving *r, struct slice reference, struct value *out)
{
    struct arena *a = r->h->arena;
    char *const words[] = {(char *)"vals", (char *)"eval", (char *)"-f", (char *)"-", NULL};
    struct process_options options = {.argv = words, .folder = arena_text(a, r->folder)};
    struct map *map = map_new(a, 1);
    struct buffer input = BUFFER_INIT;
    struct slice output;
    struct slice error;
    struct value read;
    map_set_text(map, "value", value_string(reference));
    bool ok = yaml_write_pretty(&input, value_map(map), a, &error) || diag_error_slice(r->diag, error);
    options.input = buffer_slice(&input);
    ok = ok && process_run(a, &options, &output, r->diag) && read_yaml(r, output, &read);
    buffer_release(&input);
    if (ok)
        *out = field_value(read, "value");
    return ok;
}

static bool look_up(struct resolving *r, struct slice uri, struct value *out)
{
    struct uri u = cut_uri(uri);
    struct arena *a = r->h->arena;
    const struct value *known = map_find(r->h->secrets, uri);
    bool ok = true;
    if (known) {
        *out = *known;
        return true;
    }
    if (slice_is(u.scheme, "echo"))
        ok = resolve_echo(r, &u, out);
    else if (slice_is(u.scheme, "file"))
        ok = resolve_file(r, &u, out);
    else
        ok = ask_program(r, arena_concat(a, SLICE("ref+"), uri), out);
    if (!ok) {
        diag_prefix(r->diag, "expand %.*s: ", SLICE_ARG(uri));
        return false;
    }
    map_set(r->h->secrets, arena_slice(a, uri), *out);
    return true;
}

/* --- texts ---------------------------------------------------------------------------------------------------- */

static void add_value(struct buffer *out, struct value v)
{
    if (value_is_string(v))
        buffer_add(out, value_slice(v));
    else
        format_value(out, v);
}

/* Whether a blank, quote or comma parts two references. */
static bool has_separator(struct slice between)
{
    for (size_t i = 0; i < between.len; i++) {
        if (strchr(" \n\r\t\",", between.ptr[i]))
            return true;
    }
    return false;
}

/* The last reference that stands inside of another. */
static bool find_nested(struct slice text, struct reference *out)
{
    const struct slice mark = SLICE_INIT("ref+");
    bool found = false;
    size_t before = slice_find(text, mark);
    while (before < text.len) {
        size_t behind = before + mark.len;
        size_t next = behind + slice_find(slice_after(text, behind), mark);
        struct reference r;
        if (next >= text.len)
            break;
        bool is_secret = next >= behind + 6 && slice_ends(slice_part(text, 0, next), SLICE("secret"));
        size_t start = is_secret ? next - 6 : next;
        if (!has_separator(slice_part(text, behind, start)) && find_reference(text, start, &r) && r.start == start) {
            *out = r;
            found = true;
        }
        before = next;
    }
    return found;
}

static bool resolve_nested(struct resolving *r, struct slice *text)
{
    struct reference inner = {0, 0, SLICE_INIT("")};
    for (int depth = 0; find_nested(*text, &inner); depth++) {
        struct value v;
        struct buffer whole = BUFFER_INIT;
        if (depth == DEEPEST_NESTING)
            return diag_error(r->diag, "maximum nesting depth (%d) exceeded", DEEPEST_NESTING);
        if (!look_up(r, inner.uri, &v))
            return false;
        if (v.kind == VALUE_NIL || v.kind == VALUE_MAP || v.kind == VALUE_LIST)
            return diag_error(r->diag, "nested ref %.*s resolved to %s; nested refs must resolve to scalar values",
                              SLICE_ARG(inner.uri), value_type_name(v));
        buffer_add(&whole, slice_part(*text, 0, inner.start));
        add_value(&whole, v);
        buffer_add(&whole, slice_after(*text, inner.end));
        *text = buffer_move(&whole, r->h->arena);
    }
    return true;
}

static struct origin secret_origin(struct helmfile *h)
{
    if (!h->secret_source)
        h->secret_source = source_set_add(h->sources, SLICE(SECRET_SOURCE), SLICE(""));
    return origin_at(h->secret_source, 1, 1);
}

static bool resolve_text(struct resolving *r, struct value v, struct value *out)
{
    struct slice text = value_slice(v);
    struct reference ref;
    struct value found;
    *out = v;
    if (!find_reference(text, 0, &ref))
        return true;
    if (!resolve_nested(r, &text))
        return false;
    if (find_reference(text, 0, &ref) && ref.start == 0 && ref.end == text.len) {
        if (!look_up(r, ref.uri, &found))
            return false;
        *out = value_from(found, secret_origin(r->h));
        return true;
    }
    struct buffer whole = BUFFER_INIT;
    bool ok = true;
    while (ok && find_reference(text, 0, &ref)) {
        ok = look_up(r, ref.uri, &found);
        buffer_add(&whole, slice_part(text, 0, ref.start));
        if (ok)
            add_value(&whole, found);
        text = slice_after(text, ref.end);
    }
    buffer_add(&whole, text);
    *out = value_from(value_string(buffer_move(&whole, r->h->arena)), secret_origin(r->h));
    return ok;
}

/* --- values --------------------------------------------------------------------------------------------------- */

static bool resolve(struct resolving *r, struct value v, struct value *out, int depth)
{
    struct arena *a = r->h->arena;
    *out = v;
    if (depth > LIMIT_VALUE_DEPTH)
        return diag_error(r->diag, "values are nested more than %d deep", LIMIT_VALUE_DEPTH);
    if (v.kind == VALUE_STRING)
        return resolve_text(r, v, out);
    if (v.kind == VALUE_LIST) {
        struct list *list = list_new(a, v.list->len);
        for (uint32_t i = 0; i < v.list->len; i++) {
            struct value item;
            if (!resolve(r, v.list->items[i], &item, depth + 1))
                return false;
            list_add(a, list, item);
        }
        *out = value_from(value_list(list), v.origin);
    } else if (v.kind == VALUE_MAP) {
        struct map *map = map_copy(a, v.map);
        for (uint32_t i = 0; i < map->len; i++) {
            if (!resolve(r, v.map->entries[i].value, &map->entries[i].value, depth + 1))
                return false;
        }
        *out = value_from(value_map(map), v.origin);
    }
    return true;
}

static bool any_reference(struct value v)
{
    bool any = v.kind == VALUE_STRING && vals_has_reference(value_slice(v));
    for (uint32_t i = 0; v.kind == VALUE_LIST && !any && i < v.list->len; i++)
        any = any_reference(v.list->items[i]);
    for (uint32_t i = 0; v.kind == VALUE_MAP && !any && i < v.map->len; i++)
        any = any_reference(v.map->entries[i].value);
    return any;
}

bool vals_resolve(struct helmfile *h, struct slice folder, struct value v, struct value *out, struct diag *diag)
{
    struct resolving r = {.h = h, .folder = folder.len ? folder : SLICE("."), .diag = diag};
    *out = v;
    if (!any_reference(v))
        return true;
    if (h->options->allow_exec)
        return resolve(&r, v, out, 0);
    if (!h->told_of_references) {
        diag_warning(diag, "references to secrets stay as they are: --allow-exec lets vals resolve ref+");
        helmfile_locate(h, v, diag);
    }
    h->told_of_references = true;
    return true;
}

struct value vals_mark(struct helmfile *h, struct value v)
{
    struct arena *a = h->arena;
    if (v.kind == VALUE_LIST) {
        struct list *list = list_new(a, v.list->len);
        for (uint32_t i = 0; i < v.list->len; i++)
            list_add(a, list, vals_mark(h, v.list->items[i]));
        return value_from(value_list(list), v.origin);
    }
    if (v.kind == VALUE_MAP) {
        struct map *map = map_copy(a, v.map);
        for (uint32_t i = 0; i < map->len; i++)
            map->entries[i].value = vals_mark(h, map->entries[i].value);
        return value_from(value_map(map), v.origin);
    }
    return value_from(v, secret_origin(h));
}

struct value vals_mask(struct arena *a, struct source_set *sources, struct value v)
{
    const struct source *source = source_set_find(sources, (uint32_t)v.origin.source);
    if (source && slice_is(source->name, SECRET_SOURCE))
        return value_from(value_text("***"), v.origin);
    if (v.kind == VALUE_LIST) {
        struct list *list = list_new(a, v.list->len);
        for (uint32_t i = 0; i < v.list->len; i++)
            list_add(a, list, vals_mask(a, sources, v.list->items[i]));
        return value_from(value_list(list), v.origin);
    }
    if (v.kind == VALUE_MAP) {
        struct map *map = map_copy(a, v.map);
        for (uint32_t i = 0; i < map->len; i++)
            map->entries[i].value = vals_mask(a, sources, map->entries[i].value);
        return value_from(value_map(map), v.origin);
    }
    return v;
}

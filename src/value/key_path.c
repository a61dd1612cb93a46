/*
 * key_path.c - paths such as `a.b[0].c` into a value
 */
#include "value/key_path.h"

struct reader {
    struct arena *arena;
    struct slice text;
    size_t at;
    struct diag *diag;
};

static bool fail(const struct reader *r, const char *what)
{
    return diag_error(r->diag, "path '%.*s': %s at byte %zu", SLICE_ARG(r->text), what, r->at);
}

static bool at_char(const struct reader *r, char c)
{
    return r->at < r->text.len && r->text.ptr[r->at] == c;
}

static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c);
}

/* Reads up to one of the `ends` that is not escaped, or to the end of the text. */
static struct slice read_key(struct reader *r, const char *ends)
{
    size_t from = r->at;
    bool escaped = false;
    while (r->at < r->text.len && !is_one_of(r->text.ptr[r->at], ends)) {
        if (at_char(r, '\\') && r->at + 1 < r->text.len) {
            escaped = true;
            r->at++;
        }
        r->at++;
    }
    struct slice raw = slice_part(r->text, from, r->at);
    if (!escaped)
        return raw;
    char *key = arena_alloc(r->arena, raw.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < raw.len; i++) {
        if (raw.ptr[i] == '\\' && i + 1 < raw.len)
            i++;
        key[len++] = raw.ptr[i];
    }
    return slice_of(key, len);
}

static bool read_index(struct reader *r, struct key_step *step)
{
    uint32_t index = 0;
    size_t from = r->at;
    while (r->at < r->text.len && r->text.ptr[r->at] >= '0' && r->text.ptr[r->at] <= '9') {
        uint32_t digit = (uint32_t)(r->text.ptr[r->at] - '0');
        if (index > (UINT32_MAX - digit) / 10)
            return fail(r, "the index is too large");
        index = 10 * index + digit;
        r->at++;
    }
    if (r->at == from)
        return fail(r, "a number is missing");
    *step = (struct key_step){.is_index = true, .index = index};
    return true;
}

/* bracket = '[' ( digits | '"' key '"' ) ']' */
static bool read_bracket(struct reader *r, struct key_step *step)
{
    r->at++;
    if (at_char(r, '"')) {
        r->at++;
        *step = (struct key_step){.key = read_key(r, "\"")};
        if (!at_char(r, '"'))
            return fail(r, "a quote is not closed");
        r->at++;
    } else if (!read_index(r, step)) {
        return false;
    }
    if (!at_char(r, ']'))
        return fail(r, "a bracket is not closed");
    r->at++;
    return true;
}

/* path = [ step { '.' key | bracket } ], the first step a key or a bracket */
static bool read_step(struct reader *r, bool first, struct key_step *step)
{
    if (at_char(r, '['))
        return read_bracket(r, step);
    if (!first && !at_char(r, '.'))
        return fail(r, "a dot is missing");
    if (!first)
        r->at++;
    size_t from = r->at;
    *step = (struct key_step){.key = read_key(r, ".[")};
    return r->at > from || fail(r, "a key is missing");
}

bool key_path_parse(struct arena *a, struct slice text, struct key_path *out, struct diag *diag)
{
    struct reader r = {a, text, 0, diag};
    struct key_path path = {NULL, 0};
    size_t cap = 0;
    while (r.at < text.len) {
        struct key_step step;
        if (!read_step(&r, path.count == 0, &step))
            return false;
        if (path.count == cap) {
            size_t more = cap ? 2 * cap : 8;
            path.steps = arena_resize(a, path.steps, cap * sizeof step, more * sizeof step);
            cap = more;
        }
        path.steps[path.count++] = step;
    }
    *out = path;
    return true;
}

struct value *key_path_find(struct value *root, const struct key_path *path)
{
    struct value *v = root;
    for (size_t i = 0; v && i < path->count; i++) {
        const struct key_step *step = &path->steps[i];
        if (step->is_index)
            v = v->kind == VALUE_LIST && step->index < v->list->len ? &v->list->items[step->index] : NULL;
        else
            v = v->kind == VALUE_MAP ? map_find(v->map, step->key) : NULL;
    }
    return v;
}

void key_path_add_key(struct buffer *out, struct slice key)
{
    if (key.len == 0) {
        buffer_add_text(out, "[\"\"]");
        return;
    }
    if (out->len)
        buffer_add_char(out, '.');
    for (size_t i = 0; i < key.len; i++) {
        if (is_one_of(key.ptr[i], ".[\\"))
            buffer_add_char(out, '\\');
        buffer_add_char(out, key.ptr[i]);
    }
}

void key_path_add_index(struct buffer *out, size_t index)
{
    buffer_printf(out, "[%zu]", index);
}

void key_path_write(struct buffer *out, const struct key_path *path)
{
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < path->count; i++) {
        const struct key_step *step = &path->steps[i];
        if (step->is_index)
            key_path_add_index(&text, step->index);
        else
            key_path_add_key(&text, step->key);
    }
    buffer_add(out, buffer_slice(&text));
    buffer_release(&text);
}

/*
 * state_write.c - a state as YAML: what `helmfile build` prints
 *
 * Only structs are walked here; anything else is written by YAML's writer as a map of one key, and its lines are
 * indented to where they belong.
 */
#include "helmfile/state_write.h"

#include "codec/yaml_write.h"
#include "golang/path.h"
#include "helmfile/fields.h"
#include "helmfile/state_merge.h"
#include "helmfile/storage.h"
#include "helmfile/vals.h"

struct writer {
    struct arena *arena;
    struct buffer *out;
    struct diag *diag;
};

static bool write_struct(struct writer *w, const struct field_table *table, struct value v, size_t indent);

/* The lines of a text, each behind `indent` blanks; empty ones stay empty. */
static void write_indented(struct writer *w, struct slice text, size_t indent)
{
    struct slice line;
    if (text.len && text.ptr[text.len - 1] == '\n')
        text.len--;
    while (slice_next_piece(&text, '\n', &line)) {
        if (line.len)
            buffer_add_repeated(w->out, ' ', indent);
        buffer_add(w->out, line);
        buffer_add_char(w->out, '\n');
    }
}

/* `key: value`, whatever the value is. */
static bool write_value(struct writer *w, struct slice key, struct value v, size_t indent)
{
    struct buffer text = BUFFER_INIT;
    struct slice error;
    struct map *map = map_new(w->arena, 1);
    map_set(map, key, v);
    bool ok = yaml_write_pretty(&text, value_map(map), w->arena, &error) || diag_error_slice(w->diag, error);
    write_indented(w, buffer_slice(&text), indent);
    buffer_release(&text);
    return ok;
}

static void write_key(struct writer *w, struct slice key, const char *after, size_t indent)
{
    struct buffer text = BUFFER_INIT;
    struct slice error;
    struct map *map = map_new(w->arena, 1);
    map_set(map, key, value_nil());
    if (yaml_write_pretty(&text, value_map(map), w->arena, &error)) {
        buffer_add_repeated(w->out, ' ', indent);
        buffer_add(w->out, slice_part(buffer_slice(&text), 0, text.len - strlen(" null\n")));
        buffer_add_text(w->out, after);
    }
    buffer_release(&text);
}

/* The items of a list of structs: the first field of each stands behind its dash. */
static bool write_structs(struct writer *w, const struct field *field, struct value v, size_t indent)
{
    write_key(w, slice_text(field->name), "\n", indent);
    for (uint32_t i = 0; i < v.list->len; i++) {
        size_t start = w->out->len;
        if (!write_struct(w, field->table, v.list->items[i], indent + 4))
            return false;
        if (w->out->len == start) {
            buffer_add_repeated(w->out, ' ', indent + 2);
            buffer_add_text(w->out, "- {}\n");
        } else {
            w->out->ptr[start + indent + 2] = '-';
        }
    }
    return true;
}

static bool write_struct_field(struct writer *w, const struct field_table *table, struct slice key, struct value v,
                               size_t indent)
{
    size_t start = w->out->len;
    write_key(w, key, "\n", indent);
    size_t behind_key = w->out->len;
    if (!write_struct(w, table, v, indent + 2))
        return false;
    if (w->out->len == behind_key) {
        w->out->len = start;
        write_key(w, key, " {}\n", indent);
    }
    return true;
}

static bool write_struct_map(struct writer *w, const struct field *field, struct value v, size_t indent)
{
    write_key(w, slice_text(field->name), v.map->len ? "\n" : " {}\n", indent);
    for (uint32_t i = 0; i < v.map->len; i++) {
        const struct entry *entry = &v.map->entries[i];
        if (!write_struct_field(w, field->table, entry->key, entry->value, indent + 2))
            return false;
    }
    return true;
}

static bool write_field(struct writer *w, const struct field *field, struct value v, size_t indent)
{
    bool is_list = v.kind == VALUE_LIST;
    bool is_map = v.kind == VALUE_MAP;
    if (field->table && field->kind == FIELD_STRUCT_MAP && is_map)
        return write_struct_map(w, field, v, indent);
    if (field->table && is_list)
        return write_structs(w, field, v, indent);
    if (field->table && is_map)
        return write_struct_field(w, field->table, slice_text(field->name), v, indent);
    return write_value(w, slice_text(field->name), v, indent);
}

/* Go's zero value of a field that is written even when it is not given. */
static struct value zero_of(struct arena *a, enum field_kind kind)
{
    switch (kind) {
    case FIELD_BOOL:
        return value_bool(false);
    case FIELD_INT:
        return value_int(0);
    case FIELD_TEXT:
        return value_text("");
    case FIELD_TEXTS:
    case FIELD_ANYS:
        return value_list(list_new(a, 0));
    default:
        return value_map(map_new(a, 0));
    }
}

/* Go's zero value of a struct: nothing given that is kept when it is empty, all else empty. */
static bool is_zero_struct(const struct field_table *table, struct value v)
{
    for (const struct field *field = table->fields; field->name; field++) {
        struct value own = field_value(v, field->name);
        if (own.kind != VALUE_NIL && (field->print == FIELD_GIVEN || !state_value_is_empty(own)))
            return false;
    }
    return true;
}

static bool is_left_out(const struct field *field, struct value v)
{
    if (field->print != FIELD_FILLED)
        return false;
    return state_value_is_empty(v) || (field->kind == FIELD_STRUCT && is_zero_struct(field->table, v));
}

static bool write_struct(struct writer *w, const struct field_table *table, struct value v, size_t indent)
{
    for (const struct field *field = table->fields; field->name; field++) {
        struct value own = field_value(v, field->name);
        bool is_given = own.kind != VALUE_NIL;
        if (!is_given && field->print == FIELD_ALWAYS)
            own = zero_of(w->arena, field->kind);
        else if (!is_given || is_left_out(field, own))
            continue;
        if (!write_field(w, field, own, indent))
            return false;
    }
    return true;
}

/* --- entry ---------------------------------------------------------------------------------------------------- */

struct value release_spec_final(struct helmfile *h, const struct release_spec *r)
{
    struct map *map = map_copy(h->arena, r->body.map);
    map_set_text(map, "labels", r->labels);
    map_set_text(map, "namespace", value_string(r->name_space));
    map_set_text(map, "kubeContext", value_string(r->kube_context));
    if (r->need_count)
        map_set_text(map, "needs", list_of_strings(h->arena, r->needs, r->need_count));
    return value_map(map);
}

/* Nested files: one entry for each file that a pattern stands for. */
static struct value expanded_subfiles(struct helmfile *h, const struct state *state, struct field_items entries)
{
    struct list *list = list_new(h->arena, (uint32_t)entries.count);
    for (size_t i = 0; i < entries.count; i++) {
        struct storage_files files;
        struct slice path = field_text(entries.items[i], "path");
        storage_glob(h->arena, slice_text(storage_path(h->arena, state->folder, path)), &files);
        for (size_t k = 0; k < files.count; k++) {
            struct map *map = map_copy(h->arena, entries.items[i].map);
            map_set_text(map, "path", value_text(files.paths[k]));
            list_add(h->arena, list, value_map(map));
        }
    }
    return value_list(list);
}

bool state_write(struct helmfile *h, const struct state *state, struct value bodies, struct buffer *out,
                 struct diag *diag)
{
    struct writer w = {.arena = h->arena, .out = out, .diag = diag};
    struct map *top = map_copy(h->arena, state->top.map);
    struct field_items nested = field_items(state->top, "helmfiles");
    map_set_text(top, "filepath", value_string(state->shown_path));
    if (field_text(state->top, "helmBinary").len == 0)
        map_set_text(top, "helmBinary", value_text("helm"));
    if (field_text(state->top, "kustomizeBinary").len == 0)
        map_set_text(top, "kustomizeBinary", value_text("kustomize"));
    if (nested.count)
        map_set_text(top, "helmfiles", expanded_subfiles(h, state, nested));
    map_set_text(top, "releases", bodies);
    map_set_text(top, "renderedvalues", vals_mask(h->arena, h->sources, state->values));
    return write_struct(&w, &state_fields, value_map(top), 0);
}

/*
 * set_template.c - templates of an ApplicationSet
 */
#include "argocd/set_template.h"

#include "base/limits.h"
#include "funcs/helm_funcs.h"
#include "funcs/library.h"
#include "golang/regexp.h"

/* --- functions ------------------------------------------------------------------------------------------------ */

enum {
    LONGEST_NAME = 253 /* of a DNS name */
};

struct slice set_template_normalize(struct arena *a, struct slice name)
{
    struct buffer out = BUFFER_INIT;
    for (size_t i = 0; i < name.len && i < LONGEST_NAME; i++) {
        char c = name.ptr[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c | 0x20);
        bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
        buffer_add_char(&out, good ? c : '-');
    }
    struct slice text = buffer_move(&out, a);
    while (text.len && (text.ptr[0] == '-' || text.ptr[0] == '.'))
        text = slice_after(text, 1);
    while (text.len && (text.ptr[text.len - 1] == '-' || text.ptr[text.len - 1] == '.'))
        text.len--;
    return text;
}

static bool fn_normalize(struct call *call, struct value *out)
{
    *out = value_string(set_template_normalize(call->arena, value_slice(call->args[0])));
    return true;
}

static const struct function normalize_row = {
    "normalize", "s", fn_normalize, "A text made fit for a name.", "normalize \"A_b\"", "a-b"};

struct functions {
    struct function_table table;
    const struct function_table *sprig;
};

static const struct function *find(const struct function_table *table, struct slice name)
{
    const struct functions *functions = (const struct functions *)table;
    if (slice_is(name, normalize_row.name))
        return &normalize_row;
    return functions->sprig->find(functions->sprig, name);
}

void set_template_init(struct set_template *t, struct arena *a, bool go, bool missing_key_is_error)
{
    *t = (struct set_template){.arena = a, .missing_key_is_error = missing_key_is_error};
    if (!go)
        return;
    struct functions *functions = ARENA_NEW(a, struct functions);
    functions->table.find = find;
    functions->sprig = library_new(a, LIBRARY_HELM4);
    t->functions = &functions->table;
}

/* --- texts ---------------------------------------------------------------------------------------------------- */

static bool run_go(const struct set_template *t, struct slice text, struct value parameters, struct slice *out,
                   struct diag *diag)
{
    struct template_set *set = template_set_new(t->arena, NULL, t->functions);
    struct function_host host = {.includes = include_state_new(t->arena)};
    struct exec_environment environment = {.arena = t->arena,
                                           .host = &host,
                                           .output_limit = LIMIT_RENDERED_OUTPUT,
                                           .missing_key_is_error = t->missing_key_is_error};
    struct template_error *error = NULL;
    struct buffer result = BUFFER_INIT;
    struct tree *tree;
    if (!template_set_parse(set, SLICE(""), text, NULL, &tree, diag)) {
        diag_prefix(diag, "failed to parse template %.*s: ", SLICE_ARG(text));
        return false;
    }
    bool ok = exec_tree(&environment, set, tree, value_thaw(t->arena, parameters), &result, &error);
    regexp_cache_free(host.regexps);
    *out = buffer_move(&result, t->arena);
    return ok || diag_error(diag, "failed to execute go template %.*s: %.*s", SLICE_ARG(text), SLICE_ARG(error->text));
}

/* What no parameter is called stays as it is, braces and all. */
static struct slice put_parameters(const struct set_template *t, struct slice text, struct value parameters)
{
    struct buffer out = BUFFER_INIT;
    struct slice rest = text;
    for (;;) {
        size_t open = slice_find(rest, SLICE("{{"));
        size_t close = open + slice_find(slice_after(rest, open), SLICE("}}"));
        if (open == rest.len || close == rest.len)
            break;
        struct slice name = slice_trim(slice_part(rest, open + 2, close));
        const struct value *v = map_find(parameters.map, name);
        buffer_add(&out, slice_part(rest, 0, open));
        if (v && value_is_string(*v))
            buffer_add(&out, value_slice(*v));
        else
            buffer_add(&out, slice_part(rest, open, close + 2));
        rest = slice_after(rest, close + 2);
    }
    buffer_add(&out, rest);
    return buffer_move(&out, t->arena);
}

bool set_template_text(const struct set_template *t, struct slice text, struct value parameters, struct slice *out,
                       struct diag *diag)
{
    *out = text;
    if (slice_find(text, SLICE("{{")) == text.len)
        return true;
    if (t->functions)
        return run_go(t, text, parameters, out, diag);
    *out = put_parameters(t, text, parameters);
    return true;
}

/* --- values --------------------------------------------------------------------------------------------------- */

static bool apply(const struct set_template *t, struct value v, struct value parameters, struct value *out,
                  size_t depth, struct diag *diag);

static bool apply_list(const struct set_template *t, struct value v, struct value parameters, struct value *out,
                       size_t depth, struct diag *diag)
{
    struct list *list = list_new(t->arena, v.list->len);
    for (uint32_t i = 0; i < v.list->len; i++) {
        struct value item;
        if (!apply(t, v.list->items[i], parameters, &item, depth, diag))
            return false;
        list_add(t->arena, list, item);
    }
    *out = value_from(value_list(list), v.origin);
    return true;
}

static bool apply_map(const struct set_template *t, struct value v, struct value parameters, struct value *out,
                      size_t depth, struct diag *diag)
{
    struct map *map = map_new(t->arena, v.map->len);
    for (uint32_t i = 0; i < v.map->len; i++) {
        struct slice key;
        struct value item;
        if (!set_template_text(t, v.map->entries[i].key, parameters, &key, diag) ||
            !apply(t, v.map->entries[i].value, parameters, &item, depth, diag))
            return false;
        map_set(map, key, item);
    }
    *out = value_from(value_map(map), v.origin);
    return true;
}

static bool apply(const struct set_template *t, struct value v, struct value parameters, struct value *out,
                  size_t depth, struct diag *diag)
{
    struct slice text;
    if (depth > LIMIT_VALUE_DEPTH)
        return diag_error(diag, "a template is nested too deeply");
    if (value_is_list(v))
        return apply_list(t, v, parameters, out, depth + 1, diag);
    if (value_is_map(v))
        return apply_map(t, v, parameters, out, depth + 1, diag);
    *out = v;
    if (!value_is_string(v))
        return true;
    if (!set_template_text(t, value_slice(v), parameters, &text, diag))
        return false;
    *out = value_from(value_string(text), v.origin);
    return true;
}

bool set_template_apply(const struct set_template *t, struct value v, struct value parameters, struct value *out,
                        struct diag *diag)
{
    return apply(t, v, parameters, out, 0, diag);
}

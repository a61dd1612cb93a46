/*
 * plugin_call.c - what Argo CD tells a config management plugin
 */
#include "argocd/plugin_call.h"

#include "codec/json_read.h"
#include "value/field.h"

#include <stdlib.h>

const struct plugin_parameter plugin_parameters[] = {
    {"environment", "Environment", "environment of the helmfile", "string", "ENVIRONMENT"},
    {"selector", "Selectors", "labels of the releases to render, such as name=user-service; several are alternatives",
     "array", "SELECTOR"},
    {"values-files", "Values files", "files laid over the values of every release, relative to the application's folder",
     "array", "VALUES_FILES"},
    {"set", "Values", "single values, by their path", "map", NULL},
    {"skip-crds", "Skip CRDs", "\"true\": leave out what charts have in crds/", "string", "SKIP_CRDS"},
    {"allow-empty", "Allow empty", "\"true\": rendering nothing is no error", "string", "ALLOW_EMPTY"},
    {NULL, NULL, NULL, NULL, NULL},
};

/* --- the environment ------------------------------------------------------------------------------------------ */

static struct slice variable(const char *name)
{
    const char *value = getenv(name);
    return slice_text(value ? value : "");
}

/* Where the variables of a plugin block's `env` are: in the block, or in the environment behind a prefix. */
struct user_variables {
    struct arena *arena;
    const struct list *block; /* null: the environment */
};

static struct slice user_variable(const struct user_variables *from, const char *name)
{
    if (!from->block)
        return variable(arena_printf(from->arena, "ARGOCD_ENV_%s", name).ptr);
    for (uint32_t i = 0; i < from->block->len; i++) {
        if (slice_is(field_text(from->block->items[i], "name"), name))
            return field_text(from->block->items[i], "value");
    }
    return SLICE("");
}

static struct plugin_texts split_commas(struct arena *a, struct slice text)
{
    struct plugin_texts out = {ARENA_ARRAY(a, struct slice, slice_count_char(text, ',') + 1), 0};
    struct slice rest = text;
    struct slice piece;
    while (slice_next_piece(&rest, ',', &piece)) {
        if (slice_trim(piece).len)
            out.items[out.count++] = slice_trim(piece);
    }
    return out;
}

/* --- parameters ----------------------------------------------------------------------------------------------- */

static const struct plugin_parameter *find_row(struct slice name)
{
    const struct plugin_parameter *row = plugin_parameters;
    while (row->name && !slice_is(name, row->name))
        row++;
    return row->name ? row : NULL;
}

static bool fail_unknown(struct slice name, struct diag *diag)
{
    enum { COUNT = sizeof plugin_parameters / sizeof plugin_parameters[0] - 1 };
    const char *names[COUNT];
    struct diag_place nowhere = {NULL, 0, 0, 0};
    for (size_t i = 0; i < COUNT; i++)
        names[i] = plugin_parameters[i].name;
    diag_error(diag, "ARGOCD_APP_PARAMETERS: yare has no parameter '%.*s'", SLICE_ARG(name));
    const char *near = diag_nearest(name, names, COUNT);
    if (near)
        diag_note(diag, nowhere, "did you mean '%s'?", near);
    return false;
}

/* The value that belongs to the parameter's kind: Argo CD sends "string", "array" or "map". */
static bool parameter_content(const struct plugin_parameter *row, const struct map *parameter, struct value *out,
                              struct diag *diag)
{
    static const enum value_kind kinds[] = {VALUE_STRING, VALUE_LIST, VALUE_MAP};
    static const char *const names[] = {"string", "array", "map"};
    size_t kind = 0;
    while (strcmp(row->collection, names[kind]) != 0)
        kind++;
    const struct value *content = map_find_text(parameter, row->collection);
    if (!content || content->kind != kinds[kind])
        return diag_error(diag, "ARGOCD_APP_PARAMETERS: parameter '%s' has to be given as \"%s\"", row->name,
                          row->collection);
    *out = *content;
    return true;
}

static bool texts_of_list(struct arena *a, const struct plugin_parameter *row, const struct list *list,
                          struct plugin_texts *out, struct diag *diag)
{
    *out = (struct plugin_texts){ARENA_ARRAY(a, struct slice, list->len), list->len};
    for (uint32_t i = 0; i < list->len; i++) {
        if (!value_is_string(list->items[i]))
            return diag_error(diag, "ARGOCD_APP_PARAMETERS: parameter '%s' has an item that is no text", row->name);
        out->items[i] = value_slice(list->items[i]);
    }
    return true;
}

struct slice plugin_set_text(struct arena *a, struct slice key, struct slice value)
{
    struct buffer out = BUFFER_INIT;
    bool is_list = slice_starts(value, SLICE("{")) && slice_ends(value, SLICE("}"));
    buffer_printf(&out, "%.*s=", SLICE_ARG(key));
    for (size_t i = 0; i < value.len; i++) {
        bool escaped = i > 0 && value.ptr[i - 1] == '\\';
        if (value.ptr[i] == ',' && !is_list && !escaped)
            buffer_add_char(&out, '\\');
        buffer_add_char(&out, value.ptr[i]);
    }
    return buffer_move(&out, a);
}

static bool texts_of_map(struct arena *a, const struct plugin_parameter *row, const struct map *map,
                         struct plugin_texts *out, struct diag *diag)
{
    *out = (struct plugin_texts){ARENA_ARRAY(a, struct slice, map->len), map->len};
    for (uint32_t i = 0; i < map->len; i++) {
        if (!value_is_string(map->entries[i].value))
            return diag_error(diag, "ARGOCD_APP_PARAMETERS: '%.*s' of parameter '%s' is no text",
                              SLICE_ARG(map->entries[i].key), row->name);
        out->items[i] = plugin_set_text(a, map->entries[i].key, value_slice(map->entries[i].value));
    }
    return true;
}

static bool take_parameter(struct arena *a, struct value parameter, struct plugin_call *out, struct diag *diag)
{
    struct value content = value_nil();
    const struct value *name = value_is_map(parameter) ? map_find_text(parameter.map, "name") : NULL;
    if (!name || !value_is_string(*name))
        return diag_error(diag, "ARGOCD_APP_PARAMETERS: a parameter has no name");
    const struct plugin_parameter *row = find_row(value_slice(*name));
    if (!row)
        return fail_unknown(value_slice(*name), diag);
    if (!parameter_content(row, parameter.map, &content, diag))
        return false;
    if (strcmp(row->name, "environment") == 0)
        out->environment = value_slice(content);
    else if (strcmp(row->name, "skip-crds") == 0)
        out->skip_crds = slice_is(value_slice(content), "true");
    else if (strcmp(row->name, "allow-empty") == 0)
        out->allow_empty = slice_is(value_slice(content), "true");
    else if (strcmp(row->name, "selector") == 0)
        return texts_of_list(a, row, content.list, &out->selectors, diag);
    else if (strcmp(row->name, "values-files") == 0)
        return texts_of_list(a, row, content.list, &out->values_files, diag);
    else
        return texts_of_map(a, row, content.map, &out->set, diag);
    return true;
}

static bool take_parameters(struct arena *a, struct value list, struct plugin_call *out, struct diag *diag)
{
    if (value_is_nil(list))
        return true;
    if (!value_is_list(list))
        return diag_error(diag, "ARGOCD_APP_PARAMETERS is no list");
    for (uint32_t i = 0; i < list.list->len; i++) {
        if (!take_parameter(a, list.list->items[i], out, diag))
            return false;
    }
    return true;
}

static bool read_parameters(struct arena *a, struct plugin_call *out, struct diag *diag)
{
    struct slice text = slice_trim(variable("ARGOCD_APP_PARAMETERS"));
    struct value list;
    struct slice error;
    if (text.len == 0)
        return true;
    if (!json_read(a, NULL, text, &list, &error, NULL))
        return diag_error(diag, "ARGOCD_APP_PARAMETERS is no JSON: %.*s", SLICE_ARG(error));
    return take_parameters(a, list, out, diag);
}

static void take_variables(const struct user_variables *from, struct plugin_call *out)
{
    struct slice selector = user_variable(from, "SELECTOR");
    out->environment = user_variable(from, "ENVIRONMENT");
    out->values_files = split_commas(from->arena, user_variable(from, "VALUES_FILES"));
    out->skip_crds = slice_is(user_variable(from, "SKIP_CRDS"), "true");
    out->allow_empty = slice_is(user_variable(from, "ALLOW_EMPTY"), "true");
    if (selector.len == 0)
        return;
    out->selectors.items = arena_alloc(from->arena, sizeof selector); /* a comma is "and" in a selector */
    out->selectors.items[0] = selector;
    out->selectors.count = 1;
}

bool plugin_call_read(struct arena *a, struct plugin_call *out, struct diag *diag)
{
    const struct user_variables user = {a, NULL};
    *out = (struct plugin_call){
        .app_name = variable("ARGOCD_APP_NAME"),
        .name_space = variable("ARGOCD_APP_NAMESPACE"),
        .kube_version = variable("KUBE_VERSION"),
        .api_versions = split_commas(a, variable("KUBE_API_VERSIONS")),
    };
    take_variables(&user, out);
    return read_parameters(a, out, diag);
}

bool plugin_call_of_source(struct arena *a, struct value plugin, struct plugin_call *out, struct diag *diag)
{
    const struct value *env = map_find_text(plugin.map, "env");
    const struct value *parameters = map_find_text(plugin.map, "parameters");
    const struct user_variables user = {a, env && value_is_list(*env) ? env->list : list_nil()};
    *out = (struct plugin_call){.app_name = SLICE("")};
    take_variables(&user, out);
    return !parameters || take_parameters(a, *parameters, out, diag);
}

/*
 * value_add.c - the plugin ValueAddTransformer
 */
#include "kustomize/value_add.h"

#include "base/file.h"
#include "codec/yaml_read.h"
#include "golang/path.h"
#include "golang/unicode.h"
#include "kustomize/namespace.h"
#include "kustomize/select.h"

/* The file path with the part put in at that place; one behind its end is its end. */
static struct slice insert_part(struct arena *a, struct slice path, int64_t position, struct slice part)
{
    struct buffer out = BUFFER_INIT;
    bool absolute = path.len && path.ptr[0] == '/';
    struct slice rest = absolute ? slice_after(path, 1) : path;
    struct slice piece;
    int64_t at = 0;
    bool added = false;
    if (rest.len == 0)
        rest.ptr = NULL;
    while (rest.ptr && slice_next_piece(&rest, '/', &piece)) {
        if (at++ == position) {
            buffer_add(&out, part);
            buffer_add_char(&out, '/');
            added = true;
        }
        buffer_add(&out, piece);
        buffer_add_char(&out, '/');
    }
    if (!added)
        buffer_add(&out, part);
    struct slice joined = go_path_clean(a, buffer_slice(&out));
    buffer_release(&out);
    return absolute ? arena_concat(a, SLICE("/"), joined) : joined;
}

/* The field at the path, made where there is none; null where something else stands on the way. */
static struct value *make_field(struct arena *a, struct value *node, struct slice path)
{
    struct texts parts = field_path_split(a, path, '/');
    for (size_t i = 0; i < parts.count; i++) {
        bool last = i + 1 == parts.count;
        if (node->kind != VALUE_MAP)
            return NULL;
        struct value *field = map_find(node->map, parts.items[i]);
        if (!field)
            map_set(node->map, parts.items[i], last ? node_scalar(SLICE("")) : node_new_map(a));
        node = map_find(node->map, parts.items[i]);
    }
    return node;
}

static bool add_to(struct arena *a, const struct value_target *target, struct slice text, struct resource *r,
                   struct diag *diag)
{
    if (slice_is(target->field_path, "metadata/namespace")) {
        const struct namespace_setting setting = {.namespace = text};
        const struct field_specs none = {NULL, 0, 0};
        return namespace_set(a, &setting, &none, r, diag);
    }
    struct value *field = make_field(a, &r->node, target->field_path);
    if (!field || field->kind != VALUE_STRING)
        return node_kind_error(a, field ? *field : r->node, field ? "ScalarNode" : "MappingNode", diag);
    if (target->position > 0)
        text = insert_part(a, value_slice(*field), target->position - 1, text);
    return node_set_scalar(a, field, node_scalar(text), diag);
}

/* The entries of the configuration and those of the file it names. */
static bool read_targets(struct target *t, const struct plugin_config *config, struct plugin_config *file,
                         struct diag *diag)
{
    struct slice text;
    struct value v;
    struct yaml_error error;
    if (config->target_file.len == 0)
        return true;
    if (!root_read(t->build->arena, t->root, config->target_file, &text, NULL, diag))
        return false;
    if (!yaml_read(t->build->arena, NULL, text, NULL, &v, &error))
        return diag_error(diag, "error converting YAML to JSON: %.*s", SLICE_ARG(error.message));
    return record_read(t->build->arena, &plugin_targets_record, v, RECORD_CONVERTS, file, diag);
}

static bool apply_targets(struct target *t, const struct records *targets, struct slice text,
                          const struct resource_map *map, struct diag *diag)
{
    const struct value_target *items = targets->items;
    for (size_t i = 0; i < targets->count; i++) {
        if (items[i].field_path.len == 0)
            return diag_error(diag, "fieldPath cannot be empty");
        if (items[i].position < 0)
            return diag_error(diag, "value of FilePathPosition (%lld) cannot be negative",
                              (long long)items[i].position);
        struct resource_map found = {NULL, 0, 0};
        if (items[i].selector && !select_resources(t->build->arena, items[i].selector, map, &found, diag))
            return false;
        const struct resource_map *selected = items[i].selector ? &found : map;
        for (size_t j = 0; j < selected->count; j++) {
            if (!add_to(t->build->arena, &items[i], text, selected->items[j], diag))
                return false;
        }
    }
    return true;
}

bool value_add_apply(struct target *t, const struct plugin_config *config, struct resource_map *map,
                     struct diag *diag)
{
    struct plugin_config file = {.targets = {NULL, 0}};
    struct slice text = go_trim_space(config->value);
    if (text.len == 0)
        text = file_base(slice_text(t->root->path));
    if (!read_targets(t, config, &file, diag))
        return false;
    if (config->targets.count + file.targets.count == 0)
        return diag_error(diag, "must specify at least one target");
    return apply_targets(t, &config->targets, text, map, diag) && apply_targets(t, &file.targets, text, map, diag);
}

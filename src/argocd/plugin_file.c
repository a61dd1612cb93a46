/*
 * plugin_file.c - how yare presents itself to Argo CD
 *
 * Discovery is a command of yare's, so that Argo CD and `yare argocd generate` never disagree on what can be rendered.
 * Parameters are announced dynamically, so that environments are those of the helmfile at hand.
 */
#include "argocd/plugin_file.h"

#include "codec/json_write.h"
#include "codec/yaml_write.h"

/* --- plugin.yaml ---------------------------------------------------------------------------------------------- */

/* {command: [YARE, argocd, WORD]} */
static struct value command_of(struct arena *a, struct slice yare, const char *word)
{
    struct map *map = map_new(a, 1);
    const struct slice words[] = {yare, SLICE("argocd"), slice_text(word)};
    map_set_text(map, "command", list_of_strings(a, words, 3));
    return value_map(map);
}

static struct value under(struct arena *a, const char *key, struct value v)
{
    struct map *map = map_new(a, 1);
    map_set_text(map, key, v);
    return value_map(map);
}

static struct value plugin_spec(struct arena *a, const struct plugin_file_options *o)
{
    struct map *spec = map_new(a, 3);
    map_set_text(spec, "generate", command_of(a, o->command, "generate"));
    if (!o->no_discovery)
        map_set_text(spec, "discover", under(a, "find", command_of(a, o->command, "discover")));
    map_set_text(spec, "parameters", under(a, "dynamic", command_of(a, o->command, "parameters")));
    return value_map(spec);
}

bool plugin_file_write(const struct plugin_file_options *options, struct arena *scratch, struct buffer *out,
                       struct diag *diag)
{
    struct slice error;
    struct map *root = map_new(scratch, 4);
    map_set_text(root, "apiVersion", value_text("argoproj.io/v1alpha1"));
    map_set_text(root, "kind", value_text("ConfigManagementPlugin"));
    map_set_text(root, "metadata", under(scratch, "name", value_string(options->name)));
    map_set_text(root, "spec", plugin_spec(scratch, options));
    return yaml_write(out, value_map(root), scratch, &error) || diag_error_slice(diag, error);
}

/* --- parameters ----------------------------------------------------------------------------------------------- */

static struct value tooltip(struct arena *a, const struct plugin_parameter *row, const struct slice *environments,
                            size_t count)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, row->tooltip);
    for (size_t i = 0; i < count && strcmp(row->name, "environment") == 0; i++)
        buffer_printf(&text, "%s%.*s", i ? ", " : ": ", SLICE_ARG(environments[i]));
    return value_string(buffer_move(&text, a));
}

bool plugin_parameters_write(const struct slice *environments, size_t count, struct arena *scratch, struct buffer *out,
                             struct diag *diag)
{
    const struct json_write_options options = {.no_html_escape = true, .indent = "  "};
    struct list *list = list_new(scratch, 8);
    struct slice error;
    for (const struct plugin_parameter *row = plugin_parameters; row->name; row++) {
        struct map *map = map_new(scratch, 4);
        map_set_text(map, "name", value_text(row->name));
        map_set_text(map, "title", value_text(row->title));
        map_set_text(map, "tooltip", tooltip(scratch, row, environments, count));
        map_set_text(map, "collectionType", value_text(row->collection));
        list_add(scratch, list, value_map(map));
    }
    if (!json_write(out, value_list(list), &options, scratch, &error))
        return diag_error_slice(diag, error);
    buffer_add_char(out, '\n');
    return true;
}

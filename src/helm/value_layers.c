/*
 * value_layers.c - the values that a command line gives, in Helm's order
 *
 * Files are merged while they are frozen, sharing what only one has; the result is thawed once, since the assignments
 * that follow change it in place.
 */
#include "helm/value_layers.h"

#include "chart/values_read.h"
#include "codec/json_read.h"
#include "golang/unicode.h"
#include "helm/set_values.h"
#include "helm/value_file.h"
#include "value/merge.h"

struct layering {
    struct arena *arena;
    struct source_set *sources;
    struct diag *diag;
    bool helm3;
};

/* One kind of assignment and how its flag is called. */
struct assignment {
    const char *flag;
    const struct layer_flag *texts;
    enum set_kind kind;
};

static bool read_source(struct layering *l, const struct source *source, struct value_layer *layer)
{
    layer->source = source;
    if (chart_values_read(l->arena, source, source->text, l->helm3, &layer->values, l->diag))
        return true;
    diag_prefix(l->diag, "failed to parse %.*s: ", SLICE_ARG(source->name));
    return false;
}

static bool read_file(struct layering *l, struct slice path, struct value_layer *layer)
{
    struct slice text;
    struct slice error;
    if (!value_file_read(l->arena, path, &text, &error))
        return diag_error_slice(l->diag, error);
    return read_source(l, source_set_keep(l->sources, path, text), layer);
}

static bool read_layers(struct layering *l, const struct layer_flags *flags, struct value_layers *out)
{
    struct value merged = value_map(map_new(l->arena, 0));
    size_t count = flags->files.count + flags->texts.count;
    out->layers = ARENA_ARRAY(l->arena, struct value_layer, count + 1);
    out->count = 0;
    for (size_t i = 0; i < count; i++) {
        struct value_layer *layer = &out->layers[i];
        bool ok = i < flags->files.count ? read_file(l, flags->files.items[i], layer)
                                         : read_source(l, flags->texts.items[i - flags->files.count], layer);
        if (!ok)
            return false;
        out->count++;
        merged = merge_values(l->arena, merged, layer->values, &merge_helm_layers);
    }
    out->merged = value_thaw(l->arena, merged);
    return true;
}

static void add_set(struct arena *a, struct value_sets *sets, struct value_layer set)
{
    size_t old = sets->count * sizeof set;
    sets->items = arena_resize(a, sets->items, old, old + sizeof set);
    sets->items[sets->count++] = set;
}

static void place_all(struct value *v, struct origin origin)
{
    v->origin = origin;
    for (uint32_t i = 0; v->kind == VALUE_LIST && i < v->list->len; i++)
        place_all(&v->list->items[i], origin);
    for (uint32_t i = 0; v->kind == VALUE_MAP && i < v->map->len; i++)
        place_all(&v->map->entries[i].value, origin);
}

/* --set-json with a whole object, which Helm 4 takes. */
static bool merge_object(struct arena *a, struct value_sets *sets, struct value *root, const struct source *source,
                         struct slice text, const struct set_options *options, struct slice *error)
{
    struct value object;
    struct slice ignored;
    if (!json_read(a, NULL, go_trim_space(text), &object, &ignored, NULL)) {
        *error = arena_printf(a, "JSON: %.*s", SLICE_ARG(text));
        return false;
    }
    place_all(&object, options->origin);
    add_set(a, sets, (struct value_layer){source, object});
    *root = value_thaw(a, merge_values(a, *root, object, &merge_helm_layers));
    return true;
}

bool value_sets_apply(struct arena *a, struct value_sets *sets, struct value *root, const struct source *source,
                      struct slice text, const struct set_options *options, struct slice *error)
{
    struct value_layer alone = {source, value_map(map_new(a, 1))};
    bool is_json = options->kind == SET_JSON;
    if (is_json && !options->helm3 && slice_starts(go_trim_space(text), SLICE("{")))
        return merge_object(a, sets, root, source, text, options, error);
    if (!set_values_apply(a, root->map, text, options, error)) {
        if (is_json)
            *error = text;
        return false;
    }
    if (set_values_apply(a, alone.values.map, text, options, error))
        add_set(a, sets, alone);
    return true;
}

/* The source that all values of a flag come from: one of its own, "--set a.b=1". */
static const struct source *flag_source(struct layering *l, const char *flag, struct slice text)
{
    struct slice name = arena_printf(l->arena, "%s %.*s", flag, SLICE_ARG(text));
    return source_set_keep(l->sources, name, text);
}

static bool assign(struct layering *l, const struct assignment *assignment, struct slice text,
                   struct value_layers *out)
{
    struct set_options options = {.kind = assignment->kind, .helm3 = l->helm3};
    struct slice error = SLICE("");
    const struct source *source = flag_source(l, assignment->flag, text);
    options.origin = origin_at(source, 1, 1);
    if (value_sets_apply(l->arena, &out->sets, &out->merged, source, text, &options, &error))
        return true;
    if (assignment->kind == SET_JSON)
        return diag_error(l->diag, "failed parsing --set-json data %.*s", SLICE_ARG(error));
    return diag_error(l->diag, "failed parsing %s data: %.*s", assignment->flag, SLICE_ARG(error));
}

bool value_layers_read(struct arena *a, const struct layer_flags *flags, bool helm3, struct source_set *sources,
                       struct value_layers *out, struct diag *diag)
{
    struct layering l = {a, sources, diag, helm3};
    const struct assignment assignments[] = {
        {"--set-json", &flags->set_json, SET_JSON},          {"--set", &flags->set, SET_TYPED},
        {"--set-string", &flags->set_string, SET_STRING},    {"--set-file", &flags->set_file, SET_FILE},
        {"--set-literal", &flags->set_literal, SET_LITERAL},
    };
    out->sets = (struct value_sets){NULL, 0};
    if (!read_layers(&l, flags, out))
        return false;
    for (size_t kind = 0; kind < sizeof assignments / sizeof assignments[0]; kind++) {
        const struct layer_flag *texts = assignments[kind].texts;
        for (size_t i = 0; i < texts->count; i++) {
            if (!assign(&l, &assignments[kind], texts->items[i], out))
                return false;
        }
    }
    return true;
}

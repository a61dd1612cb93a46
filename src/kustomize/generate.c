/*
 * generate.c - the fields `configMapGenerator` and `secretGenerator`
 */
#include "kustomize/generate.h"

#include "golang/base64.h"
#include "golang/strconv.h"
#include "golang/unicode.h"
#include "kustomize/helm_charts.h"
#include "kustomize/key_values.h"
#include "kustomize/plugins.h"

/* Base64 of this length or more is cut into lines of it. */
#define BASE64_LINE 70

/* --- content ------------------------------------------------------------------------------------------------------ */

static struct slice base64_lines(struct arena *a, struct slice bytes)
{
    struct slice code = go_base64_encode(a, bytes);
    struct buffer lines = BUFFER_INIT;
    if (code.len < BASE64_LINE)
        return code;
    for (size_t at = 0; at < code.len; at += BASE64_LINE) {
        size_t end = at + BASE64_LINE < code.len ? at + BASE64_LINE : code.len;
        buffer_add(&lines, slice_part(code, at, end));
        buffer_add_char(&lines, '\n');
    }
    return buffer_move(&lines, a);
}

/* What is text goes to `data`, all else as base64 to `binaryData`; a Secret's is always base64. */
static void add_data(struct arena *a, struct value *object, bool is_secret, const struct map *pairs)
{
    if (is_secret)
        node_make_map(a, object, "data");
    for (uint32_t i = 0; i < pairs->len; i++) {
        struct slice text = value_slice(pairs->entries[i].value);
        bool plain = !is_secret && go_valid_utf8(text);
        struct value *map = node_make_map(a, object, plain || is_secret ? "data" : "binaryData");
        struct value node = node_string(plain ? text : base64_lines(a, text));
        node_set_field(map, pairs->entries[i].key, value_from(node, pairs->entries[i].value.origin));
    }
}

/* --- options ------------------------------------------------------------------------------------------------------ */

/* The texts of both, the local ones winning. */
static void add_texts(struct arena *a, struct value *object, const char *field, struct value local,
                      struct value global)
{
    const struct value layers[] = {global, local};
    for (size_t i = 0; i < 2; i++) {
        if (layers[i].kind != VALUE_MAP || layers[i].map->len == 0)
            continue;
        struct value *metadata = node_make_map(a, object, "metadata");
        struct value *map = node_make_map(a, metadata, field);
        for (uint32_t j = 0; j < layers[i].map->len; j++) {
            const struct entry *entry = &layers[i].map->entries[j];
            struct value text = yaml_node(value_slice(entry->value), YAML_TAG_STR, YAML_SINGLE_QUOTED);
            node_set_field(map, entry->key, value_from(text, entry->value.origin));
        }
    }
}

static void add_options(struct arena *a, struct resource *r, const struct generator_options *local,
                        const struct generator_options *global)
{
    static const struct generator_options none = {.disable_hash = false};
    local = local ? local : &none;
    global = global ? global : &none;
    add_texts(a, &r->node, "labels", local->labels, global->labels);
    add_texts(a, &r->node, "annotations", local->annotations, global->annotations);
    if (local->immutable || global->immutable)
        map_set_text(r->node.map, "immutable", yaml_node(SLICE("true"), YAML_TAG_BOOL, YAML_PLAIN));
    r->needs_hash = !local->disable_hash && !global->disable_hash;
}

/* --- an object ---------------------------------------------------------------------------------------------------- */

static enum behavior behavior_of(struct slice word)
{
    if (slice_is(word, "replace"))
        return BEHAVIOR_REPLACE;
    return slice_is(word, "merge") ? BEHAVIOR_MERGE : BEHAVIOR_CREATE;
}

struct resource *generate_object(struct target *t, const struct generator *entry, bool is_secret, struct diag *diag)
{
    struct arena *a = t->build->arena;
    struct resource *r = ARENA_NEW(a, struct resource);
    struct map *pairs;
    if (entry->name.len == 0) {
        diag_error(diag, "a configmap must have a name");
        return NULL;
    }
    r->node = node_new_map(a);
    map_set_text(r->node.map, "apiVersion", node_scalar(SLICE("v1")));
    map_set_text(r->node.map, "kind", node_scalar(is_secret ? SLICE("Secret") : SLICE("ConfigMap")));
    resource_set_name(a, r, entry->name);
    if (entry->namespace.len)
        resource_set_namespace(a, r, entry->namespace);
    if (is_secret)
        map_set_text(r->node.map, "type", node_string(entry->type.len ? entry->type : SLICE("Opaque")));
    if (!key_values_read(t, entry, &pairs, diag))
        return NULL;
    add_data(a, &r->node, is_secret, pairs);
    add_options(a, r, entry->options, t->k->generator_options);
    r->behavior = behavior_of(entry->behavior);
    r->file = t->k->file;
    return r;
}

/* --- a kustomization's -------------------------------------------------------------------------------------------- */

bool generated_absorb(struct target *t, struct accumulator *acc, const struct resource_map *made,
                      const struct provenance *from, const struct plugin_id *plugin, struct diag *diag)
{
    origin_set_generator(t, made, from, plugin);
    if (resource_map_absorb(t->build->arena, &acc->resources, made, diag))
        return true;
    diag_prefix(diag, "merging from generator &{%.*s}: ", SLICE_ARG(plugin->kind));
    return false;
}

/* What a field of the kustomization has generated. */
static bool absorb_builtin(struct target *t, struct accumulator *acc, const struct resource_map *made,
                           const char *kind, struct diag *diag)
{
    const struct plugin_id id = {.api_version = SLICE("builtin"), .kind = slice_text(kind)};
    struct provenance here = origin_of_file(t, t->k->name);
    return generated_absorb(t, acc, made, &here, &id, diag);
}

static bool generate_all(struct target *t, struct accumulator *acc, const struct records *entries, bool is_secret,
                         struct diag *diag)
{
    const struct generator *items = entries->items;
    for (size_t i = 0; i < entries->count; i++) {
        struct resource_map made = {NULL, 0, 0};
        struct resource *r = generate_object(t, &items[i], is_secret, diag);
        if (!r)
            return false;
        resource_map_push(t->build->arena, &made, r);
        if (!absorb_builtin(t, acc, &made, is_secret ? "SecretGenerator" : "ConfigMapGenerator", diag))
            return false;
    }
    return true;
}

static bool inflate_charts(struct target *t, struct accumulator *acc, struct diag *diag)
{
    const struct helm_chart *charts = t->k->helm_charts.items;
    for (size_t i = 0; i < t->k->helm_charts.count; i++) {
        struct resource_map made = {NULL, 0, 0};
        if (!helm_chart_inflate(t, &charts[i], t->k->helm_globals, &made, diag) ||
            !absorb_builtin(t, acc, &made, "HelmChartInflationGenerator", diag))
            return false;
    }
    return true;
}

bool generators_run(struct target *t, struct accumulator *acc, struct diag *diag)
{
    return generate_all(t, acc, &t->k->config_maps, false, diag) &&
           generate_all(t, acc, &t->k->secrets, true, diag) && inflate_charts(t, acc, diag) &&
           plugin_generators_run(t, acc, diag);
}

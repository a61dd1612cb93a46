/*
 * plugins.c - the fields `generators`, `transformers` and `validators`
 */
#include "kustomize/plugins.h"

#include "kustomize/generate.h"
#include "kustomize/helm_charts.h"
#include "kustomize/images.h"
#include "kustomize/labels.h"
#include "kustomize/name_affix.h"
#include "kustomize/name_hash.h"
#include "kustomize/namespace.h"
#include "kustomize/patches.h"
#include "kustomize/plugin_config.h"
#include "kustomize/replacements.h"
#include "kustomize/replicas.h"
#include "kustomize/value_add.h"

/* A plugin on its way: a target whose kustomization has nothing but what the plugin's configuration says. */
struct plugin {
    struct target target;
    struct kustomization k;
    struct field_specs specs;
    struct plugin_config *config;
    const struct resource *resource;
};

/* --- loading ------------------------------------------------------------------------------------------------------ */

/* Entries are objects written in place, or else files and folders. */
static bool load_resources(struct target *t, const struct texts *entries, struct resource_map *out,
                           struct diag *diag)
{
    struct accumulator acc = {.vars = {NULL, 0, 0}};
    struct texts paths = {NULL, 0, 0};
    for (size_t i = 0; i < entries->count; i++) {
        struct resource_map read = {NULL, 0, 0};
        struct diag ignored;
        diag_init(&ignored);
        bool in_place = resource_map_read(t->build->arena, t->build->sources, entries->items[i], NULL, &read, &ignored);
        diag_release(&ignored);
        if (!in_place) {
            texts_add(t->build->arena, &paths, entries->items[i]);
            continue;
        }
        origin_set_file(t, &read, t->k->name);
        if (!resource_map_append(t->build->arena, &acc.resources, &read, diag))
            return false;
    }
    if (!accumulate_resources(t, &paths, &acc, diag))
        return false;
    *out = acc.resources;
    return true;
}

static bool fails_configuration(const struct plugin *p, struct diag *diag)
{
    struct arena *a = p->target.build->arena;
    struct res_id id = resource_original_id(p->resource);
    struct slice text = res_id_text(a, &id);
    diag_prefix(diag, "plugin %.*s fails configuration: ", SLICE_ARG(text));
    return false;
}

static bool load_plugin(struct target *t, const struct resource *r, struct plugin *p, struct diag *diag)
{
    struct arena *a = t->build->arena;
    struct gvk gvk = resource_gvk(r);
    *p = (struct plugin){.target = *t, .resource = r, .config = ARENA_NEW(a, struct plugin_config)};
    if (gvk.group.len || !slice_is(gvk.version, "builtin"))
        return diag_error(diag, "external plugins disabled; unable to load external plugin '%.*s'",
                          SLICE_ARG(gvk.kind));
    const struct record_type *record = plugin_config_record(gvk.kind);
    if (!record) {
        struct buffer text = BUFFER_INIT;
        gvk_write(&text, &gvk);
        diag_error(diag, "unable to load builtin %.*s", SLICE_ARG(buffer_slice(&text)));
        buffer_release(&text);
        return false;
    }
    if (!plugin_config_read(a, record, r->node, p->config, diag))
        return fails_configuration(p, diag);
    p->k.file = t->k->file;
    p->k.name = t->k->name;
    p->specs = (struct field_specs){p->config->field_specs.items, p->config->field_specs.count,
                                    p->config->field_specs.count};
    p->target.k = &p->k;
    p->target.provenance = NULL;
    return true;
}

/* What buildMetadata says of the plugin. */
static struct plugin_id plugin_id_of(const struct plugin *p)
{
    struct res_id id = resource_id(p->resource);
    return (struct plugin_id){node_text(p->resource->node, "apiVersion"), id.gvk.kind, id.name, id.namespace};
}

/* --- transformers ------------------------------------------------------------------------------------------------- */

typedef bool plugin_run_fn(struct plugin *p, struct accumulator *acc, struct diag *diag);

/* Does what a field does, with the plugin's field specs as its table. */
static bool run_field(struct plugin *p, struct accumulator *acc, enum field_table table, transform_fn *run,
                      struct diag *diag)
{
    struct accumulator own = {.resources = acc->resources};
    own.tables.specs[table] = p->specs;
    bool done = run(&p->target, &own, diag);
    acc->resources = own.resources;
    return done;
}

static bool run_annotations(struct plugin *p, struct accumulator *acc, struct diag *diag)
{
    p->k.common_annotations = p->config->annotations;
    return run_field(p, acc, FIELDS_ANNOTATIONS, annotations_transform, diag);
}

static bool run_hash(struct plugin *p, struct accumulator *acc, struct diag *diag)
{
    return name_hashes_add(p->target.build, &acc->resources, diag);
}

static bool run_image(struct plugin *p, struct accumulator *acc, struct diag *diag)
{
    p->k.images = (struct records){&p->config->image, 1};
    return run_field(p, acc, FIELDS_IMAGES, images_transform, diag);
}

static bool run_labels(struct plugin *p, struct accumulator *acc, struct diag *diag)
{
    p->k.common_labels = p->config->labels;
    return run_field(p, acc, FIELDS_COMMON_LABELS, labels_transform, diag);
}

static bool subjects_of(struct slice word, enum namespace_subjects *out, struct diag *diag)
{
    static const char *const words[] = {"defaultOnly", "allServiceAccounts", "none"};
    for (int i = 0; i < 3; i++) {
        if (word.len == 0 || slice_is(word, words[i])) {
            *out = (enum namespace_subjects)i;
            return true;
        }
    }
    return diag_error(diag, "invalid value \"%.*s\" for setRoleBindingSubjects: must be one of \"defaultOnly\", "
                            "\"none\" or \"allServiceAccounts\"", SLICE_ARG(word));
}

static bool run_namespace(struct plugin *p, struct accumulator *acc, struct diag *diag)
{
    struct namespace_setting setting = {.namespace = p->config->metadata.namespace,
                                        .unset_only = p->config->unset_only};
    if (!subjects_of(p->config->subjects, &setting.subjects, diag))
        return fails_configuration(p, diag);
    return setting.namespace.len == 0 ||
           namespace_apply(p->target.build, &setting, &p->specs, &acc->resources, diag);
}

static bool run_json_patch(struct plugin *p, struct accumulator *acc, struct diag *diag)
{
    p->k.patches_json6902 = (struct records){&p->config->patch, 1};
    return patches_json6902_transform(&p->target, acc, diag);
}

static bool run_merge_patch(struct plugin *p, struct accumulator *acc, struct diag *diag)
{
    if (p->config->paths.count == 0 && p->config->patches.len == 0) {
        diag_error(diag, "empty file path and empty patch content");
        return fails_configuration(p, diag);
    }
    p->k.patches_strategic_merge = p->config->paths;
    if (p->config->patches.len)
        texts_add(p->target.build->arena, &p->k.patches_strategic_merge, p->config->patches);
    return patches_strategic_transform(&p->target, acc, diag);
}

static bool run_patch(struct plugin *p, struct accumulator *acc, struct diag *diag)
{
    p->k.patches = (struct records){&p->config->patch, 1};
    return patches_transform(&p->target, acc, diag);
}

static bool check_specs(const struct plugin *p, struct diag *diag)
{
    if (p->config->field_specs.items)
        return true;
    diag_error(diag, "fieldSpecs is not expected to be nil");
    return fails_configuration(p, diag);
}

static bool run_prefix(struct plugin *p, struct accumulator *acc, struct diag *diag)
{
    p->k.name_prefix = p->config->prefix;
    return check_specs(p, diag) && run_field(p, acc, FIELDS_NAME_PREFIX, name_prefix_transform, diag);
}

static bool run_suffix(struct plugin *p, struct accumulator *acc, struct diag *diag)
{
    p->k.name_suffix = p->config->suffix;
    return check_specs(p, diag) && run_field(p, acc, FIELDS_NAME_SUFFIX, name_suffix_transform, diag);
}

static bool run_affixes(struct plugin *p, struct accumulator *acc, struct diag *diag)
{
    return run_prefix(p, acc, diag) && run_suffix(p, acc, diag);
}

static bool run_replacements(struct plugin *p, struct accumulator *acc, struct diag *diag)
{
    p->k.replacements = p->config->replacements;
    return replacements_transform(&p->target, acc, diag);
}

static bool run_replicas(struct plugin *p, struct accumulator *acc, struct diag *diag)
{
    p->k.replicas = (struct records){&p->config->replica, 1};
    return run_field(p, acc, FIELDS_REPLICAS, replicas_transform, diag);
}

static bool run_value_add(struct plugin *p, struct accumulator *acc, struct diag *diag)
{
    return value_add_apply(&p->target, p->config, &acc->resources, diag);
}

/* --- generators --------------------------------------------------------------------------------------------------- */

/* The accumulator only gathers what is made. */
static bool run_generator(struct plugin *p, struct accumulator *acc, struct diag *diag)
{
    struct generator *entry = &p->config->generator;
    bool is_secret = slice_is(node_text(p->resource->node, "kind"), "SecretGenerator");
    if (entry->name.len == 0)
        entry->name = p->config->metadata.name;
    if (entry->namespace.len == 0)
        entry->namespace = p->config->metadata.namespace;
    struct resource *made = generate_object(&p->target, entry, is_secret, diag);
    if (made)
        resource_map_push(p->target.build->arena, &acc->resources, made);
    return made != NULL;
}

static bool run_chart(struct plugin *p, struct accumulator *acc, struct diag *diag)
{
    return helm_chart_inflate(&p->target, &p->config->chart, &p->config->helm_globals, &acc->resources, diag);
}

/* A ServiceAccount that acts as one of the cloud. */
static bool run_policy(struct plugin *p, struct accumulator *acc, struct diag *diag)
{
    struct arena *a = p->target.build->arena;
    const struct plugin_config *config = p->config;
    struct resource *made = ARENA_NEW(a, struct resource);
    if (!slice_is(config->cloud, "gke"))
        return diag_error(diag, "cloud provider %.*s not supported yet", SLICE_ARG(config->cloud));
    made->node = node_new_map(a);
    map_set_text(made->node.map, "apiVersion", node_scalar(SLICE("v1")));
    map_set_text(made->node.map, "kind", node_scalar(SLICE("ServiceAccount")));
    resource_set_name(a, made, config->kubernetes_account.name);
    resource_set_namespace(a, made, config->kubernetes_account.namespace);
    struct map *annotations = map_new(a, 1);
    map_set_text(annotations, "iam.gke.io/gcp-service-account",
                 node_scalar(arena_printf(a, "%.*s@%.*s.iam.gserviceaccount.com", SLICE_ARG(config->cloud_account.name),
                                          SLICE_ARG(config->cloud_account.project))));
    resource_set_metadata_map(a, made, "annotations", annotations);
    resource_map_push(a, &acc->resources, made);
    return true;
}

/* --- kinds -------------------------------------------------------------------------------------------------------- */

static const struct plugin_kind {
    const char *name;
    plugin_run_fn *run;
    bool is_generator;
} plugin_kinds[] = {
    {"AnnotationsTransformer", run_annotations, false},
    {"ConfigMapGenerator", run_generator, true},
    {"HashTransformer", run_hash, false},
    {"HelmChartInflationGenerator", run_chart, true},
    {"IAMPolicyGenerator", run_policy, true},
    {"ImageTagTransformer", run_image, false},
    {"LabelTransformer", run_labels, false},
    {"NamespaceTransformer", run_namespace, false},
    {"PatchJson6902Transformer", run_json_patch, false},
    {"PatchStrategicMergeTransformer", run_merge_patch, false},
    {"PatchTransformer", run_patch, false},
    {"PrefixSuffixTransformer", run_affixes, false},
    {"PrefixTransformer", run_prefix, false},
    {"ReplacementTransformer", run_replacements, false},
    {"ReplicaCountTransformer", run_replicas, false},
    {"SecretGenerator", run_generator, true},
    {"SuffixTransformer", run_suffix, false},
    {"ValueAddTransformer", run_value_add, false},
};

static bool find_kind(const struct plugin *p, bool generator, const struct plugin_kind **out, struct diag *diag)
{
    struct res_id id = resource_original_id(p->resource);
    for (size_t i = 0; i < sizeof plugin_kinds / sizeof plugin_kinds[0]; i++) {
        *out = &plugin_kinds[i];
        if (slice_is(id.gvk.kind, (*out)->name) && (*out)->is_generator == generator)
            return true;
    }
    struct slice text = res_id_text(p->target.build->arena, &id);
    return diag_error(diag, "plugin %.*s not a %s", SLICE_ARG(text), generator ? "generator" : "transformer");
}

/* --- the fields --------------------------------------------------------------------------------------------------- */

static bool run_one_generator(struct target *t, const struct resource *r, struct accumulator *acc, struct diag *diag)
{
    struct plugin p;
    struct accumulator made = {.vars = {NULL, 0, 0}};
    const struct plugin_kind *kind;
    if (!load_plugin(t, r, &p, diag) || !find_kind(&p, true, &kind, diag)) {
        diag_prefix(diag, "loading generator plugins: failed to load generator: ");
        return false;
    }
    const struct plugin_id id = plugin_id_of(&p);
    struct provenance from = origin_read(t->build->arena, r);
    return kind->run(&p, &made, diag) && generated_absorb(t, acc, &made.resources, &from, &id, diag);
}

bool plugin_generators_run(struct target *t, struct accumulator *acc, struct diag *diag)
{
    struct resource_map plugins;
    if (t->k->generators.count == 0)
        return true;
    if (!load_resources(t, &t->k->generators, &plugins, diag)) {
        diag_prefix(diag, "loading generator plugins: ");
        return false;
    }
    for (size_t i = 0; i < plugins.count; i++) {
        if (!run_one_generator(t, plugins.items[i], acc, diag))
            return false;
    }
    return true;
}

static bool run_one_transformer(struct target *t, const struct resource *r, struct accumulator *acc,
                                struct diag *diag)
{
    struct plugin p;
    const struct plugin_kind *kind;
    if (!load_plugin(t, r, &p, diag) || !find_kind(&p, false, &kind, diag) || !kind->run(&p, acc, diag))
        return false;
    const struct plugin_id id = plugin_id_of(&p);
    struct provenance from = origin_read(t->build->arena, r);
    origin_add_transformer(t, &acc->resources, &from, &id);
    resource_map_drop_empty(&acc->resources);
    return true;
}

bool plugin_transformers_run(struct target *t, struct accumulator *acc, struct diag *diag)
{
    struct resource_map plugins;
    if (t->k->transformers.count == 0)
        return true;
    if (!load_resources(t, &t->k->transformers, &plugins, diag))
        return false;
    for (size_t i = 0; i < plugins.count; i++) {
        if (!run_one_transformer(t, plugins.items[i], acc, diag))
            return false;
    }
    return true;
}

/* --- validators --------------------------------------------------------------------------------------------------- */

/* The object as text, without the one label that a validator may set. */
static struct slice fingerprint(struct arena *a, const struct resource *r)
{
    struct resource *copy = resource_copy(a, r);
    struct value *metadata = node_field(copy->node, "metadata");
    struct value *labels = metadata ? node_field(*metadata, "labels") : NULL;
    if (labels && labels->kind == VALUE_MAP && map_remove(labels->map, SLICE("validated-by")) && labels->map->len == 0)
        map_remove(metadata->map, SLICE("labels"));
    return node_written(a, copy->node);
}

static bool run_validator(struct target *t, const struct resource *r, struct accumulator *acc, struct diag *diag)
{
    struct arena *a = t->build->arena;
    struct resource_map *map = &acc->resources;
    struct texts before = {NULL, 0, 0};
    struct plugin p;
    const struct plugin_kind *kind;
    for (size_t i = 0; i < map->count; i++)
        texts_add(a, &before, fingerprint(a, map->items[i]));
    if (!load_plugin(t, r, &p, diag) || !find_kind(&p, false, &kind, diag) || !kind->run(&p, acc, diag))
        return false;
    if (map->count != before.count)
        return diag_error(diag, "validator shouldn't modify the resource map: lists have different number of entries");
    for (size_t i = 0; i < map->count; i++) {
        struct res_id id = resource_id(map->items[i]);
        struct slice text = res_id_text(a, &id);
        if (!slice_equal(before.items[i], fingerprint(a, map->items[i])))
            return diag_error(diag, "validator shouldn't modify the resource map: nodes unequal: %.*s",
                              SLICE_ARG(text));
    }
    return true;
}

bool plugin_validators_run(struct target *t, struct accumulator *acc, struct diag *diag)
{
    struct resource_map plugins;
    if (t->k->validators.count == 0)
        return true;
    if (!load_resources(t, &t->k->validators, &plugins, diag))
        return false;
    for (size_t i = 0; i < plugins.count; i++) {
        if (!run_validator(t, plugins.items[i], acc, diag))
            return false;
    }
    return true;
}

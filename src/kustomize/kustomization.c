/*
 * kustomization.c - what a kustomization file says
 */
#include "kustomize/kustomization.h"

#include "codec/yaml_read.h"

#include <stddef.h>

#define FIELD RECORD_FIELD
#define FIELD_OF RECORD_FIELD_OF
#define END RECORD_END

static const struct record_field gvk_fields[] = {
    FIELD("group", RECORD_TEXT, gvk, group),
    FIELD("version", RECORD_TEXT, gvk, version),
    FIELD("kind", RECORD_TEXT, gvk, kind),
    END,
};
const struct record_type gvk_record = {"Gvk", sizeof(struct gvk), gvk_fields};

static const struct record_field res_id_fields[] = {
    FIELD_OF("", RECORD_STRUCT, res_id, gvk, gvk_record),
    FIELD("name", RECORD_TEXT, res_id, name),
    FIELD("namespace", RECORD_TEXT, res_id, namespace),
    END,
};
static const struct record_type res_id_record = {"ResId", sizeof(struct res_id), res_id_fields};

static const struct record_field selector_fields[] = {
    FIELD_OF("", RECORD_STRUCT, selector, id, res_id_record),
    FIELD("annotationSelector", RECORD_TEXT, selector, annotations),
    FIELD("labelSelector", RECORD_TEXT, selector, labels),
    END,
};
const struct record_type selector_record = {"Selector", sizeof(struct selector), selector_fields};

static const struct record_field field_spec_fields[] = {
    FIELD_OF("", RECORD_STRUCT, field_spec, gvk, gvk_record),
    FIELD("path", RECORD_TEXT, field_spec, path),
    FIELD("create", RECORD_FLAG, field_spec, create),
    END,
};
const struct record_type field_spec_record = {"FieldSpec", sizeof(struct field_spec), field_spec_fields};

static const struct record_field patch_fields[] = {
    {"path", RECORD_TEXT, offsetof(struct patch, path), .place = offsetof(struct patch, at) + 1},
    {"patch", RECORD_TEXT, offsetof(struct patch, patch), .place = offsetof(struct patch, at) + 1},
    FIELD_OF("target", RECORD_POINTER, patch, target, selector_record),
    FIELD("options", RECORD_FLAG_MAP, patch, options),
    END,
};
const struct record_type patch_record = {"Patch", sizeof(struct patch), patch_fields};

static const struct record_field options_fields[] = {
    FIELD("labels", RECORD_TEXT_MAP, generator_options, labels),
    FIELD("annotations", RECORD_TEXT_MAP, generator_options, annotations),
    FIELD("disableNameSuffixHash", RECORD_FLAG, generator_options, disable_hash),
    FIELD("immutable", RECORD_FLAG, generator_options, immutable),
    END,
};
static const struct record_type options_record = {"GeneratorOptions", sizeof(struct generator_options),
                                                  options_fields};

static const struct record_field generator_fields[] = {
    FIELD("namespace", RECORD_TEXT, generator, namespace),
    FIELD("name", RECORD_TEXT, generator, name),
    FIELD("behavior", RECORD_TEXT, generator, behavior),
    FIELD("literals", RECORD_TEXTS, generator, literals),
    FIELD("files", RECORD_TEXTS, generator, files),
    FIELD("envs", RECORD_TEXTS, generator, envs),
    FIELD("env", RECORD_TEXT, generator, env),
    FIELD_OF("options", RECORD_POINTER, generator, options, options_record),
    END,
};
static const struct record_type config_map_record = {"ConfigMapArgs", sizeof(struct generator), generator_fields};

static const struct record_field secret_fields[] = {
    FIELD_OF("", RECORD_STRUCT, generator, namespace, config_map_record),
    FIELD("type", RECORD_TEXT, generator, type),
    END,
};
const struct record_type generator_record = {"SecretArgs", sizeof(struct generator), secret_fields};

static const struct record_field label_fields[] = {
    FIELD("pairs", RECORD_TEXT_MAP, label_entry, pairs),
    FIELD("includeSelectors", RECORD_FLAG, label_entry, include_selectors),
    FIELD("includeTemplates", RECORD_FLAG, label_entry, include_templates),
    FIELD_OF("fields", RECORD_LIST, label_entry, fields, field_spec_record),
    END,
};
static const struct record_type label_record = {"Label", sizeof(struct label_entry), label_fields};

static const struct record_field image_fields[] = {
    FIELD("name", RECORD_TEXT, image, name),
    FIELD("newName", RECORD_TEXT, image, new_name),
    FIELD("newTag", RECORD_TEXT, image, new_tag),
    FIELD("digest", RECORD_TEXT, image, digest),
    FIELD("tagSuffix", RECORD_TEXT, image, tag_suffix),
    END,
};
const struct record_type image_record = {"Image", sizeof(struct image), image_fields};

static const struct record_field replica_fields[] = {
    FIELD("name", RECORD_TEXT, replica, name),
    RECORD_ALWAYS("count", RECORD_NUMBER, replica, count),
    END,
};
const struct record_type replica_record = {"Replica", sizeof(struct replica), replica_fields};

static const struct record_field field_options_fields[] = {
    FIELD("delimiter", RECORD_TEXT, field_options, delimiter),
    FIELD("index", RECORD_NUMBER, field_options, index),
    FIELD("encoding", RECORD_TEXT, field_options, encoding),
    FIELD("create", RECORD_FLAG, field_options, create),
    END,
};
static const struct record_type field_options_record = {"FieldOptions", sizeof(struct field_options),
                                                        field_options_fields};

static const struct record_field source_fields[] = {
    FIELD_OF("", RECORD_STRUCT, replacement_source, id, res_id_record),
    FIELD("fieldPath", RECORD_TEXT, replacement_source, field_path),
    FIELD_OF("options", RECORD_POINTER, replacement_source, options, field_options_record),
    END,
};
static const struct record_type source_record = {"SourceSelector", sizeof(struct replacement_source), source_fields};

static const struct record_field target_fields[] = {
    {.name = "select", .kind = RECORD_POINTER, .offset = offsetof(struct replacement_target, select),
     .of = &selector_record, .always = true},
    FIELD_OF("reject", RECORD_LIST, replacement_target, reject, selector_record),
    FIELD("fieldPaths", RECORD_TEXTS, replacement_target, field_paths),
    FIELD_OF("options", RECORD_POINTER, replacement_target, options, field_options_record),
    END,
};
static const struct record_type target_record = {"TargetSelector", sizeof(struct replacement_target), target_fields};

static const struct record_field replacement_fields[] = {
    FIELD_OF("source", RECORD_POINTER, replacement, source, source_record),
    FIELD_OF("targets", RECORD_LIST, replacement, targets, target_record),
    FIELD("sourceValue", RECORD_OPTIONAL, replacement, source_value),
    FIELD("path", RECORD_TEXT, replacement, path),
    END,
};
const struct record_type replacement_record = {"Replacement", sizeof(struct replacement), replacement_fields};

static const struct record_field field_ref_fields[] = {
    FIELD("fieldPath", RECORD_TEXT, var, field_path),
    END,
};
static const struct record_type field_ref_record = {"FieldSelector", sizeof(struct var), field_ref_fields};

static const struct record_field obj_ref_fields[] = {
    FIELD("apiVersion", RECORD_TEXT, var, api_version),
    FIELD_OF("", RECORD_STRUCT, var, object, res_id_record),
    END,
};
static const struct record_type obj_ref_record = {"Target", sizeof(struct var), obj_ref_fields};

/* Both references write into the var itself. */
static const struct record_field var_fields[] = {
    RECORD_ALWAYS("name", RECORD_TEXT, var, name),
    {.name = "objref", .kind = RECORD_STRUCT, .of = &obj_ref_record},
    {.name = "fieldref", .kind = RECORD_STRUCT, .of = &field_ref_record},
    END,
};
static const struct record_type var_record = {"Var", sizeof(struct var), var_fields};

static const struct record_field legacy_fields[] = {
    RECORD_ALWAYS("orderFirst", RECORD_TEXTS, legacy_sort_options, first),
    RECORD_ALWAYS("orderLast", RECORD_TEXTS, legacy_sort_options, last),
    END,
};
static const struct record_type legacy_record = {"LegacySortOptions", sizeof(struct legacy_sort_options),
                                                 legacy_fields};

static const struct record_field sort_fields[] = {
    FIELD("order", RECORD_TEXT, sort_options, order),
    FIELD_OF("legacySortOptions", RECORD_POINTER, sort_options, legacy, legacy_record),
    END,
};
static const struct record_type sort_record = {"SortOptions", sizeof(struct sort_options), sort_fields};

static const struct record_field helm_globals_fields[] = {
    FIELD("chartHome", RECORD_TEXT, helm_globals, chart_home),
    FIELD("configHome", RECORD_TEXT, helm_globals, config_home),
    END,
};
const struct record_type helm_globals_record = {"HelmGlobals", sizeof(struct helm_globals), helm_globals_fields};

static const struct record_field helm_chart_fields[] = {
    FIELD("name", RECORD_TEXT, helm_chart, name),
    FIELD("version", RECORD_TEXT, helm_chart, version),
    FIELD("repo", RECORD_TEXT, helm_chart, repo),
    FIELD("releaseName", RECORD_TEXT, helm_chart, release_name),
    FIELD("namespace", RECORD_TEXT, helm_chart, namespace),
    FIELD("additionalValuesFiles", RECORD_TEXTS, helm_chart, additional_values_files),
    FIELD("valuesFile", RECORD_TEXT, helm_chart, values_file),
    FIELD("valuesInline", RECORD_ANY, helm_chart, values_inline),
    FIELD("valuesMerge", RECORD_TEXT, helm_chart, values_merge),
    FIELD("includeCRDs", RECORD_FLAG, helm_chart, include_crds),
    FIELD("skipHooks", RECORD_FLAG, helm_chart, skip_hooks),
    FIELD("apiVersions", RECORD_TEXTS, helm_chart, api_versions),
    FIELD("kubeVersion", RECORD_TEXT, helm_chart, kube_version),
    FIELD("nameTemplate", RECORD_TEXT, helm_chart, name_template),
    FIELD("skipTests", RECORD_FLAG, helm_chart, skip_tests),
    FIELD("debug", RECORD_FLAG, helm_chart, debug),
    FIELD("devel", RECORD_FLAG, helm_chart, devel),
    END,
};
const struct record_type helm_chart_record = {"HelmChart", sizeof(struct helm_chart), helm_chart_fields};

static const struct record_field old_helm_fields[] = {
    FIELD("chartName", RECORD_TEXT, old_helm_chart, name),
    FIELD("chartVersion", RECORD_TEXT, old_helm_chart, version),
    FIELD("chartRepoUrl", RECORD_TEXT, old_helm_chart, repo),
    FIELD("chartHome", RECORD_TEXT, old_helm_chart, chart_home),
    FIELD("chartRepoName", RECORD_TEXT, old_helm_chart, repo_name),
    FIELD("helmBin", RECORD_TEXT, old_helm_chart, helm_bin),
    FIELD("helmHome", RECORD_TEXT, old_helm_chart, helm_home),
    FIELD("values", RECORD_TEXT, old_helm_chart, values),
    FIELD("valuesLocal", RECORD_ANY, old_helm_chart, values_local),
    FIELD("valuesMerge", RECORD_TEXT, old_helm_chart, values_merge),
    FIELD("releaseName", RECORD_TEXT, old_helm_chart, release_name),
    FIELD("releaseNamespace", RECORD_TEXT, old_helm_chart, release_namespace),
    FIELD("extraArgs", RECORD_TEXTS, old_helm_chart, extra_args),
    END,
};
static const struct record_type old_helm_record = {"HelmChartArgs", sizeof(struct old_helm_chart), old_helm_fields};

/* Read so that faults in it are told; nothing is done with it. */
static const struct record_field metadata_fields[] = {
    FIELD("name", RECORD_TEXT, object_metadata, name),
    FIELD("namespace", RECORD_TEXT, object_metadata, namespace),
    FIELD("labels", RECORD_TEXT_MAP, object_metadata, labels),
    FIELD("annotations", RECORD_TEXT_MAP, object_metadata, annotations),
    END,
};
static const struct record_type metadata_record = {"ObjectMeta", sizeof(struct object_metadata), metadata_fields};

static const struct record_field kustomization_fields[] = {
    FIELD("kind", RECORD_TEXT, kustomization, kind),
    FIELD("apiVersion", RECORD_TEXT, kustomization, api_version),
    FIELD_OF("metadata", RECORD_POINTER, kustomization, metadata, metadata_record),
    FIELD("openapi", RECORD_TEXT_MAP, kustomization, openapi),
    FIELD("namePrefix", RECORD_TEXT, kustomization, name_prefix),
    FIELD("nameSuffix", RECORD_TEXT, kustomization, name_suffix),
    FIELD("namespace", RECORD_TEXT, kustomization, namespace),
    FIELD("commonLabels", RECORD_TEXT_MAP, kustomization, common_labels),
    FIELD_OF("labels", RECORD_LIST, kustomization, labels, label_record),
    FIELD("commonAnnotations", RECORD_TEXT_MAP, kustomization, common_annotations),
    FIELD("patchesStrategicMerge", RECORD_TEXTS, kustomization, patches_strategic_merge),
    FIELD_OF("patchesJson6902", RECORD_LIST, kustomization, patches_json6902, patch_record),
    FIELD_OF("patches", RECORD_LIST, kustomization, patches, patch_record),
    FIELD_OF("images", RECORD_LIST, kustomization, images, image_record),
    FIELD_OF("imageTags", RECORD_LIST, kustomization, image_tags, image_record),
    FIELD_OF("replacements", RECORD_LIST, kustomization, replacements, replacement_record),
    FIELD_OF("replicas", RECORD_LIST, kustomization, replicas, replica_record),
    FIELD_OF("vars", RECORD_LIST, kustomization, vars, var_record),
    FIELD_OF("sortOptions", RECORD_POINTER, kustomization, sort, sort_record),
    FIELD("resources", RECORD_TEXTS, kustomization, resources),
    FIELD("components", RECORD_TEXTS, kustomization, components),
    FIELD("crds", RECORD_TEXTS, kustomization, crds),
    FIELD("bases", RECORD_TEXTS, kustomization, bases),
    FIELD_OF("configMapGenerator", RECORD_LIST, kustomization, config_maps, config_map_record),
    FIELD_OF("secretGenerator", RECORD_LIST, kustomization, secrets, generator_record),
    FIELD_OF("helmGlobals", RECORD_POINTER, kustomization, helm_globals, helm_globals_record),
    FIELD_OF("helmCharts", RECORD_LIST, kustomization, helm_charts, helm_chart_record),
    FIELD_OF("helmChartInflationGenerator", RECORD_LIST, kustomization, old_helm_charts, old_helm_record),
    FIELD_OF("generatorOptions", RECORD_POINTER, kustomization, generator_options, options_record),
    FIELD("configurations", RECORD_TEXTS, kustomization, configurations),
    FIELD("generators", RECORD_TEXTS, kustomization, generators),
    FIELD("transformers", RECORD_TEXTS, kustomization, transformers),
    FIELD("validators", RECORD_TEXTS, kustomization, validators),
    FIELD("buildMetadata", RECORD_TEXTS, kustomization, build_metadata),
    END,
};
const struct record_type kustomization_record = {"Kustomization", sizeof(struct kustomization),
                                                        kustomization_fields};

/* --- old fields --------------------------------------------------------------------------------------------------- */

static void deprecated(struct diag *diag, const char *field, const char *successor, const char *how)
{
    diag_warning(diag, "# Warning: '%s' is deprecated. Please use '%s' instead. %sRun 'kustomize edit fix' to update "
                       "your Kustomization automatically.", field, successor, how);
}

static void warn_deprecated(const struct kustomization *k, struct diag *diag)
{
    if (k->bases.count)
        deprecated(diag, "bases", "resources", "");
    if (k->common_labels.kind == VALUE_MAP)
        deprecated(diag, "commonLabels", "labels", "");
    if (k->image_tags.items)
        deprecated(diag, "imageTags", "images", "");
    if (k->patches_json6902.items)
        deprecated(diag, "patchesJson6902", "patches", "");
    if (k->patches_strategic_merge.count)
        deprecated(diag, "patchesStrategicMerge", "patches", "");
    if (k->vars.items)
        deprecated(diag, "vars", "replacements", "[EXPERIMENTAL] ");
}

/* The items of two lists behind each other. */
static struct records joined(struct arena *a, struct records first, struct records second, size_t size)
{
    if (second.count == 0)
        return first;
    char *items = arena_zalloc(a, first.count + second.count, size);
    if (first.count)
        memcpy(items, first.items, first.count * size);
    memcpy(items + first.count * size, second.items, second.count * size);
    return (struct records){items, first.count + second.count};
}

static void move_env(struct arena *a, struct records generators)
{
    struct generator *items = generators.items;
    for (size_t i = 0; i < generators.count; i++) {
        if (items[i].env.len)
            texts_add(a, &items[i].envs, items[i].env);
    }
}

static struct helm_chart new_helm_chart(const struct old_helm_chart *old)
{
    return (struct helm_chart){.name = old->name,
                               .version = old->version,
                               .repo = old->repo,
                               .values_file = old->values,
                               .values_inline = old->values_local,
                               .values_merge = old->values_merge,
                               .release_name = old->release_name};
}

static void move_helm_charts(struct arena *a, struct kustomization *k)
{
    const struct old_helm_chart *old = k->old_helm_charts.items;
    size_t count = k->old_helm_charts.count;
    struct helm_chart *charts = ARENA_ARRAY(a, struct helm_chart, count + 1);
    struct helm_globals globals = {{NULL, 0}, {NULL, 0}};
    for (size_t i = 0; i < count; i++) {
        charts[i] = new_helm_chart(&old[i]);
        if (old[i].helm_home.len)
            globals.config_home = old[i].helm_home;
        if (old[i].chart_home.len)
            globals.chart_home = old[i].chart_home;
    }
    if (!k->helm_globals && (globals.chart_home.len || globals.config_home.len)) {
        k->helm_globals = ARENA_NEW(a, struct helm_globals);
        *k->helm_globals = globals;
    }
    k->helm_charts = joined(a, k->helm_charts, (struct records){charts, count}, sizeof *charts);
}

static void move_old_fields(struct arena *a, struct kustomization *k)
{
    if (k->kind.len == 0)
        k->kind = SLICE("Kustomization");
    if (k->api_version.len == 0)
        k->api_version = slice_is(k->kind, "Component") ? SLICE("kustomize.config.k8s.io/v1alpha1")
                                                        : SLICE("kustomize.config.k8s.io/v1beta1");
    for (size_t i = 0; i < k->bases.count; i++)
        texts_add(a, &k->resources, k->bases.items[i]);
    k->images = joined(a, k->images, k->image_tags, sizeof(struct image));
    move_env(a, k->config_maps);
    move_env(a, k->secrets);
    move_helm_charts(a, k);
}

/* --- checks ------------------------------------------------------------------------------------------------------- */

/* Whether the file says anything beyond its kind. An empty list counts, but not for those that are moved. */
static bool is_empty(struct value v)
{
    static const char *const moved[] = {"bases", "imageTags", "helmChartInflationGenerator"};
    if (v.kind != VALUE_MAP)
        return true;
    for (uint32_t i = 0; i < v.map->len; i++) {
        const struct entry *entry = &v.map->entries[i];
        bool counts = entry->value.kind != VALUE_NIL && !slice_is(entry->key, "kind") &&
                      !slice_is(entry->key, "apiVersion") &&
                      !(entry->value.kind == VALUE_STRING && entry->value.len == 0);
        for (size_t j = 0; counts && j < sizeof moved / sizeof moved[0]; j++) {
            if (slice_is(entry->key, moved[j]) && entry->value.kind == VALUE_LIST && entry->value.list->len == 0)
                counts = false;
        }
        if (counts)
            return false;
    }
    return true;
}

static bool check_kind(const struct kustomization *k, const char *root, struct diag *diag)
{
    bool component = slice_is(k->kind, "Component");
    bool good_kind = component || slice_is(k->kind, "Kustomization");
    const char *version = component ? "kustomize.config.k8s.io/v1alpha1" : "kustomize.config.k8s.io/v1beta1";
    bool good_version = slice_is(k->api_version, version);
    if (good_kind && good_version)
        return true;
    struct buffer text = BUFFER_INIT;
    buffer_printf(&text, "Failed to read kustomization file under %s:", root);
    if (!good_kind)
        buffer_add_text(&text, "\nkind should be Kustomization or Component");
    if (!good_version)
        buffer_printf(&text, "\napiVersion for %.*s should be %s", SLICE_ARG(k->kind), version);
    diag_error_slice(diag, buffer_slice(&text));
    buffer_release(&text);
    return false;
}

/* Reads the file's fields as they stand; *raw gets them all. */
static bool decode(struct arena *a, const struct source *source, struct slice text, struct value *raw,
                   struct kustomization *out, struct diag *diag)
{
    struct yaml_error error;
    if (!yaml_read(a, source, text, NULL, raw, &error)) {
        diag_error(diag, "invalid Kustomization: %.*s", SLICE_ARG(error.message));
        if (error.line && source)
            diag_locate_origin(diag, source, origin_at(source, error.line, error.column));
        return false;
    }
    if (record_read_from(a, source, &kustomization_record, *raw, RECORD_STRICT, out, diag))
        return true;
    diag_prefix(diag, "invalid Kustomization: ");
    return false;
}

bool kustomization_read(struct arena *a, const struct source *source, struct slice text, const char *root,
                        struct kustomization *out, struct diag *diag)
{
    struct value raw;
    out->source = source;
    if (!decode(a, source, text, &raw, out, diag))
        return false;
    warn_deprecated(out, diag);
    if (is_empty(raw))
        return diag_error(diag, "kustomization.yaml is empty");
    move_old_fields(a, out);
    return check_kind(out, root, diag);
}

static void forget_env(struct records generators)
{
    struct generator *items = generators.items;
    for (size_t i = 0; i < generators.count; i++)
        items[i].env = SLICE("");
}

bool kustomization_read_for_edit(struct arena *a, const struct source *source, struct slice text,
                                 struct kustomization *out, struct diag *diag)
{
    struct value raw;
    if (!decode(a, source, text, &raw, out, diag))
        return false;
    move_old_fields(a, out);
    forget_env(out->config_maps);
    forget_env(out->secrets);
    out->bases.count = 0;
    out->image_tags.count = 0;
    out->old_helm_charts.count = 0;
    return true;
}

struct diag_place kustomization_place(const struct kustomization *k, struct slice text)
{
    struct diag_place place = {.source = k->source};
    if (!k->source)
        return place;
    struct slice whole = k->source->text;
    bool inside = text.len && text.ptr >= whole.ptr && text.ptr + text.len <= whole.ptr + whole.len;
    return inside ? diag_place_at(k->source, (size_t)(text.ptr - whole.ptr), text.len) : place;
}

struct origin kustomization_origin(const struct kustomization *k, struct slice text)
{
    struct diag_place place = kustomization_place(k, text);
    return place.line ? origin_at(place.source, place.line, place.column) : (struct origin){0, 0, 0};
}

bool kustomization_wants(const struct kustomization *k, const char *metadata)
{
    for (size_t i = 0; i < k->build_metadata.count; i++) {
        if (slice_is(k->build_metadata.items[i], metadata))
            return true;
    }
    return false;
}

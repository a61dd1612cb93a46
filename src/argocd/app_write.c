/*
 * app_write.c - Argo CD's objects for the releases of a helmfile
 *
 * An Application and the template of an ApplicationSet are made by the same code: the texts that differ between
 * releases are either those of a release or the parameters' names in double braces. What is no text (a list of ignored
 * differences) goes into the set by templatePatch.
 */
#include "argocd/app_write.h"

#include "codec/json_write.h"
#include "codec/yaml_write.h"

/* What an Application says of its release. */
struct app_texts {
    struct slice name;
    struct slice environment;
    struct slice release;
    struct slice name_space;
    struct slice wave;
    struct slice generate_paths;
};

static const struct app_texts set_texts = {
    .name = SLICE_INIT("{{.release}}-{{.environment}}"),
    .environment = SLICE_INIT("{{.environment}}"),
    .release = SLICE_INIT("{{.release}}"),
    .name_space = SLICE_INIT("{{.namespace}}"),
    .wave = SLICE_INIT("{{.wave}}"),
    .generate_paths = SLICE_INIT("{{.paths}}"),
};

static struct app_texts texts_of(struct arena *a, const struct app_release *release)
{
    return (struct app_texts){
        .name = arena_printf(a, "%.*s-%.*s", SLICE_ARG(release->name), SLICE_ARG(release->environment)),
        .environment = release->environment,
        .release = release->name,
        .name_space = release->name_space,
        .wave = arena_printf(a, "%zu", release->wave),
        .generate_paths = release->generate_paths,
    };
}

/* --- pieces --------------------------------------------------------------------------------------------------- */

static struct map *object_new(struct arena *a, const char *kind, struct map **metadata, struct map **spec)
{
    struct map *root = map_new(a, 4);
    *metadata = map_new(a, 4);
    *spec = map_new(a, 8);
    map_set_text(root, "apiVersion", value_text("argoproj.io/v1alpha1"));
    map_set_text(root, "kind", value_text(kind));
    map_set_text(root, "metadata", value_map(*metadata));
    map_set_text(root, "spec", value_map(*spec));
    return root;
}

static bool write_document(struct map *root, struct arena *scratch, struct buffer *out, struct diag *diag)
{
    struct slice error;
    buffer_add_text(out, "---\n");
    return yaml_write(out, value_map(root), scratch, &error) || diag_error_slice(diag, error);
}

static struct map *destination(struct arena *a, const struct app_options *o, struct slice name_space)
{
    struct map *map = map_new(a, 2);
    bool is_url = slice_find(o->cluster, SLICE("://")) < o->cluster.len;
    map_set_slice(map, is_url ? "server" : "name", o->cluster);
    map_set_slice(map, "namespace", name_space);
    return map;
}

static struct value string_parameter(struct arena *a, const char *name, struct slice text)
{
    struct map *map = map_new(a, 2);
    map_set_text(map, "name", value_text(name));
    map_set_slice(map, "string", text);
    return value_map(map);
}

static struct value array_parameter(struct arena *a, const char *name, struct slice text)
{
    struct map *map = map_new(a, 2);
    map_set_text(map, "name", value_text(name));
    map_set_text(map, "array", list_of_strings(a, &text, 1));
    return value_map(map);
}

static struct map *source(struct arena *a, const struct app_options *o, const struct app_texts *texts)
{
    struct map *map = map_new(a, 4);
    map_set_slice(map, "repoURL", o->repository);
    map_set_slice(map, "targetRevision", o->revision);
    if (o->source == APP_SOURCE_RENDERED) {
        map_set_slice(map, "path",
                      arena_printf(a, "%.*s/%.*s/%.*s", SLICE_ARG(o->rendered), SLICE_ARG(texts->environment),
                                   SLICE_ARG(texts->release)));
        map_set_text(map, "directory", value_map(map_new(a, 0)));
        return map;
    }
    struct map *plugin = map_new(a, 2);
    struct list *parameters = list_new(a, 2);
    map_set_slice(map, "path", o->path);
    map_set_slice(plugin, "name", o->plugin);
    list_add(a, parameters, string_parameter(a, "environment", texts->environment));
    list_add(a, parameters,
             array_parameter(a, "selector", arena_printf(a, "name=%.*s,namespace=%.*s", SLICE_ARG(texts->release),
                                                         SLICE_ARG(texts->name_space))));
    map_set_text(plugin, "parameters", value_list(parameters));
    map_set_text(map, "plugin", value_map(plugin));
    return map;
}

static struct map *sync_policy(struct arena *a, const struct app_options *o, bool create_namespace)
{
    struct map *map = map_new(a, 2);
    struct list *options = list_new(a, 2);
    if (o->automated) {
        struct map *automated = map_new(a, 2);
        map_set_text(automated, "prune", value_bool(true));
        map_set_text(automated, "selfHeal", value_bool(true));
        map_set_text(map, "automated", value_map(automated));
    }
    if (create_namespace)
        list_add(a, options, value_text("CreateNamespace=true"));
    list_add(a, options, value_text("ApplyOutOfSyncOnly=true"));
    list_add(a, options, value_text("RespectIgnoreDifferences=true"));
    map_set_text(map, "syncOptions", value_list(options));
    return map;
}

/* metadata and spec of an Application */
static void fill_application(struct arena *a, const struct app_options *o, const struct app_texts *texts,
                             bool create_namespace, struct map *metadata, struct map *spec)
{
    struct map *annotations = map_new(a, 2);
    struct map *labels = map_new(a, 2);
    map_set_slice(annotations, "argocd.argoproj.io/sync-wave", texts->wave);
    if (o->source == APP_SOURCE_RENDERED)
        map_set_text(annotations, "argocd.argoproj.io/manifest-generate-paths", value_text("."));
    else if (texts->generate_paths.len)
        map_set_slice(annotations, "argocd.argoproj.io/manifest-generate-paths", texts->generate_paths);
    map_set_slice(labels, "environment", texts->environment);
    map_set_slice(labels, "release", texts->release);
    map_set_slice(metadata, "name", texts->name);
    map_set_text(metadata, "annotations", value_map(annotations));
    map_set_text(metadata, "labels", value_map(labels));
    map_set_slice(spec, "project", o->project);
    map_set_text(spec, "source", value_map(source(a, o, texts)));
    map_set_text(spec, "destination", value_map(destination(a, o, texts->name_space)));
    map_set_text(spec, "syncPolicy", value_map(sync_policy(a, o, create_namespace)));
}

/* --- AppProject ----------------------------------------------------------------------------------------------- */

static bool has_destination(const struct list *destinations, struct slice name_space)
{
    for (uint32_t i = 0; i < destinations->len; i++) {
        if (slice_equal(value_slice(*map_find_text(destinations->items[i].map, "namespace")), name_space))
            return true;
    }
    return false;
}

static struct value kind_list(struct arena *a, const struct app_kind *kinds, size_t count)
{
    struct list *list = list_new(a, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        struct map *map = map_new(a, 2);
        map_set_slice(map, "group", kinds[i].group);
        map_set_slice(map, "kind", kinds[i].kind);
        list_add(a, list, value_map(map));
    }
    return value_list(list);
}

bool app_write_project(const struct app_options *options, const struct app_release *releases, size_t count,
                       const struct app_kind *kinds, size_t kind_count, struct arena *scratch, struct buffer *out,
                       struct diag *diag)
{
    struct map *metadata, *spec;
    struct map *root = object_new(scratch, "AppProject", &metadata, &spec);
    struct list *destinations = list_new(scratch, 4);
    map_set_slice(metadata, "name", options->project);
    map_set_slice(metadata, "namespace", options->name_space);
    for (size_t i = 0; i < count; i++) {
        if (!has_destination(destinations, releases[i].name_space))
            list_add(scratch, destinations, value_map(destination(scratch, options, releases[i].name_space)));
    }
    map_set_text(spec, "sourceRepos", list_of_strings(scratch, &options->repository, 1));
    map_set_text(spec, "destinations", value_list(destinations));
    map_set_text(spec, "clusterResourceWhitelist", kind_list(scratch, kinds, kind_count));
    return write_document(root, scratch, out, diag);
}

/* --- Application ---------------------------------------------------------------------------------------------- */

bool app_write_application(const struct app_options *options, const struct app_release *release,
                           struct arena *scratch, struct buffer *out, struct diag *diag)
{
    struct map *metadata, *spec;
    struct map *root = object_new(scratch, "Application", &metadata, &spec);
    struct app_texts texts = texts_of(scratch, release);
    fill_application(scratch, options, &texts, release->create_namespace, metadata, spec);
    map_set_slice(metadata, "namespace", options->name_space);
    if (!value_is_nil(release->ignored))
        map_set_text(spec, "ignoreDifferences", release->ignored);
    return write_document(root, scratch, out, diag);
}

/* --- ApplicationSet ------------------------------------------------------------------------------------------- */

/* The elements' lists of ignored differences are JSON in a text: a template of Argo CD's yields texts only. */
static const char template_patch[] = "{{- if .ignoreDifferences }}\n"
                                     "spec:\n"
                                     "  ignoreDifferences: {{ .ignoreDifferences }}\n"
                                     "{{- end }}\n";

static bool element(struct arena *a, const struct app_release *release, struct value *out, struct diag *diag)
{
    const struct json_write_options options = {.no_html_escape = true};
    struct app_texts texts = texts_of(a, release);
    struct map *map = map_new(a, 6);
    struct buffer ignored = BUFFER_INIT;
    struct slice error;
    map_set_slice(map, "environment", texts.environment);
    map_set_slice(map, "release", texts.release);
    map_set_slice(map, "namespace", texts.name_space);
    map_set_slice(map, "wave", texts.wave);
    map_set_slice(map, "paths", texts.generate_paths);
    bool ok = value_is_nil(release->ignored) || json_write(&ignored, release->ignored, &options, a, &error) ||
              diag_error_slice(diag, error);
    map_set_slice(map, "ignoreDifferences", buffer_move(&ignored, a));
    *out = value_map(map);
    return ok;
}

static bool fill_generator(struct arena *a, const struct app_release *releases, size_t count, struct map *spec,
                           struct diag *diag)
{
    struct list *elements = list_new(a, (uint32_t)count);
    struct list *generators = list_new(a, 1);
    struct map *list = map_new(a, 1);
    struct map *generator = map_new(a, 1);
    for (size_t i = 0; i < count; i++) {
        struct value item;
        if (!element(a, &releases[i], &item, diag))
            return false;
        list_add(a, elements, item);
    }
    map_set_text(list, "elements", value_list(elements));
    map_set_text(generator, "list", value_map(list));
    list_add(a, generators, value_map(generator));
    map_set_text(spec, "generators", value_list(generators));
    return true;
}

/* Applications of one set are alike in what no parameter says: a namespace is created where one release wants it. */
static bool any_creates_namespace(const struct app_release *releases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (releases[i].create_namespace)
            return true;
    }
    return false;
}

bool app_write_set(const struct app_options *options, const struct app_release *releases, size_t count,
                   struct arena *scratch, struct buffer *out, struct diag *diag)
{
    static const struct slice strict = SLICE_INIT("missingkey=error");
    struct map *metadata, *spec;
    struct map *root = object_new(scratch, "ApplicationSet", &metadata, &spec);
    struct map *template = map_new(scratch, 2);
    struct map *app_metadata = map_new(scratch, 4);
    struct map *app_spec = map_new(scratch, 4);
    map_set_slice(metadata, "name", options->project);
    map_set_slice(metadata, "namespace", options->name_space);
    fill_application(scratch, options, &set_texts, any_creates_namespace(releases, count), app_metadata, app_spec);
    map_set_text(template, "metadata", value_map(app_metadata));
    map_set_text(template, "spec", value_map(app_spec));
    map_set_text(spec, "template", value_map(template));
    map_set_text(spec, "templatePatch", value_text(template_patch));
    map_set_text(spec, "goTemplate", value_bool(true));
    map_set_text(spec, "goTemplateOptions", list_of_strings(scratch, &strict, 1));
    return fill_generator(scratch, releases, count, spec, diag) && write_document(root, scratch, out, diag);
}

/*
 * app_kustomize.c - what an Application says of its kustomization
 */
#include "project/app_kustomize.h"

#include "base/file.h"
#include "kustomize/edit.h"
#include "value/field.h"

struct editing {
    const struct app_kustomize *app;
    struct build *build;
    struct kustomization *k;
    struct diag *diag;
};

static bool edit(const struct editing *e, edit_fn *run, const struct texts *words, const struct edit_options *options)
{
    static const struct edit_options none = {.force = false};
    struct edit change = {.arena = e->build->arena,
                          .sources = e->build->sources,
                          .options = options ? options : &none,
                          .words = words,
                          .k = e->k,
                          .file = e->k->file};
    return words->count == 0 || run(&change, e->diag);
}

/* --- words ---------------------------------------------------------------------------------------------------------- */

static bool edit_text(const struct editing *e, const char *key, edit_fn *run)
{
    struct texts words = {NULL, 0, 0};
    struct slice text = field_text(e->app->body, key);
    if (text.len)
        texts_add(e->build->arena, &words, text);
    return edit(e, run, &words, NULL);
}

static bool edit_images(const struct editing *e)
{
    struct texts words = {NULL, 0, 0};
    struct field_items images = field_items(e->app->body, "images");
    for (size_t i = 0; i < images.count; i++) {
        if (value_is_string(images.items[i]))
            texts_add(e->build->arena, &words, value_slice(images.items[i]));
    }
    return edit(e, edit_set_image, &words, NULL);
}

/* A count is a number, or a text of one. */
static struct slice count_text(struct arena *a, struct value count)
{
    if (count.kind == VALUE_INT)
        return arena_printf(a, "%lld", (long long)count.i);
    return value_is_string(count) ? value_slice(count) : SLICE("");
}

static bool edit_replicas(const struct editing *e)
{
    struct arena *a = e->build->arena;
    struct texts words = {NULL, 0, 0};
    struct field_items replicas = field_items(e->app->body, "replicas");
    for (size_t i = 0; i < replicas.count; i++)
        texts_add(a, &words, arena_printf(a, "%.*s=%.*s", SLICE_ARG(field_text(replicas.items[i], "name")),
                                          SLICE_ARG(count_text(a, field_value(replicas.items[i], "count")))));
    return edit(e, edit_set_replicas, &words, NULL);
}

/* A map as "key:value" words. */
static bool edit_pairs_of(const struct editing *e, const char *key, edit_fn *run, const struct edit_options *options)
{
    struct arena *a = e->build->arena;
    struct texts words = {NULL, 0, 0};
    struct value map = field_value(e->app->body, key);
    for (uint32_t i = 0; value_is_map(map) && i < map.map->len; i++) {
        const struct entry *entry = &map.map->entries[i];
        struct slice text = value_is_string(entry->value) ? value_slice(entry->value) : SLICE("");
        texts_add(a, &words, arena_printf(a, "%.*s:%.*s", SLICE_ARG(entry->key), SLICE_ARG(text)));
    }
    return edit(e, run, &words, options);
}

static bool edit_labels(const struct editing *e)
{
    const struct edit_options options = {.force = field_is_true(e->app->body, "forceCommonLabels"),
                                         .without_selector = field_is_true(e->app->body, "labelWithoutSelector"),
                                         .include_templates = field_is_true(e->app->body, "labelIncludeTemplates")};
    return edit_pairs_of(e, "commonLabels", edit_add_label, &options);
}

static bool edit_annotations(const struct editing *e)
{
    const struct edit_options options = {.force = field_is_true(e->app->body, "forceCommonAnnotations")};
    return edit_pairs_of(e, "commonAnnotations", edit_add_annotation, &options);
}

/* --- lists of the kustomization itself -------------------------------------------------------------------------------- */

static bool add_patches(const struct editing *e)
{
    struct field_items patches = field_items(e->app->body, "patches");
    for (size_t i = 0; i < patches.count; i++) {
        struct patch patch = {.target = NULL};
        if (!record_read(e->build->arena, &patch_record, patches.items[i], RECORD_STRICT, &patch, e->diag))
            return false;
        edit_append(e->build->arena, &e->k->patches, sizeof patch, &patch);
    }
    return true;
}

static void add_components(const struct editing *e)
{
    struct arena *a = e->build->arena;
    struct field_items components = field_items(e->app->body, "components");
    bool may_miss = field_is_true(e->app->body, "ignoreMissingComponents");
    for (size_t i = 0; i < components.count; i++) {
        if (!value_is_string(components.items[i]))
            continue;
        struct slice path = value_slice(components.items[i]);
        if (!may_miss || file_exists(file_join(a, slice_text(e->app->folder), path)))
            texts_add(a, &e->k->components, path);
    }
}

/* --- all of them -------------------------------------------------------------------------------------------------------- */

static bool check_fields(const struct editing *e)
{
    static const char *const known[] = {
        "apiVersions",   "commonAnnotations", "commonLabels",           "components",
        "images",        "kubeVersion",       "labelIncludeTemplates",  "labelWithoutSelector",
        "namePrefix",    "nameSuffix",        "namespace",              "patches",
        "replicas",      "version",           "forceCommonAnnotations", "forceCommonLabels",
        "ignoreMissingComponents"};
    struct value body = e->app->body;
    for (uint32_t i = 0; value_is_map(body) && i < body.map->len; i++) {
        size_t at = 0;
        while (at < sizeof known / sizeof known[0] && !slice_is(body.map->entries[i].key, known[at]))
            at++;
        if (at == sizeof known / sizeof known[0])
            return diag_error(e->diag, "kustomize.%.*s of an application is not supported",
                              SLICE_ARG(body.map->entries[i].key));
    }
    return true;
}

bool app_kustomize_edit(void *context, struct build *build, struct kustomization *k, struct diag *diag)
{
    const struct editing e = {context, build, k, diag};
    bool ok = check_fields(&e) && edit_text(&e, "namePrefix", edit_set_name_prefix) &&
              edit_text(&e, "nameSuffix", edit_set_name_suffix) && edit_images(&e) && edit_replicas(&e) &&
              edit_labels(&e) && edit_annotations(&e) && edit_text(&e, "namespace", edit_set_namespace) &&
              add_patches(&e);
    if (ok)
        add_components(&e);
    return ok;
}

/*
 * images.c - the field `images`
 *
 * Two passes over each object: every list named containers or initContainers wherever it stands, then the fields of
 * the tables. An image that both reach is changed twice, which shows where a suffix is added to its tag.
 */
#include "kustomize/images.h"

#include "base/limits.h"
#include "golang/regexp.h"

struct updater {
    struct build *build;
    const struct image *image;
    struct slice pattern;
    struct origin at; /* where the image's new tag, name or digest is written */
};

/* --- an image's name ---------------------------------------------------------------------------------------------- */

struct image_parts image_split(struct slice text)
{
    size_t slash = slice_find_char(text, '/');
    size_t from = slash < text.len ? slash : 0;
    size_t colon = from + slice_find_char(slice_after(text, from), ':');
    size_t at = from + slice_find_char(slice_after(text, from), '@');
    struct image_parts parts = {text, SLICE(""), SLICE("")};
    if (at < text.len)
        parts.digest = slice_after(text, at + 1);
    if (colon < at)
        parts.tag = slice_part(text, colon + 1, at);
    parts.name = slice_part(text, 0, colon < at ? colon : at);
    return parts;
}

static void change_parts(struct arena *a, const struct image *image, struct image_parts *parts)
{
    if (image->new_name.len)
        parts->name = image->new_name;
    if (image->new_tag.len || image->digest.len) {
        parts->tag = image->new_tag;
        parts->digest = image->digest;
    } else if (image->tag_suffix.len) {
        parts->tag = arena_concat(a, parts->tag, image->tag_suffix);
        parts->digest = SLICE("");
    }
}

static struct slice join_image(struct arena *a, const struct image_parts *parts)
{
    return arena_printf(a, "%.*s%s%.*s%s%.*s", SLICE_ARG(parts->name), parts->tag.len ? ":" : "",
                        SLICE_ARG(parts->tag), parts->digest.len ? "@" : "", SLICE_ARG(parts->digest));
}

/* The name is a regular expression of Kustomize's making. */
static struct slice pattern_of(struct arena *a, struct slice name)
{
    return arena_printf(a, "^%.*s(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$", SLICE_ARG(name));
}

static bool matches(const struct updater *u, struct slice text, bool *matched, struct diag *diag)
{
    struct slice error;
    struct go_regexp *re = regexp_cache_get(u->build->regexps, u->pattern, u->build->arena, &error);
    if (!re)
        return diag_error(diag, "image name '%.*s': %.*s", SLICE_ARG(u->image->name), SLICE_ARG(error));
    *matched = go_regexp_match(re, text, 0, NULL);
    return true;
}

static bool update_image(const struct updater *u, struct value *field, struct diag *diag)
{
    struct arena *a = u->build->arena;
    bool matched = false;
    if (field->kind != VALUE_STRING)
        return node_kind_error(a, *field, "ScalarNode", diag);
    if (!matches(u, value_slice(*field), &matched, diag))
        return false;
    if (!matched)
        return true;
    struct image_parts parts = image_split(value_slice(*field));
    change_parts(a, u->image, &parts);
    return node_set_scalar_from(a, field, node_scalar(join_image(a, &parts)), u->at, diag);
}

/* --- containers anywhere ------------------------------------------------------------------------------------------ */

static bool update_containers(const struct updater *u, struct list *list, struct diag *diag)
{
    for (uint32_t i = 0; i < list->len; i++) {
        struct value *item = &list->items[i];
        if (yaml_node_is_null(*item))
            continue;
        if (item->kind != VALUE_MAP)
            return node_kind_error(u->build->arena, *item, "MappingNode", diag);
        struct value *image = node_field(*item, "image");
        if (image && !yaml_node_is_null(*image) && !update_image(u, image, diag))
            return false;
    }
    return true;
}

static bool walk(const struct updater *u, struct value node, unsigned depth, struct diag *diag)
{
    if (depth > LIMIT_VALUE_DEPTH)
        return diag_error(diag, "nested too deeply");
    for (uint32_t i = 0; node.kind == VALUE_LIST && i < node.list->len; i++) {
        if (!walk(u, node.list->items[i], depth + 1, diag))
            return false;
    }
    for (uint32_t i = 0; node.kind == VALUE_MAP && i < node.map->len; i++) {
        const struct entry *entry = &node.map->entries[i];
        bool named = slice_is(entry->key, "containers") || slice_is(entry->key, "initContainers");
        if (!walk(u, entry->value, depth + 1, diag))
            return false;
        if (named && entry->value.kind == VALUE_LIST && !update_containers(u, entry->value.list, diag))
            return false;
    }
    return true;
}

/* --- entry points ------------------------------------------------------------------------------------------------- */

static bool set_image(const struct field_setter *setter, struct value *field, struct diag *diag)
{
    return update_image(setter->context, field, diag);
}

static struct origin origin_of_change(const struct kustomization *k, const struct image *image)
{
    struct slice text = image->new_tag.len ? image->new_tag : image->digest.len ? image->digest : image->new_name;
    return kustomization_origin(k, text.len ? text : image->name);
}

bool image_apply(struct target *t, const struct image *image, const struct field_specs *specs,
                 struct resource_map *map, struct diag *diag)
{
    struct arena *a = t->build->arena;
    struct updater u = {t->build, image, pattern_of(a, image->name), origin_of_change(t->k, image)};
    struct field_setter setter = {set_image, &u, a, VALUE_NIL};
    for (size_t i = 0; i < map->count; i++) {
        if (slice_is(node_text(map->items[i]->node, "kind"), "CustomResourceDefinition"))
            continue;
        if (!walk(&u, map->items[i]->node, 0, diag))
            return false;
    }
    for (size_t i = 0; i < map->count; i++) {
        if (slice_is(node_text(map->items[i]->node, "kind"), "CustomResourceDefinition"))
            continue;
        if (!field_specs_apply(specs, &setter, &map->items[i]->node, diag))
            return false;
    }
    return true;
}

bool images_transform(struct target *t, struct accumulator *acc, struct diag *diag)
{
    const struct image *images = t->k->images.items;
    for (size_t i = 0; i < t->k->images.count; i++) {
        if (!image_apply(t, &images[i], &acc->tables.specs[FIELDS_IMAGES], &acc->resources, diag) ||
            !target_step_done(t, acc, "ImageTagTransformer", diag))
            return false;
    }
    return true;
}

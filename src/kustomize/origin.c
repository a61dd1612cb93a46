/*
 * origin.c - the field `buildMetadata`: where objects come from and what has changed them
 */
#include "kustomize/origin.h"

#include "codec/yaml_write.h"
#include "fetch/git_url.h"
#include "golang/path.h"

const struct provenance *origin_below(const struct target *t, struct slice path)
{
    struct arena *a = t->build->arena;
    struct git_url url;
    struct slice ignored;
    if (!t->provenance)
        return NULL;
    struct provenance *below = ARENA_NEW(a, struct provenance);
    *below = *t->provenance;
    if (git_url_parse(a, path, &url, &ignored)) {
        *below = (struct provenance){.repo = url.repository, .ref = url.ref};
        path = url.path;
    }
    if (below->path.len)
        path = arena_printf(a, "%.*s/%.*s", SLICE_ARG(below->path), SLICE_ARG(path));
    below->path = path.len ? go_path_clean(a, path) : path;
    return below;
}

struct provenance origin_of_file(const struct target *t, struct slice file)
{
    struct provenance none = {.path = SLICE("")};
    const struct provenance *below = origin_below(t, file);
    return below ? *below : none;
}

/* --- the texts ---------------------------------------------------------------------------------------------------- */

static void write_field(struct buffer *out, struct arena *a, const char *name, struct slice text)
{
    struct slice error;
    if (text.len == 0)
        return;
    buffer_add_text(out, name);
    buffer_add_text(out, ": ");
    yaml_write_pretty(out, value_string(text), a, &error);
}

static struct slice plugin_text(struct arena *a, const struct provenance *from, const struct plugin_id *plugin)
{
    struct buffer out = BUFFER_INIT;
    write_field(&out, a, "repo", from->repo);
    write_field(&out, a, "ref", from->ref);
    write_field(&out, a, "configuredIn", from->path);
    buffer_add_text(&out, "configuredBy:\n");
    write_field(&out, a, "  apiVersion", plugin->api_version);
    write_field(&out, a, "  kind", plugin->kind);
    write_field(&out, a, "  name", plugin->name);
    write_field(&out, a, "  namespace", plugin->namespace);
    return buffer_move(&out, a);
}

/* The text as an item of a list. */
static void add_item(struct buffer *out, struct slice text)
{
    struct slice line;
    bool first = true;
    while (text.len && slice_next_piece(&text, '\n', &line)) {
        buffer_add_text(out, first ? "- " : "  ");
        buffer_add(out, line);
        buffer_add_char(out, '\n');
        first = false;
    }
}

/* --- annotations -------------------------------------------------------------------------------------------------- */

static struct slice annotation(const struct resource *r, const char *name)
{
    const struct map *annotations = resource_metadata_map(r, "annotations");
    return annotations ? node_text(value_map((struct map *)annotations), name) : SLICE("");
}

/* All annotations become texts in a map of their own. */
static void set_annotation(struct arena *a, struct resource *r, const char *name, struct slice text)
{
    struct map *texts = node_texts(a, resource_metadata_map(r, "annotations"));
    map_set_text(texts, name, node_string(text));
    resource_set_metadata_map(a, r, "annotations", texts);
}

/* Adds one to those that are there. */
static void add_annotation(struct arena *a, struct resource *r, const char *name, struct slice text)
{
    struct value *metadata = node_make_map(a, &r->node, "metadata");
    struct value *annotations = metadata ? node_make_map(a, metadata, "annotations") : NULL;
    if (annotations)
        node_set_field(annotations, slice_text(name), node_string(text));
}

struct slice origin_of(const struct resource *r)
{
    return annotation(r, ORIGIN_ANNOTATION);
}

void origin_set(struct arena *a, struct resource *r, struct slice origin)
{
    if (origin.len)
        set_annotation(a, r, ORIGIN_ANNOTATION, origin);
}

struct provenance origin_read(struct arena *a, const struct resource *r)
{
    const struct placed_text text = {.text = origin_of(r)};
    struct diag ignored;
    struct value origin = value_nil();
    diag_init(&ignored);
    if (!node_read(a, &text, &origin, &ignored))
        origin = value_nil();
    diag_release(&ignored);
    return (struct provenance){node_text(origin, "path"), node_text(origin, "repo"), node_text(origin, "ref")};
}

void origin_set_file(struct target *t, const struct resource_map *map, struct slice file)
{
    struct arena *a = t->build->arena;
    struct buffer text = BUFFER_INIT;
    if (!t->provenance)
        return;
    struct provenance from = origin_of_file(t, file);
    write_field(&text, a, "path", from.path);
    write_field(&text, a, "repo", from.repo);
    write_field(&text, a, "ref", from.ref);
    struct slice origin = buffer_move(&text, a);
    for (size_t i = 0; i < map->count; i++)
        add_annotation(a, map->items[i], ORIGIN_ANNOTATION, origin);
}

void origin_set_generator(struct target *t, const struct resource_map *map, const struct provenance *from,
                          const struct plugin_id *plugin)
{
    if (!t->provenance)
        return;
    struct slice origin = plugin_text(t->build->arena, from, plugin);
    for (size_t i = 0; i < map->count; i++) {
        if (origin_of(map->items[i]).len == 0)
            origin_set(t->build->arena, map->items[i], origin);
    }
}

/* An object without origin is taken for one that the transformer made. */
void origin_add_transformer(struct target *t, const struct resource_map *map, const struct provenance *from,
                            const struct plugin_id *plugin)
{
    struct arena *a = t->build->arena;
    if (!t->provenance)
        return;
    struct slice origin = plugin_text(t->build->arena, from, plugin);
    for (size_t i = 0; i < map->count; i++) {
        struct resource *r = map->items[i];
        struct buffer text = BUFFER_INIT;
        if (node_is_empty(r->node))
            continue;
        if (origin_of(r).len == 0) {
            origin_set(a, r, origin);
            continue;
        }
        buffer_add(&text, annotation(r, TRANSFORMATIONS_ANNOTATION));
        add_item(&text, origin);
        set_annotation(a, r, TRANSFORMATIONS_ANNOTATION, buffer_move(&text, a));
    }
}

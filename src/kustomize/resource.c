/*
 * resource.c - a Kubernetes object on its way through a kustomization
 */
#include "kustomize/resource.h"

#include "codec/yaml_read.h"
#include "codec/yaml_write.h"
#include "kustomize/known_kinds.h"

#define NOT_A_NAMESPACE "_non_namespaceable_"

void texts_add(struct arena *a, struct texts *texts, struct slice text)
{
    texts->items = arena_room(a, texts->items, texts->count, &texts->cap, sizeof *texts->items);
    texts->items[texts->count++] = text;
}

/* --- identity ----------------------------------------------------------------------------------------------------- */

struct gvk gvk_make(struct slice api_version, struct slice kind)
{
    struct gvk gvk = {.version = api_version, .kind = kind};
    size_t slash = slice_find_char(api_version, '/');
    if (slash < api_version.len) {
        gvk.group = slice_part(api_version, 0, slash);
        gvk.version = slice_after(api_version, slash + 1);
    }
    gvk.cluster_scoped = known_kind_is_cluster_scoped(api_version, kind);
    return gvk;
}

struct slice gvk_api_version(struct arena *a, const struct gvk *gvk)
{
    if (gvk->group.len == 0)
        return gvk->version;
    return arena_printf(a, "%.*s/%.*s", SLICE_ARG(gvk->group), SLICE_ARG(gvk->version));
}

bool gvk_equal(const struct gvk *a, const struct gvk *b)
{
    return slice_equal(a->kind, b->kind) && slice_equal(a->group, b->group) && slice_equal(a->version, b->version);
}

bool gvk_selected(const struct gvk *gvk, const struct gvk *selector)
{
    return (selector->kind.len == 0 || slice_equal(gvk->kind, selector->kind)) &&
           (selector->group.len == 0 || slice_equal(gvk->group, selector->group)) &&
           (selector->version.len == 0 || slice_equal(gvk->version, selector->version));
}

static struct slice or_else(struct slice s, const char *instead)
{
    return s.len ? s : slice_text(instead);
}

void gvk_write(struct buffer *out, const struct gvk *gvk)
{
    buffer_add(out, or_else(gvk->kind, "[noKind]"));
    buffer_add_char(out, '.');
    buffer_add(out, or_else(gvk->version, "[noVer]"));
    buffer_add_char(out, '.');
    buffer_add(out, or_else(gvk->group, "[noGrp]"));
}

struct slice res_id_effective_namespace(const struct res_id *id)
{
    if (id->gvk.cluster_scoped)
        return SLICE(NOT_A_NAMESPACE);
    return or_else(id->namespace, "default");
}

bool res_id_same_namespace(const struct res_id *a, const struct res_id *b)
{
    return slice_equal(res_id_effective_namespace(a), res_id_effective_namespace(b));
}

bool res_id_equal(const struct res_id *a, const struct res_id *b)
{
    return slice_equal(a->name, b->name) && gvk_equal(&a->gvk, &b->gvk) && res_id_same_namespace(a, b);
}

bool res_id_selected(const struct res_id *id, const struct res_id *selector)
{
    return (selector->name.len == 0 || slice_equal(selector->name, id->name)) &&
           (selector->namespace.len == 0 || res_id_same_namespace(selector, id)) &&
           gvk_selected(&id->gvk, &selector->gvk);
}

void res_id_write(struct buffer *out, const struct res_id *id)
{
    gvk_write(out, &id->gvk);
    buffer_add_char(out, '/');
    buffer_add(out, or_else(id->name, "[noName]"));
    buffer_add_char(out, '.');
    buffer_add(out, or_else(id->namespace, "[noNs]"));
}

struct slice res_id_text(struct arena *a, const struct res_id *id)
{
    struct buffer text = BUFFER_INIT;
    res_id_write(&text, id);
    return buffer_move(&text, a);
}

/* --- nodes -------------------------------------------------------------------------------------------------------- */

struct value *node_field_slice(struct value node, struct slice key)
{
    return node.kind == VALUE_MAP ? map_find(node.map, key) : NULL;
}

struct value *node_field(struct value node, const char *key)
{
    return node_field_slice(node, slice_text(key));
}

struct slice node_text(struct value node, const char *key)
{
    const struct value *field = node_field(node, key);
    return field && field->kind == VALUE_STRING && yaml_node_tag(*field) != YAML_TAG_NULL ? value_slice(*field)
                                                                                           : SLICE("");
}

bool node_is_empty(struct value node)
{
    return yaml_node_is_null(node) || (node.kind == VALUE_MAP && node.map->len == 0) ||
           (node.kind == VALUE_LIST && node.list->len == 0);
}

struct value node_string(struct slice text)
{
    bool lines = slice_find_char(text, '\n') < text.len;
    return yaml_node(text, YAML_TAG_STR, lines ? YAML_LITERAL : YAML_PLAIN);
}

struct value node_new_map(struct arena *a)
{
    return value_map(map_new(a, 4));
}

/* A string that looks like something else to old readers is quoted before it is set. */
static struct value quoted_if_ambiguous(struct value v)
{
    if (v.kind == VALUE_STRING && yaml_node_tag(v) <= YAML_TAG_STR && yaml_node_style(v) == YAML_PLAIN &&
        yaml_node_is_ambiguous(value_slice(v)))
        yaml_node_set_style(&v, YAML_DOUBLE_QUOTED);
    return v;
}

struct value node_over(struct value v, struct value old)
{
    v = quoted_if_ambiguous(v);
    if (v.kind == VALUE_STRING && old.kind != VALUE_NIL)
        yaml_node_set_style(&v, old.kind == VALUE_STRING ? yaml_node_style(old) : YAML_PLAIN);
    return v;
}

/* A key that is written without quotes may be no string to the reader. */
static void note_odd_key(struct map *map, struct slice key)
{
    if (yaml_node_resolve(key) != YAML_TAG_STR)
        map->flags |= MAP_ODD_KEYS;
}

void node_insert(struct map *map, struct slice key, struct value v)
{
    map_set(map, key, v);
    note_odd_key(map, key);
}

void node_set_field(struct value *map, struct slice key, struct value v)
{
    if (yaml_node_is_null(v)) {
        map_remove(map->map, key);
        return;
    }
    struct value *field = map_find(map->map, key);
    if (field)
        *field = node_over(v, *field);
    else
        node_insert(map->map, key, node_over(v, value_nil()));
}

bool node_set_scalar(struct arena *a, struct value *target, struct value v, struct diag *diag)
{
    if (target->kind == VALUE_LIST || target->kind == VALUE_MAP)
        return node_kind_error(a, *target, "ScalarNode", diag);
    if (yaml_node_is_null(v))
        return true;
    struct origin at = target->origin;
    yaml_node_set_style(&v, target->kind == VALUE_STRING ? yaml_node_style(*target) : YAML_PLAIN);
    *target = value_from(v, at);
    return true;
}

bool node_set_scalar_from(struct arena *a, struct value *target, struct value v, struct origin at, struct diag *diag)
{
    if (!node_set_scalar(a, target, v, diag))
        return false;
    if (at.source)
        target->origin = at;
    return true;
}

struct value *node_make_map(struct arena *a, struct value *node, const char *key)
{
    struct value *field = node_field(*node, key);
    if (!field) {
        map_set_text(node->map, key, node_new_map(a));
        return map_find_text(node->map, key);
    }
    if (yaml_node_is_null(*field))
        *field = node_new_map(a);
    return field->kind == VALUE_MAP ? field : NULL;
}

struct slice node_written(struct arena *a, struct value node)
{
    struct buffer text = BUFFER_INIT;
    struct slice error;
    struct value plain;
    if (yaml_node_plain(a, node, &plain, &error))
        yaml_write_pretty(&text, plain, a, &error);
    return buffer_move(&text, a);
}

static const char *kind_name(struct value node)
{
    return node.kind == VALUE_MAP ? "MappingNode" : node.kind == VALUE_LIST ? "SequenceNode" : "ScalarNode";
}

bool node_kind_error(struct arena *a, struct value node, const char *expected, struct diag *diag)
{
    struct slice text = node_written(a, node);
    return diag_error(diag, "wrong node kind: expected %s but got %s: node contents:\n%.*s", expected, kind_name(node),
                      SLICE_ARG(text));
}

bool node_read(struct arena *a, const struct placed_text *from, struct value *out, struct diag *diag)
{
    const struct yaml_read_options options = {.raw_scalars = true, .lines_before = from->lines_before};
    struct yaml_error error;
    if (yaml_read(a, from->source, from->text, &options, out, &error))
        return true;
    diag_error_slice(diag, error.message);
    if (error.line && from->source)
        diag_locate_origin(diag, from->source, origin_at(from->source, error.line, error.column));
    return false;
}

/* --- resources ---------------------------------------------------------------------------------------------------- */

struct gvk resource_gvk(const struct resource *r)
{
    return gvk_make(node_text(r->node, "apiVersion"), node_text(r->node, "kind"));
}

static struct slice metadata_text(const struct resource *r, const char *key)
{
    const struct value *metadata = node_field(r->node, "metadata");
    return metadata ? node_text(*metadata, key) : SLICE("");
}

struct slice resource_name(const struct resource *r)
{
    return metadata_text(r, "name");
}

struct slice resource_namespace(const struct resource *r)
{
    return metadata_text(r, "namespace");
}

struct res_id resource_id(const struct resource *r)
{
    return (struct res_id){resource_gvk(r), resource_name(r), resource_namespace(r)};
}

struct res_id resource_previous_id(const struct resource *r, size_t i)
{
    struct res_id id = r->previous[i];
    struct gvk now = resource_gvk(r);
    id.gvk.group = now.group;
    id.gvk.version = now.version;
    id.gvk.cluster_scoped = false; /* the namespace on record says it */
    return id;
}

struct res_id resource_original_id(const struct resource *r)
{
    return r->previous_count ? resource_previous_id(r, 0) : resource_id(r);
}

void resource_store_id(struct arena *a, struct resource *r)
{
    r->previous = arena_room(a, r->previous, r->previous_count, &r->previous_cap, sizeof *r->previous);
    struct res_id id = resource_id(r);
    id.namespace = res_id_effective_namespace(&id);
    r->previous[r->previous_count++] = id;
}

void resource_set_name(struct arena *a, struct resource *r, struct slice name)
{
    struct value *metadata = node_make_map(a, &r->node, "metadata");
    if (metadata)
        node_set_field(metadata, SLICE("name"), node_scalar(name));
}

void resource_set_namespace(struct arena *a, struct resource *r, struct slice namespace)
{
    if (namespace.len == 0) {
        struct value *metadata = node_field(r->node, "metadata");
        if (metadata && metadata->kind == VALUE_MAP)
            map_remove(metadata->map, SLICE("namespace"));
        return;
    }
    struct value *metadata = node_make_map(a, &r->node, "metadata");
    if (metadata)
        node_set_field(metadata, SLICE("namespace"), node_scalar(namespace));
}

void resource_set_kind(struct resource *r, struct slice kind)
{
    node_set_field(&r->node, SLICE("kind"), node_scalar(kind));
}

const struct map *resource_metadata_map(const struct resource *r, const char *field)
{
    const struct value *metadata = node_field(r->node, "metadata");
    const struct value *map = metadata ? node_field(*metadata, field) : NULL;
    return map && map->kind == VALUE_MAP ? map->map : NULL;
}

void resource_set_metadata_map(struct arena *a, struct resource *r, const char *field, struct map *map)
{
    struct value *metadata = node_make_map(a, &r->node, "metadata");
    if (!metadata)
        return;
    map_remove(metadata->map, slice_text(field));
    if (map->len)
        map_set_text(metadata->map, field, value_map(map));
}

struct map *node_texts(struct arena *a, const struct map *map)
{
    struct map *texts = map_new(a, map ? map->len : 0);
    for (uint32_t i = 0; map && i < map->len; i++) {
        struct value v = map->entries[i].value;
        struct slice text = v.kind == VALUE_STRING ? value_slice(v) : SLICE("");
        map_append(texts, map->entries[i].key, quoted_if_ambiguous(value_from(node_string(text), v.origin)));
        note_odd_key(texts, map->entries[i].key);
    }
    return texts;
}

static struct texts texts_copy(struct arena *a, const struct texts *texts)
{
    struct texts copy = {NULL, 0, 0};
    for (size_t i = 0; i < texts->count; i++)
        texts_add(a, &copy, texts->items[i]);
    return copy;
}

struct resource *resource_copy(struct arena *a, const struct resource *r)
{
    struct resource *copy = ARENA_NEW(a, struct resource);
    *copy = *r;
    copy->node = value_thaw(a, r->node);
    copy->previous = ARENA_ARRAY(a, struct res_id, r->previous_count + 1);
    if (r->previous_count)
        memcpy(copy->previous, r->previous, r->previous_count * sizeof *r->previous);
    copy->previous_cap = r->previous_count + 1;
    copy->prefixes = texts_copy(a, &r->prefixes);
    copy->suffixes = texts_copy(a, &r->suffixes);
    copy->vars = texts_copy(a, &r->vars);
    copy->shared = NULL;
    copy->shared_count = 0;
    copy->shared_cap = 0;
    return copy;
}

/* The texts of `low` and `high`, the latter winning. */
static void merge_metadata(struct arena *a, struct resource *r, const struct resource *low, const char *field)
{
    struct map *merged = node_texts(a, resource_metadata_map(low, field));
    const struct map *high = node_texts(a, resource_metadata_map(r, field));
    for (uint32_t i = 0; i < high->len; i++)
        map_set(merged, high->entries[i].key, high->entries[i].value);
    resource_set_metadata_map(a, r, field, merged);
}

void resource_take_metadata(struct arena *a, struct resource *r, const struct resource *other)
{
    merge_metadata(a, r, other, "labels");
    merge_metadata(a, r, other, "annotations");
    resource_set_name(a, r, resource_name(other));
    resource_set_namespace(a, r, resource_namespace(other));
    struct resource *copy = resource_copy(a, other);
    r->previous = copy->previous;
    r->previous_count = copy->previous_count;
    r->previous_cap = copy->previous_cap;
    r->prefixes = copy->prefixes;
    r->suffixes = copy->suffixes;
    r->vars = copy->vars;
    r->needs_hash = r->needs_hash && other->needs_hash;
    r->behavior = other->behavior;
    r->allows_name_change = other->allows_name_change;
    r->allows_kind_change = other->allows_kind_change;
}

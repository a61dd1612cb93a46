/*
 * patch_list.c - lists that are merged by the keys of their elements
 *
 * For every distinct combination of key values, those of the patch first, the elements of both sides that have it are
 * merged and gathered; then what the old list still holds is put into its place there, or at the end. Where all
 * elements have the one key that is there to be had, an index by its value does it in one pass. Other lists go through
 * the steps of Kustomize one by one, since the order in which elements with missing keys find or lose each other is
 * what they come out in; that is quadratic, so there is a limit.
 */
#include "kustomize/patch_list.h"

#include "base/hash.h"
#include "base/limits.h"

struct slice patch_scalar_text(struct value node)
{
    return node.kind == VALUE_STRING ? value_slice(node) : SLICE("");
}

/* --- elements by their keys --------------------------------------------------------------------------------------- */

enum match {
    MATCH_NO,
    MATCH_YES,
    MATCH_ERROR
};

/* Whether the element has the value; "" is had by all that have the field. */
static enum match has_value(struct merge *m, struct value element, struct slice name, struct slice value)
{
    if (name.len == 0) {
        if (element.kind != VALUE_STRING)
            return node_kind_error(m->arena, element, "ScalarNode", m->diag), MATCH_ERROR;
        return slice_equal(value_slice(element), value) ? MATCH_YES : MATCH_NO;
    }
    if (element.kind != VALUE_MAP)
        return node_kind_error(m->arena, element, "MappingNode", m->diag), MATCH_ERROR;
    const struct value *field = map_find(element.map, name);
    bool has = field && (value.len == 0 || slice_equal(patch_scalar_text(*field), value));
    return has ? MATCH_YES : MATCH_NO;
}

static enum match has_values(struct merge *m, struct value element, const struct list_keys *keys)
{
    enum match match = MATCH_NO;
    for (size_t i = 0; i < keys->value_count && i < keys->count; i++) {
        match = has_value(m, element, keys->names[i], keys->values[i]);
        if (match != MATCH_YES)
            break;
    }
    return match;
}

static bool is_null_or_empty_map(struct value v)
{
    return yaml_node_is_null(v) || (v.kind == VALUE_MAP && v.map->len == 0);
}

bool patch_list_set(struct merge *m, struct list *list, const struct list_keys *keys, struct value element)
{
    bool wants_maps = keys->names[0].len && keys->value_count && keys->values[0].len;
    bool found = false;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < list->len; i++) {
        struct value item = list->items[i];
        if (is_null_or_empty_map(item))
            continue;
        enum match match = item.kind != VALUE_MAP && wants_maps ? MATCH_NO : has_values(m, item, keys);
        if (match == MATCH_ERROR)
            return false;
        if (match == MATCH_NO) {
            if (keys->value_count)
                list->items[kept++] = item;
            continue;
        }
        found = true;
        if (element.kind != VALUE_NIL)
            list->items[kept++] = element;
    }
    list->len = kept;
    if (!found && !yaml_node_is_null(element))
        list_add(m->arena, list, element);
    return true;
}

/* The first element whose fields have exactly these texts, or nil. */
static struct value find_element(struct value list, const struct list_keys *keys)
{
    for (uint32_t i = 0; list.kind == VALUE_LIST && i < list.list->len; i++) {
        struct value element = list.list->items[i];
        size_t j = 0;
        for (; j < keys->count; j++) {
            const struct value *field = keys->names[j].len ? node_field_slice(element, keys->names[j]) : &element;
            if (!field || !slice_equal(patch_scalar_text(*field), keys->values[j]))
                break;
        }
        if (j == keys->count)
            return element;
    }
    return value_nil();
}

/* --- combinations of values --------------------------------------------------------------------------------------- */

/* The values of one key after another, a row for each element. */
struct tuples {
    const struct slice *names;
    size_t width;
    struct slice *values;
    size_t count;
};

static struct slice *tuple_at(const struct tuples *t, size_t i)
{
    return t->values + i * t->width;
}

static bool tuples_equal(const struct slice *a, const struct slice *b, size_t width)
{
    for (size_t i = 0; i < width; i++) {
        if (!slice_equal(a[i], b[i]))
            return false;
    }
    return true;
}

/* Adds the combinations of a list's elements that are not there yet. */
static void tuples_add(struct tuples *t, struct value list)
{
    for (uint32_t i = 0; list.kind == VALUE_LIST && i < list.list->len; i++) {
        struct value element = list.list->items[i];
        struct slice *tuple = tuple_at(t, t->count);
        for (size_t j = 0; j < t->width; j++) {
            const struct value *field = t->names[j].len ? node_field_slice(element, t->names[j]) : &element;
            bool is_given = field && (t->names[j].len == 0 || !yaml_node_is_null(*field));
            tuple[j] = is_given ? patch_scalar_text(*field) : SLICE("");
        }
        size_t before = 0;
        while (before < t->count && !tuples_equal(tuple_at(t, before), tuple, t->width))
            before++;
        t->count += before == t->count;
    }
}

/* Whether two combinations can be one: they have something in common, and where they differ one of them has nothing. */
static bool unite(const struct slice *a, const struct slice *b, size_t width, struct slice *out)
{
    bool common = false;
    for (size_t i = 0; i < width; i++) {
        bool same = slice_equal(a[i], b[i]);
        if (!same && a[i].len && b[i].len)
            return false;
        common |= same;
        out[i] = a[i].len ? a[i] : b[i];
    }
    return common;
}

/* The left side of the comparison is what it was when its turn came. */
static void tuples_unite(struct tuples *t)
{
    for (size_t i = 0; i < t->count; i++) {
        struct slice left[SCHEMA_MAX_KEYS];
        struct slice united[SCHEMA_MAX_KEYS];
        memcpy(left, tuple_at(t, i), t->width * sizeof *left);
        for (size_t j = 0; j < t->count; j++) {
            if (!unite(left, tuple_at(t, j), t->width, united))
                continue;
            memcpy(tuple_at(t, i), united, t->width * sizeof *united);
            memcpy(tuple_at(t, j), united, t->width * sizeof *united);
        }
    }
}

/* Keys for which no element at all has a value are left out, unless none has any. */
static void drop_unused_keys(struct tuples *t, struct slice *names)
{
    bool used[SCHEMA_MAX_KEYS] = {false};
    size_t width = 0;
    for (size_t i = 0; i < t->count * t->width; i++)
        used[i % t->width] |= t->values[i].len > 0;
    for (size_t j = 0; j < t->width; j++) {
        if (used[j])
            names[width++] = t->names[j];
    }
    if (width == 0 || width == t->width)
        return;
    struct slice *to = t->values;
    for (size_t i = 0; i < t->count * t->width; i++) {
        if (used[i % t->width])
            *to++ = t->values[i];
    }
    t->names = names;
    t->width = width;
}

/* The keys for which this combination has values; all where it has none. */
static struct list_keys given_keys(const struct tuples *t, size_t at, struct slice *names, struct slice *values)
{
    const struct slice *tuple = tuple_at(t, at);
    size_t count = 0;
    for (size_t j = 0; j < t->width; j++) {
        if (tuple[j].len) {
            names[count] = t->names[j];
            values[count++] = tuple[j];
        }
    }
    return count ? (struct list_keys){names, values, count, count}
                 : (struct list_keys){t->names, tuple, t->width, t->width};
}

/* --- step by step ------------------------------------------------------------------------------------------------- */

/* An element gets the keys by which it was found. */
static bool complete(struct merge *m, struct value *element, const struct list_keys *keys)
{
    for (size_t j = 0; j < keys->count; j++) {
        struct slice value = keys->values[j];
        if (value.len == 0 || (element->kind == VALUE_MAP && map_find(element->map, keys->names[j])))
            continue;
        if (keys->names[j].len == 0 && element->kind == VALUE_STRING)
            *element = value_from(yaml_node(value, YAML_TAG_NONE, yaml_node_style(*element)), element->origin);
        else if (element->kind != VALUE_MAP)
            return node_kind_error(m->arena, *element, keys->names[j].len ? "MappingNode" : "ScalarNode", m->diag);
        else
            node_set_field(element, keys->names[j], node_scalar(value));
    }
    return true;
}

static bool merge_tuple(struct merge *m, struct value object, struct value patch, const struct schema *items,
                        const struct tuples *t, size_t at, unsigned depth, struct list *out)
{
    struct slice names[SCHEMA_MAX_KEYS];
    struct slice values[SCHEMA_MAX_KEYS];
    struct list_keys given = given_keys(t, at, names, values);
    struct list_keys all = {t->names, tuple_at(t, at), t->width, t->width};
    struct value merged;
    if (!patch_merge_nodes(m, find_element(object, &given), find_element(patch, &given), items, depth, &merged))
        return false;
    if (is_null_or_empty_map(merged))
        return patch_list_set(m, object.list, &all, value_nil());
    return complete(m, &merged, &all) && patch_list_set(m, out, &all, merged);
}

/* Puts what the old list holds where the new one has the same keys. */
static bool put_rest(struct merge *m, const struct list *rest, const struct tuples *t, struct list *out)
{
    for (uint32_t i = 0; i < rest->len; i++) {
        struct value element = rest->items[i];
        struct slice values[SCHEMA_MAX_KEYS];
        struct list_keys keys = {t->names, values, t->width, 0};
        for (size_t j = 0; j < t->width; j++) {
            const struct value *field = t->names[j].len ? node_field_slice(element, t->names[j]) : &element;
            if (t->names[j].len && element.kind != VALUE_MAP && !yaml_node_is_null(element))
                return node_kind_error(m->arena, element, "MappingNode", m->diag);
            if (field)
                values[keys.value_count++] = patch_scalar_text(*field);
            else
                list_add(m->arena, out, element);
        }
        if (t->width > 1 && !patch_list_set(m, out, &keys, value_nil()))
            return false;
        if (!patch_list_set(m, out, &keys, element))
            return false;
    }
    return true;
}

static uint32_t list_length(struct value list)
{
    return list.kind == VALUE_LIST ? list.list->len : 0;
}

static bool merge_by_steps(struct merge *m, struct value *object, struct value patch, const struct schema *schema,
                           unsigned depth)
{
    static const struct slice itself = SLICE_INIT("");
    struct slice used[SCHEMA_MAX_KEYS];
    size_t length = (size_t)list_length(*object) + list_length(patch);
    if (length > LIMIT_MERGED_LIST)
        return diag_error(m->diag, "a list of %zu elements is too long to be merged by key", length);
    struct tuples t = {schema->key_count ? schema->keys : &itself, schema->key_count ? schema->key_count : 1, NULL, 0};
    t.values = ARENA_ARRAY(m->arena, struct slice, (length + 1) * t.width);
    tuples_add(&t, patch);
    tuples_add(&t, *object);
    if (t.count == 0)
        return true;
    if (t.width > 1)
        tuples_unite(&t);
    drop_unused_keys(&t, used);
    struct list *out = list_new(m->arena, (uint32_t)length);
    for (size_t i = 0; i < t.count; i++) {
        if (!merge_tuple(m, *object, patch, schema->items, &t, i, depth, out))
            return false;
    }
    if (!put_rest(m, object->list, &t, out))
        return false;
    object->list = out;
    return true;
}

/* --- by index ----------------------------------------------------------------------------------------------------- */

/* Where elements of one key value stand; all parts plus one, 0 for none. */
struct slot {
    struct slice key;
    uint32_t in_object;
    uint32_t in_patch;
    bool is_gone;
    struct value merged;
};

struct index {
    struct slot *slots; /* in the order of the result */
    size_t count;
    uint32_t *table; /* slots plus one, open addressing */
    size_t cap;      /* a power of two */
};

/* Whether every element is a map that has a text for the key. */
static bool all_have_key(struct value list, struct slice name)
{
    for (uint32_t i = 0; i < list_length(list); i++) {
        const struct value *field = node_field_slice(list.list->items[i], name);
        if (!field || yaml_node_is_null(*field) || patch_scalar_text(*field).len == 0)
            return false;
    }
    return true;
}

static struct slice key_of(struct value element, struct slice name)
{
    return value_slice(*map_find(element.map, name));
}

static struct slot *slot_of(struct index *index, struct slice key)
{
    size_t at = hash_slice(key) & (index->cap - 1);
    for (; index->table[at]; at = (at + 1) & (index->cap - 1)) {
        struct slot *slot = &index->slots[index->table[at] - 1];
        if (slice_equal(slot->key, key))
            return slot;
    }
    index->slots[index->count].key = key;
    index->table[at] = (uint32_t)++index->count;
    return &index->slots[index->count - 1];
}

static void index_lists(struct merge *m, struct index *index, struct value object, struct value patch,
                        struct slice name)
{
    size_t length = (size_t)list_length(object) + list_length(patch);
    index->cap = 8;
    while (index->cap < length * 2)
        index->cap *= 2;
    index->slots = ARENA_ARRAY(m->arena, struct slot, length + 1);
    index->table = ARENA_ARRAY(m->arena, uint32_t, index->cap);
    for (uint32_t i = 0; i < list_length(patch); i++) {
        struct slot *slot = slot_of(index, key_of(patch.list->items[i], name));
        slot->in_patch = slot->in_patch ? slot->in_patch : i + 1;
    }
    for (uint32_t i = 0; i < list_length(object); i++) {
        struct slot *slot = slot_of(index, key_of(object.list->items[i], name));
        slot->in_object = slot->in_object ? slot->in_object : i + 1;
    }
}

static struct value element_at(struct value list, uint32_t position)
{
    return position ? list.list->items[position - 1] : value_nil();
}

static bool merge_by_index(struct merge *m, struct value *object, struct value patch, const struct schema *schema,
                           unsigned depth)
{
    struct index index = {NULL, 0, NULL, 0};
    index_lists(m, &index, *object, patch, schema->keys[0]);
    for (size_t i = 0; i < index.count; i++) {
        struct slot *slot = &index.slots[i];
        if (!patch_merge_nodes(m, element_at(*object, slot->in_object), element_at(patch, slot->in_patch),
                               schema->items, depth, &slot->merged))
            return false;
        slot->is_gone = is_null_or_empty_map(slot->merged);
    }
    for (uint32_t i = 0; i < object->list->len; i++) {
        struct value element = object->list->items[i];
        slot_of(&index, key_of(element, schema->keys[0]))->merged = element;
    }
    struct list *out = list_new(m->arena, (uint32_t)index.count);
    for (size_t i = 0; i < index.count; i++) {
        if (!index.slots[i].is_gone)
            out->items[out->len++] = index.slots[i].merged;
    }
    object->list = out;
    return true;
}

/* Whether elements have a text for the key. */
enum presence {
    NONE_HAS,
    SOME_HAVE,
    ALL_HAVE
};

static enum presence presence_of(struct value list, struct slice name)
{
    uint32_t have = 0;
    for (uint32_t i = 0; i < list_length(list); i++) {
        const struct value *field = node_field_slice(list.list->items[i], name);
        have += field && !yaml_node_is_null(*field) && patch_scalar_text(*field).len;
    }
    return have == 0 ? NONE_HAS : have == list_length(list) ? ALL_HAVE : SOME_HAVE;
}

/* Whether the first key alone tells elements apart: it is always there, and the others never are. */
static bool needs_first_key_only(const struct schema *schema, struct value object, struct value patch)
{
    if (schema->key_count == 0 || !all_have_key(object, schema->keys[0]) || !all_have_key(patch, schema->keys[0]))
        return false;
    for (size_t j = 1; j < schema->key_count; j++) {
        if (presence_of(object, schema->keys[j]) != NONE_HAS || presence_of(patch, schema->keys[j]) != NONE_HAS)
            return false;
    }
    return true;
}

/* Whether merging a list with nothing leaves its order: no value of the first key is there twice, and each other key is
   had by all or by none. Long lists are not looked at. */
static bool stays_in_order(const struct schema *schema, struct value list)
{
    if (list.list->len > 12 || schema->key_count == 0 || !all_have_key(list, schema->keys[0]))
        return false;
    for (size_t j = 1; j < schema->key_count; j++) {
        if (presence_of(list, schema->keys[j]) == SOME_HAVE)
            return false;
    }
    for (uint32_t i = 1; i < list.list->len; i++) {
        struct slice key = key_of(list.list->items[i], schema->keys[0]);
        for (uint32_t j = 0; j < i; j++) {
            if (slice_equal(key, key_of(list.list->items[j], schema->keys[0])))
                return false;
        }
    }
    return true;
}

static bool merge_untouched(struct merge *m, struct value list, const struct schema *schema, unsigned depth)
{
    for (uint32_t i = 0; i < list.list->len; i++) {
        struct value merged;
        if (!patch_merge_nodes(m, list.list->items[i], value_nil(), schema->items, depth, &merged))
            return false;
    }
    return true;
}

bool patch_list_merge(struct merge *m, struct value *object, struct value patch, const struct schema *schema,
                      unsigned depth)
{
    if (object->kind != VALUE_LIST)
        return true;
    if (patch.kind == VALUE_NIL && stays_in_order(schema, *object))
        return merge_untouched(m, *object, schema, depth);
    if (needs_first_key_only(schema, *object, patch))
        return merge_by_index(m, object, patch, schema, depth);
    return merge_by_steps(m, object, patch, schema, depth);
}

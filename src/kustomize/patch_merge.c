/*
 * patch_merge.c - strategic merge of a patch into an object
 *
 * Object and patch are walked together in the order of keys. Three facts about Kustomize shape the walk. What only the
 * object has is walked too: nulls without text vanish and lists merged by key are put in order. What only the patch has
 * is walked as if it stood on both sides, so that its directives and nulls take effect. And nodes change in place: an
 * element of a list that was merged is changed in the old list as well, which decides what the new one holds.
 *
 * Absent is VALUE_NIL here; a null that stands in a text is a scalar.
 */
#include "kustomize/patch_merge.h"

#include "base/limits.h"
#include "kustomize/comment_schema.h"
#include "kustomize/patch_list.h"

enum directive {
    DIRECTIVE_MERGE,
    DIRECTIVE_REPLACE,
    DIRECTIVE_DELETE
};

static bool is_absent(struct value v)
{
    return v.kind == VALUE_NIL;
}

static bool is_null(struct value v)
{
    return v.kind == VALUE_STRING && yaml_node_is_null(v);
}

/* Says where in the patch the error lies. */
static bool locate(struct merge *m, struct origin at)
{
    const struct source *source = m->sources ? source_set_find(m->sources, at.source) : NULL;
    if (source)
        diag_locate_origin(m->diag, source, at);
    return false;
}

/* --- directives --------------------------------------------------------------------------------------------------- */

static bool directive_of_text(struct merge *m, struct slice word, enum directive *out)
{
    if (slice_is(word, "delete"))
        *out = DIRECTIVE_DELETE;
    else if (slice_is(word, "replace"))
        *out = DIRECTIVE_REPLACE;
    else if (!slice_is(word, "merge"))
        return diag_error(m->diag, "unknown patch strategy '%.*s'", SLICE_ARG(word));
    return true;
}

/* Takes the directive out of a map of the patch. */
static bool take_map_directive(struct merge *m, struct value patch, enum directive *out)
{
    *out = DIRECTIVE_MERGE;
    const struct value *word = node_field(patch, "$patch");
    if (!word)
        return true;
    struct origin at = word->origin;
    if (!directive_of_text(m, patch_scalar_text(*word), out))
        return locate(m, at);
    map_remove(patch.map, SLICE("$patch"));
    return true;
}

/* The directive of a list is an element that has nothing else; all elements with that directive go. */
static bool take_list_directive(struct merge *m, struct value patch, enum directive *out)
{
    static const struct slice key = SLICE_INIT("$patch");
    *out = DIRECTIVE_MERGE;
    if (patch.kind != VALUE_LIST)
        return true;
    for (uint32_t i = 0; i < patch.list->len; i++) {
        struct value element = patch.list->items[i];
        const struct value *word = node_field(element, "$patch");
        if (!word)
            continue;
        struct slice text = patch_scalar_text(*word);
        if (element.map->len > 1)
            return true;
        return directive_of_text(m, text, out) &&
               patch_list_set(m, patch.list, &(struct list_keys){&key, &text, 1, 1}, value_nil());
    }
    return true;
}

/* --- maps --------------------------------------------------------------------------------------------------------- */

/* What stands in for both sides of a map; absent: the field goes. */
static bool choose_map(struct merge *m, struct value object, struct value patch, struct value *out)
{
    enum directive directive = DIRECTIVE_MERGE;
    if (yaml_node_is_null(object)) {
        struct diag ignored;
        diag_init(&ignored);
        struct merge quiet = *m;
        quiet.diag = &ignored;
        if (patch.kind == VALUE_MAP)
            take_map_directive(&quiet, patch, &directive);
        diag_release(&ignored);
        *out = directive == DIRECTIVE_DELETE ? value_nil() : patch;
        if (is_absent(patch) && !is_absent(object) && object.len) {
            *out = object;
            out->bits |= YAML_NODE_KEPT;
        }
        return true;
    }
    *out = value_nil();
    if (is_null(patch))
        return true;
    if (patch.kind == VALUE_MAP && !take_map_directive(m, patch, &directive))
        return false;
    if (directive != DIRECTIVE_DELETE)
        *out = directive == DIRECTIVE_REPLACE ? patch : object;
    return true;
}

/* What a field holds after it is set to `v`; absent: nothing. */
static struct value settled(struct value v, struct value old, bool is_own)
{
    if (yaml_node_is_null(v) && !(v.bits & YAML_NODE_KEPT))
        return value_nil();
    v.bits &= (uint16_t)~YAML_NODE_KEPT;
    return node_over(v, is_own ? value_nil() : old);
}

/* The schema of a field: what a comment says of it on either side counts more than its kind. */
static const struct schema *field_schema(struct merge *m, const struct schema *schema, struct slice key,
                                         struct value old, struct value new)
{
    const struct schema *found = comment_schema(m->schemas, m->sources, old.origin);
    if (!found)
        found = comment_schema(m->schemas, m->sources, new.origin);
    return found ? found : schema_of_field(schema, key);
}

/* Fields of a map that only one side has. */
static bool merge_own_fields(struct merge *m, struct map *map, bool is_patch, const struct schema *schema,
                             unsigned depth)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < map->len; i++) {
        struct entry *entry = &map->entries[i];
        struct value v;
        const struct schema *of_field = field_schema(m, schema, entry->key, entry->value, entry->value);
        if (!patch_merge_nodes(m, entry->value, is_patch ? entry->value : value_nil(), of_field, depth, &v))
            return false;
        v = settled(v, entry->value, true);
        if (!is_absent(v))
            map->entries[kept++] = (struct entry){entry->key, v};
    }
    map->len = kept;
    return true;
}

/* A key of the patch that is no string goes into the object as it is. */
static void note_key(struct map *object, const struct map *patch, struct slice key)
{
    if (patch->flags & MAP_ODD_KEYS && yaml_node_resolve(key) != YAML_TAG_STR)
        object->flags |= MAP_ODD_KEYS;
}

static bool merge_both_fields(struct merge *m, struct map *object, const struct map *patch,
                              const struct schema *schema, unsigned depth)
{
    struct map *merged = map_new(m->arena, object->len + patch->len);
    uint32_t i = 0;
    uint32_t j = 0;
    while (i < object->len || j < patch->len) {
        int order = i == object->len ? 1
                    : j == patch->len ? -1
                                      : slice_compare(object->entries[i].key, patch->entries[j].key);
        struct slice key = order > 0 ? patch->entries[j].key : object->entries[i].key;
        struct value old = order > 0 ? value_nil() : object->entries[i++].value;
        struct value new = order < 0 ? value_nil() : patch->entries[j++].value;
        struct value v;
        if (!patch_merge_nodes(m, old, new, field_schema(m, schema, key, old, new), depth, &v))
            return false;
        v = settled(v, old, order < 0);
        if (is_absent(v))
            continue;
        if (order > 0)
            note_key(object, patch, key);
        merged->entries[merged->len++] = (struct entry){key, v};
    }
    object->entries = merged->entries;
    object->len = merged->len;
    object->cap = merged->cap;
    return true;
}

static bool merge_maps(struct merge *m, struct value object, struct value patch, const struct schema *schema,
                       unsigned depth, struct value *out)
{
    if (!choose_map(m, object, patch, out))
        return false;
    if (out->kind != VALUE_MAP)
        return true;
    if (patch.kind != VALUE_MAP)
        return merge_own_fields(m, out->map, false, schema, depth);
    if (patch.map == out->map)
        return merge_own_fields(m, out->map, true, schema, depth);
    return merge_both_fields(m, out->map, patch.map, schema, depth);
}

/* --- lists -------------------------------------------------------------------------------------------------------- */

static bool merge_lists(struct merge *m, struct value object, struct value patch, const struct schema *schema,
                        unsigned depth, struct value *out)
{
    enum directive directive;
    *out = is_absent(patch) ? object : patch;
    if (!schema || !schema->merges)
        return true;
    if (!yaml_node_is_null(object)) {
        *out = value_nil();
        if (is_null(patch))
            return true;
        if (!take_list_directive(m, patch, &directive))
            return false;
        if (directive == DIRECTIVE_DELETE)
            return true;
        *out = directive == DIRECTIVE_REPLACE ? patch : object;
    }
    return patch_list_merge(m, out, patch, schema, depth);
}

/* --- any ---------------------------------------------------------------------------------------------------------- */

/* The first side that is neither absent nor null says what both must be. */
static bool check_kinds(struct merge *m, struct value object, struct value patch)
{
    if (yaml_node_is_null(object) || yaml_node_is_null(patch) || object.kind == patch.kind)
        return true;
    const char *expected = object.kind == VALUE_MAP    ? "MappingNode"
                           : object.kind == VALUE_LIST ? "SequenceNode"
                                                       : "ScalarNode";
    node_kind_error(m->arena, patch, expected, m->diag);
    return locate(m, patch.origin);
}

/* An object within an object of a kind without schema may be of a kind that has one. */
static const struct schema *schema_here(struct merge *m, struct value object, struct value patch)
{
    const struct value sides[] = {object, patch};
    for (size_t i = 0; i < 2; i++) {
        if (sides[i].kind != VALUE_MAP)
            continue;
        struct slice kind = node_text(sides[i], "kind");
        struct slice api_version = kind.len ? node_text(sides[i], "apiVersion") : kind;
        const struct schema *schema = api_version.len ? schema_of_kind(m->schemas, api_version, kind) : NULL;
        if (schema)
            return schema;
    }
    return NULL;
}

bool patch_merge_nodes(struct merge *m, struct value object, struct value patch, const struct schema *schema,
                       unsigned depth, struct value *out)
{
    enum value_kind kind = (enum value_kind)(yaml_node_is_null(object) ? patch.kind : object.kind);
    if (depth > LIMIT_VALUE_DEPTH)
        return diag_error(m->diag, "the patch is nested too deeply");
    if (!check_kinds(m, object, patch))
        return false;
    if (kind == VALUE_LIST)
        return merge_lists(m, object, patch, schema, depth + 1, out);
    if (kind != VALUE_MAP && !(yaml_node_is_null(object) && yaml_node_is_null(patch))) {
        *out = is_absent(patch) ? object : patch;
        return true;
    }
    return merge_maps(m, object, patch, schema ? schema : schema_here(m, object, patch), depth + 1, out);
}

bool patch_merge(struct arena *a, struct source_set *sources, struct schema_source *schemas, struct value *object,
                 struct value patch, struct diag *diag)
{
    struct merge m = {a, sources, schemas, diag};
    struct value out;
    if (!patch_merge_nodes(&m, *object, patch, NULL, 0, &out))
        return false;
    if (is_absent(out))
        *object = out;
    return true;
}

/*
 * name_refs.c - names of objects in other objects follow when they change
 *
 * Fields that the tables list hold the name of another object. Which one is meant is found among the objects that once
 * had that name, by an index over all their former names; kind, namespace, and the prefixes and suffixes they share
 * with the referrer decide between several.
 */
#include "kustomize/name_refs.h"

#include "base/hash.h"

/* --- index -------------------------------------------------------------------------------------------------------- */

/* Resources by a text, in their order; open addressing. */
struct text_index {
    struct text_bucket {
        struct slice key;
        struct resource_map found;
    } *buckets;
    size_t cap; /* a power of two */
};

static void index_init(struct arena *a, struct text_index *index, size_t count)
{
    index->cap = 16;
    while (index->cap < count * 2)
        index->cap *= 2;
    index->buckets = arena_zalloc(a, index->cap, sizeof *index->buckets);
}

static struct text_bucket *index_bucket(const struct text_index *index, struct slice key)
{
    size_t at = hash_slice(key) & (index->cap - 1);
    while (index->buckets[at].key.ptr && !slice_equal(index->buckets[at].key, key))
        at = (at + 1) & (index->cap - 1);
    return &index->buckets[at];
}

/* The same resource is added once, as one resource's keys come in a row. */
static void index_add(struct arena *a, struct text_index *index, struct slice key, struct resource *r)
{
    struct text_bucket *bucket = index_bucket(index, key);
    if (!bucket->key.ptr)
        bucket->key = key.ptr ? key : SLICE("");
    if (bucket->found.count == 0 || bucket->found.items[bucket->found.count - 1] != r)
        resource_map_push(a, &bucket->found, r);
}

/* --- what is looked for ------------------------------------------------------------------------------------------- */

/* A field of a table for objects of one kind. */
struct reference {
    const struct gvk *target;
    const struct field_spec *spec;
};

struct references {
    struct gvk referrer;
    struct reference *items;
    size_t count;
};

struct updating {
    struct build *build;
    const struct back_references *tables;
    struct text_index former_names;
    struct text_index former_namespaces;
    struct references *kinds; /* seen so far */
    size_t kind_count;
    size_t kind_cap;
    /* of the field at hand: */
    struct resource *referrer;
    struct res_id referrer_id;
    struct texts extra_namespaces; /* of a RoleBinding's subjects */
    const struct reference *reference;
};

static size_t count_references(const struct back_references *tables)
{
    size_t count = 0;
    for (size_t i = 0; i < tables->count; i++)
        count += tables->items[i].referrers.count;
    return count;
}

/* The fields of objects of that kind, in the order of the tables. */
static const struct references *references_of(struct updating *u, const struct gvk *gvk)
{
    struct arena *a = u->build->arena;
    for (size_t i = 0; i < u->kind_count; i++) {
        if (gvk_equal(&u->kinds[i].referrer, gvk))
            return &u->kinds[i];
    }
    u->kinds = arena_room(a, u->kinds, u->kind_count, &u->kind_cap, sizeof *u->kinds);
    struct references *refs = &u->kinds[u->kind_count++];
    *refs = (struct references){*gvk, ARENA_ARRAY(a, struct reference, count_references(u->tables) + 1), 0};
    for (size_t i = 0; i < u->tables->count; i++) {
        const struct back_reference *row = &u->tables->items[i];
        for (size_t j = 0; j < row->referrers.count; j++) {
            if (gvk_selected(gvk, &row->referrers.items[j].gvk))
                refs->items[refs->count++] = (struct reference){&row->target, &row->referrers.items[j]};
        }
    }
    return refs;
}

/* --- candidates --------------------------------------------------------------------------------------------------- */

static bool has_text(const struct texts *texts, struct slice text)
{
    for (size_t i = 0; i < texts->count; i++) {
        if (slice_equal(texts->items[i], text))
            return true;
    }
    return false;
}

/* Whether the referrer can see it. */
static bool is_visible(const struct updating *u, const struct resource *r)
{
    struct res_id id = resource_id(r);
    return u->referrer_id.gvk.cluster_scoped || id.gvk.cluster_scoped || res_id_same_namespace(&id, &u->referrer_id) ||
           has_text(&u->extra_namespaces, id.namespace);
}

static bool was_of_kind(const struct resource *r, const struct gvk *gvk)
{
    for (size_t i = 0; i < r->previous_count; i++) {
        struct res_id id = resource_previous_id(r, i);
        if (gvk_selected(&id.gvk, gvk))
            return true;
    }
    return false;
}

/* A roleRef says group and kind itself; one that lacks either is not asked. */
static bool fits_role_ref(const struct updating *u, const struct resource *r)
{
    if (!slice_ends(u->reference->spec->path, SLICE("roleRef/name")))
        return true;
    const struct value *role = node_field(u->referrer->node, "roleRef");
    const struct value *group = role ? node_field(*role, "apiGroup") : NULL;
    const struct value *kind = role ? node_field(*role, "kind") : NULL;
    if (!group || !kind || yaml_node_is_null(*group) || yaml_node_is_null(*kind))
        return true;
    struct gvk wanted = {.group = node_text(*role, "apiGroup"), .kind = node_text(*role, "kind")};
    return was_of_kind(r, &wanted);
}

/* ServiceAccounts may be named from other namespaces. */
static bool is_in_namespace(const struct updating *u, const struct resource *r)
{
    struct res_id id = resource_id(r);
    return u->referrer_id.gvk.cluster_scoped || id.gvk.cluster_scoped || slice_is(id.gvk.kind, "ServiceAccount") ||
           res_id_same_namespace(&u->referrer_id, &id);
}

static bool same_ending(const struct texts *a, const struct texts *b)
{
    const struct texts *longer = a->count > b->count ? a : b;
    const struct texts *shorter = a->count > b->count ? b : a;
    if (shorter->count == 0)
        return longer->count == 0;
    for (size_t i = 0; i < shorter->count; i++) {
        if (!slice_equal(shorter->items[shorter->count - 1 - i], longer->items[longer->count - 1 - i]))
            return false;
    }
    return true;
}

static bool same_affixes(const struct resource *a, const struct resource *b, bool allow_empty)
{
    bool prefixes = allow_empty && (a->prefixes.count == 0 || b->prefixes.count == 0);
    bool suffixes = allow_empty && (a->suffixes.count == 0 || b->suffixes.count == 0);
    return (prefixes || same_ending(&a->prefixes, &b->prefixes)) &&
           (suffixes || same_ending(&a->suffixes, &b->suffixes));
}

static void keep_same_affixes(const struct updating *u, struct resource_map *found, bool allow_empty)
{
    size_t kept = 0;
    for (size_t i = 0; i < found->count; i++) {
        if (same_affixes(found->items[i], u->referrer, allow_empty))
            found->items[kept++] = found->items[i];
    }
    found->count = kept;
}

/* Whether several are as good as one: nothing that is written would differ. */
static bool are_alike(const struct resource_map *found, bool with_namespace)
{
    for (size_t i = 1; i < found->count; i++) {
        if (!slice_equal(resource_name(found->items[0]), resource_name(found->items[i])))
            return false;
        if (with_namespace && !slice_equal(resource_namespace(found->items[0]), resource_namespace(found->items[i])))
            return false;
    }
    return true;
}

static bool several_found(const struct updating *u, const struct resource_map *found, struct diag *diag)
{
    struct buffer ids = BUFFER_INIT;
    for (size_t i = 0; i < found->count; i++) {
        struct res_id id = resource_id(found->items[i]);
        buffer_add_text(&ids, i ? ", " : "");
        res_id_write(&ids, &id);
    }
    diag_error(diag, "found multiple possible referrals: %.*s", SLICE_ARG(buffer_slice(&ids)));
    buffer_release(&ids);
    if (u->referrer->file)
        diag_note(diag, (struct diag_place){0}, "referred to from %s", u->referrer->file);
    for (size_t i = 0; i < found->count; i++) {
        if (found->items[i]->file)
            diag_note(diag, (struct diag_place){0}, "one of them is in %s", found->items[i]->file);
    }
    return false;
}

/* What narrows the candidates beyond their name: the namespace that a map gives. */
struct place {
    bool of_map; /* the namespace is written, too */
    bool is_given;
    bool is_former; /* some object had it as its first */
    struct slice namespace;
};

static bool is_at(const struct place *place, const struct resource *r)
{
    if (!place->is_given)
        return true;
    struct res_id id = place->is_former ? resource_original_id(r) : resource_id(r);
    return !id.gvk.cluster_scoped && slice_equal(res_id_effective_namespace(&id), place->namespace);
}

/* The object that is meant by the name; null in *out: none. */
static bool select_referral(const struct updating *u, struct slice name, const struct place *place,
                            struct resource **out, struct diag *diag)
{
    const struct text_bucket *bucket = index_bucket(&u->former_names, name);
    struct resource_map found = {NULL, 0, 0};
    *out = NULL;
    for (size_t i = 0; i < bucket->found.count; i++) {
        struct resource *r = bucket->found.items[i];
        if (was_of_kind(r, u->reference->target) && is_visible(u, r) && is_at(place, r) && fits_role_ref(u, r) &&
            is_in_namespace(u, r))
            resource_map_push(u->build->arena, &found, r);
    }
    if (found.count > 1)
        keep_same_affixes(u, &found, true);
    if (found.count > 1)
        keep_same_affixes(u, &found, false);
    if (found.count > 1 && !are_alike(&found, place->of_map))
        return several_found(u, &found, diag);
    if (found.count)
        *out = found.items[0];
    return true;
}

/* --- fields ------------------------------------------------------------------------------------------------------- */

static bool set_scalar(const struct updating *u, struct value *field, struct diag *diag)
{
    const struct place anywhere = {false, false, false, {NULL, 0}};
    struct resource *r;
    if (!select_referral(u, value_slice(*field), &anywhere, &r, diag))
        return false;
    if (!r || slice_equal(resource_name(r), value_slice(*field)))
        return true;
    return node_set_scalar(u->build->arena, field, node_scalar(resource_name(r)), diag);
}

static bool any_visible(const struct updating *u, const struct text_index *index, struct slice namespace)
{
    const struct text_bucket *bucket = index_bucket(index, namespace);
    for (size_t i = 0; i < bucket->found.count; i++) {
        if (is_visible(u, bucket->found.items[i]))
            return true;
    }
    return false;
}

/* A map has the name and may have a namespace; both are updated. */
static bool set_map(const struct updating *u, struct value *field, struct diag *diag)
{
    const struct value *name = node_field(*field, "name");
    const struct value *namespace = node_field(*field, "namespace");
    struct place place = {true, false, false, SLICE("")};
    struct resource *r;
    if (!name)
        return diag_error(diag, "path config error; no 'name' field in node");
    if (namespace) {
        place.is_given = true;
        place.namespace = namespace->kind == VALUE_STRING ? value_slice(*namespace) : SLICE("");
        place.is_former = any_visible(u, &u->former_namespaces, place.namespace);
    }
    struct slice old = name->kind == VALUE_STRING ? value_slice(*name) : SLICE("");
    if (!select_referral(u, old, &place, &r, diag))
        return false;
    if (!r)
        return true;
    struct slice new_namespace = resource_namespace(r);
    if (slice_equal(resource_name(r), old) && new_namespace.len == 0)
        return true;
    node_set_field(field, SLICE("name"), node_scalar(resource_name(r)));
    if (new_namespace.len)
        node_set_field(field, SLICE("namespace"), node_scalar(new_namespace));
    return true;
}

static bool set_item(const struct updating *u, struct value *item, struct diag *diag)
{
    if (yaml_node_is_null(*item))
        return true;
    if (item->kind == VALUE_LIST)
        return diag_error(diag, "a list is expected to be either a string or a map of string");
    return item->kind == VALUE_MAP ? set_map(u, item, diag) : set_scalar(u, item, diag);
}

static bool set_reference(const struct field_setter *setter, struct value *field, struct diag *diag)
{
    const struct updating *u = setter->context;
    if (field->kind != VALUE_LIST)
        return set_item(u, field, diag);
    for (uint32_t i = 0; i < field->list->len; i++) {
        if (!set_item(u, &field->list->items[i], diag))
            return false;
    }
    return true;
}

/* --- referrers ---------------------------------------------------------------------------------------------------- */

/* A RoleBinding sees the namespaces of its ServiceAccounts. */
static bool find_extra_namespaces(struct updating *u, struct diag *diag)
{
    u->extra_namespaces = (struct texts){NULL, 0, 0};
    if (!slice_is(node_text(u->referrer->node, "kind"), "RoleBinding") || u->referrer_id.gvk.cluster_scoped)
        return true;
    const struct value *subjects = node_field(u->referrer->node, "subjects");
    for (uint32_t i = 0; subjects && subjects->kind == VALUE_LIST && i < subjects->list->len; i++) {
        struct value subject = subjects->list->items[i];
        const struct value *namespace = node_field(subject, "namespace");
        if (!namespace || !slice_is(node_text(subject, "kind"), "ServiceAccount"))
            continue;
        if (namespace->kind != VALUE_STRING || yaml_node_is_null(*namespace)) {
            struct slice text = res_id_text(u->build->arena, &u->referrer_id);
            return diag_error(diag, "Invalid Input: namespace is blank for resource \"%.*s\"\n", SLICE_ARG(text));
        }
        texts_add(u->build->arena, &u->extra_namespaces, value_slice(*namespace));
    }
    return true;
}

static bool update_referrer(struct updating *u, struct resource *r, struct diag *diag)
{
    struct field_setter setter = {set_reference, u, u->build->arena, VALUE_NIL};
    struct res_id original = resource_original_id(r);
    const struct references *refs = references_of(u, &original.gvk);
    u->referrer = r;
    u->referrer_id = resource_id(r);
    if (refs->count && !find_extra_namespaces(u, diag))
        return false;
    for (size_t i = 0; i < refs->count; i++) {
        struct field_spec spec = {.path = refs->items[i].spec->path};
        u->reference = &refs->items[i];
        if (field_spec_apply(&spec, &setter, &r->node, diag))
            continue;
        struct slice id = res_id_text(u->build->arena, &u->referrer_id);
        diag_prefix(diag, "updating name reference in '%.*s' field of '%.*s': ", SLICE_ARG(spec.path), SLICE_ARG(id));
        return false;
    }
    return true;
}

static void index_resources(struct updating *u, const struct resource_map *map)
{
    struct arena *a = u->build->arena;
    size_t names = map->count;
    for (size_t i = 0; i < map->count; i++)
        names += map->items[i]->previous_count;
    index_init(a, &u->former_names, names);
    index_init(a, &u->former_namespaces, map->count);
    for (size_t i = 0; i < map->count; i++) {
        struct resource *r = map->items[i];
        struct res_id original = resource_original_id(r);
        for (size_t j = 0; j < r->previous_count; j++)
            index_add(a, &u->former_names, r->previous[j].name, r);
        if (!original.gvk.cluster_scoped)
            index_add(a, &u->former_namespaces, res_id_effective_namespace(&original), r);
    }
}

bool name_refs_update(struct build *build, const struct back_references *tables, struct resource_map *map,
                      struct diag *diag)
{
    struct updating u = {.build = build, .tables = tables};
    index_resources(&u, map);
    for (size_t i = 0; i < map->count; i++) {
        if (!update_referrer(&u, map->items[i], diag))
            return false;
    }
    return true;
}

/*
 * replicas.c - the field `replicas`
 */
#include "kustomize/replicas.h"

static bool has_id(const struct resource *r, struct slice name, const struct gvk *gvk)
{
    struct res_id id = resource_id(r);
    if (slice_equal(id.name, name) && gvk_selected(&id.gvk, gvk))
        return true;
    for (size_t i = 0; i < r->previous_count; i++) {
        id = resource_previous_id(r, i);
        if (slice_equal(id.name, name) && gvk_selected(&id.gvk, gvk))
            return true;
    }
    return false;
}

/* A count on its way, and where the entry is written. */
struct counting {
    const struct replica *replica;
    struct origin at;
};

static bool set_count(const struct field_setter *setter, struct value *field, struct diag *diag)
{
    const struct counting *counting = setter->context;
    struct slice text = arena_printf(setter->arena, "%lld", (long long)counting->replica->count);
    return node_set_scalar_from(setter->arena, field, yaml_node(text, YAML_TAG_INT, YAML_PLAIN), counting->at, diag);
}

/* The nearest name among objects that have replicas, for the message. */
static void suggest_name(struct arena *a, struct slice name, const struct field_specs *specs,
                         const struct resource_map *map, struct diag *diag)
{
    struct slice *names = ARENA_ARRAY(a, struct slice, map->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < map->count; i++) {
        struct gvk gvk = resource_gvk(map->items[i]);
        for (size_t j = 0; j < specs->count; j++) {
            if (!gvk_selected(&gvk, &specs->items[j].gvk))
                continue;
            names[count++] = resource_name(map->items[i]);
            break;
        }
    }
    size_t near = diag_nearest_slice(name, names, count);
    if (near < count)
        diag_note(diag, (struct diag_place){0}, "did you mean '%.*s'?", SLICE_ARG(names[near]));
}

static bool none_found(struct arena *a, const struct replica *replica, const struct field_specs *specs,
                       const struct resource_map *map, struct diag *diag)
{
    struct buffer kinds = BUFFER_INIT;
    for (size_t i = 0; i < specs->count; i++) {
        buffer_add_text(&kinds, i ? " " : "");
        gvk_write(&kinds, &specs->items[i].gvk);
    }
    diag_error(diag, "resource with name %.*s does not match a config with the following GVK [%.*s]",
               SLICE_ARG(replica->name), SLICE_ARG(buffer_slice(&kinds)));
    buffer_release(&kinds);
    suggest_name(a, replica->name, specs, map, diag);
    return false;
}

bool replica_apply(struct target *t, const struct replica *replica, const struct field_specs *specs,
                   struct resource_map *map, struct diag *diag)
{
    struct counting counting = {replica, kustomization_origin(t->k, replica->name)};
    struct field_setter setter = {set_count, &counting, t->build->arena, VALUE_STRING};
    bool found = false;
    for (size_t i = 0; i < specs->count; i++) {
        for (size_t j = 0; j < map->count; j++) {
            struct resource *r = map->items[j];
            if (node_is_empty(r->node) || !has_id(r, replica->name, &specs->items[i].gvk))
                continue;
            found = true;
            if (!field_spec_apply(&specs->items[i], &setter, &r->node, diag))
                return false;
        }
    }
    return found || none_found(t->build->arena, replica, specs, map, diag);
}

bool replicas_transform(struct target *t, struct accumulator *acc, struct diag *diag)
{
    const struct replica *replicas = t->k->replicas.items;
    for (size_t i = 0; i < t->k->replicas.count; i++) {
        if (!replica_apply(t, &replicas[i], &acc->tables.specs[FIELDS_REPLICAS], &acc->resources, diag) ||
            !target_step_done(t, acc, "ReplicaCountTransformer", diag))
            return false;
    }
    return true;
}

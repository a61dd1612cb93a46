/*
 * cluster.c - rendered objects as they refer to each other
 */
#include "compose/cluster.h"

void cluster_init(struct cluster *c, struct arena *a)
{
    *c = (struct cluster){.arena = a};
}

void cluster_add(struct cluster *c, struct value object, struct slice release, struct slice release_namespace)
{
    struct value metadata = field_value(object, "metadata");
    struct slice name_space = field_text(metadata, "namespace");
    if (!value_is_map(metadata) || field_text(object, "kind").len == 0)
        return;
    c->objects = arena_room(c->arena, c->objects, c->count, &c->cap, sizeof *c->objects);
    c->objects[c->count++] = (struct cluster_object){.object = object,
                                                     .release = release,
                                                     .kind = field_text(object, "kind"),
                                                     .name = field_text(metadata, "name"),
                                                     .name_space = name_space.len ? name_space : release_namespace};
}

const struct cluster_object *cluster_find(const struct cluster *c, const char *kind, struct slice name_space,
                                          struct slice name)
{
    for (size_t i = 0; i < c->count; i++) {
        const struct cluster_object *o = &c->objects[i];
        if (slice_is(o->kind, kind) && slice_equal(o->name, name) && slice_equal(o->name_space, name_space))
            return o;
    }
    return NULL;
}

bool cluster_is_workload(const struct cluster_object *object)
{
    static const char *const kinds[] = {"Deployment", "StatefulSet", "DaemonSet", "Job"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (slice_is(object->kind, kinds[i]))
            return true;
    }
    return false;
}

size_t cluster_count_workloads(const struct cluster *c, struct slice name)
{
    size_t count = 0;
    for (size_t i = 0; i < c->count; i++)
        count += cluster_is_workload(&c->objects[i]) && slice_equal(c->objects[i].name, name);
    return count;
}

bool cluster_selects(const struct cluster_object *service, const struct cluster_object *workload, struct value labels)
{
    struct value selector = field_value(field_value(service->object, "spec"), "selector");
    if (!value_is_map(selector) || selector.map->len == 0 || !value_is_map(labels) ||
        !slice_equal(service->name_space, workload->name_space))
        return false;
    for (uint32_t i = 0; i < selector.map->len; i++) {
        const struct entry *wanted = &selector.map->entries[i];
        const struct value *have = map_find(labels.map, wanted->key);
        if (!have || !value_is_string(*have) || !value_is_string(wanted->value) ||
            !slice_equal(value_slice(*have), value_slice(wanted->value)))
            return false;
    }
    return true;
}

void cluster_lose(struct cluster *c, const struct cluster_object *object, const char *format, ...)
{
    va_list args;
    struct buffer text = BUFFER_INIT;
    buffer_printf(&text, "%.*s %.*s/%.*s: ", SLICE_ARG(object->kind), SLICE_ARG(object->name_space),
                  SLICE_ARG(object->name));
    va_start(args, format);
    buffer_vprintf(&text, format, args);
    va_end(args);
    struct slice sentence = buffer_move(&text, c->arena);
    for (size_t i = 0; i < c->loss_count; i++) {
        if (slice_equal(c->losses[i], sentence))
            return;
    }
    c->losses = arena_room(c->arena, c->losses, c->loss_count, &c->loss_cap, sizeof *c->losses);
    c->losses[c->loss_count++] = sentence;
}

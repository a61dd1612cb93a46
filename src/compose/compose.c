/*
 * compose.c - rendered objects as a compose file
 *
 * Hooks keep their order: what a release runs before it is installed is waited for, what it runs afterwards waits. Tests
 * of releases are left out.
 */
#include "compose/compose.h"

#include "codec/yaml_write.h"
#include "compose/pod.h"

enum {
    MOST_REPLICAS = 64 /* of a StatefulSet: each is a service */
};

struct composing {
    struct cluster *cluster;
    struct map *services;
    struct map *volumes;
    struct map *configs;
};

/* --- hooks ------------------------------------------------------------------------------------------------------------------- */

static struct slice hook_of(const struct cluster_object *object)
{
    return field_text(field_value(field_value(object->object, "metadata"), "annotations"), "helm.sh/hook");
}

static bool has_event(struct slice hook, const char *event)
{
    struct slice rest = hook;
    struct slice piece;
    while (slice_next_piece(&rest, ',', &piece)) {
        if (slice_is(slice_trim(piece), event))
            return true;
    }
    return false;
}

/* Before, with or after the release's own objects; the rest is not installed at all. */
enum phase {
    PHASE_BEFORE,
    PHASE_MAIN,
    PHASE_AFTER,
    PHASE_NEVER
};

static enum phase phase_of(const struct cluster_object *object)
{
    struct slice hook = hook_of(object);
    if (hook.len == 0)
        return PHASE_MAIN;
    if (has_event(hook, "pre-install"))
        return PHASE_BEFORE;
    return has_event(hook, "post-install") ? PHASE_AFTER : PHASE_NEVER;
}

/* --- pods -------------------------------------------------------------------------------------------------------------------- */

static struct slice service_name(const struct composing *c, const struct cluster_object *workload, size_t index,
                                 bool numbered)
{
    struct arena *a = c->cluster->arena;
    struct slice name = workload->name;
    if (cluster_count_workloads(c->cluster, name) > 1)
        name = arena_printf(a, "%.*s-%.*s", SLICE_ARG(workload->name_space), SLICE_ARG(name));
    return numbered ? arena_printf(a, "%.*s-%zu", SLICE_ARG(name), index) : name;
}

static size_t replicas_of(const struct cluster_object *workload)
{
    struct value replicas = field_value(field_value(workload->object, "spec"), "replicas");
    if (replicas.kind != VALUE_INT)
        return 1;
    return replicas.i < 0 ? 0 : (size_t)replicas.i;
}

static void add_pod(struct composing *c, const struct cluster_object *workload, size_t index, bool numbered,
                    struct value depends)
{
    struct value template = field_value(field_value(workload->object, "spec"), "template");
    struct pod pod = {.cluster = c->cluster,
                      .workload = workload,
                      .template = template,
                      .spec = field_value(template, "spec"),
                      .name = service_name(c, workload, index, numbered),
                      .index = index,
                      .volumes = c->volumes,
                      .configs = c->configs};
    pod_add_services(&pod, c->services, depends);
}

/* A StatefulSet's replicas have names; a Deployment's are one service that compose can scale. */
static void add_workload(struct composing *c, const struct cluster_object *workload, struct value depends)
{
    size_t replicas = replicas_of(workload);
    bool numbered = slice_is(workload->kind, "StatefulSet");
    if (replicas > MOST_REPLICAS) {
        cluster_lose(c->cluster, workload, "of %zu replicas %d are here", replicas, MOST_REPLICAS);
        replicas = MOST_REPLICAS;
    }
    if (!numbered && replicas > 1)
        cluster_lose(c->cluster, workload, "%zu replicas are one here: docker compose up --scale", replicas);
    if (!numbered && replicas > 1)
        replicas = 1;
    for (size_t i = 0; i < replicas; i++)
        add_pod(c, workload, i, numbered, depends);
}

/* --- order -------------------------------------------------------------------------------------------------------------------- */

static bool is_in(const struct cluster_object *object, struct slice release, enum phase phase)
{
    return cluster_is_workload(object) && slice_equal(object->release, release) && phase_of(object) == phase;
}

/* A job waits until what is there already can serve it. */
static const char *up_condition(const struct composing *c, struct slice service)
{
    const struct value *body = map_find(c->services, service);
    return body && !value_is_nil(field_value(*body, "healthcheck")) ? "service_healthy" : "service_started";
}

/* The services of a release's phase, to be waited for; those of jobs to their end. */
static struct value wait_for(const struct composing *c, struct slice release, enum phase phase)
{
    struct arena *a = c->cluster->arena;
    struct map *depends = map_new(a, 4);
    for (size_t i = 0; i < c->cluster->count; i++) {
        const struct cluster_object *object = &c->cluster->objects[i];
        bool numbered = slice_is(object->kind, "StatefulSet");
        if (!is_in(object, release, phase) || (cluster_is_workload(object) && replicas_of(object) == 0))
            continue;
        struct map *row = map_new(a, 1);
        struct slice name = service_name(c, object, 0, numbered);
        bool ends = slice_is(object->kind, "Job");
        map_set_text(row, "condition", value_text(ends ? "service_completed_successfully" : up_condition(c, name)));
        map_set(depends, name, value_map(row));
    }
    return depends->len ? value_map(depends) : value_nil();
}

static void add_object(struct composing *c, const struct cluster_object *object)
{
    static const char *const used[] = {"ConfigMap", "Secret", "Service", "PersistentVolumeClaim", "Ingress", "Namespace",
                                       "ServiceAccount"};
    if (phase_of(object) == PHASE_NEVER)
        return;
    if (!cluster_is_workload(object)) {
        for (size_t i = 0; i < sizeof used / sizeof used[0]; i++) {
            if (slice_is(object->kind, used[i]))
                return;
        }
        cluster_lose(c->cluster, object, "there is no such thing in compose");
        return;
    }
    switch (phase_of(object)) {
    case PHASE_MAIN:
        add_workload(c, object, wait_for(c, object->release, PHASE_BEFORE));
        break;
    case PHASE_AFTER:
        add_workload(c, object, wait_for(c, object->release, PHASE_MAIN));
        break;
    case PHASE_BEFORE:
    case PHASE_NEVER:
        add_workload(c, object, value_nil());
        break;
    }
}

/* --- the file ------------------------------------------------------------------------------------------------------------------ */

static void write_losses(const struct cluster *cluster, struct buffer *out)
{
    if (cluster->loss_count)
        buffer_add_text(out, "# Not carried over from the cluster:\n");
    for (size_t i = 0; i < cluster->loss_count; i++)
        buffer_printf(out, "# - %.*s\n", SLICE_ARG(cluster->losses[i]));
}

bool compose_write(struct cluster *cluster, struct slice name, struct buffer *out, struct diag *diag)
{
    struct arena *a = cluster->arena;
    struct composing c = {.cluster = cluster,
                          .services = map_new(a, 32),
                          .volumes = map_new(a, 16),
                          .configs = map_new(a, 32)};
    struct map *root = map_new(a, 4);
    struct slice error;
    for (size_t i = 0; i < cluster->count; i++)
        add_object(&c, &cluster->objects[i]);
    map_set_text(root, "name", value_string(name));
    map_set_text(root, "services", value_map(c.services));
    if (c.volumes->len)
        map_set_text(root, "volumes", value_map(c.volumes));
    if (c.configs->len)
        map_set_text(root, "configs", value_map(c.configs));
    write_losses(cluster, out);
    return yaml_write(out, value_map(root), a, &error) || diag_error_slice(diag, error);
}

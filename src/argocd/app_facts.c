/*
 * app_facts.c - what an Application has to know of the objects it deploys
 */
#include "argocd/app_facts.h"

#include "helm/manifest.h"
#include "kustomize/known_kinds.h"
#include "value/field.h"

void app_facts_init(struct app_facts *facts, struct arena *a)
{
    *facts = (struct app_facts){.arena = a, .objects = list_new(a, 16)};
}

void app_facts_next_release(struct app_facts *facts)
{
    facts->objects->len = 0;
}

/* --- reading objects ------------------------------------------------------------------------------------------ */

static struct slice object_name(struct value object)
{
    return field_text(field_value(object, "metadata"), "name");
}

static struct value find_object(const struct app_facts *facts, struct slice group, struct slice kind,
                                       struct slice name)
{
    for (uint32_t i = 0; i < facts->objects->len; i++) {
        struct value object = facts->objects->items[i];
        if (slice_equal(field_text(object, "kind"), kind) && slice_equal(object_name(object), name) &&
            slice_equal(manifest_group(field_text(object, "apiVersion")), group))
            return object;
    }
    return value_nil();
}

/* --- kinds without namespace ---------------------------------------------------------------------------------- */

void app_facts_add_kind(struct app_facts *facts, struct slice group, struct slice kind)
{
    for (size_t i = 0; i < facts->kind_count; i++) {
        if (slice_equal(facts->kinds[i].group, group) && slice_equal(facts->kinds[i].kind, kind))
            return;
    }
    size_t old = facts->kind_count * sizeof *facts->kinds;
    facts->kinds = arena_resize(facts->arena, facts->kinds, old, old + sizeof *facts->kinds);
    facts->kinds[facts->kind_count++] = (struct app_kind){group, kind};
}

void app_facts_add(struct app_facts *facts, struct value object)
{
    if (!value_is_map(object))
        return;
    struct slice version = field_text(object, "apiVersion");
    struct slice kind = field_text(object, "kind");
    list_add(facts->arena, facts->objects, object);
    if (known_kind_is_cluster_scoped(version, kind))
        app_facts_add_kind(facts, manifest_group(version), kind);
}

/* --- ignored differences -------------------------------------------------------------------------------------- */

static void ignore(const struct app_facts *facts, struct list *out, struct value object, const char *how,
                   const struct slice *paths, size_t count)
{
    struct arena *a = facts->arena;
    struct map *row = map_new(a, 4);
    struct slice group = manifest_group(field_text(object, "apiVersion"));
    if (group.len)
        map_set_text(row, "group", value_string(group));
    map_set_text(row, "kind", value_string(field_text(object, "kind")));
    map_set_text(row, "name", value_string(object_name(object)));
    map_set_text(row, how, list_of_strings(a, paths, count));
    list_add(a, out, value_map(row));
}

/* An autoscaler, Kubernetes' own or KEDA's, sets the replicas of its target. */
static void ignore_replicas(const struct app_facts *facts, struct value object, struct list *out)
{
    static const struct slice replicas = SLICE_INIT("/spec/replicas");
    struct value target = field_value(field_value(object, "spec"), "scaleTargetRef");
    struct slice kind = field_text(target, "kind");
    struct slice version = field_text(target, "apiVersion");
    struct value scaled = find_object(facts, version.len ? manifest_group(version) : SLICE("apps"),
                                      kind.len ? kind : SLICE("Deployment"), field_text(target, "name"));
    if (!value_is_nil(field_value(field_value(scaled, "spec"), "replicas")))
        ignore(facts, out, scaled, "jsonPointers", &replicas, 1);
}

/* The list of claim templates is compared as a whole, with what the API server added to each. */
static void ignore_claim_templates(const struct app_facts *facts, struct value object, struct list *out)
{
    static const struct slice added[] = {SLICE_INIT(".spec.volumeClaimTemplates[]?.apiVersion"),
                                         SLICE_INIT(".spec.volumeClaimTemplates[]?.kind"),
                                         SLICE_INIT(".spec.volumeClaimTemplates[]?.spec.volumeMode"),
                                         SLICE_INIT(".spec.volumeClaimTemplates[]?.status")};
    if (field_items(field_value(object, "spec"), "volumeClaimTemplates").count)
        ignore(facts, out, object, "jqPathExpressions", added, sizeof added / sizeof added[0]);
}

/* A webhook without a certificate authority gets one from a controller. */
static void ignore_certificates(const struct app_facts *facts, struct value object, struct list *out)
{
    static const struct slice bundle = SLICE_INIT(".webhooks[]?.clientConfig.caBundle");
    struct field_items webhooks = field_items(object, "webhooks");
    for (size_t i = 0; i < webhooks.count; i++) {
        if (field_text(field_value(webhooks.items[i], "clientConfig"), "caBundle").len == 0) {
            ignore(facts, out, object, "jqPathExpressions", &bundle, 1);
            return;
        }
    }
}

struct value app_facts_ignored(const struct app_facts *facts)
{
    struct list *out = list_new(facts->arena, 4);
    for (uint32_t i = 0; i < facts->objects->len; i++) {
        struct value object = facts->objects->items[i];
        struct slice kind = field_text(object, "kind");
        if (slice_is(kind, "HorizontalPodAutoscaler") || slice_is(kind, "ScaledObject"))
            ignore_replicas(facts, object, out);
        else if (slice_is(kind, "StatefulSet"))
            ignore_claim_templates(facts, object, out);
        else if (slice_is(kind, "MutatingWebhookConfiguration") || slice_is(kind, "ValidatingWebhookConfiguration"))
            ignore_certificates(facts, object, out);
    }
    return out->len ? value_list(out) : value_nil();
}

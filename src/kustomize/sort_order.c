/*
 * sort_order.c - the order of objects in the output
 *
 * Namespaces, then what others depend on, then the rest by group, version and kind, webhooks last. The sort keys are
 * texts that are made once for each object.
 */
#include "kustomize/sort_order.h"

#include <stdlib.h>

static const struct slice order_first[] = {
    SLICE_INIT("Namespace"),   SLICE_INIT("ResourceQuota"),      SLICE_INIT("StorageClass"),
    SLICE_INIT("CustomResourceDefinition"), SLICE_INIT("ServiceAccount"), SLICE_INIT("PodSecurityPolicy"),
    SLICE_INIT("Role"),        SLICE_INIT("ClusterRole"),        SLICE_INIT("RoleBinding"),
    SLICE_INIT("ClusterRoleBinding"), SLICE_INIT("ConfigMap"),   SLICE_INIT("Secret"),
    SLICE_INIT("Endpoints"),   SLICE_INIT("Service"),            SLICE_INIT("LimitRange"),
    SLICE_INIT("PriorityClass"), SLICE_INIT("PersistentVolume"), SLICE_INIT("PersistentVolumeClaim"),
    SLICE_INIT("Deployment"),  SLICE_INIT("StatefulSet"),        SLICE_INIT("CronJob"),
    SLICE_INIT("PodDisruptionBudget"),
};

static const struct slice order_last[] = {
    SLICE_INIT("MutatingWebhookConfiguration"),
    SLICE_INIT("ValidatingWebhookConfiguration"),
};

static const struct kind_ranks default_ranks = {
    order_first,
    sizeof order_first / sizeof order_first[0],
    order_last,
    sizeof order_last / sizeof order_last[0],
};

/* Of a kind named twice the later place counts, and the last list before the first. */
static int64_t rank_of(const struct kind_ranks *ranks, struct slice kind)
{
    for (size_t i = ranks->last_count; i > 0; i--) {
        if (slice_equal(ranks->last[i - 1], kind))
            return (int64_t)i;
    }
    for (size_t i = ranks->first_count; i > 0; i--) {
        if (slice_equal(ranks->first[i - 1], kind))
            return (int64_t)(i - 1) - (int64_t)ranks->first_count;
    }
    return 0;
}

static void add_or(struct buffer *out, struct slice text, const char *instead)
{
    buffer_add(out, text.len ? text : slice_text(instead));
}

static void write_gvk_key(struct buffer *out, const struct gvk *gvk)
{
    add_or(out, gvk->group, "~G");
    buffer_add_char(out, '_');
    add_or(out, gvk->version, "~V");
    buffer_add_char(out, '_');
    add_or(out, gvk->kind, "~K");
}

/* The bytes of write_gvk_key one after the other. */
struct key_bytes {
    struct slice parts[5];
    size_t part;
    size_t at;
};

static struct slice or_mark(struct slice text, const char *instead)
{
    return text.len ? text : slice_text(instead);
}

static struct key_bytes key_bytes_of(const struct gvk *gvk)
{
    return (struct key_bytes){
        {or_mark(gvk->group, "~G"), SLICE("_"), or_mark(gvk->version, "~V"), SLICE("_"), or_mark(gvk->kind, "~K")},
        0,
        0};
}

/* The next byte, or -1 behind the last. */
static int next_byte(struct key_bytes *k)
{
    while (k->part < 5 && k->at == k->parts[k->part].len) {
        k->part++;
        k->at = 0;
    }
    return k->part < 5 ? (unsigned char)k->parts[k->part].ptr[k->at++] : -1;
}

bool gvk_is_before(const struct gvk *a, const struct gvk *b)
{
    int64_t rank_a = rank_of(&default_ranks, a->kind);
    int64_t rank_b = slice_equal(a->kind, b->kind) ? rank_a : rank_of(&default_ranks, b->kind);
    if (rank_a != rank_b)
        return rank_a < rank_b;
    struct key_bytes left = key_bytes_of(a);
    struct key_bytes right = key_bytes_of(b);
    int byte_a = next_byte(&left);
    int byte_b = next_byte(&right);
    while (byte_a == byte_b && byte_a >= 0) {
        byte_a = next_byte(&left);
        byte_b = next_byte(&right);
    }
    return byte_a < byte_b;
}

struct sort_row {
    int64_t rank;
    struct gvk gvk;
    struct slice gvk_key;
    struct slice id_key;
    size_t index; /* keeps the sort stable */
    struct resource *resource;
};

/* Of two Namespaces the one of the core group comes first. */
static int compare_gvk_keys(const struct sort_row *a, const struct sort_row *b)
{
    int order = slice_compare(a->gvk_key, b->gvk_key);
    bool namespaces = slice_is(a->gvk.kind, "Namespace") && slice_is(b->gvk.kind, "Namespace");
    return namespaces && (a->gvk.group.len == 0 || b->gvk.group.len == 0) ? -order : order;
}

static int compare_rows(const void *left, const void *right)
{
    const struct sort_row *a = left;
    const struct sort_row *b = right;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    int order = gvk_equal(&a->gvk, &b->gvk) ? 0 : compare_gvk_keys(a, b);
    if (order == 0)
        order = slice_compare(a->id_key, b->id_key);
    if (order)
        return order;
    return a->index < b->index ? -1 : a->index > b->index;
}

static struct sort_row row_of(struct arena *a, struct resource *r, const struct kind_ranks *ranks, size_t index)
{
    struct res_id id = resource_id(r);
    struct sort_row row = {.rank = rank_of(ranks, id.gvk.kind), .gvk = id.gvk, .index = index, .resource = r};
    struct buffer key = BUFFER_INIT;
    write_gvk_key(&key, &id.gvk);
    row.gvk_key = buffer_move(&key, a);
    gvk_write(&key, &id.gvk);
    buffer_add_char(&key, '|');
    add_or(&key, id.namespace, "~X");
    buffer_add_char(&key, '|');
    add_or(&key, id.name, "~N");
    row.id_key = buffer_move(&key, a);
    return row;
}

void sort_order_legacy(struct arena *a, struct resource **resources, size_t count, const struct kind_ranks *ranks)
{
    struct sort_row *rows = ARENA_ARRAY(a, struct sort_row, count + 1);
    for (size_t i = 0; i < count; i++)
        rows[i] = row_of(a, resources[i], ranks ? ranks : &default_ranks, i);
    qsort(rows, count, sizeof *rows, compare_rows);
    for (size_t i = 0; i < count; i++)
        resources[i] = rows[i].resource;
}

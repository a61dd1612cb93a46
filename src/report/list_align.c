/*
 * list_align.c - which items of two lists belong together
 */
#include "report/list_align.h"

#include "base/buffer.h"
#include "report/same.h"
#include "report/sequence.h"

enum {
    MOST_KEY_PARTS = 4
};

/* A natural key: the fields (dotted paths) whose texts, joined, name an item. */
struct list_key {
    const char *field; /* of the list; null: of any */
    bool any;          /* an item has at least one of the parts; else it has the first */
    const char *parts[MOST_KEY_PARTS];
};

/* Tried in order. A port's name is what others refer to, so it goes before the number. */
static const struct list_key keys[] = {
    {"volumeMounts", false, {"mountPath"}},
    {"volumeDevices", false, {"devicePath"}},
    {"hostAliases", false, {"ip"}},
    {"topologySpreadConstraints", false, {"topologyKey"}},
    {"topologySpreadConstraints", false, {"topologyKey", "whenUnsatisfiable"}},
    {"tolerations", false, {"key", "effect", "value"}},
    {"envFrom", true, {"configMapRef.name", "secretRef.name", "prefix"}},
    {"sources", true, {"secret.name", "configMap.name", "serviceAccountToken.path"}},
    {"ports", false, {"name"}},
    {"ports", false, {"containerPort", "protocol"}},
    {"ports", false, {"port", "protocol"}},
    {"rules", true, {"alert", "record"}},
    {"rules", false, {"host"}},
    {"paths", false, {"path"}},
    {"tls", false, {"secretName"}},
    {"subjects", false, {"kind", "namespace", "name"}},
    {"metrics", true, {"resource.name", "containerResource.name", "pods.metric.name", "external.metric.name"}},
    {"policies", false, {"type"}},
    {"requiredDuringSchedulingIgnoredDuringExecution", false, {"topologyKey"}},
    {NULL, false, {"name"}},
    {NULL, false, {"key"}},
    {NULL, false, {"topologyKey"}},
    {NULL, false, {"type"}},
    {NULL, false, {"id"}},
    {NULL, false, {"host"}},
    {NULL, false, {"path"}},
};

/* --- keys ------------------------------------------------------------------------------------------------------- */

/* The scalar at a dotted path, or null. */
static const struct value *part_value(struct value item, const char *path)
{
    struct slice rest = slice_text(path);
    struct slice step;
    const struct value *found = NULL;
    while (slice_next_piece(&rest, '.', &step)) {
        found = value_is_map(item) ? map_find(item.map, step) : NULL;
        if (!found)
            return NULL;
        item = *found;
    }
    return value_is_scalar(item) && item.kind != VALUE_NIL ? found : NULL;
}

/* The item's key as text; false where it has none. */
static bool item_key(struct arena *a, struct value item, const struct list_key *key, struct slice *out)
{
    struct buffer text = BUFFER_INIT;
    size_t found = 0;
    bool first = false;
    for (size_t i = 0; i < MOST_KEY_PARTS && key->parts[i]; i++) {
        const struct value *part = part_value(item, key->parts[i]);
        if (!part)
            continue;
        if (found++)
            buffer_add_char(&text, '/');
        buffer_add(&text, same_scalar_text(a, *part));
        first |= i == 0;
    }
    *out = buffer_move(&text, a);
    return key->any ? found > 0 : first;
}

/* The keys of all items; null where one has none or two have the same. Numbers them in `symbols`. */
static struct slice *list_keys(struct arena *a, const struct list *list, const struct list_key *key,
                               struct symbols *symbols, uint32_t *numbers)
{
    struct slice *texts = ARENA_ARRAY(a, struct slice, list->len);
    struct symbols seen;
    symbols_init(&seen, a);
    for (uint32_t i = 0; i < list->len; i++) {
        if (!item_key(a, list->items[i], key, &texts[i]) || symbols_add(&seen, texts[i]) != i)
            return NULL;
        numbers[i] = symbols_add(symbols, texts[i]);
    }
    return texts;
}

static void pair_by_number(struct arena *a, const struct list *left, const struct list *right, const uint32_t *numbers,
                           const uint32_t *right_numbers, uint32_t symbols, struct list_alignment *out)
{
    uint32_t *where = ARENA_ARRAY(a, uint32_t, symbols); /* 1 + index in the right list */
    for (uint32_t i = 0; i < right->len; i++)
        where[right_numbers[i]] = i + 1;
    for (uint32_t i = 0; i < left->len; i++) {
        uint32_t found = where[numbers[i]];
        out->partner[i] = found ? found - 1 : LIST_NONE;
    }
}

static bool align_by_key(struct arena *a, const struct list *left, const struct list *right,
                         const struct list_key *key, struct list_alignment *out)
{
    struct symbols symbols;
    uint32_t *numbers = ARENA_ARRAY(a, uint32_t, left->len);
    uint32_t *right_numbers = ARENA_ARRAY(a, uint32_t, right->len);
    symbols_init(&symbols, a);
    out->left_keys = list_keys(a, left, key, &symbols, numbers);
    out->right_keys = out->left_keys ? list_keys(a, right, key, &symbols, right_numbers) : NULL;
    if (!out->right_keys)
        return false;
    pair_by_number(a, left, right, numbers, right_numbers, symbols.count, out);
    return true;
}

static bool holds_maps(const struct list *list)
{
    for (uint32_t i = 0; i < list->len; i++) {
        if (!value_is_map(list->items[i]))
            return false;
    }
    return true;
}

static bool align_by_keys(struct arena *a, struct slice field, const struct list *left, const struct list *right,
                          struct list_alignment *out)
{
    if (!holds_maps(left) || !holds_maps(right))
        return false;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (keys[i].field && !slice_is(field, keys[i].field))
            continue;
        if (align_by_key(a, left, right, &keys[i], out))
            return true;
    }
    return false;
}

/* --- sequences -------------------------------------------------------------------------------------------------- */

static uint32_t *item_symbols(struct arena *a, const struct list *list, struct symbols *symbols)
{
    uint32_t *numbers = ARENA_ARRAY(a, uint32_t, list->len);
    for (uint32_t i = 0; i < list->len; i++) {
        uint64_t hash = same_hash(list->items[i]);
        numbers[i] = symbols_add(symbols, arena_slice(a, slice_of((const char *)&hash, sizeof hash)));
    }
    return numbers;
}

/* Pairs what is left between two pairs in order, kind by kind: a changed item is then seen as changed. */
static void pair_gap(const struct list *left, const struct list *right, uint32_t from, uint32_t to, uint32_t right_from,
                     uint32_t right_to, uint32_t *partner)
{
    for (; from < to && right_from < right_to; from++, right_from++) {
        if (left->items[from].kind != right->items[right_from].kind)
            return;
        partner[from] = right_from;
    }
}

static void pair_gaps(const struct list *left, const struct list *right, uint32_t *partner)
{
    uint32_t from = 0;
    uint32_t right_from = 0;
    for (uint32_t i = 0; i < left->len; i++) {
        if (partner[i] == SEQUENCE_NONE)
            continue;
        uint32_t right_at = partner[i];
        pair_gap(left, right, from, i, right_from, right_at, partner);
        from = i + 1;
        right_from = right_at + 1;
    }
    pair_gap(left, right, from, left->len, right_from, right->len, partner);
}

static void align_as_sequences(struct arena *a, const struct list *left, const struct list *right,
                               struct list_alignment *out)
{
    struct symbols symbols;
    symbols_init(&symbols, a);
    struct sequence l = {item_symbols(a, left, &symbols), left->len};
    struct sequence r = {item_symbols(a, right, &symbols), right->len};
    sequence_align(l, r, symbols.count, out->partner);
    pair_gaps(left, right, out->partner);
}

void list_align(struct arena *a, struct slice field, const struct list *left, const struct list *right,
                struct list_alignment *out)
{
    *out = (struct list_alignment){.partner = ARENA_ARRAY(a, uint32_t, left->len),
                                   .partner_of_right = ARENA_ARRAY(a, uint32_t, right->len)};
    out->keyed = align_by_keys(a, field, left, right, out);
    if (!out->keyed)
        align_as_sequences(a, left, right, out);
    for (uint32_t i = 0; i < right->len; i++)
        out->partner_of_right[i] = LIST_NONE;
    for (uint32_t i = 0; i < left->len; i++) {
        if (out->partner[i] != LIST_NONE)
            out->partner_of_right[out->partner[i]] = i;
    }
}

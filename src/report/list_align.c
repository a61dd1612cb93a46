/*
 * list_align.c - which items of two lists belong together
 */
#include "report/list_align.h"

#include "base/buffer.h"
#include "report/likeness.h"
#include "report/same.h"
#include "report/sequence.h"

enum {
    MOST_KEY_PARTS = 4,
    MOST_PAIRS = 1024 /* items compared with each other in a gap */
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

/* --- keys -------------------------------------------------------------------------------------------------------- */

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

/* --- sequences --------------------------------------------------------------------------------------------------- */

static uint32_t *item_symbols(struct arena *a, const struct list *list, struct symbols *symbols)
{
    uint32_t *numbers = ARENA_ARRAY(a, uint32_t, list->len);
    for (uint32_t i = 0; i < list->len; i++) {
        uint64_t hash = same_hash(list->items[i]);
        numbers[i] = symbols_add(symbols, arena_slice(a, slice_of((const char *)&hash, sizeof hash)));
    }
    return numbers;
}

/* Items between two pairs, ends not included. */
struct gap {
    uint32_t left, left_end;
    uint32_t right, right_end;
};

/* Large gaps are paired in order, kind by kind. */
static void pair_in_order(const struct list *left, const struct list *right, struct gap gap, uint32_t *partner)
{
    for (; gap.left < gap.left_end && gap.right < gap.right_end; gap.left++, gap.right++) {
        if (left->items[gap.left].kind != right->items[gap.right].kind)
            return;
        partner[gap.left] = gap.right;
    }
}

static struct leaves *gap_leaves(struct arena *a, const struct list *list, uint32_t from, uint32_t to)
{
    struct leaves *out = ARENA_ARRAY(a, struct leaves, to - from);
    for (uint32_t i = from; i < to; i++) {
        leaves_add(a, &out[i - from], list->items[i], 0);
        leaves_sort(&out[i - from]);
    }
    return out;
}

/* What a pair of items is worth: something if they are of one kind at all, more for what they have in common. */
static uint32_t worth(struct value left, struct value right, const struct leaves *l, const struct leaves *r)
{
    return left.kind == right.kind ? 1 + leaves_likeness(l, r) : 0;
}

/* In a small gap the pairs are those that have most in common, in order: a changed item is then seen as changed, and
   not as another one. best[i][j] is what the items from i and j on are worth. */
static void pair_alike(struct arena *a, const struct list *left, const struct list *right, struct gap gap,
                       uint32_t *partner)
{
    uint32_t n = gap.left_end - gap.left;
    uint32_t m = gap.right_end - gap.right;
    struct leaves *l = gap_leaves(a, left, gap.left, gap.left_end);
    struct leaves *r = gap_leaves(a, right, gap.right, gap.right_end);
    uint32_t width = m + 1;
    uint32_t *best = ARENA_ARRAY(a, uint32_t, (size_t)(n + 1) * width);
    uint32_t *pair = ARENA_ARRAY(a, uint32_t, (size_t)(n + 1) * width);
    for (uint32_t i = n; i-- > 0;) {
        for (uint32_t j = m; j-- > 0;) {
            uint32_t skip_left = best[(i + 1) * width + j];
            uint32_t skip_right = best[i * width + j + 1];
            uint32_t one = worth(left->items[gap.left + i], right->items[gap.right + j], &l[i], &r[j]);
            pair[i * width + j] = one ? one + best[(i + 1) * width + j + 1] : 0;
            best[i * width + j] = skip_left > skip_right ? skip_left : skip_right;
            if (pair[i * width + j] > best[i * width + j])
                best[i * width + j] = pair[i * width + j];
        }
    }
    for (uint32_t i = 0, j = 0; i < n && j < m;) {
        if (pair[i * width + j] && pair[i * width + j] == best[i * width + j])
            partner[gap.left + i++] = gap.right + j++;
        else if (best[(i + 1) * width + j] == best[i * width + j])
            i++;
        else
            j++;
    }
}

static void pair_gap(struct arena *a, const struct list *left, const struct list *right, struct gap gap,
                     uint32_t *partner)
{
    size_t n = gap.left_end - gap.left;
    size_t m = gap.right_end - gap.right;
    if (n == 0 || m == 0)
        return;
    if (n > MOST_PAIRS / m)
        pair_in_order(left, right, gap, partner);
    else
        pair_alike(a, left, right, gap, partner);
}

/* Pairs what is left between two pairs. */
static void pair_gaps(struct arena *a, const struct list *left, const struct list *right, uint32_t *partner)
{
    struct gap gap = {0, 0, 0, 0};
    for (uint32_t i = 0; i < left->len; i++) {
        if (partner[i] == SEQUENCE_NONE)
            continue;
        uint32_t right_at = partner[i];
        gap.left_end = i;
        gap.right_end = right_at;
        pair_gap(a, left, right, gap, partner);
        gap = (struct gap){i + 1, 0, right_at + 1, 0};
    }
    gap.left_end = left->len;
    gap.right_end = right->len;
    pair_gap(a, left, right, gap, partner);
}

static void align_as_sequences(struct arena *a, const struct list *left, const struct list *right,
                               struct list_alignment *out)
{
    struct symbols symbols;
    symbols_init(&symbols, a);
    struct sequence l = {item_symbols(a, left, &symbols), left->len};
    struct sequence r = {item_symbols(a, right, &symbols), right->len};
    sequence_align(l, r, symbols.count, out->partner);
    pair_gaps(a, left, right, out->partner);
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

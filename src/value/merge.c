/*
 * merge.c - deep merge of value layers
 *
 * At each level of the tree every layer that has a map there is a cursor over its sorted entries. The entries of the
 * lowest key up to the next layer's key are a run that nobody else touches and are copied as a block, the end of the
 * run found by doubling steps: a small overlay over a large base costs the overlay's keys and one memcpy. A key that
 * several layers have is folded from the lowest layer up; the maps among its values become the cursors of the next
 * level. Cursors of all levels lie on one stack, as do the entries of the maps in the making, so a merge allocates
 * nothing else but its result, at its size.
 */
#include "value/merge.h"

#include "base/limits.h"
#include "base/memory.h"
#include "value/key_path.h"

struct cursor {
    const struct map *map;
    const struct entry *at;
    const struct entry *end;
    uint64_t head; /* the first bytes of the key at `at`, once the level is being merged */
};

/* Where the walk stands, for messages. */
struct level {
    const struct level *above;
    const struct entry *entry; /* null: an item of a list */
    size_t index;
    size_t depth;
};

struct merger {
    struct arena *arena;
    const struct merge_policy *policy;
    struct cursor *cursors; /* the stack */
    size_t count;
    size_t cap;
    struct entry *entries; /* a second stack: the entries of maps that are being made */
    size_t entry_count;
    size_t entry_cap;
};

/* The value of a key as it grows from layer to layer. */
struct folded {
    bool present;
    struct value value;
    size_t first; /* the cursors from here to the top of the stack are the maps to be merged */
};

const struct merge_policy merge_helm_layers = {.null = MERGE_NULL_REPLACES};
const struct merge_policy merge_helmfile_layers = {.null = MERGE_NULL_YIELDS, .lists = MERGE_LISTS_BY_INDEX_GAPS};
const struct merge_policy merge_helmfile_set = {.null = MERGE_NULL_YIELDS, .lists = MERGE_LISTS_BY_INDEX};
const struct merge_policy merge_kustomize_values = {.null = MERGE_NULL_DELETES};

/* --- keys ----------------------------------------------------------------------------------------------------- */

/* The first eight bytes, so that the numbers order as the keys do; equal ones of short keys differ in length alone. */
static uint64_t key_head(struct slice key)
{
    unsigned char bytes[8] = {0};
    if (key.len >= sizeof bytes)
        memcpy(bytes, key.ptr, sizeof bytes);
    else if (key.len)
        memcpy(bytes, key.ptr, key.len);
    uint64_t head = 0;
    for (size_t i = 0; i < sizeof bytes; i++)
        head = head << 8 | bytes[i];
    return head;
}

static int compare_cursors(const struct cursor *c, const struct cursor *d)
{
    if (c->head != d->head)
        return c->head < d->head ? -1 : 1;
    struct slice key = c->at->key;
    struct slice other = d->at->key;
    if (key.len <= sizeof c->head && other.len <= sizeof c->head)
        return (key.len > other.len) - (key.len < other.len);
    return slice_compare(key, other);
}

/* The first entry from `at` on whose key is not below `key`; near ones are found in few steps. */
static const struct entry *run_end(const struct entry *at, const struct entry *end, struct slice key)
{
    size_t step = 1;
    while (step < (size_t)(end - at) && slice_compare(at[step].key, key) < 0) {
        at += step;
        step *= 2;
    }
    const struct entry *high = step < (size_t)(end - at) ? at + step : end;
    while (at < high) {
        const struct entry *middle = at + (high - at) / 2;
        if (slice_compare(middle->key, key) < 0)
            at = middle + 1;
        else
            high = middle;
    }
    return at;
}

/* --- the stack of cursors ------------------------------------------------------------------------------------- */

static void cursor_moved(struct cursor *c)
{
    c->head = c->at < c->end ? key_head(c->at->key) : 0;
}

/* Whether a null that has nothing below it to override goes. */
static bool drops_lone_null(const struct merger *m)
{
    return m->policy->null == MERGE_NULL_DELETES || m->policy->null == MERGE_NULL_IGNORED;
}

/* A map without entries changes nothing and gets no cursor, unless it makes a null above it go. */
static void push(struct merger *m, const struct map *map)
{
    if (map->len == 0 && !drops_lone_null(m))
        return;
    if (m->count == m->cap) {
        m->cap = m->cap ? 2 * m->cap : 64;
        m->cursors = memory_resize(m->cursors, m->cap * sizeof *m->cursors);
    }
    struct cursor *c = &m->cursors[m->count++];
    *c = (struct cursor){.map = map, .at = map->entries, .end = map->entries + map->len};
}

/* --- clashes -------------------------------------------------------------------------------------------------- */

static void write_path(struct buffer *out, const struct level *level)
{
    if (level->above)
        write_path(out, level->above);
    if (level->entry)
        key_path_add_key(out, level->entry->key);
    else if (level->above)
        key_path_add_index(out, level->index);
}

static void report_clash(const struct merger *m, const struct level *level, struct value low, struct value high)
{
    if (!m->policy->on_clash)
        return;
    struct buffer path = BUFFER_INIT;
    write_path(&path, level);
    const struct merge_clash clash = {buffer_slice(&path), low, high};
    m->policy->on_clash(m->policy->context, &clash);
    buffer_release(&path);
}

/* --- folding -------------------------------------------------------------------------------------------------- */

static struct map *merge_cursors(struct merger *m, size_t first, const struct level *level);
static struct value merge_lists_of(struct merger *m, struct list *low, struct value high, const struct level *level);

static void fold_set(struct merger *m, struct folded *f, struct value v)
{
    m->count = f->first;
    f->present = true;
    f->value = v;
    if (v.kind == VALUE_MAP)
        push(m, v.map);
}

static void fold_null(struct merger *m, struct folded *f, struct value null)
{
    switch (m->policy->null) {
    case MERGE_NULL_REPLACES:
        fold_set(m, f, null);
        break;
    case MERGE_NULL_DELETES:
        m->count = f->first;
        f->present = false;
        break;
    case MERGE_NULL_CANCELS:
        m->count = f->first;
        f->present = f->value.kind == VALUE_NIL;
        break;
    case MERGE_NULL_YIELDS:
    case MERGE_NULL_IGNORED:
        break;
    }
}

static bool has_gap(const struct list *list)
{
    for (uint32_t i = 0; i < list->len; i++) {
        if (list->items[i].kind == VALUE_NIL)
            return true;
    }
    return false;
}

static bool merges_items(const struct merger *m, struct value low, struct value high)
{
    if (low.kind != VALUE_LIST || high.kind != VALUE_LIST)
        return false;
    return m->policy->lists == MERGE_LISTS_BY_INDEX ||
           (m->policy->lists == MERGE_LISTS_BY_INDEX_GAPS && has_gap(high.list));
}

/* Lays `high` over what the lower layers made of the key. `lowest`: no layer is below, so a null is no order yet. */
static void fold(struct merger *m, struct folded *f, struct value high, bool lowest, const struct level *level)
{
    struct value low = f->value;
    if (!f->present) {
        if (high.kind != VALUE_NIL || lowest || !drops_lone_null(m))
            fold_set(m, f, high);
    } else if (high.kind == VALUE_NIL) {
        fold_null(m, f, high);
    } else if (low.kind == VALUE_MAP && high.kind == VALUE_MAP) {
        push(m, high.map);
        f->value.origin = high.origin;
    } else if (merges_items(m, low, high)) {
        fold_set(m, f, merge_lists_of(m, low.list, high, level));
    } else if (low.kind == VALUE_NIL || (low.kind != VALUE_MAP && high.kind != VALUE_MAP)) {
        fold_set(m, f, high);
    } else {
        report_clash(m, level, low, high);
        if (low.kind == VALUE_MAP ? !m->policy->scalar_keeps_map : !m->policy->map_keeps_scalar)
            fold_set(m, f, high);
    }
}

/* Ends a fold: the value, its maps merged. */
static struct value folded_value(struct merger *m, struct folded *f, const struct level *level)
{
    if (f->present && f->value.kind == VALUE_MAP && m->count > f->first)
        f->value.map = merge_cursors(m, f->first, level);
    m->count = f->first;
    return f->value;
}

static struct value merge_two(struct merger *m, struct value low, struct value high, const struct level *level)
{
    struct folded f = {.first = m->count};
    fold(m, &f, low, true, level);
    fold(m, &f, high, false, level);
    return folded_value(m, &f, level);
}

/* Item by item: a null keeps the lower item, only maps are merged further. */
static struct value merge_lists_of(struct merger *m, struct list *low, struct value high, const struct level *level)
{
    uint32_t len = low->len > high.list->len ? low->len : high.list->len;
    struct list *merged = list_new(m->arena, len);
    for (uint32_t i = 0; i < len; i++) {
        struct value none = value_nil();
        struct value below = i < low->len ? low->items[i] : none;
        struct value above = i < high.list->len ? high.list->items[i] : none;
        struct level here = {.above = level, .index = i, .depth = level->depth + 1};
        if (above.kind == VALUE_NIL)
            above = below;
        else if (above.kind == VALUE_MAP && below.kind == VALUE_MAP)
            above = merge_two(m, below, above, &here);
        list_add(m->arena, merged, above);
    }
    return value_from(value_list_as((enum go_type)high.type, merged), high.origin);
}

/* --- one level ------------------------------------------------------------------------------------------------ */

/* The cursors of a level that stand at the lowest key, and where the next higher key stands. */
struct turn {
    size_t lowest; /* index of the first of them */
    size_t ties;   /* how many there are */
    size_t next;   /* a cursor at the next higher key */
    bool has_next;
};

/* False when all cursors are at their end. */
static bool find_turn(const struct merger *m, size_t first, size_t last, struct turn *turn)
{
    *turn = (struct turn){0};
    for (size_t i = first; i < last; i++) {
        const struct cursor *c = &m->cursors[i];
        if (c->at == c->end)
            continue;
        int order = turn->ties ? compare_cursors(c, &m->cursors[turn->lowest]) : -1;
        if (order == 0) {
            turn->ties++;
        } else if (order < 0) {
            turn->has_next = turn->ties > 0;
            turn->next = turn->lowest;
            turn->lowest = i;
            turn->ties = 1;
        } else if (!turn->has_next || compare_cursors(c, &m->cursors[turn->next]) < 0) {
            turn->has_next = true;
            turn->next = i;
        }
    }
    return turn->ties > 0;
}

static void add_entries(struct merger *m, const struct entry *entries, size_t count)
{
    if (count > m->entry_cap - m->entry_count) {
        m->entry_cap = 2 * (m->entry_count + count);
        m->entries = memory_resize(m->entries, m->entry_cap * sizeof *m->entries);
    }
    memcpy(m->entries + m->entry_count, entries, count * sizeof *entries);
    m->entry_count += count;
}

/* Copies the entries of one layer that lie below the next layer's key. */
static void take_run(struct merger *m, size_t first, const struct turn *turn)
{
    struct cursor *c = &m->cursors[turn->lowest];
    const struct entry *end = turn->has_next ? run_end(c->at, c->end, m->cursors[turn->next].at->key) : c->end;
    if (turn->lowest == first || !drops_lone_null(m)) {
        add_entries(m, c->at, (size_t)(end - c->at));
    } else {
        for (const struct entry *e = c->at; e < end; e++) {
            if (e->value.kind != VALUE_NIL)
                add_entries(m, e, 1);
        }
    }
    c->at = end;
    cursor_moved(c);
}

/* Folds a key that several layers have. The stack may move while it grows: cursors are named by index. */
static void take_key(struct merger *m, size_t first, size_t last, const struct turn *turn, const struct level *level)
{
    const struct entry *entry = m->cursors[turn->lowest].at;
    struct level here = {.above = level, .entry = entry, .depth = level->depth + 1};
    struct folded f = {.first = m->count};
    size_t left = turn->ties;
    for (size_t i = turn->lowest; left > 0 && i < last; i++) {
        struct cursor *c = &m->cursors[i];
        if (c->at == c->end || !slice_equal(c->at->key, entry->key))
            continue;
        struct value v = c->at->value;
        c->at++;
        cursor_moved(c);
        fold(m, &f, v, i == first, &here);
        left--;
    }
    const struct entry merged = {entry->key, folded_value(m, &f, &here)};
    if (f.present)
        add_entries(m, &merged, 1);
}

/* Takes the entries from `first` on off their stack and makes a map of them. */
static struct map *take_map(struct merger *m, size_t first)
{
    size_t len = m->entry_count - first;
    struct map *map = map_new(m->arena, (uint32_t)len);
    if (len)
        memcpy(map->entries, m->entries + first, len * sizeof *map->entries);
    map->len = (uint32_t)len;
    m->entry_count = first;
    return map;
}

/* Merges the maps of the cursors from `first` to the top of the stack and takes them off. A single map is shared. */
static struct map *merge_cursors(struct merger *m, size_t first, const struct level *level)
{
    size_t last = m->count;
    struct map *only = (struct map *)m->cursors[last - 1].map;
    if (last - first == 1 || level->depth > LIMIT_VALUE_DEPTH) {
        m->count = first;
        return only;
    }
    for (size_t i = first; i < last; i++)
        cursor_moved(&m->cursors[i]);
    size_t first_entry = m->entry_count;
    struct turn turn;
    while (find_turn(m, first, last, &turn)) {
        if (turn.ties == 1)
            take_run(m, first, &turn);
        else
            take_key(m, first, last, &turn, level);
    }
    m->count = first;
    return take_map(m, first_entry);
}

struct value merge_layers(struct arena *a, const struct value *layers, size_t count,
                          const struct merge_policy *policy)
{
    struct merger m = {.arena = a, .policy = policy};
    const struct level root = {0};
    struct folded f = {0};
    for (size_t i = 0; i < count; i++) {
        if (layers[i].kind == VALUE_MAP)
            fold(&m, &f, layers[i], true, &root);
    }
    if (!f.present)
        f.value = value_map(map_new(a, 0));
    struct value merged = folded_value(&m, &f, &root);
    memory_free(m.cursors);
    memory_free(m.entries);
    return merged;
}

struct value merge_values(struct arena *a, struct value low, struct value high, const struct merge_policy *policy)
{
    const struct value layers[] = {low, high};
    return merge_layers(a, layers, 2, policy);
}

/*
 * flow.c - what values are made of
 */
#include "template/flow.h"

#include "base/limits.h"
#include "value/key_path.h"

enum {
    JOIN_SLOTS = 1024,
    CHUNK = 512,         /* nodes that are allocated at once */
    LARGEST_WALK = 100000 /* values looked at to find what one is made of */
};

/* A path made when a template first asked for it. */
struct absence {
    uint32_t id; /* 0: a free slot */
};

struct flow {
    struct arena *arena;
    struct flow_node **chunks; /* nodes stay where they are: growing copies none */
    uint32_t count;
    uint32_t chunk_cap;
    uint32_t joins[JOIN_SLOTS]; /* the newest join of each slot: the same two are often joined again */
    struct absence *absences; /* open addressing */
    uint32_t absence_count;
    uint32_t absence_cap;
};

/* --- nodes ------------------------------------------------------------------------------------------------------ */

static struct flow_node *node_at(const struct flow *f, uint32_t id)
{
    return &f->chunks[id / CHUNK][id % CHUNK];
}

static void add_chunk(struct flow *f)
{
    uint32_t chunk = f->count / CHUNK;
    if (chunk == f->chunk_cap) {
        uint32_t cap = f->chunk_cap ? f->chunk_cap * 2 : 16;
        f->chunks = arena_resize(f->arena, f->chunks, f->chunk_cap * sizeof *f->chunks, cap * sizeof *f->chunks);
        f->chunk_cap = cap;
    }
    f->chunks[chunk] = arena_alloc(f->arena, CHUNK * sizeof **f->chunks);
}

static uint32_t add_node(struct flow *f, struct flow_node node)
{
    if (f->count % CHUNK == 0)
        add_chunk(f);
    *node_at(f, f->count) = node;
    return f->count++;
}

struct flow *flow_new(struct arena *a)
{
    struct flow *f = ARENA_NEW(a, struct flow);
    f->arena = a;
    f->absence_cap = 64;
    f->absences = ARENA_ARRAY(a, struct absence, f->absence_cap);
    add_node(f, (struct flow_node){.kind = FLOW_NOTHING});
    return f;
}

const struct flow_node *flow_node(const struct flow *f, uint32_t id)
{
    return node_at(f, id);
}

uint32_t flow_count(const struct flow *f)
{
    return f->count;
}

/* --- paths ------------------------------------------------------------------------------------------------------ */

static bool is_container(struct value v)
{
    return v.kind == VALUE_MAP || v.kind == VALUE_LIST;
}

static void mark_below(struct flow *f, uint32_t id, struct value v, const struct map *over, size_t depth);

/* Gives a value a path of its own; `node` says where it is. */
static uint32_t mark_one(struct flow *f, struct flow_node node, struct value *v)
{
    node.kind = FLOW_PATH;
    node.value = *v;
    node.is_container = is_container(*v);
    uint32_t id = add_node(f, node);
    *v = flow_marked(*v, id);
    return id;
}

static void mark(struct flow *f, struct flow_node node, struct value *v, const struct map *over, size_t depth)
{
    if (flow_mark(*v))
        return;
    const struct value *same = over ? map_find(over, node.key) : NULL;
    uint32_t id = same ? flow_mark(*same) : 0;
    if (id)
        *v = flow_marked(*v, id);
    else
        id = mark_one(f, node, v);
    mark_below(f, id, *v, same && same->kind == VALUE_MAP ? same->map : NULL, depth + 1);
}

static void mark_below(struct flow *f, uint32_t id, struct value v, const struct map *over, size_t depth)
{
    if (depth > LIMIT_VALUE_DEPTH)
        return;
    if (v.kind == VALUE_MAP && !(v.map->flags & VALUE_FROZEN)) {
        for (uint32_t i = 0; i < v.map->len; i++) {
            struct flow_node node = {.first = id, .key = v.map->entries[i].key};
            if (!node.key.ptr)
                node.key = SLICE("");
            mark(f, node, &v.map->entries[i].value, over, depth);
        }
    } else if (v.kind == VALUE_LIST && !(v.list->flags & VALUE_FROZEN)) {
        for (uint32_t i = 0; i < v.list->len; i++) {
            struct flow_node node = {.first = id, .second = i};
            mark(f, node, &v.list->items[i], NULL, depth);
        }
    }
}

void flow_mark_entry(struct flow *f, uint32_t parent, struct slice key, struct value *v, const struct map *over)
{
    struct flow_node node = {.first = parent, .key = key};
    if (!flow_mark(*v))
        mark_below(f, mark_one(f, node, v), *v, over, 0);
}

void flow_mark_alone(struct flow *f, uint32_t parent, struct slice key, struct value *v)
{
    mark_one(f, (struct flow_node){.first = parent, .key = key}, v);
}

static bool is_container_path(const struct flow *f, uint32_t id)
{
    return node_at(f, id)->kind == FLOW_PATH && node_at(f, id)->is_container;
}

uint32_t flow_computed(const struct flow *f, uint32_t id)
{
    return is_container_path(f, id) ? 0 : id;
}

/* --- what is not there ------------------------------------------------------------------------------------------ */

static uint32_t absence_hash(uint32_t parent, struct slice key)
{
    uint32_t hash = parent * 2654435761u;
    for (size_t i = 0; i < key.len; i++)
        hash = (hash ^ (unsigned char)key.ptr[i]) * 16777619u;
    return hash ^ hash >> 15;
}

static struct absence *absence_slot(const struct flow *f, uint32_t parent, struct slice key)
{
    uint32_t at = absence_hash(parent, key) & (f->absence_cap - 1);
    for (;; at = (at + 1) & (f->absence_cap - 1)) {
        struct absence *slot = &f->absences[at];
        const struct flow_node *node = node_at(f, slot->id);
        if (!slot->id || (node->first == parent && slice_equal(node->key, key)))
            return slot;
    }
}

static void grow_absences(struct flow *f)
{
    struct absence *old = f->absences;
    uint32_t old_cap = f->absence_cap;
    f->absence_cap *= 2;
    f->absences = ARENA_ARRAY(f->arena, struct absence, f->absence_cap);
    for (uint32_t i = 0; i < old_cap; i++) {
        if (old[i].id)
            *absence_slot(f, node_at(f, old[i].id)->first, node_at(f, old[i].id)->key) = old[i];
    }
}

/* Null: it is not there. */
static uint32_t child(struct flow *f, uint32_t container, struct slice key, const struct value *v)
{
    if (node_at(f, container)->kind != FLOW_PATH)
        return container;
    if (f->absence_count * 2 >= f->absence_cap)
        grow_absences(f);
    if (!key.ptr)
        key = SLICE("");
    struct absence *slot = absence_slot(f, container, key);
    if (!slot->id) {
        struct flow_node node = {.kind = FLOW_PATH, .first = container, .key = key, .is_missing = !v};
        if (v)
            node.value = flow_marked(*v, 0);
        slot->id = add_node(f, node);
        f->absence_count++;
    }
    return slot->id;
}

uint32_t flow_missing(struct flow *f, uint32_t container, struct slice key)
{
    return child(f, container, key, NULL);
}

uint32_t flow_child(struct flow *f, uint32_t container, struct slice key, struct value v)
{
    return child(f, container, key, &v);
}

/* --- combining -------------------------------------------------------------------------------------------------- */

uint32_t flow_element(struct flow *f, uint32_t container, uint32_t element)
{
    if (!element || !container)
        return element ? element : container;
    return is_container_path(f, container) ? element : flow_join(f, element, container);
}

uint32_t flow_name(struct flow *f, uint32_t id)
{
    if (node_at(f, id)->kind != FLOW_PATH)
        return id;
    return add_node(f, (struct flow_node){.kind = FLOW_NAME, .first = id});
}

uint32_t flow_join(struct flow *f, uint32_t a, uint32_t b)
{
    if (!a || !b || a == b)
        return a ? a : b;
    const struct flow_node *left = node_at(f, a);
    if (left->kind == FLOW_JOIN && (left->first == b || left->second == b))
        return a;
    uint32_t *slot = &f->joins[(a * 31 + b) & (JOIN_SLOTS - 1)];
    const struct flow_node *known = node_at(f, *slot);
    if (known->kind != FLOW_JOIN || known->first != a || known->second != b)
        *slot = add_node(f, (struct flow_node){.kind = FLOW_JOIN, .first = a, .second = b});
    return *slot;
}

uint32_t flow_text(struct flow *f, uint32_t number)
{
    return add_node(f, (struct flow_node){.kind = FLOW_TEXT, .first = number});
}

uint32_t flow_answer(struct flow *f, uint32_t content, uint32_t truth)
{
    if (content == truth)
        return content;
    return add_node(f, (struct flow_node){.kind = FLOW_ANSWER, .first = content, .second = truth});
}

/* A value may hold itself, and that in many ways: the walk ends when `left` is used up. */
static uint32_t whole(struct flow *f, struct value v, uint32_t all, size_t depth, size_t *left)
{
    all = flow_join(f, all, flow_mark(v));
    if (depth > LIMIT_VALUE_DEPTH || *left == 0)
        return all;
    --*left;
    for (uint32_t i = 0; v.kind == VALUE_LIST && i < v.list->len; i++)
        all = whole(f, v.list->items[i], all, depth + 1, left);
    for (uint32_t i = 0; v.kind == VALUE_MAP && i < v.map->len; i++)
        all = whole(f, v.map->entries[i].value, all, depth + 1, left);
    return all;
}

uint32_t flow_whole(struct flow *f, struct value v)
{
    size_t left = LARGEST_WALK;
    return whole(f, v, 0, 0, &left);
}

/* --- showing ---------------------------------------------------------------------------------------------------- */

void flow_write_path(const struct flow *f, uint32_t id, struct buffer *out)
{
    const struct flow_node *node = node_at(f, id);
    if (node->first)
        flow_write_path(f, node->first, out);
    if (node->kind != FLOW_PATH)
        return;
    if (!node->key.ptr)
        key_path_add_index(out, node->second);
    else if (node->first)
        key_path_add_key(out, node->key);
    else
        buffer_printf(out, ".%.*s", SLICE_ARG(node->key));
}

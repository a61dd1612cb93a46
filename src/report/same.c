/*
 * same.c - when two values of manifests say the same
 */
#include "report/same.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "golang/strconv.h"

enum {
    HASH_NIL = 1,
    HASH_BOOL,
    HASH_NUMBER,
    HASH_STRING,
    HASH_LIST,
    HASH_MAP
};

static bool is_number(struct value v)
{
    return v.kind == VALUE_INT || v.kind == VALUE_UINT || v.kind == VALUE_FLOAT;
}

static double as_float(struct value v)
{
    switch (v.kind) {
    case VALUE_INT:
        return (double)v.i;
    case VALUE_UINT:
        return (double)v.u;
    default:
        return v.f;
    }
}

static bool same_number(struct value a, struct value b)
{
    if (a.kind == VALUE_INT && b.kind == VALUE_INT)
        return a.i == b.i;
    if (a.kind == VALUE_UINT && b.kind == VALUE_UINT)
        return a.u == b.u;
    return as_float(a) == as_float(b);
}

static bool same_list(const struct list *a, const struct list *b)
{
    if (a->len != b->len)
        return false;
    for (uint32_t i = 0; i < a->len; i++) {
        if (!same_value(a->items[i], b->items[i]))
            return false;
    }
    return true;
}

static bool same_map(const struct map *a, const struct map *b)
{
    if (a->len != b->len)
        return false;
    for (uint32_t i = 0; i < a->len; i++) {
        if (!slice_equal(a->entries[i].key, b->entries[i].key) ||
            !same_value(a->entries[i].value, b->entries[i].value))
            return false;
    }
    return true;
}

bool same_value(struct value a, struct value b)
{
    if (is_number(a) && is_number(b))
        return same_number(a, b);
    if (a.kind != b.kind)
        return false;
    switch (a.kind) {
    case VALUE_BOOL:
        return a.b == b.b;
    case VALUE_STRING:
    case VALUE_BYTES:
        return slice_equal(value_slice(a), value_slice(b));
    case VALUE_LIST:
        return a.list == b.list || same_list(a.list, b.list);
    case VALUE_MAP:
        return a.map == b.map || same_map(a.map, b.map);
    default:
        return true;
    }
}

static uint64_t mix(uint64_t hash, uint64_t more)
{
    hash = (hash ^ more) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

static uint64_t number_hash(struct value v)
{
    double f = as_float(v);
    uint64_t bits;
    if (f == 0)
        f = 0; /* -0 is 0 */
    memcpy(&bits, &f, sizeof bits);
    return mix(HASH_NUMBER, bits);
}

uint64_t same_hash(struct value v)
{
    uint64_t hash;
    if (is_number(v))
        return number_hash(v);
    switch (v.kind) {
    case VALUE_BOOL:
        return mix(HASH_BOOL, v.b);
    case VALUE_STRING:
    case VALUE_BYTES:
        return mix(HASH_STRING, hash_slice(value_slice(v)));
    case VALUE_LIST:
        hash = HASH_LIST;
        for (uint32_t i = 0; i < v.list->len; i++)
            hash = mix(hash, same_hash(v.list->items[i]));
        return hash;
    case VALUE_MAP:
        hash = HASH_MAP;
        for (uint32_t i = 0; i < v.map->len; i++)
            hash = mix(mix(hash, hash_slice(v.map->entries[i].key)), same_hash(v.map->entries[i].value));
        return hash;
    default:
        return HASH_NIL;
    }
}

struct slice same_scalar_text(struct arena *a, struct value v)
{
    struct buffer text = BUFFER_INIT;
    switch (v.kind) {
    case VALUE_STRING:
    case VALUE_BYTES:
        return value_slice(v);
    case VALUE_BOOL:
        return v.b ? SLICE("true") : SLICE("false");
    case VALUE_INT:
        go_format_int(&text, v.i, 10);
        return buffer_move(&text, a);
    case VALUE_UINT:
        go_format_uint(&text, v.u, 10);
        return buffer_move(&text, a);
    case VALUE_FLOAT:
        go_format_float(&text, v.f, 'g', -1, 64);
        return buffer_move(&text, a);
    default:
        return SLICE("");
    }
}

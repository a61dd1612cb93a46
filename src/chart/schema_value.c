/*
 * schema_value.c - values as JSON Schema sees them
 */
#include "chart/schema_value.h"

#include "golang/strconv.h"

#include <float.h>

static const char *const type_names[] = {"null", "boolean", "number", "integer", "string", "array", "object"};

_Static_assert(sizeof(type_names) / sizeof(type_names[0]) == SCHEMA_TYPES, "a name for each type");

static bool is_exact_number(struct value v)
{
    return v.kind == VALUE_STRING && (v.bits & VALUE_BIT_NUMBER);
}

unsigned schema_type_of(struct value v)
{
    switch (v.kind) {
    case VALUE_NIL:
        return SCHEMA_NULL;
    case VALUE_BOOL:
        return SCHEMA_BOOLEAN;
    case VALUE_INT:
    case VALUE_UINT:
    case VALUE_FLOAT:
        return SCHEMA_NUMBER;
    case VALUE_STRING:
        return is_exact_number(v) ? SCHEMA_NUMBER : SCHEMA_STRING;
    case VALUE_LIST:
        return SCHEMA_ARRAY;
    case VALUE_MAP:
        return SCHEMA_OBJECT;
    default:
        return 0;
    }
}

unsigned schema_type_named(struct slice name)
{
    for (unsigned i = 0; i < SCHEMA_TYPES; i++) {
        if (slice_is(name, type_names[i]))
            return 1U << i;
    }
    return 0;
}

const char *schema_type_name(unsigned type)
{
    size_t i = 0;
    while (type >>= 1)
        i++;
    return type_names[i];
}

bool schema_value_is_string(struct value v)
{
    return v.kind == VALUE_STRING && !is_exact_number(v);
}

bool schema_value_number(struct arena *a, struct value v, struct schema_number *out)
{
    if (is_exact_number(v))
        return schema_number_parse(a, value_slice(v), out);
    struct buffer text = BUFFER_INIT;
    if (v.kind == VALUE_INT)
        go_format_int(&text, v.i, 10);
    else if (v.kind == VALUE_UINT)
        go_format_uint(&text, v.u, 10);
    else
        go_format_float(&text, v.f, 'e', -1, 64);
    struct slice s = buffer_move(&text, a);
    bool finite = v.kind != VALUE_FLOAT || fabs(v.f) <= DBL_MAX;
    return finite && schema_number_parse(a, s, out);
}

bool schema_value_is_integer(struct arena *a, struct value v)
{
    struct schema_number n;
    if (v.kind == VALUE_INT || v.kind == VALUE_UINT)
        return true;
    if (v.kind == VALUE_FLOAT)
        return v.f == trunc(v.f) && fabs(v.f) <= DBL_MAX;
    return schema_value_number(a, v, &n) && schema_number_is_integer(&n);
}

static bool numbers_equal(struct arena *a, struct value v, struct value w)
{
    struct schema_number n, m;
    return schema_value_number(a, v, &n) && schema_value_number(a, w, &m) && schema_number_compare(&n, &m) == 0;
}

static bool lists_equal(struct arena *a, const struct list *v, const struct list *w, uint64_t *work)
{
    if (v->len != w->len)
        return false;
    for (uint32_t i = 0; i < v->len; i++) {
        if (!schema_value_equal(a, v->items[i], w->items[i], work))
            return false;
    }
    return true;
}

static bool maps_equal(struct arena *a, const struct map *v, const struct map *w, uint64_t *work)
{
    if (v->len != w->len)
        return false;
    for (uint32_t i = 0; i < v->len; i++) {
        const struct entry *e = &v->entries[i], *f = &w->entries[i];
        if (!slice_equal(e->key, f->key) || !schema_value_equal(a, e->value, f->value, work))
            return false;
    }
    return true;
}

bool schema_value_equal(struct arena *a, struct value v, struct value w, uint64_t *work)
{
    ++*work;
    unsigned type = schema_type_of(v);
    if (type != schema_type_of(w))
        return false;
    switch (type) {
    case SCHEMA_NULL:
        return true;
    case SCHEMA_BOOLEAN:
        return v.b == w.b;
    case SCHEMA_NUMBER:
        return numbers_equal(a, v, w);
    case SCHEMA_STRING:
        return slice_equal(value_slice(v), value_slice(w));
    case SCHEMA_ARRAY:
        return lists_equal(a, v.list, w.list, work);
    case SCHEMA_OBJECT:
        return maps_equal(a, v.map, w.map, work);
    default:
        return false;
    }
}

/* --- duplicates --------------------------------------------------------------------------------------------- */

static uint64_t hash_bytes(uint64_t hash, struct slice s)
{
    for (size_t i = 0; i < s.len; i++)
        hash = (hash ^ (unsigned char)s.ptr[i]) * 1099511628211U;
    return hash * 31 + s.len;
}

static uint64_t hash_number(struct arena *a, struct value v, uint64_t hash)
{
    struct schema_number n;
    if (!schema_value_number(a, v, &n))
        return hash;
    return hash_bytes(hash * 31 + (uint64_t)n.exponent * 2 + n.negative, n.digits);
}

/* Equal values have equal hashes. */
static uint64_t hash_value(struct arena *a, struct value v, uint64_t hash)
{
    unsigned type = schema_type_of(v);
    hash = hash * 1099511628211U + type;
    if (type == SCHEMA_BOOLEAN)
        return hash + v.b;
    if (type == SCHEMA_NUMBER)
        return hash_number(a, v, hash);
    if (type == SCHEMA_STRING)
        return hash_bytes(hash, value_slice(v));
    for (uint32_t i = 0; type == SCHEMA_ARRAY && i < v.list->len; i++)
        hash = hash_value(a, v.list->items[i], hash);
    for (uint32_t i = 0; type == SCHEMA_OBJECT && i < v.map->len; i++)
        hash = hash_value(a, v.map->entries[i].value, hash_bytes(hash, v.map->entries[i].key));
    return hash;
}

/* Chains of item numbers plus one by hash; a chain has its items in order. */
struct item_chains {
    size_t *first;
    size_t *last;
    size_t *next;
    size_t mask;
};

static void chains_init(struct item_chains *chains, struct arena *a, size_t count)
{
    size_t cap = 64;
    while (cap < count)
        cap *= 2;
    chains->first = ARENA_ARRAY(a, size_t, cap);
    chains->last = ARENA_ARRAY(a, size_t, cap);
    chains->next = ARENA_ARRAY(a, size_t, count + 1);
    chains->mask = cap - 1;
}

static void chains_add(struct item_chains *chains, size_t slot, size_t item)
{
    if (chains->first[slot])
        chains->next[chains->last[slot]] = item + 1;
    else
        chains->first[slot] = item + 1;
    chains->last[slot] = item + 1;
}

bool schema_find_duplicates(struct arena *a, const struct list *list, size_t *first, size_t *second, uint64_t *work,
                            uint64_t limit)
{
    struct item_chains chains;
    chains_init(&chains, a, list->len);
    for (size_t i = 0; i < list->len && *work <= limit; i++) {
        size_t slot = (size_t)hash_value(a, list->items[i], (uint64_t)(uintptr_t)chains.first) & chains.mask;
        for (size_t at = chains.first[slot]; at && *work <= limit; at = chains.next[at]) {
            if (schema_value_equal(a, list->items[at - 1], list->items[i], work)) {
                *first = at - 1;
                *second = i;
                return true;
            }
        }
        chains_add(&chains, slot, i);
        ++*work;
    }
    return false;
}

/*
 * toml_table.c - the tables of a TOML document while it is read
 */
#include "codec/toml_table.h"

#include "base/hash.h"
#include "base/memory.h"

/* Either an entry of a map or, without one, the marks of a full key. */
struct toml_slot {
    const struct map *map;
    struct slice key;
    uint32_t index;
    bool used;
    bool is_implicit;
    bool is_array;
};

enum {
    FIRST_SLOTS = 64
};

/* --- keys ------------------------------------------------------------------------------------------------------- */

void toml_key_add(struct arena *a, struct toml_key *key, struct slice part)
{
    if (key->count == key->cap) {
        size_t cap = key->cap ? key->cap * 2 : 4;
        struct slice *parts = arena_alloc(a, cap * sizeof *parts);
        if (key->count)
            memcpy(parts, key->parts, key->count * sizeof *parts);
        key->parts = parts;
        key->cap = cap;
    }
    key->parts[key->count++] = part;
}

struct toml_key toml_key_join(struct arena *a, const struct toml_key *key, struct slice part)
{
    struct toml_key joined = {arena_alloc(a, (key->count + 1) * sizeof part), key->count, key->count + 1};
    if (key->count)
        memcpy(joined.parts, key->parts, key->count * sizeof part);
    toml_key_add(a, &joined, part);
    return joined;
}

void toml_write_quoted(struct buffer *out, struct slice text)
{
    static const char names[] = "btnfr\"\\";
    static const char values[] = "\b\t\n\f\r\"\\";
    buffer_add_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        const char *value = c ? strchr(values, c) : NULL;
        if (value) {
            buffer_add_char(out, '\\');
            buffer_add_char(out, names[value - values]);
        } else if ((unsigned char)c < 0x20 || c == 0x7F) {
            buffer_printf(out, "\\u%04x", (unsigned)c);
        } else {
            buffer_add_char(out, c);
        }
    }
    buffer_add_char(out, '"');
}

static bool is_bare(struct slice part)
{
    for (size_t i = 0; i < part.len; i++) {
        char c = part.ptr[i];
        if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'))
            return false;
    }
    return part.len > 0;
}

void toml_key_write_part(struct buffer *out, struct slice part)
{
    if (is_bare(part))
        buffer_add(out, part);
    else
        toml_write_quoted(out, part);
}

struct slice toml_key_text(struct arena *a, const struct toml_key *key)
{
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < key->count; i++) {
        if (i)
            buffer_add_char(&text, '.');
        toml_key_write_part(&text, key->parts[i]);
    }
    return buffer_move(&text, a);
}

/* --- the index -------------------------------------------------------------------------------------------------- */

void toml_tables_init(struct toml_tables *t, struct arena *a)
{
    *t = (struct toml_tables){.arena = a, .root = map_new(a, 0)};
    t->slot_count = FIRST_SLOTS;
    t->slots = memory_zalloc(t->slot_count, sizeof *t->slots);
}

void toml_tables_release(struct toml_tables *t)
{
    memory_free(t->slots);
}

/* The slot of the key, or the empty one where it would stand. */
static struct toml_slot *slot_of(const struct toml_tables *t, const struct map *map, struct slice key)
{
    size_t at = (size_t)(hash_slice(key) ^ ((uintptr_t)map >> 4) * 0x9E3779B97F4A7C15u);
    for (;; at++) {
        struct toml_slot *slot = &t->slots[at & (t->slot_count - 1)];
        if (!slot->used || (slot->map == map && slice_equal(slot->key, key)))
            return slot;
    }
}

static void grow(struct toml_tables *t)
{
    struct toml_slot *old = t->slots;
    size_t count = t->slot_count;
    t->slot_count *= 2;
    t->slots = memory_zalloc(t->slot_count, sizeof *t->slots);
    for (size_t i = 0; i < count; i++) {
        if (old[i].used)
            *slot_of(t, old[i].map, old[i].key) = old[i];
    }
    memory_free(old);
}

static struct toml_slot *slot_made(struct toml_tables *t, const struct map *map, struct slice key)
{
    if (t->used * 2 >= t->slot_count)
        grow(t);
    struct toml_slot *slot = slot_of(t, map, key);
    if (!slot->used) {
        *slot = (struct toml_slot){.map = map, .key = key, .used = true};
        t->used++;
    }
    return slot;
}

static struct value *find(const struct toml_tables *t, struct map *map, struct slice key)
{
    const struct toml_slot *slot = slot_of(t, map, key);
    return slot->used ? &map->entries[slot->index].value : NULL;
}

static struct value *add(struct toml_tables *t, struct map *map, struct slice key, struct value v)
{
    slot_made(t, map, key)->index = map->len;
    map_append(map, key, v);
    return &map->entries[map->len - 1].value;
}

static struct toml_slot *marks_of(struct toml_tables *t, const struct toml_key *key)
{
    return slot_made(t, NULL, toml_key_text(t->arena, key));
}

void toml_tables_mark_implicit(struct toml_tables *t, const struct toml_key *key)
{
    marks_of(t, key)->is_implicit = true;
}

void toml_tables_mark_array(struct toml_tables *t, struct slice key, bool is_array)
{
    struct toml_key full = key.len ? toml_key_join(t->arena, &t->context, key) : t->context;
    marks_of(t, &full)->is_array = is_array;
}

/* --- tables ----------------------------------------------------------------------------------------------------- */

/* The table that a value is: itself, or the newest of an array of tables. Null: neither. */
static struct map *table_of(struct value v)
{
    if (v.kind == VALUE_MAP)
        return v.map;
    if (v.kind == VALUE_LIST && v.type == GO_MAPS)
        return v.list->items[v.list->len - 1].map;
    return NULL;
}

static bool fail(struct toml_tables *t, const struct toml_key *key, const char *what)
{
    t->error = arena_printf(t->arena, "Key '%s' %s", toml_key_text(t->arena, key).ptr, what);
    return false;
}

static struct value new_table(struct toml_tables *t)
{
    return value_map(map_new(t->arena, 0));
}

/* The first `count` parts of a key. */
static struct toml_key first_parts(const struct toml_key *key, size_t count)
{
    return (struct toml_key){key->parts, count, count};
}

/* A key that exists may be given again only where it was implied, or is an array that was. */
static bool set_again(struct toml_tables *t, const struct toml_key *full, struct value *old, struct value v)
{
    struct toml_slot *marks = marks_of(t, full);
    if (!marks->is_implicit)
        return fail(t, full, "has already been defined.");
    marks->is_implicit = false;
    if (marks->is_array)
        *old = v;
    return true;
}

bool toml_tables_set(struct toml_tables *t, struct slice key, struct value v)
{
    struct map *table = t->root;
    for (size_t i = 0; i < t->context.count; i++) {
        struct value *next = find(t, table, t->context.parts[i]);
        table = next ? table_of(*next) : NULL;
        if (!table) {
            struct toml_key reached = first_parts(&t->context, i + 1);
            return fail(t, &reached, "has already been defined.");
        }
    }
    struct value *old = find(t, table, key);
    if (old) {
        struct toml_key full = toml_key_join(t->arena, &t->context, key);
        return set_again(t, &full, old, v);
    }
    add(t, table, key, v);
    return true;
}

/* The table that holds the last part of the key; those missing on the way are made. */
static struct map *enter_parents(struct toml_tables *t, const struct toml_key *key)
{
    struct map *table = t->root;
    for (size_t i = 0; i + 1 < key->count; i++) {
        struct toml_key reached = first_parts(key, i + 1);
        struct value *next = find(t, table, key->parts[i]);
        if (!next) {
            toml_tables_mark_implicit(t, &reached);
            next = add(t, table, key->parts[i], new_table(t));
        }
        table = table_of(*next);
        if (!table) {
            fail(t, &reached, "was already created as a hash.");
            return NULL;
        }
    }
    return table;
}

static bool add_to_array(struct toml_tables *t, struct map *table, const struct toml_key *key)
{
    struct slice last = key->parts[key->count - 1];
    struct value *array = find(t, table, last);
    if (!array)
        array = add(t, table, last, value_list_as(GO_MAPS, list_new(t->arena, 4)));
    if (array->kind != VALUE_LIST || array->type != GO_MAPS)
        return fail(t, key, "was already created and cannot be used as an array.");
    list_add(t->arena, array->list, new_table(t));
    return true;
}

bool toml_tables_enter(struct toml_tables *t, const struct toml_key *key, bool is_array)
{
    struct map *table = enter_parents(t, key);
    if (!table)
        return false;
    t->context = first_parts(key, key->count - 1);
    bool done = is_array ? add_to_array(t, table, key)
                         : toml_tables_set(t, key->parts[key->count - 1], new_table(t));
    if (done)
        t->context = *key;
    return done;
}

bool toml_tables_enter_implicit(struct toml_tables *t, const struct toml_key *key)
{
    toml_tables_mark_implicit(t, key);
    return toml_tables_enter(t, key, false);
}

/* --- the end ---------------------------------------------------------------------------------------------------- */

static void sort_below(struct value v)
{
    if (v.kind == VALUE_LIST) {
        for (uint32_t i = 0; i < v.list->len; i++)
            sort_below(v.list->items[i]);
    } else if (v.kind == VALUE_MAP) {
        for (uint32_t i = 0; i < v.map->len; i++)
            sort_below(v.map->entries[i].value);
        map_sort(v.map, NULL, NULL);
    }
}

struct value toml_tables_finish(struct toml_tables *t)
{
    struct value root = value_map(t->root);
    sort_below(root);
    return root;
}

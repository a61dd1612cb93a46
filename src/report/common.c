/*
 * common.c - changes that many objects have in common
 */
#include "report/common.h"

#include "report/cause.h"
#include "report/same.h"
#include "report/sequence.h"

static void add_text(struct buffer *key, struct slice text)
{
    buffer_add(key, text);
    buffer_add_char(key, '\0');
}

static void add_hash(struct buffer *key, struct value v)
{
    uint64_t hash = same_hash(v);
    buffer_add(key, slice_of((const char *)&hash, sizeof hash));
}

/* All that a change says; values by their hashes. */
static void write_key(const struct object_change *change, const struct field_change *field, struct buffer *key)
{
    field_path_write(field->path, key);
    buffer_add_char(key, '\0');
    buffer_add_char(key, (char)('0' + field->kind));
    add_hash(key, field->left);
    add_hash(key, field->right);
    add_text(key, change->environment);
    for (size_t i = 0; i < field->cause_count; i++) {
        add_text(key, field->causes[i].name);
        add_text(key, field->causes[i].left);
        add_text(key, field->causes[i].right);
    }
}

/* The fields of all changed objects, in their order. */
struct walk {
    struct diff *diff;
    size_t object;
    size_t field;
};

static struct field_change *next_field(struct walk *w, struct object_change **change)
{
    while (w->object < w->diff->count && w->field == w->diff->items[w->object].fields.count) {
        w->object++;
        w->field = 0;
    }
    if (w->object == w->diff->count)
        return NULL;
    *change = &w->diff->items[w->object];
    return &(*change)->fields.items[w->field++];
}

static size_t count_fields(const struct diff *diff)
{
    size_t count = 0;
    for (size_t i = 0; i < diff->count; i++)
        count += diff->items[i].fields.count;
    return count;
}

/* The number of each field's key, in the order of the walk. A path stands once in an object, so that fields of a key
   are objects that have it. */
static uint32_t *number_keys(struct diff *diff, struct symbols *symbols)
{
    uint32_t *keys = ARENA_ARRAY(symbols->arena, uint32_t, count_fields(diff));
    struct walk w = {diff, 0, 0};
    struct buffer key = BUFFER_INIT;
    struct object_change *change;
    size_t at = 0;
    for (struct field_change *field; (field = next_field(&w, &change));) {
        buffer_clear(&key);
        write_key(change, field, &key);
        keys[at++] = symbols_add(symbols, arena_slice(symbols->arena, buffer_slice(&key)));
    }
    buffer_release(&key);
    return keys;
}

static void number_common(struct diff *diff, const uint32_t *keys, uint32_t key_count, struct arena *scratch)
{
    size_t *counts = ARENA_ARRAY(scratch, size_t, key_count);
    uint32_t *numbers = ARENA_ARRAY(scratch, uint32_t, key_count); /* 0: not met yet */
    size_t fields = count_fields(diff);
    struct walk w = {diff, 0, 0};
    struct object_change *change;
    for (size_t i = 0; i < fields; i++)
        counts[keys[i]]++;
    for (size_t i = 0; i < fields; i++) {
        struct field_change *field = next_field(&w, &change);
        if (counts[keys[i]] < COMMON_LEAST)
            continue;
        field->common_first = numbers[keys[i]] == 0;
        if (field->common_first)
            numbers[keys[i]] = ++diff->common_count;
        field->common = numbers[keys[i]];
        field->common_objects = counts[keys[i]];
    }
}

void diff_find_common(struct diff *diff)
{
    struct arena scratch;
    struct symbols symbols;
    arena_init(&scratch);
    symbols_init(&symbols, &scratch);
    uint32_t *keys = number_keys(diff, &symbols);
    number_common(diff, keys, symbols.count, &scratch);
    arena_release(&scratch);
}

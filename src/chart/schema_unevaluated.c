/*
 * schema_unevaluated.c - which members or items no keyword has looked at yet
 */
#include "chart/schema_unevaluated.h"

#include "base/memory.h"

enum {
    WORD_BITS = 64
};

static size_t word_count(size_t len)
{
    return (len + WORD_BITS - 1) / WORD_BITS;
}

/* The set of all indexes from `from` on. */
static void fill(struct schema_unevaluated *set, size_t from, size_t len)
{
    if (from >= len)
        return;
    set->len = len;
    set->left = len - from;
    set->words = len <= WORD_BITS ? &set->small : memory_zalloc(word_count(len), sizeof(uint64_t));
    for (size_t i = from; i < len; i++)
        set->words[i / WORD_BITS] |= (uint64_t)1 << i % WORD_BITS;
}

void schema_unevaluated_init(struct schema_unevaluated *set, struct value v, const struct schema_node *node,
                             bool wanted)
{
    *set = (struct schema_unevaluated){.words = NULL};
    if (v.kind == VALUE_MAP && !node->all_properties_evaluated && (wanted || node->unevaluated_properties))
        fill(set, 0, v.map->len);
    else if (v.kind == VALUE_LIST && !node->all_items_evaluated && (wanted || node->unevaluated_items))
        fill(set, node->items_evaluated, v.list->len);
}

void schema_unevaluated_release(struct schema_unevaluated *set)
{
    if (set->words != &set->small)
        memory_free(set->words);
    set->words = NULL;
    set->left = 0;
}

bool schema_unevaluated_has(const struct schema_unevaluated *set, size_t index)
{
    return set->words && set->words[index / WORD_BITS] >> index % WORD_BITS & 1;
}

void schema_unevaluated_remove(struct schema_unevaluated *set, size_t index)
{
    if (!schema_unevaluated_has(set, index))
        return;
    set->words[index / WORD_BITS] &= ~((uint64_t)1 << index % WORD_BITS);
    set->left--;
}

void schema_unevaluated_keep(struct schema_unevaluated *set, const struct schema_unevaluated *other)
{
    for (size_t i = 0; set->left && i < set->len; i++) {
        if (!schema_unevaluated_has(other, i))
            schema_unevaluated_remove(set, i);
    }
}

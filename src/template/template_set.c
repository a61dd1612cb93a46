/*
 * template_set.c - named templates in an open-addressed table
 */
#include "template/template_set.h"

#include "base/hash.h"

struct template_set {
    struct arena *arena;
    const struct template_set *parent;
    const struct function_table *functions;
    struct tree **slots; /* null: free */
    size_t count;
    size_t cap; /* a power of two, or 0 */
    bool mutates;
};

struct template_set *template_set_new(struct arena *a, const struct template_set *parent,
                                      const struct function_table *functions)
{
    struct template_set *set = ARENA_NEW(a, struct template_set);
    set->arena = a;
    set->parent = parent;
    set->functions = functions;
    return set;
}

/* The slot that has the name, or the free one where it would go. */
static size_t slot_of(const struct template_set *set, struct slice name, uint64_t hash)
{
    size_t mask = set->cap - 1;
    size_t at = hash & mask;
    while (set->slots[at] && !slice_equal(set->slots[at]->name, name))
        at = (at + 1) & mask;
    return at;
}

static void grow(struct template_set *set)
{
    struct tree **old = set->slots;
    size_t old_cap = set->cap;
    set->cap = old_cap ? old_cap * 2 : 16;
    set->slots = ARENA_ARRAY(set->arena, struct tree *, set->cap);
    for (size_t i = 0; i < old_cap; i++) {
        if (old[i])
            set->slots[slot_of(set, old[i]->name, hash_slice(old[i]->name))] = old[i];
    }
}

static void add_tree(struct template_set *set, struct tree *tree)
{
    if (set->count * 2 >= set->cap)
        grow(set);
    uint64_t hash = hash_slice(tree->name);
    size_t at = slot_of(set, tree->name, hash);
    const struct tree *old = set->slots[at] ? set->slots[at] : template_set_find_hashed(set, tree->name, hash);
    if (old && node_is_empty_tree(tree->root))
        return;
    if (!set->slots[at])
        set->count++;
    set->slots[at] = tree;
}

bool template_set_parse(struct template_set *set, struct slice name, struct slice text, const struct source *source,
                        struct tree **tree, struct diag *diag)
{
    struct parse_result result;
    if (!template_parse(set->arena, name, text, source, set->functions, &result, diag))
        return false;
    for (uint32_t i = 0; i < result.trees.len; i++)
        add_tree(set, result.trees.items[i]);
    set->mutates |= result.mutates;
    if (tree)
        *tree = result.tree;
    return true;
}

/* Whether a text has no definition of the name it was parsed under, and none of `name`. */
static bool names_apart(const struct parse_result *parsed, struct slice name)
{
    bool has_own = false;
    for (uint32_t i = 0; i < parsed->trees.len; i++) {
        const struct tree *tree = parsed->trees.items[i];
        if (tree == parsed->tree)
            has_own = true;
        else if (slice_equal(tree->name, name))
            return false;
    }
    return has_own;
}

bool template_set_add(struct template_set *set, struct slice name, const struct source *source,
                      const struct parse_result *parsed)
{
    if (!names_apart(parsed, name))
        return false;
    for (uint32_t i = 0; i < parsed->trees.len; i++) {
        struct tree *tree = ARENA_NEW(set->arena, struct tree);
        *tree = *parsed->trees.items[i];
        if (parsed->trees.items[i] == parsed->tree)
            tree->name = name;
        tree->file = name;
        tree->source = source;
        add_tree(set, tree);
    }
    set->mutates |= parsed->mutates;
    return true;
}

const struct tree *template_set_find_hashed(const struct template_set *set, struct slice name, uint64_t hash)
{
    for (; set; set = set->parent) {
        if (set->cap == 0)
            continue;
        const struct tree *tree = set->slots[slot_of(set, name, hash)];
        if (tree)
            return tree;
    }
    return NULL;
}

const struct tree *template_set_find(const struct template_set *set, struct slice name)
{
    return template_set_find_hashed(set, name, hash_slice(name));
}

bool template_set_mutates(const struct template_set *set)
{
    return set->mutates;
}

const struct function_table *template_set_functions(const struct template_set *set)
{
    return set->functions;
}

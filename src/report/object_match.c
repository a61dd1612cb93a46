/*
 * object_match.c - which objects of two sides are one
 */
#include "report/object_match.h"

#include "base/hash.h"
#include "report/likeness.h"
#include "report/sequence.h"

#include <stdlib.h>

enum {
    MOST_COMPARISONS = 40000, /* contents compared with each other, of one kind */
    FEWEST_LEAVES = 3,        /* below that a content says too little */
    LEAST_LIKENESS = 70,      /* percent of leaves in common */
    SHORTEST_HASH = 5,
    LONGEST_HASH = 12,
    SHORTEST_NUMBER = 8 /* a hash of digits alone */
};

struct side {
    struct object_list *list;
    bool *matched;
    uint32_t *keys; /* number of each object's key in the present step; SEQUENCE_NONE: it has none */
};

struct matcher {
    struct arena *arena;
    struct side left;
    struct side right;
    size_t *partner;
};

static void match(struct matcher *m, size_t left, size_t right)
{
    m->partner[left] = right;
    m->left.matched[left] = true;
    m->right.matched[right] = true;
}

/* --- by key ------------------------------------------------------------------------------------------------------ */

/* Writes a key of the object; false where it has none in this step. */
typedef bool key_fn(const struct kube_object *object, struct buffer *out);

static void add_part(struct buffer *out, struct slice part)
{
    buffer_add(out, part);
    buffer_add_char(out, '\0');
}

static bool full_key(const struct kube_object *o, struct buffer *out)
{
    add_part(out, object_group(o));
    add_part(out, o->kind);
    add_part(out, o->name_space);
    add_part(out, o->name);
    return true;
}

static bool key_in_release(const struct kube_object *o, struct buffer *out)
{
    add_part(out, object_group(o));
    add_part(out, o->kind);
    add_part(out, o->name);
    add_part(out, o->release);
    return true;
}

static bool key_without_place(const struct kube_object *o, struct buffer *out)
{
    add_part(out, object_group(o));
    add_part(out, o->kind);
    add_part(out, o->name);
    return true;
}

static bool key_without_group(const struct kube_object *o, struct buffer *out)
{
    add_part(out, o->kind);
    add_part(out, o->name_space);
    add_part(out, o->name);
    return true;
}

/* The name before a last part that looks like a hash: letters and digits, both there, or many digits. */
static struct slice name_before_hash(struct slice name)
{
    size_t dash = slice_find_last_char(name, '-');
    bool digit = false;
    bool letter = false;
    if (dash == name.len || dash == 0)
        return slice_of("", 0);
    struct slice hash = slice_after(name, dash + 1);
    for (size_t i = 0; i < hash.len; i++) {
        digit |= hash.ptr[i] >= '0' && hash.ptr[i] <= '9';
        letter |= hash.ptr[i] >= 'a' && hash.ptr[i] <= 'z';
    }
    bool fits = digit && hash.len >= (letter ? SHORTEST_HASH : SHORTEST_NUMBER) && hash.len <= LONGEST_HASH;
    return slice_part(name, 0, fits ? dash : 0);
}

static bool key_without_hash(const struct kube_object *o, struct buffer *out)
{
    struct slice base = name_before_hash(o->name);
    add_part(out, object_group(o));
    add_part(out, o->kind);
    add_part(out, o->name_space);
    add_part(out, base);
    return base.len > 0;
}

static bool key_of_base_in_release(const struct kube_object *o, struct buffer *out)
{
    struct slice base = name_before_hash(o->name);
    add_part(out, object_group(o));
    add_part(out, o->kind);
    add_part(out, base);
    add_part(out, o->release);
    return base.len > 0;
}

static void number_keys(struct side *side, key_fn *key, struct symbols *symbols)
{
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < side->list->count; i++) {
        side->keys[i] = SEQUENCE_NONE;
        buffer_clear(&text);
        if (!side->matched[i] && key(&side->list->items[i], &text))
            side->keys[i] = symbols_add(symbols, arena_slice(symbols->arena, buffer_slice(&text)));
    }
    buffer_release(&text);
}

/* Objects with one key, chained in their order; of each side the first of each key. */
struct chains {
    size_t *first; /* by key: 1 + index; 0: none */
    size_t *next;  /* by object: the same */
};

static struct chains chain_keys(struct arena *a, const struct side *side, uint32_t symbols)
{
    struct chains c = {ARENA_ARRAY(a, size_t, symbols), ARENA_ARRAY(a, size_t, side->list->count)};
    for (size_t i = side->list->count; i-- > 0;) {
        if (side->keys[i] == SEQUENCE_NONE)
            continue;
        c.next[i] = c.first[side->keys[i]];
        c.first[side->keys[i]] = i + 1;
    }
    return c;
}

/* A round of pairing. */
struct step {
    key_fn *key;
    bool repeated; /* a key may stand several times: the n-th is paired with the n-th */
    bool unplaced; /* only where the namespace of one of both is not known */
};

static const struct step steps[] = {
    {full_key, true, false},
    {key_in_release, false, false},
    {key_without_place, false, true},
    {key_without_group, false, false},
    {key_without_hash, false, false},
    {key_of_base_in_release, false, false},
};

static bool fits(const struct matcher *m, const struct step *step, size_t left, size_t right)
{
    return !step->unplaced || m->left.list->items[left].no_namespace || m->right.list->items[right].no_namespace;
}

/* Pairs what has one key. */
static void match_by_key(struct matcher *m, const struct step *step)
{
    struct arena scratch;
    struct symbols symbols;
    arena_init(&scratch);
    symbols_init(&symbols, &scratch);
    number_keys(&m->left, step->key, &symbols);
    number_keys(&m->right, step->key, &symbols);
    struct chains left = chain_keys(&scratch, &m->left, symbols.count);
    struct chains right = chain_keys(&scratch, &m->right, symbols.count);
    for (uint32_t k = 0; k < symbols.count; k++) {
        size_t l = left.first[k];
        size_t r = right.first[k];
        if (!l || !r || (!step->repeated && (left.next[l - 1] || right.next[r - 1])))
            continue;
        for (; l && r && fits(m, step, l - 1, r - 1); l = left.next[l - 1], r = right.next[r - 1])
            match(m, l - 1, r - 1);
    }
    arena_release(&scratch);
}

/* --- by content -------------------------------------------------------------------------------------------------- */

/* What an object says outside of its metadata. */
static struct leaves leaves_of(struct arena *a, const struct kube_object *object)
{
    struct leaves out = {NULL, 0, 0};
    if (!value_is_map(object->body))
        return out;
    for (uint32_t i = 0; i < object->body.map->len; i++) {
        const struct entry *e = &object->body.map->entries[i];
        if (!slice_is(e->key, "metadata") && !slice_is(e->key, "apiVersion") && !slice_is(e->key, "kind"))
            leaves_add(a, &out, e->value, hash_slice(e->key));
    }
    leaves_sort(&out);
    return out;
}

static unsigned likeness(const struct leaves *a, const struct leaves *b)
{
    return a->count < FEWEST_LEAVES || b->count < FEWEST_LEAVES ? 0 : leaves_likeness(a, b);
}

struct candidate {
    size_t left;
    size_t right;
    unsigned likeness;
};

static int compare_candidates(const void *a, const void *b)
{
    const struct candidate *x = a;
    const struct candidate *y = b;
    if (x->likeness != y->likeness)
        return x->likeness > y->likeness ? -1 : 1;
    if (x->left != y->left)
        return x->left < y->left ? -1 : 1;
    return x->right < y->right ? -1 : x->right > y->right;
}

/* The objects of a side that are left of one kind. */
struct group {
    size_t *items;
    struct leaves *leaves;
    size_t count;
};

static bool read_group(struct arena *a, const struct side *side, const struct chains *chains, uint32_t key,
                       struct group *out, struct diag *diag)
{
    size_t count = 0;
    for (size_t i = chains->first[key]; i; i = chains->next[i - 1])
        count++;
    *out = (struct group){ARENA_ARRAY(a, size_t, count), ARENA_ARRAY(a, struct leaves, count), 0};
    for (size_t i = chains->first[key]; i; i = chains->next[i - 1]) {
        if (!object_read(side->list->arena, side->list->sources, &side->list->items[i - 1], diag))
            return false;
        out->items[out->count] = i - 1;
        out->leaves[out->count++] = leaves_of(a, &side->list->items[i - 1]);
    }
    return true;
}

static void match_group(struct matcher *m, struct arena *a, const struct group *left, const struct group *right)
{
    size_t count = 0;
    if (left->count == 0 || right->count > MOST_COMPARISONS / left->count)
        return;
    struct candidate *found = ARENA_ARRAY(a, struct candidate, left->count * right->count);
    for (size_t i = 0; i < left->count; i++) {
        for (size_t j = 0; j < right->count; j++) {
            unsigned like = likeness(&left->leaves[i], &right->leaves[j]);
            if (like >= LEAST_LIKENESS)
                found[count++] = (struct candidate){left->items[i], right->items[j], like};
        }
    }
    if (count)
        qsort(found, count, sizeof *found, compare_candidates);
    for (size_t i = 0; i < count; i++) {
        if (!m->left.matched[found[i].left] && !m->right.matched[found[i].right])
            match(m, found[i].left, found[i].right);
    }
}

static bool kind_key(const struct kube_object *o, struct buffer *out)
{
    add_part(out, object_group(o));
    add_part(out, o->kind);
    add_part(out, o->release);
    return true;
}

static bool match_by_content(struct matcher *m, struct diag *diag)
{
    struct arena scratch;
    struct symbols symbols;
    bool ok = true;
    arena_init(&scratch);
    symbols_init(&symbols, &scratch);
    number_keys(&m->left, kind_key, &symbols);
    number_keys(&m->right, kind_key, &symbols);
    struct chains left = chain_keys(&scratch, &m->left, symbols.count);
    struct chains right = chain_keys(&scratch, &m->right, symbols.count);
    for (uint32_t k = 0; ok && k < symbols.count; k++) {
        struct group l;
        struct group r;
        if (!left.first[k] || !right.first[k])
            continue;
        ok = read_group(&scratch, &m->left, &left, k, &l, diag) && read_group(&scratch, &m->right, &right, k, &r, diag);
        if (ok)
            match_group(m, &scratch, &l, &r);
    }
    arena_release(&scratch);
    return ok;
}

/* --- entry ------------------------------------------------------------------------------------------------------- */

static void side_init(struct side *side, struct arena *a, struct object_list *list)
{
    *side = (struct side){list, ARENA_ARRAY(a, bool, list->count), ARENA_ARRAY(a, uint32_t, list->count)};
}

bool object_match(struct arena *a, struct object_list *left, struct object_list *right, size_t **partner,
                  struct diag *diag)
{
    struct matcher m = {.arena = a, .partner = ARENA_ARRAY(a, size_t, left->count)};
    side_init(&m.left, a, left);
    side_init(&m.right, a, right);
    for (size_t i = 0; i < left->count; i++)
        m.partner[i] = OBJECT_NONE;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        match_by_key(&m, &steps[i]);
    *partner = m.partner;
    return match_by_content(&m, diag);
}

/*
 * sequence.c - what two sequences have in common, in order
 */
#include "report/sequence.h"

#include "base/hash.h"

enum {
    MOST_EDITS = 400,  /* of an edit script; beyond, a stretch counts as replaced */
    DEEPEST_SPLIT = 64 /* anchors within anchors */
};

/* --- symbols ----------------------------------------------------------------------------------------------------- */

void symbols_init(struct symbols *s, struct arena *a)
{
    *s = (struct symbols){.arena = a};
}

static size_t slot_of(const struct symbols *s, struct slice text)
{
    size_t at = hash_slice(text) & (s->slot_count - 1);
    while (s->slots[at] && !slice_equal(s->texts[s->slots[at] - 1], text))
        at = (at + 1) & (s->slot_count - 1);
    return at;
}

static void grow(struct symbols *s)
{
    size_t cap = s->cap ? s->cap * 2 : 64;
    s->texts = arena_resize(s->arena, s->texts, s->cap * sizeof *s->texts, cap * sizeof *s->texts);
    s->cap = cap;
    s->slot_count = cap * 2;
    s->slots = ARENA_ARRAY(s->arena, uint32_t, s->slot_count);
    for (uint32_t i = 0; i < s->count; i++)
        s->slots[slot_of(s, s->texts[i])] = i + 1;
}

uint32_t symbols_add(struct symbols *s, struct slice text)
{
    if (s->count == s->cap)
        grow(s);
    size_t at = slot_of(s, text);
    if (!s->slots[at]) {
        s->texts[s->count++] = text;
        s->slots[at] = s->count;
    }
    return s->slots[at] - 1;
}

/* --- the longest rising run -------------------------------------------------------------------------------------- */

void sequence_longest_rising(struct arena *a, const uint32_t *values, size_t count, bool *kept)
{
    uint32_t *tails = ARENA_ARRAY(a, uint32_t, count);  /* index of the least end of a run of each length */
    uint32_t *before = ARENA_ARRAY(a, uint32_t, count); /* the index before each in its run */
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        size_t low = 0;
        size_t high = length;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (values[tails[middle]] < values[i])
                low = middle + 1;
            else
                high = middle;
        }
        before[i] = low ? tails[low - 1] : SEQUENCE_NONE;
        tails[low] = (uint32_t)i;
        length += low == length;
        kept[i] = false;
    }
    for (uint32_t i = length ? tails[length - 1] : SEQUENCE_NONE; i != SEQUENCE_NONE; i = before[i])
        kept[i] = true;
}

/* --- aligning ---------------------------------------------------------------------------------------------------- */

/* A stretch of both sides, ends not included. */
struct stretch {
    size_t left, left_end;
    size_t right, right_end;
};

/* How often a symbol stands in a stretch, and where last. */
struct occurrence {
    uint32_t left_count, right_count;
    uint32_t left, right;
};

struct aligner {
    struct arena arena;
    const uint32_t *left;
    const uint32_t *right;
    struct occurrence *occurrences; /* by symbol, all zero between uses */
    uint32_t *partner;
};

static void pair(struct aligner *al, size_t left, size_t right)
{
    al->partner[left] = (uint32_t)right;
}

static void trim_ends(struct aligner *al, struct stretch *s)
{
    while (s->left < s->left_end && s->right < s->right_end && al->left[s->left] == al->right[s->right])
        pair(al, s->left++, s->right++);
    while (s->left < s->left_end && s->right < s->right_end &&
           al->left[s->left_end - 1] == al->right[s->right_end - 1])
        pair(al, --s->left_end, --s->right_end);
}

static void count_occurrences(struct aligner *al, const struct stretch *s)
{
    for (size_t i = s->left; i < s->left_end; i++) {
        al->occurrences[al->left[i]].left_count++;
        al->occurrences[al->left[i]].left = (uint32_t)i;
    }
    for (size_t i = s->right; i < s->right_end; i++) {
        al->occurrences[al->right[i]].right_count++;
        al->occurrences[al->right[i]].right = (uint32_t)i;
    }
}

static void forget_occurrences(struct aligner *al, const struct stretch *s)
{
    for (size_t i = s->left; i < s->left_end; i++)
        al->occurrences[al->left[i]] = (struct occurrence){0, 0, 0, 0};
    for (size_t i = s->right; i < s->right_end; i++)
        al->occurrences[al->right[i]] = (struct occurrence){0, 0, 0, 0};
}

struct anchors {
    uint32_t *left;
    uint32_t *right;
    size_t count;
};

/* What stands once on each side, thinned out to what is in the same order on both. */
static struct anchors find_anchors(struct aligner *al, const struct stretch *s)
{
    size_t most = s->left_end - s->left;
    struct anchors found = {ARENA_ARRAY(&al->arena, uint32_t, most), ARENA_ARRAY(&al->arena, uint32_t, most), 0};
    bool *kept = ARENA_ARRAY(&al->arena, bool, most);
    size_t count = 0;
    count_occurrences(al, s);
    for (size_t i = s->left; i < s->left_end; i++) {
        const struct occurrence *o = &al->occurrences[al->left[i]];
        if (o->left_count != 1 || o->right_count != 1)
            continue;
        found.left[count] = (uint32_t)i;
        found.right[count++] = o->right;
    }
    forget_occurrences(al, s);
    sequence_longest_rising(&al->arena, found.right, count, kept);
    for (size_t i = 0; i < count; i++) {
        found.left[found.count] = found.left[i];
        found.right[found.count] = found.right[i];
        found.count += kept[i];
    }
    return found;
}

/* Walks the found edit script back and pairs what its diagonals passed. */
static void trace_back(struct aligner *al, const struct stretch *s, const int32_t *const *history, int32_t edits,
                       int32_t diagonal)
{
    int32_t x = (int32_t)(s->left_end - s->left);
    for (int32_t d = edits; d >= 0; d--) {
        int32_t start = 0;
        int32_t next = diagonal;
        bool down = false;
        if (d > 0) {
            const int32_t *v = history[d - 1] + d - 1;
            down = diagonal == -d || (diagonal != d && v[diagonal - 1] < v[diagonal + 1]);
            next = down ? diagonal + 1 : diagonal - 1;
            start = down ? v[next] : v[next] + 1;
        }
        for (; x > start; x--)
            pair(al, s->left + (size_t)x - 1, s->right + (size_t)(x - diagonal) - 1);
        x = down ? start : start - 1;
        diagonal = next;
    }
}

/* One round of the greedy search: how far each diagonal gets with `d` edits, given how far it got with one less.
   Returns whether the end was reached, on the diagonal that leads there. */
static bool step_edits(const struct aligner *al, const struct stretch *s, int32_t d, const int32_t *before,
                       int32_t *reached)
{
    int32_t n = (int32_t)(s->left_end - s->left);
    int32_t m = (int32_t)(s->right_end - s->right);
    for (int32_t k = -d; k <= d; k += 2) {
        int32_t x = 0;
        if (d > 0)
            x = k == -d || (k != d && before[k - 1] < before[k + 1]) ? before[k + 1] : before[k - 1] + 1;
        while (x < n && x - k < m && x - k >= 0 &&
               al->left[s->left + (size_t)x] == al->right[s->right + (size_t)(x - k)])
            x++;
        reached[k] = x;
        if (x >= n && x - k >= m)
            return true;
    }
    return false;
}

/* The shortest edit script, where it has at most MOST_EDITS steps. Row d of the history has diagonals -d to d, of
   which a round visits every other. */
static void align_by_edits(struct aligner *al, const struct stretch *s)
{
    int32_t n = (int32_t)(s->left_end - s->left);
    int32_t m = (int32_t)(s->right_end - s->right);
    int32_t most = n + m < MOST_EDITS ? n + m : MOST_EDITS;
    int32_t **history = ARENA_ARRAY(&al->arena, int32_t *, (size_t)most + 1);
    for (int32_t d = 0; d <= most; d++) {
        history[d] = ARENA_ARRAY(&al->arena, int32_t, 2 * (size_t)d + 1);
        if (step_edits(al, s, d, d ? history[d - 1] + d - 1 : NULL, history[d] + d)) {
            trace_back(al, s, (const int32_t *const *)history, d, n - m);
            return;
        }
    }
}

static void align(struct aligner *al, struct stretch s, int depth)
{
    trim_ends(al, &s);
    if (s.left == s.left_end || s.right == s.right_end)
        return;
    struct anchors anchors = {NULL, NULL, 0};
    if (depth < DEEPEST_SPLIT)
        anchors = find_anchors(al, &s);
    if (anchors.count == 0) {
        align_by_edits(al, &s);
        return;
    }
    size_t left = s.left;
    size_t right = s.right;
    for (size_t i = 0; i < anchors.count; i++) {
        align(al, (struct stretch){left, anchors.left[i], right, anchors.right[i]}, depth + 1);
        pair(al, anchors.left[i], anchors.right[i]);
        left = anchors.left[i] + 1;
        right = anchors.right[i] + 1;
    }
    align(al, (struct stretch){left, s.left_end, right, s.right_end}, depth + 1);
}

void sequence_align(struct sequence left, struct sequence right, uint32_t symbols, uint32_t *partner)
{
    struct aligner al = {.left = left.items, .right = right.items, .partner = partner};
    arena_init(&al.arena);
    al.occurrences = ARENA_ARRAY(&al.arena, struct occurrence, symbols);
    for (size_t i = 0; i < left.count; i++)
        partner[i] = SEQUENCE_NONE;
    align(&al, (struct stretch){0, left.count, 0, right.count}, 0);
    arena_release(&al.arena);
}

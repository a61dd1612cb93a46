/*
 * hunks.c - two texts compared line by line
 */
#include "report/hunks.h"

#include "report/sequence.h"

struct lines {
    struct slice *texts;
    uint32_t *symbols;
    size_t count;
};

static struct lines split_lines(struct arena *a, struct slice text, struct symbols *symbols)
{
    struct lines out = {NULL, NULL, 0};
    size_t count = slice_count_char(text, '\n') + 1;
    struct slice rest = text;
    out.texts = ARENA_ARRAY(a, struct slice, count);
    out.symbols = ARENA_ARRAY(a, uint32_t, count);
    for (struct slice line; rest.len && slice_next_piece(&rest, '\n', &line); out.count++) {
        out.texts[out.count] = line;
        out.symbols[out.count] = symbols_add(symbols, line);
    }
    return out;
}

static void add_line(struct arena *a, struct hunks *out, struct hunk_line line)
{
    out->items = arena_room(a, out->items, out->count, &out->cap, sizeof *out->items);
    out->items[out->count++] = line;
}

static void add_all(struct arena *a, const struct lines *left, const struct lines *right, const uint32_t *partner,
                    struct hunks *out)
{
    size_t i = 0;
    size_t j = 0;
    while (i < left->count || j < right->count) {
        if (i < left->count && partner[i] == SEQUENCE_NONE) {
            add_line(a, out, (struct hunk_line){HUNK_REMOVED, left->texts[i], (uint32_t)i + 1, 0});
            i++;
        } else if (j < right->count && (i == left->count || partner[i] > j)) {
            add_line(a, out, (struct hunk_line){HUNK_ADDED, right->texts[j], 0, (uint32_t)j + 1});
            j++;
        } else {
            add_line(a, out, (struct hunk_line){HUNK_SAME, left->texts[i], (uint32_t)i + 1, (uint32_t)j + 1});
            i++;
            j++;
        }
    }
}

/* Leaves out equal lines that are farther than `context` from the changes before and after them. */
static void thin_out(struct hunks *h, size_t context)
{
    size_t kept = 0;
    size_t since = context; /* lines of context passed since the last change */
    size_t next = 0;
    bool gap = false;
    for (size_t i = 0; i < h->count; i++) {
        struct hunk_line line = h->items[i];
        for (next = next < i ? i : next; next < h->count && h->items[next].kind == HUNK_SAME; next++)
            continue;
        bool near = since < context || (next < h->count && next - i <= context);
        since = line.kind == HUNK_SAME ? since + 1 : 0;
        if (line.kind == HUNK_SAME && !near) {
            gap = true;
            continue;
        }
        if (gap && kept) /* nothing is said of lines before the first change */
            h->items[kept++] = (struct hunk_line){HUNK_GAP, {"", 0}, 0, 0};
        gap = false;
        h->items[kept++] = line;
    }
    h->count = kept;
}

void hunks_make(struct arena *a, struct slice left, struct slice right, size_t context, struct hunks *out)
{
    struct symbols symbols;
    symbols_init(&symbols, a);
    struct lines l = split_lines(a, left, &symbols);
    struct lines r = split_lines(a, right, &symbols);
    uint32_t *partner = ARENA_ARRAY(a, uint32_t, l.count);
    struct sequence left_lines = {l.symbols, l.count};
    struct sequence right_lines = {r.symbols, r.count};
    sequence_align(left_lines, right_lines, symbols.count, partner);
    *out = (struct hunks){NULL, 0, 0};
    add_all(a, &l, &r, partner, out);
    thin_out(out, context);
}

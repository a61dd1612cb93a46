/*
 * write_side_by_side.c - a diff for the terminal, both sides beside each other
 *
 *     ~ Deployment chat/user-service  release user-service
 *     spec.replicas
 *       1                                    | 3
 *     environments/dev/user-service.yaml:4   | environments/prod/user-service.yaml:4   replicas
 */
#include "report/write_text.h"

#include "report/change_text.h"
#include "report/paint.h"

enum {
    INDENT = 2,
    MIDDLE = 3 /* " | " */
};

struct side_writer {
    const struct text_options *options;
    struct arena *arena;
    struct buffer *out;
    size_t column; /* width of each side */
};

static void put(struct side_writer *w, enum paint paint, struct slice text)
{
    paint_text(w->out, w->options->colour, paint, text);
}

/* The part of the text that is at most `width` columns wide; *used is how many it takes. */
static struct slice fitting(struct slice text, size_t width, size_t *used)
{
    size_t at = 0;
    *used = 0;
    while (at < text.len && *used < width) {
        at++;
        while (at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
            at++;
        ++*used;
    }
    return slice_part(text, 0, at);
}

static void put_cell(struct side_writer *w, enum paint paint, struct slice *text, bool pad)
{
    size_t used;
    struct slice part = fitting(*text, w->column, &used);
    *text = slice_after(*text, part.len);
    buffer_add_repeated(w->out, ' ', INDENT);
    put(w, paint, part);
    if (pad)
        buffer_add_repeated(w->out, ' ', w->column - used);
}

/* One line of each side, folded where it is too wide; a side without a line has a null pointer. */
static void put_row(struct side_writer *w, enum paint left_paint, struct slice left, enum paint right_paint,
                    struct slice right, char mark)
{
    do {
        put_cell(w, left_paint, &left, right.ptr || mark != ' ');
        if (right.ptr || mark != ' ') {
            char middle[] = {' ', mark, ' '};
            put(w, PAINT_PLACE, slice_of(middle, MIDDLE));
        }
        if (right.len)
            put_cell(w, right_paint, &right, false);
        buffer_add_char(w->out, '\n');
    } while (left.len || right.len);
}

/* --- values ------------------------------------------------------------------------------------------------------ */

/* Lines that were removed stand beside those that were added in their place. */
static size_t put_replaced(struct side_writer *w, const struct hunks *hunks, size_t at)
{
    size_t removed = at;
    while (removed < hunks->count && hunks->items[removed].kind == HUNK_REMOVED)
        removed++;
    size_t added = removed;
    while (added < hunks->count && hunks->items[added].kind == HUNK_ADDED)
        added++;
    for (size_t l = at, r = removed; l < removed || r < added; l++, r++) {
        bool has_left = l < removed;
        bool has_right = r < added;
        put_row(w, PAINT_REMOVED, has_left ? hunks->items[l].text : slice_of("", 0), PAINT_ADDED,
                has_right ? hunks->items[r].text : slice_of(NULL, 0), !has_left ? '>' : !has_right ? '<' : '|');
    }
    return added;
}

static void put_values(struct side_writer *w, struct slice left, struct slice right)
{
    struct hunks hunks;
    hunks_make(w->arena, left, right, CHANGE_CONTEXT, &hunks);
    for (size_t i = 0; i < hunks.count;) {
        const struct hunk_line *line = &hunks.items[i];
        if (line->kind == HUNK_REMOVED || line->kind == HUNK_ADDED) {
            i = put_replaced(w, &hunks, i);
            continue;
        }
        struct slice text = line->kind == HUNK_GAP ? SLICE("…") : line->text;
        put_row(w, PAINT_PLAIN, text, PAINT_PLAIN, text, ' ');
        i++;
    }
}

static void put_causes(struct side_writer *w, const struct change_cause *causes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct slice name = causes[i].name;
        if (name.len) {
            put(w, PAINT_PLACE, arena_printf(w->arena, "    %.*s:", SLICE_ARG(name)));
            buffer_add_char(w->out, '\n');
        }
        struct slice none = causes[i].one_side ? SLICE("") : SLICE("(not set)");
        put_row(w, PAINT_PLACE, causes[i].left.len ? causes[i].left : none, PAINT_PLACE,
                causes[i].right.len ? causes[i].right : none, ' ');
    }
}

/* --- objects ----------------------------------------------------------------------------------------------------- */

static void put_field(struct side_writer *w, const struct field_change *change)
{
    struct slice nothing = slice_of("", 0);
    put(w, PAINT_CHANGED, change_path_text(w->arena, change));
    buffer_add_char(w->out, '\n');
    if (change->kind != CHANGE_MOVED)
        put_values(w, change->kind == CHANGE_ADDED ? nothing : change_value_text(w->arena, change->left),
                   change->kind == CHANGE_REMOVED ? nothing : change_value_text(w->arena, change->right));
}

static void put_fields(struct side_writer *w, const struct field_changes *fields)
{
    const struct field_change *last = NULL;
    for (size_t i = 0; i < fields->count; i++) {
        const struct field_change *change = &fields->items[i];
        if (!field_change_is_shown(change, w->options))
            continue;
        if (last && !change_same_causes(last, change))
            put_causes(w, last->causes, last->cause_count);
        put_field(w, change);
        last = change;
    }
    if (last)
        put_causes(w, last->causes, last->cause_count);
}

static void put_object(struct side_writer *w, const struct object_change *change)
{
    object_change_write_head(change, w->options, w->out);
    if (change->kind != CHANGE_REPLACED)
        put_values(w, change->text_left, change->text_right);
    put_causes(w, change->causes, change->cause_count);
    put_fields(w, &change->fields);
    buffer_add_char(w->out, '\n');
}

void diff_write_side_by_side(const struct diff *diff, const struct text_options *options, struct buffer *out)
{
    struct arena scratch;
    struct side_writer w = {options, &scratch, out, (options->width - MIDDLE) / 2 - INDENT};
    arena_init(&scratch);
    for (size_t i = 0; i < diff->count; i++) {
        diff_write_start(diff, i, options, out);
        if (!diff->items[i].noise || options->noise)
            put_object(&w, &diff->items[i]);
        arena_clear(&scratch);
    }
    diff_write_counts(diff, options, out);
    arena_release(&scratch);
}

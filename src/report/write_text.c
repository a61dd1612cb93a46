/*
 * write_text.c - a diff for the terminal, line below line
 *
 *     ~ Deployment chat/user-service  release user-service
 *     - spec.replicas: 1
 *     + spec.replicas: 3
 *         replicas: environments/dev/user-service.yaml:4:1 → environments/prod/user-service.yaml:4:1
 */
#include "report/write_text.h"

#include "report/change_text.h"
#include "report/paint.h"

struct text_writer {
    const struct text_options *options;
    struct arena *arena;
    struct buffer *out;
};

static void put(struct text_writer *w, enum paint paint, struct slice text)
{
    paint_text(w->out, w->options->colour, paint, text);
}

/* A line of one side: sign, indent, text. */
static void put_line(struct text_writer *w, char sign, struct slice text)
{
    enum paint paint = sign == '-' ? PAINT_REMOVED : sign == '+' ? PAINT_ADDED : PAINT_PLAIN;
    put(w, paint, arena_printf(w->arena, "%c %.*s", sign, SLICE_ARG(text)));
    buffer_add_char(w->out, '\n');
}

static void put_lines(struct text_writer *w, char sign, const char *indent, struct slice text)
{
    struct slice rest = text;
    for (struct slice line; rest.len && slice_next_piece(&rest, '\n', &line);)
        put_line(w, sign, arena_printf(w->arena, "%s%.*s", indent, SLICE_ARG(line)));
}

/* --- changes of fields ---------------------------------------------------------------------------------------------- */

static void put_side(struct text_writer *w, char sign, struct slice path, struct value v, struct slice text)
{
    bool is_tree = (value_is_map(v) && v.map->len) || (value_is_list(v) && v.list->len);
    if (is_tree || change_is_block(text)) {
        put_line(w, sign, arena_printf(w->arena, "%.*s:", SLICE_ARG(path)));
        put_lines(w, sign, "  ", text);
        return;
    }
    put_line(w, sign, arena_printf(w->arena, "%.*s: %.*s", SLICE_ARG(path), SLICE_ARG(text)));
}

static void put_hunks(struct text_writer *w, struct slice path, struct slice left, struct slice right)
{
    static const char signs[] = {[HUNK_SAME] = ' ', [HUNK_REMOVED] = '-', [HUNK_ADDED] = '+', [HUNK_GAP] = ' '};
    struct hunks hunks;
    hunks_make(w->arena, left, right, CHANGE_CONTEXT, &hunks);
    put_line(w, ' ', arena_printf(w->arena, "%.*s:", SLICE_ARG(path)));
    for (size_t i = 0; i < hunks.count; i++) {
        struct slice text = hunks.items[i].kind == HUNK_GAP ? SLICE("…") : hunks.items[i].text;
        put_line(w, signs[hunks.items[i].kind], arena_printf(w->arena, "  %.*s", SLICE_ARG(text)));
    }
}

static void put_change(struct text_writer *w, const struct field_change *change)
{
    struct slice path = change_path_text(w->arena, change);
    if (change->kind == CHANGE_MOVED) {
        put(w, PAINT_CHANGED, arena_printf(w->arena, "~ %.*s", SLICE_ARG(path)));
        buffer_add_char(w->out, '\n');
        return;
    }
    struct slice left = change_value_text(w->arena, change->left);
    struct slice right = change_value_text(w->arena, change->right);
    if (change->kind == CHANGE_REPLACED && change_is_block(left) && change_is_block(right)) {
        put_hunks(w, path, left, right);
        return;
    }
    if (change->kind != CHANGE_ADDED)
        put_side(w, '-', path, change->left, left);
    if (change->kind != CHANGE_REMOVED)
        put_side(w, '+', path, change->right, right);
}

static void put_causes(struct text_writer *w, const struct change_cause *causes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct buffer text = BUFFER_INIT;
        buffer_add_text(&text, "    ");
        change_cause_write(&causes[i], &text);
        put(w, PAINT_PLACE, buffer_slice(&text));
        buffer_add_char(w->out, '\n');
        buffer_release(&text);
    }
}

static const struct field_change *next_shown(const struct text_writer *w, const struct field_changes *fields, size_t *at)
{
    while (*at < fields->count) {
        const struct field_change *change = &fields->items[(*at)++];
        if (!change->noise || w->options->noise)
            return change;
    }
    return NULL;
}

/* Causes stand once below all changes in a row that have them. */
static void put_fields(struct text_writer *w, const struct field_changes *fields)
{
    size_t at = 0;
    const struct field_change *change = next_shown(w, fields, &at);
    while (change) {
        const struct field_change *next = next_shown(w, fields, &at);
        put_change(w, change);
        if (!next || !change_same_causes(change, next))
            put_causes(w, change->causes, change->cause_count);
        change = next;
    }
}

/* --- objects -------------------------------------------------------------------------------------------------------- */

void object_change_write_head(const struct object_change *change, const struct text_options *options, struct buffer *out)
{
    static const char signs[] = {[CHANGE_ADDED] = '+', [CHANGE_REMOVED] = '-', [CHANGE_REPLACED] = '~'};
    static const enum paint paints[] = {
        [CHANGE_ADDED] = PAINT_ADDED, [CHANGE_REMOVED] = PAINT_REMOVED, [CHANGE_REPLACED] = PAINT_CHANGED};
    const struct kube_object *object = change->right ? change->right : change->left;
    struct buffer name = BUFFER_INIT;
    paint_text(out, options->colour, paints[change->kind], slice_of(&signs[change->kind], 1));
    buffer_add_char(out, ' ');
    object_change_write_name(change, &name);
    paint_text(out, options->colour, PAINT_HEAD, buffer_slice(&name));
    buffer_clear(&name);
    if (change->renamed) {
        buffer_add_text(&name, "  was ");
        object_write_name(change->left, &name);
    }
    if (object->release.len)
        buffer_printf(&name, "  release %.*s", SLICE_ARG(object->release));
    paint_text(out, options->colour, PAINT_PLACE, buffer_slice(&name));
    buffer_add_char(out, '\n');
    buffer_release(&name);
}

void diff_write_environment(struct slice environment, const struct text_options *options, struct buffer *out)
{
    paint_text(out, options->colour, PAINT_HEAD, SLICE("== environment "));
    paint_text(out, options->colour, PAINT_HEAD, environment);
    buffer_add_text(out, "\n\n");
}

void diff_write_counts(const struct diff *diff, const struct text_options *options, struct buffer *out)
{
    struct buffer counts = BUFFER_INIT;
    change_counts_write(&diff->counts, options->noise, &counts);
    paint_text(out, options->colour, PAINT_PLACE, buffer_slice(&counts));
    buffer_add_char(out, '\n');
    buffer_release(&counts);
}

static void put_content(struct text_writer *w, const struct object_change *change)
{
    put_lines(w, '-', "", change->text_left);
    put_lines(w, '+', "", change->text_right);
    put_causes(w, change->causes, change->cause_count);
    put_fields(w, &change->fields);
}

void object_change_write_text(const struct object_change *change, const struct text_options *options, struct buffer *out)
{
    struct arena scratch;
    struct text_writer w = {options, &scratch, out};
    arena_init(&scratch);
    put_content(&w, change);
    arena_release(&scratch);
}

static void put_object(struct text_writer *w, const struct object_change *change)
{
    object_change_write_head(change, w->options, w->out);
    put_content(w, change);
    buffer_add_char(w->out, '\n');
}

void diff_write_text(const struct diff *diff, const struct text_options *options, struct buffer *out)
{
    struct arena scratch;
    struct text_writer w = {options, &scratch, out};
    struct slice environment = SLICE("");
    arena_init(&scratch);
    for (size_t i = 0; i < diff->count; i++) {
        const struct object_change *change = &diff->items[i];
        if (change->noise && !options->noise)
            continue;
        if (!slice_equal(change->environment, environment))
            diff_write_environment(change->environment, options, out);
        environment = change->environment;
        put_object(&w, change);
        arena_clear(&scratch);
    }
    diff_write_counts(diff, options, out);
    arena_release(&scratch);
}

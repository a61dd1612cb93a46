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

enum {
    MOST_CAUSES = 8 /* of one change that are listed */
};

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

/* --- changes of fields ------------------------------------------------------------------------------------------- */

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
    size_t shown = count > MOST_CAUSES + 1 ? MOST_CAUSES : count;
    for (size_t i = 0; i < shown; i++) {
        struct buffer text = BUFFER_INIT;
        buffer_add_text(&text, "    ");
        change_cause_write(&causes[i], &text);
        put(w, PAINT_PLACE, buffer_slice(&text));
        buffer_add_char(w->out, '\n');
        buffer_release(&text);
    }
    if (shown < count) {
        put(w, PAINT_PLACE, arena_printf(w->arena, "    and %zu more (all are in -o json and -o html)", count - shown));
        buffer_add_char(w->out, '\n');
    }
}

bool field_change_is_shown(const struct field_change *change, const struct text_options *options)
{
    return (!change->noise || options->noise) && !change->common;
}

static const struct field_change *next_shown(const struct text_writer *w, const struct field_changes *fields,
                                             size_t *at)
{
    while (*at < fields->count) {
        const struct field_change *change = &fields->items[(*at)++];
        if (field_change_is_shown(change, w->options))
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

/* --- objects ----------------------------------------------------------------------------------------------------- */

/* The numbers of changes that are shown elsewhere: "  [1] [3]". */
void object_change_write_common(const struct object_change *change, const struct text_options *options,
                                struct buffer *out)
{
    const char *space = "  ";
    for (size_t i = 0; i < change->fields.count; i++) {
        const struct field_change *field = &change->fields.items[i];
        if (!field->common || (field->noise && !options->noise))
            continue;
        buffer_printf(out, "%s[%u]", space, field->common);
        space = " ";
    }
}

void object_change_write_head(const struct object_change *change, const struct text_options *options,
                              struct buffer *out)
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
    object_change_write_common(change, options, &name);
    paint_text(out, options->colour, PAINT_PLACE, buffer_slice(&name));
    buffer_add_char(out, '\n');
    buffer_release(&name);
}

static void write_environment(struct slice environment, const struct text_options *options, struct buffer *out)
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

void object_change_write_text(const struct object_change *change, const struct text_options *options,
                              struct buffer *out)
{
    struct arena scratch;
    struct text_writer w = {options, &scratch, out};
    arena_init(&scratch);
    put_content(&w, change);
    arena_release(&scratch);
}

/* --- what many objects have in common ---------------------------------------------------------------------------- */

size_t diff_write_common(const struct diff *diff, size_t from, const struct text_options *options, struct buffer *out)
{
    struct arena scratch;
    struct text_writer w = {options, &scratch, out};
    struct slice environment = diff->items[from].environment;
    size_t shown = 0;
    arena_init(&scratch);
    for (size_t i = from; i < diff->count && slice_equal(diff->items[i].environment, environment); i++) {
        for (size_t k = 0; k < diff->items[i].fields.count; k++) {
            const struct field_change *field = &diff->items[i].fields.items[k];
            if (!field->common_first || (field->noise && !options->noise))
                continue;
            shown++;
            put(&w, PAINT_HEAD, arena_printf(&scratch, "[%u] in %zu objects", field->common, field->common_objects));
            buffer_add_char(out, '\n');
            put_change(&w, field);
            put_causes(&w, field->causes, field->cause_count);
        }
    }
    arena_release(&scratch);
    return shown;
}

static void put_object(struct text_writer *w, const struct object_change *change)
{
    object_change_write_head(change, w->options, w->out);
    put_content(w, change);
    buffer_add_char(w->out, '\n');
}

/* Before the first object of each environment: its name, where there are several, and what is common in it. */
void diff_write_start(const struct diff *diff, size_t at, const struct text_options *options, struct buffer *out)
{
    bool same = at > 0 && slice_equal(diff->items[at].environment, diff->items[at - 1].environment);
    if (same)
        return;
    if (diff->items[at].environment.len)
        write_environment(diff->items[at].environment, options, out);
    if (diff_write_common(diff, at, options, out))
        buffer_add_char(out, '\n');
}

void diff_write_text(const struct diff *diff, const struct text_options *options, struct buffer *out)
{
    struct arena scratch;
    struct text_writer w = {options, &scratch, out};
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

/*
 * explain.c - where a value or a field comes from: who reads a key, and how both are told
 */
#include "report/explain.h"

#include "codec/json_write.h"
#include "report/object_path.h"
#include "report/paint.h"

#include <unistd.h>

enum {
    LEAST_VALUE = 48,   /* columns that a value gets in any case */
    MOST_READERS = 12,  /* objects shown as readers of a key */
    FOLDER_LENGTH = 4096
};

/* --- readers ------------------------------------------------------------------------------------------------------ */

static bool is_same_or_below(struct slice path, struct slice above)
{
    return slice_starts(path, above) && (path.len == above.len || path.ptr[above.len] == '.' || path.ptr[above.len] == '[');
}

/* How near a read is to the field: what is in its text before what only had to be there. */
enum nearness {
    NEAR_VALUE,
    NEAR_NAME,
    NEAR_CONDITION,
    NEAR_NOT
};

struct reader_search {
    struct arena *arena;
    struct origin_objects *objects;
    const struct origin_object *object;
    struct slice key;
    struct key_reader reader;
    enum nearness nearest;
};

static enum nearness nearness_of(const struct field_read *read)
{
    if (read->how == FIELD_READ_CONDITION)
        return NEAR_CONDITION;
    return read->is_name ? NEAR_NAME : NEAR_VALUE;
}

/* How near the field's nearest read of the key, or of something below it, is. */
static enum nearness find_reads(const struct field_origin *origin, struct slice key)
{
    enum nearness nearest = NEAR_NOT;
    for (size_t i = 0; i < origin->read_count; i++) {
        const struct field_read *read = &origin->reads[i];
        if (read->key.len && is_same_or_below(read->key, key) && nearness_of(read) < nearest)
            nearest = nearness_of(read);
    }
    return nearest;
}

static void note_field(struct reader_search *s, const struct key_path *path)
{
    struct field_origin origin;
    struct key_reader *r = &s->reader;
    if (!field_origin_find(s->arena, s->objects, s->object, path, &origin))
        return;
    enum nearness near = find_reads(&origin, s->key);
    if (near == NEAR_NOT)
        return;
    r->more += s->nearest != NEAR_NOT;
    if (near < s->nearest) {
        struct buffer text = BUFFER_INIT;
        object_path_write(s->arena, s->object->tree, path, &text);
        r->path = buffer_move(&text, s->arena);
        r->how = near == NEAR_CONDITION ? FIELD_READ_CONDITION : FIELD_READ_VALUE;
        r->line = origin.line_count ? origin.lines[0].place : (struct diag_place){0};
        s->nearest = near;
    }
}

/* Visits the scalars below a value, empty lists and maps too. */
static void visit_fields(struct reader_search *s, struct value v, struct key_path *path)
{
    struct key_path here = {ARENA_ARRAY(s->arena, struct key_step, path->count + 1), path->count + 1};
    uint32_t count = v.kind == VALUE_MAP ? v.map->len : v.kind == VALUE_LIST ? v.list->len : 0;
    if (path->count)
        memcpy(here.steps, path->steps, path->count * sizeof *path->steps);
    if (count == 0)
        note_field(s, path);
    for (uint32_t i = 0; i < count; i++) {
        bool is_index = v.kind == VALUE_LIST;
        here.steps[path->count] = (struct key_step){.is_index = is_index, .index = i,
                                                    .key = is_index ? SLICE("") : v.map->entries[i].key};
        visit_fields(s, is_index ? v.list->items[i] : v.map->entries[i].value, &here);
    }
}

void key_readers_find(struct arena *a, struct origin_objects *objects, struct slice key, struct key_readers *out)
{
    *out = (struct key_readers){ARENA_ARRAY(a, struct key_reader, objects->count), 0};
    for (size_t i = 0; i < objects->count; i++) {
        struct key_path top = {NULL, 0};
        struct field_origin whole;
        const struct origin_object *object = &objects->items[i];
        struct reader_search s = {
            .arena = a, .objects = objects, .object = object, .key = key, .nearest = NEAR_NOT};
        if (!field_origin_find(a, objects, object, &top, &whole) || find_reads(&whole, key) == NEAR_NOT)
            continue;
        visit_fields(&s, object->tree, &top);
        s.reader.object = object;
        if (s.nearest != NEAR_NOT)
            out->items[out->count++] = s.reader;
    }
}

/* --- pieces of text ----------------------------------------------------------------------------------------------- */

/* The working directory's files are named from there. */
static struct slice shown_name(struct slice name, char *folder, size_t size)
{
    size_t len = name.len && name.ptr[0] == '/' && getcwd(folder, size) ? strlen(folder) : 0;
    if (len && name.len > len && slice_starts(name, slice_of(folder, len)) && name.ptr[len] == '/')
        return slice_after(name, len + 1);
    return slice_starts(name, SLICE("./")) ? slice_after(name, 2) : name;
}

void explain_write_place(struct diag_place place, struct buffer *out)
{
    char folder[FOLDER_LENGTH];
    if (!place.source)
        return;
    buffer_add(out, shown_name(place.source->name, folder, sizeof folder));
    if (!slice_starts(place.source->name, SLICE("--")))
        buffer_printf(out, ":%u", place.line);
    if (!slice_starts(place.source->name, SLICE("--")) && place.column)
        buffer_printf(out, ":%u", place.column);
}

static struct slice place_text(struct arena *a, struct diag_place place)
{
    struct buffer text = BUFFER_INIT;
    explain_write_place(place, &text);
    return buffer_move(&text, a);
}

/* The value on one line. */
static struct slice value_line(struct arena *a, struct value v)
{
    static const struct json_write_options json = {.no_html_escape = true};
    struct buffer text = BUFFER_INIT;
    struct slice error;
    if (!json_write(&text, v, &json, a, &error))
        buffer_add_text(&text, "?");
    return buffer_move(&text, a);
}

/* How many columns a text takes: bytes that begin a character. */
static size_t columns_of(struct slice text)
{
    size_t columns = 0;
    for (size_t i = 0; i < text.len; i++)
        columns += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return columns;
}

/* The text cut to so many columns. */
static struct slice cut(struct arena *a, struct slice text, size_t most)
{
    size_t columns = 0;
    if (columns_of(text) <= most)
        return text;
    for (size_t i = 0; i < text.len; i++) {
        columns += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
        if (columns == most)
            return arena_concat(a, slice_part(text, 0, i), SLICE("…"));
    }
    return text;
}

static void add_padded(struct buffer *out, bool colour, enum paint paint, struct slice text, size_t width)
{
    size_t columns = columns_of(text);
    paint_text(out, colour, paint, text);
    buffer_add_repeated(out, ' ', columns < width ? width - columns : 0);
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

enum {
    ROW_CELLS = 3
};

struct row {
    const char *mark; /* before the first cell, two columns */
    struct slice cells[ROW_CELLS];
    enum paint paint;
};

/* Rows in columns; of the columns but the last the longest cell decides, the second is cut to what is left. */
static void write_rows(struct arena *a, struct row *rows, size_t count, const struct explain_options *options,
                       struct buffer *out)
{
    size_t widths[ROW_CELLS] = {0};
    for (size_t i = 0; i < count; i++) {
        for (size_t c = 0; c < ROW_CELLS; c++) {
            size_t columns = columns_of(rows[i].cells[c]);
            widths[c] = columns > widths[c] ? columns : widths[c];
        }
    }
    size_t taken = 4 + widths[0] + 2 + 2 + widths[2];
    size_t left = options->width > taken + LEAST_VALUE ? options->width - taken : LEAST_VALUE;
    widths[1] = widths[1] < left ? widths[1] : left;
    for (size_t i = 0; i < count; i++) {
        bool has_last = rows[i].cells[2].len > 0;
        bool has_second = has_last || rows[i].cells[1].len > 0;
        buffer_add_text(out, "  ");
        paint_text(out, options->colour, PAINT_ADDED, slice_text(rows[i].mark ? rows[i].mark : " "));
        buffer_add_char(out, ' ');
        add_padded(out, options->colour, rows[i].paint, rows[i].cells[0], has_second ? widths[0] + 2 : 0);
        if (has_second)
            add_padded(out, options->colour, rows[i].paint == PAINT_PLACE ? PAINT_PLACE : PAINT_PLAIN,
                       cut(a, rows[i].cells[1], widths[1]), has_last ? widths[1] + 2 : 0);
        if (has_last)
            paint_text(out, options->colour, PAINT_PLACE, rows[i].cells[2]);
        buffer_add_char(out, '\n');
    }
}

static void write_heading(const struct explain_options *options, const char *text, struct buffer *out)
{
    buffer_add_char(out, '\n');
    paint_text(out, options->colour, PAINT_HEAD, slice_text(text));
    buffer_add_char(out, '\n');
}

/* --- keys --------------------------------------------------------------------------------------------------------- */

static bool list_has(const struct list *list, struct arena *a, struct slice item)
{
    for (uint32_t i = 0; i < list->len; i++) {
        if (slice_equal(value_line(a, list->items[i]), item))
            return true;
    }
    return false;
}

/* How many items of an overridden list are not in the one that counts. */
static size_t count_dropped(struct arena *a, struct value low, struct value result)
{
    size_t dropped = 0;
    for (uint32_t i = 0; low.kind == VALUE_LIST && result.kind == VALUE_LIST && i < low.list->len; i++)
        dropped += !list_has(result.list, a, value_line(a, low.list->items[i]));
    return dropped;
}

static const char *effect_name(enum value_effect effect)
{
    switch (effect) {
    case EFFECT_WINS:
        return "wins";
    case EFFECT_MERGED:
        return "merged";
    case EFFECT_OVERRIDDEN:
        return "overridden";
    case EFFECT_DELETES:
        return "deletes";
    default:
        return "ignored";
    }
}

/* What is said of a layer: which one it is, and what is odd about it. */
static struct slice step_remark(struct arena *a, const struct value_history *history, const struct value_step *step)
{
    struct buffer text = BUFFER_INIT;
    value_step_write_layer(step, &text);
    if (step->is_above)
        buffer_printf(&text, ": %s '%.*s'", step->value.kind == VALUE_NIL ? "null deletes" : "leaves no room at",
                      SLICE_ARG(step->path));
    else if (step->effect == EFFECT_DELETES)
        buffer_add_text(&text, ": null deletes it");
    else if (step->effect == EFFECT_IGNORED || step->effect == EFFECT_MERGED)
        buffer_printf(&text, ": %s", effect_name(step->effect));
    size_t dropped = step->effect == EFFECT_OVERRIDDEN ? count_dropped(a, step->value, history->value) : 0;
    if (dropped && history->is_set)
        buffer_printf(&text, ": %zu of %u items dropped", dropped, step->value.list->len);
    return buffer_move(&text, a);
}

static void write_layers(struct arena *a, const struct value_history *history, const struct explain_options *options,
                         struct buffer *out)
{
    struct row *rows = ARENA_ARRAY(a, struct row, history->count);
    for (size_t i = 0; i < history->count; i++) {
        const struct value_step *step = &history->steps[i];
        bool counts = step->effect == EFFECT_WINS || step->effect == EFFECT_MERGED;
        rows[i] = (struct row){.mark = step->effect == EFFECT_WINS      ? "▸"
                                       : step->effect == EFFECT_DELETES ? "✗"
                                                                        : NULL,
                               .cells = {place_text(a, step->place), value_line(a, step->value),
                                         step_remark(a, history, step)},
                               .paint = counts ? PAINT_PLAIN : PAINT_PLACE};
    }
    write_heading(options, "set by, the last one wins", out);
    write_rows(a, rows, history->count, options, out);
}

static struct slice object_name(struct arena *a, const struct origin_object *object)
{
    return arena_printf(a, "%.*s/%.*s", SLICE_ARG(object->kind), SLICE_ARG(object->name));
}

static void write_readers(struct arena *a, const struct key_readers *readers, const struct explain_options *options,
                          struct buffer *out)
{
    struct row *rows = ARENA_ARRAY(a, struct row, readers->count);
    for (size_t i = 0; i < readers->count; i++) {
        const struct key_reader *r = &readers->items[i];
        struct slice how = r->how == FIELD_READ_CONDITION ? SLICE("decides about ") : SLICE("");
        struct slice field = arena_concat(a, how, r->path);
        if (r->more)
            field = arena_printf(a, "%.*s and %zu more", SLICE_ARG(field), r->more);
        rows[i].cells[0] = object_name(a, r->object);
        rows[i].cells[1] = field;
        rows[i].cells[2] = place_text(a, r->line);
    }
    size_t shown = readers->count > MOST_READERS ? MOST_READERS : readers->count;
    if (readers->count)
        write_heading(options, "read for", out);
    write_rows(a, rows, shown, options, out);
    if (shown < readers->count)
        buffer_printf(out, "    and %zu more objects\n", readers->count - shown);
}

void explain_key_text(struct arena *a, struct slice key, const struct value_history *history,
                      const struct key_readers *readers, const struct explain_options *options, struct buffer *out)
{
    paint_text(out, options->colour, PAINT_HEAD, key);
    buffer_add_text(out, " = ");
    struct slice value = history->is_set ? value_line(a, history->value) : SLICE("(not set)");
    size_t taken = columns_of(key) + columns_of(options->title) + 6;
    paint_text(out, options->colour, PAINT_PLAIN,
               cut(a, value, options->width > taken + LEAST_VALUE ? options->width - taken : LEAST_VALUE));
    buffer_add_text(out, "   ");
    paint_text(out, options->colour, PAINT_PLACE, options->title);
    buffer_add_char(out, '\n');
    if (history->count)
        write_layers(a, history, options, out);
    write_readers(a, readers, options, out);
}

/* --- fields ------------------------------------------------------------------------------------------------------- */

static void write_template_lines(struct arena *a, const struct field_origin *origin,
                                 const struct explain_options *options, struct buffer *out)
{
    struct row *rows = ARENA_ARRAY(a, struct row, origin->line_count);
    for (size_t i = 0; i < origin->line_count; i++) {
        const struct field_line *line = &origin->lines[i];
        rows[i].mark = i == 0 ? "▸" : NULL;
        rows[i].cells[0] = place_text(a, line->place);
        rows[i].cells[1] = arena_printf(a, "%s%.*s", i ? "called in " : "", SLICE_ARG(line->template_name));
    }
    write_heading(options, "written by", out);
    write_rows(a, rows, origin->line_count, options, out);
}

static struct slice read_value_text(struct arena *a, const struct field_read *read)
{
    if (read->is_missing)
        return SLICE("(not set)");
    if (read->file.len)
        return SLICE("(file)");
    if (read->is_container)
        return read->value.kind == VALUE_MAP ? SLICE("{…}") : SLICE("[…]");
    if (read->is_name)
        return SLICE("(its key)");
    return value_line(a, read->value);
}

static void write_reads(struct arena *a, const struct field_origin *origin, enum field_read_how how,
                        const char *heading, const struct explain_options *options, struct buffer *out)
{
    struct row *rows = ARENA_ARRAY(a, struct row, origin->read_count);
    size_t count = 0;
    for (size_t i = 0; i < origin->read_count; i++) {
        const struct field_read *read = &origin->reads[i];
        if (read->how != how)
            continue;
        rows[count].cells[0] = read->path;
        rows[count].cells[1] = read_value_text(a, read);
        rows[count++].cells[2] = read->file.len ? read->file : place_text(a, read->place);
    }
    if (count)
        write_heading(options, heading, out);
    write_rows(a, rows, count, options, out);
}

/* The lines of the field, without the indentation that they share; long ones are cut in the middle. */
static void write_field(const struct field_origin *origin, struct buffer *out)
{
    enum { SHOWN = 8 };
    struct slice rest = origin->text;
    struct slice line;
    size_t total = slice_count_char(rest, '\n') + 1;
    for (size_t n = 0; n < SHOWN && slice_next_piece(&rest, '\n', &line); n++)
        buffer_printf(out, "    %.*s\n", SLICE_ARG(line));
    if (total > SHOWN)
        buffer_printf(out, "    … %zu more lines\n", total - SHOWN);
}

void explain_field_text(struct arena *a, const struct origin_object *object, struct slice path,
                        const struct field_origin *origin, const struct explain_options *options, struct buffer *out)
{
    paint_text(out, options->colour, PAINT_HEAD, object_name(a, object));
    if (path.len) {
        buffer_add_text(out, "  ");
        paint_text(out, options->colour, PAINT_HEAD, path);
    }
    buffer_add_text(out, "   ");
    paint_text(out, options->colour, PAINT_PLACE, options->title);
    buffer_add_char(out, '\n');
    write_field(origin, out);
    write_template_lines(a, origin, options, out);
    write_reads(a, origin, FIELD_READ_VALUE, "made of", options, out);
    write_reads(a, origin, FIELD_READ_CONDITION, "there because of", options, out);
}

/* --- JSON --------------------------------------------------------------------------------------------------------- */

static struct value place_json(struct arena *a, struct diag_place place)
{
    char folder[FOLDER_LENGTH];
    if (!place.source)
        return value_nil();
    struct map *map = map_new(a, 3);
    struct slice name = shown_name(place.source->name, folder, sizeof folder);
    map_set_text(map, "file", value_string(arena_slice(a, name)));
    map_set_text(map, "line", value_int(place.line));
    map_set_text(map, "column", value_int(place.column));
    return value_map(map);
}

static struct value step_json(struct arena *a, const struct value_step *step)
{
    struct map *map = map_new(a, 6);
    struct buffer layer = BUFFER_INIT;
    value_step_write_layer(step, &layer);
    map_set_text(map, "layer", value_string(buffer_move(&layer, a)));
    map_set_text(map, "path", value_string(step->path));
    map_set_text(map, "place", place_json(a, step->place));
    map_set_text(map, "value", step->value);
    map_set_text(map, "effect", value_text(effect_name(step->effect)));
    return value_map(map);
}

static struct value reader_json(struct arena *a, const struct key_reader *r)
{
    struct map *map = map_new(a, 6);
    map_set_text(map, "object", value_string(object_name(a, r->object)));
    map_set_text(map, "field", value_string(r->path));
    map_set_text(map, "how", value_text(r->how == FIELD_READ_VALUE ? "value" : "condition"));
    map_set_text(map, "place", place_json(a, r->line));
    map_set_text(map, "more", value_int((int64_t)r->more));
    return value_map(map);
}

struct value explain_key_json(struct arena *a, struct slice key, const struct value_history *history,
                              const struct key_readers *readers)
{
    struct map *map = map_new(a, 6);
    struct list *layers = list_new(a, (uint32_t)history->count);
    struct list *fields = list_new(a, (uint32_t)readers->count);
    for (size_t i = 0; i < history->count; i++)
        list_add(a, layers, step_json(a, &history->steps[i]));
    for (size_t i = 0; i < readers->count; i++)
        list_add(a, fields, reader_json(a, &readers->items[i]));
    map_set_text(map, "key", value_string(key));
    map_set_text(map, "set", value_bool(history->is_set));
    map_set_text(map, "value", history->is_set ? history->value : value_nil());
    map_set_text(map, "place", place_json(a, history->place));
    map_set_text(map, "layers", value_list(layers));
    map_set_text(map, "readers", value_list(fields));
    return value_map(map);
}

static struct value read_json(struct arena *a, const struct field_read *read)
{
    struct map *map = map_new(a, 6);
    map_set_text(map, "path", value_string(read->path));
    map_set_text(map, "how", value_text(read->how == FIELD_READ_VALUE ? "value" : "condition"));
    map_set_text(map, "set", value_bool(!read->is_missing));
    if (!read->is_container && !read->file.len)
        map_set_text(map, "value", read->value);
    if (read->file.len)
        map_set_text(map, "file", value_string(read->file));
    map_set_text(map, "place", place_json(a, read->place));
    return value_map(map);
}

struct value explain_field_json(struct arena *a, const struct origin_object *object, struct slice path,
                                const struct field_origin *origin)
{
    struct map *map = map_new(a, 6);
    struct list *lines = list_new(a, (uint32_t)origin->line_count);
    struct list *reads = list_new(a, (uint32_t)origin->read_count);
    for (size_t i = 0; i < origin->line_count; i++) {
        struct value line = place_json(a, origin->lines[i].place);
        if (line.kind == VALUE_MAP) {
            map_set_text(line.map, "template", value_string(origin->lines[i].template_name));
            list_add(a, lines, line);
        }
    }
    for (size_t i = 0; i < origin->read_count; i++)
        list_add(a, reads, read_json(a, &origin->reads[i]));
    map_set_text(map, "object", value_string(object_name(a, object)));
    map_set_text(map, "field", value_string(path));
    map_set_text(map, "text", value_string(origin->text));
    map_set_text(map, "templates", value_list(lines));
    map_set_text(map, "reads", value_list(reads));
    return value_map(map);
}

/*
 * annotate.c - YAML with remarks at its line ends
 */
#include "report/annotate.h"

#include "codec/yaml_read.h"
#include "codec/yaml_write.h"
#include "report/explain.h"
#include "report/paint.h"
#include "value/compare.h"

#include <stdlib.h>

enum {
    FARTHEST_COLUMN = 72, /* where remarks begin at the latest, if lines are shorter */
    MOST_READS = 2        /* keys named behind a field */
};

/* --- lines -------------------------------------------------------------------------------------------------------- */

static size_t line_end(struct slice text, size_t at)
{
    return at + slice_find_char(slice_after(text, at), '\n');
}

static size_t line_start(struct slice text, size_t at)
{
    while (at > 0 && text.ptr[at - 1] != '\n')
        at--;
    return at;
}

/* Whether a line ends in the header of a block scalar: "|-", ">2". */
static bool ends_in_block_header(struct slice line)
{
    line = slice_trim(line);
    size_t blank = slice_find_last_char(line, ' ');
    struct slice word = blank == line.len ? line : slice_after(line, blank + 1);
    if (word.len == 0 || (word.ptr[0] != '|' && word.ptr[0] != '>'))
        return false;
    for (size_t i = 1; i < word.len; i++) {
        if (!strchr("+-0123456789", word.ptr[i]))
            return false;
    }
    return true;
}

/* The end of the line that takes the remark. */
static size_t remark_position(struct slice text, const struct remark *remark)
{
    size_t first = line_end(text, remark->start);
    if (first >= remark->end || ends_in_block_header(slice_part(text, remark->start, first)))
        return first;
    return line_end(text, remark->end);
}

static size_t widest_line(struct slice text, const struct remark *remarks, size_t count)
{
    size_t widest = 0;
    for (size_t i = 0; i < count; i++) {
        size_t end = remark_position(text, &remarks[i]);
        size_t width = end - line_start(text, end);
        if (width <= FARTHEST_COLUMN && width > widest)
            widest = width;
    }
    return widest;
}

void annotate_text(struct slice text, const struct remark *remarks, size_t count, bool colour, struct buffer *out)
{
    size_t column = widest_line(text, remarks, count);
    size_t written = 0;
    for (size_t i = 0; i < count; i++) {
        size_t end = remark_position(text, &remarks[i]);
        bool is_last = i + 1 == count || remark_position(text, &remarks[i + 1]) != end;
        if (end < written || !is_last || remarks[i].text.len == 0)
            continue; /* several on a line: the last is told */
        size_t width = end - line_start(text, end);
        buffer_add(out, slice_part(text, written, end));
        buffer_add_repeated(out, ' ', (width < column ? column - width : 0) + 2);
        struct buffer comment = BUFFER_INIT;
        buffer_printf(&comment, "# %.*s", SLICE_ARG(remarks[i].text));
        paint_text(out, colour, PAINT_PLACE, buffer_slice(&comment));
        buffer_release(&comment);
        written = end;
    }
    buffer_add(out, slice_after(text, written));
}

/* --- remarks ------------------------------------------------------------------------------------------------------ */

struct remarks {
    struct arena *arena;
    struct remark *items;
    size_t count;
    size_t cap;
};

static void add_remark(struct remarks *r, struct remark remark)
{
    if (r->count == r->cap) {
        size_t cap = r->cap ? r->cap * 2 : 64;
        r->items = arena_resize(r->arena, r->items, r->cap * sizeof remark, cap * sizeof remark);
        r->cap = cap;
    }
    r->items[r->count++] = remark;
}

static bool is_leaf(struct value v)
{
    return !(v.kind == VALUE_MAP && v.map->len) && !(v.kind == VALUE_LIST && v.list->len);
}

/* --- values ------------------------------------------------------------------------------------------------------- */

struct written_values {
    struct remarks remarks;
    const struct value_tree *tree;
};

/* Ends of remarks are found when all is written: each reaches to the next one. */
static void note_value(void *context, size_t offset, struct value v)
{
    struct written_values *w = context;
    const struct source *source = source_set_find(w->tree->sources, (uint32_t)v.origin.source);
    struct buffer text = BUFFER_INIT;
    if (is_leaf(v) && source)
        explain_write_place((struct diag_place){source, v.origin.line, v.origin.column, 1}, &text);
    struct remark remark = {.start = offset, .text = buffer_move(&text, w->remarks.arena)};
    add_remark(&w->remarks, remark);
}

/* Starts behind blanks, ends before them. */
static void trim_remarks(struct slice text, struct remarks *r)
{
    for (size_t i = 0; i < r->count; i++) {
        struct remark *remark = &r->items[i];
        remark->end = i + 1 < r->count ? r->items[i + 1].start : text.len;
        while (remark->start < remark->end && strchr(" \n", text.ptr[remark->start]))
            remark->start++;
        while (remark->end > remark->start && text.ptr[remark->end - 1] == '\n')
            remark->end--;
    }
}

bool annotate_values(struct arena *a, const struct value_tree *tree, bool colour, struct buffer *out,
                     struct diag *diag)
{
    struct written_values w = {.remarks = {.arena = a}, .tree = tree};
    struct buffer text = BUFFER_INIT;
    struct slice error;
    bool ok = yaml_write_telling(&text, tree->values, a, note_value, &w, &error) || diag_error_slice(diag, error);
    if (ok) {
        trim_remarks(buffer_slice(&text), &w.remarks);
        annotate_text(buffer_slice(&text), w.remarks.items, w.remarks.count, colour, out);
    }
    buffer_release(&text);
    return ok;
}

/* --- manifests ---------------------------------------------------------------------------------------------------- */

static void write_line(struct diag_place place, struct buffer *out)
{
    explain_write_place(place, out);
    size_t colon = slice_find_last_char(buffer_slice(out), ':');
    if (place.source && !slice_starts(place.source->name, SLICE("--")))
        out->len = colon; /* the line will do */
}

/* "templates/a.yaml:3 ← .Values.x (values.yaml:1)" */
static struct slice origin_text(struct arena *a, const struct field_origin *origin)
{
    struct buffer text = BUFFER_INIT;
    size_t reads = 0;
    if (origin->line_count)
        write_line(origin->lines[0].place, &text);
    for (size_t i = 0; i < origin->read_count; i++) {
        const struct field_read *read = &origin->reads[i];
        if (read->how != FIELD_READ_VALUE || read->is_missing || ++reads > MOST_READS)
            continue;
        struct buffer place = BUFFER_INIT;
        write_line(read->place, &place);
        buffer_printf(&text, "%s%.*s", reads == 1 ? " ← " : ", ", SLICE_ARG(read->path));
        if (place.len)
            buffer_printf(&text, " (%.*s)", SLICE_ARG(buffer_slice(&place)));
        buffer_release(&place);
    }
    if (reads > MOST_READS)
        buffer_printf(&text, " and %zu more", reads - MOST_READS);
    return buffer_move(&text, a);
}

struct object_remarks {
    struct remarks remarks;
    struct origin_objects *objects;
    const struct origin_object *object;
};

static void note_fields(struct object_remarks *r, struct value v, struct key_path *path)
{
    struct arena *a = r->remarks.arena;
    struct field_origin origin;
    if (is_leaf(v)) {
        if (!field_origin_find(a, r->objects, r->object, path, &origin) || path->count == 0)
            return;
        size_t start = (size_t)(origin.text.ptr - r->object->manifest->content.ptr);
        add_remark(&r->remarks, (struct remark){start, start + origin.text.len, origin_text(a, &origin)});
        return;
    }
    struct key_path here = {ARENA_ARRAY(a, struct key_step, path->count + 1), path->count + 1};
    if (path->count)
        memcpy(here.steps, path->steps, path->count * sizeof *path->steps);
    uint32_t count = v.kind == VALUE_MAP ? v.map->len : v.list->len;
    for (uint32_t i = 0; i < count; i++) {
        bool is_index = v.kind == VALUE_LIST;
        here.steps[path->count] = (struct key_step){is_index, i, is_index ? SLICE("") : v.map->entries[i].key};
        note_fields(r, is_index ? v.list->items[i] : v.map->entries[i].value, &here);
    }
}

static int compare_remarks(const void *a, const void *b)
{
    const struct remark *x = a;
    const struct remark *y = b;
    return (x->start > y->start) - (x->start < y->start);
}

/* Whether the text still means what the object is. */
static bool means_the_same(struct arena *a, struct slice text, struct value tree)
{
    static const struct yaml_read_options options = {.no_origin = true};
    struct yaml_error error;
    struct value read;
    return yaml_read(a, NULL, text, &options, &read, &error) && value_deep_equal(read, tree);
}

void annotate_object(struct arena *a, struct origin_objects *objects, const struct origin_object *object, bool colour,
                     struct buffer *out)
{
    struct object_remarks r = {.remarks = {.arena = a}, .objects = objects, .object = object};
    struct key_path top = {NULL, 0};
    struct slice text = object->manifest->content;
    struct buffer bare = BUFFER_INIT;
    note_fields(&r, object->tree, &top);
    if (r.remarks.count)
        qsort(r.remarks.items, r.remarks.count, sizeof *r.remarks.items, compare_remarks);
    annotate_text(text, r.remarks.items, r.remarks.count, false, &bare);
    if (!means_the_same(a, buffer_slice(&bare), object->tree))
        buffer_add(out, text);
    else if (colour)
        annotate_text(text, r.remarks.items, r.remarks.count, true, out);
    else
        buffer_add(out, buffer_slice(&bare));
    buffer_release(&bare);
}

/* A list of the same manifests with remarks in their texts. */
static struct manifest_list annotate_list(struct arena *a, struct origin_objects *objects,
                                          const struct manifest_list *list, bool colour)
{
    struct manifest_list copy = {ARENA_ARRAY(a, struct manifest, list->count), list->count, list->count};
    for (size_t i = 0; i < list->count; i++) {
        const struct origin_object *object = origin_objects_of(objects, &list->items[i]);
        struct buffer text = BUFFER_INIT;
        copy.items[i] = list->items[i];
        if (object) {
            annotate_object(a, objects, object, colour, &text);
            copy.items[i].content = buffer_move(&text, a);
        }
    }
    return copy;
}

bool annotate_release(struct arena *a, struct source_set *sources, const struct rendered_release *rendered,
                      const struct template_output_options *options, bool colour, struct buffer *out,
                      struct diag *diag)
{
    struct origin_objects objects;
    struct release annotated = *rendered->release;
    origin_objects_list(a, sources, rendered, &objects);
    annotated.manifests.generic = annotate_list(a, &objects, &rendered->release->manifests.generic, colour);
    annotated.manifests.hooks = annotate_list(a, &objects, &rendered->release->manifests.hooks, colour);
    return template_output_write(&annotated, options, out, diag);
}

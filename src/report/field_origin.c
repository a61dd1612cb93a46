/*
 * field_origin.c - where the fields of rendered objects come from
 *
 * A field's text begins at its key and ends where the next key or item begins; the records of the trace that lie in
 * between, and the frames in which they were written, are what it comes from.
 */
#include "report/field_origin.h"

#include "codec/yaml_read.h"
#include "helm/manifest.h"
#include "template/trace.h"

#include <stdlib.h>
#include <strings.h>

/* --- objects ------------------------------------------------------------------------------------------------------ */

static void find_lines(struct arena *a, struct origin_object *object)
{
    struct slice text = object->manifest->content;
    object->lines = ARENA_ARRAY(a, size_t, slice_count_char(text, '\n') + 1);
    object->lines[object->line_count++] = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\n')
            object->lines[object->line_count++] = i + 1;
    }
}

static size_t offset_of(const struct origin_object *object, struct value v)
{
    size_t line = v.origin.line ? v.origin.line : 1;
    if (line > object->line_count)
        return object->manifest->content.len;
    size_t offset = object->lines[line - 1] + (v.origin.column ? v.origin.column - 1 : 0);
    return offset < object->manifest->content.len ? offset : object->manifest->content.len;
}

static void find_starts(struct origin_object *object, struct value v)
{
    for (uint32_t i = 0; v.kind == VALUE_MAP && i < v.map->len; i++) {
        object->starts[object->start_count++] = offset_of(object, v.map->entries[i].value);
        find_starts(object, v.map->entries[i].value);
    }
    for (uint32_t i = 0; v.kind == VALUE_LIST && i < v.list->len; i++) {
        object->starts[object->start_count++] = offset_of(object, v.list->items[i]);
        find_starts(object, v.list->items[i]);
    }
}

static int compare_offsets(const void *a, const void *b)
{
    size_t x = *(const size_t *)a;
    size_t y = *(const size_t *)b;
    return (x > y) - (x < y);
}

void origin_object_init(struct arena *a, const struct manifest *manifest, struct value tree, struct origin_object *out)
{
    *out = (struct origin_object){.manifest = manifest, .api_version = manifest->api_version, .kind = manifest->kind,
                                  .name_space = manifest->name_space, .name = manifest->name,
                                  .is_hook = manifest->hook_events != 0, .tree = tree};
    find_lines(a, out);
    out->starts = ARENA_ARRAY(a, size_t, value_count_below(out->tree));
    find_starts(out, out->tree);
    if (out->start_count)
        qsort(out->starts, out->start_count, sizeof *out->starts, compare_offsets);
}

/* False for a document that has no content. */
static bool read_object(struct arena *a, const struct manifest *manifest, struct origin_object *out)
{
    static const struct yaml_read_options options = {0};
    struct source text = {.id = 1, .text = manifest->content};
    struct yaml_error error;
    struct value tree;
    if (!yaml_read(a, &text, manifest->content, &options, &tree, &error) || tree.kind != VALUE_MAP)
        return false;
    origin_object_init(a, manifest, tree, out);
    return true;
}

void origin_objects_init(struct arena *a, struct source_set *sources, const struct rendered_release *rendered,
                         struct origin_objects *out)
{
    *out = (struct origin_objects){.copy = *rendered, .sources = sources};
    if (rendered->release->trace)
        trace_sources_init(&out->found, a, rendered->release->trace);
}

void origin_objects_list(struct arena *a, struct source_set *sources, const struct rendered_release *rendered,
                         struct origin_objects *out)
{
    const struct manifests *all = &rendered->release->manifests;
    const struct manifest_list *lists[] = {&all->generic, &all->hooks};
    origin_objects_init(a, sources, rendered, out);
    out->items = ARENA_ARRAY(a, struct origin_object, all->generic.count + all->hooks.count);
    for (size_t l = 0; l < 2; l++) {
        for (size_t i = 0; i < lists[l]->count; i++)
            out->count += read_object(a, &lists[l]->items[i], &out->items[out->count]);
    }
}

const struct origin_object *origin_objects_find(const struct origin_objects *objects, struct slice kind,
                                                struct slice name, struct slice name_space)
{
    for (size_t i = 0; i < objects->count; i++) {
        const struct origin_object *o = &objects->items[i];
        bool same_kind = o->kind.len == kind.len && strncasecmp(o->kind.ptr, kind.ptr, kind.len) == 0;
        if (same_kind && slice_equal(o->name, name) && (name_space.len == 0 || slice_equal(o->name_space, name_space)))
            return o;
    }
    return NULL;
}

const struct origin_object *origin_objects_of(const struct origin_objects *objects, const struct manifest *manifest)
{
    for (size_t i = 0; i < objects->count; i++) {
        if (objects->items[i].manifest == manifest)
            return &objects->items[i];
    }
    return NULL;
}

/* --- the text of a field ------------------------------------------------------------------------------------------ */

static size_t last_start(const struct origin_object *object, struct value v, size_t last)
{
    for (uint32_t i = 0; v.kind == VALUE_MAP && i < v.map->len; i++) {
        size_t at = offset_of(object, v.map->entries[i].value);
        last = last_start(object, v.map->entries[i].value, at > last ? at : last);
    }
    for (uint32_t i = 0; v.kind == VALUE_LIST && i < v.list->len; i++) {
        size_t at = offset_of(object, v.list->items[i]);
        last = last_start(object, v.list->items[i], at > last ? at : last);
    }
    return last;
}

static size_t next_start(const struct origin_object *object, size_t after)
{
    for (size_t low = 0, high = object->start_count;;) {
        if (low == high)
            return low < object->start_count ? object->starts[low] : object->manifest->content.len;
        size_t middle = low + (high - low) / 2;
        if (object->starts[middle] <= after)
            low = middle + 1;
        else
            high = middle;
    }
}

/* Without what leads to the next item: blanks, dashes, and lines that are comments. */
static size_t trim_end(struct slice text, size_t start, size_t end)
{
    for (;;) {
        while (end > start && strchr(" \t\r\n", text.ptr[end - 1]))
            end--;
        size_t line = end;
        while (line > start && text.ptr[line - 1] != '\n')
            line--;
        struct slice last = slice_trim(slice_part(text, line, end));
        bool goes = line > start && (slice_starts(last, SLICE("#")) || slice_is(last, "-"));
        if (!goes)
            return end;
        end = line;
    }
}

static void field_range(const struct origin_object *object, struct value v, bool is_root, size_t *start, size_t *end)
{
    struct slice text = object->manifest->content;
    *start = is_root ? 0 : offset_of(object, v);
    size_t last = last_start(object, v, *start);
    *end = is_root ? text.len : trim_end(text, *start, next_start(object, last));
}

/* --- template lines ----------------------------------------------------------------------------------------------- */

static struct field_line line_at(const struct tree *tree, uint32_t pos)
{
    struct field_line line = {.template_name = tree->name};
    if (tree->source)
        line.place = diag_place_at(tree->source, pos, 1);
    return line;
}

/* The calls around a frame, from the inside. Where a text was moved the calls that made it are told, then those around
   the place where it was put. */
static void add_calls(const struct trace *trace, uint32_t id, struct field_origin *out, size_t most)
{
    while (id && out->line_count < most) {
        const struct trace_frame *frame = trace_frame(trace, id);
        if (frame->kind == TRACE_CALL)
            out->lines[out->line_count++] = line_at(frame->tree, frame->pos);
        id = frame->kind == TRACE_MOVED ? frame->moved : frame->parent;
    }
}

static void find_field_lines(struct arena *a, const struct trace *trace, const struct rendered_file *file,
                             size_t offset, struct field_origin *out)
{
    const struct trace_record *record = trace_find(&file->trace, offset);
    if (!record)
        return;
    size_t most = trace_frame(trace, record->frame)->depth + 2;
    for (uint32_t id = record->frame; id;) {
        const struct trace_frame *frame = trace_frame(trace, id);
        most += frame->depth;
        id = frame->kind == TRACE_MOVED ? frame->moved : 0;
    }
    out->lines = ARENA_ARRAY(a, struct field_line, most);
    if (record->tree->source)
        out->lines[out->line_count++] = line_at(record->tree, trace_position(record, file->text, offset));
    add_calls(trace, record->frame, out, most);
}

/* --- reads -------------------------------------------------------------------------------------------------------- */

struct collecting {
    struct arena *arena;
    const struct origin_objects *objects;
    const struct trace *trace;
    const struct flow *flow;
    struct field_origin *out;
};

/* The chart of a path's root, "Files" or "Subcharts.a.Subcharts.b.Files". */
static const struct release_chart *chart_of_root(const struct collecting *c, struct slice root)
{
    const struct release_chart *chart = c->objects->copy.release->chart;
    struct slice part;
    while (chart && slice_starts(root, SLICE("Subcharts."))) {
        root = slice_after(root, strlen("Subcharts."));
        const struct release_chart *next = NULL;
        for (size_t i = 0; i < chart->child_count && !next; i++) {
            part = chart->children[i]->metadata->name;
            if (slice_starts(root, part) && root.len > part.len && root.ptr[part.len] == '.')
                next = chart->children[i];
        }
        if (next)
            root = slice_after(root, next->metadata->name.len + 1);
        chart = next;
    }
    return chart;
}

static uint32_t root_of(const struct flow *flow, uint32_t id)
{
    while (flow_node(flow, id)->first)
        id = flow_node(flow, id)->first;
    return id;
}

/* A file of a chart that a template read. */
static void name_file(const struct collecting *c, struct slice root, struct slice name, struct field_read *read)
{
    const struct release_chart *chart = chart_of_root(c, root);
    if (slice_ends(root, SLICE("Files")) && chart)
        read->file = arena_printf(c->arena, "%.*s/%.*s", SLICE_ARG(chart->chart->location), SLICE_ARG(name));
}

static struct diag_place place_of(const struct collecting *c, struct origin origin)
{
    const struct source *source = source_set_find(c->objects->sources, (uint32_t)origin.source);
    return source ? (struct diag_place){source, origin.line, origin.column, 1} : (struct diag_place){0};
}

/* Where Chart.yaml says what templates know as .Chart.KEY. */
static struct diag_place chart_place(const struct collecting *c, const struct release_chart *chart, struct slice key)
{
    static const struct yaml_read_options options = {0};
    const struct chart_file *file = chart ? chart_files_find(&chart->chart->raw, SLICE("Chart.yaml")) : NULL;
    struct yaml_error error;
    struct value fields;
    if (!file || !file->source || !key.ptr ||
        !yaml_read(c->arena, file->source, file->bytes, &options, &fields, &error) || fields.kind != VALUE_MAP)
        return (struct diag_place){0};
    for (uint32_t i = 0; i < fields.map->len; i++) {
        const struct entry *entry = &fields.map->entries[i];
        if (entry->key.len == key.len && strncasecmp(entry->key.ptr, key.ptr, key.len) == 0)
            return place_of(c, entry->value.origin);
    }
    return (struct diag_place){0};
}

static struct field_read read_of(const struct collecting *c, uint32_t id, enum field_read_how how)
{
    const struct flow_node *node = flow_node(c->flow, id);
    struct field_read read = {.how = how, .is_name = node->kind == FLOW_NAME};
    if (read.is_name)
        node = flow_node(c->flow, node->first);
    struct buffer path = BUFFER_INIT;
    flow_write_path(c->flow, id, &path);
    read.path = buffer_move(&path, c->arena);
    read.is_container = node->is_container;
    read.is_missing = node->is_missing;
    struct slice root = flow_node(c->flow, root_of(c->flow, id))->key;
    if (slice_is(root, "Values") && read.path.len > strlen(".Values."))
        read.key = slice_after(read.path, strlen(".Values."));
    else if (node->key.ptr)
        name_file(c, root, node->key, &read);
    read.value = node->value;
    read.place = place_of(c, node->value.origin);
    if (node->first && slice_ends(root, SLICE("Chart")))
        read.place = chart_place(c, chart_of_root(c, root), node->key);
    return read;
}

static int compare_reads(const void *a, const void *b)
{
    const struct field_read *x = a;
    const struct field_read *y = b;
    int order = slice_compare(x->path, y->path);
    if (order)
        return order;
    if (x->is_name != y->is_name)
        return x->is_name ? 1 : -1;
    return (int)x->how - (int)y->how;
}

static int compare_kinds(const void *a, const void *b)
{
    const struct field_read *x = a;
    const struct field_read *y = b;
    return x->how != y->how ? (int)x->how - (int)y->how : slice_compare(x->path, y->path);
}

static bool is_below(struct slice path, struct slice above)
{
    return path.len > above.len && slice_starts(path, above) && strchr(".[", path.ptr[above.len]);
}

/* Drops what is said twice: a key as condition and as value, a container or a name where something in it is there. */
static void drop_implied(struct field_origin *out)
{
    size_t kept = 0;
    qsort(out->reads, out->read_count, sizeof *out->reads, compare_reads);
    for (size_t i = 0; i < out->read_count; i++) {
        const struct field_read *r = &out->reads[i];
        bool same = kept && slice_equal(out->reads[kept - 1].path, r->path);
        bool below = i + 1 < out->read_count && is_below(out->reads[i + 1].path, r->path);
        if (!same && !(below && (r->is_container || r->is_name)))
            out->reads[kept++] = *r;
    }
    out->read_count = kept;
    qsort(out->reads, kept, sizeof *out->reads, compare_kinds);
}

static void add_reads(struct collecting *c, const struct trace_sources *found, enum field_read_how how)
{
    struct field_origin *out = c->out;
    size_t old = out->read_count;
    out->reads = arena_resize(c->arena, out->reads, old * sizeof *out->reads,
                              (old + found->count) * sizeof *out->reads);
    for (size_t i = 0; i < found->count; i++)
        out->reads[out->read_count++] = read_of(c, found->ids[i], how);
}

/* Records of bytes `start` to `end` of a file. */
struct record_range {
    const struct trace_record *first;
    const struct trace_record *stop;
    size_t end;
};

static struct record_range range_of(const struct rendered_file *file, size_t start, size_t end)
{
    return (struct record_range){trace_find(&file->trace, start), file->trace.records + file->trace.count, end};
}

/* Collects over the records what went into them, or what decided on them. */
static void collect(const struct trace *trace, const struct record_range *range, enum field_read_how how,
                    struct trace_sources *found)
{
    trace_sources_clear(found);
    for (const struct trace_record *r = range->first; r && r < range->stop && r->start < range->end; r++)
        trace_collect(trace, how == FIELD_READ_VALUE ? r->flow : trace_frame(trace, r->frame)->all, found);
}

static void collect_reads(struct collecting *c, struct trace_sources *found, const struct record_range *range)
{
    collect(c->trace, range, FIELD_READ_VALUE, found);
    add_reads(c, found, FIELD_READ_VALUE);
    collect(c->trace, range, FIELD_READ_CONDITION, found);
    add_reads(c, found, FIELD_READ_CONDITION);
    drop_implied(c->out);
}

/* --- entry -------------------------------------------------------------------------------------------------------- */

/* Where a field's text lies in its file. */
struct field_place {
    size_t start;
    size_t end;
    size_t written; /* a byte of what the value's template wrote */
};

static bool find_place(const struct origin_object *object, const struct key_path *path, struct field_place *out)
{
    const struct rendered_file *file = object->manifest->file;
    struct value root = object->tree;
    const struct value *field = key_path_find(&root, path);
    size_t start;
    size_t end;
    if (!field)
        return false;
    field_range(object, *field, path->count == 0, &start, &end);
    size_t base = (size_t)(object->manifest->content.ptr - file->text.ptr);
    bool is_scalar = field->kind != VALUE_MAP && field->kind != VALUE_LIST;
    *out = (struct field_place){base + start, base + end, base + (is_scalar && end > start ? end - 1 : start)};
    return true;
}

static const uint32_t *copy_ids(struct arena *a, const struct trace_sources *found)
{
    uint32_t *ids = ARENA_ARRAY(a, uint32_t, found->count);
    if (found->count)
        memcpy(ids, found->ids, found->count * sizeof *ids);
    return ids;
}

bool field_flow_find(struct arena *a, struct origin_objects *objects, const struct origin_object *object,
                     const struct key_path *path, struct field_flow *out)
{
    const struct trace *trace = objects->copy.release->trace;
    struct field_place place;
    *out = (struct field_flow){NULL, 0, NULL, 0};
    if (!find_place(object, path, &place))
        return false;
    struct record_range range = range_of(object->manifest->file, place.start, place.end);
    collect(trace, &range, FIELD_READ_VALUE, &objects->found);
    out->values = copy_ids(a, &objects->found);
    out->value_count = objects->found.count;
    collect(trace, &range, FIELD_READ_CONDITION, &objects->found);
    out->conditions = copy_ids(a, &objects->found);
    out->condition_count = objects->found.count;
    return true;
}

struct field_read field_flow_read(struct arena *a, const struct origin_objects *objects, uint32_t id,
                                  enum field_read_how how)
{
    const struct trace *trace = objects->copy.release->trace;
    struct collecting c = {a, objects, trace, trace_flow(trace), NULL};
    return read_of(&c, id, how);
}

static void add_file(struct arena *a, struct object_files *files, size_t *cap, struct slice name)
{
    for (size_t i = 0; i < files->count; i++) {
        if (slice_equal(files->names[i], name))
            return;
    }
    files->names = arena_room(a, files->names, files->count, cap, sizeof *files->names);
    files->names[files->count++] = name;
}

/* Templates that wrote a part of the object, and those that called them or decided on it. */
static void add_templates(const struct trace *trace, const struct record_range *range, struct trace_sources *found)
{
    for (const struct trace_record *r = range->first; r && r < range->stop && r->start < range->end; r++) {
        trace_sources_add_tree(found, r->tree);
        for (uint32_t id = r->frame; id;) {
            const struct trace_frame *frame = trace_frame(trace, id);
            if (frame->tree)
                trace_sources_add_tree(found, frame->tree);
            id = frame->kind == TRACE_MOVED ? frame->moved : frame->parent;
        }
    }
}

void object_files_find(struct arena *a, struct origin_objects *objects, const struct origin_object *object,
                       struct object_files *out)
{
    const struct trace *trace = objects->copy.release->trace;
    const struct rendered_file *file = object->manifest->file;
    struct trace_sources *found = &objects->found;
    size_t start = (size_t)(object->manifest->content.ptr - file->text.ptr);
    struct record_range range = range_of(file, start, start + object->manifest->content.len);
    size_t cap = 0;
    *out = (struct object_files){NULL, 0};
    found->tree_count = 0;
    add_templates(trace, &range, found);
    for (int how = FIELD_READ_VALUE; how <= FIELD_READ_CONDITION; how++) {
        collect(trace, &range, (enum field_read_how)how, found);
        for (size_t i = 0; i < found->count; i++) {
            struct field_read read = field_flow_read(a, objects, found->ids[i], (enum field_read_how)how);
            if (read.file.len)
                add_file(a, out, &cap, read.file);
            else if (read.place.source)
                add_file(a, out, &cap, read.place.source->name);
        }
    }
    for (size_t i = 0; i < found->tree_count; i++) {
        if (found->trees[i]->source)
            add_file(a, out, &cap, found->trees[i]->source->name);
    }
}

struct diag_place field_line_find(const struct origin_object *object, const struct key_path *path)
{
    const struct rendered_file *file = object->manifest->file;
    struct diag_place nowhere = {NULL, 0, 0, 0};
    struct field_place place;
    if (!find_place(object, path, &place))
        return nowhere;
    const struct trace_record *record = trace_find(&file->trace, place.written);
    if (!record || !record->tree->source)
        return nowhere;
    return line_at(record->tree, trace_position(record, file->text, place.written)).place;
}

bool field_origin_find(struct arena *a, struct origin_objects *objects, const struct origin_object *object,
                       const struct key_path *path, struct field_origin *out)
{
    const struct rendered_file *file = object->manifest->file;
    const struct trace *trace = objects->copy.release->trace;
    struct collecting c = {a, objects, trace, trace ? trace_flow(trace) : NULL, out};
    struct field_place place;
    *out = (struct field_origin){.chart = file->chart->chart};
    if (!find_place(object, path, &place))
        return false;
    out->text = slice_part(file->text, place.start, place.end);
    if (!trace)
        return true;
    find_field_lines(a, trace, file, place.written, out);
    struct record_range range = range_of(file, place.start, place.end);
    collect_reads(&c, &objects->found, &range);
    return true;
}

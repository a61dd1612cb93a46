/*
 * flow_text.c - texts that functions put together, and values that they read from texts, piece by piece
 */
#include "template/flow_text.h"

#include "codec/yaml_read.h"
#include "value/convert.h"
#include "value/format.h"

#include <stdlib.h>

/* A text in the making, to be compared with what the function really returned. */
struct pieces {
    struct trace *trace;
    struct buffer text;
};

static void add_piece(struct pieces *p, struct slice text, uint32_t mark)
{
    if (text.len == 0)
        return;
    trace_write_string(p->trace, p->text.len, text, trace_site(p->trace)->tree, trace_site(p->trace)->pos, mark);
    buffer_add(&p->text, text);
}

/* Runs `put`, which adds the pieces of the call's result, and keeps them if they make up that result. */
static uint32_t put_together(struct trace *t, const struct call *call, struct slice result,
                             bool (*put)(struct pieces *p, const struct call *call))
{
    struct pieces p = {t, BUFFER_INIT};
    struct trace_nested outer = trace_begin_nested(t, 0);
    bool same = put(&p, call) && slice_equal(buffer_slice(&p.text), result);
    trace_end_nested(t, &outer, result);
    buffer_release(&p.text);
    return same ? trace_newest(t) : 0;
}

/* --- join --------------------------------------------------------------------------------------------------------- */

static bool put_joined(struct pieces *p, const struct call *call)
{
    struct flow *f = trace_flow(p->trace);
    struct value separator = call->args[0];
    struct value strings = convert_strings(call->arena, call->args[1]);
    uint32_t computed = flow_computed(f, flow_mark(call->args[1]));
    for (uint32_t i = 0; i < strings.list->len; i++) {
        struct value item = strings.list->items[i];
        uint32_t mark = flow_mark(item);
        if (i > 0)
            add_piece(p, value_slice(separator), flow_mark(separator));
        add_piece(p, value_slice(item), mark ? mark : computed);
    }
    return true;
}

uint32_t flow_text_join(struct trace *t, const struct call *call, struct slice result)
{
    return put_together(t, call, result, put_joined);
}

/* --- printf ------------------------------------------------------------------------------------------------------- */

/* Bytes of the verb at the front of the format, '%' included; 0 where it takes more than one argument. */
static size_t verb_length(struct slice format)
{
    size_t at = 1;
    while (at < format.len && strchr("+-# 0123456789.", format.ptr[at]))
        at++;
    return at < format.len && !strchr("*[", format.ptr[at]) ? at + 1 : 0;
}

static bool put_printed(struct pieces *p, const struct call *call)
{
    struct slice rest = value_slice(call->args[0]);
    int next = 1;
    while (rest.len) {
        size_t verb = slice_find_char(rest, '%');
        add_piece(p, slice_part(rest, 0, verb), flow_mark(call->args[0]));
        rest = slice_after(rest, verb);
        size_t len = rest.len ? verb_length(rest) : 0;
        bool is_percent = len == 2 && rest.ptr[1] == '%';
        if (rest.len == 0)
            break;
        if (len == 0 || (!is_percent && next == call->count))
            return false;
        struct buffer text = BUFFER_INIT;
        format_printf(&text, slice_part(rest, 0, len), &call->args[next], is_percent ? 0 : 1);
        struct slice kept = buffer_move(&text, call->arena);
        add_piece(p, kept, is_percent ? 0 : flow_whole(trace_flow(p->trace), call->args[next]));
        next += !is_percent;
        rest = slice_after(rest, len);
    }
    return next == call->count;
}

uint32_t flow_text_printf(struct trace *t, const struct call *call, struct slice result)
{
    return put_together(t, call, result, put_printed);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

struct reading {
    struct trace *trace;
    uint32_t mark;
    struct slice text;
    size_t *lines; /* where each begins */
    size_t line_count;
    size_t *starts; /* of all entries and items, in order */
    size_t start_count;
};

static size_t offset_of(const struct reading *r, struct origin at)
{
    size_t line = at.line ? at.line : 1;
    size_t offset = line <= r->line_count ? r->lines[line - 1] + (at.column ? at.column - 1 : 0) : r->text.len;
    return offset < r->text.len ? offset : r->text.len;
}

static void add_starts(struct reading *r, struct value v)
{
    for (uint32_t i = 0; v.kind == VALUE_MAP && i < v.map->len; i++) {
        r->starts[r->start_count++] = offset_of(r, v.map->entries[i].value.origin);
        add_starts(r, v.map->entries[i].value);
    }
    for (uint32_t i = 0; v.kind == VALUE_LIST && i < v.list->len; i++) {
        r->starts[r->start_count++] = offset_of(r, v.list->items[i].origin);
        add_starts(r, v.list->items[i]);
    }
}

static int compare_offsets(const void *a, const void *b)
{
    size_t x = *(const size_t *)a;
    size_t y = *(const size_t *)b;
    return (x > y) - (x < y);
}

static size_t next_start(const struct reading *r, size_t after)
{
    size_t low = 0;
    size_t high = r->start_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->starts[middle] <= after)
            low = middle + 1;
        else
            high = middle;
    }
    return low < r->start_count ? r->starts[low] : r->text.len;
}

/* A scalar is made of its text, a container of where it begins. */
static uint32_t mark_at(const struct reading *r, struct value placed)
{
    size_t start = offset_of(r, placed.origin);
    size_t end = next_start(r, start);
    bool is_container = placed.kind == VALUE_MAP || placed.kind == VALUE_LIST;
    while (end > start && strchr(" -\n", r->text.ptr[end - 1]))
        end--;
    return trace_range_flow(r->trace, r->mark, start, is_container ? start + 1 : end);
}

static void mark_read(const struct reading *r, struct value v, struct value placed)
{
    for (uint32_t i = 0; v.kind == VALUE_MAP && placed.kind == VALUE_MAP && i < v.map->len; i++) {
        struct entry *entry = &v.map->entries[i];
        const struct value *place = map_find(placed.map, entry->key);
        if (!place)
            continue;
        mark_read(r, entry->value, *place);
        entry->value = flow_marked(entry->value, mark_at(r, *place));
    }
    for (uint32_t i = 0; v.kind == VALUE_LIST && placed.kind == VALUE_LIST && i < v.list->len; i++) {
        if (i >= placed.list->len)
            return;
        mark_read(r, v.list->items[i], placed.list->items[i]);
        v.list->items[i] = flow_marked(v.list->items[i], mark_at(r, placed.list->items[i]));
    }
}

void flow_text_read(struct trace *t, uint32_t mark, struct slice text, struct arena *a, struct value *out)
{
    static const struct yaml_read_options options = {0};
    const struct source source = {.id = 1, .text = text};
    struct yaml_error error;
    struct value placed;
    if (!yaml_read(a, &source, text, &options, &placed, &error))
        return;
    size_t nodes = value_count_below(placed);
    struct reading r = {.trace = t, .mark = mark, .text = text};
    r.lines = ARENA_ARRAY(a, size_t, slice_count_char(text, '\n') + 1);
    r.starts = ARENA_ARRAY(a, size_t, nodes);
    r.lines[r.line_count++] = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\n')
            r.lines[r.line_count++] = i + 1;
    }
    add_starts(&r, placed);
    if (nodes)
        qsort(r.starts, r.start_count, sizeof *r.starts, compare_offsets);
    mark_read(&r, *out, placed);
}

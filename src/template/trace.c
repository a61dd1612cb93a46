/*
 * trace.c - which template node wrote which stretch of output
 */
#include "template/trace.h"

/* A string that a template made, with its records. */
struct traced_string {
    struct slice text;
    struct trace_text records;
};

struct trace {
    struct arena *arena;
    struct trace_text output; /* of the innermost output being written */
    struct traced_string *strings;
    size_t count;
    size_t cap;
};

struct trace *trace_new(struct arena *a)
{
    struct trace *t = ARENA_NEW(a, struct trace);
    t->arena = a;
    return t;
}

static void add_record(struct trace *t, struct trace_text *text, struct trace_record record)
{
    if (text->count && text->records[text->count - 1].start == record.start)
        text->count--; /* nothing was written under the older one */
    if (text->count == text->cap) {
        size_t cap = text->cap ? text->cap * 2 : 32;
        text->records = arena_resize(t->arena, text->records, text->cap * sizeof record, cap * sizeof record);
        text->cap = cap;
    }
    text->records[text->count++] = record;
}

void trace_write(struct trace *t, size_t start, const struct tree *tree, uint32_t pos)
{
    struct trace_record record = {start, tree, pos};
    add_record(t, &t->output, record);
}

/* The newest known string that `text` is a part of. */
static const struct traced_string *find_string(const struct trace *t, struct slice text)
{
    for (size_t i = t->count; i-- > 0;) {
        const struct traced_string *s = &t->strings[i];
        if (text.len && text.ptr >= s->text.ptr && text.ptr + text.len <= s->text.ptr + s->text.len)
            return s;
    }
    return NULL;
}

/* Index of the record that covers `offset`, or the count when the first one starts later. */
static size_t covering(const struct trace_text *text, size_t offset)
{
    size_t low = 0;
    size_t high = text->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text->records[middle].start <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? low - 1 : text->count;
}

bool trace_write_string(struct trace *t, size_t start, struct slice text)
{
    const struct traced_string *s = find_string(t, text);
    if (!s || s->records.count == 0)
        return false;
    size_t from = (size_t)(text.ptr - s->text.ptr);
    struct trace_text records = s->records;
    size_t first = covering(&records, from);
    if (first == records.count)
        first = 0; /* the part begins before what is recorded */
    for (size_t i = first; i < records.count && records.records[i].start < from + text.len; i++) {
        struct trace_record record = records.records[i];
        record.start = start + (record.start > from ? record.start - from : 0);
        add_record(t, &t->output, record);
    }
    return true;
}

struct trace_text trace_begin_nested(struct trace *t)
{
    struct trace_text outer = t->output;
    memset(&t->output, 0, sizeof t->output);
    return outer;
}

static void keep_string(struct trace *t, struct slice text, struct trace_text records)
{
    if (t->count == t->cap) {
        size_t cap = t->cap ? t->cap * 2 : 64;
        t->strings = arena_resize(t->arena, t->strings, t->cap * sizeof *t->strings, cap * sizeof *t->strings);
        t->cap = cap;
    }
    struct traced_string s = {text, records};
    t->strings[t->count++] = s;
}

void trace_end_nested(struct trace *t, struct trace_text outer, struct slice text)
{
    keep_string(t, text, t->output);
    t->output = outer;
}

uint32_t trace_position(const struct trace_record *record, struct slice text, size_t offset)
{
    if (offset <= record->start || offset >= text.len)
        return record->pos;
    size_t into = offset - record->start;
    struct slice source = record->tree->text;
    bool literal = record->pos + into < source.len &&
                   memcmp(source.ptr + record->pos, text.ptr + record->start, into + 1) == 0;
    return literal ? record->pos + (uint32_t)into : record->pos;
}

void trace_derive_lines(struct trace *t, struct slice argument, struct slice result)
{
    const struct traced_string *known = find_string(t, argument);
    size_t argument_lines = slice_count_char(argument, '\n');
    size_t result_lines = slice_count_char(result, '\n');
    if (!known || result_lines < argument_lines)
        return;
    struct trace_text records = {NULL, 0, 0};
    const struct traced_string s = *known; /* keep_string may move the strings */
    const struct trace_text from = s.records;
    size_t base = (size_t)(argument.ptr - s.text.ptr);
    size_t skip = result_lines - argument_lines;
    size_t at = 0;
    for (size_t r = 0; r < result.len; r++) {
        bool starts_line = r == 0 || result.ptr[r - 1] == '\n';
        if (!starts_line)
            continue;
        if (skip > 0) {
            skip--;
            continue;
        }
        size_t index = covering(&from, base + at);
        if (index < from.count) {
            struct trace_record record = from.records[index];
            record.pos = trace_position(&record, s.text, base + at);
            record.start = r;
            add_record(t, &records, record);
        }
        struct slice rest = slice_after(argument, at);
        size_t line = slice_find_char(rest, '\n');
        at += line < rest.len ? line + 1 : line;
    }
    keep_string(t, result, records);
}

const struct trace_text *trace_output(const struct trace *t)
{
    return &t->output;
}

void trace_clear_output(struct trace *t)
{
    memset(&t->output, 0, sizeof t->output);
}

const struct trace_record *trace_find(const struct trace_text *text, size_t offset)
{
    size_t index = covering(text, offset);
    return index < text->count ? &text->records[index] : NULL;
}

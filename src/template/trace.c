/*
 * trace.c - which template node wrote which stretch of output, and what it was made of
 */
#include "template/trace.h"

/* A string that a template or function made, with its records. */
struct traced_string {
    struct slice text;
    struct trace_text records;
    uint32_t decided; /* conditions that were asked while it was made */
};

enum {
    RULE_SLOTS = 256,   /* as many as eight bits can tell apart */
    CHUNK = 256,        /* frames that are allocated at once */
    QUOTES = 2          /* what quoting adds to a text that stays what it is */
};

struct trace {
    struct arena *arena;
    struct flow *flow;
    struct trace_record *stack; /* the records of all outputs being written, the innermost last */
    size_t height;
    size_t stack_cap;
    size_t base; /* where those of the innermost begin */
    struct traced_string *strings;
    uint32_t count;
    uint32_t cap;
    struct trace_frame **chunks; /* of frames, which stay where they are */
    uint32_t frame_count;
    uint32_t chunk_cap;
    uint32_t frame;         /* the innermost open one */
    uint32_t decided;       /* conditions asked since the innermost output was begun */
    uint32_t template_flow; /* what the template being run is made of; 0: of a file */
    uint32_t next_template; /* the same of the one to be run next */
    uint32_t newest;        /* mark of the newest text */
    struct trace_site site;
    struct trace_rule rules[RULE_SLOTS]; /* the newest of each slot */
};

/* --- frames ------------------------------------------------------------------------------------------------------- */

static struct trace_frame *frame_at(const struct trace *t, uint32_t frame)
{
    return &t->chunks[frame / CHUNK][frame % CHUNK];
}

static void add_chunk(struct trace *t)
{
    uint32_t chunk = t->frame_count / CHUNK;
    if (chunk == t->chunk_cap) {
        uint32_t cap = t->chunk_cap ? t->chunk_cap * 2 : 16;
        t->chunks = arena_resize(t->arena, t->chunks, t->chunk_cap * sizeof *t->chunks, cap * sizeof *t->chunks);
        t->chunk_cap = cap;
    }
    t->chunks[chunk] = arena_alloc(t->arena, CHUNK * sizeof **t->chunks);
}

static uint32_t add_frame(struct trace *t, struct trace_frame frame)
{
    if (t->frame_count % CHUNK == 0)
        add_chunk(t);
    *frame_at(t, t->frame_count) = frame;
    return t->frame_count++;
}

struct trace *trace_new(struct arena *a)
{
    struct trace *t = ARENA_NEW(a, struct trace);
    t->arena = a;
    t->flow = flow_new(a);
    add_frame(t, (struct trace_frame){.kind = TRACE_ROOT});
    return t;
}

struct flow *trace_flow(const struct trace *t)
{
    return t->flow;
}

const struct trace_frame *trace_frame(const struct trace *t, uint32_t frame)
{
    return frame_at(t, frame);
}

void trace_set_site(struct trace *t, const struct tree *tree, uint32_t pos)
{
    t->site = (struct trace_site){tree, pos};
}

const struct trace_site *trace_site(const struct trace *t)
{
    return &t->site;
}

struct trace_rule *trace_rule_slot(struct trace *t, const char *name)
{
    uintptr_t address = (uintptr_t)name;
    return &t->rules[(address * 0x9E3779B97F4A7C15u) >> 56];
}

uint32_t trace_current(const struct trace *t)
{
    return t->frame;
}

uint32_t trace_enter(struct trace *t, enum trace_frame_kind kind, const struct tree *tree, uint32_t pos, uint32_t flow)
{
    uint32_t outer = t->frame;
    const struct trace_frame *parent = frame_at(t, outer);
    struct trace_frame frame = {.kind = (uint8_t)kind, .parent = outer, .depth = parent->depth + 1, .flow = flow,
                                .all = flow_join(t->flow, parent->all, flow), .tree = tree, .pos = pos};
    t->frame = add_frame(t, frame);
    return outer;
}

void trace_leave(struct trace *t, uint32_t outer)
{
    t->frame = outer;
}

void trace_decided(struct trace *t, uint32_t flow)
{
    t->decided = flow_join(t->flow, t->decided, flow);
}

uint32_t trace_deciders(const struct trace *t)
{
    return frame_at(t, t->frame)->all;
}

static bool is_within(const struct trace *t, uint32_t inner, uint32_t outer)
{
    while (frame_at(t, inner)->depth > frame_at(t, outer)->depth)
        inner = frame_at(t, inner)->parent;
    return inner == outer;
}

/* The frame of a text that was written in `frame` and is used in the one that is open now. */
static uint32_t moved_frame(struct trace *t, uint32_t frame, uint32_t *last, uint32_t *last_moved)
{
    if (frame == *last)
        return *last_moved;
    *last = frame;
    *last_moved = frame;
    if (is_within(t, frame, t->frame))
        return frame;
    const struct trace_frame *here = frame_at(t, t->frame);
    struct trace_frame moved = {.kind = TRACE_MOVED, .parent = t->frame, .moved = frame, .depth = here->depth + 1,
                                .all = flow_join(t->flow, here->all, frame_at(t, frame)->all)};
    *last_moved = add_frame(t, moved);
    return *last_moved;
}

/* --- records ------------------------------------------------------------------------------------------------------ */

static void reserve(struct trace *t, size_t more)
{
    size_t need = t->height + more;
    size_t cap = t->stack_cap ? t->stack_cap * 2 : 256;
    if (need <= t->stack_cap)
        return;
    if (cap < need)
        cap = need;
    t->stack = arena_resize(t->arena, t->stack, t->stack_cap * sizeof *t->stack, cap * sizeof *t->stack);
    t->stack_cap = cap;
}

/* Adds to the innermost output, which has room; a record that wrote nothing is replaced. */
static void put_record(struct trace *t, const struct trace_record *record)
{
    if (t->height > t->base && t->stack[t->height - 1].start == record->start)
        t->height--;
    t->stack[t->height++] = *record;
}

void trace_write(struct trace *t, size_t start, const struct tree *tree, uint32_t pos, uint32_t flow)
{
    struct trace_record record = {tree, (uint32_t)start, pos, flow, t->frame};
    reserve(t, 1);
    put_record(t, &record);
}

/* Takes the records of the innermost output off the stack, counting from `start`. */
static struct trace_text take_records(struct trace *t, size_t start)
{
    struct trace_text text = {NULL, t->height - t->base};
    text.records = arena_alloc(t->arena, text.count * sizeof *text.records);
    for (size_t i = 0; i < text.count; i++) {
        text.records[i] = t->stack[t->base + i];
        text.records[i].start -= (uint32_t)start;
    }
    t->height = t->base;
    return text;
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

/* Copies the records of bytes `from` to `to` of a text to the output, where these bytes are written at `start`. */
static void copy_records(struct trace *t, const struct trace_text *text, size_t from, size_t to, size_t start)
{
    size_t first = covering(text, from);
    uint32_t last = UINT32_MAX;
    uint32_t last_moved = 0;
    if (first == text->count)
        first = 0; /* the part begins before what is recorded */
    reserve(t, text->count - first);
    for (size_t i = first; i < text->count && text->records[i].start < to; i++) {
        struct trace_record record = text->records[i];
        record.start = (uint32_t)(start + (record.start > from ? record.start - from : 0));
        record.frame = moved_frame(t, record.frame, &last, &last_moved);
        put_record(t, &record);
    }
}

static const struct traced_string *string_of(const struct trace *t, uint32_t flow)
{
    const struct flow_node *node = flow_node(t->flow, flow);
    return node->kind == FLOW_TEXT ? &t->strings[node->first] : NULL;
}

/* Whether `part` is a piece of the text, and where; one that was copied is looked for. */
static bool find_part(struct slice text, struct slice part, size_t *at)
{
    if (part.len && part.ptr >= text.ptr && part.ptr + part.len <= text.ptr + text.len) {
        *at = (size_t)(part.ptr - text.ptr);
        return true;
    }
    *at = slice_find(text, part);
    return part.len && *at < text.len;
}

void trace_write_string(struct trace *t, size_t start, struct slice text, const struct tree *tree, uint32_t pos,
                        uint32_t flow)
{
    const struct traced_string *s = flow ? string_of(t, flow) : NULL;
    size_t at;
    if (!s || s->records.count == 0) {
        trace_write(t, start, tree, pos, flow);
    } else if (find_part(s->text, text, &at)) {
        copy_records(t, &s->records, at, at + text.len, start);
    } else if (text.len <= s->text.len + QUOTES && find_part(text, s->text, &at)) {
        if (at > 0)
            trace_write(t, start, tree, pos, flow);
        copy_records(t, &s->records, 0, s->text.len, start + at);
        if (at + s->text.len < text.len)
            trace_write(t, start + at + s->text.len, tree, pos, flow);
    } else {
        trace_write(t, start, tree, pos, flow);
    }
}

void trace_write_literal(struct trace *t, size_t start, struct slice text, const struct tree *tree, uint32_t pos)
{
    const struct traced_string *s = t->template_flow ? string_of(t, t->template_flow) : NULL;
    if (s && text.ptr >= tree->text.ptr && text.ptr + text.len <= tree->text.ptr + tree->text.len) {
        size_t at = (size_t)(text.ptr - tree->text.ptr);
        copy_records(t, &s->records, at, at + text.len, start);
    } else {
        trace_write(t, start, tree, pos, t->template_flow);
    }
}

/* --- texts -------------------------------------------------------------------------------------------------------- */

static uint32_t keep_string(struct trace *t, struct slice text, struct trace_text records, uint32_t decided)
{
    if (t->count == t->cap) {
        uint32_t cap = t->cap ? t->cap * 2 : 64;
        t->strings = arena_resize(t->arena, t->strings, t->cap * sizeof *t->strings, cap * sizeof *t->strings);
        t->cap = cap;
    }
    struct traced_string s = {text, records, decided};
    t->strings[t->count] = s;
    return flow_text(t->flow, t->count++);
}

void trace_set_template(struct trace *t, uint32_t flow)
{
    t->next_template = flow;
}

struct trace_nested trace_begin_nested(struct trace *t, size_t start)
{
    struct trace_nested outer = {t->base, t->decided, t->template_flow, start};
    t->base = t->height;
    t->decided = 0;
    t->template_flow = t->next_template;
    t->next_template = 0;
    return outer;
}

void trace_end_nested(struct trace *t, const struct trace_nested *outer, struct slice text)
{
    uint32_t decided = flow_join(t->flow, t->decided, t->template_flow);
    t->newest = keep_string(t, text, take_records(t, outer->start), decided);
    t->base = outer->base;
    t->decided = outer->decided;
    t->template_flow = outer->template_flow;
}

uint32_t trace_newest(const struct trace *t)
{
    return t->newest;
}

bool trace_is_newest(const struct trace *t, struct slice text)
{
    const struct traced_string *s = t->newest ? string_of(t, t->newest) : NULL;
    return s && text.len && text.ptr >= s->text.ptr && text.ptr + text.len <= s->text.ptr + s->text.len;
}

uint32_t trace_text_flow(struct trace *t, uint32_t flow, size_t offset)
{
    const struct traced_string *s = string_of(t, flow);
    const struct trace_record *record = s ? trace_find(&s->records, offset) : NULL;
    if (!record)
        return flow;
    return flow_join(t->flow, record->flow, frame_at(t, record->frame)->all);
}

uint32_t trace_because(struct trace *t, uint32_t flow, uint32_t reason)
{
    const struct traced_string *s = string_of(t, flow);
    if (!s || !reason)
        return flow_join(t->flow, flow, reason);
    const struct traced_string from = *s; /* keep_string may move the strings */
    struct trace_text records = {NULL, from.records.count};
    records.records = arena_alloc(t->arena, records.count * sizeof *records.records);
    for (size_t i = 0; i < records.count; i++) {
        records.records[i] = from.records.records[i];
        records.records[i].flow = flow_join(t->flow, records.records[i].flow, reason);
    }
    return keep_string(t, from.text, records, flow_join(t->flow, from.decided, reason));
}

uint32_t trace_range_flow(struct trace *t, uint32_t flow, size_t from, size_t to)
{
    const struct traced_string *s = string_of(t, flow);
    uint32_t all = 0;
    if (!s || s->records.count == 0)
        return flow;
    const struct trace_text records = s->records;
    size_t first = covering(&records, from);
    for (size_t i = first == records.count ? 0 : first; i < records.count && records.records[i].start < to; i++) {
        all = flow_join(t->flow, all, records.records[i].flow);
        all = flow_join(t->flow, all, frame_at(t, records.records[i].frame)->all);
    }
    return all;
}

/* The innermost frame that both are within. */
static uint32_t common_frame(const struct trace *t, uint32_t a, uint32_t b)
{
    while (a != b) {
        if (frame_at(t, a)->depth >= frame_at(t, b)->depth)
            a = frame_at(t, a)->parent;
        else
            b = frame_at(t, b)->parent;
    }
    return a;
}

static uint32_t text_presence(struct trace *t, const struct traced_string *s)
{
    const struct trace_record *first = &s->records.records[0];
    uint32_t frame = first->frame;
    bool same = true;
    for (size_t i = 1; i < s->records.count; i++) {
        frame = common_frame(t, frame, s->records.records[i].frame);
        same = same && s->records.records[i].flow == first->flow;
    }
    return flow_join(t->flow, same ? first->flow : 0, frame_at(t, frame)->all);
}

uint32_t trace_truth(struct trace *t, struct value v)
{
    uint32_t mark = flow_mark(v);
    const struct flow_node *node = flow_node(t->flow, mark);
    const struct traced_string *s = node->kind == FLOW_TEXT && v.kind == VALUE_STRING ? string_of(t, mark) : NULL;
    if (s && v.len && s->records.count)
        return text_presence(t, s);
    return node->kind == FLOW_ANSWER ? node->second : mark;
}

uint32_t trace_template_flow(struct trace *t, uint32_t pos)
{
    return t->template_flow ? trace_text_flow(t, t->template_flow, pos) : 0;
}

/* Further lines of what one record covers, of which `pad` bytes stand before each in the result: literal text goes on in
   its template where it was left, the rest stays with its node. `at` is where the record begins in the text, `shift` how
   far its first line was moved. */
static void put_further_lines(struct trace *t, struct trace_record record, struct slice text, size_t at, size_t end,
                              size_t shift, size_t pad)
{
    struct slice source = record.tree->text;
    struct slice part = slice_part(text, at, end);
    bool literal = record.pos + part.len <= source.len && memcmp(source.ptr + record.pos, part.ptr, part.len) == 0;
    uint32_t pos = record.pos;
    size_t passed = slice_find_char(part, '\n') + 1;
    while (passed < part.len) {
        shift += pad;
        record.start = (uint32_t)(at + passed + shift);
        record.pos = literal ? pos + (uint32_t)passed : pos;
        put_record(t, &record);
        passed += slice_find_char(slice_after(part, passed), '\n') + 1;
    }
}

uint32_t trace_indent(struct trace *t, uint32_t flow, struct slice text, size_t before, size_t pad,
                      struct slice result)
{
    const struct traced_string *s = string_of(t, flow);
    size_t base;
    if (!s || !find_part(s->text, text, &base))
        return flow;
    struct trace_text from = s->records;
    uint32_t decided = s->decided;
    struct trace_nested outer = trace_begin_nested(t, 0);
    size_t line = 0; /* lines of the text before `counted` */
    size_t counted = 0;
    size_t first = covering(&from, base);
    reserve(t, from.count + slice_count_char(text, '\n'));
    for (size_t i = first == from.count ? 0 : first; i < from.count && from.records[i].start < base + text.len; i++) {
        struct trace_record record = from.records[i];
        size_t at = record.start > base ? record.start - base : 0;
        line += slice_count_char(slice_part(text, counted, at), '\n');
        counted = at;
        bool starts_line = at == 0 || text.ptr[at - 1] == '\n';
        record.start = starts_line && line == 0 ? 0 : (uint32_t)(before + at + pad * (line + !starts_line));
        put_record(t, &record);
        size_t end = i + 1 < from.count && from.records[i + 1].start - base < text.len ? from.records[i + 1].start - base
                                                                                       : text.len;
        put_further_lines(t, record, text, at, end, before + pad * (line + 1), pad);
    }
    t->decided = decided;
    trace_end_nested(t, &outer, result);
    return t->newest;
}

struct trace_text trace_take_output(struct trace *t)
{
    t->base = 0;
    t->frame = 0;
    t->decided = 0;
    return take_records(t, 0);
}

/* --- afterwards --------------------------------------------------------------------------------------------------- */

struct trace_text trace_without(struct arena *a, const struct trace_text *records, const size_t *offsets, size_t count,
                                size_t gone)
{
    struct trace_text left = {ARENA_ARRAY(a, struct trace_record, records->count), 0};
    size_t passed = 0;
    for (size_t i = 0; i < records->count; i++) {
        struct trace_record record = records->records[i];
        while (passed < count && offsets[passed] + gone <= record.start)
            passed++;
        size_t cut = passed < count && offsets[passed] < record.start ? record.start - offsets[passed] : 0;
        record.start -= (uint32_t)(passed * gone + cut);
        left.count -= left.count && left.records[left.count - 1].start == record.start;
        left.records[left.count++] = record;
    }
    return left;
}

const struct trace_record *trace_find(const struct trace_text *text, size_t offset)
{
    size_t index = covering(text, offset);
    return index < text->count ? &text->records[index] : NULL;
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

void trace_sources_init(struct trace_sources *s, struct arena *a, const struct trace *t)
{
    *s = (struct trace_sources){.arena = a, .number = 1};
    s->seen = ARENA_ARRAY(a, uint32_t, flow_count(t->flow));
}

void trace_sources_clear(struct trace_sources *s)
{
    s->count = 0;
    s->number++;
}

static void push(struct arena *a, uint32_t **items, size_t *count, size_t *cap, uint32_t id)
{
    *items = arena_room(a, *items, *count, &*cap, sizeof **items);
    (*items)[(*count)++] = id;
}

static void meet(struct trace_sources *s, uint32_t id)
{
    if (!id || s->seen[id] == s->number)
        return;
    s->seen[id] = s->number;
    push(s->arena, &s->todo, &s->todo_count, &s->todo_cap, id);
}

void trace_sources_add_tree(struct trace_sources *s, const struct tree *tree)
{
    for (size_t i = s->tree_count; i > 0; i--) {
        if (s->trees[i - 1] == tree)
            return;
    }
    s->trees = arena_room(s->arena, s->trees, s->tree_count, &s->tree_cap, sizeof *s->trees);
    s->trees[s->tree_count++] = tree;
}

static void meet_text(const struct trace *t, const struct traced_string *text, struct trace_sources *s)
{
    uint32_t frame = 0;
    meet(s, text->decided);
    for (size_t i = 0; i < text->records.count; i++) {
        const struct trace_record *record = &text->records.records[i];
        meet(s, record->flow);
        if (i == 0 || record->tree != text->records.records[i - 1].tree)
            trace_sources_add_tree(s, record->tree);
        if (record->frame != frame)
            meet(s, frame_at(t, record->frame)->all);
        frame = record->frame;
    }
}

void trace_collect(const struct trace *t, uint32_t flow, struct trace_sources *out)
{
    meet(out, flow);
    while (out->todo_count) {
        uint32_t id = out->todo[--out->todo_count];
        const struct flow_node *node = flow_node(t->flow, id);
        switch ((enum flow_kind)node->kind) {
        case FLOW_JOIN:
            meet(out, node->second);
            meet(out, node->first);
            break;
        case FLOW_ANSWER:
            meet(out, node->first);
            break;
        case FLOW_TEXT:
            meet_text(t, &t->strings[node->first], out);
            break;
        case FLOW_PATH:
        case FLOW_NAME:
            push(out->arena, &out->ids, &out->count, &out->cap, id);
            break;
        case FLOW_NOTHING:
            break;
        }
    }
}

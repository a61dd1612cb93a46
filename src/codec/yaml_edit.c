/*
 * yaml_edit.c - one value of a YAML file changed, every other byte left as it is
 *
 * The parser's events are followed along the path; a stack has the open collections.
 */
#include "codec/yaml_edit.h"

#include "base/limits.h"
#include "codec/json_write.h"
#include "codec/yaml12.h"
#include "codec/yaml_read.h"

/* An open list or map. */
struct open_node {
    bool is_map;
    bool is_flow;
    bool wants_key;
    bool is_empty;
    uint32_t next;   /* index of the item to come */
    size_t matched;  /* steps of the path that lead here; SIZE_MAX: it is not on the way */
    size_t start;
    size_t column;   /* of its first key */
};

enum spot_kind {
    SPOT_NOTHING, /* a key without a value */
    SPOT_SCALAR,
    SPOT_TEXT,    /* a block scalar */
    SPOT_FLOW,
    SPOT_BLOCK
};

/* The deepest node on the way that the text has. */
struct spot {
    size_t depth;     /* steps that lead to it */
    enum spot_kind kind;
    bool is_map;
    bool is_empty;
    bool is_null;
    char quote;       /* around a scalar; 0: none */
    size_t start;
    size_t end;       /* of a block collection the end of its last content */
    size_t column;    /* of a map's keys; of anything else of the key it belongs to */
};

struct search {
    const struct key_path *path;
    struct arena *arena;
    struct slice text;
    struct open_node *open;
    size_t depth;
    size_t cap;
    size_t last_end;   /* of the newest content */
    size_t key_column; /* of the newest key */
    size_t child;      /* steps that lead to the value to come; SIZE_MAX: it is not on the way */
    bool has_spot;
    struct spot spot;
};

/* --- following the events ----------------------------------------------------------------------------------------- */

static void note(struct search *s, const struct spot *spot)
{
    if (!s->has_spot || spot->depth > s->spot.depth)
        s->spot = *spot;
    s->has_spot = true;
}

static struct open_node *top(struct search *s)
{
    return s->depth ? &s->open[s->depth - 1] : NULL;
}

/* A key of the innermost map, if it is one: says whether its value is on the way. */
static bool take_key(struct search *s, const struct yaml12_event *event)
{
    struct open_node *node = top(s);
    if (!node || !node->is_map || !node->wants_key)
        return false;
    const struct key_step *step = node->matched < s->path->count ? &s->path->steps[node->matched] : NULL;
    bool is_it = step && !step->is_index && slice_equal(step->key, event->text);
    s->child = is_it ? node->matched + 1 : SIZE_MAX;
    s->key_column = event->column;
    if (node->is_empty)
        node->column = s->key_column;
    node->is_empty = false;
    node->wants_key = false;
    s->last_end = event->end;
    return true;
}

/* A value begins: how many steps lead to it. */
static size_t begin_value(struct search *s)
{
    struct open_node *node = top(s);
    if (!node)
        return 0;
    if (node->is_map) {
        node->wants_key = true;
        return s->child;
    }
    const struct key_step *step = node->matched < s->path->count ? &s->path->steps[node->matched] : NULL;
    bool is_it = step && step->is_index && step->index == node->next;
    node->next++;
    node->is_empty = false;
    return is_it ? node->matched + 1 : SIZE_MAX;
}

/* Marks lie within the quotes. */
static void include_quotes(const struct search *s, struct spot *spot, char quote)
{
    spot->quote = quote;
    if (spot->start > 0 && s->text.ptr[spot->start] != quote && s->text.ptr[spot->start - 1] == quote)
        spot->start--;
    if (spot->end < s->text.len && s->text.ptr[spot->end] == quote)
        spot->end++;
}

static void take_scalar(struct search *s, const struct yaml12_event *event)
{
    if (take_key(s, event))
        return;
    size_t before = s->last_end;
    size_t matched = begin_value(s);
    bool is_plain = !event->quote && !event->is_block;
    struct spot spot = {.depth = matched, .kind = SPOT_SCALAR, .column = s->key_column};
    spot.start = event->is_nothing ? before : event->start;
    spot.end = event->is_nothing ? before : event->end;
    spot.is_null = event->is_nothing ||
                   (is_plain && (slice_is(event->text, "null") || slice_is(event->text, "~")));
    if (event->quote)
        include_quotes(s, &spot, event->quote);
    if (event->is_nothing)
        spot.kind = SPOT_NOTHING;
    else if (event->is_block)
        spot.kind = SPOT_TEXT;
    if (matched != SIZE_MAX)
        note(s, &spot);
    s->last_end = spot.end;
}

static void begin_collection(struct search *s, const struct yaml12_event *event)
{
    size_t matched = begin_value(s);
    s->open = arena_room(s->arena, s->open, s->depth, &s->cap, sizeof *s->open);
    struct open_node *node = &s->open[s->depth++];
    *node = (struct open_node){.is_map = event->kind == YAML12_MAP,
                               .is_flow = event->is_flow,
                               .wants_key = true,
                               .is_empty = true,
                               .matched = matched,
                               .start = event->start,
                               .column = s->key_column};
    if (node->is_flow)
        s->last_end = event->end;
}

static void end_collection(struct search *s, const struct yaml12_event *event)
{
    struct open_node node = s->open[--s->depth];
    if (node.is_flow)
        s->last_end = event->end;
    struct spot spot = {.depth = node.matched,
                        .kind = node.is_flow ? SPOT_FLOW : SPOT_BLOCK,
                        .is_map = node.is_map,
                        .is_empty = node.is_empty,
                        .start = node.start,
                        .end = s->last_end,
                        .column = node.column};
    if (node.matched != SIZE_MAX)
        note(s, &spot);
}

static bool take_event(void *context, const struct yaml12_event *event)
{
    struct search *s = context;
    switch (event->kind) {
    case YAML12_SCALAR:
        take_scalar(s, event);
        break;
    case YAML12_ALIAS: {
        struct spot spot = {.depth = begin_value(s), .kind = SPOT_BLOCK, .start = event->start};
        s->last_end = event->end;
        if (spot.depth != SIZE_MAX)
            note(s, &spot);
        break;
    }
    case YAML12_MAP:
    case YAML12_LIST:
        begin_collection(s, event);
        break;
    case YAML12_MAP_END:
    case YAML12_LIST_END:
        end_collection(s, event);
        break;
    }
    return s->depth < LIMIT_VALUE_DEPTH;
}

/* --- changing the text -------------------------------------------------------------------------------------------- */

static bool is_plain_key(struct slice key)
{
    struct value resolved;
    for (size_t i = 0; i < key.len; i++) {
        char c = key.ptr[i];
        bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("_./", c) ||
                  (c == '-' && i > 0);
        if (!ok)
            return false;
    }
    return key.len && !yaml_resolve_plain(key, &resolved);
}

static void add_key(struct arena *a, struct buffer *out, struct slice key)
{
    struct slice error;
    if (is_plain_key(key))
        buffer_add(out, key);
    else
        json_write(out, value_string(key), NULL, a, &error);
    buffer_add_char(out, ':');
}

/* The keys from `from` on, each in the next deeper map, as lines. */
static void add_lines(struct arena *a, struct buffer *out, const struct key_path *path, size_t from, size_t column,
                      struct slice value)
{
    for (size_t i = from; i < path->count; i++) {
        buffer_add_repeated(out, ' ', column + 2 * (i - from));
        add_key(a, out, path->steps[i].key);
        if (i + 1 < path->count)
            buffer_add_char(out, '\n');
    }
    buffer_printf(out, " %.*s\n", SLICE_ARG(value));
}

/* The same within braces. */
static void add_flow(struct arena *a, struct buffer *out, const struct key_path *path, size_t from, struct slice value)
{
    for (size_t i = from; i < path->count; i++) {
        add_key(a, out, path->steps[i].key);
        buffer_add_text(out, i + 1 < path->count ? " {" : " ");
    }
    buffer_add(out, value);
    buffer_add_repeated(out, '}', path->count - from - 1);
}

static void replace(struct buffer *out, struct slice text, size_t start, size_t end, struct slice by)
{
    buffer_add(out, slice_part(text, 0, start));
    buffer_add(out, by);
    buffer_add(out, slice_after(text, end));
}

/* A value takes the place of another; behind a key that has none there is a colon first. */
static void replace_value(struct buffer *out, struct slice text, const struct spot *spot, struct slice value)
{
    size_t at = spot->start;
    if (spot->kind == SPOT_NOTHING)
        at += slice_find_char(slice_after(text, at), ':') + 1;
    buffer_add(out, slice_part(text, 0, at));
    if (spot->kind == SPOT_NOTHING && !slice_starts(value, SLICE("\n")))
        buffer_add_char(out, ' ');
    buffer_add(out, value);
    buffer_add(out, slice_after(text, spot->kind == SPOT_NOTHING ? at : spot->end));
}

/* Lines behind the last content of a block map. */
static void add_behind(struct arena *a, struct buffer *out, struct slice text, const struct spot *spot,
                       const struct key_path *path, struct slice value)
{
    size_t at = spot->end;
    bool at_line_start = at > 0 && text.ptr[at - 1] == '\n';
    if (!at_line_start)
        at += slice_find_char(slice_after(text, at), '\n');
    buffer_add(out, slice_part(text, 0, at));
    if (!at_line_start)
        buffer_add_char(out, '\n');
    add_lines(a, out, path, spot->depth, spot->column, value);
    buffer_add(out, slice_after(text, at < text.len && !at_line_start ? at + 1 : at));
}

/* The blanks between a key's colon and its value go with the value. */
static size_t start_without_blanks(struct slice text, const struct spot *spot)
{
    size_t start = spot->start;
    while (spot->depth && start > 0 && text.ptr[start - 1] == ' ')
        start--;
    return start;
}

/* `{}` or nothing becomes a block map below its key. */
static void begin_map(struct arena *a, struct buffer *out, struct slice text, const struct spot *spot,
                      const struct key_path *path, struct slice value)
{
    struct buffer lines = BUFFER_INIT;
    if (spot->depth)
        buffer_add_char(&lines, '\n');
    add_lines(a, &lines, path, spot->depth, spot->depth ? spot->column + 2 : 0, value);
    lines.len--; /* the line's own end follows */
    if (spot->kind == SPOT_NOTHING)
        replace_value(out, text, spot, buffer_slice(&lines));
    else
        replace(out, text, start_without_blanks(text, spot), spot->end, buffer_slice(&lines));
    buffer_release(&lines);
}

static bool fail_kind(const struct key_path *path, size_t depth, const char *what, struct diag *diag)
{
    struct buffer text = BUFFER_INIT;
    const struct key_path part = {path->steps, depth};
    key_path_write(&text, &part);
    diag_error(diag, "'%.*s' %s", SLICE_ARG(buffer_slice(&text)), what);
    buffer_release(&text);
    return false;
}

static bool check_new_keys(const struct key_path *path, size_t from, struct diag *diag)
{
    for (size_t i = from; i < path->count; i++) {
        if (path->steps[i].is_index)
            return fail_kind(path, i + 1, "does not exist: items cannot be added", diag);
    }
    return true;
}

/* A plain text in the quotes of the one that it replaces. */
static struct slice quoted_as(struct arena *a, struct slice value, char quote)
{
    bool is_plain = quote && value.len && !strchr("\"'[{", value.ptr[0]);
    for (size_t i = 0; is_plain && i < value.len; i++)
        is_plain = value.ptr[i] != quote && value.ptr[i] != '\\';
    return is_plain ? arena_printf(a, "%c%.*s%c", quote, SLICE_ARG(value), quote) : value;
}

static bool change(struct arena *a, struct slice text, const struct key_path *path, struct slice value,
                   const struct spot *spot, struct buffer *out, struct diag *diag)
{
    bool is_it = spot->depth == path->count;
    if (is_it && spot->kind == SPOT_TEXT)
        return fail_kind(path, spot->depth, "is a text of several lines: edit the file", diag);
    if (is_it && spot->kind == SPOT_BLOCK)
        return fail_kind(path, spot->depth, "is a list or map of several lines, or an alias: set what is in it", diag);
    if (is_it) {
        replace_value(out, text, spot, value);
        return true;
    }
    if (!check_new_keys(path, spot->depth, diag))
        return false;
    if (spot->is_null || (spot->is_map && spot->is_empty)) {
        begin_map(a, out, text, spot, path, value);
    } else if (!spot->is_map) {
        return fail_kind(path, spot->depth, "is no map", diag);
    } else if (spot->kind == SPOT_FLOW) {
        buffer_add(out, slice_part(text, 0, spot->end - 1));
        buffer_add_text(out, ", ");
        add_flow(a, out, path, spot->depth, value);
        buffer_add(out, slice_after(text, spot->end - 1));
    } else {
        add_behind(a, out, text, spot, path, value);
    }
    return true;
}

bool yaml_edit_set(struct arena *a, struct slice text, const struct key_path *path, struct slice value,
                   bool is_text, struct slice *out, struct diag *diag)
{
    struct search s = {.path = path, .arena = a, .text = text, .child = SIZE_MAX};
    struct buffer changed = BUFFER_INIT;
    if (!yaml12_events(text, take_event, &s))
        return diag_error(diag, "the file is no YAML that can be edited");
    bool ok = true;
    bool is_empty = !s.has_spot || (s.spot.depth == 0 && s.spot.is_null);
    if (is_empty && check_new_keys(path, 0, diag)) {
        buffer_add(&changed, text);
        if (text.len && text.ptr[text.len - 1] != '\n')
            buffer_add_char(&changed, '\n');
        add_lines(a, &changed, path, 0, 0, value);
    } else {
        struct slice shown = is_text && s.spot.depth == path->count ? quoted_as(a, value, s.spot.quote) : value;
        ok = !is_empty && change(a, text, path, shown, &s.spot, &changed, diag);
    }
    if (ok)
        *out = arena_slice(a, buffer_slice(&changed));
    buffer_release(&changed);
    return ok;
}

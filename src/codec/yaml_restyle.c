/*
 * yaml_restyle.c - documents written back from their nodes
 *
 * A document is read token by token and written in the same walk. The scanner passes over comments; where they are is
 * found beforehand, line by line, and each is written when the walk comes to what follows it.
 */
#include "codec/yaml_restyle.h"

#include "base/limits.h"
#include "codec/yaml_read.h"
#include "codec/yaml_scan.h"

struct comment {
    struct slice text;
    uint32_t line;
    bool is_alone; /* on its line */
    bool is_written;
};

struct restyling {
    struct arena *arena;
    const struct yaml_addition *addition;
    struct buffer *out;
    struct slice document;
    struct slice *lines;
    size_t line_count;
    struct comment *comments;
    size_t comment_count;
    struct yaml_scanner scanner;
    int depth;
    bool failed;
};

enum place {
    PLACE_TOP,       /* nothing stands before the node */
    PLACE_AFTER_KEY, /* "key:" */
    PLACE_AFTER_DASH /* "-" */
};

static void write_node(struct restyling *r, size_t indent, enum place place, bool is_parent);

/* --- tokens --------------------------------------------------------------------------------------------------- */

static const struct yaml_token *peek(struct restyling *r)
{
    const struct yaml_token *token = r->failed ? NULL : yaml_scanner_peek(&r->scanner);
    r->failed |= !token;
    return token;
}

static bool at(struct restyling *r, enum yaml_token_kind kind)
{
    const struct yaml_token *token = peek(r);
    return token && token->kind == kind;
}

static bool take(struct restyling *r, enum yaml_token_kind kind)
{
    if (!at(r, kind))
        return false;
    yaml_scanner_skip(&r->scanner);
    return true;
}

static uint32_t line_of_next(struct restyling *r)
{
    const struct yaml_token *token = peek(r);
    return token ? token->at.line : (uint32_t)r->line_count;
}

/* --- comments ------------------------------------------------------------------------------------------------- */

static void add_comment(struct restyling *r, struct slice text, size_t line, bool is_alone)
{
    size_t old = r->comment_count * sizeof *r->comments;
    r->comments = arena_resize(r->arena, r->comments, old, old + sizeof *r->comments);
    r->comments[r->comment_count++] = (struct comment){slice_trim(text), (uint32_t)line, is_alone, false};
}

/* The offset behind a quoted text that begins at `from`. */
static size_t end_of_quoted(struct slice line, size_t from)
{
    char quote = line.ptr[from];
    for (size_t i = from + 1; i < line.len; i++) {
        if (line.ptr[i] == '\\' && quote == '"')
            i++;
        else if (line.ptr[i] == quote)
            return i + 1;
    }
    return line.len;
}

/* The offset of a comment on a line that begins outside of any text; the length where there is none. */
static size_t find_comment(struct slice line)
{
    for (size_t i = 0; i < line.len; i++) {
        bool begins = i == 0 || strchr(" \t[{,", line.ptr[i - 1]);
        if (begins && line.ptr[i] == '#' && (i == 0 || line.ptr[i - 1] == ' ' || line.ptr[i - 1] == '\t'))
            return i;
        if (begins && (line.ptr[i] == '"' || line.ptr[i] == '\''))
            i = end_of_quoted(line, i) - 1;
    }
    return line.len;
}

static size_t indent_of(struct slice line)
{
    size_t i = 0;
    while (i < line.len && line.ptr[i] == ' ')
        i++;
    return i;
}

/* Whether the line ends in the head of a block scalar: "key: |", "- >2-". */
static bool begins_block(struct slice line)
{
    struct slice text = slice_trim(slice_part(line, 0, find_comment(line)));
    size_t end = text.len;
    while (end > 0 && strchr("+-0123456789", text.ptr[end - 1]))
        end--;
    return end >= 2 && strchr("|>", text.ptr[end - 1]) && strchr(" \t", text.ptr[end - 2]);
}

static bool is_blank(struct slice line)
{
    return slice_trim(line).len == 0;
}

/* The first line behind a block scalar whose head is on line `head`: one that is indented no deeper than it. */
static size_t end_of_block(const struct restyling *r, size_t head)
{
    size_t indent = indent_of(r->lines[head]);
    size_t line = head + 1;
    while (line < r->line_count && (is_blank(r->lines[line]) || indent_of(r->lines[line]) > indent))
        line++;
    return line;
}

static void find_comments(struct restyling *r)
{
    for (size_t i = 0; i < r->line_count; i++) {
        struct slice line = r->lines[i];
        size_t start = find_comment(line);
        if (start < line.len)
            add_comment(r, slice_after(line, start), i, is_blank(slice_part(line, 0, start)));
        if (begins_block(line))
            i = end_of_block(r, i) - 1;
    }
}

/* Writes the comments that stand by themselves before a line. */
static void write_comments(struct restyling *r, uint32_t before, size_t indent)
{
    for (size_t i = 0; i < r->comment_count; i++) {
        struct comment *c = &r->comments[i];
        if (c->is_written || !c->is_alone || c->line >= before)
            continue;
        c->is_written = true;
        buffer_add_repeated(r->out, ' ', indent);
        buffer_printf(r->out, "%.*s\n", SLICE_ARG(c->text));
        bool is_apart = c->line + 1 < r->line_count && is_blank(r->lines[c->line + 1]);
        if (is_apart && indent == 0 && i + 1 == r->comment_count)
            buffer_add_char(r->out, '\n');
    }
}

/* Ends a line, behind the comment that stood there. */
static void end_line(struct restyling *r, uint32_t line)
{
    for (size_t i = 0; i < r->comment_count; i++) {
        struct comment *c = &r->comments[i];
        if (!c->is_written && !c->is_alone && c->line == line) {
            c->is_written = true;
            buffer_printf(r->out, " %.*s", SLICE_ARG(c->text));
        }
    }
    buffer_add_char(r->out, '\n');
}

/* --- scalars -------------------------------------------------------------------------------------------------- */

static void write_double_quoted(struct buffer *out, struct slice text)
{
    buffer_add_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        switch (text.ptr[i]) {
        case '"':
        case '\\':
            buffer_add_char(out, '\\');
            buffer_add_char(out, text.ptr[i]);
            break;
        case '\n':
            buffer_add_text(out, "\\n");
            break;
        case '\t':
            buffer_add_text(out, "\\t");
            break;
        default:
            buffer_add_char(out, text.ptr[i]);
        }
    }
    buffer_add_char(out, '"');
}

static void write_single_quoted(struct buffer *out, struct slice text)
{
    buffer_add_char(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\'')
            buffer_add_char(out, '\'');
        buffer_add_char(out, text.ptr[i]);
    }
    buffer_add_char(out, '\'');
}

/* What stands behind '|': the indent where the text begins with a blank, and what becomes of its last breaks. */
static void write_block_head(struct buffer *out, char sign, struct slice text)
{
    buffer_add_char(out, sign);
    if (text.len && (text.ptr[0] == ' ' || text.ptr[0] == '\n'))
        buffer_add_char(out, '2');
    if (text.len == 0 || text.ptr[text.len - 1] != '\n')
        buffer_add_char(out, '-');
    else if (text.len == 1 || text.ptr[text.len - 2] == '\n')
        buffer_add_char(out, '+');
}

static bool is_folded_break(struct slice before, struct slice line)
{
    return before.len && line.len && before.ptr[0] != ' ' && line.ptr[0] != ' ';
}

/* A block scalar up to its last line, without the line end. In a folded one a break between words takes two. */
static void write_block(struct buffer *out, char sign, struct slice text, size_t indent)
{
    struct slice rest = text;
    struct slice line;
    struct slice before = slice_of("", 0);
    write_block_head(out, sign, text);
    if (rest.len && rest.ptr[rest.len - 1] == '\n')
        rest.len--;
    while (slice_next_piece(&rest, '\n', &line)) {
        if (sign == '>' && is_folded_break(before, line))
            buffer_add_char(out, '\n');
        buffer_add_char(out, '\n');
        if (line.len)
            buffer_add_repeated(out, ' ', indent);
        buffer_add(out, line);
        before = line;
    }
}

static void write_scalar(struct restyling *r, const struct yaml_token *token, size_t indent)
{
    switch ((enum yaml_style)token->style) {
    case YAML_PLAIN:
        buffer_add(r->out, token->text);
        break;
    case YAML_SINGLE_QUOTED:
        write_single_quoted(r->out, token->text);
        break;
    case YAML_DOUBLE_QUOTED:
        write_double_quoted(r->out, token->text);
        break;
    case YAML_LITERAL:
        write_block(r->out, '|', token->text, indent);
        break;
    case YAML_FOLDED:
        write_block(r->out, '>', token->text, indent);
        break;
    }
}

/* --- what is added -------------------------------------------------------------------------------------------- */

static void write_addition(struct restyling *r)
{
    struct value ignored;
    struct slice value = r->addition->value;
    buffer_printf(r->out, "%s: ", r->addition->key);
    if (yaml_resolve_plain(value, &ignored))
        write_double_quoted(r->out, value);
    else
        buffer_add(r->out, value);
}

/* Whether the next token is a scalar of that text. */
static bool next_is(struct restyling *r, const char *text)
{
    const struct yaml_token *token = peek(r);
    return token && token->kind == YAML_SCALAR && slice_is(token->text, text);
}

/* --- flow collections ----------------------------------------------------------------------------------------- */

static void write_flow(struct restyling *r, enum yaml_token_kind end, bool is_parent)
{
    bool has_key = false;
    size_t items = 0;
    buffer_add_char(r->out, end == YAML_FLOW_MAPPING_END ? '{' : '[');
    while (!r->failed && !at(r, end)) {
        if (take(r, YAML_FLOW_ENTRY))
            continue;
        if (items++)
            buffer_add_text(r->out, ", ");
        bool is_pair = take(r, YAML_KEY);
        has_key |= is_parent && next_is(r, r->addition->key);
        write_node(r, 0, PLACE_TOP, false);
        if (is_pair && take(r, YAML_VALUE)) {
            buffer_add_text(r->out, ": ");
            write_node(r, 0, PLACE_TOP, false);
        }
    }
    take(r, end);
    if (is_parent && !has_key) {
        buffer_add_text(r->out, items ? ", " : "");
        write_addition(r);
    }
    buffer_add_char(r->out, end == YAML_FLOW_MAPPING_END ? '}' : ']');
}

/* --- block collections ---------------------------------------------------------------------------------------- */

static void begin_entry(struct restyling *r, size_t indent, bool is_inline)
{
    if (is_inline)
        return;
    write_comments(r, line_of_next(r), indent);
    buffer_add_repeated(r->out, ' ', indent);
}

static void write_map(struct restyling *r, size_t indent, bool is_inline, bool is_parent)
{
    bool has_key = false;
    bool is_top = r->depth == 1;
    while (!r->failed && take(r, YAML_KEY)) {
        begin_entry(r, indent, is_inline);
        is_inline = false;
        has_key |= is_parent && next_is(r, r->addition->key);
        bool is_searched = is_top && r->addition && next_is(r, r->addition->parent);
        write_node(r, indent, PLACE_TOP, false);
        buffer_add_char(r->out, ':');
        uint32_t line = line_of_next(r);
        if (take(r, YAML_VALUE) && !at(r, YAML_KEY) && !at(r, YAML_BLOCK_END))
            write_node(r, indent, PLACE_AFTER_KEY, is_searched);
        else
            end_line(r, line);
    }
    if (is_parent && !has_key && !r->failed) {
        buffer_add_repeated(r->out, ' ', indent);
        write_addition(r);
        buffer_add_char(r->out, '\n');
    }
}

static void write_list(struct restyling *r, size_t indent, bool is_inline)
{
    while (!r->failed && at(r, YAML_BLOCK_ENTRY)) {
        begin_entry(r, indent, is_inline);
        is_inline = false;
        uint32_t line = line_of_next(r);
        take(r, YAML_BLOCK_ENTRY);
        buffer_add_char(r->out, '-');
        if (at(r, YAML_BLOCK_ENTRY) || at(r, YAML_BLOCK_END) || at(r, YAML_KEY))
            end_line(r, line);
        else
            write_node(r, indent, PLACE_AFTER_DASH, false);
    }
}

/* --- nodes ---------------------------------------------------------------------------------------------------- */

/* Anchor and tag, each behind a blank where something stands before it. */
static void write_properties(struct restyling *r, enum place *place, bool *has_any)
{
    while (at(r, YAML_ANCHOR) || at(r, YAML_TAG)) {
        const struct yaml_token *token = peek(r);
        if (*place != PLACE_TOP || *has_any)
            buffer_add_char(r->out, ' ');
        if (token->kind == YAML_ANCHOR)
            buffer_printf(r->out, "&%.*s", SLICE_ARG(token->text));
        else
            buffer_printf(r->out, "%.*s%.*s", SLICE_ARG(token->text), SLICE_ARG(token->suffix));
        *has_any = true;
        yaml_scanner_skip(&r->scanner);
    }
}

static void write_block_node(struct restyling *r, size_t indent, enum place place, bool is_parent, bool has_properties)
{
    bool is_list = at(r, YAML_BLOCK_SEQUENCE_START) || at(r, YAML_BLOCK_ENTRY);
    bool has_end = !at(r, YAML_BLOCK_ENTRY);
    bool is_inline = place == PLACE_AFTER_DASH && !has_properties;
    size_t inner = place == PLACE_TOP ? indent : indent + 2;
    if (is_inline)
        buffer_add_char(r->out, ' ');
    else if (place != PLACE_TOP || has_properties)
        end_line(r, line_of_next(r) ? line_of_next(r) - 1 : 0);
    if (has_end)
        yaml_scanner_skip(&r->scanner);
    if (is_list)
        write_list(r, inner, is_inline);
    else
        write_map(r, inner, is_inline, is_parent);
    if (has_end && !take(r, YAML_BLOCK_END))
        r->failed = true;
}

static void write_leaf(struct restyling *r, size_t indent, bool is_parent)
{
    const struct yaml_token *token = peek(r);
    if (token->kind == YAML_SCALAR)
        write_scalar(r, token, indent + 2);
    else if (token->kind == YAML_ALIAS)
        buffer_printf(r->out, "*%.*s", SLICE_ARG(token->text));
    yaml_scanner_skip(&r->scanner);
    if (token->kind == YAML_FLOW_SEQUENCE_START)
        write_flow(r, YAML_FLOW_SEQUENCE_END, false);
    else if (token->kind == YAML_FLOW_MAPPING_START)
        write_flow(r, YAML_FLOW_MAPPING_END, is_parent);
}

static bool is_leaf(const struct yaml_token *token)
{
    return token->kind == YAML_SCALAR || token->kind == YAML_ALIAS || token->kind == YAML_FLOW_SEQUENCE_START ||
           token->kind == YAML_FLOW_MAPPING_START;
}

/* A node, up to the end of its last line unless it stands at a place of its own. */
static void write_node(struct restyling *r, size_t indent, enum place place, bool is_parent)
{
    bool has_properties = false;
    if (++r->depth > LIMIT_VALUE_DEPTH)
        r->failed = true;
    write_properties(r, &place, &has_properties);
    const struct yaml_token *token = peek(r);
    if (token && (token->kind == YAML_BLOCK_MAPPING_START || token->kind == YAML_BLOCK_SEQUENCE_START ||
                  token->kind == YAML_BLOCK_ENTRY)) {
        write_block_node(r, indent, place, is_parent, has_properties);
    } else if (token) {
        uint32_t line = token->at.line;
        if (is_leaf(token)) {
            if (place != PLACE_TOP || has_properties)
                buffer_add_char(r->out, ' ');
            write_leaf(r, indent, is_parent);
        }
        if (place != PLACE_TOP)
            end_line(r, line);
    }
    r->depth--;
}

/* --- documents ------------------------------------------------------------------------------------------------ */

static void cut_lines(struct restyling *r)
{
    struct slice rest = r->document;
    struct slice line;
    size_t count = slice_count_char(rest, '\n') + 1;
    r->lines = ARENA_ARRAY(r->arena, struct slice, count);
    while (slice_next_piece(&rest, '\n', &line))
        r->lines[r->line_count++] = line;
}

static bool restyle_document(struct arena *a, struct slice document, const struct yaml_addition *addition,
                             struct buffer *out, struct slice *error)
{
    static const struct yaml_read_options options = {.no_origin = true, .go_yaml_v3 = true};
    struct restyling r = {.arena = a, .addition = addition, .out = out, .document = document};
    struct yaml_text text;
    struct yaml_error fault;
    struct value v;
    if (!yaml_read(a, NULL, document, &options, &v, &fault)) {
        *error = fault.message;
        return false;
    }
    cut_lines(&r);
    find_comments(&r);
    yaml_text_check(&text, a, document);
    yaml_scanner_init(&r.scanner, a, &text);
    write_comments(&r, line_of_next(&r), 0);
    write_node(&r, 0, PLACE_TOP, false);
    if (out->len && out->ptr[out->len - 1] != '\n')
        buffer_add_char(out, '\n');
    write_comments(&r, (uint32_t)r.line_count, 0);
    yaml_scanner_release(&r.scanner);
    return true;
}

/* Cuts the next document off; its separator line is dropped. */
static bool next_document(struct slice *rest, struct slice *document)
{
    const struct slice separator = SLICE_INIT("\n---");
    if (rest->len == 0)
        return false;
    for (size_t from = 0;;) {
        size_t found = from + slice_find(slice_after(*rest, from), separator);
        size_t behind = found + separator.len;
        if (found >= rest->len) {
            *document = *rest;
            *rest = slice_of("", 0);
            return true;
        }
        if (behind == rest->len || strchr(" \t\r\n", rest->ptr[behind])) {
            *document = slice_part(*rest, 0, found + 1);
            size_t end = behind + slice_find_char(slice_after(*rest, behind), '\n');
            *rest = slice_after(*rest, end < rest->len ? end + 1 : end);
            return true;
        }
        from = behind;
    }
}

bool yaml_restyle(struct arena *a, struct slice text, const struct yaml_addition *addition, struct buffer *out,
                  struct slice *error)
{
    struct slice rest = text;
    struct slice document;
    bool first = true;
    if (slice_starts(rest, SLICE("---\n")))
        rest = slice_after(rest, 4);
    while (next_document(&rest, &document)) {
        if (slice_trim(document).len == 0)
            continue;
        if (!first)
            buffer_add_text(out, "---\n");
        first = false;
        if (!restyle_document(a, document, addition, out, error))
            return false;
    }
    return true;
}

/*
 * json_path.c - JSONPath templates parsed
 *
 * The parser goes by characters; what stands in brackets is parsed again as an action of its own.
 */
#include "codec/json_path.h"

#include "codec/json_path_node.h"
#include "golang/strconv.h"
#include "golang/unicode.h"

#include <ctype.h>
#include <stdio.h>

enum {
    DEEPEST_FILTER = 100,
    END_OF_TEXT = -1
};

struct path_parser {
    struct arena *arena;
    struct slice text;
    size_t at;
    size_t width; /* of the character that was taken last */
    int depth;
    struct slice *error;
};

static bool fail(struct path_parser *p, const char *before, struct slice subject, const char *after)
{
    *p->error = arena_printf(p->arena, "%s%.*s%s", before, SLICE_ARG(subject), after);
    return false;
}

static bool fail_text(struct path_parser *p, const char *text)
{
    *p->error = slice_text(text);
    return false;
}

static int32_t take(struct path_parser *p)
{
    if (p->at >= p->text.len) {
        p->width = 0;
        return END_OF_TEXT;
    }
    uint32_t rune = go_decode_rune(slice_after(p->text, p->at), &p->width);
    p->at += p->width;
    return (int32_t)rune;
}

static void give_back(struct path_parser *p)
{
    p->at -= p->width;
}

static bool is_next(const struct path_parser *p, const char *text)
{
    return slice_starts(slice_after(p->text, p->at), slice_text(text));
}

static struct path_node *add_node(struct path_parser *p, struct path_nodes *nodes, enum path_kind kind)
{
    nodes->items = arena_room(p->arena, nodes->items, nodes->count, &nodes->cap, sizeof *nodes->items);
    struct path_node *node = &nodes->items[nodes->count++];
    memset(node, 0, sizeof *node);
    node->kind = kind;
    return node;
}

static void add_literal(struct path_parser *p, struct path_nodes *nodes, struct value v)
{
    add_node(p, nodes, PATH_LITERAL)->literal = v;
}

static bool is_word_character(int32_t c)
{
    return c == '_' || (c >= 0 && (go_is_letter((uint32_t)c) || go_is_digit((uint32_t)c)));
}

static bool is_terminator(int32_t c)
{
    return c == END_OF_TEXT || (c > 0 && c < 0x80 && strchr(" \t\r\n.,[]$@{}", c));
}

static bool parse_template(struct path_parser *p, struct path_nodes *out);

/* Parses a text as the inside of one action. */
static bool parse_inside(struct path_parser *p, struct slice text, struct path_nodes *out)
{
    struct path_nodes nodes = {NULL, 0, 0};
    struct path_parser inner = {.arena = p->arena, .depth = p->depth + 1, .error = p->error};
    inner.text = arena_printf(p->arena, "{%.*s}", SLICE_ARG(text));
    if (inner.depth > DEEPEST_FILTER)
        return fail_text(p, "filters are nested too deep");
    if (!parse_template(&inner, &nodes))
        return false;
    *out = nodes.items[0].nodes;
    return true;
}

/* true, false, range, end, or a word that the evaluator refuses */
static bool parse_word(struct path_parser *p, struct path_nodes *nodes)
{
    size_t start = p->at;
    while (!is_terminator(take(p)))
        ;
    give_back(p);
    struct slice word = slice_part(p->text, start, p->at);
    if (slice_is(word, "true") || slice_is(word, "false"))
        add_literal(p, nodes, value_bool(slice_is(word, "true")));
    else
        add_node(p, nodes, PATH_IDENTIFIER)->text = word;
    return true;
}

static bool parse_number(struct path_parser *p, struct path_nodes *nodes)
{
    size_t start = p->at;
    int64_t integer;
    double number;
    int32_t c = take(p);
    if (c != '+' && c != '-')
        give_back(p);
    do
        c = take(p);
    while (c == '.' || (c >= 0 && go_is_digit((uint32_t)c)));
    give_back(p);
    struct slice text = slice_part(p->text, start, p->at);
    if (go_parse_int(text, 10, 64, &integer) == GO_NUMBER_OK)
        add_literal(p, nodes, value_int(integer));
    else if (go_parse_float(text, 64, &number) == GO_NUMBER_OK)
        add_literal(p, nodes, value_float(number));
    else
        return fail(p, "cannot parse number ", text, "");
    return true;
}

/* A name up to a character that ends it; a backslash keeps that character in the name. */
static bool parse_field(struct path_parser *p, struct path_nodes *nodes)
{
    size_t start = p->at;
    struct buffer name = BUFFER_INIT;
    int32_t c;
    while (!is_terminator(c = take(p))) {
        if (c == '\\')
            take(p);
    }
    give_back(p);
    struct slice text = slice_part(p->text, start, p->at);
    if (slice_is(text, "*")) {
        add_node(p, nodes, PATH_WILDCARD);
        return true;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '\\')
            buffer_add_char(&name, text.ptr[i]);
    }
    add_node(p, nodes, PATH_FIELD)->text = buffer_move(&name, p->arena);
    return true;
}

static bool parse_descent(struct path_parser *p, struct path_nodes *nodes)
{
    if (nodes->count && nodes->items[nodes->count - 1].kind == PATH_DESCENT)
        return fail_text(p, "invalid multiple recursive descent");
    p->at += 2;
    add_node(p, nodes, PATH_DESCENT);
    int32_t c = take(p);
    give_back(p);
    return !is_word_character(c) || parse_field(p, nodes);
}

/* The same literal in double quotes, for go_unquote; false where an escape does not suit single ones. */
static bool requote(struct slice inner, struct buffer *out)
{
    buffer_add_char(out, '"');
    for (size_t i = 0; i < inner.len; i++) {
        char c = inner.ptr[i];
        char next = i + 1 < inner.len ? inner.ptr[i + 1] : '\0';
        if (c == '\\' && next == '"')
            return false;
        if (c == '"')
            buffer_add_text(out, "\\\"");
        else if (c != '\\' || next != '\'')
            buffer_add_char(out, c);
        if (c == '\\' && next) {
            buffer_add_char(out, next);
            i++;
        }
    }
    buffer_add_char(out, '"');
    return true;
}

static bool unquote(struct path_parser *p, struct slice literal, struct slice *out)
{
    struct buffer quoted = BUFFER_INIT;
    struct slice inner = slice_part(literal, 1, literal.len - 1);
    bool ok = true;
    if (slice_find_char(inner, '\\') == inner.len)
        *out = inner;
    else if (literal.ptr[0] == '"')
        ok = go_unquote(p->arena, literal, out);
    else
        ok = requote(inner, &quoted) && go_unquote(p->arena, buffer_slice(&quoted), out);
    if (ok)
        *out = arena_slice(p->arena, *out); /* it may share the buffer */
    buffer_release(&quoted);
    return ok;
}

static bool parse_quoted(struct path_parser *p, struct path_nodes *nodes, int32_t quote)
{
    size_t start = p->at - 1;
    struct slice text;
    for (;;) {
        int32_t c = take(p);
        if (c == END_OF_TEXT || c == '\n')
            return fail_text(p, "unterminated quoted string");
        if (c == quote && p->text.ptr[p->at - 2] != '\\')
            break;
    }
    struct slice literal = slice_part(p->text, start, p->at);
    if (!unquote(p, literal, &text))
        return fail(p, "unquote string ", literal, " error invalid syntax");
    add_literal(p, nodes, value_string(text));
    return true;
}

/* An optional minus and digits, perhaps none. */
static struct slice cut_digits(struct slice *rest)
{
    size_t i = rest->len && rest->ptr[0] == '-';
    while (i < rest->len && isdigit((unsigned char)rest->ptr[i]))
        i++;
    struct slice digits = slice_part(*rest, 0, i);
    *rest = slice_after(*rest, i);
    return digits;
}

static bool parse_bound(struct path_parser *p, struct slice digits, struct path_bound *out)
{
    out->known = true;
    if (go_parse_int(digits, 10, 64, &out->value) == GO_NUMBER_OK)
        return true;
    return fail(p, "array index ", digits, " is not a number");
}

/* from? ( ":" to? ( ":" step? )? )? */
static bool parse_slice(struct path_parser *p, struct path_nodes *nodes, struct slice text)
{
    struct slice rest = text;
    struct slice digits[3] = {cut_digits(&rest)};
    int parts = 1;
    while (parts < 3 && rest.len && rest.ptr[0] == ':') {
        rest = slice_after(rest, 1);
        digits[parts++] = cut_digits(&rest);
    }
    if (rest.len)
        return fail(p, "invalid array index ", text, "");
    struct path_node *node = add_node(p, nodes, PATH_SLICE);
    for (int i = 0; i < parts; i++) {
        if (digits[i].len && !parse_bound(p, digits[i], &node->bounds[i]))
            return false;
    }
    if (parts == 1)
        node->bounds[1] = (struct path_bound){true, true, node->bounds[0].value + 1};
    return true;
}

static bool parse_union(struct path_parser *p, struct path_nodes *nodes, struct slice text)
{
    struct path_nodes lists = {NULL, 0, 0};
    struct slice piece;
    while (slice_next_piece(&text, ',', &piece)) {
        while (slice_starts(piece, SLICE(" ")))
            piece = slice_after(piece, 1);
        while (slice_ends(piece, SLICE(" ")))
            piece.len--;
        struct path_nodes inner;
        if (!parse_inside(p, arena_printf(p->arena, "[%.*s]", SLICE_ARG(piece)), &inner))
            return false;
        add_node(p, &lists, PATH_LIST)->nodes = inner;
    }
    add_node(p, nodes, PATH_UNION)->nodes = lists;
    return true;
}

/* ['key'], or null where the brackets hold something else. */
static bool is_quoted_key(struct slice text, struct slice *key)
{
    if (text.len < 2 || text.ptr[0] != '\'' || text.ptr[text.len - 1] != '\'')
        return false;
    *key = slice_part(text, 1, text.len - 1);
    return slice_find_char(*key, '\'') == key->len;
}

static bool parse_brackets(struct path_parser *p, struct path_nodes *nodes)
{
    size_t start = p->at;
    struct path_nodes inner;
    struct slice key;
    int32_t c;
    while ((c = take(p)) != ']') {
        if (c == END_OF_TEXT || c == '\n')
            return fail_text(p, "unterminated array");
    }
    struct slice text = slice_part(p->text, start, p->at - 1);
    if (slice_is(text, "*"))
        text = SLICE(":");
    if (slice_find_char(text, ',') < text.len)
        return parse_union(p, nodes, text);
    if (!is_quoted_key(text, &key))
        return parse_slice(p, nodes, text);
    if (!parse_inside(p, arena_printf(p->arena, ".%.*s", SLICE_ARG(key)), &inner))
        return false;
    for (size_t i = 0; i < inner.count; i++)
        *add_node(p, nodes, PATH_FIELD) = inner.items[i];
    return true;
}

/* Finds the ")" that ends a filter; quotes stand around the right side at most. */
static bool find_filter_end(struct path_parser *p)
{
    int32_t pair = 0;
    bool ended = false;
    for (;;) {
        int32_t c = take(p);
        if (c == END_OF_TEXT || c == '\n')
            return fail_text(p, "unterminated filter");
        if ((c == '"' || c == '\'') && !pair)
            pair = c;
        else if ((c == '"' || c == '\'') && p->text.ptr[p->at - 2] != '\\' && c == pair)
            ended = true;
        else if (c == ')' && (pair != 0) == ended)
            return true;
    }
}

/* Where the operator of "left operator right" lies; false for a text without one. */
static bool find_operator(struct slice text, size_t *from, size_t *to)
{
    size_t i = 0;
    while (i < text.len && !strchr("!<>=", text.ptr[i]))
        i++;
    *from = i;
    while (i < text.len && strchr("!<>=", text.ptr[i]))
        i++;
    *to = i < text.len ? i : i - 1;
    return *from > 0 && *to > *from;
}

static bool parse_filter(struct path_parser *p, struct path_nodes *nodes)
{
    p->at += 3;
    size_t start = p->at;
    size_t from;
    size_t to;
    struct path_node filter = {.kind = PATH_FILTER, .text = SLICE_INIT("exists")};
    if (!find_filter_end(p))
        return false;
    struct slice text = slice_part(p->text, start, p->at - 1);
    if (take(p) != ']')
        return fail_text(p, "unclosed array expect ]");
    if (find_operator(text, &from, &to)) {
        filter.text = slice_part(text, from, to);
        if (!parse_inside(p, slice_after(text, to), &filter.right))
            return false;
        text = slice_part(text, 0, from);
    }
    if (!parse_inside(p, text, &filter.nodes))
        return false;
    *add_node(p, nodes, PATH_FILTER) = filter;
    return true;
}

static bool fail_character(struct path_parser *p, int32_t c)
{
    struct buffer text = BUFFER_INIT;
    buffer_printf(&text, "unrecognized character in action: U+%04X", (unsigned)c);
    if (go_is_print((uint32_t)c)) {
        buffer_add_text(&text, " '");
        buffer_add_rune(&text, (uint32_t)c);
        buffer_add_char(&text, '\'');
    }
    *p->error = buffer_move(&text, p->arena);
    return false;
}

/* One step within braces. */
static bool parse_step(struct path_parser *p, struct path_nodes *nodes)
{
    if (is_next(p, "[?("))
        return parse_filter(p, nodes);
    if (is_next(p, ".."))
        return parse_descent(p, nodes);
    int32_t c = take(p);
    if (c == END_OF_TEXT || c == '\r' || c == '\n')
        return fail_text(p, "unclosed action");
    if (c == ' ' || c == '@' || c == '$')
        return true;
    if (c == '[')
        return parse_brackets(p, nodes);
    if (c == '"' || c == '\'')
        return parse_quoted(p, nodes, c);
    if (c == '.')
        return parse_field(p, nodes);
    give_back(p);
    if (c == '+' || c == '-' || go_is_digit((uint32_t)c))
        return parse_number(p, nodes);
    if (is_word_character(c))
        return parse_word(p, nodes);
    return fail_character(p, c);
}

static bool parse_action(struct path_parser *p, struct path_nodes *nodes)
{
    while (!is_next(p, "}")) {
        if (!parse_step(p, nodes))
            return false;
    }
    p->at++;
    return true;
}

/* ( text | "{" action "}" )* */
static bool parse_template(struct path_parser *p, struct path_nodes *out)
{
    while (p->at < p->text.len) {
        struct slice rest = slice_after(p->text, p->at);
        size_t brace = slice_find_char(rest, '{');
        if (brace)
            add_literal(p, out, value_string(slice_part(rest, 0, brace)));
        p->at += brace;
        if (p->at == p->text.len)
            break;
        p->at++;
        struct path_nodes nodes = {NULL, 0, 0};
        if (!parse_action(p, &nodes))
            return false;
        add_node(p, out, PATH_LIST)->nodes = nodes;
    }
    return true;
}

const struct json_path *json_path_parse(struct arena *a, struct slice text, struct slice *error)
{
    struct json_path *path = ARENA_NEW(a, struct json_path);
    struct path_parser p = {.arena = a, .text = text, .error = error};
    memset(path, 0, sizeof *path);
    return parse_template(&p, &path->nodes) ? path : NULL;
}

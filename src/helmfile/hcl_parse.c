/*
 * hcl_parse.c - HCL text to expressions
 *
 * A recursive descent over the characters: where a line ends matters between attributes, but not inside of brackets, so
 * blanks are skipped by the rule of the place. The text of a template is parsed by itself, with the same functions.
 */
#include "helmfile/hcl_node.h"

#include "base/limits.h"
#include "golang/strconv.h"

#include <stdarg.h>

enum {
    DEEPEST = 500
};

struct parser {
    struct arena *arena;
    const struct source *source;
    struct slice text;
    size_t pos;
    size_t brackets; /* open ones: there a line end is a blank */
    int depth;
    struct diag *diag;
};

static struct hcl_node *parse_expression(struct parser *p);
static struct hcl_node *parse_template(struct parser *p, size_t end, bool has_escapes);

bool hcl_fail(const struct source *source, size_t offset, struct diag *diag, const char *format, ...)
{
    struct buffer text = BUFFER_INIT;
    va_list args;
    va_start(args, format);
    buffer_vprintf(&text, format, args);
    va_end(args);
    struct diag_place place = diag_place_at(source, offset, 1);
    diag_error(diag, "%.*s:%u,%u: %.*s", SLICE_ARG(source->name), place.line, place.column,
               SLICE_ARG(buffer_slice(&text)));
    diag_locate(diag, place);
    buffer_release(&text);
    return false;
}

static void *fail(struct parser *p, const char *what)
{
    hcl_fail(p->source, p->pos, p->diag, "%s", what);
    return NULL;
}

/* --- characters ----------------------------------------------------------------------------------------------- */

static char at(const struct parser *p, size_t ahead)
{
    return p->pos + ahead < p->text.len ? p->text.ptr[p->pos + ahead] : '\0';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void skip_line(struct parser *p)
{
    while (p->pos < p->text.len && at(p, 0) != '\n')
        p->pos++;
}

static void skip_block_comment(struct parser *p)
{
    size_t end = slice_find(slice_after(p->text, p->pos), SLICE("*/"));
    p->pos = p->pos + end < p->text.len ? p->pos + end + 2 : p->text.len;
}

/* Blanks and comments; line ends, too, where `lines`. */
static void skip(struct parser *p, bool lines)
{
    for (;;) {
        char c = at(p, 0);
        if (c == ' ' || c == '\t' || c == '\r' || (c == '\n' && lines))
            p->pos++;
        else if (c == '#' || (c == '/' && at(p, 1) == '/'))
            skip_line(p);
        else if (c == '/' && at(p, 1) == '*')
            skip_block_comment(p);
        else
            return;
    }
}

static void skip_blanks(struct parser *p)
{
    skip(p, p->brackets > 0);
}

static bool take(struct parser *p, const char *word)
{
    skip_blanks(p);
    if (!slice_starts(slice_after(p->text, p->pos), slice_text(word)))
        return false;
    p->pos += strlen(word);
    return true;
}

static struct slice take_name(struct parser *p)
{
    skip_blanks(p);
    size_t start = p->pos;
    if (is_letter(at(p, 0))) {
        while (is_letter(at(p, 0)) || is_digit(at(p, 0)) || at(p, 0) == '-')
            p->pos++;
    }
    return slice_part(p->text, start, p->pos);
}

/* A word of its own, such as `for`. */
static bool take_word(struct parser *p, const char *word)
{
    size_t before = p->pos;
    if (slice_is(take_name(p), word))
        return true;
    p->pos = before;
    return false;
}

/* --- nodes ---------------------------------------------------------------------------------------------------- */

static struct hcl_node *new_node(struct parser *p, enum hcl_kind kind)
{
    struct hcl_node *node = ARENA_NEW(p->arena, struct hcl_node);
    node->kind = kind;
    node->offset = p->pos;
    return node;
}

static void add_part(struct parser *p, struct hcl_node *node, struct hcl_node *part)
{
    size_t old = node->count * sizeof part;
    node->parts = arena_resize(p->arena, node->parts, old, old + sizeof part);
    node->parts[node->count++] = part;
}

static struct hcl_node *literal(struct parser *p, struct value v)
{
    struct hcl_node *node = new_node(p, HCL_LITERAL);
    node->literal = v;
    return node;
}

static struct hcl_node *parse_number(struct parser *p)
{
    size_t start = p->pos;
    double d;
    while (is_digit(at(p, 0)))
        p->pos++;
    if (at(p, 0) == '.' && is_digit(at(p, 1))) {
        p->pos++;
        while (is_digit(at(p, 0)))
            p->pos++;
    }
    if ((at(p, 0) == 'e' || at(p, 0) == 'E') && (is_digit(at(p, 1)) || is_digit(at(p, 2)))) {
        p->pos += is_digit(at(p, 1)) ? 1 : 2;
        while (is_digit(at(p, 0)))
            p->pos++;
    }
    if (go_parse_float(slice_part(p->text, start, p->pos), 64, &d) != GO_NUMBER_OK)
        return fail(p, "Invalid number literal");
    return literal(p, value_float(d));
}

/* --- templates ------------------------------------------------------------------------------------------------ */

static size_t add_escape(struct parser *p, struct buffer *out)
{
    static const char letters[] = "nrt\"\\";
    static const char meant[] = "\n\r\t\"\\";
    char c = at(p, 1);
    const char *found = c ? strchr(letters, c) : NULL;
    if (found) {
        buffer_add_char(out, meant[found - letters]);
        return 2;
    }
    size_t digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
    uint32_t rune = 0;
    for (size_t i = 0; i < digits; i++) {
        char d = at(p, 2 + i);
        uint32_t v = is_digit(d) ? (uint32_t)(d - '0') : (uint32_t)((d | 0x20) - 'a' + 10);
        rune = rune * 16 + (v & 15);
    }
    if (digits)
        buffer_add_rune(out, rune);
    else
        buffer_add_char(out, '\\');
    return digits ? 2 + digits : 1;
}

/* Text up to the next "${" or "%{", or `end`. */
static void add_text(struct parser *p, struct hcl_node *node, size_t end, bool has_escapes)
{
    struct buffer text = BUFFER_INIT;
    size_t start = p->pos;
    while (p->pos < end) {
        char c = at(p, 0);
        bool is_mark = (c == '$' || c == '%') && at(p, 1) == '{';
        bool is_escaped = (c == '$' || c == '%') && at(p, 1) == c && at(p, 2) == '{';
        if (is_mark)
            break;
        if (is_escaped) {
            buffer_add_char(&text, c);
            buffer_add_char(&text, '{');
            p->pos += 3;
        } else if (c == '\\' && has_escapes) {
            p->pos += add_escape(p, &text);
        } else {
            buffer_add_char(&text, c);
            p->pos++;
        }
    }
    if (p->pos > start)
        add_part(p, node, literal(p, value_string(buffer_move(&text, p->arena))));
    buffer_release(&text);
}

/* "~" before a closing brace, or behind an opening one, takes the blanks beside it away. */
static void trim_before(struct hcl_node *node)
{
    if (node->count == 0 || node->parts[node->count - 1]->kind != HCL_LITERAL)
        return;
    struct value *v = &node->parts[node->count - 1]->literal;
    while (v->len && strchr(" \t\r\n", v->s[v->len - 1]))
        v->len--;
}

static bool end_mark(struct parser *p)
{
    bool trims = take(p, "~");
    if (!take(p, "}"))
        return fail(p, "Extra characters after interpolation expression") != NULL;
    while (trims && p->pos < p->text.len && strchr(" \t\r\n", at(p, 0)))
        p->pos++;
    return true;
}

/* Whether the mark at the present place is %{ and one of these words. */
static bool is_directive(const struct parser *p, const char *first, const char *second)
{
    struct parser ahead = *p;
    if (at(p, 0) != '%' || at(p, 1) != '{')
        return false;
    ahead.pos += at(p, 2) == '~' ? 3 : 2;
    struct slice name = take_name(&ahead);
    return slice_is(name, first) || (second && slice_is(name, second));
}

static struct hcl_node *parse_pieces(struct parser *p, size_t end, bool has_escapes, const char *stop,
                                     const char *other);

static bool take_directive(struct parser *p, struct hcl_node *before, const char *word)
{
    p->pos += 2;
    if (take(p, "~"))
        trim_before(before);
    return take_word(p, word) || fail(p, "Unexpected directive");
}

static struct hcl_node *parse_if(struct parser *p, struct hcl_node *around, size_t end, bool has_escapes)
{
    struct hcl_node *node = new_node(p, HCL_CONDITION);
    if (!take_directive(p, around, "if"))
        return NULL;
    struct hcl_node *condition = parse_expression(p);
    if (!condition || !end_mark(p))
        return NULL;
    struct hcl_node *yes = parse_pieces(p, end, has_escapes, "else", "endif");
    struct hcl_node *no = NULL;
    if (yes && is_directive(p, "else", NULL)) {
        if (!take_directive(p, yes, "else") || !end_mark(p))
            return NULL;
        no = parse_pieces(p, end, has_escapes, "endif", NULL);
        if (!no)
            return NULL;
    }
    if (!yes || !take_directive(p, no ? no : yes, "endif") || !end_mark(p))
        return NULL;
    add_part(p, node, condition);
    add_part(p, node, yes);
    add_part(p, node, no ? no : literal(p, value_text("")));
    return node;
}

static bool take_for_names(struct parser *p, struct hcl_node *node)
{
    node->name = take_name(p);
    if (take(p, ","))
        node->second = take_name(p);
    return node->name.len && take_word(p, "in");
}

static struct hcl_node *parse_for_text(struct parser *p, struct hcl_node *around, size_t end, bool has_escapes)
{
    struct hcl_node *node = new_node(p, HCL_FOR_TEMPLATE);
    if (!take_directive(p, around, "for"))
        return NULL;
    if (!take_for_names(p, node))
        return fail(p, "Invalid 'for' directive");
    struct hcl_node *over = parse_expression(p);
    if (!over || !end_mark(p))
        return NULL;
    struct hcl_node *body = parse_pieces(p, end, has_escapes, "endfor", NULL);
    if (!body || !take_directive(p, body, "endfor") || !end_mark(p))
        return NULL;
    add_part(p, node, over);
    add_part(p, node, body);
    return node;
}

static struct hcl_node *parse_mark(struct parser *p, struct hcl_node *around, size_t end, bool has_escapes)
{
    struct hcl_node *node;
    p->brackets++;
    if (is_directive(p, "if", NULL)) {
        node = parse_if(p, around, end, has_escapes);
    } else if (is_directive(p, "for", NULL)) {
        node = parse_for_text(p, around, end, has_escapes);
    } else if (at(p, 0) == '%') {
        node = fail(p, "Invalid template control keyword");
    } else {
        p->pos += 2;
        if (take(p, "~"))
            trim_before(around);
        node = parse_expression(p);
        if (node && !end_mark(p))
            node = NULL;
    }
    p->brackets--;
    return node;
}

/* Pieces up to `end`, or to a directive of one of these words. */
static struct hcl_node *parse_pieces(struct parser *p, size_t end, bool has_escapes, const char *stop,
                                     const char *other)
{
    struct hcl_node *node = new_node(p, HCL_TEMPLATE);
    if (++p->depth > DEEPEST)
        return fail(p, "expressions are nested too deep");
    while (p->pos < end && !(stop && is_directive(p, stop, other))) {
        add_text(p, node, end, has_escapes);
        if (p->pos >= end || (stop && is_directive(p, stop, other)))
            break;
        struct hcl_node *part = parse_mark(p, node, end, has_escapes);
        if (!part)
            return NULL;
        add_part(p, node, part);
    }
    p->depth--;
    return node;
}

static struct hcl_node *parse_template(struct parser *p, size_t end, bool has_escapes)
{
    struct slice whole = p->text;
    p->text = slice_part(whole, 0, end);
    struct hcl_node *node = parse_pieces(p, end, has_escapes, NULL, NULL);
    p->text = whole;
    return node;
}

/* The offset of the quote that ends a text; quotes inside of "${…}" do not. */
static size_t end_of_quoted(const struct parser *p)
{
    size_t braces = 0;
    bool inner = false;
    for (size_t i = p->pos; i < p->text.len; i++) {
        char c = p->text.ptr[i];
        bool opens = (c == '$' || c == '%') && i + 1 < p->text.len && p->text.ptr[i + 1] == '{';
        if (c == '\\') {
            i++;
        } else if (opens && !inner) {
            braces++;
            i++;
        } else if (c == '"' && braces == 0) {
            return i;
        } else if (c == '"') {
            inner = !inner;
        } else if (c == '{' && braces && !inner) {
            braces++;
        } else if (c == '}' && braces && !inner) {
            braces--;
        }
    }
    return p->text.len;
}

static struct hcl_node *parse_quoted(struct parser *p)
{
    p->pos++;
    size_t end = end_of_quoted(p);
    if (end == p->text.len)
        return fail(p, "Unterminated template string");
    struct hcl_node *node = parse_template(p, end, true);
    if (node)
        p->pos = end + 1;
    return node;
}

/* The least indentation of the lines that are not blank. */
static size_t least_indent(struct slice text)
{
    struct slice line;
    size_t least = text.len;
    while (slice_next_piece(&text, '\n', &line)) {
        size_t indent = 0;
        while (indent < line.len && line.ptr[indent] == ' ')
            indent++;
        if (indent < line.len && indent < least)
            least = indent;
    }
    return least;
}

static struct slice without_indent(struct parser *p, struct slice text)
{
    struct buffer out = BUFFER_INIT;
    size_t indent = least_indent(text);
    struct slice line;
    for (bool first = true; slice_next_piece(&text, '\n', &line); first = false) {
        if (!first)
            buffer_add_char(&out, '\n');
        buffer_add(&out, slice_after(line, line.len < indent ? line.len : indent));
    }
    return buffer_move(&out, p->arena);
}

/* <<WORD … WORD, or <<-WORD without the common indentation. */
static struct hcl_node *parse_heredoc(struct parser *p)
{
    p->pos += 2;
    bool is_indented = at(p, 0) == '-';
    p->pos += is_indented;
    struct slice word = take_name(p);
    skip_line(p);
    size_t start = p->pos + 1;
    size_t from = start;
    while (from <= p->text.len) {
        size_t end = from + slice_find_char(slice_after(p->text, from), '\n');
        if (slice_equal(slice_trim(slice_part(p->text, from, end)), word)) {
            struct slice body = slice_part(p->text, start, from);
            struct parser inner = *p;
            inner.text = is_indented ? without_indent(p, body) : body;
            inner.pos = 0;
            struct hcl_node *node = parse_template(&inner, inner.text.len, false);
            p->pos = end;
            return node;
        }
        if (end == p->text.len)
            break;
        from = end + 1;
    }
    return fail(p, "Unterminated heredoc");
}

/* --- collections ---------------------------------------------------------------------------------------------- */

static struct hcl_node *parse_for(struct parser *p, bool is_object)
{
    struct hcl_node *node = new_node(p, HCL_FOR);
    struct hcl_node *key = NULL;
    struct hcl_node *condition = NULL;
    if (!take_for_names(p, node))
        return fail(p, "Invalid 'for' expression");
    struct hcl_node *over = parse_expression(p);
    if (!over || !take(p, ":"))
        return over ? fail(p, "Invalid 'for' expression") : NULL;
    struct hcl_node *value = parse_expression(p);
    if (value && is_object) {
        key = value;
        value = take(p, "=>") ? parse_expression(p) : fail(p, "Invalid 'for' expression");
        node->spread = value && take(p, "...");
    }
    if (!value || (take_word(p, "if") && !(condition = parse_expression(p))))
        return NULL;
    add_part(p, node, over);
    add_part(p, node, key);
    add_part(p, node, value);
    add_part(p, node, condition);
    return take(p, is_object ? "}" : "]") ? node : fail(p, "Invalid 'for' expression");
}

static struct hcl_node *parse_tuple(struct parser *p)
{
    struct hcl_node *node = new_node(p, HCL_TUPLE);
    p->pos++;
    p->brackets++;
    if (take_word(p, "for")) {
        node = parse_for(p, false);
    } else {
        while (node && !take(p, "]")) {
            struct hcl_node *item = parse_expression(p);
            if (!item)
                return NULL;
            add_part(p, node, item);
            if (!take(p, ",") && (skip_blanks(p), at(p, 0) != ']'))
                return fail(p, "Missing item separator");
        }
    }
    p->brackets--;
    return node;
}

/* A bare name is a text; what is in parentheses is an expression. */
static struct hcl_node *parse_key(struct parser *p)
{
    size_t before = p->pos;
    struct slice name = take_name(p);
    skip(p, false);
    if (name.len && (at(p, 0) == '=' || at(p, 0) == ':'))
        return literal(p, value_string(name));
    p->pos = before;
    return parse_expression(p);
}

static struct hcl_node *parse_object(struct parser *p)
{
    struct hcl_node *node = new_node(p, HCL_OBJECT);
    size_t brackets = p->brackets;
    p->pos++;
    p->brackets = 0; /* a line end parts the items */
    skip(p, true);
    if (take_word(p, "for")) {
        p->brackets = brackets + 1;
        node = parse_for(p, true);
        p->brackets = brackets;
        return node;
    }
    for (skip(p, true); at(p, 0) != '}'; skip(p, true)) {
        struct hcl_node *key = parse_key(p);
        if (!key || !(take(p, "=") || take(p, ":")))
            return key ? fail(p, "Missing attribute value") : NULL;
        struct hcl_node *value = parse_expression(p);
        if (!value)
            return NULL;
        add_part(p, node, key);
        add_part(p, node, value);
        skip(p, false);
        if (at(p, 0) == ',')
            p->pos++;
        else if (at(p, 0) != '\n' && at(p, 0) != '}')
            return fail(p, "Missing attribute separator");
    }
    p->pos++;
    p->brackets = brackets;
    return node;
}

/* --- terms ---------------------------------------------------------------------------------------------------- */

static struct hcl_node *parse_call(struct parser *p, struct slice name)
{
    struct hcl_node *node = new_node(p, HCL_CALL);
    node->name = name;
    p->pos++;
    p->brackets++;
    while (!take(p, ")")) {
        struct hcl_node *argument = parse_expression(p);
        if (!argument)
            return NULL;
        add_part(p, node, argument);
        node->spread = take(p, "...");
        if (!take(p, ",") && (skip_blanks(p), at(p, 0) != ')'))
            return fail(p, "Missing argument separator");
    }
    p->brackets--;
    return node;
}

static struct hcl_node *parse_word(struct parser *p)
{
    struct hcl_node *node = new_node(p, HCL_VARIABLE);
    node->name = take_name(p);
    if (slice_is(node->name, "true") || slice_is(node->name, "false"))
        return literal(p, value_bool(slice_is(node->name, "true")));
    if (slice_is(node->name, "null"))
        return literal(p, value_nil());
    return at(p, 0) == '(' ? parse_call(p, node->name) : node;
}

static struct hcl_node *parse_primary(struct parser *p)
{
    skip_blanks(p);
    char c = at(p, 0);
    if (c == '"')
        return parse_quoted(p);
    if (c == '<' && at(p, 1) == '<')
        return parse_heredoc(p);
    if (c == '[')
        return parse_tuple(p);
    if (c == '{')
        return parse_object(p);
    if (is_digit(c))
        return parse_number(p);
    if (is_letter(c))
        return parse_word(p);
    if (c != '(')
        return fail(p, "Invalid expression");
    p->pos++;
    p->brackets++;
    struct hcl_node *node = parse_expression(p);
    if (node && !take(p, ")"))
        return fail(p, "Unbalanced parentheses");
    p->brackets--;
    return node;
}

static struct hcl_node *parse_steps(struct parser *p, struct hcl_node *node);

/* [*] or .*: what follows is done with each item. */
static struct hcl_node *parse_splat(struct parser *p, struct hcl_node *node)
{
    struct hcl_node *splat = new_node(p, HCL_SPLAT);
    struct hcl_node *each = parse_steps(p, new_node(p, HCL_EACH));
    if (!each)
        return NULL;
    add_part(p, splat, node);
    add_part(p, splat, each);
    return splat;
}

static struct hcl_node *parse_step(struct parser *p, struct hcl_node *node)
{
    struct hcl_node *step = new_node(p, at(p, 0) == '.' ? HCL_ATTRIBUTE : HCL_INDEX);
    p->pos++;
    add_part(p, step, node);
    if (step->kind == HCL_ATTRIBUTE && is_digit(at(p, 0))) {
        step->kind = HCL_INDEX;
        struct hcl_node *index = parse_number(p);
        if (index)
            add_part(p, step, index);
        return index ? step : NULL;
    }
    if (step->kind == HCL_ATTRIBUTE) {
        step->name = take_name(p);
        return step->name.len ? step : fail(p, "Invalid attribute name");
    }
    p->brackets++;
    struct hcl_node *index = parse_expression(p);
    if (index && !take(p, "]"))
        return fail(p, "Missing close bracket on index");
    p->brackets--;
    if (index)
        add_part(p, step, index);
    return index ? step : NULL;
}

static struct hcl_node *parse_steps(struct parser *p, struct hcl_node *node)
{
    while (node) {
        struct slice rest = slice_after(p->text, p->pos);
        if (slice_starts(rest, SLICE("[*]")) || slice_starts(rest, SLICE(".*"))) {
            p->pos += at(p, 0) == '[' ? 3 : 2;
            return parse_splat(p, node);
        }
        if (at(p, 0) != '[' && !(at(p, 0) == '.' && at(p, 1) != '.'))
            return node;
        node = parse_step(p, node);
    }
    return NULL;
}

static struct hcl_node *parse_unary(struct parser *p)
{
    skip_blanks(p);
    char c = at(p, 0);
    if ((c != '!' || at(p, 1) == '=') && c != '-')
        return parse_steps(p, parse_primary(p));
    struct hcl_node *node = new_node(p, HCL_UNARY);
    node->op = c == '!' ? HCL_NOT : HCL_MINUS;
    p->pos++;
    if (++p->depth > DEEPEST)
        return fail(p, "expressions are nested too deep");
    struct hcl_node *operand = parse_unary(p);
    p->depth--;
    if (operand)
        add_part(p, node, operand);
    return operand ? node : NULL;
}

/* --- operators ------------------------------------------------------------------------------------------------ */

struct operator_row {
    const char *text;
    enum hcl_op op;
    int level;
};

/* Longer ones before those they begin with. */
static const struct operator_row operators[] = {
    {"||", HCL_OR, 1},           {"&&", HCL_AND, 2},     {"==", HCL_EQUAL, 3},     {"!=", HCL_UNEQUAL, 3},
    {"<=", HCL_LESS_EQUAL, 4},   {">=", HCL_GREATER_EQUAL, 4}, {"<", HCL_LESS, 4},  {">", HCL_GREATER, 4},
    {"+", HCL_ADD, 5},           {"-", HCL_SUBTRACT, 5}, {"*", HCL_MULTIPLY, 6},   {"/", HCL_DIVIDE, 6},
    {"%", HCL_REMAINDER, 6},
};

static const struct operator_row *peek_operator(struct parser *p)
{
    skip_blanks(p);
    struct slice rest = slice_after(p->text, p->pos);
    if (slice_starts(rest, SLICE("=>")) || slice_starts(rest, SLICE("%{")))
        return NULL;
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        if (slice_starts(rest, slice_text(operators[i].text)))
            return &operators[i];
    }
    return NULL;
}

static struct hcl_node *parse_binary(struct parser *p, int level)
{
    struct hcl_node *left = parse_unary(p);
    const struct operator_row *row;
    while (left && (row = peek_operator(p)) && row->level >= level) {
        struct hcl_node *node = new_node(p, HCL_BINARY);
        node->op = row->op;
        p->pos += strlen(row->text);
        struct hcl_node *right = parse_binary(p, row->level + 1);
        if (!right)
            return NULL;
        add_part(p, node, left);
        add_part(p, node, right);
        left = node;
    }
    return left;
}

static struct hcl_node *parse_expression(struct parser *p)
{
    if (++p->depth > DEEPEST)
        return fail(p, "expressions are nested too deep");
    struct hcl_node *condition = parse_binary(p, 1);
    if (condition && take(p, "?")) {
        struct hcl_node *node = new_node(p, HCL_CONDITION);
        struct hcl_node *yes = parse_expression(p);
        if (yes && !take(p, ":"))
            return fail(p, "Missing false expression in conditional");
        struct hcl_node *no = yes ? parse_expression(p) : NULL;
        if (!no)
            return NULL;
        add_part(p, node, condition);
        add_part(p, node, yes);
        add_part(p, node, no);
        condition = node;
    }
    p->depth--;
    return condition;
}

/* --- files ---------------------------------------------------------------------------------------------------- */

static bool parse_attribute(struct parser *p, size_t file, struct hcl_attributes *out)
{
    size_t offset = p->pos;
    struct slice name = take_name(p);
    if (name.len == 0 || !take(p, "="))
        return fail(p, "Argument or block definition required") != NULL;
    const struct hcl_node *expression = parse_expression(p);
    if (!expression)
        return false;
    size_t old = out->count * sizeof *out->items;
    out->items = arena_resize(p->arena, out->items, old, old + sizeof *out->items);
    out->items[out->count++] = (struct hcl_attribute){name, expression, p->source, file, offset};
    skip(p, false);
    if (at(p, 0) != '\n' && at(p, 0) != '}' && p->pos < p->text.len)
        return fail(p, "Missing newline after argument") != NULL;
    return true;
}

static bool parse_block(struct parser *p, size_t file, struct hcl_attributes *out)
{
    if (!take(p, "{"))
        return fail(p, "Invalid block definition") != NULL;
    for (skip(p, true); at(p, 0) != '}'; skip(p, true)) {
        if (p->pos >= p->text.len)
            return fail(p, "Unclosed configuration block") != NULL;
        if (!parse_attribute(p, file, out))
            return false;
    }
    p->pos++;
    return true;
}

bool hcl_parse(struct arena *a, const struct source *source, size_t file, struct hcl_attributes *values,
               struct hcl_attributes *locals, struct diag *diag)
{
    struct parser p = {.arena = a, .source = source, .text = source->text, .diag = diag};
    size_t locals_blocks = 0;
    if (!p.text.ptr)
        p.text = SLICE("");
    for (skip(&p, true); p.pos < p.text.len; skip(&p, true)) {
        size_t offset = p.pos;
        struct slice name = take_name(&p);
        bool is_locals = slice_is(name, "locals");
        if (!is_locals && !slice_is(name, "values"))
            return hcl_fail(source, offset, diag, "Unsupported block type; Blocks of type \"%.*s\" are not expected here.",
                            SLICE_ARG(name));
        if (is_locals && ++locals_blocks > 1)
            return hcl_fail(source, offset, diag, "A file can only support exactly 1 `locals` block");
        if (!parse_block(&p, file, is_locals ? locals : values))
            return false;
    }
    return true;
}

/*
 * regexp_syntax.c - parses regular expressions by the grammar of Go's regexp/syntax
 *
 * Operands are pushed on a stack; '(' and '|' lie on it as marks until ')' , the next '|' or the end collapses what is
 * above them into a concatenation and an alternation. Go's order of checks is kept, since the first fault found is
 * the one reported. Height, size and repeat counts are bounded as in Go, which also bounds all recursion over the tree.
 */
#include "golang/regexp_syntax.h"

#include "base/buffer.h"
#include "golang/unicode.h"

enum {
    MAX_RUNE = 0x10FFFF,
    MAX_HEIGHT = 1000,
    MAX_SIZE = (128 << 20) / 40, /* instructions */
    MAX_REPEAT = 1000
};

enum regexp_flags {
    FLAG_FOLD_CASE = 1,
    FLAG_MULTI_LINE = 2,
    FLAG_DOT_NEWLINE = 4,
    FLAG_NON_GREEDY = 8
};

struct parser {
    struct arena *arena;
    struct slice pattern;
    struct slice rest;        /* what is not read yet */
    unsigned flags;
    struct regexp_node **stack;
    size_t count;
    size_t capacity;
    struct slice *names;
    size_t group_count;
    size_t name_capacity;
    struct slice last_repeat; /* the text from the repetition just read on; empty when the last thing was none */
    struct slice *error;
};

/* --- errors -------------------------------------------------------------------------------------------------- */

static bool fail(struct parser *p, const char *what, struct slice expression)
{
    struct buffer b = BUFFER_INIT;
    buffer_printf(&b, "error parsing regexp: %s: `", what);
    buffer_add(&b, expression);
    buffer_add_char(&b, '`');
    *p->error = buffer_move(&b, p->arena);
    return false;
}

/* The text from `from` up to what is not read yet; both end where the pattern ends. */
static struct slice text_since(const struct parser *p, struct slice from)
{
    return slice_part(from, 0, from.len - p->rest.len);
}

/* Reads a rune, 0 at the end. False: not UTF-8. */
static bool next_rune(struct parser *p, uint32_t *rune)
{
    size_t size;
    *rune = go_decode_rune(p->rest, &size);
    if (*rune == RUNE_ERROR && size == 1)
        return fail(p, "invalid UTF-8", p->rest);
    if (*rune == RUNE_ERROR && size == 0)
        *rune = 0;
    p->rest = slice_after(p->rest, size);
    return true;
}

static bool check_utf8(struct parser *p, struct slice s)
{
    while (s.len > 0) {
        size_t size;
        if (go_decode_rune(s, &size) == RUNE_ERROR && size == 1)
            return fail(p, "invalid UTF-8", s);
        s = slice_after(s, size);
    }
    return true;
}

static bool rest_starts(const struct parser *p, char c)
{
    return p->rest.len > 0 && p->rest.ptr[0] == c;
}

static bool rest_starts_text(const struct parser *p, const char *text)
{
    return slice_starts(p->rest, slice_text(text));
}

static void skip(struct parser *p, size_t n)
{
    p->rest = slice_after(p->rest, n);
}

/* --- the tree ------------------------------------------------------------------------------------------------ */

static struct regexp_node *new_node(struct parser *p, enum regexp_op op)
{
    struct regexp_node *node = ARENA_NEW(p->arena, struct regexp_node);
    node->op = op;
    node->height = 1;
    node->size = 1;
    node->flags = p->flags;
    return node;
}

static bool is_mark(const struct regexp_node *node)
{
    return node->op >= REGEXP_LEFT_PAREN;
}

static bool push(struct parser *p, struct regexp_node *node)
{
    if (p->count == p->capacity) {
        size_t old = p->capacity * sizeof *p->stack;
        p->capacity = p->capacity ? p->capacity * 2 : 32;
        p->stack = arena_resize(p->arena, p->stack, old, p->capacity * sizeof *p->stack);
    }
    p->stack[p->count++] = node;
    if (node->size > MAX_SIZE)
        return fail(p, "expression too large", p->pattern);
    if (node->height > MAX_HEIGHT)
        return fail(p, "expression nests too deeply", p->pattern);
    return true;
}

static bool push_op(struct parser *p, enum regexp_op op)
{
    struct regexp_node *node = new_node(p, op);
    node->nullable = op == REGEXP_EMPTY;
    return push(p, node);
}

static bool push_assertion(struct parser *p, enum regexp_assertion assertion)
{
    struct regexp_node *node = new_node(p, REGEXP_ASSERT);
    node->assertion = assertion;
    node->nullable = true;
    return push(p, node);
}

static bool push_literal(struct parser *p, uint32_t rune)
{
    struct regexp_node *node = new_node(p, REGEXP_LITERAL);
    node->rune = rune;
    if (p->flags & FLAG_FOLD_CASE && go_simple_fold(rune) != rune) {
        struct rune_class *class = ARENA_NEW(p->arena, struct rune_class);
        rune_class_add(p->arena, class, rune, rune, true);
        rune_class_seal(class);
        node->class = class;
    }
    return push(p, node);
}

static bool push_class(struct parser *p, struct rune_class *class)
{
    struct regexp_node *node = new_node(p, REGEXP_CLASS);
    rune_class_seal(class);
    node->class = class;
    return push(p, node);
}

/* Height and size of a node that has its children. Literals in a row count as one, as in Go. */
static void measure(struct regexp_node *node)
{
    bool is_text = node->op == REGEXP_CONCAT;
    size_t height = 0;
    uint64_t size = 0;
    for (size_t i = 0; i < node->sub_count; i++) {
        const struct regexp_node *sub = node->subs[i];
        is_text = is_text && sub->op == REGEXP_LITERAL;
        height = sub->height > height ? sub->height : height;
        size += sub->size;
    }
    node->height = is_text ? 1 : height + 1;
    if (node->op == REGEXP_ALTERNATE)
        size += node->sub_count - 1;
    else if (node->op == REGEXP_CAPTURE)
        size += 2;
    else if (node->op == REGEXP_REPEAT && node->max == -1)
        size = node->min == 0 ? size + 2 : size * (uint64_t)node->min + 1;
    else if (node->op == REGEXP_REPEAT)
        size = size * (uint64_t)node->max + (uint64_t)(node->max - node->min);
    node->size = size ? size : 1;
}

static bool is_nullable(const struct regexp_node *node)
{
    bool all = true, any = false;
    for (size_t i = 0; i < node->sub_count; i++) {
        all = all && node->subs[i]->nullable;
        any = any || node->subs[i]->nullable;
    }
    if (node->op == REGEXP_REPEAT && node->min == 0)
        return true;
    return node->op == REGEXP_ALTERNATE ? any : all;
}

/* Replaces what is above index `from` by one node over it; a single node stays as it is. */
static bool collapse(struct parser *p, size_t from, enum regexp_op op)
{
    size_t n = p->count - from;
    if (n == 0)
        return push_op(p, REGEXP_EMPTY);
    if (n == 1)
        return true;
    struct regexp_node *node = new_node(p, op);
    node->subs = ARENA_ARRAY(p->arena, struct regexp_node *, n);
    memcpy(node->subs, p->stack + from, n * sizeof *node->subs);
    node->sub_count = n;
    node->nullable = is_nullable(node);
    measure(node);
    p->count = from;
    return push(p, node);
}

static size_t above_mark(const struct parser *p)
{
    size_t i = p->count;
    while (i > 0 && !is_mark(p->stack[i - 1]))
        i--;
    return i;
}

/* Ends an alternative. */
static bool end_concat(struct parser *p)
{
    return collapse(p, above_mark(p), REGEXP_CONCAT);
}

/* Ends the alternatives since the left parenthesis or the start: they lie on the stack with bars between them. */
static bool end_alternate(struct parser *p)
{
    if (!end_concat(p))
        return false;
    size_t from = p->count;
    while (from > 0 && p->stack[from - 1]->op != REGEXP_LEFT_PAREN)
        from--;
    size_t kept = from;
    for (size_t i = from; i < p->count; i++)
        if (p->stack[i]->op != REGEXP_VERTICAL_BAR)
            p->stack[kept++] = p->stack[i];
    p->count = kept;
    return collapse(p, from, REGEXP_ALTERNATE);
}

/* --- repetition ---------------------------------------------------------------------------------------------- */

/* Whether {n} within {n} stays within a thousand in all. */
static bool repeat_is_valid(const struct regexp_node *node, int n)
{
    if (node->op == REGEXP_REPEAT && node->counted) {
        int m = node->max;
        if (m == 0)
            return true;
        if (m < 0)
            m = node->min;
        if (m > n)
            return false;
        if (m > 0)
            n /= m;
    }
    for (size_t i = 0; i < node->sub_count; i++)
        if (!repeat_is_valid(node->subs[i], n))
            return false;
    return true;
}

/* Repeats the operand on top of the stack; `before` begins with the operator, which has been read. */
static bool push_repeat(struct parser *p, int min, int max, bool counted, struct slice before)
{
    bool non_greedy = p->flags & FLAG_NON_GREEDY;
    if (rest_starts(p, '?')) {
        skip(p, 1);
        non_greedy = !non_greedy;
    }
    if (p->last_repeat.len > 0)
        return fail(p, "invalid nested repetition operator", text_since(p, p->last_repeat));
    if (p->count == 0 || is_mark(p->stack[p->count - 1]))
        return fail(p, "missing argument to repetition operator", text_since(p, before));
    struct regexp_node *node = new_node(p, REGEXP_REPEAT);
    node->min = min;
    node->max = max;
    node->counted = counted;
    node->non_greedy = non_greedy;
    node->subs = ARENA_NEW(p->arena, struct regexp_node *);
    node->subs[0] = p->stack[--p->count];
    node->sub_count = 1;
    node->nullable = is_nullable(node);
    measure(node);
    if (!push(p, node))
        return false;
    if (counted && (min >= 2 || max >= 2) && !repeat_is_valid(node, MAX_REPEAT))
        return fail(p, "invalid repeat count", text_since(p, before));
    p->last_repeat = before;
    return true;
}

/* digits without a leading zero; -1 for what is too large */
static bool read_count(struct slice *s, int *n)
{
    size_t i = 0;
    if (s->len == 0 || s->ptr[0] < '0' || s->ptr[0] > '9')
        return false;
    if (s->len >= 2 && s->ptr[0] == '0' && s->ptr[1] >= '0' && s->ptr[1] <= '9')
        return false;
    *n = 0;
    for (; i < s->len && s->ptr[i] >= '0' && s->ptr[i] <= '9'; i++)
        if (*n >= 0)
            *n = *n >= 100000000 ? -1 : *n * 10 + (s->ptr[i] - '0');
    *s = slice_after(*s, i);
    return true;
}

/* "{" min [ "," [ max ] ] "}"; anything else is literal text. */
static bool read_counts(struct slice *s, int *min, int *max)
{
    struct slice t = slice_after(*s, 1);
    if (!read_count(&t, min) || t.len == 0)
        return false;
    *max = *min;
    if (t.ptr[0] == ',') {
        t = slice_after(t, 1);
        if (t.len == 0)
            return false;
        *max = -1;
        if (t.ptr[0] != '}') {
            if (!read_count(&t, max))
                return false;
            if (*max < 0)
                *min = -1;
        }
    }
    if (t.len == 0 || t.ptr[0] != '}')
        return false;
    *s = slice_after(t, 1);
    return true;
}

static bool parse_counted_repeat(struct parser *p)
{
    struct slice before = p->rest;
    int min, max;
    if (!read_counts(&p->rest, &min, &max)) {
        skip(p, 1);
        p->last_repeat.len = 0;
        return push_literal(p, '{');
    }
    if (min < 0 || min > MAX_REPEAT || max > MAX_REPEAT || (max >= 0 && min > max))
        return fail(p, "invalid repeat count", text_since(p, before));
    return push_repeat(p, min, max, true, before);
}

static bool parse_repeat(struct parser *p, char op)
{
    struct slice before = p->rest;
    skip(p, 1);
    return push_repeat(p, op == '+', op == '?' ? 1 : -1, false, before);
}

/* --- groups -------------------------------------------------------------------------------------------------- */

static bool push_group(struct parser *p, struct slice name)
{
    if (++p->group_count >= p->name_capacity) {
        size_t old = p->name_capacity * sizeof *p->names;
        p->name_capacity = p->name_capacity * 2 + 8;
        p->names = arena_resize(p->arena, p->names, old, p->name_capacity * sizeof *p->names);
        p->names[0] = slice_of(NULL, 0);
    }
    p->names[p->group_count] = name;
    struct regexp_node *node = new_node(p, REGEXP_LEFT_PAREN);
    node->capture = p->group_count;
    node->name = name;
    return push(p, node);
}

static bool is_group_name(struct slice name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool ok = c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!ok)
            return false;
    }
    return name.len > 0;
}

/* "(?P<" name ">" and "(?<" name ">"; `start` is the length before the name. */
static bool parse_named_group(struct parser *p, size_t start)
{
    size_t end = slice_find_char(p->rest, '>');
    if (end == p->rest.len)
        return check_utf8(p, p->rest) && fail(p, "invalid named capture", p->rest);
    struct slice name = slice_part(p->rest, start, end);
    if (!check_utf8(p, name))
        return false;
    if (!is_group_name(name))
        return fail(p, "invalid named capture", slice_part(p->rest, 0, end + 1));
    skip(p, end + 1);
    return push_group(p, name);
}

static unsigned flag_of(uint32_t rune)
{
    switch (rune) {
    case 'i':
        return FLAG_FOLD_CASE;
    case 'm':
        return FLAG_MULTI_LINE;
    case 's':
        return FLAG_DOT_NEWLINE;
    case 'U':
        return FLAG_NON_GREEDY;
    default:
        return 0;
    }
}

/* "(?" flags [ "-" flags ] ( ")" | ":" ) */
static bool parse_flags(struct parser *p)
{
    struct slice before = p->rest;
    unsigned flags = p->flags;
    bool minus = false, saw_flag = false;
    skip(p, 2);
    while (p->rest.len > 0) {
        uint32_t rune;
        if (!next_rune(p, &rune))
            return false;
        unsigned flag = flag_of(rune);
        if (flag) {
            flags = minus ? flags & ~flag : flags | flag;
            saw_flag = true;
        } else if (rune == '-' && !minus) {
            minus = true;
            saw_flag = false;
        } else if ((rune == ':' || rune == ')') && (!minus || saw_flag)) {
            bool ok = rune == ')' || push_op(p, REGEXP_LEFT_PAREN);
            p->flags = flags;
            return ok;
        } else
            break;
    }
    return fail(p, "invalid or unsupported Perl syntax", text_since(p, before));
}

static bool parse_left_paren(struct parser *p)
{
    if (p->rest.len > 4 && rest_starts_text(p, "(?P<"))
        return parse_named_group(p, 4);
    if (p->rest.len > 3 && rest_starts_text(p, "(?<"))
        return parse_named_group(p, 3);
    if (rest_starts_text(p, "(?"))
        return parse_flags(p);
    skip(p, 1);
    return push_group(p, slice_of("", 0));
}

static bool parse_right_paren(struct parser *p)
{
    if (!end_alternate(p))
        return false;
    if (p->count < 2)
        return fail(p, "unexpected )", p->pattern);
    struct regexp_node *inner = p->stack[p->count - 1];
    struct regexp_node *paren = p->stack[p->count - 2];
    p->count -= 2;
    p->flags = paren->flags;
    skip(p, 1);
    if (paren->capture == 0)
        return push(p, inner);
    paren->op = REGEXP_CAPTURE;
    paren->subs = ARENA_NEW(p->arena, struct regexp_node *);
    paren->subs[0] = inner;
    paren->sub_count = 1;
    paren->nullable = inner->nullable;
    measure(paren);
    return push(p, paren);
}

static bool parse_vertical_bar(struct parser *p)
{
    skip(p, 1);
    return end_concat(p) && push_op(p, REGEXP_VERTICAL_BAR);
}

/* --- escapes ------------------------------------------------------------------------------------------------- */

static int hex_value(uint32_t rune)
{
    if (rune >= '0' && rune <= '9')
        return (int)(rune - '0');
    if (rune >= 'a' && rune <= 'f')
        return (int)(rune - 'a' + 10);
    if (rune >= 'A' && rune <= 'F')
        return (int)(rune - 'A' + 10);
    return -1;
}

static bool is_octal(const struct parser *p)
{
    return p->rest.len > 0 && p->rest.ptr[0] >= '0' && p->rest.ptr[0] <= '7';
}

enum escape_result {
    ESCAPE_OK,
    ESCAPE_INVALID,
    ESCAPE_FAILED /* the error is set */
};

/* "x" hex hex | "x{" hex { hex } "}", after the x */
static enum escape_result parse_hex(struct parser *p, uint32_t *rune)
{
    uint32_t c;
    if (p->rest.len == 0)
        return ESCAPE_INVALID;
    if (!next_rune(p, &c))
        return ESCAPE_FAILED;
    if (c != '{') {
        int high = hex_value(c);
        if (!next_rune(p, &c))
            return ESCAPE_FAILED;
        int low = hex_value(c);
        *rune = (uint32_t)(high * 16 + low);
        return high < 0 || low < 0 ? ESCAPE_INVALID : ESCAPE_OK;
    }
    *rune = 0;
    for (size_t digits = 0;; digits++) {
        if (p->rest.len == 0)
            return ESCAPE_INVALID;
        if (!next_rune(p, &c))
            return ESCAPE_FAILED;
        if (c == '}')
            return digits ? ESCAPE_OK : ESCAPE_INVALID;
        if (hex_value(c) < 0)
            return ESCAPE_INVALID;
        *rune = *rune * 16 + (uint32_t)hex_value(c);
        if (*rune > MAX_RUNE)
            return ESCAPE_INVALID;
    }
}

static enum escape_result parse_octal(struct parser *p, uint32_t digit, uint32_t *rune)
{
    if (digit != '0' && !is_octal(p))
        return ESCAPE_INVALID; /* one digit would be a backreference */
    *rune = digit - '0';
    for (int i = 1; i < 3 && is_octal(p); i++) {
        *rune = *rune * 8 + (uint32_t)(p->rest.ptr[0] - '0');
        skip(p, 1);
    }
    return ESCAPE_OK;
}

static enum escape_result parse_escaped_rune(struct parser *p, uint32_t c, uint32_t *rune)
{
    static const char letters[] = "afnrtv";
    static const char meanings[] = "\a\f\n\r\t\v";
    const char *letter = c && c < 0x80 ? strchr(letters, (int)c) : NULL;
    *rune = c;
    if (letter) {
        *rune = (uint32_t)meanings[letter - letters];
        return ESCAPE_OK;
    }
    if (c >= '0' && c <= '7')
        return parse_octal(p, c, rune);
    if (c == 'x')
        return parse_hex(p, rune);
    bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return c < 0x80 && !alphanumeric ? ESCAPE_OK : ESCAPE_INVALID;
}

/* A backslash and what it makes a literal. */
static bool parse_escape(struct parser *p, uint32_t *rune)
{
    struct slice before = p->rest;
    uint32_t c;
    skip(p, 1);
    if (p->rest.len == 0)
        return fail(p, "trailing backslash at end of expression", p->rest);
    if (!next_rune(p, &c))
        return false;
    enum escape_result result = parse_escaped_rune(p, c, rune);
    if (result == ESCAPE_INVALID)
        return fail(p, "invalid escape sequence", text_since(p, before));
    return result == ESCAPE_OK;
}

/* "\pL", "\p{^Greek}", "\P…" into a class. */
static bool parse_property(struct parser *p, struct rune_class *class)
{
    struct slice before = p->rest;
    bool negated = before.ptr[1] == 'P';
    struct slice name;
    uint32_t c;
    skip(p, 2);
    if (!next_rune(p, &c))
        return false;
    if (c == '{') {
        size_t end = slice_find_char(before, '}');
        if (end == before.len)
            return check_utf8(p, before) && fail(p, "invalid character class range", before);
        name = slice_part(before, 3, end);
        if (!check_utf8(p, name))
            return false;
        p->rest = slice_after(before, end + 1);
    } else
        name = slice_after(text_since(p, before), 2);
    if (name.len > 0 && name.ptr[0] == '^') {
        negated = !negated;
        name = slice_after(name, 1);
    }
    struct unicode_property property;
    if (!unicode_property_find(p->arena, name, &property))
        return fail(p, "invalid character class range", text_since(p, before));
    rune_class_add_property(p->arena, class, &property, negated, p->flags & FLAG_FOLD_CASE);
    return true;
}

static bool at_property(const struct parser *p)
{
    return rest_starts_text(p, "\\p") || rest_starts_text(p, "\\P");
}

/* "\d", "\S" and their like into a class; false: something else. */
static bool parse_perl_class(struct parser *p, struct rune_class *class)
{
    if (p->rest.len < 2 || p->rest.ptr[0] != '\\' || !strchr("dDsSwW", p->rest.ptr[1]) || !p->rest.ptr[1])
        return false;
    char letter = p->rest.ptr[1];
    bool negated = letter < 'a';
    char lower = negated ? (char)(letter + ('a' - 'A')) : letter;
    rune_class_add_group(p->arena, class, slice_of(&lower, 1), negated, p->flags & FLAG_FOLD_CASE);
    skip(p, 2);
    return true;
}

/* "\Q" text ( "\E" | end ); the text is read as if it stood alone. */
static bool parse_quoted(struct parser *p)
{
    struct slice quoted = slice_after(p->rest, 2);
    size_t end = slice_find(quoted, SLICE("\\E"));
    struct slice behind = slice_after(quoted, end < quoted.len ? end + 2 : end);
    p->rest = slice_part(quoted, 0, end);
    while (p->rest.len > 0) {
        uint32_t rune;
        if (!next_rune(p, &rune) || !push_literal(p, rune))
            return false;
    }
    p->rest = behind;
    return true;
}

static bool parse_backslash(struct parser *p)
{
    struct slice before = p->rest;
    char c = before.len >= 2 ? before.ptr[1] : '\0';
    enum regexp_assertion assertion = c == 'A'   ? ASSERT_BEGIN_TEXT
                                      : c == 'b' ? ASSERT_WORD_BOUNDARY
                                      : c == 'B' ? ASSERT_NO_WORD_BOUNDARY
                                      : c == 'z' ? ASSERT_END_TEXT
                                                 : 0;
    if (assertion) {
        skip(p, 2);
        return push_assertion(p, assertion);
    }
    if (c == 'C')
        return fail(p, "invalid escape sequence", slice_part(before, 0, 2));
    if (c == 'Q')
        return parse_quoted(p);
    struct rune_class *class = ARENA_NEW(p->arena, struct rune_class);
    if (at_property(p))
        return parse_property(p, class) && push_class(p, class);
    if (parse_perl_class(p, class))
        return push_class(p, class);
    uint32_t rune;
    return parse_escape(p, &rune) && push_literal(p, rune);
}

/* --- classes in brackets ------------------------------------------------------------------------------------- */

/* "[:alpha:]" at the rest; *found false where there is no ":]". */
static bool parse_posix_class(struct parser *p, struct rune_class *class, bool *found)
{
    size_t end = slice_find(slice_after(p->rest, 2), SLICE(":]"));
    *found = end + 2 < p->rest.len;
    if (!*found)
        return true;
    struct slice whole = slice_part(p->rest, 0, end + 4);
    struct slice name = slice_part(p->rest, 2, end + 2);
    bool negated = name.len > 0 && name.ptr[0] == '^';
    if (negated)
        name = slice_after(name, 1);
    if (name.len < 2 || !rune_class_add_group(p->arena, class, name, negated, p->flags & FLAG_FOLD_CASE))
        return fail(p, "invalid character class range", whole);
    skip(p, whole.len);
    return true;
}

static bool parse_class_rune(struct parser *p, struct slice whole, uint32_t *rune)
{
    if (p->rest.len == 0)
        return fail(p, "missing closing ]", whole);
    return rest_starts(p, '\\') ? parse_escape(p, rune) : next_rune(p, rune);
}

/* rune [ "-" rune ]; a '-' before the closing bracket is literal */
static bool parse_class_range(struct parser *p, struct slice whole, struct rune_class *class)
{
    struct slice before = p->rest;
    uint32_t first, last;
    if (!parse_class_rune(p, whole, &first))
        return false;
    last = first;
    if (p->rest.len >= 2 && rest_starts(p, '-') && p->rest.ptr[1] != ']') {
        skip(p, 1);
        if (!parse_class_rune(p, whole, &last))
            return false;
        if (last < first)
            return fail(p, "invalid character class range", text_since(p, before));
    }
    rune_class_add(p->arena, class, first, last, p->flags & FLAG_FOLD_CASE);
    return true;
}

/* What may stand in brackets, one of it. */
static bool parse_class_item(struct parser *p, struct slice whole, struct rune_class *class)
{
    if (p->rest.len > 2 && rest_starts_text(p, "[:")) {
        bool found;
        if (!parse_posix_class(p, class, &found))
            return false;
        if (found)
            return true;
    }
    if (at_property(p))
        return parse_property(p, class);
    if (parse_perl_class(p, class))
        return true;
    return parse_class_range(p, whole, class);
}

/* "[" [ "^" ] item { item } "]" */
static bool parse_class(struct parser *p)
{
    struct slice whole = p->rest;
    struct rune_class *class = ARENA_NEW(p->arena, struct rune_class);
    skip(p, 1);
    if (rest_starts(p, '^')) {
        class->negated = true;
        skip(p, 1);
    }
    for (bool first = true; first || !rest_starts(p, ']'); first = false)
        if (!parse_class_item(p, whole, class))
            return false;
    skip(p, 1);
    return push_class(p, class);
}

/* --- the whole ----------------------------------------------------------------------------------------------- */

static bool parse_next(struct parser *p)
{
    uint32_t rune;
    char c = p->rest.ptr[0];
    if (c == '*' || c == '+' || c == '?')
        return parse_repeat(p, c);
    if (c == '{')
        return parse_counted_repeat(p);
    p->last_repeat.len = 0;
    switch (c) {
    case '(':
        return parse_left_paren(p);
    case ')':
        return parse_right_paren(p);
    case '|':
        return parse_vertical_bar(p);
    case '^':
        skip(p, 1);
        return push_assertion(p, p->flags & FLAG_MULTI_LINE ? ASSERT_BEGIN_LINE : ASSERT_BEGIN_TEXT);
    case '$':
        skip(p, 1);
        return push_assertion(p, p->flags & FLAG_MULTI_LINE ? ASSERT_END_LINE : ASSERT_END_TEXT);
    case '.':
        skip(p, 1);
        return push_op(p, p->flags & FLAG_DOT_NEWLINE ? REGEXP_ANY : REGEXP_ANY_NOT_NEWLINE);
    case '[':
        return parse_class(p);
    case '\\':
        return parse_backslash(p);
    default:
        return next_rune(p, &rune) && push_literal(p, rune);
    }
}

bool regexp_parse(struct arena *a, struct slice pattern, struct regexp_tree *tree, struct slice *error)
{
    struct parser p = {.arena = a, .pattern = pattern, .rest = pattern, .error = error};
    while (p.rest.len > 0)
        if (!parse_next(&p))
            return false;
    if (!end_alternate(&p))
        return false;
    if (p.count != 1)
        return fail(&p, "missing closing )", pattern);
    tree->root = p.stack[0];
    tree->group_count = p.group_count;
    tree->names = p.names;
    return true;
}

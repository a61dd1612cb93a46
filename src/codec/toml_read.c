/*
 * toml_read.c - TOML as BurntSushi/toml v1.6 reads it
 *
 * A recursive descent in the order in which the library's lexer and parser take turns, so that of two faults the same
 * one is found first. An error names the last key, which is the context and the key being set at that moment.
 */
#include "codec/toml_read.h"

#include "codec/toml_date.h"
#include "codec/toml_lex.h"
#include "codec/toml_table.h"
#include "golang/strconv.h"
#include "value/time_value.h"

enum {
    LONGEST_KEY = 1000, /* parts of a dotted key */
    MAX_DEPTH = 1000    /* arrays and inline tables within each other */
};

struct reader {
    struct arena *arena;
    struct toml_lexer lx;
    struct toml_tables tables;
    struct slice current_key;
    size_t key_line; /* where the key last read begins */
    unsigned depth;
};

/* --- faults ----------------------------------------------------------------------------------------------------- */

/* A fault that the grammar finds at a token. */
static bool fault_at(struct reader *r, size_t line, struct slice text)
{
    if (!r->lx.failed) {
        r->lx.failed = true;
        r->lx.error = text;
        r->lx.error_line = line;
    }
    return false;
}

static bool fault_quoting(struct reader *r, const struct toml_token *token, const char *before, const char *after)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, before);
    go_quote(&text, token->text);
    buffer_add_text(&text, after);
    return fault_at(r, token->line, buffer_move(&text, r->arena));
}

/* A key that clashes is reported at the line of the key last read. */
static bool checked(struct reader *r, bool done)
{
    return done || fault_at(r, r->key_line, r->tables.error);
}

static struct slice last_key(struct reader *r)
{
    struct slice context = toml_key_text(r->arena, &r->tables.context);
    if (r->current_key.len == 0)
        return context;
    if (r->tables.context.count == 0)
        return r->current_key;
    return arena_concat(r->arena, arena_concat(r->arena, context, SLICE(".")), r->current_key);
}

static struct slice error_text(struct reader *r)
{
    struct buffer text = BUFFER_INIT;
    struct slice key = last_key(r);
    buffer_printf(&text, "toml: line %zu", r->lx.error_line);
    if (key.len) {
        buffer_add_text(&text, " (last key ");
        go_quote(&text, key);
        buffer_add_char(&text, ')');
    }
    buffer_add_text(&text, ": ");
    buffer_add(&text, r->lx.error);
    return buffer_move(&text, r->arena);
}

/* --- keys ------------------------------------------------------------------------------------------------------- */

/* The text of a part of a key; the first part says where the key is. */
static bool add_part(struct reader *r, struct toml_key *key, const struct toml_token *token)
{
    struct slice text;
    struct slice error;
    if (key->count == 0)
        r->key_line = token->line;
    if (!toml_string_text(r->arena, token, &text, &error))
        return fault_at(r, token->line, error);
    if (key->count == LONGEST_KEY)
        return fault_at(r, token->line, SLICE("key has too many parts"));
    toml_key_add(r->arena, key, text);
    return true;
}

/* name { '.' name } ']' */
static bool read_table_name(struct reader *r, struct toml_key *key)
{
    struct toml_lexer *lx = &r->lx;
    for (;;) {
        struct toml_token token;
        toml_skip_blanks(lx);
        uint32_t c = toml_peek(lx);
        if (c == ']' || c == TOML_EOF)
            return toml_fault(lx, "unexpected end of table name (table names cannot be empty)");
        if (c == '.')
            return toml_fault(lx, "unexpected table separator (table names cannot be empty)");
        if (!toml_lex_name(lx, &token) || !add_part(r, key, &token))
            return false;
        toml_skip_blanks(lx);
        c = toml_next(lx);
        if (c == ']')
            return true;
        if (c != '.')
            return toml_fault_char(lx, "expected '.' or ']' to end table name, but got ", c, " instead");
    }
}

/* name { '.' name } '=' */
static bool read_key(struct reader *r, struct toml_key *key)
{
    struct toml_lexer *lx = &r->lx;
    toml_skip_blanks(lx);
    uint32_t c = toml_peek(lx);
    if (c == '=' || c == TOML_EOF)
        return toml_fault(lx, "unexpected '=': key name appears blank");
    if (c == '.')
        return toml_fault(lx, "unexpected '.': keys cannot start with a '.'");
    for (;;) {
        struct toml_token token;
        toml_skip_blanks(lx);
        c = toml_peek(lx);
        if (c == '=' || c == TOML_EOF)
            return toml_fault(lx, "unexpected '='");
        if (c == '.')
            return toml_fault(lx, "unexpected '.'");
        if (!toml_lex_name(lx, &token) || !add_part(r, key, &token))
            return false;
        toml_skip_blanks(lx);
        c = toml_next(lx);
        if (c == '=')
            return true;
        if (c == TOML_EOF)
            return toml_fault(lx, "unexpected EOF; expected key separator '='");
        if (c == '\n')
            return toml_fault_line_before(lx, "expected '.' or '=', but got ", c, " instead");
        if (c != '.')
            return toml_fault_char(lx, "expected '.' or '=', but got ", c, " instead");
    }
}

/* Makes the last part the current key and the others its context. */
static bool open_key(struct reader *r, const struct toml_key *key)
{
    r->current_key = key->parts[key->count - 1];
    for (size_t i = 0; i + 1 < key->count; i++) {
        struct toml_key next = toml_key_join(r->arena, &r->tables.context, key->parts[i]);
        if (!checked(r, toml_tables_enter_implicit(&r->tables, &next)))
            return false;
    }
    return true;
}

/* --- numbers ---------------------------------------------------------------------------------------------------- */

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* Each underscore stands between digits (hexadecimal ones: the check serves all bases), and the text ends in one. */
static bool underscores_are_inside(struct slice s)
{
    static const char *const words[] = {"nan", "+nan", "-nan", "inf", "-inf", "+inf"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (slice_is(s, words[i]))
            return true;
    }
    bool after_digit = false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '_' && !after_digit)
            return false;
        after_digit = is_hex(s.ptr[i]);
    }
    return after_digit;
}

static bool has_leading_zero(struct slice s)
{
    if (s.len > 1 && s.ptr[0] == '0' && s.ptr[1] != 'b' && s.ptr[1] != 'o' && s.ptr[1] != 'x')
        return true;
    return s.len > 2 && (s.ptr[0] == '-' || s.ptr[0] == '+') && s.ptr[1] == '0';
}

static bool read_integer(struct reader *r, const struct toml_token *token, struct value *out)
{
    int64_t i;
    if (!underscores_are_inside(token->text))
        return fault_quoting(r, token, "Invalid integer ", ": underscores must be surrounded by digits");
    if (has_leading_zero(token->text))
        return fault_quoting(r, token, "Invalid integer ", ": cannot have leading zeroes");
    if (go_parse_int(token->text, 0, 64, &i) != GO_NUMBER_OK) {
        struct slice text = arena_printf(r->arena, "%.*s is out of range for int64", SLICE_ARG(token->text));
        return fault_at(r, token->line, text);
    }
    *out = value_int64(i);
    return true;
}

/* The parts between points and exponent signs; the first one in *first. */
static bool parts_are_good(struct slice s, struct slice *first)
{
    size_t start = 0;
    *first = slice_of("", 0);
    for (size_t i = 0; i <= s.len; i++) {
        if (i < s.len && s.ptr[i] != '.' && s.ptr[i] != 'e' && s.ptr[i] != 'E')
            continue;
        struct slice part = slice_part(s, start, i);
        if (part.len && !underscores_are_inside(part))
            return false;
        if (part.len && first->len == 0)
            *first = part;
        start = i + 1;
    }
    return true;
}

static bool points_are_good(struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '.' && (i + 1 == s.len || s.ptr[i + 1] < '0' || s.ptr[i + 1] > '9'))
            return false;
    }
    return true;
}

static struct slice without_underscores(struct arena *a, struct slice s)
{
    char *text = arena_alloc(a, s.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] != '_')
            text[len++] = s.ptr[i];
    }
    return slice_of(text, len);
}

static bool read_float(struct reader *r, const struct toml_token *token, struct value *out)
{
    struct slice first;
    double f;
    if (!parts_are_good(token->text, &first))
        return fault_quoting(r, token, "Invalid float ", ": underscores must be surrounded by digits");
    if (has_leading_zero(first))
        return fault_quoting(r, token, "Invalid float ", ": cannot have leading zeroes");
    if (!points_are_good(token->text))
        return fault_quoting(r, token, "Invalid float ", ": '.' must be followed by one or more digits");
    if (slice_is(token->text, "nan") || slice_is(token->text, "+nan") || slice_is(token->text, "-nan")) {
        *out = value_float(token->text.ptr[0] == '-' ? -(double)NAN : (double)NAN);
        return true;
    }
    switch (go_parse_float(without_underscores(r->arena, token->text), 64, &f)) {
    case GO_NUMBER_OK:
        *out = value_float(f);
        return true;
    case GO_NUMBER_RANGE:
        return fault_at(r, token->line,
                        arena_printf(r->arena, "%.*s is out of range for float64", SLICE_ARG(token->text)));
    default:
        return fault_quoting(r, token, "Invalid float value: ", "");
    }
}

static bool read_datetime(struct reader *r, const struct toml_token *token, struct value *out)
{
    struct toml_token capital = *token;
    char *text = arena_text(r->arena, token->text);
    for (size_t i = 0; i < token->text.len; i++)
        text[i] = text[i] == 'z' ? 'Z' : text[i] == 't' || text[i] == ' ' ? 'T' : text[i];
    capital.text = slice_of(text, token->text.len);
    struct go_time t;
    if (!toml_date_read(r->arena, capital.text, &t))
        return fault_quoting(r, &capital, "invalid datetime: ", "");
    *out = time_value(r->arena, t);
    return true;
}

/* --- values ----------------------------------------------------------------------------------------------------- */

static bool read_value(struct reader *r, bool in_array, struct value *out);

/* The character between quotes, or the words for the end. */
static const char *found_text(struct reader *r, uint32_t c)
{
    if (c == TOML_EOF)
        return "end of file";
    struct buffer text = BUFFER_INIT;
    buffer_add_char(&text, '\'');
    buffer_add_rune(&text, c);
    buffer_add_char(&text, '\'');
    return buffer_move(&text, r->arena).ptr;
}

/* '[' { value [','] } ']', with newlines and comments anywhere. */
static bool read_items(struct reader *r, struct list *list)
{
    struct toml_lexer *lx = &r->lx;
    bool want_value = true;
    for (;;) {
        uint32_t c = toml_next(lx);
        if (toml_is_blank(c) || toml_is_line_end(c))
            continue;
        if (c == '#') {
            toml_skip_comment(lx);
        } else if (c == ']') {
            return true;
        } else if (c == ',') {
            if (want_value)
                return toml_fault(lx, "unexpected comma");
            want_value = true;
        } else if (want_value) {
            struct value item;
            toml_backup(lx);
            if (!read_value(r, true, &item))
                return false;
            list_add(r->arena, list, item);
            want_value = false;
        } else {
            return toml_fault(lx, "expected a comma (',') or array terminator (']'), but got %s", found_text(r, c));
        }
    }
}

static bool read_array(struct reader *r, struct value *out)
{
    struct list *list = list_new(r->arena, 2);
    toml_tables_mark_array(&r->tables, r->current_key, true);
    if (!read_items(r, list))
        return false;
    *out = value_list(list);
    return true;
}

/* The table that the key's parts but the last lead to, from `top`; made where missing. */
static struct map *table_below(struct reader *r, struct map *top, const struct toml_key *key)
{
    struct map *table = top;
    for (size_t i = 0; i + 1 < key->count; i++) {
        struct value *next = map_find(table, key->parts[i]);
        if (!next) {
            map_set(table, key->parts[i], value_map(map_new(r->arena, 0)));
            next = map_find(table, key->parts[i]);
        }
        if (next->kind != VALUE_MAP)
            return NULL;
        table = next->map;
    }
    return table;
}

static bool fault_not_table(struct reader *r)
{
    struct toml_token context = {TOML_RAW, toml_key_text(r->arena, &r->tables.context), r->key_line};
    return fault_quoting(r, &context, "", " is not a table");
}

/* key '=' value, set both in the document and in the table that is the value. */
static bool read_inline_pair(struct reader *r, struct map *top)
{
    struct toml_key key = {0};
    struct value v;
    if (!read_key(r, &key) || !open_key(r, &key) || !read_value(r, false, &v) ||
        !checked(r, toml_tables_set(&r->tables, r->current_key, v)))
        return false;
    toml_tables_mark_array(&r->tables, r->current_key, v.kind == VALUE_LIST);
    struct map *table = table_below(r, top, &key);
    if (!table)
        return fault_not_table(r);
    map_set(table, r->current_key, v);
    return true;
}

/* What stands between the pairs of an inline table. False: a fault; *ended: the '}' was taken. */
static bool read_inline_separator(struct reader *r, bool want_pair, bool *ended)
{
    struct toml_lexer *lx = &r->lx;
    for (;;) {
        uint32_t c = toml_next(lx);
        if (toml_is_blank(c) || toml_is_line_end(c))
            continue;
        if (c == '#') {
            toml_skip_comment(lx);
        } else if (c == '}') {
            *ended = true;
            return true;
        } else if (c == ',') {
            if (want_pair)
                return toml_fault(lx, "unexpected comma");
            toml_skip_blanks(lx);
            want_pair = toml_peek(lx) != '}';
        } else if (want_pair) {
            toml_backup(lx);
            return true;
        } else {
            return toml_fault(lx, "expected a comma or an inline table terminator '}', but got %s instead",
                              found_text(r, c));
        }
    }
}

static bool read_pairs(struct reader *r, struct map *top)
{
    struct toml_key context = r->tables.context;
    bool want_pair = true;
    for (;;) {
        bool ended = false;
        if (!read_inline_separator(r, want_pair, &ended))
            return false;
        if (ended)
            return true;
        if (!read_inline_pair(r, top))
            return false;
        r->tables.context = context;
        want_pair = false;
    }
}

static bool read_inline_table(struct reader *r, bool in_array, struct value *out)
{
    struct map *top = map_new(r->arena, 0);
    struct toml_key outer_context = r->tables.context;
    struct slice outer_key = r->current_key;
    struct toml_key context = toml_key_join(r->arena, &outer_context, outer_key);
    r->tables.context = context;
    r->current_key = slice_of("", 0);
    toml_tables_mark_implicit(&r->tables, &context);
    if (!checked(r, toml_tables_enter(&r->tables, &context, in_array)) || !read_pairs(r, top))
        return false;
    r->tables.context = outer_context;
    r->current_key = outer_key;
    *out = value_map(top);
    return true;
}

static bool read_string(struct reader *r, const struct toml_token *token, struct value *out)
{
    struct slice text;
    struct slice error;
    if (!toml_string_text(r->arena, token, &text, &error))
        return fault_at(r, token->line, error);
    *out = value_string(text);
    return true;
}

static bool read_token(struct reader *r, const struct toml_token *token, bool in_array, struct value *out)
{
    switch (token->kind) {
    case TOML_BOOL:
        *out = value_bool(slice_is(token->text, "true"));
        return true;
    case TOML_INTEGER:
        return read_integer(r, token, out);
    case TOML_FLOAT:
        return read_float(r, token, out);
    case TOML_DATETIME:
        return read_datetime(r, token, out);
    case TOML_ARRAY:
        return read_array(r, out);
    case TOML_INLINE_TABLE:
        return read_inline_table(r, in_array, out);
    default:
        return read_string(r, token, out);
    }
}

static bool read_value(struct reader *r, bool in_array, struct value *out)
{
    struct toml_token token;
    if (++r->depth > MAX_DEPTH)
        return fault_at(r, r->lx.line, SLICE("exceeded max depth"));
    bool done = toml_lex_value(&r->lx, &token) && read_token(r, &token, in_array, out);
    r->depth--;
    return done;
}

/* --- the document ----------------------------------------------------------------------------------------------- */

/* '[' name ']' or '[[' name ']]'; the first bracket was taken. */
static bool read_table(struct reader *r)
{
    struct toml_lexer *lx = &r->lx;
    struct toml_key key = {0};
    bool is_array = toml_peek(lx) == '[';
    if (is_array)
        toml_next(lx);
    if (!read_table_name(r, &key))
        return false;
    if (is_array) {
        uint32_t c = toml_next(lx);
        if (c != ']')
            return toml_fault_char(lx, "expected end of table array name delimiter ']', but got ", c, " instead");
    }
    if (!checked(r, toml_tables_enter(&r->tables, &key, is_array)))
        return false;
    toml_tables_mark_array(&r->tables, slice_of("", 0), false);
    return true;
}

static bool read_pair(struct reader *r)
{
    struct toml_key outer = r->tables.context;
    struct toml_key key = {0};
    struct value v;
    if (!read_key(r, &key) || !open_key(r, &key) || !read_value(r, false, &v) ||
        !checked(r, toml_tables_set(&r->tables, r->current_key, v)))
        return false;
    toml_tables_mark_array(&r->tables, r->current_key, v.kind == VALUE_LIST);
    r->tables.context = outer;
    r->current_key = slice_of("", 0);
    return true;
}

/* Behind a table's head or a pair nothing but a comment may stand on the line. False: a fault, or the end. */
static bool read_line_end(struct reader *r)
{
    for (;;) {
        uint32_t c = toml_next(&r->lx);
        if (c == '#')
            toml_skip_comment(&r->lx);
        if (c == '#' || toml_is_line_end(c))
            return true;
        if (c == TOML_EOF)
            return false;
        if (!toml_is_blank(c)) {
            return toml_fault_char(&r->lx, "expected a top-level item to end with a newline, comment, or EOF, but got ",
                                   c, " instead");
        }
    }
}

static void read_document(struct reader *r)
{
    for (bool more = true; more;) {
        uint32_t c = toml_next(&r->lx);
        r->lx.start = r->lx.pos;
        if (c == TOML_EOF)
            return;
        if (toml_is_blank(c) || toml_is_line_end(c))
            continue;
        if (c == '#') {
            toml_skip_comment(&r->lx);
            continue;
        }
        if (c != '[')
            toml_backup(&r->lx);
        more = (c == '[' ? read_table(r) : read_pair(r)) && read_line_end(r);
    }
}

/* Drops a byte order mark. False with a text where NUL bytes tell of UTF-16. */
static bool check_start(struct slice *text, struct slice *error)
{
    if (slice_starts(*text, SLICE("\xFF\xFE")) || slice_starts(*text, SLICE("\xFE\xFF")))
        *text = slice_after(*text, 2);
    else if (slice_starts(*text, SLICE("\xEF\xBB\xBF")))
        *text = slice_after(*text, 3);
    struct slice first = slice_part(*text, 0, text->len < 6 ? text->len : 6);
    if (slice_find_char(first, '\0') == first.len)
        return true;
    *error = SLICE("toml: line 1: files cannot contain NULL bytes; probably using UTF-16; TOML files must be UTF-8");
    return false;
}

bool toml_read(struct arena *a, struct slice text, struct value *out, struct slice *error)
{
    if (!check_start(&text, error))
        return false;
    struct reader r = {.arena = a, .lx = {.arena = a, .text = text, .line = 1}};
    toml_tables_init(&r.tables, a);
    read_document(&r);
    if (r.lx.failed)
        *error = error_text(&r);
    else
        *out = toml_tables_finish(&r.tables);
    toml_tables_release(&r.tables);
    return !r.lx.failed;
}

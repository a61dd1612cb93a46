/*
 * toml_lex.c - the pieces of a TOML document
 */
#include "codec/toml_lex.h"

#include "golang/strconv.h"
#include "golang/unicode.h"

#include <stdarg.h>

/* --- errors ----------------------------------------------------------------------------------------------------- */

static bool set_fault(struct toml_lexer *lx, struct slice text, size_t line)
{
    if (!lx->failed) {
        lx->failed = true;
        lx->error = text;
        lx->error_line = line;
    }
    return false;
}

/* At the end of the text a final newline does not begin a line. */
static size_t fault_line(const struct toml_lexer *lx)
{
    if (lx->at_end && lx->pos > 0 && lx->text.ptr[lx->pos - 1] == '\n')
        return lx->line - 1;
    return lx->line;
}

bool toml_fault(struct toml_lexer *lx, const char *format, ...)
{
    struct buffer text = BUFFER_INIT;
    va_list args;
    va_start(args, format);
    buffer_vprintf(&text, format, args);
    va_end(args);
    return set_fault(lx, buffer_move(&text, lx->arena), fault_line(lx));
}

static struct slice quoted_char_text(struct toml_lexer *lx, const char *before, uint32_t c, const char *after)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, before);
    go_quote_rune(&text, c, false);
    buffer_add_text(&text, after);
    return buffer_move(&text, lx->arena);
}

bool toml_fault_char(struct toml_lexer *lx, const char *before, uint32_t c, const char *after)
{
    return set_fault(lx, quoted_char_text(lx, before, c, after), fault_line(lx));
}

bool toml_fault_line_before(struct toml_lexer *lx, const char *before, uint32_t c, const char *after)
{
    return set_fault(lx, quoted_char_text(lx, before, c, after), lx->line - 1);
}

static struct slice current(const struct toml_lexer *lx)
{
    return slice_part(lx->text, lx->start, lx->pos);
}

/* The text read so far in Go's quotes. */
static bool fault_text(struct toml_lexer *lx, const char *before, struct slice s, const char *after)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, before);
    go_quote(&text, s);
    buffer_add_text(&text, after);
    return set_fault(lx, buffer_move(&text, lx->arena), fault_line(lx));
}

/* The text read so far and one more character, raw between single quotes. */
static bool fault_raw(struct toml_lexer *lx, const char *before, uint32_t c)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, before);
    buffer_add(&text, current(lx));
    buffer_add_rune(&text, c);
    buffer_add_char(&text, '\'');
    return set_fault(lx, buffer_move(&text, lx->arena), fault_line(lx));
}

/* --- characters ------------------------------------------------------------------------------------------------- */

bool toml_is_blank(uint32_t c)
{
    return c == ' ' || c == '\t';
}

bool toml_is_line_end(uint32_t c)
{
    return c == '\n' || c == '\r';
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_hex(uint32_t c)
{
    return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

static bool is_bare(uint32_t c)
{
    return is_digit(c) || (c < 0x80 && (c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' || c == '-';
}

/* A control character other than tab, newline, and a return that a newline follows. */
static bool is_refused(const struct toml_lexer *lx, uint32_t c)
{
    if (c == '\r')
        return lx->pos + 1 == lx->text.len || lx->text.ptr[lx->pos + 1] != '\n';
    return (c < 0x20 && c != '\t' && c != '\n') || c == 0x7F;
}

uint32_t toml_next(struct toml_lexer *lx)
{
    if (lx->failed || lx->pos >= lx->text.len) {
        lx->at_end = true;
        return TOML_EOF;
    }
    size_t size;
    uint32_t c = go_decode_rune(slice_after(lx->text, lx->pos), &size);
    if (c == '\n')
        lx->line++;
    if (c == RUNE_ERROR && size == 1) {
        toml_fault(lx, "invalid UTF-8 byte: 0x%02x", (unsigned char)lx->text.ptr[lx->pos]);
        return toml_next(lx);
    }
    if (is_refused(lx, c)) {
        toml_fault(lx, "TOML files cannot contain control characters: '0x%02x'", (unsigned)c);
        return toml_next(lx);
    }
    lx->pos += size;
    return c;
}

void toml_backup(struct toml_lexer *lx)
{
    if (lx->at_end) {
        lx->at_end = false;
        return;
    }
    size_t size;
    go_decode_last_rune(slice_part(lx->text, 0, lx->pos), &size);
    lx->pos -= size;
    if (lx->text.ptr[lx->pos] == '\n')
        lx->line--;
}

uint32_t toml_peek(struct toml_lexer *lx)
{
    uint32_t c = toml_next(lx);
    toml_backup(lx);
    return c;
}

static bool accept(struct toml_lexer *lx, uint32_t c)
{
    if (toml_next(lx) == c)
        return true;
    toml_backup(lx);
    return false;
}

static void ignore(struct toml_lexer *lx)
{
    lx->start = lx->pos;
}

void toml_skip_blanks(struct toml_lexer *lx)
{
    while (toml_is_blank(toml_next(lx)))
        continue;
    toml_backup(lx);
    ignore(lx);
}

void toml_skip_comment(struct toml_lexer *lx)
{
    for (;;) {
        uint32_t c = toml_next(lx);
        if (toml_is_line_end(c) || c == TOML_EOF)
            break;
    }
    toml_backup(lx);
    ignore(lx);
}

static bool emit(struct toml_lexer *lx, enum toml_token_kind kind, struct toml_token *token)
{
    *token = (struct toml_token){kind, current(lx), lx->line};
    ignore(lx);
    return !lx->failed;
}

/* --- strings ---------------------------------------------------------------------------------------------------- */

static bool lex_hex_digits(struct toml_lexer *lx, int count, const char *before)
{
    for (int i = 0; i < count; i++) {
        if (!is_hex(toml_next(lx)))
            return fault_text(lx, before, current(lx), " instead");
    }
    return true;
}

/* What follows a backslash. Blanks are let through: they may end a line of a """ string. */
static bool lex_escape(struct toml_lexer *lx)
{
    lx->has_escapes = true;
    uint32_t c = toml_next(lx);
    switch (c) {
    case 'e':
    case 'b':
    case 't':
    case 'n':
    case 'f':
    case 'r':
    case '"':
    case ' ':
    case '\t':
    case '\\':
        return true;
    case 'x':
        return lex_hex_digits(lx, 2, "expected two hexadecimal digits after '\\x', but got ");
    case 'u':
        return lex_hex_digits(lx, 4, "expected four hexadecimal digits after '\\u', but got ");
    case 'U':
        return lex_hex_digits(lx, 8, "expected eight hexadecimal digits after '\\U', but got ");
    default: {
        struct buffer text = BUFFER_INIT;
        buffer_add_text(&text, "invalid escape in string '\\");
        buffer_add_rune(&text, c);
        buffer_add_char(&text, '\'');
        return set_fault(lx, buffer_move(&text, lx->arena), lx->at_end ? lx->line - 1 : lx->line);
    }
    }
}

/* Gives back the closing quotes, hands out the token and takes them again. */
static bool emit_before_quotes(struct toml_lexer *lx, int quotes, enum toml_token_kind kind, struct toml_token *token)
{
    for (int i = 0; i < quotes; i++)
        toml_backup(lx);
    bool done = emit(lx, kind, token);
    for (int i = 0; i < quotes; i++)
        toml_next(lx);
    ignore(lx);
    return done;
}

/* A string of one line; the opening quote was taken. */
static bool lex_string(struct toml_lexer *lx, uint32_t quote, struct toml_token *token)
{
    lx->has_escapes = false;
    for (;;) {
        uint32_t c = toml_next(lx);
        if (c == TOML_EOF)
            return toml_fault(lx, quote == '"' ? "unexpected EOF; expected '\"'" : "unexpected EOF; expected \"'\"");
        if (toml_is_line_end(c))
            return set_fault(lx, SLICE("strings cannot contain newlines"), lx->line - 1);
        if (c == '\\' && quote == '"') {
            if (!lex_escape(lx))
                return false;
        } else if (c == quote) {
            break;
        }
    }
    enum toml_token_kind kind = quote == '\'' ? TOML_RAW : lx->has_escapes ? TOML_STRING_ESCAPED : TOML_STRING;
    return emit_before_quotes(lx, 1, kind, token);
}

/* Five quotes in a row stand at the end of what was read, the first of them not escaped. */
static bool ends_in_five(const struct toml_lexer *lx, uint32_t quote)
{
    struct slice s = current(lx);
    if (quote == '\'')
        return slice_ends(s, SLICE("'''''"));
    return slice_ends(s, SLICE("\"\"\"\"\"")) && !slice_ends(s, SLICE("\\\"\"\"\"\""));
}

/* One quote was taken; looks whether two more end the string. */
static bool ends_here(struct toml_lexer *lx, uint32_t quote)
{
    if (!accept(lx, quote))
        return false;
    if (!accept(lx, quote)) {
        toml_backup(lx);
        return false;
    }
    if (toml_peek(lx) != quote)
        return true;
    if (ends_in_five(lx, quote))
        return toml_fault(lx, quote == '"' ? "unexpected '\"\"\"\"\"\"'" : "unexpected \"''''''\"");
    toml_backup(lx);
    toml_backup(lx);
    return false;
}

/* A string of many lines; the three opening quotes were taken. */
static bool lex_lines(struct toml_lexer *lx, uint32_t quote, struct toml_token *token)
{
    for (;;) {
        uint32_t c = toml_next(lx);
        if (c == TOML_EOF) {
            return toml_fault(lx, quote == '"' ? "unexpected EOF; expected '\"\"\"'"
                                               : "unexpected EOF; expected \"'''\"");
        }
        if (c == '\\' && quote == '"') {
            if (toml_is_line_end(toml_next(lx)))
                continue;
            toml_backup(lx);
            if (!lex_escape(lx))
                return false;
        } else if (c == quote) {
            if (ends_here(lx, quote))
                break;
            if (lx->failed)
                return false;
        }
    }
    return emit_before_quotes(lx, 3, quote == '"' ? TOML_STRING_LINES : TOML_RAW_LINES, token);
}

/* The opening quote was taken; two more begin a string of many lines. */
static bool lex_any_string(struct toml_lexer *lx, uint32_t quote, struct toml_token *token)
{
    if (accept(lx, quote)) {
        if (accept(lx, quote)) {
            ignore(lx);
            return lex_lines(lx, quote, token);
        }
        toml_backup(lx);
    }
    ignore(lx);
    return lex_string(lx, quote, token);
}

bool toml_lex_name(struct toml_lexer *lx, struct toml_token *token)
{
    uint32_t c = toml_next(lx);
    if (c == '"' || c == '\'') {
        ignore(lx);
        return lex_string(lx, c, token);
    }
    while (is_bare(c))
        c = toml_next(lx);
    toml_backup(lx);
    return emit(lx, TOML_RAW, token);
}

/* --- numbers, dates and words ----------------------------------------------------------------------------------- */

/* Takes characters as long as they are digits or among `others`, and hands out the token. */
static bool lex_run(struct toml_lexer *lx, bool (*is_part)(uint32_t c), const char *others, enum toml_token_kind kind,
                    struct toml_token *token)
{
    uint32_t c;
    do {
        c = toml_next(lx);
    } while (is_part(c) || (c != TOML_EOF && c < 0x80 && strchr(others, (int)c)));
    toml_backup(lx);
    return emit(lx, kind, token);
}

static bool is_octal(uint32_t c)
{
    return c >= '0' && c <= '7';
}

static bool is_binary(uint32_t c)
{
    return c == '0' || c == '1';
}

static bool lex_float(struct toml_lexer *lx, struct toml_token *token)
{
    return lex_run(lx, is_digit, "_.-+eE", TOML_FLOAT, token);
}

static bool lex_datetime(struct toml_lexer *lx, struct toml_token *token)
{
    bool done = lex_run(lx, is_digit, "-:Tt .Zz+", TOML_DATETIME, token);
    token->text = slice_trim(token->text);
    return done;
}

/* Digits of a number that cannot be a date: a point or an exponent makes it a float. */
static bool lex_decimal(struct toml_lexer *lx, struct toml_token *token)
{
    uint32_t c = toml_next(lx);
    while (is_digit(c) || c == '_')
        c = toml_next(lx);
    if (c == '.' || c == 'e' || c == 'E')
        return lex_float(lx, token);
    toml_backup(lx);
    return emit(lx, TOML_INTEGER, token);
}

static bool lex_number_or_date(struct toml_lexer *lx, struct toml_token *token)
{
    uint32_t c = toml_next(lx);
    while (is_digit(c))
        c = toml_next(lx);
    switch (c) {
    case '-':
    case ':':
        return lex_datetime(lx, token);
    case '_':
        return lex_decimal(lx, token);
    case '.':
    case 'e':
    case 'E':
        return lex_float(lx, token);
    default:
        toml_backup(lx);
        return emit(lx, TOML_INTEGER, token);
    }
}

/* Behind 0x, 0o or 0b. */
static bool lex_based(struct toml_lexer *lx, bool (*is_part)(uint32_t c), const char *fault, struct toml_token *token)
{
    uint32_t c = toml_peek(lx);
    if (!is_part(c))
        return fault_raw(lx, fault, c);
    return lex_run(lx, is_part, "_", TOML_INTEGER, token);
}

/* Behind a leading zero. */
static bool lex_after_zero(struct toml_lexer *lx, struct toml_token *token)
{
    uint32_t c = toml_next(lx);
    if (is_digit(c))
        return lex_number_or_date(lx, token);
    switch (c) {
    case '_':
        return lex_decimal(lx, token);
    case '.':
    case 'e':
    case 'E':
        return lex_float(lx, token);
    case 'b':
        return lex_based(lx, is_binary, "not a binary number: '", token);
    case 'o':
        return lex_based(lx, is_octal, "not an octal number: '", token);
    case 'x':
        return lex_based(lx, is_hex, "not a hexadecimal number: '", token);
    default:
        toml_backup(lx);
        return emit(lx, TOML_INTEGER, token);
    }
}

/* Behind a sign. */
static bool lex_signed(struct toml_lexer *lx, struct toml_token *token)
{
    uint32_t c = toml_next(lx);
    if (c == 'i' || c == 'n') {
        bool known = c == 'i' ? accept(lx, 'n') && accept(lx, 'f') : accept(lx, 'a') && accept(lx, 'n');
        if (known)
            return emit(lx, TOML_FLOAT, token);
        return toml_fault(lx, "invalid float: '%.*s'", SLICE_ARG(current(lx)));
    }
    if (c == '0') {
        uint32_t base = toml_peek(lx);
        if (base == 'b' || base == 'o' || base == 'x')
            return fault_raw(lx, "cannot use sign with non-decimal numbers: '", base);
    }
    if (c == '.')
        return toml_fault(lx, "floats must start with a digit, not '.'");
    if (is_digit(c))
        return lex_decimal(lx, token);
    return toml_fault_char(lx, "expected a digit but got ", c, "");
}

/* true, false, or a word that is no value. */
static bool lex_word(struct toml_lexer *lx, struct toml_token *token)
{
    size_t start = lx->pos;
    while (go_is_letter(toml_next(lx)))
        continue;
    toml_backup(lx);
    struct slice word = slice_part(lx->text, start, lx->pos);
    if (slice_is(word, "true") || slice_is(word, "false"))
        return emit(lx, TOML_BOOL, token);
    return fault_text(lx, "expected value but found ", word, " instead");
}

bool toml_lex_value(struct toml_lexer *lx, struct toml_token *token)
{
    toml_skip_blanks(lx);
    uint32_t c = toml_next(lx);
    switch (c) {
    case '[':
    case '{':
        ignore(lx);
        return emit(lx, c == '[' ? TOML_ARRAY : TOML_INLINE_TABLE, token);
    case '"':
    case '\'':
        return lex_any_string(lx, c, token);
    case '.':
        return toml_fault(lx, "floats must start with a digit, not '.'");
    case 'i':
    case 'n':
        if ((accept(lx, 'n') && accept(lx, 'f')) || (accept(lx, 'a') && accept(lx, 'n')))
            return emit(lx, TOML_FLOAT, token);
        break;
    case '-':
    case '+':
        return lex_signed(lx, token);
    case '0':
        return lex_after_zero(lx, token);
    case TOML_EOF:
        return toml_fault(lx, "unexpected EOF; expected value");
    default:
        break;
    }
    if (is_digit(c))
        return lex_number_or_date(lx, token);
    if (go_is_letter(c)) {
        toml_backup(lx);
        return lex_word(lx, token);
    }
    if (c == '\n')
        return toml_fault_line_before(lx, "expected value but found ", c, " instead");
    return toml_fault_char(lx, "expected value but found ", c, " instead");
}

/* --- the text of strings ------------------------------------------------------------------------------------------ */

static struct slice without_first_newline(struct slice s)
{
    if (slice_starts(s, SLICE("\n")))
        return slice_after(s, 1);
    return slice_starts(s, SLICE("\r\n")) ? slice_after(s, 2) : s;
}

/* The length of a backslash at `at` and all blanks and newlines behind it, or 0 where it does not end a line. */
static size_t line_joint(struct slice s, size_t at)
{
    size_t end = at + 1;
    bool has_newline = false;
    for (; end < s.len && strchr(" \t\r\n", s.ptr[end]) && s.ptr[end]; end++)
        has_newline |= s.ptr[end] == '\n';
    return has_newline ? end - at : 0;
}

static uint32_t hex_value(struct slice digits)
{
    uint64_t value = 0;
    go_parse_uint(digits, 16, 32, &value);
    return (uint32_t)value;
}

/* \x, \u or \U at the front of `s`. */
static size_t add_code_point(struct arena *a, struct buffer *out, struct slice s, struct slice *error)
{
    size_t count = s.ptr[1] == 'x' ? 2 : s.ptr[1] == 'u' ? 4 : 8;
    struct slice digits = slice_part(s, 2, 2 + count);
    uint32_t rune = hex_value(digits);
    if (rune > 0x10FFFF || (rune >= 0xD800 && rune < 0xE000)) {
        *error = arena_printf(a, "Escaped character '\\u%.*s' is not valid UTF-8.", SLICE_ARG(digits));
        return 0;
    }
    buffer_add_rune(out, rune);
    return 2 + count;
}

/* The escape at the front of `s`; returns its length, 0 on failure. */
static size_t add_escape(struct arena *a, struct buffer *out, struct slice s, struct slice *error)
{
    static const char names[] = "btnfre\"\\";
    static const char values[] = "\b\t\n\f\r\x1B\"\\";
    char c = s.ptr[1];
    if (c == 'x' || c == 'u' || c == 'U')
        return add_code_point(a, out, s, error);
    const char *name = strchr(names, c);
    if (!name) {
        *error = arena_printf(a, "invalid escape: '\\%c'", c);
        return 0;
    }
    buffer_add_char(out, values[name - names]);
    return 2;
}

bool toml_string_text(struct arena *a, const struct toml_token *token, struct slice *out, struct slice *error)
{
    bool has_lines = token->kind == TOML_STRING_LINES || token->kind == TOML_RAW_LINES;
    struct slice s = has_lines ? without_first_newline(token->text) : token->text;
    *out = s;
    if (token->kind != TOML_STRING_ESCAPED && token->kind != TOML_STRING_LINES)
        return true;
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < s.len;) {
        size_t taken = 1;
        size_t joint;
        if (s.ptr[i] != '\\')
            buffer_add_char(&text, s.ptr[i]);
        else if (has_lines && (joint = line_joint(s, i)) > 0)
            taken = joint;
        else
            taken = add_escape(a, &text, slice_after(s, i), error);
        if (taken == 0) {
            buffer_release(&text);
            return false;
        }
        i += taken;
    }
    *out = buffer_move(&text, a);
    return true;
}

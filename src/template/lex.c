/*
 * lex.c - template text to tokens
 *
 * Outside of actions text runs to the next "{{"; inside, a token begins with a character that tells its kind. Trim
 * markers ("{{- " and " -}}") cut blanks off the neighbouring text and leave no token.
 */
#include "template/lex.h"

#include "golang/strconv.h"
#include "golang/unicode.h"

enum {
    DELIM_LENGTH = 2,
    TRIM_LENGTH = 2, /* of a trim marker: the dash and its blank */
    END_OF_TEXT = -1
};

struct lexer {
    struct arena *arena;
    struct slice text;
    size_t pos;
    size_t start; /* of the token being read */
    int parens;
    struct token_list tokens;
    size_t cap;
};

/* Each state reads one or more tokens and says what comes next. */
enum state {
    STATE_TEXT,
    STATE_ACTION,
    STATE_DONE
};

static struct slice rest(const struct lexer *l)
{
    return slice_after(l->text, l->pos);
}

static int peek_byte(const struct lexer *l)
{
    return l->pos < l->text.len ? (unsigned char)l->text.ptr[l->pos] : END_OF_TEXT;
}

static uint32_t peek_rune(const struct lexer *l, size_t *size)
{
    return go_decode_rune(rest(l), size);
}

/* What each ASCII character may be part of. */
enum {
    CLASS_NAME = 1,  /* letters, digits, underscore */
    CLASS_DIGIT = 2, /* decimal digits */
    CLASS_BLANK = 4,
    CLASS_END = 8    /* may stand behind a name */
};

static const unsigned char classes[128] = {
    [' '] = CLASS_BLANK | CLASS_END, ['\t'] = CLASS_BLANK | CLASS_END, ['\r'] = CLASS_BLANK | CLASS_END,
    ['\n'] = CLASS_BLANK | CLASS_END, ['.'] = CLASS_END, [','] = CLASS_END, ['|'] = CLASS_END, [':'] = CLASS_END,
    [')'] = CLASS_END, ['('] = CLASS_END, ['_'] = CLASS_NAME,
    ['0'] = 3, ['1'] = 3, ['2'] = 3, ['3'] = 3, ['4'] = 3, ['5'] = 3, ['6'] = 3, ['7'] = 3, ['8'] = 3, ['9'] = 3,
    ['a'] = 1, ['b'] = 1, ['c'] = 1, ['d'] = 1, ['e'] = 1, ['f'] = 1, ['g'] = 1, ['h'] = 1, ['i'] = 1, ['j'] = 1,
    ['k'] = 1, ['l'] = 1, ['m'] = 1, ['n'] = 1, ['o'] = 1, ['p'] = 1, ['q'] = 1, ['r'] = 1, ['s'] = 1, ['t'] = 1,
    ['u'] = 1, ['v'] = 1, ['w'] = 1, ['x'] = 1, ['y'] = 1, ['z'] = 1, ['A'] = 1, ['B'] = 1, ['C'] = 1, ['D'] = 1,
    ['E'] = 1, ['F'] = 1, ['G'] = 1, ['H'] = 1, ['I'] = 1, ['J'] = 1, ['K'] = 1, ['L'] = 1, ['M'] = 1, ['N'] = 1,
    ['O'] = 1, ['P'] = 1, ['Q'] = 1, ['R'] = 1, ['S'] = 1, ['T'] = 1, ['U'] = 1, ['V'] = 1, ['W'] = 1, ['X'] = 1,
    ['Y'] = 1, ['Z'] = 1,
};

static bool is_class(int c, unsigned set)
{
    return c >= 0 && c < 0x80 && classes[c] & set;
}

static bool is_space(int c)
{
    return is_class(c, CLASS_BLANK);
}

/* A letter, digit or underscore at the read position; *size is its length. */
static bool at_alphanumeric(const struct lexer *l, size_t *size)
{
    int c = peek_byte(l);
    *size = 1;
    if (c < 0x80)
        return is_class(c, CLASS_NAME);
    uint32_t rune = peek_rune(l, size);
    return go_is_letter(rune) || go_is_digit(rune);
}

static void ignore(struct lexer *l)
{
    l->start = l->pos;
}

static void add_token(struct lexer *l, enum token_kind kind, struct slice text)
{
    if (l->tokens.count == l->cap)
        l->tokens.items = arena_room(l->arena, l->tokens.items, l->tokens.count, &l->cap, sizeof *l->tokens.items);
    struct token *token = &l->tokens.items[l->tokens.count++];
    *token = (struct token){kind, (uint32_t)l->start, text};
    ignore(l);
}

static enum state emit(struct lexer *l, enum token_kind kind)
{
    add_token(l, kind, slice_part(l->text, l->start, l->pos));
    return STATE_ACTION;
}

static enum state fail(struct lexer *l, struct slice message)
{
    add_token(l, TOKEN_ERROR, message);
    return STATE_DONE;
}

static enum state fail_character(struct lexer *l, const char *what, uint32_t rune)
{
    struct buffer text = BUFFER_INIT;
    buffer_printf(&text, "%s U+%04X", what, rune);
    if (go_is_print(rune)) {
        buffer_add_text(&text, " '");
        buffer_add_rune(&text, rune);
        buffer_add_char(&text, '\'');
    }
    return fail(l, buffer_move(&text, l->arena));
}

static enum state fail_number(struct lexer *l)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, "bad number syntax: ");
    go_quote(&text, slice_part(l->text, l->start, l->pos));
    return fail(l, buffer_move(&text, l->arena));
}

/* "- " (any blank) right after "{{". */
static bool is_left_trim(struct slice s)
{
    return s.len >= TRIM_LENGTH && s.ptr[0] == '-' && is_space(s.ptr[1]);
}

/* " -" (any blank) before "}}". */
static bool is_right_trim(struct slice s)
{
    return s.len >= TRIM_LENGTH && is_space(s.ptr[0]) && s.ptr[1] == '-';
}

static bool at_braces(struct slice s)
{
    return s.len >= DELIM_LENGTH && s.ptr[0] == '}' && s.ptr[1] == '}';
}

static bool at_right_delim(const struct lexer *l, bool *trim)
{
    struct slice s = rest(l);
    *trim = is_right_trim(s) && at_braces(slice_after(s, TRIM_LENGTH));
    return *trim || at_braces(s);
}

static size_t leading_blanks(struct slice s)
{
    size_t n = 0;
    while (n < s.len && is_space(s.ptr[n]))
        n++;
    return n;
}

static size_t trailing_blanks(struct slice s)
{
    size_t n = 0;
    while (n < s.len && is_space(s.ptr[s.len - 1 - n]))
        n++;
    return n;
}

/* A comment, at its slash and star; leaves nothing but the trimming of its neighbours. */
static enum state lex_comment(struct lexer *l)
{
    l->pos += 2;
    size_t end = slice_find(rest(l), SLICE("*/"));
    if (end == rest(l).len)
        return fail(l, SLICE("unclosed comment"));
    l->pos += end + 2;
    bool trim;
    if (!at_right_delim(l, &trim))
        return fail(l, SLICE("comment ends before closing delimiter"));
    l->pos += trim ? DELIM_LENGTH + TRIM_LENGTH : DELIM_LENGTH;
    if (trim)
        l->pos += leading_blanks(rest(l));
    ignore(l);
    return STATE_TEXT;
}

static enum state lex_left_delim(struct lexer *l)
{
    l->pos += DELIM_LENGTH;
    size_t marker = is_left_trim(rest(l)) ? TRIM_LENGTH : 0;
    if (slice_starts(slice_after(rest(l), marker), SLICE("/*"))) {
        l->pos += marker;
        ignore(l);
        return lex_comment(l);
    }
    emit(l, TOKEN_LEFT_DELIM);
    l->pos += marker;
    ignore(l);
    l->parens = 0;
    return STATE_ACTION;
}

static enum state lex_text(struct lexer *l)
{
    size_t length = slice_find(rest(l), SLICE("{{"));
    bool at_end = length == rest(l).len;
    size_t trimmed = 0;
    if (!at_end && is_left_trim(slice_after(rest(l), length + DELIM_LENGTH)))
        trimmed = trailing_blanks(slice_part(rest(l), 0, length));
    l->pos += length - trimmed;
    if (l->pos > l->start)
        emit(l, TOKEN_TEXT);
    if (at_end) {
        emit(l, TOKEN_EOF);
        return STATE_DONE;
    }
    l->pos += trimmed;
    ignore(l);
    return lex_left_delim(l);
}

static enum state lex_right_delim(struct lexer *l, bool trim)
{
    if (trim) {
        l->pos += TRIM_LENGTH;
        ignore(l);
    }
    l->pos += DELIM_LENGTH;
    emit(l, TOKEN_RIGHT_DELIM);
    if (trim) {
        l->pos += leading_blanks(rest(l));
        ignore(l);
    }
    return STATE_TEXT;
}

/* A run of blanks; the last of them may belong to a trim marker. */
static enum state lex_space(struct lexer *l)
{
    size_t blanks = leading_blanks(rest(l));
    struct slice last = slice_after(rest(l), blanks - 1);
    bool trim = is_right_trim(last) && at_braces(slice_after(last, TRIM_LENGTH));
    if (trim && blanks == 1)
        return lex_right_delim(l, true);
    l->pos += trim ? blanks - 1 : blanks;
    return emit(l, TOKEN_SPACE);
}

/* Whether what follows may end a name. */
static bool at_terminator(const struct lexer *l)
{
    int c = peek_byte(l);
    return c == END_OF_TEXT || is_class(c, CLASS_END) || at_braces(rest(l));
}

static void skip_alphanumeric(struct lexer *l)
{
    size_t size;
    do {
        while (is_class(peek_byte(l), CLASS_NAME))
            l->pos++;
        size = 0;
        if (peek_byte(l) >= 0x80 && at_alphanumeric(l, &size))
            l->pos += size;
        else
            size = 0;
    } while (size);
}

static enum state fail_terminator(struct lexer *l)
{
    size_t size;
    return fail_character(l, "bad character", peek_rune(l, &size));
}

struct keyword {
    struct slice word;
    enum token_kind kind;
};

static const struct keyword keywords[] = {
    {SLICE_INIT("block"), TOKEN_BLOCK},       {SLICE_INIT("break"), TOKEN_BREAK}, {SLICE_INIT("continue"), TOKEN_CONTINUE},
    {SLICE_INIT("define"), TOKEN_DEFINE},     {SLICE_INIT("else"), TOKEN_ELSE},   {SLICE_INIT("end"), TOKEN_END},
    {SLICE_INIT("if"), TOKEN_IF},             {SLICE_INIT("range"), TOKEN_RANGE}, {SLICE_INIT("nil"), TOKEN_NIL},
    {SLICE_INIT("with"), TOKEN_WITH},         {SLICE_INIT("false"), TOKEN_BOOL},  {SLICE_INIT("true"), TOKEN_BOOL},
    {SLICE_INIT("template"), TOKEN_TEMPLATE},
};

static enum token_kind word_kind(struct slice word)
{
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++) {
        if (slice_equal(word, keywords[i].word))
            return keywords[i].kind;
    }
    return TOKEN_IDENTIFIER;
}

static enum state lex_identifier(struct lexer *l)
{
    skip_alphanumeric(l);
    if (!at_terminator(l))
        return fail_terminator(l);
    return emit(l, word_kind(slice_part(l->text, l->start, l->pos)));
}

/* .name or $name, at the first character of the name. */
static enum state lex_name(struct lexer *l, enum token_kind kind)
{
    if (at_terminator(l))
        return emit(l, kind == TOKEN_VARIABLE ? TOKEN_VARIABLE : TOKEN_DOT);
    skip_alphanumeric(l);
    if (!at_terminator(l))
        return fail_terminator(l);
    return emit(l, kind);
}

/* "…" or '…', behind its first quote: up to the same quote, with backslash escapes, on one line. */
static enum state lex_quoted(struct lexer *l, char quote, enum token_kind kind, struct slice unterminated)
{
    for (;;) {
        int c = peek_byte(l);
        if (c == '\\') {
            l->pos++;
            c = peek_byte(l);
            if (c != END_OF_TEXT && c != '\n') {
                l->pos++;
                continue;
            }
        }
        if (c == END_OF_TEXT || c == '\n')
            return fail(l, unterminated);
        l->pos++;
        if (c == quote)
            return emit(l, kind);
    }
}

static enum state lex_raw_quote(struct lexer *l)
{
    size_t length = slice_find_char(rest(l), '`');
    if (length == rest(l).len) {
        return fail(l, SLICE("unterminated raw quoted string"));
    }
    l->pos += length + 1;
    return emit(l, TOKEN_RAW_STRING);
}

static bool accept(struct lexer *l, const char *set)
{
    int c = peek_byte(l);
    if (c <= 0 || !strchr(set, c))
        return false;
    l->pos++;
    return true;
}

static void accept_run(struct lexer *l, const char *set)
{
    while (accept(l, set))
        ;
}

static void accept_exponent(struct lexer *l, const char *letters)
{
    if (accept(l, letters)) {
        accept(l, "+-");
        accept_run(l, "0123456789_");
    }
}

/* number -> ['+'|'-'] digits ['.' digits] [exponent] ['i'], loosely: strconv has the last word. */
static bool scan_number(struct lexer *l)
{
    const char *digits = "0123456789_";
    const char *exponent = "eE";
    accept(l, "+-");
    if (accept(l, "0")) {
        if (accept(l, "xX")) {
            digits = "0123456789abcdefABCDEF_";
            exponent = "pP";
        } else if (accept(l, "oO")) {
            digits = "01234567_";
            exponent = "";
        } else if (accept(l, "bB")) {
            digits = "01_";
            exponent = "";
        }
    }
    accept_run(l, digits);
    if (accept(l, "."))
        accept_run(l, digits);
    if (*exponent)
        accept_exponent(l, exponent);
    accept(l, "i");
    size_t size;
    if (at_alphanumeric(l, &size)) {
        l->pos += size;
        return false;
    }
    return true;
}

static enum state lex_number(struct lexer *l)
{
    if (!scan_number(l))
        return fail_number(l);
    int sign = peek_byte(l);
    if (sign != '+' && sign != '-')
        return emit(l, TOKEN_NUMBER);
    /* a complex number has no blanks and ends in 'i' */
    if (!scan_number(l) || l->text.ptr[l->pos - 1] != 'i')
        return fail_number(l);
    return emit(l, TOKEN_COMPLEX);
}

static enum state lex_declare(struct lexer *l)
{
    if (!accept(l, "="))
        return fail(l, SLICE("expected :="));
    return emit(l, TOKEN_DECLARE);
}

static enum state lex_paren(struct lexer *l, int c)
{
    l->parens += c == '(' ? 1 : -1;
    if (l->parens < 0)
        return fail(l, SLICE("unexpected right paren"));
    return emit(l, c == '(' ? TOKEN_LEFT_PAREN : TOKEN_RIGHT_PAREN);
}

/* A token that begins with a character told by one look. */
static enum state lex_by_character(struct lexer *l, int c)
{
    l->pos++;
    switch (c) {
    case '=':
        return emit(l, TOKEN_ASSIGN);
    case ':':
        return lex_declare(l);
    case '|':
        return emit(l, TOKEN_PIPE);
    case '"':
        return lex_quoted(l, '"', TOKEN_STRING, SLICE("unterminated quoted string"));
    case '\'':
        return lex_quoted(l, '\'', TOKEN_CHAR_CONSTANT, SLICE("unterminated character constant"));
    case '`':
        return lex_raw_quote(l);
    case '$':
        return lex_name(l, TOKEN_VARIABLE);
    case '.':
        return lex_name(l, TOKEN_FIELD);
    case '(':
    case ')':
        return lex_paren(l, c);
    default:
        return emit(l, TOKEN_CHAR);
    }
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

/* A dot before a digit begins a number, except at the very end of the text. */
static bool begins_number(const struct lexer *l, int c)
{
    int next = l->pos + 1 < l->text.len ? (unsigned char)l->text.ptr[l->pos + 1] : END_OF_TEXT;
    return c == '+' || c == '-' || is_digit(c) || (c == '.' && (next == END_OF_TEXT || is_digit(next)));
}

static enum state lex_action(struct lexer *l)
{
    bool trim;
    if (at_right_delim(l, &trim)) {
        if (l->parens == 0)
            return lex_right_delim(l, trim);
        return fail(l, SLICE("unclosed left paren"));
    }
    int c = peek_byte(l);
    size_t size;
    if (c == END_OF_TEXT)
        return fail(l, SLICE("unclosed action"));
    if (is_space(c))
        return lex_space(l);
    if (begins_number(l, c))
        return lex_number(l);
    if (at_alphanumeric(l, &size))
        return lex_identifier(l);
    if (c > ' ' && c < 0x7F)
        return lex_by_character(l, c);
    return fail_character(l, "unrecognized character in action:", peek_rune(l, &size));
}

struct token_list lex_template(struct arena *a, struct slice text)
{
    struct lexer l = {.arena = a, .text = text};
    enum state state = STATE_TEXT;
    while (state != STATE_DONE)
        state = state == STATE_TEXT ? lex_text(&l) : lex_action(&l);
    return l.tokens;
}

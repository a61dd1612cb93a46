/*
 * cases.c - letter case, words and line wrapping
 *
 * Case is changed by Unicode's simple mappings, one character for one, as Go does. What a word is differs between the
 * libraries behind sprig and is kept apart here: strings.Title looks at letters, goutils at white space, xstrings at
 * runs of the same kind of character (struct words). Wrapping counts bytes.
 */
#include "funcs/groups.h"

#include "golang/unicode.h"

static struct slice arg_text(const struct call *call, int index)
{
    return value_slice(call->args[index]);
}

static bool give_buffer(struct call *call, struct buffer *text, struct value *out)
{
    *out = value_string(buffer_move(text, call->arena));
    return true;
}

/* The next character of a non-empty text. */
static uint32_t next_rune(struct slice *s)
{
    size_t size;
    uint32_t rune = go_decode_rune(*s, &size);
    *s = slice_after(*s, size);
    return rune;
}

/* --- whole texts ---------------------------------------------------------------------------------------------- */

static bool fn_upper(struct call *call, struct value *out)
{
    struct buffer text = BUFFER_INIT;
    go_upper(&text, arg_text(call, 0));
    return give_buffer(call, &text, out);
}

static bool fn_lower(struct call *call, struct value *out)
{
    struct buffer text = BUFFER_INIT;
    go_lower(&text, arg_text(call, 0));
    return give_buffer(call, &text, out);
}

/* What strings.Title takes to stand between words. */
static bool separates_words(uint32_t rune)
{
    if (go_is_letter(rune) || go_is_digit(rune) || rune == '_')
        return false;
    return rune < 0x80 || go_is_space(rune);
}

static bool fn_title(struct call *call, struct value *out)
{
    struct slice s = arg_text(call, 0);
    struct buffer text = BUFFER_INIT;
    bool word_begins = true;
    while (s.len) {
        uint32_t rune = next_rune(&s);
        buffer_add_rune(&text, word_begins ? go_to_title(rune) : rune);
        word_begins = separates_words(rune);
    }
    return give_buffer(call, &text, out);
}

static bool fn_untitle(struct call *call, struct value *out)
{
    struct slice s = arg_text(call, 0);
    struct buffer text = BUFFER_INIT;
    bool word_begins = true;
    while (s.len) {
        uint32_t rune = next_rune(&s);
        bool space = go_is_space(rune);
        buffer_add_rune(&text, word_begins && !space ? go_to_lower(rune) : rune);
        word_begins = space;
    }
    return give_buffer(call, &text, out);
}

static bool fn_swapcase(struct call *call, struct value *out)
{
    struct slice s = arg_text(call, 0);
    struct buffer text = BUFFER_INIT;
    bool word_begins = true;
    while (s.len) {
        uint32_t rune = next_rune(&s);
        if (go_is_upper(rune) || go_is_title(rune)) {
            buffer_add_rune(&text, go_to_lower(rune));
            word_begins = false;
        } else if (go_is_lower(rune)) {
            buffer_add_rune(&text, word_begins ? go_to_title(rune) : go_to_upper(rune));
            word_begins = false;
        } else {
            buffer_add_rune(&text, rune);
            word_begins = go_is_space(rune);
        }
    }
    return give_buffer(call, &text, out);
}

/* goutils.Initials takes each byte for a character (see nospace). */
static bool fn_initials(struct call *call, struct value *out)
{
    struct slice s = arg_text(call, 0);
    struct buffer text = BUFFER_INIT;
    bool word_begins = true;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        bool space = go_is_space(c);
        if (word_begins && !space)
            buffer_add_rune(&text, c);
        word_begins = space;
    }
    return give_buffer(call, &text, out);
}

/* --- snake_case, kebab-case, PascalCase ----------------------------------------------------------------------- */

static bool is_connector(uint32_t rune)
{
    return rune == '-' || rune == '_' || go_is_space(rune);
}

/* A letter of a script with words; xstrings does not count CJK ideographs. */
static bool is_alphabetic(uint32_t rune)
{
    if (!go_is_letter(rune))
        return false;
    return !((rune >= 0x3400 && rune <= 0x4D85) || (rune >= 0x4E00 && rune <= 0x9FCC) ||
             (rune >= 0x20000 && rune <= 0x2B81D));
}

enum word_kind {
    WORD_NONE, /* the end, or nothing but bad UTF-8 */
    WORD_NUMBER,
    WORD_CAPITAL, /* begins with an upper-case letter: "HTTP", "Server" */
    WORD_LOWER,
    WORD_CONNECTOR,
    WORD_PUNCTUATION,
    WORD_OTHER
};

/* A text taken apart into runs of one kind. */
struct words {
    struct slice rest;
    struct slice word; /* the current one, `kind` none after the last */
    enum word_kind kind;
};

/* The first character that is good UTF-8, its size with the bad bytes before it; all bad: `otherwise`. */
static uint32_t peek_valid(struct slice s, uint32_t otherwise, size_t *size)
{
    *size = 0;
    while (s.len) {
        size_t one;
        uint32_t rune = go_decode_rune(s, &one);
        *size += one;
        if (rune != RUNE_ERROR)
            return rune;
        s = slice_after(s, one);
    }
    return otherwise;
}

static bool is_upper(uint32_t rune)
{
    return go_is_upper(rune);
}

static bool is_small_letter(uint32_t rune)
{
    return is_alphabetic(rune) && !go_is_upper(rune);
}

static bool is_of_no_kind(uint32_t rune)
{
    return !is_connector(rune) && !is_alphabetic(rune) && !go_is_number(rune) && !go_is_punct(rune);
}

/* Length of the run of such characters at the front; *next is the one that ends it (`rune` at the end), and *last the
   size of the run's last character. */
static size_t run_length(struct slice s, bool (*belongs)(uint32_t), uint32_t rune, uint32_t *next, size_t *last)
{
    size_t len = 0;
    *next = rune;
    *last = 0;
    while (len < s.len) {
        size_t size;
        *next = peek_valid(slice_after(s, len), *next, &size);
        if (!belongs(*next))
            break;
        *last = size;
        len += size;
    }
    return len;
}

/* The rest of a word after its first, upper-case letter: small letters, or capitals without the one that begins the
   next word ("HTTPServer" is "HTTP" and "Server"). */
static size_t capital_length(struct slice s, uint32_t first)
{
    size_t last;
    uint32_t next;
    size_t len = run_length(s, is_upper, first, &next, &last);
    if (len == 0)
        return run_length(s, is_small_letter, first, &next, &last);
    if (len < s.len && is_alphabetic(next))
        len -= last;
    return len;
}

static void words_next(struct words *w)
{
    size_t first;
    size_t last;
    uint32_t next;
    uint32_t rune = peek_valid(w->rest, RUNE_ERROR, &first);
    struct slice after = slice_after(w->rest, first);
    size_t more = 0;
    if (rune == RUNE_ERROR) {
        w->kind = WORD_NONE;
    } else if (is_connector(rune)) {
        w->kind = WORD_CONNECTOR;
        more = run_length(after, is_connector, rune, &next, &last);
    } else if (go_is_punct(rune)) {
        w->kind = WORD_PUNCTUATION;
        more = run_length(after, go_is_punct, rune, &next, &last);
    } else if (go_is_upper(rune)) {
        w->kind = WORD_CAPITAL;
        more = capital_length(after, rune);
    } else if (is_alphabetic(rune)) {
        w->kind = WORD_LOWER;
        more = run_length(after, is_small_letter, rune, &next, &last);
    } else if (go_is_number(rune)) {
        w->kind = WORD_NUMBER;
        more = run_length(after, go_is_number, rune, &next, &last);
    } else {
        w->kind = WORD_OTHER;
        more = run_length(after, is_of_no_kind, rune, &next, &last);
    }
    w->word = slice_part(w->rest, 0, first + more);
    w->rest = slice_after(w->rest, first + more);
}

/* Writes a word: capitals small, each connecting character as the connector. */
static void add_word(struct buffer *out, enum word_kind kind, struct slice word, char connector)
{
    if (kind != WORD_CAPITAL && kind != WORD_CONNECTOR) {
        buffer_add(out, word);
        return;
    }
    while (word.len) {
        uint32_t rune = next_rune(&word);
        if (is_connector(rune))
            buffer_add_char(out, connector);
        else
            buffer_add_rune(out, go_is_upper(rune) ? go_to_lower(rune) : rune);
    }
}

/* Writes small letters and digits as long as they follow each other. */
static void add_letters_and_digits(struct buffer *out, struct words *w)
{
    while (w->kind == WORD_LOWER || w->kind == WORD_NUMBER) {
        buffer_add(out, w->word);
        words_next(w);
    }
}

/* Whether the current word stands off by itself: punctuation and connectors. */
static bool stands_apart(const struct words *w)
{
    return w->kind == WORD_CONNECTOR || w->kind == WORD_PUNCTUATION;
}

/* After a word of letters: a number belongs to it ("bld4_floor"), unless small letters follow, which it then belongs
   to ("http_2xx"). */
static void join_after_letters(struct buffer *out, struct words *w, char connector)
{
    if (w->kind != WORD_NUMBER) {
        if (!stands_apart(w))
            buffer_add_char(out, connector);
        return;
    }
    if (w->rest.len == 0)
        return;
    struct slice number = w->word;
    words_next(w);
    if (w->kind != WORD_LOWER) {
        buffer_add(out, number);
        if (!stands_apart(w))
            buffer_add_char(out, connector);
        return;
    }
    buffer_add_char(out, connector);
    buffer_add(out, number);
    add_letters_and_digits(out, w);
    if (w->kind != WORD_NONE && !stands_apart(w))
        buffer_add_char(out, connector);
}

static bool join_words(struct call *call, char connector, struct value *out)
{
    struct words w = {.rest = arg_text(call, 0)};
    struct buffer text = BUFFER_INIT;
    words_next(&w);
    while (w.rest.len) {
        enum word_kind kind = w.kind;
        add_word(&text, kind, w.word, connector);
        words_next(&w);
        if (kind == WORD_NUMBER) {
            add_letters_and_digits(&text, &w);
            if (w.kind != WORD_NONE && !stands_apart(&w))
                buffer_add_char(&text, connector);
        } else if (kind != WORD_CONNECTOR && kind != WORD_PUNCTUATION) {
            join_after_letters(&text, &w, connector);
        }
    }
    add_word(&text, w.kind, w.word, connector);
    return give_buffer(call, &text, out);
}

static bool fn_snakecase(struct call *call, struct value *out)
{
    return join_words(call, '_', out);
}

static bool fn_kebabcase(struct call *call, struct value *out)
{
    return join_words(call, '-', out);
}

/* Makes the rest of a text PascalCase; `before` is the first character of its first word. Of the connectors between two
   words the last one goes; a run of capitals becomes small after its first. */
static void join_capitalised(struct buffer *out, uint32_t before, struct slice s)
{
    bool capitals = go_is_upper(before); /* all of this word so far */
    before = go_to_upper(before);
    while (s.len) {
        uint32_t rune = next_rune(&s);
        if (is_connector(before) && !is_connector(rune)) {
            capitals = go_is_upper(rune);
            before = go_to_upper(rune);
            continue;
        }
        if (!is_connector(before) && capitals) {
            capitals = go_is_upper(rune);
            rune = capitals ? go_to_lower(rune) : rune;
        }
        buffer_add_rune(out, before);
        before = rune;
    }
    buffer_add_rune(out, before);
}

/* Connectors before the first word stay; where there is no word, xstrings writes the last of them twice. */
static bool fn_camelcase(struct call *call, struct value *out)
{
    struct slice s = arg_text(call, 0);
    struct buffer text = BUFFER_INIT;
    while (s.len) {
        uint32_t rune = next_rune(&s);
        if (!is_connector(rune)) {
            join_capitalised(&text, rune, s);
            break;
        }
        buffer_add_rune(&text, rune);
        if (s.len == 0)
            buffer_add_rune(&text, rune);
    }
    return give_buffer(call, &text, out);
}

/* --- wrapping ------------------------------------------------------------------------------------------------- */

/* goutils.WrapCustom: lines of at most `width` bytes, broken at spaces; words longer than a line are cut or kept. */
static bool wrap(struct call *call, int64_t width, struct slice newline, bool cut_words, struct slice s,
                 struct value *out)
{
    struct buffer text = BUFFER_INIT;
    size_t most = width < 1 ? 1 : (size_t)width;
    while (s.len > most) {
        if (s.ptr[0] == ' ') {
            s = slice_after(s, 1);
            continue;
        }
        struct slice line = slice_part(s, 0, most + 1);
        size_t at = slice_find_last_char(line, ' ');
        bool at_space = at < line.len;
        if (!at_space && !cut_words) {
            at = most + slice_find_char(slice_after(s, most), ' ');
            at_space = true;
        } else if (!at_space) {
            at = most;
        }
        buffer_add(&text, slice_part(s, 0, at));
        if (at == s.len)
            return give_buffer(call, &text, out);
        buffer_add(&text, newline);
        s = slice_after(s, at + at_space);
    }
    buffer_add(&text, s);
    return give_buffer(call, &text, out);
}

static bool fn_wrap(struct call *call, struct value *out)
{
    return wrap(call, call->args[0].i, SLICE("\n"), false, arg_text(call, 1), out);
}

static bool fn_wrapWith(struct call *call, struct value *out)
{
    struct slice newline = arg_text(call, 1);
    return wrap(call, call->args[0].i, newline.len ? newline : SLICE("\n"), true, arg_text(call, 2), out);
}

const struct function functions_cases[] = {
    {"upper", "s", fn_upper, "In capital letters.", "upper \"hello\"", "HELLO"},
    {"lower", "s", fn_lower, "In small letters.", "lower \"HELLO\"", "hello"},
    {"title", "s", fn_title, "Each word with a capital.", "title \"hello world\"", "Hello World"},
    {"untitle", "s", fn_untitle, "Each word without a capital.", "untitle \"Hello World\"", "hello world"},
    {"swapcase", "s", fn_swapcase, "Capital letters small, small ones capital.", "swapcase \"This Is\"", "tHIS iS"},
    {"initials", "s", fn_initials, "The first letter of each word.", "initials \"First Try\"", "FT"},
    {"snakecase", "s", fn_snakecase, "Words in small letters, joined by underscores.", "snakecase \"FirstName\"",
     "first_name"},
    {"kebabcase", "s", fn_kebabcase, "Words in small letters, joined by hyphens.", "kebabcase \"FirstName\"",
     "first-name"},
    {"camelcase", "s", fn_camelcase, "Words with capitals, joined by nothing.", "camelcase \"http_server\"",
     "HttpServer"},
    {"wrap", "is", fn_wrap, "Lines of at most n bytes, long words kept whole.", "wrap 5 \"hello world\"",
     "hello\nworld"},
    {"wrapWith", "iss", fn_wrapWith, "Lines of at most n bytes, joined by the given text.",
     "wrapWith 5 \"|\" \"hello world\"", "hello|world"},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};

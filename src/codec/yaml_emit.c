/*
 * yaml_emit.c - scalars and indicators as go-yaml writes them
 *
 * One pass over a text finds which styles it allows; most texts are plain ASCII without blanks, which the table of
 * byte classes lets through at once. Columns count characters, so ASCII stretches are copied whole.
 */
#include "codec/yaml_emit.h"

#include "codec/yaml_read.h"
#include "codec/yaml_scalar.h"
#include "golang/strconv.h"
#include "golang/unicode.h"

enum {
    BEST_INDENT = 2,
    FOLD_WIDTH = 80
};

enum byte_class {
    CLASS_ORDINARY,
    CLASS_SPACE,
    CLASS_NEWLINE,
    CLASS_COLON,
    CLASS_HASH,
    CLASS_TAB,
    CLASS_CONTROL, /* never printed raw; CR among them */
    CLASS_HIGH     /* part of a longer character */
};

static enum byte_class class_of(unsigned char c)
{
    if (c >= 0x80)
        return CLASS_HIGH;
    switch (c) {
    case ' ':
        return CLASS_SPACE;
    case '\n':
        return CLASS_NEWLINE;
    case ':':
        return CLASS_COLON;
    case '#':
        return CLASS_HASH;
    case '\t':
        return CLASS_TAB;
    default:
        return c < 0x20 || c == 0x7F ? CLASS_CONTROL : CLASS_ORDINARY;
    }
}

/* --- characters ------------------------------------------------------------------------------------------------- */

/* Line breaks beyond \n: CR, NEL, LS, PS. */
static bool is_break_rune(uint32_t rune)
{
    return rune == '\n' || rune == '\r' || rune == 0x85 || rune == 0x2028 || rune == 0x2029;
}

static bool is_printable(uint32_t rune)
{
    if (rune < 0x80)
        return rune == '\n' || (rune >= 0x20 && rune < 0x7F);
    return (rune >= 0xA0 && rune < 0xD800) || (rune >= 0xE000 && rune <= 0xFFFD && rune != 0xFEFF);
}

static bool is_blank_at(struct slice s, size_t at)
{
    return at >= s.len || s.ptr[at] == ' ' || s.ptr[at] == '\t';
}

static void put(struct yaml_emitter *e, char c)
{
    buffer_add_char(e->out, c);
    e->column++;
}

static void put_break(struct yaml_emitter *e)
{
    buffer_add_char(e->out, '\n');
    e->column = 0;
    if (e->dialect == YAML_GO_V3)
        e->indention = true;
}

/* Copies a stretch without breaks. */
static void put_text(struct yaml_emitter *e, struct slice s, bool is_ascii)
{
    buffer_add(e->out, s);
    e->column += is_ascii ? s.len : go_rune_count(s);
}

/* --- looking at a text ------------------------------------------------------------------------------------------ */

static bool is_first_indicator(struct slice s)
{
    switch (s.ptr[0]) {
    case '#':
    case ',':
    case '[':
    case ']':
    case '{':
    case '}':
    case '&':
    case '*':
    case '!':
    case '|':
    case '>':
    case '\'':
    case '"':
    case '%':
    case '@':
    case '`':
        return true;
    case '?':
    case ':':
    case '-':
        return is_blank_at(s, 1) || slice_starts(s, SLICE("---"));
    default:
        return slice_starts(s, SLICE("..."));
    }
}

/* What the pass over a text has found. */
struct findings {
    bool indicators; /* that cannot stand in a plain scalar */
    bool special;    /* must be escaped */
    bool tabs;
    bool breaks;
    bool newline;
    bool ends_in_break;
    bool break_space; /* a space after a break */
    bool space_break; /* a break after a space */
    bool high;
};

/* Notes a character beyond ASCII; returns its size. */
static size_t find_high(struct findings *f, struct slice rest, bool *is_break)
{
    size_t size;
    uint32_t rune = go_decode_rune(rest, &size);
    f->high = true;
    *is_break = is_break_rune(rune);
    if (!is_printable(rune))
        f->special = true;
    return size;
}

static void scan(struct findings *f, struct slice s, enum yaml_dialect dialect)
{
    enum { OTHER, SPACE, BREAK } previous = OTHER;
    bool after_blank = true;
    for (size_t i = 0; i < s.len;) {
        size_t size = 1;
        bool is_break = false;
        enum byte_class class = class_of((unsigned char)s.ptr[i]);
        switch (class) {
        case CLASS_ORDINARY:
        case CLASS_SPACE:
            break;
        case CLASS_NEWLINE:
            is_break = f->newline = true;
            break;
        case CLASS_COLON:
            f->indicators |= i > 0 && is_blank_at(s, i + 1);
            break;
        case CLASS_HASH:
            f->indicators |= i > 0 && after_blank;
            break;
        case CLASS_TAB:
            f->tabs = true;
            f->special |= dialect == YAML_GO_V2;
            break;
        case CLASS_CONTROL:
            f->special = true;
            is_break = s.ptr[i] == '\r';
            break;
        case CLASS_HIGH:
            size = find_high(f, slice_after(s, i), &is_break);
            break;
        }
        f->breaks |= is_break;
        f->break_space |= class == CLASS_SPACE && previous == BREAK;
        f->space_break |= is_break && previous == SPACE;
        previous = class == CLASS_SPACE ? SPACE : is_break ? BREAK : OTHER;
        after_blank = class == CLASS_SPACE || class == CLASS_TAB || is_break || s.ptr[i] == '\0';
        i += size;
    }
    f->ends_in_break = previous == BREAK;
}

/* The usual text: ASCII without blanks and control characters, no colon at the end, no indicator in front. */
static bool is_simple(struct slice s)
{
    if (is_first_indicator(s) || s.ptr[s.len - 1] == ':')
        return false;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c <= 0x20 || c >= 0x7F)
            return false;
    }
    return true;
}

void yaml_scalar_look_at(struct yaml_scalar_look *look, struct slice text, enum yaml_dialect dialect)
{
    *look = (struct yaml_scalar_look){.plain_allowed = true, .single_allowed = true, .is_ascii = true};
    if (text.len == 0)
        return;
    look->block_allowed = true;
    if (is_simple(text))
        return;
    struct findings f = {.indicators = is_first_indicator(text)};
    scan(&f, text, dialect);
    bool leading_space = text.ptr[0] == ' ';
    bool trailing_space = text.ptr[text.len - 1] == ' ';
    look->multiline = f.breaks;
    look->has_newline = f.newline;
    look->is_ascii = !f.high;
    look->escapes_all = slice_starts(text, SLICE("\xEF\xBB\xBF"));
    bool unquotable = f.break_space || f.space_break || f.special || f.tabs;
    look->single_allowed = !unquotable;
    look->plain_allowed = !unquotable && !leading_space && !trailing_space && !f.breaks && !f.indicators;
    look->block_allowed = !trailing_space && !f.space_break && !f.special;
}

/* --- indentation ------------------------------------------------------------------------------------------------ */

void yaml_emitter_init(struct yaml_emitter *e, struct buffer *out, enum yaml_dialect dialect)
{
    *e = (struct yaml_emitter){out, dialect, 0, -1, true, true};
}

int yaml_emitter_indent(struct yaml_emitter *e, bool flow, bool indentless)
{
    int before = e->indent;
    if (e->indent < 0)
        e->indent = flow ? BEST_INDENT : 0;
    else if (!indentless)
        e->indent += BEST_INDENT;
    return before;
}

void yaml_emitter_write_indent(struct yaml_emitter *e)
{
    size_t indent = e->indent < 0 ? 0 : (size_t)e->indent;
    if (!e->indention || e->column > indent || (e->column == indent && !e->blank))
        put_break(e);
    if (e->column < indent) {
        buffer_add_repeated(e->out, ' ', indent - e->column);
        e->column = indent;
    }
    e->blank = true;
    if (e->dialect == YAML_GO_V2)
        e->indention = true;
}

void yaml_emitter_write_indicator(struct yaml_emitter *e, const char *indicator, bool need_blank, bool is_indention)
{
    if (need_blank && !e->blank)
        put(e, ' ');
    put_text(e, slice_text(indicator), true);
    e->blank = false;
    e->indention = e->indention && is_indention;
}

void yaml_emitter_write_word(struct yaml_emitter *e, struct slice word)
{
    if (!e->blank)
        put(e, ' ');
    put_text(e, word, true);
    e->blank = false;
    e->indention = false;
}

/* --- scalars ---------------------------------------------------------------------------------------------------- */

static bool may_fold(const struct yaml_emitter *e)
{
    return e->dialect == YAML_GO_V2 && e->column > FOLD_WIDTH;
}

static bool is_space_at(struct slice s, size_t at)
{
    return at < s.len && s.ptr[at] == ' ';
}

/* The length of the break at `at`, 0 where there is none. */
static size_t break_at(struct slice s, size_t at)
{
    unsigned char c = (unsigned char)s.ptr[at];
    if (c == '\n' || c == '\r')
        return 1;
    if (c < 0x80)
        return 0;
    size_t size;
    return is_break_rune(go_decode_rune(slice_after(s, at), &size)) ? size : 0;
}

static void put_break_at(struct yaml_emitter *e, struct slice s, size_t at, size_t size)
{
    buffer_add(e->out, slice_part(s, at, at + size));
    e->column = 0;
    e->indention = true;
}

/* Where the stretch from `at` without spaces, quotes and breaks ends. */
static size_t stretch_end(struct slice s, size_t at)
{
    while (at < s.len) {
        unsigned char c = (unsigned char)s.ptr[at];
        if (c == ' ' || c == '\'' || c == '\n' || c == '\r' || (c >= 0x80 && break_at(s, at)))
            break;
        at++;
    }
    return at;
}

/* Plain and single-quoted texts: folded at single spaces, breaks of the rarer kinds kept raw. */
static void write_flow_text(struct yaml_emitter *e, struct slice s, bool is_ascii, bool quoted, bool allow_breaks)
{
    bool spaces = false;
    bool breaks = false;
    for (size_t i = 0; i < s.len;) {
        size_t size;
        if (s.ptr[i] == ' ') {
            bool inside = !quoted || (i > 0 && i < s.len - 1);
            if (allow_breaks && !spaces && may_fold(e) && inside && !is_space_at(s, i + 1))
                yaml_emitter_write_indent(e);
            else
                put(e, ' ');
            i++;
            spaces = true;
        } else if ((size = break_at(s, i)) > 0) {
            if (!breaks && s.ptr[i] == '\n')
                put_break(e);
            put_break_at(e, s, i, size);
            i += size;
            breaks = true;
        } else {
            if (breaks)
                yaml_emitter_write_indent(e);
            if (s.ptr[i] == '\'' && quoted)
                put(e, '\'');
            size_t end = stretch_end(s, i + 1);
            put_text(e, slice_part(s, i, end), is_ascii);
            i = end;
            e->indention = false;
            spaces = false;
            breaks = false;
        }
    }
}

static void write_plain(struct yaml_emitter *e, struct slice s, bool is_ascii, bool allow_breaks)
{
    if (!e->blank)
        put(e, ' ');
    if (is_ascii && (!allow_breaks || e->column + s.len <= FOLD_WIDTH || e->dialect == YAML_GO_V3))
        put_text(e, s, true);
    else
        write_flow_text(e, s, is_ascii, false, allow_breaks);
    e->blank = false;
    e->indention = false;
}

static void write_single_quoted(struct yaml_emitter *e, struct slice s, bool is_ascii, bool allow_breaks)
{
    yaml_emitter_write_indicator(e, "'", true, false);
    write_flow_text(e, s, is_ascii, true, allow_breaks);
    yaml_emitter_write_indicator(e, "'", false, false);
}

/* The letter of a short escape, or 0. */
static char escape_letter(uint32_t rune)
{
    switch (rune) {
    case 0x00:
        return '0';
    case 0x07:
        return 'a';
    case 0x08:
        return 'b';
    case 0x09:
        return 't';
    case 0x0A:
        return 'n';
    case 0x0B:
        return 'v';
    case 0x0C:
        return 'f';
    case 0x0D:
        return 'r';
    case 0x1B:
        return 'e';
    case '"':
    case '\\':
        return (char)rune;
    case 0x85:
        return 'N';
    case 0xA0:
        return '_';
    case 0x2028:
        return 'L';
    case 0x2029:
        return 'P';
    default:
        return '\0';
    }
}

static void write_escape(struct yaml_emitter *e, uint32_t rune)
{
    size_t before = e->out->len;
    char letter = escape_letter(rune);
    if (letter)
        buffer_printf(e->out, "\\%c", letter);
    else if (rune <= 0xFF)
        buffer_printf(e->out, "\\x%02X", (unsigned)rune);
    else if (rune <= 0xFFFF)
        buffer_printf(e->out, "\\u%04X", (unsigned)rune);
    else
        buffer_printf(e->out, "\\U%08X", (unsigned)rune);
    e->column += e->out->len - before;
}

static void write_double_quoted(struct yaml_emitter *e, struct slice s, bool escapes_all, bool allow_breaks)
{
    bool spaces = false;
    yaml_emitter_write_indicator(e, "\"", true, false);
    for (size_t i = 0; i < s.len;) {
        size_t size;
        uint32_t rune = go_decode_rune(slice_after(s, i), &size);
        if (escapes_all || !is_printable(rune) || is_break_rune(rune) || rune == '"' || rune == '\\') {
            write_escape(e, rune);
            spaces = false;
        } else if (rune == ' ' && allow_breaks && !spaces && may_fold(e) && i > 0 && i < s.len - 1) {
            yaml_emitter_write_indent(e);
            if (is_space_at(s, i + 1))
                put(e, '\\');
            spaces = true;
        } else {
            buffer_add(e->out, slice_part(s, i, i + size));
            e->column++;
            spaces = rune == ' ';
        }
        i += size;
    }
    yaml_emitter_write_indicator(e, "\"", false, false);
}

/* What stands behind '|': the indent where the text begins with a blank, and what becomes of its last breaks. */
static void write_block_hints(struct yaml_emitter *e, struct slice s)
{
    if (s.ptr[0] == ' ' || break_at(s, 0))
        yaml_emitter_write_indicator(e, "2", false, false);
    size_t last = s.len;
    size_t size;
    uint32_t rune = go_decode_last_rune(s, &size);
    last -= size;
    if (!is_break_rune(rune)) {
        yaml_emitter_write_indicator(e, "-", false, false);
        return;
    }
    if (last == 0 || is_break_rune(go_decode_last_rune(slice_part(s, 0, last), &size)))
        yaml_emitter_write_indicator(e, "+", false, false);
}

static void write_literal(struct yaml_emitter *e, struct slice s, bool is_ascii)
{
    yaml_emitter_write_indicator(e, "|", true, false);
    write_block_hints(e, s);
    put_break(e);
    e->indention = true;
    e->blank = true;
    bool breaks = true;
    for (size_t i = 0; i < s.len;) {
        size_t size = break_at(s, i);
        if (size > 0) {
            put_break_at(e, s, i, size);
            i += size;
            breaks = true;
            continue;
        }
        if (breaks)
            yaml_emitter_write_indent(e);
        size_t end = is_ascii ? i + slice_find_char(slice_after(s, i), '\n') : i;
        while (!is_ascii && end < s.len && !break_at(s, end))
            end++;
        put_text(e, slice_part(s, i, end), is_ascii);
        i = end;
        e->indention = false;
        breaks = false;
    }
}

/* --- style ------------------------------------------------------------------------------------------------------ */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* [-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)? */
static bool is_base60(struct slice s)
{
    size_t i = s.ptr[0] == '-' || s.ptr[0] == '+';
    if (i == s.len || !is_digit(s.ptr[i]))
        return false;
    while (i < s.len && (is_digit(s.ptr[i]) || s.ptr[i] == '_'))
        i++;
    size_t parts = 0;
    for (; i + 1 < s.len && s.ptr[i] == ':' && is_digit(s.ptr[i + 1]); parts++)
        i += i + 2 < s.len && s.ptr[i + 1] <= '5' && is_digit(s.ptr[i + 2]) ? 3 : 2;
    if (parts == 0)
        return false;
    if (i < s.len && s.ptr[i] == '.') {
        i++;
        while (i < s.len && (is_digit(s.ptr[i]) || s.ptr[i] == '_'))
            i++;
    }
    return i == s.len;
}

/* go-yaml v3 takes a sign behind 0o. */
static bool is_v3_octal(struct slice s)
{
    int64_t i;
    return slice_starts(s, SLICE("0o")) && go_parse_int(slice_after(s, 2), 8, 64, &i) == GO_NUMBER_OK;
}

/* True where a reader would take the text for something else than a string. */
static bool is_ambiguous(struct slice s, enum yaml_dialect dialect)
{
    struct value v;
    if (yaml_resolve_plain(s, &v))
        return true;
    if (!is_digit(s.ptr[0]) && s.ptr[0] != '-' && s.ptr[0] != '+')
        return false;
    return yaml_scalar_is_timestamp(s) || is_base60(s) || (dialect == YAML_GO_V3 && is_v3_octal(s));
}

static void write_styled(struct yaml_emitter *e, struct slice text, const struct yaml_scalar_look *look,
                         bool is_simple_key, bool ambiguous)
{
    int indent = yaml_emitter_indent(e, true, false);
    bool literal = look->has_newline;
    if (literal && look->block_allowed && !is_simple_key)
        write_literal(e, text, look->is_ascii);
    else if (literal || ambiguous || (!look->plain_allowed && !look->single_allowed))
        write_double_quoted(e, text, look->escapes_all, !is_simple_key);
    else if (look->plain_allowed)
        write_plain(e, text, look->is_ascii, !is_simple_key);
    else
        write_single_quoted(e, text, look->is_ascii, !is_simple_key);
    e->indent = indent;
}

void yaml_emitter_write_string(struct yaml_emitter *e, struct slice text, const struct yaml_scalar_look *look,
                               bool is_simple_key)
{
    write_styled(e, text, look, is_simple_key, !look->has_newline && is_ambiguous(text, e->dialect));
}

void yaml_emitter_write_tagged(struct yaml_emitter *e, struct slice text, const struct yaml_scalar_look *look,
                               bool is_simple_key)
{
    write_styled(e, text, look, is_simple_key, false);
}

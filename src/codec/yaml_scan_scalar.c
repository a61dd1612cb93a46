/*
 * yaml_scan_scalar.c - plain, quoted and block scalars
 *
 * A scalar that stands in the text as it is becomes a slice of it; the first fold or escape moves what was read so far
 * to the scanner's buffer, and the rest follows there. Line breaks are folded by looking at the stretch between two
 * pieces of content once more.
 */
#include "codec/yaml_scan.h"

#include "golang/strconv.h"

/* Why a byte ends a quick run through a plain scalar. */
enum {
    STOP_ALWAYS = 1, /* a blank, a break, a colon, or part of a longer character */
    STOP_IN_FLOW = 2
};

static const uint8_t plain_stops[256] = {
    ['\0'] = 1, ['\t'] = 1, ['\n'] = 1, ['\r'] = 1, [' '] = 1,  [':'] = 1,  [','] = 2,  ['?'] = 2,
    ['['] = 2,  [']'] = 2,  ['{'] = 2,  ['}'] = 2,
};

/* --- pieces ------------------------------------------------------------------------------------------------------- */

/* A scalar being put together: the piece of text from `start` on is not in the buffer yet. */
struct pieces {
    struct yaml_scanner *scanner;
    size_t start;
    bool buffered; /* the buffer has the beginning */
};

static struct pieces pieces_begin(struct yaml_scanner *s)
{
    buffer_clear(&s->fold);
    return (struct pieces){s, s->pos, false};
}

/* Moves the text up to `end` to the buffer. */
static struct buffer *pieces_flush(struct pieces *p, size_t end)
{
    struct yaml_scanner *s = p->scanner;
    buffer_add(&s->fold, slice_of(s->text + p->start, end - p->start));
    p->start = end;
    p->buffered = true;
    return &s->fold;
}

static struct slice pieces_end(struct pieces *p, size_t end)
{
    struct yaml_scanner *s = p->scanner;
    if (!p->buffered)
        return slice_of(s->text + p->start, end - p->start);
    return arena_slice(s->arena, buffer_slice(pieces_flush(p, end)));
}

/* --- line breaks -------------------------------------------------------------------------------------------------- */

/* The length of the first break in `s`, from *at on; *at is where it stands, or the end. */
static size_t next_break(struct slice s, size_t *at)
{
    for (; *at < s.len; ++*at) {
        unsigned char c = (unsigned char)s.ptr[*at];
        if (c == '\n')
            return 1;
        if (c == '\r')
            return *at + 1 < s.len && s.ptr[*at + 1] == '\n' ? 2 : 1;
        if (c == 0xC2)
            return 2;
        if (c == 0xE2)
            return 3;
    }
    return 0;
}

/* Adds the breaks of a stretch that holds nothing else but blanks; all but LS and PS become newlines. */
static void add_breaks(struct buffer *out, struct slice stretch)
{
    size_t length;
    for (size_t at = 0; (length = next_break(stretch, &at)) > 0; at += length) {
        if (length == 3)
            buffer_add(out, slice_part(stretch, at, at + length));
        else
            buffer_add_char(out, '\n');
    }
}

/* The same where a single newline is a space, and more of them lose the first. */
static void add_folded_breaks(struct buffer *out, struct slice stretch)
{
    size_t at = 0;
    size_t length = next_break(stretch, &at);
    struct slice rest = slice_after(stretch, at + length);
    if (length == 3) {
        add_breaks(out, slice_after(stretch, at));
        return;
    }
    size_t before = out->len;
    add_breaks(out, rest);
    if (out->len == before)
        buffer_add_char(out, ' ');
}

static struct slice stretch_from(const struct yaml_scanner *s, size_t start)
{
    return slice_of(s->text + start, s->pos - start);
}

/* --- plain -------------------------------------------------------------------------------------------------------- */

/* Moves over the characters of a plain scalar up to a blank or what ends it. */
static void skip_plain_content(struct yaml_scanner *s)
{
    uint8_t stops = s->flow_level ? STOP_ALWAYS | STOP_IN_FLOW : STOP_ALWAYS;
    for (;;) {
        const char *p = s->text + s->pos;
        const char *end = s->text + s->end;
        while (p < end && !(plain_stops[(unsigned char)*p] & stops) && (unsigned char)*p < 0x80)
            p++;
        s->pos = (size_t)(p - s->text);
        if (p == end)
            return;
        if (*p == ':') {
            if (yaml_scan_blankz(s, 1))
                return;
        } else if ((unsigned char)*p < 0x80 || yaml_scan_break(s, 0)) {
            return;
        }
        yaml_scan_skip(s);
    }
}

/* Moves over blanks and breaks. *breaks is set where there was a break. A tab may not stand for indentation. */
static bool skip_plain_blanks(struct yaml_scanner *s, int64_t indent, struct yaml_place start, bool *breaks)
{
    for (;;) {
        size_t length;
        if (yaml_scan_blank(s, 0)) {
            if (*breaks && (int64_t)yaml_scan_column(s) < indent && yaml_scan_at(s, 0) == '\t')
                return yaml_scan_fault(s, start, "found a tab character that violates indentation");
            s->pos++;
        } else if ((length = yaml_scan_break(s, 0)) > 0) {
            yaml_scan_skip_break(s, length);
            *breaks = true;
        } else {
            return true;
        }
    }
}

bool yaml_scan_plain(struct yaml_scanner *s, struct yaml_token *token)
{
    struct yaml_place start = yaml_scan_place(s);
    struct pieces pieces = pieces_begin(s);
    int64_t indent = s->indent + 1;
    size_t end = s->pos;
    bool breaks = false;
    while (!yaml_scan_document_indicator(s) && yaml_scan_at(s, 0) != '#') {
        size_t content = s->pos;
        skip_plain_content(s);
        if (s->pos > content) {
            if (breaks) {
                add_folded_breaks(pieces_flush(&pieces, end), slice_of(s->text + end, content - end));
                pieces.start = content;
                breaks = false;
            }
            end = s->pos;
        }
        if (!yaml_scan_blank(s, 0) && !yaml_scan_break(s, 0))
            break;
        if (!skip_plain_blanks(s, indent, start, &breaks))
            return false;
        if (s->flow_level == 0 && (int64_t)yaml_scan_column(s) < indent)
            break;
    }
    token->kind = YAML_SCALAR;
    token->style = YAML_PLAIN;
    token->text = pieces_end(&pieces, end);
    if (breaks)
        s->key_allowed = true;
    return true;
}

/* --- quoted ------------------------------------------------------------------------------------------------------- */

/* The digits of \x, \u or \U. */
static bool scan_code_point(struct yaml_scanner *s, struct yaml_place start, int digits, struct buffer *out)
{
    uint64_t rune = 0;
    if (!yaml_scan_need(s, (size_t)digits))
        return false;
    for (int i = 0; i < digits; i++) {
        int digit = go_hex_digit(yaml_scan_at(s, (size_t)i));
        if (digit < 0)
            return yaml_scan_fault(s, start, "did not find expected hexdecimal number");
        rune = rune << 4 | (uint64_t)digit;
    }
    if ((rune >= 0xD800 && rune <= 0xDFFF) || rune > 0x10FFFF)
        return yaml_scan_fault(s, start, "found invalid Unicode character escape code");
    buffer_add_rune(out, (uint32_t)rune);
    s->pos += (size_t)digits;
    return true;
}

/* A backslash and what follows it on the line. */
static bool scan_escape(struct yaml_scanner *s, struct yaml_place start, struct buffer *out)
{
    static const char names[] = "abtnvfre \"'\\\t";
    static const char values[] = "\a\b\t\n\v\f\r\x1B \"'\\\t";
    unsigned char c = yaml_scan_at(s, 1);
    const char *name = c ? strchr(names, c) : NULL;
    int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (name)
        buffer_add_char(out, values[name - names]);
    else if (c == '0')
        buffer_add_char(out, '\0');
    else if (c == 'N')
        buffer_add_rune(out, 0x85);
    else if (c == '_')
        buffer_add_rune(out, 0xA0);
    else if (c == 'L')
        buffer_add_rune(out, 0x2028);
    else if (c == 'P')
        buffer_add_rune(out, 0x2029);
    else if (digits == 0)
        return yaml_scan_fault(s, start, "found unknown escape character");
    s->pos += 2;
    return digits == 0 || scan_code_point(s, start, digits, out);
}

/* Content up to a blank, a break or the closing quote. *joined: a backslash took a line break. */
static bool scan_quoted_content(struct yaml_scanner *s, struct pieces *pieces, char quote, struct yaml_place start,
                                bool *joined)
{
    for (;;) {
        unsigned char c = yaml_scan_at(s, 0);
        if (c > ' ' && c < 0x80 && c != '\\' && c != (unsigned char)quote) {
            s->pos++;
        } else if (yaml_scan_blankz(s, 0)) {
            return true;
        } else if (c == '\'' && quote == '\'') {
            if (yaml_scan_at(s, 1) != '\'')
                return true;
            pieces_flush(pieces, s->pos + 1);
            s->pos += 2;
            pieces->start = s->pos;
        } else if (c == '"' && quote == '"') {
            return true;
        } else if (c == '\\' && quote == '"') {
            size_t length = yaml_scan_break(s, 1);
            struct buffer *out = pieces_flush(pieces, s->pos);
            if (length > 0) {
                s->pos++;
                yaml_scan_skip_break(s, length);
                pieces->start = s->pos;
                *joined = true;
                return true;
            }
            if (!scan_escape(s, start, out))
                return false;
            pieces->start = s->pos;
        } else {
            yaml_scan_skip(s);
        }
    }
}

/* Blanks and breaks within quotes. Behind a joined line all breaks stay; else the first folds. */
static void scan_quoted_blanks(struct yaml_scanner *s, struct pieces *pieces, bool joined)
{
    size_t start = s->pos;
    bool breaks = joined;
    for (;;) {
        size_t length;
        if (yaml_scan_blank(s, 0)) {
            s->pos++;
        } else if ((length = yaml_scan_break(s, 0)) > 0) {
            yaml_scan_skip_break(s, length);
            breaks = true;
        } else {
            break;
        }
    }
    if (!breaks)
        return;
    struct buffer *out = pieces_flush(pieces, start);
    if (joined)
        add_breaks(out, stretch_from(s, start));
    else
        add_folded_breaks(out, stretch_from(s, start));
    pieces->start = s->pos;
}

bool yaml_scan_quoted(struct yaml_scanner *s, struct yaml_token *token, char quote)
{
    struct yaml_place start = yaml_scan_place(s);
    s->pos++;
    struct pieces pieces = pieces_begin(s);
    for (;;) {
        bool joined = false;
        if (yaml_scan_document_indicator(s))
            return yaml_scan_fault(s, start, "found unexpected document indicator");
        if (s->pos >= s->end)
            return yaml_scan_fault(s, start, "found unexpected end of stream");
        if (!scan_quoted_content(s, &pieces, quote, start, &joined))
            return false;
        if (yaml_scan_at(s, 0) == (unsigned char)quote)
            break;
        scan_quoted_blanks(s, &pieces, joined);
    }
    token->kind = YAML_SCALAR;
    token->style = quote == '"' ? YAML_DOUBLE_QUOTED : YAML_SINGLE_QUOTED;
    token->text = pieces_end(&pieces, s->pos);
    s->pos++;
    return true;
}

/* --- block -------------------------------------------------------------------------------------------------------- */

struct block {
    bool literal;
    int chomping;       /* -1 strips the last breaks, 1 keeps them all */
    int64_t indent;     /* 0: not known yet */
    struct yaml_place start;
};

static bool take_chomping(struct yaml_scanner *s, struct block *b)
{
    unsigned char c = yaml_scan_at(s, 0);
    if (c != '+' && c != '-')
        return false;
    b->chomping = c == '+' ? 1 : -1;
    s->pos++;
    return true;
}

static bool take_increment(struct yaml_scanner *s, struct block *b)
{
    unsigned char c = yaml_scan_at(s, 0);
    if (c < '0' || c > '9')
        return true;
    if (c == '0')
        return yaml_scan_fault(s, b->start, "found an indentation indicator equal to 0");
    b->indent = (s->indent >= 0 ? s->indent : 0) + (c - '0');
    s->pos++;
    return true;
}

/* '|' or '>', the indicators behind it in either order, and the rest of the line. */
static bool scan_block_head(struct yaml_scanner *s, struct block *b)
{
    s->pos++;
    bool chomping_first = take_chomping(s, b);
    if (!take_increment(s, b))
        return false;
    if (!chomping_first && b->indent)
        take_chomping(s, b);
    while (yaml_scan_blank(s, 0))
        s->pos++;
    yaml_scan_skip_comment(s);
    size_t length = yaml_scan_break(s, 0);
    if (length == 0 && s->pos < s->end)
        return yaml_scan_fault(s, b->start, "did not find expected comment or line break");
    if (length > 0)
        yaml_scan_skip_break(s, length);
    return true;
}

/* Moves over empty lines and the indentation of the next; the first of them settles the indent. */
static bool skip_block_breaks(struct yaml_scanner *s, struct block *b)
{
    int64_t deepest = 0;
    for (;;) {
        while ((b->indent == 0 || (int64_t)yaml_scan_column(s) < b->indent) && yaml_scan_at(s, 0) == ' ')
            s->pos++;
        int64_t column = (int64_t)yaml_scan_column(s);
        if (column > deepest)
            deepest = column;
        if ((b->indent == 0 || column < b->indent) && yaml_scan_at(s, 0) == '\t') {
            return yaml_scan_fault(s, b->start,
                                   "found a tab character where an indentation space is expected");
        }
        size_t length = yaml_scan_break(s, 0);
        if (length == 0)
            break;
        yaml_scan_skip_break(s, length);
    }
    if (b->indent == 0) {
        b->indent = deepest > s->indent + 1 ? deepest : s->indent + 1;
        if (b->indent < 1)
            b->indent = 1;
    }
    return true;
}

/* The first break of a stretch alone, and what stands behind it. */
static struct slice first_break_of(struct slice stretch, struct slice *rest)
{
    size_t at = 0;
    size_t length = next_break(stretch, &at);
    *rest = slice_after(stretch, at + length);
    return slice_part(stretch, at, at + length);
}

/* What joins two lines of content: the breaks, of which a folded scalar drops the first between lines without
   indentation of their own. */
static void join_lines(struct buffer *out, const struct block *b, struct slice stretch, bool indented)
{
    if (b->literal || indented)
        add_breaks(out, stretch);
    else
        add_folded_breaks(out, stretch);
}

bool yaml_scan_block(struct yaml_scanner *s, struct yaml_token *token, bool literal)
{
    struct block b = {.literal = literal, .start = yaml_scan_place(s)};
    struct buffer *out = &s->fold;
    buffer_clear(out);
    if (!scan_block_head(s, &b))
        return false;
    size_t breaks = s->pos; /* where the stretch since the last content begins */
    bool has_content = false;
    bool last_indented = false;
    if (!skip_block_breaks(s, &b))
        return false;
    while ((int64_t)yaml_scan_column(s) == b.indent && s->pos < s->end) {
        bool indented = yaml_scan_blank(s, 0);
        if (has_content)
            join_lines(out, &b, stretch_from(s, breaks), indented || last_indented);
        else
            add_breaks(out, stretch_from(s, breaks));
        last_indented = indented;
        has_content = true;
        size_t line = s->pos;
        yaml_scan_skip_line(s);
        buffer_add(out, stretch_from(s, line));
        breaks = s->pos;
        size_t length = yaml_scan_break(s, 0);
        if (length > 0)
            yaml_scan_skip_break(s, length);
        if (!skip_block_breaks(s, &b))
            return false;
    }
    struct slice rest = stretch_from(s, breaks);
    struct slice first = has_content ? first_break_of(rest, &rest) : slice_of("", 0);
    if (b.chomping != -1)
        add_breaks(out, first);
    if (b.chomping == 1)
        add_breaks(out, rest);
    token->style = literal ? YAML_LITERAL : YAML_FOLDED;
    token->text = arena_slice(s->arena, buffer_slice(out));
    return true;
}

/*
 * yaml_scan_tag.c - anchors, aliases, tags and directives
 */
#include "codec/yaml_scan.h"

#include "golang/strconv.h"

enum {
    LONGEST_VERSION = 2 /* digits of a version number */
};

static bool is_word_char(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
}

static struct slice scan_word(struct yaml_scanner *s)
{
    size_t start = s->pos;
    while (is_word_char(yaml_scan_at(s, 0)))
        s->pos++;
    return slice_of(s->text + start, s->pos - start);
}

static void skip_blanks(struct yaml_scanner *s)
{
    while (yaml_scan_blank(s, 0))
        s->pos++;
}

/* '&' or '*', and a name that a blank or one of a few indicators ends. */
bool yaml_scan_anchor(struct yaml_scanner *s, struct yaml_token *token)
{
    struct yaml_place start = yaml_scan_place(s);
    token->kind = yaml_scan_at(s, 0) == '&' ? YAML_ANCHOR : YAML_ALIAS;
    s->pos++;
    token->text = scan_word(s);
    unsigned char c = yaml_scan_at(s, 0);
    if (token->text.len == 0 || !(yaml_scan_blankz(s, 0) || strchr("?:,]}%@`", c)))
        return yaml_scan_fault(s, start, "did not find expected alphabetic or numeric character");
    return true;
}

/* --- tags --------------------------------------------------------------------------------------------------------- */

static size_t utf8_size(unsigned char c)
{
    if (c < 0x80)
        return 1;
    return (c & 0xE0) == 0xC0 ? 2 : (c & 0xF0) == 0xE0 ? 3 : (c & 0xF8) == 0xF0 ? 4 : 0;
}

/* %XX, as many as the character has bytes. */
static bool scan_uri_escapes(struct yaml_scanner *s, struct yaml_place start, struct buffer *out)
{
    size_t size = 0;
    for (size_t i = 0; i == 0 || i < size; i++) {
        int high = go_hex_digit(yaml_scan_at(s, 1));
        int low = go_hex_digit(yaml_scan_at(s, 2));
        if (yaml_scan_at(s, 0) != '%' || high < 0 || low < 0)
            return yaml_scan_fault(s, start, "did not find URI escaped octet");
        unsigned char octet = (unsigned char)(high << 4 | low);
        if (i == 0) {
            size = utf8_size(octet);
            if (size == 0)
                return yaml_scan_fault(s, start, "found an incorrect leading UTF-8 octet");
        } else if ((octet & 0xC0) != 0x80) {
            return yaml_scan_fault(s, start, "found an incorrect trailing UTF-8 octet");
        }
        buffer_add_char(out, (char)octet);
        s->pos += 3;
    }
    return true;
}

/* The characters of a URI behind `head`, of which the '!' in front is dropped. */
static bool scan_uri(struct yaml_scanner *s, struct slice head, struct yaml_place start, struct slice *out)
{
    struct buffer *uri = &s->fold;
    bool found = head.len > 0;
    buffer_clear(uri);
    if (head.len > 1)
        buffer_add(uri, slice_after(head, 1));
    for (;;) {
        unsigned char c = yaml_scan_at(s, 0);
        if (c == '%') {
            if (!scan_uri_escapes(s, start, uri))
                return false;
        } else if (is_word_char(c) || (c && strchr(";/?:@&=+$,.!~*'()[]", c))) {
            buffer_add_char(uri, (char)c);
            s->pos++;
        } else {
            break;
        }
        found = true;
    }
    if (!found)
        return yaml_scan_fault(s, start, "did not find expected tag URI");
    *out = arena_slice(s->arena, buffer_slice(uri));
    return true;
}

/* '!', a word, and perhaps another '!', which a directive insists on. */
static bool scan_handle(struct yaml_scanner *s, bool directive, struct yaml_place start, struct slice *out)
{
    size_t first = s->pos;
    if (yaml_scan_at(s, 0) != '!')
        return yaml_scan_fault(s, start, "did not find expected '!'");
    s->pos++;
    scan_word(s);
    if (yaml_scan_at(s, 0) == '!')
        s->pos++;
    else if (directive && s->pos - first > 1)
        return yaml_scan_fault(s, start, "did not find expected '!'");
    *out = slice_of(s->text + first, s->pos - first);
    return true;
}

/* !<uri> */
static bool scan_verbatim_tag(struct yaml_scanner *s, struct yaml_place start, struct yaml_token *token)
{
    s->pos += 2;
    if (!scan_uri(s, slice_of("", 0), start, &token->suffix))
        return false;
    if (yaml_scan_at(s, 0) != '>')
        return yaml_scan_fault(s, start, "did not find the expected '>'");
    s->pos++;
    return true;
}

/* !suffix, !handle!suffix, or '!' alone */
static bool scan_short_tag(struct yaml_scanner *s, struct yaml_place start, struct yaml_token *token)
{
    struct slice handle;
    if (!scan_handle(s, false, start, &handle))
        return false;
    if (handle.len > 1 && handle.ptr[handle.len - 1] == '!') {
        token->text = handle;
        return scan_uri(s, slice_of("", 0), start, &token->suffix);
    }
    if (!scan_uri(s, handle, start, &token->suffix))
        return false;
    token->text = SLICE("!");
    if (token->suffix.len == 0) {
        token->text = slice_of("", 0);
        token->suffix = handle;
    }
    return true;
}

bool yaml_scan_tag(struct yaml_scanner *s, struct yaml_token *token)
{
    struct yaml_place start = yaml_scan_place(s);
    token->kind = YAML_TAG;
    if (!(yaml_scan_at(s, 1) == '<' ? scan_verbatim_tag(s, start, token) : scan_short_tag(s, start, token)))
        return false;
    if (!yaml_scan_blankz(s, 0))
        return yaml_scan_fault(s, start, "did not find expected whitespace or line break");
    return true;
}

/* --- directives --------------------------------------------------------------------------------------------------- */

static bool scan_version_number(struct yaml_scanner *s, struct yaml_place start, uint8_t *number)
{
    size_t length = 0;
    for (unsigned char c = yaml_scan_at(s, 0); c >= '0' && c <= '9'; c = yaml_scan_at(s, 0)) {
        if (++length > LONGEST_VERSION)
            return yaml_scan_fault(s, start, "found extremely long version number");
        *number = (uint8_t)(*number * 10 + (c - '0'));
        s->pos++;
    }
    return length > 0 || yaml_scan_fault(s, start, "did not find expected version number");
}

static bool scan_version(struct yaml_scanner *s, struct yaml_place start, struct yaml_token *token)
{
    token->kind = YAML_VERSION_DIRECTIVE;
    skip_blanks(s);
    if (!scan_version_number(s, start, &token->major))
        return false;
    if (yaml_scan_at(s, 0) != '.')
        return yaml_scan_fault(s, start, "did not find expected digit or '.' character");
    s->pos++;
    return scan_version_number(s, start, &token->minor);
}

static bool scan_tag_directive(struct yaml_scanner *s, struct yaml_place start, struct yaml_token *token)
{
    token->kind = YAML_TAG_DIRECTIVE;
    skip_blanks(s);
    if (!scan_handle(s, true, start, &token->text))
        return false;
    if (!yaml_scan_blank(s, 0))
        return yaml_scan_fault(s, start, "did not find expected whitespace");
    skip_blanks(s);
    if (!scan_uri(s, slice_of("", 0), start, &token->suffix))
        return false;
    return yaml_scan_blankz(s, 0) || yaml_scan_fault(s, start, "did not find expected whitespace or line break");
}

static bool scan_directive_value(struct yaml_scanner *s, struct yaml_place start, struct yaml_token *token)
{
    struct slice name = scan_word(s);
    if (name.len == 0)
        return yaml_scan_fault(s, start, "could not find expected directive name");
    if (!yaml_scan_blankz(s, 0))
        return yaml_scan_fault(s, start, "found unexpected non-alphabetical character");
    if (slice_is(name, "YAML"))
        return scan_version(s, start, token);
    if (slice_is(name, "TAG"))
        return scan_tag_directive(s, start, token);
    return yaml_scan_fault(s, start, "found unknown directive name");
}

bool yaml_scan_directive(struct yaml_scanner *s, struct yaml_token *token)
{
    struct yaml_place start = yaml_scan_place(s);
    s->pos++;
    if (!scan_directive_value(s, start, token))
        return false;
    skip_blanks(s);
    yaml_scan_skip_comment(s);
    size_t length = yaml_scan_break(s, 0);
    if (length == 0 && s->pos < s->end)
        return yaml_scan_fault(s, start, "did not find expected comment or line break");
    if (length > 0)
        yaml_scan_skip_break(s, length);
    return true;
}

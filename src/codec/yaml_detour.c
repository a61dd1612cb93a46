/*
 * yaml_detour.c - what a value becomes on toYaml's way through JSON
 */
#include "codec/yaml_detour.h"

#include "codec/json_write.h"
#include "golang/strconv.h"
#include "golang/unicode.h"

#define NEXT_LINE "\xC2\x85"

enum {
    LONGEST_KEY = 1024,     /* characters of a key in JSON, quotes included, that YAML's scanner looks back over */
    LONGEST_ESCAPE = 6      /* what one byte may become in JSON */
};

/* True where nothing can happen to the text: ASCII but for DEL. */
static bool is_untouched(struct slice s)
{
    unsigned char worst = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        worst |= (unsigned char)((c >= 0x7F) << 7);
    }
    return worst == 0;
}

/* Of the characters that JSON leaves raw, those that YAML's reader does not take. */
static bool is_refused(uint32_t rune)
{
    return (rune >= 0x7F && rune < 0xA0 && rune != 0x85) || rune == 0xFFFE || rune == 0xFFFF;
}

/* Checks every character and replaces bad UTF-8. */
static bool clean(struct arena *a, struct slice text, struct slice *out, bool *has_next_line, struct slice *error)
{
    struct slice rest = text;
    bool is_valid = true;
    *has_next_line = false;
    while (rest.len) {
        size_t size;
        uint32_t rune = go_decode_rune(rest, &size);
        if (is_refused(rune)) {
            *error = SLICE("yaml: control characters are not allowed");
            return false;
        }
        is_valid &= rune != RUNE_ERROR || size > 1;
        *has_next_line |= rune == 0x85;
        rest = slice_after(rest, size);
    }
    *out = text;
    if (is_valid)
        return true;
    struct buffer valid = BUFFER_INIT;
    for (rest = text; rest.len;) {
        size_t size;
        buffer_add_rune(&valid, go_decode_rune(rest, &size));
        rest = slice_after(rest, size);
    }
    *out = buffer_move(&valid, a);
    return true;
}

/* A next-line character is a line break to YAML: with the spaces around it one becomes a space, more become newlines.
   At the start of such a line a document indicator ends the string, which is an error. */
static bool fold_next_lines(struct arena *a, struct slice text, struct slice *out, struct slice *error)
{
    struct buffer folded = BUFFER_INIT;
    for (size_t i = 0; i < text.len;) {
        size_t end = i;
        size_t lines = 0;
        bool at_line_start = false;
        for (; end < text.len; end++) {
            bool is_line = slice_starts(slice_after(text, end), SLICE(NEXT_LINE));
            if (!is_line && text.ptr[end] != ' ')
                break;
            at_line_start = is_line;
            lines += is_line;
            end += is_line;
        }
        struct slice rest = slice_after(text, end);
        if (at_line_start && (slice_starts(rest, SLICE("---")) || slice_starts(rest, SLICE("..."))) && rest.len > 3 &&
            (rest.ptr[3] == ' ' || slice_starts(slice_after(rest, 3), SLICE(NEXT_LINE)))) {
            buffer_release(&folded);
            *error = SLICE("yaml: found unexpected document indicator");
            return false;
        }
        if (lines == 0 && end > i)
            buffer_add(&folded, slice_part(text, i, end));
        else if (lines == 1)
            buffer_add_char(&folded, ' ');
        else if (lines > 1)
            buffer_add_repeated(&folded, '\n', lines - 1);
        if (end < text.len)
            buffer_add_char(&folded, text.ptr[end++]);
        i = end;
    }
    *out = buffer_move(&folded, a);
    return true;
}

bool yaml_detour_string(struct arena *a, struct slice text, struct slice *out, struct slice *error)
{
    bool has_next_line;
    if (is_untouched(text)) {
        *out = text;
        return true;
    }
    if (!clean(a, text, out, &has_next_line, error))
        return false;
    return !has_next_line || fold_next_lines(a, *out, out, error);
}

static size_t json_length(struct arena *a, struct slice text)
{
    struct buffer json = BUFFER_INIT;
    struct slice error;
    size_t length = 0;
    struct value v = {.kind = VALUE_STRING, .type = GO_STRING, .len = (uint32_t)text.len, .s = text.ptr};
    if (json_write(&json, v, NULL, a, &error))
        length = go_rune_count(buffer_slice(&json));
    buffer_release(&json);
    return length;
}

bool yaml_detour_key(struct arena *a, struct slice text, struct slice *out, struct slice *error)
{
    bool has_next_line = false;
    *out = text;
    if (!is_untouched(text) && !clean(a, text, out, &has_next_line, error))
        return false;
    bool may_be_long = text.len > LONGEST_KEY / LONGEST_ESCAPE - 2;
    if (!has_next_line && (!may_be_long || json_length(a, text) <= LONGEST_KEY))
        return true;
    *error = SLICE("yaml: did not find expected ',' or '}'");
    return false;
}

bool yaml_detour_float(struct buffer *out, double f, struct slice *error)
{
    if (!isfinite(f)) {
        *error = isnan(f) ? SLICE("json: unsupported value: NaN")
                 : f > 0  ? SLICE("json: unsupported value: +Inf")
                          : SLICE("json: unsupported value: -Inf");
        return false;
    }
    if (f == floor(f) && fabs(f) < 1e15) {
        go_format_int(out, (int64_t)f, 10);
        return true;
    }
    size_t before = out->len;
    if (f == floor(f) && fabs(f) < 1e21) {
        int64_t i;
        uint64_t u;
        go_format_float(out, f, 'f', -1, 64);
        struct slice digits = slice_after(buffer_slice(out), before);
        if (go_parse_int(digits, 10, 64, &i) == GO_NUMBER_OK || go_parse_uint(digits, 10, 64, &u) == GO_NUMBER_OK)
            return true;
        out->len = before;
    }
    go_format_float(out, f, 'g', -1, 64);
    return true;
}

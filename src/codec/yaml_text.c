/*
 * yaml_text.c - the characters of a YAML document
 */
#include "codec/yaml_text.h"

#include "base/buffer.h"

enum {
    CHUNK = 512,     /* bytes of the input that go-yaml decodes at a time */
    PLAIN_BLOCK = 32 /* bytes looked at together */
};

#define MARK "\xEF\xBB\xBF"

static bool is_allowed(uint32_t rune)
{
    return rune == '\t' || rune == '\n' || rune == '\r' || (rune >= 0x20 && rune <= 0x7E) || rune == 0x85 ||
           (rune >= 0xA0 && rune <= 0xD7FF) || (rune >= 0xE000 && rune <= 0xFFFD) || rune >= 0x10000;
}

/* The size that a first byte announces, 0 for none. */
static size_t announced_size(unsigned char c)
{
    if (c < 0x80)
        return 1;
    if ((c & 0xE0) == 0xC0)
        return 2;
    if ((c & 0xF0) == 0xE0)
        return 3;
    return (c & 0xF8) == 0xF0 ? 4 : 0;
}

/* Checks the character at the front of `s`; *size is what it takes. Returns what is wrong with it, or null. */
static const char *check_character(struct slice s, size_t *size)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char c = (unsigned char)s.ptr[0];
    *size = announced_size(c);
    if (*size == 0)
        return "invalid leading UTF-8 octet";
    if (*size > s.len)
        return "incomplete UTF-8 octet sequence";
    uint32_t rune = *size == 1 ? c : c & (0xFFu >> (*size + 1));
    for (size_t i = 1; i < *size; i++) {
        unsigned char next = (unsigned char)s.ptr[i];
        if ((next & 0xC0) != 0x80)
            return "invalid trailing UTF-8 octet";
        rune = rune << 6 | (next & 0x3F);
    }
    if (rune < least[*size])
        return "invalid length of a UTF-8 sequence";
    if ((rune >= 0xD800 && rune <= 0xDFFF) || rune > 0x10FFFF)
        return "invalid Unicode character";
    return is_allowed(rune) ? NULL : "control characters are not allowed";
}

static bool is_plain_byte(unsigned char c)
{
    return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t' || c == '\r';
}

/* A block of bytes at once, without a branch, so that compilers make vectors of it. */
static bool are_plain(const char *bytes)
{
    unsigned char bad = 0;
    for (size_t i = 0; i < PLAIN_BLOCK; i++) {
        unsigned char c = (unsigned char)bytes[i];
        bad |= (unsigned char)((c < 0x20 || c > 0x7E) & (c != '\n') & (c != '\t') & (c != '\r'));
    }
    return !bad;
}

bool yaml_text_is_ascii(struct slice s)
{
    size_t i = 0;
    for (; s.len - i >= PLAIN_BLOCK; i += PLAIN_BLOCK) {
        if (!are_plain(s.ptr + i))
            return false;
    }
    while (i < s.len && is_plain_byte((unsigned char)s.ptr[i]))
        i++;
    return i == s.len;
}

/* Walks the characters chunk by chunk; the text ends before the chunk with a bad one. */
static void check_chunks(struct yaml_text *t, struct slice s, size_t first_chunk)
{
    size_t start = 0;
    size_t end = first_chunk;
    for (size_t i = 0; i < s.len;) {
        size_t size;
        const char *problem = check_character(slice_after(s, i), &size);
        if (i + (size ? size : 1) > end) { /* a character across the border belongs to the next chunk */
            start = i;
            end = i + CHUNK;
        }
        if (problem) {
            t->problem = problem;
            t->text = slice_part(s, 0, size > s.len - i ? i : start); /* more might come: the chunk itself is good */
            return;
        }
        i += size;
    }
    t->text = s;
}

static uint32_t unit_at(struct slice s, size_t i, bool big_endian)
{
    unsigned char first = (unsigned char)s.ptr[i];
    unsigned char second = (unsigned char)s.ptr[i + 1];
    return big_endian ? (uint32_t)(first << 8 | second) : (uint32_t)(second << 8 | first);
}

/* Decodes the character at the front; returns what is wrong with it, or null. */
static const char *decode_utf16(struct slice s, bool big_endian, uint32_t *rune, size_t *size)
{
    *size = 2;
    if (s.len < 2)
        return "incomplete UTF-16 character";
    *rune = unit_at(s, 0, big_endian);
    if ((*rune & 0xFC00) == 0xDC00)
        return "unexpected low surrogate area";
    if ((*rune & 0xFC00) == 0xD800) {
        *size = 4;
        if (s.len < 4)
            return "incomplete UTF-16 surrogate pair";
        uint32_t low = unit_at(s, 2, big_endian);
        if ((low & 0xFC00) != 0xDC00)
            return "expected low surrogate area";
        *rune = 0x10000 + ((*rune & 0x3FF) << 10) + (low & 0x3FF);
    }
    return is_allowed(*rune) ? NULL : "control characters are not allowed";
}

static void check_utf16(struct yaml_text *t, struct arena *a, struct slice s, bool big_endian)
{
    struct buffer text = BUFFER_INIT;
    size_t chunk_start = 0; /* in what was decoded */
    size_t end = CHUNK - 2;
    for (size_t i = 0; i < s.len;) {
        uint32_t rune;
        size_t size;
        if (i >= end) {
            chunk_start = text.len;
            end = i + CHUNK;
        }
        t->problem = decode_utf16(slice_after(s, i), big_endian, &rune, &size);
        if (t->problem) {
            if (size <= s.len - i)
                text.len = chunk_start;
            break;
        }
        buffer_add_rune(&text, rune);
        i += size;
    }
    t->is_ascii = yaml_text_is_ascii(buffer_slice(&text));
    t->text = buffer_move(&text, a);
}

void yaml_text_check(struct yaml_text *t, struct arena *a, struct slice bytes)
{
    if (!bytes.ptr)
        bytes = slice_of("", 0);
    *t = (struct yaml_text){.text = bytes};
    if (slice_starts(bytes, SLICE("\xFF\xFE")) || slice_starts(bytes, SLICE("\xFE\xFF"))) {
        check_utf16(t, a, slice_after(bytes, 2), bytes.ptr[0] == '\xFE');
        return;
    }
    size_t mark = slice_starts(bytes, SLICE(MARK)) ? sizeof MARK - 1 : 0;
    t->text = slice_after(bytes, mark);
    t->is_ascii = yaml_text_is_ascii(t->text);
    if (!t->is_ascii)
        check_chunks(t, t->text, CHUNK - mark);
}

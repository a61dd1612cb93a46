/*
 * yaml_order.c - the order of keys in written YAML
 *
 * Two keys are compared at their first differing rune. Entries come sorted by bytes, which is nearly the order wanted,
 * so runs are sorted by insertion and merged.
 */
#include "codec/yaml_order.h"

#include "golang/unicode.h"

enum {
    SORT_RUN = 16
};

static bool is_ascii_letter(unsigned char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* The digits at the front of `s` as a number joined to `n`, wrapping as Go's; *count is how many runes. */
static int64_t digit_run(struct slice s, int64_t n, size_t *count)
{
    uint64_t number = (uint64_t)n;
    *count = 0;
    while (s.len) {
        size_t size;
        uint32_t rune = go_decode_rune(s, &size);
        if (!go_is_digit(rune))
            break;
        number = number * 10 + (uint64_t)((int64_t)rune - '0');
        ++*count;
        s = slice_after(s, size);
    }
    return (int64_t)number;
}

/* A zero behind a number's other digits continues that number: whether there is a non-zero digit before `at`. */
static bool continues_number(struct slice s, size_t at)
{
    while (at > 0) {
        size_t size;
        uint32_t rune = go_decode_last_rune(slice_part(s, 0, at), &size);
        if (!go_is_digit(rune))
            return false;
        if (rune != '0')
            return true;
        at -= size;
    }
    return false;
}

static bool digit_before(struct slice s, size_t at)
{
    size_t size;
    return at > 0 && go_is_digit(go_decode_last_rune(slice_part(s, 0, at), &size));
}

/* The keys differ first at byte `at`, the start of a rune in both. */
static bool before_at(struct slice a, struct slice b, size_t at, enum yaml_dialect dialect)
{
    size_t size;
    struct slice rest_a = slice_after(a, at);
    struct slice rest_b = slice_after(b, at);
    uint32_t rune_a = go_decode_rune(rest_a, &size);
    uint32_t rune_b = go_decode_rune(rest_b, &size);
    bool letter_a = go_is_letter(rune_a);
    bool letter_b = go_is_letter(rune_b);
    if (letter_a && letter_b)
        return rune_a < rune_b;
    if (letter_a || letter_b)
        return dialect == YAML_GO_V3 && digit_before(a, at) ? letter_a : letter_b;
    int64_t start = (rune_a == '0' || rune_b == '0') && continues_number(a, at);
    size_t count_a;
    size_t count_b;
    int64_t number_a = digit_run(rest_a, start, &count_a);
    int64_t number_b = digit_run(rest_b, start, &count_b);
    if (number_a != number_b)
        return number_a < number_b;
    if (count_a != count_b)
        return count_a < count_b;
    return rune_a < rune_b;
}

bool yaml_key_before(struct slice a, struct slice b, enum yaml_dialect dialect)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    size_t at = 0;
    while (at < shorter && a.ptr[at] == b.ptr[at])
        at++;
    if (at == shorter)
        return a.len < b.len;
    unsigned char byte_a = (unsigned char)a.ptr[at];
    unsigned char byte_b = (unsigned char)b.ptr[at];
    if (is_ascii_letter(byte_a) && is_ascii_letter(byte_b))
        return byte_a < byte_b;
    while (at > 0 && ((unsigned char)a.ptr[at] & 0xC0) == 0x80 && ((unsigned char)b.ptr[at] & 0xC0) == 0x80)
        at--;
    return before_at(a, b, at, dialect);
}

static void sort_run(const struct entry **entries, size_t count, enum yaml_dialect dialect)
{
    for (size_t i = 1; i < count; i++) {
        const struct entry *moved = entries[i];
        size_t j = i;
        while (j > 0 && yaml_key_before(moved->key, entries[j - 1]->key, dialect)) {
            entries[j] = entries[j - 1];
            j--;
        }
        entries[j] = moved;
    }
}

static void merge_runs(const struct entry **from, const struct entry **to, size_t middle, size_t count,
                       enum yaml_dialect dialect)
{
    size_t i = 0;
    size_t j = middle;
    for (size_t k = 0; k < count; k++) {
        if (i < middle && (j >= count || !yaml_key_before(from[j]->key, from[i]->key, dialect)))
            to[k] = from[i++];
        else
            to[k] = from[j++];
    }
}

void yaml_order_entries(const struct entry **entries, const struct entry **spare, size_t count,
                        enum yaml_dialect dialect)
{
    for (size_t i = 0; i < count; i += SORT_RUN)
        sort_run(entries + i, count - i < SORT_RUN ? count - i : SORT_RUN, dialect);
    const struct entry **from = entries;
    const struct entry **to = spare;
    for (size_t width = SORT_RUN; width < count; width *= 2) {
        for (size_t left = 0; left < count; left += 2 * width) {
            size_t length = left + 2 * width < count ? 2 * width : count - left;
            merge_runs(from + left, to + left, width < length ? width : length, length, dialect);
        }
        const struct entry **swap = from;
        from = to;
        to = swap;
    }
    if (from != entries && count)
        memcpy(entries, from, count * sizeof *entries);
}

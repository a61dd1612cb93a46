/*
 * random.c - random texts, numbers and identifiers
 */
#include "funcs/random.h"

#include "base/memory.h"
#include "funcs/groups.h"
#include "golang/base64.h"
#include "golang/unicode.h"

#include <sys/random.h>

/* --- the stream ---------------------------------------------------------------------------------------------- */

static uint64_t rotate(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

/* splitmix64: turns any seed into a good state. */
static void start(uint64_t seed, uint64_t state[4])
{
    for (int i = 0; i < 4; i++) {
        seed += 0x9E3779B97F4A7C15;
        uint64_t z = seed;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        state[i] = z ^ z >> 31;
    }
}

static uint64_t next_seeded(struct function_host *host)
{
    uint64_t *s = host->random_state;
    if (!(s[0] | s[1] | s[2] | s[3]))
        start(host->seed, s);
    uint64_t result = rotate(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

static void system_bytes(char *out, size_t size)
{
    while (size > 0) {
        ssize_t n = getrandom(out, size, 0);
        if (n > 0) {
            out += n;
            size -= (size_t)n;
        }
    }
}

void random_bytes(struct function_host *host, void *out, size_t size)
{
    char *bytes = out;
    if (!host || !host->seeded) {
        system_bytes(bytes, size);
        return;
    }
    while (size > 0) {
        uint64_t word = next_seeded(host);
        size_t n = size < sizeof word ? size : sizeof word;
        for (size_t i = 0; i < n; i++)
            *bytes++ = (char)(word >> 8 * i);
        size -= n;
    }
}

uint64_t random_below(struct function_host *host, uint64_t limit)
{
    uint64_t excess = (UINT64_MAX - limit + 1) % limit; /* how many of the highest words would favour small numbers */
    uint64_t word;
    do
        random_bytes(host, &word, sizeof word);
    while (word > UINT64_MAX - excess);
    return word % limit;
}

/* --- texts --------------------------------------------------------------------------------------------------- */

static const char digits[] = "0123456789";
static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
static const char alphanumerics[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/* So many characters of the set; none for a negative count. */
static bool random_text(struct call *call, const char *set, struct value *out)
{
    int64_t count = call->args[0].i;
    size_t set_size = strlen(set);
    if (count > UINT32_MAX)
        return call_error(call, "runtime error: makeslice: len out of range");
    size_t size = count < 0 ? 0 : (size_t)count;
    char *text = arena_alloc(call->arena, size);
    for (size_t i = 0; i < size; i++)
        text[i] = set[random_below(call->host, set_size)];
    *out = value_string(slice_of(text, size));
    return true;
}

static bool fn_randAlphaNum(struct call *call, struct value *out)
{
    return random_text(call, alphanumerics, out);
}

static bool fn_randAlpha(struct call *call, struct value *out)
{
    return random_text(call, letters, out);
}

static bool fn_randNumeric(struct call *call, struct value *out)
{
    return random_text(call, digits, out);
}

static bool fn_randAscii(struct call *call, struct value *out)
{
    char printable[96];
    for (int i = 0; i < 95; i++)
        printable[i] = (char)(' ' + i);
    printable[95] = '\0';
    return random_text(call, printable, out);
}

static bool fn_randBytes(struct call *call, struct value *out)
{
    int64_t count = call->args[0].i;
    if (count < 0 || count > UINT32_MAX / 2)
        return call_error(call, "runtime error: makeslice: len out of range");
    char *bytes = arena_alloc(call->arena, (size_t)count);
    random_bytes(call->host, bytes, (size_t)count);
    *out = value_string(go_base64_encode(call->arena, slice_of(bytes, (size_t)count)));
    return true;
}

static bool fn_randInt(struct call *call, struct value *out)
{
    int64_t low = call->args[0].i;
    int64_t span;
    if (__builtin_sub_overflow(call->args[1].i, low, &span) || span <= 0)
        return call_error(call, "invalid argument to Intn");
    *out = value_int(low + (int64_t)random_below(call->host, (uint64_t)span));
    return true;
}

/* The runes in another order; bytes that are no rune become U+FFFD, as they do in Go. */
static bool fn_shuffle(struct call *call, struct value *out)
{
    struct slice s = value_slice(call->args[0]);
    uint32_t *runes = memory_alloc(s.len * sizeof *runes);
    size_t count = 0;
    while (s.len > 0) {
        size_t size;
        runes[count++] = go_decode_rune(s, &size);
        s = slice_after(s, size);
    }
    struct buffer b = BUFFER_INIT;
    for (size_t left = count; left > 0; left--) {
        size_t pick = (size_t)random_below(call->host, left);
        buffer_add_rune(&b, runes[pick]);
        runes[pick] = runes[left - 1];
    }
    memory_free(runes);
    *out = value_string(buffer_move(&b, call->arena));
    return true;
}

static bool fn_uuidv4(struct call *call, struct value *out)
{
    unsigned char u[16];
    random_bytes(call->host, u, sizeof u);
    u[6] = (unsigned char)((u[6] & 0x0f) | 0x40);
    u[8] = (unsigned char)((u[8] & 0x3f) | 0x80);
    *out = value_string(arena_printf(
        call->arena, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", u[0], u[1], u[2], u[3],
        u[4], u[5], u[6], u[7], u[8], u[9], u[10], u[11], u[12], u[13], u[14], u[15]));
    return true;
}

const struct function functions_random[] = {
    {"randAlpha", "i", fn_randAlpha, "random letters", "randAlpha 5 | len", "5"},
    {"randAlphaNum", "i", fn_randAlphaNum, "random letters and digits", "randAlphaNum 5 | len", "5"},
    {"randAscii", "i", fn_randAscii, "random printable characters", "randAscii 5 | len", "5"},
    {"randBytes", "i", fn_randBytes, "random bytes in base64", "randBytes 16 | len", "24"},
    {"randInt", "ii", fn_randInt, "a random number from the first up to, not including, the second", "randInt 3 4", "3"},
    {"randNumeric", "i", fn_randNumeric, "random digits", "randNumeric 5 | len", "5"},
    {"shuffle", "s", fn_shuffle, "the characters in random order", "shuffle \"abc\" | len", "3"},
    {"uuidv4", "", fn_uuidv4, "a random UUID", "uuidv4 | len", "36"},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};

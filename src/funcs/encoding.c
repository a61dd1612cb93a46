/*
 * encoding.c - base64, base32, hashes and checksums
 *
 * A text that does not decode gives the decoder's error as the result: sprig returns it instead of failing.
 */
#include "funcs/groups.h"

#include "base/digest.h"
#include "golang/base64.h"

static struct slice arg_text(const struct call *call, int index)
{
    return value_slice(call->args[index]);
}

static bool fn_b64enc(struct call *call, struct value *out)
{
    *out = value_string(go_base64_encode(call->arena, arg_text(call, 0)));
    return true;
}

static bool fn_b64dec(struct call *call, struct value *out)
{
    struct slice bytes;
    size_t at;
    if (!go_base64_decode(call->arena, arg_text(call, 0), &bytes, &at))
        bytes = arena_printf(call->arena, "illegal base64 data at input byte %zu", at);
    *out = value_string(bytes);
    return true;
}

static bool fn_b32enc(struct call *call, struct value *out)
{
    *out = value_string(go_base32_encode(call->arena, arg_text(call, 0)));
    return true;
}

static bool fn_b32dec(struct call *call, struct value *out)
{
    struct slice bytes;
    size_t at;
    if (!go_base32_decode(call->arena, arg_text(call, 0), &bytes, &at))
        bytes = arena_printf(call->arena, "illegal base32 data at input byte %zu", at);
    *out = value_string(bytes);
    return true;
}

static bool give_hash(struct call *call, enum digest_kind kind, struct value *out)
{
    *out = value_string(digest_hex(call->arena, kind, arg_text(call, 0)));
    return true;
}

static bool fn_sha1sum(struct call *call, struct value *out)
{
    return give_hash(call, DIGEST_SHA1, out);
}

static bool fn_sha256sum(struct call *call, struct value *out)
{
    return give_hash(call, DIGEST_SHA256, out);
}

static bool fn_sha512sum(struct call *call, struct value *out)
{
    return give_hash(call, DIGEST_SHA512, out);
}

static bool fn_adler32sum(struct call *call, struct value *out)
{
    *out = value_string(arena_printf(call->arena, "%u", digest_adler32(arg_text(call, 0))));
    return true;
}

const struct function functions_encoding[] = {
    {"b64enc", "s", fn_b64enc, "In base64.", "b64enc \"hello\"", "aGVsbG8="},
    {"b64dec", "s", fn_b64dec, "Decoded from base64, or the decoder's error.", "b64dec \"aGVsbG8=\"", "hello"},
    {"b32enc", "s", fn_b32enc, "In base32.", "b32enc \"hello\"", "NBSWY3DP"},
    {"b32dec", "s", fn_b32dec, "Decoded from base32, or the decoder's error.", "b32dec \"NBSWY3DP\"", "hello"},
    {"sha1sum", "s", fn_sha1sum, "The SHA-1 hash in hexadecimal.", "sha1sum \"a\"",
     "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"},
    {"sha256sum", "s", fn_sha256sum, "The SHA-256 hash in hexadecimal.", "sha256sum \"a\" | trunc 8", "ca978112"},
    {"sha512sum", "s", fn_sha512sum, "The SHA-512 hash in hexadecimal.", "sha512sum \"a\" | trunc 8", "1f40fc92"},
    {"adler32sum", "s", fn_adler32sum, "The Adler-32 checksum in decimal.", "adler32sum \"a\"", "6422626"},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};

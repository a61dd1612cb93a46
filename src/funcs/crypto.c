/*
 * crypto.c - encryption, password hashes and derived passwords
 *
 * Salts and vectors are drawn from funcs/random, so that --seed repeats them.
 */
#include "base/buffer.h"
#include "funcs/groups.h"
#include "funcs/random.h"
#include "golang/base64.h"
#include "golang/cipher.h"

/* --- bcrypt -------------------------------------------------------------------------------------------------- */

/* A failure is the result's text, as in sprig. */
static struct slice bcrypt_text(struct call *call, struct slice password)
{
    unsigned char salt[16];
    struct slice hash;
    if (password.len > 72)
        return SLICE("failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes");
    random_bytes(call->host, salt, sizeof salt);
    if (!cipher_bcrypt(call->arena, password, salt, &hash))
        return SLICE("failed to encrypt string with bcrypt: not supported here");
    return hash;
}

static bool fn_bcrypt(struct call *call, struct value *out)
{
    *out = value_string(bcrypt_text(call, value_slice(call->args[0])));
    return true;
}

static bool fn_htpasswd(struct call *call, struct value *out)
{
    struct slice user = value_slice(call->args[0]);
    if (slice_find_char(user, ':') < user.len) {
        *out = value_string(arena_concat(call->arena, SLICE("invalid username: "), user));
        return true;
    }
    struct slice hash = bcrypt_text(call, value_slice(call->args[1]));
    *out = value_string(arena_concat(call->arena, arena_concat(call->arena, user, SLICE(":")), hash));
    return true;
}

/* --- derived passwords (Master Password, spectre.app) -------------------------------------------------------- */

struct password_type {
    const char *name;
    const char *templates[22]; /* of character classes; ends with null */
};

static const struct password_type password_types[] = {
    {"maximum", {"anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno", NULL}},
    {"long",
     {"CvcvnoCvcvCvcv", "CvcvCvcvnoCvcv", "CvcvCvcvCvcvno", "CvccnoCvcvCvcv", "CvccCvcvnoCvcv", "CvccCvcvCvcvno",
      "CvcvnoCvccCvcv", "CvcvCvccnoCvcv", "CvcvCvccCvcvno", "CvcvnoCvcvCvcc", "CvcvCvcvnoCvcc", "CvcvCvcvCvccno",
      "CvccnoCvccCvcv", "CvccCvccnoCvcv", "CvccCvccCvcvno", "CvcvnoCvccCvcc", "CvcvCvccnoCvcc", "CvcvCvccCvccno",
      "CvccnoCvcvCvcc", "CvccCvcvnoCvcc", "CvccCvcvCvccno", NULL}},
    {"medium", {"CvcnoCvc", "CvcCvcno", NULL}},
    {"short", {"Cvcn", NULL}},
    {"basic", {"aaanaaan", "aannaaan", "aaannaaa", NULL}},
    {"pin", {"nnnn", NULL}},
};

static const char *characters_of_class(char class)
{
    switch (class) {
    case 'V':
        return "AEIOU";
    case 'C':
        return "BCDFGHJKLMNPQRSTVWXYZ";
    case 'v':
        return "aeiou";
    case 'c':
        return "bcdfghjklmnpqrstvwxyz";
    case 'a':
        return "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";
    case 'n':
        return "0123456789";
    case 'o':
        return "@&%?,=[]_:-+*$#!'^~;()/.";
    default:
        return "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()";
    }
}

static void add_big_endian(struct buffer *out, uint32_t n)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buffer_add_char(out, (char)(n >> shift));
}

/* The scope, and a text with its length before it. */
static struct slice scoped(struct arena *a, struct slice text, const uint32_t *counter)
{
    struct buffer b = BUFFER_INIT;
    buffer_add_text(&b, "com.lyndir.masterpassword");
    add_big_endian(&b, (uint32_t)text.len);
    buffer_add(&b, text);
    if (counter)
        add_big_endian(&b, *counter);
    return buffer_move(&b, a);
}

static const struct password_type *find_password_type(struct slice name)
{
    for (size_t i = 0; i < sizeof password_types / sizeof password_types[0]; i++)
        if (slice_is(name, password_types[i].name))
            return &password_types[i];
    return NULL;
}

/* The first byte of the seed picks the template, each following one a character. */
static struct slice password_text(struct arena *a, const struct password_type *type, const unsigned char *seed)
{
    size_t count = 0;
    while (type->templates[count])
        count++;
    const char *template = type->templates[seed[0] % count];
    size_t len = strlen(template);
    char *text = arena_alloc(a, len);
    for (size_t i = 0; i < len; i++) {
        const char *characters = characters_of_class(template[i]);
        text[i] = characters[seed[i + 1] % strlen(characters)];
    }
    return slice_of(text, len);
}

static bool fn_derivePassword(struct call *call, struct value *out)
{
    uint32_t counter = (uint32_t)call->args[0].u;
    struct slice type_name = value_slice(call->args[1]);
    const struct password_type *type = find_password_type(type_name);
    unsigned char key[64], seed[32];
    if (!type) {
        *out = value_string(arena_concat(call->arena, SLICE("cannot find password template "), type_name));
        return true;
    }
    struct slice salt = scoped(call->arena, value_slice(call->args[3]), NULL);
    struct slice site = scoped(call->arena, value_slice(call->args[4]), &counter);
    if (!cipher_scrypt(value_slice(call->args[2]), salt, key, sizeof key) ||
        !cipher_hmac_sha256(slice_of((const char *)key, sizeof key), site, seed))
        return call_error(call, "failed to derive password");
    *out = value_string(password_text(call->arena, type, seed));
    return true;
}

/* --- AES ----------------------------------------------------------------------------------------------------- */

/* The password cut or filled with zeros to the key's size. */
static void password_key(struct slice password, unsigned char key[AES_KEY_SIZE])
{
    memset(key, 0, AES_KEY_SIZE);
    if (password.len > 0)
        memcpy(key, password.ptr, password.len < AES_KEY_SIZE ? password.len : AES_KEY_SIZE);
}

static bool fn_encryptAES(struct call *call, struct value *out)
{
    unsigned char key[AES_KEY_SIZE];
    struct slice plain = value_slice(call->args[1]);
    *out = value_text("");
    if (plain.len == 0)
        return true;
    size_t padding = AES_BLOCK_SIZE - plain.len % AES_BLOCK_SIZE;
    size_t size = plain.len + padding;
    unsigned char *bytes = arena_alloc(call->arena, AES_BLOCK_SIZE + size);
    unsigned char *content = bytes + AES_BLOCK_SIZE;
    password_key(value_slice(call->args[0]), key);
    random_bytes(call->host, bytes, AES_BLOCK_SIZE);
    memcpy(content, plain.ptr, plain.len);
    memset(content + plain.len, (int)padding, padding);
    if (!cipher_aes_cbc(key, bytes, true, content, size))
        return call_error(call, "crypto/cipher: input not full blocks");
    *out = value_string(go_base64_encode(call->arena, slice_of((const char *)bytes, AES_BLOCK_SIZE + size)));
    return true;
}

/* What is too short or wrongly padded ends in Go's panics. */
static bool fn_decryptAES(struct call *call, struct value *out)
{
    unsigned char key[AES_KEY_SIZE];
    struct slice text = value_slice(call->args[1]);
    struct slice crypt;
    size_t bad;
    *out = value_text("");
    if (text.len == 0)
        return true;
    if (!go_base64_decode(call->arena, text, &crypt, &bad))
        return call_error(call, "illegal base64 data at input byte %zu", bad);
    if (crypt.len < AES_BLOCK_SIZE)
        return call_error(call, "runtime error: slice bounds out of range [:16] with capacity %zu", text.len / 4 * 3);
    size_t size = crypt.len - AES_BLOCK_SIZE;
    if (size % AES_BLOCK_SIZE != 0)
        return call_error(call, "crypto/cipher: input not full blocks");
    if (size == 0)
        return call_error(call, "runtime error: index out of range [-1]");
    unsigned char *bytes = (unsigned char *)arena_text(call->arena, crypt);
    unsigned char *content = bytes + AES_BLOCK_SIZE;
    password_key(value_slice(call->args[0]), key);
    if (!cipher_aes_cbc(key, bytes, false, content, size))
        return call_error(call, "crypto/cipher: input not full blocks");
    size_t padding = content[size - 1];
    if (padding > size)
        return call_error(call, "runtime error: slice bounds out of range [:-%zu]", padding - size);
    *out = value_string(slice_of((const char *)content, size - padding));
    return true;
}

const struct function functions_crypto[] = {
    {"bcrypt", "s", fn_bcrypt, "bcrypt hash of a password", "bcrypt \"pass\" | trunc 7", "$2a$10$"},
    {"decryptAES", "ss", fn_decryptAES, "what encryptAES made of a text, undone",
     "encryptAES \"key\" \"plain\" | decryptAES \"key\"", "plain"},
    {"derivePassword", "ussss", fn_derivePassword, "a site's password from a counter, type, secret, user and site",
     "derivePassword 1 \"long\" \"password\" \"user\" \"example.com\"", "ZedaFaxcZaso9*"},
    {"encryptAES", "ss", fn_encryptAES, "a text encrypted with a password, in base64",
     "encryptAES \"key\" \"plain\" | len", "44"},
    {"htpasswd", "ss", fn_htpasswd, "user and bcrypt hash for an htpasswd file", "htpasswd \"me\" \"pass\" | trunc 10",
     "me:$2a$10$"},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};

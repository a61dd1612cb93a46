/*
 * cipher.c - encryption and password hashing by libcrypto and libcrypt
 */
#include "golang/cipher.h"

#include <crypt.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

bool cipher_aes_cbc(const unsigned char key[AES_KEY_SIZE], const unsigned char iv[AES_BLOCK_SIZE], bool encrypt,
                    unsigned char *bytes, size_t size)
{
    int written = 0;
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    bool ok = ctx && EVP_CipherInit_ex(ctx, EVP_aes_256_cbc(), NULL, key, iv, encrypt) &&
              EVP_CIPHER_CTX_set_padding(ctx, 0) && EVP_CipherUpdate(ctx, bytes, &written, bytes, (int)size);
    EVP_CIPHER_CTX_free(ctx);
    return ok && (size_t)written == size;
}

bool cipher_scrypt(struct slice password, struct slice salt, unsigned char *out, size_t size)
{
    const uint64_t memory = 128 << 20;
    return EVP_PBE_scrypt(password.len ? password.ptr : "", password.len, (const unsigned char *)salt.ptr, salt.len,
                          32768, 8, 2, memory, out, size);
}

bool cipher_hmac_sha256(struct slice key, struct slice message, unsigned char *out)
{
    unsigned size;
    return HMAC(EVP_sha256(), key.ptr, (int)key.len, (const unsigned char *)message.ptr, message.len, out, &size);
}

/* bcrypt's own base64: 16 bytes in 22 characters. */
static void encode_salt(const unsigned char *salt, char *out)
{
    static const char alphabet[] = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    unsigned bits = 0;
    int have = 0;
    size_t at = 0;
    for (size_t i = 0; at < 22; i++) {
        bits = bits << 8 | (i < 16 ? salt[i] : 0);
        for (have += 8; have >= 6 && at < 22; have -= 6)
            out[at++] = alphabet[bits >> (have - 6) & 63];
    }
    out[22] = '\0';
}

bool cipher_bcrypt(struct arena *a, struct slice password, const unsigned char salt[16], struct slice *out)
{
    char setting[7 + 22 + 1] = "$2a$10$";
    struct crypt_data *data = ARENA_NEW(a, struct crypt_data);
    encode_salt(salt, setting + 7);
    const char *hash = crypt_r(arena_text(a, password), setting, data);
    if (!hash || hash[0] != '$')
        return false;
    *out = arena_slice(a, slice_text(hash));
    return true;
}

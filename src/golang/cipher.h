/*
 * cipher.h - encryption and password hashing
 */
#ifndef YARE_GOLANG_CIPHER_H
#define YARE_GOLANG_CIPHER_H

#include "base/arena.h"

enum {
    AES_BLOCK_SIZE = 16,
    AES_KEY_SIZE = 32
};

/* AES-256 in CBC mode over whole blocks, in place. */
bool cipher_aes_cbc(const unsigned char key[AES_KEY_SIZE], const unsigned char iv[AES_BLOCK_SIZE], bool encrypt,
                    unsigned char *bytes, size_t size);

/* scrypt with N=32768, r=8, p=2 as derivePassword uses it. */
bool cipher_scrypt(struct slice password, struct slice salt, unsigned char *out, size_t size);

/* HMAC-SHA256; `out` has 32 bytes. */
bool cipher_hmac_sha256(struct slice key, struct slice message, unsigned char *out);

/* bcrypt ("$2a$10$…") of a password of at most 72 bytes with the salt given. */
bool cipher_bcrypt(struct arena *a, struct slice password, const unsigned char salt[16], struct slice *out);

#endif

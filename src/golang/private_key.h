/*
 * private_key.h - private keys: made, read from PEM, written as Go writes them, and signing
 *
 * A key is the DER that Go puts into its PEM block, in an arena; it is handed to libcrypto only while something is
 * done with it. All randomness is drawn from the source given, so a repeatable source makes repeatable keys and
 * signatures. Primes are searched here for that reason.
 */
#ifndef YARE_GOLANG_PRIVATE_KEY_H
#define YARE_GOLANG_PRIVATE_KEY_H

#include "base/arena.h"

enum private_key_kind {
    KEY_RSA,
    KEY_ECDSA,
    KEY_ED25519,
    KEY_DSA
};

struct private_key {
    enum private_key_kind kind;
    struct slice der; /* PKCS#1, SEC 1, PKCS#8 or the traditional form of DSA */
};

struct random_source {
    void (*draw)(void *context, void *out, size_t size);
    void *context;
};

/* Makes a key: RSA of so many bits, ECDSA on P-256, Ed25519, DSA of 2048 and 256 bits. False: libcrypto failed. */
bool private_key_generate(struct arena *a, enum private_key_kind kind, int bits, const struct random_source *random,
                          struct private_key *out);

/* Reads the first PEM block of the text; on failure *error has sprig's text. */
bool private_key_parse(struct arena *a, struct slice pem, struct private_key *out, struct slice *error);

struct slice private_key_pem(struct arena *a, const struct private_key *key);

/* The public key as SubjectPublicKeyInfo. False for DSA. */
bool private_key_public(struct arena *a, const struct private_key *key, struct slice *info);

/* Signs with the algorithm Go's x509 picks for the key, whose AlgorithmIdentifier goes to *algorithm. False for DSA. */
bool private_key_sign(struct arena *a, const struct private_key *key, struct slice message,
                      const struct random_source *random, struct slice *signature);
bool private_key_algorithm(struct arena *a, const struct private_key *key, struct slice *algorithm);

/* A PEM block with 64 characters a line. */
struct slice pem_encode(struct arena *a, const char *type, struct slice der);

/* The first PEM block of a text. False: there is none. */
bool pem_decode(struct arena *a, struct slice text, struct slice *type, struct slice *der);

#endif

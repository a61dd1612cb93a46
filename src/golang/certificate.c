/*
 * certificate.c - X.509 certificates
 *
 * Written as DER by hand, extension by extension in the order of crypto/x509, so that a certificate has what Helm's
 * has and nothing else; libcrypto reads the certificates of users.
 */
#include "golang/certificate.h"

#include "base/digest.h"
#include "golang/der.h"
#include "golang/strconv.h"
#include "golang/time_format.h"
#include "golang/unicode.h"

#include <openssl/x509.h>
#include <openssl/x509v3.h>

enum {
    SERIAL_SIZE = 16,
    KEY_ID_SIZE = 20
};

/* --- names and times ----------------------------------------------------------------------------------------- */

static bool is_printable_string(struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!alphanumeric && (!c || !strchr(" '()+,-./:=?", c)))
            return false;
    }
    return true;
}

/* SEQUENCE { SET { SEQUENCE { commonName, string } } }; empty without a name. */
static struct slice name_der(struct arena *a, struct slice common_name)
{
    struct buffer b = BUFFER_INIT;
    size_t name = der_begin(&b, DER_SEQUENCE);
    if (common_name.len > 0) {
        size_t set = der_begin(&b, DER_SET);
        size_t pair = der_begin(&b, DER_SEQUENCE);
        der_add(&b, DER_OID, SLICE("\x55\x04\x03"));
        der_add(&b, is_printable_string(common_name) ? DER_PRINTABLE_STRING : DER_UTF8_STRING, common_name);
        der_end(&b, pair);
        der_end(&b, set);
    }
    der_end(&b, name);
    return buffer_move(&b, a);
}

static bool add_time(struct buffer *out, int64_t seconds)
{
    struct go_time t = go_time_utc(seconds, 0);
    int64_t year = go_time_civil(t).year;
    if (year < 0 || year > 9999)
        return false;
    bool short_form = year >= 1950 && year < 2050;
    size_t time = der_begin(out, short_form ? DER_UTC_TIME : DER_GENERALIZED_TIME);
    go_time_format(out, t, short_form ? SLICE("060102150405Z") : SLICE("20060102150405Z"));
    der_end(out, time);
    return true;
}

/* --- extensions ---------------------------------------------------------------------------------------------- */

static size_t extension_begin(struct buffer *out, struct slice oid, bool critical, size_t *value)
{
    size_t extension = der_begin(out, DER_SEQUENCE);
    der_add(out, DER_OID, oid);
    if (critical)
        der_add(out, DER_BOOLEAN, SLICE("\xff"));
    *value = der_begin(out, DER_OCTET_STRING);
    return extension;
}

static void extension_end(struct buffer *out, size_t extension, size_t value)
{
    der_end(out, value);
    der_end(out, extension);
}

/* Digital signature and key encipherment; certificate signing for an authority. */
static void add_key_usage(struct buffer *out, bool is_ca)
{
    size_t value;
    size_t extension = extension_begin(out, SLICE("\x55\x1d\x0f"), true, &value);
    der_add(out, DER_BIT_STRING, is_ca ? SLICE("\x02\xa4") : SLICE("\x05\xa0"));
    extension_end(out, extension, value);
}

/* Server and client authentication. */
static void add_extended_key_usage(struct buffer *out)
{
    size_t value;
    size_t extension = extension_begin(out, SLICE("\x55\x1d\x25"), false, &value);
    size_t list = der_begin(out, DER_SEQUENCE);
    der_add(out, DER_OID, SLICE("\x2b\x06\x01\x05\x05\x07\x03\x01"));
    der_add(out, DER_OID, SLICE("\x2b\x06\x01\x05\x05\x07\x03\x02"));
    der_end(out, list);
    extension_end(out, extension, value);
}

static void add_basic_constraints(struct buffer *out, bool is_ca)
{
    size_t value;
    size_t extension = extension_begin(out, SLICE("\x55\x1d\x13"), true, &value);
    size_t constraints = der_begin(out, DER_SEQUENCE);
    if (is_ca)
        der_add(out, DER_BOOLEAN, SLICE("\xff"));
    der_end(out, constraints);
    extension_end(out, extension, value);
}

static void add_subject_key_id(struct buffer *out, struct slice id)
{
    size_t value;
    size_t extension = extension_begin(out, SLICE("\x55\x1d\x0e"), false, &value);
    der_add(out, DER_OCTET_STRING, id);
    extension_end(out, extension, value);
}

static void add_authority_key_id(struct buffer *out, struct slice id)
{
    size_t value;
    size_t extension = extension_begin(out, SLICE("\x55\x1d\x23"), false, &value);
    size_t sequence = der_begin(out, DER_SEQUENCE);
    der_add(out, 0x80, id);
    der_end(out, sequence);
    extension_end(out, extension, value);
}

/* The four bytes of an IPv4 address, mapped ones too, or the sixteen of another. */
static struct slice ip_bytes(const struct go_ip *ip)
{
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (ip->is4)
        return slice_of((const char *)ip->bytes, 4);
    if (memcmp(ip->bytes, mapped, sizeof mapped) == 0)
        return slice_of((const char *)ip->bytes + 12, 4);
    return slice_of((const char *)ip->bytes, 16);
}

static void add_alternative_names(struct buffer *out, const struct certificate_request *r)
{
    size_t value;
    size_t extension = extension_begin(out, SLICE("\x55\x1d\x11"), r->common_name.len == 0, &value);
    size_t list = der_begin(out, DER_SEQUENCE);
    for (size_t i = 0; i < r->dns_count; i++)
        der_add(out, 0x82, r->dns_names[i]);
    for (size_t i = 0; i < r->ip_count; i++)
        der_add(out, 0x87, ip_bytes(&r->ips[i]));
    der_end(out, list);
    extension_end(out, extension, value);
}

/* The first 20 bytes of the SHA-256 of the public key's bits, as Go since 1.25. */
static struct slice key_id(struct arena *a, struct slice public_key)
{
    unsigned char digest[DIGEST_LONGEST];
    const unsigned char *bytes = (const unsigned char *)public_key.ptr;
    X509_PUBKEY *key = d2i_X509_PUBKEY(NULL, &bytes, (long)public_key.len);
    int size = 0;
    if (!key || !X509_PUBKEY_get0_param(NULL, &bytes, &size, NULL, key))
        size = 0;
    digest_bytes(DIGEST_SHA256, slice_of((const char *)bytes, (size_t)size), digest);
    X509_PUBKEY_free(key);
    return arena_slice(a, slice_of((const char *)digest, KEY_ID_SIZE));
}

/* --- the certificate ----------------------------------------------------------------------------------------- */

static void add_extensions(struct arena *a, struct buffer *out, const struct certificate_request *r,
                           struct slice public_key, struct slice authority_key_id)
{
    size_t tagged = der_begin(out, 0xa3);
    size_t list = der_begin(out, DER_SEQUENCE);
    add_key_usage(out, r->is_ca);
    add_extended_key_usage(out);
    add_basic_constraints(out, r->is_ca);
    if (r->is_ca)
        add_subject_key_id(out, key_id(a, public_key));
    if (authority_key_id.len > 0)
        add_authority_key_id(out, authority_key_id);
    if (r->dns_count + r->ip_count > 0)
        add_alternative_names(out, r);
    der_end(out, list);
    der_end(out, tagged);
}

/* What is signed. */
static bool to_be_signed(struct arena *a, const struct certificate_request *r, struct slice public_key,
                         const struct certificate_issuer *issuer, struct slice algorithm,
                         const struct random_source *random, struct slice *out)
{
    char serial[SERIAL_SIZE];
    struct buffer b = BUFFER_INIT;
    struct slice subject = name_der(a, r->common_name);
    struct slice issuer_name = issuer ? issuer->subject : subject;
    size_t whole = der_begin(&b, DER_SEQUENCE);
    size_t version = der_begin(&b, 0xa0);
    der_add_integer(&b, SLICE("\x02"));
    der_end(&b, version);
    random->draw(random->context, serial, sizeof serial);
    der_add_integer(&b, slice_of(serial, sizeof serial));
    buffer_add(&b, algorithm);
    buffer_add(&b, issuer_name);
    size_t validity = der_begin(&b, DER_SEQUENCE);
    bool ok = add_time(&b, r->not_before) && add_time(&b, r->not_after);
    der_end(&b, validity);
    buffer_add(&b, subject);
    buffer_add(&b, public_key);
    bool other = issuer && !slice_equal(issuer_name, subject);
    add_extensions(a, &b, r, public_key, other ? issuer->subject_key_id : slice_of(NULL, 0));
    der_end(&b, whole);
    *out = buffer_move(&b, a);
    return ok;
}

static bool fail(struct slice *error, struct slice text)
{
    *error = text;
    return false;
}

/* What Go refuses before it signs. */
static bool check(struct arena *a, const struct certificate_request *r, const struct private_key *signer,
                  const struct certificate_issuer *issuer, struct slice *error)
{
    struct slice signer_public;
    if (!go_valid_utf8(r->common_name))
        return fail(error, SLICE("asn1: string not valid UTF-8"));
    for (size_t i = 0; i < r->dns_count; i++) {
        for (size_t j = 0; j < r->dns_names[i].len; j++) {
            if ((unsigned char)r->dns_names[i].ptr[j] < 0x80)
                continue;
            struct buffer b = BUFFER_INIT;
            buffer_add_text(&b, "x509: ");
            go_quote(&b, r->dns_names[i]);
            buffer_add_text(&b, " cannot be encoded as an IA5String");
            return fail(error, buffer_move(&b, a));
        }
    }
    if (signer->kind == KEY_DSA)
        return fail(error, SLICE("x509: certificate private key does not implement crypto.Signer"));
    if (!private_key_public(a, signer, &signer_public))
        return fail(error, SLICE("x509: unsupported public key type"));
    if (issuer && !slice_equal(signer_public, issuer->public_key))
        return fail(error, SLICE("x509: provided PrivateKey doesn't match parent's PublicKey"));
    return true;
}

bool certificate_make(struct arena *a, const struct certificate_request *request, const struct private_key *subject,
                      const struct certificate_issuer *issuer, const struct private_key *signer,
                      const struct random_source *random, struct slice *der, struct slice *error)
{
    struct slice public_key, algorithm, body, signature;
    if (!check(a, request, signer, issuer, error))
        return false;
    if (!private_key_public(a, subject, &public_key))
        return fail(error, SLICE("x509: unsupported public key type: *dsa.PublicKey"));
    private_key_algorithm(a, signer, &algorithm);
    if (!to_be_signed(a, request, public_key, issuer, algorithm, random, &body))
        return fail(error, SLICE("asn1: structure error: cannot represent time as GeneralizedTime"));
    if (!private_key_sign(a, signer, body, random, &signature))
        return fail(error, SLICE("x509: cannot sign with this key"));
    struct buffer b = BUFFER_INIT;
    size_t whole = der_begin(&b, DER_SEQUENCE);
    buffer_add(&b, body);
    buffer_add(&b, algorithm);
    der_add_bits(&b, signature);
    der_end(&b, whole);
    *der = buffer_move(&b, a);
    return true;
}

/* --- reading ------------------------------------------------------------------------------------------------- */

static bool take_der(struct arena *a, unsigned char *bytes, int size, struct slice *out)
{
    if (size > 0)
        *out = arena_slice(a, slice_of((const char *)bytes, (size_t)size));
    OPENSSL_free(bytes);
    return size > 0;
}

bool certificate_read(struct arena *a, struct slice der, struct certificate_issuer *out, struct slice *error)
{
    const unsigned char *at = (const unsigned char *)der.ptr;
    unsigned char *name = NULL, *key = NULL;
    X509 *x = d2i_X509(NULL, &at, (long)der.len);
    if (!x)
        return fail(error, SLICE("x509: malformed certificate"));
    bool ok = take_der(a, name, i2d_X509_NAME(X509_get_subject_name(x), &name), &out->subject) &&
              take_der(a, key, i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x), &key), &out->public_key);
    const ASN1_OCTET_STRING *id = X509_get0_subject_key_id(x);
    out->subject_key_id = slice_of(NULL, 0);
    if (id)
        out->subject_key_id =
            arena_slice(a, slice_of((const char *)ASN1_STRING_get0_data(id), (size_t)ASN1_STRING_length(id)));
    bool trailing = at != (const unsigned char *)der.ptr + der.len;
    X509_free(x);
    if (!ok)
        return fail(error, SLICE("x509: malformed certificate"));
    return !trailing || fail(error, SLICE("x509: trailing data"));
}

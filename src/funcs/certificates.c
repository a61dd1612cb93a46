/*
 * certificates.c - private keys and certificates
 *
 * A certificate is an object with the fields Cert and Key, both PEM. Keys, serial numbers and signatures are drawn
 * from funcs/random and the dates are those of now, so --seed repeats all of them.
 */
#include "funcs/groups.h"
#include "funcs/random.h"
#include "golang/base64.h"
#include "golang/certificate.h"
#include "value/format.h"
#include "value/object.h"
#include "value/time_value.h"

struct certificate_object {
    struct object object;
    struct slice cert;
    struct slice key;
};

static const struct object_type certificate_type;

static const struct certificate_object *certificate_of(struct value v)
{
    return (const struct certificate_object *)(const void *)v.object;
}

static struct value certificate_value(struct arena *a, struct slice cert, struct slice key)
{
    struct certificate_object *o = ARENA_NEW(a, struct certificate_object);
    o->object.type = &certificate_type;
    o->cert = cert;
    o->key = key;
    return value_object(&o->object);
}

static enum member_kind certificate_member(struct value self, struct slice name, struct arena *a, struct value *out,
                                           const struct method **method)
{
    (void)a;
    (void)method;
    if (slice_is(name, "Cert"))
        *out = value_string(certificate_of(self)->cert);
    else if (slice_is(name, "Key"))
        *out = value_string(certificate_of(self)->key);
    else
        return MEMBER_NONE;
    return MEMBER_FIELD;
}

static void certificate_print(struct value self, struct buffer *out, bool plus, bool sharp)
{
    const struct certificate_object *c = certificate_of(self);
    struct value parts[] = {value_string(c->cert), value_string(c->key)};
    format_printf(out,
                  sharp  ? SLICE("sprig.certificate{Cert:%#v, Key:%#v}")
                  : plus ? SLICE("{Cert:%s Key:%s}")
                         : SLICE("{%s %s}"),
                  parts, 2);
}

static struct value certificate_to_plain(struct value self, struct arena *a)
{
    struct map *map = map_new(a, 2);
    map_set_text(map, "Cert", value_string(certificate_of(self)->cert));
    map_set_text(map, "Key", value_string(certificate_of(self)->key));
    return value_map(map);
}

static bool certificate_equal(struct value a, struct value b)
{
    return slice_equal(certificate_of(a)->cert, certificate_of(b)->cert) &&
           slice_equal(certificate_of(a)->key, certificate_of(b)->key);
}

static const struct object_type certificate_type = {
    .name = "sprig.certificate",
    .kind = "struct",
    .member = certificate_member,
    .print = certificate_print,
    .to_plain = certificate_to_plain,
    .equal = certificate_equal,
};

/* --- keys ---------------------------------------------------------------------------------------------------- */

static void draw(void *host, void *out, size_t size)
{
    random_bytes(host, out, size);
}

static bool generate(struct call *call, enum private_key_kind kind, int bits, struct private_key *key)
{
    struct random_source source = {draw, call->host};
    return private_key_generate(call->arena, kind, bits, &source, key);
}

static bool fn_genPrivateKey(struct call *call, struct value *out)
{
    struct slice type = value_slice(call->args[0]);
    struct private_key key;
    bool ok;
    if (type.len == 0 || slice_is(type, "rsa"))
        ok = generate(call, KEY_RSA, 4096, &key);
    else if (slice_is(type, "dsa"))
        ok = generate(call, KEY_DSA, 2048, &key);
    else if (slice_is(type, "ecdsa"))
        ok = generate(call, KEY_ECDSA, 256, &key);
    else if (slice_is(type, "ed25519"))
        ok = generate(call, KEY_ED25519, 256, &key);
    else {
        *out = value_string(arena_concat(call->arena, SLICE("Unknown type "), type));
        return true;
    }
    *out = ok ? value_string(private_key_pem(call->arena, &key)) : value_text("failed to generate private key");
    return true;
}

/* The key of the certificate: the PEM in the argument, or a new one where there is no such argument. */
static bool subject_key(struct call *call, int argument, struct private_key *key)
{
    struct slice error;
    if (argument >= call->count)
        return generate(call, KEY_RSA, 2048, key) || call_error(call, "error generating rsa key");
    return private_key_parse(call->arena, value_slice(call->args[argument]), key, &error) ||
           call_error(call, "parsing private key: %.*s", SLICE_ARG(error));
}

/* --- requests ------------------------------------------------------------------------------------------------ */

static struct slice value_text_of(struct call *call, struct value v)
{
    struct buffer b = BUFFER_INIT;
    format_value(&b, v);
    return buffer_move(&b, call->arena);
}

/* net.ParseIP takes no zone. */
static bool read_ips(struct call *call, const struct list *list, struct certificate_request *request)
{
    struct go_ip *ips = ARENA_ARRAY(call->arena, struct go_ip, list->len);
    struct slice error;
    for (uint32_t i = 0; i < list->len; i++) {
        struct value v = list->items[i];
        if (!value_is_string(v))
            return call_error(call, "error parsing ip: %.*s is not a string", SLICE_ARG(value_text_of(call, v)));
        if (!go_ip_parse(call->arena, value_slice(v), &ips[i], &error) || ips[i].zone.len > 0)
            return call_error(call, "error parsing ip: %.*s", SLICE_ARG(value_slice(v)));
    }
    request->ips = ips;
    request->ip_count = list->len;
    return true;
}

static bool read_dns_names(struct call *call, const struct list *list, struct certificate_request *request)
{
    struct slice *names = ARENA_ARRAY(call->arena, struct slice, list->len);
    for (uint32_t i = 0; i < list->len; i++) {
        if (!value_is_string(list->items[i]))
            return call_error(call, "error processing alternate dns name: %.*s is not a string",
                              SLICE_ARG(value_text_of(call, list->items[i])));
        names[i] = value_slice(list->items[i]);
    }
    request->dns_names = names;
    request->dns_count = list->len;
    return true;
}

/* From now on for so many days. */
static void set_validity(struct call *call, int64_t days, struct certificate_request *request)
{
    struct go_time now = time_value_now(call->host && call->host->seeded);
    int64_t duration = (int64_t)((uint64_t)days * 86400u * 1000000000u);
    request->not_before = now.seconds;
    request->not_after = go_time_add(now, duration).seconds;
}

static bool make(struct call *call, const struct certificate_request *request, const struct private_key *key,
                 const struct certificate_issuer *issuer, const struct private_key *signer, struct value *out)
{
    struct random_source source = {draw, call->host};
    struct slice der, error;
    if (!certificate_make(call->arena, request, key, issuer, signer, &source, &der, &error))
        return call_error(call, "error creating certificate: %.*s", SLICE_ARG(error));
    *out = certificate_value(call->arena, pem_encode(call->arena, "CERTIFICATE", der),
                             private_key_pem(call->arena, key));
    return true;
}

/* --- functions ----------------------------------------------------------------------------------------------- */

/* genCA name days, genCAWithKey name days key */
static bool fn_genCA(struct call *call, struct value *out)
{
    struct certificate_request request = {.common_name = value_slice(call->args[0]), .is_ca = true};
    struct private_key key;
    if (!subject_key(call, 2, &key))
        return false;
    set_validity(call, call->args[1].i, &request);
    return make(call, &request, &key, NULL, &key, out);
}

/* name ips dnsNames days: common to the certificates that are no authority. */
static bool read_request(struct call *call, struct certificate_request *request)
{
    request->common_name = value_slice(call->args[0]);
    set_validity(call, call->args[3].i, request);
    return read_ips(call, call->args[1].list, request) && read_dns_names(call, call->args[2].list, request);
}

/* genSelfSignedCert name ips dnsNames days, genSelfSignedCertWithKey … key */
static bool fn_genSelfSignedCert(struct call *call, struct value *out)
{
    struct certificate_request request = {.is_ca = false};
    struct private_key key;
    return subject_key(call, 4, &key) && read_request(call, &request) && make(call, &request, &key, NULL, &key, out);
}

/* The authority that signs, from the certificate in its argument. */
static bool read_authority(struct call *call, struct value authority, struct certificate_issuer *issuer,
                           struct private_key *signer)
{
    const struct certificate_object *ca = certificate_of(authority);
    struct slice type, der, error;
    if (!pem_decode(call->arena, ca->cert, &type, &der))
        return call_error(call, "unable to decode certificate");
    if (!certificate_read(call->arena, der, issuer, &error))
        return call_error(call, "error parsing certificate: decodedSignerCert.Bytes: %.*s", SLICE_ARG(error));
    return private_key_parse(call->arena, ca->key, signer, &error) ||
           call_error(call, "error parsing private key: %.*s", SLICE_ARG(error));
}

/* genSignedCert name ips dnsNames days ca, genSignedCertWithKey … ca key */
static bool fn_genSignedCert(struct call *call, struct value *out)
{
    struct certificate_request request = {.is_ca = false};
    struct certificate_issuer issuer;
    struct private_key key, signer;
    return subject_key(call, 5, &key) && read_authority(call, call->args[4], &issuer, &signer) &&
           read_request(call, &request) && make(call, &request, &key, &issuer, &signer, out);
}

static bool fn_buildCustomCert(struct call *call, struct value *out)
{
    struct slice cert, key, type, der, error;
    struct certificate_issuer issuer;
    struct private_key private;
    size_t bad;
    if (!go_base64_decode(call->arena, value_slice(call->args[0]), &cert, &bad))
        return call_error(call, "unable to decode base64 certificate");
    if (!go_base64_decode(call->arena, value_slice(call->args[1]), &key, &bad))
        return call_error(call, "unable to decode base64 private key");
    if (!pem_decode(call->arena, cert, &type, &der))
        return call_error(call, "unable to decode certificate");
    if (!certificate_read(call->arena, der, &issuer, &error))
        return call_error(call, "error parsing certificate: decodedCert.Bytes: %.*s", SLICE_ARG(error));
    if (!private_key_parse(call->arena, key, &private, &error))
        return call_error(call, "error parsing private key: %.*s", SLICE_ARG(error));
    *out = certificate_value(call->arena, cert, key);
    return true;
}

const struct function functions_certificates[] = {
    {"buildCustomCert", "ss", fn_buildCustomCert, "a certificate from its PEM texts in base64", NULL, NULL},
    {"genCA", "si", fn_genCA, "a certificate authority, valid for so many days", NULL, NULL},
    {"genCAWithKey", "sis", fn_genCA, "the same with a key of yours", NULL, NULL},
    {"genPrivateKey", "s", fn_genPrivateKey, "a private key: rsa, ecdsa, ed25519 or dsa",
     "genPrivateKey \"ed25519\" | trunc 27", "-----BEGIN PRIVATE KEY-----"},
    {"genSelfSignedCert", "slli", fn_genSelfSignedCert, "a certificate signed by itself for a name, addresses and hosts",
     NULL, NULL},
    {"genSelfSignedCertWithKey", "sllis", fn_genSelfSignedCert, "the same with a key of yours", NULL, NULL},
    {"genSignedCert", "sllic", fn_genSignedCert, "a certificate signed by an authority", NULL, NULL},
    {"genSignedCertWithKey", "sllics", fn_genSignedCert, "the same with a key of yours", NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};

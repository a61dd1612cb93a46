/*
 * der.h - DER written into a buffer
 *
 * A constructed element is begun, its content added, and ended, which puts its length in front.
 */
#ifndef YARE_GOLANG_DER_H
#define YARE_GOLANG_DER_H

#include "base/buffer.h"

enum der_tag {
    DER_BOOLEAN = 0x01,
    DER_INTEGER = 0x02,
    DER_BIT_STRING = 0x03,
    DER_OCTET_STRING = 0x04,
    DER_NULL = 0x05,
    DER_OID = 0x06,
    DER_UTF8_STRING = 0x0c,
    DER_PRINTABLE_STRING = 0x13,
    DER_UTC_TIME = 0x17,
    DER_GENERALIZED_TIME = 0x18,
    DER_SEQUENCE = 0x30,
    DER_SET = 0x31
};

/* Returns where the element begins, for der_end. */
size_t der_begin(struct buffer *out, unsigned tag);
void der_end(struct buffer *out, size_t begin);

/* A whole element. */
void der_add(struct buffer *out, unsigned tag, struct slice content);

/* A non-negative INTEGER from big-endian bytes. */
void der_add_integer(struct buffer *out, struct slice bytes);

/* A BIT STRING of whole bytes. */
void der_add_bits(struct buffer *out, struct slice bytes);

#endif

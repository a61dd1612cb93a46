/*
 * der.c - DER written into a buffer
 */
#include "golang/der.h"

size_t der_begin(struct buffer *out, unsigned tag)
{
    buffer_add_char(out, (char)tag);
    return out->len;
}

void der_end(struct buffer *out, size_t begin)
{
    char bytes[1 + sizeof(size_t)];
    size_t length = out->len - begin;
    size_t count = 0;
    for (size_t rest = length; rest > 0; rest >>= 8)
        count++;
    if (length < 0x80) {
        bytes[0] = (char)length;
        count = 0;
    } else {
        bytes[0] = (char)(0x80 | count);
        for (size_t i = 0; i < count; i++)
            bytes[count - i] = (char)(length >> 8 * i);
    }
    buffer_insert(out, begin, slice_of(bytes, count + 1));
}

void der_add(struct buffer *out, unsigned tag, struct slice content)
{
    size_t begin = der_begin(out, tag);
    buffer_add(out, content);
    der_end(out, begin);
}

void der_add_integer(struct buffer *out, struct slice bytes)
{
    while (bytes.len > 0 && bytes.ptr[0] == 0)
        bytes = slice_after(bytes, 1);
    size_t begin = der_begin(out, DER_INTEGER);
    if (bytes.len == 0 || bytes.ptr[0] & 0x80)
        buffer_add_char(out, 0);
    buffer_add(out, bytes);
    der_end(out, begin);
}

void der_add_bits(struct buffer *out, struct slice bytes)
{
    size_t begin = der_begin(out, DER_BIT_STRING);
    buffer_add_char(out, 0);
    buffer_add(out, bytes);
    der_end(out, begin);
}

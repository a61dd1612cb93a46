/*
 * base64.h - standard base64 as Go's encoding/base64 writes and reads it
 */
#ifndef YARE_CODEC_BASE64_H
#define YARE_CODEC_BASE64_H

#include "base/buffer.h"

/* Appends the text with padding, in one line. */
void base64_encode(struct buffer *out, struct slice bytes);

/* Appends the bytes. Line endings in the text are skipped, padding is required. On failure *at is the offset of the
   faulty byte, as Go reports it, and `out` is as before. */
bool base64_decode(struct buffer *out, struct slice text, size_t *at);

#endif

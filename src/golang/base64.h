/*
 * base64.h - Go's encoding/base64 and encoding/base32, standard alphabets with padding
 */
#ifndef YARE_GOLANG_BASE64_H
#define YARE_GOLANG_BASE64_H

#include "base/arena.h"

/* Encodes into one text in the arena. */
struct slice go_base64_encode(struct arena *a, struct slice bytes);
struct slice go_base32_encode(struct arena *a, struct slice bytes);

/* Decodes into bytes in the arena; line ends are skipped. On failure false, and *at is the byte that Go's error names
   ("illegal base64 data at input byte 4"; for base32 it counts without line ends). */
bool go_base64_decode(struct arena *a, struct slice text, struct slice *bytes, size_t *at);
bool go_base32_decode(struct arena *a, struct slice text, struct slice *bytes, size_t *at);

#endif

/*
 * json_read.h - JSON as Go's encoding/json reads it into interface {}
 */
#ifndef YARE_CODEC_JSON_READ_H
#define YARE_CODEC_JSON_READ_H

#include "base/diag.h"
#include "value/value.h"

/* Reads one JSON value; anything after it but blanks is an error. Numbers are float64. Strings without escapes share
   the bytes of `text`, which must outlive the value. On failure *error has Go's text ("invalid character 'b' looking
   for beginning of value") and *at, unless null, the byte offset; *out is untouched unless nothing but numbers
   out of range was wrong: then it has nil for these, as Go leaves it. `source` (may be null) gives the origins. */
bool json_read(struct arena *a, const struct source *source, struct slice text, struct value *out,
               struct slice *error, size_t *at);

/* Reads the first JSON value and stops; *used is how many bytes were taken (json.Decoder). */
bool json_read_prefix(struct arena *a, const struct source *source, struct slice text, struct value *out,
                      size_t *used, struct slice *error);

/* The same with numbers kept as they are written (json.Decoder.UseNumber): strings that have VALUE_BIT_NUMBER. */
bool json_read_exact(struct arena *a, const struct source *source, struct slice text, struct value *out, size_t *used,
                     struct slice *error);

#endif

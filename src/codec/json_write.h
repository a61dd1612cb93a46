/*
 * json_write.h - JSON as Go's encoding/json writes it
 */
#ifndef YARE_CODEC_JSON_WRITE_H
#define YARE_CODEC_JSON_WRITE_H

#include "base/buffer.h"
#include "value/value.h"

struct json_write_options {
    bool no_html_escape;  /* keep < > & as they are */
    const char *indent;   /* null: compact; else the indent of one level ("  ") */
};

/* Appends the JSON of the value, without final newline. False with Go's text in *error where it cannot be encoded. */
bool json_write(struct buffer *out, struct value v, const struct json_write_options *options, struct arena *scratch,
                struct slice *error);

#endif

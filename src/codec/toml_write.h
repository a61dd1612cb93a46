/*
 * toml_write.h - TOML as BurntSushi/toml v1.6 writes it
 */
#ifndef YARE_CODEC_TOML_WRITE_H
#define YARE_CODEC_TOML_WRITE_H

#include "base/buffer.h"
#include "value/value.h"

/* Appends the TOML of a value that is not nil. False with the library's text where it cannot be written; nothing is
   appended then. */
bool toml_write(struct buffer *out, struct value v, struct arena *scratch, struct slice *error);

#endif

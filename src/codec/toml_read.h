/*
 * toml_read.h - TOML as BurntSushi/toml v1.6 reads it
 */
#ifndef YARE_CODEC_TOML_READ_H
#define YARE_CODEC_TOML_READ_H

#include "value/value.h"

/* Reads a document into a map: integers are int64, tables in arrays []map[string]interface {}, times time.Time.
   Strings may share the bytes of `text`, which must outlive the value. On failure *error has the library's text
   ("toml: line 1 (last key \"a\"): …") and *out is untouched. */
bool toml_read(struct arena *a, struct slice text, struct value *out, struct slice *error);

#endif

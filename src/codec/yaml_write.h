/*
 * yaml_write.h - YAML as Helm writes it
 */
#ifndef YARE_CODEC_YAML_WRITE_H
#define YARE_CODEC_YAML_WRITE_H

#include "base/buffer.h"
#include "value/value.h"

/* What Helm's toYaml prints, with the final newline: encode as JSON, decode as YAML, emit with go-yaml v2. False where
   that fails (a DEL in a string, an unsupported value); what toYaml does then is the caller's. */
bool yaml_write(struct buffer *out, struct value v, struct arena *scratch, struct slice *error);

/* The same, telling of each item and entry, before anything of it is written, where it will stand and which value it
   has. */
typedef void yaml_write_found_fn(void *context, size_t offset, struct value v);
bool yaml_write_telling(struct buffer *out, struct value v, struct arena *scratch, yaml_write_found_fn *found,
                        void *context, struct slice *error);

/* What Helm's toYamlPretty prints: go-yaml v3 with indent 2 over the Go value. */
bool yaml_write_pretty(struct buffer *out, struct value v, struct arena *scratch, struct slice *error);

#endif

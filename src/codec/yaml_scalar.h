/*
 * yaml_scalar.h - what a YAML scalar is
 *
 * go-yaml v2 resolves a plain scalar by its first byte and a small table; an explicit tag then has to agree with what
 * was found. Numbers keep their kind here (int, uint, float): what becomes of it is the reader's business.
 */
#ifndef YARE_CODEC_YAML_SCALAR_H
#define YARE_CODEC_YAML_SCALAR_H

#include "value/value.h"

/* What a plain text resolves to: nil, bool, VALUE_INT (of type int), VALUE_UINT (uint64), float, or else the string
   itself, sharing the bytes. */
struct value yaml_scalar_resolve(struct slice text);

/* True where go-yaml takes the text for a timestamp (which reads as a string, but is never written plain). */
bool yaml_scalar_is_timestamp(struct slice text);

/* The value of a scalar with an explicit tag, given in full ("tag:yaml.org,2002:int"). False with go-yaml's text in
   *error, without "yaml: ", where tag and text disagree. */
bool yaml_scalar_resolve_tagged(struct arena *a, struct slice tag, struct slice text, struct value *out,
                                struct slice *error);

/* The node (yaml_node.h) of a scalar with an explicit tag: !!binary is decoded, an unknown tag is that of a string. */
bool yaml_scalar_raw_tag(struct arena *a, struct slice tag, struct slice text, struct value *out, struct slice *error);

/* The text of a map's key of that value; false where go-yaml knows none (nil, uint64, list, map). */
bool yaml_scalar_key_text(struct arena *a, struct value key, struct slice *out);

/* A number as encoding/json reads it: always float64. Other values come back as they are. */
struct value yaml_scalar_as_json(struct value v);

#endif

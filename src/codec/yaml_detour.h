/*
 * yaml_detour.h - what a value becomes on toYaml's way through JSON
 *
 * Helm's toYaml encodes JSON, reads that as YAML and writes what it got. Most values come back as they were; this is
 * about those that do not, so that the detour need not be taken.
 */
#ifndef YARE_CODEC_YAML_DETOUR_H
#define YARE_CODEC_YAML_DETOUR_H

#include "base/buffer.h"

/* The text that a string becomes: bad UTF-8 is U+FFFD, next-line characters fold. Shares the bytes where nothing
   changes. False with an error text where YAML's reader refuses a character. */
bool yaml_detour_string(struct arena *a, struct slice text, struct slice *out, struct slice *error);

/* The same for a key, which has to stay on one line and within 1024 characters. */
bool yaml_detour_key(struct arena *a, struct slice text, struct slice *out, struct slice *error);

/* Appends what a float is written as in the end: whole numbers up to 2^64 as integers, others as %g. False for
   infinities and NaN. */
bool yaml_detour_float(struct buffer *out, double f, struct slice *error);

#endif

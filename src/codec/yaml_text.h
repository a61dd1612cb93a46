/*
 * yaml_text.h - the characters of a YAML document
 *
 * go-yaml decodes its input 512 bytes at a time and refuses a chunk with a bad character as a whole, whatever stands
 * before that. So a text is looked over once, and what lies before the faulty chunk is all that may be scanned.
 */
#ifndef YARE_CODEC_YAML_TEXT_H
#define YARE_CODEC_YAML_TEXT_H

#include "base/arena.h"

struct yaml_text {
    struct slice text;    /* UTF-8 without byte order mark, up to the faulty chunk */
    bool is_ascii;
    const char *problem;  /* what is wrong behind the text; null: nothing */
};

/* Whether all of the text is ASCII that YAML allows. */
bool yaml_text_is_ascii(struct slice s);

/* UTF-8 shares the bytes given; UTF-16, told by its mark, is decoded into the arena. */
void yaml_text_check(struct yaml_text *t, struct arena *a, struct slice bytes);

#endif

/*
 * dotenv.h - files of KEY=value lines, as kustomize reads them
 */
#ifndef YARE_CODEC_DOTENV_H
#define YARE_CODEC_DOTENV_H

#include "base/arena.h"

struct dotenv_pair {
    struct slice key;
    struct slice value;
};

/* Reads the pairs in the order of their lines: blanks before a key are dropped, empty lines and comments skipped, a
   line without '=' has an empty value, quotes stay. Keys and values share the bytes of `text`. Reading ends silently
   at a line of 64 KiB. False with kustomize's text in *error at bytes that are no UTF-8. */
bool dotenv_read(struct arena *a, struct slice text, struct dotenv_pair **pairs, size_t *count, struct slice *error);

#endif

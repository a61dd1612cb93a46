/*
 * random.h - the random bytes that templates draw
 *
 * Without a seed they come from the system. With --seed they come from a small generator (xoshiro256**) whose state is
 * in the host: the stream depends on the seed and on the order of draws alone, so the same release renders the same
 * bytes again, keys included. A seeded stream is no secret.
 */
#ifndef YARE_FUNCS_RANDOM_H
#define YARE_FUNCS_RANDOM_H

#include "template/function.h"

/* Fills `size` bytes; a null host draws from the system. */
void random_bytes(struct function_host *host, void *out, size_t size);

/* A number below `limit`, which must not be 0; each as likely as the others. */
uint64_t random_below(struct function_host *host, uint64_t limit);

#endif

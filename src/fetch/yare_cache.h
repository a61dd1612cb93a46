/*
 * yare_cache.h - where yare keeps what it fetched for itself
 */
#ifndef YARE_FETCH_YARE_CACHE_H
#define YARE_FETCH_YARE_CACHE_H

#include "base/diag.h"

/* A folder that can be written to: YARE_CACHE_HOME, else `yare` below XDG_CACHE_HOME or ~/.cache, else (a home that
   cannot be written to, as in containers) one of the user's own below TMPDIR. */
bool yare_cache_folder(struct arena *a, const char **folder, struct diag *diag);

/* Whether YARE_OFFLINE asks for no network. */
bool yare_is_offline(void);

#endif

/*
 * content_cache.h - what was fetched, kept under its checksum
 *
 * The files are those of Helm 4's content cache (HELM_CONTENT_CACHE): `ab/abcd….chart`, named by the SHA-256 of what is
 * in them, so Helm and yare share them. Processes share them too: a file appears under its name complete or not at all,
 * and what is read is checked against its name, so that a file cut short by a full disk is fetched again.
 *
 * Beside them `refs/` keeps which checksum a place on the network had last: what --offline goes by.
 */
#ifndef YARE_FETCH_CONTENT_CACHE_H
#define YARE_FETCH_CONTENT_CACHE_H

#include "base/diag.h"
#include "fetch/file_lock.h"

struct content_cache {
    const char *root;
};

/* The file with that checksum (64 hexadecimal digits) and kind (".chart", ".prov"): its bytes and its path in the
   arena. False where there is none. */
bool content_cache_get(const struct content_cache *cache, struct arena *a, struct slice checksum, const char *kind,
                       struct slice *bytes, const char **path);

/* Keeps the bytes. */
bool content_cache_put(const struct content_cache *cache, struct arena *a, struct slice checksum, const char *kind,
                       struct slice bytes, const char **path, struct diag *diag);

/* Notes what `place` (a URL, a reference of a registry) gave; recall tells it. A note that cannot be written is only
   missed later. */
void content_cache_note(const struct content_cache *cache, struct slice place, struct slice checksum);
bool content_cache_recall(const struct content_cache *cache, struct arena *a, struct slice place,
                          struct slice *checksum);

/* Keeps other processes from fetching the same place meanwhile. Where the cache cannot be written to, nothing is held
   and everything works without. */
void content_cache_lock(const struct content_cache *cache, struct slice place, struct file_lock *lock);

/* Whether the text is a SHA-256 in hexadecimal. */
bool is_checksum(struct slice text);

#endif

/*
 * content_cache.c - what was fetched, kept under its checksum
 */
#include "fetch/content_cache.h"

#include "base/digest.h"
#include "base/file.h"
#include "golang/strconv.h"

#include <sys/stat.h>

enum {
    CHECKSUM_DIGITS = 64,
    LOCK_SECONDS = 150 /* longer than a transfer may take */
};

bool is_checksum(struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (go_hex_digit(text.ptr[i]) < 0)
            return false;
    }
    return text.len == CHECKSUM_DIGITS;
}

static const char *content_path(const struct content_cache *cache, struct arena *a, struct slice checksum,
                                const char *kind)
{
    return arena_printf(a, "%s/%.2s/%.*s%s", cache->root, checksum.ptr, SLICE_ARG(checksum), kind).ptr;
}

static const char *place_path(const struct content_cache *cache, struct arena *a, const char *folder,
                              struct slice place)
{
    return arena_printf(a, "%s/%s/%s", cache->root, folder, digest_hex(a, DIGEST_SHA256, place).ptr).ptr;
}

static bool read_quietly(struct arena *a, const char *path, struct slice *bytes)
{
    struct diag ignored;
    struct stat st;
    diag_init(&ignored);
    bool ok = stat(path, &st) == 0 && S_ISREG(st.st_mode) && file_read(a, path, 0, bytes, &ignored);
    diag_release(&ignored);
    return ok;
}

bool content_cache_get(const struct content_cache *cache, struct arena *a, struct slice checksum, const char *kind,
                       struct slice *bytes, const char **path)
{
    struct slice found;
    if (!is_checksum(checksum))
        return false;
    const char *file = content_path(cache, a, checksum, kind);
    if (!read_quietly(a, file, &found) || found.len == 0)
        return false;
    /* a provenance file is kept under the checksum of its chart */
    if (strcmp(kind, ".chart") == 0 && !slice_equal(digest_hex(a, DIGEST_SHA256, found), checksum))
        return false;
    *bytes = found;
    *path = file;
    return true;
}

bool content_cache_put(const struct content_cache *cache, struct arena *a, struct slice checksum, const char *kind,
                       struct slice bytes, const char **path, struct diag *diag)
{
    *path = content_path(cache, a, checksum, kind);
    return file_write(*path, bytes, NULL, diag);
}

void content_cache_note(const struct content_cache *cache, struct slice place, struct slice checksum)
{
    struct arena scratch;
    struct diag ignored;
    arena_init(&scratch);
    diag_init(&ignored);
    file_write(place_path(cache, &scratch, "refs", place), checksum, NULL, &ignored);
    diag_release(&ignored);
    arena_release(&scratch);
}

bool content_cache_recall(const struct content_cache *cache, struct arena *a, struct slice place,
                          struct slice *checksum)
{
    struct slice text;
    if (!read_quietly(a, place_path(cache, a, "refs", place), &text) || !is_checksum(text))
        return false;
    *checksum = text;
    return true;
}

void content_cache_lock(const struct content_cache *cache, struct slice place, struct file_lock *lock)
{
    struct arena scratch;
    struct diag ignored;
    arena_init(&scratch);
    diag_init(&ignored);
    const char *path = place_path(cache, &scratch, "locks", place);
    const char *folder = arena_text(&scratch, file_folder(slice_text(path)));
    lock->fd = -1;
    if (file_make_directories(folder, &ignored))
        file_lock_acquire(lock, path, LOCK_SECONDS, &ignored);
    diag_release(&ignored);
    arena_release(&scratch);
}

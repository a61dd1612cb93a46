/*
 * targz.h - .tar.gz archives in memory
 *
 * An archive is read entry by entry from its bytes and written to bytes; nothing is ever unpacked over a path from
 * inside it. Names are given as they stand in the archive: what they mean is the caller's to judge. The formats are
 * those that Go's archive/tar reads: ustar, pax and GNU long names.
 */
#ifndef YARE_CODEC_TARGZ_H
#define YARE_CODEC_TARGZ_H

#include "base/buffer.h"

struct targz_entry {
    struct slice name;
    bool is_folder;
    size_t size;      /* of the content */
    int64_t modified; /* seconds since 1970 */
    struct slice bytes; /* the content, followed by NUL; the empty one has a null pointer */
};

enum targz_step {
    TARGZ_ENTRY,
    TARGZ_END,
    TARGZ_BROKEN /* *error says why, in Go's words */
};

/* Reads an archive; all of it lives in the arena. */
struct targz_reader {
    struct arena *arena;
    struct slice tar; /* what is left of it */
};

/* Unpacks the gzip stream, of at most `limit` bytes. On failure *error has Go's text ("gzip: invalid header"). */
bool targz_open(struct targz_reader *reader, struct arena *a, struct slice bytes, size_t limit, struct slice *error);

/* Steps to the next entry that is a file, a link (which has no content) or a folder. */
enum targz_step targz_next(struct targz_reader *reader, struct targz_entry *entry, struct slice *error);

/* Adds a file of mode 0644 to a tar. */
void tar_add(struct buffer *tar, struct slice name, struct slice bytes, int64_t modified);

/* Ends the tar and packs it; what comes out depends only on what was added. `comment` stands in the gzip header. */
bool targz_pack(struct buffer *tar, const char *comment, struct slice extra, struct buffer *out);

#endif

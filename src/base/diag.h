/*
 * diag.h - what went wrong, where, and how it came to that
 *
 * A function that can fail returns bool and takes a struct diag last; on false it has added an error there. An entry
 * has a message in a peer's words where users know them, a place (source, line, column), and notes: the chain of
 * includes, layers and releases that led there. Entries live in the collector's own arena, in the order they were
 * added; nothing is printed before diag_write. A collector serves one thread; collectors of several threads are
 * joined with diag_append in plan order, so that threads never change the output.
 */
#ifndef YARE_BASE_DIAG_H
#define YARE_BASE_DIAG_H

#include "base/buffer.h"
#include "base/source.h"

enum diag_severity {
    DIAG_ERROR,
    DIAG_WARNING,
    DIAG_INFO,
    DIAG_DEBUG,       /* only added where the user asked for it */
    DIAG_LOGGED_ERROR /* a peer's log line at level ERROR; the error itself follows */
};

struct diag_place {
    const struct source *source; /* null: no place known */
    uint32_t line;               /* 1-based */
    uint32_t column;             /* 1-based, in bytes; 0: the whole line */
    uint32_t length;             /* bytes under the caret line, at least 1 is drawn */
};

struct diag_note {
    struct diag_note *next;
    struct slice message;
    struct diag_place place;
};

struct diag_entry {
    struct diag_entry *next;
    enum diag_severity severity;
    bool peer_detail;            /* the peer follows this error with its "Use --debug flag" line */
    struct slice message;        /* one or more lines, no final newline */
    struct diag_place place;
    struct diag_note *notes;     /* in the order they were added */
};

struct diag {
    struct arena arena;
    struct diag_entry *first;
    struct diag_entry *last;
    size_t errors;
};

void diag_init(struct diag *d);
void diag_release(struct diag *d);

/* Forgets all entries. */
void diag_clear(struct diag *d);

/* Each adds an entry with no place and returns false, so that `return diag_error(d, …);` ends a failing function. */
bool diag_error(struct diag *d, const char *format, ...) __attribute__((format(printf, 2, 3)));
void diag_warning(struct diag *d, const char *format, ...) __attribute__((format(printf, 2, 3)));
void diag_info(struct diag *d, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* An error whose text is ready; the text is copied. Returns false. */
bool diag_error_slice(struct diag *d, struct slice message);

/* Gives the newest entry its place, unless it has one already. */
void diag_locate(struct diag *d, struct diag_place place);
void diag_locate_origin(struct diag *d, const struct source *source, struct origin at);

/* A place from a source and a byte range in it. */
struct diag_place diag_place_at(const struct source *source, size_t offset, size_t length);

/* Adds a note to the newest entry; the place may be empty. */
void diag_note(struct diag *d, struct diag_place place, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Puts a text in front of the newest entry's message ("cannot load values.yaml: "). */
void diag_prefix(struct diag *d, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts texts around it: "[" and "]". */
void diag_enclose(struct diag *d, const char *before, const char *after);

/* Moves all entries of `from` to the end of `d`; `from` is empty afterwards. */
void diag_append(struct diag *d, struct diag *from);

/* Forgets what follows the first error. */
void diag_cut(struct diag *d);

/* Moves the newest entry to the end of `to`. */
void diag_take_last(struct diag *d, struct diag *to);

/* Writes an entry as `file:line:column: error: message`, the source line, a caret under it, and the notes. */
void diag_entry_write(const struct diag_entry *entry, struct buffer *out);

/* The excerpt alone: source line, caret and notes, each line ended; nothing for an entry without place and notes. */
void diag_entry_write_excerpt(const struct diag_entry *entry, struct buffer *out);

/* Edits that make one word of the other; SIZE_MAX where one is too long to be a word. */
size_t diag_distance(struct slice a, struct slice b);

/* The candidate nearest to `word` by edit distance, or null where none is near enough to be a typo of it. */
const char *diag_nearest(struct slice word, const char *const *candidates, size_t count);

/* The same over slices; returns an index, or `count` where none is near. */
size_t diag_nearest_slice(struct slice word, const struct slice *candidates, size_t count);

#endif

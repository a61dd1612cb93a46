/*
 * file.h - whole files in and out
 *
 * Files are read whole into an arena and written whole, by a temporary file beside the target and a rename, so that a
 * reader sees the old bytes or the new ones, never a part.
 */
#ifndef YARE_BASE_FILE_H
#define YARE_BASE_FILE_H

#include "base/diag.h"

/* Reads a file (or "-": standard input) of at most `limit` bytes (0: none); the text is followed by NUL. The error is
   worded as Go's: `open PATH: no such file or directory`, `read PATH: is a directory`. */
bool file_read(struct arena *a, const char *path, size_t limit, struct slice *text, struct diag *diag);

/* The same from an open descriptor, which stays open; `path` is for messages. */
bool file_read_descriptor(struct arena *a, int fd, const char *path, size_t limit, struct slice *text,
                          struct diag *diag);

/* Writes the file atomically, creating missing folders above it; mode 0644. A file that already has these bytes is
   left as it is, with *changed false; `changed` may be null. */
bool file_write(const char *path, struct slice text, bool *changed, struct diag *diag);

/* The same with mode 0600, and always written: for files with passwords. */
bool file_write_private(const char *path, struct slice text, struct diag *diag);

/* Writes all bytes to an open file; false with errno set. */
bool file_write_descriptor(int fd, struct slice text);

bool file_exists(const char *path);
bool file_is_directory(const char *path);

/* Creates the folder and those above it. */
bool file_make_directories(const char *path, struct diag *diag);

/* Removes the folder and all below it, links not followed; what cannot be removed stays. */
void file_remove_tree(const char *path);

/* Names in a folder, bytewise sorted, without "." and ".."; NUL-terminated slices in the arena. */
bool file_list(struct arena *a, const char *path, struct slice **names, size_t *count, struct diag *diag);

/* "a/b" from "a" and "b"; a `name` that is absolute is returned as it is, an empty or "." folder adds nothing. */
const char *file_join(struct arena *a, struct slice folder, struct slice name);

/* The part before the last '/', "." where there is none, "/" for the root. */
struct slice file_folder(struct slice path);

/* The part after the last '/'. */
struct slice file_base(struct slice path);

/* What Go's syscall errors say, e.g. "no such file or directory" (strerror in lower case). */
const char *file_error_text(int error);

#endif

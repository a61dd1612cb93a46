/*
 * file.c - whole files in and out
 */
#include "base/file.h"

#include "base/memory.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    READ_STEP = 64 * 1024
};

const char *file_error_text(int error)
{
    static _Thread_local char text[128];
    snprintf(text, sizeof text, "%s", strerror(error));
    text[0] = (char)tolower((unsigned char)text[0]);
    return text;
}

static bool fail(struct diag *diag, const char *action, const char *path)
{
    return diag_error(diag, "%s %s: %s", action, path, file_error_text(errno));
}

/* Reads until the end. Of a regular file whose size is known one byte more is asked for: getting no more than the size
   shows that the end was reached, in one call. Pipes and files of /proc have no size and take several. */
static bool read_all(struct arena *a, int fd, size_t expected, size_t limit, struct slice *text, const char *path,
                     struct diag *diag)
{
    size_t cap = expected ? expected + 1 : READ_STEP;
    size_t len = 0;
    char *ptr = arena_alloc(a, cap + 1);
    for (;;) {
        if (len == cap) {
            ptr = arena_resize(a, ptr, cap + 1, cap * 2 + 1);
            cap *= 2;
        }
        ssize_t got = read(fd, ptr + len, cap - len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(diag, "read", path);
        len += (size_t)got;
        if (limit && len > limit)
            return diag_error(diag, "%s is larger than %zu bytes", path, limit);
        if (got == 0 || len == expected)
            break;
    }
    ptr[len] = '\0';
    *text = slice_of(ptr, len);
    return true;
}

bool file_read_descriptor(struct arena *a, int fd, const char *path, size_t limit, struct slice *text,
                          struct diag *diag)
{
    struct stat st;
    size_t expected = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? (size_t)st.st_size : 0;
    return read_all(a, fd, expected, limit, text, path, diag);
}

bool file_read(struct arena *a, const char *path, size_t limit, struct slice *text, struct diag *diag)
{
    if (strcmp(path, "-") == 0)
        return read_all(a, STDIN_FILENO, 0, limit, text, "/dev/stdin", diag);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail(diag, "open", path);
    bool ok = file_read_descriptor(a, fd, path, limit, text, diag);
    close(fd);
    return ok;
}

bool file_exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0;
}

bool file_is_directory(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool file_make_directories(const char *path, struct diag *diag)
{
    char *copy = memory_alloc(strlen(path) + 1);
    strcpy(copy, path);
    bool ok = true;
    for (char *at = copy + 1; ok; at++) {
        if (*at != '/' && *at != '\0')
            continue;
        char end = *at;
        *at = '\0';
        if (mkdir(copy, 0777) != 0 && errno != EEXIST)
            ok = fail(diag, "mkdir", copy);
        *at = end;
        if (end == '\0')
            break;
    }
    if (ok && !file_is_directory(path))
        ok = diag_error(diag, "mkdir %s: not a directory", path);
    memory_free(copy);
    return ok;
}

static bool has_text(const char *path, struct slice text)
{
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) || (size_t)st.st_size != text.len)
        return false;
    struct arena scratch;
    arena_init(&scratch);
    struct diag ignored;
    diag_init(&ignored);
    struct slice old;
    bool same = file_read(&scratch, path, 0, &old, &ignored) && slice_equal(old, text);
    diag_release(&ignored);
    arena_release(&scratch);
    return same;
}

bool file_write_descriptor(int fd, struct slice text)
{
    while (text.len) {
        ssize_t put = write(fd, text.ptr, text.len);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        text = slice_after(text, (size_t)put);
    }
    return true;
}

static bool write_and_rename(char *temporary, const char *path, struct slice text, mode_t mode, struct diag *diag)
{
    int fd = mkstemp(temporary);
    if (fd < 0)
        return fail(diag, "create", temporary);
    bool ok = file_write_descriptor(fd, text) && fchmod(fd, mode) == 0;
    if (close(fd) != 0)
        ok = false;
    if (ok && rename(temporary, path) == 0)
        return true;
    fail(diag, "write", path);
    unlink(temporary);
    return false;
}

/* The temporary file's name begins with a dot, so that one left behind by a killed process is part of nothing: charts,
   kustomizations and globs pass such names over. */
static bool write_new(const char *path, struct slice text, mode_t mode, struct diag *diag)
{
    struct arena scratch;
    arena_init(&scratch);
    struct slice folder = file_folder(slice_text(path));
    struct slice name = file_base(slice_text(path));
    bool ok = file_make_directories(arena_text(&scratch, folder), diag);
    if (ok) {
        struct slice temporary = arena_printf(&scratch, "%.*s/.%.*s.XXXXXX", SLICE_ARG(folder), SLICE_ARG(name));
        ok = write_and_rename(arena_text(&scratch, temporary), path, text, mode, diag);
    }
    arena_release(&scratch);
    return ok;
}

bool file_write(const char *path, struct slice text, bool *changed, struct diag *diag)
{
    bool same = has_text(path, text);
    if (changed)
        *changed = !same;
    if (same)
        return true;
    return write_new(path, text, 0644, diag);
}

bool file_write_private(const char *path, struct slice text, struct diag *diag)
{
    return write_new(path, text, 0600, diag);
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *where)
{
    (void)status;
    (void)type;
    (void)where;
    remove(path);
    return 0;
}

void file_remove_tree(const char *path)
{
    enum { OPEN_FOLDERS = 16 };
    nftw(path, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}

static int compare_names(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

bool file_list(struct arena *a, const char *path, struct slice **names, size_t *count, struct diag *diag)
{
    DIR *dir = opendir(path);
    if (!dir)
        return fail(diag, "open", path);
    size_t cap = 16;
    size_t n = 0;
    struct slice *list = ARENA_ARRAY(a, struct slice, cap);
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (n == cap) {
            list = arena_resize(a, list, cap * sizeof *list, cap * 2 * sizeof *list);
            cap *= 2;
        }
        list[n++] = arena_slice(a, slice_text(entry->d_name));
    }
    closedir(dir);
    qsort(list, n, sizeof *list, compare_names);
    *names = list;
    *count = n;
    return true;
}

const char *file_join(struct arena *a, struct slice folder, struct slice name)
{
    if ((name.len && name.ptr[0] == '/') || folder.len == 0 || slice_is(folder, "."))
        return arena_text(a, name);
    const char *between = folder.ptr[folder.len - 1] == '/' ? "" : "/";
    return arena_printf(a, "%.*s%s%.*s", SLICE_ARG(folder), between, SLICE_ARG(name)).ptr;
}

struct slice file_folder(struct slice path)
{
    size_t at = slice_find_last_char(path, '/');
    if (at == path.len)
        return SLICE(".");
    return at == 0 ? SLICE("/") : slice_part(path, 0, at);
}

struct slice file_base(struct slice path)
{
    size_t at = slice_find_last_char(path, '/');
    return at == path.len ? path : slice_after(path, at + 1);
}

/*
 * confine.c - files beneath a root
 *
 * The portable way keeps a stack of descriptors, one a folder entered, so that ".." steps back to a folder that was
 * really entered and never above the root. A link's text is put in front of what remains of the path.
 */
#include "base/confine.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/syscall.h>
#if defined(SYS_openat2) && __has_include(<linux/openat2.h>)
#include <linux/openat2.h>
#define HAVE_OPENAT2 1
#endif
#endif

enum {
    MAX_LINKS = 40,
    MAX_DEPTH = 128
};

bool confine_open(struct confine *c, const char *root, struct diag *diag)
{
    c->root = root;
    c->fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (c->fd < 0)
        return diag_error(diag, "open %s: %s", root, file_error_text(errno));
    return true;
}

void confine_close(struct confine *c)
{
    if (c->fd >= 0)
        close(c->fd);
    c->fd = -1;
}

/* --- step by step ------------------------------------------------------------------------------------------- */

struct steps {
    int folders[MAX_DEPTH]; /* [0] is the root, not ours to close */
    int depth;
    int links;
    char rest[PATH_MAX]; /* of the path, from here */
};

static int fail(int error)
{
    errno = error;
    return -1;
}

static void close_folders(struct steps *s, int down_to)
{
    int kept = errno;
    while (s->depth > down_to)
        close(s->folders[s->depth--]);
    errno = kept;
}

/* Cuts the next component from the rest; false at the end. */
static bool next_component(struct steps *s, char *component, size_t size)
{
    size_t start = strspn(s->rest, "/");
    size_t len = strcspn(s->rest + start, "/");
    if (len == 0 || len >= size)
        return false;
    memcpy(component, s->rest + start, len);
    component[len] = '\0';
    size_t after = start + len;
    memmove(s->rest, s->rest + after, strlen(s->rest + after) + 1);
    return true;
}

/* Puts a link's text in front of the rest. */
static bool follow_link(struct steps *s, const char *component)
{
    char target[PATH_MAX];
    ssize_t len = readlinkat(s->folders[s->depth], component, target, sizeof target - 1);
    if (len < 0)
        return false;
    target[len] = '\0';
    if (++s->links > MAX_LINKS)
        return fail(ELOOP) == 0;
    if (target[0] == '/')
        return fail(EXDEV) == 0;
    size_t rest = strlen(s->rest);
    if ((size_t)len + rest + 2 > sizeof s->rest)
        return fail(ENAMETOOLONG) == 0;
    memmove(s->rest + len + 1, s->rest, rest + 1);
    memcpy(s->rest, target, (size_t)len);
    s->rest[len] = '/';
    return true;
}

static bool is_link(int folder, const char *component)
{
    struct stat info;
    return fstatat(folder, component, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(info.st_mode);
}

/* Takes one step; *file is set once the last component is open. */
static bool take_step(struct steps *s, const char *component, int *file)
{
    if (strcmp(component, ".") == 0)
        return true;
    if (strcmp(component, "..") == 0) {
        if (s->depth == 0)
            return fail(EXDEV) == 0;
        close_folders(s, s->depth - 1);
        return true;
    }
    if (is_link(s->folders[s->depth], component))
        return follow_link(s, component);
    bool last = s->rest[strspn(s->rest, "/")] == '\0';
    int flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | (last ? 0 : O_DIRECTORY);
    int fd = openat(s->folders[s->depth], component, flags);
    if (fd < 0)
        return false;
    if (last) {
        *file = fd;
        return true;
    }
    if (s->depth + 1 == MAX_DEPTH) {
        close(fd);
        return fail(ENAMETOOLONG) == 0;
    }
    s->folders[++s->depth] = fd;
    return true;
}

static int open_by_steps(const struct confine *c, const char *path)
{
    struct steps s = {.folders = {c->fd}};
    char component[NAME_MAX + 1];
    int file = -1;
    if (path[0] == '/')
        return fail(EXDEV);
    if (strlen(path) >= sizeof s.rest)
        return fail(ENAMETOOLONG);
    memcpy(s.rest, path, strlen(path) + 1);
    bool ok = true;
    while (ok && file < 0 && next_component(&s, component, sizeof component))
        ok = take_step(&s, component, &file);
    if (ok && file < 0)
        file = openat(s.folders[s.depth], ".", O_RDONLY | O_CLOEXEC); /* the path ended in ".", ".." or "/" */
    close_folders(&s, 0);
    return file;
}

/* --- opening ------------------------------------------------------------------------------------------------ */

int confine_open_file(const struct confine *c, const char *path)
{
#ifdef HAVE_OPENAT2
    struct open_how how = {.flags = O_RDONLY | O_CLOEXEC, .resolve = RESOLVE_BENEATH};
    long fd = syscall(SYS_openat2, c->fd, path, &how, sizeof how);
    if (fd >= 0 || (errno != ENOSYS && errno != EPERM))
        return (int)fd;
#endif
    return open_by_steps(c, path);
}

bool confine_read(const struct confine *c, const char *path, struct arena *a, size_t limit, struct slice *text,
                  struct diag *diag)
{
    int fd = confine_open_file(c, path);
    if (fd < 0 && errno == EXDEV)
        return diag_error(diag, "%s is outside of %s", path, c->root);
    if (fd < 0)
        return diag_error(diag, "open %s: %s", path, file_error_text(errno));
    bool ok = file_read_descriptor(a, fd, path, limit, text, diag);
    close(fd);
    return ok;
}

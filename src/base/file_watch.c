/*
 * file_watch.c - being told when files change
 */
#include "base/file_watch.h"

#include "base/file.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/inotify.h>

enum {
    QUIET_TIME = 60 /* milliseconds: several files saved at once are one change */
};

bool file_watch_open(struct file_watch *watch, struct diag *diag)
{
    watch->fd = inotify_init1(IN_CLOEXEC);
    return watch->fd >= 0 || diag_error(diag, "cannot watch files: %s", file_error_text(errno));
}

void file_watch_add(struct file_watch *watch, const char *folder)
{
    inotify_add_watch(watch->fd, folder, IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_ONLYDIR);
}

static bool is_wanted(struct slice name)
{
    return name.len && name.ptr[0] != '.' && !slice_ends(name, SLICE("~")) && !slice_ends(name, SLICE(".swp")) &&
           !slice_ends(name, SLICE(".tmp")) && !slice_is(name, "4913"); /* vim tries whether it can write */
}

/* Takes what has happened so far; the last name that counts goes to `name`: what a new file was renamed to. */
static bool read_events(struct file_watch *watch, struct buffer *name)
{
    _Alignas(struct inotify_event) char events[4096];
    ssize_t got = read(watch->fd, events, sizeof events);
    if (got <= 0)
        return got < 0 && errno == EINTR;
    for (char *at = events; at < events + got;) {
        const struct inotify_event *event = (const void *)at;
        struct slice file = event->len ? slice_text(event->name) : slice_of("", 0);
        if (is_wanted(file)) {
            buffer_clear(name);
            buffer_add(name, file);
        }
        at += sizeof *event + event->len;
    }
    return true;
}

bool file_watch_wait(struct file_watch *watch, struct buffer *name, struct diag *diag)
{
    struct pollfd ready = {watch->fd, POLLIN, 0};
    buffer_clear(name);
    for (;;) {
        int count = poll(&ready, 1, name->len ? QUIET_TIME : -1);
        if (count == 0)
            return true;
        if ((count < 0 && errno != EINTR) || (count > 0 && !read_events(watch, name)))
            return diag_error(diag, "cannot watch files: %s", file_error_text(errno));
    }
}

#else

bool file_watch_open(struct file_watch *watch, struct diag *diag)
{
    watch->fd = -1;
    return diag_error(diag, "files can only be watched on Linux");
}

void file_watch_add(struct file_watch *watch, const char *folder)
{
    (void)watch;
    (void)folder;
}

bool file_watch_wait(struct file_watch *watch, struct buffer *name, struct diag *diag)
{
    (void)name;
    return file_watch_open(watch, diag);
}

#endif

void file_watch_close(struct file_watch *watch)
{
    if (watch->fd >= 0)
        close(watch->fd);
    watch->fd = -1;
}

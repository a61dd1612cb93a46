/*
 * progress.c - a line on the terminal while work takes long
 */
#include "cli/progress.h"

#include "base/buffer.h"
#include "base/file.h"

#include <stdlib.h>
#include <unistd.h>

enum {
    PATIENCE = 400 /* milliseconds before the line appears */
};

#define CLEAR_LINE "\r\033[K"

void progress_init(struct progress *progress, const char *what, bool prints)
{
    const char *term = getenv("TERM");
    bool plain = term && strcmp(term, "dumb") == 0;
    *progress = (struct progress){.what = what};
    progress->on = isatty(STDERR_FILENO) && !plain && !(prints && isatty(STDOUT_FILENO));
    clock_gettime(CLOCK_MONOTONIC, &progress->start);
}

static bool is_time(const struct progress *progress)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long passed = (now.tv_sec - progress->start.tv_sec) * 1000 + (now.tv_nsec - progress->start.tv_nsec) / 1000000;
    return passed > PATIENCE;
}

void progress_show(void *context, size_t done, size_t count)
{
    struct progress *progress = context;
    struct buffer line = BUFFER_INIT;
    if (!progress->on || !is_time(progress))
        return;
    buffer_printf(&line, CLEAR_LINE "%s %zu of %zu", progress->what, done, count);
    file_write_descriptor(STDERR_FILENO, buffer_slice(&line));
    buffer_release(&line);
    progress->shown = true;
}

void progress_end(struct progress *progress)
{
    if (progress->shown)
        file_write_descriptor(STDERR_FILENO, SLICE(CLEAR_LINE));
    progress->shown = false;
}

/*
 * process.c - another program, run to its end
 *
 * Its input and output are files without a name, so that nobody waits for anybody: no pipe can fill up.
 */
#include "base/process.h"

#include "base/file.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    CANNOT_RUN = 127
};

struct streams {
    FILE *in;
    FILE *out;
    FILE *err;
};

static void close_streams(struct streams *s)
{
    FILE *files[] = {s->in, s->out, s->err};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        if (files[i])
            fclose(files[i]);
    }
}

static bool open_streams(struct streams *s, struct slice input)
{
    s->in = tmpfile();
    s->out = tmpfile();
    s->err = tmpfile();
    if (!s->in || !s->out || !s->err || fwrite(input.ptr ? input.ptr : "", 1, input.len, s->in) != input.len ||
        fflush(s->in) != 0)
        return false;
    rewind(s->in);
    return true;
}

/* In the child: only calls that are safe there until the program takes over. */
static void become(const struct process_options *o, const struct streams *s)
{
    bool ready = dup2(fileno(s->in), STDIN_FILENO) >= 0 && dup2(fileno(s->out), STDOUT_FILENO) >= 0 &&
                 dup2(fileno(s->err), STDERR_FILENO) >= 0 && (!o->folder || chdir(o->folder) == 0);
    for (char *const *e = o->environment; ready && e && *e; e++)
        ready = putenv(*e) == 0;
    if (ready)
        execvp(o->argv[0], o->argv);
    _exit(CANNOT_RUN);
}

static struct slice read_back(struct arena *a, FILE *file)
{
    struct buffer text = BUFFER_INIT;
    char chunk[4096];
    size_t got;
    rewind(file);
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0)
        buffer_add(&text, slice_of(chunk, got));
    return buffer_move(&text, a);
}

static bool fail(const struct process_options *o, int status, struct slice out, struct slice err, struct diag *diag)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == CANNOT_RUN && out.len == 0 && err.len == 0)
        return diag_error(diag, "exec: \"%s\": executable file not found in $PATH", o->argv[0]);
    return diag_error(diag, "command \"%s\" exited with status %d:\n%.*s%.*s", o->argv[0],
                      WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), SLICE_ARG(err),
                      SLICE_ARG(out));
}

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Waits for the child; one that takes too long is killed, with *late set. */
static bool wait_for(pid_t child, int64_t timeout, int *status, bool *late)
{
    const struct timespec step = {.tv_nsec = 5000000};
    int64_t deadline = now() + timeout;
    *late = false;
    for (;;) {
        pid_t ended = waitpid(child, status, timeout && !*late ? WNOHANG : 0);
        if (ended == child)
            return true;
        if (ended < 0 && errno != EINTR)
            return false;
        if (ended == 0 && now() >= deadline) {
            kill(child, SIGKILL);
            *late = true;
        } else if (ended == 0) {
            nanosleep(&step, NULL);
        }
    }
}

static bool fail_late(const struct process_options *o, struct diag *diag)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, "hit ");
    buffer_printf(&text, "%lld", (long long)(o->timeout / 1000000000));
    buffer_add_text(&text, "s timeout running '");
    for (char *const *word = o->argv; *word; word++)
        buffer_printf(&text, "%s%s", word == o->argv ? "" : " ", *word);
    buffer_add_text(&text, "'");
    diag_error_slice(diag, buffer_slice(&text));
    buffer_release(&text);
    return false;
}

static bool run(struct arena *a, const struct process_options *o, const struct streams *s, struct slice *output,
                struct diag *diag)
{
    int status;
    bool late;
    pid_t child = fork();
    if (child == 0)
        become(o, s);
    if (child < 0)
        return diag_error(diag, "fork: %s", file_error_text(errno));
    if (!wait_for(child, o->timeout, &status, &late))
        return diag_error(diag, "wait: %s", file_error_text(errno));
    if (late)
        return fail_late(o, diag);
    struct slice out = read_back(a, s->out);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return fail(o, status, out, read_back(a, s->err), diag);
    *output = out;
    return true;
}

bool process_run(struct arena *a, const struct process_options *options, struct slice *output, struct diag *diag)
{
    struct streams streams = {NULL, NULL, NULL};
    bool ok = open_streams(&streams, options->input)
                  ? run(a, options, &streams, output, diag)
                  : diag_error(diag, "no temporary file: %s", file_error_text(errno));
    close_streams(&streams);
    return ok;
}

/*
 * temporary.c - a folder that is gone when we are
 */
#include "base/temporary.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Closes all descriptors but the standard ones: a pipe to an older keeper, held open here, would keep it waiting. */
static void close_others(void)
{
#ifdef SYS_close_range
    syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, 0);
#else
    for (int fd = STDERR_FILENO + 1; fd < 1024; fd++)
        close(fd);
#endif
}

/* In the keeper: waits for the end of the pipe, then becomes rm. It belongs to no terminal, so that Ctrl-C does not end
   it first, and holds none of our streams open. Only calls that are safe behind a fork. */
static void keep(const char *path, int pipe_end)
{
    char byte;
    int nothing = open("/dev/null", O_WRONLY);
    setsid();
    dup2(pipe_end, STDIN_FILENO);
    dup2(nothing, STDOUT_FILENO);
    dup2(nothing, STDERR_FILENO);
    close_others();
    while (read(STDIN_FILENO, &byte, 1) != 0 && errno == EINTR)
        errno = 0;
    execlp("rm", "rm", "-rf", "--", path, (char *)NULL);
    _exit(1);
}

static bool start_keeper(struct temporary_folder *folder, struct diag *diag)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return diag_error(diag, "pipe: %s", file_error_text(errno));
    folder->keeper = fork();
    if (folder->keeper == 0)
        keep(folder->path, ends[0]);
    close(ends[0]);
    folder->pipe = ends[1];
    if (folder->keeper > 0)
        return true;
    close(ends[1]);
    return diag_error(diag, "fork: %s", file_error_text(errno));
}

bool temporary_folder_make(struct arena *a, struct temporary_folder *out, struct diag *diag)
{
    const char *base = getenv("TMPDIR");
    char *path = arena_text(a, arena_printf(a, "%s/yare-XXXXXX", base && *base == '/' ? base : "/tmp"));
    *out = (struct temporary_folder){NULL, 0, -1};
    if (!mkdtemp(path))
        return diag_error(diag, "no temporary folder in %s: %s", base && *base == '/' ? base : "/tmp",
                          file_error_text(errno));
    out->path = path;
    if (start_keeper(out, diag))
        return true;
    rmdir(path);
    out->path = NULL;
    return false;
}

void temporary_folder_remove(struct temporary_folder *folder)
{
    if (!folder->path)
        return;
    close(folder->pipe);
    while (waitpid(folder->keeper, NULL, 0) < 0 && errno == EINTR)
        continue;
    *folder = (struct temporary_folder){NULL, 0, -1};
}

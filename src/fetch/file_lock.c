/*
 * file_lock.c - one process at a time
 */
#include "fetch/file_lock.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

enum { STEPS_PER_SECOND = 50 };

static void wait_a_step(void)
{
    struct timespec t = {.tv_nsec = 1000000000 / STEPS_PER_SECOND};
    nanosleep(&t, NULL);
}

bool file_lock_acquire(struct file_lock *lock, const char *path, int seconds, struct diag *diag)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return diag_error(diag, "open %s: %s", path, file_error_text(errno));
    for (int step = 0; flock(fd, LOCK_EX | LOCK_NB) != 0; step++) {
        if ((errno != EWOULDBLOCK && errno != EINTR) || step == seconds * STEPS_PER_SECOND) {
            close(fd);
            return diag_error(diag, "another process keeps the lock %s", path);
        }
        wait_a_step();
    }
    lock->fd = fd;
    return true;
}

void file_lock_release(struct file_lock *lock)
{
    if (lock->fd >= 0)
        close(lock->fd);
    lock->fd = -1;
}

/*
 * file_lock.h - one process at a time
 *
 * A lock is an open file that the kernel locks: it ends with the process, however that ends, and the file that is left
 * behind means nothing.
 */
#ifndef YARE_FETCH_FILE_LOCK_H
#define YARE_FETCH_FILE_LOCK_H

#include "base/diag.h"

struct file_lock {
    int fd; /* -1: not held */
};

#define FILE_LOCK_INIT {-1}

/* Waits up to `seconds` for the lock on the file, which is made if need be. False with an error: the file cannot be
   opened, or another process keeps the lock. */
bool file_lock_acquire(struct file_lock *lock, const char *path, int seconds, struct diag *diag);

/* Lets go; does nothing where the lock is not held. */
void file_lock_release(struct file_lock *lock);

#endif

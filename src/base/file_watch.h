/*
 * file_watch.h - being told when files change
 *
 * Folders are watched, not files: an editor that writes a new file in the place of the old one is seen, and so is a file
 * that was not there before. Linux only (inotify).
 */
#ifndef YARE_BASE_FILE_WATCH_H
#define YARE_BASE_FILE_WATCH_H

#include "base/diag.h"

struct file_watch {
    int fd; /* -1: closed */
};

bool file_watch_open(struct file_watch *watch, struct diag *diag);
void file_watch_close(struct file_watch *watch);

/* Watches a folder from now on; one that is watched already, or is none, changes nothing. */
void file_watch_add(struct file_watch *watch, const char *folder);

/* Waits for a change, then until nothing has changed for a moment. *name is the name of the file that changed last,
   without its folder. Hidden files and what editors leave beside a file do not count. */
bool file_watch_wait(struct file_watch *watch, struct buffer *name, struct diag *diag);

#endif

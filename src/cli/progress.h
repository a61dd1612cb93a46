/*
 * progress.h - a line on the terminal while work takes long
 */
#ifndef YARE_CLI_PROGRESS_H
#define YARE_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

struct progress {
    const char *what; /* "rendering" */
    struct timespec start;
    bool on;    /* standard error is a terminal, and nobody prints results to it meanwhile */
    bool shown; /* a line stands there */
};

/* `prints`: results go to standard output while the work is done, so that no line is drawn if that is a terminal. */
void progress_init(struct progress *progress, const char *what, bool prints);

/* Says how far it is; nothing is drawn in the first moments. `progress` is a struct progress. */
void progress_show(void *progress, size_t done, size_t count);

/* Takes the line away. */
void progress_end(struct progress *progress);

#endif

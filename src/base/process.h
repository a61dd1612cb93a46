/*
 * process.h - another program, run to its end
 */
#ifndef YARE_BASE_PROCESS_H
#define YARE_BASE_PROCESS_H

#include "base/diag.h"

#include <stdint.h>

struct process_options {
    char *const *argv;  /* argv[0] is looked for on the PATH; ends with null */
    const char *folder; /* where it runs; null: here */
    char *const *environment; /* "NAME=value" laid over ours; null: none */
    struct slice input; /* its standard input */
    int64_t timeout;    /* nanoseconds after which it is killed; 0: never */
};

/* Runs the program without a shell; *output is what it wrote to standard output. False, with both its streams in the
   error, where it cannot be run or does not end with 0. */
bool process_run(struct arena *a, const struct process_options *options, struct slice *output, struct diag *diag);

#endif

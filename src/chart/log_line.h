/*
 * log_line.h - what Helm logs beside its output
 *
 * Helm 4 logs lines such as `level=WARN msg="returned non-bool value" tag=t1 chart=s`; Helm 3 prints `file.go:NN: text`.
 * Entries made here are the whole line without `level=…`, which the command line adds from the severity for Helm 4.
 */
#ifndef YARE_CHART_LOG_LINE_H
#define YARE_CHART_LOG_LINE_H

#include "base/diag.h"

struct log_pair {
    const char *key;
    struct slice value;
};

/* Adds `msg=… key=value …`, each value quoted as Go's slog does where it must be. */
void log_line(struct diag *diag, enum diag_severity severity, const char *message, const struct log_pair *pairs,
              size_t count);

/* An old-style line, logged by both: Helm 4 `msg="text"` at level INFO, Helm 3 `place: text`, where `place` is the
   file and line of Helm 3.17.3 that printed it. */
void log_text(struct diag *diag, bool helm3, const char *place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif

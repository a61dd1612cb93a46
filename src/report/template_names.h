/*
 * template_names.h - names that a chart's templates mention
 *
 * What a run of templates reads is recorded exactly, but a branch that no environment takes reads nothing. So that a
 * value of such a branch is not called unread, all templates of a chart, with its libraries and subcharts, are cut into
 * tokens, and each chain of fields (`.Values.a.b`, `$x.b`) is noted with what is done to it.
 */
#ifndef YARE_REPORT_TEMPLATE_NAMES_H
#define YARE_REPORT_TEMPLATE_NAMES_H

#include "chart/load.h"

struct template_names {
    struct arena *arena;
    struct map *chains; /* keys: fields below .Values joined by NUL; values: whether something takes the whole of it, or
                           nil where it only went into variables, which are followed */
    struct map *loose;  /* keys: names of fields of anything else, and texts in quotes */
    struct map *below;  /* keys: a chain's beginning; values: a map of the names that follow it */
};

/* Notes the names of the chart's templates, those of its libraries and subcharts too. */
void template_names_collect(struct template_names *names, struct arena *a, const struct chart *chart);

/* Notes those of a text that a chart may run by tpl. */
void template_names_add_text(struct template_names *names, struct slice text);

enum name_use {
    NAME_UNKNOWN, /* nothing mentions it */
    NAME_WHOLE,   /* something above it may be taken as a whole */
    NAME_ALIASED, /* something above it goes on under another name, and its own name is mentioned somewhere */
    NAME_READ     /* it is mentioned in full */
};

/* What is known of a path below .Values. */
enum name_use template_names_use(const struct template_names *names, const struct slice *path, size_t count);

/* Whether something mentions just that path, and not only what is below it. */
bool template_names_mention(const struct template_names *names, const struct slice *path, size_t count);

/* The names that templates mention below a path: candidates for a key that is mistyped there. */
struct map *template_names_below(const struct template_names *names, const struct slice *path, size_t count);

#endif

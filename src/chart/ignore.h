/*
 * ignore.h - .helmignore
 *
 * One pattern a line, matched with Go's filepath.Match. Unlike git, the first rule that matches decides, and a rule
 * with '!' ignores everything that it does not match.
 */
#ifndef YARE_CHART_IGNORE_H
#define YARE_CHART_IGNORE_H

#include "base/diag.h"

/* How a rule's pattern is compared. */
enum ignore_shape {
    IGNORE_GLOB,
    IGNORE_NAME,  /* no character of a glob */
    IGNORE_ENDING /* '*' and then none */
};

struct ignore_rule {
    enum ignore_shape shape;
    struct slice pattern;
    bool negated;
    bool folders_only;
    bool whole_path; /* matched against the path from the chart's root, else against the last component */
};

struct ignore_rules {
    struct ignore_rule *rules;
    size_t count;
};

/* Reads the text of a .helmignore (empty: there is none) and adds Helm's own rule for hidden files in templates/.
   The rules share the bytes of the text. */
bool ignore_read(struct arena *a, struct slice text, struct ignore_rules *rules, struct diag *diag);

/* Whether the file or folder at `path`, relative to the chart, is left out. */
bool ignore_matches(const struct ignore_rules *rules, struct slice path, bool is_folder);

#endif

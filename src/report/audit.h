/*
 * audit.h - findings about a project, and what is done with them
 *
 * Rules look at values files, at rendered objects and at what templates read, and add findings here. The same finding
 * from several releases or environments is one. A comment `yare:ignore RULE[,RULE]` in the line or the one above it
 * takes findings of a line away, `yare:ignore-file RULE` those of the file. Everything lives in the arena.
 */
#ifndef YARE_REPORT_AUDIT_H
#define YARE_REPORT_AUDIT_H

#include "base/diag.h"

enum audit_severity {
    AUDIT_NOTE,
    AUDIT_WARNING,
    AUDIT_ERROR
};

enum audit_rule_id {
    AUDIT_SCHEMA,
    AUDIT_UNREAD_VALUE,
    AUDIT_UNKNOWN_KEY,
    AUDIT_AMBIGUOUS_SCALAR,
    AUDIT_YAML_12,
    AUDIT_DUPLICATE_KEY,
    AUDIT_GLUED_DOCUMENT,
    AUDIT_DUPLICATE_OBJECT,
    AUDIT_INCOMPLETE_OBJECT,
    AUDIT_NO_VALUE,
    AUDIT_TAB,
    AUDIT_MISPLACED_BLOCK,
    AUDIT_UNSTABLE_OUTPUT,
    AUDIT_DEPRECATED_API,
    AUDIT_NO_EFFECT,
    AUDIT_RULES
};

struct audit_rule {
    const char *name;
    enum audit_severity severity;
    const char *sentence; /* what it finds */
};

/* By enum audit_rule_id. */
extern const struct audit_rule audit_rules[AUDIT_RULES];

struct audit_finding {
    enum audit_rule_id rule;
    struct diag_place place; /* source null: of no file */
    struct slice message;
    struct slice fix;        /* empty where there is none to name */
};

struct audit {
    struct arena *arena;
    struct source_set *sources;
    struct audit_finding *findings;
    size_t count;
    size_t cap;
    size_t *slots; /* open addressing: 1 + the index of a finding; 0 is free */
    size_t slot_count;
};

void audit_init(struct audit *audit, struct arena *a, struct source_set *sources);

/* Adds a finding, once. `fix` may be empty and is kept; the message is made like printf's. */
void audit_add(struct audit *audit, enum audit_rule_id rule, struct diag_place place, struct slice fix, const char *format,
              ...) __attribute__((format(printf, 5, 6)));

/* The place of an origin. */
struct diag_place audit_place(const struct audit *audit, struct origin origin);

/* Takes away what comments suppress and sorts by file, line and rule. */
void audit_finish(struct audit *audit);

/* How many findings are of at least that severity. */
size_t audit_count(const struct audit *audit, enum audit_severity least);

/* The rule of that name, or AUDIT_RULES. */
enum audit_rule_id audit_rule_find(struct slice name);

const char *audit_severity_name(enum audit_severity severity);

#endif

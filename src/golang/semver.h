/*
 * semver.h - versions and constraints as github.com/Masterminds/semver/v3 (3.4.0) takes them
 *
 * Helm reads versions loosely ("v1.2" is 1.2.0) and checks chart and cluster versions against constraints such as
 * ">= 1.2, < 2 || ^3". Nothing here is copied: the parts of a version share the text that was read.
 */
#ifndef YARE_GOLANG_SEMVER_H
#define YARE_GOLANG_SEMVER_H

#include "base/buffer.h"

struct semver {
    uint64_t major;
    uint64_t minor;
    uint64_t patch;
    struct slice prerelease; /* after '-', empty where there is none */
    struct slice metadata;   /* after '+' */
    struct slice original;   /* as it was written */
};

/* semver.NewVersion: a leading 'v', missing parts and leading zeros are taken. False: not a version, *out untouched. */
bool semver_parse_loose(struct slice text, struct semver *out);

/* semver.StrictNewVersion: all three parts, no leading zeros. */
bool semver_parse_strict(struct slice text, struct semver *out);

/* What semver.NewVersion says of a text that semver_parse_loose refuses. */
struct slice semver_loose_error(struct arena *a, struct slice text);

/* By precedence, metadata ignored: -1, 0 or 1. */
int semver_compare(const struct semver *v, const struct semver *o);

/* "1.2.3-pre+meta", without a leading 'v'. */
void semver_string(struct buffer *out, const struct semver *v);

/* Whether the text may stand after '-' (dotted identifiers, numbers without leading zeros), or after '+'; an empty
   text may not. On failure *error has the peer's text. */
bool semver_valid_prerelease(struct slice text, const char **error);
bool semver_valid_metadata(struct slice text, const char **error);

struct semver_constraint;

/* semver.NewConstraint; the result lives in the arena and shares the text. On failure *error has the peer's text
   ("improper constraint: ==1.2.3"). */
bool semver_constraint_parse(struct arena *a, struct slice text, struct semver_constraint **out, struct slice *error);

/* Constraints.Check. A prerelease satisfies only alternatives that name a prerelease themselves. */
bool semver_constraint_check(const struct semver_constraint *constraint, const struct semver *v);

#endif

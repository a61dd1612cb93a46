/*
 * semver_scan.h - the shape that versions and constraints share; for semver.c and semver_constraint.c only
 */
#ifndef YARE_GOLANG_SEMVER_SCAN_H
#define YARE_GOLANG_SEMVER_SCAN_H

#include "base/slice.h"

struct semver_text {
    struct slice numbers[3]; /* an absent one is empty */
    struct slice prerelease;
    struct slice metadata;
};

/* Reads `v?N(.N)?(.N)?(-pre)?(+meta)?` at the front, as much as fits; returns its length, 0 where there is no first
   number. With `wildcards` a number may also hold 'x', 'X', '*' and '|'. */
size_t semver_scan(struct slice s, bool wildcards, struct semver_text *out);

/* By precedence: -1, 0 or 1. */
int semver_compare_prerelease(struct slice v, struct slice o);

#endif

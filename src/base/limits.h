/*
 * limits.h - bounds on untrusted input, one place for all
 *
 * Every walk that recurses over input counts its depth against one of these and ends in a diagnostic. They are far
 * above any real chart; those that a peer defines too carry its value.
 */
#ifndef YARE_BASE_LIMITS_H
#define YARE_BASE_LIMITS_H

enum {
    LIMIT_VALUE_DEPTH = 10000,               /* nesting of values in YAML, JSON, merges, copies (Go's JSON: 10000) */
    LIMIT_TEMPLATE_NESTING = 10000,          /* nesting of actions and parentheses while parsing */
    LIMIT_TEMPLATE_DEPTH = 100000,           /* {{ template }} calls within each other, as Go */
    LIMIT_INCLUDE_DEPTH = 1000,              /* simultaneous includes of one name, as Helm */
    LIMIT_CHART_DEPTH = 100,                 /* subcharts within subcharts */
    LIMIT_CHART_FILE = 5242880,              /* bytes of one chart file, as Helm */
    LIMIT_CHART_ARCHIVE = 104857600,         /* bytes of an unpacked archive, as Helm */
    LIMIT_RENDERED_OUTPUT = 1 << 30,         /* bytes that one release may render */
    LIMIT_SEQUENCE = 10000000,               /* numbers that until, untilStep and seq may make */
    LIMIT_ALIAS_EXPANSION = 10000000,        /* nodes that YAML aliases may add to a document */
    LIMIT_MERGED_LIST = 10000,               /* elements of a list that a patch merges in the long way */
    LIMIT_SCHEMA_DEPTH = 2000,               /* subschemas applied within each other */
    LIMIT_SCHEMA_WORK = 5000000,             /* schemas applied to values, and values compared, in one validation */
    LIMIT_SCHEMA_ERRORS = 500000             /* faults noted in one validation */
};

#endif

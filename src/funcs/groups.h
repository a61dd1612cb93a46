/*
 * groups.h - the tables of the function groups
 *
 * Each group's file ends with its table; library.c joins them. A row with a null name ends a table.
 */
#ifndef YARE_FUNCS_GROUPS_H
#define YARE_FUNCS_GROUPS_H

#include "template/function.h"

extern const struct function functions_builtins[];   /* text/template's */
extern const struct function functions_strings[];
extern const struct function functions_cases[];      /* snakecase, camelcase, wrap, … */
extern const struct function functions_lists[];
extern const struct function functions_dicts[];
extern const struct function functions_math[];
extern const struct function functions_defaults[];
extern const struct function functions_reflection[];
extern const struct function functions_encoding[];   /* base64, base32, hashes */
extern const struct function functions_conversion[]; /* toYaml, fromJson, toToml, … */
extern const struct function functions_dates[];
extern const struct function functions_crypto[];
extern const struct function functions_certificates[];
extern const struct function functions_random[];
extern const struct function functions_regex[];
extern const struct function functions_semver[];
extern const struct function functions_paths[];      /* paths and URLs */
extern const struct function functions_helm[];       /* include, tpl, required, fail, lookup */

#endif

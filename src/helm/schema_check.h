/*
 * schema_check.h - the values of a release against the schemas of its charts
 */
#ifndef YARE_HELM_SCHEMA_CHECK_H
#define YARE_HELM_SCHEMA_CHECK_H

#include "helm/conditions.h"

/* Schemas compiled once, however many releases use their charts; owned by whoever made it, safe for several threads,
   and ended before the charts. */
struct schema_cache;

struct schema_cache *schema_cache_new(void);
void schema_cache_free(struct schema_cache *cache);

/* Checks the coalesced values of each enabled chart that has a values.schema.json, the root first. All faults of all
   charts make one error, worded as Helm's. `debug` adds Helm's debug lines; `cache` may be
   null. */
bool schema_check_release(const struct release_chart *root, struct schema_cache *cache, bool helm3, bool debug,
                          struct diag *diag);

/* Checks values against the text of one schema; faults, or why it is no schema, are appended. */
void schema_check_text(struct slice schema, struct value values, struct buffer *faults, struct diag *diag);

#endif

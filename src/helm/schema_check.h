/*
 * schema_check.h - the values of a release against the schemas of its charts
 */
#ifndef YARE_HELM_SCHEMA_CHECK_H
#define YARE_HELM_SCHEMA_CHECK_H

#include "helm/conditions.h"

/* Checks the coalesced values of each enabled chart that has a values.schema.json, the root first. All faults of all
   charts make one error, worded as Helm's. `debug` adds Helm's debug lines. */
bool schema_check_release(const struct release_chart *root, bool helm3, bool debug, struct diag *diag);

#endif

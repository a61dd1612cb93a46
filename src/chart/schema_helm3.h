/*
 * schema_helm3.h - validation as Helm 3 does it
 */
#ifndef YARE_CHART_SCHEMA_HELM3_H
#define YARE_CHART_SCHEMA_HELM3_H

#include "chart/schema_node.h"

/* schema_validate for Helm 3.17: one line a fault, "- place: what is wrong". */
bool schema_validate_helm3(const struct schema_node *root, struct value instance, struct arena *scratch,
                           struct buffer *errors);

#endif

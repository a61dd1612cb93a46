/*
 * chart_object.h - .Chart and .Release
 */
#ifndef YARE_HELM_CHART_OBJECT_H
#define YARE_HELM_CHART_OBJECT_H

#include "helm/conditions.h"
#include "value/object.h"

/* .Chart: for Helm 4 a map with capitalised keys (one a chart: templates may change it), for Helm 3 an object of type
   chart.Metadata with fields. */
struct value chart_object(struct arena *a, const struct release_chart *chart, bool helm3);

struct release_info {
    struct slice name;
    struct slice name_space;
    int revision;
    bool is_upgrade;
    bool is_lint; /* neither an install nor an upgrade */
};

/* .Release, a map. */
struct value release_object(struct arena *a, const struct release_info *info);

#endif

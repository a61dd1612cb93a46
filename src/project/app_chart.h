/*
 * app_chart.h - charts of repositories that Applications name
 */
#ifndef YARE_PROJECT_APP_CHART_H
#define YARE_PROJECT_APP_CHART_H

#include "argocd/application.h"

/* Fetches the chart of a source (repoURL, chart, targetRevision) and unpacks it in yare's cache; *folder is the chart's.
   Where the user has named that repository (helm repo add), its name and password are used. */
bool app_chart_fetch(struct arena *a, const struct app_source *source, const char **folder, struct diag *diag);

#endif

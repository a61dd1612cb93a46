/*
 * helm_paths.h - where Helm keeps its files
 */
#ifndef YARE_CHART_HELM_PATHS_H
#define YARE_CHART_HELM_PATHS_H

#include "base/arena.h"

struct helm_paths {
    const char *cache_home;        /* folders below which the others are by default */
    const char *config_home;
    const char *data_home;
    const char *plugins;
    const char *repository_config; /* repositories.yaml */
    const char *repository_cache;  /* folder of the indexes */
    const char *content_cache;     /* folder of charts by checksum */
    const char *registry_config;   /* logins */
};

/* From HELM_REPOSITORY_CONFIG and its like, also where they are empty, else from HELM_CONFIG_HOME, HELM_CACHE_HOME and
   HELM_DATA_HOME, XDG_CONFIG_HOME and its like, or HOME. */
void helm_paths_find(struct arena *a, struct helm_paths *out);

/* A folder of the cache: "repository", "content". */
const char *helm_cache_path(struct arena *a, const char *name);

#endif

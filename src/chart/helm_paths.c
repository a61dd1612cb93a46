/*
 * helm_paths.c - where Helm keeps its files
 */
#include "chart/helm_paths.h"

#include "golang/path.h"

#include <stdlib.h>

/* Go's filepath.Join of two elements: clean, an empty one adds nothing. */
static const char *join(struct arena *a, const char *folder, const char *name)
{
    if (!*folder)
        return *name ? arena_text(a, go_path_clean(a, slice_text(name))) : "";
    struct slice path = *name ? arena_printf(a, "%s/%s", folder, name) : slice_text(folder);
    return arena_text(a, go_path_clean(a, path));
}

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value ? value : "";
}

/* $HELM_…_HOME, $XDG_…_HOME/helm, or ~/FOLDER/helm. */
static const char *home(struct arena *a, const char *own, const char *common, const char *folder)
{
    if (*variable(own))
        return join(a, variable(own), "");
    if (*variable(common))
        return join(a, variable(common), "helm");
    return join(a, join(a, variable("HOME"), folder), "helm");
}

static const char *place(struct arena *a, const char *name, const char *folder, const char *below)
{
    return getenv(name) ? getenv(name) : join(a, folder, below);
}

void helm_paths_find(struct arena *a, struct helm_paths *out)
{
    out->cache_home = home(a, "HELM_CACHE_HOME", "XDG_CACHE_HOME", ".cache");
    out->config_home = home(a, "HELM_CONFIG_HOME", "XDG_CONFIG_HOME", ".config");
    out->data_home = home(a, "HELM_DATA_HOME", "XDG_DATA_HOME", ".local/share");
    out->plugins = place(a, "HELM_PLUGINS", out->data_home, "plugins");
    out->repository_config = place(a, "HELM_REPOSITORY_CONFIG", out->config_home, "repositories.yaml");
    out->repository_cache = place(a, "HELM_REPOSITORY_CACHE", out->cache_home, "repository");
    out->content_cache = place(a, "HELM_CONTENT_CACHE", out->cache_home, "content");
    out->registry_config = place(a, "HELM_REGISTRY_CONFIG", out->config_home, "registry/config.json");
}

const char *helm_cache_path(struct arena *a, const char *name)
{
    return join(a, home(a, "HELM_CACHE_HOME", "XDG_CACHE_HOME", ".cache"), name);
}

/*
 * helm_paths.c - where Helm keeps its files
 */
#include "chart/helm_paths.h"

#include "base/file.h"

#include <stdlib.h>

static const char *environment(const char *variable)
{
    const char *value = getenv(variable);
    return value && *value ? value : NULL;
}

static const char *below(struct arena *a, const char *helm, const char *xdg, const char *home_folder,
                         const char *name)
{
    const char *home = environment("HOME");
    if (environment(helm))
        return file_join(a, slice_text(environment(helm)), slice_text(name));
    if (environment(xdg))
        return arena_printf(a, "%s/helm/%s", environment(xdg), name).ptr;
    return arena_printf(a, "%s%s/helm/%s", home ? home : "", home_folder, name).ptr;
}

static const char *config_path(struct arena *a, const char *name)
{
    return below(a, "HELM_CONFIG_HOME", "XDG_CONFIG_HOME", "/.config", name);
}

const char *helm_cache_path(struct arena *a, const char *name)
{
    return below(a, "HELM_CACHE_HOME", "XDG_CACHE_HOME", "/.cache", name);
}

void helm_paths_find(struct arena *a, struct helm_paths *out)
{
    const char *repositories = environment("HELM_REPOSITORY_CONFIG");
    const char *indexes = environment("HELM_REPOSITORY_CACHE");
    const char *content = environment("HELM_CONTENT_CACHE");
    const char *logins = environment("HELM_REGISTRY_CONFIG");
    out->repository_config = repositories ? repositories : config_path(a, "repositories.yaml");
    out->repository_cache = indexes ? indexes : helm_cache_path(a, "repository");
    out->content_cache = content ? content : helm_cache_path(a, "content");
    out->registry_config = logins ? logins : config_path(a, "registry/config.json");
}

/*
 * detect.c - what lies at a path
 */
#include "project/detect.h"

#include "base/file.h"

static const char *const kustomization_names[] = {"kustomization.yaml", "kustomization.yml", "Kustomization"};

static bool has(struct arena *a, struct slice folder, const char *name, const char **path)
{
    *path = file_join(a, folder, slice_text(name));
    return file_exists(*path);
}

/* Helmfile's rule: exactly one of helmfile.yaml, helmfile.yaml.gotmpl and helmfile.d. *path is null where none is. */
static bool find_state_file(struct arena *a, struct slice folder, const char **path, struct diag *diag)
{
    const char *plain, *template, *several;
    bool has_plain = has(a, folder, "helmfile.yaml", &plain);
    bool has_template = has(a, folder, "helmfile.yaml.gotmpl", &template);
    bool has_several = has(a, folder, "helmfile.d", &several) && file_is_directory(several);
    *path = has_plain ? plain : has_template ? template : has_several ? several : NULL;
    if (has_plain && has_template)
        return diag_error(diag, "both helmfile.yaml and helmfile.yaml.gotmpl exist. Please remove one of them");
    if (has_several && (has_plain || has_template))
        return diag_error(diag,
                          "configuration conlict error: you can have either %s or helmfile.d, but not both",
                          has_plain ? "helmfile.yaml" : "helmfile.yaml.gotmpl");
    return true;
}

static bool detect_folder(struct arena *a, struct slice folder, struct project_place *out, struct diag *diag)
{
    const char *path;
    if (!find_state_file(a, folder, &path, diag))
        return false;
    if (path) {
        *out = (struct project_place){PROJECT_HELMFILE, slice_text(path)};
        return true;
    }
    if (has(a, folder, "Chart.yaml", &path)) {
        *out = (struct project_place){PROJECT_CHART, folder};
        return true;
    }
    for (size_t i = 0; i < sizeof kustomization_names / sizeof kustomization_names[0]; i++) {
        if (has(a, folder, kustomization_names[i], &path)) {
            *out = (struct project_place){PROJECT_KUSTOMIZATION, folder};
            return true;
        }
    }
    return diag_error(diag,
                      "nothing to render in '%.*s': it has no helmfile.yaml, helmfile.yaml.gotmpl, helmfile.d, "
                      "Chart.yaml or kustomization.yaml",
                      SLICE_ARG(folder));
}

bool project_detect(struct arena *a, struct slice path, struct project_place *out, struct diag *diag)
{
    const char *text = arena_text(a, path);
    struct slice folder = path;
    while (folder.len > 1 && folder.ptr[folder.len - 1] == '/')
        folder.len--;
    if (!file_exists(text))
        return diag_error(diag, "open %s: no such file or directory", text);
    if (file_is_directory(text))
        return detect_folder(a, folder, out, diag);
    if (slice_ends(path, SLICE(".tgz")) || slice_ends(path, SLICE(".tar.gz"))) {
        *out = (struct project_place){PROJECT_CHART, path};
        return true;
    }
    if (slice_is(file_base(path), "Chart.yaml")) {
        *out = (struct project_place){PROJECT_CHART, file_folder(path)};
        return true;
    }
    *out = (struct project_place){PROJECT_HELMFILE, path};
    return true;
}

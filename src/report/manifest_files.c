/*
 * manifest_files.c - objects of manifests that were rendered earlier
 */
#include "report/manifest_files.h"

#include "base/file.h"
#include "base/limits.h"
#include "helm/manifest_head.h"

enum {
    DEEPEST_FOLDER = 32
};

static bool read_file(struct object_list *list, const char *path, struct slice release, struct diag *diag)
{
    struct slice text;
    return file_read(list->arena, path, LIMIT_RENDERED_OUTPUT, &text, diag) &&
           object_list_add_text(list, slice_text(path), text, release, diag);
}

static bool is_manifest_name(struct slice name)
{
    return name.ptr[0] != '.' &&
           (slice_ends(name, SLICE(".yaml")) || slice_ends(name, SLICE(".yml")) || slice_ends(name, SLICE(".json")));
}

static bool read_folder(struct object_list *list, const char *folder, struct slice release, int depth,
                        struct diag *diag)
{
    struct slice *names;
    size_t count;
    if (depth > DEEPEST_FOLDER)
        return diag_error(diag, "%s: folders are nested too deeply", folder);
    if (!file_list(list->arena, folder, &names, &count, diag))
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *path = file_join(list->arena, slice_text(folder), names[i]);
        bool ok = true;
        if (file_is_directory(path))
            ok = names[i].ptr[0] == '.' || read_folder(list, path, depth == 0 ? names[i] : release, depth + 1, diag);
        else if (is_manifest_name(names[i]))
            ok = read_file(list, path, release, diag);
        if (!ok)
            return false;
    }
    return true;
}

bool manifest_files_read(struct object_list *list, struct slice path, struct diag *diag)
{
    const char *text = arena_text(list->arena, path);
    size_t before = list->count;
    bool ok = file_is_directory(text) ? read_folder(list, text, SLICE(""), 0, diag)
                                      : read_file(list, text, SLICE(""), diag);
    if (ok && list->count == before)
        diag_warning(diag, "%s has no manifests", text);
    return ok;
}

/* A manifest_document_fn whose context is a bool: the first document says enough. */
static bool judge_document(void *context, struct slice document)
{
    bool *is_object = context;
    struct manifest_head head;
    struct arena scratch;
    struct yaml_error error;
    arena_init(&scratch);
    *is_object = manifest_head_read(&scratch, document, false, &head, &error) && head.api_version.len && head.kind.len;
    arena_release(&scratch);
    return false;
}

bool manifest_files_is_manifest(struct arena *a, struct slice path)
{
    bool is_object = false;
    struct slice text;
    struct diag silent;
    const char *name = arena_text(a, path);
    if (!file_exists(name) || file_is_directory(name))
        return false;
    diag_init(&silent);
    if (file_read(a, name, LIMIT_RENDERED_OUTPUT, &text, &silent))
        manifest_split(text, judge_document, &is_object);
    diag_release(&silent);
    return is_object;
}

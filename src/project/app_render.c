/*
 * app_render.c - Applications of Argo CD rendered from the checkout they lie in
 */
#include "project/app_render.h"

#include "argocd/set_files.h"
#include "base/file.h"
#include "base/limits.h"
#include "codec/yaml_read.h"
#include "codec/yaml_write.h"
#include "golang/path.h"
#include "kustomize/builder.h"
#include "project/app_chart.h"
#include "project/app_kustomize.h"
#include "project/render.h"
#include "project/repository.h"

#include <stdlib.h>

/* One source being rendered. */
struct app_job {
    struct app_files *files;
    const struct application *app;
    const struct app_source *source;
    const char *folder; /* of the source, in the checkout */
    bool fetched;       /* the folder is that of a chart from a repository */
    struct buffer *out;
    struct diag *diag;
};

/* --- files with Applications ---------------------------------------------------------------------------------- */

struct reading {
    struct app_files *files;
    const struct source *source; /* null: only looking */
    struct slice text;
    bool found; /* an Application or ApplicationSet */
    struct arena *arena;
    struct diag *diag;
};

/* Blank lines stand for what precedes a document, so that places are those of the file. */
static bool read_document(void *context, struct slice document)
{
    const struct yaml_read_options options = {.keep_integers = true};
    struct reading *r = context;
    struct yaml_error error;
    struct value v;
    size_t skipped = slice_count_char(slice_of(r->text.ptr, (size_t)(document.ptr - r->text.ptr)), '\n');
    struct buffer padded = BUFFER_INIT;
    buffer_add_repeated(&padded, '\n', skipped);
    buffer_add(&padded, document);
    struct slice text = buffer_move(&padded, r->arena);
    if (!yaml_read(r->arena, r->source, text, &options, &v, &error)) {
        if (!r->source)
            return true;
        diag_error_slice(r->diag, error.message);
        diag_locate(r->diag, (struct diag_place){r->source, (uint32_t)error.line, (uint32_t)error.column, 1});
        return false;
    }
    r->found = r->found || application_is_kind(v);
    return !r->source || applications_add(&r->files->context, v, &r->files->applications, r->diag);
}

bool app_file_is(struct arena *a, struct slice path)
{
    struct reading r = {.arena = a};
    struct diag silent;
    const char *name = arena_text(a, path);
    if (!(slice_ends(path, SLICE(".yaml")) || slice_ends(path, SLICE(".yml"))) || !file_exists(name) ||
        file_is_directory(name))
        return false;
    diag_init(&silent);
    bool ok = file_read(a, name, LIMIT_CHART_ARCHIVE, &r.text, &silent);
    diag_release(&silent);
    if (ok && slice_find(r.text, SLICE("argoproj.io/")) < r.text.len)
        manifest_split(r.text, read_document, &r);
    return r.found;
}

static bool read_file(struct app_files *files, struct slice path, struct diag *diag)
{
    struct arena *a = files->context.arena;
    struct reading r = {.files = files, .arena = a, .diag = diag};
    if (!file_read(a, arena_text(a, path), LIMIT_CHART_ARCHIVE, &r.text, diag))
        return false;
    r.source = source_set_add(files->context.sources, path, r.text);
    return manifest_split(r.text, read_document, &r);
}

bool app_files_read(struct arena *a, struct source_set *sources, const char *root, const struct slice *paths,
                    size_t count, struct app_files *out, struct diag *diag)
{
    struct repository repository;
    *out = (struct app_files){.context = {.arena = a, .sources = sources}};
    if (root) {
        out->context.root = repository_real(a, root);
    } else {
        repository_read(a, paths[0], &repository);
        out->context.root = repository_root(a, paths[0]);
        out->context.url = repository.url;
    }
    for (size_t i = 0; i < count; i++) {
        if (!read_file(out, paths[i], diag))
            return false;
    }
    return true;
}

/* --- paths ---------------------------------------------------------------------------------------------------- */

/* The error stands at the source, and names the Application. */
static bool fail(const struct app_job *job)
{
    struct diag_place nowhere = {NULL, 0, 0, 0};
    struct origin at = job->source->body.origin;
    diag_locate_origin(job->diag, source_set_find(job->files->context.sources, at.source), at);
    diag_note(job->diag, nowhere, "of application '%.*s'", SLICE_ARG(job->app->name));
    return false;
}

/* A path in the tree at `root`, relative to `folder`; one that begins with '/' to the root. Null with *missing where
   nothing is there, or with an error where it leads out. */
static const char *tree_path(const struct app_job *job, const char *root, const char *folder, struct slice path,
                             bool *missing)
{
    struct arena *a = job->files->context.arena;
    const char *base = slice_starts(path, SLICE("/")) ? root : folder;
    while (slice_starts(path, SLICE("/")))
        path = slice_after(path, 1);
    const char *joined = file_join(a, slice_text(base), path);
    *missing = !file_exists(joined);
    if (*missing)
        return NULL;
    if (repository_holds(root, joined))
        return joined;
    diag_error(job->diag, "path '%.*s' leads out of %s", SLICE_ARG(path), job->fetched ? "the chart" : "the checkout");
    fail(job);
    return NULL;
}

static const char *checkout_path(const struct app_job *job, const char *folder, struct slice path, bool *missing)
{
    return tree_path(job, job->files->context.root, folder, path, missing);
}

/* "$ref/path" is in the source of that name. */
static const char *values_path(const struct app_job *job, struct slice path, bool *missing)
{
    const char *folder = job->folder;
    if (slice_starts(path, SLICE("$"))) {
        size_t slash = slice_find_char(path, '/');
        struct slice ref = slice_part(path, 1, slash);
        bool known = false;
        for (size_t i = 0; i < job->app->source_count; i++)
            known = known || (slice_equal(job->app->sources[i].ref, ref) &&
                              set_context_is_here(&job->files->context, job->app->sources[i].url));
        *missing = false;
        if (!known) {
            diag_error(job->diag, "no source of this checkout has the name in '%.*s'", SLICE_ARG(path));
            fail(job);
            return NULL;
        }
        path = slash < path.len ? slice_after(path, slash) : SLICE("/");
    } else if (job->fetched) {
        return tree_path(job, folder, folder, path, missing);
    }
    return checkout_path(job, folder, path, missing);
}

/* --- charts --------------------------------------------------------------------------------------------------- */

static bool append_text(void *buffer, const struct rendered_release *rendered, struct diag *diag)
{
    (void)diag;
    buffer_add(buffer, rendered->text);
    return true;
}

static bool render_plan_of(struct arena *a, struct source_set *sources, struct slice path,
                           const struct plan_options *options, const struct template_output_options *output,
                           struct buffer *out, struct diag *diag)
{
    const struct render_options render = {.output = *output};
    struct plan plan;
    if (!plan_make(a, sources, path, options, &plan, diag))
        return false;
    bool ok = render_plan(&plan, &render, append_text, out, diag);
    plan_release(&plan);
    return ok;
}

/* Values files in their order. */
struct file_list {
    struct slice *items;
    size_t count;
    size_t cap;
};

static void add_values_file(const struct app_job *job, struct file_list *list, struct slice path)
{
    list->items = arena_room(job->files->context.arena, list->items, list->count, &list->cap, sizeof *list->items);
    list->items[list->count++] = path;
}

static bool has_file_path(const struct file_list *list, struct slice path)
{
    for (size_t i = 0; i < list->count; i++) {
        if (slice_equal(list->items[i], path))
            return true;
    }
    return false;
}

static bool is_pattern(struct slice path)
{
    return slice_find_char(path, '*') < path.len || slice_find_char(path, '?') < path.len ||
           slice_find_char(path, '[') < path.len;
}

/* The files that a pattern fits, each once; it is relative as the path of a values file is. */
static bool add_pattern(const struct app_job *job, struct slice pattern, struct file_list *list)
{
    struct arena *a = job->files->context.arena;
    struct slice base = job->source->path;
    struct set_paths found;
    if (slice_starts(pattern, SLICE("$"))) {
        base = SLICE("");
        pattern = slice_after(pattern, slice_find_char(pattern, '/'));
    }
    if (slice_starts(pattern, SLICE("/")))
        base = SLICE("");
    while (slice_starts(pattern, SLICE("/")))
        pattern = slice_after(pattern, 1);
    struct slice whole = go_path_clean(a, slice_text(file_join(a, base, pattern)));
    if (!set_files_glob(&job->files->context, whole, &found, job->diag))
        return false;
    for (size_t i = 0; i < found.count; i++) {
        struct slice path = slice_text(file_join(a, slice_text(job->files->context.root), found.items[i]));
        if (!has_file_path(list, path))
            add_values_file(job, list, path);
    }
    return true;
}

static bool add_one(const struct app_job *job, struct slice name, bool may_miss, struct file_list *list)
{
    bool missing;
    if (is_pattern(name))
        return add_pattern(job, name, list);
    const char *path = values_path(job, name, &missing);
    if (path)
        add_values_file(job, list, slice_text(path));
    if (path || (missing && may_miss))
        return true;
    if (missing) {
        diag_error(job->diag, "values file '%.*s' does not exist", SLICE_ARG(name));
        fail(job);
    }
    return false;
}

static bool values_files(const struct app_job *job, struct value helm, struct layer_flag *out)
{
    struct helmfile_texts names = field_texts(job->files->context.arena, helm, "valueFiles");
    struct file_list list = {NULL, 0, 0};
    for (size_t i = 0; i < names.count; i++) {
        if (!add_one(job, names.items[i], field_is_true(helm, "ignoreMissingValueFiles"), &list))
            return false;
    }
    *out = (struct layer_flag){list.items, list.count};
    return true;
}

/* valuesObject, or else the text in `values`. */
static bool inline_values(const struct app_job *job, struct value helm, struct layer_sources *out)
{
    struct arena *a = job->files->context.arena;
    struct value object = field_value(helm, "valuesObject");
    struct slice text = field_text(helm, "values");
    struct slice error;
    struct buffer yaml = BUFFER_INIT;
    if (value_is_map(object)) {
        if (!yaml_write(&yaml, object, a, &error)) {
            buffer_release(&yaml);
            return diag_error_slice(job->diag, error);
        }
        text = buffer_move(&yaml, a);
    }
    const struct source **items = ARENA_ARRAY(a, const struct source *, 1);
    items[0] = source_set_add(job->files->context.sources,
                              arena_printf(a, "values of application %.*s", SLICE_ARG(job->app->name)), text);
    *out = (struct layer_sources){items, text.len ? 1 : 0};
    return true;
}

/* `parameters` and `fileParameters` as --set, --set-string and --set-file. */
static bool parameters(const struct app_job *job, struct value helm, struct layer_flags *out)
{
    struct arena *a = job->files->context.arena;
    struct field_items rows = field_items(helm, "parameters");
    struct field_items file_rows = field_items(helm, "fileParameters");
    struct slice *set = ARENA_ARRAY(a, struct slice, rows.count + 1);
    struct slice *set_string = ARENA_ARRAY(a, struct slice, rows.count + 1);
    struct slice *set_file = ARENA_ARRAY(a, struct slice, file_rows.count + 1);
    size_t sets = 0, strings = 0;
    for (size_t i = 0; i < rows.count; i++) {
        struct value row = rows.items[i];
        struct slice text = plugin_set_text(a, field_text(row, "name"), field_text(row, "value"));
        if (field_is_true(row, "forceString"))
            set_string[strings++] = text;
        else
            set[sets++] = text;
    }
    for (size_t i = 0; i < file_rows.count; i++) {
        bool missing;
        const char *path = values_path(job, field_text(file_rows.items[i], "path"), &missing);
        if (!path)
            return missing && (diag_error(job->diag, "the file of a file parameter does not exist"), fail(job));
        set_file[i] = plugin_set_text(a, field_text(file_rows.items[i], "name"), slice_text(path));
    }
    out->set = (struct layer_flag){set, sets};
    out->set_string = (struct layer_flag){set_string, strings};
    out->set_file = (struct layer_flag){set_file, file_rows.count};
    return true;
}

static bool render_chart(const struct app_job *job)
{
    struct arena *a = job->files->context.arena;
    struct value helm = field_value(job->source->body, "helm");
    struct slice name = field_text(helm, "releaseName");
    struct slice name_space = field_text(helm, "namespace");
    struct slice chart = slice_text(file_join(a, slice_text(job->folder), SLICE("Chart.yaml")));
    struct plan_options options = {.name = name.len ? name : job->app->name,
                                   .name_space = name_space.len ? name_space : job->app->name_space,
                                   .kube_version = field_text(helm, "kubeVersion"),
                                   .api_versions = field_texts(a, helm, "apiVersions"),
                                   .skip_schema = field_is_true(helm, "skipSchemaValidation")};
    struct template_output_options output = {.include_crds = !field_is_true(helm, "skipCrds"),
                                             .skip_tests = field_is_true(helm, "skipTests")};
    return values_files(job, helm, &options.values.files) && inline_values(job, helm, &options.values.texts) &&
           parameters(job, helm, &options.values) &&
           (render_plan_of(a, job->files->context.sources, chart, &options, &output, job->out, job->diag) ||
            fail(job));
}

/* --- kustomizations, folders, yare as plugin ------------------------------------------------------------------ */

static bool render_kustomization(const struct app_job *job)
{
    struct app_kustomize app = {field_value(job->source->body, "kustomize"), job->folder};
    struct build_options options = {.order = ORDER_UNSET,
                                    .edit = app_kustomize_edit,
                                    .edit_context = &app,
                                    .kube_version = field_text(app.body, "kubeVersion")};
    struct helmfile_texts versions = field_texts(job->files->context.arena, app.body, "apiVersions");
    for (size_t i = 0; i < versions.count; i++)
        texts_add(job->files->context.arena, &options.api_versions, versions.items[i]);
    buffer_add_text(job->out, "---\n");
    return kustomization_build_text(job->files->context.arena, job->files->context.sources, job->folder, &options,
                                    job->out, job->diag) ||
           fail(job);
}

static bool is_manifest_file(struct slice name)
{
    return slice_ends(name, SLICE(".yaml")) || slice_ends(name, SLICE(".yml")) || slice_ends(name, SLICE(".json"));
}

/* A pattern that is empty says nothing. */
static bool matches(struct slice pattern, struct slice path, bool if_empty)
{
    return pattern.len ? go_glob_match(pattern, path) == GO_MATCH_YES : if_empty;
}

/* Appends the files of a folder, `below` being its path under the source's. */
static bool append_folder(const struct app_job *job, struct slice below, size_t depth)
{
    struct arena *a = job->files->context.arena;
    struct value directory = field_value(job->source->body, "directory");
    struct slice *names;
    size_t count;
    const char *folder = file_join(a, slice_text(job->folder), below);
    if (depth > LIMIT_CHART_DEPTH)
        return diag_error(job->diag, "%s: folders are nested too deeply", folder);
    if (!file_list(a, folder, &names, &count, job->diag))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct slice path = slice_text(file_join(a, below, names[i]));
        const char *full = file_join(a, slice_text(folder), names[i]);
        struct slice text;
        if (file_is_directory(full)) {
            if (field_is_true(directory, "recurse") && !append_folder(job, path, depth + 1))
                return false;
            continue;
        }
        if (!is_manifest_file(names[i]) || !matches(field_text(directory, "include"), path, true) ||
            matches(field_text(directory, "exclude"), path, false) || !repository_holds(job->files->context.root, full))
            continue;
        if (!file_read(a, full, LIMIT_CHART_ARCHIVE, &text, job->diag))
            return false;
        if (slice_find(text, SLICE("+argocd:skip-file-rendering")) == text.len)
            buffer_printf(job->out, "---\n%.*s\n", SLICE_ARG(slice_trim(text)));
    }
    return true;
}

bool app_render_plugin(struct arena *a, struct source_set *sources, struct slice path, const struct plugin_call *call,
                       struct buffer *out, struct diag *diag)
{
    const struct plan_options options = {
        .helmfile = {.environment = call->environment.len ? call->environment : SLICE("default"),
                     .selectors = {call->selectors.items, call->selectors.count}},
        .values = {.files = {call->values_files.items, call->values_files.count},
                   .set = {call->set.items, call->set.count}},
        .name = call->app_name,
        .name_space = call->name_space,
        .kube_version = call->kube_version,
        .api_versions = {call->api_versions.items, call->api_versions.count},
    };
    const struct template_output_options output = {.include_crds = !call->skip_crds};
    const struct build_options build = {.kube_version = call->kube_version};
    struct project_place place;
    if (!project_detect(a, path, &place, diag))
        return false;
    if (place.kind == PROJECT_KUSTOMIZATION)
        return kustomization_build_text(a, sources, arena_text(a, place.path), &build, out, diag);
    return render_plan_of(a, sources, path, &options, &output, out, diag);
}

/* Values files of the call are relative to the folder that the plugin would run in. */
static bool place_values_files(const struct app_job *job, struct plugin_call *call)
{
    for (size_t i = 0; i < call->values_files.count; i++) {
        bool missing;
        const char *path = checkout_path(job, job->folder, call->values_files.items[i], &missing);
        if (!path)
            return missing && (diag_error(job->diag, "values file '%.*s' does not exist",
                                          SLICE_ARG(call->values_files.items[i])),
                               fail(job));
        call->values_files.items[i] = slice_text(path);
    }
    return true;
}

static bool render_plugin(const struct app_job *job)
{
    struct app_files *files = job->files;
    struct value plugin = field_value(job->source->body, "plugin");
    struct plugin_call call;
    if (!slice_is(field_text(plugin, "name"), "yare") && field_text(plugin, "name").len) {
        diag_error(job->diag, "plugin '%.*s' is not yare's", SLICE_ARG(field_text(plugin, "name")));
        return fail(job);
    }
    if (!plugin_call_of_source(files->context.arena, plugin, &call, job->diag))
        return fail(job);
    call.app_name = job->app->name;
    call.name_space = job->app->name_space;
    return place_values_files(job, &call) &&
           (app_render_plugin(files->context.arena, files->context.sources, slice_text(job->folder), &call, job->out,
                              job->diag) ||
            fail(job));
}

/* --- sources -------------------------------------------------------------------------------------------------- */

static bool has_file(const struct app_job *job, const char *name)
{
    return file_exists(file_join(job->files->context.arena, slice_text(job->folder), slice_text(name)));
}

/* The tool that the source names, or else the one that Argo CD would find. */
static bool render_source(const struct app_job *job)
{
    struct value body = job->source->body;
    if (value_is_map(field_value(body, "plugin")))
        return render_plugin(job);
    if (value_is_map(field_value(body, "directory")))
        return append_folder(job, SLICE(""), 0);
    if (value_is_map(field_value(body, "kustomize")))
        return render_kustomization(job);
    if (value_is_map(field_value(body, "helm")) || has_file(job, "Chart.yaml"))
        return render_chart(job);
    if (has_file(job, "kustomization.yaml") || has_file(job, "kustomization.yml") || has_file(job, "Kustomization"))
        return render_kustomization(job);
    return append_folder(job, SLICE(""), 0);
}

bool app_render(struct app_files *files, const struct application *app, struct buffer *out, struct diag *diag)
{
    for (size_t i = 0; i < app->source_count; i++) {
        struct app_job job = {
            .files = files, .app = app, .source = &app->sources[i], .out = out, .diag = diag};
        bool missing;
        if (job.source->path.len == 0 && job.source->chart.len == 0 && job.source->ref.len)
            continue; /* only there to be referred to */
        if (job.source->chart.len) {
            job.fetched = true;
            if (!app_chart_fetch(files->context.arena, job.source, &job.folder, diag))
                return fail(&job);
            if (!render_source(&job))
                return false;
            continue;
        }
        if (!set_context_is_here(&files->context, job.source->url)) {
            diag_error(diag, "repository %.*s is not the one checked out here", SLICE_ARG(job.source->url));
            return fail(&job);
        }
        job.folder = checkout_path(&job, files->context.root, job.source->path, &missing);
        if (!job.folder && missing) {
            diag_error(diag, "path '%.*s' does not exist in the checkout", SLICE_ARG(job.source->path));
            return fail(&job);
        }
        if (!job.folder || !render_source(&job))
            return false;
    }
    return true;
}

bool app_file_render(struct arena *a, struct source_set *sources, const char *root, struct slice path,
                     struct buffer *out, struct diag *diag)
{
    struct app_files files;
    if (!app_files_read(a, sources, root, &path, 1, &files, diag))
        return false;
    for (size_t i = 0; i < files.applications.count; i++) {
        if (!app_render(&files, &files.applications.items[i], out, diag))
            return false;
    }
    return true;
}

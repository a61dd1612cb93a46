/*
 * lint.c - what `helm lint` says of a chart
 *
 * The order of the rules, those of values, dependencies and CRDs, and what all of them use.
 */
#include "helm/lint_rules.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/temporary.h"
#include "chart/archive.h"
#include "chart/folder.h"
#include "codec/yaml_read.h"
#include "golang/path.h"
#include "helm/coalesce.h"
#include "helm/schema_check.h"

#include <errno.h>
#include <unistd.h>

/* --- messages ----------------------------------------------------------------------------------------------- */

void lint_add(struct lint *l, enum lint_severity severity, struct slice path, struct slice text)
{
    struct lint_report *report = l->report;
    report->items = arena_room(l->arena, report->items, report->count, &report->cap, sizeof *report->items);
    /* the path may be a name in a chart that is freed before the report */
    report->items[report->count++] = (struct lint_message){severity, arena_slice(l->arena, path), text};
}

void lint_add_text(struct lint *l, enum lint_severity severity, const char *path, const char *format, ...)
{
    struct buffer text = BUFFER_INIT;
    va_list args;
    va_start(args, format);
    buffer_vprintf(&text, format, args);
    va_end(args);
    lint_add(l, severity, slice_text(path), buffer_move(&text, l->arena));
}

struct slice lint_take_error(struct lint *l, struct diag *diag)
{
    struct slice error = SLICE("");
    for (const struct diag_entry *entry = diag->first; entry; entry = entry->next) {
        if (entry->severity == DIAG_ERROR) {
            error = arena_slice(l->arena, entry->message);
            continue;
        }
        diag_info(l->log, "%.*s", SLICE_ARG(entry->message));
        l->log->last->severity = entry->severity;
    }
    diag_release(diag);
    return error;
}

const char *lint_path(struct lint *l, const char *name)
{
    return file_join(l->arena, l->folder, slice_text(name));
}

struct chart *lint_load(struct lint *l, struct slice *error)
{
    const struct chart_load_options options = {.any_version = true};
    struct chart *chart = NULL;
    struct diag diag;
    diag_init(&diag);
    chart_load(arena_text(l->arena, l->folder), &options, l->sources, &chart, &diag);
    *error = lint_take_error(l, &diag);
    return chart;
}

/* --- values.yaml -------------------------------------------------------------------------------------------- */

static bool read_values(struct lint *l, struct slice text, struct value *out, struct slice *error)
{
    const struct yaml_read_options options = {.no_origin = true};
    struct yaml_error reason;
    if (!yaml_read(l->arena, NULL, text, &options, out, &reason)) {
        *error = arena_concat(l->arena, SLICE("error converting YAML to JSON: "), reason.message);
        return false;
    }
    if (out->kind == VALUE_NIL)
        *out = value_map(map_new(l->arena, 0));
    if (value_is_map(*out))
        return true;
    *error = arena_printf(l->arena,
                          "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal %s into Go value of "
                          "type common.Values", value_json_kind(*out));
    return false;
}

/* The overrides over the chart's own values, subcharts not looked at, against the schema that lies beside them. */
static void check_schema(struct lint *l, struct value values, struct slice schema)
{
    const struct coalesce_options options = {.helm3 = false};
    struct map *merged = map_new(l->arena, 8);
    struct buffer faults = BUFFER_INIT;
    struct diag diag;
    diag_init(&diag);
    coalesce_tables(merged, l->options->values.map, SLICE(""), &options, l->arena, &diag);
    coalesce_tables(merged, values.map, SLICE(""), &options, l->arena, &diag);
    if (schema.len && !l->options->skip_schema)
        schema_check_text(schema, value_map(merged), &faults, &diag);
    lint_take_error(l, &diag);
    if (faults.len)
        lint_add(l, LINT_ERROR, SLICE("values.yaml"), arena_slice(l->arena, buffer_slice(&faults)));
    buffer_release(&faults);
}

static struct slice read_file(struct lint *l, const char *name, struct slice *text)
{
    struct diag diag;
    diag_init(&diag);
    *text = SLICE("");
    file_read(l->arena, lint_path(l, name), 0, text, &diag);
    return lint_take_error(l, &diag);
}

static void lint_values(struct lint *l)
{
    struct slice text;
    struct slice schema;
    struct value values = value_nil();
    if (!file_exists(lint_path(l, "values.yaml"))) {
        lint_add_text(l, LINT_INFO, "values.yaml", "file does not exist");
        return;
    }
    struct slice error = read_file(l, "values.yaml", &text);
    if (error.len || !read_values(l, text, &values, &error)) {
        lint_add(l, LINT_ERROR, SLICE("values.yaml"),
                 arena_concat(l->arena, SLICE("unable to parse YAML: "), error));
        return;
    }
    read_file(l, "values.schema.json", &schema);
    check_schema(l, values, schema);
}

/* --- dependencies ------------------------------------------------------------------------------------------- */

static void add_list(struct lint *l, enum lint_severity severity, const char *text, struct buffer *names)
{
    if (names->len)
        lint_add(l, severity, l->folder,
                 arena_printf(l->arena, "%s: %.*s", text, SLICE_ARG(slice_after(buffer_slice(names), 1))));
    buffer_release(names);
}

static void add_name(struct buffer *names, struct slice name)
{
    buffer_add_char(names, ',');
    buffer_add(names, name);
}

static bool declares(const struct chart *chart, struct slice name)
{
    for (size_t i = 0; i < chart->metadata.dependencies.count; i++) {
        if (slice_equal(chart->metadata.dependencies.items[i]->name, name))
            return true;
    }
    return false;
}

static bool has(const struct chart *chart, struct slice name)
{
    for (size_t i = 0; i < chart->dependency_count; i++) {
        if (slice_equal(chart->dependencies[i]->metadata.name, name))
            return true;
    }
    return false;
}

static bool is_taken(const struct chart_dependencies *declared, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (slice_equal(dependency_key(declared->items[i]), dependency_key(declared->items[index])))
            return true;
    }
    return false;
}

static void check_dependencies(struct lint *l, const struct chart *chart)
{
    const struct chart_dependencies *declared = &chart->metadata.dependencies;
    struct buffer undeclared = BUFFER_INIT;
    struct buffer shadowing = BUFFER_INIT;
    struct buffer missing = BUFFER_INIT;
    for (size_t i = 0; i < chart->dependency_count; i++) {
        if (!declares(chart, chart->dependencies[i]->metadata.name))
            add_name(&undeclared, chart->dependencies[i]->metadata.name);
    }
    for (size_t i = 0; i < declared->count; i++) {
        if (is_taken(declared, i))
            add_name(&shadowing, dependency_key(declared->items[i]));
        if (!has(chart, declared->items[i]->name))
            add_name(&missing, declared->items[i]->name);
    }
    add_list(l, LINT_ERROR, "chart metadata is missing these dependencies", &undeclared);
    add_list(l, LINT_ERROR, "multiple dependencies with name or alias", &shadowing);
    add_list(l, LINT_WARNING, "chart directory is missing these dependencies", &missing);
}

static void lint_dependencies(struct lint *l)
{
    struct slice error;
    struct chart *chart = lint_load(l, &error);
    if (chart)
        check_dependencies(l, chart);
    else
        lint_add(l, LINT_ERROR, SLICE(""), arena_concat(l->arena, SLICE("unable to load chart\n\t"), error));
    chart_free(chart);
}

/* --- crds/ -------------------------------------------------------------------------------------------------- */

struct crd_check {
    struct lint *lint;
    struct slice name;
};

static bool check_crd(void *context, const struct lint_object *object)
{
    struct crd_check *check = context;
    if (!slice_starts(object->api_version, SLICE("apiextensions.k8s.io")))
        lint_add(check->lint, LINT_ERROR, check->name, SLICE("apiVersion is not in 'apiextensions.k8s.io'"));
    if (!slice_is(object->kind, "CustomResourceDefinition"))
        lint_add(check->lint, LINT_ERROR, check->name, SLICE("object kind is not 'CustomResourceDefinition'"));
    return true;
}

/* False where a file cannot be read, which ends the rules. */
static bool check_crd_file(void *context, const struct chart_file *file)
{
    struct lint *l = context;
    struct crd_check check = {l, file->name};
    struct slice error;
    if (lint_objects(l, file->bytes, check_crd, &check, &error))
        return true;
    lint_add(l, LINT_ERROR, file->name, arena_concat(l->arena, SLICE("unable to parse YAML: "), error));
    return false;
}

static void lint_crds(struct lint *l)
{
    const char *path = lint_path(l, "crds");
    struct slice error;
    if (!file_exists(path))
        return;
    if (!file_is_directory(path)) {
        lint_add_text(l, LINT_ERROR, "crds/", "not a directory");
        return;
    }
    struct chart *chart = lint_load(l, &error);
    if (chart)
        chart_each_crd(chart, check_crd_file, l);
    else
        lint_add(l, LINT_ERROR, SLICE("crds/"), error);
    chart_free(chart);
}

/* --- the whole ---------------------------------------------------------------------------------------------- */

static bool fail(struct lint *l, const char *what, struct slice error)
{
    l->report->failure = arena_printf(l->arena, "%s: %.*s", what, SLICE_ARG(error));
    return false;
}

static void lint_folder(struct lint *l, const char *folder)
{
    struct slice chart_file = slice_text(file_join(l->arena, slice_text(folder), SLICE("Chart.yaml")));
    if (access(chart_file.ptr, F_OK) != 0) {
        struct slice error = arena_printf(l->arena, "stat %.*s: %s", SLICE_ARG(chart_file), file_error_text(errno));
        fail(l, "unable to check Chart.yaml file in chart", error);
        return;
    }
    l->folder = go_path_abs(l->arena, slice_text(folder));
    lint_chart_file(l);
    lint_values(l);
    lint_templates(l);
    lint_dependencies(l);
    lint_crds(l);
}

/* Reads the archive's files and the name that its chart gives itself. */
static bool read_archive(struct lint *l, const char *path, struct chart_files *files, struct slice *name)
{
    struct file_list list = {{NULL, 0}, 0};
    struct slice bytes;
    struct slice error = SLICE("");
    struct chart_metadata md;
    struct diag diag;
    diag_init(&diag);
    if (!file_read(l->arena, path, LIMIT_CHART_ARCHIVE, &bytes, &diag))
        return fail(l, "unable to open tarball", lint_take_error(l, &diag));
    bool ok = archive_read(l->arena, bytes, &list, &error);
    metadata_init(&md);
    for (size_t i = 0; ok && i < list.files.count; i++) {
        if (slice_is(list.files.items[i].name, "Chart.yaml"))
            ok = metadata_read(l->arena, NULL, list.files.items[i].bytes, "Chart.yaml", false, &md, &diag);
    }
    struct slice fault = lint_take_error(l, &diag);
    if (!ok)
        return fail(l, "unable to extract tarball", error.len ? error : fault);
    if (md.name.len == 0)
        return fail(l, "unable to extract tarball", SLICE("chart name not specified"));
    if (!slice_equal(go_path_base(md.name), md.name) || slice_is(md.name, "..") || slice_is(md.name, "."))
        return fail(l, "unable to extract tarball", arena_printf(l->arena, "chart name \"%.*s\" is not allowed",
                                                                 SLICE_ARG(md.name)));
    *files = list.files;
    *name = md.name;
    return true;
}

static bool unpack(struct lint *l, const struct chart_files *files, struct slice folder)
{
    struct diag diag;
    diag_init(&diag);
    bool ok = true;
    for (size_t i = 0; ok && i < files->count; i++)
        ok = file_write(file_join(l->arena, folder, files->items[i].name), files->items[i].bytes, NULL, &diag);
    struct slice error = lint_take_error(l, &diag);
    return ok || fail(l, "unable to extract tarball", error);
}

static void lint_archive(struct lint *l, const char *path)
{
    struct temporary_folder temporary;
    struct chart_files files;
    struct slice name;
    struct diag diag;
    if (!read_archive(l, path, &files, &name))
        return;
    diag_init(&diag);
    bool ok = temporary_folder_make(l->arena, &temporary, &diag);
    struct slice error = lint_take_error(l, &diag);
    if (!ok) {
        fail(l, "unable to create temp dir to extract tarball", error);
        return;
    }
    struct slice chart = slice_text(file_join(l->arena, slice_text(temporary.path), name));
    if (unpack(l, &files, chart))
        lint_folder(l, chart.ptr);
    temporary_folder_remove(&temporary);
}

void lint_chart(const char *path, const struct lint_options *options, struct arena *a, struct source_set *sources,
                struct lint_report *report, struct diag *log)
{
    struct lint l = {.options = options, .arena = a, .sources = sources, .report = report, .log = log};
    struct slice text = slice_text(path);
    memset(report, 0, sizeof *report);
    if (slice_ends(text, SLICE(".tgz")) || slice_ends(text, SLICE(".tar.gz")))
        lint_archive(&l, path);
    else
        lint_folder(&l, path);
}

/*
 * lint_templates.c - the rules of templates/
 *
 * The chart is rendered as a release named test-release; each file that a template of the root chart gave is then read
 * object by object. A document that cannot be read ends the rules for all files after it, as it does in Helm.
 */
#include "helm/lint_rules.h"

#include "base/file.h"
#include "codec/yaml_read.h"
#include "golang/path.h"
#include "golang/regexp.h"
#include "golang/strconv.h"
#include "golang/unicode.h"
#include "helm/api_lifecycle.h"
#include "helm/coalesce.h"
#include "helm/engine.h"
#include "helm/object_name.h"
#include "helm/schema_check.h"

#include <strings.h>

enum {
    LONGEST_LINE = 65536 /* what Go's bufio.Scanner takes */
};

static const char folder[] = "templates/";

/* --- rendering ---------------------------------------------------------------------------------------------- */

static bool run_engine(struct lint *l, const struct release_chart *root, const struct capabilities *capabilities,
                       struct rendered_files *out, struct diag *diag)
{
    struct function_host host = {.helm3 = false};
    struct release_info info = {
        .name = SLICE("test-release"), .name_space = l->options->name_space, .is_lint = true};
    struct engine_options engine = {.functions = l->options->functions,
                                    .host = &host,
                                    .release = &info,
                                    .capabilities = capabilities,
                                    .lint = true};
    bool ok = engine_render(root, &engine, l->arena, out, diag);
    regexp_cache_free(host.regexps);
    return ok;
}

/* Values are coalesced twice: what the first time drops because it is null comes back from the defaults. */
static bool coalesce(struct lint *l, const struct chart *chart, struct release_chart **root, struct diag *diag)
{
    struct coalesce_options options = {.helm3 = false};
    return conditions_process(chart, l->options->values, false, l->arena, root, diag) &&
           coalesce_release(*root, l->options->values, &options, l->arena, diag);
}

/* Renders the chart. False where nothing was rendered, with *error empty where Helm says nothing about that. */
static bool render(struct lint *l, const struct chart *chart, struct capabilities *capabilities,
                   struct rendered_files *out, struct slice *error)
{
    struct diag diag;
    struct release_chart *root;
    struct coalesce_options options = {.helm3 = false};
    struct capabilities_options cluster = {.kube_version = l->options->kube_version};
    diag_init(&diag);
    if (!coalesce(l, chart, &root, &diag)) {
        lint_take_error(l, &diag);
        *error = SLICE("");
        return false;
    }
    bool ok = capabilities_make(l->arena, &cluster, capabilities, &diag) &&
              coalesce_release(root, value_map(root->values), &options, l->arena, &diag) &&
              (l->options->skip_schema || schema_check_release(root, NULL, false, l->options->debug, &diag)) &&
              run_engine(l, root, capabilities, out, &diag);
    *error = lint_take_error(l, &diag);
    return ok;
}

/* --- objects ------------------------------------------------------------------------------------------------ */

/* A rendered file that is being looked at. */
struct file_check {
    struct lint *lint;
    struct slice name;
    struct slice text;
    const struct capabilities *capabilities;
};

static void check_name(struct file_check *f, const struct lint_object *object)
{
    struct buffer reason = BUFFER_INIT;
    struct buffer name = BUFFER_INIT;
    if (!object_name_check(object->kind, object->metadata.name, &reason)) {
        go_quote(&name, object->metadata.name);
        lint_add(f->lint, LINT_WARNING, f->name,
                 arena_printf(f->lint->arena,
                              "object name does not conform to Kubernetes naming requirements: %.*s: %.*s",
                              SLICE_ARG(buffer_slice(&name)), SLICE_ARG(buffer_slice(&reason))));
    }
    buffer_release(&name);
    buffer_release(&reason);
}

static void check_api_version(struct file_check *f, const struct lint_object *object)
{
    struct buffer text = BUFFER_INIT;
    if (api_lifecycle_warning(object->api_version, object->kind, f->capabilities->major, f->capabilities->minor, &text))
        lint_add(f->lint, LINT_WARNING, f->name, arena_slice(f->lint->arena, buffer_slice(&text)));
    buffer_release(&text);
}

static bool contains(struct slice text, struct slice part)
{
    return slice_find(text, part) < text.len;
}

/* Looks at the whole file, not at the object alone. */
static void check_selector(struct file_check *f, const struct lint_object *object)
{
    static const char *const kinds[] = {"Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"};
    if (contains(f->text, SLICE("matchLabels")) || contains(f->text, SLICE("matchExpressions")))
        return;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (!slice_is(object->kind, kinds[i]))
            continue;
        struct buffer name = BUFFER_INIT;
        go_quote(&name, object->metadata.name);
        lint_add(f->lint, LINT_ERROR, f->name,
                 arena_printf(f->lint->arena, "a %s must contain matchLabels or matchExpressions, and %.*s does not",
                              kinds[i], SLICE_ARG(buffer_slice(&name))));
        buffer_release(&name);
    }
}

/* The value below a key in any letter case, of a map or of anything else. */
static struct value field(struct value v, const char *key)
{
    for (uint32_t i = 0; value_is_map(v) && i < v.map->len; i++) {
        const struct entry *entry = &v.map->entries[i];
        if (entry->key.len == strlen(key) && strncasecmp(entry->key.ptr, key, entry->key.len) == 0)
            return entry->value;
    }
    return value_nil();
}

static bool keeps_resource(struct value item)
{
    struct value annotations = field(field(item, "metadata"), "annotations");
    return value_is_map(annotations) && map_find_text(annotations.map, "helm.sh/resource-policy");
}

/* A List is read from the first document of its file, wherever it stands. */
static void check_list(struct file_check *f, const struct lint_object *object)
{
    const struct yaml_read_options options = {.no_origin = true};
    struct value v = value_nil();
    struct yaml_error error;
    if (!slice_is(object->kind, "List"))
        return;
    if (!yaml_read(f->lint->arena, NULL, f->text, &options, &v, &error)) {
        lint_add(f->lint, LINT_ERROR, f->name,
                 arena_printf(f->lint->arena, "unable to parse YAML: error converting YAML to JSON: %.*s",
                              SLICE_ARG(error.message)));
        return;
    }
    struct value items = field(v, "items");
    for (uint32_t i = 0; value_is_list(items) && i < items.list->len; i++) {
        if (keeps_resource(items.list->items[i])) {
            lint_add(f->lint, LINT_ERROR, f->name,
                     SLICE("annotation 'helm.sh/resource-policy' within List objects are ignored"));
            return;
        }
    }
}

static bool check_object(void *context, const struct lint_object *object)
{
    struct file_check *f = context;
    check_name(f, object);
    check_api_version(f, object);
    check_selector(f, object);
    check_list(f, object);
    return true;
}

/* --- files -------------------------------------------------------------------------------------------------- */

static void check_extension(struct lint *l, struct slice name)
{
    static const char *const valid[] = {".yaml", ".yml", ".tpl", ".txt"};
    struct slice extension = go_path_ext(name);
    for (size_t i = 0; i < sizeof valid / sizeof valid[0]; i++) {
        if (slice_is(extension, valid[i]))
            return;
    }
    lint_add(l, LINT_ERROR, name,
             arena_printf(l->arena,
                          "file extension '%.*s' not valid. Valid extensions are .yaml, .yml, .tpl, or .txt",
                          SLICE_ARG(extension)));
}

static bool is_yaml(struct slice name)
{
    struct slice extension = go_path_ext(name);
    return (extension.len == 5 && strncasecmp(extension.ptr, ".yaml", 5) == 0) ||
           (extension.len == 4 && strncasecmp(extension.ptr, ".yml", 4) == 0);
}

/* The first line that is not blank may not be indented. */
static void check_indent(struct lint *l, struct slice name, struct slice text)
{
    struct slice line;
    while (slice_next_piece(&text, '\n', &line)) {
        if (line.len >= LONGEST_LINE) {
            lint_add(l, LINT_WARNING, name, SLICE("bufio.Scanner: token too long"));
            return;
        }
        if (slice_ends(line, SLICE("\r")))
            line.len--;
        if (go_trim_space(line).len == 0)
            continue;
        if (line.ptr[0] != ' ' && line.ptr[0] != '\t')
            return;
        struct buffer message = BUFFER_INIT;
        buffer_add_text(&message, "document starts with an illegal indent: ");
        go_quote(&message, line);
        buffer_add_text(&message, ", which may cause parsing problems");
        lint_add(l, LINT_WARNING, name, buffer_move(&message, l->arena));
        return;
    }
}

static struct slice rendered_text(const struct rendered_files *files, struct slice name)
{
    for (size_t i = 0; i < files->count; i++) {
        if (slice_equal(files->items[i].name, name))
            return files->items[i].text;
    }
    return SLICE("");
}

/* False where a document could not be read. */
static bool check_file(struct lint *l, const struct chart *chart, const struct chart_file *file,
                       const struct rendered_files *files, const struct capabilities *capabilities)
{
    struct slice name = arena_printf(l->arena, "%.*s/%.*s", SLICE_ARG(chart->metadata.name), SLICE_ARG(file->name));
    struct slice error;
    check_extension(l, file->name);
    if (!is_yaml(file->name))
        return true;
    struct file_check f = {l, file->name, rendered_text(files, name), capabilities};
    if (go_trim_space(f.text).len == 0)
        return true;
    check_indent(l, f.name, f.text);
    if (lint_objects(l, f.text, check_object, &f, &error))
        return true;
    lint_add(l, LINT_ERROR, f.name, arena_concat(l->arena, SLICE("unable to parse YAML: "), error));
    return false;
}

static void check_files(struct lint *l, const struct chart *chart)
{
    struct capabilities capabilities;
    struct rendered_files files = {NULL, 0};
    struct slice error;
    if (!render(l, chart, &capabilities, &files, &error)) {
        if (error.len)
            lint_add(l, LINT_ERROR, slice_text(folder), error);
        return;
    }
    for (size_t i = 0; i < chart->templates.count; i++) {
        if (!check_file(l, chart, &chart->templates.items[i], &files, &capabilities))
            return;
    }
}

void lint_templates(struct lint *l)
{
    const char *path = lint_path(l, "templates");
    struct slice error;
    if (!file_exists(path)) {
        lint_add_text(l, LINT_WARNING, folder, "directory does not exist");
        return;
    }
    if (!file_is_directory(path)) {
        lint_add_text(l, LINT_ERROR, folder, "not a directory");
        return;
    }
    struct chart *chart = lint_load(l, &error);
    if (chart)
        check_files(l, chart);
    else
        lint_add(l, LINT_ERROR, slice_text(folder), error);
    chart_free(chart);
}

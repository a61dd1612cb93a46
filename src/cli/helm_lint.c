/*
 * helm_lint.c - `helm lint`
 *
 * Findings are results and go to standard output; what Helm logs while it renders goes to standard error.
 */
#include "base/file.h"
#include "cli/helm_options.h"
#include "funcs/library.h"
#include "helm/capabilities.h"
#include "helm/lint_output.h"

#include <sys/stat.h>

struct lint_run {
    struct helm_global_options global;
    struct helm_value_options values;
    struct slice kube_version;
    bool with_subcharts;
    bool skip_schema;
    bool help;
    struct lint_output output;
    struct buffer out;
};

static bool is_real_folder(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Charts below charts/, unpacked or packed, at any depth; folders in bytewise order. */
static void find_subcharts(struct context *c, struct slice folder, struct text_list *paths)
{
    struct slice *names;
    size_t count = 0;
    struct diag ignored;
    diag_init(&ignored);
    file_list(c->arena, arena_text(c->arena, folder), &names, &count, &ignored);
    diag_release(&ignored);
    for (size_t i = 0; i < count; i++) {
        struct slice path = slice_text(file_join(c->arena, folder, names[i]));
        if (slice_is(names[i], "Chart.yaml"))
            text_list_add(c->arena, paths, folder);
        else if (slice_ends(path, SLICE(".tgz")) || slice_ends(path, SLICE(".tar.gz")))
            text_list_add(c->arena, paths, path);
        if (is_real_folder(path.ptr))
            find_subcharts(c, path, paths);
    }
}

static int finish(struct context *c, struct lint_run *run)
{
    lint_output_end(&run->output, &run->out, c->diag);
    context_print(c, buffer_slice(&run->out));
    buffer_release(&run->out);
    return context_finish(c, EXIT_DONE);
}

static int lint_all(struct context *c, struct lint_run *run, struct text_list *paths)
{
    struct value_layers layers;
    struct capabilities_options cluster = {.kube_version = run->kube_version};
    struct capabilities ignored;
    if (run->kube_version.len && !capabilities_make(c->arena, &cluster, &ignored, c->diag))
        return context_finish(c, EXIT_FAILED);
    size_t given = paths->count;
    for (size_t i = 0; run->with_subcharts && i < given; i++)
        find_subcharts(c, slice_text(file_join(c->arena, paths->items[i], SLICE("charts"))), paths);
    if (!helm_read_values(c, &run->values, false, &layers))
        return context_finish(c, EXIT_FAILED);
    struct lint_options options = {.values = layers.merged,
                                   .name_space = helm_namespace(c, &run->global),
                                   .kube_version = run->kube_version,
                                   .skip_schema = run->skip_schema,
                                   .debug = c->debug,
                                   .functions = library_new(c->arena, LIBRARY_HELM4)};
    for (size_t i = 0; i < paths->count; i++) {
        struct lint_report report;
        lint_chart(arena_text(c->arena, paths->items[i]), &options, c->arena, c->sources, &report, c->diag);
        lint_output_add(&run->output, paths->items[i], &report, &run->out);
    }
    return finish(c, run);
}

int helm_lint(struct context *c)
{
    struct lint_run run;
    struct option_result result;
    memset(&run, 0, sizeof run);
    const struct option own[] = {
        {.name = "help", .letter = 'h', .kind = OPTION_HELP, .target = &run.help, .help = "this text"},
        {.name = "kube-version",
         .kind = OPTION_TEXT,
         .target = &run.kube_version,
         .argument = "string",
         .help = "Kubernetes version for .Capabilities and for deprecations"},
        {.name = "quiet", .kind = OPTION_FLAG, .target = &run.output.quiet, .help = "print warnings and errors only"},
        {.name = "skip-schema-validation",
         .kind = OPTION_FLAG,
         .target = &run.skip_schema,
         .help = "do not check values.schema.json"},
        {.name = "strict", .kind = OPTION_FLAG, .target = &run.output.strict, .help = "warnings fail, too"},
        {.name = "with-subcharts",
         .kind = OPTION_FLAG,
         .target = &run.with_subcharts,
         .help = "lint the charts in charts/, too"},
        {.name = NULL},
    };
    const struct option *tables[] = {own, helm_value_table(c->arena, &run.values),
                                     helm_global_table(c->arena, &run.global)};
    if (!helm_parse(c, tables, 3, &run.global, &result))
        return context_finish(c, EXIT_FAILED);
    if (run.help)
        return helm_help(c, "lint PATH", "Examines charts for what would fail and for what is not usual.", tables, 3);
    if (c->style == MESSAGES_HELM3)
        diag_error(c->diag, "lint has the rules of Helm 4 only; leave --helm-version 3 out");
    if (c->diag->errors || !helm_check_arguments(c, "lint PATH", &result.arguments, HELM_AT_LEAST, 1))
        return context_finish(c, EXIT_FAILED);
    return lint_all(c, &run, &result.arguments);
}

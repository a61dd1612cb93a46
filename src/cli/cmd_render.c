/*
 * cmd_render.c - `yare render`: the manifests of a chart or a state file
 */
#include "base/file.h"
#include "cli/progress.h"
#include "cli/project_options.h"
#include "cli/render_watch.h"
#include "cli/terminal.h"
#include "kustomize/builder.h"
#include "kustomize/output.h"
#include "project/app_render.h"
#include "project/hydrate.h"
#include "project/render_tree.h"
#include "report/annotate.h"

struct render_command {
    struct project_options project;
    struct text_list environments;
    struct text_list show_only;
    struct slice output_dir;
    struct slice layout;
    struct slice seed;
    struct slice load_restrictor;
    bool enable_helm;
    bool include_crds;
    bool no_hooks;
    bool skip_tests;
    bool include_needs;
    bool watch;
    bool annotate;
};

/* Where printing stands. */
struct printing {
    struct context *context;
    bool blank_lines; /* after each release, as helmfile template prints several */
    const struct template_output_options *annotated; /* null: without remarks */
};

/* The release again, with the origin of each field behind it. */
static bool print_annotated(struct printing *p, const struct rendered_release *rendered, struct diag *diag)
{
    struct arena scratch;
    struct buffer text = BUFFER_INIT;
    arena_init(&scratch);
    bool ok = annotate_release(&scratch, p->context->sources, rendered, p->annotated, terminal_colour(SLICE("")), &text,
                               diag) &&
              context_print(p->context, buffer_slice(&text));
    buffer_release(&text);
    arena_release(&scratch);
    return ok;
}

static bool print_release(void *context, const struct rendered_release *rendered, struct diag *diag)
{
    struct printing *p = context;
    bool ok = p->annotated ? print_annotated(p, rendered, diag) : context_print(p->context, rendered->text);
    if (!ok)
        return false;
    return !p->blank_lines || context_print(p->context, SLICE("\n"));
}

/* Several environments go to a folder each below the one given. */
static struct slice folder_for(struct context *c, const struct render_command *o, const struct plan_options *options)
{
    if (o->environments.count < 2)
        return o->output_dir;
    return slice_text(file_join(c->arena, o->output_dir, options->helmfile.environment));
}

static bool render_to_folder(struct context *c, struct plan *plan, const struct render_options *options,
                             struct slice folder)
{
    struct render_tree *tree = render_tree_new(c->arena, plan);
    struct render_tree_counts counts;
    if (!render_plan(plan, options, render_tree_add, tree, c->diag) ||
        !render_tree_write(tree, folder, &counts, c->diag))
        return false;
    diag_info(c->diag, "%.*s: %zu written, %zu unchanged, %zu removed", SLICE_ARG(folder), counts.written,
              counts.unchanged, counts.removed);
    return true;
}

static bool read_render_options(struct context *c, const struct render_command *o, struct render_options *options)
{
    *options = (struct render_options){.threads = (size_t)o->project.threads,
                                       .trace = o->annotate,
                                       .output = {.include_crds = o->include_crds,
                                                  .no_hooks = o->no_hooks,
                                                  .skip_tests = o->skip_tests,
                                                  .show_only = o->show_only.items,
                                                  .show_only_count = o->show_only.count}};
    return helm_read_seed(c, o->seed, &options->seeded, &options->seed);
}

static bool render(struct context *c, const struct render_command *o, struct plan *plan, struct slice folder)
{
    struct render_options options;
    struct progress progress;
    bool ok = read_render_options(c, o, &options);
    struct printing printing = {c, plan->count > 1, o->annotate ? &options.output : NULL};
    progress_init(&progress, "rendering", o->output_dir.len == 0);
    options.progress = progress_show;
    options.progress_context = &progress;
    if (ok && o->output_dir.len)
        ok = render_to_folder(c, plan, &options, folder);
    else if (ok)
        ok = render_plan(plan, &options, print_release, &printing, c->diag);
    progress_end(&progress);
    if (ok && plan->count == 0)
        diag_warning(c->diag, "no release is selected");
    plan_release(plan);
    return ok;
}

/* Printed environments are one plan, so that they share what is loaded and parsed; folders are filled one by one. */
static bool render_environments(struct context *c, struct render_command *o, struct slice path,
                                struct plan_options *plan_options)
{
    size_t count = o->environments.count ? o->environments.count : 1;
    struct plan all;
    for (size_t i = 0; i < count; i++) {
        struct plan plan;
        if (o->environments.count)
            plan_options->helmfile.environment = o->environments.items[i];
        if (!plan_make(c->arena, c->sources, path, plan_options, &plan, c->diag))
            return false;
        if (o->output_dir.len && !render(c, o, &plan, folder_for(c, o, plan_options)))
            return false;
        if (i == 0)
            all = plan;
        else
            plan_append(&all, &plan);
    }
    return o->output_dir.len || render(c, o, &all, o->output_dir);
}

/* The environments' folders and what tells of the commit are one tree. */
static bool hydrate(struct context *c, const struct render_command *o, struct slice path,
                    struct plan_options *plan_options)
{
    struct render_options options;
    struct repository repository;
    size_t changed;
    size_t count = o->environments.count ? o->environments.count : 1;
    repository_read(c->arena, path, &repository);
    struct hydration *h = hydration_new(c->arena, &repository, o->output_dir);
    if (!read_render_options(c, o, &options))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct plan plan;
        if (o->environments.count)
            plan_options->helmfile.environment = o->environments.items[i];
        if (!plan_make(c->arena, c->sources, path, plan_options, &plan, c->diag))
            return false;
        hydration_begin(h, plan.environment);
        bool ok = render_plan(&plan, &options, hydration_add, h, c->diag);
        plan_release(&plan);
        if (!ok)
            return false;
    }
    if (!hydration_write(h, &changed, c->diag))
        return false;
    diag_info(c->diag, "%.*s: %zu releases changed", SLICE_ARG(o->output_dir), changed);
    return true;
}

/* Applications of Argo CD, rendered from the checkout they lie in. */
static bool render_applications(struct context *c, const struct render_command *o, const struct text_list *paths)
{
    struct app_files files;
    struct buffer text = BUFFER_INIT;
    if (o->annotate)
        return diag_error(c->diag, "--annotate is not for Applications");
    if (o->output_dir.len || o->environments.count || o->project.selectors.count)
        return diag_error(c->diag, "-e, -l and -o are not for Applications: they say themselves what is rendered");
    bool ok = app_files_read(c->arena, c->sources, NULL, paths->items, paths->count, &files, c->diag);
    for (size_t i = 0; ok && i < files.applications.count; i++)
        ok = app_render(&files, &files.applications.items[i], &text, c->diag);
    ok = ok && context_print(c, buffer_slice(&text));
    buffer_release(&text);
    return ok;
}

/* A kustomization, printed or written to files as `kustomize build` does. */
static bool render_kustomization(struct context *c, const struct render_command *o, struct slice path,
                                 const struct plan_options *plan_options)
{
    struct resource_map map = {NULL, 0, 0};
    const struct build_options options = {.enable_helm = o->enable_helm,
                                          .unrestricted = slice_is(o->load_restrictor, "LoadRestrictionsNone"),
                                          .kube_version = plan_options->kube_version};
    const char *folder = arena_text(c->arena, o->output_dir);
    if (o->environments.count || o->project.selectors.count || o->project.values.files.count ||
        o->project.values.set.count || o->show_only.count)
        return diag_error(c->diag, "-e, -l, -f, --set and --show-only are not for kustomizations: '%.*s' is one",
                          SLICE_ARG(path));
    if (!kustomization_build(c->arena, c->sources, arena_text(c->arena, path), &options, &map, c->diag))
        return false;
    if (o->output_dir.len)
        return file_make_directories(folder, c->diag) && output_write_files(c->arena, &map, folder, c->diag);
    struct buffer text = BUFFER_INIT;
    bool ok = output_write(c->arena, &map, &text, c->diag) && context_print(c, buffer_slice(&text));
    buffer_release(&text);
    return ok;
}

static bool is_kustomization(struct context *c, struct slice path)
{
    struct project_place place;
    struct diag ignored;
    diag_init(&ignored);
    bool is_one = project_detect(c->arena, path, &place, &ignored) && place.kind == PROJECT_KUSTOMIZATION;
    diag_release(&ignored);
    return is_one;
}

/* False, with an error, where --layout is none or goes without -o. */
static bool read_layout(struct context *c, const struct render_command *o, bool *hydrator)
{
    *hydrator = slice_is(o->layout, "hydrator");
    if (o->annotate && o->output_dir.len)
        return diag_error(c->diag, "--annotate prints: it does not go with -o");
    if (!*hydrator && !slice_is(o->layout, "files"))
        return diag_error(c->diag, "--layout is files or hydrator, not '%.*s'", SLICE_ARG(o->layout));
    return !*hydrator || o->output_dir.len || diag_error(c->diag, "--layout hydrator needs a folder (-o)");
}

static bool watch(struct context *c, const struct render_command *o, struct slice path,
                  const struct plan_options *plan_options)
{
    struct render_options options;
    struct render_watch watched = {.path = path,
                                   .options = plan_options,
                                   .environments = &o->environments,
                                   .render = &options,
                                   .colour = terminal_colour(SLICE("auto"))};
    if (o->output_dir.len)
        return diag_error(c->diag, "--watch prints what differs: it does not go with --output");
    return read_render_options(c, o, &options) && render_watch_run(c, &watched);
}

int cmd_render(struct context *c)
{
    bool hydrator;
    struct render_command o;
    struct option_result result;
    struct plan_options plan_options;
    struct slice path;
    memset(&o, 0, sizeof o);
    o.layout = SLICE("files");
    const struct option own[] = {
        {.name = "annotate",
         .kind = OPTION_FLAG,
         .target = &o.annotate,
         .help = "behind each field, as a comment, the template line that wrote it and the values it is made of"},
        {.name = "environment",
         .letter = 'e',
         .kind = OPTION_COMMAS,
         .target = &o.environments,
         .argument = "name",
         .help = "environment of the state file (default: $HELMFILE_ENVIRONMENT, then \"default\"); several are "
                 "rendered one after the other, with -o into a folder each"},
        {.name = "enable-helm",
         .kind = OPTION_FLAG,
         .target = &o.enable_helm,
         .help = "render the helmCharts of a kustomization"},
        {.name = "include-crds",
         .kind = OPTION_FLAG,
         .target = &o.include_crds,
         .help = "print the files of crds/ first"},
        {.name = "include-needs",
         .kind = OPTION_FLAG,
         .target = &o.include_needs,
         .help = "render also what the selected releases need"},
        {.name = "layout",
         .kind = OPTION_TEXT,
         .target = &o.layout,
         .argument = "files|hydrator",
         .help = "of the folder of -o: one file a resource, or what Argo CD's source hydrator writes "
                 "(ENV/RELEASE/manifest.yaml)"},
        {.name = "load-restrictor",
         .kind = OPTION_TEXT,
         .target = &o.load_restrictor,
         .argument = "restriction",
         .help = "LoadRestrictionsNone lets a kustomization read files outside of its folder"},
        {.name = "no-hooks", .kind = OPTION_FLAG, .target = &o.no_hooks, .help = "leave hooks out"},
        {.name = "output",
         .letter = 'o',
         .kind = OPTION_TEXT,
         .target = &o.output_dir,
         .argument = "folder",
         .help = "write one file a resource, FOLDER/RELEASE/KIND-NAME.yaml, and remove files of earlier runs"},
        {.name = "seed",
         .kind = OPTION_TEXT,
         .target = &o.seed,
         .argument = "number",
         .help = "make random functions, keys and now repeatable"},
        {.name = "show-only",
         .letter = 's',
         .kind = OPTION_TEXTS,
         .target = &o.show_only,
         .argument = "pattern",
         .help = "print only what these templates made"},
        {.name = "skip-tests", .kind = OPTION_FLAG, .target = &o.skip_tests, .help = "leave test hooks out"},
        {.name = "watch",
         .letter = 'w',
         .kind = OPTION_FLAG,
         .target = &o.watch,
         .help = "render again whenever a file changes, and print only what differs then"},
        {.name = NULL},
    };
    const struct option *tables[] = {own, project_table(c->arena, &o.project),
                                     helm_value_table(c->arena, &o.project.values)};
    if (!options_parse(c->arena, tables, sizeof tables / sizeof tables[0], c->argc, c->argv, &result, c->diag) ||
        !project_plan_options(c, &o.project, &plan_options) || !read_layout(c, &o, &hydrator))
        return context_finish(c, EXIT_USAGE);
    if (o.project.help)
        return project_help(c, "render [PATH] [-e ENV] [-l SELECTOR]... [-o FOLDER] [options]\n  yare render FILE...",
                            "Renders what lies at PATH (default: .): a chart, a kustomization, or the releases of a "
                            "helmfile in the order of their needs; or the Applications and ApplicationSets of Argo CD in the FILEs.",
                            tables, sizeof tables / sizeof tables[0]);
    if (result.arguments.count && app_file_is(c->arena, result.arguments.items[0]))
        return context_finish(c, render_applications(c, &o, &result.arguments) ? EXIT_DONE : EXIT_FAILED);
    if (!project_path(c, &result.arguments, 1, &path))
        return context_finish(c, EXIT_USAGE);
    if (is_kustomization(c, path))
        return context_finish(c, render_kustomization(c, &o, path, &plan_options) ? EXIT_DONE : EXIT_FAILED);
    plan_options.needs = o.include_needs ? NEEDS_INCLUDE : NEEDS_SKIP;
    if (o.watch)
        return context_finish(c, watch(c, &o, path, &plan_options) ? EXIT_DONE : EXIT_FAILED);
    bool ok = hydrator ? hydrate(c, &o, path, &plan_options) : render_environments(c, &o, path, &plan_options);
    return context_finish(c, ok ? EXIT_DONE : EXIT_FAILED);
}

/*
 * cmd_diff.c - `yare diff`: what differs between two environments, revisions, or what was rendered and what runs
 */
#include "base/file.h"
#include "cli/diff_sides.h"
#include "cli/progress.h"
#include "cli/project_options.h"
#include "cli/terminal.h"
#include "project/app_render.h"
#include "project/listing.h"
#include "report/cause.h"
#include "report/common.h"
#include "report/manifest_files.h"
#include "report/write_html.h"
#include "report/write_json.h"
#include "report/write_markdown.h"

#include <stdlib.h>

struct diff_command {
    struct project_options project;
    struct helm_value_options right_values; /* behind "--" */
    bool has_right_values;
    struct text_list arguments;
    struct text_list ignore;
    struct slice revision;
    struct slice against;
    struct slice kube_context;
    struct slice output;
    struct slice colour;
    struct slice seed;
    uint64_t size;
    bool live;
    bool values;
    bool quantities;
    bool show_noise;
    bool show_secrets;
    bool include_crds;
    bool no_hooks;
    bool skip_tests;
    bool exit_code;
    bool detailed_exit_code;
};

enum {
    EXIT_DIFFERS = 1,         /* of --exit-code, as diff(1); trouble is EXIT_USAGE */
    EXIT_DIFFERS_DETAILED = 2 /* of --detailed-exitcode, as helm diff and terraform */
};

/* --- output formats ---------------------------------------------------------------------------------------------- */

typedef void write_fn(const struct diff *diff, const struct text_options *options, struct buffer *out);

static void write_as_json(const struct diff *diff, const struct text_options *options, struct buffer *out)
{
    (void)options;
    diff_write_json(diff, out);
}

static void write_as_html(const struct diff *diff, const struct text_options *options, struct buffer *out)
{
    (void)options;
    diff_write_html(diff, out);
}

struct output_format {
    const char *name;
    write_fn *write;
};

static const struct output_format formats[] = {
    {"text", diff_write_text},
    {"side-by-side", diff_write_side_by_side},
    {"markdown", diff_write_markdown},
    {"json", write_as_json},
    {"html", write_as_html},
};

static const struct output_format *find_format(struct slice name)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (slice_is(name, formats[i].name))
            return &formats[i];
    }
    return NULL;
}

/* --- which sides ------------------------------------------------------------------------------------------------- */

static struct diff_pair *add_pair(struct comparison *cmp, size_t count)
{
    cmp->pairs = ARENA_ARRAY(cmp->context->arena, struct diff_pair, count);
    cmp->count = count;
    return cmp->pairs;
}

static void set_project(struct diff_side *side, struct slice path, const struct plan_options *options)
{
    side->kind = SIDE_PROJECT;
    side->path = path;
    side->options = *options;
}

static bool pair_environments(struct comparison *cmp, const struct plan_options *options, struct slice path,
                              struct slice left, struct slice right)
{
    struct diff_pair *pair = add_pair(cmp, 1);
    cmp->left_name = left;
    cmp->right_name = right;
    set_project(&pair->left, path, options);
    set_project(&pair->right, path, options);
    pair->left.options.helmfile.environment = left;
    pair->right.options.helmfile.environment = right;
    return true;
}

/* A project, or a file of manifests. */
static void set_path(struct comparison *cmp, struct diff_side *side, struct slice path,
                     const struct plan_options *options)
{
    set_project(side, path, options);
    if (manifest_files_is_manifest(cmp->context->arena, path))
        side->kind = SIDE_MANIFESTS;
}

static bool pair_paths(struct comparison *cmp, const struct plan_options *options, struct slice left,
                       struct slice right)
{
    struct diff_pair *pair = add_pair(cmp, 1);
    cmp->left_name = left;
    cmp->right_name = right;
    set_path(cmp, &pair->left, left, options);
    set_path(cmp, &pair->right, right, options);
    return true;
}

static bool pair_manifests(struct comparison *cmp, const struct plan_options *options, struct slice path,
                           const struct diff_command *o)
{
    struct diff_pair *pair = add_pair(cmp, 1);
    cmp->left_name = o->live ? SLICE("cluster") : o->against;
    cmp->right_name = SLICE("rendered");
    pair->left.kind = o->live ? SIDE_CLUSTER : SIDE_MANIFESTS;
    pair->left.path = o->against;
    set_project(&pair->right, path, options);
    return true;
}

static bool pair_values(struct comparison *cmp, const struct plan_options *options, struct slice path,
                        const struct diff_command *o)
{
    struct diff_pair *pair = add_pair(cmp, 1);
    cmp->left_name = SLICE("left");
    cmp->right_name = SLICE("right");
    set_project(&pair->left, path, options);
    set_project(&pair->right, path, options);
    project_set_values(&pair->right.options, &o->right_values);
    return true;
}

/* --- revisions --------------------------------------------------------------------------------------------------- */

/* Environments to compare: the one that was asked for, or all that the state files have. */
static bool list_environments(struct comparison *cmp, const struct diff_command *o, struct slice path,
                              const struct plan_options *options, struct helmfile_texts *out)
{
    struct context *c = cmp->context;
    struct slice *one = ARENA_NEW(c->arena, struct slice);
    const char *named = getenv("HELMFILE_ENVIRONMENT");
    *one = options->helmfile.environment;
    *out = (struct helmfile_texts){one, 1};
    if (o->project.environment.len || (named && *named) || app_file_is(c->arena, path))
        return true;
    struct helmfile_texts all;
    if (!listing_environments(c->arena, c->sources, path, options, &all, c->diag))
        return false;
    if (all.count)
        *out = all;
    return true;
}

static bool has_environment(const struct helmfile_texts *environments, struct slice name)
{
    for (size_t i = 0; i < environments->count; i++) {
        if (slice_equal(environments->items[i], name))
            return true;
    }
    return false;
}

/* Those of both sides, each once, the right side's first. */
static struct helmfile_texts join(struct arena *a, const struct helmfile_texts *left,
                                  const struct helmfile_texts *right)
{
    struct slice *names = ARENA_ARRAY(a, struct slice, left->count + right->count);
    size_t count = 0;
    for (size_t i = 0; i < right->count; i++)
        names[count++] = right->items[i];
    for (size_t i = 0; i < left->count; i++) {
        if (!has_environment(right, left->items[i]))
            names[count++] = left->items[i];
    }
    return (struct helmfile_texts){names, count};
}

static void set_environment(struct diff_side *side, struct slice path, const struct plan_options *options,
                            const struct helmfile_texts *environments, struct slice environment)
{
    set_project(side, path, options);
    side->options.helmfile.environment = environment;
    if (!has_environment(environments, environment))
        side->kind = SIDE_NOTHING;
}

/* Splits "A..B"; B is empty for the work tree. */
static bool split_revisions(struct context *c, struct slice text, struct slice *left, struct slice *right)
{
    size_t dots = slice_find(text, SLICE(".."));
    *left = slice_part(text, 0, dots);
    *right = SLICE("");
    if (dots == text.len)
        return true;
    *right = slice_after(text, dots + 2);
    if (right->len && right->ptr[0] == '.')
        return diag_error(c->diag, "--rev takes REV or REV1..REV2, not three dots");
    if (left->len == 0)
        *left = SLICE("HEAD");
    if (right->len == 0)
        *right = SLICE("HEAD");
    return true;
}

static bool pair_revisions(struct comparison *cmp, const struct plan_options *options, struct slice path,
                           const struct diff_command *o)
{
    struct context *c = cmp->context;
    struct helmfile_texts left;
    struct helmfile_texts right;
    struct slice right_path = path;
    if (!split_revisions(c, o->revision, &cmp->left_name, &cmp->right_name) ||
        !checkout_make(c->arena, path, cmp->left_name, &cmp->checkouts[0], c->diag))
        return false;
    if (cmp->right_name.len) {
        if (!checkout_make(c->arena, path, cmp->right_name, &cmp->checkouts[1], c->diag))
            return false;
        right_path = cmp->checkouts[1].path;
    } else {
        cmp->right_name = SLICE("work tree");
    }
    if (!list_environments(cmp, o, cmp->checkouts[0].path, options, &left) ||
        !list_environments(cmp, o, right_path, options, &right))
        return false;
    struct helmfile_texts all = join(c->arena, &left, &right);
    struct diff_pair *pairs = add_pair(cmp, all.count);
    for (size_t i = 0; i < all.count; i++) {
        pairs[i].environment = all.count > 1 ? all.items[i] : SLICE("");
        set_environment(&pairs[i].left, cmp->checkouts[0].path, options, &left, all.items[i]);
        set_environment(&pairs[i].right, right_path, options, &right, all.items[i]);
    }
    return true;
}

/* --- what was asked for ------------------------------------------------------------------------------------------ */

/* Ways of saying what is compared: one is wanted. */
static size_t count_ways(const struct diff_command *o)
{
    return (size_t)(o->revision.len > 0) + (size_t)(o->against.len > 0) + (size_t)o->live + (size_t)o->has_right_values;
}

static bool choose_sides(struct comparison *cmp, const struct diff_command *o, const struct plan_options *options)
{
    struct context *c = cmp->context;
    const struct slice *words = o->arguments.items;
    size_t count = o->arguments.count;
    size_t ways = count_ways(o);
    if (ways > 1)
        return diag_error(c->diag, "give one of --rev, --against, --live and values behind '--'");
    if (ways == 1 && count > 1)
        return diag_error(c->diag, "unexpected argument '%.*s'", SLICE_ARG(words[1]));
    struct slice path = count ? words[0] : SLICE(".");
    if (o->revision.len)
        return pair_revisions(cmp, options, path, o);
    if (o->against.len || o->live)
        return pair_manifests(cmp, options, path, o);
    if (o->has_right_values)
        return pair_values(cmp, options, path, o);
    if (count == 3)
        return pair_environments(cmp, options, words[0], words[1], words[2]);
    if (count == 2 && project_is_at(c, words[0]) && project_is_at(c, words[1]))
        return pair_paths(cmp, options, words[0], words[1]);
    if (count == 2)
        return pair_environments(cmp, options, SLICE("."), words[0], words[1]);
    return diag_error(c->diag, "what is to be compared? two environments, two paths, --rev, --against or --live "
                               "(yare diff --help)");
}

/* How places in a checkout are shown: REV:path. */
static struct cause_root root_of(const struct context *c, const struct checkout *checkout)
{
    return (struct cause_root){c->sources, checkout->tree, checkout->revision};
}

/* What causes are looked for in; no scopes where nothing was rendered. */
static void set_causes(struct comparison *cmp, struct cause_options *out)
{
    struct cause_scope *scopes = ARENA_ARRAY(cmp->context->arena, struct cause_scope, cmp->count);
    for (size_t i = 0; i < cmp->count && cmp->rendered.count; i++) {
        const struct diff_pair *pair = &cmp->pairs[i];
        scopes[i] = (struct cause_scope){.environment = pair->environment,
                                         .left = cmp->rendered.releases + pair->left.from,
                                         .left_count = pair->left.to - pair->left.from,
                                         .right = cmp->rendered.releases + pair->right.from,
                                         .right_count = pair->right.to - pair->right.from};
    }
    *out = (struct cause_options){.left = root_of(cmp->context, &cmp->checkouts[0]),
                                  .right = root_of(cmp->context, &cmp->checkouts[1]),
                                  .scopes = scopes,
                                  .scope_count = cmp->rendered.count ? cmp->count : 0};
}

static bool compare(struct comparison *cmp, const struct diff_command *o, struct diff *diff)
{
    struct context *c = cmp->context;
    struct cause_options causes;
    struct diff_options options = {
        .fields = {.quantities = o->quantities},
        .noise = {.off = o->show_noise, .patterns = o->ignore.items, .pattern_count = o->ignore.count},
        .show_secrets = o->show_secrets,
        .causes = &causes,
        .threads = (size_t)o->project.threads};
    set_causes(cmp, &causes);
    for (size_t i = 0; i < cmp->count; i++) {
        struct diff_pair *pair = &cmp->pairs[i];
        if (!diff_objects(diff, pair->environment, &pair->left.objects, &pair->right.objects, &options, c->diag))
            return false;
    }
    diff_find_common(diff);
    return true;
}

static bool print(struct context *c, const struct diff_command *o, const struct diff *diff)
{
    struct text_options options = {
        .colour = terminal_colour(o->colour),
        .noise = o->show_noise,
        .width = terminal_width(),
        .size = (size_t)o->size};
    struct buffer out = BUFFER_INIT;
    find_format(o->output)->write(diff, &options, &out);
    bool ok = context_print(c, buffer_slice(&out));
    buffer_release(&out);
    return ok;
}

static bool run(struct context *c, const struct diff_command *o, const struct plan_options *options, bool *differs)
{
    struct diff diff;
    struct progress progress;
    struct comparison cmp = {.context = c,
                             .render = {.threads = (size_t)o->project.threads,
                                        .progress = progress_show,
                                        .progress_context = &progress,
                                        .output = {.include_crds = o->include_crds,
                                                   .no_hooks = o->no_hooks || o->live, /* a cluster keeps none */
                                                   .skip_tests = o->skip_tests},
                                        .trace = true},
                             .cluster = {.context = o->kube_context},
                             .values = o->values,
                             .alternates = (o->live || o->against.len) && !o->show_noise};
    progress_init(&progress, "rendering", false);
    bool ok = helm_read_seed(c, o->seed, &cmp.render.seeded, &cmp.render.seed) && choose_sides(&cmp, o, options);
    cmp.render.seeded = true; /* what is random is the same on both sides */
    diff_init(&diff, c->arena, cmp.left_name, cmp.right_name);
    ok = ok && comparison_read(&cmp);
    progress_end(&progress);
    ok = ok && compare(&cmp, o, &diff) && print(c, o, &diff);
    *differs = ok && diff_found(&diff);
    diff_release(&diff);
    comparison_end(&cmp);
    return ok;
}

static int exit_code(const struct diff_command *o, bool ok, bool differs)
{
    if (!ok)
        return o->exit_code ? EXIT_USAGE : EXIT_FAILED;
    if (differs && o->exit_code)
        return EXIT_DIFFERS;
    return differs && o->detailed_exit_code ? EXIT_DIFFERS_DETAILED : EXIT_DONE;
}

/* --- options ----------------------------------------------------------------------------------------------------- */

static const struct option *diff_table(struct arena *a, struct diff_command *o)
{
    const struct option rows[] = {
        {.name = "against",
         .kind = OPTION_TEXT,
         .target = &o->against,
         .argument = "path",
         .help = "compare with manifests rendered earlier: a file, or a folder of files"},
        PROJECT_COLOUR(&o->colour),
        {.name = "detailed-exitcode",
         .kind = OPTION_FLAG,
         .target = &o->detailed_exit_code,
         .help = "end with 2 where anything differs, 1 after an error"},
        {.name = "exit-code",
         .kind = OPTION_FLAG,
         .target = &o->exit_code,
         .help = "end with 1 where anything differs, 2 after an error"},
        {.name = "ignore",
         .kind = OPTION_TEXTS,
         .target = &o->ignore,
         .argument = "[kind[/name]:]path",
         .help = "take changes of this field for noise; '*' is any text: --ignore 'Deployment:spec.replicas'"},
        {.name = "include-crds",
         .kind = OPTION_FLAG,
         .target = &o->include_crds,
         .help = "compare the files of crds/, too"},
        {.name = "kube-context",
         .kind = OPTION_TEXT,
         .target = &o->kube_context,
         .argument = "name",
         .help = "kubectl's context for --live"},
        {.name = "live",
         .kind = OPTION_FLAG,
         .target = &o->live,
         .help = "compare with the cluster, through kubectl (which is only asked to get objects)"},
        {.name = "max-size",
         .kind = OPTION_NUMBER,
         .target = &o->size,
         .argument = "bytes",
         .help = "most bytes of Markdown (default 65000; 0: no bound); objects that do not fit are counted"},
        {.name = "no-hooks",
         .kind = OPTION_FLAG,
         .target = &o->no_hooks,
         .help = "leave hooks out (with --live they always are)"},
        {.name = "output",
         .letter = 'o',
         .kind = OPTION_TEXT,
         .target = &o->output,
         .argument = "format",
         .help = "text, side-by-side, markdown, json or html (default text)"},
        {.name = "quantities",
         .kind = OPTION_FLAG,
         .target = &o->quantities,
         .help = "compare quantities of resources by value: 1Gi is 1024Mi"},
        {.name = "rev",
         .kind = OPTION_TEXT,
         .target = &o->revision,
         .argument = "rev[..rev]",
         .help = "compare the work tree with a git revision, or two revisions; in all environments unless -e names "
                 "one"},
        {.name = "seed",
         .kind = OPTION_TEXT,
         .target = &o->seed,
         .argument = "number",
         .help = "seed of random functions, the same on both sides"},
        {.name = "show-noise",
         .kind = OPTION_FLAG,
         .target = &o->show_noise,
         .help = "show and count chart version labels, checksums and what --ignore names"},
        {.name = "show-secrets",
         .kind = OPTION_FLAG,
         .target = &o->show_secrets,
         .help = "do not mask the values of Secrets"},
        {.name = "skip-tests", .kind = OPTION_FLAG, .target = &o->skip_tests, .help = "leave test hooks out"},
        {.name = "values",
         .kind = OPTION_FLAG,
         .target = &o->values,
         .help = "compare merged values instead of manifests (a values file is given with -f)"},
        {.name = NULL},
    };
    struct option *table = arena_alloc(a, sizeof rows);
    memcpy(table, rows, sizeof rows);
    return table;
}

/* What stands behind "--" are options for the values of the right side. */
static bool parse(struct context *c, struct diff_command *o, const struct option *const tables[3])
{
    struct option_result result;
    int left = 0;
    while (left < c->argc && strcmp(c->argv[left], "--") != 0)
        left++;
    if (!options_parse(c->arena, tables, 3, left, c->argv, &result, c->diag))
        return false;
    o->arguments = result.arguments;
    o->has_right_values = left < c->argc;
    if (!o->has_right_values)
        return true;
    const struct option *right[] = {helm_value_table(c->arena, &o->right_values)};
    return options_parse(c->arena, right, 1, c->argc - left - 1, c->argv + left + 1, &result, c->diag) &&
           (result.arguments.count == 0 ||
            diag_error(c->diag, "unexpected argument '%.*s'", SLICE_ARG(result.arguments.items[0])));
}

static bool check_options(struct context *c, const struct diff_command *o)
{
    if (!find_format(o->output))
        return diag_error(c->diag, "--output is text, side-by-side, markdown, json or html, not '%.*s'",
                          SLICE_ARG(o->output));
    if (o->values && (o->against.len || o->live))
        return diag_error(c->diag, "--values compares two projects: it does not go with --against and --live");
    if (o->exit_code && o->detailed_exit_code)
        return diag_error(c->diag, "--exit-code and --detailed-exitcode exclude each other");
    return true;
}

int cmd_diff(struct context *c)
{
    struct diff_command o;
    struct plan_options plan_options;
    bool differs;
    memset(&o, 0, sizeof o);
    o.output = SLICE("text");
    o.size = MARKDOWN_USUAL_SIZE;
    const struct option *tables[] = {diff_table(c->arena, &o), project_table(c->arena, &o.project),
                                     helm_value_table(c->arena, &o.project.values)};
    if (!parse(c, &o, tables) || !project_plan_options(c, &o.project, &plan_options))
        return context_finish(c, EXIT_USAGE);
    if (o.project.help)
        return project_help(c,
                            "diff [PATH] ENV1 ENV2 [options]\n"
                            "  yare diff PATH1 PATH2 [options]\n"
                            "  yare diff [PATH] --rev REV[..REV] [options]\n"
                            "  yare diff [PATH] --against FILE|FOLDER [options]\n"
                            "  yare diff [PATH] --live [options]\n"
                            "  yare diff CHART -f A.yaml [options] -- -f B.yaml",
                            "Compares what is rendered, object by object and field by field, and says for each change "
                            "which line made it.",
                            tables, 3);
    if (!check_options(c, &o))
        return context_finish(c, EXIT_USAGE);
    plan_options.needs = NEEDS_SKIP;
    bool ok = run(c, &o, &plan_options, &differs);
    return context_finish(c, exit_code(&o, ok, differs));
}

/*
 * cmd_values.c - `yare values`: what a release is given, merged
 */
#include "cli/project_options.h"
#include "codec/yaml_write.h"
#include "helm/coalesce.h"
#include "helmfile/vals.h"

struct values_command {
    struct project_options project;
    bool all;
};

/* The values as the release's templates see them: chart defaults below. */
static bool coalesce(struct context *c, struct plan *plan, const struct planned_release *release, struct value *out)
{
    struct release_chart *root;
    struct coalesce_options options = {.helm3 = plan->helm3};
    if (!plan_load_charts(plan, 1, c->diag))
        return false;
    const struct chart *chart = plan->charts[release->chart].chart;
    if (!conditions_process(chart, release->values, plan->helm3, c->arena, &root, c->diag) ||
        !coalesce_release(root, release->values, &options, c->arena, c->diag))
        return false;
    *out = value_map(root->values);
    return true;
}

static bool print_yaml(struct context *c, struct value v)
{
    struct buffer text = BUFFER_INIT;
    struct slice error;
    bool ok = yaml_write(&text, v, c->arena, &error) || diag_error_slice(c->diag, error);
    ok = ok && context_print(c, buffer_slice(&text));
    buffer_release(&text);
    return ok;
}

/* With one argument the release of the project here, or the path of a chart. */
static bool find_release(const struct plan *plan, struct slice name, const struct planned_release **out,
                         struct diag *diag)
{
    if (name.len == 0 && plan->count == 1) {
        *out = &plan->releases[0];
        return true;
    }
    return name.len ? plan_find(plan, name, out, diag) : diag_error(diag, "which release? (yare list shows them)");
}

static bool run(struct context *c, const struct values_command *o, struct slice path, struct slice name,
                const struct plan_options *options)
{
    struct plan plan;
    const struct planned_release *release;
    if (!plan_make(c->arena, c->sources, path, options, &plan, c->diag))
        return false;
    bool ok = find_release(&plan, name, &release, c->diag);
    if (ok) {
        struct value values = release->values;
        ok = (!o->all || coalesce(c, &plan, release, &values)) &&
             print_yaml(c, vals_mask(c->arena, c->sources, values));
    }
    plan_release(&plan);
    return ok;
}

/* One argument is a path where such a chart or project exists, else the name of a release. */
static void split_arguments(struct context *c, const struct text_list *arguments, struct slice *path,
                            struct slice *name)
{
    struct project_place place;
    struct diag ignored;
    *path = arguments->count ? arguments->items[0] : SLICE(".");
    *name = arguments->count > 1 ? arguments->items[1] : slice_of("", 0);
    if (arguments->count != 1)
        return;
    diag_init(&ignored);
    if (!project_detect(c->arena, *path, &place, &ignored)) {
        *name = *path;
        *path = SLICE(".");
    }
    diag_release(&ignored);
}

int cmd_values(struct context *c)
{
    struct values_command o;
    struct option_result result;
    struct plan_options plan_options;
    struct slice path;
    struct slice name;
    memset(&o, 0, sizeof o);
    const struct option own[] = {
        {.name = "all", .kind = OPTION_FLAG, .target = &o.all, .help = "with the chart's defaults"},
        {.name = NULL},
    };
    const struct option *tables[] = {own, project_table(c->arena, &o.project),
                                     helm_value_table(c->arena, &o.project.values)};
    if (!options_parse(c->arena, tables, sizeof tables / sizeof tables[0], c->argc, c->argv, &result, c->diag) ||
        !project_path(c, &result.arguments, 2, &path) || !project_plan_options(c, &o.project, &plan_options))
        return context_finish(c, EXIT_USAGE);
    if (o.project.help)
        return project_help(c, "values [PATH] [-e ENV] RELEASE [--all]",
                            "Prints the values that a release is given, all layers merged.", tables,
                            sizeof tables / sizeof tables[0]);
    split_arguments(c, &result.arguments, &path, &name);
    return context_finish(c, run(c, &o, path, name, &plan_options) ? EXIT_DONE : EXIT_FAILED);
}

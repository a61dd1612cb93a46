/*
 * cmd_schema.c - `yare schema`: a values.schema.json for a chart, from its defaults and templates
 */
#include "cli/project_options.h"
#include "codec/json_write.h"
#include "report/schema_infer.h"

static bool print_schema(struct context *c, struct value schema)
{
    static const struct json_write_options json = {.no_html_escape = true, .indent = "  "};
    struct buffer text = BUFFER_INIT;
    struct slice error;
    bool ok = json_write(&text, schema, &json, c->arena, &error) || diag_error_slice(c->diag, error);
    buffer_add_char(&text, '\n');
    ok = ok && context_print(c, buffer_slice(&text));
    buffer_release(&text);
    return ok;
}

static bool run(struct context *c, struct slice path, const struct plan_options *options)
{
    struct render_options render = {.trace = true, .threads = 1, .seeded = true};
    struct rendered_plan rendered;
    struct plan plan;
    if (!plan_make(c->arena, c->sources, path, options, &plan, c->diag))
        return false;
    bool ok = plan.place.kind == PROJECT_CHART ||
              diag_error(c->diag, "'%.*s' is no chart: a schema is made for one", SLICE_ARG(path));
    ok = ok && render_plan_keep(&plan, &render, &rendered, c->diag);
    if (ok) {
        ok = print_schema(c, schema_infer(c->arena, c->sources, &rendered.releases[0]));
        rendered_plan_free(&rendered);
    }
    plan_release(&plan);
    return ok;
}

int cmd_schema(struct context *c)
{
    struct project_options o;
    struct option_result result;
    struct plan_options plan_options;
    struct slice path;
    memset(&o, 0, sizeof o);
    const struct option *tables[] = {project_table(c->arena, &o)};
    if (!options_parse(c->arena, tables, sizeof tables / sizeof tables[0], c->argc, c->argv, &result, c->diag) ||
        !project_path(c, &result.arguments, 1, &path) || !project_plan_options(c, &o, &plan_options))
        return context_finish(c, EXIT_USAGE);
    if (o.help)
        return project_help(c, "schema [CHART]",
                            "Prints a JSON Schema (draft 7) for the values of a chart: types and descriptions from its "
                            "values.yaml, further keys from what its templates ask for when rendered with the defaults.",
                            tables, sizeof tables / sizeof tables[0]);
    plan_options.skip_schema = true;
    return context_finish(c, run(c, path, &plan_options) ? EXIT_DONE : EXIT_FAILED);
}

/*
 * cmd_lint.c - `yare lint`: what is wrong with a project although it renders
 *
 * All environments are looked at together, since a value that one does not use another may.
 */
#include "cli/project_options.h"
#include "cli/terminal.h"
#include "cli/version.h"
#include "helm/capabilities.h"
#include "report/audit_file.h"
#include "report/audit_objects.h"
#include "report/audit_state.h"
#include "report/audit_values.h"
#include "report/write_audit.h"

struct audit_command {
    struct project_options project;
    struct text_list environments;
    struct text_list ignored;
    struct slice output;
    struct slice error_on;
    struct slice colour;
};

/* The plan of all environments, and where each begins. */
struct linting {
    struct context *context;
    const struct audit_command *command;
    struct audit audit;
    struct plan plan;
    size_t *ends;
    size_t count;
    struct map *files; /* sources that were looked at, by name */
};

/* --- planning ------------------------------------------------------------------------------------------------------- */

static bool plan_all(struct linting *l, struct slice path, struct plan_options *options)
{
    struct context *c = l->context;
    struct helmfile_texts environments;
    if (!project_environments(c, path, options, &l->command->environments, &environments))
        return false;
    l->ends = ARENA_ARRAY(c->arena, size_t, environments.count);
    for (size_t i = 0; i < environments.count; i++) {
        struct plan plan;
        options->helmfile.environment = environments.items[i];
        if (!plan_make(c->arena, c->sources, path, options, &plan, c->diag))
            return false;
        if (i == 0)
            l->plan = plan;
        else
            plan_append(&l->plan, &plan);
        l->ends[l->count++] = l->plan.count;
    }
    return true;
}

/* --- looking -------------------------------------------------------------------------------------------------------- */

static void look_at_file(struct linting *l, const struct source *source)
{
    if (!source || map_find(l->files, source->name))
        return;
    map_set(l->files, source->name, value_nil());
    audit_file(&l->audit, source);
}

static void look_at_files(struct linting *l)
{
    for (size_t i = 0; i < l->plan.count; i++) {
        const struct planned_release *r = &l->plan.releases[i];
        const struct chart *chart = l->plan.charts[r->chart].chart;
        for (size_t k = 0; k < r->layer_count; k++)
            look_at_file(l, r->layers[k].source);
        if (chart->values_file)
            look_at_file(l, chart->values_file->source);
    }
}

/* The version of --kube-version, or the one that charts see without it. */
static bool read_kubernetes(struct linting *l, struct audit_kubernetes *out)
{
    const struct capabilities_options options = {.kube_version = l->command->project.kube_version};
    struct capabilities capabilities;
    if (!capabilities_make(l->context->arena, &options, &capabilities, l->context->diag))
        return false;
    *out = (struct audit_kubernetes){capabilities.major, capabilities.minor};
    return true;
}

/* Two seeds: what differs between them differs from one render to the next. */
static bool look_at_seeds(struct linting *l, const struct rendered_plan *first)
{
    struct render_options options = {.seeded = true, .seed = 2};
    struct rendered_plan second;
    if (!render_plan_keep(&l->plan, &options, &second, l->context->diag))
        return false;
    for (size_t i = 0; i < first->count; i++)
        audit_unstable(&l->audit, &first->releases[i], &second.releases[i]);
    rendered_plan_free(&second);
    return true;
}

static bool look(struct linting *l)
{
    struct context *c = l->context;
    struct render_options options = {.trace = true, .seeded = true, .seed = 1};
    struct rendered_plan rendered;
    struct audit_values *values = audit_values_new(&l->audit);
    struct audit_kubernetes kubernetes;
    if (!read_kubernetes(l, &kubernetes) || !render_plan_keep(&l->plan, &options, &rendered, c->diag))
        return false;
    look_at_files(l);
    for (size_t i = 0; i < l->count; i++)
        audit_objects(&l->audit, &rendered, i ? l->ends[i - 1] : 0, l->ends[i], kubernetes);
    for (size_t i = 0; i < rendered.count; i++) {
        audit_values_add(values, &l->plan, &rendered.releases[i]);
        audit_state(&l->audit, rendered.releases[i].planned);
    }
    audit_values_finish(values);
    bool ok = look_at_seeds(l, &rendered);
    rendered_plan_free(&rendered);
    return ok;
}

/* --- printing ------------------------------------------------------------------------------------------------------- */

static bool print(struct linting *l)
{
    struct context *c = l->context;
    struct slice output = l->command->output;
    struct buffer text = BUFFER_INIT;
    bool ok = true;
    if (slice_is(output, "json"))
        ok = audit_write_json(&l->audit, &text, c->diag);
    else if (slice_is(output, "sarif"))
        ok = audit_write_sarif(&l->audit, SLICE(YARE_VERSION), &text, c->diag);
    else
        audit_write_text(&l->audit, terminal_colour(l->command->colour), &text);
    ok = ok && context_print(c, buffer_slice(&text));
    buffer_release(&text);
    return ok;
}

/* --error-on: a severity, or rules. */
static bool is_failure(const struct linting *l)
{
    struct slice on = l->command->error_on;
    struct slice rest = on, name;
    if (slice_is(on, "never"))
        return false;
    for (int severity = AUDIT_NOTE; severity <= AUDIT_ERROR; severity++) {
        if (slice_is(on, audit_severity_name((enum audit_severity)severity)))
            return audit_count(&l->audit, (enum audit_severity)severity) > 0;
    }
    while (slice_next_piece(&rest, ',', &name)) {
        for (size_t i = 0; i < l->audit.count; i++) {
            if (slice_is(name, audit_rules[l->audit.findings[i].rule].name))
                return true;
        }
    }
    return false;
}

static bool check_rules(struct context *c, struct slice names)
{
    struct slice rest = names, name;
    while (slice_next_piece(&rest, ',', &name)) {
        const char *all[AUDIT_RULES];
        struct diag_place nowhere = {NULL, 0, 0, 0};
        if (audit_rule_find(name) < AUDIT_RULES)
            continue;
        for (size_t i = 0; i < AUDIT_RULES; i++)
            all[i] = audit_rules[i].name;
        diag_error(c->diag, "there is no rule '%.*s' (yare lint --help lists them)", SLICE_ARG(name));
        const char *near = diag_nearest(name, all, AUDIT_RULES);
        if (near)
            diag_note(c->diag, nowhere, "did you mean '%s'?", near);
        return false;
    }
    return true;
}

static bool check_options(struct context *c, const struct audit_command *o)
{
    static const char *const severities[] = {"never", "note", "warning", "error"};
    bool known = slice_is(o->output, "text") || slice_is(o->output, "json") || slice_is(o->output, "sarif");
    if (!known)
        return diag_error(c->diag, "--output is text, json or sarif, not '%.*s'", SLICE_ARG(o->output));
    for (size_t i = 0; i < o->ignored.count; i++) {
        if (!check_rules(c, o->ignored.items[i]))
            return false;
    }
    for (size_t i = 0; i < sizeof severities / sizeof severities[0]; i++) {
        if (slice_is(o->error_on, severities[i]))
            return true;
    }
    return check_rules(c, o->error_on);
}

static void drop_ignored(struct audit *audit, const struct text_list *ignored)
{
    for (size_t i = 0; i < ignored->count; i++) {
        enum audit_rule_id rule = audit_rule_find(ignored->items[i]);
        size_t kept = 0;
        for (size_t k = 0; k < audit->count; k++) {
            if (audit->findings[k].rule != rule)
                audit->findings[kept++] = audit->findings[k];
        }
        audit->count = kept;
    }
}

static int print_help(struct context *c, const struct option *const *tables, size_t count)
{
    struct buffer summary = BUFFER_INIT;
    buffer_add_text(&summary, "Looks for what is wrong with a project although it renders.\n\nRules:\n");
    for (size_t i = 0; i < AUDIT_RULES; i++)
        buffer_printf(&summary, "  %-18s%-9s%s\n", audit_rules[i].name, audit_severity_name(audit_rules[i].severity),
                      audit_rules[i].sentence);
    buffer_add_text(&summary, "\nA comment `# yare:ignore RULE` in a line, or above it, takes its findings away; "
                              "`# yare:ignore-file RULE` those of\nthe file.");
    struct slice text = buffer_move(&summary, c->arena);
    return project_help(c, "lint [PATH] [-e ENV,...] [-o text|json|sarif]", text.ptr, tables, count);
}

int cmd_lint(struct context *c)
{
    struct audit_command o = {.output = SLICE("text"), .error_on = SLICE("error")};
    struct linting l = {.context = c, .command = &o};
    struct option_result result;
    struct plan_options plan_options;
    struct slice path;
    const struct option own[] = {
        PROJECT_COLOUR(&o.colour),
        {.name = "environment",
         .letter = 'e',
         .kind = OPTION_COMMAS,
         .target = &o.environments,
         .argument = "name",
         .help = "environments to look at (default: all that the helmfile has)"},
        {.name = "error-on",
         .kind = OPTION_TEXT,
         .target = &o.error_on,
         .argument = "what",
         .help = "exit with 1 on: error (default), warning, note, never, or these rules"},
        {.name = "ignore", .kind = OPTION_COMMAS, .target = &o.ignored, .argument = "rule", .help = "leave rules out"},
        {.name = "output",
         .letter = 'o',
         .kind = OPTION_TEXT,
         .target = &o.output,
         .argument = "text|json|sarif",
         .help = "how to print (default text)"},
        {.name = NULL},
    };
    const struct option *tables[] = {own, project_table(c->arena, &o.project),
                                     helm_value_table(c->arena, &o.project.values)};
    size_t table_count = sizeof tables / sizeof tables[0];
    if (!options_parse(c->arena, tables, table_count, c->argc, c->argv, &result, c->diag) ||
        !project_path(c, &result.arguments, 1, &path) || !project_plan_options(c, &o.project, &plan_options))
        return context_finish(c, EXIT_USAGE);
    if (o.project.help)
        return print_help(c, tables, table_count);
    if (!check_options(c, &o))
        return context_finish(c, EXIT_USAGE);
    plan_options.skip_schema = true; /* what a schema does not like is a finding, too */
    audit_init(&l.audit, c->arena, c->sources);
    l.files = map_new(c->arena, 64);
    bool ok = plan_all(&l, path, &plan_options) && look(&l);
    if (ok) {
        drop_ignored(&l.audit, &o.ignored);
        audit_finish(&l.audit);
        ok = print(&l);
    }
    int code = ok && !is_failure(&l) ? EXIT_DONE : EXIT_FAILED;
    plan_release(&l.plan);
    return context_finish(c, code);
}

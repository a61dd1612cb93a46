/*
 * project_options.c - options that yare's own commands share: which project, environment and releases
 */
#include "cli/project_options.h"

#include "project/listing.h"

#include <stdlib.h>

const struct option *project_table(struct arena *a, struct project_options *o)
{
    const struct option rows[] = {
        {.name = "allow-exec",
         .kind = OPTION_FLAG,
         .target = &o->allow_exec,
         .help = "let templates of state files run programs (exec)"},
        {.name = "api-versions",
         .letter = 'a',
         .kind = OPTION_COMMAS,
         .target = &o->api_versions,
         .argument = "list",
         .help = "API versions that .Capabilities.APIVersions has beside the defaults"},
        {.name = "environment",
         .letter = 'e',
         .kind = OPTION_TEXT,
         .target = &o->environment,
         .argument = "name",
         .help = "environment of the state file (default: $HELMFILE_ENVIRONMENT, then \"default\")"},
        {.name = "help", .letter = 'h', .kind = OPTION_HELP, .target = &o->help, .help = "this text"},
        {.name = "helm-version",
         .kind = OPTION_TEXT,
         .target = &o->helm_version,
         .argument = "3|4",
         .help = "whose results where they differ (default 4)"},
        {.name = "kube-version",
         .kind = OPTION_TEXT,
         .target = &o->kube_version,
         .argument = "version",
         .help = "Kubernetes version of .Capabilities"},
        {.name = "name", .kind = OPTION_TEXT, .target = &o->name, .argument = "name", .help = "name of a chart's release"},
        {.name = "namespace",
         .letter = 'n',
         .kind = OPTION_TEXT,
         .target = &o->name_space,
         .argument = "name",
         .help = "namespace of all releases"},
        {.name = "selector",
         .letter = 'l',
         .kind = OPTION_TEXTS,
         .target = &o->selectors,
         .argument = "key=value",
         .help = "only releases with these labels: comma is and, several options are or, != is not; name, namespace "
                 "and chart are labels, too"},
        {.name = "skip-schema-validation",
         .kind = OPTION_FLAG,
         .target = &o->skip_schema,
         .help = "do not check values.schema.json"},
        {.name = "state-values-file",
         .kind = OPTION_TEXTS,
         .target = &o->state_values_files,
         .argument = "file",
         .help = "values of the state file (.Values there)"},
        {.name = "state-values-set",
         .kind = OPTION_TEXTS,
         .target = &o->state_values_set,
         .argument = "key=value",
         .help = "set values of the state file"},
        {.name = "state-values-set-string",
         .kind = OPTION_TEXTS,
         .target = &o->state_values_set_string,
         .argument = "key=text",
         .help = "set texts of the state file"},
        {.name = "threads",
         .kind = OPTION_NUMBER,
         .target = &o->threads,
         .argument = "number",
         .help = "threads that render (default: one a processor); the output is the same for any number"},
        {.name = NULL},
    };
    struct option *table = arena_alloc(a, sizeof rows);
    memcpy(table, rows, sizeof rows);
    return table;
}

static struct helmfile_texts texts(const struct text_list *list)
{
    return (struct helmfile_texts){list->items, list->count};
}

static struct layer_flag flag(const struct text_list *list)
{
    return (struct layer_flag){list->items, list->count};
}

static struct slice environment_name(const struct project_options *o)
{
    const char *named = getenv("HELMFILE_ENVIRONMENT");
    if (o->environment.len)
        return o->environment;
    return named && *named ? slice_text(named) : SLICE("default");
}

void project_set_values(struct plan_options *out, const struct helm_value_options *values)
{
    out->values = (struct layer_flags){.files = flag(&values->files),
                                       .set_json = flag(&values->set_json),
                                       .set = flag(&values->set),
                                       .set_string = flag(&values->set_string),
                                       .set_file = flag(&values->set_file),
                                       .set_literal = flag(&values->set_literal)};
}

bool project_plan_options(struct context *c, const struct project_options *o, struct plan_options *out)
{
    const char *render_all = getenv("HELMFILE_RENDER_YAML");
    if (o->helm_version.len && !slice_is(o->helm_version, "3") && !slice_is(o->helm_version, "4"))
        return diag_error(c->diag, "--helm-version is 3 or 4, not '%.*s'", SLICE_ARG(o->helm_version));
    *out = (struct plan_options){
        .helmfile = {.environment = environment_name(o),
                     .name_space = o->name_space,
                     .selectors = texts(&o->selectors),
                     .state_values_files = texts(&o->state_values_files),
                     .state_values_set = texts(&o->state_values_set),
                     .state_values_set_string = texts(&o->state_values_set_string),
                     .allow_exec = o->allow_exec,
                     .render_all = render_all && strcmp(render_all, "true") == 0},
        .name = o->name,
        .name_space = o->name_space,
        .kube_version = o->kube_version,
        .api_versions = texts(&o->api_versions),
        .helm3 = slice_is(o->helm_version, "3"),
        .skip_schema = o->skip_schema,
    };
    project_set_values(out, &o->values);
    return true;
}

bool project_is_at(struct context *c, struct slice path)
{
    struct project_place place;
    struct diag ignored;
    diag_init(&ignored);
    bool found = project_detect(c->arena, path, &place, &ignored);
    diag_release(&ignored);
    return found;
}

bool project_environments(struct context *c, struct slice path, const struct plan_options *options,
                          const struct text_list *named, struct helmfile_texts *out)
{
    struct project_place place;
    *out = (struct helmfile_texts){named->items, named->count};
    if (named->count)
        return true;
    if (!project_detect(c->arena, path, &place, c->diag) ||
        (place.kind == PROJECT_HELMFILE && !listing_environments(c->arena, c->sources, path, options, out, c->diag)))
        return false;
    if (out->count == 0)
        *out = (struct helmfile_texts){&options->helmfile.environment, 1};
    return true;
}

int project_help(struct context *c, const char *usage, const char *summary, const struct option *const *tables,
                 size_t count)
{
    struct buffer out = BUFFER_INIT;
    buffer_printf(&out, "%s\n\nUsage:\n  yare %s\n\nOptions:\n", summary, usage);
    options_write_help(tables, count, &out);
    context_print(c, buffer_slice(&out));
    buffer_release(&out);
    return context_finish(c, EXIT_DONE);
}

bool project_path(struct context *c, const struct text_list *arguments, size_t most, struct slice *path)
{
    *path = arguments->count ? arguments->items[0] : SLICE(".");
    return arguments->count <= most ||
           diag_error(c->diag, "unexpected argument '%.*s'", SLICE_ARG(arguments->items[most]));
}

/*
 * cmd_compose.c - `yare compose`: an environment on one machine, by docker compose
 */
#include "base/file.h"
#include "cli/project_options.h"
#include "codec/yaml_read.h"
#include "compose/compose.h"
#include "project/render.h"
#include "project/repository.h"

#define FORWARDER "docker.io/alpine/socat:1.8.0.0"

struct compose_command {
    struct project_options project;
    struct slice name;
    struct slice forwarder;
};

struct gathering {
    struct context *context;
    struct cluster cluster;
    struct slice release;
    struct slice name_space;
};

static bool add_document(void *context, struct slice document)
{
    const struct yaml_read_options options = {.keep_integers = true, .no_origin = true};
    struct gathering *g = context;
    struct yaml_error error;
    struct value object;
    if (!yaml_read(g->context->arena, NULL, arena_slice(g->context->arena, document), &options, &object, &error))
        return diag_error_slice(g->context->diag, error.message);
    cluster_add(&g->cluster, object, g->release, g->name_space);
    return true;
}

static bool add_release(void *context, const struct rendered_release *rendered, struct diag *diag)
{
    struct gathering *g = context;
    (void)diag;
    g->release = arena_slice(g->context->arena, rendered->planned->name); /* a chart's name ends with the chart */
    g->name_space = arena_slice(g->context->arena, rendered->planned->name_space);
    return manifest_split(rendered->text, add_document, g);
}

/* A project's name has lower case letters, digits, '-' and '_', and begins with none of the last two. */
static struct slice project_name(struct arena *a, struct slice text)
{
    struct buffer out = BUFFER_INIT;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c | 0x20);
        bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (letter || out.len)
            buffer_add_char(&out, letter || c == '_' ? c : '-');
    }
    return out.len ? buffer_move(&out, a) : SLICE("yare");
}

static bool run(struct context *c, const struct compose_command *o, struct slice path,
                const struct plan_options *options)
{
    struct gathering g = {.context = c};
    struct render_options render = {.threads = (size_t)o->project.threads};
    struct buffer text = BUFFER_INIT;
    struct plan plan;
    cluster_init(&g.cluster, c->arena);
    g.cluster.forwarder = o->forwarder;
    if (!plan_make(c->arena, c->sources, path, options, &plan, c->diag))
        return false;
    bool ok = render_plan(&plan, &render, add_release, &g, c->diag);
    plan_release(&plan);
    ok = ok && compose_write(&g.cluster, project_name(c->arena, o->name), &text, c->diag) &&
         context_print(c, buffer_slice(&text));
    buffer_release(&text);
    return ok;
}

int cmd_compose(struct context *c)
{
    struct compose_command o;
    struct option_result result;
    struct plan_options plan_options;
    struct slice path;
    memset(&o, 0, sizeof o);
    o.forwarder = SLICE(FORWARDER);
    const struct option own[] = {
        {.name = "forward-image",
         .kind = OPTION_TEXT,
         .target = &o.forwarder,
         .argument = "image",
         .help = "image of socat, which listens where a Service's port is not the container's (default " FORWARDER ")"},
        {.name = "project-name",
         .letter = 'p',
         .kind = OPTION_TEXT,
         .target = &o.name,
         .argument = "name",
         .help = "of the compose project (default: the folder's name and the environment)"},
        {.name = NULL},
    };
    const struct option *tables[] = {own, project_table(c->arena, &o.project),
                                     helm_value_table(c->arena, &o.project.values)};
    if (!options_parse(c->arena, tables, sizeof tables / sizeof tables[0], c->argc, c->argv, &result, c->diag) ||
        !project_path(c, &result.arguments, 1, &path) || !project_plan_options(c, &o.project, &plan_options))
        return context_finish(c, EXIT_USAGE);
    if (o.project.help)
        return project_help(c, "compose [PATH] [-e ENV] [-l SELECTOR]...",
                            "Prints a compose file that runs an environment's workloads on this machine; what cannot be "
                            "carried over is listed at its top.",
                            tables, sizeof tables / sizeof tables[0]);
    if (o.name.len == 0) {
        const char *root = repository_root(c->arena, path);
        o.name = arena_printf(c->arena, "%.*s-%.*s", SLICE_ARG(file_base(slice_text(root))),
                            SLICE_ARG(plan_options.helmfile.environment));
    }
    return context_finish(c, run(c, &o, path, &plan_options) ? EXIT_DONE : EXIT_FAILED);
}

/*
 * argocd_apps.c - `yare argocd apps`: Applications for the releases of a helmfile
 *
 * Every environment is planned and rendered, because what Argo CD is to ignore and to allow follows from the objects.
 */
#include "argocd/app_facts.h"
#include "cli/argocd.h"
#include "codec/yaml_read.h"
#include "project/render.h"
#include "project/repository.h"
#include "report/impact.h"

struct apps_command {
    struct project_options project;
    struct text_list environments;
    struct slice source;
    struct app_options app;
    bool set;
};

struct gathering {
    struct context *context;
    struct slice environment; /* the one being gathered */
    struct app_facts facts;
    struct impact impact;     /* of the environment: what each release depends on */
    struct slice root;        /* of the repository */
    struct app_release *releases;
    size_t count;
    size_t cap;
};

/* --- what is rendered ----------------------------------------------------------------------------------------- */

static bool add_object(void *context, struct slice document)
{
    const struct yaml_read_options options = {.keep_integers = true, .no_origin = true};
    struct gathering *g = context;
    struct arena *a = g->facts.arena;
    struct yaml_error error;
    struct value object;
    if (slice_trim(document).len == 0)
        return true;
    if (!yaml_read(a, NULL, arena_slice(a, document), &options, &object, &error))
        return diag_error_slice(g->context->diag, error.message);
    app_facts_add(&g->facts, object);
    return true;
}

static struct app_release *new_release(struct gathering *g)
{
    g->releases = arena_room(g->facts.arena, g->releases, g->count, &g->cap, sizeof *g->releases);
    return &g->releases[g->count++];
}

static bool creates_namespace(const struct release_spec *spec)
{
    struct value own = field_value(spec->body, "createNamespace");
    if (own.kind != VALUE_BOOL)
        own = field_value(field_value(spec->state->top, "helmDefaults"), "createNamespace");
    return own.kind != VALUE_BOOL || own.b; /* Helmfile's default */
}

/* Argo CD's annotation: the release is rendered anew only where one of these changes. */
static struct slice generate_paths(const struct gathering *g, struct slice name)
{
    struct arena *a = g->facts.arena;
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < g->impact.count; i++) {
        if (!slice_equal(g->impact.releases[i].name, name))
            continue;
        const struct list *paths = impact_paths(a, &g->impact.releases[i], g->root);
        for (uint32_t k = 0; k < paths->len; k++)
            buffer_printf(&text, "%s%.*s", text.len ? ";" : "", SLICE_ARG(value_slice(paths->items[k])));
    }
    return buffer_move(&text, a);
}

static bool gather_release(void *context, const struct rendered_release *rendered, struct diag *diag)
{
    struct gathering *g = context;
    const struct planned_release *planned = rendered->planned;
    (void)diag;
    app_facts_next_release(&g->facts);
    if (!manifest_split(rendered->text, add_object, g))
        return false;
    *new_release(g) = (struct app_release){
        .environment = g->environment,
        .name = planned->name,
        .name_space = planned->name_space,
        .wave = planned->group ? planned->group - 1 : 0,
        .create_namespace = creates_namespace(planned->spec),
        .generate_paths = generate_paths(g, planned->name),
        .ignored = app_facts_ignored(&g->facts),
    };
    return true;
}

static bool gather_environment(struct gathering *g, struct slice path, const struct apps_command *o,
                               const struct plan_options *options)
{
    struct context *c = g->context;
    struct render_options render = {.threads = (size_t)o->project.threads, .output = {.include_crds = true}};
    struct plan plan;
    if (!plan_make(c->arena, c->sources, path, options, &plan, c->diag))
        return false;
    impact_init(&g->impact, c->arena);
    g->root = slice_text(repository_root(c->arena, path));
    bool ok = (plan.place.kind == PROJECT_HELMFILE ||
               diag_error(c->diag, "'%.*s' is no helmfile: Applications are made for its releases", SLICE_ARG(path))) &&
              impact_add(&g->impact, path, options, c->diag);
    ok = ok && render_plan(&plan, &render, gather_release, g, c->diag);
    plan_release(&plan);
    return ok;
}

/* --- the repository ------------------------------------------------------------------------------------------- */

static bool find_repository(struct context *c, struct slice path, struct app_options *app)
{
    struct repository repository;
    repository_read(c->arena, path, &repository);
    if (app->repository.len == 0)
        app->repository = repository.url;
    if (app->repository.len == 0)
        return diag_error(c->diag, "--repo is needed: git names no remote repository for '%.*s'", SLICE_ARG(path));
    if (app->path.len == 0)
        app->path = repository.prefix;
    if (app->project.len == 0)
        app->project = repository_name(app->repository);
    return true;
}

/* --- the command ---------------------------------------------------------------------------------------------- */

static bool read_source(struct context *c, struct apps_command *o)
{
    if (slice_is(o->source, "plugin"))
        o->app.source = APP_SOURCE_PLUGIN;
    else if (slice_is(o->source, "rendered"))
        o->app.source = APP_SOURCE_RENDERED;
    else
        return diag_error(c->diag, "--source is plugin or rendered, not '%.*s'", SLICE_ARG(o->source));
    return true;
}

static bool any_creates_namespace(const struct gathering *g)
{
    for (size_t i = 0; i < g->count; i++) {
        if (g->releases[i].create_namespace)
            return true;
    }
    return false;
}

static bool write_all(struct gathering *g, const struct apps_command *o, struct buffer *out)
{
    struct context *c = g->context;
    if (any_creates_namespace(g))
        app_facts_add_kind(&g->facts, SLICE(""), SLICE("Namespace"));
    if (!app_write_project(&o->app, g->releases, g->count, g->facts.kinds, g->facts.kind_count, c->arena, out, c->diag))
        return false;
    if (o->set)
        return app_write_set(&o->app, g->releases, g->count, c->arena, out, c->diag);
    for (size_t i = 0; i < g->count; i++) {
        if (!app_write_application(&o->app, &g->releases[i], c->arena, out, c->diag))
            return false;
    }
    return true;
}

static bool run(struct context *c, struct apps_command *o, struct slice path, struct plan_options *options)
{
    struct gathering g = {.context = c};
    struct helmfile_texts environments = {NULL, 0};
    struct buffer text = BUFFER_INIT;
    app_facts_init(&g.facts, c->arena);
    bool ok = read_source(c, o) && find_repository(c, path, &o->app) &&
              project_environments(c, path, options, &o->environments, &environments);
    for (size_t i = 0; ok && i < environments.count; i++) {
        g.environment = options->helmfile.environment = environments.items[i];
        ok = gather_environment(&g, path, o, options);
    }
    ok = ok && write_all(&g, o, &text) && context_print(c, buffer_slice(&text));
    buffer_release(&text);
    return ok;
}

int argocd_apps(struct context *c)
{
    struct option_result result;
    struct plan_options options;
    struct slice path;
    struct apps_command o = {.source = SLICE("plugin"),
                             .app = {.revision = SLICE("HEAD"),
                                     .rendered = SLICE("rendered"),
                                     .plugin = SLICE("yare"),
                                     .name_space = SLICE("argocd"),
                                     .cluster = SLICE("https://kubernetes.default.svc")}};
    const struct option own[] = {
        {.name = "application-set",
         .kind = OPTION_FLAG,
         .target = &o.set,
         .help = "write one ApplicationSet in place of the Applications"},
        {.name = "argocd-namespace",
         .kind = OPTION_TEXT,
         .target = &o.app.name_space,
         .argument = "name",
         .help = "namespace of Argo CD (default argocd)"},
        {.name = "automated",
         .kind = OPTION_FLAG,
         .target = &o.app.automated,
         .help = "let Argo CD sync, prune and heal by itself"},
        {.name = "cluster",
         .kind = OPTION_TEXT,
         .target = &o.app.cluster,
         .argument = "name|URL",
         .help = "destination (default https://kubernetes.default.svc)"},
        {.name = "environment",
         .letter = 'e',
         .kind = OPTION_COMMAS,
         .target = &o.environments,
         .argument = "name",
         .help = "environments (default: all that the helmfile defines)"},
        {.name = "path",
         .kind = OPTION_TEXT,
         .target = &o.app.path,
         .argument = "folder",
         .help = "of the helmfile in the repository (default: what git says)"},
        {.name = "plugin", .kind = OPTION_TEXT, .target = &o.app.plugin, .argument = "name", .help = "of the plugin (default yare)"},
        {.name = "project",
         .kind = OPTION_TEXT,
         .target = &o.app.project,
         .argument = "name",
         .help = "of the AppProject and the ApplicationSet (default: name of the repository)"},
        {.name = "rendered-path",
         .kind = OPTION_TEXT,
         .target = &o.app.rendered,
         .argument = "folder",
         .help = "where rendered manifests are in the repository, for --source rendered (default rendered)"},
        {.name = "repo",
         .kind = OPTION_TEXT,
         .target = &o.app.repository,
         .argument = "URL",
         .help = "of the repository (default: git's remote \"origin\")"},
        {.name = "revision",
         .kind = OPTION_TEXT,
         .target = &o.app.revision,
         .argument = "revision",
         .help = "that Argo CD follows (default HEAD)"},
        {.name = "source",
         .kind = OPTION_TEXT,
         .target = &o.source,
         .argument = "plugin|rendered",
         .help = "let yare render in Argo CD, or take what yare render --layout hydrator wrote (default plugin)"},
        {.name = NULL},
    };
    const struct option *tables[] = {own, project_table(c->arena, &o.project)};
    if (!options_parse(c->arena, tables, 2, c->argc, c->argv, &result, c->diag) ||
        !project_path(c, &result.arguments, 1, &path) || !project_plan_options(c, &o.project, &options))
        return context_finish(c, EXIT_USAGE);
    if (o.project.help)
        return project_help(c, "argocd apps [PATH] [-e ENV,...] [options]",
                            "Prints an AppProject, and an Application for each release of a helmfile in each environment.",
                            tables, 2);
    return context_finish(c, run(c, &o, path, &options) ? EXIT_DONE : EXIT_FAILED);
}

/*
 * plan_helmfile.c - the releases of state files, planned
 *
 * The steps of one state file are Helmfile's, in its order, for the first fault ends everything: releases are selected,
 * their charts prepared, duplicates and needs looked at, and only then values files are read, release by release.
 */
#include "project/planner.h"

#include "base/file.h"
#include "chart/local_dependencies.h"
#include "funcs/library.h"
#include "helmfile/chartify.h"
#include "helmfile/hooks.h"
#include "helmfile/release_chart.h"
#include "helmfile/state_lock.h"
#include "helmfile/storage.h"

/* A release on its way. */
struct prepared_release {
    const char *path;    /* of the chart */
    struct slice shown;  /* the same in the log */
    struct chart *chart; /* made by chartify, or null */
    bool is_fetched;     /* the chart */
    bool read;           /* `own` is filled */
    struct release_values own;
};

/* The releases of one state file. */
struct planning {
    struct planner *p;
    const struct state *state;
    const struct release_list *releases;
    struct prepared_release *prepared; /* one a release */
    struct buffer log;                 /* lines that have found no release yet */
    bool prints_line;
};

/* --- charts --------------------------------------------------------------------------------------------------- */

/* A switch of a release, or of helmDefaults where the release has none. */
static bool release_switch(const struct release_spec *spec, const char *key)
{
    struct value own = field_value(spec->body, key);
    if (own.kind == VALUE_BOOL)
        return own.b;
    return field_is_true(field_value(spec->state->top, "helmDefaults"), key);
}

/* The chart that is rendered: the command line's or the state's in the place of the release's. */
static struct slice chart_of(const struct planner *p, const struct release_spec *spec)
{
    struct slice option = p->options->helmfile.chart;
    struct slice above = option.len ? option : field_text(spec->state->top, "chart");
    return above.len ? above : spec->chart;
}

/* What fetches charts, made when it is first needed. */
static struct release_charts *charts_of(struct planner *p)
{
    if (!p->charts)
        p->charts = release_charts_new(p->plan->arena);
    return p->charts;
}

/* Where the chart is on this machine, fetched where it lies elsewhere. */
static bool find_chart(struct planner *p, const struct release_spec *spec, struct slice chart,
                       struct prepared_release *r)
{
    struct arena *a = p->plan->arena;
    struct diag_place nowhere = {NULL, 0, 0, 0};
    r->path = storage_path(a, spec->state->folder, chart);
    r->is_fetched = release_chart_is_remote(spec, chart, r->path);
    if (r->is_fetched) {
        return release_chart_fetch(charts_of(p), p->helmfile, spec, chart, &r->path, p->diag);
    }
    if (file_exists(r->path))
        return true;
    diag_error(p->diag, "chart \"%.*s\" of release \"%.*s\" does not exist", SLICE_ARG(chart), SLICE_ARG(spec->name));
    helmfile_locate(p->helmfile, field_value(spec->body, "chart"), p->diag);
    diag_note(p->diag, nowhere, "looked for %s", r->path);
    return false;
}

static struct slice kube_version_of(const struct planner *p, const struct release_spec *spec)
{
    return p->options->kube_version.len ? p->options->kube_version : field_text(spec->body, "kubeVersion");
}

static struct helmfile_texts api_versions_of(const struct planner *p, const struct release_spec *spec)
{
    if (p->options->api_versions.count)
        return p->options->api_versions;
    return field_texts(p->plan->arena, spec->body, "apiVersions");
}

static bool skips_schema(const struct planner *p, const struct release_spec *spec)
{
    return p->options->skip_schema || release_switch(spec, "skipSchemaValidation");
}

static bool skips_deps(const struct planner *p, const struct release_spec *spec)
{
    return p->options->skip_deps || release_switch(spec, "skipDeps");
}

static bool make_chart(struct planner *p, const struct release_spec *spec, struct prepared_release *r)
{
    if (!p->functions)
        p->functions = library_new(p->plan->arena, p->options->helm3 ? LIBRARY_HELM3 : LIBRARY_HELM4);
    struct chartify_options options = {.path = r->path,
                                       .kube_version = kube_version_of(p, spec),
                                       .api_versions = api_versions_of(p, spec),
                                       .include_crds = p->options->include_crds,
                                       .skip_deps = skips_deps(p, spec),
                                       .skip_schema = skips_schema(p, spec),
                                       .enable_dns = release_switch(spec, "enableDNS"),
                                       .helm3 = p->options->helm3,
                                       .functions = p->functions,
                                       .charts = charts_of(p),
                                       .is_fetched = r->is_fetched};
    r->read = true;
    r->shown = chartify_path(p->plan->arena, spec, options.is_fetched);
    return release_values_read(p->helmfile, spec, &r->own, p->diag) &&
           planner_chartify_values(p, &r->own, &options.values) &&
           chartify(p->helmfile, spec, &options, &r->chart, p->diag);
}

/* Loads a chart with the charts that it names by file://; releases share it. */
static bool load_with_dependencies(struct planner *p, const char *path, size_t index)
{
    struct arena *a = p->plan->arena;
    struct chart_load_options options = {.helm3 = p->options->helm3};
    struct file_list files = {{NULL, 0}, 0};
    size_t count;
    return folder_read(a, path, &options, &files, p->diag) &&
           local_dependencies_add(a, path, &options, p->plan->sources, &files, &count, p->diag) &&
           chart_load_files(&files.files, path, &options, p->plan->sources, &p->plan->charts[index].chart, p->diag);
}

static bool build_dependencies(struct planner *p, const struct release_spec *spec, const char *path,
                               struct slice shown)
{
    if (!local_dependencies_any(path))
        return true;
    size_t index = planner_add_chart(p->plan, path);
    if (p->plan->charts[index].chart || load_with_dependencies(p, path, index))
        return true;
    diag_prefix(p->diag, "building dependencies of local chart \"%.*s\" for release \"%.*s\": ", SLICE_ARG(shown),
                SLICE_ARG(spec->name));
    return false;
}

/* What helm says when it asks the repositories of the state file. */
static void log_update(struct planning *g)
{
    struct field_items repositories = field_items(g->state->top, "repositories");
    buffer_add_text(&g->log, "\nHang tight while we grab the latest from your chart repositories...");
    for (size_t i = 0; i < repositories.count; i++)
        buffer_printf(&g->log, "\n...Successfully got an update from the \"%.*s\" chart repository",
                      SLICE_ARG(field_text(repositories.items[i], "name")));
    buffer_add_text(&g->log, "\nUpdate Complete. ⎈Happy Helming!⎈");
}

/* What `helm dependency build` says of a chart that was loaded with its dependencies. */
static void log_dependencies(struct planning *g, const struct chart *chart)
{
    const struct chart_dependencies *all = &chart->metadata.dependencies;
    struct buffer downloads = BUFFER_INIT;
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++) {
        const struct chart_dependency *d = all->items[i];
        count += d->repository.len > 0;
        if (slice_starts(d->repository, SLICE("http")))
            buffer_printf(&downloads, "\nDownloading %.*s from repo %.*s", SLICE_ARG(d->name),
                          SLICE_ARG(d->repository));
    }
    if (downloads.len)
        log_update(g);
    if (count)
        buffer_printf(&g->log, "\nSaving %zu charts%.*s\nDeleting outdated charts", count, (int)downloads.len,
                      downloads.ptr ? downloads.ptr : "");
    buffer_release(&downloads);
}

/* The chart that was prepared for a release, or null where it is loaded later. */
static const struct chart *prepared_chart(const struct plan *plan, const struct prepared_release *r)
{
    for (size_t i = 0; !r->chart && i < plan->chart_count; i++) {
        if (!plan->charts[i].is_made && strcmp(plan->charts[i].path, r->path) == 0)
            return plan->charts[i].chart;
    }
    return r->chart;
}

static void log_build(struct planning *g, const struct release_spec *spec, const struct prepared_release *r)
{
    const struct chart *chart = prepared_chart(g->p->plan, r);
    buffer_printf(&g->log, "%sBuilding dependency release=%.*s, chart=%.*s", g->log.len ? "\n" : "",
                  SLICE_ARG(spec->name), SLICE_ARG(r->shown));
    if (chart)
        log_dependencies(g, chart);
}

/* Finds the chart of one release, or makes it, and notes what Helmfile would log of its dependencies. */
static bool prepare(struct planning *g, const struct release_spec *spec, struct prepared_release *r)
{
    struct planner *p = g->p;
    struct slice chart = chart_of(p, spec);
    if (!hooks_run(p->helmfile, g->state, spec, "prepare", p->options->command, SLICE(""), p->diag))
        return false;
    if (!find_chart(p, spec, chart, r))
        return false;
    r->shown = release_chart_is_remote(spec, chart, r->path) ? chart
                                                            : state_shown_path(p->plan->arena, g->state, chart);
    bool is_folder = file_is_directory(r->path);
    if (chartify_is_wanted(spec, r->path)) {
        g->prints_line |= chartify_is_kustomization(r->path);
        if (!make_chart(p, spec, r))
            return false;
    } else if (is_folder && !skips_deps(p, spec) && !build_dependencies(p, spec, r->path, r->shown)) {
        return false;
    }
    if (is_folder && !skips_deps(p, spec))
        log_build(g, spec, r);
    return true;
}

static bool prepare_all(struct planning *g, const bool *selected)
{
    bool *included = ARENA_ARRAY(g->p->plan->arena, bool, g->releases->count);
    needs_include(g->releases, selected, g->p->options->needs, included);
    for (size_t i = 0; i < g->releases->count; i++) {
        const struct release_spec *spec = &g->releases->items[i];
        if (included[i] && spec->installed && !prepare(g, spec, &g->prepared[i]))
            return false;
    }
    return true;
}

/* --- what other programs would do ----------------------------------------------------------------------------- */

static bool refuse(struct planner *p, const struct release_spec *spec, struct value at, const char *what)
{
    diag_error(p->diag, "%s of release \"%.*s\" is not honoured: yare renders without helm and its plugins", what,
               SLICE_ARG(spec->name));
    helmfile_locate(p->helmfile, at, p->diag);
    return false;
}

/* Flags that change nothing in what helm renders without a cluster. */
static bool is_harmless(struct slice flag)
{
    static const char *const flags[] = {
        "--atomic", "--cleanup-on-fail", "--create-namespace", "--debug", "--force", "--history-max", "--hide-notes",
        "--kube-context", "--kubeconfig", "--rollback-on-failure", "--timeout", "--wait", "--wait-for-jobs"};
    struct slice name = slice_part(flag, 0, slice_find_char(flag, '='));
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        if (slice_is(name, flags[i]))
            return true;
    }
    return false;
}

/* Flags that helmDefaults gives to helm: what would change the result cannot be passed over. */
static bool check_args(struct planner *p, const struct release_spec *spec, const char *key)
{
    struct field_items args = field_items(field_value(spec->state->top, "helmDefaults"), key);
    for (size_t i = 0; i < args.count; i++) {
        struct slice word = slice_trim(value_slice(args.items[i]));
        struct slice flag = slice_part(word, 0, slice_find_char(word, ' '));
        if (slice_starts(flag, SLICE("-")) && !is_harmless(flag))
            return refuse(p, spec, args.items[i],
                          arena_printf(p->plan->arena, "helmDefaults.%s: %.*s", key, SLICE_ARG(flag)).ptr);
    }
    return true;
}

static bool check_honoured(struct planner *p, const struct release_spec *spec)
{
    if (p->options->command && strcmp(p->options->command, "lint") == 0)
        return true; /* helm lint knows none of this */
    struct value defaults = field_value(spec->state->top, "helmDefaults");
    struct value renderer = field_value(spec->body, "postRenderer");
    if (renderer.kind == VALUE_NIL)
        renderer = field_value(defaults, "postRenderer");
    if (renderer.kind == VALUE_STRING && renderer.len)
        return refuse(p, spec, renderer, "postRenderer");
    return check_args(p, spec, "args") && check_args(p, spec, "templateArgs");
}

/* --- releases ------------------------------------------------------------------------------------------------- */

static bool plan_spec(struct planning *g, const struct planned_need *need)
{
    struct planner *p = g->p;
    const struct release_spec *spec = need->release;
    struct prepared_release *prepared = &g->prepared[spec - g->releases->items];
    if (!check_honoured(p, spec) ||
        (!prepared->read && !release_values_read(p->helmfile, spec, &prepared->own, p->diag)))
        return false;
    struct planned_release r = {.name = spec->name,
                                .name_space = spec->name_space.len ? spec->name_space : SLICE("default"),
                                .environment = p->plan->environment,
                                .spec = spec,
                                .group = need->group,
                                .helm3 = p->options->helm3,
                                .kube_version = kube_version_of(p, spec),
                                .api_versions = api_versions_of(p, spec),
                                .skip_schema = skips_schema(p, spec),
                                .enable_dns = release_switch(spec, "enableDNS"),
                                .shown_chart = prepared->shown,
                                .prints_line = g->prints_line};
    if (!planner_merge_values(p, &r, &prepared->own))
        return false;
    r.chart = prepared->chart ? planner_add_loaded(p->plan, prepared->path, prepared->chart)
                              : planner_add_chart(p->plan, prepared->path);
    prepared->chart = NULL;
    r.prepared = buffer_move(&g->log, p->plan->arena);
    g->prints_line = false;
    *planner_add_release(p->plan) = r;
    return true;
}

static bool check_duplicates(struct planner *p, const struct release_list *releases, const bool *selected)
{
    for (size_t i = 0; i < releases->count; i++) {
        for (size_t k = i + 1; selected[i] && k < releases->count; k++) {
            const struct release_spec *r = &releases->items[k];
            if (!selected[k] || !slice_equal(releases->items[i].id, r->id))
                continue;
            diag_error(p->diag, "found 2 duplicate releases with ID \"%.*s\"", SLICE_ARG(r->id));
            helmfile_locate(p->helmfile, r->body, p->diag);
            return false;
        }
    }
    return true;
}

/* What fails while charts are prepared stands in brackets: Helmfile prints it as a list of errors. */
static bool select_and_prepare(struct planning *g, const struct helmfile_texts *selectors, bool *selected)
{
    struct planner *p = g->p;
    struct release_list *locked = ARENA_NEW(p->plan->arena, struct release_list);
    bool ok = state_lock_apply(p->helmfile, g->state, g->releases, locked, p->diag);
    g->releases = locked;
    if (ok && needs_select(p->helmfile, g->releases, selectors, selected, p->diag) && prepare_all(g, selected))
        return true;
    if (p->options->is_helmfile)
        diag_enclose(p->diag, "[", "]");
    return false;
}

static bool plan_releases(struct planning *g, const struct helmfile_texts *selectors)
{
    struct planner *p = g->p;
    bool *selected = ARENA_ARRAY(p->plan->arena, bool, g->releases->count);
    struct needs_plan order;
    if (!select_and_prepare(g, selectors, selected) || !check_duplicates(p, g->releases, selected) ||
        !needs_order(p->helmfile, g->releases, selected, p->options->needs, &order, p->diag) ||
        (p->options->enforce_installed && !needs_check_installed(p->helmfile, g->releases, &order, p->diag)))
        return false;
    p->plan->selected += order.count;
    for (size_t i = 0; i < order.count; i++) {
        if (order.items[i].release->installed && !plan_spec(g, &order.items[i]))
            return false;
    }
    return true;
}

/* The log of a file that gave no release, before its error. */
static void note_log(struct planning *g, bool ok)
{
    struct diag *diag = g->p->diag;
    struct diag error;
    if (g->log.len == 0 || !g->p->options->is_helmfile)
        return;
    diag_init(&error);
    if (!ok)
        diag_take_last(diag, &error);
    diag_info(diag, "%.*s", (int)g->log.len, g->log.ptr);
    diag_append(diag, &error);
    diag_release(&error);
}

static bool plan_state(void *context, const struct state *state, const struct release_list *releases,
                       const struct helmfile_texts *selectors, struct diag *diag)
{
    struct planner *p = context;
    struct planning g = {.p = p,
                         .state = state,
                         .releases = releases,
                         .prepared = ARENA_ARRAY(p->plan->arena, struct prepared_release, releases->count)};
    if (!p->options->is_helmfile)
        needs_warn(p->helmfile, releases, false, diag);
    bool ok = hooks_run(p->helmfile, state, NULL, "prepare", p->options->command, SLICE(""), diag) &&
              plan_releases(&g, selectors);
    note_log(&g, ok);
    buffer_release(&g.log);
    for (size_t i = 0; i < releases->count; i++)
        chart_free(g.prepared[i].chart);
    return ok;
}

/* --- cleaning up ---------------------------------------------------------------------------------------------- */

bool plan_clean_up(const struct plan *plan, const struct planned_release *r, const char *command, struct diag *diag)
{
    const struct planned_release *next = r + 1 < plan->releases + plan->count ? r + 1 : NULL;
    if (!r->spec)
        return true;
    if (!hooks_run(plan->helmfile, r->spec->state, r->spec, "cleanup", command, SLICE(""), diag)) {
        struct diag failure;
        diag_init(&failure);
        diag_take_last(diag, &failure);
        diag_warning(diag, "warn: %.*s\n", SLICE_ARG(failure.last->message));
        diag_release(&failure);
    }
    return (next && next->spec && next->spec->state == r->spec->state) ||
           hooks_run(plan->helmfile, r->spec->state, NULL, "cleanup", command, SLICE(""), diag);
}

/* --- environments --------------------------------------------------------------------------------------------- */

bool plan_fail_environment(struct arena *a, const struct state *state, struct slice wanted, struct diag *diag)
{
    struct diag_place nowhere = {NULL, 0, 0, 0};
    struct helmfile_texts names = state_environment_names(a, state);
    struct buffer list = BUFFER_INIT;
    for (size_t i = 0; i < names.count; i++)
        buffer_printf(&list, "%s%.*s", i ? ", " : "", SLICE_ARG(names.items[i]));
    if (slice_is(wanted, "default"))
        diag_error(diag, "%.*s needs an environment (-e): %.*s", SLICE_ARG(state->path),
                   SLICE_ARG(buffer_slice(&list)));
    else
        diag_error(diag, "environment '%.*s' is not defined in %.*s, which has %.*s", SLICE_ARG(wanted),
                   SLICE_ARG(state->path), SLICE_ARG(list.len ? buffer_slice(&list) : SLICE("none")));
    size_t near = diag_nearest_slice(wanted, names.items, names.count);
    if (near < names.count)
        diag_note(diag, nowhere, "did you mean '%.*s'?", SLICE_ARG(names.items[near]));
    buffer_release(&list);
    return false;
}

static bool fail_environment(void *context, const struct state *state, struct diag *diag)
{
    struct planner *p = context;
    return plan_fail_environment(p->plan->arena, state, p->options->helmfile.environment, diag);
}

bool planner_add_helmfile(struct planner *p)
{
    const struct plan_options *o = p->options;
    struct helmfile_visit visit = {
        .found = plan_state, .context = p, .unknown = o->is_helmfile ? NULL : fail_environment, .peer_errors = o->is_helmfile};
    struct helmfile_texts files;
    return helmfile_files(p->helmfile, p->plan->place.path, &files, p->diag) &&
           helmfile_visit_files(p->helmfile, &files, &visit, p->diag);
}

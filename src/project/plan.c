/*
 * plan.c - what a project renders: releases in order
 */
#include "project/planner.h"

#include "base/thread_pool.h"

/* --- charts --------------------------------------------------------------------------------------------------- */

static size_t push_chart(struct plan *plan, const char *path, struct chart *chart, bool is_made)
{
    plan->charts = arena_room(plan->arena, plan->charts, plan->chart_count, &plan->chart_cap, sizeof *plan->charts);
    plan->charts[plan->chart_count] = (struct planned_chart){path, chart, is_made};
    return plan->chart_count++;
}

size_t planner_add_loaded(struct plan *plan, const char *path, struct chart *chart)
{
    return push_chart(plan, path, chart, true);
}

size_t planner_add_chart(struct plan *plan, const char *path)
{
    for (size_t i = 0; i < plan->chart_count; i++) {
        if (!plan->charts[i].is_made && strcmp(plan->charts[i].path, path) == 0)
            return i;
    }
    return push_chart(plan, path, NULL, false);
}

struct planned_release *planner_add_release(struct plan *plan)
{
    plan->releases =
        arena_room(plan->arena, plan->releases, plan->count, &plan->release_cap, sizeof *plan->releases);
    plan->releases[plan->count] = (struct planned_release){.values = value_nil()};
    return &plan->releases[plan->count++];
}

/* --- charts by themselves ------------------------------------------------------------------------------------- */

static bool plan_chart(struct planner *p)
{
    struct plan *plan = p->plan;
    const struct plan_options *o = p->options;
    struct value_layers layers;
    if (!value_layers_read(plan->arena, &o->values, o->helm3, plan->sources, &layers, p->diag))
        return false;
    struct planned_release *r = planner_add_release(plan);
    r->name = o->name;
    r->name_space = o->name_space.len ? o->name_space : SLICE("default");
    r->chart = planner_add_chart(plan, arena_text(plan->arena, plan->place.path));
    r->layers = layers.layers;
    r->layer_count = layers.count;
    r->sets = layers.sets;
    r->values = layers.merged;
    r->kube_version = o->kube_version;
    r->api_versions = o->api_versions;
    r->skip_schema = o->skip_schema;
    r->helm3 = o->helm3;
    r->group = 1;
    value_freeze(r->values);
    return true;
}

/* --- entry ---------------------------------------------------------------------------------------------------- */

bool plan_make_until_fault(struct arena *a, struct source_set *sources, struct slice path,
                           const struct plan_options *options, struct plan *out, struct diag *diag)
{
    struct helmfile *helmfile = ARENA_NEW(a, struct helmfile);
    struct planner p = {.helmfile = helmfile, .options = options, .plan = out, .diag = diag};
    *out = (struct plan){.arena = a, .sources = sources, .helmfile = helmfile, .helm3 = options->helm3};
    helmfile_init(helmfile, a, sources, &options->helmfile);
    if (options->is_helmfile)
        out->place = (struct project_place){PROJECT_HELMFILE, path};
    else if (!project_detect(a, path, &out->place, diag))
        return false;
    switch (out->place.kind) {
    case PROJECT_CHART:
        return plan_chart(&p);
    case PROJECT_HELMFILE:
        out->environment = options->helmfile.environment;
        return planner_add_helmfile(&p);
    case PROJECT_KUSTOMIZATION:
        break;
    }
    return diag_error(diag, "'%.*s' is a kustomization: use yare kustomize build", SLICE_ARG(out->place.path));
}

void plan_release(struct plan *plan)
{
    for (size_t i = 0; i < plan->chart_count; i++)
        chart_free(plan->charts[i].chart);
    plan->chart_count = 0;
}

bool plan_make(struct arena *a, struct source_set *sources, struct slice path, const struct plan_options *options,
               struct plan *out, struct diag *diag)
{
    if (plan_make_until_fault(a, sources, path, options, out, diag))
        return true;
    plan_release(out);
    return false;
}

/* --- loading charts ------------------------------------------------------------------------------------------- */

struct loader {
    struct plan *plan;
    struct diag *diags; /* one a chart */
    bool *failed;
    struct diag *diag;
};

static void load_chart(void *context, size_t task)
{
    struct loader *l = context;
    struct planned_chart *chart = &l->plan->charts[task];
    struct chart_load_options options = {.helm3 = l->plan->helm3};
    if (chart->chart)
        return;
    l->failed[task] = !chart_load(chart->path, &options, l->plan->sources, &chart->chart, &l->diags[task]) ||
                      !release_check_chart(chart->chart, l->plan->helm3, &l->diags[task]);
}

static void note_users(const struct loader *l, size_t chart)
{
    struct diag_place nowhere = {NULL, 0, 0, 0};
    for (size_t i = 0; i < l->plan->count; i++) {
        if (l->plan->releases[i].chart == chart && l->plan->releases[i].spec) {
            diag_note(&l->diags[chart], nowhere, "wanted by release '%.*s'", SLICE_ARG(l->plan->releases[i].name));
            return;
        }
    }
}

/* Helm's infos about links in a chart are of no use to yare's own commands. */
static bool has_more_than_infos(const struct diag *diag)
{
    for (const struct diag_entry *entry = diag->first; entry; entry = entry->next) {
        if (entry->severity == DIAG_ERROR || entry->severity == DIAG_WARNING)
            return true;
    }
    return false;
}

static bool chart_loaded(void *context, size_t task)
{
    struct loader *l = context;
    if (l->failed[task])
        note_users(l, task);
    if (has_more_than_infos(&l->diags[task]))
        diag_append(l->diag, &l->diags[task]);
    return true;
}

/* A chart by itself gives the release its name. */
static void name_releases(struct plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        struct planned_release *r = &plan->releases[i];
        if (r->name.len == 0 && !r->spec)
            r->name = plan->charts[r->chart].chart->metadata.name;
    }
}

void plan_append(struct plan *plan, const struct plan *more)
{
    for (size_t i = 0; i < more->count; i++) {
        struct planned_release release = more->releases[i];
        const struct planned_chart *chart = &more->charts[release.chart];
        release.chart = chart->is_made ? planner_add_loaded(plan, chart->path, chart->chart)
                                       : planner_add_chart(plan, chart->path);
        *planner_add_release(plan) = release;
    }
    plan->selected += more->selected;
}

bool plan_load_charts(struct plan *plan, size_t threads, struct diag *diag)
{
    struct loader l = {.plan = plan,
                       .diags = ARENA_ARRAY(plan->arena, struct diag, plan->chart_count),
                       .failed = ARENA_ARRAY(plan->arena, bool, plan->chart_count),
                       .diag = diag};
    struct thread_pool_job job = {
        .count = plan->chart_count, .threads = threads, .run = load_chart, .hand_over = chart_loaded, .context = &l};
    for (size_t i = 0; i < plan->chart_count; i++)
        diag_init(&l.diags[i]);
    thread_pool_run(&job);
    bool ok = true;
    for (size_t i = 0; i < plan->chart_count; i++) {
        diag_release(&l.diags[i]);
        ok = ok && !l.failed[i];
    }
    if (ok)
        name_releases(plan);
    return ok;
}

bool plan_find(const struct plan *plan, struct slice name, const struct planned_release **out, struct diag *diag)
{
    struct diag_place nowhere = {NULL, 0, 0, 0};
    struct slice *names = ARENA_ARRAY(plan->arena, struct slice, plan->count);
    for (size_t i = 0; i < plan->count; i++) {
        names[i] = plan->releases[i].name;
        if (slice_equal(names[i], name)) {
            *out = &plan->releases[i];
            return true;
        }
    }
    diag_error(diag, "there is no release '%.*s'", SLICE_ARG(name));
    size_t near = diag_nearest_slice(name, names, plan->count);
    if (near < plan->count)
        diag_note(diag, nowhere, "did you mean '%.*s'?", SLICE_ARG(names[near]));
    return false;
}

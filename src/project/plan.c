/*
 * plan.c - what a project renders: releases in order
 */
#include "project/plan.h"

#include "base/file.h"
#include "base/thread_pool.h"
#include "helm/set_values.h"
#include "helmfile/release_values.h"
#include "helmfile/storage.h"
#include "value/merge.h"

#include <stdlib.h>

struct planner {
    struct helmfile helmfile;
    const struct plan_options *options;
    struct plan *plan;
    struct diag *diag;
};

/* --- charts --------------------------------------------------------------------------------------------------- */

static size_t add_chart(struct plan *plan, const char *path)
{
    for (size_t i = 0; i < plan->chart_count; i++) {
        if (strcmp(plan->charts[i].path, path) == 0)
            return i;
    }
    size_t old = plan->chart_count * sizeof *plan->charts;
    plan->charts = arena_resize(plan->arena, plan->charts, old, old + sizeof *plan->charts);
    plan->charts[plan->chart_count] = (struct planned_chart){path, NULL};
    return plan->chart_count++;
}

static struct planned_release *add_release(struct plan *plan)
{
    size_t old = plan->count * sizeof *plan->releases;
    plan->releases = arena_resize(plan->arena, plan->releases, old, old + sizeof *plan->releases);
    plan->releases[plan->count] = (struct planned_release){.values = value_nil()};
    return &plan->releases[plan->count++];
}

/* --- values --------------------------------------------------------------------------------------------------- */

static void add_layer(struct plan *plan, struct planned_release *r, struct value_layer layer)
{
    size_t old = r->layer_count * sizeof layer;
    r->layers = arena_resize(plan->arena, r->layers, old, old + sizeof layer);
    r->layers[r->layer_count++] = layer;
}

static bool add_files(struct planner *p, struct planned_release *r)
{
    const struct layer_flag *files = &p->options->values.files;
    for (size_t i = 0; i < files->count; i++) {
        struct value_layer layer;
        if (!release_values_file(&p->helmfile, arena_text(p->plan->arena, files->items[i]), &layer, p->diag))
            return false;
        add_layer(p->plan, r, layer);
    }
    return true;
}

static bool apply_set(struct planner *p, struct map *root, struct slice text, enum set_kind kind,
                      struct origin origin)
{
    struct set_options options = {.kind = kind, .origin = origin, .helm3 = p->options->helm3};
    struct slice error;
    static const char *const flags[] = {"--set", "--set-string", "--set-file", "--set-literal", "--set-json"};
    if (set_values_apply(p->plan->arena, root, text, &options, &error))
        return true;
    if (kind == SET_JSON)
        return diag_error(p->diag, "failed parsing --set-json data %.*s", SLICE_ARG(text));
    return diag_error(p->diag, "failed parsing %s data: %.*s", flags[kind], SLICE_ARG(error));
}

static bool apply_release_sets(struct planner *p, struct map *root, const struct release_sets *sets,
                               enum set_kind kind)
{
    for (size_t i = 0; i < sets->count; i++) {
        if (!apply_set(p, root, sets->items[i].text, kind, sets->items[i].origin))
            return false;
    }
    return true;
}

static bool apply_flag(struct planner *p, struct map *root, const struct layer_flag *flag, enum set_kind kind,
                       const char *option)
{
    for (size_t i = 0; i < flag->count; i++) {
        struct slice name = arena_printf(p->plan->arena, "%s %.*s", option, SLICE_ARG(flag->items[i]));
        const struct source *source = source_set_add(p->plan->sources, name, flag->items[i]);
        if (!apply_set(p, root, flag->items[i], kind, origin_at(source, 1, 1)))
            return false;
    }
    return true;
}

/* In Helm's order, whatever the order on a command line: of each kind the release's before the user's. */
static bool apply_sets(struct planner *p, const struct release_values *own, struct map *root)
{
    const struct layer_flags *flags = &p->options->values;
    return apply_flag(p, root, &flags->set_json, SET_JSON, "--set-json") &&
           apply_release_sets(p, root, &own->set, SET_TYPED) &&
           apply_flag(p, root, &flags->set, SET_TYPED, "--set") &&
           apply_release_sets(p, root, &own->set_string, SET_STRING) &&
           apply_flag(p, root, &flags->set_string, SET_STRING, "--set-string") &&
           apply_release_sets(p, root, &own->set_file, SET_FILE) &&
           apply_flag(p, root, &flags->set_file, SET_FILE, "--set-file") &&
           apply_flag(p, root, &flags->set_literal, SET_LITERAL, "--set-literal");
}

static bool sets_anything(const struct release_values *own, const struct layer_flags *flags)
{
    return own->set.count || own->set_string.count || own->set_file.count || flags->set.count ||
           flags->set_json.count || flags->set_string.count || flags->set_file.count || flags->set_literal.count;
}

static bool merge_release_values(struct planner *p, struct planned_release *r, const struct release_values *own)
{
    struct arena *a = p->plan->arena;
    struct value *layers = ARENA_ARRAY(a, struct value, r->layer_count);
    for (size_t i = 0; i < r->layer_count; i++)
        layers[i] = r->layers[i].values;
    r->values = merge_layers(a, layers, r->layer_count, &merge_helm_layers);
    if (sets_anything(own, &p->options->values)) {
        r->values = value_thaw(a, r->values);
        if (!apply_sets(p, own, r->values.map))
            return false;
    }
    value_freeze(r->values);
    return true;
}

/* --- releases of state files ---------------------------------------------------------------------------------- */

static bool value_is_true(struct value v)
{
    return v.kind == VALUE_BOOL && v.b;
}

/* A switch of a release, or of helmDefaults where the release has none. */
static bool release_switch(const struct release_spec *spec, const char *key)
{
    struct value own = field_value(spec->body, key);
    if (own.kind == VALUE_BOOL)
        return own.b;
    return value_is_true(field_value(field_value(spec->state->top, "helmDefaults"), key));
}

/* Only charts of this machine can be rendered. */
static bool find_chart(struct planner *p, const struct release_spec *spec, const char **path)
{
    struct arena *a = p->plan->arena;
    struct slice chart = spec->chart;
    struct diag_place nowhere = {NULL, 0, 0, 0};
    *path = storage_path(a, spec->state->folder, chart);
    bool is_url = slice_find(chart, SLICE("://")) < chart.len;
    if (!is_url && file_exists(*path))
        return true;
    if (is_url)
        diag_error(p->diag, "chart \"%.*s\" of release \"%.*s\" would have to be fetched: yare renders charts of this "
                            "machine",
                   SLICE_ARG(chart), SLICE_ARG(spec->name));
    else
        diag_error(p->diag, "chart \"%.*s\" of release \"%.*s\" does not exist", SLICE_ARG(chart),
                   SLICE_ARG(spec->name));
    helmfile_locate(&p->helmfile, field_value(spec->body, "chart"), p->diag);
    if (!is_url)
        diag_note(p->diag, nowhere, "looked for %s", *path);
    return false;
}

static struct helmfile_texts texts_of(struct arena *a, struct field_items items)
{
    struct slice *texts = ARENA_ARRAY(a, struct slice, items.count);
    for (size_t i = 0; i < items.count; i++)
        texts[i] = value_slice(items.items[i]);
    return (struct helmfile_texts){texts, items.count};
}

static bool plan_spec(struct planner *p, const struct release_spec *spec, size_t group)
{
    struct release_values own;
    const char *chart;
    const struct plan_options *o = p->options;
    if (!find_chart(p, spec, &chart) || !release_values_read(&p->helmfile, spec, &own, p->diag))
        return false;
    struct planned_release *r = add_release(p->plan);
    r->name = spec->name;
    r->name_space = spec->name_space.len ? spec->name_space : SLICE("default");
    r->chart = add_chart(p->plan, chart);
    r->spec = spec;
    r->group = group;
    r->helm3 = o->helm3;
    r->layers = own.layers;
    r->layer_count = own.layer_count;
    r->kube_version = o->kube_version.len ? o->kube_version : field_text(spec->body, "kubeVersion");
    r->api_versions = o->api_versions.count ? o->api_versions
                                            : texts_of(p->plan->arena, field_items(spec->body, "apiVersions"));
    r->skip_schema = o->skip_schema || release_switch(spec, "skipSchemaValidation");
    r->enable_dns = release_switch(spec, "enableDNS");
    return add_files(p, r) && merge_release_values(p, r, &own);
}

static bool check_duplicates(struct planner *p, const struct release_list *releases, const bool *selected)
{
    for (size_t i = 0; i < releases->count; i++) {
        for (size_t k = i + 1; selected[i] && k < releases->count; k++) {
            const struct release_spec *r = &releases->items[k];
            if (!selected[k] || !slice_equal(releases->items[i].id, r->id))
                continue;
            diag_error(p->diag, "found 2 duplicate releases with ID \"%.*s\"", SLICE_ARG(r->id));
            helmfile_locate(&p->helmfile, r->body, p->diag);
            return false;
        }
    }
    return true;
}

static bool plan_state(void *context, const struct state *state, const struct release_list *releases,
                       const struct helmfile_texts *selectors, struct diag *diag)
{
    struct planner *p = context;
    bool *selected = ARENA_ARRAY(p->plan->arena, bool, releases->count);
    struct needs_plan order;
    (void)state;
    needs_warn(&p->helmfile, releases, p->options->is_helmfile, diag);
    if (!needs_select(&p->helmfile, releases, selectors, selected, diag) ||
        !check_duplicates(p, releases, selected) ||
        !needs_order(&p->helmfile, releases, selected, p->options->needs, &order, diag) ||
        (p->options->enforce_installed && !needs_check_installed(&p->helmfile, releases, &order, diag)))
        return false;
    p->plan->selected += order.count;
    for (size_t i = 0; i < order.count; i++) {
        if (order.items[i].release->installed && !plan_spec(p, order.items[i].release, order.items[i].group))
            return false;
    }
    return true;
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

static bool plan_helmfile(struct planner *p)
{
    const struct plan_options *o = p->options;
    struct helmfile_visit visit = {
        .found = plan_state, .context = p, .unknown = o->is_helmfile ? NULL : fail_environment, .peer_errors = o->is_helmfile};
    struct helmfile_texts files;
    return helmfile_files(&p->helmfile, p->plan->place.path, &files, p->diag) &&
           helmfile_visit_files(&p->helmfile, &files, &visit, p->diag);
}

/* --- charts by themselves ------------------------------------------------------------------------------------- */

static bool plan_chart(struct planner *p)
{
    struct plan *plan = p->plan;
    const struct plan_options *o = p->options;
    struct value_layers layers;
    if (!value_layers_read(plan->arena, &o->values, o->helm3, plan->sources, &layers, p->diag))
        return false;
    struct planned_release *r = add_release(plan);
    r->name = o->name;
    r->name_space = o->name_space.len ? o->name_space : SLICE("default");
    r->chart = add_chart(plan, arena_text(plan->arena, plan->place.path));
    r->layers = layers.layers;
    r->layer_count = layers.count;
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

bool plan_make(struct arena *a, struct source_set *sources, struct slice path, const struct plan_options *options,
               struct plan *out, struct diag *diag)
{
    struct planner p = {.options = options, .plan = out, .diag = diag};
    *out = (struct plan){.arena = a, .sources = sources, .helm3 = options->helm3};
    helmfile_init(&p.helmfile, a, sources, &options->helmfile);
    if (options->is_helmfile)
        out->place = (struct project_place){PROJECT_HELMFILE, path};
    else if (!project_detect(a, path, &out->place, diag))
        return false;
    switch (out->place.kind) {
    case PROJECT_CHART:
        return plan_chart(&p);
    case PROJECT_HELMFILE:
        out->environment = options->helmfile.environment;
        return plan_helmfile(&p);
    case PROJECT_KUSTOMIZATION:
        break;
    }
    return diag_error(diag, "'%.*s' is a kustomization: use yare kustomize build", SLICE_ARG(out->place.path));
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
        if (r->name.len == 0)
            r->name = plan->charts[r->chart].chart->metadata.name;
    }
}

void plan_append(struct plan *plan, const struct plan *more)
{
    size_t total = plan->count + more->count;
    plan->releases = arena_resize(plan->arena, plan->releases, plan->count * sizeof *plan->releases,
                                  total * sizeof *plan->releases);
    for (size_t i = 0; i < more->count; i++) {
        struct planned_release release = more->releases[i];
        release.chart = add_chart(plan, more->charts[release.chart].path);
        plan->releases[plan->count++] = release;
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

void plan_release(struct plan *plan)
{
    for (size_t i = 0; i < plan->chart_count; i++)
        chart_free(plan->charts[i].chart);
    plan->chart_count = 0;
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

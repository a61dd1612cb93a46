/*
 * render.c - a plan rendered, in its order
 */
#include "project/render.h"

#include "base/thread_pool.h"
#include "funcs/library.h"
#include "helm/schema_check.h"
#include "helm/template_cache.h"

enum {
    WINDOW = 2 /* releases in memory for each thread: one at work, one that waits for its turn to be printed */
};

/* What a thread makes of one release; unless it is kept, its memory serves one release after the other. */
struct work {
    struct arena arena;
    struct diag diag;
    struct release release;
    struct buffer text;
    bool ok;
};

struct rendering {
    const struct plan *plan;
    const struct render_options *options;
    const struct function_table *functions;
    struct template_cache *cache;
    struct schema_cache *schemas;
    struct work *works; /* as many as there may be releases in memory */
    size_t work_count;
    render_done_fn *done; /* null: releases are kept */
    void *context;
    bool failed; /* a release before this one has failed */
    struct diag *diag;
};

static void render_release(void *context, size_t task)
{
    struct rendering *r = context;
    const struct planned_release *planned = &r->plan->releases[task];
    struct work *w = &r->works[task % r->work_count];
    struct release_options options = {
        .chart = r->plan->charts[planned->chart].chart,
        .values = planned->values,
        .name = planned->name,
        .name_space = planned->name_space,
        .skip_schema = planned->skip_schema,
        .enable_dns = planned->enable_dns,
        .helm3 = planned->helm3,
        .trace = r->options->trace,
        .seeded = r->options->seeded,
        .seed = r->options->seed,
        .capabilities = {.helm3 = planned->helm3,
                         .kube_version = planned->kube_version,
                         .api_versions = planned->api_versions.items,
                         .api_version_count = planned->api_versions.count},
        .functions = r->functions,
        .cache = r->cache,
        .schemas = r->schemas,
    };
    w->ok = release_render(&options, &w->arena, &w->release, &w->diag) &&
            (!r->done || template_output_write(&w->release, &r->options->output, &w->text, &w->diag));
}

static void clear_work(struct work *w)
{
    buffer_clear(&w->text);
    diag_clear(&w->diag);
    arena_clear(&w->arena);
}

static void release_work(struct work *w)
{
    buffer_release(&w->text);
    diag_release(&w->diag);
    arena_release(&w->arena);
}

static void note_release(const struct planned_release *planned, struct diag *diag)
{
    struct diag_place nowhere = {NULL, 0, 0, 0};
    if (!planned->spec)
        return;
    diag_note(diag, nowhere, "rendering release '%.*s' in environment '%.*s'", SLICE_ARG(planned->name),
              SLICE_ARG(planned->environment));
}

static bool hand_over(void *context, size_t task)
{
    struct rendering *r = context;
    struct work *w = &r->works[task % r->work_count];
    struct rendered_release rendered = {&r->plan->releases[task], &w->release, buffer_slice(&w->text)};
    if (!w->ok && w->diag.last)
        note_release(rendered.planned, &w->diag);
    diag_append(r->diag, &w->diag);
    r->failed |= !w->ok;
    if (r->options->progress)
        r->options->progress(r->options->progress_context, task + 1, r->plan->count);
    if (!r->done)
        return true;
    bool go_on = r->failed || r->done(r->context, &rendered, r->diag);
    clear_work(w);
    return go_on;
}

/* Makes what all releases share; end_rendering must follow. Without `done` releases are kept. */
static bool begin_rendering(struct rendering *r, struct plan *plan, const struct render_options *options,
                            render_done_fn *done, struct diag *diag)
{
    if (!plan_load_charts(plan, options->threads, diag))
        return false;
    size_t count = done ? WINDOW * thread_pool_size(options->threads, plan->count) : plan->count;
    *r = (struct rendering){.plan = plan,
                            .options = options,
                            .functions = library_new(plan->arena, plan->helm3 ? LIBRARY_HELM3 : LIBRARY_HELM4),
                            .cache = template_cache_new(),
                            .schemas = schema_cache_new(),
                            .works = ARENA_ARRAY(plan->arena, struct work, count),
                            .work_count = count,
                            .done = done,
                            .diag = diag};
    for (size_t i = 0; i < count; i++) {
        diag_init(&r->works[i].diag);
        arena_init_large(&r->works[i].arena);
    }
    return true;
}

static bool run_rendering(struct rendering *r)
{
    struct thread_pool_job job = {.count = r->plan->count,
                                  .threads = r->options->threads,
                                  .window = r->work_count,
                                  .run = render_release,
                                  .hand_over = hand_over,
                                  .context = r};
    return thread_pool_run(&job) && !r->failed;
}

static void end_rendering(struct rendering *r)
{
    for (size_t i = 0; i < r->work_count; i++)
        release_work(&r->works[i]);
    schema_cache_free(r->schemas);
    template_cache_free(r->cache);
}

bool render_plan(struct plan *plan, const struct render_options *options, render_done_fn *done, void *context,
                 struct diag *diag)
{
    struct rendering r;
    if (!begin_rendering(&r, plan, options, done, diag))
        return false;
    r.context = context;
    bool ok = run_rendering(&r);
    end_rendering(&r);
    return ok;
}

bool render_plan_keep(struct plan *plan, const struct render_options *options, struct rendered_plan *out,
                      struct diag *diag)
{
    struct rendering *r = ARENA_NEW(plan->arena, struct rendering);
    if (!begin_rendering(r, plan, options, NULL, diag))
        return false;
    if (!run_rendering(r)) {
        end_rendering(r);
        return false;
    }
    r->options = NULL; /* the caller's, and done with */
    *out = (struct rendered_plan){ARENA_ARRAY(plan->arena, struct rendered_release, plan->count), plan->count, r};
    for (size_t i = 0; i < plan->count; i++)
        out->releases[i] = (struct rendered_release){&plan->releases[i], &r->works[i].release, slice_of("", 0)};
    return true;
}

void rendered_plan_free(struct rendered_plan *rendered)
{
    if (rendered->rendering)
        end_rendering(rendered->rendering);
    *rendered = (struct rendered_plan){NULL, 0, NULL};
}

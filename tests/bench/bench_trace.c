/*
 * bench_trace.c - what recording origins costs
 *
 * The platform is planned once for each environment and rendered with and without a trace, in turns, on one thread; the
 * shortest processor time of each is told, and their ratio.
 */
#include "project/render.h"

#include <stdio.h>
#include <time.h>

enum {
    ROUNDS = 15
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static bool take(void *context, const struct rendered_release *rendered, struct diag *diag)
{
    size_t *bytes = context;
    (void)diag;
    *bytes += rendered->text.len;
    return true;
}

static double time_of(struct plan *plan, bool trace, double best, struct diag *diag)
{
    struct render_options options = {.threads = 1, .trace = trace, .seeded = true};
    size_t bytes = 0;
    double start = now();
    if (!render_plan(plan, &options, take, &bytes, diag))
        return -1;
    double taken = now() - start;
    return best == 0 || taken < best ? taken : best;
}

static bool measure(const char *environment, struct diag *diag)
{
    struct arena a;
    struct plan plan;
    struct source_set *sources = source_set_new();
    struct plan_options options = {.helmfile = {.environment = slice_text(environment)}, .needs = NEEDS_SKIP};
    double times[2] = {0, 0};
    arena_init(&a);
    bool ok = plan_make(&a, sources, SLICE("."), &options, &plan, diag);
    for (int i = 0; ok && i < 2 * ROUNDS; i++) {
        times[i % 2] = time_of(&plan, i % 2, times[i % 2], diag);
        ok = times[i % 2] >= 0;
    }
    if (ok) {
        printf("%-8s  %6.2f ms, recording %6.2f ms: %+.0f %%\n", environment, times[0], times[1],
               100 * (times[1] / times[0] - 1));
        plan_release(&plan);
    }
    arena_release(&a);
    source_set_free(sources);
    return ok;
}

int main(void)
{
    static const char *const environments[] = {"local", "dev", "staging", "prod"};
    struct diag diag;
    bool ok = true;
    diag_init(&diag);
    for (size_t i = 0; ok && i < sizeof environments / sizeof environments[0]; i++)
        ok = measure(environments[i], &diag);
    diag_release(&diag);
    return ok ? 0 : 1;
}

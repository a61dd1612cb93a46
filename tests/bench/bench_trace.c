/*
 * bench_trace.c - what recording origins costs
 *
 * The platform is read, planned and rendered with and without a trace, in turns, on one thread, as `yare render` does it;
 * the shortest processor time of each is told for each environment, and their ratio.
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

static double time_of(const char *environment, bool trace, double best, struct diag *diag)
{
    struct arena a;
    struct plan plan;
    struct source_set *sources = source_set_new();
    struct plan_options options = {.helmfile = {.environment = slice_text(environment)}, .needs = NEEDS_SKIP};
    struct render_options render = {.threads = 1, .trace = trace, .seeded = true};
    size_t bytes = 0;
    double start = now();
    arena_init(&a);
    bool ok = plan_make(&a, sources, SLICE("."), &options, &plan, diag);
    if (ok) {
        ok = render_plan(&plan, &render, take, &bytes, diag);
        plan_release(&plan);
    }
    arena_release(&a);
    source_set_free(sources);
    double taken = now() - start;
    return !ok ? -1 : best == 0 || taken < best ? taken : best;
}

static bool measure(const char *environment, struct diag *diag)
{
    double times[2] = {0, 0};
    for (int i = 0; i < 2 * ROUNDS; i++) {
        times[i % 2] = time_of(environment, i % 2, times[i % 2], diag);
        if (times[i % 2] < 0)
            return false;
    }
    printf("%-8s  %6.2f ms, recording %6.2f ms: %+.0f %%\n", environment, times[0], times[1],
           100 * (times[1] / times[0] - 1));
    return true;
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

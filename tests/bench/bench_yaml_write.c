/*
 * bench_yaml_write.c - toYaml of what charts write most
 *
 * A map of resources, labels, an environment and a few texts, written a hundred thousand times; prints the time for
 * one and the bytes a second.
 */
#include "codec/yaml_read.h"
#include "codec/yaml_write.h"

#include <stdio.h>
#include <time.h>

enum {
    ROUNDS = 100000
};

static const char text[] =
    "resources: {limits: {cpu: 500m, memory: 512Mi}, requests: {cpu: 100m, memory: 128Mi}}\n"
    "labels:\n  app.kubernetes.io/name: shop\n  app.kubernetes.io/instance: prod\n  version: \"1.20\"\n"
    "env:\n- {name: A, value: \"true\"}\n- {name: B, value: some text with spaces}\n- {name: C, value: \"8080\"}\n"
    "ports: [{containerPort: 8080, name: http}, {containerPort: 9090, name: metrics}]\n"
    "affinity: {}\ntolerations: []\nconfig: |\n  [server]\n  listen = 0.0.0.0\n";

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(void)
{
    struct arena a;
    struct arena scratch;
    struct value v;
    struct yaml_error fault;
    struct slice error;
    struct buffer out = BUFFER_INIT;
    arena_init(&a);
    arena_init(&scratch);
    if (!yaml_read(&a, NULL, slice_text(text), NULL, &v, &fault))
        return 1;
    double start = now();
    for (int i = 0; i < ROUNDS; i++) {
        buffer_clear(&out);
        if (!yaml_write(&out, v, &scratch, &error))
            return 1;
    }
    double seconds = now() - start;
    printf("yaml_write: %zu bytes in %.2f us, %.0f MB/s\n", out.len, seconds / ROUNDS * 1e6,
           (double)out.len * ROUNDS / seconds / 1e6);
    buffer_release(&out);
    arena_release(&scratch);
    arena_release(&a);
    return 0;
}

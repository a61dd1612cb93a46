/*
 * bench_merge.c - reading and merging layers of values, beside libyaml's bare event loop
 *
 * Layers of values as charts have them are made in memory, the same ones each time. Reading all of them into values and
 * merging them is timed against letting libyaml, which does the scanning for both, parse the same texts and throw the
 * events away: the ratio is what building, sorting and merging cost on top. Prints; never fails on a timing.
 *
 *     bench_merge [MEGABYTES LAYERS]…
 */
#include "base/buffer.h"
#include "codec/yaml_read.h"
#include "value/merge.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <yaml.h>

enum {
    MOST_LAYERS = 50,
    MEGABYTE = 1000 * 1000
};

struct set {
    double megabytes; /* of all layers together */
    int layers;
};

static const struct set default_sets[] = {
    {1, 2}, {1, 8}, {1, 50}, {10, 2}, {10, 8}, {10, 50}, {23, 8}, {100, 2}, {100, 8}, {100, 50},
};

struct timing {
    double events;
    double read;
    double merge;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* --- making layers -------------------------------------------------------------------------------------------- */

static void add_environment(struct buffer *out, uint32_t *seed)
{
    buffer_add_text(out, "    env:\n");
    for (uint32_t i = 2 + next_random(seed) % 6; i > 0; i--)
        buffer_printf(out, "      SETTING_%02u: \"value %u\"\n", next_random(seed) % 40, next_random(seed));
}

static void add_hosts(struct buffer *out, uint32_t *seed)
{
    buffer_add_text(out, "    ingress:\n      enabled: true\n      hosts:\n");
    for (uint32_t i = 1 + next_random(seed) % 3; i > 0; i--)
        buffer_printf(out, "        - host: app-%u.example.com\n          paths: [/, /api]\n", next_random(seed) % 1000);
}

static void add_service(struct buffer *out, uint32_t number, uint32_t *seed)
{
    uint32_t parts = next_random(seed);
    buffer_printf(out, "  service-%06u:\n", number);
    buffer_printf(out, "    replicas: %u\n", 1 + next_random(seed) % 9);
    if (parts & 1)
        buffer_printf(out, "    image:\n      repository: registry.example.com/team/service-%u\n      tag: 1.%u.%u\n",
                      number, next_random(seed) % 90, next_random(seed) % 10);
    if (parts & 2)
        buffer_printf(out, "    resources:\n      limits: {cpu: %um, memory: %uMi}\n      requests:\n        cpu: 50m\n",
                      100 * (1 + next_random(seed) % 20), 64 * (1 + next_random(seed) % 16));
    if (parts & 4)
        add_environment(out, seed);
    if (parts & 8)
        add_hosts(out, seed);
    if ((parts & 0x30) == 0)
        buffer_add_text(out, "    # switched off until the migration is done\n    enabled: false\n");
}

/* Two of three services of a layer are in any other layer, too. */
static void make_layer(struct buffer *out, size_t size, uint32_t seed)
{
    buffer_printf(out, "global:\n  domain: example.com\n  layer: %u\nservices:\n", seed);
    for (uint32_t number = 0; out->len < size; number++) {
        if (next_random(&seed) % 3)
            add_service(out, number, &seed);
    }
}

/* --- timing --------------------------------------------------------------------------------------------------- */

static void parse_events(struct slice text)
{
    yaml_parser_t parser;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.ptr, text.len);
    bool ended = false;
    while (!ended) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            fprintf(stderr, "bench_merge: libyaml: %s in line %zu\n", parser.problem, parser.problem_mark.line + 1);
            exit(1);
        }
        ended = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}

static struct timing time_set(const struct buffer *texts, int count)
{
    struct timing t;
    struct value layers[MOST_LAYERS];
    struct arena arena;
    arena_init(&arena);

    double start = now();
    for (int i = 0; i < count; i++)
        parse_events(buffer_slice(&texts[i]));
    t.events = now() - start;

    start = now();
    for (int i = 0; i < count; i++) {
        const struct yaml_read_options options = {0};
        struct yaml_error error;
        if (!yaml_read(&arena, NULL, buffer_slice(&texts[i]), &options, &layers[i], &error)) {
            fprintf(stderr, "bench_merge: %.*s\n", SLICE_ARG(error.message));
            exit(1);
        }
    }
    t.read = now() - start;

    start = now();
    merge_layers(&arena, layers, (size_t)count, &merge_helm_layers);
    t.merge = now() - start;
    arena_release(&arena);
    return t;
}

/* The quickest of several rounds; large sets get one. */
static void run_set(struct set set)
{
    struct buffer texts[MOST_LAYERS] = {{0}};
    size_t size = 0;
    for (int i = 0; i < set.layers; i++) {
        make_layer(&texts[i], (size_t)(set.megabytes * MEGABYTE / set.layers), (uint32_t)i + 1);
        size += texts[i].len;
    }
    struct timing best = {1e9, 1e9, 1e9};
    for (int round = set.megabytes > 50 ? 2 : 0; round < 3; round++) {
        struct timing t = time_set(texts, set.layers);
        best.events = t.events < best.events ? t.events : best.events;
        if (t.read + t.merge < best.read + best.merge) {
            best.read = t.read;
            best.merge = t.merge;
        }
    }
    printf("%6.1f MB in %2d layers: events %7.1f ms, read %7.1f ms, merge %6.1f ms, read and merge / events %.2f\n",
           (double)size / MEGABYTE, set.layers, 1e3 * best.events, 1e3 * best.read, 1e3 * best.merge,
           (best.read + best.merge) / best.events);
    fflush(stdout);
    for (int i = 0; i < set.layers; i++)
        buffer_release(&texts[i]);
}

int main(int argc, char **argv)
{
    for (int i = 1; i + 1 < argc; i += 2) {
        struct set set = {strtod(argv[i], NULL), (int)strtol(argv[i + 1], NULL, 10)};
        if (set.layers < 1 || set.layers > MOST_LAYERS) {
            fprintf(stderr, "bench_merge: 1 to %d layers\n", MOST_LAYERS);
            return 2;
        }
        run_set(set);
    }
    for (size_t i = 0; argc == 1 && i < sizeof default_sets / sizeof default_sets[0]; i++)
        run_set(default_sets[i]);
    return 0;
}

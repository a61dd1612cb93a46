/*
 * bench_yaml_read.c - reading values beside libyaml's bare event loop
 *
 * Eight layers of values, 23 MB together, of the kind that charts have: nested maps, lists of maps, strings plain and
 * quoted, numbers, comments, literal blocks. The first time is libyaml parsing and dropping every event, the second
 * yaml_read making values of the same bytes. Takes a file to read instead as its argument.
 */
#include "base/file.h"
#include "codec/yaml_read.h"

#include <stdio.h>
#include <time.h>
#include <yaml.h>

enum {
    LAYERS = 8,
    TOTAL = 23 * 1000 * 1000,
    RUNS = 3
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void add_service(struct buffer *out, unsigned layer, unsigned n)
{
    buffer_printf(out, "service-%u-%u:\n  # what runs, and how often\n  enabled: true\n  replicas: %u\n", layer, n, n % 9);
    buffer_printf(out, "  image:\n    repository: registry.example.com/team-%u/service-%u\n    tag: \"1.%u.%u\"\n", n % 7, n,
                  n % 40, n % 11);
    buffer_add_text(out, "    pullPolicy: IfNotPresent\n  resources:\n    limits: {cpu: 500m, memory: 512Mi}\n"
                         "    requests:\n      cpu: 100m\n      memory: 128Mi\n  env:\n");
    for (unsigned i = 0; i < 8; i++)
        buffer_printf(out, "    - name: SETTING_%u\n      value: 'value %u of service %u'\n", i, i, n);
    buffer_printf(out, "  ports:\n    - {name: http, containerPort: %u}\n    - name: metrics\n      containerPort: 9090\n",
                  8000 + n % 100);
    buffer_add_text(out, "  config: |\n    [server]\n    listen = 0.0.0.0\n    timeout = 30\n  annotations:\n"
                         "    prometheus.io/scrape: \"true\"\n    description: a service that does what it is told\n");
}

static struct slice make_layer(struct arena *a, unsigned layer)
{
    struct buffer text = BUFFER_INIT;
    for (unsigned n = 0; text.len < TOTAL / LAYERS; n++)
        add_service(&text, layer, n);
    return buffer_move(&text, a);
}

static size_t parse_events(struct slice text)
{
    yaml_parser_t parser;
    size_t count = 0;
    bool more = yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.ptr, text.len);
    while (more) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event))
            break;
        more = event.type != YAML_STREAM_END_EVENT;
        count++;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return count;
}

static bool read_values(struct slice text)
{
    struct arena a;
    struct value v;
    struct yaml_error error;
    arena_init(&a);
    bool done = yaml_read(&a, NULL, text, NULL, &v, &error);
    if (!done)
        fprintf(stderr, "%.*s\n", SLICE_ARG(error.message));
    arena_release(&a);
    return done;
}

int main(int argc, char **argv)
{
    struct arena a;
    struct diag diag;
    struct slice layers[LAYERS];
    size_t count = argc > 1 ? 1 : LAYERS;
    size_t bytes = 0;
    arena_init(&a);
    diag_init(&diag);
    for (unsigned i = 0; i < count; i++) {
        if (argc <= 1)
            layers[i] = make_layer(&a, i);
        else if (!file_read(&a, argv[1], 0, &layers[i], &diag))
            return 1;
        bytes += layers[i].len;
    }
    double best_events = 1e9;
    double best_values = 1e9;
    for (int run = 0; run < RUNS; run++) {
        double start = now();
        for (size_t i = 0; i < count; i++)
            parse_events(layers[i]);
        double middle = now();
        for (size_t i = 0; i < count; i++) {
            if (!read_values(layers[i]))
                return 1;
        }
        double end = now();
        best_events = middle - start < best_events ? middle - start : best_events;
        best_values = end - middle < best_values ? end - middle : best_values;
    }
    printf("yaml_read: %.1f MB, libyaml's events %.3f s, yaml_read %.3f s, ratio %.2f, %.0f MB/s\n", (double)bytes / 1e6,
           best_events, best_values, best_values / best_events, (double)bytes / 1e6 / best_values);
    diag_release(&diag);
    arena_release(&a);
    return 0;
}

/*
 * main.c - the program: which command line it is and which command
 *
 * Called as `helm` (by a link), yare takes Helm's command line. `yare template` is that too, so that a script written
 * for helm needs the other name only. Work runs on a thread with a large stack, because templates may call each other
 * deeply; its pages are taken only as they are used.
 */
#include "base/file.h"
#include "cli/command.h"

#include <limits.h>
#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    STACK_SIZE = 1 << 30,
    HEAP_SIZE = 64 << 20,
    LARGE_PAGE = 2 << 20,
    SMALL_WORK = 4 << 20 /* one chart: in small pages, so that it takes no more than it uses */
};

static int run_helm(struct context *c)
{
    c->style = MESSAGES_HELM_MORE;
    return as_helm(c);
}

/* helm's own command under yare's name, exactly as helm */
static int run_helm_template(struct context *c)
{
    c->style = MESSAGES_HELM;
    return helm_template(c);
}

static int run_helmfile(struct context *c)
{
    c->style = MESSAGES_HELMFILE_MORE;
    return as_helmfile(c);
}

static int run_kustomize(struct context *c)
{
    c->style = MESSAGES_KUSTOMIZE;
    return as_kustomize(c);
}

static const struct command commands[] = {
    {"render", cmd_render, "manifests of a chart or a helmfile: yare render [PATH] -e ENV -l SELECTOR -o FOLDER"},
    {"diff", cmd_diff, "what differs between two environments, revisions, or the cluster, and why"},
    {"schema", cmd_schema, "a values.schema.json for a chart, from its defaults and templates"},
    {"set", cmd_set, "changes a value in the file that holds it: yare set -e ENV RELEASE KEY=VALUE"},
    {"values", cmd_values, "the values that a release is given, merged"},
    {"explain", cmd_explain, "where a value or a field comes from: yare explain -e ENV RELEASE KEY | KIND/NAME FIELD"},
    {"impact", cmd_impact, "the objects that a changed file touches: yare impact FILE... | --rev REV | --paths"},
    {"list", cmd_list, "the releases of a helmfile"},
    {"envs", cmd_envs, "the environments of a helmfile"},
    {"lint", cmd_lint, "what is wrong with a project although it renders"},
    {"compose", cmd_compose, "an environment as a file for docker compose"},
    {"argocd", cmd_argocd, "what Argo CD runs as a plugin, and Applications for the releases of a helmfile"},
    {"helm", run_helm, "Helm's command line: yare helm template NAME CHART …"},
    {"helmfile", run_helmfile, "Helmfile's command line: yare helmfile -e ENV template …"},
    {"kustomize", run_kustomize, "Kustomize's command line: yare kustomize build FOLDER"},
    {"template", run_helm_template, NULL},
    {"version", cmd_version, "the version of yare"},
    {NULL, NULL, NULL},
};

static int print_usage(struct context *c, int code)
{
    struct buffer out = BUFFER_INIT;
    buffer_add_text(&out, "yare renders Kubernetes manifests as Helm, Helmfile and Kustomize do.\n\nUsage:\n  yare "
                          "COMMAND [options]\n\nCommands:\n");
    for (const struct command *row = commands; row->name; row++) {
        if (row->summary)
            buffer_printf(&out, "  %-12s%s\n", row->name, row->summary);
    }
    context_print(c, buffer_slice(&out));
    buffer_release(&out);
    return context_finish(c, code);
}

static int run_yare(struct context *c)
{
    if (c->argc == 0)
        return print_usage(c, EXIT_USAGE);
    if (strcmp(c->argv[0], "--help") == 0 || strcmp(c->argv[0], "-h") == 0 || strcmp(c->argv[0], "help") == 0)
        return print_usage(c, EXIT_DONE);
    const char *name = strcmp(c->argv[0], "--version") == 0 ? "version" : c->argv[0];
    const struct command *row = command_find(commands, name);
    if (!row) {
        diag_error(c->diag, "unknown command '%s' (yare --help lists them)", name);
        return context_finish(c, EXIT_USAGE);
    }
    c->argc--;
    c->argv++;
    return row->run(c);
}

struct start {
    int argc;
    char **argv;
    int code;
};

static void *run(void *argument)
{
    struct start *start = argument;
    struct arena arena;
    struct diag diag;
    arena_init(&arena);
    diag_init(&diag);
    struct context c = {
        .arena = &arena, .sources = source_set_new(), .diag = &diag, .argc = start->argc - 1, .argv = start->argv + 1};
    c.program = start->argc ? start->argv[0] : NULL;
    struct slice called = file_base(slice_text(start->argc ? start->argv[0] : "yare"));
    if (slice_is(called, "helm")) {
        c.style = MESSAGES_HELM;
        start->code = as_helm(&c);
    } else if (slice_is(called, "kustomize")) {
        start->code = run_kustomize(&c);
    } else if (slice_is(called, "helmfile")) {
        c.style = MESSAGES_HELMFILE;
        start->code = as_helmfile(&c);
    } else {
        start->code = run_yare(&c);
    }
    source_set_free(c.sources);
    diag_release(&diag);
    arena_release(&arena);
    return NULL;
}

/* Memory that one release gives back is kept for the next: mapping it anew would cost more than rendering. All threads
   share one heap, which is asked for at once and, where the system can, in large pages: most of what a short run costs
   the system is faults for pages. Untouched, it takes no memory. */
static void tune_allocator(void)
{
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_THRESHOLD, HEAP_SIZE / 2); /* the most there can be */
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
    mallopt(M_TOP_PAD, HEAP_SIZE);
    void *first = malloc(LARGE_PAGE);
    if (!first)
        return;
    uintptr_t start = ((uintptr_t)first + SMALL_WORK + LARGE_PAGE - 1) & ~(uintptr_t)(LARGE_PAGE - 1);
    madvise((void *)start, HEAP_SIZE - SMALL_WORK, MADV_HUGEPAGE); /* only a wish */
    free(first);
}

int main(int argc, char **argv)
{
    tune_allocator();
    struct start start = {argc, argv, EXIT_FAILED};
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_attr_init(&attributes);
    if (pthread_attr_setstacksize(&attributes, STACK_SIZE) != 0 ||
        pthread_create(&thread, &attributes, run, &start) != 0)
        run(&start);
    else
        pthread_join(thread, NULL);
    pthread_attr_destroy(&attributes);
    return start.code;
}

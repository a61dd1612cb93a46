/*
 * helm_create.c - `helm create`
 */
#include "base/file.h"
#include "chart/helm_paths.h"
#include "chart/starter.h"
#include "cli/helm_options.h"
#include "golang/path.h"

static const char *starter_path(struct context *c, struct slice starter)
{
    struct helm_paths paths;
    helm_paths_find(c->arena, &paths);
    struct slice starters = slice_text(file_join(c->arena, slice_text(paths.data_home), SLICE("starters")));
    struct slice path = slice_text(file_join(c->arena, starters, starter));
    return slice_starts(starter, SLICE("/")) ? path.ptr : arena_text(c->arena, go_path_clean(c->arena, path));
}

static bool create(struct context *c, struct slice target, struct slice starter)
{
    struct buffer out = BUFFER_INIT;
    struct slice folder = go_path_dir(c->arena, target);
    struct slice name = go_path_base(target);
    buffer_printf(&out, "Creating %.*s\n", SLICE_ARG(target));
    bool ok = starter.len ? starter_create_from(c->arena, starter_path(c, starter), folder, name, c->sources,
                                                c->diag)
                          : starter_create(c->arena, folder, name, &out, c->diag);
    context_print(c, buffer_slice(&out));
    buffer_release(&out);
    return ok;
}

int helm_create(struct context *c)
{
    struct helm_global_options global;
    struct option_result result;
    struct slice starter = {NULL, 0};
    bool help = false;
    memset(&global, 0, sizeof global);
    const struct option own[] = {
        {.name = "help", .letter = 'h', .kind = OPTION_HELP, .target = &help, .help = "this text"},
        {.name = "starter",
         .letter = 'p',
         .kind = OPTION_TEXT,
         .target = &starter,
         .argument = "name",
         .help = "chart to begin with: a name below Helm's starters folder, or an absolute path"},
        {.name = NULL},
    };
    const struct option *tables[] = {own, helm_global_table(c->arena, &global)};
    if (!helm_parse(c, tables, 2, &global, &result))
        return context_finish(c, EXIT_FAILED);
    if (help)
        return helm_help(c, "create NAME", "Makes a new chart: the folder NAME with the usual files.", tables, 2);
    bool ok = helm_check_arguments(c, "create NAME", &result.arguments, HELM_EXACTLY, 1) &&
              create(c, result.arguments.items[0], starter);
    return context_finish(c, ok ? EXIT_DONE : EXIT_FAILED);
}

/*
 * cmd_impact.c - `yare impact`: what a changed file touches, and which files an app depends on
 */
#include "base/process.h"
#include "cli/project_options.h"
#include "cli/terminal.h"
#include "codec/json_write.h"
#include "project/repository.h"
#include "report/impact.h"
#include "report/paint.h"

struct impact_command {
    struct project_options project;
    struct text_list environments;
    struct slice path;
    struct slice revision;
    struct slice output;
    struct slice colour;
    bool paths;
};

struct asking {
    struct context *context;
    const struct impact_command *command;
    struct impact impact;
    struct slice *files; /* real paths of what has changed */
    size_t file_count;
    bool colour;
};

/* --- what has changed --------------------------------------------------------------------------------------------- */

/* Paths that git prints, each ended by NUL. */
static bool add_git_paths(struct asking *q, char *const *argv)
{
    struct context *c = q->context;
    struct process_options options = {.argv = argv};
    struct slice output;
    struct slice path;
    if (!process_run(c->arena, &options, &output, c->diag))
        return false;
    while (output.len && slice_next_piece(&output, '\0', &path)) {
        size_t old = q->file_count * sizeof path;
        q->files = arena_resize(c->arena, q->files, old, old + sizeof path);
        q->files[q->file_count] = impact_real_path(&q->impact, arena_slice(c->arena, path));
        q->file_count += path.len > 0;
    }
    return true;
}

static bool add_revision(struct asking *q)
{
    char *revision = arena_text(q->context->arena, q->command->revision);
    char *const changed[] = {"git", "diff", "--name-only", "--relative", "-z", revision, "--", NULL};
    char *const untracked[] = {"git", "ls-files", "--others", "--exclude-standard", "-z", NULL};
    bool is_range = slice_find(q->command->revision, SLICE("..")) < q->command->revision.len;
    if (q->command->revision.ptr[0] == '-')
        return diag_error(q->context->diag, "--rev: '%s' is no revision", revision);
    return add_git_paths(q, changed) && (is_range || add_git_paths(q, untracked));
}

static void add_words(struct asking *q, const struct text_list *words)
{
    q->files = ARENA_ARRAY(q->context->arena, struct slice, words->count);
    for (size_t i = 0; i < words->count; i++)
        q->files[q->file_count++] = impact_real_path(&q->impact, words->items[i]);
}

/* --- answers ------------------------------------------------------------------------------------------------------ */

struct counts {
    size_t releases;
    size_t objects;
};

static void write_cell(struct asking *q, struct slice text, size_t width, enum paint paint, struct buffer *out)
{
    paint_text(out, q->colour, paint, text);
    buffer_add_repeated(out, ' ', text.len < width ? width - text.len + 2 : 2);
}

static size_t widest_name(const struct impact *impact, bool environments)
{
    size_t widest = 0;
    for (size_t i = 0; i < impact->count; i++) {
        struct slice text = environments ? impact->releases[i].environment : impact->releases[i].name;
        widest = text.len > widest ? text.len : widest;
    }
    return widest;
}

static void write_release(struct asking *q, const struct impact_release *r, enum impact_reach reach, bool new_environment,
                          struct counts *counts, struct buffer *out)
{
    size_t environment_width = widest_name(&q->impact, true);
    size_t name_width = widest_name(&q->impact, false);
    bool first = true;
    for (size_t i = 0; i < r->count; i++) {
        if (reach == IMPACT_OBJECTS && !impact_touches(&r->objects[i], q->files, q->file_count))
            continue;
        counts->objects++;
        if (reach == IMPACT_RELEASE && !first)
            continue;
        if (environment_width)
            write_cell(q, first && new_environment ? r->environment : SLICE(""), environment_width, PAINT_HEAD, out);
        write_cell(q, first ? r->name : SLICE(""), name_width, PAINT_PLAIN, out);
        struct slice all = arena_printf(q->context->arena, "all %zu objects", r->count);
        buffer_printf(out, "%.*s\n", SLICE_ARG(reach == IMPACT_RELEASE ? all : r->objects[i].name));
        first = false;
    }
    counts->releases++;
}

static void write_text(struct asking *q, struct buffer *out)
{
    struct counts counts = {0, 0};
    struct slice environment = slice_of(NULL, 0);
    for (size_t i = 0; i < q->impact.count; i++) {
        const struct impact_release *r = &q->impact.releases[i];
        enum impact_reach reach = impact_reach_of(r, q->files, q->file_count);
        if (reach == IMPACT_NONE)
            continue;
        write_release(q, r, reach, !slice_equal(r->environment, environment), &counts, out);
        environment = r->environment;
    }
    if (counts.releases == 0)
        buffer_add_text(out, "nothing is touched\n");
    else
        buffer_printf(out, "\n%zu object%s of %zu release%s\n", counts.objects, counts.objects == 1 ? "" : "s",
                      counts.releases, counts.releases == 1 ? "" : "s");
}

static struct value release_json(struct asking *q, const struct impact_release *r, enum impact_reach reach)
{
    struct arena *a = q->context->arena;
    struct map *map = map_new(a, 4);
    struct list *objects = list_new(a, (uint32_t)r->count);
    for (size_t i = 0; i < r->count; i++) {
        if (reach == IMPACT_RELEASE || impact_touches(&r->objects[i], q->files, q->file_count))
            list_add(a, objects, value_string(r->objects[i].name));
    }
    map_set_text(map, "environment", value_string(r->environment));
    map_set_text(map, "release", value_string(r->name));
    map_set_text(map, "whole", value_bool(reach == IMPACT_RELEASE));
    map_set_text(map, "objects", value_list(objects));
    return value_map(map);
}

/* --- paths -------------------------------------------------------------------------------------------------------- */

static struct list *paths_of(struct asking *q, const struct impact_release *r)
{
    return impact_paths(q->context->arena, r, slice_text(repository_root(q->context->arena, q->command->path)));
}

static void write_paths(struct asking *q, struct buffer *out)
{
    size_t environment_width = widest_name(&q->impact, true);
    size_t name_width = widest_name(&q->impact, false);
    for (size_t i = 0; i < q->impact.count; i++) {
        const struct impact_release *r = &q->impact.releases[i];
        const struct list *paths = paths_of(q, r);
        if (environment_width)
            write_cell(q, r->environment, environment_width, PAINT_HEAD, out);
        write_cell(q, r->name, name_width, PAINT_PLAIN, out);
        for (uint32_t k = 0; k < paths->len; k++)
            buffer_printf(out, "%s%.*s", k ? ";" : "", SLICE_ARG(value_slice(paths->items[k])));
        buffer_add_char(out, '\n');
    }
}

static struct value paths_json(struct asking *q, const struct impact_release *r)
{
    struct map *map = map_new(q->context->arena, 3);
    map_set_text(map, "environment", value_string(r->environment));
    map_set_text(map, "release", value_string(r->name));
    map_set_text(map, "paths", value_list(paths_of(q, r)));
    return value_map(map);
}

/* --- running ------------------------------------------------------------------------------------------------------ */

static bool write_json(struct asking *q, struct buffer *out)
{
    static const struct json_write_options json = {.no_html_escape = true, .indent = "  "};
    struct arena *a = q->context->arena;
    struct list *list = list_new(a, 16);
    struct slice error;
    for (size_t i = 0; i < q->impact.count; i++) {
        const struct impact_release *r = &q->impact.releases[i];
        enum impact_reach reach = impact_reach_of(r, q->files, q->file_count);
        if (q->command->paths)
            list_add(a, list, paths_json(q, r));
        else if (reach != IMPACT_NONE)
            list_add(a, list, release_json(q, r, reach));
    }
    bool ok = json_write(out, value_list(list), &json, a, &error) || diag_error_slice(q->context->diag, error);
    buffer_add_char(out, '\n');
    return ok;
}

/* The environments that were named, or all that the project has. */
static bool read_project(struct asking *q, const struct plan_options *given)
{
    struct context *c = q->context;
    struct plan_options options = *given;
    struct helmfile_texts names;
    if (!project_environments(c, q->command->path, given, &q->command->environments, &names))
        return false;
    for (size_t i = 0; i < names.count; i++) {
        options.helmfile.environment = names.items[i];
        if (!impact_add(&q->impact, q->command->path, &options, c->diag))
            return false;
    }
    return true;
}

static bool run(struct context *c, const struct impact_command *o, const struct text_list *words,
                const struct plan_options *options)
{
    struct asking q = {.context = c, .command = o, .colour = terminal_colour(o->colour)};
    struct buffer out = BUFFER_INIT;
    impact_init(&q.impact, c->arena);
    add_words(&q, words);
    if ((o->revision.len && !add_revision(&q)) || !read_project(&q, options))
        return false;
    bool ok = true;
    if (slice_is(o->output, "json"))
        ok = write_json(&q, &out);
    else if (o->paths)
        write_paths(&q, &out);
    else
        write_text(&q, &out);
    ok = ok && context_print(c, buffer_slice(&out));
    buffer_release(&out);
    return ok;
}

static bool check(struct context *c, const struct impact_command *o, const struct text_list *words)
{
    if (o->output.len && !slice_is(o->output, "text") && !slice_is(o->output, "json"))
        return diag_error(c->diag, "--output is text or json, not '%.*s'", SLICE_ARG(o->output));
    if (words->count == 0 && o->revision.len == 0 && !o->paths)
        return diag_error(c->diag, "which files? name them, or a revision with --rev");
    return (words->count == 0 && o->revision.len == 0) || !o->paths ||
           diag_error(c->diag, "--paths is about all files: it takes neither files nor --rev");
}

int cmd_impact(struct context *c)
{
    struct impact_command o;
    struct option_result result;
    struct plan_options plan_options;
    memset(&o, 0, sizeof o);
    o.path = SLICE(".");
    const struct option own[] = {
        PROJECT_COLOUR(&o.colour),
        {.name = "environment",
         .letter = 'e',
         .kind = OPTION_COMMAS,
         .target = &o.environments,
         .argument = "name",
         .help = "only these environments (default: all)"},
        {.name = "output",
         .letter = 'o',
         .kind = OPTION_TEXT,
         .target = &o.output,
         .argument = "format",
         .help = "text or json (default text)"},
        {.name = "paths",
         .kind = OPTION_FLAG,
         .target = &o.paths,
         .help = "print for each release the paths it depends on, from the repository's root: what Argo CD's annotation "
                 "argocd.argoproj.io/manifest-generate-paths wants"},
        {.name = "project",
         .kind = OPTION_TEXT,
         .target = &o.path,
         .argument = "path",
         .help = "the chart or state file that is asked about (default: .)"},
        {.name = "rev",
         .kind = OPTION_TEXT,
         .target = &o.revision,
         .argument = "rev[..rev]",
         .help = "the files that differ from a git revision, or between two"},
        {.name = NULL},
    };
    const struct option *tables[] = {own, project_table(c->arena, &o.project),
                                     helm_value_table(c->arena, &o.project.values)};
    if (!options_parse(c->arena, tables, sizeof tables / sizeof tables[0], c->argc, c->argv, &result, c->diag) ||
        !project_plan_options(c, &o.project, &plan_options))
        return context_finish(c, EXIT_USAGE);
    if (o.project.help)
        return project_help(c, "impact FILE... | --rev REV | --paths [-e ENV]",
                            "Tells which objects of which releases and environments are made of the files: values that "
                            "templates read, the templates, files that they read, state files.",
                            tables, sizeof tables / sizeof tables[0]);
    if (!check(c, &o, &result.arguments))
        return context_finish(c, EXIT_USAGE);
    return context_finish(c, run(c, &o, &result.arguments, &plan_options) ? EXIT_DONE : EXIT_FAILED);
}

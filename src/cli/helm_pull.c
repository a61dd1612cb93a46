/*
 * helm_pull.c - `helm pull`
 */
#include "base/file.h"
#include "chart/unpack.h"
#include "cli/helm_remote.h"
#include "golang/path.h"

static const char usage[] = "pull [chart URL | repo/chartname] [...]";

struct pull_options {
    struct helm_global_options global;
    struct helm_remote_options remote;
    struct slice destination;
    struct slice untar_folder;
    bool untar;
    bool provenance;
    bool help;
};

/* Writes into a folder that must be there, as Helm asks. */
static bool write_file(struct context *c, const struct pull_options *o, struct slice name, struct slice bytes,
                       const char **path)
{
    const char *folder = arena_text(c->arena, o->destination);
    *path = file_join(c->arena, o->destination, name);
    if (!file_is_directory(folder))
        return diag_error(c->diag, "open %s: no such file or directory", *path);
    return file_write(*path, bytes, NULL, c->diag);
}

/* The folder that charts are unpacked into; the chart's own must not be there yet. */
static bool untar_folder(struct context *c, const struct pull_options *o, struct slice reference, const char **folder)
{
    struct slice joined = slice_text(file_join(c->arena, o->destination, o->untar_folder));
    *folder = arena_text(c->arena, go_path_clean(c->arena, joined));
    size_t slash = slice_find_last_char(reference, '/');
    struct slice name = slash < reference.len ? slice_after(reference, slash + 1) : reference;
    const char *own = file_join(c->arena, slice_text(*folder), name);
    if (file_exists(own))
        return diag_error(c->diag, "failed to untar: a file or directory with the name %s already exists", own);
    if (file_make_directories(own, c->diag))
        return true;
    diag_prefix(c->diag, "failed to untar (mkdir): ");
    return false;
}

static bool save_provenance(struct context *c, const struct pull_options *o, struct slice reference,
                            const struct remote_chart *chart)
{
    const char *ignored;
    struct slice name = arena_concat(c->arena, chart->file_name, SLICE(".prov"));
    if (chart->provenance.ptr)
        return o->untar || write_file(c, o, name, chart->provenance, &ignored);
    struct slice warning = arena_printf(c->arena, "WARNING: Verification not found for %.*s: %.*s\n",
                                        SLICE_ARG(reference), SLICE_ARG(chart->provenance_fault));
    return context_print(c, warning);
}

static bool pull(struct context *c, struct pull_options *o, struct slice reference)
{
    struct remote_chart chart;
    const char *folder;
    if (!remote_chart_fetch(&o->remote.source, reference, c->arena, &chart, c->diag))
        return false;
    if (o->untar)
        return untar_folder(c, o, reference, &folder) && chart_unpack(chart.bytes, folder, c->diag);
    return write_file(c, o, chart.file_name, chart.bytes, &folder) &&
           (!o->provenance || save_provenance(c, o, reference, &chart));
}

int helm_pull(struct context *c)
{
    struct pull_options o;
    struct option_result result;
    memset(&o, 0, sizeof o);
    o.destination = SLICE(".");
    o.untar_folder = SLICE(".");
    const struct option own[] = {
        {.name = "destination",
         .letter = 'd',
         .kind = OPTION_TEXT,
         .target = &o.destination,
         .argument = "folder",
         .help = "where the chart is written (default here)"},
        {.name = "help", .letter = 'h', .kind = OPTION_HELP, .target = &o.help, .help = "this text"},
        {.name = "prov", .kind = OPTION_FLAG, .target = &o.provenance, .help = "fetch the provenance file too"},
        {.name = "untar", .kind = OPTION_FLAG, .target = &o.untar, .help = "unpack the chart"},
        {.name = "untardir",
         .kind = OPTION_TEXT,
         .target = &o.untar_folder,
         .argument = "folder",
         .help = "where it is unpacked, below --destination (default there)"},
        {.name = NULL},
    };
    const struct option *tables[] = {own, helm_remote_table(c, &o.remote, true),
                                     helm_global_table(c->arena, &o.global)};
    size_t count = sizeof tables / sizeof tables[0];
    if (!helm_parse(c, tables, count, &o.global, &result))
        return context_finish(c, EXIT_FAILED);
    if (o.help)
        return helm_help(c, usage, "Fetches charts from repositories and registries.", tables, count);
    o.remote.source.with_provenance = o.provenance;
    bool ok = helm_check_arguments(c, usage, &result.arguments, HELM_AT_LEAST, 1) &&
              helm_remote_apply(c, &o.global, &o.remote);
    for (size_t i = 0; ok && i < result.arguments.count; i++)
        ok = pull(c, &o, result.arguments.items[i]);
    return context_finish(c, ok ? EXIT_DONE : EXIT_FAILED);
}

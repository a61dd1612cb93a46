/*
 * kustomize_create.c - kustomize create
 */
#include "base/file.h"
#include "cli/kustomize_help.h"
#include "kustomize/edit.h"
#include "kustomize/resource_map.h"

struct arguments {
    struct slice resources;
    struct slice namespace;
    struct slice annotations;
    struct slice labels;
    struct slice prefix;
    struct slice suffix;
    bool detect;
    bool recursive;
    bool help;
};

static struct texts split(struct arena *a, struct slice text)
{
    struct texts pieces = {NULL, 0, 0};
    struct slice piece;
    while (text.len && slice_next_piece(&text, ',', &piece))
        texts_add(a, &pieces, piece);
    return pieces;
}

/* --- files that hold objects -------------------------------------------------------------------------------------- */

static bool has_kustomization(struct arena *a, const char *folder)
{
    static const char *const names[] = {"kustomization.yaml", "kustomization.yml", "Kustomization"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (file_exists(file_join(a, slice_text(folder), slice_text(names[i]))))
            return true;
    }
    return false;
}

static bool holds_objects(struct arena *a, const char *path)
{
    struct resource_map map = {NULL, 0, 0};
    struct diag ignored;
    struct slice text;
    diag_init(&ignored);
    bool good = file_read(a, path, 0, &text, &ignored) && resource_map_read(a, NULL, text, path, &map, &ignored);
    diag_release(&ignored);
    return good;
}

/* Adds the files below the folder that hold objects, in bytewise order; folders with a kustomization as they are. */
static bool detect(struct arena *a, const char *folder, bool recursive, unsigned depth, struct texts *out,
                   struct diag *diag)
{
    struct slice *names;
    size_t count;
    if (depth > 100)
        return diag_error(diag, "%s: folders are nested too deeply", folder);
    if (!file_list(a, folder, &names, &count, diag))
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *path = file_join(a, slice_text(folder), names[i]);
        if (!file_is_directory(path)) {
            if (holds_objects(a, path) && !edit_has_text(out, slice_text(path)))
                texts_add(a, out, slice_text(path));
        } else if (recursive && has_kustomization(a, path)) {
            texts_add(a, out, slice_text(path));
        } else if (recursive && !detect(a, path, true, depth + 1, out, diag)) {
            return false;
        }
    }
    return true;
}

/* --- the file ----------------------------------------------------------------------------------------------------- */

static bool add_pairs(struct arena *a, struct slice text, const char *kind, struct value *field, struct diag *diag)
{
    struct map *pairs;
    struct texts words = split(a, text);
    if (!edit_pairs(a, &words, kind, &pairs, diag))
        return false;
    *field = value_map(pairs);
    return true;
}

static bool create(struct context *c, const struct arguments *args)
{
    struct arena *a = c->arena;
    struct texts resources = {NULL, 0, 0};
    struct texts patterns = split(a, args->resources);
    struct kustomization_file file = {.path = "kustomization.yaml"};
    if (!edit_glob(a, &patterns, true, &resources, c->diag))
        return false;
    if (kustomization_file_exists())
        return diag_error(c->diag, "kustomization file already exists");
    if (args->detect && !detect(a, ".", args->recursive, 0, &resources, c->diag))
        return false;
    file.k.api_version = SLICE("kustomize.config.k8s.io/v1beta1");
    file.k.kind = SLICE("Kustomization");
    file.k.resources = resources;
    file.k.namespace = args->namespace;
    file.k.name_prefix = args->prefix;
    file.k.name_suffix = args->suffix;
    return add_pairs(a, args->annotations, "annotation", &file.k.common_annotations, c->diag) &&
           add_pairs(a, args->labels, "label", &file.k.common_labels, c->diag) &&
           kustomization_file_write(a, &file, c->diag);
}

int kustomize_create(struct context *c)
{
    struct arguments args;
    struct option_result result = {.arguments = {NULL, 0, 0}};
    memset(&args, 0, sizeof args);
    const struct option table[] = {
        {.name = "resources", .kind = OPTION_TEXT, .target = &args.resources, .argument = "FILES",
         .help = "files and folders, with commas"},
        {.name = "namespace", .kind = OPTION_TEXT, .target = &args.namespace, .argument = "NAMESPACE",
         .help = "the namespace of all"},
        {.name = "annotations", .kind = OPTION_TEXT, .target = &args.annotations, .argument = "KEY:VALUE",
         .help = "annotations of all, with commas"},
        {.name = "labels", .kind = OPTION_TEXT, .target = &args.labels, .argument = "KEY:VALUE",
         .help = "labels of all, with commas"},
        {.name = "nameprefix", .kind = OPTION_TEXT, .target = &args.prefix, .argument = "PREFIX",
         .help = "before all names"},
        {.name = "namesuffix", .kind = OPTION_TEXT, .target = &args.suffix, .argument = "SUFFIX",
         .help = "behind all names"},
        {.name = "autodetect", .kind = OPTION_FLAG, .target = &args.detect,
         .help = "find files that hold objects"},
        {.name = "recursive", .kind = OPTION_FLAG, .target = &args.recursive, .help = "in folders below, too"},
        {.name = "help", .letter = 'h', .kind = OPTION_HELP, .target = &args.help, .help = "this text"},
        {.name = NULL},
    };
    const struct option *tables[] = {table};
    if (!options_parse(c->arena, tables, 1, c->argc, c->argv, &result, c->diag))
        return context_finish(c, EXIT_FAILED);
    if (args.help)
        return kustomize_help(c, "create", "Writes a new kustomization.yaml in this folder.", table);
    return context_finish(c, create(c, &args) ? EXIT_DONE : EXIT_FAILED);
}

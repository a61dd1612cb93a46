/*
 * kustomize_edit.c - kustomize edit
 */
#include "cli/kustomize_help.h"
#include "kustomize/builder.h"
#include "kustomize/edit.h"
#include "kustomize/output.h"

/* A command is two words, or one without an object. */
struct edit_command {
    const char *verb;
    const char *object;
    edit_fn *run;
    const char *options; /* names of those it takes, each followed by a space */
};

#define TARGET_OPTIONS "path patch group version kind name namespace annotation-selector label-selector "

static const struct edit_command edit_commands[] = {
    {"add", "annotation", edit_add_annotation, "force "},
    {"add", "base", edit_add_base, ""},
    {"add", "buildmetadata", edit_add_build_metadata, ""},
    {"add", "component", edit_add_component, ""},
    {"add", "configmap", edit_add_config_map,
     "from-file from-literal from-env-file disableNameSuffixHash behavior namespace "},
    {"add", "generator", edit_add_generator, ""},
    {"add", "label", edit_add_label, "force without-selector include-templates "},
    {"add", "patch", edit_add_patch, TARGET_OPTIONS},
    {"add", "resource", edit_add_resource, "no-verify "},
    {"add", "secret", edit_add_secret, "from-file from-literal from-env-file disableNameSuffixHash type namespace "},
    {"add", "transformer", edit_add_transformer, ""},
    {"remove", "annotation", edit_remove_annotation, "ignore-non-existence "},
    {"remove", "buildmetadata", edit_remove_build_metadata, ""},
    {"remove", "configmap", edit_remove_config_map, "namespace "},
    {"remove", "label", edit_remove_label, "ignore-non-existence "},
    {"remove", "patch", edit_remove_patch, TARGET_OPTIONS},
    {"remove", "resource", edit_remove_resource, ""},
    {"remove", "secret", edit_remove_secret, "namespace "},
    {"remove", "transformer", edit_remove_transformer, ""},
    {"set", "annotation", edit_set_annotation, ""},
    {"set", "buildmetadata", edit_set_build_metadata, ""},
    {"set", "configmap", edit_set_config_map, "from-literal namespace new-namespace "},
    {"set", "image", edit_set_image, ""},
    {"set", "label", edit_set_label, ""},
    {"set", "nameprefix", edit_set_name_prefix, ""},
    {"set", "namesuffix", edit_set_name_suffix, ""},
    {"set", "namespace", edit_set_namespace, ""},
    {"set", "replicas", edit_set_replicas, ""},
    {"set", "secret", edit_set_secret, "from-literal namespace new-namespace "},
    {"fix", NULL, edit_fix, ""},
};

/* --- options ------------------------------------------------------------------------------------------------------ */

/* What of the command line is not yet as the options want it. */
struct lists {
    struct text_list from_file;
    struct text_list from_literal;
    bool help;
};

static bool takes(const struct edit_command *command, const char *name)
{
    const char *at = strstr(command->options, name);
    size_t len = strlen(name);
    while (at && ((at > command->options && at[-1] != ' ') || at[len] != ' '))
        at = strstr(at + 1, name);
    return at != NULL;
}

/* The rows of the options that the command takes. */
static const struct option *option_table(struct arena *a, const struct edit_command *command,
                                         struct edit_options *o, struct lists *lists)
{
    const struct option all[] = {
        {.name = "force", .letter = 'f', .kind = OPTION_FLAG, .target = &o->force, .help = "overwrite what is there"},
        {.name = "without-selector", .kind = OPTION_FLAG, .target = &o->without_selector,
         .help = "add to labels that selectors do not get"},
        {.name = "include-templates", .kind = OPTION_FLAG, .target = &o->include_templates,
         .help = "to pod templates, too"},
        {.name = "no-verify", .kind = OPTION_FLAG, .target = &o->no_verify, .help = "do not look for the files"},
        {.name = "ignore-non-existence", .letter = 'i', .kind = OPTION_FLAG, .target = &o->ignore_missing,
         .help = "what is not there is no error"},
        {.name = "disableNameSuffixHash", .kind = OPTION_FLAG, .target = &o->disable_hash,
         .help = "no hash behind the name"},
        {.name = "from-file", .kind = OPTION_COMMAS, .target = &lists->from_file, .argument = "[KEY=]FILE",
         .help = "files to take values from"},
        {.name = "from-literal", .kind = OPTION_TEXTS, .target = &lists->from_literal, .argument = "KEY=VALUE",
         .help = "a value"},
        {.name = "from-env-file", .kind = OPTION_TEXT, .target = &o->from_env_file, .argument = "FILE",
         .help = "file of lines KEY=VALUE"},
        {.name = "behavior", .kind = OPTION_TEXT, .target = &o->behavior, .argument = "WORD",
         .help = "create, merge or replace"},
        {.name = "type", .kind = OPTION_TEXT, .target = &o->type, .argument = "TYPE", .help = "type of the Secret"},
        {.name = "namespace", .kind = OPTION_TEXT,
         .target = takes(command, "path") ? &o->target.id.namespace : &o->namespace, .argument = "NAMESPACE",
         .help = "its namespace"},
        {.name = "new-namespace", .kind = OPTION_TEXT, .target = &o->new_namespace, .argument = "NAMESPACE",
         .help = "the namespace it gets"},
        {.name = "path", .kind = OPTION_TEXT, .target = &o->patch.path, .argument = "FILE",
         .help = "file of the patch"},
        {.name = "patch", .kind = OPTION_TEXT, .target = &o->patch.patch, .argument = "TEXT", .help = "the patch"},
        {.name = "group", .kind = OPTION_TEXT, .target = &o->target.id.gvk.group, .argument = "GROUP",
         .help = "of the target"},
        {.name = "version", .kind = OPTION_TEXT, .target = &o->target.id.gvk.version, .argument = "VERSION",
         .help = "of the target"},
        {.name = "kind", .kind = OPTION_TEXT, .target = &o->target.id.gvk.kind, .argument = "KIND",
         .help = "of the target"},
        {.name = "name", .kind = OPTION_TEXT, .target = &o->target.id.name, .argument = "NAME",
         .help = "of the target"},
        {.name = "annotation-selector", .kind = OPTION_TEXT, .target = &o->target.annotations,
         .argument = "SELECTOR", .help = "of targets"},
        {.name = "label-selector", .kind = OPTION_TEXT, .target = &o->target.labels, .argument = "SELECTOR",
         .help = "of targets"},
    };
    size_t count = sizeof all / sizeof all[0];
    struct option *table = ARENA_ARRAY(a, struct option, count + 2);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (takes(command, all[i].name))
            table[kept++] = all[i];
    }
    table[kept] = (struct option){
        .name = "help", .letter = 'h', .kind = OPTION_HELP, .target = &lists->help, .help = "this text"};
    return table;
}

static struct texts texts_of(const struct text_list *list)
{
    return (struct texts){list->items, list->count, list->cap};
}

/* --- running ------------------------------------------------------------------------------------------------------ */

/* What the kustomization here renders to, or the error's text; its diagnostics go nowhere. */
static bool render_here(struct context *c, struct buffer *out)
{
    static const struct build_options options = {.order = ORDER_UNSET};
    struct resource_map map = {NULL, 0, 0};
    struct diag diag;
    diag_init(&diag);
    bool done = kustomization_build(c->arena, c->sources, ".", &options, &map, &diag) &&
                output_write(c->arena, &map, out, &diag);
    if (!done) {
        buffer_clear(out);
        for (const struct diag_entry *entry = diag.first; entry; entry = entry->next) {
            if (entry->severity == DIAG_ERROR)
                buffer_add(out, entry->message);
        }
    }
    diag_release(&diag);
    return done;
}

static bool change(struct context *c, const struct edit_command *command, const struct edit_options *options,
                   const struct texts *words)
{
    struct kustomization_file file;
    if (!kustomization_file_open(c->arena, c->sources, &file, c->diag))
        return false;
    struct edit edit = {c->arena, c->sources, options, words, &file.k, file.path, false};
    bool done = command->run(&edit, c->diag) &&
                (edit.unchanged || kustomization_file_write(c->arena, &file, c->diag));
    kustomization_file_release(&file);
    return done;
}

/* Says what the fix has changed, and whether it changes what is rendered. */
static void report_fix(struct context *c, const struct buffer *before)
{
    struct buffer after = BUFFER_INIT;
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, "\nFixed fields:\n  patchesJson6902 -> patches\n  patchesStrategicMerge -> patches\n"
                           "  commonLabels -> labels\n\n"
                           "To convert vars -> replacements, run the command `kustomize edit fix --vars`\n\n"
                           "WARNING: Converting vars to replacements will potentially overwrite many resource files \n"
                           "and the resulting files may not produce the same output when `kustomize build` is run. \n"
                           "We recommend doing this in a clean git repository where the change is easy to undo.\n");
    if (!render_here(c, &after))
        buffer_printf(&text, "Warning: 'Fixed' kustomization now produces the error when running `kustomize build`: "
                             "%.*s\n", SLICE_ARG(buffer_slice(&after)));
    else if (!slice_equal(buffer_slice(&after), buffer_slice(before)))
        buffer_printf(&text, "Warning: 'Fixed' kustomization now produces different output when running `kustomize "
                             "build`:\n...%.*s...\n", SLICE_ARG(buffer_slice(&after)));
    context_print(c, buffer_slice(&text));
    buffer_release(&after);
    buffer_release(&text);
}

static bool run_command(struct context *c, const struct edit_command *command)
{
    struct edit_options options;
    struct lists lists;
    struct option_result result = {.arguments = {NULL, 0, 0}};
    memset(&options, 0, sizeof options);
    memset(&lists, 0, sizeof lists);
    const struct option *tables[] = {option_table(c->arena, command, &options, &lists)};
    if (!options_parse(c->arena, tables, 1, c->argc, c->argv, &result, c->diag))
        return false;
    if (lists.help) {
        const char *object = command->object ? command->object : "";
        struct slice usage = arena_printf(c->arena, "edit %s %s", command->verb, object);
        kustomize_help(c, usage.ptr, "Changes the kustomization file of the working directory.", tables[0]);
        return true;
    }
    options.from_file = texts_of(&lists.from_file);
    options.from_literal = texts_of(&lists.from_literal);
    struct texts words = texts_of(&result.arguments);
    if (command->object)
        return change(c, command, &options, &words);
    struct buffer before = BUFFER_INIT;
    if (!render_here(c, &before))
        buffer_clear(&before);
    bool done = change(c, command, &options, &words);
    if (done)
        report_fix(c, &before);
    buffer_release(&before);
    return done;
}

/* As the real one, which takes an unknown word for a wish to know the known ones. */
static int list_commands(struct context *c, const char *verb)
{
    struct buffer text = BUFFER_INIT;
    bool known = false;
    for (size_t i = 0; i < sizeof edit_commands / sizeof edit_commands[0]; i++)
        known |= strcmp(verb, edit_commands[i].verb) == 0;
    buffer_add_text(&text, "Changes the kustomization file of the working directory.\n\nUsage:\n");
    for (size_t i = 0; i < sizeof edit_commands / sizeof edit_commands[0]; i++) {
        const struct edit_command *row = &edit_commands[i];
        if (!known || strcmp(verb, row->verb) == 0)
            buffer_printf(&text, "  kustomize edit %s %s\n", row->verb, row->object ? row->object : "");
    }
    context_print(c, buffer_slice(&text));
    buffer_release(&text);
    return context_finish(c, EXIT_DONE);
}

int kustomize_edit(struct context *c)
{
    const char *verb = c->argc > 0 ? c->argv[0] : "";
    const char *object = c->argc > 1 ? c->argv[1] : "";
    for (size_t i = 0; i < sizeof edit_commands / sizeof edit_commands[0]; i++) {
        const struct edit_command *row = &edit_commands[i];
        if (strcmp(verb, row->verb) != 0 || (row->object && strcmp(object, row->object) != 0))
            continue;
        int used = row->object ? 2 : 1;
        c->argc -= used;
        c->argv += used;
        return context_finish(c, run_command(c, row) ? EXIT_DONE : EXIT_FAILED);
    }
    return list_commands(c, verb);
}

/*
 * cmd_set.c - `yare set`: a key of a release changed in the file that holds it
 */
#include "base/file.h"
#include "cli/project_options.h"
#include "cli/terminal.h"
#include "codec/yaml_edit.h"
#include "codec/yaml_read.h"
#include "report/explain.h"
#include "report/hunks.h"
#include "report/paint.h"
#include "value/compare.h"

struct set_command {
    struct project_options project;
    struct slice file;
    struct slice colour;
    bool as_text;
    bool dry_run;
};

enum {
    CONTEXT_LINES = 2
};

/* --- which file --------------------------------------------------------------------------------------------------- */

static bool is_editable(const struct source *source)
{
    return source && file_exists(source->name.ptr) && slice_find(source->name, SLICE(".gotmpl")) == source->name.len;
}

/* The file of the layer that decides; where none does, of the highest layer that is a file of its own. */
static bool choose_file(struct context *c, const struct planned_release *release, const struct value_tree *tree,
                        const struct key_path *path, struct slice *out)
{
    struct value_history history;
    value_history_find(c->arena, tree, path, &history);
    for (size_t i = history.count; i > 0; i--) {
        const struct value_step *step = &history.steps[i - 1];
        if (step->effect == EFFECT_MERGED || step->kind == LAYER_DEFAULT || step->kind == LAYER_IMPORTED)
            continue;
        if (step->kind == LAYER_FILE && !step->is_state && is_editable(step->place.source)) {
            *out = step->place.source->name;
            return true;
        }
        diag_error(c->diag, "the key is set by something that is no values file");
        diag_locate(c->diag, step->place);
        return false;
    }
    for (size_t i = release->layer_count; i > 0; i--) {
        const struct source *source = release->layers[i - 1].source;
        bool is_state = release->spec && source && slice_equal(source->name, release->spec->state->path);
        if (is_editable(source) && !is_state) {
            *out = source->name;
            return true;
        }
    }
    if (!release->spec && tree->root->chart->values_file) {
        *out = tree->root->chart->values_file->source->name;
        return true;
    }
    return diag_error(c->diag, "release '%.*s' has no values file: name one with --file", SLICE_ARG(release->name));
}

/* --- the change --------------------------------------------------------------------------------------------------- */

/* The value in YAML's notation: as it was given, unless it is to be a text and would be read as something else, or takes
   more than one line. */
static void notation_of(struct context *c, bool as_text, struct slice given, struct slice *out, struct value *value)
{
    static const struct yaml_read_options options = {.no_origin = true};
    struct yaml_error error;
    struct buffer quoted = BUFFER_INIT;
    bool is_read = given.len && yaml_read(c->arena, NULL, given, &options, value, &error);
    bool is_line = slice_find_char(given, '\n') == given.len && slice_find(given, SLICE(" #")) == given.len;
    *out = given;
    bool is_block = is_read && ((value->kind == VALUE_MAP && given.ptr[0] != '{') ||
                                (value->kind == VALUE_LIST && given.ptr[0] != '['));
    if (is_read && is_line && !is_block && (!as_text || value->kind == VALUE_STRING))
        return;
    buffer_add_char(&quoted, '"');
    for (size_t i = 0; i < given.len; i++) {
        if (given.ptr[i] == '\n') {
            buffer_add_text(&quoted, "\\n");
            continue;
        }
        if (given.ptr[i] == '"' || given.ptr[i] == '\\')
            buffer_add_char(&quoted, '\\');
        buffer_add_char(&quoted, given.ptr[i]);
    }
    buffer_add_char(&quoted, '"');
    *out = buffer_move(&quoted, c->arena);
    *value = value_string(given);
}

/* Whether the value is to be a text: what is one in the end, and not null, stays one whatever its new value looks like. */
static bool is_text(const struct set_command *o, const struct value_tree *tree, const struct key_path *path,
                    struct slice given)
{
    struct value root = tree->values;
    const struct value *now = key_path_find(&root, path);
    struct value resolved;
    bool is_scalar = yaml_resolve_plain(given, &resolved) && resolved.kind != VALUE_NIL;
    return o->as_text || (now && now->kind == VALUE_STRING && is_scalar);
}

/* The tree with the key set, for the proof that nothing else changes. */
static void set_in_tree(struct arena *a, struct value *tree, const struct key_path *path, struct value value)
{
    struct value *at = tree;
    for (size_t i = 0; i < path->count; i++) {
        const struct key_step *step = &path->steps[i];
        if (step->is_index) {
            if (at->kind != VALUE_LIST || step->index >= at->list->len)
                return;
            at = &at->list->items[step->index];
            continue;
        }
        if (at->kind != VALUE_MAP)
            *at = value_map(map_new(a, 1));
        if (!map_find(at->map, step->key))
            map_set(at->map, step->key, value_nil());
        at = map_find(at->map, step->key);
    }
    *at = value;
}

static bool is_right(struct context *c, struct slice before, struct slice after, const struct key_path *path,
                     struct value value)
{
    static const struct yaml_read_options options = {.no_origin = true};
    struct yaml_error error;
    struct value old;
    struct value now;
    if (!yaml_read(c->arena, NULL, before, &options, &old, &error) ||
        !yaml_read(c->arena, NULL, after, &options, &now, &error))
        return false;
    old = value_thaw(c->arena, old);
    set_in_tree(c->arena, &old, path, value);
    return value_deep_equal(old, now);
}

static bool print_change(struct context *c, const struct set_command *o, struct slice file, struct slice before,
                         struct slice after)
{
    struct hunks hunks = {NULL, 0, 0};
    struct buffer out = BUFFER_INIT;
    bool colour = terminal_colour(o->colour);
    hunks_make(c->arena, before, after, CONTEXT_LINES, &hunks);
    paint_text(&out, colour, PAINT_HEAD, file);
    buffer_add_char(&out, '\n');
    for (size_t i = 0; i < hunks.count; i++) {
        const struct hunk_line *line = &hunks.items[i];
        if (line->kind == HUNK_GAP)
            continue;
        const char *mark = line->kind == HUNK_ADDED ? "+" : line->kind == HUNK_REMOVED ? "-" : " ";
        struct slice text = arena_printf(c->arena, "%s %.*s", mark, SLICE_ARG(line->text));
        buffer_printf(&out, "%5u ", line->right ? line->right : line->left);
        paint_text(&out, colour,
                   line->kind == HUNK_ADDED     ? PAINT_ADDED
                   : line->kind == HUNK_REMOVED ? PAINT_REMOVED
                                                : PAINT_PLACE,
                   text);
        buffer_add_char(&out, '\n');
    }
    bool ok = context_print(c, buffer_slice(&out));
    buffer_release(&out);
    return ok;
}

static bool set_one(struct context *c, const struct set_command *o, const struct planned_release *release,
                    const struct value_tree *tree, struct slice assignment)
{
    size_t equals = slice_find_char(assignment, '=');
    struct key_path path;
    struct slice file = o->file;
    struct slice text;
    struct slice notation;
    struct slice changed;
    struct value value;
    if (equals == assignment.len || equals == 0)
        return diag_error(c->diag, "'%.*s' is not KEY=VALUE", SLICE_ARG(assignment));
    if (!key_path_parse(c->arena, slice_part(assignment, 0, equals), &path, c->diag) ||
        (file.len == 0 && !choose_file(c, release, tree, &path, &file)) ||
        !file_read(c->arena, arena_text(c->arena, file), 0, &text, c->diag))
        return false;
    struct slice given = slice_after(assignment, equals + 1);
    notation_of(c, is_text(o, tree, &path, given), given, &notation, &value);
    if (!yaml_edit_set(c->arena, text, &path, notation, value.kind == VALUE_STRING, &changed, c->diag)) {
        diag_prefix(c->diag, "%.*s: ", SLICE_ARG(file));
        return false;
    }
    if (!is_right(c, text, changed, &path, value))
        return diag_error(c->diag, "%.*s cannot be edited without changing more than '%.*s': nothing was written",
                          SLICE_ARG(file), SLICE_ARG(slice_part(assignment, 0, equals)));
    if (!o->dry_run && !file_write(arena_text(c->arena, file), changed, NULL, c->diag))
        return false;
    return print_change(c, o, file, text, changed);
}

/* --- the command line --------------------------------------------------------------------------------------------- */

/* [PATH] [RELEASE] KEY=VALUE...; a chart has no RELEASE. */
static bool run(struct context *c, const struct set_command *o, const struct text_list *words,
                const struct plan_options *options)
{
    struct plan plan;
    struct value_tree tree;
    const struct planned_release *release = NULL;
    size_t next = 0;
    struct slice path = words->count > 1 && project_is_at(c, words->items[0]) ? words->items[next++] : SLICE(".");
    if (!plan_make(c->arena, c->sources, path, options, &plan, c->diag))
        return false;
    bool ok = plan_load_charts(&plan, 0, c->diag);
    if (ok && plan.place.kind == PROJECT_HELMFILE)
        ok = next < words->count ? plan_find(&plan, words->items[next++], &release, c->diag)
                                 : diag_error(c->diag, "which release? (yare list shows them)");
    else if (ok)
        release = &plan.releases[0];
    ok = ok && (next < words->count || diag_error(c->diag, "what is to be set? KEY=VALUE"));
    ok = ok && value_tree_make(c->arena, &plan, release, &tree, c->diag);
    for (size_t i = next; ok && i < words->count; i++)
        ok = set_one(c, o, release, &tree, words->items[i]);
    plan_release(&plan);
    return ok;
}

int cmd_set(struct context *c)
{
    struct set_command o;
    struct option_result result;
    struct plan_options plan_options;
    memset(&o, 0, sizeof o);
    const struct option own[] = {
        PROJECT_COLOUR(&o.colour),
        {.name = "dry-run", .kind = OPTION_FLAG, .target = &o.dry_run, .help = "show the change and write nothing"},
        {.name = "file",
         .kind = OPTION_TEXT,
         .target = &o.file,
         .argument = "path",
         .help = "the file to change (default: the one that sets the key now, else the release's last values file)"},
        {.name = "string",
         .kind = OPTION_FLAG,
         .target = &o.as_text,
         .help = "the value is a text, whatever it looks like"},
        {.name = NULL},
    };
    const struct option *tables[] = {own, project_table(c->arena, &o.project)};
    if (!options_parse(c->arena, tables, sizeof tables / sizeof tables[0], c->argc, c->argv, &result, c->diag) ||
        !project_plan_options(c, &o.project, &plan_options))
        return context_finish(c, EXIT_USAGE);
    if (o.project.help)
        return project_help(c, "set [PATH] [-e ENV] RELEASE KEY=VALUE...",
                            "Changes a key in the values file that holds it and shows the change. Comments, order and "
                            "style of the file stay as they are. The path of a chart needs no RELEASE.",
                            tables, sizeof tables / sizeof tables[0]);
    return context_finish(c, run(c, &o, &result.arguments, &plan_options) ? EXIT_DONE : EXIT_FAILED);
}

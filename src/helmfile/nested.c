/*
 * nested.c - a state file and those it names, one after the other
 */
#include "helmfile/nested.h"

#include "base/file.h"
#include "golang/path.h"
#include "helmfile/hooks.h"
#include "helmfile/selector.h"
#include "helmfile/state_merge.h"
#include "helmfile/storage.h"

#include <stdlib.h>

enum {
    DEEPEST_FILE = 64
};

struct visiting {
    struct helmfile *h;
    const struct helmfile_visit *visit;
    size_t depth;
    struct slice here; /* the folder that Helmfile is in */
    struct slice way; /* to the file at hand, as Helmfile puts it before errors */
    bool is_told;     /* the error has its way */
    struct diag *diag;
};

static bool visit_file(struct visiting *v, struct slice path, const struct state_context *context,
                       const struct helmfile_texts *selectors);

/* --- which files ---------------------------------------------------------------------------------------------- */

static bool is_state_file(struct slice name)
{
    struct slice base = name;
    if (gotmpl_is_template(base))
        base = slice_part(base, 0, base.len - strlen(".gotmpl"));
    return slice_ends(base, SLICE(".yaml")) || slice_ends(base, SLICE(".yml"));
}

bool helmfile_files(struct helmfile *h, struct slice path, struct helmfile_texts *files, struct diag *diag)
{
    const char *name = arena_text(h->arena, path);
    struct slice *names;
    size_t count;
    if (!file_is_directory(name)) {
        struct slice *one = ARENA_NEW(h->arena, struct slice);
        *one = path;
        *files = (struct helmfile_texts){one, 1};
        return slice_is(path, "-") || file_exists(name) || diag_error(diag, "specified state file %s is not found", name);
    }
    if (!file_list(h->arena, name, &names, &count, diag))
        return false;
    struct slice *paths = ARENA_ARRAY(h->arena, struct slice, count);
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_state_file(names[i]))
            paths[found++] = slice_text(file_join(h->arena, path, names[i]));
    }
    *files = (struct helmfile_texts){paths, found};
    return true;
}

/* --- one entry of helmfiles ----------------------------------------------------------------------------------- */

static bool is_explicit_inheritance(void)
{
    const char *value = getenv("HELMFILE_EXPERIMENTAL");
    return value && (strcmp(value, "true") == 0 || strstr(value, "explicit-selector-inheritance"));
}

/* The selectors in force in the nested file. */
static struct helmfile_texts entry_selectors(struct visiting *v, struct value entry,
                                             const struct helmfile_texts *outer)
{
    bool has_own = field_value(entry, "selectors").kind == VALUE_LIST;
    if ((!has_own && !is_explicit_inheritance()) || field_is_true(entry, "selectorsInherited"))
        return *outer;
    return field_texts(v->h->arena, entry, "selectors");
}

/* Whether the command line's selectors and the entry's cannot both be met: then the file is not even loaded. */
static bool contradicts(struct visiting *v, struct value entry, bool *out)
{
    const struct helmfile_texts *outer = &v->h->options->selectors;
    struct helmfile_texts own = field_texts(v->h->arena, entry, "selectors");
    struct selector *a;
    struct selector *b;
    *out = false;
    if (outer->count == 0 || own.count == 0 || field_is_true(entry, "selectorsInherited"))
        return true;
    if (!selectors_parse(v->h->arena, outer, &a, v->diag) || !selectors_parse(v->h->arena, &own, &b, v->diag))
        return false;
    *out = !selectors_compatible(a, outer->count, b, own.count);
    return true;
}

static bool inherits(struct value entry, const char *what)
{
    struct field_items items = field_items(entry, "inherits");
    for (size_t i = 0; i < items.count; i++) {
        if (slice_is(value_slice(items.items[i]), what))
            return true;
    }
    return false;
}

/* --- what a nested file takes over ---------------------------------------------------------------------------- */

/* The parent's keys that the entry passes on, below the child's own. */
static struct value inherited_top(struct visiting *v, const struct state *parent, struct value entry)
{
    static const char *const keys[] = {"repositories", "helmDefaults", "commonLabels",
                                       "apiVersions",  "kubeVersion",  "templates"};
    struct map *map = map_new(v->h->arena, 4);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct value above = field_value(parent->top, keys[i]);
        if (inherits(entry, keys[i]) && !state_value_is_empty(above))
            map_set_text(map, keys[i], above);
    }
    return value_map(map);
}

/* The values that an entry passes, read relative to the parent. */
static bool passed_values(struct visiting *v, const struct state *parent, struct value entry,
                          struct environment *out)
{
    struct field_items items = field_items(entry, "values");
    struct environment bare;
    struct environment_entries entries = {.items = items.items,
                                          .count = items.count,
                                          .folder = parent->folder,
                                          .shown_folder = parent->shown_folder,
                                          .state_file = parent->shown_path};
    environment_init(out, v->h->options->environment);
    environment_init(&bare, v->h->options->environment);
    return environment_read_entries(v->h, &entries, &bare, &out->values, v->diag);
}

/* Puts the way to the file before an error, as Helmfile does: "in ./helmfile.yaml: ". Returns false. */
static bool tell_way(struct visiting *v)
{
    if (v->visit->peer_errors && !v->is_told)
        diag_enclose(v->diag, arena_text(v->h->arena, v->way), "");
    v->is_told = true;
    return false;
}

static bool visit_entry_files(struct visiting *v, const struct state *parent, struct value entry,
                              const struct storage_files *matches, const struct helmfile_texts *selectors)
{
    struct environment passed;
    struct state_context context = {.inherited_top = inherited_top(v, parent, entry)};
    if (!passed_values(v, parent, entry, &passed))
        return false;
    context.overrides = field_items(entry, "values").count ? &passed : NULL;
    context.inherited = inherits(entry, "environments") ? &parent->environment : NULL;
    for (size_t i = 0; i < matches->count; i++) {
        struct helmfile_texts files;
        if (!helmfile_files(v->h, slice_text(matches->paths[i]), &files, v->diag))
            return false;
        context.is_one_of_several = files.count > 1;
        for (size_t k = 0; k < files.count; k++) {
            if (!visit_file(v, files.items[k], &context, selectors))
                return false;
        }
    }
    return true;
}

static bool visit_entry(struct visiting *v, const struct state *parent, size_t index, struct value entry,
                        const struct helmfile_texts *selectors)
{
    struct slice path = field_text(entry, "path");
    struct slice handler = field_text(parent->top, "missingFileHandler");
    struct helmfile_texts own = entry_selectors(v, entry, selectors);
    struct storage_files matches = {NULL, 0};
    bool skip;
    if (!contradicts(v, entry, &skip))
        return false;
    if (skip)
        return true;
    if (!storage_is_remote(path))
        storage_glob(v->h->arena, slice_text(storage_path(v->h->arena, parent->folder, path)), &matches);
    else if (!storage_fetch(v->h->arena, path, &matches, v->diag))
        return false;
    if (matches.count == 0) {
        if (handler.len && !slice_is(handler, "Error")) {
            diag_warning(v->diag, "no matches for path: %.*s", SLICE_ARG(path));
            return true;
        }
        diag_error(v->diag, "no matches for path: %.*s", SLICE_ARG(path));
        helmfile_locate(v->h, field_value(entry, "path"), v->diag);
        return false;
    }
    struct slice way = v->way;
    v->way = arena_printf(v->h->arena, "%.*sin .helmfiles[%zu]: ", SLICE_ARG(way), index);
    bool ok = visit_entry_files(v, parent, entry, &matches, &own) || tell_way(v);
    v->way = way;
    return ok;
}

/* --- files ---------------------------------------------------------------------------------------------------- */

/* Values that are missing are often those of an environment that nobody named. */
static void note_environments(struct visiting *v, const struct state *state)
{
    struct diag_place nowhere = {NULL, 0, 0, 0};
    struct helmfile_texts names = state_environment_names(v->h->arena, state);
    struct buffer list = BUFFER_INIT;
    bool has_default = false;
    for (size_t i = 0; i < names.count; i++) {
        has_default |= slice_is(names.items[i], "default");
        buffer_printf(&list, "%s%.*s", i ? ", " : "", SLICE_ARG(names.items[i]));
    }
    if (names.count && !has_default && slice_is(state->environment.name, "default"))
        diag_note(v->diag, nowhere, "in environment 'default', which the file does not have; it has %.*s (-e)",
                  SLICE_ARG(buffer_slice(&list)));
    buffer_release(&list);
}

static bool run_hooks(struct visiting *v, const struct state *state, const char *event)
{
    const char *command = v->visit->command;
    return !command || hooks_run(v->h, state, NULL, event, command, SLICE(""), v->diag);
}

static bool visit_state(struct visiting *v, const struct state *state, const struct helmfile_texts *selectors)
{
    struct field_items nested = field_items(state->top, "helmfiles");
    struct release_list releases;
    for (size_t i = 0; i < nested.count; i++) {
        if (!visit_entry(v, state, i, nested.items[i], selectors))
            return false;
    }
    bool made = release_list_make(v->h, state, &releases, v->diag);
    if (made && v->visit->peer_errors)
        needs_warn(v->h, &releases, true, v->diag);
    if (made && run_hooks(v, state, "prepare") &&
        v->visit->found(v->visit->context, state, &releases, selectors, v->diag) && run_hooks(v, state, "cleanup"))
        return true;
    if (!made && v->visit->peer_errors)
        diag_prefix(v->diag, "failed executing release templates in \"%.*s\": ", SLICE_ARG(state->path));
    note_environments(v, state);
    return false;
}

/* The way to a file from where the way stands. */
static struct slice way_to(const struct visiting *v, struct slice path)
{
    struct slice folder = v->depth == 0 ? v->h->options->shown_folder : slice_of("", 0);
    bool is_here = folder.len == 0 && slice_find_char(path, '/') == path.len;
    return arena_printf(v->h->arena, "%.*sin %.*s%s%.*s: ", SLICE_ARG(v->way), SLICE_ARG(folder),
                        is_here ? "./" : folder.len ? "/" : "", SLICE_ARG(path));
}

static struct slice full_path(const struct visiting *v, const struct state_context *context, struct slice path)
{
    struct arena *a = v->h->arena;
    struct slice whole = go_path_abs(a, path);
    return context->is_one_of_several ? arena_concat(a, go_path_abs(a, v->here), whole) : whole;
}

static bool visit_file(struct visiting *v, struct slice path, const struct state_context *context,
                       const struct helmfile_texts *selectors)
{
    struct state *state = ARENA_NEW(v->h->arena, struct state);
    bool is_top = v->depth == 0;
    bool ok = true;
    if (v->depth == DEEPEST_FILE)
        return diag_error(v->diag, "state files are nested more than %d deep at %.*s", DEEPEST_FILE, SLICE_ARG(path));
    struct slice way = v->way;
    v->way = way_to(v, path);
    v->depth++;
    bool is_loaded = state_load(v->h, path, context, state, v->diag);
    state->way = v->way;
    state->full_path = full_path(v, context, path);
    struct slice here = v->here;
    if (!context->is_one_of_several)
        v->here = file_folder(path);
    if (!is_loaded)
        ok = false;
    else if (!state->unknown_environment)
        ok = visit_state(v, state, selectors);
    else if (is_top && v->visit->unknown)
        ok = v->visit->unknown(v->visit->context, state, v->diag);
    v->depth--;
    v->here = here;
    if (!ok)
        tell_way(v);
    v->way = way;
    return ok;
}

bool helmfile_visit_files(struct helmfile *h, const struct helmfile_texts *files, const struct helmfile_visit *visit,
                          struct diag *diag)
{
    struct visiting v = {.h = h, .visit = visit, .here = SLICE("."), .way = SLICE(""), .diag = diag};
    for (size_t i = 0; i < files->count; i++) {
        struct environment given;
        bool has_given;
        if (!environment_from_options(h, file_folder(files->items[i]), &given, &has_given, diag))
            return false;
        struct state_context context = {.overrides = has_given ? &given : NULL,
                                        .inherited_top = value_nil(),
                                        .is_one_of_several = files->count > 1};
        if (!visit_file(&v, files->items[i], &context, &h->options->selectors))
            return false;
    }
    return true;
}

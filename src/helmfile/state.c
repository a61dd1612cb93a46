/*
 * state.c - one state file: helmfile.yaml or helmfile.yaml.gotmpl
 */
#include "helmfile/state.h"

#include "base/file.h"
#include "codec/yaml_read.h"
#include "golang/path.h"
#include "helmfile/fields.h"
#include "helmfile/state_check.h"
#include "helmfile/state_merge.h"
#include "helmfile/state_text.h"
#include "helmfile/storage.h"
#include "value/merge.h"

/* A file on its way. */
struct loading {
    struct helmfile *h;
    struct slice path;          /* of the file */
    struct slice shown;         /* the same in messages */
    struct slice folder;        /* where relative paths start: that of the main file, for its bases, too */
    struct slice shown_folder;
    const struct source *source; /* of the file */
    bool is_template;
    bool is_base;
    size_t part; /* number of the part at hand */
    struct diag *diag;
};

static bool load_file(struct loading *l, const struct state_context *context, struct state *out);

/* --- documents ------------------------------------------------------------------------------------------------ */

static bool fail_document(struct loading *l, size_t index)
{
    diag_prefix(l->diag, "failed to read %.*s: reading document at index %zu%s: ", SLICE_ARG(l->shown), index,
                l->is_template ? "" : ". Started seeing this since Helmfile v1? Add the .gotmpl file extension");
    return false;
}

/* A text of as many line ends as come before `part` in `whole`, then the part: so places are those of the whole. */
static struct slice at_its_lines(struct arena *a, struct slice whole, struct slice part)
{
    struct buffer text = BUFFER_INIT;
    for (const char *p = whole.ptr; p < part.ptr; p++) {
        if (*p == '\n')
            buffer_add_char(&text, '\n');
    }
    if (text.len == 0)
        return part;
    buffer_add(&text, part);
    return buffer_move(&text, a);
}

static size_t lines_before(struct slice whole, struct slice part)
{
    size_t lines = 0;
    for (const char *p = whole.ptr; p < part.ptr; p++)
        lines += *p == '\n';
    return lines;
}

/* The text of the error counts the document's own lines, its place those of the source. */
static bool fail_yaml(struct loading *l, const struct source *source, struct slice document,
                      const struct yaml_error *error)
{
    static const struct yaml_read_options options = {.reject_duplicates = true, .go_yaml_v3 = true};
    struct yaml_error own = *error;
    struct value ignored;
    yaml_read(l->h->arena, NULL, document, &options, &ignored, &own);
    diag_error_slice(l->diag, own.message);
    if (error->line)
        diag_locate_origin(l->diag, source, origin_at(source, error->line, error->column));
    return false;
}

/* `source` has the lines that the document's places count; `first_line` is where the part begins. */
static bool read_document(struct loading *l, const struct source *source, struct slice document, size_t first_line,
                          struct value *out)
{
    static const struct yaml_read_options options = {.reject_duplicates = true, .go_yaml_v3 = true};
    struct arena *a = l->h->arena;
    struct fields_input input = {.arena = a, .source = source, .first_line = first_line};
    struct yaml_error error;
    struct value v = value_nil();
    if (!yaml_read(a, source, at_its_lines(a, source->text, document), &options, &v, &error))
        return fail_yaml(l, source, document, &error);
    return state_fields_read(&input, &state_fields, v, out, l->diag) && state_check_document(l->h, *out, l->diag);
}

/* All documents of a part, merged. */
static bool read_part(struct loading *l, const struct source *source, struct slice part, struct value *out)
{
    struct slice rest = part.ptr ? part : SLICE("");
    struct slice document;
    size_t first_line = lines_before(source->text, part);
    *out = value_map(map_new(l->h->arena, 0));
    for (size_t index = 1; state_text_next_document(&rest, &document); index++) {
        struct value read;
        if (!read_document(l, source, document, first_line, &read))
            return fail_document(l, index);
        *out = state_merge(l->h->arena, *out, read, STATE_MERGE_DOCUMENTS);
    }
    return true;
}

/* --- environments --------------------------------------------------------------------------------------------- */

static bool read_defaults(struct loading *l, struct value top, const struct environment *context,
                          struct environment *e)
{
    struct field_items items = field_items(top, "values");
    struct environment_entries entries = {
        .items = items.items, .count = items.count, .folder = l->folder, .shown_folder = l->shown_folder,
        .state_file = l->shown};
    struct value read;
    if (!environment_read_entries(l->h, &entries, context, &read, l->diag))
        return false;
    e->defaults = merge_values(l->h->arena, e->defaults, read, &merge_helm_layers);
    return true;
}

/* The layers after a part whose keys (bases included) are `top`; `context` is what came before. */
static bool read_environment(struct loading *l, struct value top, const struct environment *context,
                             struct environment *e)
{
    struct value spec = value_nil();
    struct value all = field_value(top, "environments");
    struct environment own;
    environment_init(&own, l->h->options->environment);
    if (all.kind == VALUE_MAP && map_find(all.map, own.name))
        spec = *map_find(all.map, own.name);
    struct field_items items = field_items(spec, "values");
    struct environment_entries entries = {.items = items.items,
                                          .count = items.count,
                                          .folder = l->folder,
                                          .shown_folder = l->shown_folder,
                                          .handler = field_text(spec, "missingFileHandler"),
                                          .strategy = field_text(spec, "mergeStrategy"),
                                          .state_file = l->shown};
    struct environment seen = context ? *context : own;
    struct field_items secrets = field_items(spec, "secrets");
    entries.secrets = secrets.items;
    entries.secret_count = secrets.count;
    entries.secret_handler = field_text(top, "missingFileHandler");
    if (!environment_read_entries(l->h, &entries, &seen, &own.values, l->diag)) {
        diag_prefix(l->diag, "failed to read %.*s: ", SLICE_ARG(l->shown));
        return false;
    }
    own.kube_context = field_text(spec, "kubeContext");
    *e = environment_merge(l->h->arena, context, &own);
    if (context && context->name.len)
        e->name = context->name;
    if (context && context->kube_context.len)
        e->kube_context = context->kube_context;
    return read_defaults(l, top, &seen, e);
}

/* --- bases ---------------------------------------------------------------------------------------------------- */

static bool load_bases(struct loading *l, const struct environment *context, struct value *top)
{
    struct field_items bases = field_items(*top, "bases");
    struct state_context seen = {.inherited = context, .inherited_top = value_nil()};
    struct value merged = value_nil();
    if (bases.count && l->is_base)
        return diag_error(l->diag, "nested `base` helmfile is unsupported. please submit a feature request if you "
                                   "need this!");
    for (size_t i = 0; i < bases.count; i++) {
        struct state base;
        struct loading next = *l;
        next.is_base = true;
        next.path = slice_text(storage_path(l->h->arena, l->folder, value_slice(bases.items[i])));
        next.shown = storage_shown_path(l->h->arena, l->shown_folder, value_slice(bases.items[i]));
        if (!load_file(&next, &seen, &base)) {
            helmfile_locate(l->h, bases.items[i], l->diag);
            return false;
        }
        merged = state_merge(l->h->arena, merged, base.top, STATE_MERGE_BASES);
    }
    if (bases.count)
        *top = state_merge(l->h->arena, merged, *top, STATE_MERGE_BASES);
    return true;
}

/* --- parts ---------------------------------------------------------------------------------------------------- */

/* The text of a part after rendering, and the source that its lines are those of. */
static bool render_part(struct loading *l, struct slice part, const struct environment *context, struct slice *text,
                        const struct source **source)
{
    struct arena *a = l->h->arena;
    struct environment bare;
    *text = part;
    *source = l->source;
    if (!l->is_template)
        return true;
    environment_init(&bare, l->h->options->environment);
    struct value data = environment_data(a, context ? context : &bare, l->h->options->name_space);
    struct slice name = arena_printf(a, "%.*s.part.%zu", SLICE_ARG(l->shown), l->part);
    const struct source *template = source_set_add(l->h->sources, name, part);
    if (!gotmpl_render(l->h->gotmpl, l->folder, part, template, data, text, l->diag)) {
        diag_prefix(l->diag, "error during %.*s parsing: ", SLICE_ARG(name));
        return false;
    }
    *source = source_set_add(l->h->sources, arena_printf(a, "%.*s (rendered)", SLICE_ARG(name)), *text);
    return true;
}

static bool knows_environment(struct value top, struct slice name)
{
    struct value all = field_value(top, "environments");
    return slice_is(name, "default") || all.kind != VALUE_MAP || all.map->len == 0 || map_find(all.map, name);
}

/* Helmfile 0 renders a part twice: what the first, rough pass says of environments is known to the second. False where
   nothing could be learned; that is no error. */
static bool learn_environment(struct loading *l, struct slice part, const struct environment *context,
                              struct environment *out)
{
    struct loading rough = *l;
    struct environment bare;
    struct diag ignored;
    struct slice text;
    struct value top;
    diag_init(&ignored);
    rough.diag = &ignored;
    environment_init(&bare, l->h->options->environment);
    struct value data = environment_data(l->h->arena, context ? context : &bare, l->h->options->name_space);
    bool ok = gotmpl_render_roughly(l->h->gotmpl, l->folder, part, data, &text, &ignored);
    if (ok) {
        const struct source *source = source_set_add(l->h->sources, l->shown, text);
        ok = read_part(&rough, source, text, &top) && read_environment(&rough, top, context, out);
    }
    diag_release(&ignored);
    return ok;
}

/* One part over the earlier ones. */
static bool load_part(struct loading *l, struct slice part, const struct environment *context, struct state *state)
{
    const struct source *source;
    struct slice text;
    struct value top;
    struct environment learned;
    const struct environment *seen = context;
    if (l->h->options->is_v0 && learn_environment(l, part, context, &learned))
        seen = &learned;
    if (!render_part(l, part, seen, &text, &source) || !read_part(l, source, text, &top) ||
        !load_bases(l, context, &top) || !read_environment(l, top, context, &state->environment))
        return false;
    state->top = l->part == 0 ? top : state_merge(l->h->arena, state->top, top, STATE_MERGE_PARTS);
    state->values = environment_values(l->h->arena, &state->environment);
    state->unknown_environment = !l->is_base && !knows_environment(state->top, state->environment.name);
    return true;
}

static bool load_parts(struct loading *l, const struct state_context *context, struct state *state)
{
    struct slice rest = l->source->text.ptr ? l->source->text : SLICE("");
    struct slice part;
    bool has_context = context->inherited || context->overrides;
    struct environment before = environment_merge(l->h->arena, context->inherited, context->overrides);
    for (l->part = 0; state_text_next_part(&rest, &part) && !state->unknown_environment; l->part++) {
        if (!load_part(l, part, has_context || l->part > 0 ? &before : NULL, state))
            return false;
        before = environment_merge(l->h->arena, &state->environment, context->overrides);
    }
    bool has_environments = !state_value_is_empty(field_value(state->top, "environments"));
    if (!l->is_base && !has_environments && !has_context && !slice_is(l->h->options->environment, "default"))
        state->unknown_environment = true;
    return true;
}

/* --- files ---------------------------------------------------------------------------------------------------- */

static bool load_file(struct loading *l, const struct state_context *context, struct state *out)
{
    const char *path = arena_text(l->h->arena, l->path);
    const struct source *source;
    memset(out, 0, sizeof *out);
    out->path = l->path;
    out->shown_path = l->shown;
    out->folder = l->folder;
    out->shown_folder = l->shown_folder;
    environment_init(&out->environment, l->h->options->environment);
    if (!helmfile_read(l->h, path, &source, l->diag))
        return false;
    struct slice text = state_text_normalize(l->h->arena, source->text);
    l->source = text.ptr == source->text.ptr ? source : source_set_add(l->h->sources, source->name, text);
    l->is_template = l->h->options->render_all || l->h->options->is_v0 || gotmpl_is_template(l->path);
    return (l->h->options->is_v0 || state_text_check(l->shown, l->source, l->diag)) && load_parts(l, context, out);
}

bool state_load(struct helmfile *h, struct slice path, const struct state_context *context, struct state *out,
                struct diag *diag)
{
    struct loading l = {.h = h, .path = path, .folder = file_folder(path), .shown_folder = SLICE("."), .diag = diag};
    if (context->is_one_of_several)
        l.shown_folder = go_path_abs(h->arena, l.folder);
    l.shown = storage_shown_path(h->arena, l.shown_folder, file_base(path));
    if (!load_file(&l, context, out))
        return false;
    if (context->inherited_top.kind == VALUE_MAP)
        out->top = state_merge(h->arena, context->inherited_top, out->top, STATE_MERGE_PARTS);
    return out->unknown_environment || state_check(h, out, diag);
}

struct slice state_shown_path(struct arena *a, const struct state *state, struct slice path)
{
    return storage_shown_path(a, state->shown_folder, path);
}

struct helmfile_texts state_environment_names(struct arena *a, const struct state *state)
{
    struct value all = field_value(state->top, "environments");
    struct helmfile_texts names = {NULL, 0};
    if (all.kind != VALUE_MAP)
        return names;
    struct slice *items = ARENA_ARRAY(a, struct slice, all.map->len);
    for (uint32_t i = 0; i < all.map->len; i++)
        items[i] = all.map->entries[i].key;
    names.items = items;
    names.count = all.map->len;
    return names;
}

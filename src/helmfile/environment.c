/*
 * environment.c - the state values of an environment
 */
#include "helmfile/environment.h"

#include "base/file.h"
#include "codec/yaml_read.h"
#include "helmfile/hcl.h"
#include "helmfile/secrets.h"
#include "helmfile/state_set.h"
#include "helmfile/storage.h"
#include "helmfile/vals.h"
#include "value/merge.h"

void environment_init(struct environment *e, struct slice name)
{
    *e = (struct environment){.name = name,
                              .defaults = value_nil(),
                              .values = value_nil(),
                              .overrides = value_nil()};
}

/* --- layers --------------------------------------------------------------------------------------------------- */

struct environment environment_merge(struct arena *a, const struct environment *low, const struct environment *high)
{
    struct environment merged;
    environment_init(&merged, slice_of("", 0));
    if (!low || !high)
        return low ? *low : high ? *high : merged;
    merged.name = high->name.len ? high->name : low->name;
    merged.kube_context = high->kube_context.len ? high->kube_context : low->kube_context;
    merged.defaults = merge_values(a, low->defaults, high->defaults, &merge_helmfile_layers);
    merged.values = merge_values(a, low->values, high->values, &merge_helmfile_layers);
    merged.overrides = merge_values(a, low->overrides, high->overrides, &merge_helmfile_set);
    return merged;
}

struct value environment_values(struct arena *a, const struct environment *e)
{
    struct value layers = merge_values(a, e->defaults, e->values, &merge_helmfile_layers);
    return merge_values(a, layers, e->overrides, &merge_helmfile_set);
}

static struct value or_empty(struct arena *a, struct value v)
{
    return v.kind == VALUE_MAP ? v : value_map(map_new(a, 0));
}

struct value environment_record(struct arena *a, const struct environment *e, bool all_values)
{
    struct map *fields = map_new(a, 5);
    struct value values = e->values;
    if (all_values)
        values = merge_values(a, values, e->overrides, &merge_helmfile_set);
    map_set_text(fields, "CLIOverrides", or_empty(a, e->overrides));
    map_set_text(fields, "Defaults", or_empty(a, e->defaults));
    map_set_text(fields, "KubeContext", value_string(e->kube_context));
    map_set_text(fields, "Name", value_string(e->name));
    map_set_text(fields, "Values", or_empty(a, values));
    return template_record_new(a, RECORD_ENVIRONMENT, fields);
}

static struct value data_with_values(struct arena *a, const struct environment *e, struct slice name_space,
                                     struct value values)
{
    struct map *fields = map_new(a, 4);
    map_set_text(fields, "Environment", environment_record(a, e, true));
    map_set_text(fields, "Namespace", value_string(name_space));
    map_set_text(fields, "StateValues", values);
    map_set_text(fields, "Values", values);
    return template_record_new(a, RECORD_ENVIRONMENT_DATA, fields);
}

struct value environment_data(struct arena *a, const struct environment *e, struct slice name_space)
{
    return data_with_values(a, e, name_space, environment_values(a, e));
}

/* --- entries of values ---------------------------------------------------------------------------------------- */

/* A list of entries on its way. */
struct reading {
    struct helmfile *h;
    const struct environment_entries *entries;
    const struct environment *environment;
    bool first_wins;
    bool is_secret; /* what is read */
    const struct source **hcl; /* files in HCL met so far */
    size_t hcl_count;
    struct value merged;
    struct diag *diag;
};

/* Inside one list later values win, by null too; with the other strategy the first that is not null. */
static void take(struct reading *r, struct value v)
{
    if (r->first_wins)
        r->merged = merge_values(r->h->arena, v, r->merged, &merge_helmfile_layers);
    else
        r->merged = merge_values(r->h->arena, r->merged, v, &merge_helm_layers);
}

/* What a template among the entries sees; with the first entry winning, earlier ones, too. */
static struct value template_data(struct reading *r)
{
    struct arena *a = r->h->arena;
    struct value values = environment_values(a, r->environment);
    if (r->first_wins)
        values = merge_values(a, r->merged, values, &merge_helm_layers);
    return data_with_values(a, r->environment, slice_of("", 0), values);
}

static bool parse_values(struct reading *r, const char *path, const struct source *source, struct slice text)
{
    static const struct yaml_read_options options = {.reject_duplicates = true, .go_yaml_v3 = true};
    struct yaml_error error;
    struct value v = value_nil();
    if (!yaml_read(r->h->arena, source, text, &options, &v, &error)) {
        diag_error(r->diag, "failed to load environment values file \"%s\": %.*s\n\nOffending YAML:\n%.*s", path,
                   SLICE_ARG(error.message), SLICE_ARG(text));
        if (error.line)
            diag_locate_origin(r->diag, source, origin_at(source, error.line, error.column));
        return false;
    }
    if (v.kind != VALUE_MAP && v.kind != VALUE_NIL)
        return diag_error(r->diag,
                          "failed to load environment values file \"%s\": yaml: unmarshal errors:\n  line 1: cannot "
                          "unmarshal %s into map[string]interface {}\n\nOffending YAML:\n%.*s",
                          path, v.kind == VALUE_LIST ? "!!seq" : "!!str", SLICE_ARG(text));
    take(r, r->is_secret ? vals_mark(r->h, v) : v);
    return true;
}

static bool read_values_file(struct reading *r, const char *path)
{
    const struct source *source;
    struct slice folder = file_folder(slice_text(path));
    struct slice text;
    if (!helmfile_read(r->h, path, &source, r->diag)) {
        diag_prefix(r->diag, "failed to load environment values file \"%s\": failed to load [%s]: ", path, path);
        return false;
    }
    if (!gotmpl_is_template(slice_text(path)))
        return parse_values(r, path, source, source->text);
    if (!gotmpl_render(r->h->gotmpl, folder, source->text, source, template_data(r), &text, r->diag)) {
        diag_prefix(r->diag,
                    "failed to load environment values file \"%s\": failed to render [%s], because of ", path, path);
        return false;
    }
    const struct source *rendered = source_set_add(
        r->h->sources, arena_printf(r->h->arena, "%s (rendered)", path), text);
    return parse_values(r, path, rendered, text);
}

static bool keep_hcl(struct reading *r, const char *path)
{
    const struct source *source;
    size_t old = r->hcl_count * sizeof source;
    if (!helmfile_read(r->h, path, &source, r->diag))
        return false;
    r->hcl = arena_resize(r->h->arena, r->hcl, old, old + sizeof source);
    r->hcl[r->hcl_count++] = source;
    return true;
}

static struct diag_place place_of(const struct reading *r, struct value v)
{
    struct diag_place place = {source_set_find(r->h->sources, (uint32_t)v.origin.source), v.origin.line,
                               v.origin.column, 1};
    return place;
}

static bool read_path(struct reading *r, struct value entry)
{
    struct storage_query query = {.folder = r->entries->folder,
                                  .shown_folder = r->entries->shown_folder,
                                  .path = value_slice(entry),
                                  .what = "environment values",
                                  .handler = r->entries->handler,
                                  .state_file = r->entries->state_file};
    struct storage_files files;
    if (!storage_find(r->h, &query, &files, r->diag)) {
        struct diag_place nowhere = {NULL, 0, 0, 0};
        helmfile_locate(r->h, entry, r->diag);
        diag_note(r->diag, nowhere, "wanted by environment '%.*s'", SLICE_ARG(r->environment->name));
        return false;
    }
    for (size_t i = 0; i < files.count; i++) {
        bool is_hcl = slice_ends(slice_text(files.paths[i]), SLICE(".hcl"));
        if (is_hcl ? !keep_hcl(r, files.paths[i]) : !read_values_file(r, files.paths[i])) {
            diag_note(r->diag, place_of(r, entry), "values of environment '%.*s'", SLICE_ARG(r->environment->name));
            return false;
        }
    }
    return true;
}

/* The files in HCL see each other, so they are read together, and come after all others. */
static bool read_hcl(struct reading *r)
{
    struct value v;
    if (r->hcl_count == 0)
        return true;
    if (!hcl_read(r->h->arena, r->hcl, r->hcl_count, &v, r->diag))
        return false;
    take(r, v);
    return true;
}

/* Encrypted files win over the others. */
static bool read_secrets(struct reading *r, struct value path)
{
    struct storage_query query = {.folder = r->entries->folder,
                                  .shown_folder = r->entries->shown_folder,
                                  .path = value_slice(path),
                                  .what = "environment secrets",
                                  .handler = r->entries->secret_handler,
                                  .state_file = r->entries->state_file};
    struct storage_files files;
    const struct source *source;
    r->is_secret = r->h->options->allow_exec;
    if (!storage_find(r->h, &query, &files, r->diag)) {
        helmfile_locate(r->h, path, r->diag);
        return false;
    }
    for (size_t i = 0; i < files.count; i++) {
        if (!secrets_read(r->h, files.paths[i], &source, r->diag) ||
            !parse_values(r, files.paths[i], source, source->text))
            return false;
    }
    return true;
}

static bool check_strategy(const struct environment_entries *entries, const struct environment *e, struct diag *diag)
{
    if (entries->strategy.len == 0 || slice_is(entries->strategy, "override") ||
        slice_is(entries->strategy, "fallback"))
        return true;
    return diag_error(diag,
                      "environment \"%.*s\": invalid mergeStrategy \"%.*s\" (must be \"override\" or \"fallback\")",
                      SLICE_ARG(e->name), SLICE_ARG(entries->strategy));
}

bool environment_read_entries(struct helmfile *h, const struct environment_entries *entries,
                              const struct environment *e, struct value *out, struct diag *diag)
{
    struct reading r = {.h = h,
                        .entries = entries,
                        .environment = e,
                        .first_wins = slice_is(entries->strategy, "fallback"),
                        .merged = value_map(map_new(h->arena, 0)),
                        .diag = diag};
    if (!check_strategy(entries, e, diag))
        return false;
    for (size_t i = 0; i < entries->count; i++) {
        struct value entry = entries->items[i];
        if (entry.kind == VALUE_MAP) {
            take(&r, entry);
        } else if (entry.kind != VALUE_STRING) {
            diag_error(diag, "unexpected type of value: type=%s", value_type_name(entry));
            helmfile_locate(h, entry, diag);
            return false;
        } else if (!read_path(&r, entry)) {
            return false;
        }
    }
    if (!read_hcl(&r))
        return false;
    for (size_t i = 0; i < entries->secret_count; i++) {
        if (!read_secrets(&r, entries->secrets[i]))
            return false;
    }
    *out = r.merged;
    return true;
}

/* --- the command line ----------------------------------------------------------------------------------------- */

bool environment_from_options(struct helmfile *h, struct slice folder, struct environment *out, bool *given,
                              struct diag *diag)
{
    const struct helmfile_options *o = h->options;
    struct value *paths = ARENA_ARRAY(h->arena, struct value, o->state_values_files.count);
    struct environment bare;
    environment_init(out, o->environment);
    environment_init(&bare, o->environment);
    for (size_t i = 0; i < o->state_values_files.count; i++)
        paths[i] = value_string(o->state_values_files.items[i]);
    struct environment_entries entries = {.items = paths, .count = o->state_values_files.count, .folder = folder};
    if (entries.count && !environment_read_entries(h, &entries, &bare, &out->values, diag))
        return false;
    bool sets = o->state_values_set.count || o->state_values_set_string.count;
    if (sets && !state_set_read(h->arena, h->sources, &o->state_values_set, &o->state_values_set_string,
                                &out->overrides, diag))
        return false;
    *given = sets || entries.count;
    return true;
}

/*
 * release_values.c - from a release to the values of its chart
 */
#include "helmfile/release_values.h"

#include "base/file.h"
#include "chart/load.h"
#include "codec/json_write.h"
#include "codec/yaml_read.h"
#include "codec/yaml_scalar.h"
#include "codec/yaml_write.h"
#include "helmfile/secrets.h"
#include "helmfile/storage.h"
#include "helmfile/vals.h"
#include "value/format.h"
#include "value/time_value.h"

#include <stdlib.h>

/* The values of one release on their way. */
struct reading {
    struct helmfile *h;
    const struct release_spec *release;
    struct release_values *out;
    struct list *documents; /* not null: entries are wanted as Helmfile reads them */
    bool keeps_references;  /* to secrets */
    struct diag *diag;
};

static void add_layer(struct reading *r, struct value_layer layer)
{
    size_t old = r->out->layer_count * sizeof layer;
    r->out->layers = arena_resize(r->h->arena, r->out->layers, old, old + sizeof layer);
    r->out->layers[r->out->layer_count++] = layer;
}

/* --- files ---------------------------------------------------------------------------------------------------- */

static bool parse_document(struct helmfile *h, const struct source *source, struct value *out, struct diag *diag)
{
    static const struct yaml_read_options options = {.reject_duplicates = true, .go_yaml_v3 = true};
    struct yaml_error error;
    *out = value_nil();
    if (yaml_read(h->arena, source, source->text, &options, out, &error)) {
        if (out->kind == VALUE_NIL)
            *out = value_map(map_new(h->arena, 0));
        return true;
    }
    diag_error_slice(diag, error.message);
    if (error.line)
        diag_locate_origin(diag, source, origin_at(source, error.line, error.column));
    return false;
}

/* What Helm reads when a value has been written to a file: every number is a float64, a time is a text. */
static struct value as_helm_reads(struct arena *a, struct value v)
{
    if (v.kind == VALUE_LIST) {
        struct list *list = list_new(a, v.list->len);
        for (uint32_t i = 0; i < v.list->len; i++)
            list_add(a, list, as_helm_reads(a, v.list->items[i]));
        return value_from(value_list(list), v.origin);
    }
    if (v.kind == VALUE_MAP) {
        struct map *map = map_copy(a, v.map);
        for (uint32_t i = 0; i < map->len; i++)
            map->entries[i].value = as_helm_reads(a, map->entries[i].value);
        return value_from(value_map(map), v.origin);
    }
    if (time_value_is(v)) {
        struct buffer text = BUFFER_INIT;
        go_time_format(&text, time_value_get(v), SLICE("2006-01-02T15:04:05.999999999Z07:00"));
        return value_from(value_string(buffer_move(&text, a)), v.origin);
    }
    return yaml_scalar_as_json(v);
}

/* A file with references to secrets is read as Helmfile reads YAML, and goes on as what it writes. */
static bool parse_references(struct helmfile *h, const struct source *source, struct slice folder, struct value *out,
                             struct diag *diag)
{
    struct value v;
    if (!parse_document(h, source, &v, diag) || !vals_resolve(h, folder, v, &v, diag))
        return false;
    *out = as_helm_reads(h->arena, v);
    value_freeze(*out);
    return true;
}

static bool parse_layer(struct helmfile *h, const struct source *source, struct slice folder, struct value_layer *out,
                        struct diag *diag)
{
    bool has_references = vals_has_reference(source->text);
    out->source = source;
    if (has_references && h->options->allow_exec)
        return parse_references(h, source, folder, &out->values, diag);
    return chart_values_read(h->arena, source, source->text, false, &out->values, diag) &&
           (!has_references || vals_resolve(h, folder, out->values, &out->values, diag));
}

bool release_values_file(struct helmfile *h, const char *path, struct slice folder, struct value_layer *out,
                         struct diag *diag)
{
    const struct source *source;
    const struct value *known = map_find_text(h->files, path);
    if (known) {
        out->source = source_set_find(h->sources, (uint32_t)known->origin.source);
        out->values = *known;
        return true;
    }
    if (!helmfile_read(h, path, &source, diag) || !parse_layer(h, source, folder, out, diag))
        return false;
    map_set(h->files, source->name, value_from(out->values, origin_at(source, 1, 1)));
    return true;
}

/* Gives the text of a file and its source; a template is rendered with the data. */
static bool read_text(struct reading *r, const char *path, struct value data, const struct source **source)
{
    struct slice text;
    struct slice folder = file_folder(slice_text(path));
    if (!helmfile_read(r->h, path, source, r->diag))
        return false;
    if (!gotmpl_is_template(slice_text(path)))
        return true;
    if (!gotmpl_render(r->h->gotmpl, folder, (*source)->text, *source, data, &text, r->diag)) {
        diag_prefix(r->diag, "failed to render [%s], because of ", path);
        return false;
    }
    struct slice name = arena_printf(r->h->arena, "%s (rendered for %.*s)", path, SLICE_ARG(r->release->name));
    *source = source_set_add(r->h->sources, name, text);
    return true;
}

bool release_values_document(struct helmfile *h, const char *path, struct value *out, struct diag *diag)
{
    const struct source *source;
    return helmfile_read(h, path, &source, diag) && parse_document(h, source, out, diag);
}

/* References are resolved, unless entries are to be shown as they are. */
static bool settle_references(struct reading *r, struct value v, struct value *out)
{
    *out = v;
    return r->keeps_references || vals_resolve(r->h, r->release->state->folder, v, out, r->diag);
}

/* Adds a file as a layer, or as a document where those are wanted. */
static bool add_file(struct reading *r, const char *path)
{
    const struct source *source;
    struct value_layer layer;
    struct value document;
    struct value data = release_spec_data(r->h, r->release);
    if (r->documents) {
        if (!read_text(r, path, data, &source) || !parse_document(r->h, source, &document, r->diag) ||
            !settle_references(r, document, &document))
            return false;
        list_add(r->h->arena, r->documents, document);
        return true;
    }
    bool ok = gotmpl_is_template(slice_text(path))
                  ? read_text(r, path, data, &source) && parse_layer(r->h, source, r->release->state->folder, &layer, r->diag)
                  : release_values_file(r->h, path, r->release->state->folder, &layer, r->diag);
    if (ok)
        add_layer(r, layer);
    return ok;
}

static void add_context(struct reading *r, struct value entry)
{
    struct diag_place nowhere = {NULL, 0, 0, 0};
    const struct source *source = source_set_find(r->h->sources, (uint32_t)entry.origin.source);
    struct diag_place place = {source, entry.origin.line, entry.origin.column, 1};
    bool is_placed = r->diag->last->place.source != NULL;
    helmfile_locate(r->h, entry, r->diag);
    diag_note(r->diag, is_placed && source ? place : nowhere, "asked for by release '%.*s' in environment '%.*s'",
              SLICE_ARG(r->release->name), SLICE_ARG(r->release->state->environment.name));
}

/* The file that an entry names; null where it is missing and may be. */
static bool find_file(struct reading *r, const char *what, struct slice path, const char **out)
{
    struct slice handler = field_text(r->release->body, "missingFileHandler");
    const struct state *state = r->release->state;
    struct storage_query query = {
        .folder = state->folder,
        .shown_folder = state->shown_folder,
        .path = path,
        .what = what,
        .handler = handler.len ? handler : field_text(state->top, "missingFileHandler"),
        .state_file = state->shown_path};
    struct storage_files files;
    *out = NULL;
    if (!storage_find(r->h, &query, &files, r->diag))
        return false;
    if (files.count > 1)
        return diag_error(r->diag, "glob patterns in release values and secrets is not supported yet. please submit a "
                                   "feature request if necessary");
    *out = files.count ? files.paths[0] : NULL;
    return true;
}

static bool read_path(struct reading *r, struct value entry)
{
    struct slice prefix = field_text(r->release->body, "valuesPathPrefix");
    struct slice whole = arena_concat(r->h->arena, prefix, value_slice(entry));
    struct slice shown =
        storage_is_remote(whole) ? whole : state_shown_path(r->h->arena, r->release->state, whole);
    const char *path;
    if (!find_file(r, "values", shown, &path))
        return false;
    if (!path || add_file(r, path))
        return true;
    diag_prefix(r->diag, "failed to render values files \"%s\": ", path);
    return false;
}

/* --- maps of the state file ----------------------------------------------------------------------------------- */

static bool read_entry(struct reading *r, struct value entry)
{
    if (!settle_references(r, entry, &entry))
        return false;
    if (entry.kind == VALUE_STRING)
        return read_path(r, entry);
    if (entry.kind != VALUE_MAP)
        return diag_error(r->diag, "unexpected type of value: type=%s", value_type_name(entry));
    if (r->documents) {
        list_add(r->h->arena, r->documents, entry);
        return true;
    }
    struct value_layer layer = {source_set_find(r->h->sources, (uint32_t)entry.origin.source),
                                as_helm_reads(r->h->arena, entry)};
    value_freeze(layer.values);
    add_layer(r, layer);
    return true;
}

/* --- secrets -------------------------------------------------------------------------------------------------- */

/* What sops decrypted is a layer, or a document; all of it is secret. */
static bool add_secrets(struct reading *r, const struct source *source)
{
    struct value document;
    if (!parse_document(r->h, source, &document, r->diag))
        return false;
    if (r->h->options->allow_exec)
        document = vals_mark(r->h, document);
    if (r->documents) {
        list_add(r->h->arena, r->documents, document);
        return true;
    }
    struct value_layer layer = {source, as_helm_reads(r->h->arena, document)};
    value_freeze(layer.values);
    add_layer(r, layer);
    return true;
}

static bool read_secret(struct reading *r, struct value entry)
{
    struct slice prefix = field_text(r->release->body, "valuesPathPrefix");
    const struct source *source;
    const char *path;
    if (entry.kind != VALUE_STRING)
        return secrets_read_inline(r->h, entry, &source, r->diag) && add_secrets(r, source);
    if (!find_file(r, "secrets", arena_concat(r->h->arena, prefix, value_slice(entry)), &path))
        return false;
    return !path || (secrets_read(r->h, path, &source, r->diag) && add_secrets(r, source));
}

/* --- set ------------------------------------------------------------------------------------------------------ */

/* Braces and commas are taken as they are, so they need a backslash on Helm's command line. */
static void add_escaped(struct buffer *out, struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (strchr("{},", text.ptr[i]) && text.ptr[i])
            buffer_add_char(out, '\\');
        buffer_add_char(out, text.ptr[i]);
    }
}

static void add_set(struct reading *r, struct release_sets *sets, struct buffer *text, struct origin origin)
{
    size_t old = sets->count * sizeof *sets->items;
    sets->items = arena_resize(r->h->arena, sets->items, old, old + sizeof *sets->items);
    sets->items[sets->count].text = buffer_move(text, r->h->arena);
    sets->items[sets->count++].origin = origin;
}

/* name={a,b}: texts as they are, other items as JSON. */
static bool add_items(struct reading *r, struct field_items items, struct buffer *text)
{
    static const struct json_write_options json;
    buffer_add_char(text, '{');
    for (size_t i = 0; i < items.count; i++) {
        struct buffer item = BUFFER_INIT;
        struct slice error;
        if (i > 0)
            buffer_add_char(text, ',');
        if (items.items[i].kind == VALUE_STRING)
            buffer_add(&item, value_slice(items.items[i]));
        else if (!json_write(&item, items.items[i], &json, r->h->arena, &error))
            return diag_error(r->diag, "failed to marshal set value at index %zu: %.*s", i, SLICE_ARG(error));
        add_escaped(text, buffer_slice(&item));
        buffer_release(&item);
    }
    buffer_add_char(text, '}');
    return true;
}

/* A reference may stand for a number. */
static struct slice scalar_text(struct arena *a, struct value v)
{
    struct buffer text = BUFFER_INIT;
    if (v.kind == VALUE_NIL || v.kind == VALUE_STRING)
        return v.kind == VALUE_STRING ? value_slice(v) : slice_of("", 0);
    format_value(&text, v);
    return buffer_move(&text, a);
}

/* One entry of set or setString; what has neither value nor file nor values is dropped. */
static bool read_set(struct reading *r, struct value entry, struct release_sets *sets, bool may_be_file)
{
    if (!settle_references(r, entry, &entry))
        return false;
    struct slice value = scalar_text(r->h->arena, field_value(entry, "value"));
    struct slice file = field_text(entry, "file");
    struct field_items items = field_items(entry, "values");
    struct buffer text = BUFFER_INIT;
    add_escaped(&text, field_text(entry, "name"));
    buffer_add_char(&text, '=');
    bool ok = true;
    if (value.len) {
        add_escaped(&text, value);
    } else if (file.len && may_be_file) {
        buffer_add_text(&text, storage_path(r->h->arena, r->release->state->folder, file));
        sets = &r->out->set_file;
    } else if (items.count) {
        ok = add_items(r, items, &text);
    } else {
        buffer_release(&text);
        return true;
    }
    if (ok)
        add_set(r, sets, &text, entry.origin);
    buffer_release(&text);
    return ok;
}

static bool read_sets(struct reading *r, const char *key, struct release_sets *sets, bool may_be_file)
{
    struct field_items entries = field_items(r->release->body, key);
    for (size_t i = 0; i < entries.count; i++) {
        if (!read_set(r, entries.items[i], sets, may_be_file))
            return false;
    }
    return true;
}

/* The old way to take values from the process's environment: all in one --set. */
static bool read_env(struct reading *r)
{
    struct field_items entries = field_items(r->release->body, "env");
    struct buffer text = BUFFER_INIT;
    struct buffer missing = BUFFER_INIT;
    for (size_t i = 0; i < entries.count; i++) {
        struct slice variable = field_text(entries.items[i], "value");
        const char *value = getenv(arena_text(r->h->arena, variable));
        if (!value) {
            buffer_printf(&missing, "\n\t%.*s", SLICE_ARG(variable));
            continue;
        }
        if (text.len)
            buffer_add_char(&text, ',');
        add_escaped(&text, field_text(entries.items[i], "name"));
        buffer_add_char(&text, '=');
        add_escaped(&text, slice_text(value));
    }
    bool ok = missing.len == 0 ||
              diag_error(r->diag, "Environment Variables not found. Please make sure they are set and try again:%.*s",
                         SLICE_ARG(buffer_slice(&missing)));
    if (ok && entries.count)
        add_set(r, &r->out->set, &text, entries.items[0].origin);
    buffer_release(&text);
    buffer_release(&missing);
    return ok;
}

/* --- entry ---------------------------------------------------------------------------------------------------- */

static bool read_entries(struct reading *r)
{
    struct field_items entries = field_items(r->release->body, "values");
    for (size_t i = 0; i < entries.count; i++) {
        if (!read_entry(r, entries.items[i])) {
            add_context(r, entries.items[i]);
            return false;
        }
    }
    entries = field_items(r->release->body, "secrets");
    for (size_t i = 0; i < entries.count && !r->keeps_references; i++) {
        if (!read_secret(r, entries.items[i])) {
            add_context(r, entries.items[i]);
            return false;
        }
    }
    return true;
}

bool release_values_documents(struct helmfile *h, const struct release_spec *release, bool resolve, struct value *out,
                              struct diag *diag)
{
    struct reading r = {.h = h,
                        .release = release,
                        .documents = list_new(h->arena, 4),
                        .keeps_references = !resolve,
                        .diag = diag};
    if (!read_entries(&r))
        return false;
    *out = value_list(r.documents);
    return true;
}

/* The text of one patch or transformer; of a file that is missing and may be there is none. */
static bool read_patch(struct reading *r, struct value entry, struct value data, struct slice *text, bool *found)
{
    const char *path;
    const struct source *source;
    struct buffer written = BUFFER_INIT;
    struct slice error;
    *found = true;
    if (entry.kind == VALUE_STRING) {
        if (!find_file(r, "values", value_slice(entry), &path))
            return false;
        *found = path != NULL;
        if (!path)
            return true;
        if (!read_text(r, path, data, &source)) {
            diag_prefix(r->diag, "failed to render values files \"%.*s\": ", SLICE_ARG(value_slice(entry)));
            return false;
        }
        *text = source->text;
        return true;
    }
    if (entry.kind != VALUE_MAP)
        return diag_error(r->diag, "unexpected type of value: type=%s", value_type_name(entry));
    if (!settle_references(r, entry, &entry))
        return false;
    bool ok = yaml_write_pretty(&written, entry, r->h->arena, &error);
    *text = buffer_move(&written, r->h->arena);
    return ok || diag_error_slice(r->diag, error);
}

bool release_values_texts(struct helmfile *h, const struct release_spec *release, const char *key, struct value data,
                          struct helmfile_texts *out, struct diag *diag)
{
    struct reading r = {.h = h, .release = release, .diag = diag};
    struct field_items entries = field_items(release->body, key);
    struct slice *texts = ARENA_ARRAY(h->arena, struct slice, entries.count);
    size_t count = 0;
    for (size_t i = 0; i < entries.count; i++) {
        bool found;
        if (!read_patch(&r, entries.items[i], data, &texts[count], &found)) {
            add_context(&r, entries.items[i]);
            return false;
        }
        count += found;
    }
    *out = (struct helmfile_texts){texts, count};
    return true;
}

bool release_values_read(struct helmfile *h, const struct release_spec *release, struct release_values *out,
                         struct diag *diag)
{
    struct reading r = {.h = h, .release = release, .out = out, .diag = diag};
    *out = (struct release_values){0};
    if (!read_entries(&r))
        return false;
    return read_sets(&r, "set", &out->set, true) && read_sets(&r, "setString", &out->set_string, false) && read_env(&r);
}

/*
 * repository_index.c - index.yaml, what a chart repository offers
 */
#include "chart/repository_index.h"

#include "base/file.h"
#include "chart/log_line.h"
#include "chart/struct_read.h"
#include "codec/json_read.h"
#include "codec/json_write.h"
#include "codec/yaml_read.h"
#include "codec/yaml_write.h"
#include "golang/semver.h"
#include "golang/strconv.h"

static const struct field version_fields[] = {
    {"urls", FIELD_TEXTS, offsetof(struct index_version, urls), NULL},
    {"created", FIELD_TIME, offsetof(struct index_version, created), NULL},
    {"removed", FIELD_BOOL, offsetof(struct index_version, removed), NULL},
    {"digest", FIELD_TEXT, offsetof(struct index_version, digest), NULL},
    {"checksum", FIELD_TEXT, offsetof(struct index_version, checksum), NULL},
    {"engine", FIELD_TEXT, offsetof(struct index_version, engine), NULL},
    {"tillerVersion", FIELD_TEXT, offsetof(struct index_version, tiller_version), NULL},
    {"url", FIELD_TEXT, offsetof(struct index_version, url), NULL},
};

/* What an entry has beside the chart's metadata. */
static const struct struct_type version_type = {
    .name = "ChartVersion",
    .size = sizeof(struct index_version),
    .fields = version_fields,
    .field_count = sizeof version_fields / sizeof version_fields[0],
};

static const struct field index_fields[] = {
    {"apiVersion", FIELD_TEXT, offsetof(struct repository_index, api_version), NULL},
    {"generated", FIELD_TIME, offsetof(struct repository_index, generated), NULL},
    {"publicKeys", FIELD_TEXTS, offsetof(struct repository_index, public_keys), NULL},
    {"annotations", FIELD_TEXT_MAP, offsetof(struct repository_index, annotations), NULL},
};

static const struct struct_type index_type = {
    .name = "IndexFile",
    .size = sizeof(struct repository_index),
    .fields = index_fields,
    .field_count = sizeof index_fields / sizeof index_fields[0],
};

void repository_index_init(struct repository_index *index, struct slice generated)
{
    memset(index, 0, sizeof *index);
    index->api_version = SLICE("v1");
    index->generated = generated;
    index->annotations = value_map_as(GO_STRING_MAP, map_nil());
}

/* --- charts and versions ------------------------------------------------------------------------------------ */

/* Where the chart stands, or would. */
static size_t chart_position(const struct repository_index *index, struct slice name, bool *found)
{
    size_t low = 0;
    size_t high = index->count;
    *found = false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = slice_compare(index->charts[middle].name, name);
        if (order == 0) {
            *found = true;
            return middle;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct index_chart *repository_index_chart(const struct repository_index *index, struct slice name)
{
    bool found;
    size_t at = chart_position(index, name, &found);
    return found ? &index->charts[at] : NULL;
}

static struct index_chart *chart_of_name(struct arena *a, struct repository_index *index, struct slice name)
{
    bool found;
    size_t at = chart_position(index, name, &found);
    if (found)
        return &index->charts[at];
    index->charts = arena_room(a, index->charts, index->count, &index->cap, sizeof *index->charts);
    memmove(&index->charts[at + 1], &index->charts[at], (index->count - at) * sizeof *index->charts);
    index->count++;
    index->charts[at] = (struct index_chart){.name = name};
    return &index->charts[at];
}

static void add_version(struct arena *a, struct index_chart *chart, struct index_version *version)
{
    chart->versions = arena_room(a, chart->versions, chart->count, &chart->cap, sizeof *chart->versions);
    chart->versions[chart->count++] = version;
}

void repository_index_add(struct arena *a, struct repository_index *index, struct index_version *version)
{
    add_version(a, chart_of_name(a, index, version->metadata.name), version);
}

/* Whether the one is newer; what is no version is older than all. */
static bool is_newer(const struct index_version *one, const struct index_version *other)
{
    struct semver v;
    struct semver o;
    if (!semver_parse_loose(one->metadata.version, &v))
        return false;
    return !semver_parse_loose(other->metadata.version, &o) || semver_compare(&v, &o) > 0;
}

/* Merges two sorted runs; of equal versions the one that stands first stays first. */
static void merge_runs(struct index_version **items, size_t middle, size_t count, struct index_version **scratch)
{
    size_t left = 0;
    size_t right = middle;
    for (size_t at = 0; at < count; at++) {
        bool from_right = left == middle || (right < count && is_newer(items[right], items[left]));
        scratch[at] = from_right ? items[right++] : items[left++];
    }
    memcpy(items, scratch, count * sizeof *items);
}

static void sort_versions(struct index_version **items, size_t count, struct index_version **scratch)
{
    if (count < 2)
        return;
    sort_versions(items, count / 2, scratch);
    sort_versions(items + count / 2, count - count / 2, scratch);
    if (is_newer(items[count / 2], items[count / 2 - 1]))
        merge_runs(items, count / 2, count, scratch);
}

void repository_index_sort(struct repository_index *index)
{
    struct arena scratch;
    arena_init(&scratch);
    for (size_t i = 0; i < index->count; i++) {
        struct index_chart *chart = &index->charts[i];
        sort_versions(chart->versions, chart->count, ARENA_ARRAY(&scratch, struct index_version *, chart->count + 1));
        arena_clear(&scratch);
    }
    arena_release(&scratch);
}

/* --- reading ------------------------------------------------------------------------------------------------ */

struct reading {
    struct arena *arena;
    struct slice where;
    bool strict; /* unknown keys are errors: YAML, not JSON */
    struct repository_index *index;
    struct slice error;
    struct diag *diag;
};

static bool is_field(const struct struct_type *type, struct slice key)
{
    for (size_t i = 0; i < type->field_count; i++) {
        if (slice_is(key, type->fields[i].key))
            return true;
    }
    return false;
}

static bool unknown_field(struct reading *r, struct slice key)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, "json: unknown field ");
    go_quote(&text, key);
    r->error = buffer_move(&text, r->arena);
    return false;
}

static bool check_version_keys(struct reading *r, struct value v)
{
    for (uint32_t i = 0; r->strict && value_is_map(v) && i < v.map->len; i++) {
        struct slice key = v.map->entries[i].key;
        if (!is_field(&chart_metadata_type, key) && !is_field(&version_type, key))
            return unknown_field(r, key);
    }
    return true;
}

static void warn(struct reading *r, struct slice name, const struct index_version *version, struct slice why)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, "skipping loading invalid entry for chart ");
    go_quote(&text, name);
    if (version) {
        buffer_add_char(&text, ' ');
        go_quote(&text, version->metadata.version);
    }
    buffer_printf(&text, " from %.*s: %.*s", SLICE_ARG(r->where), SLICE_ARG(why));
    log_line(r->diag, DIAG_WARNING, buffer_move(&text, r->arena).ptr, NULL, 0);
}

/* Repositories strip what makes two dependencies differ (JFrog the alias), which matters only when charts are used. */
static bool is_acceptable(struct reading *r, struct slice name, struct index_version *version)
{
    struct diag own;
    diag_init(&own);
    bool ok = metadata_validate(r->arena, &version->metadata, false, &own);
    struct slice message = ok ? SLICE("") : own.last->message;
    if (!ok && slice_starts(message, SLICE("validation: more than one dependency with name or alias")))
        ok = true;
    if (!ok)
        warn(r, name, version, message);
    diag_release(&own);
    return ok;
}

static bool read_version(struct reading *r, struct index_chart *chart, struct value v)
{
    struct struct_read read = {.arena = r->arena, .package = "v2"};
    struct index_version *version = ARENA_NEW(r->arena, struct index_version);
    if (v.kind == VALUE_NIL) {
        warn(r, chart->name, NULL, SLICE("empty entry"));
        return true;
    }
    metadata_init(&version->metadata);
    if (!check_version_keys(r, v))
        return false;
    if (!struct_read_value(&read, &chart_metadata_type, &version->metadata, v) ||
        !struct_read_value(&read, &version_type, version, v)) {
        r->error = read.error;
        return false;
    }
    if (version->metadata.api_version.len == 0)
        version->metadata.api_version = SLICE("v1");
    if (is_acceptable(r, chart->name, version))
        add_version(r->arena, chart, version);
    return true;
}

static bool read_entries(struct reading *r, struct value entries)
{
    if (entries.kind == VALUE_NIL)
        return true;
    if (!value_is_map(entries)) {
        r->error = SLICE("json: cannot unmarshal into Go struct field IndexFile.entries of type "
                         "map[string]repo.ChartVersions");
        return false;
    }
    for (uint32_t i = 0; i < entries.map->len; i++) {
        const struct entry *entry = &entries.map->entries[i];
        struct index_chart *chart = chart_of_name(r->arena, r->index, entry->key);
        if (entry->value.kind != VALUE_NIL && !value_is_list(entry->value)) {
            r->error = SLICE("json: cannot unmarshal into Go struct field IndexFile.entries of type "
                             "repo.ChartVersions");
            return false;
        }
        for (uint32_t j = 0; value_is_list(entry->value) && j < entry->value.list->len; j++) {
            if (!read_version(r, chart, entry->value.list->items[j]))
                return false;
        }
    }
    return true;
}

static bool read_root(struct reading *r, struct value root)
{
    struct struct_read read = {.arena = r->arena, .package = "repo"};
    for (uint32_t i = 0; r->strict && value_is_map(root) && i < root.map->len; i++) {
        struct slice key = root.map->entries[i].key;
        if (!is_field(&index_type, key) && !slice_is(key, "entries") && !slice_is(key, "serverInfo"))
            return unknown_field(r, key);
    }
    if (!struct_read_value(&read, &index_type, r->index, root)) {
        r->error = read.error;
        return false;
    }
    struct value *server = value_is_map(root) ? map_find_text(root.map, "serverInfo") : NULL;
    struct value *entries = value_is_map(root) ? map_find_text(root.map, "entries") : NULL;
    r->index->server_info = server ? *server : value_nil();
    return !entries || read_entries(r, *entries);
}

/* An index is mostly YAML; one that is valid JSON is read less strictly. */
static bool read_text(struct reading *r, struct slice text, struct value *root)
{
    struct yaml_read_options options = {.keep_integers = true, .reject_duplicates = true};
    struct yaml_error error;
    struct slice ignored;
    struct slice begin = slice_trim(text);
    r->strict = false;
    if (begin.len && begin.ptr[0] == '{' && json_read(r->arena, NULL, text, root, &ignored, NULL))
        return true;
    r->strict = true;
    return yaml_read(r->arena, NULL, text, &options, root, &error) ||
           diag_error(r->diag, "error converting YAML to JSON: %.*s", SLICE_ARG(error.message));
}

bool repository_index_read(struct arena *a, struct slice text, struct slice where, struct repository_index *out,
                           struct diag *diag)
{
    struct reading r = {.arena = a, .where = where, .index = out, .diag = diag};
    struct value root;
    repository_index_init(out, SLICE(""));
    out->api_version = SLICE("");
    if (text.len == 0)
        return diag_error(diag, "empty index.yaml file");
    if (!read_text(&r, text, &root))
        return false;
    if (!read_root(&r, root))
        return diag_error(diag, "%s%.*s", r.strict ? "error unmarshaling JSON: while decoding JSON: " : "",
                          SLICE_ARG(r.error));
    repository_index_sort(out);
    return out->api_version.len || diag_error(diag, "no API version specified");
}

bool repository_index_load(struct arena *a, const char *file, struct repository_index *out, struct diag *diag)
{
    struct slice text;
    if (!file_read(a, file, 0, &text, diag))
        return false;
    if (repository_index_read(a, text, slice_text(file), out, diag))
        return true;
    diag_prefix(diag, "error loading %s: ", file);
    return false;
}

/* --- finding ------------------------------------------------------------------------------------------------ */

static void warn_of_range(struct slice name, struct slice wanted, struct slice selected, struct diag *diag)
{
    struct log_pair pairs[] = {{"chart", name}, {"requested", wanted}, {"selected", selected}};
    log_line(diag, DIAG_WARNING,
             "unable to find exact version requested; falling back to closest available version", pairs, 3);
}

bool repository_index_find(struct arena *a, const struct repository_index *index, struct slice name,
                           struct slice wanted, const struct index_version **out, struct diag *diag)
{
    const struct index_chart *chart = repository_index_chart(index, name);
    struct semver_constraint *range;
    struct slice error;
    if (!chart)
        return diag_error(diag, "no chart name found");
    if (chart->count == 0)
        return diag_error(diag, "no chart version found");
    if (!semver_constraint_parse(a, wanted.len ? wanted : SLICE("*"), &range, &error))
        return diag_error_slice(diag, error);
    for (size_t i = 0; wanted.len && i < chart->count; i++) {
        *out = chart->versions[i];
        if (slice_equal(wanted, (*out)->metadata.version))
            return true;
    }
    for (size_t i = 0; i < chart->count; i++) {
        struct semver version;
        *out = chart->versions[i];
        if (!semver_parse_loose((*out)->metadata.version, &version) || !semver_constraint_check(range, &version))
            continue;
        if (wanted.len)
            warn_of_range(name, wanted, (*out)->metadata.version, diag);
        return true;
    }
    return diag_error(diag, "no chart version found for %.*s-%.*s", SLICE_ARG(name), SLICE_ARG(wanted));
}

/* --- merging and writing ------------------------------------------------------------------------------------ */

/* Whether the index has that version, or for a range one that lies in it, as Helm asks. */
static bool has_version(struct arena *a, const struct repository_index *index, struct slice name, struct slice version)
{
    const struct index_version *ignored;
    struct diag own;
    diag_init(&own);
    bool has = repository_index_find(a, index, name, version, &ignored, &own);
    diag_release(&own);
    return has;
}

void repository_index_merge(struct arena *a, struct repository_index *index, const struct repository_index *from)
{
    for (size_t i = 0; i < from->count; i++) {
        for (size_t j = 0; j < from->charts[i].count; j++) {
            struct index_version *version = from->charts[i].versions[j];
            if (!has_version(a, index, version->metadata.name, version->metadata.version))
                repository_index_add(a, index, version);
        }
    }
}

static void add_text(struct map *map, const char *key, struct slice text)
{
    if (text.len)
        map_append(map, slice_text(key), value_string(text));
}

static struct value version_to_value(struct arena *a, const struct index_version *version)
{
    struct map *map = metadata_to_value(a, &version->metadata).map;
    struct slice created = version->created.len ? version->created : SLICE("0001-01-01T00:00:00Z");
    map_append(map, SLICE("urls"), list_of_strings(a, version->urls.items, version->urls.count));
    map_append(map, SLICE("created"), value_string(created));
    if (version->removed)
        map_append(map, SLICE("removed"), value_bool(true));
    add_text(map, "digest", version->digest);
    add_text(map, "checksum", version->checksum);
    add_text(map, "engine", version->engine);
    add_text(map, "tillerVersion", version->tiller_version);
    add_text(map, "url", version->url);
    return value_map(map);
}

static struct value entries_to_value(struct arena *a, const struct repository_index *index)
{
    struct map *map = map_new(a, (uint32_t)index->count);
    for (size_t i = 0; i < index->count; i++) {
        const struct index_chart *chart = &index->charts[i];
        struct list *list = list_new(a, (uint32_t)chart->count);
        for (size_t j = 0; j < chart->count; j++)
            list_add(a, list, version_to_value(a, chart->versions[j]));
        map_append(map, chart->name, value_list(list));
    }
    return value_map(map);
}

bool repository_index_write(struct buffer *out, const struct repository_index *index, bool json,
                            struct arena *scratch, struct diag *diag)
{
    struct json_write_options options = {.indent = "  "};
    struct map *map = map_new(scratch, 6);
    struct slice error;
    struct slice generated = index->generated.len ? index->generated : SLICE("0001-01-01T00:00:00Z");
    if (value_is_map(index->server_info) && index->server_info.map->len)
        map_append(map, SLICE("serverInfo"), index->server_info);
    map_append(map, SLICE("apiVersion"), value_string(index->api_version));
    map_append(map, SLICE("generated"), value_string(generated));
    map_append(map, SLICE("entries"), entries_to_value(scratch, index));
    if (index->public_keys.count)
        map_append(map, SLICE("publicKeys"),
                   list_of_strings(scratch, index->public_keys.items, index->public_keys.count));
    if (value_is_map(index->annotations) && index->annotations.map->len)
        map_append(map, SLICE("annotations"), index->annotations);
    bool ok = json ? json_write(out, value_map(map), &options, scratch, &error)
                   : yaml_write(out, value_map(map), scratch, &error);
    return ok || diag_error_slice(diag, error);
}

/*
 * metadata.c - Chart.yaml
 */
#include "chart/metadata.h"

#include "chart/struct_read.h"
#include "codec/yaml_write.h"
#include "golang/path.h"
#include "golang/semver.h"
#include "golang/strconv.h"
#include "golang/unicode.h"

#include <ctype.h>

/* --- reading ------------------------------------------------------------------------------------------------ */

static void locate_dependency(void *object, struct origin origin)
{
    struct chart_dependency *dependency = object;
    dependency->origin = origin;
}

static const struct field dependency_fields[] = {
    {"name", FIELD_TEXT, offsetof(struct chart_dependency, name), NULL},
    {"version", FIELD_TEXT, offsetof(struct chart_dependency, version), NULL},
    {"repository", FIELD_TEXT, offsetof(struct chart_dependency, repository), NULL},
    {"condition", FIELD_TEXT, offsetof(struct chart_dependency, condition), NULL},
    {"tags", FIELD_TEXTS, offsetof(struct chart_dependency, tags), NULL},
    {"enabled", FIELD_BOOL, offsetof(struct chart_dependency, enabled), NULL},
    {"import-values", FIELD_LIST, offsetof(struct chart_dependency, import_values), NULL},
    {"alias", FIELD_TEXT, offsetof(struct chart_dependency, alias), NULL},
};

const struct struct_type metadata_dependency_type = {
    .name = "Dependency",
    .size = sizeof(struct chart_dependency),
    .fields = dependency_fields,
    .field_count = sizeof dependency_fields / sizeof dependency_fields[0],
    .locate = locate_dependency,
};

static const struct field maintainer_fields[] = {
    {"name", FIELD_TEXT, offsetof(struct chart_maintainer, name), NULL},
    {"email", FIELD_TEXT, offsetof(struct chart_maintainer, email), NULL},
    {"url", FIELD_TEXT, offsetof(struct chart_maintainer, url), NULL},
};

static const struct struct_type maintainer_type = {
    .name = "Maintainer",
    .size = sizeof(struct chart_maintainer),
    .fields = maintainer_fields,
    .field_count = sizeof maintainer_fields / sizeof maintainer_fields[0],
};

static const struct field metadata_fields[] = {
    {"name", FIELD_TEXT, offsetof(struct chart_metadata, name), NULL},
    {"home", FIELD_TEXT, offsetof(struct chart_metadata, home), NULL},
    {"sources", FIELD_TEXTS, offsetof(struct chart_metadata, sources), NULL},
    {"version", FIELD_TEXT, offsetof(struct chart_metadata, version), NULL},
    {"description", FIELD_TEXT, offsetof(struct chart_metadata, description), NULL},
    {"keywords", FIELD_TEXTS, offsetof(struct chart_metadata, keywords), NULL},
    {"maintainers", FIELD_STRUCTS, offsetof(struct chart_metadata, maintainers), &maintainer_type},
    {"icon", FIELD_TEXT, offsetof(struct chart_metadata, icon), NULL},
    {"apiVersion", FIELD_TEXT, offsetof(struct chart_metadata, api_version), NULL},
    {"condition", FIELD_TEXT, offsetof(struct chart_metadata, condition), NULL},
    {"tags", FIELD_TEXT, offsetof(struct chart_metadata, tags), NULL},
    {"appVersion", FIELD_TEXT, offsetof(struct chart_metadata, app_version), NULL},
    {"deprecated", FIELD_BOOL, offsetof(struct chart_metadata, deprecated), NULL},
    {"annotations", FIELD_TEXT_MAP, offsetof(struct chart_metadata, annotations), NULL},
    {"kubeVersion", FIELD_TEXT, offsetof(struct chart_metadata, kube_version), NULL},
    {"dependencies", FIELD_STRUCTS, offsetof(struct chart_metadata, dependencies), &metadata_dependency_type},
    {"type", FIELD_TEXT, offsetof(struct chart_metadata, type), NULL},
};

const struct struct_type chart_metadata_type = {
    .name = "Metadata",
    .size = sizeof(struct chart_metadata),
    .fields = metadata_fields,
    .field_count = sizeof metadata_fields / sizeof metadata_fields[0],
};

/* What Helm 4 reads first, to find out which loader a chart needs. */
struct chart_base {
    struct slice api_version;
};

static const struct field base_fields[] = {
    {"apiVersion", FIELD_TEXT, offsetof(struct chart_base, api_version), NULL},
};

static const struct struct_type base_type = {
    .name = "chartBase",
    .size = sizeof(struct chart_base),
    .fields = base_fields,
    .field_count = 1,
};

void metadata_init(struct chart_metadata *md)
{
    memset(md, 0, sizeof *md);
    md->annotations = value_map_as(GO_STRING_MAP, map_nil());
}

bool metadata_read(struct arena *a, const struct source *source, struct slice text, const char *file, bool helm3,
                   struct chart_metadata *md, struct diag *diag)
{
    struct struct_read read = {.arena = a, .package = helm3 ? "chart" : "v2"};
    if (struct_read_text(&read, &chart_metadata_type, md, source, text, diag))
        return true;
    diag_prefix(diag, "cannot load %s: ", file);
    return false;
}

bool metadata_parse(struct arena *a, struct slice text, bool strict, struct chart_metadata *md, struct diag *diag)
{
    struct struct_read read = {.arena = a, .package = "v2", .strict = strict};
    return struct_read_text(&read, &chart_metadata_type, md, NULL, text, diag);
}

bool metadata_read_api_version(struct arena *a, const struct source *source, struct slice text, struct slice *version,
                               struct diag *diag)
{
    struct chart_base base = {{NULL, 0}};
    struct struct_read read = {.arena = a, .package = "loader"};
    if (!struct_read_text(&read, &base_type, &base, source, text, diag)) {
        diag_prefix(diag, "cannot load Chart.yaml: ");
        return false;
    }
    *version = base.api_version;
    return true;
}

/* --- checking ----------------------------------------------------------------------------------------------- */

static bool is_clean(struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < ' ' || s.ptr[i] > '~')
            return false;
    }
    return true;
}

/* Blanks of any kind become spaces, other unprintable characters vanish. */
static void sanitise(struct arena *a, struct slice *s)
{
    if (is_clean(*s))
        return;
    struct buffer text = BUFFER_INIT;
    struct slice rest = *s;
    while (rest.len) {
        size_t size;
        uint32_t rune = go_decode_rune(rest, &size);
        rest = slice_after(rest, size);
        if (go_is_space(rune))
            buffer_add_char(&text, ' ');
        else if (go_is_print(rune))
            buffer_add_rune(&text, rune);
    }
    *s = buffer_move(&text, a);
}

static void sanitise_texts(struct arena *a, struct chart_texts *texts)
{
    for (size_t i = 0; i < texts->count; i++)
        sanitise(a, &texts->items[i]);
}

static void sanitise_metadata(struct arena *a, struct chart_metadata *md)
{
    struct slice *texts[] = {&md->name,      &md->description, &md->home,        &md->icon,
                             &md->condition, &md->tags,        &md->app_version, &md->kube_version};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        sanitise(a, texts[i]);
    sanitise_texts(a, &md->sources);
    sanitise_texts(a, &md->keywords);
}

/* "validation: chart.metadata.name "x" is invalid" */
static bool invalid_text(struct diag *diag, const char *what, struct slice text, const char *verdict)
{
    struct buffer quoted = BUFFER_INIT;
    go_quote(&quoted, text);
    diag_error(diag, "validation: %s %.*s%s", what, SLICE_ARG(buffer_slice(&quoted)), verdict);
    buffer_release(&quoted);
    return false;
}

static bool check_name(const struct chart_metadata *md, bool helm3, struct diag *diag)
{
    if (md->name.len == 0)
        return diag_error(diag, "validation: chart.metadata.name is required");
    if (!helm3 && (slice_is(md->name, ".") || slice_is(md->name, "..")))
        return invalid_text(diag, "chart.metadata.name", md->name, " is not allowed");
    if (!slice_equal(md->name, go_path_base(md->name)))
        return invalid_text(diag, "chart.metadata.name", md->name, " is invalid");
    return true;
}

static bool check_version(const struct chart_metadata *md, struct diag *diag)
{
    if (md->version.len == 0)
        return diag_error(diag, "validation: chart.metadata.version is required");
    struct semver ignored;
    if (!semver_parse_loose(md->version, &ignored))
        return invalid_text(diag, "chart.metadata.version", md->version, " is invalid");
    return true;
}

static bool check_type(const struct chart_metadata *md, struct diag *diag)
{
    if (md->type.len == 0 || slice_is(md->type, "application") || slice_is(md->type, "library"))
        return true;
    return diag_error(diag, "validation: chart.metadata.type must be application or library");
}

static bool check_maintainers(struct arena *a, struct chart_metadata *md, struct diag *diag)
{
    for (size_t i = 0; i < md->maintainers.count; i++) {
        struct chart_maintainer *maintainer = md->maintainers.items[i];
        if (!maintainer)
            return diag_error(diag, "validation: maintainers must not contain empty or null nodes");
        sanitise(a, &maintainer->name);
        sanitise(a, &maintainer->email);
        sanitise(a, &maintainer->url);
    }
    return true;
}

static bool is_alias(struct slice alias)
{
    for (size_t i = 0; i < alias.len; i++) {
        unsigned char c = (unsigned char)alias.ptr[i];
        if (c >= 0x80 || (!isalnum(c) && c != '_' && c != '-'))
            return false;
    }
    return true;
}

struct slice dependency_key(const struct chart_dependency *dependency)
{
    return dependency->alias.len ? dependency->alias : dependency->name;
}

static bool check_dependency(struct arena *a, struct chart_dependency *dependency, struct diag *diag)
{
    if (!dependency)
        return diag_error(diag, "validation: dependencies must not contain empty or null nodes");
    sanitise(a, &dependency->name);
    sanitise(a, &dependency->version);
    sanitise(a, &dependency->repository);
    sanitise(a, &dependency->condition);
    sanitise_texts(a, &dependency->tags);
    if (!is_alias(dependency->alias))
        return invalid_text(diag, "dependency", dependency->name, " has disallowed characters in the alias");
    return true;
}

static bool check_dependencies(struct arena *a, struct chart_metadata *md, struct diag *diag)
{
    struct map *seen = map_new(a, (uint32_t)md->dependencies.count);
    for (size_t i = 0; i < md->dependencies.count; i++) {
        struct chart_dependency *dependency = md->dependencies.items[i];
        if (!check_dependency(a, dependency, diag))
            return false;
        struct slice key = dependency_key(dependency);
        if (map_find(seen, key))
            return invalid_text(diag, "more than one dependency with name or alias", key, "");
        map_set(seen, key, value_bool(true));
    }
    return true;
}

bool metadata_validate(struct arena *a, struct chart_metadata *md, bool helm3, struct diag *diag)
{
    sanitise_metadata(a, md);
    if (md->api_version.len == 0)
        return diag_error(diag, "validation: chart.metadata.apiVersion is required");
    return check_name(md, helm3, diag) && check_version(md, diag) && check_type(md, diag) &&
           check_maintainers(a, md, diag) && check_dependencies(a, md, diag);
}

/* --- copying and writing ------------------------------------------------------------------------------------ */

struct chart_metadata metadata_copy(struct arena *a, const struct chart_metadata *md)
{
    struct chart_metadata copy = *md;
    if (!md->dependencies.items)
        return copy;
    copy.dependencies.items = ARENA_ARRAY(a, struct chart_dependency *, md->dependencies.count + 1);
    for (size_t i = 0; i < md->dependencies.count; i++) {
        copy.dependencies.items[i] = ARENA_NEW(a, struct chart_dependency);
        *copy.dependencies.items[i] = *md->dependencies.items[i];
    }
    return copy;
}

bool metadata_is_library(const struct chart_metadata *md)
{
    return slice_is(md->type, "library");
}

static void add_value(struct map *map, const char *key, struct value v)
{
    map_append(map, slice_text(key), v);
}

static void add_text(struct map *map, const char *key, struct slice text)
{
    if (text.len)
        add_value(map, key, value_string(text));
}

static void add_texts(struct arena *a, struct map *map, const char *key, const struct chart_texts *texts)
{
    if (!texts->count)
        return;
    struct list *list = list_new(a, (uint32_t)texts->count);
    for (size_t i = 0; i < texts->count; i++)
        list_add(a, list, value_string(texts->items[i]));
    add_value(map, key, value_list(list));
}

struct value dependency_to_value(struct arena *a, const struct chart_dependency *dependency)
{
    struct map *map = map_new(a, 8);
    add_value(map, "name", value_string(dependency->name));
    add_text(map, "version", dependency->version);
    add_value(map, "repository", value_string(dependency->repository));
    add_text(map, "condition", dependency->condition);
    add_texts(a, map, "tags", &dependency->tags);
    if (dependency->enabled)
        add_value(map, "enabled", value_bool(true));
    if (dependency->import_values.kind == VALUE_LIST && dependency->import_values.list->len)
        add_value(map, "import-values", dependency->import_values);
    add_text(map, "alias", dependency->alias);
    return value_map(map);
}

struct value maintainer_to_value(struct arena *a, const struct chart_maintainer *maintainer)
{
    struct map *map = map_new(a, 3);
    add_text(map, "name", maintainer->name);
    add_text(map, "email", maintainer->email);
    add_text(map, "url", maintainer->url);
    return value_map(map);
}

static void add_maintainers(struct arena *a, struct map *map, const struct chart_maintainers *maintainers)
{
    if (!maintainers->count)
        return;
    struct list *list = list_new(a, (uint32_t)maintainers->count);
    for (size_t i = 0; i < maintainers->count; i++)
        list_add(a, list, maintainer_to_value(a, maintainers->items[i]));
    add_value(map, "maintainers", value_list(list));
}

static void add_dependencies(struct arena *a, struct map *map, const struct chart_dependencies *dependencies)
{
    if (!dependencies->count)
        return;
    struct list *list = list_new(a, (uint32_t)dependencies->count);
    for (size_t i = 0; i < dependencies->count; i++)
        list_add(a, list, dependency_to_value(a, dependencies->items[i]));
    add_value(map, "dependencies", value_list(list));
}

struct value metadata_to_value(struct arena *a, const struct chart_metadata *md)
{
    struct map *map = map_new(a, 17);
    add_text(map, "name", md->name);
    add_text(map, "home", md->home);
    add_texts(a, map, "sources", &md->sources);
    add_text(map, "version", md->version);
    add_text(map, "description", md->description);
    add_texts(a, map, "keywords", &md->keywords);
    add_maintainers(a, map, &md->maintainers);
    add_text(map, "icon", md->icon);
    add_text(map, "apiVersion", md->api_version);
    add_text(map, "condition", md->condition);
    add_text(map, "tags", md->tags);
    add_text(map, "appVersion", md->app_version);
    if (md->deprecated)
        add_value(map, "deprecated", value_bool(true));
    if (md->annotations.map->len)
        add_value(map, "annotations", md->annotations);
    add_text(map, "kubeVersion", md->kube_version);
    add_dependencies(a, map, &md->dependencies);
    add_text(map, "type", md->type);
    return value_map(map);
}

bool metadata_write(struct buffer *out, const struct chart_metadata *md, struct arena *scratch, struct diag *diag)
{
    struct slice error;
    if (yaml_write(out, metadata_to_value(scratch, md), scratch, &error))
        return true;
    return diag_error_slice(diag, error);
}

/*
 * fields.c - which keys a state file may have, and of what type
 */
#include "helmfile/fields.h"

#include "base/limits.h"
#include "codec/yaml_scalar.h"
#include "value/format.h"

/* --- the tables ----------------------------------------------------------------------------------------------- */

#define FIELD(name, kind) {name, kind, NULL, FIELD_FILLED}
#define GIVEN(name, kind) {name, kind, NULL, FIELD_GIVEN}
#define ALWAYS(name, kind) {name, kind, NULL, FIELD_ALWAYS}
#define STRUCT(name, kind, table) {name, kind, table, FIELD_FILLED}
#define FIELDS_END {NULL, FIELD_ANY, NULL, FIELD_FILLED}

static const struct field set_value_rows[] = {
    FIELD("name", FIELD_TEXT), FIELD("value", FIELD_TEXT), FIELD("file", FIELD_TEXT),
    FIELD("values", FIELD_ANYS), FIELDS_END,
};
static const struct field_table set_value = {"state.SetValue", set_value_rows};

static const struct field missing_file_rows[] = {FIELD("ignoreMissingGitBranch", FIELD_BOOL), FIELDS_END};
static const struct field_table missing_file = {"state.MissingFileHandlerConfig", missing_file_rows};

static const struct field hook_rows[] = {
    ALWAYS("name", FIELD_TEXT),
    ALWAYS("events", FIELD_TEXTS),
    ALWAYS("command", FIELD_TEXT),
    FIELD("kubectlApply", FIELD_TEXT_MAP),
    ALWAYS("args", FIELD_TEXTS),
    ALWAYS("showlogs", FIELD_BOOL),
    FIELDS_END,
};
static const struct field_table hook = {"event.Hook", hook_rows};

static const struct field inherit_rows[] = {
    FIELD("template", FIELD_TEXT), FIELD("except", FIELD_TEXTS), FIELDS_END,
};
static const struct field_table inherit = {"state.Inherit", inherit_rows};

static const struct field dependency_rows[] = {
    FIELD("chart", FIELD_TEXT), FIELD("version", FIELD_TEXT), FIELD("alias", FIELD_TEXT), FIELDS_END,
};
static const struct field_table dependency = {"state.Dependency", dependency_rows};

static const struct field track_rows[] = {
    FIELD("kind", FIELD_TEXT), FIELD("name", FIELD_TEXT), FIELD("namespace", FIELD_TEXT), FIELDS_END,
};
static const struct field_table track_resource = {"state.TrackResourceSpec", track_rows};

/* In the order in which Helmfile writes them. */
static const struct field release_rows[] = {
    FIELD("chart", FIELD_TEXT),
    FIELD("chartPath", FIELD_TEXT),
    FIELD("directory", FIELD_TEXT),
    FIELD("version", FIELD_TEXT),
    GIVEN("verify", FIELD_BOOL),
    FIELD("keyring", FIELD_TEXT),
    GIVEN("enableDNS", FIELD_BOOL),
    GIVEN("devel", FIELD_BOOL),
    GIVEN("wait", FIELD_BOOL),
    GIVEN("waitRetries", FIELD_INT),
    GIVEN("waitForJobs", FIELD_BOOL),
    GIVEN("timeout", FIELD_INT),
    GIVEN("recreatePods", FIELD_BOOL),
    GIVEN("force", FIELD_BOOL),
    GIVEN("installed", FIELD_BOOL),
    FIELD("updateStrategy", FIELD_TEXT),
    GIVEN("atomic", FIELD_BOOL),
    GIVEN("rollbackOnFailure", FIELD_BOOL),
    GIVEN("cleanupOnFail", FIELD_BOOL),
    GIVEN("forceConflicts", FIELD_BOOL),
    GIVEN("historyMax", FIELD_INT),
    FIELD("condition", FIELD_TEXT),
    GIVEN("createNamespace", FIELD_BOOL),
    GIVEN("reuseValues", FIELD_BOOL),
    GIVEN("disableOpenAPIValidation", FIELD_BOOL),
    GIVEN("disableValidation", FIELD_BOOL),
    GIVEN("disableValidationOnInstall", FIELD_BOOL),
    GIVEN("missingFileHandler", FIELD_TEXT),
    STRUCT("missingFileHandlerConfig", FIELD_STRUCT, &missing_file),
    FIELD("needs", FIELD_TEXTS),
    STRUCT("hooks", FIELD_STRUCTS, &hook),
    FIELD("unitTests", FIELD_TEXTS),
    FIELD("name", FIELD_TEXT),
    FIELD("description", FIELD_TEXT),
    FIELD("namespace", FIELD_TEXT),
    FIELD("labels", FIELD_TEXT_MAP),
    FIELD("values", FIELD_ANYS),
    FIELD("secrets", FIELD_ANYS),
    STRUCT("set", FIELD_STRUCTS, &set_value),
    STRUCT("setString", FIELD_STRUCTS, &set_value),
    FIELD("valuesTemplate", FIELD_ANYS),
    STRUCT("setTemplate", FIELD_STRUCTS, &set_value),
    FIELD("apiVersions", FIELD_TEXTS),
    FIELD("kubeVersion", FIELD_TEXT),
    STRUCT("env", FIELD_STRUCTS, &set_value),
    FIELD("valuesPathPrefix", FIELD_TEXT),
    FIELD("kubeContext", FIELD_TEXT),
    FIELD("insecureSkipTLSVerify", FIELD_BOOL),
    FIELD("plainHttp", FIELD_BOOL),
    GIVEN("verifyTemplate", FIELD_TEXT),
    GIVEN("waitTemplate", FIELD_TEXT),
    GIVEN("installedTemplate", FIELD_TEXT),
    GIVEN("conditionTemplate", FIELD_TEXT),
    STRUCT("dependencies", FIELD_STRUCTS, &dependency),
    FIELD("jsonPatches", FIELD_ANYS),
    FIELD("strategicMergePatches", FIELD_ANYS),
    FIELD("transformers", FIELD_ANYS),
    FIELD("adopt", FIELD_TEXTS),
    FIELD("forceGoGetter", FIELD_BOOL),
    FIELD("forceNamespace", FIELD_TEXT),
    GIVEN("skipDeps", FIELD_BOOL),
    GIVEN("skipRefresh", FIELD_BOOL),
    GIVEN("resolveOCIVersions", FIELD_BOOL),
    GIVEN("postRenderer", FIELD_TEXT),
    GIVEN("skipSchemaValidation", FIELD_BOOL),
    FIELD("postRendererArgs", FIELD_TEXTS),
    GIVEN("cascade", FIELD_TEXT),
    FIELD("suppressOutputLineRegex", FIELD_TEXTS),
    GIVEN("disableAutoDetectedKubeVersionForDiff", FIELD_BOOL),
    STRUCT("inherit", FIELD_INHERITS, &inherit),
    GIVEN("suppressDiff", FIELD_BOOL),
    GIVEN("deleteWait", FIELD_BOOL),
    GIVEN("deleteTimeout", FIELD_INT),
    GIVEN("syncReleaseLabels", FIELD_BOOL),
    GIVEN("takeOwnership", FIELD_BOOL),
    GIVEN("serverSide", FIELD_TEXT),
    FIELD("trackMode", FIELD_TEXT),
    GIVEN("trackTimeout", FIELD_INT),
    GIVEN("trackLogs", FIELD_BOOL),
    GIVEN("trackFailedLogs", FIELD_BOOL),
    GIVEN("helmStuckGrace", FIELD_INT),
    FIELD("trackKinds", FIELD_TEXTS),
    FIELD("skipKinds", FIELD_TEXTS),
    STRUCT("trackResources", FIELD_STRUCTS, &track_resource),
    GIVEN("kubedogQPS", FIELD_FLOAT),
    GIVEN("kubedogBurst", FIELD_INT),
    GIVEN("trackFailOnError", FIELD_BOOL),
    FIELDS_END,
};
const struct field_table release_fields = {"state.ReleaseSpec", release_rows};

static const struct field_table template_fields = {"state.TemplateSpec", release_rows};

static const struct field environment_rows[] = {
    FIELD("values", FIELD_ANYS),
    FIELD("secrets", FIELD_TEXTS),
    FIELD("kubeContext", FIELD_TEXT),
    FIELD("missingFileHandler", FIELD_TEXT),
    STRUCT("missingFileHandlerConfig", FIELD_STRUCT, &missing_file),
    FIELD("mergeStrategy", FIELD_TEXT),
    FIELDS_END,
};
static const struct field_table environment = {"state.EnvironmentSpec", environment_rows};

static const struct field defaults_rows[] = {
    FIELD("kubeContext", FIELD_TEXT),
    FIELD("args", FIELD_TEXTS),
    FIELD("diffArgs", FIELD_TEXTS),
    FIELD("syncArgs", FIELD_TEXTS),
    FIELD("templateArgs", FIELD_TEXTS),
    ALWAYS("verify", FIELD_BOOL),
    FIELD("keyring", FIELD_TEXT),
    ALWAYS("enableDNS", FIELD_BOOL),
    GIVEN("skipSchemaValidation", FIELD_BOOL),
    ALWAYS("devel", FIELD_BOOL),
    ALWAYS("wait", FIELD_BOOL),
    ALWAYS("waitRetries", FIELD_INT),
    ALWAYS("waitForJobs", FIELD_BOOL),
    ALWAYS("timeout", FIELD_INT),
    ALWAYS("recreatePods", FIELD_BOOL),
    ALWAYS("force", FIELD_BOOL),
    ALWAYS("atomic", FIELD_BOOL),
    ALWAYS("rollbackOnFailure", FIELD_BOOL),
    FIELD("cleanupOnFail", FIELD_BOOL),
    ALWAYS("forceConflicts", FIELD_BOOL),
    GIVEN("historyMax", FIELD_INT),
    GIVEN("createNamespace", FIELD_BOOL),
    FIELD("skipCRDs", FIELD_BOOL),
    ALWAYS("skipDeps", FIELD_BOOL),
    ALWAYS("skipRefresh", FIELD_BOOL),
    GIVEN("resolveOCIVersions", FIELD_BOOL),
    ALWAYS("reuseValues", FIELD_BOOL),
    GIVEN("postRenderer", FIELD_TEXT),
    FIELD("postRendererArgs", FIELD_TEXTS),
    GIVEN("cascade", FIELD_TEXT),
    FIELD("suppressOutputLineRegex", FIELD_TEXTS),
    GIVEN("disableAutoDetectedKubeVersionForDiff", FIELD_BOOL),
    GIVEN("disableValidation", FIELD_BOOL),
    GIVEN("disableOpenAPIValidation", FIELD_BOOL),
    FIELD("insecureSkipTLSVerify", FIELD_BOOL),
    FIELD("plainHttp", FIELD_BOOL),
    FIELD("deleteWait", FIELD_BOOL),
    FIELD("deleteTimeout", FIELD_INT),
    GIVEN("syncReleaseLabels", FIELD_BOOL),
    GIVEN("takeOwnership", FIELD_BOOL),
    GIVEN("serverSide", FIELD_TEXT),
    FIELD("trackMode", FIELD_TEXT),
    FIELD("helmStuckGrace", FIELD_INT),
    FIELDS_END,
};
static const struct field_table helm_defaults = {"state.HelmSpec", defaults_rows};

static const struct field repository_rows[] = {
    FIELD("name", FIELD_TEXT),
    FIELD("url", FIELD_TEXT),
    FIELD("caFile", FIELD_TEXT),
    FIELD("certFile", FIELD_TEXT),
    FIELD("keyFile", FIELD_TEXT),
    FIELD("username", FIELD_TEXT),
    FIELD("password", FIELD_TEXT),
    FIELD("registryConfig", FIELD_TEXT),
    FIELD("managed", FIELD_TEXT),
    FIELD("oci", FIELD_BOOL),
    FIELD("verify", FIELD_BOOL),
    FIELD("keyring", FIELD_TEXT),
    FIELD("passCredentials", FIELD_BOOL),
    FIELD("skipTLSVerify", FIELD_BOOL),
    FIELD("plainHttp", FIELD_BOOL),
    FIELDS_END,
};
static const struct field_table repository = {"state.RepositorySpec", repository_rows};

static const struct field subfile_rows[] = {
    FIELD("path", FIELD_TEXT),
    FIELD("selectors", FIELD_TEXTS),
    FIELD("selectorsInherited", FIELD_BOOL),
    FIELD("inherits", FIELD_TEXTS),
    FIELD("values", FIELD_ANYS),
    FIELDS_END,
};
static const struct field_table subfile = {"state.SubHelmfileSpec", subfile_rows};

static const struct field llm_rows[] = {
    FIELD("baseURL", FIELD_TEXT), FIELD("apiKey", FIELD_TEXT),   FIELD("model", FIELD_TEXT),
    FIELD("timeout", FIELD_ANY),  FIELD("maxTokens", FIELD_INT), FIELD("temperature", FIELD_FLOAT),
    FIELDS_END,
};
static const struct field_table llm = {"llm.Config", llm_rows};

/* In the order in which Helmfile writes them; the last two stand in what `helmfile build` prints. */
static const struct field state_rows[] = {
    FIELD("filepath", FIELD_TEXT),
    FIELD("helmBinary", FIELD_TEXT),
    FIELD("kustomizeBinary", FIELD_TEXT),
    FIELD("values", FIELD_ANYS),
    STRUCT("environments", FIELD_STRUCT_MAP, &environment),
    FIELD("bases", FIELD_TEXTS),
    STRUCT("helmDefaults", FIELD_STRUCT, &helm_defaults),
    STRUCT("helmfiles", FIELD_SUBFILES, &subfile),
    FIELD("kubeContext", FIELD_TEXT),
    FIELD("namespace", FIELD_TEXT),
    FIELD("chart", FIELD_TEXT),
    STRUCT("repositories", FIELD_STRUCTS, &repository),
    FIELD("commonLabels", FIELD_TEXT_MAP),
    STRUCT("releases", FIELD_STRUCTS, &release_fields),
    STRUCT("llm", FIELD_STRUCT, &llm),
    FIELD("apiVersions", FIELD_TEXTS),
    FIELD("kubeVersion", FIELD_TEXT),
    STRUCT("hooks", FIELD_STRUCTS, &hook),
    {"templates", FIELD_STRUCT_MAP, &template_fields, FIELD_ALWAYS},
    FIELD("defaultInherit", FIELD_NAMES),
    FIELD("missingFileHandler", FIELD_TEXT),
    STRUCT("missingFileHandlerConfig", FIELD_STRUCT, &missing_file),
    FIELD("lockFilePath", FIELD_TEXT),
    ALWAYS("renderedvalues", FIELD_ANY),
    FIELDS_END,
};
const struct field_table state_fields = {"state.helmStateAlias", state_rows};

/* --- effects -------------------------------------------------------------------------------------------------- */

/* Fields of one name mean the same wherever they stand. */
static const char *const in_cluster[] = {
    "adopt", "atomic", "cascade", "cleanupOnFail", "createNamespace", "deleteTimeout", "deleteWait", "description",
    "diffArgs", "disableAutoDetectedKubeVersionForDiff", "disableOpenAPIValidation", "disableValidation",
    "disableValidationOnInstall", "force", "forceConflicts", "helmStuckGrace", "historyMax", "kubedogBurst",
    "kubedogQPS", "llm", "recreatePods", "reuseValues", "rollbackOnFailure", "serverSide", "skipCRDs", "skipKinds",
    "suppressDiff", "suppressOutputLineRegex", "syncArgs", "syncReleaseLabels", "takeOwnership", "timeout",
    "trackFailOnError", "trackFailedLogs", "trackKinds", "trackLogs", "trackMode", "trackResources", "trackTimeout",
    "unitTests", "updateStrategy", "wait", "waitForJobs", "waitRetries", "waitTemplate",
};

static const char *const when_fetched[] = {
    "caFile", "certFile", "devel", "forceGoGetter", "insecureSkipTLSVerify", "keyFile", "keyring", "managed",
    "missingFileHandlerConfig", "passCredentials", "password", "plainHttp", "registryConfig", "repositories",
    "resolveOCIVersions", "skipRefresh", "skipTLSVerify", "username", "verify", "verifyTemplate",
};

static const char *const refused[] = {"postRenderer", "postRendererArgs", "templateArgs"};

static bool is_among(struct slice name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_is(name, names[i]))
            return true;
    }
    return false;
}

enum field_effect state_field_effect(struct slice name)
{
    if (is_among(name, in_cluster, sizeof in_cluster / sizeof in_cluster[0]))
        return FIELD_IN_CLUSTER;
    if (is_among(name, when_fetched, sizeof when_fetched / sizeof when_fetched[0]))
        return FIELD_WHEN_FETCHED;
    return is_among(name, refused, sizeof refused / sizeof refused[0]) ? FIELD_REFUSED : FIELD_RENDERS;
}

/* --- faults --------------------------------------------------------------------------------------------------- */

struct reader {
    const struct fields_input *input;
    struct buffer faults;   /* the lines of the error so far */
    struct origin first;    /* where the first fault is */
    uint32_t first_length;  /* of its key; 0: a whole line */
    const char *suggestion; /* for the first fault, or null */
};

static void begin_fault(struct reader *r, struct origin at, size_t length)
{
    if (r->faults.len == 0) {
        r->first = at;
        r->first_length = (uint32_t)length;
    }
    size_t first_line = r->input->first_line;
    buffer_printf(&r->faults, "\n  line %zu: ", at.line > first_line ? (size_t)at.line - first_line : (size_t)at.line);
}

static const char *nearest_field(const struct field_table *table, struct slice name)
{
    const char *names[128];
    size_t count = 0;
    for (const struct field *f = table->fields; f->name && count < sizeof names / sizeof names[0]; f++)
        names[count++] = f->name;
    return diag_nearest(name, names, count);
}

static void unknown_field(struct reader *r, const struct field_table *table, const struct entry *entry)
{
    bool is_first = r->faults.len == 0;
    begin_fault(r, entry->value.origin, entry->key.len);
    buffer_printf(&r->faults, "field %.*s not found in type %s", SLICE_ARG(entry->key), table->type);
    if (is_first)
        r->suggestion = nearest_field(table, entry->key);
}

static const char *yaml_tag(struct value v)
{
    switch (v.kind) {
    case VALUE_LIST:
        return "!!seq";
    case VALUE_MAP:
        return "!!map";
    case VALUE_BOOL:
        return "!!bool";
    case VALUE_INT:
    case VALUE_UINT:
        return "!!int";
    case VALUE_FLOAT:
        return "!!float";
    case VALUE_NIL:
        return "!!null";
    default:
        return "!!str";
    }
}

static struct value wrong_type(struct reader *r, struct value v, const char *wanted)
{
    begin_fault(r, v.origin, 0);
    buffer_printf(&r->faults, "cannot unmarshal %s", yaml_tag(v));
    if (v.kind != VALUE_LIST && v.kind != VALUE_MAP) {
        struct buffer text = BUFFER_INIT;
        format_value(&text, v);
        bool cut = text.len > 10;
        buffer_printf(&r->faults, " `%.*s%s`", (int)(cut ? 7 : text.len), text.ptr, cut ? "..." : "");
        buffer_release(&text);
    }
    buffer_printf(&r->faults, " into %s", wanted);
    return value_nil();
}

/* --- scalars -------------------------------------------------------------------------------------------------- */

static bool is_scalar_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || strchr("+-._~", c);
}

/* Where the value begins on the line of a map's entry: behind the key. */
static size_t behind_key(struct slice line, size_t at, struct slice key)
{
    bool quoted = at < line.len && (line.ptr[at] == '"' || line.ptr[at] == '\'');
    at += key.len + (quoted ? 2 : 0);
    while (at < line.len && (line.ptr[at] == ' ' || line.ptr[at] == ':' || line.ptr[at] == '\t'))
        at++;
    return at;
}

/* The text of a number or boolean as it is written in the file: 1.10 keeps its zero. An alias or a tag stands
   elsewhere; then the value's own form has to do. */
static struct slice written_text(struct reader *r, struct value v, const struct slice *key)
{
    struct buffer text = BUFFER_INIT;
    if (r->input->source && v.origin.line && v.origin.column) {
        struct slice line = source_line(r->input->source, v.origin.line);
        size_t at = v.origin.column - 1;
        if (key)
            at = behind_key(line, at, *key);
        size_t end = at;
        while (end < line.len && is_scalar_char(line.ptr[end]))
            end++;
        if (end > at && yaml_scalar_resolve(slice_part(line, at, end)).kind == v.kind)
            return slice_part(line, at, end);
    }
    format_value(&text, v);
    return buffer_move(&text, r->input->arena);
}

static struct value read_text(struct reader *r, struct value v, const struct slice *key)
{
    switch (v.kind) {
    case VALUE_STRING:
    case VALUE_NIL:
        return v;
    case VALUE_BOOL:
    case VALUE_INT:
    case VALUE_UINT:
    case VALUE_FLOAT:
        return value_from(value_string(written_text(r, v, key)), v.origin);
    default:
        return wrong_type(r, v, "string");
    }
}

/* Words that a boolean may be in YAML 1.1 are taken where a boolean is wanted. */
static struct value read_bool(struct reader *r, struct value v)
{
    static const char *const yes[] = {"y", "Y", "yes", "on"};
    static const char *const no[] = {"n", "N", "no", "off"};
    if (v.kind == VALUE_BOOL || v.kind == VALUE_NIL)
        return v;
    for (size_t i = 0; v.kind == VALUE_STRING && i < sizeof yes / sizeof yes[0]; i++) {
        if (slice_is(value_slice(v), yes[i]) || slice_is(value_slice(v), no[i]))
            return value_from(value_bool(slice_is(value_slice(v), yes[i])), v.origin);
    }
    return wrong_type(r, v, "bool");
}

static struct value read_number(struct reader *r, struct value v, bool whole)
{
    if (v.kind == VALUE_INT || v.kind == VALUE_NIL || (v.kind == VALUE_FLOAT && !whole))
        return v;
    return wrong_type(r, v, whole ? "int" : "float32");
}

/* --- structs -------------------------------------------------------------------------------------------------- */

static struct value read_field(struct reader *r, const struct field *field, struct value v, const struct slice *key);

static const struct field *find_field(const struct field_table *table, struct slice name)
{
    for (const struct field *f = table->fields; f->name; f++) {
        if (slice_is(name, f->name))
            return f;
    }
    return NULL;
}

static struct value read_struct(struct reader *r, const struct field_table *table, struct value v)
{
    if (v.kind == VALUE_NIL)
        return value_from(value_map(map_new(r->input->arena, 0)), v.origin);
    if (v.kind != VALUE_MAP)
        return wrong_type(r, v, table->type);
    struct map *out = map_new(r->input->arena, v.map->len);
    for (uint32_t i = 0; i < v.map->len; i++) {
        const struct entry *entry = &v.map->entries[i];
        const struct field *field = find_field(table, entry->key);
        if (!field)
            unknown_field(r, table, entry);
        else if (entry->value.kind != VALUE_NIL)
            map_set(out, entry->key, read_field(r, field, entry->value, &entry->key));
    }
    return value_from(value_map(out), v.origin);
}

/* A list, each item read as a field of `kind`; Go names the whole by `type`. */
static struct value read_list(struct reader *r, enum field_kind kind, const struct field_table *table, struct value v,
                              const char *type)
{
    const struct field item = {.kind = kind, .table = table};
    if (v.kind == VALUE_NIL)
        return v;
    if (v.kind != VALUE_LIST)
        return wrong_type(r, v, type);
    struct list *out = list_new(r->input->arena, v.list->len);
    for (uint32_t i = 0; i < v.list->len; i++)
        list_add(r->input->arena, out, read_field(r, &item, v.list->items[i], NULL));
    return value_from(value_list(out), v.origin);
}

static struct value read_map(struct reader *r, enum field_kind kind, const struct field_table *table, struct value v)
{
    const struct field item = {.kind = kind, .table = table};
    if (v.kind != VALUE_MAP)
        return wrong_type(r, v, kind == FIELD_TEXT ? "map[string]string" : "map");
    struct map *out = map_new(r->input->arena, v.map->len);
    for (uint32_t i = 0; i < v.map->len; i++) {
        const struct entry *entry = &v.map->entries[i];
        struct value read = read_field(r, &item, entry->value, &entry->key);
        if (kind == FIELD_TEXT && read.kind == VALUE_NIL)
            read = value_from(value_string(SLICE("")), read.origin);
        map_set(out, entry->key, read);
    }
    return value_from(value_map(out), v.origin);
}

/* Makes a list of what may also stand alone. */
static struct value as_list(struct reader *r, struct value v)
{
    if (v.kind == VALUE_LIST)
        return v;
    struct list *list = list_new(r->input->arena, 1);
    list_add(r->input->arena, list, v);
    return value_from(value_list(list), v.origin);
}

static struct value read_field(struct reader *r, const struct field *field, struct value v, const struct slice *key)
{
    switch (field->kind) {
    case FIELD_ANY:
        return v;
    case FIELD_TEXT:
        return read_text(r, v, key);
    case FIELD_BOOL:
        return read_bool(r, v);
    case FIELD_INT:
    case FIELD_FLOAT:
        return read_number(r, v, field->kind == FIELD_INT);
    case FIELD_STRUCT:
        return read_struct(r, field->table, v);
    case FIELD_TEXTS:
        return read_list(r, FIELD_TEXT, NULL, v, "[]string");
    case FIELD_ANYS:
        return read_list(r, FIELD_ANY, NULL, v, "[]interface {}");
    case FIELD_STRUCTS:
        return read_list(r, FIELD_STRUCT, field->table, v, "[]struct");
    case FIELD_TEXT_MAP:
        return read_map(r, FIELD_TEXT, NULL, v);
    case FIELD_STRUCT_MAP:
        return read_map(r, FIELD_STRUCT, field->table, v);
    case FIELD_INHERITS:
        return read_list(r, FIELD_STRUCT, field->table, as_list(r, v), "state.Inherits");
    case FIELD_NAMES:
        return read_list(r, FIELD_TEXT, NULL, as_list(r, v), "state.DefaultInherits");
    case FIELD_SUBFILES: {
        if (v.kind == VALUE_LIST)
            return read_list(r, FIELD_SUBFILES, field->table, v, "[]state.SubHelmfileSpec");
        if (v.kind == VALUE_MAP)
            return read_struct(r, field->table, v);
        struct map *map = map_new(r->input->arena, 1);
        map_set_text(map, "path", read_text(r, v, key));
        return value_from(value_map(map), v.origin);
    }
    }
    return v;
}

/* --- entry ---------------------------------------------------------------------------------------------------- */

bool state_fields_read(const struct fields_input *input, const struct field_table *table, struct value document,
                       struct value *out, struct diag *diag)
{
    struct reader r = {.input = input};
    struct value read = read_struct(&r, table, document);
    if (r.faults.len == 0) {
        *out = read;
        return true;
    }
    struct diag_place nowhere = {NULL, 0, 0, 0};
    struct diag_place place = {input->source, r.first.line, r.first.column, r.first_length ? r.first_length : 1};
    diag_error(diag, "yaml: unmarshal errors:%.*s", SLICE_ARG(buffer_slice(&r.faults)));
    if (input->source && r.first.line)
        diag_locate(diag, place);
    if (r.suggestion)
        diag_note(diag, nowhere, "did you mean '%s'?", r.suggestion);
    buffer_release(&r.faults);
    return false;
}

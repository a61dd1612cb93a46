/*
 * gotmpl_funcs.c - the functions that Helmfile adds to sprig's
 */
#include "helmfile/gotmpl_funcs.h"

#include "base/file.h"
#include "base/process.h"
#include "codec/json_read.h"
#include "codec/yaml_read.h"
#include "codec/yaml_write.h"
#include "funcs/library.h"
#include "golang/path.h"
#include "golang/strconv.h"
#include "helmfile/template_record.h"
#include "value/format.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

static const struct gotmpl_host *host_of(const struct call *call)
{
    return call->host->owner;
}

static bool fail_diag(struct call *call, struct diag *diag)
{
    call->error = arena_slice(call->arena, diag->last->message);
    diag_release(diag);
    return false;
}

/* --- files ---------------------------------------------------------------------------------------------------- */

static const char *full_path(struct call *call, struct slice path)
{
    struct slice joined = slice_text(file_join(call->arena, slice_text(host_of(call)->folder), path));
    return arena_text(call->arena, go_path_clean(call->arena, joined));
}

static bool refuse_insecure(struct call *call)
{
    return call_error(call, "HELMFILE_DISABLE_INSECURE_FEATURES or HELMFILE_DISABLE_INSECURE_TEMPLATE_FUNCTIONS is "
                            "active, insecure function calls are disabled");
}

static bool fn_readFile(struct call *call, struct value *out)
{
    struct slice text;
    struct diag diag;
    if (host_of(call)->no_insecure)
        return refuse_insecure(call);
    if (host_of(call)->is_rough) {
        *out = value_text("");
        return true;
    }
    diag_init(&diag);
    if (!file_read(call->arena, full_path(call, value_slice(call->args[0])), 0, &text, &diag))
        return fail_diag(call, &diag);
    diag_release(&diag);
    source_set_keep(host_of(call)->sources, slice_text(full_path(call, value_slice(call->args[0]))), text);
    *out = value_string(text);
    return true;
}

/* Whether the path leads to something, and to a folder; false where that cannot be known. */
static bool look_at(struct call *call, bool *exists, bool *is_folder)
{
    const char *path = full_path(call, value_slice(call->args[0]));
    struct stat status;
    *exists = stat(path, &status) == 0;
    *is_folder = *exists && S_ISDIR(status.st_mode);
    if (*exists || errno == ENOENT)
        return true;
    return call_error(call, "stat %s: %s", path, file_error_text(errno));
}

static bool fn_isFile(struct call *call, struct value *out)
{
    bool exists, is_folder;
    if (!look_at(call, &exists, &is_folder))
        return false;
    *out = value_bool(exists && !is_folder);
    return true;
}

static bool fn_isDir(struct call *call, struct value *out)
{
    bool exists, is_folder;
    if (!look_at(call, &exists, &is_folder))
        return false;
    *out = value_bool(is_folder);
    return true;
}

static bool list_folder(struct call *call, const char *what, struct slice **names, size_t *count)
{
    const char *path = full_path(call, value_slice(call->args[0]));
    struct diag diag;
    if (host_of(call)->no_insecure)
        return refuse_insecure(call);
    diag_init(&diag);
    bool ok = file_list(call->arena, path, names, count, &diag);
    if (!ok) {
        struct buffer quoted = BUFFER_INIT;
        go_quote(&quoted, slice_text(path));
        call_error(call, "%s %.*s: %.*s", what, SLICE_ARG(buffer_slice(&quoted)), SLICE_ARG(diag.last->message));
        buffer_release(&quoted);
    }
    diag_release(&diag);
    return ok;
}

static bool fn_readDir(struct call *call, struct value *out)
{
    struct slice *names;
    size_t count;
    if (!list_folder(call, "ReadDir", &names, &count))
        return false;
    struct slice folder = value_slice(call->args[0]);
    struct slice *paths = ARENA_ARRAY(call->arena, struct slice, count);
    size_t files = 0;
    for (size_t i = 0; i < count; i++) {
        struct slice path = slice_text(file_join(call->arena, folder, names[i]));
        if (!file_is_directory(full_path(call, path)))
            paths[files++] = go_path_clean(call->arena, path);
    }
    *out = list_of_strings(call->arena, paths, files);
    return true;
}

/* --- entries of a folder -------------------------------------------------------------------------------------- */

struct folder_entry {
    struct object object;
    struct slice name;
    bool is_folder;
};

static bool entry_name(struct call *call, struct value self, struct value *out)
{
    (void)call;
    *out = value_string(((struct folder_entry *)self.object)->name);
    return true;
}

static bool entry_is_dir(struct call *call, struct value self, struct value *out)
{
    (void)call;
    *out = value_bool(((struct folder_entry *)self.object)->is_folder);
    return true;
}

static enum member_kind entry_member(struct value self, struct slice name, struct arena *a, struct value *out,
                                     const struct method **method)
{
    static const struct method methods[] = {{"Name", "", entry_name}, {"IsDir", "", entry_is_dir}};
    (void)self;
    (void)a;
    (void)out;
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        if (slice_is(name, methods[i].name)) {
            *method = &methods[i];
            return MEMBER_METHOD;
        }
    }
    return MEMBER_NONE;
}

static const struct object_type folder_entry_type = {.name = "*os.unixDirent", .kind = "ptr", .member = entry_member};

static bool fn_readDirEntries(struct call *call, struct value *out)
{
    struct slice *names;
    size_t count;
    if (!list_folder(call, "ReadDirEntries", &names, &count))
        return false;
    struct list *list = list_new(call->arena, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        struct folder_entry *entry = ARENA_NEW(call->arena, struct folder_entry);
        const char *path = file_join(call->arena, value_slice(call->args[0]), names[i]);
        entry->object.type = &folder_entry_type;
        entry->name = names[i];
        entry->is_folder = file_is_directory(full_path(call, slice_text(path)));
        list_add(call->arena, list, value_object(&entry->object));
    }
    *out = value_list(list);
    return true;
}

/* --- the environment ------------------------------------------------------------------------------------------ */

static struct slice environment_variable(struct arena *a, struct slice name)
{
    return slice_text(getenv(arena_text(a, name)));
}

static bool fn_env(struct call *call, struct value *out)
{
    *out = value_string(environment_variable(call->arena, value_slice(call->args[0])));
    return true;
}

static bool fn_requiredEnv(struct call *call, struct value *out)
{
    struct slice name = value_slice(call->args[0]);
    struct slice value = environment_variable(call->arena, name);
    if (value.len == 0 && !host_of(call)->is_rough)
        return call_error(call, "required env var `%.*s` is not set", SLICE_ARG(name));
    *out = value_string(value);
    return true;
}

static bool is_variable_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* The length of the variable behind a '$' and its name: ${name}, $name or one special character. */
static size_t variable_at(struct slice rest, struct slice *name)
{
    if (rest.len && rest.ptr[0] == '{') {
        size_t end = slice_find_char(rest, '}');
        *name = end == rest.len ? slice_of(NULL, 0) : slice_part(rest, 1, end);
        return end == rest.len ? 1 : end + 1;
    }
    size_t len = 0;
    if (rest.len && strchr("*#$@!?-0123456789", rest.ptr[0]))
        len = 1;
    while (len < rest.len && is_variable_char(rest.ptr[len]) && !(len == 1 && !is_variable_char(rest.ptr[0])))
        len++;
    *name = slice_part(rest, 0, len);
    return len;
}

/* os.ExpandEnv */
static bool fn_expandenv(struct call *call, struct value *out)
{
    struct slice rest = value_slice(call->args[0]);
    struct buffer text = BUFFER_INIT;
    for (;;) {
        size_t dollar = slice_find_char(rest, '$');
        buffer_add(&text, slice_part(rest, 0, dollar));
        if (dollar == rest.len)
            break;
        struct slice name;
        rest = slice_after(rest, dollar + 1);
        size_t len = variable_at(rest, &name);
        if (len == 0)
            buffer_add_char(&text, '$');
        else
            buffer_add(&text, environment_variable(call->arena, name));
        rest = slice_after(rest, len);
    }
    *out = value_string(buffer_move(&text, call->arena));
    return true;
}

/* --- YAML and JSON -------------------------------------------------------------------------------------------- */

static bool fn_toYaml(struct call *call, struct value *out)
{
    struct buffer text = BUFFER_INIT;
    struct slice error;
    if (!yaml_write_pretty(&text, call->args[0], call->arena, &error)) {
        buffer_release(&text);
        return call_error_slice(call, error);
    }
    *out = value_string(buffer_move(&text, call->arena));
    return true;
}

static bool fn_fromYaml(struct call *call, struct value *out)
{
    static const struct yaml_read_options options = {.no_origin = true, .go_yaml_v3 = true};
    struct yaml_error error;
    struct slice text = value_slice(call->args[0]);
    if (yaml_read(call->arena, NULL, text, &options, out, &error))
        return true;
    return call_error(call, "%.*s, offending yaml: %.*s", SLICE_ARG(error.message), SLICE_ARG(text));
}

/* sprig's, which gives what the JSON is, not only a dict */
static bool fn_fromJson(struct call *call, struct value *out)
{
    struct slice error;
    if (!json_read(call->arena, NULL, value_slice(call->args[0]), out, &error, NULL))
        *out = value_nil();
    return true;
}

/* --- paths into values ---------------------------------------------------------------------------------------- */

static bool fail_no_key(struct call *call, struct slice key, struct value in)
{
    struct buffer text = BUFFER_INIT;
    format_value(&text, in);
    call_error(call, "no value exist for key \"%.*s\" in %.*s", SLICE_ARG(key), SLICE_ARG(buffer_slice(&text)));
    buffer_release(&text);
    return false;
}

enum step {
    STEP_FOUND,
    STEP_MISSING, /* the default may stand in */
    STEP_FAILED
};

static enum step step_into(struct call *call, struct value in, struct slice key, struct value *out)
{
    const struct map *map = in.kind == VALUE_MAP ? in.map : template_record_is_struct(in) ? template_record_fields(in) : NULL;
    if (!map) {
        call_error(call,
                   "unexpected type(%s) of value for key \"%.*s\": it must be either map[string]any or any struct",
                   value_type_name(in), SLICE_ARG(key));
        return STEP_FAILED;
    }
    const struct value *found = map_find(map, key);
    if (found) {
        *out = *found;
        return STEP_FOUND;
    }
    if (in.kind == VALUE_MAP)
        fail_no_key(call, key, in);
    else
        call_error(call, "no field named \"%.*s\" exist in {}", SLICE_ARG(key));
    return STEP_MISSING;
}

/* Walks a dotted path; `fallback` may be null. */
static bool walk_path(struct call *call, struct slice path, const struct value *fallback, struct value in,
                      struct value *out)
{
    struct slice key;
    *out = in;
    if (path.len == 0)
        return true;
    while (slice_next_piece(&path, '.', &key)) {
        enum step step = step_into(call, *out, key, out);
        if (step == STEP_MISSING && fallback) {
            *out = *fallback;
            return true;
        }
        if (step != STEP_FOUND)
            return false;
    }
    return true;
}

static bool fn_get(struct call *call, struct value *out)
{
    int given = call->count - 1;
    if (given < 1 || given > 2) {
        struct buffer text = BUFFER_INIT;
        struct list list = {.items = call->args + 1, .len = (uint32_t)(given > 0 ? given : 0)};
        format_value(&text, value_list(&list));
        call_error(call,
                   "unexpected number of args passed to the template function get(path, [def, ]obj): expected 1 or "
                   "2, got %d, args was %.*s",
                   given, SLICE_ARG(buffer_slice(&text)));
        buffer_release(&text);
        return false;
    }
    return walk_path(call, value_slice(call->args[0]), given == 2 ? &call->args[1] : NULL, call->args[given], out);
}

static bool fn_getOrNil(struct call *call, struct value *out)
{
    if (walk_path(call, value_slice(call->args[0]), NULL, call->args[1], out))
        return true;
    call->error = slice_of(NULL, 0);
    *out = value_nil();
    return true;
}

static bool fail_set_path(struct call *call, struct slice key, const char *what)
{
    return call_error(call, "failed to set value at path \"%.*s\": value for key \"%.*s\" %s",
                      SLICE_ARG(value_slice(call->args[0])), SLICE_ARG(key), what);
}

static bool fn_setValueAtPath(struct call *call, struct value *out)
{
    struct slice path = value_slice(call->args[0]);
    struct value at = call->args[2];
    struct slice key;
    while (slice_next_piece(&path, '.', &key) && path.ptr) {
        const struct value *next = map_find(at.map, key);
        if (!next)
            return fail_set_path(call, key, "does not exist");
        if (next->kind != VALUE_MAP)
            return fail_set_path(call, key, "was not a map");
        at = *next;
    }
    if (at.map->flags)
        return call_error(call, "assignment to entry in nil map");
    map_set(at.map, key, call->args[1]);
    *out = call->args[2];
    return true;
}

static bool fn_sprigGet(struct call *call, struct value *out)
{
    const struct value *found = map_find(call->args[0].map, value_slice(call->args[1]));
    *out = found ? *found : value_string(SLICE(""));
    return true;
}

/* --- programs ------------------------------------------------------------------------------------------------- */

/* The program and its arguments, which have to be texts. */
static bool program_words(struct call *call, struct slice program, struct value arguments, char ***out)
{
    char **words = ARENA_ARRAY(call->arena, char *, (size_t)arguments.list->len + 2);
    words[0] = arena_text(call->arena, program);
    for (uint32_t i = 0; i < arguments.list->len; i++) {
        struct value item = arguments.list->items[i];
        if (item.kind != VALUE_STRING)
            return call_error(call, "unexpected type of arg \"%s\" in args at index %u", value_type_name(item),
                              (unsigned)i);
        words[i + 1] = arena_text(call->arena, value_slice(item));
    }
    *out = words;
    return true;
}

static bool program_environment(struct call *call, struct value variables, char ***out)
{
    char **words = ARENA_ARRAY(call->arena, char *, (size_t)variables.map->len + 1);
    for (uint32_t i = 0; i < variables.map->len; i++) {
        const struct entry *entry = &variables.map->entries[i];
        if (entry->value.kind != VALUE_STRING)
            return call_error(call, "unexpected type of env \"%s\" in envs at index %.*s",
                              value_type_name(entry->value), SLICE_ARG(entry->key));
        words[i] = (char *)arena_printf(call->arena, "%.*s=%.*s", SLICE_ARG(entry->key),
                                        SLICE_ARG(value_slice(entry->value)))
                       .ptr;
    }
    *out = words;
    return true;
}

/* `args` are those from the program's name on. */
static bool run_program(struct call *call, const struct value *args, int count, char *const *environment,
                        struct value *out)
{
    struct process_options options = {.folder = host_of(call)->folder, .environment = environment};
    struct slice output;
    struct diag diag;
    char **words = NULL;
    if (host_of(call)->no_insecure)
        return refuse_insecure(call);
    if (host_of(call)->is_rough) {
        *out = value_text("");
        return true;
    }
    if (!host_of(call)->allow_exec)
        return call_error(call, "running '%.*s' is not allowed: --allow-exec lets templates run programs",
                          SLICE_ARG(value_slice(args[0])));
    if (!program_words(call, value_slice(args[0]), args[1], &words))
        return false;
    options.argv = words;
    if (count > 2)
        options.input = value_slice(args[2]);
    diag_init(&diag);
    if (!process_run(call->arena, &options, &output, &diag))
        return fail_diag(call, &diag);
    diag_release(&diag);
    *out = value_string(output);
    return true;
}

static bool fn_exec(struct call *call, struct value *out)
{
    return run_program(call, call->args, call->count, NULL, out);
}

static bool fn_envExec(struct call *call, struct value *out)
{
    char **environment = NULL;
    return program_environment(call, call->args[0], &environment) &&
           run_program(call, call->args + 1, call->count - 1, environment, out);
}

/* --- secrets -------------------------------------------------------------------------------------------------- */

static bool resolve(struct call *call, struct value v, struct value *out)
{
    const struct gotmpl_options *options = host_of(call)->options;
    struct diag diag;
    *out = v;
    if (!options->resolve)
        return true;
    diag_init(&diag);
    bool ok = options->resolve(options->context, slice_text(host_of(call)->folder), v, out, &diag);
    if (!ok)
        return fail_diag(call, &diag);
    diag_append(host_of(call)->diag, &diag);
    diag_release(&diag);
    return true;
}

/* The text with its references resolved, always a text. */
static bool fn_fetchSecretValue(struct call *call, struct value *out)
{
    struct buffer text = BUFFER_INIT;
    if (!resolve(call, call->args[0], out))
        return false;
    if (out->kind == VALUE_STRING)
        return true;
    format_value(&text, *out);
    *out = value_string(buffer_move(&text, call->arena));
    return true;
}

static bool fn_expandSecretRefs(struct call *call, struct value *out)
{
    return resolve(call, call->args[0], out);
}

/* --- checks --------------------------------------------------------------------------------------------------- */

static bool fn_required(struct call *call, struct value *out)
{
    struct value v = call->args[1];
    if (v.kind == VALUE_NIL || (v.kind == VALUE_STRING && v.len == 0))
        return call_error_slice(call, value_slice(call->args[0]));
    *out = v;
    return true;
}

static bool fn_fail(struct call *call, struct value *out)
{
    (void)out;
    return call_error_slice(call, value_slice(call->args[0]));
}

/* --- templates ------------------------------------------------------------------------------------------------ */

static bool fn_include(struct call *call, struct value *out)
{
    struct slice name = value_slice(call->args[0]);
    const struct tree *tree = template_set_find(exec_templates(call->exec), name);
    struct slice text;
    if (!tree) {
        struct buffer quoted = BUFFER_INIT;
        go_quote(&quoted, name);
        call_error(call, "template: no template %.*s associated with template \"stringTemplate\"",
                   SLICE_ARG(buffer_slice(&quoted)));
        buffer_release(&quoted);
        return false;
    }
    if (!exec_nested(call->exec, exec_templates(call->exec), tree, call->args[1], call, &text))
        return false;
    *out = value_string(text);
    return true;
}

/* The text sees the partials of the folder, not the templates that its caller defined. */
static bool fn_tpl(struct call *call, struct value *out)
{
    const struct template_set *partials = host_of(call)->partials;
    struct template_set *set = template_set_new(call->arena, partials, template_set_functions(partials));
    struct slice text = value_slice(call->args[0]);
    struct tree *tree;
    struct diag diag;
    diag_init(&diag);
    if (!template_set_parse(set, SLICE("stringTemplate"), text, NULL, &tree, &diag))
        return fail_diag(call, &diag);
    diag_release(&diag);
    if (!exec_nested(call->exec, set, tree, call->args[1], call, &text))
        return false;
    *out = value_string(text);
    return true;
}

/* --- the table ------------------------------------------------------------------------------------------------ */

static const struct function rows[] = {
    {"readFile", "s", fn_readFile, "the text of a file", NULL, NULL},
    {"readDir", "s", fn_readDir, "the paths of the files in a folder", NULL, NULL},
    {"readDirEntries", "s", fn_readDirEntries, "the entries of a folder, each with .Name and .IsDir", NULL, NULL},
    {"isFile", "s", fn_isFile, "whether there is such a file", NULL, NULL},
    {"isDir", "s", fn_isDir, "whether there is such a folder", NULL, NULL},
    {"exec", "sls*", fn_exec, "what a program prints, where the user allows it", NULL, NULL},
    {"envExec", "msls*", fn_envExec, "the same with variables of its environment", NULL, NULL},
    {"fetchSecretValue", "s", fn_fetchSecretValue, "the text with its references to secrets resolved", NULL, NULL},
    {"expandSecretRefs", "m", fn_expandSecretRefs, "the dict with the references to secrets in it resolved", NULL, NULL},
    {"env", "s", fn_env, "an environment variable, empty where it is not set", NULL, NULL},
    {"expandenv", "s", fn_expandenv, "the text with $name and ${name} replaced by environment variables", NULL, NULL},
    {"requiredEnv", "s", fn_requiredEnv, "an environment variable, or an error where it is empty", NULL, NULL},
    {"toYaml", "a", fn_toYaml, "the value as YAML, with the final newline", NULL, NULL},
    {"fromYaml", "s", fn_fromYaml, "what the YAML says", NULL, NULL},
    {"fromJson", "s", fn_fromJson, "what the JSON says, nil where it is none", NULL, NULL},
    {"get", "sa*", fn_get, "the value at a dotted path, else the default, else an error", NULL, NULL},
    {"getOrNil", "sa", fn_getOrNil, "the value at a dotted path, or nil", NULL, NULL},
    {"setValueAtPath", "sam", fn_setValueAtPath, "sets the value at a dotted path and gives back the dict", NULL, NULL},
    {"sprigGet", "ms", fn_sprigGet, "the value of a key, or the empty text", NULL, NULL},
    {"required", "sa", fn_required, "the value, or an error with the message where it is nil or empty", NULL, NULL},
    {"fail", "s", fn_fail, "ends rendering with the message", NULL, NULL},
    {"include", "sa", fn_include, "the text of a named template run with the value as its dot", NULL, NULL},
    {"tpl", "sa", fn_tpl, "the text run as a template with the value as its dot", NULL, NULL},
};

/* Helm's own, which Helmfile does not have. */
static const char *const only_helm[] = {
    "toToml", "mustToToml", "fromToml", "fromYamlArray", "fromJsonArray", "toYamlPretty", "mustToYaml", "lookup",
};

struct functions {
    struct function_table table; /* first: the parser holds a pointer to it */
    const struct function_table *sprig;
};

static const struct function *find(const struct function_table *table, struct slice name)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (slice_is(name, rows[i].name))
            return &rows[i];
    }
    for (size_t i = 0; i < sizeof only_helm / sizeof only_helm[0]; i++) {
        if (slice_is(name, only_helm[i]))
            return NULL;
    }
    const struct functions *functions = (const struct functions *)table;
    return functions->sprig->find(functions->sprig, name);
}

const struct function_table *gotmpl_functions(struct arena *a)
{
    struct functions *functions = ARENA_NEW(a, struct functions);
    functions->table.find = find;
    functions->sprig = library_new(a, LIBRARY_HELM4);
    return &functions->table;
}

/*
 * files.c - .Files
 */
#include "helm/files.h"

#include "codec/yaml_write.h"
#include "funcs/traced_text.h"
#include "golang/base64.h"
#include "golang/path.h"
#include "template/function.h"

static const struct value *find_file(struct value files, struct slice name)
{
    return map_find(files.map, name);
}

static bool get(struct call *call, struct value self, struct value *out)
{
    const struct value *file = find_file(self, value_slice(call->args[0]));
    *out = value_string(file ? value_slice(*file) : SLICE(""));
    return true;
}

static bool get_bytes(struct call *call, struct value self, struct value *out)
{
    const struct value *file = find_file(self, value_slice(call->args[0]));
    *out = file ? *file : value_bytes(SLICE(""));
    return true;
}

/* A pattern that does not compile stands for all files. */
static bool glob(struct call *call, struct value self, struct value *out)
{
    struct slice pattern = value_slice(call->args[0]);
    struct map *found = map_new(call->arena, 8);
    for (uint32_t i = 0; i < self.map->len; i++) {
        const struct entry *file = &self.map->entries[i];
        if (go_glob_match(pattern, file->key) != GO_MATCH_NO)
            map_append(found, file->key, file->value);
    }
    *out = value_map_as(GO_FILES, found);
    return true;
}

/* The map as toYaml prints it; empty where it cannot be printed. */
static struct value write_map(struct call *call, struct map *map, yaml_write_found_fn *found)
{
    struct buffer text = BUFFER_INIT;
    struct slice error;
    map_sort(map, NULL, NULL);
    bool ok = yaml_write_telling(&text, value_map_as(GO_STRING_MAP, map), call->arena, found, call->exec, &error);
    if (ok && text.len && text.ptr[text.len - 1] == '\n')
        text.len--;
    if (!ok)
        text.len = 0;
    return value_string(buffer_move(&text, call->arena));
}

static struct value yaml_of(struct call *call, struct map *map)
{
    struct trace *trace = exec_trace(call->exec);
    if (!trace)
        return write_map(call, map, NULL);
    struct trace_nested outer = trace_begin_nested(trace, 0);
    struct value made = write_map(call, map, traced_found);
    trace_end_nested(trace, &outer, value_slice(made));
    return made;
}

static bool as_config(struct call *call, struct value self, struct value *out)
{
    struct map *map = map_new(call->arena, self.map->len);
    for (uint32_t i = 0; i < self.map->len; i++) {
        struct value file = self.map->entries[i].value;
        map_append(map, go_path_base(self.map->entries[i].key), value_from(value_string(value_slice(file)), file.origin));
    }
    *out = yaml_of(call, map);
    return true;
}

static bool as_secrets(struct call *call, struct value self, struct value *out)
{
    struct map *map = map_new(call->arena, self.map->len);
    for (uint32_t i = 0; i < self.map->len; i++) {
        struct value file = self.map->entries[i].value;
        struct slice text = go_base64_encode(call->arena, value_slice(file));
        map_append(map, go_path_base(self.map->entries[i].key), value_from(value_string(text), file.origin));
    }
    *out = yaml_of(call, map);
    return true;
}

/* One newline at the end is cut; an empty file makes Helm panic. */
static bool lines(struct call *call, struct value self, struct value *out)
{
    const struct value *file = find_file(self, value_slice(call->args[0]));
    struct list *list = list_new(call->arena, 8);
    *out = value_list_as(GO_STRINGS, list);
    if (!file || !file->s)
        return true;
    struct slice rest = value_slice(*file);
    if (rest.len == 0)
        return call_error(call, "runtime error: index out of range [-1]");
    if (rest.ptr[rest.len - 1] == '\n')
        rest.len--;
    struct slice line;
    while (slice_next_piece(&rest, '\n', &line))
        list_add(call->arena, list, value_string(line));
    return true;
}

static const struct method methods[] = {
    {"AsConfig", "", as_config}, {"AsSecrets", "", as_secrets}, {"Get", "s", get},
    {"GetBytes", "s", get_bytes}, {"Glob", "s", glob},          {"Lines", "s", lines},
};

const struct method *files_method(struct slice name)
{
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        if (slice_is(name, methods[i].name))
            return &methods[i];
    }
    return NULL;
}

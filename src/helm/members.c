/*
 * members.c - methods of values that are no objects
 */
#include "helm/members.h"

#include "codec/yaml_write.h"
#include "golang/strconv.h"
#include "helm/coalesce.h"
#include "helm/files.h"
#include "template/function.h"

/* --- common.Values ------------------------------------------------------------------------------------------ */

static bool values_as_map(struct call *call, struct value self, struct value *out)
{
    *out = value_map(self.map->len ? self.map : map_new(call->arena, 0));
    return true;
}

static bool values_yaml(struct call *call, struct value self, struct value *out)
{
    struct buffer text = BUFFER_INIT;
    struct slice error;
    if (!yaml_write(&text, value_map(self.map), call->arena, &error)) {
        buffer_release(&text);
        return call_error_slice(call, error);
    }
    *out = value_string(buffer_move(&text, call->arena));
    return true;
}

/* Go's error for a key: "x" is not a table. */
static bool fail_with_key(struct call *call, struct slice key, const char *verdict)
{
    struct buffer text = BUFFER_INIT;
    go_quote(&text, key);
    buffer_add_text(&text, verdict);
    return call_error_slice(call, buffer_move(&text, call->arena));
}

static bool values_table(struct call *call, struct value self, struct value *out)
{
    struct slice missing;
    struct map *table = coalesce_find_table(self.map, value_slice(call->args[0]), &missing);
    if (!table)
        return fail_with_key(call, missing, " is not a table");
    *out = value_map_as(self.type, table);
    return true;
}

static bool values_path_value(struct call *call, struct value self, struct value *out)
{
    struct slice path = value_slice(call->args[0]);
    if (path.len == 0)
        return call_error(call, "YAML path cannot be empty");
    const struct value *found = coalesce_find_value(self.map, path);
    size_t at = slice_find_last_char(path, '.');
    if (!found)
        return fail_with_key(call, at < path.len ? slice_after(path, at + 1) : path, " is not a value");
    *out = *found;
    return true;
}

/* Wants an io.Writer, which no template has. */
static bool values_encode(struct call *call, struct value self, struct value *out)
{
    (void)self;
    (void)out;
    return call_error(call, "wrong type for value; expected io.Writer; got %s", value_type_name(call->args[0]));
}

static const struct method values_methods[] = {
    {"AsMap", "", values_as_map},    {"Encode", "a", values_encode}, {"PathValue", "s", values_path_value},
    {"Table", "s", values_table},    {"YAML", "", values_yaml},
};

/* --- common.VersionSet -------------------------------------------------------------------------------------- */

static bool version_set_has(struct call *call, struct value self, struct value *out)
{
    struct slice version = value_slice(call->args[0]);
    bool found = false;
    for (uint32_t i = 0; i < self.list->len && !found; i++)
        found = slice_equal(value_slice(self.list->items[i]), version);
    *out = value_bool(found);
    return true;
}

static const struct method version_set_method = {"Has", "s", version_set_has};

/* --- entry point -------------------------------------------------------------------------------------------- */

/* Nearly every name asked for is a key in small letters. */
static bool may_be_method(struct slice name)
{
    return name.len && name.ptr[0] >= 'A' && name.ptr[0] <= 'Z';
}

static const struct method *values_method(struct slice name)
{
    for (size_t i = 0; i < sizeof values_methods / sizeof values_methods[0]; i++) {
        if (slice_is(name, values_methods[i].name))
            return &values_methods[i];
    }
    return NULL;
}

enum member_kind value_member(struct value self, struct slice name, struct arena *a, struct value *out,
                              const struct method **method)
{
    (void)a;
    (void)out;
    const struct method *found = NULL;
    if (!may_be_method(name))
        return MEMBER_NONE;
    if (value_is_values(self))
        found = values_method(name);
    else if (self.type == GO_FILES)
        found = files_method(name);
    else if ((self.type == GO_VERSION_SET || self.type == GO_VERSION_SET_HELM3) && slice_is(name, "Has"))
        found = &version_set_method;
    if (!found)
        return MEMBER_NONE;
    *method = found;
    return MEMBER_METHOD;
}

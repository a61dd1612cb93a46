/*
 * value.c - types, truth and names of values
 */
#include "value/value.h"

#include "value/object.h"

struct type_names {
    const char *name;
    const char *kind;
};

static const struct type_names types[] = {
    [GO_NIL] = {"<nil>", "invalid"},
    [GO_BOOL] = {"bool", "bool"},
    [GO_INT] = {"int", "int"},
    [GO_INT32] = {"int32", "int32"},
    [GO_INT64] = {"int64", "int64"},
    [GO_UINT8] = {"uint8", "uint8"},
    [GO_UINT32] = {"uint32", "uint32"},
    [GO_UINT64] = {"uint64", "uint64"},
    [GO_FLOAT64] = {"float64", "float64"},
    [GO_STRING] = {"string", "string"},
    [GO_BYTES] = {"[]uint8", "slice"},
    [GO_LIST] = {"[]interface {}", "slice"},
    [GO_STRINGS] = {"[]string", "slice"},
    [GO_INTS] = {"[]int", "slice"},
    [GO_MAPS] = {"[]map[string]interface {}", "slice"},
    [GO_LISTS] = {"[][]interface {}", "slice"},
    [GO_MAP] = {"map[string]interface {}", "map"},
    [GO_STRING_MAP] = {"map[string]string", "map"},
    [GO_VALUES] = {"common.Values", "map"},
    [GO_VALUES_HELM3] = {"chartutil.Values", "map"},
    [GO_FILES] = {"engine.files", "map"},
    [GO_VERSION_SET] = {"common.VersionSet", "slice"},
    [GO_VERSION_SET_HELM3] = {"chartutil.VersionSet", "slice"},
    [GO_DURATION] = {"time.Duration", "int64"},
    [GO_MONTH] = {"time.Month", "int"},
    [GO_WEEKDAY] = {"time.Weekday", "int"},
    [GO_COMPLEX128] = {"complex128", "complex128"},
    [GO_OBJECT] = {"object", "struct"},
};

_Static_assert(sizeof types / sizeof types[0] == GO_TYPES, "a name for each Go type");

const char *go_type_name(enum go_type type)
{
    return types[type].name;
}

const char *value_type_name(struct value v)
{
    return v.kind == VALUE_OBJECT ? v.object->type->name : types[v.type].name;
}

const char *value_kind_name(struct value v)
{
    return v.kind == VALUE_OBJECT ? v.object->type->kind : types[v.type].kind;
}

const char *value_json_kind(struct value v)
{
    switch (v.kind) {
    case VALUE_BOOL:
        return "bool";
    case VALUE_INT:
    case VALUE_UINT:
    case VALUE_FLOAT:
        return "number";
    case VALUE_LIST:
        return "array";
    case VALUE_MAP:
        return "object";
    default:
        return "string";
    }
}

bool value_is_nil(struct value v)
{
    switch (v.kind) {
    case VALUE_NIL:
        return true;
    case VALUE_BYTES:
        return !v.s;
    case VALUE_LIST:
        return v.list->flags & VALUE_NIL_REF;
    case VALUE_MAP:
        return v.map->flags & VALUE_NIL_REF;
    default:
        return false;
    }
}

bool value_truth(struct value v)
{
    switch (v.kind) {
    case VALUE_BOOL:
        return v.b;
    case VALUE_INT:
        return v.i != 0;
    case VALUE_UINT:
        return v.u != 0;
    case VALUE_FLOAT:
        return v.f != 0;
    case VALUE_STRING:
    case VALUE_BYTES:
        return v.len != 0;
    case VALUE_LIST:
        return v.list->len != 0;
    case VALUE_MAP:
        return v.map->len != 0;
    case VALUE_OBJECT:
        return !v.object->type->truth || v.object->type->truth(v);
    default:
        return false;
    }
}

size_t value_count_below(struct value v)
{
    size_t count = 0;
    for (uint32_t i = 0; v.kind == VALUE_MAP && i < v.map->len; i++)
        count += 1 + value_count_below(v.map->entries[i].value);
    for (uint32_t i = 0; v.kind == VALUE_LIST && i < v.list->len; i++)
        count += 1 + value_count_below(v.list->items[i]);
    return count;
}

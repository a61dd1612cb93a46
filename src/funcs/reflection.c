/*
 * reflection.c - types and kinds of values, and equality that knows them
 */
#include "funcs/groups.h"

#include "value/compare.h"

static struct slice type_of(struct value v)
{
    return slice_text(value_type_name(v));
}

static bool fn_typeOf(struct call *call, struct value *out)
{
    *out = value_string(type_of(call->args[0]));
    return true;
}

static bool fn_typeIs(struct call *call, struct value *out)
{
    *out = value_bool(slice_equal(value_slice(call->args[0]), type_of(call->args[1])));
    return true;
}

/* A pointer to the type counts too. */
static bool fn_typeIsLike(struct call *call, struct value *out)
{
    struct slice target = value_slice(call->args[0]);
    struct slice type = type_of(call->args[1]);
    bool pointer = type.len && type.ptr[0] == '*' && slice_equal(target, slice_after(type, 1));
    *out = value_bool(pointer || slice_equal(target, type));
    return true;
}

static bool fn_kindOf(struct call *call, struct value *out)
{
    *out = value_text(value_kind_name(call->args[0]));
    return true;
}

static bool fn_kindIs(struct call *call, struct value *out)
{
    *out = value_bool(slice_is(value_slice(call->args[0]), value_kind_name(call->args[1])));
    return true;
}

static bool fn_deepEqual(struct call *call, struct value *out)
{
    *out = value_bool(value_deep_equal(call->args[0], call->args[1]));
    return true;
}

const struct function functions_reflection[] = {
    {"typeOf", "a", fn_typeOf, "the Go type", "typeOf (list 1)", "[]interface {}"},
    {"typeIs", "sa", fn_typeIs, "whether the value has that Go type", "typeIs \"int\" 1", "true"},
    {"typeIsLike", "sa", fn_typeIsLike, "whether it has that Go type or points to it", "typeIsLike \"int\" 1", "true"},
    {"kindOf", "a", fn_kindOf, "the kind of Go type", "kindOf (list 1)", "slice"},
    {"kindIs", "sa", fn_kindIs, "whether the Go type is of that kind", "kindIs \"map\" (dict)", "true"},
    {"deepEqual", "aa", fn_deepEqual, "whether both are equal, types included", "deepEqual (list 1) (list 1)", "true"},
    {0},
};

/*
 * defaults.c - empty values and what stands in for them
 */
#include "funcs/groups.h"

#include "value/convert.h"

static bool fn_default(struct call *call, struct value *out)
{
    bool given = call->count > 1 && !convert_is_empty(call->args[1]);
    *out = call->args[given];
    return true;
}

static bool fn_empty(struct call *call, struct value *out)
{
    *out = value_bool(convert_is_empty(call->args[0]));
    return true;
}

/* Index of the first argument that is empty, or that is not; the count where there is none. */
static int find_argument(const struct call *call, bool empty)
{
    int i = 0;
    while (i < call->count && convert_is_empty(call->args[i]) != empty)
        i++;
    return i;
}

static bool fn_coalesce(struct call *call, struct value *out)
{
    int first = find_argument(call, false);
    *out = first < call->count ? call->args[first] : value_nil();
    return true;
}

static bool fn_all(struct call *call, struct value *out)
{
    *out = value_bool(find_argument(call, true) == call->count);
    return true;
}

static bool fn_any(struct call *call, struct value *out)
{
    *out = value_bool(find_argument(call, false) < call->count);
    return true;
}

static bool fn_ternary(struct call *call, struct value *out)
{
    *out = call->args[call->args[2].b ? 0 : 1];
    return true;
}

const struct function functions_defaults[] = {
    {"default", "aa*", fn_default, "the second argument, or the first where that is empty", "default \"a\" \"\"", "a"},
    {"empty", "a", fn_empty, "whether the value is nil, 0, false or has no length", "empty \"\"", "true"},
    {"coalesce", "a*", fn_coalesce, "the first argument that is not empty", "coalesce \"\" 0 \"a\"", "a"},
    {"all", "a*", fn_all, "whether no argument is empty", "all 1 \"a\"", "true"},
    {"any", "a*", fn_any, "whether some argument is not empty", "any 0 \"a\"", "true"},
    {"ternary", "aab", fn_ternary, "the first argument if the last is true, else the second", "ternary 1 2 true", "1"},
    {0},
};

/*
 * lists.c - making lists and taking them apart
 *
 * sprig works on any Go slice by reflection: []string, []int, []byte and slices behind named types all count, and the
 * result is a new []interface {}. Nothing here changes its argument; `slice` alone looks into the same items.
 */
#include "funcs/groups.h"

#include "value/compare.h"
#include "value/convert.h"
#include "value/object.h"

/* A list of the bytes as uint8. */
static struct list *list_of_bytes(struct arena *a, struct slice bytes)
{
    struct list *list = list_new(a, (uint32_t)bytes.len);
    for (size_t i = 0; i < bytes.len; i++)
        list_add(a, list, value_uint_as(GO_UINT8, (unsigned char)bytes.ptr[i]));
    return list;
}

/* The items of anything whose reflect kind is slice; null for the rest. */
static const struct list *items_of(struct arena *a, struct value v)
{
    if (v.kind == VALUE_LIST)
        return v.list;
    if (v.kind == VALUE_BYTES)
        return list_of_bytes(a, value_slice(v));
    if (v.kind == VALUE_OBJECT && strcmp(v.object->type->kind, "slice") == 0 && v.object->type->to_plain) {
        struct value plain = v.object->type->to_plain(v, a);
        return plain.kind == VALUE_LIST ? plain.list : NULL;
    }
    return NULL;
}

/* The items of argument `index`, null where it is no list; for nil the crash that sprig meets. */
static bool take_items(struct call *call, int index, const struct list **list)
{
    if (call->args[index].kind == VALUE_NIL)
        return call_error(call, "runtime error: invalid memory address or nil pointer dereference");
    *list = items_of(call->arena, call->args[index]);
    return true;
}

/* The same where only a list will do; else the error is `what` and the kind it has instead. */
static bool take_list(struct call *call, int index, const char *what, const struct list **list)
{
    if (!take_items(call, index, list))
        return false;
    return *list || call_error(call, "%s %s", what, value_kind_name(call->args[index]));
}

static bool give_list(struct value *out, struct list *list)
{
    *out = value_list(list);
    return true;
}

/* Copies the items from `from` up to, not including, `to` behind those that are there; there must be room. */
static void add_items(struct list *list, const struct list *source, uint32_t from, uint32_t to)
{
    if (to > from)
        memcpy(list->items + list->len, source->items + from, (to - from) * sizeof *list->items);
    list->len += to - from;
}

static bool is_in(struct value item, const struct value *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (value_deep_equal(item, items[i]))
            return true;
    }
    return false;
}

/* --- making --------------------------------------------------------------------------------------------------- */

static bool fn_list(struct call *call, struct value *out)
{
    struct list *list = list_new(call->arena, (uint32_t)call->count);
    const struct list args = {.items = call->args, .len = (uint32_t)call->count};
    add_items(list, &args, 0, args.len);
    return give_list(out, list);
}

static bool fn_append(struct call *call, struct value *out)
{
    const struct list *list = NULL;
    if (!take_list(call, 0, "Cannot push on type", &list))
        return false;
    struct list *longer = list_new(call->arena, list->len + 1);
    add_items(longer, list, 0, list->len);
    longer->items[longer->len++] = call->args[1];
    return give_list(out, longer);
}

static bool fn_prepend(struct call *call, struct value *out)
{
    const struct list *list = NULL;
    if (!take_list(call, 0, "Cannot prepend on type", &list))
        return false;
    struct list *longer = list_new(call->arena, list->len + 1);
    longer->items[longer->len++] = call->args[1];
    add_items(longer, list, 0, list->len);
    return give_list(out, longer);
}

/* Go's append to a nil slice: without a single item the result is still nil. */
static bool fn_concat(struct call *call, struct value *out)
{
    struct list *joined = list_new(call->arena, 0);
    for (int i = 0; i < call->count; i++) {
        const struct list *list = NULL;
        if (!take_items(call, i, &list))
            return false;
        if (!list)
            return call_error(call, "Cannot concat type %s as list", value_kind_name(call->args[i]));
        for (uint32_t j = 0; j < list->len; j++)
            list_add(call->arena, joined, list->items[j]);
    }
    return give_list(out, joined->len ? joined : list_nil());
}

/* --- taking apart --------------------------------------------------------------------------------------------- */

static bool fn_first(struct call *call, struct value *out)
{
    const struct list *list = NULL;
    if (!take_list(call, 0, "Cannot find first on type", &list))
        return false;
    *out = list->len ? list->items[0] : value_nil();
    return true;
}

static bool fn_last(struct call *call, struct value *out)
{
    const struct list *list = NULL;
    if (!take_list(call, 0, "Cannot find last on type", &list))
        return false;
    *out = list->len ? list->items[list->len - 1] : value_nil();
    return true;
}

/* A copy of a part of the list; of an empty list Go's nil slice. */
static bool give_part(struct call *call, const struct list *list, uint32_t from, uint32_t to, struct value *out)
{
    if (list->len == 0)
        return give_list(out, list_nil());
    struct list *part = list_new(call->arena, to - from);
    add_items(part, list, from, to);
    return give_list(out, part);
}

static bool fn_rest(struct call *call, struct value *out)
{
    const struct list *list = NULL;
    return take_list(call, 0, "Cannot find rest on type", &list) && give_part(call, list, 1, list->len, out);
}

static bool fn_initial(struct call *call, struct value *out)
{
    const struct list *list = NULL;
    return take_list(call, 0, "Cannot find initial on type", &list) && give_part(call, list, 0, list->len - 1, out);
}

/* A view of the same items with the same Go type; nil for an empty list. */
static bool fn_slice(struct call *call, struct value *out)
{
    const struct list *list = NULL;
    if (!take_list(call, 0, "list should be type of slice or array but", &list))
        return false;
    *out = value_nil();
    if (list->len == 0)
        return true;
    int64_t from = call->count > 1 ? convert_int(call->args[1]) : 0;
    int64_t to = call->count > 2 ? convert_int(call->args[2]) : list->len;
    if (from < 0 || to < from || to > list->len)
        return call_error(call, "reflect.Value.Slice: slice index out of bounds");
    struct value v = call->args[0];
    if (v.kind == VALUE_BYTES) {
        *out = value_bytes(slice_part(value_slice(v), (size_t)from, (size_t)to));
        return true;
    }
    struct list *part = ARENA_NEW(call->arena, struct list);
    part->items = list->items + from;
    part->len = part->cap = (uint32_t)(to - from);
    part->flags = list->flags;
    *out = v.kind == VALUE_LIST ? value_list_as((enum go_type)v.type, part) : value_list(part);
    return true;
}

/* How many chunks, and of which length the last is, come from Go's floating-point sums, odd sizes included. */
static bool fn_chunk(struct call *call, struct value *out)
{
    const struct list *list = NULL;
    if (!take_list(call, 1, "Cannot chunk type", &list))
        return false;
    int64_t size = call->args[0].i;
    double count = floor(((double)list->len - 1) / (double)size) + 1;
    int64_t last = size ? (int64_t)list->len % size : 0;
    if (last == 0)
        last = size;
    if (!(count >= 0 && count <= (double)list->len + 1) || (count > 0 && last < 0))
        return call_error(call, "runtime error: makeslice: len out of range");
    struct list *chunks = list_new(call->arena, (uint32_t)count);
    uint32_t from = 0;
    for (uint32_t i = 0; i < chunks->cap; i++) {
        uint32_t len = (uint32_t)(i + 1 == chunks->cap ? last : size);
        struct list *chunk = list_new(call->arena, len);
        add_items(chunk, list, from, from + len);
        list_add(call->arena, chunks, value_list(chunk));
        from += len;
    }
    *out = value_list_as(GO_LISTS, chunks);
    return true;
}

/* --- choosing ------------------------------------------------------------------------------------------------- */

static bool fn_reverse(struct call *call, struct value *out)
{
    const struct list *list = NULL;
    if (!take_list(call, 0, "Cannot find reverse on type", &list))
        return false;
    struct list *reversed = list_new(call->arena, list->len);
    for (uint32_t i = list->len; i > 0; i--)
        list_add(call->arena, reversed, list->items[i - 1]);
    return give_list(out, reversed);
}

static bool fn_uniq(struct call *call, struct value *out)
{
    const struct list *list = NULL;
    if (!take_list(call, 0, "Cannot find uniq on type", &list))
        return false;
    struct list *kept = list_new(call->arena, list->len);
    for (uint32_t i = 0; i < list->len; i++) {
        if (!is_in(list->items[i], kept->items, kept->len))
            list_add(call->arena, kept, list->items[i]);
    }
    return give_list(out, kept);
}

static bool fn_without(struct call *call, struct value *out)
{
    const struct list *list = NULL;
    if (!take_list(call, 0, "Cannot find without on type", &list))
        return false;
    struct list *kept = list_new(call->arena, list->len);
    for (uint32_t i = 0; i < list->len; i++) {
        if (!is_in(list->items[i], call->args + 1, (size_t)(call->count - 1)))
            list_add(call->arena, kept, list->items[i]);
    }
    return give_list(out, kept);
}

static bool fn_compact(struct call *call, struct value *out)
{
    const struct list *list = NULL;
    if (!take_list(call, 0, "Cannot compact on type", &list))
        return false;
    struct list *kept = list_new(call->arena, list->len);
    for (uint32_t i = 0; i < list->len; i++) {
        if (!convert_is_empty(list->items[i]))
            list_add(call->arena, kept, list->items[i]);
    }
    return give_list(out, kept);
}

static bool fn_has(struct call *call, struct value *out)
{
    const struct list *list = NULL;
    *out = value_bool(false);
    if (call->args[1].kind == VALUE_NIL)
        return true;
    if (!take_list(call, 1, "Cannot find has on type", &list))
        return false;
    *out = value_bool(is_in(call->args[0], list->items, list->len));
    return true;
}

const struct function functions_lists[] = {
    {"list", "a*", fn_list, "A list of the values.", "list 1 \"a\"", "[1 a]"},
    {"tuple", "a*", fn_list, "The same as list.", "tuple 1 \"a\"", "[1 a]"},
    {"append", "aa", fn_append, "A copy of the list with one more item.", "append (list 1) 2", "[1 2]"},
    {"mustAppend", "aa", fn_append, "The same as append.", "mustAppend (list 1) 2", "[1 2]"},
    {"push", "aa", fn_append, "The same as append.", "push (list 1) 2", "[1 2]"},
    {"mustPush", "aa", fn_append, "The same as append.", "mustPush (list 1) 2", "[1 2]"},
    {"prepend", "aa", fn_prepend, "A copy of the list with one more item before it.", "prepend (list 2) 1", "[1 2]"},
    {"mustPrepend", "aa", fn_prepend, "The same as prepend.", "mustPrepend (list 2) 1", "[1 2]"},
    {"concat", "a*", fn_concat, "The lists one after the other.", "concat (list 1) (list 2 3)", "[1 2 3]"},
    {"first", "a", fn_first, "The first item, or nil.", "first (list 1 2 3)", "1"},
    {"mustFirst", "a", fn_first, "The same as first.", "mustFirst (list 1 2 3)", "1"},
    {"last", "a", fn_last, "The last item, or nil.", "last (list 1 2 3)", "3"},
    {"mustLast", "a", fn_last, "The same as last.", "mustLast (list 1 2 3)", "3"},
    {"rest", "a", fn_rest, "All items but the first.", "rest (list 1 2 3)", "[2 3]"},
    {"mustRest", "a", fn_rest, "The same as rest.", "mustRest (list 1 2 3)", "[2 3]"},
    {"initial", "a", fn_initial, "All items but the last.", "initial (list 1 2 3)", "[1 2]"},
    {"mustInitial", "a", fn_initial, "The same as initial.", "mustInitial (list 1 2 3)", "[1 2]"},
    {"slice", "aa*", fn_slice, "The items from a position up to, not including, another.", "slice (list 1 2 3) 1 3",
     "[2 3]"},
    {"mustSlice", "aa*", fn_slice, "The same as slice.", "mustSlice (list 1 2 3) 1 3", "[2 3]"},
    {"chunk", "ia", fn_chunk, "Lists of n items each.", "chunk 2 (list 1 2 3)", "[[1 2] [3]]"},
    {"mustChunk", "ia", fn_chunk, "The same as chunk.", "mustChunk 2 (list 1 2 3)", "[[1 2] [3]]"},
    {"reverse", "a", fn_reverse, "The items from the last to the first.", "reverse (list 1 2 3)", "[3 2 1]"},
    {"mustReverse", "a", fn_reverse, "The same as reverse.", "mustReverse (list 1 2 3)", "[3 2 1]"},
    {"uniq", "a", fn_uniq, "Each item once.", "uniq (list 1 1 2)", "[1 2]"},
    {"mustUniq", "a", fn_uniq, "The same as uniq.", "mustUniq (list 1 1 2)", "[1 2]"},
    {"without", "aa*", fn_without, "The items but the given ones.", "without (list 1 2 3) 2", "[1 3]"},
    {"mustWithout", "aa*", fn_without, "The same as without.", "mustWithout (list 1 2 3) 2", "[1 3]"},
    {"compact", "a", fn_compact, "The items that are not empty.", "compact (list 0 1 \"\" 2)", "[1 2]"},
    {"mustCompact", "a", fn_compact, "The same as compact.", "mustCompact (list 0 1 \"\" 2)", "[1 2]"},
    {"has", "aa", fn_has, "Whether the value is one of the items.", "has 2 (list 1 2)", "true"},
    {"mustHas", "aa", fn_has, "The same as has.", "mustHas 2 (list 1 2)", "true"},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};

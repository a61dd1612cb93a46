/*
 * convert.c - loose conversions as sprig and spf13/cast make them
 */
#include "value/convert.h"

#include "golang/strconv.h"
#include "value/complex.h"
#include "value/format.h"
#include "value/object.h"

/* Go on amd64: what no int64 can hold, NaN too, becomes the smallest. */
static int64_t truncate_float(double f)
{
    return f >= -9223372036854775808.0 && f < 9223372036854775808.0 ? (int64_t)f : INT64_MIN;
}

/* Cuts a final point with nothing but zeros behind it ("1.00" to "1", but "1." stays). */
static struct slice trim_zero_decimal(struct slice s)
{
    size_t end = s.len;
    while (end > 0 && s.ptr[end - 1] == '0')
        end--;
    return end > 0 && end < s.len && s.ptr[end - 1] == '.' ? slice_part(s, 0, end - 1) : s;
}

int64_t convert_int64(struct value v)
{
    int64_t i;
    switch ((enum value_kind)v.kind) {
    case VALUE_INT:
        return v.type == GO_DURATION ? 0 : v.i; /* cast knows Weekday and Month, but no other named integer */
    case VALUE_UINT:
        return (int64_t)v.u;
    case VALUE_FLOAT:
        return truncate_float(v.f);
    case VALUE_BOOL:
        return v.b;
    case VALUE_STRING:
        return go_parse_int(trim_zero_decimal(value_slice(v)), 0, 64, &i) == GO_NUMBER_OK ? i : 0;
    default:
        return 0;
    }
}

int64_t convert_int(struct value v)
{
    return convert_int64(v);
}

double convert_float64(struct value v)
{
    double f;
    switch ((enum value_kind)v.kind) {
    case VALUE_INT:
        return v.type == GO_DURATION ? 0 : (double)v.i;
    case VALUE_UINT:
        return (double)v.u;
    case VALUE_FLOAT:
        return v.f;
    case VALUE_BOOL:
        return v.b;
    case VALUE_STRING:
        return go_parse_float(value_slice(v), 64, &f) == GO_NUMBER_OK ? f : 0;
    default:
        return 0;
    }
}

struct slice convert_text(struct arena *a, struct value v)
{
    if (v.kind == VALUE_STRING || v.kind == VALUE_BYTES)
        return value_slice(v);
    struct buffer text = BUFFER_INIT;
    format_value(&text, v);
    return buffer_move(&text, a);
}

/* By the reflect kind: a struct is never empty, a pointer only when nil, the rest by what it holds. */
static bool object_is_empty(struct value v)
{
    const struct object_type *type = v.object->type;
    double real, imaginary;
    if (value_complex_parts(v, &real, &imaginary))
        return real == 0 && imaginary == 0;
    if ((strcmp(type->kind, "map") != 0 && strcmp(type->kind, "slice") != 0) || !type->to_plain)
        return false;
    struct arena scratch;
    arena_init(&scratch);
    bool empty = !value_truth(type->to_plain(v, &scratch));
    arena_release(&scratch);
    return empty;
}

bool convert_is_empty(struct value v)
{
    return v.kind == VALUE_OBJECT ? object_is_empty(v) : !value_truth(v);
}

/* The items' texts; those of a []interface {} that are nil are left out. */
static struct value strings_of_list(struct arena *a, const struct list *list)
{
    struct list *strings = list_new(a, list->len);
    for (uint32_t i = 0; i < list->len; i++) {
        struct value item = list->items[i];
        if (item.kind != VALUE_NIL)
            list_add(a, strings, value_from(value_string(convert_text(a, item)), item.origin));
    }
    return value_list_as(GO_STRINGS, strings);
}

static struct value strings_of_bytes(struct arena *a, struct slice bytes)
{
    struct list *strings = list_new(a, (uint32_t)bytes.len);
    for (size_t i = 0; i < bytes.len; i++) {
        struct value byte = value_uint_as(GO_UINT8, (unsigned char)bytes.ptr[i]);
        list_add(a, strings, value_string(convert_text(a, byte)));
    }
    return value_list_as(GO_STRINGS, strings);
}

struct value convert_strings(struct arena *a, struct value v)
{
    if (v.kind == VALUE_OBJECT && strcmp(v.object->type->kind, "slice") == 0 && v.object->type->to_plain)
        v = v.object->type->to_plain(v, a);
    if (v.kind == VALUE_LIST)
        return v.type == GO_STRINGS ? v : strings_of_list(a, v.list);
    if (v.kind == VALUE_BYTES)
        return strings_of_bytes(a, value_slice(v));
    struct slice text = v.kind == VALUE_NIL ? slice_of(NULL, 0) : convert_text(a, v);
    return list_of_strings(a, &text, v.kind != VALUE_NIL);
}

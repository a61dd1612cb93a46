/*
 * builtins.c - the functions that text/template itself brings: comparison, index, len, printing, escaping
 *
 * `and`, `or` and `call` are the executor's. Comparison goes by Go's basic kinds: integers compare with integers of
 * either sign and with nothing else, nil compares with anything.
 */
#include "funcs/groups.h"

#include "golang/unicode.h"
#include "golang/url.h"
#include "value/complex.h"
#include "value/format.h"
#include "value/object.h"

static bool give_text(struct call *call, struct value *out, struct buffer *text)
{
    *out = value_string(buffer_move(text, call->arena));
    return true;
}

/* --- comparison --------------------------------------------------------------------------------------------- */

enum basic_kind {
    KIND_INVALID, /* nil, and all that does not compare by value */
    KIND_BOOL,
    KIND_COMPLEX,
    KIND_INT,
    KIND_FLOAT,
    KIND_STRING,
    KIND_UINT
};

static enum basic_kind basic_kind(struct value v)
{
    double real, imaginary;
    switch ((enum value_kind)v.kind) {
    case VALUE_BOOL:
        return KIND_BOOL;
    case VALUE_INT:
        return KIND_INT;
    case VALUE_UINT:
        return KIND_UINT;
    case VALUE_FLOAT:
        return KIND_FLOAT;
    case VALUE_STRING:
        return KIND_STRING;
    case VALUE_OBJECT:
        return value_complex_parts(v, &real, &imaginary) ? KIND_COMPLEX : KIND_INVALID;
    default:
        return KIND_INVALID;
    }
}

static bool fail_incompatible(struct call *call, struct value a, struct value b)
{
    if (call->host && call->host->helm3)
        return call_error(call, "incompatible types for comparison");
    return call_error(call, "incompatible types for comparison: %s and %s", value_type_name(a), value_type_name(b));
}

static void add_as_text(struct buffer *out, struct value v)
{
    static const struct fmt_spec plain;
    format_verb(out, &plain, 's', v);
}

/* Go hands values and types to its format in a mixed order; the texts are as they come out. */
static bool fail_non_comparable(struct call *call, struct value a, struct value b)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, "non-comparable types ");
    add_as_text(&text, a);
    buffer_printf(&text, ": %s, %s: ", value_type_name(a), value_type_name(b));
    format_value(&text, b);
    return call_error_slice(call, buffer_move(&text, call->arena));
}

static bool fail_non_comparable_type(struct call *call, struct value v)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, "non-comparable type ");
    add_as_text(&text, v);
    buffer_printf(&text, ": %s", value_type_name(v));
    return call_error_slice(call, buffer_move(&text, call->arena));
}

/* ==, on pointers and structs. */
static bool same_object(struct value a, struct value b)
{
    const struct object_type *type = a.object->type;
    if (a.object == b.object)
        return true;
    return type == b.object->type && strcmp(type->kind, "struct") == 0 && type->equal && type->equal(a, b);
}

/* Equality of values that have no basic kind. */
static bool equal_references(struct call *call, struct value a, struct value b, bool *equal)
{
    if (a.kind != VALUE_NIL && b.kind != VALUE_NIL && strcmp(value_kind_name(a), value_kind_name(b)) != 0)
        return fail_non_comparable(call, a, b);
    *equal = value_is_nil(a) && value_is_nil(b);
    if (value_is_nil(a) || value_is_nil(b))
        return true;
    if (b.kind != VALUE_OBJECT || strcmp(value_kind_name(b), "map") == 0 || strcmp(value_kind_name(b), "slice") == 0)
        return fail_non_comparable_type(call, b);
    *equal = same_object(a, b);
    return true;
}

static bool equal_complex(struct value a, struct value b)
{
    double real[2], imaginary[2];
    value_complex_parts(a, &real[0], &imaginary[0]);
    value_complex_parts(b, &real[1], &imaginary[1]);
    return real[0] == real[1] && imaginary[0] == imaginary[1];
}

/* Values of one kind. */
static bool equal_same_kind(struct call *call, enum basic_kind kind, struct value a, struct value b, bool *equal)
{
    switch (kind) {
    case KIND_BOOL:
        *equal = a.b == b.b;
        return true;
    case KIND_COMPLEX:
        *equal = equal_complex(a, b);
        return true;
    case KIND_INT:
    case KIND_UINT:
        *equal = a.u == b.u;
        return true;
    case KIND_FLOAT:
        *equal = a.f == b.f;
        return true;
    case KIND_STRING:
        *equal = slice_equal(value_slice(a), value_slice(b));
        return true;
    case KIND_INVALID:
        break;
    }
    return equal_references(call, a, b, equal);
}

static bool equal_pair(struct call *call, struct value a, struct value b, bool *equal)
{
    enum basic_kind ka = basic_kind(a), kb = basic_kind(b);
    *equal = false;
    if (ka == kb)
        return equal_same_kind(call, ka, a, b, equal);
    if (ka == KIND_INT && kb == KIND_UINT)
        *equal = a.i >= 0 && a.u == b.u;
    else if (ka == KIND_UINT && kb == KIND_INT)
        *equal = b.i >= 0 && a.u == b.u;
    else if (a.kind != VALUE_NIL && b.kind != VALUE_NIL)
        return fail_incompatible(call, a, b);
    return true;
}

static bool fn_eq(struct call *call, struct value *out)
{
    if (call->count < 2)
        return call_error(call, "missing argument for comparison");
    bool equal = false;
    for (int i = 1; i < call->count && !equal; i++) {
        if (!equal_pair(call, call->args[0], call->args[i], &equal))
            return false;
    }
    *out = value_bool(equal);
    return true;
}

static bool fn_ne(struct call *call, struct value *out)
{
    bool equal;
    if (!equal_pair(call, call->args[0], call->args[1], &equal))
        return false;
    *out = value_bool(!equal);
    return true;
}

static bool fail_type(struct call *call)
{
    return call_error(call, "invalid type for comparison");
}

static bool less_same_kind(struct call *call, enum basic_kind kind, struct value a, struct value b, bool *less)
{
    switch (kind) {
    case KIND_INT:
        *less = a.i < b.i;
        return true;
    case KIND_UINT:
        *less = a.u < b.u;
        return true;
    case KIND_FLOAT:
        *less = a.f < b.f;
        return true;
    case KIND_STRING:
        *less = slice_compare(value_slice(a), value_slice(b)) < 0;
        return true;
    case KIND_BOOL:
    case KIND_COMPLEX:
    case KIND_INVALID:
        break;
    }
    return fail_type(call);
}

static bool less_pair(struct call *call, bool *less)
{
    struct value a = call->args[0], b = call->args[1];
    enum basic_kind ka = basic_kind(a), kb = basic_kind(b);
    if (ka == KIND_INVALID || kb == KIND_INVALID)
        return fail_type(call);
    if (ka == kb)
        return less_same_kind(call, ka, a, b, less);
    if (ka == KIND_INT && kb == KIND_UINT)
        *less = a.i < 0 || a.u < b.u;
    else if (ka == KIND_UINT && kb == KIND_INT)
        *less = b.i >= 0 && a.u < b.u;
    else
        return fail_incompatible(call, a, b);
    return true;
}

static bool less_or_equal(struct call *call, bool *result)
{
    return less_pair(call, result) && (*result || equal_pair(call, call->args[0], call->args[1], result));
}

static bool fn_lt(struct call *call, struct value *out)
{
    bool less = false;
    bool ok = less_pair(call, &less);
    *out = value_bool(less);
    return ok;
}

static bool fn_le(struct call *call, struct value *out)
{
    bool result = false;
    bool ok = less_or_equal(call, &result);
    *out = value_bool(result);
    return ok;
}

static bool fn_gt(struct call *call, struct value *out)
{
    bool result = false;
    bool ok = less_or_equal(call, &result);
    *out = value_bool(!result);
    return ok;
}

static bool fn_ge(struct call *call, struct value *out)
{
    bool less = false;
    bool ok = less_pair(call, &less);
    *out = value_bool(!less);
    return ok;
}

static bool fn_not(struct call *call, struct value *out)
{
    *out = value_bool(!value_truth(call->args[0]));
    return true;
}

/* --- index and len ------------------------------------------------------------------------------------------ */

/* The map or list that an object of such a kind stands for; other values as they are. */
static struct value collection_of(struct call *call, struct value v)
{
    if (v.kind != VALUE_OBJECT || !v.object->type->to_plain)
        return v;
    bool is_list = strcmp(v.object->type->kind, "slice") == 0;
    return is_list || v.object->type->is_map_like ? v.object->type->to_plain(v, call->arena) : v;
}

/* The type of what a value points to, as messages name it. */
static const char *pointed_type(struct value v)
{
    const char *name = value_type_name(v);
    return v.kind == VALUE_OBJECT && name[0] == '*' ? name + 1 : name;
}

static bool fn_len(struct call *call, struct value *out)
{
    struct value v = collection_of(call, call->args[0]);
    switch (v.kind) {
    case VALUE_NIL:
        return call_error(call, "%s", v.bits & VALUE_BIT_INVALID ? "reflect: call of reflect.Value.Type on zero Value"
                                                                 : "len of nil pointer");
    case VALUE_STRING:
    case VALUE_BYTES:
        *out = value_int(v.len);
        return true;
    case VALUE_LIST:
        *out = value_int(v.list->len);
        return true;
    case VALUE_MAP:
        *out = value_int(v.map->len);
        return true;
    default:
        return call_error(call, "len of type %s", pointed_type(v));
    }
}

/* A position in something of that length; one past the end is let through to fail as Go's reflection does. */
static bool index_position(struct call *call, struct value index, uint32_t len, const char *what, uint32_t *at)
{
    if (index.kind == VALUE_NIL)
        return call_error(call, "cannot index slice/array with nil");
    if (index.kind != VALUE_INT && index.kind != VALUE_UINT)
        return call_error(call, "cannot index slice/array with type %s", value_type_name(index));
    if (index.i < 0 || index.i > (int64_t)len)
        return call_error(call, "index out of range: %lld", (long long)index.i);
    if (index.i == (int64_t)len)
        return call_error(call, "reflect: %s index out of range", what);
    *at = (uint32_t)index.i;
    return true;
}

static bool index_list(struct call *call, struct value list, struct value index, struct value *out)
{
    uint32_t at;
    if (!index_position(call, index, list.list->len, "slice", &at))
        return false;
    *out = list.list->items[at];
    out->bits = list.type == GO_LIST ? VALUE_BIT_INTERFACE : 0;
    return true;
}

static bool index_bytes(struct call *call, struct value bytes, struct value index, struct value *out)
{
    uint32_t at;
    if (!index_position(call, index, bytes.len, bytes.kind == VALUE_STRING ? "string" : "slice", &at))
        return false;
    *out = value_uint_as(GO_UINT8, (unsigned char)bytes.s[at]);
    return true;
}

/* The entry, or the zero value of the map's element type. */
static bool index_map(struct call *call, struct value map, struct value key, struct value *out)
{
    if (key.kind == VALUE_NIL)
        return call_error(call, "value is nil; should be of type string");
    if (key.kind != VALUE_STRING)
        return call_error(call, "value has type %s; should be string", value_type_name(key));
    const struct value *found = map_find(map.map, value_slice(key));
    bool typed = map.type == GO_STRING_MAP || map.type == GO_FILES;
    if (found)
        *out = *found;
    else if (typed)
        *out = map.type == GO_FILES ? value_bytes(slice_of(NULL, 0)) : value_text("");
    else
        *out = value_nil();
    out->bits = typed ? 0 : VALUE_BIT_INTERFACE;
    return true;
}

static bool index_once(struct call *call, struct value item, struct value index, struct value *out)
{
    item = collection_of(call, item);
    switch (item.kind) {
    case VALUE_NIL:
        return call_error(call, "index of nil pointer");
    case VALUE_LIST:
        return index_list(call, item, index, out);
    case VALUE_MAP:
        return index_map(call, item, index, out);
    case VALUE_STRING:
    case VALUE_BYTES:
        return index_bytes(call, item, index, out);
    default:
        return call_error(call, "can't index item of type %s", pointed_type(item));
    }
}

static bool fn_index(struct call *call, struct value *out)
{
    struct value item = call->args[0];
    if (item.kind == VALUE_NIL)
        return call_error(call, "index of untyped nil");
    for (int i = 1; i < call->count; i++) {
        if (!index_once(call, item, call->args[i], &item))
            return false;
    }
    *out = item;
    return true;
}

/* --- printing ----------------------------------------------------------------------------------------------- */

static bool fn_print(struct call *call, struct value *out)
{
    struct buffer text = BUFFER_INIT;
    format_print(&text, call->args, (size_t)call->count);
    return give_text(call, out, &text);
}

static bool fn_println(struct call *call, struct value *out)
{
    struct buffer text = BUFFER_INIT;
    format_println(&text, call->args, (size_t)call->count);
    return give_text(call, out, &text);
}

static bool fn_printf(struct call *call, struct value *out)
{
    struct buffer text = BUFFER_INIT;
    format_printf(&text, value_slice(call->args[0]), call->args + 1, (size_t)call->count - 1);
    return give_text(call, out, &text);
}

/* --- escaping ----------------------------------------------------------------------------------------------- */

/* What the escapers take for their input: the arguments printed, nil as an action prints it. */
static struct slice printed_arguments(struct call *call)
{
    if (call->count == 1 && call->args[0].kind == VALUE_STRING)
        return value_slice(call->args[0]);
    for (int i = 0; i < call->count; i++) {
        if (call->args[i].kind == VALUE_NIL)
            call->args[i] = value_text("<no value>");
    }
    struct buffer text = BUFFER_INIT;
    format_print(&text, call->args, (size_t)call->count);
    return buffer_move(&text, call->arena);
}

static const char *html_escape(char c)
{
    switch (c) {
    case '\0':
        return "\xEF\xBF\xBD";
    case '"':
        return "&#34;";
    case '\'':
        return "&#39;";
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    default:
        return NULL;
    }
}

static bool fn_html(struct call *call, struct value *out)
{
    struct slice input = printed_arguments(call);
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < input.len; i++) {
        const char *escape = html_escape(input.ptr[i]);
        if (escape)
            buffer_add_text(&text, escape);
        else
            buffer_add_char(&text, input.ptr[i]);
    }
    return give_text(call, out, &text);
}

static void add_js_ascii(struct buffer *out, char c)
{
    if (c == '\\' || c == '\'' || c == '"') {
        buffer_add_char(out, '\\');
        buffer_add_char(out, c);
    } else if ((unsigned char)c < ' ' || strchr("<>&=", c)) {
        buffer_printf(out, "\\u%04X", (unsigned)(unsigned char)c);
    } else {
        buffer_add_char(out, c);
    }
}

static bool fn_js(struct call *call, struct value *out)
{
    struct slice input = printed_arguments(call);
    struct buffer text = BUFFER_INIT;
    while (input.len) {
        size_t size;
        uint32_t rune = go_decode_rune(input, &size);
        if (rune < 0x80)
            add_js_ascii(&text, input.ptr[0]);
        else if (go_is_print(rune))
            buffer_add(&text, slice_part(input, 0, size));
        else
            buffer_printf(&text, "\\u%04X", (unsigned)rune);
        input = slice_after(input, size);
    }
    return give_text(call, out, &text);
}

static bool fn_urlquery(struct call *call, struct value *out)
{
    struct buffer text = BUFFER_INIT;
    go_query_escape(&text, printed_arguments(call));
    return give_text(call, out, &text);
}

const struct function functions_builtins[] = {
    {"eq", "vv*", fn_eq, "whether the first argument equals one of the others", "eq 1 2 1", "true"},
    {"ne", "vv", fn_ne, "whether the arguments differ", "ne 1 2", "true"},
    {"lt", "vv", fn_lt, "whether the first argument is less", "lt 1 2", "true"},
    {"le", "vv", fn_le, "whether the first argument is less or equal", "le 2 2", "true"},
    {"gt", "vv", fn_gt, "whether the first argument is greater", "gt 1 2", "false"},
    {"ge", "vv", fn_ge, "whether the first argument is greater or equal", "ge 2 2", "true"},
    {"not", "v", fn_not, "whether the argument is false, zero, nil or empty", "not 0", "true"},
    {"len", "v", fn_len, "length of a text, list or map", "len \"abc\"", "3"},
    {"index", "vv*", fn_index, "what stands at the indexes, one after the other", "index (list 1 2 3) 1", "2"},
    {"print", "a*", fn_print, "the arguments as text, blanks between those that are none", "print 1 2", "1 2"},
    {"println", "a*", fn_println, "the arguments with blanks between, and a newline", "println 1 \"a\"", "1 a\n"},
    {"printf", "sa*", fn_printf, "the arguments by a format", "printf \"%d %s\" 1 \"a\"", "1 a"},
    {"html", "a*", fn_html, "the text with what means something in HTML escaped", "html \"<a>\"", "&lt;a&gt;"},
    {"js", "a*", fn_js, "the text with what means something in JavaScript escaped", "js \"it's\"", "it\\'s"},
    {"urlquery", "a*", fn_urlquery, "the text escaped for the query of a URL", "urlquery \"a b\"", "a+b"},
    {0},
};

/*
 * format.c - one value by one verb of Go's fmt
 *
 * A verb goes down into lists, maps and structs with its flags and meets each scalar by itself; one that does not suit
 * the scalar prints %!verb(type=value) there. Values with a String method print that for the verbs of texts. A value
 * that holds itself (a dict set into itself) ends at the depth limit, and with it the whole print.
 */
#include "value/format.h"

#include "base/limits.h"
#include "golang/strconv.h"
#include "golang/time_format.h"
#include "value/complex.h"
#include "value/object.h"

#include <inttypes.h>

struct printer {
    struct buffer *out;
    struct fmt_spec spec;
    uint32_t verb;
    unsigned depth;       /* of what is being printed; 0 at the top */
    struct arena scratch; /* what objects make to be printed */
    bool erroring;        /* inside %!v(…): String methods are not called */
    bool stopped;         /* the depth limit was met */
};

static void print_value(struct printer *p, const struct value *v);

/* The value as %v prints it at the top, its String method not asked. */
static void print_plain(struct printer *p, const struct value *v)
{
    uint32_t verb = p->verb;
    unsigned depth = p->depth;
    p->verb = 'v';
    p->depth = 0;
    p->erroring = true;
    print_value(p, v);
    p->erroring = false;
    p->depth = depth;
    p->verb = verb;
}

/* %!verb(type=value). */
static void bad_verb(struct printer *p, const struct value *v)
{
    buffer_add_text(p->out, "%!");
    buffer_add_rune(p->out, p->verb);
    buffer_add_char(p->out, '(');
    if (v->kind == VALUE_NIL) {
        buffer_add_text(p->out, "<nil>");
    } else {
        buffer_add_text(p->out, value_type_name(*v));
        buffer_add_char(p->out, '=');
        print_plain(p, v);
    }
    buffer_add_char(p->out, ')');
}

/* --- scalars ------------------------------------------------------------------------------------------------ */

static void print_bool(struct printer *p, const struct value *v)
{
    if (p->verb == 't' || p->verb == 'v')
        go_fmt_pad(p->out, &p->spec, slice_text(v->b ? "true" : "false"));
    else
        bad_verb(p, v);
}

static void print_hex_pointer(struct printer *p, uint64_t u, bool prefix)
{
    struct fmt_spec spec = p->spec;
    spec.sharp = prefix;
    go_fmt_integer(p->out, &spec, u, 16, false, 'v');
}

/* Verbs of integers; `v` is what %!verb(…) shows. */
static void print_bits(struct printer *p, const struct value *v, uint64_t u, bool is_signed)
{
    switch (p->verb) {
    case 'v':
    case 'd':
        if (p->spec.sharp_v && !is_signed && p->verb == 'v')
            print_hex_pointer(p, u, true);
        else
            go_fmt_integer(p->out, &p->spec, u, 10, is_signed, 'd');
        break;
    case 'b':
        go_fmt_integer(p->out, &p->spec, u, 2, is_signed, 'b');
        break;
    case 'o':
    case 'O':
        go_fmt_integer(p->out, &p->spec, u, 8, is_signed, (char)p->verb);
        break;
    case 'x':
    case 'X':
        go_fmt_integer(p->out, &p->spec, u, 16, is_signed, (char)p->verb);
        break;
    case 'c':
        go_fmt_rune(p->out, &p->spec, u);
        break;
    case 'q':
        go_fmt_quoted_rune(p->out, &p->spec, u);
        break;
    case 'U':
        go_fmt_unicode(p->out, &p->spec, u);
        break;
    default:
        bad_verb(p, v);
    }
}

/* The layout and default precision of a verb of floats; false for other verbs. */
static bool float_verb(uint32_t verb, char *format, int *precision)
{
    *precision = -1;
    *format = (char)verb;
    switch (verb) {
    case 'v':
        *format = 'g';
        return true;
    case 'b':
    case 'g':
    case 'G':
    case 'x':
    case 'X':
        return true;
    case 'F':
        *format = 'f';
        *precision = 6;
        return true;
    case 'f':
    case 'e':
    case 'E':
        *precision = 6;
        return true;
    default:
        return false;
    }
}

static void print_float(struct printer *p, const struct value *v)
{
    char format;
    int precision;
    if (float_verb(p->verb, &format, &precision))
        go_fmt_float(p->out, &p->spec, v->f, format, precision);
    else
        bad_verb(p, v);
}

/* (r+ji); the imaginary part always has a sign. */
static void print_complex(struct printer *p, const struct value *v, double real, double imaginary)
{
    char format;
    int precision;
    if (!float_verb(p->verb, &format, &precision)) {
        bad_verb(p, v);
        return;
    }
    struct fmt_spec spec = p->spec;
    buffer_add_char(p->out, '(');
    go_fmt_float(p->out, &spec, real, format, precision);
    spec.plus = true;
    go_fmt_float(p->out, &spec, imaginary, format, precision);
    buffer_add_text(p->out, "i)");
}

/* False for a verb that is none of texts. */
static bool print_text(struct printer *p, struct slice text)
{
    switch (p->verb) {
    case 'v':
        if (p->spec.sharp_v)
            go_fmt_quoted(p->out, &p->spec, text);
        else
            go_fmt_text(p->out, &p->spec, text);
        return true;
    case 's':
        go_fmt_text(p->out, &p->spec, text);
        return true;
    case 'q':
        go_fmt_quoted(p->out, &p->spec, text);
        return true;
    case 'x':
    case 'X':
        go_fmt_hex_text(p->out, &p->spec, text, p->verb == 'X');
        return true;
    default:
        return false;
    }
}

/* --- named integers ----------------------------------------------------------------------------------------- */

static void print_named(struct buffer *out, const char *type, const char *const *names, int64_t count, int64_t i)
{
    if (i >= 0 && i < count)
        buffer_add_text(out, names[i]);
    else
        buffer_printf(out, "%%!%s(%" PRId64 ")", type, i);
}

/* The String method of time.Duration, Month and Weekday; false for integers without one. */
static bool integer_text(struct buffer *out, struct value v)
{
    static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December"};
    static const char *const days[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                       "Thursday", "Friday", "Saturday"};
    switch (v.type) {
    case GO_DURATION:
        go_format_duration(out, v.i);
        return true;
    case GO_MONTH:
        if (v.i >= 1 && v.i <= 12)
            buffer_add_text(out, months[v.i - 1]);
        else
            buffer_printf(out, "%%!Month(%" PRId64 ")", v.i);
        return true;
    case GO_WEEKDAY:
        print_named(out, "Weekday", days, 7, v.i);
        return true;
    default:
        return false;
    }
}

static bool is_text_verb(uint32_t verb)
{
    return verb == 'v' || verb == 's' || verb == 'q' || verb == 'x' || verb == 'X';
}

static void print_integer(struct printer *p, const struct value *v)
{
    if (is_text_verb(p->verb) && !p->spec.sharp_v && !p->erroring) {
        struct buffer text = BUFFER_INIT;
        bool named = integer_text(&text, *v);
        if (named)
            print_text(p, buffer_slice(&text));
        buffer_release(&text);
        if (named)
            return;
    }
    print_bits(p, v, (uint64_t)v->i, true);
}

/* --- lists and maps ----------------------------------------------------------------------------------------- */

static void print_element(struct printer *p, const struct value *v)
{
    if (v->kind == VALUE_NIL)
        buffer_add_text(p->out, p->spec.sharp_v ? "interface {}(nil)" : "<nil>");
    else
        print_value(p, v);
}

/* What opens a list or map: for %#v the type; false when that is all because it is nil. */
static bool open_collection(struct printer *p, const char *type, bool nil, const char *plain)
{
    if (!p->spec.sharp_v) {
        buffer_add_text(p->out, plain);
        return true;
    }
    buffer_add_text(p->out, type);
    buffer_add_text(p->out, nil ? "(nil)" : "{");
    return !nil;
}

static void separate(struct printer *p, size_t index)
{
    if (index)
        buffer_add_text(p->out, p->spec.sharp_v ? ", " : " ");
}

static void close_collection(struct printer *p)
{
    buffer_add_char(p->out, p->spec.sharp_v ? '}' : ']');
}

static void print_list(struct printer *p, const char *type, const struct list *list)
{
    if (!open_collection(p, type, list->flags & VALUE_NIL_REF, "["))
        return;
    p->depth++;
    for (uint32_t i = 0; i < list->len; i++) {
        separate(p, i);
        print_element(p, &list->items[i]);
    }
    p->depth--;
    close_collection(p);
}

static void print_key(struct printer *p, struct slice key)
{
    struct value v = value_string(key);
    print_value(p, &v);
    buffer_add_char(p->out, ':');
}

static void print_map(struct printer *p, const char *type, const struct map *map)
{
    if (!open_collection(p, type, map->flags & VALUE_NIL_REF, "map["))
        return;
    p->depth++;
    for (uint32_t i = 0; i < map->len; i++) {
        separate(p, i);
        print_key(p, map->entries[i].key);
        print_element(p, &map->entries[i].value);
    }
    p->depth--;
    close_collection(p);
}

/* %v without any flag. */
static bool is_bare_v(const struct printer *p)
{
    static const struct fmt_spec none;
    return p->verb == 'v' && memcmp(&p->spec, &none, sizeof none) == 0;
}

/* [1 2 3], in one go: a chart's files are printed so when a template takes them for a text. */
static void print_bare_bytes(struct buffer *out, struct slice bytes)
{
    buffer_reserve(out, bytes.len * 4 + 2);
    buffer_add_char(out, '[');
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char byte = (unsigned char)bytes.ptr[i];
        if (i)
            buffer_add_char(out, ' ');
        if (byte >= 100)
            buffer_add_char(out, (char)('0' + byte / 100));
        if (byte >= 10)
            buffer_add_char(out, (char)('0' + byte / 10 % 10));
        buffer_add_char(out, (char)('0' + byte % 10));
    }
    buffer_add_char(out, ']');
}

static void print_bytes(struct printer *p, const struct value *v)
{
    struct slice bytes = value_slice(*v);
    if (p->verb != 'v' && print_text(p, bytes))
        return;
    if (is_bare_v(p)) {
        print_bare_bytes(p->out, bytes);
        return;
    }
    open_collection(p, p->depth == 0 && p->verb == 'v' ? "[]byte" : "[]uint8", false, "[");
    p->depth++;
    for (size_t i = 0; i < bytes.len; i++) {
        struct value byte = value_uint_as(GO_UINT8, (unsigned char)bytes.ptr[i]);
        separate(p, i);
        print_value(p, &byte);
    }
    p->depth--;
    close_collection(p);
}

/* --- objects ------------------------------------------------------------------------------------------------ */

static void print_address(struct printer *p, const struct value *v, const void *address)
{
    uint64_t u = (uint64_t)(uintptr_t)address;
    uint32_t verb = p->verb;
    if (verb == 'p' || (verb == 'v' && !p->spec.sharp_v)) {
        print_hex_pointer(p, u, !p->spec.sharp);
    } else if (verb == 'v') {
        buffer_printf(p->out, "(%s)(", value_type_name(*v));
        print_hex_pointer(p, u, true);
        buffer_add_char(p->out, ')');
    } else if (verb == 'b' || verb == 'o' || verb == 'd' || verb == 'x' || verb == 'X') {
        print_bits(p, v, u, false);
    } else {
        bad_verb(p, v);
    }
}

/* {a b}, with names for %+v and %#v; a pointer to a struct is '&' and that at the top, an address below. */
static void print_struct(struct printer *p, const struct value *v)
{
    const struct object_type *type = v->object->type;
    bool pointer = strcmp(type->kind, "ptr") == 0;
    if (pointer && p->depth > 0) {
        print_address(p, v, v->object);
        return;
    }
    if (pointer)
        buffer_add_char(p->out, '&');
    if (p->spec.sharp_v)
        buffer_add_text(p->out, type->name + (pointer && type->name[0] == '*'));
    buffer_add_char(p->out, '{');
    size_t count = 0;
    const struct object_field *fields = type->fields ? type->fields(*v, &p->scratch, &count) : NULL;
    p->depth++;
    for (size_t i = 0; i < count; i++) {
        separate(p, i);
        if (p->spec.plus_v || p->spec.sharp_v)
            buffer_printf(p->out, "%s:", fields[i].name);
        print_element(p, &fields[i].value);
    }
    p->depth--;
    buffer_add_char(p->out, '}');
}

/* The String or GoString method. */
static void print_method(struct printer *p, const struct value *v)
{
    struct buffer text = BUFFER_INIT;
    v->object->type->print(*v, &text, p->spec.plus_v, p->spec.sharp_v);
    if (p->spec.sharp_v)
        go_fmt_text(p->out, &p->spec, buffer_slice(&text));
    else
        print_text(p, buffer_slice(&text));
    buffer_release(&text);
}

static void print_object(struct printer *p, const struct value *v)
{
    const struct object_type *type = v->object->type;
    double real, imaginary;
    if (value_complex_parts(*v, &real, &imaginary)) {
        print_complex(p, v, real, imaginary);
        return;
    }
    bool callable = type->print && !p->erroring && is_text_verb(p->verb) && !(p->spec.sharp_v && type->fields);
    if (callable || (type->print && !type->fields && p->verb == 'v')) {
        print_method(p, v);
        return;
    }
    struct value plain = type->to_plain && !type->fields ? type->to_plain(*v, &p->scratch) : value_nil();
    if (plain.kind == VALUE_MAP && strcmp(type->kind, "map") == 0)
        print_map(p, type->name, plain.map);
    else if (plain.kind == VALUE_LIST && strcmp(type->kind, "slice") == 0)
        print_list(p, type->name, plain.list);
    else
        print_struct(p, v);
}

/* --- any value ---------------------------------------------------------------------------------------------- */

/* Whatever is neither list nor map; kept out of print_value so that a level of nesting takes little stack. */
static void __attribute__((noinline)) print_scalar(struct printer *p, const struct value *v)
{
    switch ((enum value_kind)v->kind) {
    case VALUE_BOOL:
        print_bool(p, v);
        break;
    case VALUE_INT:
        print_integer(p, v);
        break;
    case VALUE_UINT:
        print_bits(p, v, v->u, false);
        break;
    case VALUE_FLOAT:
        print_float(p, v);
        break;
    case VALUE_STRING:
        if (!print_text(p, value_slice(*v)))
            bad_verb(p, v);
        break;
    case VALUE_BYTES:
        print_bytes(p, v);
        break;
    case VALUE_OBJECT:
        print_object(p, v);
        break;
    default:
        buffer_add_text(p->out, "<nil>");
        break;
    }
}

static void print_value(struct printer *p, const struct value *v)
{
    if (p->depth > LIMIT_VALUE_DEPTH)
        p->stopped = true;
    if (p->stopped)
        return;
    if (v->kind == VALUE_LIST)
        print_list(p, value_type_name(*v), v->list);
    else if (v->kind == VALUE_MAP)
        print_map(p, value_type_name(*v), v->map);
    else
        print_scalar(p, v);
}

/* %p: the address of what Go holds by reference. */
static void print_reference(struct printer *p, const struct value *v)
{
    if (v->kind == VALUE_MAP)
        print_address(p, v, v->map);
    else if (v->kind == VALUE_LIST)
        print_address(p, v, v->list->items);
    else if (v->kind == VALUE_BYTES)
        print_address(p, v, v->s);
    else if (v->kind == VALUE_OBJECT && strcmp(v->object->type->kind, "ptr") == 0)
        print_address(p, v, v->object);
    else
        bad_verb(p, v);
}

/* %w belongs to Errorf: lists, maps and objects are refused as a whole. */
static bool is_refused(struct value v, uint32_t verb)
{
    return verb == 'w' && v.kind != VALUE_BYTES;
}

void format_verb(struct buffer *out, const struct fmt_spec *spec, uint32_t verb, struct value v)
{
    struct printer p = {.out = out, .spec = *spec, .verb = verb};
    arena_init(&p.scratch);
    if (v.kind == VALUE_NIL && (verb == 'T' || verb == 'v'))
        go_fmt_pad(out, spec, SLICE("<nil>"));
    else if (v.kind == VALUE_NIL || is_refused(v, verb))
        bad_verb(&p, &v);
    else if (verb == 'T')
        go_fmt_text(out, spec, slice_text(value_type_name(v)));
    else if (verb == 'p')
        print_reference(&p, &v);
    else
        print_value(&p, &v);
    arena_release(&p.scratch);
}

void format_value(struct buffer *out, struct value v)
{
    static const struct fmt_spec plain;
    switch (v.kind) {
    case VALUE_STRING:
        buffer_add(out, value_slice(v));
        break;
    case VALUE_FLOAT:
        go_format_float(out, v.f, 'g', -1, 64);
        break;
    case VALUE_INT:
        if (!integer_text(out, v))
            go_format_int(out, v.i, 10);
        break;
    default:
        format_verb(out, &plain, 'v', v);
    }
}

void format_print(struct buffer *out, const struct value *args, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i && args[i].kind != VALUE_STRING && args[i - 1].kind != VALUE_STRING)
            buffer_add_char(out, ' ');
        format_value(out, args[i]);
    }
}

void format_println(struct buffer *out, const struct value *args, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            buffer_add_char(out, ' ');
        format_value(out, args[i]);
    }
    buffer_add_char(out, '\n');
}

/*
 * format_printf.c - Go's format texts
 *
 *     verb = "%" flags [index] [width] ["." [index] precision] [index] rune
 *
 * with index = "[" number "]", width and precision = number | "*". What is wrong prints as a %!… form in its place; a
 * format never fails.
 */
#include "value/format.h"

#include "golang/unicode.h"

enum {
    NUMBER_MAX = 1000000 /* of widths, precisions and argument indexes */
};

struct formatter {
    struct buffer *out;
    struct slice format;
    size_t at;
    const struct value *args;
    size_t count;
    size_t next;       /* argument at hand */
    bool reordered;    /* an index was used: surplus arguments are not told */
    bool index_fits;   /* so far, in this verb */
    bool after_index;  /* an index stands right before `at` */
};

static bool at_char(const struct formatter *f, char c)
{
    return f->at < f->format.len && f->format.ptr[f->at] == c;
}

/* Decimal digits up to `end`. A number that is too large reads as none and uses up the text. */
static bool read_number(struct formatter *f, size_t end, int *number)
{
    *number = 0;
    bool any = false;
    for (; f->at < end && f->format.ptr[f->at] >= '0' && f->format.ptr[f->at] <= '9'; f->at++) {
        if (*number > NUMBER_MAX) {
            *number = 0;
            f->at = end;
            return false;
        }
        *number = *number * 10 + (f->format.ptr[f->at] - '0');
        any = true;
    }
    return any;
}

/* [n]: the argument to take next. */
static void read_index(struct formatter *f)
{
    f->after_index = false;
    if (!at_char(f, '['))
        return;
    f->reordered = true;
    struct slice rest = slice_after(f->format, f->at);
    size_t length = rest.len < 3 ? rest.len : slice_find_char(rest, ']');
    if (length == rest.len) {
        f->at++;
        f->index_fits = false;
        return;
    }
    size_t close = f->at + length;
    int number;
    f->at++;
    bool is_number = read_number(f, close, &number) && f->at == close;
    f->at = close + 1;
    f->after_index = is_number;
    if (is_number && number >= 1 && (size_t)number <= f->count)
        f->next = (size_t)number - 1;
    else
        f->index_fits = false;
}

/* The argument that '*' takes; false where it is no integer of sensible size. */
static bool take_integer(struct formatter *f, int *number)
{
    *number = 0;
    if (f->next >= f->count)
        return false;
    struct value v = f->args[f->next++];
    bool small = v.kind == VALUE_INT ? v.i >= -NUMBER_MAX && v.i <= NUMBER_MAX
                                     : v.kind == VALUE_UINT && v.u <= NUMBER_MAX;
    if (small)
        *number = (int)v.i;
    return small;
}

static void read_flags(struct formatter *f, struct fmt_spec *spec)
{
    for (; f->at < f->format.len; f->at++) {
        switch (f->format.ptr[f->at]) {
        case '#':
            spec->sharp = true;
            break;
        case '0':
            spec->zero = true;
            break;
        case '+':
            spec->plus = true;
            break;
        case '-':
            spec->minus = true;
            break;
        case ' ':
            spec->space = true;
            break;
        default:
            return;
        }
    }
}

static void read_width(struct formatter *f, struct fmt_spec *spec)
{
    if (!at_char(f, '*')) {
        spec->has_width = read_number(f, f->format.len, &spec->width);
        if (f->after_index && spec->has_width)
            f->index_fits = false;
        return;
    }
    f->at++;
    spec->has_width = take_integer(f, &spec->width);
    if (!spec->has_width)
        buffer_add_text(f->out, "%!(BADWIDTH)");
    if (spec->width < 0) {
        spec->width = -spec->width;
        spec->minus = true;
        spec->zero = false;
    }
    f->after_index = false;
}

static void read_precision(struct formatter *f, struct fmt_spec *spec)
{
    if (!at_char(f, '.') || f->at + 1 == f->format.len)
        return;
    f->at++;
    if (f->after_index)
        f->index_fits = false;
    read_index(f);
    if (!at_char(f, '*')) {
        read_number(f, f->format.len, &spec->precision);
        spec->has_precision = true;
        return;
    }
    f->at++;
    spec->has_precision = take_integer(f, &spec->precision) && spec->precision >= 0;
    if (!spec->has_precision) {
        spec->precision = 0;
        buffer_add_text(f->out, "%!(BADPREC)");
    }
    f->after_index = false;
}

static void print_fault(struct formatter *f, uint32_t verb, const char *what)
{
    buffer_add_text(f->out, "%!");
    buffer_add_rune(f->out, verb);
    buffer_add_text(f->out, what);
}

/* One verb, its flags read. */
static void print_verb(struct formatter *f, struct fmt_spec *spec, uint32_t verb)
{
    if (verb == '%') {
        buffer_add_char(f->out, '%');
    } else if (!f->index_fits) {
        print_fault(f, verb, "(BADINDEX)");
    } else if (f->next >= f->count) {
        print_fault(f, verb, "(MISSING)");
    } else {
        if (verb == 'v' || verb == 'w') {
            spec->sharp_v = spec->sharp;
            spec->plus_v = spec->plus;
            spec->sharp = spec->plus = false;
        }
        format_verb(f->out, spec, verb, f->args[f->next++]);
    }
}

/* What follows a '%'. */
static void read_verb(struct formatter *f)
{
    struct fmt_spec spec = {0};
    f->index_fits = true;
    read_flags(f, &spec);
    read_index(f);
    read_width(f, &spec);
    read_precision(f, &spec);
    if (!f->after_index)
        read_index(f);
    if (f->at >= f->format.len) {
        buffer_add_text(f->out, "%!(NOVERB)");
        return;
    }
    size_t size;
    uint32_t verb = go_decode_rune(slice_after(f->format, f->at), &size);
    f->at += size;
    print_verb(f, &spec, verb);
}

static void print_surplus(struct formatter *f)
{
    buffer_add_text(f->out, "%!(EXTRA ");
    for (size_t i = f->next; i < f->count; i++) {
        if (i > f->next)
            buffer_add_text(f->out, ", ");
        if (f->args[i].kind != VALUE_NIL) {
            buffer_add_text(f->out, value_type_name(f->args[i]));
            buffer_add_char(f->out, '=');
        }
        format_value(f->out, f->args[i]);
    }
    buffer_add_char(f->out, ')');
}

void format_printf(struct buffer *out, struct slice format, const struct value *args, size_t count)
{
    struct formatter f = {.out = out, .format = format, .args = args, .count = count};
    while (f.at < format.len) {
        struct slice rest = slice_after(format, f.at);
        size_t plain = slice_find_char(rest, '%');
        buffer_add(out, slice_part(rest, 0, plain));
        f.at += plain;
        if (f.at < format.len) {
            f.at++;
            read_verb(&f);
        }
    }
    if (!f.reordered && f.next < count)
        print_surplus(&f);
}

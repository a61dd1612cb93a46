/*
 * math.c - whole numbers, floats and decimals as sprig computes with them
 *
 * Whole-number functions take anything, cast it to int64 and wrap on overflow. The f-functions compute in decimals, so
 * that 0.1 and 0.2 make 0.3. Sequences are refused beyond a length that no chart needs.
 */
#include "funcs/groups.h"

#include "base/limits.h"
#include "golang/decimal.h"
#include "golang/strconv.h"
#include "value/convert.h"
#include "value/format.h"

static bool give_int64(struct value *out, int64_t i)
{
    *out = value_int64(i);
    return true;
}

static bool give_float(struct value *out, double f)
{
    *out = value_float(f);
    return true;
}

/* Argument `index` as sprig's toInt64. */
static int64_t arg_int(const struct call *call, int index)
{
    return convert_int64(call->args[index]);
}

static double arg_float(const struct call *call, int index)
{
    return convert_float64(call->args[index]);
}

static int64_t wrap_add(int64_t a, int64_t b)
{
    return (int64_t)((uint64_t)a + (uint64_t)b);
}

/* --- whole numbers ------------------------------------------------------------------------------------------ */

static bool fn_int(struct call *call, struct value *out)
{
    *out = value_int(convert_int(call->args[0]));
    return true;
}

static bool fn_int64(struct call *call, struct value *out)
{
    return give_int64(out, arg_int(call, 0));
}

static bool fn_float64(struct call *call, struct value *out)
{
    return give_float(out, arg_float(call, 0));
}

static bool fn_atoi(struct call *call, struct value *out)
{
    int64_t i;
    go_parse_int(value_slice(call->args[0]), 10, 64, &i);
    *out = value_int(i);
    return true;
}

static bool fn_toDecimal(struct call *call, struct value *out)
{
    struct slice text = convert_text(call->arena, call->args[0]);
    if (call->args[0].kind == VALUE_BYTES)
        text = slice_of(NULL, 0); /* printed as a list, which is no number */
    int64_t i;
    return give_int64(out, go_parse_int(text, 8, 64, &i) == GO_NUMBER_OK ? i : 0);
}

static bool fn_add(struct call *call, struct value *out)
{
    int64_t sum = 0;
    for (int i = 0; i < call->count; i++)
        sum = wrap_add(sum, arg_int(call, i));
    return give_int64(out, sum);
}

static bool fn_add1(struct call *call, struct value *out)
{
    return give_int64(out, wrap_add(arg_int(call, 0), 1));
}

static bool fn_sub(struct call *call, struct value *out)
{
    return give_int64(out, (int64_t)((uint64_t)arg_int(call, 0) - (uint64_t)arg_int(call, 1)));
}

static bool fn_mul(struct call *call, struct value *out)
{
    uint64_t product = 1;
    for (int i = 0; i < call->count; i++)
        product *= (uint64_t)arg_int(call, i);
    return give_int64(out, (int64_t)product);
}

static bool fn_div(struct call *call, struct value *out)
{
    int64_t a = arg_int(call, 0), b = arg_int(call, 1);
    if (b == 0)
        return call_error(call, "runtime error: integer divide by zero");
    return give_int64(out, b == -1 ? (int64_t)(0 - (uint64_t)a) : a / b);
}

static bool fn_mod(struct call *call, struct value *out)
{
    int64_t a = arg_int(call, 0), b = arg_int(call, 1);
    if (b == 0)
        return call_error(call, "runtime error: integer divide by zero");
    return give_int64(out, b == -1 ? 0 : a % b);
}

static bool fn_max(struct call *call, struct value *out)
{
    int64_t most = arg_int(call, 0);
    for (int i = 1; i < call->count; i++)
        most = arg_int(call, i) > most ? arg_int(call, i) : most;
    return give_int64(out, most);
}

static bool fn_min(struct call *call, struct value *out)
{
    int64_t least = arg_int(call, 0);
    for (int i = 1; i < call->count; i++)
        least = arg_int(call, i) < least ? arg_int(call, i) : least;
    return give_int64(out, least);
}

/* --- floats ------------------------------------------------------------------------------------------------- */

/* Go's math.Max: infinity beats NaN, NaN the rest, and 0 is above -0. */
static double larger(double a, double b)
{
    if (isinf(a) && a > 0)
        return a;
    if (isinf(b) && b > 0)
        return b;
    if (isnan(a) || isnan(b))
        return NAN;
    if (a == 0 && b == 0)
        return signbit(a) ? b : a;
    return a > b ? a : b;
}

static bool fn_maxf(struct call *call, struct value *out)
{
    double most = arg_float(call, 0);
    for (int i = 1; i < call->count; i++)
        most = larger(most, arg_float(call, i));
    return give_float(out, most);
}

static bool fn_minf(struct call *call, struct value *out)
{
    double least = arg_float(call, 0);
    for (int i = 1; i < call->count; i++)
        least = -larger(-least, -arg_float(call, i));
    return give_float(out, least);
}

static bool fn_floor(struct call *call, struct value *out)
{
    return give_float(out, floor(arg_float(call, 0)));
}

static bool fn_ceil(struct call *call, struct value *out)
{
    return give_float(out, ceil(arg_float(call, 0)));
}

/* math.Pow(10, n) by Go's repeated squaring, which rounds on the way where C's pow does not. */
static double power_of_ten(int64_t n)
{
    if (n < -400 || n > 400)
        return n < 0 ? 0 : INFINITY;
    double fraction = 1, square = 10;
    int exponent = 0, square_exponent;
    square = frexp(square, &square_exponent);
    for (int64_t i = n < 0 ? -n : n; i != 0; i >>= 1) {
        if (i & 1) {
            fraction *= square;
            exponent += square_exponent;
        }
        square *= square;
        square_exponent <<= 1;
        if (square < 0.5) {
            square += square;
            square_exponent--;
        }
    }
    if (n < 0) {
        fraction = 1 / fraction;
        exponent = -exponent;
    }
    return ldexp(fraction, exponent);
}

static bool fn_round(struct call *call, struct value *out)
{
    double power = power_of_ten(call->args[1].i);
    double round_on = call->count > 2 ? call->args[2].f : 0.5;
    double digit = power * arg_float(call, 0);
    double whole;
    double rounded = modf(digit, &whole) >= round_on ? ceil(digit) : floor(digit);
    return give_float(out, rounded / power);
}

/* --- decimals ----------------------------------------------------------------------------------------------- */

typedef void decimal_fn(struct decimal *d, const struct decimal *o);

static bool check_finite(struct call *call, double f)
{
    if (isfinite(f))
        return true;
    return call_error(call, "Cannot create a Decimal from %s", isnan(f) ? "NaN" : f < 0 ? "-Inf" : "+Inf");
}

/* Folds the arguments from `from` into *d. */
static bool fold_decimals(struct call *call, struct decimal *d, int from, decimal_fn *fn)
{
    bool ok = true;
    for (int i = from; ok && i < call->count; i++) {
        double f = arg_float(call, i);
        if (!check_finite(call, f))
            return false;
        struct decimal operand;
        decimal_init(&operand, f);
        if (fn == decimal_divide && decimal_is_zero(&operand))
            ok = call_error(call, "decimal division by 0");
        else
            fn(d, &operand);
        decimal_release(&operand);
    }
    return ok;
}

/* The first argument with the others folded in; addf starts from 0 instead. */
static bool run_decimals(struct call *call, double start, int from, decimal_fn *fn, struct value *out)
{
    if (!check_finite(call, start))
        return false;
    struct decimal d;
    decimal_init(&d, start);
    bool ok = fold_decimals(call, &d, from, fn);
    if (ok)
        *out = value_float(decimal_float(&d));
    decimal_release(&d);
    return ok;
}

static bool fn_addf(struct call *call, struct value *out)
{
    return run_decimals(call, 0, 0, decimal_add, out);
}

static bool fn_add1f(struct call *call, struct value *out)
{
    return run_decimals(call, 1, 0, decimal_add, out);
}

static bool fn_subf(struct call *call, struct value *out)
{
    return run_decimals(call, arg_float(call, 0), 1, decimal_subtract, out);
}

static bool fn_mulf(struct call *call, struct value *out)
{
    return run_decimals(call, arg_float(call, 0), 1, decimal_multiply, out);
}

static bool fn_divf(struct call *call, struct value *out)
{
    return run_decimals(call, arg_float(call, 0), 1, decimal_divide, out);
}

/* --- sequences ---------------------------------------------------------------------------------------------- */

struct sequence {
    int64_t start;
    int64_t step;
    uint64_t count;
};

/* What untilStep counts through; none where the step leads away from `stop`. */
static struct sequence sequence_of(int64_t start, int64_t stop, int64_t step)
{
    struct sequence s = {start, step, 0};
    bool down = stop < start;
    if (down ? step >= 0 : step <= 0)
        return s;
    uint64_t distance = down ? (uint64_t)start - (uint64_t)stop : (uint64_t)stop - (uint64_t)start;
    uint64_t stride = down ? 0 - (uint64_t)step : (uint64_t)step;
    s.count = distance / stride + (distance % stride != 0);
    return s;
}

static bool check_length(struct call *call, const struct sequence *s)
{
    if (s->count <= LIMIT_SEQUENCE)
        return true;
    return call_error(call, "a sequence of more than %d numbers is not made", LIMIT_SEQUENCE);
}

static bool give_sequence(struct call *call, struct sequence s, struct value *out)
{
    if (!check_length(call, &s))
        return false;
    struct list *list = list_new(call->arena, (uint32_t)s.count);
    for (uint64_t i = 0; i < s.count; i++)
        list_add(call->arena, list, value_int(s.start + (int64_t)i * s.step));
    *out = value_list_as(GO_INTS, list);
    return true;
}

static bool fn_until(struct call *call, struct value *out)
{
    int64_t count = call->args[0].i;
    return give_sequence(call, sequence_of(0, count, count < 0 ? -1 : 1), out);
}

static bool fn_untilStep(struct call *call, struct value *out)
{
    return give_sequence(call, sequence_of(call->args[0].i, call->args[1].i, call->args[2].i), out);
}

/* `seq end`, `seq start end`, `seq start step end`, the end included; other counts of arguments give nothing. */
static struct sequence sequence_of_seq(const struct call *call)
{
    const struct value *args = call->args;
    if (call->count < 1 || call->count > 3)
        return (struct sequence){0, 1, 0};
    int64_t start = call->count == 1 ? 1 : args[0].i;
    int64_t end = args[call->count - 1].i;
    int64_t direction = end < start ? -1 : 1;
    int64_t step = call->count == 3 ? args[1].i : direction;
    if (call->count == 3 && end < start && step > 0)
        return (struct sequence){0, 1, 0};
    return sequence_of(start, wrap_add(end, direction), step);
}

static bool fn_seq(struct call *call, struct value *out)
{
    struct sequence s = sequence_of_seq(call);
    if (!check_length(call, &s))
        return false;
    struct buffer text = BUFFER_INIT;
    for (uint64_t i = 0; i < s.count; i++) {
        if (i)
            buffer_add_char(&text, ' ');
        go_format_int(&text, s.start + (int64_t)i * s.step, 10);
    }
    *out = value_string(buffer_move(&text, call->arena));
    return true;
}

const struct function functions_math[] = {
    {"add", "a*", fn_add, "sum of whole numbers", "add 1 2 3", "6"},
    {"add1", "a", fn_add1, "the whole number plus one", "add1 4", "5"},
    {"sub", "aa", fn_sub, "difference of whole numbers", "sub 5 2", "3"},
    {"mul", "aa*", fn_mul, "product of whole numbers", "mul 2 3 4", "24"},
    {"div", "aa", fn_div, "quotient of whole numbers, without its fraction", "div 7 2", "3"},
    {"mod", "aa", fn_mod, "rest of the division", "mod 7 3", "1"},
    {"max", "aa*", fn_max, "largest of whole numbers", "max 1 3 2", "3"},
    {"biggest", "aa*", fn_max, "largest of whole numbers", "biggest 1 3 2", "3"},
    {"min", "aa*", fn_min, "smallest of whole numbers", "min 2 1 3", "1"},
    {"addf", "a*", fn_addf, "decimal sum", "addf 0.1 0.2", "0.3"},
    {"add1f", "a", fn_add1f, "the decimal plus one", "add1f 1.5", "2.5"},
    {"subf", "aa*", fn_subf, "decimal difference", "subf 7.5 2 3", "2.5"},
    {"mulf", "aa*", fn_mulf, "decimal product", "mulf 1.5 2 2", "6"},
    {"divf", "aa*", fn_divf, "decimal quotient", "divf 10 4", "2.5"},
    {"maxf", "aa*", fn_maxf, "largest of floats", "maxf 1 2.5 2", "2.5"},
    {"minf", "aa*", fn_minf, "smallest of floats", "minf 1.5 2 3", "1.5"},
    {"ceil", "a", fn_ceil, "next whole number from here up", "ceil 1.1", "2"},
    {"floor", "a", fn_floor, "next whole number from here down", "floor 1.9", "1"},
    {"round", "aif*", fn_round, "the number rounded to places after the point", "round 3.14159 2", "3.14"},
    {"int", "a", fn_int, "the value as int, 0 if it is no number", "int \"42\"", "42"},
    {"int64", "a", fn_int64, "the value as int64, 0 if it is no number", "int64 3.9", "3"},
    {"float64", "a", fn_float64, "the value as float64, 0 if it is no number", "float64 \"2.5\"", "2.5"},
    {"atoi", "s", fn_atoi, "the decimal text as int", "atoi \"42\"", "42"},
    {"toDecimal", "a", fn_toDecimal, "the number an octal text stands for", "toDecimal \"777\"", "511"},
    {"until", "i", fn_until, "the numbers from 0 up to, not including, the argument", "until 3", "[0 1 2]"},
    {"untilStep", "iii", fn_untilStep, "numbers from start to before stop by a step", "untilStep 0 6 2", "[0 2 4]"},
    {"seq", "i*", fn_seq, "numbers in a text, as the command seq prints them", "seq 1 3", "1 2 3"},
    {0},
};

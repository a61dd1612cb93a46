/*
 * hcl_funcs.c - the functions of HCL values
 *
 * Those of numbers and documents, and the table of all. The functions of networks, calendars and CSV are not here and
 * say so.
 */
#include "helmfile/hcl_funcs.h"

#include "codec/json_read.h"
#include "codec/json_write.h"
#include "codec/yaml_read.h"
#include "codec/yaml_write.h"
#include "golang/strconv.h"

#include <math.h>

/* --- values --------------------------------------------------------------------------------------------------- */

struct value hcl_make_number(double d)
{
    return value_float(d);
}

bool hcl_number(struct value v, double *out)
{
    if (v.kind == VALUE_FLOAT)
        *out = v.f;
    else if (v.kind == VALUE_INT)
        *out = (double)v.i;
    else
        return v.kind == VALUE_STRING && go_parse_float(value_slice(v), 64, out) == GO_NUMBER_OK;
    return true;
}

bool hcl_text(struct arena *a, struct value v, struct slice *out)
{
    struct buffer buffer = BUFFER_INIT;
    double d;
    switch (v.kind) {
    case VALUE_STRING:
        *out = value_slice(v);
        return true;
    case VALUE_BOOL:
        *out = v.b ? SLICE("true") : SLICE("false");
        return true;
    case VALUE_INT:
    case VALUE_FLOAT:
        hcl_number(v, &d);
        if (d == floor(d) && fabs(d) < 1e15)
            go_format_int(&buffer, (int64_t)d, 10);
        else
            go_format_float(&buffer, d, 'f', -1, 64);
        *out = buffer_move(&buffer, a);
        return true;
    default:
        return false;
    }
}

/* --- numbers -------------------------------------------------------------------------------------------------- */

static bool hcl_abs(const struct hcl_arguments *c, struct value *out)
{
    return hcl_give_number(out, fabs(hcl_number_at(c, 0)));
}

static bool hcl_ceil(const struct hcl_arguments *c, struct value *out)
{
    return hcl_give_number(out, ceil(hcl_number_at(c, 0)));
}

static bool hcl_floor(const struct hcl_arguments *c, struct value *out)
{
    return hcl_give_number(out, floor(hcl_number_at(c, 0)));
}

static bool hcl_int(const struct hcl_arguments *c, struct value *out)
{
    return hcl_give_number(out, trunc(hcl_number_at(c, 0)));
}

static bool hcl_log(const struct hcl_arguments *c, struct value *out)
{
    return hcl_give_number(out, log(hcl_number_at(c, 0)) / log(hcl_number_at(c, 1)));
}

static bool hcl_pow(const struct hcl_arguments *c, struct value *out)
{
    return hcl_give_number(out, pow(hcl_number_at(c, 0), hcl_number_at(c, 1)));
}

static bool hcl_signum(const struct hcl_arguments *c, struct value *out)
{
    double d = hcl_number_at(c, 0);
    return hcl_give_number(out, d > 0 ? 1 : d < 0 ? -1 : 0);
}

static bool hcl_max(const struct hcl_arguments *c, struct value *out)
{
    double most = hcl_number_at(c, 0);
    for (size_t i = 1; i < c->count; i++)
        most = fmax(most, hcl_number_at(c, i));
    return hcl_give_number(out, most);
}

static bool hcl_min(const struct hcl_arguments *c, struct value *out)
{
    double least = hcl_number_at(c, 0);
    for (size_t i = 1; i < c->count; i++)
        least = fmin(least, hcl_number_at(c, i));
    return hcl_give_number(out, least);
}

static bool hcl_parseint(const struct hcl_arguments *c, struct value *out)
{
    int64_t i;
    if (go_parse_int(hcl_text_at(c, 0), (int)hcl_number_at(c, 1), 64, &i) != GO_NUMBER_OK)
        return hcl_refuse(c, "cannot parse the text as an integer of that base");
    return hcl_give_number(out, (double)i);
}

/* --- documents ------------------------------------------------------------------------------------------------ */

static bool hcl_jsonencode(const struct hcl_arguments *c, struct value *out)
{
    static const struct json_write_options json;
    struct buffer b = BUFFER_INIT;
    bool ok = json_write(&b, c->items[0], &json, c->arena, c->error);
    *out = value_string(buffer_move(&b, c->arena));
    return ok;
}

static bool hcl_jsondecode(const struct hcl_arguments *c, struct value *out)
{
    return json_read(c->arena, NULL, hcl_text_at(c, 0), out, c->error, NULL);
}

static bool hcl_yamlencode(const struct hcl_arguments *c, struct value *out)
{
    struct buffer b = BUFFER_INIT;
    bool ok = yaml_write_pretty(&b, c->items[0], c->arena, c->error);
    *out = value_string(buffer_move(&b, c->arena));
    return ok;
}

static bool hcl_yamldecode(const struct hcl_arguments *c, struct value *out)
{
    static const struct yaml_read_options options = {.no_origin = true};
    struct yaml_error error;
    if (yaml_read(c->arena, NULL, hcl_text_at(c, 0), &options, out, &error))
        return true;
    *c->error = error.message;
    return false;
}

/* --- the table ------------------------------------------------------------------------------------------------ */

static const struct hcl_row rows[] = {
    {"abs", "n", hcl_abs},
    {"ceil", "n", hcl_ceil},
    {"floor", "n", hcl_floor},
    {"int", "n", hcl_int},
    {"jsondecode", "s", hcl_jsondecode},
    {"jsonencode", "a", hcl_jsonencode},
    {"log", "nn", hcl_log},
    {"max", "n*", hcl_max},
    {"min", "n*", hcl_min},
    {"parseint", "sn", hcl_parseint},
    {"pow", "nn", hcl_pow},
    {"signum", "n", hcl_signum},
    {"yamldecode", "s", hcl_yamldecode},
    {"yamlencode", "a", hcl_yamlencode},
    {NULL, NULL, NULL},
};

static bool fits(struct arena *a, struct value v, char kind)
{
    struct slice s;
    double d;
    switch (kind) {
    case 'n':
        return hcl_number(v, &d);
    case 's':
        return hcl_text(a, v, &s);
    case 'l':
        return v.kind == VALUE_LIST;
    case 'm':
        return v.kind == VALUE_MAP;
    default:
        return true;
    }
}

static bool check(const struct hcl_row *row, const struct hcl_arguments *c)
{
    size_t length = strlen(row->arguments);
    bool repeats = row->arguments[length - 1] == '*';
    bool optional = row->arguments[length - 1] == '?';
    size_t kinds = length - (repeats || optional);
    if (c->count < kinds - (repeats || optional) || (!repeats && c->count > kinds))
        return hcl_refuse(c, "wrong number of arguments");
    for (size_t i = 0; i < c->count; i++) {
        if (!fits(c->arena, c->items[i], row->arguments[i < kinds ? i : kinds - 1]))
            return hcl_refuse(c, "an argument is of the wrong type");
    }
    return true;
}

bool hcl_call(struct arena *a, struct slice name, const struct value *args, size_t count, struct value *out,
              struct slice *error)
{
    static const struct hcl_row *const tables[] = {rows, hcl_text_rows, hcl_list_rows};
    struct hcl_arguments c = {a, args, count, error};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        for (const struct hcl_row *row = tables[i]; row->name; row++) {
            if (slice_is(name, row->name))
                return check(row, &c) && row->run(&c, out);
        }
    }
    return hcl_refuse(&c, "there is no such function here");
}

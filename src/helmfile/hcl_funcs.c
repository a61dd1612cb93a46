/*
 * hcl_funcs.c - the functions of HCL values
 *
 * A row names a function and the kinds of its arguments: n number, s text, l list, m object, a anything; '*' lets the
 * last repeat, '?' makes it optional. The functions of networks, calendars and CSV are not here and say so.
 */
#include "helmfile/hcl_node.h"

#include "codec/json_read.h"
#include "codec/json_write.h"
#include "codec/yaml_read.h"
#include "codec/yaml_write.h"
#include "golang/regexp.h"
#include "golang/strconv.h"
#include "golang/unicode.h"
#include "value/compare.h"

#include <math.h>
#include <stdlib.h>

struct hcl_arguments {
    struct arena *arena;
    const struct value *items;
    size_t count;
    struct slice *error;
};

static bool fail(const struct hcl_arguments *c, const char *what)
{
    *c->error = slice_text(what);
    return false;
}

static double number(const struct hcl_arguments *c, size_t i)
{
    double d = 0;
    if (i < c->count)
        hcl_number(c->items[i], &d);
    return d;
}

static struct slice text(const struct hcl_arguments *c, size_t i)
{
    struct slice s = SLICE("");
    if (i < c->count)
        hcl_text(c->arena, c->items[i], &s);
    return s;
}

static const struct list *list(const struct hcl_arguments *c, size_t i)
{
    return c->items[i].list;
}

static bool give_number(struct value *out, double d)
{
    *out = hcl_make_number(d);
    return true;
}

static bool give_text(struct value *out, struct slice s)
{
    *out = value_string(s);
    return true;
}

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
    return give_number(out, fabs(number(c, 0)));
}

static bool hcl_ceil(const struct hcl_arguments *c, struct value *out)
{
    return give_number(out, ceil(number(c, 0)));
}

static bool hcl_floor(const struct hcl_arguments *c, struct value *out)
{
    return give_number(out, floor(number(c, 0)));
}

static bool hcl_int(const struct hcl_arguments *c, struct value *out)
{
    return give_number(out, trunc(number(c, 0)));
}

static bool hcl_log(const struct hcl_arguments *c, struct value *out)
{
    return give_number(out, log(number(c, 0)) / log(number(c, 1)));
}

static bool hcl_pow(const struct hcl_arguments *c, struct value *out)
{
    return give_number(out, pow(number(c, 0), number(c, 1)));
}

static bool hcl_signum(const struct hcl_arguments *c, struct value *out)
{
    double d = number(c, 0);
    return give_number(out, d > 0 ? 1 : d < 0 ? -1 : 0);
}

static bool hcl_max(const struct hcl_arguments *c, struct value *out)
{
    double most = number(c, 0);
    for (size_t i = 1; i < c->count; i++)
        most = fmax(most, number(c, i));
    return give_number(out, most);
}

static bool hcl_min(const struct hcl_arguments *c, struct value *out)
{
    double least = number(c, 0);
    for (size_t i = 1; i < c->count; i++)
        least = fmin(least, number(c, i));
    return give_number(out, least);
}

static bool hcl_parseint(const struct hcl_arguments *c, struct value *out)
{
    int64_t i;
    if (go_parse_int(text(c, 0), (int)number(c, 1), 64, &i) != GO_NUMBER_OK)
        return fail(c, "cannot parse the text as an integer of that base");
    return give_number(out, (double)i);
}

/* --- texts ---------------------------------------------------------------------------------------------------- */

static bool hcl_lower(const struct hcl_arguments *c, struct value *out)
{
    struct buffer b = BUFFER_INIT;
    go_lower(&b, text(c, 0));
    return give_text(out, buffer_move(&b, c->arena));
}

static bool hcl_upper(const struct hcl_arguments *c, struct value *out)
{
    struct buffer b = BUFFER_INIT;
    go_upper(&b, text(c, 0));
    return give_text(out, buffer_move(&b, c->arena));
}

static bool hcl_title(const struct hcl_arguments *c, struct value *out)
{
    struct slice s = text(c, 0);
    struct buffer b = BUFFER_INIT;
    bool begins = true;
    for (size_t i = 0; i < s.len;) {
        size_t size;
        uint32_t rune = go_decode_rune(slice_after(s, i), &size);
        bool is_word = go_is_upper(rune) || go_is_lower(rune) || (rune >= '0' && rune <= '9') || rune == '_' ||
                       rune == '\'';
        buffer_add_rune(&b, begins ? go_to_title(rune) : rune);
        begins = !is_word;
        i += size;
    }
    return give_text(out, buffer_move(&b, c->arena));
}

static bool hcl_chomp(const struct hcl_arguments *c, struct value *out)
{
    struct slice s = text(c, 0);
    while (s.len && strchr("\r\n", s.ptr[s.len - 1]))
        s.len--;
    return give_text(out, s);
}

static bool hcl_trimspace(const struct hcl_arguments *c, struct value *out)
{
    return give_text(out, go_trim_space(text(c, 0)));
}

static bool is_one_of(char byte, struct slice set)
{
    return slice_find_char(set, byte) < set.len;
}

static bool hcl_trim(const struct hcl_arguments *c, struct value *out)
{
    struct slice s = text(c, 0);
    struct slice set = text(c, 1);
    while (s.len && is_one_of(s.ptr[0], set))
        s = slice_after(s, 1);
    while (s.len && is_one_of(s.ptr[s.len - 1], set))
        s.len--;
    return give_text(out, s);
}

static bool hcl_trimprefix(const struct hcl_arguments *c, struct value *out)
{
    struct slice s = text(c, 0);
    return give_text(out, slice_starts(s, text(c, 1)) ? slice_after(s, text(c, 1).len) : s);
}

static bool hcl_trimsuffix(const struct hcl_arguments *c, struct value *out)
{
    struct slice s = text(c, 0);
    return give_text(out, slice_ends(s, text(c, 1)) ? slice_part(s, 0, s.len - text(c, 1).len) : s);
}

static bool hcl_indent(const struct hcl_arguments *c, struct value *out)
{
    struct slice rest = text(c, 1);
    struct slice line;
    struct buffer b = BUFFER_INIT;
    for (bool first = true; slice_next_piece(&rest, '\n', &line); first = false) {
        if (!first) {
            buffer_add_char(&b, '\n');
            buffer_add_repeated(&b, ' ', number(c, 0) > 0 ? (size_t)number(c, 0) : 0);
        }
        buffer_add(&b, line);
    }
    return give_text(out, buffer_move(&b, c->arena));
}

static bool hcl_join(const struct hcl_arguments *c, struct value *out)
{
    struct buffer b = BUFFER_INIT;
    bool first = true;
    for (size_t i = 1; i < c->count; i++) {
        if (c->items[i].kind != VALUE_LIST)
            return fail(c, "a list of texts is required");
        for (uint32_t k = 0; k < list(c, i)->len; k++, first = false) {
            struct slice s = SLICE("");
            hcl_text(c->arena, list(c, i)->items[k], &s);
            buffer_add(&b, first ? SLICE("") : text(c, 0));
            buffer_add(&b, s);
        }
    }
    return give_text(out, buffer_move(&b, c->arena));
}

static bool hcl_split(const struct hcl_arguments *c, struct value *out)
{
    struct slice separator = text(c, 0);
    struct slice rest = text(c, 1);
    struct list *parts = list_new(c->arena, 4);
    while (separator.len) {
        size_t at = slice_find(rest, separator);
        if (at == rest.len)
            break;
        list_add(c->arena, parts, value_string(slice_part(rest, 0, at)));
        rest = slice_after(rest, at + separator.len);
    }
    list_add(c->arena, parts, value_string(rest));
    *out = value_list(parts);
    return true;
}

static size_t rune_count(struct slice s)
{
    size_t count = 0;
    for (size_t i = 0, size; i < s.len; i += size, count++)
        go_decode_rune(slice_after(s, i), &size);
    return count;
}

static bool hcl_strlen(const struct hcl_arguments *c, struct value *out)
{
    return give_number(out, (double)rune_count(text(c, 0)));
}

static bool hcl_strrev(const struct hcl_arguments *c, struct value *out)
{
    struct slice s = text(c, 0);
    struct buffer b = BUFFER_INIT;
    while (s.len) {
        size_t size;
        go_decode_last_rune(s, &size);
        buffer_add(&b, slice_after(s, s.len - size));
        s.len -= size;
    }
    return give_text(out, buffer_move(&b, c->arena));
}

static size_t rune_offset(struct slice s, size_t runes)
{
    size_t i = 0;
    for (size_t size; i < s.len && runes > 0; i += size, runes--)
        go_decode_rune(slice_after(s, i), &size);
    return i;
}

static bool hcl_substr(const struct hcl_arguments *c, struct value *out)
{
    struct slice s = text(c, 0);
    double from = number(c, 1);
    double length = number(c, 2);
    double total = (double)rune_count(s);
    if (from < 0)
        from = fmax(0, from + total);
    s = slice_after(s, rune_offset(s, (size_t)from));
    return give_text(out, length < 0 ? s : slice_part(s, 0, rune_offset(s, (size_t)length)));
}

static void add_padded(struct buffer *out, struct slice s, struct slice flags)
{
    bool left = slice_starts(flags, SLICE("-"));
    int64_t w = 0;
    go_parse_int(left ? slice_after(flags, 1) : flags, 10, 64, &w);
    size_t pad = w > 0 && (size_t)w > s.len ? (size_t)w - s.len : 0;
    if (!left)
        buffer_add_repeated(out, slice_starts(flags, SLICE("0")) ? '0' : ' ', pad);
    buffer_add(out, s);
    if (left)
        buffer_add_repeated(out, ' ', pad);
}

static bool add_verb(const struct hcl_arguments *c, size_t argument, struct slice flags, char verb, struct buffer *out)
{
    static const struct json_write_options json;
    struct buffer b = BUFFER_INIT;
    struct slice error;
    size_t dot = slice_find_char(flags, '.');
    int64_t precision = verb == 'f' ? 6 : -1;
    if (dot < flags.len)
        go_parse_int(slice_after(flags, dot + 1), 10, 64, &precision);
    if (argument >= c->count)
        return fail(c, "not enough arguments for the format");
    struct value v = c->items[argument];
    bool is_plain = v.kind != VALUE_LIST && v.kind != VALUE_MAP && v.kind != VALUE_NIL;
    if (verb == 'q')
        go_quote(&b, text(c, argument));
    else if (verb == 'f' || verb == 'e' || verb == 'g')
        go_format_float(&b, number(c, argument), verb, (int)precision, 64);
    else if (verb == 'd')
        go_format_int(&b, (int64_t)number(c, argument), 10);
    else if (verb == 'x')
        go_format_int(&b, (int64_t)number(c, argument), 16);
    else if (is_plain)
        buffer_add(&b, text(c, argument));
    else
        json_write(&b, v, &json, c->arena, &error);
    add_padded(out, buffer_slice(&b), slice_part(flags, 0, dot));
    buffer_release(&b);
    return true;
}

static bool format_with(const struct hcl_arguments *c, struct buffer *out)
{
    struct slice rest = text(c, 0);
    size_t argument = 1;
    while (rest.len) {
        size_t percent = slice_find_char(rest, '%');
        buffer_add(out, slice_part(rest, 0, percent));
        if (percent == rest.len)
            break;
        rest = slice_after(rest, percent + 1);
        size_t end = 0;
        while (end < rest.len && strchr("-+0123456789. #", rest.ptr[end]))
            end++;
        if (end == rest.len)
            return fail(c, "the format ends in a percent sign");
        if (rest.ptr[end] == '%')
            buffer_add_char(out, '%');
        else if (!add_verb(c, argument++, slice_part(rest, 0, end), rest.ptr[end], out))
            return false;
        rest = slice_after(rest, end + 1);
    }
    return true;
}

static bool hcl_format(const struct hcl_arguments *c, struct value *out)
{
    struct buffer b = BUFFER_INIT;
    bool ok = format_with(c, &b);
    *out = value_string(buffer_move(&b, c->arena));
    return ok;
}

/* Lists among the arguments are walked in step. */
static bool hcl_formatlist(const struct hcl_arguments *c, struct value *out)
{
    struct list *all = list_new(c->arena, 4);
    uint32_t length = 1;
    for (size_t i = 1; i < c->count; i++) {
        if (c->items[i].kind == VALUE_LIST)
            length = list(c, i)->len;
    }
    for (uint32_t k = 0; k < length; k++) {
        struct value *args = ARENA_ARRAY(c->arena, struct value, c->count);
        struct hcl_arguments one = {c->arena, args, c->count, c->error};
        struct value v;
        for (size_t i = 0; i < c->count; i++) {
            bool is_list = c->items[i].kind == VALUE_LIST;
            if (is_list && list(c, i)->len <= k)
                return fail(c, "the lists must have the same length");
            args[i] = is_list ? list(c, i)->items[k] : c->items[i];
        }
        if (!hcl_format(&one, &v))
            return false;
        list_add(c->arena, all, v);
    }
    *out = value_list(all);
    return true;
}

/* --- regular expressions -------------------------------------------------------------------------------------- */

struct finding {
    struct arena *arena;
    struct slice text;
    size_t groups;
    struct list *found;
};

static struct value group_text(const struct finding *f, const size_t *groups, size_t i)
{
    if (groups[2 * i] == SIZE_MAX)
        return value_nil();
    return value_string(slice_part(f->text, groups[2 * i], groups[2 * i + 1]));
}

/* Without groups a match is its text, with groups the list of theirs. */
static void add_match(void *context, const size_t *groups)
{
    struct finding *f = context;
    if (f->groups == 0) {
        list_add(f->arena, f->found, group_text(f, groups, 0));
        return;
    }
    struct list *parts = list_new(f->arena, (uint32_t)f->groups);
    for (size_t i = 1; i <= f->groups; i++)
        list_add(f->arena, parts, group_text(f, groups, i));
    list_add(f->arena, f->found, value_list(parts));
}

static bool find_all(const struct hcl_arguments *c, int limit, struct list **out)
{
    struct go_regexp *re = go_regexp_compile(c->arena, text(c, 0), c->error);
    if (!re)
        return false;
    struct finding f = {c->arena, text(c, 1), go_regexp_groups(re), list_new(c->arena, 2)};
    go_regexp_find_all(re, f.text, limit, add_match, &f);
    go_regexp_free(re);
    *out = f.found;
    return true;
}

static bool hcl_regex(const struct hcl_arguments *c, struct value *out)
{
    struct list *found;
    if (!find_all(c, 1, &found))
        return false;
    if (found->len == 0)
        return fail(c, "pattern did not match any part of the given string");
    *out = found->items[0];
    return true;
}

static bool hcl_regexall(const struct hcl_arguments *c, struct value *out)
{
    struct list *found;
    if (!find_all(c, -1, &found))
        return false;
    *out = value_list(found);
    return true;
}

/* --- lists ---------------------------------------------------------------------------------------------------- */

static bool has_item(const struct list *l, struct value v)
{
    for (uint32_t i = 0; i < l->len; i++) {
        if (value_deep_equal(l->items[i], v))
            return true;
    }
    return false;
}

static bool hcl_coalesce(const struct hcl_arguments *c, struct value *out)
{
    for (size_t i = 0; i < c->count; i++) {
        if (c->items[i].kind != VALUE_NIL) {
            *out = c->items[i];
            return true;
        }
    }
    return fail(c, "no non-null arguments");
}

static bool hcl_coalescelist(const struct hcl_arguments *c, struct value *out)
{
    for (size_t i = 0; i < c->count; i++) {
        if (c->items[i].kind == VALUE_LIST && list(c, i)->len) {
            *out = c->items[i];
            return true;
        }
    }
    return fail(c, "no non-null, non-empty arguments");
}

static bool hcl_compact(const struct hcl_arguments *c, struct value *out)
{
    struct list *kept = list_new(c->arena, list(c, 0)->len);
    for (uint32_t i = 0; i < list(c, 0)->len; i++) {
        struct value v = list(c, 0)->items[i];
        if (v.kind != VALUE_NIL && !(v.kind == VALUE_STRING && v.len == 0))
            list_add(c->arena, kept, v);
    }
    *out = value_list(kept);
    return true;
}

static bool hcl_concat(const struct hcl_arguments *c, struct value *out)
{
    struct list *all = list_new(c->arena, 4);
    for (size_t i = 0; i < c->count; i++) {
        for (uint32_t k = 0; k < list(c, i)->len; k++)
            list_add(c->arena, all, list(c, i)->items[k]);
    }
    *out = value_list(all);
    return true;
}

static bool hcl_contains(const struct hcl_arguments *c, struct value *out)
{
    *out = value_bool(has_item(list(c, 0), c->items[1]));
    return true;
}

static bool hcl_distinct(const struct hcl_arguments *c, struct value *out)
{
    struct list *kept = list_new(c->arena, list(c, 0)->len);
    for (uint32_t i = 0; i < list(c, 0)->len; i++) {
        if (!has_item(kept, list(c, 0)->items[i]))
            list_add(c->arena, kept, list(c, 0)->items[i]);
    }
    *out = value_list(kept);
    return true;
}

static bool hcl_element(const struct hcl_arguments *c, struct value *out)
{
    const struct list *l = list(c, 0);
    if (l->len == 0 || number(c, 1) < 0)
        return fail(c, "cannot use element function with an empty list or a negative index");
    *out = l->items[(uint32_t)fmod(number(c, 1), l->len)];
    return true;
}

static bool hcl_chunklist(const struct hcl_arguments *c, struct value *out)
{
    const struct list *l = list(c, 0);
    uint32_t size = number(c, 1) > 0 ? (uint32_t)number(c, 1) : l->len;
    struct list *chunks = list_new(c->arena, 4);
    for (uint32_t i = 0; i < l->len; i += size) {
        struct list *chunk = list_new(c->arena, size);
        for (uint32_t k = i; k < l->len && k < i + size; k++)
            list_add(c->arena, chunk, l->items[k]);
        list_add(c->arena, chunks, value_list(chunk));
    }
    *out = value_list(chunks);
    return true;
}

static void flatten(const struct hcl_arguments *c, struct list *out, const struct list *in, int depth)
{
    for (uint32_t i = 0; i < in->len; i++) {
        if (in->items[i].kind == VALUE_LIST && depth < 100)
            flatten(c, out, in->items[i].list, depth + 1);
        else
            list_add(c->arena, out, in->items[i]);
    }
}

static bool hcl_flatten(const struct hcl_arguments *c, struct value *out)
{
    struct list *flat = list_new(c->arena, 4);
    flatten(c, flat, list(c, 0), 0);
    *out = value_list(flat);
    return true;
}

static bool hcl_length(const struct hcl_arguments *c, struct value *out)
{
    struct value v = c->items[0];
    if (v.kind != VALUE_LIST && v.kind != VALUE_MAP)
        return fail(c, "collection must be a list, a map or a tuple");
    return give_number(out, v.kind == VALUE_LIST ? v.list->len : v.map->len);
}

static bool hcl_range(const struct hcl_arguments *c, struct value *out)
{
    double from = c->count > 1 ? number(c, 0) : 0;
    double to = c->count > 1 ? number(c, 1) : number(c, 0);
    double step = c->count > 2 ? number(c, 2) : from <= to ? 1 : -1;
    struct list *numbers = list_new(c->arena, 4);
    if (step == 0)
        return fail(c, "step must not be zero");
    for (double d = from; (step > 0 ? d < to : d > to) && numbers->len < 1024; d += step)
        list_add(c->arena, numbers, hcl_make_number(d));
    *out = value_list(numbers);
    return true;
}

static bool hcl_reverselist(const struct hcl_arguments *c, struct value *out)
{
    struct list *turned = list_new(c->arena, list(c, 0)->len);
    for (uint32_t i = list(c, 0)->len; i-- > 0;)
        list_add(c->arena, turned, list(c, 0)->items[i]);
    *out = value_list(turned);
    return true;
}

static bool hcl_slice(const struct hcl_arguments *c, struct value *out)
{
    const struct list *l = list(c, 0);
    double from = number(c, 1);
    double to = number(c, 2);
    if (from < 0 || to < from || to > l->len)
        return fail(c, "start and end index must lie in the list");
    struct list *part = list_new(c->arena, (uint32_t)(to - from));
    for (uint32_t i = (uint32_t)from; i < (uint32_t)to; i++)
        list_add(c->arena, part, l->items[i]);
    *out = value_list(part);
    return true;
}

static int compare_texts(const void *x, const void *y)
{
    return slice_compare(value_slice(*(const struct value *)x), value_slice(*(const struct value *)y));
}

static struct value sorted(const struct hcl_arguments *c, const struct list *in)
{
    struct list *texts = list_new(c->arena, in->len);
    for (uint32_t i = 0; i < in->len; i++) {
        struct slice s = SLICE("");
        hcl_text(c->arena, in->items[i], &s);
        list_add(c->arena, texts, value_string(s));
    }
    if (texts->len)
        qsort(texts->items, texts->len, sizeof *texts->items, compare_texts);
    return value_list(texts);
}

static bool hcl_sort(const struct hcl_arguments *c, struct value *out)
{
    *out = sorted(c, list(c, 0));
    return true;
}

/* Sets print in order; those of texts are what is met in practice. */
static struct value as_set(const struct hcl_arguments *c, const struct list *in)
{
    struct list *kept = list_new(c->arena, in->len);
    bool texts = true;
    for (uint32_t i = 0; i < in->len; i++) {
        texts = texts && in->items[i].kind == VALUE_STRING;
        if (!has_item(kept, in->items[i]))
            list_add(c->arena, kept, in->items[i]);
    }
    return texts ? sorted(c, kept) : value_list(kept);
}

static bool hcl_setunion(const struct hcl_arguments *c, struct value *out)
{
    struct value all;
    hcl_concat(c, &all);
    *out = as_set(c, all.list);
    return true;
}

static bool combine(const struct hcl_arguments *c, bool wanted, struct value *out)
{
    struct list *kept = list_new(c->arena, list(c, 0)->len);
    for (uint32_t i = 0; i < list(c, 0)->len; i++) {
        bool fits = true;
        for (size_t k = 1; k < c->count; k++)
            fits = fits && has_item(list(c, k), list(c, 0)->items[i]) == wanted;
        if (fits)
            list_add(c->arena, kept, list(c, 0)->items[i]);
    }
    *out = as_set(c, kept);
    return true;
}

static bool hcl_setintersection(const struct hcl_arguments *c, struct value *out)
{
    return combine(c, true, out);
}

static bool hcl_setsubtract(const struct hcl_arguments *c, struct value *out)
{
    return combine(c, false, out);
}

/* --- objects -------------------------------------------------------------------------------------------------- */

static bool hcl_keys(const struct hcl_arguments *c, struct value *out)
{
    const struct map *m = c->items[0].map;
    struct list *keys = list_new(c->arena, m->len);
    for (uint32_t i = 0; i < m->len; i++)
        list_add(c->arena, keys, value_string(m->entries[i].key));
    *out = value_list(keys);
    return true;
}

static bool hcl_values(const struct hcl_arguments *c, struct value *out)
{
    const struct map *m = c->items[0].map;
    struct list *values = list_new(c->arena, m->len);
    for (uint32_t i = 0; i < m->len; i++)
        list_add(c->arena, values, m->entries[i].value);
    *out = value_list(values);
    return true;
}

static bool hcl_lookup(const struct hcl_arguments *c, struct value *out)
{
    const struct value *found = map_find(c->items[0].map, text(c, 1));
    if (!found && c->count < 3)
        return fail(c, "lookup failed to find key");
    *out = found ? *found : c->items[2];
    return true;
}

static bool hcl_merge(const struct hcl_arguments *c, struct value *out)
{
    struct map *all = map_new(c->arena, 4);
    for (size_t i = 0; i < c->count; i++) {
        if (c->items[i].kind == VALUE_NIL)
            continue;
        if (c->items[i].kind != VALUE_MAP)
            return fail(c, "arguments must be maps or objects");
        for (uint32_t k = 0; k < c->items[i].map->len; k++)
            map_set(all, c->items[i].map->entries[k].key, c->items[i].map->entries[k].value);
    }
    *out = value_map(all);
    return true;
}

static bool hcl_zipmap(const struct hcl_arguments *c, struct value *out)
{
    struct map *all = map_new(c->arena, list(c, 0)->len);
    if (list(c, 0)->len != list(c, 1)->len)
        return fail(c, "number of keys does not match number of values");
    for (uint32_t i = 0; i < list(c, 0)->len; i++) {
        struct slice key = SLICE("");
        hcl_text(c->arena, list(c, 0)->items[i], &key);
        map_set(all, key, list(c, 1)->items[i]);
    }
    *out = value_map(all);
    return true;
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
    return json_read(c->arena, NULL, text(c, 0), out, c->error, NULL);
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
    if (yaml_read(c->arena, NULL, text(c, 0), &options, out, &error))
        return true;
    *c->error = error.message;
    return false;
}

/* --- the table ------------------------------------------------------------------------------------------------ */

struct row {
    const char *name;
    const char *arguments;
    bool (*run)(const struct hcl_arguments *c, struct value *out);
};

static const struct row rows[] = {
    {"abs", "n", hcl_abs},
    {"ceil", "n", hcl_ceil},
    {"chomp", "s", hcl_chomp},
    {"chunklist", "ln", hcl_chunklist},
    {"coalesce", "a*", hcl_coalesce},
    {"coalescelist", "a*", hcl_coalescelist},
    {"compact", "l", hcl_compact},
    {"concat", "l*", hcl_concat},
    {"contains", "la", hcl_contains},
    {"distinct", "l", hcl_distinct},
    {"element", "ln", hcl_element},
    {"flatten", "l", hcl_flatten},
    {"floor", "n", hcl_floor},
    {"format", "sa*", hcl_format},
    {"formatlist", "sa*", hcl_formatlist},
    {"indent", "ns", hcl_indent},
    {"int", "n", hcl_int},
    {"join", "sa*", hcl_join},
    {"jsondecode", "s", hcl_jsondecode},
    {"jsonencode", "a", hcl_jsonencode},
    {"keys", "m", hcl_keys},
    {"length", "a", hcl_length},
    {"log", "nn", hcl_log},
    {"lookup", "msa?", hcl_lookup},
    {"lower", "s", hcl_lower},
    {"max", "n*", hcl_max},
    {"merge", "a*", hcl_merge},
    {"min", "n*", hcl_min},
    {"parseint", "sn", hcl_parseint},
    {"pow", "nn", hcl_pow},
    {"range", "n*", hcl_range},
    {"regex", "ss", hcl_regex},
    {"regexall", "ss", hcl_regexall},
    {"reverselist", "l", hcl_reverselist},
    {"setintersection", "l*", hcl_setintersection},
    {"setsubtract", "ll", hcl_setsubtract},
    {"setunion", "l*", hcl_setunion},
    {"signum", "n", hcl_signum},
    {"slice", "lnn", hcl_slice},
    {"sort", "l", hcl_sort},
    {"split", "ss", hcl_split},
    {"strlen", "s", hcl_strlen},
    {"strrev", "s", hcl_strrev},
    {"substr", "snn", hcl_substr},
    {"title", "s", hcl_title},
    {"trim", "ss", hcl_trim},
    {"trimprefix", "ss", hcl_trimprefix},
    {"trimspace", "s", hcl_trimspace},
    {"trimsuffix", "ss", hcl_trimsuffix},
    {"upper", "s", hcl_upper},
    {"values", "m", hcl_values},
    {"yamldecode", "s", hcl_yamldecode},
    {"yamlencode", "a", hcl_yamlencode},
    {"zipmap", "ll", hcl_zipmap},
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

static bool check(const struct row *row, const struct hcl_arguments *c)
{
    size_t length = strlen(row->arguments);
    bool repeats = row->arguments[length - 1] == '*';
    bool optional = row->arguments[length - 1] == '?';
    size_t kinds = length - (repeats || optional);
    if (c->count < kinds - (repeats || optional) || (!repeats && c->count > kinds))
        return fail(c, "wrong number of arguments");
    for (size_t i = 0; i < c->count; i++) {
        if (!fits(c->arena, c->items[i], row->arguments[i < kinds ? i : kinds - 1]))
            return fail(c, "an argument is of the wrong type");
    }
    return true;
}

bool hcl_call(struct arena *a, struct slice name, const struct value *args, size_t count, struct value *out,
              struct slice *error)
{
    struct hcl_arguments c = {a, args, count, error};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (slice_is(name, rows[i].name))
            return check(&rows[i], &c) && rows[i].run(&c, out);
    }
    return fail(&c, "there is no such function here");
}

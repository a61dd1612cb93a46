/*
 * hcl_text_funcs.c - functions of HCL that work on texts
 */
#include "helmfile/hcl_funcs.h"

#include "codec/json_write.h"
#include "golang/regexp.h"
#include "golang/strconv.h"
#include "golang/unicode.h"

/* --- texts ---------------------------------------------------------------------------------------------------- */

static bool hcl_lower(const struct hcl_arguments *c, struct value *out)
{
    struct buffer b = BUFFER_INIT;
    go_lower(&b, hcl_text_at(c, 0));
    return hcl_give_text(out, buffer_move(&b, c->arena));
}

static bool hcl_upper(const struct hcl_arguments *c, struct value *out)
{
    struct buffer b = BUFFER_INIT;
    go_upper(&b, hcl_text_at(c, 0));
    return hcl_give_text(out, buffer_move(&b, c->arena));
}

static bool hcl_title(const struct hcl_arguments *c, struct value *out)
{
    struct slice s = hcl_text_at(c, 0);
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
    return hcl_give_text(out, buffer_move(&b, c->arena));
}

static bool hcl_chomp(const struct hcl_arguments *c, struct value *out)
{
    struct slice s = hcl_text_at(c, 0);
    while (s.len && strchr("\r\n", s.ptr[s.len - 1]))
        s.len--;
    return hcl_give_text(out, s);
}

static bool hcl_trimspace(const struct hcl_arguments *c, struct value *out)
{
    return hcl_give_text(out, go_trim_space(hcl_text_at(c, 0)));
}

static bool is_one_of(char byte, struct slice set)
{
    return slice_find_char(set, byte) < set.len;
}

static bool hcl_trim(const struct hcl_arguments *c, struct value *out)
{
    struct slice s = hcl_text_at(c, 0);
    struct slice set = hcl_text_at(c, 1);
    while (s.len && is_one_of(s.ptr[0], set))
        s = slice_after(s, 1);
    while (s.len && is_one_of(s.ptr[s.len - 1], set))
        s.len--;
    return hcl_give_text(out, s);
}

static bool hcl_trimprefix(const struct hcl_arguments *c, struct value *out)
{
    struct slice s = hcl_text_at(c, 0);
    return hcl_give_text(out, slice_starts(s, hcl_text_at(c, 1)) ? slice_after(s, hcl_text_at(c, 1).len) : s);
}

static bool hcl_trimsuffix(const struct hcl_arguments *c, struct value *out)
{
    struct slice s = hcl_text_at(c, 0);
    return hcl_give_text(out, slice_ends(s, hcl_text_at(c, 1)) ? slice_part(s, 0, s.len - hcl_text_at(c, 1).len) : s);
}

static bool hcl_indent(const struct hcl_arguments *c, struct value *out)
{
    struct slice rest = hcl_text_at(c, 1);
    struct slice line;
    struct buffer b = BUFFER_INIT;
    for (bool first = true; slice_next_piece(&rest, '\n', &line); first = false) {
        if (!first) {
            buffer_add_char(&b, '\n');
            buffer_add_repeated(&b, ' ', hcl_number_at(c, 0) > 0 ? (size_t)hcl_number_at(c, 0) : 0);
        }
        buffer_add(&b, line);
    }
    return hcl_give_text(out, buffer_move(&b, c->arena));
}

static bool hcl_join(const struct hcl_arguments *c, struct value *out)
{
    struct buffer b = BUFFER_INIT;
    bool first = true;
    for (size_t i = 1; i < c->count; i++) {
        if (c->items[i].kind != VALUE_LIST)
            return hcl_refuse(c, "a list of texts is required");
        for (uint32_t k = 0; k < hcl_list_at(c, i)->len; k++, first = false) {
            struct slice s = SLICE("");
            hcl_text(c->arena, hcl_list_at(c, i)->items[k], &s);
            buffer_add(&b, first ? SLICE("") : hcl_text_at(c, 0));
            buffer_add(&b, s);
        }
    }
    return hcl_give_text(out, buffer_move(&b, c->arena));
}

static bool hcl_split(const struct hcl_arguments *c, struct value *out)
{
    struct slice separator = hcl_text_at(c, 0);
    struct slice rest = hcl_text_at(c, 1);
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
    return hcl_give_number(out, (double)rune_count(hcl_text_at(c, 0)));
}

static bool hcl_strrev(const struct hcl_arguments *c, struct value *out)
{
    struct slice s = hcl_text_at(c, 0);
    struct buffer b = BUFFER_INIT;
    while (s.len) {
        size_t size;
        go_decode_last_rune(s, &size);
        buffer_add(&b, slice_after(s, s.len - size));
        s.len -= size;
    }
    return hcl_give_text(out, buffer_move(&b, c->arena));
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
    struct slice s = hcl_text_at(c, 0);
    double from = hcl_number_at(c, 1);
    double length = hcl_number_at(c, 2);
    double total = (double)rune_count(s);
    if (from < 0)
        from = fmax(0, from + total);
    s = slice_after(s, rune_offset(s, (size_t)from));
    return hcl_give_text(out, length < 0 ? s : slice_part(s, 0, rune_offset(s, (size_t)length)));
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
        return hcl_refuse(c, "not enough arguments for the format");
    struct value v = c->items[argument];
    bool is_plain = v.kind != VALUE_LIST && v.kind != VALUE_MAP && v.kind != VALUE_NIL;
    if (verb == 'q')
        go_quote(&b, hcl_text_at(c, argument));
    else if (verb == 'f' || verb == 'e' || verb == 'g')
        go_format_float(&b, hcl_number_at(c, argument), verb, (int)precision, 64);
    else if (verb == 'd')
        go_format_int(&b, (int64_t)hcl_number_at(c, argument), 10);
    else if (verb == 'x')
        go_format_int(&b, (int64_t)hcl_number_at(c, argument), 16);
    else if (is_plain)
        buffer_add(&b, hcl_text_at(c, argument));
    else
        json_write(&b, v, &json, c->arena, &error);
    add_padded(out, buffer_slice(&b), slice_part(flags, 0, dot));
    buffer_release(&b);
    return true;
}

static bool format_with(const struct hcl_arguments *c, struct buffer *out)
{
    struct slice rest = hcl_text_at(c, 0);
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
            return hcl_refuse(c, "the format ends in a percent sign");
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
            length = hcl_list_at(c, i)->len;
    }
    for (uint32_t k = 0; k < length; k++) {
        struct value *args = ARENA_ARRAY(c->arena, struct value, c->count);
        struct hcl_arguments one = {c->arena, args, c->count, c->error};
        struct value v;
        for (size_t i = 0; i < c->count; i++) {
            bool is_list = c->items[i].kind == VALUE_LIST;
            if (is_list && hcl_list_at(c, i)->len <= k)
                return hcl_refuse(c, "the lists must have the same length");
            args[i] = is_list ? hcl_list_at(c, i)->items[k] : c->items[i];
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
    struct go_regexp *re = go_regexp_compile(c->arena, hcl_text_at(c, 0), c->error);
    if (!re)
        return false;
    struct finding f = {c->arena, hcl_text_at(c, 1), go_regexp_groups(re), list_new(c->arena, 2)};
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
        return hcl_refuse(c, "pattern did not match any part of the given string");
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

const struct hcl_row hcl_text_rows[] = {
    {"chomp", "s", hcl_chomp},
    {"format", "sa*", hcl_format},
    {"formatlist", "sa*", hcl_formatlist},
    {"indent", "ns", hcl_indent},
    {"join", "sa*", hcl_join},
    {"lower", "s", hcl_lower},
    {"regex", "ss", hcl_regex},
    {"regexall", "ss", hcl_regexall},
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
    {NULL, NULL, NULL},
};

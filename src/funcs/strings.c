/*
 * strings.c - cutting, padding, replacing, quoting, splitting and joining strings
 *
 * These are sprig's functions over Go's strings package and Masterminds' goutils: they count bytes, not characters,
 * and so may cut a character in two. A result that is a part of an argument shares its bytes; any other is made once,
 * at its final size, in the call's arena.
 */
#include "funcs/groups.h"

#include "base/limits.h"
#include "golang/strconv.h"
#include "golang/unicode.h"
#include "value/convert.h"
#include "value/format.h"

static struct slice arg_text(const struct call *call, int index)
{
    return value_slice(call->args[index]);
}

static bool give_text(struct value *out, struct slice s)
{
    *out = value_string(s);
    return true;
}

/* Whether a text of `count` parts of `len` bytes and `more` bytes is small enough to be made. */
static bool check_size(struct call *call, size_t count, size_t len, size_t more)
{
    size_t limit = LIMIT_RENDERED_OUTPUT;
    if (more > limit || (len && count > (limit - more) / len))
        return call_error(call, "runtime error: makeslice: len out of range");
    return true;
}

/* --- trimming and cutting ------------------------------------------------------------------------------------- */

static bool fn_trim(struct call *call, struct value *out)
{
    return give_text(out, go_trim_space(arg_text(call, 0)));
}

static bool rune_in(struct slice set, uint32_t rune)
{
    while (set.len) {
        size_t size;
        if (go_decode_rune(set, &size) == rune)
            return true;
        set = slice_after(set, size);
    }
    return false;
}

/* strings.Trim; a byte that is no UTF-8 counts as U+FFFD on both sides. */
static bool fn_trimAll(struct call *call, struct value *out)
{
    struct slice set = arg_text(call, 0);
    struct slice s = arg_text(call, 1);
    size_t size;
    while (s.len && rune_in(set, go_decode_rune(s, &size)))
        s = slice_after(s, size);
    while (s.len && rune_in(set, go_decode_last_rune(s, &size)))
        s.len -= size;
    return give_text(out, s);
}

static bool fn_trimPrefix(struct call *call, struct value *out)
{
    struct slice prefix = arg_text(call, 0);
    struct slice s = arg_text(call, 1);
    return give_text(out, slice_starts(s, prefix) ? slice_after(s, prefix.len) : s);
}

static bool fn_trimSuffix(struct call *call, struct value *out)
{
    struct slice suffix = arg_text(call, 0);
    struct slice s = arg_text(call, 1);
    return give_text(out, slice_ends(s, suffix) ? slice_part(s, 0, s.len - suffix.len) : s);
}

/* goutils.DeleteWhiteSpace takes each byte for a character: what is beyond ASCII comes out as if it had been Latin-1,
   but only where something was deleted. */
static bool fn_nospace(struct call *call, struct value *out)
{
    struct slice s = arg_text(call, 0);
    struct buffer text = BUFFER_INIT;
    size_t kept = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (go_is_space(c))
            continue;
        buffer_add_rune(&text, c);
        kept++;
    }
    if (kept == s.len) {
        buffer_release(&text);
        return give_text(out, s);
    }
    return give_text(out, buffer_move(&text, call->arena));
}

static bool fn_trunc(struct call *call, struct value *out)
{
    int64_t count = call->args[0].i;
    struct slice s = arg_text(call, 1);
    int64_t len = (int64_t)s.len;
    if (count < 0 && count > -len)
        s = slice_after(s, (size_t)(len + count));
    else if (count >= 0 && len > count)
        s.len = (size_t)count;
    return give_text(out, s);
}

/* s[from:to] as Go checks it. */
static bool cut(struct call *call, struct slice s, int64_t from, int64_t to, struct value *out)
{
    if (to < 0)
        return call_error(call, "runtime error: slice bounds out of range [:%lld]", (long long)to);
    if (to > (int64_t)s.len)
        return call_error(call, "runtime error: slice bounds out of range [:%lld] with length %zu", (long long)to,
                          s.len);
    if (from > to)
        return call_error(call, "runtime error: slice bounds out of range [%lld:%lld]", (long long)from,
                          (long long)to);
    return give_text(out, slice_part(s, (size_t)from, (size_t)to));
}

static bool fn_substr(struct call *call, struct value *out)
{
    int64_t from = call->args[0].i;
    int64_t to = call->args[1].i;
    struct slice s = arg_text(call, 2);
    if (from < 0)
        return cut(call, s, 0, to, out);
    if (to < 0 || to > (int64_t)s.len)
        to = (int64_t)s.len;
    return cut(call, s, from, to, out);
}

/* The text with "..." before it, after it, or both. */
static bool give_dotted(struct call *call, bool before, struct slice s, bool after, struct value *out)
{
    struct slice dots = SLICE("...");
    if (before)
        s = arena_concat(call->arena, dots, s);
    if (after)
        s = arena_concat(call->arena, s, dots);
    return give_text(out, s);
}

/* goutils.AbbreviateFull: at most `width` bytes, dots included, of which byte `offset` should be seen. */
static bool abbreviate(struct call *call, struct slice s, int64_t offset, int64_t width, struct value *out)
{
    int64_t len = (int64_t)s.len;
    if (len <= width)
        return give_text(out, s);
    if (offset > len)
        offset = len;
    if (offset > len - (width - 3))
        offset = len - (width - 3);
    if (offset <= 4)
        return give_dotted(call, false, slice_part(s, 0, (size_t)(width - 3)), true, out);
    if (offset + width - 3 < len)
        return give_dotted(call, true, slice_part(s, (size_t)offset, (size_t)(offset + width - 6)), true, out);
    return give_dotted(call, true, slice_after(s, (size_t)(len - (width - 3))), false, out);
}

static bool fn_abbrev(struct call *call, struct value *out)
{
    int64_t width = call->args[0].i;
    struct slice s = arg_text(call, 1);
    return width < 4 ? give_text(out, s) : abbreviate(call, s, 0, width, out);
}

static bool fn_abbrevboth(struct call *call, struct value *out)
{
    int64_t left = call->args[0].i;
    int64_t right = call->args[1].i;
    struct slice s = arg_text(call, 2);
    if (right < 4 || (left > 0 && right < 7))
        return give_text(out, s);
    return abbreviate(call, s, left, right, out);
}

/* --- padding and replacing ------------------------------------------------------------------------------------ */

static bool fn_repeat(struct call *call, struct value *out)
{
    int64_t count = call->args[0].i;
    struct slice s = arg_text(call, 1);
    if (count < 0)
        return call_error(call, "strings: negative Repeat count");
    if (s.len && count > INT64_MAX / (int64_t)s.len)
        return call_error(call, "strings: Repeat output length overflow");
    if (!check_size(call, (size_t)count, s.len, 0))
        return false;
    size_t len = (size_t)count * s.len;
    char *text = arena_alloc(call->arena, len + 1);
    for (size_t at = 0; at < len; at += s.len)
        memcpy(text + at, s.ptr, s.len);
    return give_text(out, slice_of(text, len));
}

static size_t count_char(struct slice s, char c)
{
    size_t count = 0;
    while (s.len) {
        size_t at = slice_find_char(s, c);
        if (at == s.len)
            break;
        count++;
        s = slice_after(s, at + 1);
    }
    return count;
}

/* Writes the text with `pad` spaces at the start of each line, the one after a final newline included. */
static void write_indented(char *to, struct slice s, size_t pad)
{
    for (;;) {
        memset(to, ' ', pad);
        to += pad;
        size_t at = slice_find_char(s, '\n');
        size_t len = at < s.len ? at + 1 : s.len;
        if (len)
            memcpy(to, s.ptr, len);
        to += len;
        if (at == s.len)
            return;
        s = slice_after(s, len);
    }
}

static bool indent(struct call *call, bool newline_first, struct value *out)
{
    int64_t spaces = call->args[0].i;
    struct slice s = arg_text(call, 1);
    if (spaces < 0)
        return call_error(call, "strings: negative Repeat count");
    size_t pad = (size_t)spaces;
    size_t lines = count_char(s, '\n') + 1;
    if (!check_size(call, lines, pad, s.len + newline_first))
        return false;
    size_t len = newline_first + lines * pad + s.len;
    char *text = arena_alloc(call->arena, len + 1);
    if (newline_first)
        text[0] = '\n';
    write_indented(text + newline_first, s, pad);
    return give_text(out, slice_of(text, len));
}

static bool fn_indent(struct call *call, struct value *out)
{
    return indent(call, false, out);
}

static bool fn_nindent(struct call *call, struct value *out)
{
    return indent(call, true, out);
}

static char *put(char *to, struct slice s)
{
    if (s.len)
        memcpy(to, s.ptr, s.len);
    return to + s.len;
}

/* An empty `old` stands before each character and at the end. */
static bool replace_empty(struct call *call, struct slice with, struct slice s, struct value *out)
{
    size_t count = go_rune_count(s) + 1;
    if (!check_size(call, count, with.len, s.len))
        return false;
    size_t len = count * with.len + s.len;
    char *text = arena_alloc(call->arena, len + 1);
    char *to = put(text, with);
    while (s.len) {
        size_t size;
        go_decode_rune(s, &size);
        to = put(to, slice_part(s, 0, size));
        to = put(to, with);
        s = slice_after(s, size);
    }
    return give_text(out, slice_of(text, len));
}

static size_t count_parts(struct slice s, struct slice part)
{
    size_t count = 0;
    for (size_t at = slice_find(s, part); at < s.len; at = slice_find(s, part)) {
        count++;
        s = slice_after(s, at + part.len);
    }
    return count;
}

static bool fn_replace(struct call *call, struct value *out)
{
    struct slice old = arg_text(call, 0);
    struct slice with = arg_text(call, 1);
    struct slice s = arg_text(call, 2);
    if (old.len == 0)
        return replace_empty(call, with, s, out);
    size_t count = count_parts(s, old);
    if (count == 0)
        return give_text(out, s);
    if (!check_size(call, count, with.len, s.len))
        return false;
    size_t len = s.len - count * old.len + count * with.len;
    char *text = arena_alloc(call->arena, len + 1);
    char *to = text;
    for (size_t i = 0; i < count; i++) {
        size_t at = slice_find(s, old);
        to = put(to, slice_part(s, 0, at));
        to = put(to, with);
        s = slice_after(s, at + old.len);
    }
    put(to, s);
    return give_text(out, slice_of(text, len));
}

/* --- tests ---------------------------------------------------------------------------------------------------- */

static bool fn_contains(struct call *call, struct value *out)
{
    struct slice part = arg_text(call, 0);
    struct slice s = arg_text(call, 1);
    *out = value_bool(part.len == 0 || slice_find(s, part) < s.len);
    return true;
}

static bool fn_hasPrefix(struct call *call, struct value *out)
{
    *out = value_bool(slice_starts(arg_text(call, 1), arg_text(call, 0)));
    return true;
}

static bool fn_hasSuffix(struct call *call, struct value *out)
{
    *out = value_bool(slice_ends(arg_text(call, 1), arg_text(call, 0)));
    return true;
}

/* --- quoting and printing ------------------------------------------------------------------------------------- */

/* Whether Go's %q writes the bytes as they are. */
static bool quotes_plainly(struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c < ' ' || c > '~' || c == '"' || c == '\\')
            return false;
    }
    return true;
}

/* The one text between two marks: what quote and squote are nearly always asked for. */
static bool give_between(struct call *call, char mark, struct slice s, struct value *out)
{
    char *text = arena_alloc(call->arena, s.len + 3);
    text[0] = mark;
    put(text + 1, s);
    text[s.len + 1] = mark;
    text[s.len + 2] = '\0';
    return give_text(out, slice_of(text, s.len + 2));
}

static bool fn_quote(struct call *call, struct value *out)
{
    if (call->count == 1 && value_is_string(call->args[0]) && quotes_plainly(arg_text(call, 0)))
        return give_between(call, '"', arg_text(call, 0), out);
    struct buffer text = BUFFER_INIT;
    for (int i = 0; i < call->count; i++) {
        if (call->args[i].kind == VALUE_NIL)
            continue;
        if (text.len)
            buffer_add_char(&text, ' ');
        go_quote(&text, convert_text(call->arena, call->args[i]));
    }
    return give_text(out, buffer_move(&text, call->arena));
}

static bool fn_squote(struct call *call, struct value *out)
{
    if (call->count == 1 && value_is_string(call->args[0]))
        return give_between(call, '\'', arg_text(call, 0), out);
    struct buffer text = BUFFER_INIT;
    for (int i = 0; i < call->count; i++) {
        if (call->args[i].kind == VALUE_NIL)
            continue;
        buffer_add_text(&text, text.len ? " '" : "'");
        format_value(&text, call->args[i]);
        buffer_add_char(&text, '\'');
    }
    return give_text(out, buffer_move(&text, call->arena));
}

static bool fn_cat(struct call *call, struct value *out)
{
    struct buffer text = BUFFER_INIT;
    bool first = true;
    for (int i = 0; i < call->count; i++) {
        if (call->args[i].kind == VALUE_NIL)
            continue;
        if (!first)
            buffer_add_char(&text, ' ');
        format_value(&text, call->args[i]);
        first = false;
    }
    return give_text(out, buffer_move(&text, call->arena));
}

static bool fn_toString(struct call *call, struct value *out)
{
    return give_text(out, convert_text(call->arena, call->args[0]));
}

static bool fn_plural(struct call *call, struct value *out)
{
    return give_text(out, arg_text(call, call->args[2].i == 1 ? 0 : 1));
}

static bool fn_hello(struct call *call, struct value *out)
{
    (void)call;
    return give_text(out, SLICE("Hello!"));
}

/* --- splitting and joining ------------------------------------------------------------------------------------ */

/* Cuts the first piece off *rest: up to the separator, or one character where that is empty. */
static struct slice cut_piece(struct slice *rest, struct slice separator)
{
    size_t size;
    struct slice piece;
    if (separator.len == 0) {
        go_decode_rune(*rest, &size);
        piece = slice_part(*rest, 0, size);
        *rest = slice_after(*rest, size);
    } else {
        size = slice_find(*rest, separator);
        piece = slice_part(*rest, 0, size);
        *rest = slice_after(*rest, size + separator.len);
    }
    return piece;
}

/* strings.SplitN into a []string: at most `limit` pieces, the last with all the rest; all where it is negative. */
static struct list *split_text(struct arena *a, struct slice separator, int64_t limit, struct slice s)
{
    size_t most = separator.len ? count_parts(s, separator) + 1 : go_rune_count(s);
    if (limit >= 0 && (uint64_t)limit < most)
        most = (size_t)limit;
    struct list *list = list_new(a, (uint32_t)most);
    for (size_t i = 1; i < most; i++)
        list_add(a, list, value_string(cut_piece(&s, separator)));
    if (most)
        list_add(a, list, value_string(s));
    return list;
}

static bool fn_splitList(struct call *call, struct value *out)
{
    *out = value_list_as(GO_STRINGS, split_text(call->arena, arg_text(call, 0), -1, arg_text(call, 1)));
    return true;
}

/* The map _0, _1, … of the pieces. */
static bool give_numbered(struct call *call, const struct list *pieces, struct value *out)
{
    struct map *map = map_new(call->arena, pieces->len);
    for (uint32_t i = 0; i < pieces->len; i++)
        map_append(map, arena_printf(call->arena, "_%u", i), pieces->items[i]);
    map_sort(map, NULL, NULL);
    *out = value_map_as(GO_STRING_MAP, map);
    return true;
}

static bool fn_split(struct call *call, struct value *out)
{
    return give_numbered(call, split_text(call->arena, arg_text(call, 0), -1, arg_text(call, 1)), out);
}

static bool fn_splitn(struct call *call, struct value *out)
{
    struct slice separator = arg_text(call, 0);
    return give_numbered(call, split_text(call->arena, separator, call->args[1].i, arg_text(call, 2)), out);
}

static bool fn_join(struct call *call, struct value *out)
{
    struct slice separator = arg_text(call, 0);
    struct value strings = convert_strings(call->arena, call->args[1]);
    const struct list *list = strings.list;
    if (list->len == 0)
        return give_text(out, slice_of("", 0));
    size_t len = 0;
    for (uint32_t i = 0; i < list->len; i++)
        len += list->items[i].len;
    if (!check_size(call, list->len, separator.len, len))
        return false;
    len += (list->len - 1) * separator.len;
    char *text = arena_alloc(call->arena, len + 1);
    char *to = put(text, value_slice(list->items[0]));
    for (uint32_t i = 1; i < list->len; i++) {
        to = put(to, separator);
        to = put(to, value_slice(list->items[i]));
    }
    return give_text(out, slice_of(text, len));
}

static bool fn_toStrings(struct call *call, struct value *out)
{
    *out = convert_strings(call->arena, call->args[0]);
    return true;
}

/* Merges two neighbouring sorted runs. */
static void merge_runs(const struct value *from, struct value *to, size_t left, size_t middle, size_t right)
{
    size_t i = left;
    size_t j = middle;
    for (size_t k = left; k < right; k++) {
        if (i < middle && (j >= right || slice_compare(value_slice(from[i]), value_slice(from[j])) <= 0))
            to[k] = from[i++];
        else
            to[k] = from[j++];
    }
}

/* A merge sort from short runs to long ones; the items stay where other lists may look at them, too. */
static void sort_strings(struct arena *a, struct list *list)
{
    struct value *from = list->items;
    struct value *to = arena_alloc(a, list->len * sizeof *to);
    for (size_t width = 1; width < list->len; width *= 2) {
        for (size_t left = 0; left < list->len; left += 2 * width) {
            size_t middle = left + width < list->len ? left + width : list->len;
            size_t right = left + 2 * width < list->len ? left + 2 * width : list->len;
            merge_runs(from, to, left, middle, right);
        }
        struct value *swap = from;
        from = to;
        to = swap;
    }
    if (from != list->items)
        memcpy(list->items, from, list->len * sizeof *from);
}

/* sprig sorts a []string in place, which its owner sees; every other list is copied first. */
static bool fn_sortAlpha(struct call *call, struct value *out)
{
    struct value v = call->args[0];
    if (strcmp(value_kind_name(v), "slice") != 0) {
        struct slice text = convert_text(call->arena, v);
        *out = list_of_strings(call->arena, &text, 1);
        return true;
    }
    *out = convert_strings(call->arena, v);
    if (out->list->flags & VALUE_FROZEN && !(out->list->flags & VALUE_NIL_REF))
        *out = value_thaw(call->arena, *out);
    if (out->list->len > 1)
        sort_strings(call->arena, out->list);
    return true;
}

const struct function functions_strings[] = {
    {"trim", "s", fn_trim, "Without white space at both ends.", "trim \"  a b \"", "a b"},
    {"trimAll", "ss", fn_trimAll, "Without the given characters at both ends.", "trimAll \"$\" \"$5.00$\"", "5.00"},
    {"trimall", "ss", fn_trimAll, "The same as trimAll.", "trimall \"$\" \"$5.00$\"", "5.00"},
    {"trimPrefix", "ss", fn_trimPrefix, "Without the prefix, if it is there.", "trimPrefix \"v\" \"v1.2\"", "1.2"},
    {"trimSuffix", "ss", fn_trimSuffix, "Without the suffix, if it is there.", "trimSuffix \"-\" \"web-\"", "web"},
    {"nospace", "s", fn_nospace, "Without any white space.", "nospace \"a b c\"", "abc"},
    {"trunc", "is", fn_trunc, "The first n bytes, or the last -n.", "trunc 5 \"hello world\"", "hello"},
    {"substr", "iis", fn_substr, "The bytes from start up to, not including, end.", "substr 0 5 \"hello world\"",
     "hello"},
    {"abbrev", "is", fn_abbrev, "At most n bytes, with dots for what is left out.", "abbrev 8 \"hello world\"",
     "hello..."},
    {"abbrevboth", "iis", fn_abbrevboth, "Shortened with dots on both sides.", "abbrevboth 5 10 \"1234 5678 9123\"",
     "...5678..."},
    {"repeat", "is", fn_repeat, "The text n times.", "repeat 3 \"ab\"", "ababab"},
    {"indent", "is", fn_indent, "Every line indented by n spaces.", "indent 2 \"a\\nb\"", "  a\n  b"},
    {"nindent", "is", fn_nindent, "A new line, then every line indented by n spaces.", "nindent 2 \"a\"", "\n  a"},
    {"replace", "sss", fn_replace, "Every old text replaced by the new one.", "replace \" \" \"-\" \"a b c\"",
     "a-b-c"},
    {"contains", "ss", fn_contains, "Whether the first text occurs in the second.", "contains \"ell\" \"hello\"",
     "true"},
    {"hasPrefix", "ss", fn_hasPrefix, "Whether the second text begins with the first.", "hasPrefix \"he\" \"hello\"",
     "true"},
    {"hasSuffix", "ss", fn_hasSuffix, "Whether the second text ends with the first.", "hasSuffix \"lo\" \"hello\"",
     "true"},
    {"quote", "a*", fn_quote, "Each value in double quotes, escaped as in Go.", "quote \"a\" 1", "\"a\" \"1\""},
    {"squote", "a*", fn_squote, "Each value in single quotes.", "squote \"a\" 1", "'a' '1'"},
    {"cat", "a*", fn_cat, "The values with a space between them.", "cat \"a\" 1 true", "a 1 true"},
    {"toString", "a", fn_toString, "The value as a string.", "toString 1.5", "1.5"},
    {"plural", "ssi", fn_plural, "The first text for the number 1, else the second.", "plural \"pod\" \"pods\" 2",
     "pods"},
    {"hello", "", fn_hello, "A greeting.", "hello", "Hello!"},
    {"split", "ss", fn_split, "The pieces between separators as a map _0, _1, ….", "(split \"/\" \"a/b\")._1", "b"},
    {"splitn", "sis", fn_splitn, "As split, at most n pieces.", "(splitn \"/\" 2 \"a/b/c\")._1", "b/c"},
    {"splitList", "ss", fn_splitList, "The pieces between separators as a list.", "splitList \",\" \"a,b\"", "[a b]"},
    {"join", "sa", fn_join, "The items as one string, with a separator between them.", "list 1 2 | join \"-\"", "1-2"},
    {"toStrings", "a", fn_toStrings, "The items as strings.", "toStrings (list 1 2)", "[1 2]"},
    {"sortAlpha", "a", fn_sortAlpha, "The items as strings, sorted.", "list \"b\" \"a\" | sortAlpha", "[a b]"},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};

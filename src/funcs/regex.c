/*
 * regex.c - functions on regular expressions
 *
 * The must… forms fail with the error of the expression, the others with Go's panic about it, but for regexMatch,
 * which is just false. Compiled expressions are kept by the release in its host.
 */
#include "funcs/groups.h"
#include "golang/regexp.h"
#include "golang/strconv.h"

static struct go_regexp *compile(struct call *call, struct slice pattern, struct slice *error)
{
    if (!call->host->regexps)
        call->host->regexps = regexp_cache_new();
    return regexp_cache_get(call->host->regexps, pattern, call->arena, error);
}

static bool is_must(const struct call *call)
{
    return call->name[0] == 'm';
}

/* The expression of the first argument; null after call_error. */
static struct go_regexp *regexp_argument(struct call *call)
{
    struct slice pattern = value_slice(call->args[0]);
    struct slice error;
    struct go_regexp *re = compile(call, pattern, &error);
    if (re)
        return re;
    if (is_must(call)) {
        call_error_slice(call, error);
        return NULL;
    }
    struct buffer b = BUFFER_INIT;
    bool raw = go_can_backquote(pattern);
    buffer_add_text(&b, "regexp: Compile(");
    if (raw) {
        buffer_add_char(&b, '`');
        buffer_add(&b, pattern);
        buffer_add_char(&b, '`');
    } else
        go_quote(&b, pattern);
    buffer_add_text(&b, "): ");
    buffer_add(&b, error);
    call_error_slice(call, buffer_move(&b, call->arena));
    return NULL;
}

static bool fn_regexMatch(struct call *call, struct value *out)
{
    struct slice error;
    struct go_regexp *re = compile(call, value_slice(call->args[0]), &error);
    if (!re && is_must(call))
        return call_error_slice(call, error);
    *out = value_bool(re && go_regexp_match(re, value_slice(call->args[1]), 0, NULL));
    return true;
}

/* --- finding ------------------------------------------------------------------------------------------------- */

struct found_parts {
    struct call *call;
    struct slice text;
    struct list *list;
    size_t begin; /* of the part that is being split off */
    size_t end;   /* where the last match began */
    int64_t limit;
};

static void add_part(struct found_parts *f, size_t from, size_t to)
{
    list_add(f->call->arena, f->list, value_string(slice_part(f->text, from, to)));
}

static bool fn_regexFind(struct call *call, struct value *out)
{
    struct go_regexp *re = regexp_argument(call);
    if (!re)
        return false;
    struct slice text = value_slice(call->args[1]);
    size_t *groups = arena_zalloc(call->arena, 2 * (go_regexp_groups(re) + 1), sizeof *groups);
    bool found = go_regexp_match(re, text, 0, groups);
    *out = value_string(found ? slice_part(text, groups[0], groups[1]) : slice_of("", 0));
    return true;
}

static void take_match(void *context, const size_t *groups)
{
    add_part(context, groups[0], groups[1]);
}

/* An int argument as the limit of a search. */
static int limit_of(int64_t n)
{
    return n < 0 ? -1 : n > INT32_MAX ? INT32_MAX : (int)n;
}

static bool fn_regexFindAll(struct call *call, struct value *out)
{
    struct go_regexp *re = regexp_argument(call);
    if (!re)
        return false;
    struct found_parts f = {.call = call, .text = value_slice(call->args[1]), .list = list_new(call->arena, 0)};
    go_regexp_find_all(re, f.text, limit_of(call->args[2].i), take_match, &f);
    *out = value_list_as(GO_STRINGS, f.list->len ? f.list : list_nil());
    return true;
}

/* Go leaves the text before the first match out when that match is empty and at the begin. */
static void take_part_before(void *context, const size_t *groups)
{
    struct found_parts *f = context;
    if (f->limit > 0 && f->list->len >= f->limit - 1)
        return;
    f->end = groups[0];
    if (groups[1] != 0)
        add_part(f, f->begin, f->end);
    f->begin = groups[1];
}

static bool fn_regexSplit(struct call *call, struct value *out)
{
    struct go_regexp *re = regexp_argument(call);
    if (!re)
        return false;
    struct found_parts f = {.call = call, .text = value_slice(call->args[1]), .limit = call->args[2].i};
    *out = value_list_as(GO_STRINGS, list_nil());
    if (f.limit == 0)
        return true;
    f.list = list_new(call->arena, 4);
    *out = value_list_as(GO_STRINGS, f.list);
    if (call->args[0].len > 0 && f.text.len == 0) {
        add_part(&f, 0, 0);
        return true;
    }
    go_regexp_find_all(re, f.text, limit_of(f.limit), take_part_before, &f);
    if (f.end != f.text.len)
        add_part(&f, f.begin, f.text.len);
    return true;
}

/* --- replacing ----------------------------------------------------------------------------------------------- */

static bool replace(struct call *call, bool literal, struct value *out)
{
    struct go_regexp *re = regexp_argument(call);
    if (!re)
        return false;
    struct buffer b = BUFFER_INIT;
    go_regexp_replace(re, value_slice(call->args[1]), value_slice(call->args[2]), literal, &b);
    *out = value_string(buffer_move(&b, call->arena));
    return true;
}

static bool fn_regexReplaceAll(struct call *call, struct value *out)
{
    return replace(call, false, out);
}

static bool fn_regexReplaceAllLiteral(struct call *call, struct value *out)
{
    return replace(call, true, out);
}

static bool fn_regexQuoteMeta(struct call *call, struct value *out)
{
    struct buffer b = BUFFER_INIT;
    go_regexp_quote_meta(&b, value_slice(call->args[0]));
    *out = value_string(buffer_move(&b, call->arena));
    return true;
}

const struct function functions_regex[] = {
    {"mustRegexFind", "ss", fn_regexFind, "as regexFind, failing with the expression's own error",
     "mustRegexFind \"[0-9]+\" \"a12b\"", "12"},
    {"mustRegexFindAll", "ssi", fn_regexFindAll, "as regexFindAll", "mustRegexFindAll \"[0-9]\" \"a12\" -1", "[1 2]"},
    {"mustRegexMatch", "ss", fn_regexMatch, "as regexMatch, failing on a malformed expression",
     "mustRegexMatch \"^a\" \"abc\"", "true"},
    {"mustRegexReplaceAll", "sss", fn_regexReplaceAll, "as regexReplaceAll",
     "mustRegexReplaceAll \"a(x*)b\" \"-axb-\" \"${1}W\"", "-xW-"},
    {"mustRegexReplaceAllLiteral", "sss", fn_regexReplaceAllLiteral, "as regexReplaceAllLiteral",
     "mustRegexReplaceAllLiteral \"a\" \"abc\" \"$1\"", "$1bc"},
    {"mustRegexSplit", "ssi", fn_regexSplit, "as regexSplit", "mustRegexSplit \"z+\" \"pizza\" -1", "[pi a]"},
    {"regexFind", "ss", fn_regexFind, "the first match", "regexFind \"[0-9]+\" \"a12b\"", "12"},
    {"regexFindAll", "ssi", fn_regexFindAll, "all matches, at most so many", "regexFindAll \"[0-9]\" \"a12\" -1",
     "[1 2]"},
    {"regexMatch", "ss", fn_regexMatch, "whether the text holds a match", "regexMatch \"^a\" \"abc\"", "true"},
    {"regexQuoteMeta", "s", fn_regexQuoteMeta, "an expression that matches just the text", "regexQuoteMeta \"1.2\"",
     "1\\.2"},
    {"regexReplaceAll", "sss", fn_regexReplaceAll, "all matches replaced; ${1} is a group",
     "regexReplaceAll \"a(x*)b\" \"-axb-\" \"${1}W\"", "-xW-"},
    {"regexReplaceAllLiteral", "sss", fn_regexReplaceAllLiteral, "all matches replaced, $ having no meaning",
     "regexReplaceAllLiteral \"a\" \"abc\" \"$1\"", "$1bc"},
    {"regexSplit", "ssi", fn_regexSplit, "the text between matches", "regexSplit \"z+\" \"pizza\" -1", "[pi a]"},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};

/*
 * template_names.c - names that a chart's templates mention
 */
#include "report/template_names.h"

#include "base/limits.h"
#include "template/lex.h"

enum {
    LONGEST_CHAIN = 64
};

/* A variable that stands for a path below .Values. */
struct alias {
    struct slice fields[LONGEST_CHAIN];
    size_t count;
};

/* The action being looked at. */
struct action {
    struct template_names *names;
    struct map *aliases; /* of the text: variables, as VALUE_UINT pointers to struct alias; null: none are kept */
    const struct token *tokens;
    size_t count;
    bool takes_whole; /* it calls a function that writes or walks whatever it is given */
    struct slice declares; /* $name := PATH: it goes on under that name, which is followed. Else empty */
};

/* --- chains --------------------------------------------------------------------------------------------------------- */

/* Fields joined by NUL, a byte that no field has. */
static struct slice join(struct arena *a, const struct slice *fields, size_t count)
{
    struct buffer out = BUFFER_INIT;
    for (size_t i = 0; i < count; i++) {
        buffer_add(&out, fields[i]);
        buffer_add_char(&out, '\0');
    }
    return buffer_move(&out, a);
}

static void note_below(struct template_names *names, const struct slice *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct slice above = join(names->arena, fields, i);
        struct value *known = map_find(names->below, above);
        if (!known) {
            map_set(names->below, above, value_map(map_new(names->arena, 4)));
            known = map_find(names->below, above);
        }
        map_set(known->map, fields[i], value_nil());
    }
}

static void note_values(struct action *action, const struct slice *fields, size_t count)
{
    struct template_names *names = action->names;
    struct slice chain = join(names->arena, fields, count);
    const struct value *known = map_find(names->chains, chain);
    bool whole = action->takes_whole || (known && known->kind == VALUE_BOOL && known->b);
    if (!action->declares.len)
        map_set(names->chains, chain, value_bool(whole));
    else if (!known)
        map_set(names->chains, chain, value_nil());
    note_below(names, fields, count);
}

static const struct alias *alias_of(const struct action *action, struct slice variable)
{
    const struct value *known = action->aliases ? map_find(action->aliases, variable) : NULL;
    return known ? (const struct alias *)(uintptr_t)known->u : NULL;
}

/* The first path in a declaration is what the variable stands for. */
static void declare(struct action *action, const struct slice *fields, size_t count)
{
    struct arena *a = action->names->arena;
    if (!action->declares.len || alias_of(action, action->declares))
        return;
    struct alias *alias = ARENA_NEW(a, struct alias);
    alias->count = count;
    for (size_t i = 0; i < count; i++)
        alias->fields[i] = fields[i];
    map_set(action->aliases, action->declares, value_uint_as(GO_UINT64, (uint64_t)(uintptr_t)alias));
}

/* A chain of fields; what follows "Values" in it is below .Values, and so is what follows a variable that stands for such a
   path. */
static void note_chain(struct action *action, struct slice variable, const struct slice *fields, size_t count)
{
    const struct alias *alias = variable.len > 1 ? alias_of(action, variable) : NULL;
    if (alias && alias->count + count <= LONGEST_CHAIN) {
        struct alias whole = *alias;
        for (size_t i = 0; i < count; i++)
            whole.fields[whole.count++] = fields[i];
        declare(action, whole.fields, whole.count);
        note_values(action, whole.fields, whole.count);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (slice_is(fields[i], "Values")) {
            declare(action, fields + i + 1, count - i - 1);
            note_values(action, fields + i + 1, count - i - 1);
            return;
        }
    }
    for (size_t i = 0; i < count; i++)
        map_set(action->names->loose, fields[i], value_nil());
}

/* --- actions -------------------------------------------------------------------------------------------------------- */

static bool is_whole_taker(struct slice function)
{
    static const char *const functions[] = {
        "append", "coalesce", "concat", "default", "deepCopy", "deepEqual", "dict", "fromYaml", "get", "include", "index",
        "join", "keys", "list", "merge", "mergeOverwrite", "mustDeepCopy", "mustMerge", "mustMergeOverwrite", "mustToJson",
        "omit", "pick", "pluck", "print", "printf", "quote", "set", "squote", "ternary", "toJson", "toPrettyJson",
        "toRawJson", "toString", "toToml", "toYaml", "toYamlPretty", "tpl", "unset", "values"};
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        if (slice_is(function, functions[i]))
            return true;
    }
    return false;
}

/* Functions that hand what they are given to something that may take only parts of it. */
static bool is_passer(struct slice function)
{
    static const char *const functions[] = {"coalesce", "default", "dict", "include", "index", "get", "list", "set",
                                            "ternary",  "tpl"};
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        if (slice_is(function, functions[i]))
            return true;
    }
    return false;
}

static bool takes_whole(const struct token *tokens, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (tokens[i].kind == TOKEN_RANGE)
            return true;
        if (tokens[i].kind == TOKEN_IDENTIFIER && is_whole_taker(tokens[i].text) && !is_passer(tokens[i].text))
            return true;
    }
    return false;
}

static struct slice unquoted(struct slice text)
{
    return text.len >= 2 ? slice_part(text, 1, text.len - 1) : text;
}

/* A text may be a key, or a dotted path that a helper takes apart. */
static void note_text(struct template_names *names, struct slice text)
{
    struct slice rest = text, name;
    while (slice_next_piece(&rest, '.', &name))
        map_set(names->loose, name, value_nil());
}

/* Whether what is assigned is a path itself, and not what a function makes of one. */
static bool begins_with_path(const struct action *action)
{
    size_t i = 0;
    while (i < action->count && (action->tokens[i].kind == TOKEN_SPACE || action->tokens[i].kind == TOKEN_LEFT_PAREN))
        i++;
    return i < action->count && action->tokens[i].kind != TOKEN_IDENTIFIER;
}

/* $name := … as a whole action; the name is forgotten first, since it may have stood for something else. */
static void find_declaration(struct action *action)
{
    size_t i = 0;
    while (i < action->count && action->tokens[i].kind == TOKEN_SPACE)
        i++;
    if (i == action->count || action->tokens[i].kind != TOKEN_VARIABLE)
        return;
    struct slice name = action->tokens[i++].text;
    while (i < action->count && action->tokens[i].kind == TOKEN_SPACE)
        i++;
    if (i < action->count && (action->tokens[i].kind == TOKEN_DECLARE || action->tokens[i].kind == TOKEN_ASSIGN)) {
        action->tokens += i + 1;
        action->count -= i + 1;
        action->declares = begins_with_path(action) ? name : SLICE("");
        map_remove(action->aliases, name);
    }
}

static void look_at_action(struct action *action)
{
    struct slice fields[LONGEST_CHAIN];
    struct slice variable = SLICE("");
    size_t count = 0;
    for (size_t i = 0; i <= action->count; i++) {
        const struct token *t = i < action->count ? &action->tokens[i] : NULL;
        if (t && t->kind == TOKEN_FIELD && count < LONGEST_CHAIN) {
            fields[count++] = slice_after(t->text, 1);
            continue;
        }
        if (count || variable.len)
            note_chain(action, variable, fields, count);
        count = 0;
        variable = t && t->kind == TOKEN_VARIABLE ? t->text : SLICE("");
        if (t && (t->kind == TOKEN_STRING || t->kind == TOKEN_RAW_STRING))
            note_text(action->names, unquoted(t->text));
    }
}

void template_names_add_text(struct template_names *names, struct slice text)
{
    struct token_list tokens = lex_template(names->arena, text);
    struct map *aliases = map_new(names->arena, 8);
    size_t start = 0;
    for (size_t i = 0; i < tokens.count; i++) {
        if (tokens.items[i].kind == TOKEN_LEFT_DELIM)
            start = i + 1;
        if (tokens.items[i].kind != TOKEN_RIGHT_DELIM)
            continue;
        struct action action = {
            .names = names, .aliases = aliases, .tokens = tokens.items + start, .count = i - start};
        action.takes_whole = takes_whole(action.tokens, action.count);
        find_declaration(&action);
        look_at_action(&action);
    }
}

/* --- charts --------------------------------------------------------------------------------------------------------- */

/* Values are templates, too, where a chart runs them by tpl. */
static void collect_texts(struct template_names *names, struct value v, size_t depth)
{
    if (depth > LIMIT_VALUE_DEPTH)
        return;
    if (value_is_string(v) && slice_find(value_slice(v), SLICE("{{")) < v.len)
        template_names_add_text(names, value_slice(v));
    for (uint32_t i = 0; value_is_list(v) && i < v.list->len; i++)
        collect_texts(names, v.list->items[i], depth + 1);
    for (uint32_t i = 0; value_is_map(v) && i < v.map->len; i++)
        collect_texts(names, v.map->entries[i].value, depth + 1);
}

/* "a.b,c.d": paths that decide whether a dependency is used. */
static void collect_condition(struct template_names *names, struct slice condition)
{
    struct slice path, rest = condition;
    while (slice_next_piece(&rest, ',', &path)) {
        struct action action = {.names = names};
        struct slice fields[LONGEST_CHAIN], field, left = slice_trim(path);
        size_t count = 0;
        while (count < LONGEST_CHAIN && slice_next_piece(&left, '.', &field))
            fields[count++] = field;
        note_values(&action, fields, count);
    }
}

static void collect_dependencies(struct template_names *names, const struct chart *chart)
{
    static const struct slice tags = SLICE_INIT("tags");
    struct action whole = {.names = names, .takes_whole = true};
    for (size_t i = 0; i < chart->metadata.dependencies.count; i++)
        collect_condition(names, chart->metadata.dependencies.items[i]->condition);
    if (chart->metadata.dependencies.count)
        note_values(&whole, &tags, 1);
}

static void collect(struct template_names *names, const struct chart *chart)
{
    collect_dependencies(names, chart);
    for (size_t i = 0; i < chart->templates.count; i++)
        template_names_add_text(names, chart->templates.items[i].bytes);
    for (size_t i = 0; i < chart->files.count; i++) {
        if (slice_find(chart->files.items[i].bytes, SLICE(".Values")) < chart->files.items[i].bytes.len)
            template_names_add_text(names, chart->files.items[i].bytes);
    }
    collect_texts(names, chart->values, 0);
    for (size_t i = 0; i < chart->dependency_count; i++)
        collect(names, chart->dependencies[i]);
}

void template_names_collect(struct template_names *names, struct arena *a, const struct chart *chart)
{
    *names = (struct template_names){
        .arena = a, .chains = map_new(a, 64), .loose = map_new(a, 64), .below = map_new(a, 64)};
    collect(names, chart);
}

/* --- asking --------------------------------------------------------------------------------------------------------- */

struct map *template_names_below(const struct template_names *names, const struct slice *path, size_t count)
{
    const struct value *below = map_find(names->below, join(names->arena, path, count));
    return below ? below->map : map_nil();
}

bool template_names_mention(const struct template_names *names, const struct slice *path, size_t count)
{
    const struct value *known = map_find(names->chains, join(names->arena, path, count));
    return known && known->kind == VALUE_BOOL;
}

static bool all_loose(const struct template_names *names, const struct slice *path, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!map_find(names->loose, path[i]))
            return false;
    }
    return true;
}

enum name_use template_names_use(const struct template_names *names, const struct slice *path, size_t count)
{
    enum name_use use = NAME_UNKNOWN;
    struct slice chain = join(names->arena, path, count);
    if (map_find(names->below, chain) || map_find(names->chains, chain))
        return NAME_READ;
    for (size_t n = count; n-- > 0;) {
        const struct value *above = map_find(names->chains, join(names->arena, path, n));
        if (!above)
            continue;
        if (all_loose(names, path + n, count - n))
            return NAME_ALIASED;
        if (above->kind == VALUE_BOOL && above->b)
            use = NAME_WHOLE;
    }
    return use;
}

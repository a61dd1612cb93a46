/*
 * set_values.c - --set and its kin
 *
 * The text is read character by character as Helm's strvals package reads it; its grammar is
 *
 *     text  -> assignment { assignment }
 *     assignment -> key { '.' key | '[' index ']' } '=' value [ ',' ]
 *     value -> '{' item { ',' item } '}' | item
 *
 * where a backslash takes the next character as it is. --set-literal has no escapes, lists or commas. The end of the
 * text is an outcome of its own (SET_END) wherever it is met: mostly it ends the work quietly, as Go's io.EOF does.
 */
#include "helm/set_values.h"

#include "base/limits.h"
#include "codec/json_read.h"
#include "golang/strconv.h"
#include "golang/unicode.h"
#include "helm/value_file.h"

#include <strings.h>

enum {
    MAX_INDEX = 65536,
    MAX_NAME_LEVELS = 30
};

enum outcome {
    SET_OK,
    SET_END,
    SET_FAILED
};

struct parser {
    struct arena *arena;
    struct slice rest;
    const struct set_options *options;
    struct slice *error;
    int depth; /* of nested keys and indexes */
};

/* --- characters --------------------------------------------------------------------------------------------- */

static bool is_literal(const struct parser *p)
{
    return p->options->kind == SET_LITERAL;
}

static bool next_rune(struct parser *p, uint32_t *rune)
{
    size_t size;
    if (p->rest.len == 0)
        return false;
    *rune = go_decode_rune(p->rest, &size);
    p->rest = slice_after(p->rest, size);
    return true;
}

/* Reads up to one of the stop characters and over it; false at the end of the text, with what was read in *text. */
static bool read_until(struct parser *p, const char *stops, struct slice *text, char *stop)
{
    struct buffer read = BUFFER_INIT;
    uint32_t rune;
    bool stopped = false;
    while (!stopped && next_rune(p, &rune)) {
        if (rune < 0x80 && rune && strchr(stops, (int)rune)) {
            *stop = (char)rune;
            stopped = true;
        } else if (rune == '\\' && !is_literal(p)) {
            if (!next_rune(p, &rune))
                break;
            buffer_add_rune(&read, rune);
        } else {
            buffer_add_rune(&read, rune);
        }
    }
    *text = buffer_move(&read, p->arena);
    return stopped;
}

/* --- errors ------------------------------------------------------------------------------------------------- */

static enum outcome fail(struct parser *p, struct slice message)
{
    *p->error = message;
    return SET_FAILED;
}

static enum outcome fail_quoted(struct parser *p, const char *before, struct slice text, const char *after)
{
    struct buffer message = BUFFER_INIT;
    buffer_add_text(&message, before);
    go_quote(&message, text);
    buffer_add_text(&message, after);
    return fail(p, buffer_move(&message, p->arena));
}

/* Go's failed type assertion, which Helm turns into an error. */
static enum outcome fail_conversion(struct parser *p, struct value v, enum go_type wanted)
{
    return fail(p, arena_printf(p->arena, "unable to parse key: interface conversion: interface {} is %s, not %s",
                                v.kind == VALUE_NIL ? "nil" : value_type_name(v), go_type_name(wanted)));
}

/* "unexpected data at end of array index: ['x' 'y']" */
static enum outcome fail_after_index(struct parser *p, struct slice text)
{
    struct buffer message = BUFFER_INIT;
    const char *before = "unexpected data at end of array index: [";
    while (text.len) {
        size_t size;
        uint32_t rune = go_decode_rune(text, &size);
        text = slice_after(text, size);
        buffer_add_text(&message, before);
        go_quote_rune(&message, rune, false);
        before = " ";
    }
    buffer_add_char(&message, ']');
    return fail(p, buffer_move(&message, p->arena));
}

/* --- storing ------------------------------------------------------------------------------------------------ */

/* A key without a name is never set. */
static void store(struct map *map, struct slice key, struct value v)
{
    if (key.len)
        map_set(map, key, v);
}

static struct value placed(const struct parser *p, struct value v)
{
    return value_from(v, p->options->origin);
}

static enum outcome store_item(struct parser *p, struct list *list, int64_t index, struct value v)
{
    if (index < 0)
        return fail(p, arena_printf(p->arena, "negative %lld index not allowed", (long long)index));
    if (index > MAX_INDEX)
        return fail(p, arena_printf(p->arena, "index of %lld is greater than maximum supported index of %d",
                                    (long long)index, MAX_INDEX));
    while (list->len <= index)
        list_add(p->arena, list, placed(p, value_nil()));
    list->items[index] = v;
    return SET_OK;
}

/* --- values ------------------------------------------------------------------------------------------------- */

static bool folds_to(struct slice text, const char *word)
{
    return text.len == strlen(word) && strncasecmp(text.ptr, word, text.len) == 0;
}

static struct value typed_value(struct slice text)
{
    int64_t i;
    if (folds_to(text, "true"))
        return value_bool(true);
    if (folds_to(text, "false"))
        return value_bool(false);
    if (folds_to(text, "null"))
        return value_nil();
    if (slice_is(text, "0"))
        return value_int64(0);
    if (text.len && text.ptr[0] != '0' && go_parse_int(text, 10, 64, &i) == GO_NUMBER_OK)
        return value_int64(i);
    return value_string(text);
}

/* What the text of a value stands for; *out is nil after a failure, which Helm stores. */
static enum outcome convert(struct parser *p, struct slice text, struct value *out)
{
    if (p->options->kind == SET_FILE) {
        struct slice file;
        *out = placed(p, value_nil());
        if (!value_file_read(p->arena, text, &file, p->error))
            return SET_FAILED;
        *out = placed(p, value_string(file));
        return SET_OK;
    }
    *out = placed(p, p->options->kind == SET_TYPED ? typed_value(text) : value_string(text));
    return SET_OK;
}

/* items of '{…}', the brace already read */
static enum outcome read_braces(struct parser *p, struct value *out)
{
    struct list *list = list_new(p->arena, 4);
    char stop = ',';
    while (stop != '}') {
        struct slice text;
        struct value item;
        if (!read_until(p, ",}", &text, &stop))
            return fail(p, SLICE("list must terminate with '}'"));
        if (stop == '}' && p->rest.len && p->rest.ptr[0] == ',')
            p->rest = slice_after(p->rest, 1);
        if (convert(p, text, &item) == SET_FAILED)
            return SET_FAILED;
        list_add(p->arena, list, item);
    }
    *out = placed(p, value_list(list));
    return SET_OK;
}

/* The value after '=' of all kinds but JSON. SET_END: there is nothing after '=', which stands for an empty text. A
   value is set even where reading its file failed. */
static enum outcome read_value(struct parser *p, struct value *out, bool *is_set)
{
    struct slice text;
    char stop;
    *is_set = true;
    if (is_literal(p)) {
        read_until(p, "", &text, &stop);
        *out = placed(p, value_string(text));
        return SET_OK;
    }
    if (p->rest.len == 0) {
        *out = placed(p, value_string(SLICE("")));
        return SET_END;
    }
    if (p->rest.ptr[0] == '{') {
        p->rest = slice_after(p->rest, 1);
        enum outcome outcome = read_braces(p, out);
        *is_set = outcome == SET_OK;
        return outcome;
    }
    read_until(p, ",", &text, &stop);
    return convert(p, text, out);
}

/* Skips blanks; true when a comma (skipped too) or the end follows. */
static bool skip_empty(struct parser *p)
{
    while (p->rest.len) {
        size_t size;
        uint32_t rune = go_decode_rune(p->rest, &size);
        if (rune != ',' && !go_is_space(rune))
            return false;
        p->rest = slice_after(p->rest, size);
        if (rune == ',')
            return true;
    }
    return true;
}

static void set_origins(struct value *v, struct origin origin)
{
    v->origin = origin;
    for (uint32_t i = 0; v->kind == VALUE_LIST && i < v->list->len; i++)
        set_origins(&v->list->items[i], origin);
    for (uint32_t i = 0; v->kind == VALUE_MAP && i < v->map->len; i++)
        set_origins(&v->map->entries[i].value, origin);
}

/* The JSON value after '='; nothing stands for null. */
static enum outcome read_json(struct parser *p, struct value *out, bool *is_set)
{
    size_t used;
    *is_set = true;
    if (skip_empty(p)) {
        *out = placed(p, value_nil());
        return SET_OK;
    }
    *is_set = json_read_prefix(p->arena, NULL, p->rest, out, &used, p->error);
    if (!*is_set)
        return SET_FAILED;
    set_origins(out, p->options->origin);
    p->rest = slice_after(p->rest, used);
    skip_empty(p);
    return SET_OK;
}

static enum outcome read_assigned(struct parser *p, struct value *out, bool *is_set)
{
    return p->options->kind == SET_JSON ? read_json(p, out, is_set) : read_value(p, out, is_set);
}

/* --- keys and indexes --------------------------------------------------------------------------------------- */

static enum outcome read_key(struct parser *p, struct map *map, int levels);

/* index -> digits ']' */
static enum outcome read_index(struct parser *p, int64_t *index)
{
    struct slice text;
    char stop;
    if (!read_until(p, "]", &text, &stop))
        return p->options->helm3 ? fail(p, SLICE("error parsing index: EOF")) : SET_END;
    enum go_number_error error = go_parse_int(text, 10, 64, index);
    if (error == GO_NUMBER_OK)
        return SET_OK;
    return fail_quoted(p, "error parsing index: strconv.Atoi: parsing ", text,
                       error == GO_NUMBER_RANGE ? ": value out of range" : ": invalid syntax");
}

static enum outcome read_item(struct parser *p, struct list *list, int64_t index, int levels);

/* '[' index ']' within an item: a list in the list */
static enum outcome read_nested_item(struct parser *p, struct list *list, int64_t index, int levels)
{
    int64_t inner_index;
    enum outcome outcome = read_index(p, &inner_index);
    if (outcome != SET_OK)
        return outcome;
    struct list *inner = NULL;
    if (list->len > index && list->items[index].kind != VALUE_NIL) {
        if (list->items[index].kind != VALUE_LIST)
            return fail_conversion(p, list->items[index], GO_LIST);
        inner = list->items[index].list;
    }
    if (!inner)
        inner = list_new(p->arena, 4);
    outcome = read_item(p, inner, inner_index, levels);
    if (outcome != SET_OK)
        return outcome;
    return store_item(p, list, index, placed(p, value_list(inner)));
}

/* '.' key within an item: a map in the list */
static enum outcome read_item_key(struct parser *p, struct list *list, int64_t index, int levels)
{
    struct map *inner = NULL;
    if (list->len > index && list->items[index].kind == VALUE_MAP)
        inner = list->items[index].map;
    if (!inner)
        inner = map_new(p->arena, 4);
    if (list->len > index)
        list->items[index] = placed(p, value_map(inner));
    enum outcome outcome = read_key(p, inner, levels);
    if (outcome != SET_OK)
        return outcome;
    return store_item(p, list, index, placed(p, value_map(inner)));
}

static enum outcome read_item_value(struct parser *p, struct list *list, int64_t index)
{
    struct value v;
    bool is_set;
    enum outcome outcome = read_assigned(p, &v, &is_set);
    if (outcome == SET_FAILED)
        return outcome;
    return store_item(p, list, index, v);
}

/* What follows an index: '=' value | '[' index ']' … | '.' key … */
static enum outcome read_item(struct parser *p, struct list *list, int64_t index, int levels)
{
    struct slice text;
    char stop;
    enum outcome outcome;
    if (index < 0)
        return fail(p, arena_printf(p->arena, "negative %lld index not allowed", (long long)index));
    bool stopped = read_until(p, "[.=", &text, &stop);
    if (text.len)
        return fail_after_index(p, text);
    if (!stopped)
        return SET_END;
    if (stop == '=')
        return read_item_value(p, list, index);
    if (++p->depth > LIMIT_VALUE_DEPTH)
        return fail(p, SLICE("value is nested too deeply"));
    outcome = stop == '[' ? read_nested_item(p, list, index, levels) : read_item_key(p, list, index, levels);
    p->depth--;
    return outcome;
}

/* key '[' index ']' … */
static enum outcome read_list_key(struct parser *p, struct map *map, struct slice key, int levels)
{
    int64_t index;
    enum outcome outcome = read_index(p, &index);
    if (outcome != SET_OK)
        return outcome;
    struct value *found = map_find(map, key);
    if (found && found->kind != VALUE_LIST)
        return fail_conversion(p, *found, GO_LIST);
    struct list *list = found ? found->list : list_new(p->arena, 4);
    outcome = read_item(p, list, index, levels);
    store(map, key, placed(p, value_list(list)));
    return outcome;
}

/* key '.' key … */
static enum outcome read_map_key(struct parser *p, struct map *map, struct slice key, int levels)
{
    if (levels + 1 > MAX_NAME_LEVELS)
        return fail(p, arena_printf(p->arena, "value name nested level is greater than maximum supported nested level "
                                              "of %d", MAX_NAME_LEVELS));
    struct value *found = map_find(map, key);
    if (found && found->kind != VALUE_MAP)
        return fail_conversion(p, *found, GO_MAP);
    struct map *inner = found ? found->map : map_new(p->arena, 4);
    struct origin origin = found ? found->origin : p->options->origin;
    enum outcome outcome = read_key(p, inner, levels + 1);
    if (outcome == SET_OK && inner->len == 0)
        return fail_quoted(p, "key map ", key, " has no value");
    if (inner->len)
        store(map, key, value_from(value_map(inner), origin));
    return outcome;
}

static enum outcome read_key(struct parser *p, struct map *map, int levels)
{
    struct slice key;
    char stop = '\0';
    if (!read_until(p, is_literal(p) ? "=[." : "=[,.", &key, &stop))
        return key.len ? fail_quoted(p, "key ", key, " has no value") : SET_END;
    if (stop == '[')
        return read_list_key(p, map, key, levels);
    if (stop == '.')
        return read_map_key(p, map, key, levels);
    if (stop == ',') {
        store(map, key, placed(p, value_string(SLICE(""))));
        return fail_quoted(p, "key ", key, " has no value (cannot end with ,)");
    }
    struct value v;
    bool is_set;
    enum outcome outcome = read_assigned(p, &v, &is_set);
    if (is_set)
        store(map, key, v);
    return outcome;
}

bool set_values_apply(struct arena *a, struct map *root, struct slice text, const struct set_options *options,
                      struct slice *error)
{
    struct parser p = {.arena = a, .rest = text, .options = options, .error = error};
    enum outcome outcome;
    do {
        p.depth = 0;
        outcome = read_key(&p, root, 0);
    } while (outcome == SET_OK);
    return outcome == SET_END;
}

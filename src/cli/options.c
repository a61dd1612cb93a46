/*
 * options.c - command lines from tables
 */
#include "cli/options.h"

#include "golang/strconv.h"

#include <stdio.h>

enum { HELP_COLUMN = 30, HELP_WIDTH = 110 };

struct parser {
    struct arena *arena;
    const struct option *const *tables;
    size_t table_count;
    int argc;
    char **argv;
    int at;
    struct option_result *result;
    struct diag *diag;
};

void text_list_add(struct arena *a, struct text_list *list, struct slice text)
{
    list->items = arena_room(a, list->items, list->count, &list->cap, sizeof *list->items);
    list->items[list->count++] = text;
}

static const struct option *find_long(const struct parser *p, struct slice name)
{
    for (size_t t = 0; t < p->table_count; t++) {
        for (const struct option *o = p->tables[t]; o->name; o++) {
            if (slice_is(name, o->name))
                return o;
        }
    }
    return NULL;
}

static const struct option *find_letter(const struct parser *p, char letter)
{
    for (size_t t = 0; t < p->table_count; t++) {
        for (const struct option *o = p->tables[t]; o->name; o++) {
            if (o->letter == letter)
                return o;
        }
    }
    return NULL;
}

/* --- values --------------------------------------------------------------------------------------------------- */

static const char *const true_words[] = {"1", "t", "T", "true", "TRUE", "True"};
static const char *const false_words[] = {"0", "f", "F", "false", "FALSE", "False"};

static bool is_word(struct slice s, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_is(s, words[i]))
            return true;
    }
    return false;
}

/* Starts the message about a value that an option cannot take. */
static void begin_value_error(const struct option *o, struct slice value, struct buffer *text)
{
    buffer_add_text(text, "invalid argument ");
    go_quote(text, value);
    if (o->letter)
        buffer_printf(text, " for \"-%c, --%s\" flag: ", o->letter, o->name);
    else
        buffer_printf(text, " for \"--%s\" flag: ", o->name);
}

static bool end_value_error(struct parser *p, struct buffer *text)
{
    diag_error_slice(p->diag, buffer_slice(text));
    buffer_release(text);
    return false;
}

static bool fail_value(struct parser *p, const struct option *o, struct slice value, const char *parser)
{
    struct buffer text = BUFFER_INIT;
    begin_value_error(o, value, &text);
    buffer_printf(&text, "strconv.%s: parsing ", parser);
    go_quote(&text, value);
    buffer_add_text(&text, ": invalid syntax");
    return end_value_error(p, &text);
}

static bool check_value(struct parser *p, const struct option *o, struct slice value)
{
    struct buffer text = BUFFER_INIT;
    begin_value_error(o, value, &text);
    if (!o->check(value, &text))
        return end_value_error(p, &text);
    buffer_release(&text);
    if (o->target)
        *(struct slice *)o->target = value;
    return true;
}

bool options_read_bool(struct slice text, bool *out)
{
    *out = is_word(text, true_words, sizeof true_words / sizeof true_words[0]);
    return *out || is_word(text, false_words, sizeof false_words / sizeof false_words[0]);
}

static bool set_flag(struct parser *p, const struct option *o, struct slice value)
{
    bool on;
    if (!options_read_bool(value, &on))
        return fail_value(p, o, value, "ParseBool");
    if (o->target)
        *(bool *)o->target = on;
    return true;
}

/* One field of a CSV line; a field in quotes may hold commas and doubled quotes. */
static struct slice next_field(struct arena *a, struct slice *rest)
{
    struct buffer field = BUFFER_INIT;
    size_t i = 0;
    bool quoted = rest->len > 0 && rest->ptr[0] == '"';
    for (i = quoted; i < rest->len; i++) {
        char c = rest->ptr[i];
        if (quoted && c == '"') {
            if (i + 1 < rest->len && rest->ptr[i + 1] == '"')
                i++;
            else
                quoted = false;
            if (!quoted)
                continue;
        } else if (!quoted && c == ',') {
            break;
        }
        buffer_add_char(&field, c);
    }
    *rest = i < rest->len ? slice_after(*rest, i + 1) : slice_of(NULL, 0);
    return buffer_move(&field, a);
}

static void add_commas(struct arena *a, struct text_list *list, struct slice value)
{
    if (value.len == 0)
        return;
    for (struct slice rest = value; rest.ptr;)
        text_list_add(a, list, next_field(a, &rest));
}

static bool set_number(struct parser *p, const struct option *o, struct slice value)
{
    uint64_t number;
    if (go_parse_uint(value, 0, 64, &number) != GO_NUMBER_OK)
        return fail_value(p, o, value, "ParseUint");
    if (o->target)
        *(uint64_t *)o->target = number;
    return true;
}

static bool set_value(struct parser *p, const struct option *o, struct slice value)
{
    if (o->note)
        diag_info(p->diag, "%s", o->note);
    switch (o->kind) {
    case OPTION_FLAG:
    case OPTION_HELP:
        return set_flag(p, o, value);
    case OPTION_NUMBER:
        return set_number(p, o, value);
    case OPTION_CHECKED:
        return check_value(p, o, value);
    case OPTION_TEXT:
        if (o->target)
            *(struct slice *)o->target = value;
        return true;
    case OPTION_TEXTS:
        if (o->target)
            text_list_add(p->arena, o->target, value);
        return true;
    case OPTION_COMMAS:
        if (o->target)
            add_commas(p->arena, o->target, value);
        return true;
    }
    return true;
}

static const char *implied_value(const struct option *o)
{
    if (o->implied)
        return o->implied;
    return o->kind == OPTION_FLAG || o->kind == OPTION_HELP ? "true" : NULL;
}

/* --- parsing -------------------------------------------------------------------------------------------------- */

static void suggest_option(struct parser *p, struct slice name)
{
    struct diag_place nowhere = {NULL, 0, 0, 0};
    struct text_list names = {NULL, 0, 0};
    for (size_t t = 0; t < p->table_count; t++) {
        for (const struct option *o = p->tables[t]; o->name; o++)
            text_list_add(p->arena, &names, slice_text(o->name));
    }
    size_t best = diag_nearest_slice(name, names.items, names.count);
    if (best < names.count)
        diag_note(p->diag, nowhere, "did you mean --%.*s?", SLICE_ARG(names.items[best]));
}

static bool parse_long(struct parser *p, struct slice text)
{
    size_t equals = slice_find_char(text, '=');
    struct slice name = slice_part(text, 0, equals);
    const struct option *o = find_long(p, name);
    if (!o) {
        diag_error(p->diag, "unknown flag: --%.*s", SLICE_ARG(name));
        suggest_option(p, name);
        return false;
    }
    if (equals < text.len)
        return set_value(p, o, slice_after(text, equals + 1));
    if (implied_value(o))
        return set_value(p, o, slice_text(implied_value(o)));
    if (p->at >= p->argc)
        return diag_error(p->diag, "flag needs an argument: --%.*s", SLICE_ARG(name));
    return set_value(p, o, slice_text(p->argv[p->at++]));
}

/* -abc: flags, the last of which may take the rest or the next word as its argument. */
static bool parse_letters(struct parser *p, struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        const struct option *o = find_letter(p, text.ptr[i]);
        struct slice rest = slice_after(text, i + 1);
        if (!o)
            return diag_error(p->diag, "unknown shorthand flag: '%c' in -%.*s", text.ptr[i], SLICE_ARG(text));
        if (rest.len > 1 && rest.ptr[0] == '=')
            return set_value(p, o, slice_after(rest, 1));
        if (implied_value(o)) {
            if (!set_value(p, o, slice_text(implied_value(o))))
                return false;
            continue;
        }
        if (rest.len)
            return set_value(p, o, rest);
        if (p->at >= p->argc)
            return diag_error(p->diag, "flag needs an argument: '%c' in -%.*s", text.ptr[i], SLICE_ARG(text));
        return set_value(p, o, slice_text(p->argv[p->at++]));
    }
    return true;
}

bool options_take_next(const struct option *const *tables, size_t count, struct slice word)
{
    const struct parser p = {.tables = tables, .table_count = count};
    const struct option *o = NULL;
    if (word.len < 2 || word.ptr[0] != '-' || slice_find_char(word, '=') < word.len)
        return false;
    if (word.ptr[1] == '-')
        o = find_long(&p, slice_after(word, 2));
    else if (word.len == 2)
        o = find_letter(&p, word.ptr[1]);
    else
        return false;
    return !o || !implied_value(o);
}

bool options_parse(struct arena *a, const struct option *const *tables, size_t count, int argc, char **argv,
                   struct option_result *result, struct diag *diag)
{
    struct parser p = {a, tables, count, argc, argv, 0, result, diag};
    memset(result, 0, sizeof *result);
    while (p.at < argc) {
        struct slice word = slice_text(argv[p.at++]);
        if (slice_is(word, "--")) {
            while (p.at < argc)
                text_list_add(a, &result->arguments, slice_text(argv[p.at++]));
        } else if (slice_starts(word, SLICE("--"))) {
            if (!parse_long(&p, slice_after(word, 2)))
                return false;
        } else if (word.len > 1 && word.ptr[0] == '-') {
            if (!parse_letters(&p, slice_after(word, 1)))
                return false;
        } else {
            text_list_add(a, &result->arguments, word);
        }
    }
    return true;
}

/* --- help ----------------------------------------------------------------------------------------------------- */

/* Breaks the sentence at blanks so that no line goes beyond HELP_WIDTH. */
static void write_wrapped(struct slice text, struct buffer *out)
{
    size_t column = HELP_COLUMN;
    struct slice rest = text;
    struct slice word;
    bool first = true;
    while (slice_next_piece(&rest, ' ', &word)) {
        if (!first && column + 1 + word.len > HELP_WIDTH) {
            buffer_add_char(out, '\n');
            buffer_add_repeated(out, ' ', HELP_COLUMN);
            column = HELP_COLUMN;
        } else if (!first) {
            buffer_add_char(out, ' ');
            column++;
        }
        buffer_add(out, word);
        column += word.len;
        first = false;
    }
    buffer_add_char(out, '\n');
}

static bool is_shadowed(const struct option *const *tables, size_t count, const char *name)
{
    const struct parser earlier = {.tables = tables, .table_count = count};
    return find_long(&earlier, slice_text(name)) != NULL;
}

static void write_row(const struct option *o, struct buffer *out)
{
    size_t start = out->len;
    if (o->letter)
        buffer_printf(out, "  -%c, --%s", o->letter, o->name);
    else
        buffer_printf(out, "      --%s", o->name);
    if (o->argument)
        buffer_printf(out, " %s", o->argument);
    size_t length = out->len - start;
    if (length + 2 > HELP_COLUMN) {
        buffer_add_char(out, '\n');
        length = 0;
    }
    buffer_add_repeated(out, ' ', HELP_COLUMN - length);
    write_wrapped(slice_text(o->help), out);
}

void options_write_help(const struct option *const *tables, size_t count, struct buffer *out)
{
    for (size_t t = 0; t < count; t++) {
        for (const struct option *o = tables[t]; o->name; o++) {
            if (o->help && !is_shadowed(tables, t, o->name))
                write_row(o, out);
        }
    }
}

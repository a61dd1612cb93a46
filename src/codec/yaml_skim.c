/*
 * yaml_skim.c - a few entries of a plain document, the rest only looked over
 *
 * A stack of open maps and lists, each with its indentation, is all that is known of the lines above. A line belongs to
 * the level of its own indentation, or opens one below a key or dash that has no value yet; a line that fits nowhere
 * (the second line of a scalar is one) ends the skimming. Every function returns false for "do not know".
 */
#include "codec/yaml_skim.h"

#include "codec/yaml_scalar.h"
#include "codec/yaml_text.h"

#include <strings.h>

enum {
    MOST_LEVELS = 64,
    LONGEST_KEY = 512,       /* YAML knows no longer key of this kind than 1024 */
    LONGEST_NUMERIC_KEY = 16 /* no text this short is a number beyond int64, which is no key */
};

struct level {
    size_t indent;
    bool is_list;
    bool waits;                          /* the newest key or dash has no value so far */
    const struct yaml_skim_map *wanted;  /* null: nothing of this level */
    const struct yaml_skim_entry *entry; /* wanted under the newest key, or null */
    struct map *map;                     /* what was wanted and found; null where nothing is wanted */
};

struct skim {
    struct arena *arena;
    struct slice rest; /* lines not yet looked at */
    struct level levels[MOST_LEVELS];
    size_t depth;
};

static struct level *top(struct skim *s)
{
    return &s->levels[s->depth - 1];
}

/* --- characters --------------------------------------------------------------------------------------------- */

enum {
    DIGIT = 1,
    LETTER = 2,
    OTHER_WORD = 4,  /* with letters and digits: what keys and plain items of a list are made of */
    PLAIN_START = 8, /* with those of letters and digits: begins a plain scalar, whatever follows */
    PLAIN_STOP = 16  /* may end a plain scalar */
};

#define EACH_2(c, class) [c] = (class), [(c) + 1] = (class)
#define EACH_5(c, class) [c] = (class), EACH_2((c) + 1, class), EACH_2((c) + 3, class)
#define EACH_10(c, class) EACH_5(c, class), EACH_5((c) + 5, class)
#define EACH_26(c, class) EACH_10(c, class), EACH_10((c) + 10, class), EACH_5((c) + 20, class), [(c) + 25] = (class)

static const uint8_t classes[256] = {
    EACH_10('0', DIGIT), EACH_26('a', LETTER), EACH_26('A', LETTER), ['_'] = OTHER_WORD | PLAIN_START,
    ['.'] = OTHER_WORD, ['-'] = OTHER_WORD, ['/'] = OTHER_WORD | PLAIN_START, ['$'] = PLAIN_START, ['('] = PLAIN_START,
    [')'] = PLAIN_START, ['^'] = PLAIN_START, ['~'] = PLAIN_START, [';'] = PLAIN_START, ['\\'] = PLAIN_START,
    [':'] = PLAIN_STOP, ['#'] = PLAIN_STOP, ['\t'] = PLAIN_STOP,
};

static bool is_class(char c, unsigned set)
{
    return classes[(unsigned char)c] & set;
}

static size_t count_word(struct slice s)
{
    size_t n = 0;
    while (n < s.len && is_class(s.ptr[n], LETTER | DIGIT | OTHER_WORD))
        n++;
    return n;
}

static size_t count_spaces(struct slice s)
{
    size_t n = 0;
    while (n < s.len && s.ptr[n] == ' ')
        n++;
    return n;
}

/* Nothing, or a comment behind at least one space, is all that may follow a value. */
static bool is_line_end(struct slice s)
{
    size_t spaces = count_spaces(s);
    return spaces == s.len || (spaces > 0 && s.ptr[spaces] == '#');
}

/* --- scalars ------------------------------------------------------------------------------------------------ */

/* A quoted text that ends on its line. With escapes its content is known not to matter: *content is then null. */
static bool cut_quoted(struct slice *s, struct slice *content)
{
    char quote = s->ptr[0];
    bool escaped = false;
    size_t i = 1;
    for (; i < s->len; i++) {
        char c = s->ptr[i];
        bool doubled = quote == '\'' && c == '\'' && i + 1 < s->len && s->ptr[i + 1] == '\'';
        if (c == quote && !doubled)
            break;
        if (quote == '"' && c == '\\' && (i + 1 == s->len || !strchr("\"\\nrt", s->ptr[i + 1])))
            return false;
        bool pair = doubled || (quote == '"' && c == '\\');
        escaped |= pair;
        i += pair;
    }
    if (i >= s->len)
        return false;
    *content = escaped ? slice_of(NULL, 0) : slice_part(*s, 1, i);
    *s = slice_after(*s, i + 1);
    return true;
}

static bool begins_plain(struct slice s)
{
    if (is_class(s.ptr[0], LETTER | DIGIT | PLAIN_START))
        return true;
    return s.ptr[0] == '-' && s.len > 1 && s.ptr[1] != ' ' && s.ptr[1] != '.'; /* neither a list nor an infinity */
}

/* Cuts a comment off; false where a colon makes it something else than a scalar, or a tab is met. */
static bool cut_plain(struct slice *s)
{
    size_t i = 1;
    for (; i < s->len; i++) {
        if (!is_class(s->ptr[i], PLAIN_STOP))
            continue;
        char c = s->ptr[i];
        if (c == '#' && s->ptr[i - 1] == ' ')
            break;
        if (c == '\t' || (c == ':' && (i + 1 == s->len || s->ptr[i + 1] == ' ')))
            return false;
    }
    while (s->ptr[i - 1] == ' ')
        i--;
    s->len = i;
    return true;
}

static bool take_quoted(struct slice s, struct value *out)
{
    struct slice content;
    if (!cut_quoted(&s, &content) || !is_line_end(s))
        return false;
    *out = value_string(content);
    return true;
}

static bool take_plain(struct slice s, struct value *out)
{
    if (!begins_plain(s) || !cut_plain(&s))
        return false;
    *out = value_string(s);
    return true;
}

/* What a plain text is once it matters. */
static struct value resolved(struct slice text)
{
    struct value v = yaml_scalar_resolve(text);
    return v.kind == VALUE_INT ? value_int64(v.i) : v;
}

/* --- lists and maps on one line ------------------------------------------------------------------------------- */

static bool cut_flow_item(struct slice *s)
{
    struct slice content;
    if (s->len && (s->ptr[0] == '"' || s->ptr[0] == '\''))
        return cut_quoted(s, &content);
    size_t len = count_word(*s);
    if (len == 0 || !is_class(s->ptr[0], LETTER | DIGIT))
        return false;
    *s = slice_after(*s, len);
    return true;
}

/* [a, "b", 1] */
static bool is_flow_list(struct slice s)
{
    s = slice_after(s, 1);
    for (bool first = true;; first = false) {
        s = slice_after(s, count_spaces(s));
        if (first && s.len && s.ptr[0] == ']')
            break;
        if (!cut_flow_item(&s))
            return false;
        s = slice_after(s, count_spaces(s));
        if (s.len == 0 || (s.ptr[0] != ',' && s.ptr[0] != ']'))
            return false;
        if (s.ptr[0] == ']')
            break;
        s = slice_after(s, 1);
    }
    return is_line_end(slice_after(s, 1));
}

static bool is_empty_map(struct slice s)
{
    return s.len >= 2 && s.ptr[1] == '}' && is_line_end(slice_after(s, 2));
}

/* --- literal and folded blocks -------------------------------------------------------------------------------- */

static bool next_line(struct skim *s, struct slice *line)
{
    if (s->rest.len == 0)
        return false;
    size_t end = slice_find_char(s->rest, '\n');
    *line = slice_part(s->rest, 0, end);
    s->rest = slice_after(s->rest, end < s->rest.len ? end + 1 : end);
    return true;
}

static bool is_block_header(struct slice s)
{
    size_t len = s.len > 1 && (s.ptr[1] == '-' || s.ptr[1] == '+') ? 2 : 1;
    return count_spaces(slice_after(s, len)) == s.len - len;
}

/* Passes over the lines of a block; the first of them that is not empty sets its indentation. */
static bool skip_block(struct skim *s, size_t parent_indent)
{
    size_t block_indent = 0;
    for (struct slice before = s->rest, line; next_line(s, &line); before = s->rest) {
        size_t indent = count_spaces(line);
        if (indent == line.len) {
            if (!block_indent && indent)
                return false; /* blanks before the first line can be too many */
            continue;
        }
        if (!block_indent && indent > parent_indent) {
            block_indent = indent;
            if (line.ptr[indent] == '\t')
                return false;
        }
        if (!block_indent || indent < block_indent) {
            s->rest = before;
            break;
        }
    }
    return true;
}

/* --- levels --------------------------------------------------------------------------------------------------- */

/* What is wanted of a level below the newest key or dash; false where skimming does not reach that far. */
static bool wanted_below(const struct level *parent, bool is_list, const struct yaml_skim_map **wanted)
{
    *wanted = NULL;
    if (!parent->wanted)
        return true;
    if (parent->entry)
        *wanted = parent->entry->below;
    if (parent->entry ? !*wanted || is_list : parent->wanted->only_scalars)
        return false;
    return true;
}

static void push(struct skim *s, size_t indent, bool is_list, const struct yaml_skim_map *wanted)
{
    struct level *level = &s->levels[s->depth++];
    *level = (struct level){.indent = indent, .is_list = is_list, .wanted = wanted};
    if (wanted)
        level->map = map_new(s->arena, 4);
}

static bool begin_level(struct skim *s, size_t indent, bool is_list)
{
    const struct yaml_skim_map *wanted;
    struct level *parent = top(s);
    if (s->depth == MOST_LEVELS || !wanted_below(parent, is_list, &wanted))
        return false;
    push(s, indent, is_list, wanted);
    if (wanted)
        parent->map->entries[parent->map->len - 1].value = value_map(top(s)->map);
    return true;
}

static void pop(struct skim *s)
{
    if (top(s)->map)
        map_sort(top(s)->map, NULL, NULL);
    s->depth--;
}

/* Finds the level that a line belongs to, or opens it. */
static bool enter_level(struct skim *s, size_t indent, bool is_list)
{
    if (top(s)->waits) {
        top(s)->waits = false;
        if (indent > top(s)->indent || (indent == top(s)->indent && is_list && !top(s)->is_list))
            return begin_level(s, indent, is_list);
    }
    while (s->depth > 1 && top(s)->indent > indent)
        pop(s);
    bool is_unindented = s->depth > 1 && top(s)->is_list && s->levels[s->depth - 2].indent == indent;
    if (is_unindented && !is_list)
        pop(s); /* a list as far left as its key ends where the map goes on */
    return top(s)->indent == indent && top(s)->is_list == is_list;
}

/* --- entries -------------------------------------------------------------------------------------------------- */

static bool is_null_word(struct slice s)
{
    return s.len == 4 && (s.ptr[0] | 0x20) == 'n' && strncasecmp(s.ptr, "null", 4) == 0;
}

/* Cuts a key and its colon from the front; false where there is none of the simple kind. */
static bool cut_key(struct slice *s, struct slice *key)
{
    struct slice rest = *s;
    if (s->ptr[0] == '"' || s->ptr[0] == '\'') {
        if (!cut_quoted(&rest, key) || !key->ptr)
            return false;
    } else {
        size_t len = count_word(*s);
        *key = slice_part(*s, 0, len);
        rest = slice_after(*s, len);
        bool is_digit = is_class(s->ptr[0], DIGIT);
        if (!(is_class(s->ptr[0], LETTER | DIGIT) || s->ptr[0] == '_') || (is_digit && len > LONGEST_NUMERIC_KEY) ||
            is_null_word(*key))
            return false;
    }
    if (key->len > LONGEST_KEY || rest.len == 0 || rest.ptr[0] != ':' || (rest.len > 1 && rest.ptr[1] != ' '))
        return false;
    *s = slice_after(rest, 1);
    return true;
}

/* Sets the value of the newest key or dash; `kept` says what the level is to have of it. */
static bool take_value(struct skim *s, struct slice text)
{
    struct level *level = top(s);
    const struct yaml_skim_entry *entry = level->entry;
    bool is_scalar_wanted = level->wanted && (entry ? !entry->below : level->wanted->only_scalars);
    struct value *kept = entry ? &level->map->entries[level->map->len - 1].value : NULL;
    struct value v;
    if (is_line_end(text)) {
        level->waits = true;
        return true;
    }
    text = slice_after(text, count_spaces(text));
    switch (text.ptr[0]) {
    case '|':
    case '>':
        return !entry && is_block_header(text) && skip_block(s, level->indent);
    case '[':
        return !entry && !is_scalar_wanted && is_flow_list(text);
    case '{':
        if (is_scalar_wanted || !is_empty_map(text))
            return false;
        if (kept)
            *kept = value_map(map_new(s->arena, 0));
        return true;
    case '"':
    case '\'':
        if (!take_quoted(text, &v) || (kept && (entry->below || !v.s)))
            return false;
        break;
    default:
        if (!take_plain(text, &v) || (kept && entry->below))
            return false;
        if (kept)
            v = resolved(value_slice(v));
        break;
    }
    if (kept)
        *kept = v;
    return true;
}

static const struct yaml_skim_entry *find_wanted(const struct yaml_skim_map *wanted, struct slice key)
{
    for (const struct yaml_skim_entry *entry = wanted->entries; key.len && entry->name; entry++) {
        if (((entry->name[0] ^ key.ptr[0]) & ~0x20) == 0 && strncasecmp(entry->name, key.ptr, key.len) == 0 &&
            entry->name[key.len] == '\0')
            return entry;
    }
    return NULL;
}

static bool take_pair(struct skim *s, struct slice text)
{
    struct slice key;
    struct level *level = top(s);
    if (!cut_key(&text, &key))
        return false;
    level->entry = level->wanted ? find_wanted(level->wanted, key) : NULL;
    if (level->entry)
        map_append(level->map, key, value_nil());
    return take_value(s, text);
}

static bool is_dash(struct slice s)
{
    return s.ptr[0] == '-' && (s.len == 1 || s.ptr[1] == ' ');
}

/* What follows a dash may open a list or map on its line. */
static bool take_item(struct skim *s, size_t indent, struct slice text)
{
    for (;;) {
        struct slice ahead = slice_after(text, 1);
        if (is_line_end(ahead))
            return take_value(s, ahead);
        size_t skipped = 1 + count_spaces(ahead);
        indent += skipped;
        text = slice_after(text, skipped);
        struct slice rest = text, key;
        bool is_pair = !is_dash(text) && cut_key(&rest, &key);
        if (!is_pair && !is_dash(text))
            return take_value(s, text);
        if (!begin_level(s, indent, !is_pair))
            return false;
        if (is_pair)
            return take_pair(s, text);
    }
}

static bool take_line(struct skim *s, struct slice line, size_t indent)
{
    struct slice text = slice_after(line, indent);
    bool is_item = is_dash(text);
    if (!enter_level(s, indent, is_item))
        return false;
    return is_item ? take_item(s, indent, text) : take_pair(s, text);
}

bool yaml_skim(struct arena *a, struct slice text, const struct yaml_skim_map *wanted, struct value *out)
{
    struct skim s = {.arena = a, .rest = text};
    struct slice line;
    bool any = false;
    if (!yaml_text_is_ascii(text) || slice_find_char(text, '\r') < text.len)
        return false;
    push(&s, 0, false, wanted);
    struct map *root = top(&s)->map;
    while (next_line(&s, &line)) {
        size_t indent = count_spaces(line);
        if (indent == line.len || line.ptr[indent] == '#')
            continue;
        if (!take_line(&s, line, indent))
            return false;
        any = true;
    }
    while (s.depth)
        pop(&s);
    *out = value_map(root);
    return any;
}

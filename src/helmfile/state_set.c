/*
 * state_set.c - --state-values-set and --state-values-set-string
 */
#include "helmfile/state_set.h"

#include "golang/strconv.h"

enum {
    LARGEST_INDEX = 65536
};

struct setter {
    struct arena *arena;
    struct origin origin;
    bool texts_only;
    struct diag *diag;
};

static bool is_word(struct slice text, const char *word)
{
    size_t i = 0;
    for (; i < text.len && word[i]; i++) {
        char c = text.ptr[i] >= 'A' && text.ptr[i] <= 'Z' ? (char)(text.ptr[i] | 0x20) : text.ptr[i];
        if (c != word[i])
            return false;
    }
    return i == text.len && !word[i];
}

static struct value typed_value(const struct setter *s, struct slice text)
{
    int64_t i;
    if (s->texts_only)
        return value_string(text);
    if (is_word(text, "true") || is_word(text, "false"))
        return value_bool(is_word(text, "true"));
    if (is_word(text, "null"))
        return value_nil();
    if (slice_is(text, "0"))
        return value_int64(0);
    if (text.len && text.ptr[0] != '0' && go_parse_int(text, 10, 64, &i) == GO_NUMBER_OK)
        return value_int64(i);
    return value_string(text);
}

/* The next key of a dotted path, its backslashes taken off; false at the end. */
static bool next_key(const struct setter *s, struct slice *rest, struct slice *key)
{
    struct buffer text = BUFFER_INIT;
    bool escaped = false;
    size_t i = 0;
    for (; i < rest->len; i++) {
        char c = rest->ptr[i];
        if (!escaped && c == '\\') {
            escaped = true;
            continue;
        }
        if (!escaped && c == '.')
            break;
        escaped = false;
        buffer_add_char(&text, c);
    }
    bool more = i < rest->len;
    *rest = more ? slice_after(*rest, i + 1) : slice_of("", 0);
    bool found = more || text.len;
    *key = buffer_move(&text, s->arena);
    return found;
}

/* Cuts "[3]" off a key; false where it has none. */
static bool cut_index(struct slice *key, size_t *index)
{
    size_t open = slice_find_char(*key, '[');
    uint64_t number;
    if (open == key->len || key->ptr[key->len - 1] != ']')
        return false;
    struct slice digits = slice_part(*key, open + 1, key->len - 1);
    if (go_parse_uint(digits, 10, 32, &number) != GO_NUMBER_OK)
        return false;
    *key = slice_part(*key, 0, open);
    *index = (size_t)number;
    return true;
}

/* The place of a key in a map, made where it is missing. */
static struct value *place_of(const struct setter *s, struct map *map, struct slice key)
{
    struct value *found = map_find(map, key);
    if (found)
        return found;
    map_set(map, key, value_from(value_nil(), s->origin));
    return map_find(map, key);
}

/* The place of an item, the list made long enough. */
static struct value *place_of_item(const struct setter *s, struct value *list, struct slice key, size_t index)
{
    if (list->kind != VALUE_LIST && list->kind != VALUE_NIL) {
        diag_error(s->diag, "state value '%.*s' is no list", SLICE_ARG(key));
        return NULL;
    }
    if (index > LARGEST_INDEX) {
        diag_error(s->diag, "state value '%.*s': index %zu is above %d", SLICE_ARG(key), index, LARGEST_INDEX);
        return NULL;
    }
    if (list->kind == VALUE_NIL)
        *list = value_from(value_list(list_new(s->arena, (uint32_t)index + 1)), s->origin);
    while (list->list->len <= index)
        list_add(s->arena, list->list, value_nil());
    return &list->list->items[index];
}

static bool assign(const struct setter *s, struct map *root, struct slice path, struct slice text)
{
    struct map *map = root;
    struct slice rest = path;
    struct slice key;
    while (next_key(s, &rest, &key)) {
        size_t index;
        bool has_index = cut_index(&key, &index);
        struct value *place = place_of(s, map, key);
        if (has_index)
            place = place_of_item(s, place, key, index);
        if (!place)
            return false;
        if (rest.len == 0) {
            *place = value_from(typed_value(s, text), s->origin);
            return true;
        }
        if (place->kind == VALUE_NIL)
            *place = value_from(value_map(map_new(s->arena, 2)), s->origin);
        if (place->kind != VALUE_MAP)
            return diag_error(s->diag, "state value '%.*s' of '%.*s' is no map", SLICE_ARG(key), SLICE_ARG(path));
        map = place->map;
    }
    return diag_error(s->diag, "state value without a key: '%.*s'", SLICE_ARG(path));
}

static bool apply(struct setter *s, struct source_set *sources, const char *option, struct slice text,
                  struct map *root)
{
    struct slice name = arena_printf(s->arena, "%s %.*s", option, SLICE_ARG(text));
    struct slice rest = text;
    struct slice piece;
    s->origin = origin_at(source_set_add(sources, name, text), 1, 1);
    while (slice_next_piece(&rest, ',', &piece)) {
        size_t equals = slice_find_char(piece, '=');
        if (equals == piece.len)
            return diag_error(s->diag, "%s '%.*s': expected key=value", option, SLICE_ARG(piece));
        if (!assign(s, root, slice_part(piece, 0, equals), slice_after(piece, equals + 1)))
            return false;
    }
    return true;
}

bool state_set_read(struct arena *a, struct source_set *sources, const struct helmfile_texts *typed,
                    const struct helmfile_texts *texts, struct value *out, struct diag *diag)
{
    struct setter s = {.arena = a, .diag = diag};
    struct map *root = map_new(a, 4);
    for (size_t i = 0; i < typed->count; i++) {
        if (!apply(&s, sources, "--state-values-set", typed->items[i], root))
            return false;
    }
    s.texts_only = true;
    for (size_t i = 0; i < texts->count; i++) {
        if (!apply(&s, sources, "--state-values-set-string", texts->items[i], root))
            return false;
    }
    *out = value_map(root);
    return true;
}

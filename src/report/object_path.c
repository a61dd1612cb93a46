/*
 * object_path.c - paths into objects, as people write them
 */
#include "report/object_path.h"

#include "report/list_align.h"

/* The natural keys of a list's items; null where they have none. `field` is the key that holds the list. */
static const struct slice *natural_keys(struct arena *a, struct slice field, const struct list *list)
{
    struct list_alignment alignment;
    list_align(a, field, list, list, &alignment);
    return alignment.keyed ? alignment.left_keys : NULL;
}

/* The index of the item that `name` means, or the list's length. */
static uint32_t find_item(struct arena *a, struct slice field, const struct list *list, struct slice name)
{
    const struct slice *keys = natural_keys(a, field, list);
    for (uint32_t i = 0; keys && i < list->len; i++) {
        if (slice_equal(keys[i], name))
            return i;
    }
    return list->len;
}

static bool is_number(struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    }
    return text.len > 0;
}

static struct slice last_key(const struct key_path *path)
{
    for (size_t i = path->count; i > 0; i--) {
        if (!path->steps[i - 1].is_index)
            return path->steps[i - 1].key;
    }
    return SLICE("");
}

/* Replaces the name in brackets that stands at `open` by its index; `plain` has the path so far. */
static bool replace_name(struct arena *a, struct value tree, struct buffer *plain, struct slice name, struct diag *diag)
{
    struct key_path above;
    if (!key_path_parse(a, buffer_slice(plain), &above, diag))
        return false;
    const struct value *list = key_path_find(&tree, &above);
    uint32_t index = list && list->kind == VALUE_LIST ? find_item(a, last_key(&above), list->list, name) : 0;
    if (!list || list->kind != VALUE_LIST || index == list->list->len)
        return diag_error(diag, "'%.*s' has no item '%.*s'", SLICE_ARG(buffer_slice(plain)), SLICE_ARG(name));
    key_path_add_index(plain, index);
    return true;
}

/* The path with indexes in place of names. */
static bool replace_names(struct arena *a, struct value tree, struct slice text, struct buffer *plain,
                          struct diag *diag)
{
    while (text.len) {
        size_t open = slice_find_char(text, '[');
        buffer_add(plain, slice_part(text, 0, open));
        text = slice_after(text, open);
        size_t close = slice_find_char(text, ']');
        if (close == text.len) {
            buffer_add(plain, text);
            return true;
        }
        struct slice name = text.len ? slice_part(text, 1, close) : text;
        bool is_name = name.len && !is_number(name) && name.ptr[0] != '"';
        if (is_name && !replace_name(a, tree, plain, name, diag))
            return false;
        if (!is_name)
            buffer_add(plain, slice_part(text, 0, close + 1));
        text = slice_after(text, close + 1);
    }
    return true;
}

/* Says which step leads nowhere, and which key is near. */
static bool fail_step(struct arena *a, struct value tree, const struct key_path *path, struct diag *diag)
{
    struct diag_place nowhere = {NULL, 0, 0, 0};
    struct key_path part = {path->steps, 0};
    const struct value *v = &tree;
    while (part.count < path->count) {
        part.count++;
        const struct value *next = key_path_find(&tree, &part);
        if (!next)
            break;
        v = next;
    }
    struct buffer text = BUFFER_INIT;
    key_path_write(&text, &part);
    diag_error(diag, "there is no '%.*s'", SLICE_ARG(buffer_slice(&text)));
    buffer_release(&text);
    uint32_t count = v->kind == VALUE_MAP ? v->map->len : 0;
    struct slice *keys = ARENA_ARRAY(a, struct slice, count);
    for (uint32_t i = 0; i < count; i++)
        keys[i] = v->map->entries[i].key;
    size_t near = diag_nearest_slice(path->steps[part.count - 1].key, keys, count);
    if (near < count)
        diag_note(diag, nowhere, "did you mean '%.*s'?", SLICE_ARG(keys[near]));
    return false;
}

bool object_path_parse(struct arena *a, struct value tree, struct slice text, struct key_path *out, struct diag *diag)
{
    struct buffer plain = BUFFER_INIT;
    bool ok = replace_names(a, tree, text, &plain, diag) &&
              key_path_parse(a, arena_slice(a, buffer_slice(&plain)), out, diag);
    buffer_release(&plain);
    if (!ok)
        return false;
    return key_path_find(&tree, out) || fail_step(a, tree, out, diag);
}

void object_path_write(struct arena *a, struct value tree, const struct key_path *path, struct buffer *out)
{
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < path->count; i++) {
        const struct key_step *step = &path->steps[i];
        const struct key_path above = {path->steps, i};
        const struct value *list = step->is_index ? key_path_find(&tree, &above) : NULL;
        const struct slice *keys = list && list->kind == VALUE_LIST ? natural_keys(a, last_key(&above), list->list)
                                                                     : NULL;
        if (!step->is_index)
            key_path_add_key(&text, step->key);
        else if (keys)
            buffer_printf(&text, "[%.*s]", SLICE_ARG(keys[step->index]));
        else
            key_path_add_index(&text, step->index);
    }
    buffer_add(out, buffer_slice(&text));
    buffer_release(&text);
}

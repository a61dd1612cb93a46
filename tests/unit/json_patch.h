/*
 * json_patch.h - a JSON patch (RFC 6902) applied, as a reader of `yare diff -o json` would
 *
 * Written for the tests alone and without the modules that make patches: what they say is taken by the letter.
 */
#ifndef YARE_TESTS_JSON_PATCH_H
#define YARE_TESTS_JSON_PATCH_H

#include <stdlib.h>

#include "base/buffer.h"
#include "value/value.h"

/* The next token of a pointer, unescaped. */
static inline struct slice patch_token(struct arena *a, struct slice *pointer)
{
    struct buffer text = BUFFER_INIT;
    size_t i = 1;
    for (; i < pointer->len && pointer->ptr[i] != '/'; i++) {
        bool escape = pointer->ptr[i] == '~';
        i += escape;
        buffer_add_char(&text, escape ? (pointer->ptr[i] == '1' ? '/' : '~') : pointer->ptr[i]);
    }
    *pointer = slice_after(*pointer, i);
    return buffer_move(&text, a);
}

static inline size_t patch_index(struct slice token)
{
    return (size_t)strtoul(token.ptr, NULL, 10);
}

/* The container that the last token of the pointer is in. */
static inline struct value *patch_parent(struct arena *a, struct value *root, struct slice pointer, struct slice *last)
{
    struct value *v = root;
    *last = patch_token(a, &pointer);
    while (v && pointer.len) {
        if (v->kind == VALUE_MAP)
            v = map_find(v->map, *last);
        else
            v = v->kind == VALUE_LIST && patch_index(*last) < v->list->len ? &v->list->items[patch_index(*last)] : NULL;
        *last = patch_token(a, &pointer);
    }
    return v;
}

static inline bool patch_add(struct arena *a, struct value *root, struct slice pointer, struct value v)
{
    struct slice last;
    if (pointer.len == 0) {
        *root = v;
        return true;
    }
    struct value *parent = patch_parent(a, root, pointer, &last);
    if (parent && parent->kind == VALUE_MAP) {
        map_set(parent->map, last, v);
        return true;
    }
    if (!parent || parent->kind != VALUE_LIST || patch_index(last) > parent->list->len)
        return false;
    struct list *list = parent->list;
    size_t at = patch_index(last);
    list_add(a, list, v);
    memmove(list->items + at + 1, list->items + at, (list->len - 1 - at) * sizeof *list->items);
    list->items[at] = v;
    return true;
}

static inline bool patch_remove(struct arena *a, struct value *root, struct slice pointer, struct value *removed)
{
    struct slice last;
    struct value *parent = pointer.len ? patch_parent(a, root, pointer, &last) : NULL;
    if (parent && parent->kind == VALUE_MAP) {
        const struct value *found = map_find(parent->map, last);
        if (!found)
            return false;
        *removed = *found;
        return map_remove(parent->map, last);
    }
    if (!parent || parent->kind != VALUE_LIST || patch_index(last) >= parent->list->len)
        return false;
    struct list *list = parent->list;
    size_t at = patch_index(last);
    *removed = list->items[at];
    memmove(list->items + at, list->items + at + 1, (--list->len - at) * sizeof *list->items);
    return true;
}

static inline bool patch_replace(struct arena *a, struct value *root, struct slice pointer, struct value v)
{
    struct value removed;
    return pointer.len == 0 ? patch_add(a, root, pointer, v)
                            : patch_remove(a, root, pointer, &removed) && patch_add(a, root, pointer, v);
}

static inline struct slice patch_text(struct value operation, const char *key)
{
    const struct value *v = map_find_text(operation.map, key);
    return v ? value_slice(*v) : slice_of("", 0);
}

/* Applies a list of operations to *root, which must be thawed. */
static inline bool patch_apply(struct arena *a, struct value *root, struct value patch)
{
    for (uint32_t i = 0; i < patch.list->len; i++) {
        struct value operation = patch.list->items[i];
        struct slice op = patch_text(operation, "op");
        struct slice path = patch_text(operation, "path");
        const struct value *given = map_find_text(operation.map, "value");
        struct value v = given ? value_thaw(a, *given) : value_nil();
        bool ok = false;
        if (slice_is(op, "add"))
            ok = patch_add(a, root, path, v);
        else if (slice_is(op, "replace"))
            ok = patch_replace(a, root, path, v);
        else if (slice_is(op, "remove"))
            ok = patch_remove(a, root, path, &v);
        else if (slice_is(op, "move"))
            ok = patch_remove(a, root, patch_text(operation, "from"), &v) && patch_add(a, root, path, v);
        if (!ok)
            return false;
    }
    return true;
}

#endif

/*
 * field_diff.c - what differs between two values, field by field
 */
#include "report/field_diff.h"

#include "golang/strconv.h"
#include "report/list_align.h"
#include "report/quantity.h"
#include "report/same.h"
#include "report/sequence.h"

struct differ {
    struct arena *arena;
    const struct field_diff_options *options;
    struct field_changes *out;
    struct buffer pointer; /* of where the walk stands */
};

/* --- pointers ---------------------------------------------------------------------------------------------------- */

static void push_key(struct differ *d, struct slice key)
{
    buffer_add_char(&d->pointer, '/');
    for (size_t i = 0; i < key.len; i++) {
        if (key.ptr[i] == '~')
            buffer_add_text(&d->pointer, "~0");
        else if (key.ptr[i] == '/')
            buffer_add_text(&d->pointer, "~1");
        else
            buffer_add_char(&d->pointer, key.ptr[i]);
    }
}

static void push_index(struct differ *d, size_t index)
{
    buffer_add_char(&d->pointer, '/');
    go_format_uint(&d->pointer, index, 10);
}

static struct slice pointer_here(struct differ *d)
{
    return arena_slice(d->arena, buffer_slice(&d->pointer));
}

/* --- adding changes ---------------------------------------------------------------------------------------------- */

static struct field_change *add_change(struct differ *d, enum change_kind kind, const struct field_path *path,
                                       struct value left, struct value right)
{
    struct field_changes *out = d->out;
    out->items = arena_room(d->arena, out->items, out->count, &out->cap, sizeof *out->items);
    struct field_change *change = &out->items[out->count++];
    *change = (struct field_change){
        .kind = kind, .path = path, .pointer = pointer_here(d), .left = left, .right = right};
    return change;
}

static struct field_path *path_step(struct differ *d, const struct field_path *parent, struct slice key)
{
    struct field_path *path = ARENA_NEW(d->arena, struct field_path);
    *path = (struct field_path){.parent = parent, .key = key, .left = LIST_NONE, .right = LIST_NONE};
    return path;
}

/* --- scalars ----------------------------------------------------------------------------------------------------- */

static struct slice field_of(const struct field_path *path)
{
    return path && !path->is_item ? path->key : SLICE("");
}

static bool same_quantity(struct differ *d, const struct field_path *path, struct value left, struct value right)
{
    if (!d->options->quantities || !path || !quantity_is_field(field_of(path->parent), field_of(path)))
        return false;
    return quantity_equal(same_scalar_text(d->arena, left), same_scalar_text(d->arena, right));
}

/* --- lists ------------------------------------------------------------------------------------------------------- */

struct list_differ {
    struct differ *differ;
    const struct field_path *path;
    const struct list *left;
    const struct list *right;
    struct list_alignment alignment;
};

static const struct field_path *item_step(const struct list_differ *l, uint32_t left, uint32_t right)
{
    struct field_path *step = path_step(l->differ, l->path, SLICE(""));
    step->is_item = true;
    step->left = left;
    step->right = right;
    if (l->alignment.keyed)
        step->key = left != LIST_NONE ? l->alignment.left_keys[left] : l->alignment.right_keys[right];
    return step;
}

static void remove_items(struct list_differ *l)
{
    struct differ *d = l->differ;
    size_t here = d->pointer.len;
    uint32_t removed = 0;
    for (uint32_t i = 0; i < l->left->len; i++) {
        if (l->alignment.partner[i] != LIST_NONE)
            continue;
        push_index(d, i - removed++);
        add_change(d, CHANGE_REMOVED, item_step(l, i, LIST_NONE), l->left->items[i], value_nil());
        d->pointer.len = here;
    }
}

static void add_item(struct list_differ *l, uint32_t right, size_t at)
{
    struct differ *d = l->differ;
    size_t here = d->pointer.len;
    push_index(d, at);
    add_change(d, CHANGE_ADDED, item_step(l, LIST_NONE, right), value_nil(), l->right->items[right]);
    d->pointer.len = here;
}

static void move_item(struct list_differ *l, uint32_t right, size_t from, size_t at)
{
    struct differ *d = l->differ;
    size_t here = d->pointer.len;
    uint32_t left = l->alignment.partner_of_right[right];
    push_index(d, from);
    struct slice source = pointer_here(d);
    d->pointer.len = here;
    push_index(d, at);
    add_change(d, CHANGE_MOVED, item_step(l, left, right), l->left->items[left], l->right->items[right])->from = source;
    d->pointer.len = here;
}

/* The list as it is while it is put in order: for each place the index that its item has in the right list. */
struct arrangement {
    uint32_t *items;
    size_t count;
};

static size_t place_of(const struct arrangement *list, uint32_t item)
{
    size_t at = 0;
    while (list->items[at] != item)
        at++;
    return at;
}

static void take_out(struct arrangement *list, size_t at)
{
    memmove(list->items + at, list->items + at + 1, (--list->count - at) * sizeof *list->items);
}

static void put_in(struct arrangement *list, size_t at, uint32_t item)
{
    memmove(list->items + at + 1, list->items + at, (list->count++ - at) * sizeof *list->items);
    list->items[at] = item;
}

/* Items that keep their order stay; each other one is put behind its predecessor, in the order of the right list, where
   all before it are then in order. */
static void arrange_items(struct list_differ *l, struct arrangement *list, const bool *stays)
{
    for (uint32_t i = 0; i < l->right->len; i++) {
        bool is_new = l->alignment.partner_of_right[i] == LIST_NONE;
        if (!is_new && stays[i])
            continue;
        size_t from = is_new ? 0 : place_of(list, i);
        if (!is_new)
            take_out(list, from);
        size_t at = i ? place_of(list, i - 1) + 1 : 0;
        put_in(list, at, i);
        if (is_new)
            add_item(l, i, at);
        else if (at != from)
            move_item(l, i, from, at);
    }
}

/* Without moves each new item goes to its place in the right list: those before it are there already. */
static void add_items(struct list_differ *l)
{
    for (uint32_t i = 0; i < l->right->len; i++) {
        if (l->alignment.partner_of_right[i] == LIST_NONE)
            add_item(l, i, i);
    }
}

static bool is_rising(const struct arrangement *list)
{
    for (size_t i = 1; i < list->count; i++) {
        if (list->items[i] < list->items[i - 1])
            return false;
    }
    return true;
}

/* Adds and moves items, once removed ones are gone. */
static void order_items(struct list_differ *l)
{
    struct arena *a = l->differ->arena;
    struct arrangement list = {ARENA_ARRAY(a, uint32_t, (size_t)l->left->len + l->right->len), 0};
    for (uint32_t i = 0; i < l->left->len; i++) {
        if (l->alignment.partner[i] != LIST_NONE)
            list.items[list.count++] = l->alignment.partner[i];
    }
    if (is_rising(&list)) {
        add_items(l);
        return;
    }
    bool *in_run = ARENA_ARRAY(a, bool, list.count);
    bool *stays = ARENA_ARRAY(a, bool, l->right->len);
    sequence_longest_rising(a, list.items, list.count, in_run);
    for (size_t i = 0; i < list.count; i++)
        stays[list.items[i]] = in_run[i];
    arrange_items(l, &list, stays);
}

static void diff_values(struct differ *d, const struct field_path *path, struct value left, struct value right);

static void diff_lists(struct differ *d, const struct field_path *path, const struct list *left,
                       const struct list *right)
{
    struct list_differ l = {.differ = d, .path = path, .left = left, .right = right};
    size_t here = d->pointer.len;
    list_align(d->arena, field_of(path), left, right, &l.alignment);
    for (uint32_t i = 0; i < left->len; i++) {
        uint32_t partner = l.alignment.partner[i];
        if (partner == LIST_NONE || same_value(left->items[i], right->items[partner]))
            continue;
        push_index(d, i);
        diff_values(d, item_step(&l, i, partner), left->items[i], right->items[partner]);
        d->pointer.len = here;
    }
    remove_items(&l);
    order_items(&l);
}

/* --- maps -------------------------------------------------------------------------------------------------------- */

static void diff_entries(struct differ *d, const struct field_path *path, struct slice key, const struct value *left,
                         const struct value *right)
{
    size_t here = d->pointer.len;
    push_key(d, key);
    const struct field_path *step = path_step(d, path, key);
    if (!right)
        add_change(d, CHANGE_REMOVED, step, *left, value_nil());
    else if (!left)
        add_change(d, CHANGE_ADDED, step, value_nil(), *right);
    else
        diff_values(d, step, *left, *right);
    d->pointer.len = here;
}

static void diff_maps(struct differ *d, const struct field_path *path, const struct map *left, const struct map *right)
{
    uint32_t i = 0;
    uint32_t j = 0;
    while (i < left->len || j < right->len) {
        const struct entry *l = i < left->len ? &left->entries[i] : NULL;
        const struct entry *r = j < right->len ? &right->entries[j] : NULL;
        int order = !l ? 1 : !r ? -1 : slice_compare(l->key, r->key);
        i += order <= 0;
        j += order >= 0;
        diff_entries(d, path, order <= 0 ? l->key : r->key, order <= 0 ? &l->value : NULL,
                     order >= 0 ? &r->value : NULL);
    }
}

static void diff_values(struct differ *d, const struct field_path *path, struct value left, struct value right)
{
    if (value_is_map(left) && value_is_map(right))
        diff_maps(d, path, left.map, right.map);
    else if (value_is_list(left) && value_is_list(right))
        diff_lists(d, path, left.list, right.list);
    else if (!same_value(left, right) && !(value_is_scalar(left) && value_is_scalar(right) &&
                                           same_quantity(d, path, left, right)))
        add_change(d, CHANGE_REPLACED, path, left, right);
}

/* --- entry ------------------------------------------------------------------------------------------------------- */

void field_diff(struct arena *a, struct value left, struct value right, const struct field_diff_options *options,
                struct field_changes *out)
{
    struct differ d = {.arena = a, .options = options, .out = out, .pointer = BUFFER_INIT};
    diff_values(&d, NULL, left, right);
    buffer_release(&d.pointer);
}

static void write_item(const struct field_path *step, struct buffer *out)
{
    buffer_add_char(out, '[');
    if (step->key.len)
        buffer_add(out, step->key);
    else
        go_format_uint(out, step->right != LIST_NONE ? step->right : step->left, 10);
    buffer_add_char(out, ']');
}

static bool is_plain_key(struct slice key)
{
    for (size_t i = 0; i < key.len; i++) {
        if (memchr(".[]\\\" ", key.ptr[i], 6))
            return false;
    }
    return key.len > 0;
}

/* A key with a dot in it stands quoted in brackets, as key_path.h reads it. */
static void write_key(struct slice key, struct buffer *out)
{
    if (is_plain_key(key)) {
        if (out->len)
            buffer_add_char(out, '.');
        buffer_add(out, key);
        return;
    }
    buffer_add_text(out, "[\"");
    for (size_t i = 0; i < key.len; i++) {
        if (key.ptr[i] == '"' || key.ptr[i] == '\\')
            buffer_add_char(out, '\\');
        buffer_add_char(out, key.ptr[i]);
    }
    buffer_add_text(out, "\"]");
}

void field_path_write(const struct field_path *path, struct buffer *out)
{
    if (!path)
        return;
    field_path_write(path->parent, out);
    if (path->is_item)
        write_item(path, out);
    else
        write_key(path->key, out);
}

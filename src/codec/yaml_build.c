/*
 * yaml_build.c - from YAML's nodes to a value
 *
 * A merged mapping (<<: {…}) writes its entries where its parent's stand on the stack, so that ending it merges it.
 * Of equal keys the last on the stack wins, which is go-yaml's rule: a merge behind a key overrides it.
 */
#include "codec/yaml_build.h"

#include "base/limits.h"
#include "base/memory.h"
#include "codec/yaml_node.h"
#include "codec/yaml_scalar.h"
#include "golang/strconv.h"

enum expected {
    EXPECT_ITEM,  /* in a list */
    EXPECT_KEY,
    EXPECT_VALUE,
    EXPECT_MERGE  /* what << stands for */
};

struct yaml_frame {
    enum expected expect;
    bool is_map;
    bool is_merge;              /* the value of a merge key: a map into the parent, or a list of maps */
    bool in_key;                /* part of a key, which is an error whose text shows it */
    size_t first;               /* of its entries or items on the stack */
    uint64_t nodes;             /* decoded before it */
    struct yaml_anchor *anchor; /* or null */
    struct origin at;
    size_t number; /* of the map, for the search of duplicates */
    struct slice key;
    struct origin key_at;
    bool has_odd_keys;     /* raw: a key is no string */
    bool key_unsupported; /* the key has no text */
    struct value key_value;
    size_t merged;              /* go-yaml v3: entries at its start that "<<" brought in */
};

void yaml_build_init(struct yaml_build *b, struct arena *a, const struct yaml_read_options *options)
{
    memset(b, 0, sizeof *b);
    b->arena = a;
    b->options = options;
    b->nodes = 1; /* the document itself */
}

void yaml_build_release(struct yaml_build *b)
{
    memory_free(b->frames);
    memory_free(b->entries);
    memory_free(b->items);
    buffer_release(&b->strict_text);
}

static struct yaml_frame *top(struct yaml_build *b)
{
    return b->depth ? &b->frames[b->depth - 1] : NULL;
}

static void fault(struct yaml_build *b, enum yaml_stage stage, struct slice message, struct origin at)
{
    yaml_faults_add(&b->faults, stage, message, at);
}

/* --- counting ------------------------------------------------------------------------------------------------- */

static void check_aliasing(struct yaml_build *b, struct origin at)
{
    if (b->from_aliases > 100 && yaml_aliasing_is_excessive(b->nodes, b->from_aliases))
        fault(b, YAML_STAGE_DECODE, SLICE("yaml: document contains excessive aliasing"), at);
}

/* go-yaml does not decode the key << and a list of maps to merge. */
static void count_node(struct yaml_build *b, struct origin at)
{
    b->nodes++;
    check_aliasing(b, at);
}

/* --- stacks --------------------------------------------------------------------------------------------------- */

static void push_entry(struct yaml_build *b, struct slice key, struct value v)
{
    if (b->entry_count == b->entry_cap) {
        b->entry_cap = b->entry_cap ? b->entry_cap * 2 : 64;
        b->entries = memory_resize(b->entries, b->entry_cap * sizeof *b->entries);
    }
    struct entry *entry = &b->entries[b->entry_count++];
    entry->key = key;
    entry->value = v;
}

static void push_item(struct yaml_build *b, struct value v)
{
    if (b->item_count == b->item_cap) {
        b->item_cap = b->item_cap ? b->item_cap * 2 : 64;
        b->items = memory_resize(b->items, b->item_cap * sizeof *b->items);
    }
    b->items[b->item_count++] = v;
}

static struct yaml_frame *push_frame(struct yaml_build *b)
{
    if (b->depth == b->frame_cap) {
        b->frame_cap = b->frame_cap ? b->frame_cap * 2 : 16;
        b->frames = memory_resize(b->frames, b->frame_cap * sizeof *b->frames);
    }
    struct yaml_frame *frame = &b->frames[b->depth++];
    memset(frame, 0, sizeof *frame);
    return frame;
}

/* Raw: of equal keys that both are a map's own the writer's reader complains later. */
static void note_duplicate(void *context, const struct entry *kept, const struct entry *dropped)
{
    struct map *map = context;
    if (!(kept->value.bits & YAML_NODE_MERGED) && !(dropped->value.bits & YAML_NODE_MERGED))
        map->flags |= MAP_KEY_TWICE;
}

/* Fills the map with the entries from `first` on, a map's own keys in reverse: the last of equal ones stays. */
static void fill_reversed(const struct yaml_build *b, size_t first, struct map *map)
{
    uint32_t end = (uint32_t)(b->entry_count - first);
    uint32_t merged = 0;
    while (merged < end && b->entries[first + merged].value.bits & YAML_NODE_MERGED)
        merged++;
    for (uint32_t i = 0; i < end; i++)
        map->entries[i] = b->entries[first + (i < merged ? i : end - 1 - (i - merged))];
    map->len = end;
}

/* Of a map's own keys that are equal the first counts for whoever looks one up before the map is written. */
static struct value raw_map_of_entries(struct yaml_build *b, const struct yaml_frame *frame)
{
    size_t count = b->entry_count - frame->first;
    struct map *map = map_new(b->arena, (uint32_t)count);
    if (count)
        memcpy(map->entries, b->entries + frame->first, count * sizeof *map->entries);
    map->len = (uint32_t)count;
    if (frame->has_odd_keys)
        map->flags |= MAP_ODD_KEYS;
    map_sort(map, note_duplicate, map);
    if (map->flags & MAP_KEY_TWICE) {
        fill_reversed(b, frame->first, map);
        map_sort(map, NULL, NULL);
    }
    for (uint32_t i = 0; frame->merged && i < map->len; i++)
        map->entries[i].value.bits &= (uint16_t)~YAML_NODE_MERGED;
    return value_map(map);
}

static struct value map_of_entries(struct yaml_build *b, size_t first)
{
    size_t count = b->entry_count - first;
    struct map *map = map_new(b->arena, (uint32_t)count);
    if (count)
        memcpy(map->entries, b->entries + first, count * sizeof *map->entries);
    map->len = (uint32_t)count;
    map_sort(map, NULL, NULL);
    return value_map(map);
}

static struct value list_of_items(struct yaml_build *b, size_t first)
{
    size_t count = b->item_count - first;
    struct list *list = list_new(b->arena, (uint32_t)count);
    if (count)
        memcpy(list->items, b->items + first, count * sizeof *list->items);
    list->len = (uint32_t)count;
    return value_list(list);
}

/* --- entries -------------------------------------------------------------------------------------------------- */

/* Strict reading: a key of a map seen before is an error. Keys of different kinds that have the same text are different
   there. */
static void check_duplicate(struct yaml_build *b, const struct yaml_frame *frame, struct slice key,
                            enum value_kind kind, struct origin at)
{
    if (!b->strict_seen)
        b->strict_seen = map_new(b->arena, 16);
    struct slice id = arena_printf(b->arena, "%zu:%d:%.*s", frame->number, (int)kind, SLICE_ARG(key));
    const struct value *seen = map_find(b->strict_seen, id);
    if (!seen) {
        map_set(b->strict_seen, id, value_int((int64_t)at.line));
        return;
    }
    bool is_v3 = b->options->go_yaml_v3;
    struct buffer *text = &b->strict_text;
    buffer_printf(text, "\n  line %u: %skey ", (unsigned)at.line, is_v3 ? "mapping " : "");
    if (kind == VALUE_STRING)
        go_quote(text, key);
    else
        buffer_add(text, kind == VALUE_NIL ? SLICE("<nil>") : key);
    if (is_v3)
        buffer_printf(text, " already defined at line %u", (unsigned)seen->i);
    else
        buffer_add_text(text, " already set in map");
    if (!b->faults.found[YAML_STAGE_CONVERT])
        fault(b, YAML_STAGE_CONVERT, SLICE(""), at);
}

static void add_entry(struct yaml_build *b, struct slice key, struct value v, struct origin at)
{
    v.origin = at;
    push_entry(b, key, v);
}

static bool own_keys_win(const struct yaml_build *b)
{
    return b->options->go_yaml_v3 || b->options->raw_scalars;
}

/* In go-yaml v3 what is merged never overrides what the map itself says, wherever "<<" stands: the entries from `from`
   on go before those of the map, behind what was merged earlier. */
static void weaken_merged(struct yaml_build *b, struct yaml_frame *frame, size_t from)
{
    size_t count = b->entry_count - from;
    struct entry *to = b->entries + frame->first + frame->merged;
    frame->merged += count;
    if (count == 0 || to == b->entries + from)
        return;
    struct entry *moved = memory_alloc(count * sizeof *moved);
    memcpy(moved, b->entries + from, count * sizeof *moved);
    memmove(to + count, to, (size_t)(b->entries + from - to) * sizeof *moved);
    memcpy(to, moved, count * sizeof *moved);
    memory_free(moved);
}

/* Adds the entries of a merged map; their origins stay where they were written. */
static void merge_map(struct yaml_build *b, struct yaml_frame *frame, const struct map *map)
{
    size_t from = b->entry_count;
    for (uint32_t i = 0; i < map->len; i++) {
        const struct entry *entry = &map->entries[i];
        if (b->options->reject_duplicates && !b->options->go_yaml_v3)
            check_duplicate(b, frame, entry->key, VALUE_STRING, entry->value.origin);
        add_entry(b, entry->key, entry->value, entry->value.origin);
        if (b->options->raw_scalars)
            b->entries[b->entry_count - 1].value.bits |= YAML_NODE_MERGED;
    }
    if (own_keys_win(b))
        weaken_merged(b, frame, from);
}

static void want_map(struct yaml_build *b, struct origin at)
{
    fault(b, YAML_STAGE_DECODE, SLICE("yaml: map merge requires map or sequence of maps as the value"), at);
}

static void take_key(struct yaml_build *b, struct yaml_frame *frame, struct value v)
{
    frame->expect = EXPECT_VALUE;
    frame->key_at = v.origin;
    frame->key_unsupported = false;
    frame->key_value = v;
    if (v.kind == VALUE_STRING) {
        frame->key = value_slice(v);
        frame->has_odd_keys |= yaml_node_tag(v) > YAML_TAG_STR;
    } else if (v.kind == VALUE_LIST || v.kind == VALUE_MAP) {
        fault(b, YAML_STAGE_DECODE, yaml_invalid_key_text(b->arena, v, b->options->go_yaml_v3), v.origin);
        frame->key = SLICE("");
    } else if (!yaml_scalar_key_text(b->arena, v, &frame->key)) {
        frame->key_unsupported = true;
        frame->key = SLICE("");
    }
}

/* A null key given again in the same map has replaced the value of the first. */
static void report_unsupported_key(struct yaml_build *b, const struct yaml_frame *frame, struct value v)
{
    if (frame->key_value.kind == VALUE_NIL && b->null_key_map == frame->number + 1)
        b->faults.found[YAML_STAGE_CONVERT] = false;
    if (!b->faults.found[YAML_STAGE_CONVERT])
        b->null_key_map = frame->number + 1;
    fault(b, YAML_STAGE_CONVERT, yaml_unsupported_key_text(b->arena, frame->key_value, v), frame->key_at);
}

static void take_value(struct yaml_build *b, struct yaml_frame *frame, struct value v)
{
    if (frame->key_unsupported)
        report_unsupported_key(b, frame, v);
    if (b->options->reject_duplicates)
        check_duplicate(b, frame, frame->key, (enum value_kind)frame->key_value.kind, v.origin);
    if (frame->in_key && frame->key_value.kind != VALUE_STRING)
        v.bits = frame->key_value.kind == VALUE_NIL ? YAML_BIT_NIL_KEY : YAML_BIT_BARE_KEY;
    add_entry(b, frame->key, v, frame->key_at);
    if (frame->is_merge && b->options->raw_scalars)
        b->entries[b->entry_count - 1].value.bits |= YAML_NODE_MERGED;
    frame->expect = EXPECT_KEY;
}

static void take_merge(struct yaml_build *b, struct yaml_frame *frame, struct value v)
{
    frame->expect = EXPECT_KEY;
    if (v.kind == VALUE_MAP)
        merge_map(b, frame, v.map);
    else
        want_map(b, v.origin);
}

/* A number in its final kind; infinities and NaN are reported when all is read. */
static struct value finished(struct yaml_build *b, const struct yaml_frame *frame, struct value v)
{
    if (frame && frame->in_key)
        return v;
    if (v.kind == VALUE_FLOAT) {
        if (!isfinite(v.f))
            b->has_unsupported = true;
        return v;
    }
    if (b->options->go_yaml_v3)
        return v;
    if (b->options->keep_integers)
        return v.kind == VALUE_INT ? value_from(value_int64(v.i), v.origin) : v;
    return yaml_scalar_as_json(v);
}

/* A node is complete: it becomes an item, a key, a value, or what is merged. */
static void take(struct yaml_build *b, struct value v)
{
    struct yaml_frame *frame = top(b);
    if (!frame) {
        b->root = finished(b, NULL, v);
        return;
    }
    switch (frame->expect) {
    case EXPECT_ITEM:
        if (frame->is_merge && v.kind != VALUE_MAP)
            want_map(b, v.origin);
        push_item(b, finished(b, frame, v));
        break;
    case EXPECT_KEY:
        take_key(b, frame, v);
        break;
    case EXPECT_VALUE:
        take_value(b, frame, finished(b, frame, v));
        break;
    case EXPECT_MERGE:
        take_merge(b, frame, v);
        break;
    }
}

/* --- nodes ---------------------------------------------------------------------------------------------------- */

void yaml_build_scalar(struct yaml_build *b, struct value v, struct slice anchor)
{
    if (b->depth && top(b)->expect == EXPECT_MERGE) {
        want_map(b, v.origin);
        top(b)->expect = EXPECT_KEY;
        return;
    }
    if (anchor.len) {
        struct yaml_anchor *new = yaml_anchors_add(&b->anchors, b->arena, anchor);
        new->value = v;
        new->nodes = 1;
    }
    count_node(b, v.origin);
    take(b, v);
}

void yaml_build_merge_key(struct yaml_build *b, struct slice text, struct slice anchor, struct origin at)
{
    struct yaml_frame *frame = top(b);
    struct value v = value_from(value_string(text), at);
    if (!frame || frame->expect != EXPECT_KEY) {
        yaml_build_scalar(b, v, anchor);
        return;
    }
    if (anchor.len) {
        struct yaml_anchor *new = yaml_anchors_add(&b->anchors, b->arena, anchor);
        new->value = v;
        new->nodes = 1;
    }
    frame->expect = EXPECT_MERGE;
}

void yaml_build_bad_scalar(struct yaml_build *b, struct slice message, struct slice anchor, struct origin at)
{
    fault(b, YAML_STAGE_DECODE, arena_concat(b->arena, SLICE("yaml: "), message), at);
    yaml_build_scalar(b, value_from(value_nil(), at), anchor);
}

void yaml_build_begin(struct yaml_build *b, bool is_map, struct slice anchor, struct origin at)
{
    uint64_t before = b->nodes;
    struct yaml_frame *parent = top(b);
    bool is_merge = parent && parent->expect == EXPECT_MERGE;
    bool in_key = parent && (parent->in_key || parent->expect == EXPECT_KEY);
    size_t number = is_merge ? parent->number : b->maps++;
    if (is_merge)
        parent->expect = EXPECT_KEY;
    if (is_map || !is_merge)
        count_node(b, at);
    struct yaml_frame *frame = push_frame(b);
    frame->expect = is_map ? EXPECT_KEY : EXPECT_ITEM;
    frame->is_map = is_map;
    frame->is_merge = is_merge;
    frame->in_key = in_key;
    frame->first = is_map ? b->entry_count : b->item_count;
    frame->nodes = before;
    frame->at = at;
    frame->number = number;
    if (anchor.len) {
        frame->anchor = yaml_anchors_add(&b->anchors, b->arena, anchor);
        frame->anchor->open = true;
    }
}

static void close_anchor(struct yaml_build *b, const struct yaml_frame *frame, struct value v)
{
    frame->anchor->value = v;
    frame->anchor->nodes = b->nodes - frame->nodes;
    frame->anchor->open = false;
}

/* The maps of a merged list go into the parent from the last to the first, so that the first wins. */
static void end_merged_list(struct yaml_build *b, const struct yaml_frame *frame)
{
    for (size_t i = b->item_count; i > frame->first; i--) {
        if (b->items[i - 1].kind == VALUE_MAP)
            merge_map(b, top(b), b->items[i - 1].map);
    }
    b->item_count = frame->first;
}

void yaml_build_end(struct yaml_build *b)
{
    struct yaml_frame frame = b->frames[--b->depth];
    if (frame.is_merge) {
        if (frame.anchor)
            close_anchor(b, &frame, frame.is_map ? map_of_entries(b, frame.first) : list_of_items(b, frame.first));
        if (!frame.is_map)
            end_merged_list(b, &frame);
        else if (own_keys_win(b))
            weaken_merged(b, top(b), frame.first);
        return; /* the entries of a merged map already stand behind its parent's */
    }
    struct value v = !frame.is_map                ? list_of_items(b, frame.first)
                     : b->options->raw_scalars ? raw_map_of_entries(b, &frame)
                                               : map_of_entries(b, frame.first);
    if (frame.is_map)
        b->entry_count = frame.first;
    else
        b->item_count = frame.first;
    v.origin = frame.at;
    if (frame.anchor)
        close_anchor(b, &frame, v);
    take(b, v);
}

bool yaml_build_alias(struct yaml_build *b, struct slice name, struct origin at)
{
    const struct yaml_anchor *anchor = yaml_anchors_find(&b->anchors, name);
    if (!anchor) {
        fault(b, YAML_STAGE_PARSE,
              arena_printf(b->arena, "yaml: unknown anchor '%.*s' referenced", SLICE_ARG(name)), at);
        return false;
    }
    b->nodes += 1 + anchor->nodes;
    b->from_aliases += anchor->nodes;
    check_aliasing(b, at);
    struct value v = anchor->value;
    if (anchor->open) {
        fault(b, YAML_STAGE_DECODE,
              arena_printf(b->arena, "yaml: anchor '%.*s' value contains itself", SLICE_ARG(name)), at);
        v = value_nil();
    } else if (!b->faults.found[YAML_STAGE_DECODE]) {
        v = value_thaw(b->arena, v);
    } else if (v.kind == VALUE_LIST || v.kind == VALUE_MAP) {
        v = value_nil(); /* there will be no result: nothing needs to grow */
    }
    take(b, value_from(v, at));
    return true;
}

bool yaml_build_finish(struct yaml_build *b, struct value *out, struct yaml_error *error)
{
    struct slice message;
    struct origin at;
    if (b->strict_text.len) {
        b->faults.first[YAML_STAGE_CONVERT].message =
            arena_concat(b->arena, SLICE("yaml: unmarshal errors:"), buffer_slice(&b->strict_text));
    }
    if (b->has_unsupported && yaml_find_unsupported(b->root, &message, &at))
        fault(b, YAML_STAGE_ENCODE, message, at);
    if (yaml_faults_first(&b->faults, error))
        return false;
    *out = b->root;
    return true;
}

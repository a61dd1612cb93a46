/*
 * hcl_list_funcs.c - functions of HCL that work on lists, sets and objects
 */
#include "helmfile/hcl_funcs.h"

#include "value/compare.h"

#include <math.h>
#include <stdlib.h>

/* --- lists ---------------------------------------------------------------------------------------------------- */

static bool has_item(const struct list *l, struct value v)
{
    for (uint32_t i = 0; i < l->len; i++) {
        if (value_deep_equal(l->items[i], v))
            return true;
    }
    return false;
}

static bool hcl_coalesce(const struct hcl_arguments *c, struct value *out)
{
    for (size_t i = 0; i < c->count; i++) {
        if (c->items[i].kind != VALUE_NIL) {
            *out = c->items[i];
            return true;
        }
    }
    return hcl_refuse(c, "no non-null arguments");
}

static bool hcl_coalescelist(const struct hcl_arguments *c, struct value *out)
{
    for (size_t i = 0; i < c->count; i++) {
        if (c->items[i].kind == VALUE_LIST && hcl_list_at(c, i)->len) {
            *out = c->items[i];
            return true;
        }
    }
    return hcl_refuse(c, "no non-null, non-empty arguments");
}

static bool hcl_compact(const struct hcl_arguments *c, struct value *out)
{
    struct list *kept = list_new(c->arena, hcl_list_at(c, 0)->len);
    for (uint32_t i = 0; i < hcl_list_at(c, 0)->len; i++) {
        struct value v = hcl_list_at(c, 0)->items[i];
        if (v.kind != VALUE_NIL && !(v.kind == VALUE_STRING && v.len == 0))
            list_add(c->arena, kept, v);
    }
    *out = value_list(kept);
    return true;
}

static bool hcl_concat(const struct hcl_arguments *c, struct value *out)
{
    struct list *all = list_new(c->arena, 4);
    for (size_t i = 0; i < c->count; i++) {
        for (uint32_t k = 0; k < hcl_list_at(c, i)->len; k++)
            list_add(c->arena, all, hcl_list_at(c, i)->items[k]);
    }
    *out = value_list(all);
    return true;
}

static bool hcl_contains(const struct hcl_arguments *c, struct value *out)
{
    *out = value_bool(has_item(hcl_list_at(c, 0), c->items[1]));
    return true;
}

static bool hcl_distinct(const struct hcl_arguments *c, struct value *out)
{
    struct list *kept = list_new(c->arena, hcl_list_at(c, 0)->len);
    for (uint32_t i = 0; i < hcl_list_at(c, 0)->len; i++) {
        if (!has_item(kept, hcl_list_at(c, 0)->items[i]))
            list_add(c->arena, kept, hcl_list_at(c, 0)->items[i]);
    }
    *out = value_list(kept);
    return true;
}

static bool hcl_element(const struct hcl_arguments *c, struct value *out)
{
    const struct list *l = hcl_list_at(c, 0);
    if (l->len == 0 || hcl_number_at(c, 1) < 0)
        return hcl_refuse(c, "cannot use element function with an empty list or a negative index");
    *out = l->items[(uint32_t)fmod(hcl_number_at(c, 1), l->len)];
    return true;
}

static bool hcl_chunklist(const struct hcl_arguments *c, struct value *out)
{
    const struct list *l = hcl_list_at(c, 0);
    uint32_t size = hcl_number_at(c, 1) > 0 ? (uint32_t)hcl_number_at(c, 1) : l->len;
    struct list *chunks = list_new(c->arena, 4);
    for (uint32_t i = 0; i < l->len; i += size) {
        struct list *chunk = list_new(c->arena, size);
        for (uint32_t k = i; k < l->len && k < i + size; k++)
            list_add(c->arena, chunk, l->items[k]);
        list_add(c->arena, chunks, value_list(chunk));
    }
    *out = value_list(chunks);
    return true;
}

static void flatten(const struct hcl_arguments *c, struct list *out, const struct list *in, int depth)
{
    for (uint32_t i = 0; i < in->len; i++) {
        if (in->items[i].kind == VALUE_LIST && depth < 100)
            flatten(c, out, in->items[i].list, depth + 1);
        else
            list_add(c->arena, out, in->items[i]);
    }
}

static bool hcl_flatten(const struct hcl_arguments *c, struct value *out)
{
    struct list *flat = list_new(c->arena, 4);
    flatten(c, flat, hcl_list_at(c, 0), 0);
    *out = value_list(flat);
    return true;
}

static bool hcl_length(const struct hcl_arguments *c, struct value *out)
{
    struct value v = c->items[0];
    if (v.kind != VALUE_LIST && v.kind != VALUE_MAP)
        return hcl_refuse(c, "collection must be a list, a map or a tuple");
    return hcl_give_number(out, v.kind == VALUE_LIST ? v.list->len : v.map->len);
}

static bool hcl_range(const struct hcl_arguments *c, struct value *out)
{
    double from = c->count > 1 ? hcl_number_at(c, 0) : 0;
    double to = c->count > 1 ? hcl_number_at(c, 1) : hcl_number_at(c, 0);
    double step = c->count > 2 ? hcl_number_at(c, 2) : from <= to ? 1 : -1;
    struct list *numbers = list_new(c->arena, 4);
    if (step == 0)
        return hcl_refuse(c, "step must not be zero");
    for (double d = from; (step > 0 ? d < to : d > to) && numbers->len < 1024; d += step)
        list_add(c->arena, numbers, hcl_make_number(d));
    *out = value_list(numbers);
    return true;
}

static bool hcl_reverselist(const struct hcl_arguments *c, struct value *out)
{
    struct list *turned = list_new(c->arena, hcl_list_at(c, 0)->len);
    for (uint32_t i = hcl_list_at(c, 0)->len; i-- > 0;)
        list_add(c->arena, turned, hcl_list_at(c, 0)->items[i]);
    *out = value_list(turned);
    return true;
}

static bool hcl_slice(const struct hcl_arguments *c, struct value *out)
{
    const struct list *l = hcl_list_at(c, 0);
    double from = hcl_number_at(c, 1);
    double to = hcl_number_at(c, 2);
    if (from < 0 || to < from || to > l->len)
        return hcl_refuse(c, "start and end index must lie in the list");
    struct list *part = list_new(c->arena, (uint32_t)(to - from));
    for (uint32_t i = (uint32_t)from; i < (uint32_t)to; i++)
        list_add(c->arena, part, l->items[i]);
    *out = value_list(part);
    return true;
}

static int compare_texts(const void *x, const void *y)
{
    return slice_compare(value_slice(*(const struct value *)x), value_slice(*(const struct value *)y));
}

static struct value sorted(const struct hcl_arguments *c, const struct list *in)
{
    struct list *texts = list_new(c->arena, in->len);
    for (uint32_t i = 0; i < in->len; i++) {
        struct slice s = SLICE("");
        hcl_text(c->arena, in->items[i], &s);
        list_add(c->arena, texts, value_string(s));
    }
    if (texts->len)
        qsort(texts->items, texts->len, sizeof *texts->items, compare_texts);
    return value_list(texts);
}

static bool hcl_sort(const struct hcl_arguments *c, struct value *out)
{
    *out = sorted(c, hcl_list_at(c, 0));
    return true;
}

/* Sets print in order; those of texts are what is met in practice. */
static struct value as_set(const struct hcl_arguments *c, const struct list *in)
{
    struct list *kept = list_new(c->arena, in->len);
    bool texts = true;
    for (uint32_t i = 0; i < in->len; i++) {
        texts = texts && in->items[i].kind == VALUE_STRING;
        if (!has_item(kept, in->items[i]))
            list_add(c->arena, kept, in->items[i]);
    }
    return texts ? sorted(c, kept) : value_list(kept);
}

static bool hcl_setunion(const struct hcl_arguments *c, struct value *out)
{
    struct value all;
    hcl_concat(c, &all);
    *out = as_set(c, all.list);
    return true;
}

static bool combine(const struct hcl_arguments *c, bool wanted, struct value *out)
{
    struct list *kept = list_new(c->arena, hcl_list_at(c, 0)->len);
    for (uint32_t i = 0; i < hcl_list_at(c, 0)->len; i++) {
        bool fits = true;
        for (size_t k = 1; k < c->count; k++)
            fits = fits && has_item(hcl_list_at(c, k), hcl_list_at(c, 0)->items[i]) == wanted;
        if (fits)
            list_add(c->arena, kept, hcl_list_at(c, 0)->items[i]);
    }
    *out = as_set(c, kept);
    return true;
}

static bool hcl_setintersection(const struct hcl_arguments *c, struct value *out)
{
    return combine(c, true, out);
}

static bool hcl_setsubtract(const struct hcl_arguments *c, struct value *out)
{
    return combine(c, false, out);
}

/* --- objects -------------------------------------------------------------------------------------------------- */

static bool hcl_keys(const struct hcl_arguments *c, struct value *out)
{
    const struct map *m = c->items[0].map;
    struct list *keys = list_new(c->arena, m->len);
    for (uint32_t i = 0; i < m->len; i++)
        list_add(c->arena, keys, value_string(m->entries[i].key));
    *out = value_list(keys);
    return true;
}

static bool hcl_values(const struct hcl_arguments *c, struct value *out)
{
    const struct map *m = c->items[0].map;
    struct list *values = list_new(c->arena, m->len);
    for (uint32_t i = 0; i < m->len; i++)
        list_add(c->arena, values, m->entries[i].value);
    *out = value_list(values);
    return true;
}

static bool hcl_lookup(const struct hcl_arguments *c, struct value *out)
{
    const struct value *found = map_find(c->items[0].map, hcl_text_at(c, 1));
    if (!found && c->count < 3)
        return hcl_refuse(c, "lookup failed to find key");
    *out = found ? *found : c->items[2];
    return true;
}

static bool hcl_merge(const struct hcl_arguments *c, struct value *out)
{
    struct map *all = map_new(c->arena, 4);
    for (size_t i = 0; i < c->count; i++) {
        if (c->items[i].kind == VALUE_NIL)
            continue;
        if (c->items[i].kind != VALUE_MAP)
            return hcl_refuse(c, "arguments must be maps or objects");
        for (uint32_t k = 0; k < c->items[i].map->len; k++)
            map_set(all, c->items[i].map->entries[k].key, c->items[i].map->entries[k].value);
    }
    *out = value_map(all);
    return true;
}

static bool hcl_zipmap(const struct hcl_arguments *c, struct value *out)
{
    struct map *all = map_new(c->arena, hcl_list_at(c, 0)->len);
    if (hcl_list_at(c, 0)->len != hcl_list_at(c, 1)->len)
        return hcl_refuse(c, "number of keys does not match number of values");
    for (uint32_t i = 0; i < hcl_list_at(c, 0)->len; i++) {
        struct slice key = SLICE("");
        hcl_text(c->arena, hcl_list_at(c, 0)->items[i], &key);
        map_set(all, key, hcl_list_at(c, 1)->items[i]);
    }
    *out = value_map(all);
    return true;
}

const struct hcl_row hcl_list_rows[] = {
    {"chunklist", "ln", hcl_chunklist},
    {"coalesce", "a*", hcl_coalesce},
    {"coalescelist", "a*", hcl_coalescelist},
    {"compact", "l", hcl_compact},
    {"concat", "l*", hcl_concat},
    {"contains", "la", hcl_contains},
    {"distinct", "l", hcl_distinct},
    {"element", "ln", hcl_element},
    {"flatten", "l", hcl_flatten},
    {"keys", "m", hcl_keys},
    {"length", "a", hcl_length},
    {"lookup", "msa?", hcl_lookup},
    {"merge", "a*", hcl_merge},
    {"range", "n*", hcl_range},
    {"reverselist", "l", hcl_reverselist},
    {"setintersection", "l*", hcl_setintersection},
    {"setsubtract", "ll", hcl_setsubtract},
    {"setunion", "l*", hcl_setunion},
    {"slice", "lnn", hcl_slice},
    {"sort", "l", hcl_sort},
    {"values", "m", hcl_values},
    {"zipmap", "ll", hcl_zipmap},
    {NULL, NULL, NULL},
};

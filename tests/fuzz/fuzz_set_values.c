/*
 * fuzz_set_values.c - the grammar of --set; the first byte picks the flag
 */
#include "codec/json_write.h"
#include "helm/set_values.h"

#include "fuzz.h"

/* {"a": {"b": [1, {"c": null}]}, "s": "x"}, for paths to run into. */
static struct map *make_root(struct arena *a)
{
    struct list *list = list_new(a, 2);
    struct map *inner = map_new(a, 1), *middle = map_new(a, 1), *root = map_new(a, 2);
    map_set_text(inner, "c", value_nil());
    list_add(a, list, value_float(1));
    list_add(a, list, value_map(inner));
    map_set_text(middle, "b", value_list(list));
    map_set_text(root, "a", value_map(middle));
    map_set_text(root, "s", value_text("x"));
    return root;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum set_kind kinds[] = {SET_TYPED, SET_STRING, SET_LITERAL, SET_JSON};
    struct arena a;
    struct slice error;
    if (size == 0)
        return 0;
    arena_init(&a);
    struct set_options options = {.kind = kinds[data[0] % 4], .helm3 = data[0] / 4 % 2};
    struct map *root = make_root(&a);
    if (set_values_apply(&a, root, fuzz_text(data + 1, size - 1), &options, &error)) {
        struct buffer out = BUFFER_INIT;
        FUZZ_CHECK(json_write(&out, value_map(root), NULL, &a, &error));
        buffer_release(&out);
    }
    arena_release(&a);
    return 0;
}

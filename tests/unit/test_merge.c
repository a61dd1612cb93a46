/*
 * test_merge.c - deep merge of value layers
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "codec/json_read.h"
#include "codec/json_write.h"
#include "value/merge.h"

#include <stdio.h>

struct fixture {
    struct arena arena;
};

static int set_up(void **state)
{
    static struct fixture f;
    arena_init(&f.arena);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    arena_release(&f->arena);
    return 0;
}

static struct value read_json(struct fixture *f, const char *text)
{
    struct value v;
    struct slice error;
    assert_true(json_read(&f->arena, NULL, slice_text(text), &v, &error, NULL));
    return v;
}

static const char *write_json(struct fixture *f, struct value v)
{
    struct buffer out = BUFFER_INIT;
    struct slice error;
    const struct json_write_options options = {0};
    assert_true(json_write(&out, v, &options, &f->arena, &error));
    return buffer_move(&out, &f->arena).ptr;
}

static void check(void **state, const struct merge_policy *policy, const char *low, const char *high,
                  const char *expected)
{
    struct fixture *f = *state;
    struct value merged = merge_values(&f->arena, read_json(f, low), read_json(f, high), policy);
    assert_string_equal(write_json(f, merged), expected);
}

/* --- Helm's layers -------------------------------------------------------------------------------------------- */

static void merge__maps_are_joined_deeply(void **state)
{
    check(state, &merge_helm_layers, "{\"a\":{\"x\":1,\"y\":2},\"b\":1}", "{\"a\":{\"y\":3,\"z\":4},\"c\":5}",
          "{\"a\":{\"x\":1,\"y\":3,\"z\":4},\"b\":1,\"c\":5}");
}

static void merge__list_is_replaced(void **state)
{
    check(state, &merge_helm_layers, "{\"a\":[1,2,3]}", "{\"a\":[4]}", "{\"a\":[4]}");
}

static void merge__null_overrides_and_stays(void **state)
{
    check(state, &merge_helm_layers, "{\"a\":{\"b\":1},\"c\":null}", "{\"a\":null,\"c\":1,\"d\":null}",
          "{\"a\":null,\"c\":1,\"d\":null}");
}

static void merge__map_and_scalar_replace_each_other(void **state)
{
    check(state, &merge_helm_layers, "{\"a\":{\"b\":1},\"c\":1}", "{\"a\":1,\"c\":{\"d\":1}}",
          "{\"a\":1,\"c\":{\"d\":1}}");
}

static void merge__empty_map_over_map_changes_nothing(void **state)
{
    struct fixture *f = *state;
    struct value low = read_json(f, "{\"a\":{\"b\":1},\"c\":2}");
    struct value merged = merge_values(&f->arena, low, read_json(f, "{\"a\":{}}"), &merge_helm_layers);
    assert_string_equal(write_json(f, merged), "{\"a\":{\"b\":1},\"c\":2}");
    assert_ptr_equal(map_find_text(merged.map, "a")->map, map_find_text(low.map, "a")->map);
}

static void merge__untouched_subtree_is_shared(void **state)
{
    struct fixture *f = *state;
    struct value low = read_json(f, "{\"a\":{\"b\":{\"c\":1}},\"d\":{\"e\":1}}");
    struct value high = read_json(f, "{\"d\":{\"f\":1},\"g\":{\"h\":1}}");
    struct value merged = merge_values(&f->arena, low, high, &merge_helm_layers);
    assert_ptr_equal(map_find_text(merged.map, "a")->map, map_find_text(low.map, "a")->map);
    assert_ptr_equal(map_find_text(merged.map, "g")->map, map_find_text(high.map, "g")->map);
    assert_string_equal(write_json(f, low), "{\"a\":{\"b\":{\"c\":1}},\"d\":{\"e\":1}}");
}

static void merge__single_layer_is_shared_whole(void **state)
{
    struct fixture *f = *state;
    struct value low = read_json(f, "{\"a\":1}");
    assert_ptr_equal(merge_layers(&f->arena, &low, 1, &merge_helm_layers).map, low.map);
    assert_ptr_equal(merge_values(&f->arena, low, value_nil(), &merge_helm_layers).map, low.map);
    assert_ptr_equal(merge_values(&f->arena, value_nil(), low, &merge_helm_layers).map, low.map);
}

static void merge__no_layers_give_an_empty_map(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(write_json(f, merge_layers(&f->arena, NULL, 0, &merge_helm_layers)), "{}");
    assert_string_equal(write_json(f, merge_values(&f->arena, value_nil(), value_nil(), &merge_helm_layers)), "{}");
}

static void merge__origin_is_that_of_the_highest_layer(void **state)
{
    struct fixture *f = *state;
    struct value low = read_json(f, "{\"a\":{\"b\":1},\"c\":1}");
    struct value high = read_json(f, "{\"a\":{\"d\":1}}");
    map_find_text(low.map, "a")->origin.line = 1;
    map_find_text(low.map, "c")->origin.line = 2;
    map_find_text(high.map, "a")->origin.line = 3;
    struct value merged = merge_values(&f->arena, low, high, &merge_helm_layers);
    assert_int_equal(map_find_text(merged.map, "a")->origin.line, 3);
    assert_int_equal(map_find_text(merged.map, "c")->origin.line, 2);
}

/* --- other policies ------------------------------------------------------------------------------------------- */

static void merge__null_yields_to_a_key_that_is_there(void **state)
{
    check(state, &merge_helmfile_layers, "{\"a\":1}", "{\"a\":null,\"b\":null}", "{\"a\":1,\"b\":null}");
}

static void merge__list_with_gaps_is_merged_by_index(void **state)
{
    check(state, &merge_helmfile_layers, "{\"a\":[{\"x\":1},2]}", "{\"a\":[{\"y\":3},null,4]}",
          "{\"a\":[{\"x\":1,\"y\":3},2,4]}");
    check(state, &merge_helmfile_layers, "{\"a\":[1,2,3]}", "{\"a\":[4]}", "{\"a\":[4]}");
}

static void merge__set_list_is_always_merged_by_index(void **state)
{
    check(state, &merge_helmfile_set, "{\"a\":[1,[2],3]}", "{\"a\":[4,[5]]}", "{\"a\":[4,[5],3]}");
}

static void merge__null_deletes_the_key_below(void **state)
{
    check(state, &merge_kustomize_values, "{\"a\":{\"b\":1,\"c\":2},\"n\":null}",
          "{\"a\":{\"b\":null},\"d\":null,\"e\":{\"f\":null}}", "{\"a\":{\"c\":2},\"e\":{\"f\":null},\"n\":null}");
    check(state, &merge_kustomize_values, "{}", "{\"a\":null}", "{}");
}

static void merge__null_cancels_what_is_not_null(void **state)
{
    const struct merge_policy policy = {.null = MERGE_NULL_CANCELS};
    check(state, &policy, "{\"a\":1,\"b\":null}", "{\"a\":null,\"b\":null,\"c\":null}", "{\"b\":null,\"c\":null}");
}

static void merge__null_is_ignored(void **state)
{
    const struct merge_policy policy = {.null = MERGE_NULL_IGNORED};
    check(state, &policy, "{\"a\":1,\"z\":null}", "{\"a\":null,\"b\":null,\"c\":2}", "{\"a\":1,\"c\":2,\"z\":null}");
}

static void note_clash(void *context, const struct merge_clash *clash)
{
    buffer_add(context, clash->path);
    buffer_add_char(context, ' ');
}

static void merge__clash_is_told_with_its_path_and_may_be_refused(void **state)
{
    struct fixture *f = *state;
    struct buffer paths = BUFFER_INIT;
    const struct merge_policy policy = {
        .scalar_keeps_map = true,
        .map_keeps_scalar = true,
        .lists = MERGE_LISTS_BY_INDEX,
        .on_clash = note_clash,
        .context = &paths,
    };
    struct value low = read_json(f, "{\"a\":{\"b.c\":{\"x\":1}},\"d\":1,\"l\":[{\"m\":{}}]}");
    struct value high = read_json(f, "{\"a\":{\"b.c\":2},\"d\":{\"e\":1},\"l\":[{\"m\":1}]}");
    struct value merged = merge_values(&f->arena, low, high, &policy);
    assert_string_equal(write_json(f, merged), "{\"a\":{\"b.c\":{\"x\":1}},\"d\":1,\"l\":[{\"m\":{}}]}");
    assert_int_equal(paths.len, strlen("a.b\\.c d l[0].m "));
    assert_memory_equal(paths.ptr, "a.b\\.c d l[0].m ", paths.len);
    buffer_release(&paths);
}

static void merge__very_deep_maps_end(void **state)
{
    struct fixture *f = *state;
    struct value low = read_json(f, "{\"x\":1}");
    struct value high = read_json(f, "{\"y\":1}");
    for (int i = 0; i < 20000; i++) {
        struct map *wrapped_low = map_new(&f->arena, 1);
        struct map *wrapped_high = map_new(&f->arena, 1);
        map_set_text(wrapped_low, "a", low);
        map_set_text(wrapped_high, "a", high);
        low = value_map(wrapped_low);
        high = value_map(wrapped_high);
    }
    assert_int_equal(merge_values(&f->arena, low, high, &merge_helm_layers).map->len, 1);
}

/* --- random trees against a naive merge ----------------------------------------------------------------------- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Few keys of few shapes, some with a long common beginning, so that layers meet often and at every depth. */
static struct slice random_key(struct fixture *f, uint32_t *seed)
{
    uint32_t n = next_random(seed) % 24;
    if (n < 8)
        return arena_printf(&f->arena, "%c", 'a' + (int)n);
    return arena_printf(&f->arena, "common-prefix-%u", n);
}

static struct value random_value(struct fixture *f, uint32_t *seed, int depth)
{
    uint32_t kind = next_random(seed) % 10;
    if (depth == 0 || (depth < 5 && kind < 3))
        return kind == 0 ? value_nil() : value_int((int64_t)(next_random(seed) % 100));
    uint32_t count = next_random(seed) % (depth > 3 ? 20 : 6);
    if (kind < 5 && depth < 5) {
        struct list *list = list_new(&f->arena, 0);
        for (uint32_t i = 0; i < count % 4; i++)
            list_add(&f->arena, list, random_value(f, seed, depth - 1));
        return value_list(list);
    }
    struct map *map = map_new(&f->arena, 0);
    for (uint32_t i = 0; i < count; i++)
        map_set(map, random_key(f, seed), random_value(f, seed, depth - 1));
    return value_map(map);
}

static bool list_has_null(const struct list *list)
{
    bool has = false;
    for (uint32_t i = 0; i < list->len; i++)
        has = has || list->items[i].kind == VALUE_NIL;
    return has;
}

static struct value naive_maps(struct fixture *f, struct value low, struct value high, const struct merge_policy *p);

static struct value naive_lists(struct fixture *f, struct value low, struct value high, const struct merge_policy *p)
{
    struct list *list = list_new(&f->arena, 0);
    for (uint32_t i = 0; i < low.list->len || i < high.list->len; i++) {
        struct value below = i < low.list->len ? low.list->items[i] : value_nil();
        struct value above = i < high.list->len ? high.list->items[i] : value_nil();
        if (above.kind == VALUE_NIL)
            above = below;
        else if (above.kind == VALUE_MAP && below.kind == VALUE_MAP)
            above = naive_maps(f, below, above, p);
        list_add(&f->arena, list, above);
    }
    return value_list(list);
}

/* What the policy says for a key that both have and the higher one is not null; *refused: the lower stays. */
static struct value naive_both(struct fixture *f, struct value low, struct value high, const struct merge_policy *p)
{
    if (low.kind == VALUE_MAP && high.kind == VALUE_MAP)
        return naive_maps(f, low, high, p);
    if (low.kind == VALUE_LIST && high.kind == VALUE_LIST &&
        (p->lists == MERGE_LISTS_BY_INDEX || (p->lists == MERGE_LISTS_BY_INDEX_GAPS && list_has_null(high.list))))
        return naive_lists(f, low, high, p);
    if (low.kind == VALUE_MAP && p->scalar_keeps_map)
        return low;
    if (high.kind == VALUE_MAP && low.kind != VALUE_NIL && p->map_keeps_scalar)
        return low;
    return high;
}

static struct value naive_maps(struct fixture *f, struct value low, struct value high, const struct merge_policy *p)
{
    struct map *out = map_copy(&f->arena, low.map);
    for (uint32_t i = 0; i < high.map->len; i++) {
        struct slice key = high.map->entries[i].key;
        struct value v = high.map->entries[i].value;
        const struct value *had = map_find(out, key);
        if (had && v.kind != VALUE_NIL) {
            map_set(out, key, naive_both(f, *had, v, p));
        } else if (had) {
            if (p->null == MERGE_NULL_REPLACES)
                map_set(out, key, v);
            else if (p->null == MERGE_NULL_DELETES || (p->null == MERGE_NULL_CANCELS && had->kind != VALUE_NIL))
                map_remove(out, key);
        } else if (v.kind != VALUE_NIL || (p->null != MERGE_NULL_DELETES && p->null != MERGE_NULL_IGNORED)) {
            map_set(out, key, v);
        }
    }
    return value_map(out);
}

static void merge__random_layers_equal_a_naive_merge(void **state)
{
    struct fixture *f = *state;
    uint32_t seed = 1;
    for (int round = 0; round < 4000; round++) {
        struct merge_policy policy = {
            .null = (enum merge_null)(round % 5),
            .lists = (enum merge_lists)(round / 5 % 3),
            .scalar_keeps_map = round / 15 % 2,
            .map_keeps_scalar = round / 30 % 2,
        };
        struct value layers[6];
        size_t count = 1 + next_random(&seed) % 6;
        for (size_t i = 0; i < count; i++)
            layers[i] = random_value(f, &seed, 5);
        struct value expected = layers[0];
        for (size_t i = 1; i < count; i++)
            expected = naive_maps(f, expected, layers[i], &policy);
        const char *before = write_json(f, layers[0]);
        struct value merged = merge_layers(&f->arena, layers, count, &policy);
        assert_string_equal(write_json(f, merged), write_json(f, expected));
        assert_string_equal(write_json(f, layers[0]), before);
        arena_release(&f->arena);
    }
}

/* A large map under a small one, for the block copies. */
static void merge__few_keys_over_many(void **state)
{
    struct fixture *f = *state;
    const struct merge_policy *policies[] = {&merge_helm_layers, &merge_kustomize_values};
    uint32_t seed = 7;
    struct map *large = map_new(&f->arena, 0);
    for (int i = 0; i < 5000; i++)
        map_append(large, arena_printf(&f->arena, "key-%05d", 2 * i), value_int(i));
    for (int round = 0; round < 200; round++) {
        struct map *small = map_new(&f->arena, 0);
        for (uint32_t i = next_random(&seed) % 8; i > 0; i--) {
            struct value v = next_random(&seed) % 3 ? value_int(-1) : value_nil();
            map_set(small, arena_printf(&f->arena, "key-%05u", next_random(&seed) % 10000), v);
        }
        const struct merge_policy *policy = policies[round % 2];
        struct value merged = merge_values(&f->arena, value_map(large), value_map(small), policy);
        struct value expected = naive_maps(f, value_map(large), value_map(small), policy);
        assert_string_equal(write_json(f, merged), write_json(f, expected));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merge__maps_are_joined_deeply),
        cmocka_unit_test(merge__list_is_replaced),
        cmocka_unit_test(merge__null_overrides_and_stays),
        cmocka_unit_test(merge__map_and_scalar_replace_each_other),
        cmocka_unit_test(merge__empty_map_over_map_changes_nothing),
        cmocka_unit_test(merge__untouched_subtree_is_shared),
        cmocka_unit_test(merge__single_layer_is_shared_whole),
        cmocka_unit_test(merge__no_layers_give_an_empty_map),
        cmocka_unit_test(merge__origin_is_that_of_the_highest_layer),
        cmocka_unit_test(merge__null_yields_to_a_key_that_is_there),
        cmocka_unit_test(merge__list_with_gaps_is_merged_by_index),
        cmocka_unit_test(merge__set_list_is_always_merged_by_index),
        cmocka_unit_test(merge__null_deletes_the_key_below),
        cmocka_unit_test(merge__null_cancels_what_is_not_null),
        cmocka_unit_test(merge__null_is_ignored),
        cmocka_unit_test(merge__clash_is_told_with_its_path_and_may_be_refused),
        cmocka_unit_test(merge__very_deep_maps_end),
        cmocka_unit_test(merge__random_layers_equal_a_naive_merge),
        cmocka_unit_test(merge__few_keys_over_many),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

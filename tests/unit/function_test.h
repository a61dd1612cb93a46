/*
 * function_test.h - calling a row of a function table in a test
 *
 * Results are compared as JSON, which shows strings, numbers and nesting apart; errors as text.
 */
#ifndef YARE_TESTS_FUNCTION_TEST_H
#define YARE_TESTS_FUNCTION_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "codec/json_write.h"
#include "template/function.h"

struct function_test {
    struct arena arena;
    const struct function *table;
};

static struct function_test test;

static int set_up(void **state)
{
    (void)state;
    arena_init(&test.arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&test.arena);
    return 0;
}

static inline bool call_function(const char *name, struct value *args, int count, struct value *out,
                                 struct slice *error)
{
    struct function_host host = {0};
    struct call call = {.name = name, .args = args, .count = count, .arena = &test.arena, .host = &host};
    for (const struct function *f = test.table; f->name; f++) {
        if (strcmp(f->name, name) != 0)
            continue;
        bool done = f->fn(&call, out);
        *error = call.error;
        return done;
    }
    fail_msg("no function %s", name);
    return false;
}

static inline struct value result_of(const char *name, struct value *args, int count)
{
    struct value out = value_nil();
    struct slice error;
    if (!call_function(name, args, count, &out, &error))
        fail_msg("%s: %.*s", name, SLICE_ARG(error));
    return out;
}

static inline const char *json_of(struct value v)
{
    struct buffer out = BUFFER_INIT;
    struct slice error;
    const struct json_write_options options = {.no_html_escape = true};
    assert_true(json_write(&out, v, &options, &test.arena, &error));
    return buffer_move(&out, &test.arena).ptr;
}

static inline void check_result(const char *name, const char *expected, struct value *args, int count)
{
    assert_string_equal(json_of(result_of(name, args, count)), expected);
}

static inline void check_failure(const char *name, const char *expected, struct value *args, int count)
{
    struct value out;
    struct slice error;
    assert_false(call_function(name, args, count, &out, &error));
    assert_string_equal(arena_text(&test.arena, error), expected);
}

/* A list and a map of what is given; `dict` takes keys and values in turn. */
static inline struct value list_from(const struct value *items, size_t count)
{
    struct list *list = list_new(&test.arena, (uint32_t)count);
    for (size_t i = 0; i < count; i++)
        list_add(&test.arena, list, items[i]);
    return value_list(list);
}

static inline struct value map_from(const struct value *items, size_t count)
{
    struct map *map = map_new(&test.arena, 0);
    for (size_t i = 0; i + 1 < count; i += 2)
        map_set(map, value_slice(items[i]), items[i + 1]);
    return value_map(map);
}

#define VALUES(...) ((struct value[]){__VA_ARGS__})
#define COUNT(...) (sizeof VALUES(__VA_ARGS__) / sizeof(struct value))

#define CALL(name, ...) result_of(name, VALUES(__VA_ARGS__), (int)COUNT(__VA_ARGS__))
#define GIVES(name, expected, ...) check_result(name, expected, VALUES(__VA_ARGS__), (int)COUNT(__VA_ARGS__))
#define FAILS(name, expected, ...) check_failure(name, expected, VALUES(__VA_ARGS__), (int)COUNT(__VA_ARGS__))
#define LIST(...) list_from(VALUES(__VA_ARGS__), COUNT(__VA_ARGS__))
#define DICT(...) map_from(VALUES(__VA_ARGS__), COUNT(__VA_ARGS__))
#define S(text) value_text(text)
#define I(number) value_int(number)
#define F(number) value_float(number)
#define NIL value_nil()
#define EMPTY_LIST value_list(list_new(&test.arena, 0))
#define EMPTY_DICT value_map(map_new(&test.arena, 0))

#endif

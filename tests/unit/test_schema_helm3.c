/*
 * test_schema_helm3.c - what Helm 3.17.3 says of values that break a schema
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "chart/schema.h"
#include "codec/json_read.h"

static void expect(const char *schema, const char *instance, const char *expected)
{
    const struct schema_options options = {.helm3 = true, .draft = DRAFT_7, .assert_format = true};
    struct arena a;
    struct schema *compiled;
    struct value v;
    struct slice error;
    struct buffer text = BUFFER_INIT;
    arena_init(&a);
    assert_true(schema_compile(&a, slice_text(schema), &options, &compiled, &error));
    assert_true(json_read(&a, NULL, slice_text(instance), &v, &error, NULL));
    assert_int_equal(schema_validate(compiled, v, &a, &text), *expected == 0);
    buffer_add_char(&text, '\0');
    assert_string_equal(text.ptr, expected);
    schema_release(compiled);
    buffer_release(&text);
    arena_release(&a);
}

static void schema_helm3__types_and_names(void **state)
{
    (void)state;
    expect("{\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{\"type\":[\"integer\",\"null\"]}},\"required\":[\"z\"]}",
           "{\"a\":1,\"b\":\"x\"}",
           "- (root): z is required\n"
           "- a: Invalid type. Expected: string, given: integer\n"
           "- b: Invalid type. Expected: [integer,null], given: string\n");
    expect("{\"additionalProperties\":false,\"properties\":{\"a\":{\"additionalProperties\":{\"type\":\"string\"}}}}",
           "{\"a\":{\"q\":1},\"z\":2}",
           "- (root): Additional property z is not allowed\n"
           "- a.q: Invalid type. Expected: string, given: integer\n");
    expect("{\"type\":\"object\"}", "{}", "");
}

static void schema_helm3__best_branch_is_shown(void **state)
{
    (void)state;
    expect("{\"properties\":{\"a\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"object\",\"required\":[\"x\"]}]}}}",
           "{\"a\":{\"y\":1}}",
           "- a: Must validate at least one schema (anyOf)\n"
           "- a: x is required\n");
    expect("{\"properties\":{\"a\":{\"oneOf\":[{\"type\":\"integer\"},{\"type\":\"number\"}]}}}", "{\"a\":1}",
           "- a: Must validate one and only one schema (oneOf)\n");
    expect("{\"if\":{\"required\":[\"a\"]},\"then\":{\"required\":[\"b\"]}}", "{\"a\":1}",
           "- (root): Must validate \"then\" as \"if\" was valid\n"
           "- (root): b is required\n");
}

static void schema_helm3__values(void **state)
{
    (void)state;
    expect("{\"properties\":{\"a\":{\"minimum\":5,\"multipleOf\":2.5},\"b\":{\"maximum\":1000000}}}",
           "{\"a\":3,\"b\":1e7}",
           "- a: Must be a multiple of 2.5\n"
           "- a: Must be greater than or equal to 5\n"
           "- b: Must be less than or equal to 1e+06\n");
    expect("{\"properties\":{\"a\":{\"enum\":[\"x\",1,{\"k\":1.0}]},\"b\":{\"format\":\"ipv4\",\"pattern\":\"^z$\"}}}",
           "{\"a\":\"y\",\"b\":\"q\"}",
           "- a: a must be one of the following: \"x\", 1, {\"k\":1}\n"
           "- b: Does not match pattern '^z$'\n"
           "- b: Does not match format 'ipv4'\n");
    expect("{\"properties\":{\"a\":{\"uniqueItems\":true,\"minItems\":3,\"contains\":{\"type\":\"string\"}}}}",
           "{\"a\":[1,1]}",
           "- a: Array must have at least 3 items\n"
           "- a: array items[0,1] must be unique\n"
           "- a: At least one of the items must match\n"
           "- a.0: Invalid type. Expected: string, given: integer\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schema_helm3__types_and_names),
        cmocka_unit_test(schema_helm3__best_branch_is_shown),
        cmocka_unit_test(schema_helm3__values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

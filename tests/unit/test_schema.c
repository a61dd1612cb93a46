/*
 * test_schema.c - JSON Schema as Helm 4.1.4 treats it
 *
 * The texts are what santhosh-tekuri/jsonschema v6.0.2 printed, the library Helm validates with.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "chart/schema.h"
#include "codec/json_read.h"

static struct value parse(struct arena *a, const char *text)
{
    struct value v;
    struct slice error;
    assert_true(json_read(a, NULL, slice_text(text), &v, &error, NULL));
    return v;
}

static struct schema *compile(struct arena *a, const char *text)
{
    struct schema *schema;
    struct slice error = SLICE("");
    if (!schema_compile(a, slice_text(text), NULL, &schema, &error))
        fail_msg("%.*s", SLICE_ARG(error));
    return schema;
}

/* The schema is fine; the instance has these faults, or none where `faults` is empty. */
static void assert_faults(const char *text, const char *instance, const char *faults)
{
    struct arena a;
    struct buffer errors = BUFFER_INIT;
    arena_init(&a);
    struct schema *schema = compile(&a, text);
    bool valid = schema_validate(schema, parse(&a, instance), &a, &errors);
    buffer_add_char(&errors, '\0');
    assert_string_equal(errors.ptr, faults);
    assert_int_equal(valid, *faults == '\0');
    schema_release(schema);
    buffer_release(&errors);
    arena_release(&a);
}

/* The schema does not compile. */
static void assert_refused(const char *text, const char *fault)
{
    struct arena a;
    struct schema *schema;
    struct slice error;
    arena_init(&a);
    assert_false(schema_compile(&a, slice_text(text), NULL, &schema, &error));
    assert_string_equal(arena_text(&a, error), fault);
    arena_release(&a);
}

static void schema__types_are_listed_in_fixed_order(void **state)
{
    (void)state;
    assert_faults("{\"type\":[\"string\",\"null\"]}",
                  "1",
                  "- at '': got number, want null or string\n");
}

static void schema__place_is_a_json_pointer(void **state)
{
    (void)state;
    assert_faults("{\"properties\":{\"a\":{\"items\":{\"required\":[\"c\"]}}}}",
                  "{\"a\":[{\"c\":1},{}]}",
                  "- at '/a/1': missing property 'c'\n");
}

static void schema__faults_of_the_object_come_before_those_of_members(void **state)
{
    (void)state;
    assert_faults("{\"minProperties\":5,\"required\":[\"a\"],\"properties\":{\"b\":{\"type"
                  "\":\"string\"}}}",
                  "{\"b\":1,\"c\":2}",
                  "- at '': minProperties: got 2, want 5\n"
                  "- at '': missing property 'a'\n"
                  "- at '/b': got number, want string\n");
}

static void schema__branches_of_anyof_stand_below_it(void **state)
{
    (void)state;
    assert_faults("{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"integer\",\"minimum\":5}]}",
                  "3",
                  "- at '': 'anyOf' failed\n"
                  "  - at '': got number, want string\n"
                  "  - at '': minimum: got 3, want 5\n");
}

static void schema__oneof_names_two_that_match(void **state)
{
    (void)state;
    assert_faults("{\"oneOf\":[{\"type\":\"number\"},{\"type\":\"integer\"}]}",
                  "3",
                  "- at '': 'oneOf' failed, subschemas 0, 1 matched\n");
}

static void schema__enum_shows_values_as_written(void **state)
{
    (void)state;
    assert_faults("{\"enum\":[\"a\",1.0,null,true,\"it's\"]}",
                  "\"b\"",
                  "- at '': value must be one of 'a', 1.0, <nil>, true, 'it\\'s'\n");
}

static void schema__enum_with_a_list_is_not_shown(void **state)
{
    (void)state;
    assert_faults("{\"enum\":[\"a\",[1]]}",
                  "\"b\"",
                  "- at '': 'enum' failed\n");
}

static void schema__const_keeps_its_notation(void **state)
{
    (void)state;
    assert_faults("{\"const\":1e3}",
                  "\"b\"",
                  "- at '': value must be 1e3\n");
}

static void schema__large_numbers_have_a_power_of_ten(void **state)
{
    (void)state;
    assert_faults("{\"maximum\":1e6}",
                  "12345678.5",
                  "- at '': maximum: got 1.23456785×10⁰⁷, want 1×10⁰⁶\n");
}

static void schema__thousands_are_grouped(void **state)
{
    (void)state;
    assert_faults("{\"maximum\":1000}",
                  "1234.5",
                  "- at '': maximum: got 1,234.5, want 1,000\n");
}

static void schema__small_numbers_have_a_negative_power(void **state)
{
    (void)state;
    assert_faults("{\"minimum\":0.1}",
                  "0.00001234",
                  "- at '': minimum: got 1.234×10⁻⁰⁵, want 0.1\n");
}

static void schema__multiple_of_is_exact(void **state)
{
    (void)state;
    assert_faults("{\"multipleOf\":0.01}",
                  "19.995",
                  "- at '': multipleOf: got 19.995, want 0.01\n");
}

static void schema__length_counts_characters(void **state)
{
    (void)state;
    assert_faults("{\"minLength\":1000}",
                  "\"é\"",
                  "- at '': minLength: got 1, want 1,000\n");
}

static void schema__numbers_are_equal_whatever_their_notation(void **state)
{
    (void)state;
    assert_faults("{\"uniqueItems\":true}",
                  "[{\"a\":1},2,{\"a\":1.0}]",
                  "- at '': items at 0 and 2 are equal\n");
}

static void schema__min_contains_lists_those_that_match(void **state)
{
    (void)state;
    assert_faults("{\"contains\":{\"type\":\"string\"},\"minContains\":2}",
                  "[\"a\",1,2]",
                  "- at '': min 2 items required to match contains schema, but matched 1 items at 0\n"
                  "  - at '/1': got number, want string\n"
                  "  - at '/2': got number, want string\n");
}

static void schema__additional_properties_are_sorted(void **state)
{
    (void)state;
    assert_faults("{\"additionalProperties\":false}",
                  "{\"b\":1,\"a\\\"\":2}",
                  "- at '': additional properties 'a\"', 'b' not allowed\n");
}

static void schema__property_name_is_an_instance_of_its_own(void **state)
{
    (void)state;
    assert_faults("{\"propertyNames\":{\"maxLength\":1}}",
                  "{\"ab\":1}",
                  "- at '': invalid propertyName 'ab'\n"
                  "  - at '': maxLength: got 2, want 1\n");
}

static void schema__dependent_required_names_both(void **state)
{
    (void)state;
    assert_faults("{\"dependentRequired\":{\"a\":[\"b\",\"c\"]}}",
                  "{\"a\":1}",
                  "- at '': properties 'b', 'c' required, if 'a' exists\n");
}

static void schema__unevaluated_property_is_false_schema(void **state)
{
    (void)state;
    assert_faults("{\"allOf\":[{\"properties\":{\"a\":true}}],\"unevaluatedProperties\":false}",
                  "{\"a\":1,\"b\":2}",
                  "- at '/b': false schema\n");
}

static void schema__contains_evaluates_items_in_2020(void **state)
{
    (void)state;
    assert_faults("{\"prefixItems\":[true],\"contains\":{\"type\":\"string\"},\"unevalua"
                  "tedItems\":false}",
                  "[1,\"a\",2]",
                  "- at '/2': false schema\n");
}

static void schema__reference_to_root_recurses(void **state)
{
    (void)state;
    assert_faults("{\"properties\":{\"next\":{\"$ref\":\"#\"}},\"required\":[\"v\"]}",
                  "{\"v\":1,\"next\":{}}",
                  "- at '/next': missing property 'v'\n");
}

static void schema__cycle_of_references_is_a_fault(void **state)
{
    (void)state;
    assert_faults("{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"$ref\":\"#/$defs/b\"},\"b\":{\""
                  "$ref\":\"#/$defs/a\"}}}",
                  "1",
                  "- at '': both /$ref/$ref/$ref and /$ref resolve to "
                  "\"file:///values.schema.json#/$defs/a\" causing reference cycle\n");
}

static void schema__dynamic_reference_finds_outermost_anchor(void **state)
{
    (void)state;
    assert_faults("{\"$id\":\"http://x/s\",\"$ref\":\"list\",\"$defs\":{\"it\":{\"$dynamicAn"
                  "chor\":\"item\",\"type\":\"string\"},\"list\":{\"$id\":\"list\",\"items\":{"
                  "\"$dynamicRef\":\"#item\"},\"$defs\":{\"d\":{\"$dynamicAnchor\":\"item\"}}}}}",
                  "[\"a\",1]",
                  "- at '/1': got number, want string\n");
}

static void schema__additional_items_are_counted_from_zero(void **state)
{
    (void)state;
    assert_faults("{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"items\""
                  ":[true,true],\"additionalItems\":{\"type\":\"string\"}}",
                  "[1,2,3]",
                  "- at '/0': got number, want string\n");
}

static void schema__format_is_asserted_in_draft_7(void **state)
{
    (void)state;
    assert_faults("{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"format\":\"email\"}",
                  "\"a@-b\"",
                  "- at '': 'a@-b' is not valid email: invalid domain: label starts with hyphen\n");
}

static void schema__format_is_not_asserted_in_2020(void **state)
{
    (void)state;
    assert_faults("{\"format\":\"email\"}",
                  "\"nope\"",
                  "");
}

static void schema__schema_with_unknown_type_is_refused(void **state)
{
    (void)state;
    assert_refused("{\"type\":\"strin\"}",
                   "\"file:///values.schema.json#\" is not valid against metaschema: jsonschema "
                   "validation failed with 'https://json-schema.org/draft/2020-12/schema#'\n"
                   "- at '': 'allOf' failed\n"
                   "  - at '/type': 'anyOf' failed\n"
                   "    - at '/type': value must be one of 'array', 'boolean', 'integer', 'null', "
                   "'number', 'object', 'string'\n"
                   "    - at '/type': got string, want array");
}

static void schema__fault_of_a_schema_says_where(void **state)
{
    (void)state;
    assert_refused("{\"properties\":{\"a\":{\"minimum\":\"1\"}}}",
                   "\"file:///values.schema.json#\" is not valid against metaschema: jsonschema "
                   "validation failed with 'https://json-schema.org/draft/2020-12/schema#'\n"
                   "- at '': 'allOf' failed\n"
                   "  - at '/properties/a': 'allOf' failed\n"
                   "    - at '/properties/a/minimum': got string, want number");
}

static void schema__draft_4_wants_minimum_beside_exclusive_minimum(void **state)
{
    (void)state;
    assert_refused("{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"exclusiveMinimum\":true}",
                   "\"file:///values.schema.json#\" is not valid against metaschema: jsonschema "
                   "validation failed with 'http://json-schema.org/draft-04/schema#'\n"
                   "- at '': properties 'minimum' required, if 'exclusiveMinimum' exists");
}

static void schema__pointer_to_nothing_is_refused(void **state)
{
    (void)state;
    assert_refused("{\"$ref\":\"#/definitions/zz\"}",
                   "json-pointer in \"file:///values.schema.json#/definitions/zz\" not found");
}

static void schema__unknown_anchor_is_refused(void **state)
{
    (void)state;
    assert_refused("{\"$ref\":\"#zz\"}",
                   "anchor in \"file:///values.schema.json#zz\" not found in schema "
                   "\"file:///values.schema.json\"");
}

static void schema__malformed_pointer_is_refused(void **state)
{
    (void)state;
    assert_refused("{\"$ref\":\"#/a~2\"}",
                   "invalid json-pointer \"file:///values.schema.json#/a~2\"");
}

static void schema__id_given_twice_is_refused(void **state)
{
    (void)state;
    assert_refused("{\"$defs\":{\"a\":{\"$id\":\"x\"},\"b\":{\"$id\":\"x\"}}}",
                   "duplicate id \"file:///x\" in \"file:///values.schema.json\" at \"/$defs/b\" and "
                   "\"/$defs/a\"");
}

static void schema__anchor_given_twice_is_refused(void **state)
{
    (void)state;
    assert_refused("{\"$defs\":{\"a\":{\"$anchor\":\"x\"},\"b\":{\"$anchor\":\"x\"}}}",
                   "duplicate anchor \"x\" in \"file:///values.schema.json\" at \"/$defs/a\" and "
                   "\"/$defs/b\"");
}

static void schema__condition_picks_a_branch(void **state)
{
    (void)state;
    assert_faults("{\"if\":{\"type\":\"string\"},\"then\":{\"minLength\":2},\"else\":{\"minimum\":10}}",
                  "\"a\"",
                  "- at '': minLength: got 1, want 2\n");
}

static void schema__float_without_fraction_is_an_integer(void **state)
{
    (void)state;
    assert_faults("{\"type\":\"integer\"}",
                  "3.0",
                  "");
}

static void schema__not_fails_when_it_matches(void **state)
{
    (void)state;
    assert_faults("{\"not\":{\"type\":\"string\"}}",
                  "\"a\"",
                  "- at '': 'not' failed\n");
}

static void schema__reference_that_is_no_url_is_refused(void **state)
{
    (void)state;
    assert_refused("{\"$ref\":\"http://a b/%zz\"}",
                   "\"file:///values.schema.json#\" is not valid against metaschema: jsonschema "
                   "validation failed with 'https://json-schema.org/draft/2020-12/schema#'\n"
                   "- at '': 'allOf' failed\n"
                   "  - at '/$ref': 'http://a b/%zz' is not valid uri-reference: parse \"http://a "
                   "b/%zz\": invalid character \" \" in host name");
}

static void schema__schema_cannot_be_its_own_metaschema(void **state)
{
    (void)state;
    assert_refused("{\"$schema\":\"file:///values.schema.json\"}",
                   "draft \"file:///values.schema.json\" is not supported");
}

static void schema__metaschema_can_be_referred_to(void **state)
{
    (void)state;
    assert_faults("{\"$ref\":\"http://json-schema.org/draft-07/schema\"}",
                  "{\"type\":5}",
                  "- at '/type': 'anyOf' failed\n"
                  "  - at '/type': value must be one of 'array', 'boolean', 'integer', 'null', "
                  "'number', 'object', 'string'\n"
                  "  - at '/type': got number, want array\n");
}

static void schema__text_that_is_no_json_is_refused(void **state)
{
    (void)state;
    assert_refused("", "EOF");
    assert_refused("{\"type\": }", "invalid character '}' looking for beginning of value");
    assert_refused("{} {}", "invalid character after top-level value");
    assert_refused("{", "unexpected EOF");
}

static void schema__nothing_is_fetched(void **state)
{
    (void)state;
    assert_refused("{\"$ref\": \"http://example.com/x.json\"}",
                   "failing loading \"http://example.com/x.json\": HTTP request failed for http://example.com/x.json: "
                   "Get \"http://example.com/x.json\": schemas are not fetched");
    assert_refused("{\"$ref\": \"x.json\"}",
                   "failing loading \"file:///x.json\": open /x.json: no such file or directory");
    assert_refused("{\"$ref\": \"ftp://example.com/x\"}",
                   "failing loading \"ftp://example.com/x\": no URLLoader registered for \"ftp://example.com/x\"");
}

static void schema__urn_stands_for_anything(void **state)
{
    (void)state;
    assert_faults("{\"$ref\": \"urn:example:x\"}", "{\"a\": 1}", "");
}

static void schema__int_of_the_command_line_is_a_number(void **state)
{
    (void)state;
    struct arena a;
    struct buffer errors = BUFFER_INIT;
    arena_init(&a);
    struct schema *schema = compile(&a, "{\"type\": \"integer\", \"enum\": [5], \"maximum\": 9223372036854775807}");
    assert_true(schema_validate(schema, value_int64(5), &a, &errors));
    assert_false(schema_validate(schema, value_int64(INT64_MAX), &a, &errors));
    assert_string_equal(arena_text(&a, buffer_slice(&errors)), "- at '': value must be 5\n");
    schema_release(schema);
    buffer_release(&errors);
    arena_release(&a);
}

/* Each level applies the next one twice: 2^40 checks, were there no limit. */
static void schema__exponential_schema_is_given_up(void **state)
{
    (void)state;
    struct arena a;
    struct buffer text = BUFFER_INIT;
    arena_init(&a);
    buffer_add_text(&text, "{\"$defs\": {");
    for (int i = 0; i < 40; i++)
        buffer_printf(&text, "\"%d\": {\"allOf\": [{\"$ref\": \"#/$defs/%d\"}, {\"$ref\": \"#/$defs/%d\"}]}, ", i,
                      i + 1, i + 1);
    buffer_add_text(&text, "\"40\": {\"type\": \"object\"}}, \"$ref\": \"#/$defs/0\"}");
    assert_faults(buffer_move(&text, &a).ptr, "{}", "schema validation takes too many steps\n");
    arena_release(&a);
}

static void schema__deep_schema_is_refused(void **state)
{
    (void)state;
    struct arena a;
    struct buffer text = BUFFER_INIT;
    arena_init(&a);
    for (int i = 0; i < 5000; i++)
        buffer_add_text(&text, "{\"not\": ");
    buffer_add_text(&text, "{}");
    buffer_add_repeated(&text, '}', 5000);
    assert_refused(buffer_move(&text, &a).ptr, "schema is nested too deeply");
    arena_release(&a);
}

static void schema__knows_keys_of_every_branch(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct schema *schema = compile(&a, "{\"properties\": {\"a\": {\"$ref\": \"#/$defs/a\"}, \"l\": {\"items\": {"
                                        "\"properties\": {\"x\": {}}, \"additionalProperties\": false}}},"
                                        "\"if\": {\"required\": [\"c\"]}, \"then\": {\"properties\": {\"c\": {}}},"
                                        "\"$defs\": {\"a\": {\"properties\": {\"b\": true, \"again\": {\"$ref\": "
                                        "\"#/$defs/a\"}}, \"patternProperties\": {\"^x-\": {}}}}}");
    const struct {
        struct slice path[4];
        size_t count;
        enum schema_knowledge wanted;
    } cases[] = {
        {{SLICE_INIT("a")}, 1, SCHEMA_KEY_KNOWN},
        {{SLICE_INIT("a"), SLICE_INIT("b")}, 2, SCHEMA_KEY_KNOWN},
        {{SLICE_INIT("a"), SLICE_INIT("again"), SLICE_INIT("again"), SLICE_INIT("b")}, 4, SCHEMA_KEY_KNOWN},
        {{SLICE_INIT("a"), SLICE_INIT("x-y")}, 2, SCHEMA_KEY_KNOWN},
        {{SLICE_INIT("a"), SLICE_INIT("z")}, 2, SCHEMA_KEY_ALLOWED},
        {{SLICE_INIT("c")}, 1, SCHEMA_KEY_KNOWN},
        {{SLICE_INIT("d")}, 1, SCHEMA_KEY_ALLOWED},
        {{SLICE_INIT("l"), SLICE_INIT("3"), SLICE_INIT("x")}, 3, SCHEMA_KEY_KNOWN},
        {{SLICE_INIT("l"), SLICE_INIT("3"), SLICE_INIT("y")}, 3, SCHEMA_KEY_FORBIDDEN},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(schema_knows(schema, cases[i].path, cases[i].count), cases[i].wanted);
    schema_release(schema);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schema__types_are_listed_in_fixed_order),
        cmocka_unit_test(schema__place_is_a_json_pointer),
        cmocka_unit_test(schema__faults_of_the_object_come_before_those_of_members),
        cmocka_unit_test(schema__branches_of_anyof_stand_below_it),
        cmocka_unit_test(schema__oneof_names_two_that_match),
        cmocka_unit_test(schema__enum_shows_values_as_written),
        cmocka_unit_test(schema__enum_with_a_list_is_not_shown),
        cmocka_unit_test(schema__const_keeps_its_notation),
        cmocka_unit_test(schema__large_numbers_have_a_power_of_ten),
        cmocka_unit_test(schema__thousands_are_grouped),
        cmocka_unit_test(schema__small_numbers_have_a_negative_power),
        cmocka_unit_test(schema__multiple_of_is_exact),
        cmocka_unit_test(schema__length_counts_characters),
        cmocka_unit_test(schema__numbers_are_equal_whatever_their_notation),
        cmocka_unit_test(schema__min_contains_lists_those_that_match),
        cmocka_unit_test(schema__additional_properties_are_sorted),
        cmocka_unit_test(schema__property_name_is_an_instance_of_its_own),
        cmocka_unit_test(schema__dependent_required_names_both),
        cmocka_unit_test(schema__unevaluated_property_is_false_schema),
        cmocka_unit_test(schema__contains_evaluates_items_in_2020),
        cmocka_unit_test(schema__reference_to_root_recurses),
        cmocka_unit_test(schema__cycle_of_references_is_a_fault),
        cmocka_unit_test(schema__dynamic_reference_finds_outermost_anchor),
        cmocka_unit_test(schema__additional_items_are_counted_from_zero),
        cmocka_unit_test(schema__format_is_asserted_in_draft_7),
        cmocka_unit_test(schema__format_is_not_asserted_in_2020),
        cmocka_unit_test(schema__schema_with_unknown_type_is_refused),
        cmocka_unit_test(schema__fault_of_a_schema_says_where),
        cmocka_unit_test(schema__draft_4_wants_minimum_beside_exclusive_minimum),
        cmocka_unit_test(schema__pointer_to_nothing_is_refused),
        cmocka_unit_test(schema__unknown_anchor_is_refused),
        cmocka_unit_test(schema__malformed_pointer_is_refused),
        cmocka_unit_test(schema__id_given_twice_is_refused),
        cmocka_unit_test(schema__anchor_given_twice_is_refused),
        cmocka_unit_test(schema__condition_picks_a_branch),
        cmocka_unit_test(schema__float_without_fraction_is_an_integer),
        cmocka_unit_test(schema__not_fails_when_it_matches),
        cmocka_unit_test(schema__reference_that_is_no_url_is_refused),
        cmocka_unit_test(schema__schema_cannot_be_its_own_metaschema),
        cmocka_unit_test(schema__metaschema_can_be_referred_to),
        cmocka_unit_test(schema__text_that_is_no_json_is_refused),
        cmocka_unit_test(schema__nothing_is_fetched),
        cmocka_unit_test(schema__urn_stands_for_anything),
        cmocka_unit_test(schema__int_of_the_command_line_is_a_number),
        cmocka_unit_test(schema__exponential_schema_is_given_up),
        cmocka_unit_test(schema__deep_schema_is_refused),
        cmocka_unit_test(schema__knows_keys_of_every_branch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * test_conversion.c - toYaml, fromJson and their kin, against what Helm 4.1.4 printed
 */
#include "function_test.h"

#include "funcs/groups.h"

static void conversion__to_yaml_has_no_final_newline(void **state)
{
    (void)state;
    GIVES("toYaml", "\"a:\\n- 1\\n- \\\"2\\\"\"", DICT(S("a"), LIST(I(1), S("2"))));
    GIVES("toYaml", "\"|\\n  a\"", S("a\n"));
    GIVES("toYaml", "\"null\"", NIL);
    GIVES("toYamlPretty", "\"a:\\n  - 1e+06\"", DICT(S("a"), LIST(F(1e6))));
}

static void conversion__what_cannot_be_written_is_empty_or_fails(void **state)
{
    (void)state;
    GIVES("toYaml", "\"\"", LIST(S("a"), S("\x7f")));
    GIVES("toYaml", "\"\"", F(NAN));
    GIVES("toJson", "\"\"", F(INFINITY));
    GIVES("toPrettyJson", "\"\"", F(INFINITY));
    FAILS("mustToYaml", "yaml: control characters are not allowed", S("\x7f"));
    FAILS("mustToYaml", "error marshaling into JSON: json: unsupported value: NaN", F(NAN));
    FAILS("mustToJson", "json: unsupported value: +Inf", F(INFINITY));
    FAILS("toRawJson", "json: unsupported value: +Inf", F(INFINITY));
}

static void conversion__json_forms(void **state)
{
    (void)state;
    GIVES("toJson", "\"{\\\"a\\\":\\\"\\\\u003c\\\"}\"", DICT(S("a"), S("<")));
    GIVES("toRawJson", "\"\\\"<\\\"\"", S("<"));
    GIVES("toPrettyJson", "\"[\\n  1\\n]\"", LIST(I(1)));
}

static void conversion__from_yaml_puts_errors_into_the_result(void **state)
{
    (void)state;
    GIVES("fromYaml", "{\"a\":[1,\"b\"]}", S("a: [1, b]"));
    GIVES("fromYaml", "{\"Error\":\"error converting YAML to JSON: yaml: mapping values are not allowed in this context\"}",
          S("a: b: c"));
    GIVES("fromYaml", "{\"Error\":\"error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go "
                      "value of type map[string]interface {}\"}", S("[1]"));
    GIVES("fromYamlArray", "[\"error unmarshaling JSON: while decoding JSON: json: cannot unmarshal object into Go value "
                           "of type []interface {}\"]", S("a: 1"));
}

static void conversion__null_is_empty_in_yaml_and_nil_in_json(void **state)
{
    (void)state;
    GIVES("fromYaml", "{}", S(""));
    GIVES("fromYamlArray", "[]", S("~"));
    GIVES("fromJson", "null", S("null"));
    GIVES("fromJsonArray", "null", S("null"));
}

static void conversion__from_json_puts_errors_into_the_result(void **state)
{
    (void)state;
    GIVES("fromJson", "{\"Error\":\"unexpected end of JSON input\"}", S(""));
    GIVES("fromJson", "{\"Error\":\"invalid character 'b' looking for beginning of object key string\"}", S("{bad"));
    GIVES("fromJson", "{\"Error\":\"json: cannot unmarshal string into Go value of type map[string]interface {}\"}",
          S("\"x\""));
    GIVES("fromJsonArray", "[\"json: cannot unmarshal bool into Go value of type []interface {}\"]", S("true"));
    GIVES("fromJson", "{\"Error\":\"json: cannot unmarshal number 1e400 into Go value of type float64\",\"a\":1,\"b\":null}",
          S("{\"a\":1,\"b\":1e400}"));
    FAILS("mustFromJson", "invalid character 'x' looking for beginning of value", S("x"));
    GIVES("mustFromJson", "[1]", S("[1]"));
}

static void conversion__toml_errors_are_results(void **state)
{
    (void)state;
    GIVES("toToml", "\"a = 1\\n\"", DICT(S("a"), I(1)));
    GIVES("toToml", "\"toml: cannot encode array with nil element\"", LIST(NIL));
    FAILS("toToml", "reflect: call of reflect.Value.Type on zero Value", NIL);
    GIVES("fromToml", "{\"a\":1}", S("a = 1"));
    GIVES("fromToml", "{\"Error\":\"toml: line 1: unexpected EOF; expected key separator '='\"}", S("bad"));
}

int main(void)
{
    test.table = functions_conversion;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(conversion__to_yaml_has_no_final_newline, set_up, tear_down),
        cmocka_unit_test_setup_teardown(conversion__what_cannot_be_written_is_empty_or_fails, set_up, tear_down),
        cmocka_unit_test_setup_teardown(conversion__json_forms, set_up, tear_down),
        cmocka_unit_test_setup_teardown(conversion__from_yaml_puts_errors_into_the_result, set_up, tear_down),
        cmocka_unit_test_setup_teardown(conversion__null_is_empty_in_yaml_and_nil_in_json, set_up, tear_down),
        cmocka_unit_test_setup_teardown(conversion__from_json_puts_errors_into_the_result, set_up, tear_down),
        cmocka_unit_test_setup_teardown(conversion__toml_errors_are_results, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * test_toml_read.c - TOML as BurntSushi/toml v1.6.0 reads it
 */
#include "codec_test.h"

#include "codec/json_write.h"
#include "codec/toml_read.h"

static bool read_toml(struct arena *a, struct slice input, struct buffer *out, struct slice *error)
{
    struct value v;
    return toml_read(a, input, &v, error) && json_write(out, v, NULL, a, error);
}

static void toml_read__values(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"a = 1\nb = \"x\"\nc = true\nd = 1.5\ne = [1, \"x\", [2]]\nf = {x = 1, y.z = 2}",
         "{\"a\":1,\"b\":\"x\",\"c\":true,\"d\":1.5,\"e\":[1,\"x\",[2]],\"f\":{\"x\":1,\"y\":{\"z\":2}}}"},
        {"a = 0x1F\nb = 0o17\nc = 0b11\nd = 1_000\ne = -17\nf = +0.5e-3",
         "{\"a\":31,\"b\":15,\"c\":3,\"d\":1000,\"e\":-17,\"f\":0.0005}"},
        {"a = 'raw\\n'\nb = \"\"\"\nx \\\n   y\\u00e9\\x41\"\"\"\nc = '''\nz'''",
         "{\"a\":\"raw\\\\n\",\"b\":\"x y\303\251A\",\"c\":\"z\"}"},
        {"a = [\n 1, # one\n 2,\n]", "{\"a\":[1,2]}"},
        {"\"q k\".x = 1\n'r'.y = 2", "{\"q k\":{\"x\":1},\"r\":{\"y\":2}}"},
        {"", "{}"},
        {"a = \"\"\"x\"\"\"\"\"", "{\"a\":\"x\\\"\\\"\"}"},
    };
    CHECK_ROWS(read_toml, rows);
}

static void toml_read__tables(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"[a]\nx = 1\n[a.b]\ny = 2\n[c.d]\nz = 3", "{\"a\":{\"b\":{\"y\":2},\"x\":1},\"c\":{\"d\":{\"z\":3}}}"},
        {"[[l]]\na = 1\n[[l]]\na = 2\n[l.m]\nb = 3", "{\"l\":[{\"a\":1},{\"a\":2,\"m\":{\"b\":3}}]}"},
        {"[a.b.c]\n[a]\nx = 1", "{\"a\":{\"b\":{\"c\":{}},\"x\":1}}"},
        {"a.b = 1\na.c = 2", "{\"a\":{\"b\":1,\"c\":2}}"},
    };
    CHECK_ROWS(read_toml, rows);
}

static void toml_read__times(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"a = 2020-01-02T03:04:05Z\nb = 2020-01-02t03:04:05.5+02:00\nc = 2020-01-02 03:04:05\nd = 2020-01-02\ne = 03:04:05.25\nf = 03:04",
         "{\"a\":\"2020-01-02T03:04:05Z\",\"b\":\"2020-01-02T03:04:05.5+02:00\",\"c\":\"2020-01-02T03:04:05Z\",\"d\":\"2020-01-02T00:00:00Z\",\"e\":\"0000-01-01T03:04:05.25Z\",\"f\":\"0000-01-01T03:04:00Z\"}"},
        {"a = 2020-13-01", "toml: line 1 (last key \"a\"): invalid datetime: \"2020-13-01\""},
        {"a = 2020-1-01", "toml: line 1 (last key \"a\"): invalid datetime: \"2020-1-01\""},
        {"a = 1:2:3", "toml: line 1 (last key \"a\"): invalid datetime: \"1:2:3\""},
    };
    CHECK_ROWS(read_toml, rows);
}

static void toml_read__syntax_errors_name_line_and_key(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"a", "toml: line 1: unexpected EOF; expected key separator '='"},
        {"a =", "toml: line 1 (last key \"a\"): unexpected EOF; expected value"},
        {"= 1", "toml: line 1: unexpected '=': key name appears blank"},
        {".a = 1", "toml: line 1: unexpected '.': keys cannot start with a '.'"},
        {"a. = 1", "toml: line 1: unexpected '='"},
        {"a = 1 b = 2",
         "toml: line 1: expected a top-level item to end with a newline, comment, or EOF, but got 'b' instead"},
        {"a = tru", "toml: line 1 (last key \"a\"): expected value but found \"tru\" instead"},
        {"a = null", "toml: line 1 (last key \"a\"): expected value but found \"null\" instead"},
        {"a = .5", "toml: line 1 (last key \"a\"): floats must start with a digit, not '.'"},
        {"a = 1.", "toml: line 1 (last key \"a\"): Invalid float \"1.\": '.' must be followed by one or more digits"},
        {"a = 017", "toml: line 1 (last key \"a\"): Invalid integer \"017\": cannot have leading zeroes"},
        {"a = 1__0",
         "toml: line 1 (last key \"a\"): Invalid integer \"1__0\": underscores must be surrounded by digits"},
        {"a = 1_", "toml: line 1 (last key \"a\"): Invalid integer \"1_\": underscores must be surrounded by digits"},
        {"a = 0xg", "toml: line 1 (last key \"a\"): not a hexadecimal number: '0xg'"},
        {"a = +0x1", "toml: line 1 (last key \"a\"): cannot use sign with non-decimal numbers: '+0x'"},
        {"a = +x", "toml: line 1 (last key \"a\"): expected a digit but got 'x'"},
        {"a = 1e400", "toml: line 1 (last key \"a\"): 1e400 is out of range for float64"},
        {"a = 99999999999999999999", "toml: line 1 (last key \"a\"): 99999999999999999999 is out of range for int64"},
        {"a = \"x", "toml: line 1 (last key \"a\"): unexpected EOF; expected '\"'"},
        {"a = \"x\ny\"", "toml: line 1 (last key \"a\"): strings cannot contain newlines"},
        {"a = \"\\q\"", "toml: line 1 (last key \"a\"): invalid escape in string '\\q'"},
        {"a = \"\\ \"", "toml: line 1 (last key \"a\"): invalid escape: '\\ '"},
        {"a = \"\\ud800\"", "toml: line 1 (last key \"a\"): Escaped character '\\ud800' is not valid UTF-8."},
        {"a = \"\"\"x", "toml: line 1 (last key \"a\"): unexpected EOF; expected '\"\"\"'"},
        {"a = \"\"\"x\"\"\"\"\"\"", "toml: line 1 (last key \"a\"): unexpected '\"\"\"\"\"\"'"},
        {"a = '''x''''''", "toml: line 1 (last key \"a\"): unexpected \"''''''\""},
        {"a = [1",
         "toml: line 1 (last key \"a\"): expected a comma (',') or array terminator (']'), but got end of file"},
        {"a = [1 2]", "toml: line 1 (last key \"a\"): expected a comma (',') or array terminator (']'), but got '2'"},
        {"a = [,]", "toml: line 1 (last key \"a\"): unexpected comma"},
        {"a = {x = 1",
         "toml: line 1 (last key \"a.x\"): expected a comma or an inline table terminator '}', but got end of file instead"},
        {"a = {x = 1 y = 2}",
         "toml: line 1 (last key \"a.x\"): expected a comma or an inline table terminator '}', but got 'y' instead"},
        {"a = {,}", "toml: line 1 (last key \"a\"): unexpected comma"},
        {"[a", "toml: line 1: expected '.' or ']' to end table name, but got '\\x00' instead"},
        {"[]", "toml: line 1: unexpected end of table name (table names cannot be empty)"},
        {"[a.]", "toml: line 1: unexpected end of table name (table names cannot be empty)"},
        {"[a]]",
         "toml: line 1 (last key \"a\"): expected a top-level item to end with a newline, comment, or EOF, but got ']' instead"},
        {"[[a]", "toml: line 1: expected end of table array name delimiter ']', but got '\\x00' instead"},
        {"[a] b",
         "toml: line 1 (last key \"a\"): expected a top-level item to end with a newline, comment, or EOF, but got 'b' instead"},
        {"a\n = 1", "toml: line 1: expected '.' or '=', but got '\\n' instead"},
        {"a = \"\001\"", "toml: line 1 (last key \"a\"): TOML files cannot contain control characters: '0x01'"},
        {"a = \"\377\"", "toml: line 1 (last key \"a\"): invalid UTF-8 byte: 0xff"},
        {"a = 1\r", "toml: line 1 (last key \"a\"): TOML files cannot contain control characters: '0x0d'"},
    };
    CHECK_ROWS(read_toml, rows);
}

static void toml_read__keys_may_be_set_once(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"a = 1\na = 2", "toml: line 2 (last key \"a\"): Key 'a' has already been defined."},
        {"[a]\n[a]", "toml: line 2: Key 'a' has already been defined."},
        {"a = 1\n[a]", "toml: line 2: Key 'a' has already been defined."},
        {"a = 1\na.b = 2", "toml: line 2 (last key \"a.b\"): Key 'a' has already been defined."},
        {"a = {}\na.b = 1", "{\"a\":{\"b\":1}}"},
        {"a = []\n[[a]]", "toml: line 2: Key 'a' was already created and cannot be used as an array."},
        {"[[a]]\n[a]", "toml: line 2: Key 'a' has already been defined."},
        {"[a]\n[[a]]", "toml: line 2: Key 'a' was already created and cannot be used as an array."},
        {"a.b = 1\n[a]", "{\"a\":{\"b\":1}}"},
        {"a = [{b = 1}]\n[[a]]", "toml: line 2: Key 'a' was already created and cannot be used as an array."},
        {"a = {b = 1, b = 2}", "toml: line 1 (last key \"a.b\"): Key 'a.b' has already been defined."},
    };
    CHECK_ROWS(read_toml, rows);
}

static void toml_read__types_are_go_s(void **state)
{
    (void)state;
    struct arena a;
    struct value v;
    struct slice error;
    arena_init(&a);
    assert_true(toml_read(&a, SLICE("i = 1\nl = [1]\n[[t]]\nx = 1\n"), &v, &error));
    assert_int_equal(map_find_text(v.map, "i")->type, GO_INT64);
    assert_int_equal(map_find_text(v.map, "l")->type, GO_LIST);
    assert_int_equal(map_find_text(v.map, "t")->type, GO_MAPS);
    arena_release(&a);
}

static void toml_read__depth_is_bounded(void **state)
{
    (void)state;
    struct arena a;
    struct value v;
    struct slice error;
    struct buffer text = BUFFER_INIT;
    arena_init(&a);
    buffer_add_text(&text, "a = ");
    buffer_add_repeated(&text, '[', 20000);
    assert_false(toml_read(&a, buffer_slice(&text), &v, &error));
    buffer_clear(&text);
    for (int i = 0; i < 2000; i++)
        buffer_add_text(&text, "a.");
    buffer_add_text(&text, "b = 1");
    assert_false(toml_read(&a, buffer_slice(&text), &v, &error));
    buffer_release(&text);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(toml_read__values),
        cmocka_unit_test(toml_read__tables),
        cmocka_unit_test(toml_read__times),
        cmocka_unit_test(toml_read__syntax_errors_name_line_and_key),
        cmocka_unit_test(toml_read__keys_may_be_set_once),
        cmocka_unit_test(toml_read__types_are_go_s),
        cmocka_unit_test(toml_read__depth_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * test_json_patch.c - JSON patches; errors are those of the library that Kustomize uses
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "codec/json_read.h"
#include "codec/json_write.h"
#include "kustomize/json_patch.h"

struct row {
    const char *document;
    const char *patch;
    const char *expected;
};

static const char *patched(struct arena *a, const struct row *row, struct diag *diag)
{
    const struct placed_text text = {slice_text(row->patch), NULL, 0};
    struct json_patch patch;
    struct value document;
    struct slice error;
    struct buffer out = BUFFER_INIT;
    assert_true(json_read(a, NULL, slice_text(row->document), &document, &error, NULL));
    if (!json_patch_read(a, &text, &patch, diag) || !json_patch_apply(a, &patch, NULL, &document, diag))
        return arena_text(a, diag->last->message);
    assert_true(json_write(&out, document, NULL, a, &error));
    return buffer_move(&out, a).ptr;
}

static void check(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct arena a;
        struct diag diag;
        arena_init(&a);
        diag_init(&diag);
        const char *got = patched(&a, &rows[i], &diag);
        if (strcmp(got, rows[i].expected) != 0)
            print_error("document: %s\npatch: %s\n", rows[i].document, rows[i].patch);
        assert_string_equal(got, rows[i].expected);
        diag_release(&diag);
        arena_release(&a);
    }
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof(rows)[0])

static void json_patch__adds(void **state)
{
    static const struct row rows[] = {
        {"{}", "[{\"op\":\"add\",\"path\":\"/a\",\"value\":1}]", "{\"a\":1}"},
        {"{\"l\":[1]}", "[{\"op\":\"add\",\"path\":\"/l/-\",\"value\":2}]", "{\"l\":[1,2]}"},
        {"{\"l\":[1]}", "[{\"op\":\"add\",\"path\":\"/l/0\",\"value\":2}]", "{\"l\":[2,1]}"},
        {"{\"l\":[1]}", "[{\"op\":\"add\",\"path\":\"/l/-1\",\"value\":2}]", "{\"l\":[1,2]}"},
        {"{}", "[{\"op\":\"add\",\"path\":\"/a~1b~0c\",\"value\":1}]", "{\"a/b~c\":1}"},
        {"{}", "[{\"op\":\"add\",\"path\":\"data/x\",\"value\":1}]", "{\"x\":1}"},
        {"{}", "[{\"op\":\"add\",\"path\":\"/a\"}]", "{\"a\":null}"},
        {"{}", "[{\"op\":\"add\",\"path\":\"/a/b\",\"value\":1}]",
         "add operation does not apply: doc is missing path: \"/a/b\": missing value"},
        {"{\"l\":[1]}", "[{\"op\":\"add\",\"path\":\"/l/9\",\"value\":1}]",
         "error in add for path: '/l/9': Unable to access invalid index: 9: invalid index referenced"},
        {"{\"l\":[1]}", "[{\"op\":\"add\",\"path\":\"/l/x\",\"value\":1}]",
         "error in add for path: '/l/x': value was not a proper array index: 'x': strconv.Atoi: parsing \"x\": invalid "
         "syntax"},
    };
    (void)state;
    CHECK(rows);
}

static void json_patch__replaces(void **state)
{
    static const struct row rows[] = {
        {"{\"a\":1}", "[{\"op\":\"replace\",\"path\":\"/a\",\"value\":2}]", "{\"a\":2}"},
        {"{\"a\":1}", "[{\"op\":\"replace\",\"path\":\"/b\",\"value\":2}]", "{\"a\":1,\"b\":2}"},
        {"{\"a\":1}", "[{\"op\":\"replace\",\"path\":\"\",\"value\":{\"b\":1}}]", "{\"b\":1}"},
        {"{\"l\":[1,2]}", "[{\"op\":\"replace\",\"path\":\"/l/-1\",\"value\":3}]", "{\"l\":[1,3]}"},
        {"{\"l\":[1]}", "[{\"op\":\"replace\",\"path\":\"/l/5\",\"value\":3}]",
         "replace operation does not apply: doc is missing key: /l/5: missing value"},
        {"{}", "[{\"op\":\"replace\",\"path\":\"/a/b\",\"value\":3}]",
         "replace operation does not apply: doc is missing path: /a/b: missing value"},
    };
    (void)state;
    CHECK(rows);
}

static void json_patch__removes(void **state)
{
    static const struct row rows[] = {
        {"{\"a\":1,\"b\":2}", "[{\"op\":\"remove\",\"path\":\"/a\"}]", "{\"b\":2}"},
        {"{\"l\":[1,2,3]}", "[{\"op\":\"remove\",\"path\":\"/l/-1\"}]", "{\"l\":[1,2]}"},
        {"{}", "[{\"op\":\"remove\",\"path\":\"/a\"}]",
         "error in remove for path: '/a': Unable to remove nonexistent key: a: missing value"},
    };
    (void)state;
    CHECK(rows);
}

static void json_patch__moves_and_copies(void **state)
{
    static const struct row rows[] = {
        {"{\"a\":1}", "[{\"op\":\"move\",\"from\":\"/a\",\"path\":\"/b\"}]", "{\"b\":1}"},
        {"{\"a\":{\"x\":1}}", "[{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/b\"}]", "{\"a\":{\"x\":1},\"b\":{\"x\":1}}"},
        {"{\"a\":{}}",
         "[{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/b\"},{\"op\":\"add\",\"path\":\"/b/x\",\"value\":1}]",
         "{\"a\":{},\"b\":{\"x\":1}}"},
        {"{}", "[{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/b\"}]", "{\"b\":null}"},
        {"{}", "[{\"op\":\"move\",\"from\":\"/a\",\"path\":\"/b\"}]",
         "error in move for path: 'a': Unable to remove nonexistent key: a: missing value"},
    };
    (void)state;
    CHECK(rows);
}

static void json_patch__tests(void **state)
{
    static const struct row rows[] = {
        {"{\"a\":{\"b\":1,\"c\":2}}", "[{\"op\":\"test\",\"path\":\"/a\",\"value\":{\"c\":2,\"b\":1}}]",
         "{\"a\":{\"b\":1,\"c\":2}}"},
        {"{}", "[{\"op\":\"test\",\"path\":\"/a\",\"value\":null}]", "{}"},
        {"{\"a\":1}", "[{\"op\":\"test\",\"path\":\"/a\",\"value\":2}]", "testing value /a failed: test failed"},
        {"{\"a\":\"1\"}", "[{\"op\":\"test\",\"path\":\"/a\",\"value\":1}]", "testing value /a failed: test failed"},
    };
    (void)state;
    CHECK(rows);
}

static void json_patch__is_read_as_yaml_1_1_too(void **state)
{
    static const struct row rows[] = {
        {"{}", "- op: add\n  path: /a\n  value: yes\n", "{\"a\":true}"},
        {"{}", "- op: add\n  path: /a\n  value: 0777\n", "{\"a\":511}"},
        {"{}", "", "{}"},
        {"{}", "op: add\n", "json: cannot unmarshal object into Go value of type jsonpatch.Patch"},
        {"{}", "- 1\n", "json: cannot unmarshal string into Go value of type jsonpatch.Operation"},
        {"{}", "- op: foo\n", "Unexpected kind: foo"},
        {"{}", "[1,]", "invalid character ']' looking for beginning of value"},
        {"{}", "[] x", "invalid character 'x' after top-level value"},
    };
    (void)state;
    CHECK(rows);
}

/* Each copy doubles the document: forty would fill any memory. */
static void json_patch__copies_of_copies_end(void **state)
{
    struct arena a;
    struct diag diag;
    struct buffer text = BUFFER_INIT;
    (void)state;
    arena_init(&a);
    diag_init(&diag);
    for (int i = 0; i < 40; i++)
        buffer_printf(&text, "- {op: copy, from: /a, path: /a/k%d}\n", i);
    buffer_add_char(&text, '\0');
    struct row row = {"{\"a\":{\"x\":[1,2,3]}}", text.ptr, ""};
    assert_non_null(patched(&a, &row, &diag));
    assert_true(diag.errors > 0);
    buffer_release(&text);
    diag_release(&diag);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_patch__adds),
        cmocka_unit_test(json_patch__replaces),
        cmocka_unit_test(json_patch__removes),
        cmocka_unit_test(json_patch__moves_and_copies),
        cmocka_unit_test(json_patch__tests),
        cmocka_unit_test(json_patch__is_read_as_yaml_1_1_too),
        cmocka_unit_test(json_patch__copies_of_copies_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

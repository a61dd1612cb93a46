/*
 * test_object_name.c - names of objects and versions of their kinds, as apimachinery 0.35 sees them
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "helm/api_lifecycle.h"
#include "helm/object_name.h"

static bool is_good(const char *kind, const char *name)
{
    struct buffer reason = BUFFER_INIT;
    bool good = object_name_check(slice_text(kind), slice_text(name), &reason);
    assert_int_equal(good, reason.len == 0);
    buffer_release(&reason);
    return good;
}

static void expect_reason(const char *kind, const char *name, const char *expected)
{
    struct buffer reason = BUFFER_INIT;
    assert_false(object_name_check(slice_text(kind), slice_text(name), &reason));
    buffer_add_char(&reason, '\0');
    assert_string_equal(reason.ptr, expected);
    buffer_release(&reason);
}

static void object_name__kinds_have_rules(void **state)
{
    (void)state;
    assert_true(is_good("Deployment", "a.b-1"));
    assert_false(is_good("Deployment", "A"));
    assert_false(is_good("Deployment", "a_b"));
    assert_false(is_good("Anything", ""));
    assert_true(is_good("Pod", "1a"));
    assert_false(is_good("Service", "1a"));
    assert_false(is_good("service", "a.b"));
    assert_false(is_good("Namespace", "a.b"));
    assert_true(is_good("ClusterRole", "system:Node_1"));
    assert_true(is_good("CertificateSigningRequest", "!"));
}

static void object_name__reasons_are_the_library_s(void **state)
{
    (void)state;
    expect_reason("Namespace", "a.b", "metadata.name: Invalid value: \"a.b\": must not contain dots");
    expect_reason("Role", "a/%", "[metadata.name: Invalid value: \"a/%\": may not contain '/', metadata.name: Invalid "
                                 "value: \"a/%\": may not contain '%']");
    expect_reason("Service", "1a",
                  "metadata.name: Invalid value: \"1a\": a DNS-1035 label must consist of lower case alphanumeric "
                  "characters or '-', start with an alphabetic character, and end with an alphanumeric character "
                  "(e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')");
}

static void expect_warning(const char *api_version, const char *kind, int minor, const char *expected)
{
    struct buffer text = BUFFER_INIT;
    assert_int_equal(api_lifecycle_warning(slice_text(api_version), slice_text(kind), 1, minor, &text), *expected != 0);
    buffer_add_char(&text, '\0');
    assert_string_equal(text.ptr, expected);
    buffer_release(&text);
}

static void api_lifecycle__depends_on_the_cluster(void **state)
{
    (void)state;
    expect_warning("batch/v1beta1", "CronJob", 21,
                   "batch/v1beta1 CronJob is deprecated in v1.21+, unavailable in v1.25+; use batch/v1 CronJob");
    expect_warning("batch/v1beta1", "CronJob", 20, "");
    expect_warning("v1", "ComponentStatus", 35, "v1 ComponentStatus is deprecated in v1.19+");
    expect_warning("example.com/v1beta1", "CronJob", 35, "");
    expect_warning("apps/v1", "Deployment", 35, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(object_name__kinds_have_rules),
        cmocka_unit_test(object_name__reasons_are_the_library_s),
        cmocka_unit_test(api_lifecycle__depends_on_the_cluster),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

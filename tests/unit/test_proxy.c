/*
 * test_proxy.c - which proxy a URL goes through, as Go's http.ProxyFromEnvironment decides
 */
#include "fetch/proxy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void proxy__by_scheme_and_exemptions(void **state)
{
    struct arena a;
    (void)state;
    arena_init(&a);
    unsetenv("HTTP_PROXY");
    unsetenv("HTTPS_PROXY");
    unsetenv("NO_PROXY");
    setenv("http_proxy", "http://plain:3128", 1);
    setenv("https_proxy", "http://secure:3128", 1);
    setenv("no_proxy", "internal.io, .corp.io,10.0.0.0/8,*.star.io,exact.io:8080", 1);
    assert_string_equal(proxy_for(&a, SLICE("http://x.io/")), "http://plain:3128");
    assert_string_equal(proxy_for(&a, SLICE("https://x.io/")), "http://secure:3128");
    assert_string_equal(proxy_for(&a, SLICE("http://internal.io/")), "");
    assert_string_equal(proxy_for(&a, SLICE("http://a.internal.io/")), "");
    assert_string_equal(proxy_for(&a, SLICE("http://notinternal.io/")), "http://plain:3128");
    assert_string_equal(proxy_for(&a, SLICE("http://a.corp.io/")), "");
    assert_string_equal(proxy_for(&a, SLICE("http://corp.io/")), "http://plain:3128");
    assert_string_equal(proxy_for(&a, SLICE("http://10.1.2.3/")), "");
    assert_string_equal(proxy_for(&a, SLICE("http://11.1.2.3/")), "http://plain:3128");
    assert_string_equal(proxy_for(&a, SLICE("http://a.star.io/")), "");
    assert_string_equal(proxy_for(&a, SLICE("http://exact.io:8080/")), "");
    assert_string_equal(proxy_for(&a, SLICE("http://localhost:5000/")), "");
    assert_string_equal(proxy_for(&a, SLICE("http://127.0.0.2/")), "");
    assert_string_equal(proxy_for(&a, SLICE("http://[::1]/")), "");
    setenv("HTTP_PROXY", "http://upper:1", 1);
    assert_string_equal(proxy_for(&a, SLICE("http://x.io/")), "http://upper:1");
    setenv("NO_PROXY", "*", 1);
    assert_string_equal(proxy_for(&a, SLICE("http://x.io/")), "");
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(proxy__by_scheme_and_exemptions)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

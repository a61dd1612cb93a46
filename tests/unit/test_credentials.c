/*
 * test_credentials.c - logins in files of Docker's form, written as Helm 4.1.4 writes them
 */
#include "chart_test.h"

#include "fetch/credentials.h"

static const char *registry_file(void)
{
    return scratch("registry/config.json");
}

static const char *found(const char *registry)
{
    struct credential c;
    assert_true(credentials_find(&test.arena, registry_file(), slice_text(registry), &c, &test.diag));
    return arena_printf(&test.arena, "%.*s:%.*s %.*s", SLICE_ARG(c.username), SLICE_ARG(c.password),
                        SLICE_ARG(c.identity_token))
        .ptr;
}

static void keep(const char *registry, const char *username, const char *password)
{
    struct credential c = {.username = slice_text(username), .password = slice_text(password)};
    assert_true(credentials_store(&test.arena, registry_file(), slice_text(registry), &c, &test.diag));
}

static const char *file_text(void)
{
    struct slice text;
    assert_true(file_read(&test.arena, registry_file(), 0, &text, &test.diag));
    return text.ptr;
}

static void no_docker_file(void)
{
    assert_int_equal(setenv("DOCKER_CONFIG", scratch("docker"), 1), 0);
}

static void credentials__are_kept_and_forgotten(void **state)
{
    (void)state;
    no_docker_file();
    assert_string_equal(found("127.0.0.1:5101"), ": ");
    keep("127.0.0.1:5101", "user", "secret");
    keep("localhost:5102", "user", "pass:word");
    assert_string_equal(file_text(), "{\n\t\"auths\": {\n\t\t\"127.0.0.1:5101\": {\n\t\t\t\"auth\": "
                                     "\"dXNlcjpzZWNyZXQ=\"\n\t\t},\n\t\t\"localhost:5102\": {\n\t\t\t\"auth\": "
                                     "\"dXNlcjpwYXNzOndvcmQ=\"\n\t\t}\n\t}\n}");
    assert_string_equal(found("127.0.0.1:5101"), "user:secret ");
    assert_string_equal(found("localhost:5102"), "user:pass:word ");
    assert_true(credentials_erase(&test.arena, registry_file(), SLICE("127.0.0.1:5101"), &test.diag));
    assert_true(credentials_erase(&test.arena, registry_file(), SLICE("never.io"), &test.diag));
    assert_string_equal(found("127.0.0.1:5101"), ": ");
    assert_string_equal(found("localhost:5102"), "user:pass:word ");
}

static void credentials__other_entries_of_the_file_stay(void **state)
{
    (void)state;
    no_docker_file();
    write_text("registry/config.json", "{\"HttpHeaders\": {\"X\": \"y\"}, \"auths\": {\"https://old.io/v1/\": "
                                       "{\"username\": \"a\", \"password\": \"b\"}}}");
    assert_string_equal(found("old.io"), "a:b ");
    keep("new.io", "c", "d");
    assert_string_equal(found("old.io"), "a:b ");
    assert_non_null(strstr(file_text(), "\"HttpHeaders\""));
}

static void credentials__docker_file_is_asked_second(void **state)
{
    (void)state;
    no_docker_file();
    write_text("docker/config.json", "{\"auths\": {\"r.io\": {\"auth\": \"eDp5\"}, \"t.io\": {\"identitytoken\": "
                                     "\"tok\"}, \"https://index.docker.io/v1/\": {\"auth\": \"aHViOnB3\"}}}");
    assert_string_equal(found("r.io"), "x:y ");
    assert_string_equal(found("t.io"), ": tok");
    assert_string_equal(found("registry-1.docker.io"), "hub:pw ");
    keep("r.io", "own", "one");
    assert_string_equal(found("r.io"), "own:one ");
}

static void credentials__broken_files_are_errors(void **state)
{
    struct credential c;
    (void)state;
    no_docker_file();
    write_text("registry/config.json", "{oops");
    assert_false(credentials_check(&test.arena, registry_file(), &test.diag));
    assert_non_null(strstr(messages(), "failed to decode config file at ~/registry/config.json: invalid config format"));
    diag_clear(&test.diag);
    write_text("registry/config.json", "{\"auths\": {\"r.io\": {\"auth\": \"bm9jb2xvbg==\"}}}");
    assert_false(credentials_find(&test.arena, registry_file(), SLICE("r.io"), &c, &test.diag));
    assert_non_null(strstr(messages(), "failed to decode auth field"));
}

static void credentials__helpers_are_programs(void **state)
{
    (void)state;
    no_docker_file();
    write_text("bin/docker-credential-fake", "#!/bin/sh\nread server\n[ \"$1\" = get ] && [ \"$server\" = h.io ] && echo "
                                             "'{\"Username\":\"u\",\"Secret\":\"s\"}'\n");
    assert_int_equal(system(arena_printf(&test.arena, "chmod +x %s", scratch("bin/docker-credential-fake")).ptr), 0);
    assert_int_equal(
        setenv("PATH", arena_printf(&test.arena, "%s:%s", scratch("bin"), getenv("PATH")).ptr, 1), 0);
    write_text("registry/config.json", "{\"credHelpers\": {\"h.io\": \"fake\", \"i.io\": \"fake\"}}");
    assert_string_equal(found("h.io"), "u:s ");
    assert_string_equal(found("i.io"), ": ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(credentials__are_kept_and_forgotten, set_up, tear_down),
        cmocka_unit_test_setup_teardown(credentials__other_entries_of_the_file_stay, set_up, tear_down),
        cmocka_unit_test_setup_teardown(credentials__docker_file_is_asked_second, set_up, tear_down),
        cmocka_unit_test_setup_teardown(credentials__broken_files_are_errors, set_up, tear_down),
        cmocka_unit_test_setup_teardown(credentials__helpers_are_programs, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

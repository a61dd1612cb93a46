/*
 * test_time_format.c - times, layouts and durations; what the expectations say was printed by Helm 4.1.4
 */
#include "golang/time_format.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    setenv("TZ", "UTC", 1);
    arena_init(&arena);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static const char *formatted(struct go_time t, const char *layout)
{
    struct buffer b = BUFFER_INIT;
    go_time_format(&b, t, slice_text(layout));
    return buffer_move(&b, &arena).ptr;
}

static const char *parsed(const char *layout, const char *text)
{
    struct go_time t;
    struct slice error;
    struct buffer b = BUFFER_INIT;
    if (!go_time_parse(&arena, slice_text(layout), slice_text(text), "Local", &t, &error))
        return arena_text(&arena, error);
    go_time_string(&b, t);
    return buffer_move(&b, &arena).ptr;
}

static const char *in_zone(const char *text, const char *zone)
{
    struct go_time t;
    struct slice error;
    assert_true(go_time_parse(&arena, SLICE("2006-01-02T15:04:05Z07:00"), slice_text(text), "UTC", &t, &error));
    assert_true(go_time_in(t, zone, &t));
    return formatted(t, "2006-01-02 15:04:05 MST -0700");
}

static const char *duration(const char *text)
{
    int64_t d;
    struct slice error;
    struct buffer b = BUFFER_INIT;
    if (!go_parse_duration(&arena, slice_text(text), &d, &error))
        return arena_text(&arena, error);
    go_format_duration(&b, d);
    return buffer_move(&b, &arena).ptr;
}

static void time_format__elements_of_a_layout(void **state)
{
    (void)state;
    struct go_time t = go_time_utc(1678161906, 0); /* 2023-03-07 04:05:06 */
    assert_string_equal(formatted(t, "Monday Mon January Jan 2006 06 01 1 02 2 _2 002 __2"),
                        "Tuesday Tue March Mar 2023 23 03 3 07 7  7 066  66");
    assert_string_equal(formatted(t, "15 03 3 04 4 05 5 PM pm"), "04 04 4 05 5 06 6 AM am");
    assert_string_equal(formatted(t, "-07 -0700 -07:00 -070000 -07:00:00 Z07 Z0700 Z07:00"),
                        "+00 +0000 +00:00 +000000 +00:00:00 Z Z Z");
    assert_string_equal(formatted(t, "Januaryish Janet Unix 1136239445"), "Marchish Janet Unix 3346749556");
    assert_string_equal(formatted(go_time_utc(0, 123456789), ".000 05.000 05.99 05,999999999"),
                        ".123 00.123 00.12 00,123456789");
    assert_string_equal(formatted(t, "05.000 05.999"), "06.000 06");
    assert_string_equal(formatted(go_time_utc(253402300800, 0), "2006-01-02"), "10000-01-01");
}

static void time_format__periods_of_a_zone(void **state)
{
    (void)state;
    assert_string_equal(in_zone("0001-01-01T00:00:00Z", "Europe/London"), "0000-12-31 23:58:45 LMT -0001");
    assert_string_equal(in_zone("1900-01-01T00:00:00Z", "America/New_York"), "1899-12-31 19:00:00 EST -0500");
    assert_string_equal(in_zone("2023-03-12T06:59:59Z", "America/New_York"), "2023-03-12 01:59:59 EST -0500");
    assert_string_equal(in_zone("2023-03-12T07:00:00Z", "America/New_York"), "2023-03-12 03:00:00 EDT -0400");
    assert_string_equal(in_zone("2050-07-01T00:00:00Z", "America/New_York"), "2050-06-30 20:00:00 EDT -0400");
    assert_string_equal(in_zone("9999-12-31T23:59:59Z", "Europe/London"), "9999-12-31 23:59:59 GMT +0000");
    assert_string_equal(in_zone("2023-03-07T04:05:06Z", "Australia/Lord_Howe"), "2023-03-07 15:05:06 +11 +1100");
    assert_string_equal(in_zone("2023-03-07T04:05:06Z", "Etc/GMT+5"), "2023-03-06 23:05:06 -05 -0500");
}

static void time_format__unknown_zone(void **state)
{
    (void)state;
    struct go_time t = go_time_utc(0, 0);
    assert_false(go_time_in(t, "Nowhere/At_All", &t));
    assert_false(go_time_in(t, "../../etc/passwd", &t));
    assert_false(go_time_in(t, "/etc/localtime", &t));
}

static void time_format__local_zone_of_the_environment(void **state)
{
    (void)state;
    setenv("TZ", "Asia/Kolkata", 1);
    assert_string_equal(parsed("2006-01-02", "2021-07-04"), "2021-07-04 00:00:00 +0530 IST");
    setenv("TZ", "EST5EDT", 1);
    assert_string_equal(parsed("2006-01-02", "2021-07-04"), "2021-07-04 00:00:00 -0400 EDT");
    setenv("TZ", "UTC", 1);
}

static void time_parse__by_layout(void **state)
{
    (void)state;
    assert_string_equal(parsed("2006-002", "2020-366"), "2020-12-31 00:00:00 +0000 UTC");
    assert_string_equal(parsed("15:04:05", "01:02:03.456"), "0000-01-01 01:02:03.456 +0000 UTC");
    assert_string_equal(parsed("2006-01-02 MST", "2021-01-02 GMT+3"), "2021-01-02 03:00:00 +0300 GMT+3");
    assert_string_equal(parsed("2006-01-02 MST", "2021-01-02 +03"), "2021-01-02 00:00:00 +0000 +03");
    assert_string_equal(parsed("2006-01-02T15:04:05Z07:00", "2021-01-02T03:04:05+02:00"),
                        "2021-01-02 03:04:05 +0200 +0200");
    assert_string_equal(parsed("_2 Jan 2006", " 3 feb 2021"), "2021-02-03 00:00:00 +0000 UTC");
    assert_string_equal(parsed("3PM", "12PM"), "0000-01-01 12:00:00 +0000 UTC");
    assert_string_equal(parsed("06", "69"), "1969-01-01 00:00:00 +0000 UTC");
}

static void time_parse__faults(void **state)
{
    (void)state;
    assert_string_equal(parsed("2006-01-02", "2021-1-2"),
                        "parsing time \"2021-1-2\" as \"2006-01-02\": cannot parse \"1-2\" as \"01\"");
    assert_string_equal(parsed("2006-01-02", "2021-02-29"), "parsing time \"2021-02-29\": day out of range");
    assert_string_equal(parsed("2006", "20211"), "parsing time \"20211\": extra text: \"1\"");
    assert_string_equal(parsed("2006-01-02", ""),
                        "parsing time \"\" as \"2006-01-02\": cannot parse \"\" as \"2006\"");
    assert_string_equal(parsed("2006-01-02T15:04:05-0700", "2021-01-02T03:04:05Z"),
                        "parsing time \"2021-01-02T03:04:05Z\" as \"2006-01-02T15:04:05-0700\": "
                        "cannot parse \"Z\" as \"-0700\"");
    assert_string_equal(parsed("2006-01-02 15:04", "2021-01-02 25:00"),
                        "parsing time \"2021-01-02 25:00\": hour out of range");
}

static void duration__reads_and_writes(void **state)
{
    (void)state;
    assert_string_equal(duration("90m"), "1h30m0s");
    assert_string_equal(duration("-1.5h"), "-1h30m0s");
    assert_string_equal(duration("1500us"), "1.5ms");
    assert_string_equal(duration("1ns"), "1ns");
    assert_string_equal(duration("9223372036854775807ns"), "2562047h47m16.854775807s");
    assert_string_equal(duration("0"), "0s");
}

static void duration__faults(void **state)
{
    (void)state;
    assert_string_equal(duration("bad"), "time: invalid duration \"bad\"");
    assert_string_equal(duration("5"), "time: missing unit in duration \"5\"");
    assert_string_equal(duration("1d"), "time: unknown unit \"d\" in duration \"1d\"");
    assert_string_equal(duration("9223372036854775808ns"), "time: invalid duration \"9223372036854775808ns\"");
    assert_string_equal(duration(""), "time: invalid duration \"\"");
}

static void time__arithmetic(void **state)
{
    (void)state;
    struct go_time t = go_time_utc(1583020800, 0); /* 2020-03-01 */
    assert_string_equal(formatted(go_time_add(t, -1), "2006-01-02 15:04:05.999999999"),
                        "2020-02-29 23:59:59.999999999");
    assert_string_equal(formatted(go_time_add_date(t, 0, -1, 29), "2006-01-02"), "2020-03-01");
    assert_int_equal(go_time_sub(t, go_time_add(t, 5)), -5);
    assert_string_equal(formatted(go_time_truncate(go_time_add(t, 3599999999999), 3600000000000), "15:04:05"),
                        "00:00:00");
    assert_string_equal(formatted(go_time_round(go_time_add(t, 1800000000000), 3600000000000), "15:04:05"),
                        "01:00:00");
    assert_int_equal(go_time_sub(go_time_utc(INT64_MAX, 0), go_time_zero()), INT64_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(time_format__elements_of_a_layout, setup, teardown),
        cmocka_unit_test_setup_teardown(time_format__periods_of_a_zone, setup, teardown),
        cmocka_unit_test_setup_teardown(time_format__unknown_zone, setup, teardown),
        cmocka_unit_test_setup_teardown(time_format__local_zone_of_the_environment, setup, teardown),
        cmocka_unit_test_setup_teardown(time_parse__by_layout, setup, teardown),
        cmocka_unit_test_setup_teardown(time_parse__faults, setup, teardown),
        cmocka_unit_test_setup_teardown(duration__reads_and_writes, setup, teardown),
        cmocka_unit_test_setup_teardown(duration__faults, setup, teardown),
        cmocka_unit_test_setup_teardown(time__arithmetic, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

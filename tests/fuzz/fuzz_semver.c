/*
 * fuzz_semver.c - versions and constraints: the first line is a constraint, the second a version
 */
#include "golang/semver.h"

#include "fuzz.h"

/* What a version prints as is a version, equal to it. */
static void check_version(const struct semver *v)
{
    struct semver w;
    struct buffer text = BUFFER_INIT;
    semver_string(&text, v);
    FUZZ_CHECK(semver_parse_loose(buffer_slice(&text), &w));
    FUZZ_CHECK(semver_compare(v, &w) == 0);
    buffer_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    struct semver v, strict;
    struct semver_constraint *constraint;
    struct slice error;
    struct slice text = fuzz_text(data, size);
    struct slice range = fuzz_line(&text);
    arena_init(&a);
    bool loose = semver_parse_loose(text, &v);
    if (loose)
        check_version(&v);
    else
        semver_loose_error(&a, text);
    if (semver_parse_strict(text, &strict))
        FUZZ_CHECK(loose && semver_compare(&v, &strict) == 0);
    if (semver_constraint_parse(&a, range, &constraint, &error) && loose)
        semver_constraint_check(constraint, &v);
    arena_release(&a);
    return 0;
}

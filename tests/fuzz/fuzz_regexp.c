/*
 * fuzz_regexp.c - regular expressions: the first line is one, the rest is searched
 */
#include "golang/regexp.h"

#include "fuzz.h"

struct search {
    size_t groups;
    size_t len;
    size_t found;
};

static void check_bounds(void *context, const size_t *groups)
{
    struct search *search = context;
    search->found++;
    for (size_t i = 0; i <= search->groups; i++) {
        size_t from = groups[2 * i], to = groups[2 * i + 1];
        FUZZ_CHECK((from == SIZE_MAX) == (to == SIZE_MAX));
        FUZZ_CHECK(from == SIZE_MAX || (from <= to && to <= search->len));
    }
}

/* A quoted text matches itself. */
static void check_quoted(struct arena *a, struct slice text)
{
    struct buffer quoted = BUFFER_INIT;
    struct slice error;
    go_regexp_quote_meta(&quoted, text);
    struct go_regexp *re = go_regexp_compile(a, buffer_slice(&quoted), &error);
    if (re)
        FUZZ_CHECK(go_regexp_match(re, text, 0, NULL));
    go_regexp_free(re);
    buffer_release(&quoted);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    struct slice error;
    struct slice text = fuzz_text(data, size);
    struct slice pattern = fuzz_line(&text);
    struct buffer out = BUFFER_INIT;
    arena_init(&a);
    struct go_regexp *re = go_regexp_compile(&a, pattern, &error);
    if (re) {
        struct search search = {go_regexp_groups(re), text.len, 0};
        go_regexp_find_all(re, text, -1, check_bounds, &search);
        FUZZ_CHECK((search.found > 0) == go_regexp_match(re, text, 0, NULL));
        go_regexp_replace(re, text, SLICE("<$1${2}$$>"), false, &out);
    }
    go_regexp_free(re);
    check_quoted(&a, pattern);
    buffer_release(&out);
    arena_release(&a);
    return 0;
}

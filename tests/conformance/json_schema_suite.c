/*
 * json_schema_suite.c - the public JSON-Schema-Test-Suite against chart/schema
 *
 *     json_schema_suite FOLDER [-v] [NAME…]
 *
 * FOLDER is a checkout of https://github.com/json-schema-org/JSON-Schema-Test-Suite; nothing of it is kept here. A NAME
 * limits the run to files whose path holds it; -v prints each test that fails. What the suite calls
 * http://localhost:1234/ is its folder remotes/. Tests below optional/format assert formats and are counted apart from
 * the required ones: where Helm's library disagrees with the suite, Helm is right here.
 */
#include "base/file.h"
#include "chart/schema.h"

#include <stdio.h>

struct suite {
    const char *folder;
    const char *const *names; /* what paths must hold, to the null */
    bool verbose;
    size_t passed;
    size_t failed;
};

struct draft_folder {
    const char *name;
    enum schema_draft draft;
};

static const struct draft_folder draft_folders[] = {{"draft4", DRAFT_4},
                                                    {"draft6", DRAFT_6},
                                                    {"draft7", DRAFT_7},
                                                    {"draft2019-09", DRAFT_2019},
                                                    {"draft2020-12", DRAFT_2020}};

/* --- schemas ------------------------------------------------------------------------------------------------ */

static bool load_remote(void *context, struct arena *a, struct slice url, struct value *document, struct slice *error)
{
    const struct suite *suite = context;
    struct slice base = SLICE("http://localhost:1234/");
    struct slice text;
    struct diag diag;
    if (!slice_starts(url, base))
        return schema_load(NULL, a, url, document, error);
    struct slice path = arena_printf(a, "%s/remotes/%.*s", suite->folder, SLICE_ARG(slice_after(url, base.len)));
    diag_init(&diag);
    bool loaded = file_read(a, path.ptr, 0, &text, &diag);
    if (!loaded)
        *error = arena_slice(a, diag.last->message);
    diag_release(&diag);
    return loaded && schema_read(a, text, document, error);
}

/* --- tests -------------------------------------------------------------------------------------------------- */

static struct slice text_member(struct value v, const char *name)
{
    const struct value *member = map_find_text(v.map, name);
    return member && member->kind == VALUE_STRING ? value_slice(*member) : SLICE("");
}

static void report(struct suite *suite, const char *path, struct value group, struct value test, const char *what,
                   struct slice detail)
{
    if (suite->verbose)
        printf("%s: %.*s / %.*s: %s: %.*s\n", path, SLICE_ARG(text_member(group, "description")),
               SLICE_ARG(text_member(test, "description")), what, SLICE_ARG(detail));
}

static void run_test(struct suite *suite, const char *path, struct value group, struct value test,
                     const struct schema *schema)
{
    struct arena scratch;
    struct buffer errors = BUFFER_INIT;
    arena_init(&scratch);
    bool wanted = map_find_text(test.map, "valid")->b;
    bool valid = schema_validate(schema, *map_find_text(test.map, "data"), &scratch, &errors);
    if (valid == wanted) {
        suite->passed++;
    } else {
        suite->failed++;
        report(suite, path, group, test, valid ? "taken for valid" : "refused", buffer_slice(&errors));
    }
    buffer_release(&errors);
    arena_release(&scratch);
}

static void run_group(struct suite *suite, const char *path, struct value group, struct schema_options options)
{
    struct arena a;
    struct schema *schema = NULL;
    struct slice error = SLICE("");
    arena_init(&a);
    bool compiled = schema_compile_value(&a, *map_find_text(group.map, "schema"), &options, &schema, &error);
    const struct list *tests = map_find_text(group.map, "tests")->list;
    for (uint32_t i = 0; i < tests->len; i++) {
        if (compiled) {
            run_test(suite, path, group, tests->items[i], schema);
        } else {
            suite->failed++;
            report(suite, path, group, tests->items[i], "schema refused", error);
        }
    }
    if (compiled)
        schema_release(schema);
    arena_release(&a);
}

static bool is_wanted(const struct suite *suite, struct slice path)
{
    for (const char *const *name = suite->names; *name; name++) {
        if (slice_find(path, slice_text(*name)) < path.len)
            return true;
    }
    return !*suite->names;
}

static void run_file(struct suite *suite, const char *path, struct schema_options options)
{
    struct arena a;
    struct diag diag;
    struct slice text, error;
    struct value groups;
    if (!is_wanted(suite, slice_text(path)))
        return;
    arena_init(&a);
    diag_init(&diag);
    if (file_read(&a, path, 0, &text, &diag) && schema_read(&a, text, &groups, &error)) {
        for (uint32_t i = 0; i < groups.list->len; i++)
            run_group(suite, path, groups.list->items[i], options);
    } else {
        fprintf(stderr, "%s: cannot be read\n", path);
        suite->failed++;
    }
    diag_release(&diag);
    arena_release(&a);
}

/* Every .json file of a folder, not of those below it. */
static void run_folder(struct suite *suite, const char *path, struct schema_options options)
{
    struct arena a;
    struct diag diag;
    struct slice *names;
    size_t count = 0;
    arena_init(&a);
    diag_init(&diag);
    if (!file_list(&a, path, &names, &count, &diag))
        count = 0;
    for (size_t i = 0; i < count; i++) {
        if (slice_ends(names[i], SLICE(".json")))
            run_file(suite, file_join(&a, slice_text(path), names[i]), options);
    }
    diag_release(&diag);
    arena_release(&a);
}

static void run_draft(struct suite *suite, const struct draft_folder *draft, const char *below, bool assert_format)
{
    char path[4096];
    struct schema_options options = {
        .load = load_remote, .load_context = suite, .draft = draft->draft, .assert_format = assert_format};
    size_t passed = suite->passed, failed = suite->failed;
    snprintf(path, sizeof(path), "%s/tests/%s%s", suite->folder, draft->name, below);
    run_folder(suite, path, options);
    printf("%s%s: %zu passed, %zu failed\n", draft->name, below, suite->passed - passed, suite->failed - failed);
}

int main(int argc, char **argv)
{
    struct suite required = {.verbose = argc > 2 && strcmp(argv[2], "-v") == 0};
    if (argc < 2) {
        printf("no folder given: nothing tested (usage: json_schema_suite FOLDER [-v] [NAME...])\n");
        return 2;
    }
    required.folder = argv[1];
    required.names = (const char *const *)argv + (required.verbose ? 3 : 2);
    struct suite optional = required, formats = required;
    for (size_t i = 0; i < sizeof(draft_folders) / sizeof(draft_folders[0]); i++) {
        run_draft(&required, &draft_folders[i], "", false);
        run_draft(&optional, &draft_folders[i], "/optional", false);
        run_draft(&formats, &draft_folders[i], "/optional/format", true);
    }
    printf("optional: %zu passed, %zu failed\n", optional.passed, optional.failed);
    printf("formats: %zu passed, %zu failed\n", formats.passed, formats.failed);
    printf("%zu passed, %zu failed\n", required.passed, required.failed);
    return required.failed ? 1 : 0;
}

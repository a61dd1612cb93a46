/*
 * test_targz.c - archives in memory, and charts in them
 */
#include "codec/targz.h"

#include "chart_test.h"

static struct slice pack(struct buffer *tar)
{
    struct buffer out = BUFFER_INIT;
    assert_true(targz_pack(tar, "Helm", SLICE("x"), &out));
    buffer_release(tar);
    return buffer_move(&out, &test.arena);
}

static struct slice pack_one(const char *name, struct slice bytes)
{
    struct buffer tar = BUFFER_INIT;
    tar_add(&tar, slice_text(name), bytes, 1000);
    return pack(&tar);
}

static void expect_problem(struct slice bytes, const char *message)
{
    struct targz_reader reader;
    struct targz_entry entry;
    struct slice error;
    bool ok = targz_open(&reader, &test.arena, bytes, 1 << 20, &error);
    enum targz_step step = TARGZ_ENTRY;
    while (ok && (step = targz_next(&reader, &entry, &error)) == TARGZ_ENTRY)
        continue;
    assert_true(!ok || step == TARGZ_BROKEN);
    assert_string_equal(arena_text(&test.arena, error), message);
}

static void targz__gives_back_what_was_added(void **state)
{
    (void)state;
    char name[300];
    struct buffer tar = BUFFER_INIT;
    struct targz_reader reader;
    struct targz_entry entry;
    struct slice error;
    struct buffer block = BUFFER_INIT;
    buffer_add_repeated(&block, 'b', 512);
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    name[120] = '/';
    tar_add(&tar, SLICE("a"), SLICE("text"), 7);
    tar_add(&tar, SLICE("empty"), SLICE(""), 0);
    tar_add(&tar, SLICE("block"), buffer_slice(&block), 0);
    tar_add(&tar, slice_text(name), SLICE("long"), 0);
    tar_add(&tar, SLICE("\xC3\xA9"), SLICE("e"), 0);
    buffer_release(&block);
    assert_true(targz_open(&reader, &test.arena, pack(&tar), 1 << 20, &error));
    assert_int_equal(targz_next(&reader, &entry, &error), TARGZ_ENTRY);
    assert_true(slice_is(entry.name, "a") && slice_is(entry.bytes, "text") && entry.modified == 7);
    assert_int_equal(targz_next(&reader, &entry, &error), TARGZ_ENTRY);
    assert_null(entry.bytes.ptr);
    assert_int_equal(targz_next(&reader, &entry, &error), TARGZ_ENTRY);
    assert_int_equal(entry.bytes.len, 512);
    assert_int_equal(entry.bytes.ptr[512], 0);
    assert_int_equal(targz_next(&reader, &entry, &error), TARGZ_ENTRY);
    assert_true(slice_is(entry.name, name) && slice_is(entry.bytes, "long"));
    assert_int_equal(targz_next(&reader, &entry, &error), TARGZ_ENTRY);
    assert_true(slice_is(entry.name, "\xC3\xA9"));
    assert_int_equal(targz_next(&reader, &entry, &error), TARGZ_END);
}

static void targz__same_files_give_same_bytes(void **state)
{
    (void)state;
    assert_true(slice_equal(pack_one("a", SLICE("x")), pack_one("a", SLICE("x"))));
}

static void targz__faults_are_worded_as_go_does(void **state)
{
    (void)state;
    struct slice whole = pack_one("a", SLICE("x"));
    struct buffer bad = BUFFER_INIT;
    expect_problem(SLICE(""), "EOF");
    expect_problem(SLICE("ab"), "unexpected EOF");
    expect_problem(SLICE("not gzip at all"), "gzip: invalid header");
    expect_problem(slice_part(whole, 0, whole.len - 12), "unexpected EOF");
    buffer_add_repeated(&bad, 'z', 700);
    expect_problem(pack(&bad), "archive/tar: invalid tar header");
}

/* --- charts in archives --------------------------------------------------------------------------------------- */

static void write_archive(const char *path, const char *top, const char *name, const char *bytes)
{
    struct buffer tar = BUFFER_INIT;
    struct slice chart = arena_printf(&test.arena, "%s/Chart.yaml", top);
    tar_add(&tar, chart, SLICE("apiVersion: v2\nname: s\nversion: 0.1.0\n"), 0);
    tar_add(&tar, arena_printf(&test.arena, "%s%s", top, name), slice_text(bytes), 0);
    write_bytes(path, pack(&tar));
}

static void archive__first_folder_is_cut_off(void **state)
{
    (void)state;
    write_archive("c.tgz", "top", "/templates/a.yaml", "a: 1\n");
    struct chart *chart = load("c.tgz");
    assert_true(slice_is(chart->metadata.name, "s"));
    assert_true(slice_is(chart->templates.items[0].name, "templates/a.yaml"));
    chart_free(chart);
}

static void archive__paths_that_lead_out_are_refused(void **state)
{
    (void)state;
    write_chart("c", "c", "");
    write_archive("c/charts/b.tgz", "top", "/../../x", "x");
    expect_load_error("c", "error unpacking subchart b.tgz in c: chart illegally references parent directory");
    write_archive("c/charts/b.tgz", "top", "//x", "x");
    expect_load_error("c", "error unpacking subchart b.tgz in c: chart illegally contains absolute paths");
    write_archive("c/charts/b.tgz", "top", "\\c:\\x", "x");
    expect_load_error("c", "error unpacking subchart b.tgz in c: chart contains illegally named files");
    write_archive("c/charts/b.tgz", ".", "", "x");
    expect_load_error("c", "error unpacking subchart b.tgz in c: chart illegally contains content outside the base "
                           "directory: \".\"");
    write_archive("c.tgz", "top", "/../../x", "x");
    expect_load_error("c.tgz", "unable to load chart archive");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(targz__gives_back_what_was_added, set_up, tear_down),
        cmocka_unit_test_setup_teardown(targz__same_files_give_same_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(targz__faults_are_worded_as_go_does, set_up, tear_down),
        cmocka_unit_test_setup_teardown(archive__first_folder_is_cut_off, set_up, tear_down),
        cmocka_unit_test_setup_teardown(archive__paths_that_lead_out_are_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

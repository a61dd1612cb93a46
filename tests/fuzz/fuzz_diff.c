/*
 * fuzz_diff.c - two texts compared: the changes applied to the left value give the right one, and every writer ends
 *
 * The sides are parted by a line of "====".
 */
#include "codec/yaml_read.h"
#include "report/common.h"
#include "report/same.h"
#include "report/write_html.h"
#include "report/write_json.h"
#include "report/write_markdown.h"

#include "../unit/json_patch.h"
#include "fuzz.h"

/* The changes as the list of operations that a reader of the JSON sees. */
static struct value operations(struct arena *a, const struct field_changes *changes)
{
    static const char *const names[] = {
        [CHANGE_ADDED] = "add", [CHANGE_REMOVED] = "remove", [CHANGE_REPLACED] = "replace", [CHANGE_MOVED] = "move"};
    struct list *list = list_new(a, 8);
    for (size_t i = 0; i < changes->count; i++) {
        struct map *op = map_new(a, 4);
        map_set_text(op, "op", value_text(names[changes->items[i].kind]));
        map_set_text(op, "path", value_string(changes->items[i].pointer));
        map_set_text(op, "from", value_string(changes->items[i].from));
        map_set_text(op, "value", changes->items[i].right);
        list_add(a, list, value_map(op));
    }
    return value_list(list);
}

static void check_values(struct arena *a, struct slice left, struct slice right)
{
    static const struct yaml_read_options options = {.keep_integers = true, .no_origin = true};
    static const struct field_diff_options exact = {.quantities = false};
    struct field_changes changes = {NULL, 0, 0};
    struct yaml_error error;
    struct value l, r;
    if (!yaml_read(a, NULL, left, &options, &l, &error) || !yaml_read(a, NULL, right, &options, &r, &error))
        return;
    field_diff(a, l, r, &exact, &changes);
    struct value patched = value_thaw(a, l);
    FUZZ_CHECK(patch_apply(a, &patched, operations(a, &changes)));
    FUZZ_CHECK(same_value(patched, r));
}

static void check_objects(struct arena *a, struct source_set *sources, struct slice left, struct slice right,
                          struct diag *diag)
{
    static const struct diff_options options = {.threads = 1};
    static const struct text_options text_options = {.width = 80, .size = 1000};
    struct object_list lists[2];
    struct buffer out = BUFFER_INIT;
    struct diff diff;
    object_list_init(&lists[0], a, sources);
    object_list_init(&lists[1], a, sources);
    diff_init(&diff, a, SLICE("left"), SLICE("right"));
    if (object_list_add_text(&lists[0], SLICE("left"), left, SLICE(""), diag) &&
        object_list_add_text(&lists[1], SLICE("right"), right, SLICE(""), diag) &&
        diff_objects(&diff, SLICE(""), &lists[0], &lists[1], &options, diag)) {
        diff_find_common(&diff);
        diff_write_text(&diff, &text_options, &out);
        diff_write_side_by_side(&diff, &text_options, &out);
        diff_write_markdown(&diff, &text_options, &out);
        diff_write_html(&diff, &out);
    }
    buffer_release(&out);
    diff_release(&diff);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct slice mark = SLICE_INIT("\n====\n");
    struct slice text = fuzz_text(data, size);
    size_t at = slice_find(text, mark);
    struct slice left = slice_part(text, 0, at);
    struct slice right = slice_after(text, at < text.len ? at + mark.len : at);
    struct source_set *sources = source_set_new();
    struct arena a;
    struct diag diag;
    arena_init(&a);
    diag_init(&diag);
    check_values(&a, left, right);
    check_objects(&a, sources, left, right, &diag);
    diag_release(&diag);
    arena_release(&a);
    source_set_free(sources);
    return 0;
}

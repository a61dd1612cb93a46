/*
 * fuzz_patch_merge.c - strategic merge of any patch into any object: what comes out can be written or has an error that
 * says why not, and a patch without content leaves an object without lists merged by key as it was after the first time
 *
 * Object and patch are parted by a line "---".
 */
#include "codec/yaml_write.h"
#include "kustomize/patch_merge.h"

#include "fuzz.h"

struct merging {
    struct arena arena;
    struct schema_source schemas;
    struct diag diag;
};

static bool read_node(struct merging *m, struct slice text, struct value *out)
{
    const struct placed_text placed = {text, NULL, 0};
    return node_read(&m->arena, &placed, out, &m->diag) && out->kind == VALUE_MAP;
}

static bool write_node(struct merging *m, struct value node, struct slice *text)
{
    struct value plain;
    struct slice error = slice_of(NULL, 0);
    struct buffer out = BUFFER_INIT;
    bool good = yaml_node_plain(&m->arena, node, &plain, &error) && yaml_write(&out, plain, &m->arena, &error);
    FUZZ_CHECK(good || error.len > 0);
    *text = buffer_move(&out, &m->arena);
    return good;
}

/* Maps and lists that are replaced whole settle at once. */
static void check_settled(struct merging *m, struct value *object)
{
    struct value nothing = node_new_map(&m->arena);
    struct slice first;
    struct slice second;
    map_remove(object->map, SLICE("kind"));
    if (!write_node(m, *object, &first) || slice_find(first, SLICE("kind")) < first.len)
        return;
    FUZZ_CHECK(patch_merge(&m->arena, NULL, &m->schemas, object, nothing, &m->diag));
    FUZZ_CHECK(object->kind == VALUE_MAP && write_node(m, *object, &second) && slice_equal(first, second));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct merging m = {.schemas = {.arena = NULL}};
    struct slice text = fuzz_text(data, size);
    size_t cut = slice_find(text, SLICE("\n---\n"));
    struct value object;
    struct value patch;
    struct slice ignored;
    if (cut == text.len)
        return 0;
    arena_init(&m.arena);
    diag_init(&m.diag);
    m.schemas.arena = &m.arena;
    if (read_node(&m, slice_part(text, 0, cut + 1), &object) && read_node(&m, slice_after(text, cut + 5), &patch) &&
        patch_merge(&m.arena, NULL, &m.schemas, &object, patch, &m.diag) && object.kind == VALUE_MAP) {
        write_node(&m, object, &ignored);
        check_settled(&m, &object);
    }
    diag_release(&m.diag);
    arena_release(&m.arena);
    return 0;
}

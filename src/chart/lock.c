/*
 * lock.c - Chart.lock
 */
#include "chart/lock.h"

#include "base/digest.h"
#include "chart/struct_read.h"
#include "codec/json_write.h"
#include "codec/yaml_write.h"

static const struct field lock_fields[] = {
    {"generated", FIELD_TIME, offsetof(struct chart_lock, generated), NULL},
    {"digest", FIELD_TEXT, offsetof(struct chart_lock, digest), NULL},
    {"dependencies", FIELD_STRUCTS, offsetof(struct chart_lock, dependencies), &metadata_dependency_type},
};

static const struct struct_type lock_type = {
    .name = "Lock",
    .size = sizeof(struct chart_lock),
    .fields = lock_fields,
    .field_count = sizeof lock_fields / sizeof lock_fields[0],
};

bool lock_read(struct arena *a, const struct source *source, struct slice text, const char *file, bool helm3,
               struct chart_lock *lock, struct diag *diag)
{
    struct struct_read read = {.arena = a, .package = helm3 ? "chart" : "v2"};
    memset(lock, 0, sizeof *lock);
    if (struct_read_text(&read, &lock_type, lock, source, text, diag))
        return true;
    diag_prefix(diag, "cannot load %s: ", file);
    return false;
}

/* The list as JSON shows it: null where there is none. */
static struct value list_to_value(struct arena *a, const struct chart_dependencies *dependencies)
{
    if (!dependencies->items)
        return value_nil();
    struct list *list = list_new(a, (uint32_t)dependencies->count);
    for (size_t i = 0; i < dependencies->count; i++) {
        const struct chart_dependency *dependency = dependencies->items[i];
        list_add(a, list, dependency ? dependency_to_value(a, dependency) : value_nil());
    }
    return value_list(list);
}

static struct slice digest_value(struct arena *a, struct value v)
{
    struct buffer json = BUFFER_INIT;
    struct slice error;
    json_write(&json, v, NULL, a, &error); /* texts, bools and what YAML gave can always be written */
    struct slice hex = digest_hex(a, DIGEST_SHA256, buffer_slice(&json));
    buffer_release(&json);
    return arena_concat(a, SLICE("sha256:"), hex);
}

struct slice lock_digest(struct arena *a, const struct chart_dependencies *wanted,
                         const struct chart_dependencies *locked)
{
    struct list *both = list_new(a, 2);
    list_add(a, both, list_to_value(a, wanted));
    list_add(a, both, list_to_value(a, locked));
    return digest_value(a, value_list(both));
}

struct slice lock_digest_helm2(struct arena *a, const struct chart_dependencies *wanted)
{
    struct map *map = map_new(a, 1);
    map_set_text(map, "dependencies", list_to_value(a, wanted));
    return digest_value(a, value_map(map));
}

bool lock_write(struct buffer *out, const struct chart_lock *lock, struct arena *scratch, struct diag *diag)
{
    struct map *map = map_new(scratch, 3);
    struct slice error;
    map_set_text(map, "dependencies", list_to_value(scratch, &lock->dependencies));
    map_set_text(map, "digest", value_string(lock->digest));
    map_set_text(map, "generated", value_string(lock->generated));
    if (yaml_write(out, value_map(map), scratch, &error))
        return true;
    return diag_error_slice(diag, error);
}

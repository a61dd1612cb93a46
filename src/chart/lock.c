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

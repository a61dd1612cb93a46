/*
 * name_hash.c - hashes of generated objects' content in their names
 *
 * The hash is taken over JSON with sorted keys. Kustomize looks the name up under "metadata/name" as if that were a
 * field, so it is always empty: objects of equal content have equal hashes.
 */
#include "kustomize/name_hash.h"

#include "base/digest.h"
#include "codec/json_read.h"
#include "codec/json_write.h"

#define HASH_LENGTH 10

/* What encoding/json makes of a field: numbers are floats, nothing is "". */
static bool field_data(struct arena *a, struct value object, const char *name, struct value *out, struct diag *diag)
{
    const struct value *field = node_field(object, name);
    struct buffer json = BUFFER_INIT;
    struct slice error = SLICE("");
    *out = value_text("");
    if (!field || yaml_node_is_null(*field))
        return true;
    if (field->kind == VALUE_STRING) {
        *out = value_string(value_slice(*field));
        return true;
    }
    struct value plain;
    bool done = yaml_node_plain(a, *field, &plain, &error) && json_write(&json, plain, NULL, a, &error) &&
                json_read(a, NULL, buffer_move(&json, a), out, &error, NULL);
    buffer_release(&json);
    return done || diag_error_slice(diag, error);
}

static bool add_field(struct arena *a, struct value object, struct map *out, const char *name, bool only_map,
                      struct diag *diag)
{
    struct value data;
    if (!field_data(a, object, name, &data, diag))
        return false;
    if (!only_map || data.kind == VALUE_MAP)
        map_set_text(out, name, data);
    return true;
}

/* The characters that make no words. */
static struct slice encoded(struct arena *a, struct slice hex)
{
    static const char from[] = "013ae";
    static const char to[] = "ghkmt";
    char *text = arena_text(a, slice_part(hex, 0, HASH_LENGTH));
    for (size_t i = 0; i < HASH_LENGTH; i++) {
        const char *at = strchr(from, text[i]);
        if (at)
            text[i] = to[at - from];
    }
    return slice_of(text, HASH_LENGTH);
}

bool name_hash_of(struct arena *a, struct value object, struct slice *out, struct diag *diag)
{
    struct map *content = map_new(a, 5);
    struct slice kind = node_text(object, "kind");
    bool secret = slice_is(kind, "Secret");
    if (!secret && !slice_is(kind, "ConfigMap"))
        return diag_error(diag, "a %.*s has no content hash", SLICE_ARG(kind));
    map_set_text(content, "kind", value_string(kind));
    map_set_text(content, "name", value_text(""));
    if (!add_field(a, object, content, "data", false, diag) ||
        !add_field(a, object, content, secret ? "stringData" : "binaryData", true, diag) ||
        (secret && !add_field(a, object, content, "type", false, diag)))
        return false;
    struct buffer json = BUFFER_INIT;
    struct slice error;
    bool done = json_write(&json, value_map(content), NULL, a, &error) || diag_error_slice(diag, error);
    if (done)
        *out = encoded(a, digest_hex(a, DIGEST_SHA256, buffer_slice(&json)));
    buffer_release(&json);
    return done;
}

bool name_hashes_add(struct build *build, struct resource_map *map, struct diag *diag)
{
    struct arena *a = build->arena;
    for (size_t i = 0; i < map->count; i++) {
        struct resource *r = map->items[i];
        struct slice hash;
        if (!r->needs_hash)
            continue;
        if (!name_hash_of(a, r->node, &hash, diag))
            return false;
        resource_store_id(a, r);
        struct slice name = resource_name(r);
        resource_set_name(a, r, arena_printf(a, "%.*s-%.*s", SLICE_ARG(name), SLICE_ARG(hash)));
    }
    return true;
}

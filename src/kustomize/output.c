/*
 * output.c - finished objects as text
 */
#include "kustomize/output.h"

#include "base/file.h"
#include "codec/yaml_write.h"
#include "golang/unicode.h"

static bool write_one(struct arena *a, const struct resource *r, struct buffer *out, struct diag *diag)
{
    struct value plain;
    struct slice error;
    if (yaml_node_plain(a, r->node, &plain, &error) && yaml_write(out, plain, a, &error))
        return true;
    struct res_id id = resource_id(r);
    struct slice text = res_id_text(a, &id);
    diag_error_slice(diag, error);
    diag_note(diag, (struct diag_place){0}, "in %.*s%s%s", SLICE_ARG(text), r->file ? " of " : "",
              r->file ? r->file : "");
    return false;
}

bool output_write(struct arena *a, const struct resource_map *map, struct buffer *out, struct diag *diag)
{
    for (size_t i = 0; i < map->count; i++) {
        if (i)
            buffer_add_text(out, "---\n");
        if (!write_one(a, map->items[i], out, diag))
            return false;
    }
    return true;
}

/* --- files -------------------------------------------------------------------------------------------------------- */

/* Whether namespaced objects lie in more than one namespace. */
static bool has_several_namespaces(const struct resource_map *map)
{
    struct slice first = {NULL, 0};
    for (size_t i = 0; i < map->count; i++) {
        struct res_id id = resource_id(map->items[i]);
        struct slice namespace = res_id_effective_namespace(&id);
        if (id.gvk.cluster_scoped)
            continue;
        if (first.ptr && !slice_equal(first, namespace))
            return true;
        first = namespace;
    }
    return false;
}

static const char *file_name(struct arena *a, const struct resource *r, bool with_namespace)
{
    struct res_id id = resource_id(r);
    const struct slice parts[] = {
        with_namespace && !id.gvk.cluster_scoped ? res_id_effective_namespace(&id) : SLICE(""),
        id.gvk.group, id.gvk.version, id.gvk.kind, id.name};
    struct buffer name = BUFFER_INIT;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].len && name.len)
            buffer_add_char(&name, '_');
        go_lower(&name, parts[i]);
    }
    buffer_add_text(&name, ".yaml");
    return buffer_move(&name, a).ptr;
}

bool output_write_files(struct arena *a, const struct resource_map *map, const char *folder, struct diag *diag)
{
    bool several = has_several_namespaces(map);
    bool done = true;
    for (size_t i = 0; done && i < map->count; i++) {
        struct buffer text = BUFFER_INIT;
        const char *name = file_name(a, map->items[i], several);
        done = write_one(a, map->items[i], &text, diag) &&
               file_write(file_join(a, slice_text(folder), slice_text(name)), buffer_slice(&text), NULL, diag);
        buffer_release(&text);
    }
    return done;
}

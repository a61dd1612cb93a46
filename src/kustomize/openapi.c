/*
 * openapi.c - the field `openapi`
 */
#include "kustomize/openapi.h"

bool openapi_set(struct target *t, struct diag *diag)
{
    const struct value *path = node_field(t->k->openapi, "path");
    const struct value *version = node_field(t->k->openapi, "version");
    struct schema_source *schema = &t->build->schema;
    struct slice text;
    if (path && !root_read(t->build->arena, t->root, value_slice(*path), &text, NULL, diag))
        return false;
    if (schema->is_set)
        return true;
    if (path && version)
        return diag_error(diag, "builtin version and custom schema provided, cannot use both");
    schema->is_set = path || (version && version->len);
    if (path)
        return schema_load(schema, text, diag);
    if (version && version->len && !slice_is(value_slice(*version), "v1.21.2"))
        return diag_error(diag, "the specified OpenAPI version is not built in");
    return true;
}

/*
 * json_patch.h - JSON patches (RFC 6902)
 *
 * A patch is a list of operations, in JSON or YAML, over plain data. The errors are those of the library Kustomize uses,
 * which takes more than the standard does: negative indexes, `replace` of a key that is not there.
 */
#ifndef YARE_KUSTOMIZE_JSON_PATCH_H
#define YARE_KUSTOMIZE_JSON_PATCH_H

#include "kustomize/resource.h"

struct json_operation;

struct json_patch {
    const struct json_operation *operations;
    size_t count;
};

/* Reads a patch. A text that begins with '[' is JSON, any other YAML. */
bool json_patch_read(struct arena *a, const struct placed_text *from, struct json_patch *out, struct diag *diag);

/* Applies the operations to plain data that may be changed; values of the patch are copied. The patch's places stay with
   what it brings. */
bool json_patch_apply(struct arena *a, const struct json_patch *patch, const struct source *source,
                      struct value *document, struct diag *diag);

#endif

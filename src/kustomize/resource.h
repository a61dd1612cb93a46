/*
 * resource.h - a Kubernetes object on its way through a kustomization
 *
 * A resource is a tree of nodes (codec/yaml_node.h), its identity now, and the identities it had before each rename:
 * patches, references and replacements may name it by any of them. Kustomize keeps that history in annotations; here it
 * stands beside the tree, and where its annotations would show, the functions below say so. Everything lives in the
 * arena of the build.
 */
#ifndef YARE_KUSTOMIZE_RESOURCE_H
#define YARE_KUSTOMIZE_RESOURCE_H

#include "base/buffer.h"
#include "base/diag.h"
#include "codec/yaml_node.h"

struct gvk {
    struct slice group;
    struct slice version;
    struct slice kind;
    bool cluster_scoped; /* known to be; never for one that a user wrote as a selector */
};

struct res_id {
    struct gvk gvk;
    struct slice name;
    struct slice namespace; /* as written, not the effective one */
};

/* A text and where it stands. */
struct placed_text {
    struct slice text;
    const struct source *source; /* null: unknown */
    size_t lines_before;         /* in the source */
};

struct texts {
    struct slice *items;
    size_t count;
    size_t cap;
};

enum behavior {
    BEHAVIOR_CREATE,
    BEHAVIOR_REPLACE,
    BEHAVIOR_MERGE
};

struct resource {
    struct value node;       /* a map; nil when a patch has deleted it */
    struct res_id *previous; /* oldest first; group and version are always the present ones */
    size_t previous_count;
    size_t previous_cap;
    struct texts prefixes;
    struct texts suffixes;
    bool needs_hash;
    bool allows_name_change; /* of a patch */
    bool allows_kind_change;
    enum behavior behavior;  /* of a generated one */
    struct shared_pair *shared; /* shared_pair.h */
    size_t shared_count;
    size_t shared_cap;
    struct texts vars;       /* names of vars whose object it is */
    const char *file;        /* that it was read from, for messages; null: generated */
};

void texts_add(struct arena *a, struct texts *texts, struct slice text);

/* --- identity ----------------------------------------------------------------------------------------------------- */

/* Group and version of an apiVersion; whether the kind is cluster-scoped. */
struct gvk gvk_make(struct slice api_version, struct slice kind);
struct slice gvk_api_version(struct arena *a, const struct gvk *gvk);
bool gvk_equal(const struct gvk *a, const struct gvk *b);

/* Whether all that `selector` names is the same; empty parts match all. */
bool gvk_selected(const struct gvk *gvk, const struct gvk *selector);

/* "Kind.version.group" with [noKind] and the like. */
void gvk_write(struct buffer *out, const struct gvk *gvk);

/* "default" for none, "_non_namespaceable_" where there cannot be one. */
struct slice res_id_effective_namespace(const struct res_id *id);
bool res_id_same_namespace(const struct res_id *a, const struct res_id *b);
bool res_id_equal(const struct res_id *a, const struct res_id *b);
bool res_id_selected(const struct res_id *id, const struct res_id *selector);
void res_id_write(struct buffer *out, const struct res_id *id);
struct slice res_id_text(struct arena *a, const struct res_id *id);

/* --- nodes -------------------------------------------------------------------------------------------------------- */

/* The field of a map, or null (also where `node` is no map). */
struct value *node_field(struct value node, const char *key);
struct value *node_field_slice(struct value node, struct slice key);

/* The field's text, "" where there is none or it is no scalar. */
struct slice node_text(struct value node, const char *key);

/* Nil, a null, or an empty map or list. */
bool node_is_empty(struct value node);

/* A scalar whose text decides what it is. */
static inline struct value node_scalar(struct slice text)
{
    return yaml_node(text, YAML_TAG_NONE, YAML_PLAIN);
}

/* A string whatever its text. */
struct value node_string(struct slice text);

struct value node_new_map(struct arena *a);

/* The node as it is set over the old one, nil for none: a scalar takes over how the old one was quoted, and a text that
   old readers take for something else is quoted. */
struct value node_over(struct value v, struct value old);

/* Adds a field under a key that is written without quotes, whatever it then is to a reader. */
void node_insert(struct map *map, struct slice key, struct value v);

/* Sets a field as Kustomize's FieldSetter does: null removes it. */
void node_set_field(struct value *map, struct slice key, struct value v);

/* Puts a scalar in the place of another, which decides on the quotes. False where *target is a list or map. */
bool node_set_scalar(struct arena *a, struct value *target, struct value v, struct diag *diag);

/* The same, and the place where the new text is written becomes the field's. */
bool node_set_scalar_from(struct arena *a, struct value *target, struct value v, struct origin at, struct diag *diag);

/* The map below `node` at that key, made where there is none (or a null); null where something else stands there. */
struct value *node_make_map(struct arena *a, struct value *node, const char *key);

/* "wrong node kind: expected … but got …: node contents: …"; returns false. */
bool node_kind_error(struct arena *a, struct value node, const char *expected, struct diag *diag);

/* The node as go-yaml v3 writes it. */
struct slice node_written(struct arena *a, struct value node);

/* A text as the node of a YAML document, with its places; nil for an empty one. */
bool node_read(struct arena *a, const struct placed_text *from, struct value *out, struct diag *diag);

/* --- resources ---------------------------------------------------------------------------------------------------- */

struct gvk resource_gvk(const struct resource *r);
struct slice resource_name(const struct resource *r);
struct slice resource_namespace(const struct resource *r);
struct res_id resource_id(const struct resource *r);

/* The first identity it had. */
struct res_id resource_original_id(const struct resource *r);

/* The i-th previous id (i below previous_count), with the present group and version. */
struct res_id resource_previous_id(const struct resource *r, size_t i);

/* Adds the present identity to the history. */
void resource_store_id(struct arena *a, struct resource *r);

void resource_set_name(struct arena *a, struct resource *r, struct slice name);
void resource_set_namespace(struct arena *a, struct resource *r, struct slice namespace);
void resource_set_kind(struct resource *r, struct slice kind);

/* metadata.labels or metadata.annotations as a map of nodes; null where there is none. */
const struct map *resource_metadata_map(const struct resource *r, const char *field);

/* Replaces it by texts (an empty map removes the field). */
void resource_set_metadata_map(struct arena *a, struct resource *r, const char *field, struct map *map);

/* A map of the texts of the scalars in `map` (null: an empty one). */
struct map *node_texts(struct arena *a, const struct map *map);

/* A deep copy, history included. */
struct resource *resource_copy(struct arena *a, const struct resource *r);

/* Name, namespace, history and labels of `other`, as a generator or targeted patch takes them over; labels and
   annotations become texts. */
void resource_take_metadata(struct arena *a, struct resource *r, const struct resource *other);

#endif

/*
 * known_kinds.h - which lists of which kinds are merged by key, and which kinds have no namespace
 *
 * A schema here is what is left of an OpenAPI definition when all is dropped that leads to no list with a merge
 * strategy. The built-in ones (known_kinds.c) are generated; a kustomization may replace them by a document of its own
 * (schema_load).
 */
#ifndef YARE_KUSTOMIZE_KNOWN_KINDS_H
#define YARE_KUSTOMIZE_KNOWN_KINDS_H

#include "base/diag.h"
#include "value/value.h"

struct schema;

struct schema_field {
    struct slice name;
    const struct schema *schema;
};

enum {
    SCHEMA_MAX_KEYS = 4
};

struct schema {
    const struct schema_field *fields;
    size_t field_count;
    const struct schema *any;   /* of the values of a map with any keys */
    const struct schema *items; /* of a list */
    bool merges;                /* a list whose strategy is merge */
    struct slice keys[SCHEMA_MAX_KEYS]; /* by which its items are merged; none: by the items themselves */
    size_t key_count;
};

struct known_kind {
    struct slice api_version;
    struct slice kind;
    const struct schema *schema;
};

struct cluster_kind {
    struct slice api_version;
    struct slice kind;
};

/* The built-in tables, ordered by kind. */
extern const struct known_kind known_kinds[];
extern const size_t known_kind_count;
extern const struct cluster_kind cluster_kinds[];
extern const size_t cluster_kind_count;

enum {
    SCHEMA_COMMENT_SLOTS = 64
};

/* Whether a source may have schemas in comments. */
struct schema_comments {
    uint32_t source; /* 0: none looked at */
    bool found;
};

/* Where schemas come from: the built-in table, or a document that replaces it. */
struct schema_source {
    bool is_set;       /* a kustomization has said which */
    struct value definitions; /* of the document; nil: built in */
    struct map *made;  /* schemas made of it so far, as VALUE_INT pointers, by definition */
    struct arena *arena;
    struct schema_comments comments[SCHEMA_COMMENT_SLOTS]; /* by number of the source */
};

bool known_kind_is_cluster_scoped(struct slice api_version, struct slice kind);

/* The schema of a kind, or null. */
const struct schema *schema_of_kind(struct schema_source *source, struct slice api_version, struct slice kind);

/* The schema of a field, of a list's items; null where there is none (`schema` may be null). */
const struct schema *schema_of_field(const struct schema *schema, struct slice field);
const struct schema *schema_of_items(const struct schema *schema);

/* The schema that a JSON text is, or null. */
const struct schema *schema_of_text(struct schema_source *source, struct slice text);

/* Takes an OpenAPI document (JSON or YAML) in the place of the built-in one. */
bool schema_load(struct schema_source *source, struct slice text, struct diag *diag);

#endif

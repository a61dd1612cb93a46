/*
 * schema_compile.h - from documents to nodes
 *
 * Compiling starts at a document's root and goes on with every schema that the compiled ones refer to, in the order
 * they are found. A document is collected and checked against its metaschema before anything in it is compiled; the
 * metaschemas are documents of a compilation of their own (schema_metaschemas.c), in which formats are always asserted.
 */
#ifndef YARE_CHART_SCHEMA_COMPILE_H
#define YARE_CHART_SCHEMA_COMPILE_H

#include "chart/schema_node.h"

struct schema_compiler {
    struct schema_documents documents;
    struct schema_metaschemas *metaschemas; /* null: this compiles metaschemas */
    struct schema_pattern *patterns;
    struct schema_table patterns_by_text;
    struct schema_node *first, *last;    /* the queue of nodes to compile */
    bool assert_format;
};

/* `metaschemas` is null for a compiler of metaschemas. */
void schema_compiler_init(struct schema_compiler *c, struct arena *a, const struct schema_options *options,
                          struct schema_metaschemas *metaschemas);

/* Frees the expressions of everything it compiled. */
void schema_compiler_release(struct schema_compiler *c);

/* Compiles the document at a URL, and all it refers to. On failure the error is in c->documents.error. */
bool schema_compiler_run(struct schema_compiler *c, struct slice url, struct schema_node **out);

/* The node that schemas of a dialect must conform to. On failure *error lives in `a`. */
bool schema_metaschemas_get(struct schema_metaschemas *metaschemas, struct schema_dialect dialect, struct arena *a,
                            struct schema_node **out, struct slice *error);

/* Frees the expressions of a schema. */
void schema_patterns_free(struct schema_pattern *patterns);

/* Reads the keywords of an object into its node, and queues the nodes it refers to. `reference` resolves. */
bool schema_read_keywords(struct schema_compiler *c, struct schema_node *node);

/* The node of a place, queued when it is new. */
struct schema_node *schema_compiler_node(struct schema_compiler *c, struct schema_place *place);

/* The node that the reference at a place means. */
bool schema_compiler_reference(struct schema_compiler *c, struct schema_place *place, struct slice reference,
                               struct schema_node **out);

/* The compiled expression; on failure *error is Go's text. */
bool schema_compiler_pattern(struct schema_compiler *c, struct slice text, struct schema_pattern **out,
                             struct slice *error);

#endif

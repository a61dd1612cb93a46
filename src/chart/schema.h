/*
 * schema.h - values.schema.json: whether values are as a JSON Schema wants them
 *
 * Drafts 4, 6, 7, 2019-09 and 2020-12, as Helm 4.1.4 treats them, which hands them to santhosh-tekuri/jsonschema v6:
 * errors form the same tree with the same words. Where Helm's order is random (members of an object), names are in
 * bytewise order.
 *
 * A schema is compiled once into an arena, for any number of instances and threads. Its regular expressions are outside
 * of the arena, hence schema_release. Work and memory are bounded for hostile schemas, and no schema is fetched but
 * through the loader that the caller gives.
 */
#ifndef YARE_CHART_SCHEMA_H
#define YARE_CHART_SCHEMA_H

#include "base/diag.h"
#include "chart/schema_meta.h"
#include "value/value.h"

struct schema;

/* The metaschemas that schemas are checked by, each compiled when it is first wanted. Schemas that are given the same
   ones share them, also on several threads; they must outlive the schemas. */
struct schema_metaschemas;

struct schema_metaschemas *schema_metaschemas_new(void);
void schema_metaschemas_free(struct schema_metaschemas *metaschemas);

/* Loads the document at an absolute URL without fragment into `a`. On failure *error is the cause, in a peer's words
   where there are any; it is shown as `failing loading "URL": CAUSE`. Numbers should be exact (schema_read). */
typedef bool schema_load_fn(void *context, struct arena *a, struct slice url, struct value *document,
                            struct slice *error);

struct schema_options {
    struct slice url;        /* of the schema; empty: Helm's "file:///values.schema.json" */
    schema_load_fn *load;    /* null: schema_load without a context */
    void *load_context;
    enum schema_draft draft; /* where $schema is absent; 0: 2020-12 */
    bool assert_format;      /* check format in every draft, not only in those that want it */
    bool helm3;              /* Helm 3.17's drafts and texts (xeipuu/gojsonschema) */
    struct schema_metaschemas *metaschemas; /* null: this schema's own */
};

/* What schema_load may do; all zeros is the confined default. */
struct schema_loading {
    bool files;        /* read file: URLs from anywhere on the machine, as Helm does */
    struct diag *diag; /* gets Helm's warning for each urn: reference that is taken for granted; may be null */
};

/* The standard loader: file: as the context (struct schema_loading) says, urn: gives the schema true, anything else is
   refused, for there is no network here. */
bool schema_load(void *context, struct arena *a, struct slice url, struct value *document, struct slice *error);

/* Reads the text of a schema: JSON whose numbers keep their digits. */
bool schema_read(struct arena *a, struct slice text, struct value *out, struct slice *error);

/* Compiles the text of a schema. On failure *error is what Helm prints below the chart's name: bad JSON, a schema not
   valid against its metaschema, a reference to nothing. `text` must outlive the schema. `options` may be null. */
bool schema_compile(struct arena *a, struct slice text, const struct schema_options *options, struct schema **out,
                    struct slice *error);

/* The same from a schema that schema_read gave; it must outlive the compiled one. */
bool schema_compile_value(struct arena *a, struct value document, const struct schema_options *options,
                          struct schema **out, struct slice *error);

/* Lets go of what is outside of the arena; null is ignored. */
void schema_release(struct schema *schema);

/* Checks an instance. When it does not conform, *errors gets one line a fault, indented by how they hang together,
   with a final newline. `scratch` holds what is needed meanwhile and may be released after the call. */
bool schema_validate(const struct schema *schema, struct value instance, struct arena *scratch,
                     struct buffer *errors);

/* What a schema says about a key that values may hold. */
enum schema_knowledge {
    SCHEMA_KEY_KNOWN,    /* some part of the schema describes it */
    SCHEMA_KEY_ALLOWED,  /* nothing describes it, nothing forbids it */
    SCHEMA_KEY_FORBIDDEN /* nothing describes it, and additional keys are not allowed */
};

/* Asks for the key at a path of map keys and list indexes (in decimal), whatever the values are: all branches of a
   schema count. */
enum schema_knowledge schema_knows(const struct schema *schema, const struct slice *path, size_t count);

#endif

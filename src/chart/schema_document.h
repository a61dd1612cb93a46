/*
 * schema_document.h - documents that hold schemas, and how their parts are addressed
 *
 * A document is a JSON value at a URL. A place is a position in it, made when something asks for it; it knows its
 * parent, so that no text of a pointer is kept. A resource is a part of a document with a URL of its own ($id); it has
 * a dialect (which keywords mean what) and anchors. Collecting walks a document once to find them, before any
 * reference is followed.
 *
 * Everything lives in the arena of the struct schema_documents.
 */
#ifndef YARE_CHART_SCHEMA_DOCUMENT_H
#define YARE_CHART_SCHEMA_DOCUMENT_H

#include "chart/schema.h"
#include "chart/schema_table.h"

struct schema_node;

/* Which draft, and which of its keywords: a set of enum schema_vocabulary, or 0 for the draft's default. */
struct schema_dialect {
    enum schema_draft draft;
    unsigned vocabularies;
};

struct schema_anchor {
    struct schema_anchor *next;
    struct slice name;
    struct schema_place *place;
    bool dynamic;
};

struct schema_resource {
    struct schema_place *place;
    struct slice id; /* its URL, without fragment */
    struct schema_dialect dialect;
    struct schema_anchor *anchors;
    struct schema_node *meta; /* the schema it has to conform to, set by the compiler */
    struct schema_resource *next;
};

struct schema_place {
    struct schema_document *document;
    struct schema_place *parent;      /* null: the root */
    struct slice token;               /* name or index below the parent */
    const struct value *value;        /* null: nothing stands there */
    struct schema_resource *resource; /* that begins here, or null */
    struct schema_node *node;         /* compiled from here, or null */
    bool malformed;                   /* the token is no well-formed part of a pointer */
    bool collected;
};

struct schema_document {
    struct slice url;
    struct value value;
    struct schema_place *root;
    bool adopted; /* collected and found to be a schema */
};

/* Every document a compilation knows. */
struct schema_documents {
    struct arena *arena;
    const struct schema_options *options;
    struct schema_table documents; /* (this, URL) → struct schema_document */
    struct schema_table places;    /* (parent, token) → struct schema_place */
    struct schema_table resources; /* (document, id) → struct schema_resource */
    struct schema_table anchors;   /* (resource, name) → struct schema_anchor */
    struct schema_resource *first; /* all resources */
    struct slice error;            /* set by whatever returns false */
};

void schema_documents_init(struct schema_documents *d, struct arena *a, const struct schema_options *options);

/* Sets the error to the text, which must be in the arena or constant. Returns false. */
bool schema_fail(struct schema_documents *d, struct slice error);

/* The document at a URL: known, one of the metaschemas, or loaded. It may not be collected yet. */
bool schema_document_get(struct schema_documents *d, struct slice url, struct schema_document **out);

/* Makes a document known. */
struct schema_document *schema_document_add(struct schema_documents *d, struct slice url, struct value value);

/* Finds the resources and anchors at and below a place; those above it are known. */
bool schema_place_collect(struct schema_documents *d, struct schema_place *place);

/* The place below `parent` at a name or index; made if need be. */
struct schema_place *schema_place_below(struct schema_documents *d, struct schema_place *parent, struct slice token);
struct schema_place *schema_place_item(struct schema_documents *d, struct schema_place *parent, size_t index);

/* The resource that a place belongs to. */
struct schema_resource *schema_place_resource(const struct schema_place *place);

/* Appends "URL#/pointer". */
void schema_place_add_location(const struct schema_place *place, struct buffer *out);

/* Appends the pointer alone, neither '~' nor '%' undone. */
void schema_place_add_pointer(const struct schema_place *place, struct buffer *out);

/* Fails with the location of a place between two texts, quoted. */
bool schema_fail_at(struct schema_documents *d, const char *before, const struct schema_place *place,
                    const char *after);

/* The resource of that URL in a document, or null. The document's own URL means its root. */
struct schema_resource *schema_document_resource(const struct schema_documents *d, struct schema_document *document,
                                                 struct slice url);

/* The place that a fragment names in a resource: a JSON pointer, which may lead to nothing (a place without value), or
   an anchor, which must be known. */
bool schema_resource_at(struct schema_documents *d, struct schema_resource *resource, struct slice fragment,
                        struct schema_place **out);

/* Whether a keyword group is on in a dialect. */
bool schema_dialect_has(const struct schema_dialect *dialect, enum schema_vocabulary vocabulary);

/* The member of a map that is a string, or false. */
bool schema_string_member(const struct value *v, const char *name, struct slice *out);

#endif

/*
 * object_list.h - the Kubernetes objects of one side of a comparison
 *
 * Objects come from rendered releases, or from a text of YAML documents (manifests rendered earlier, a cluster's answer).
 * Only their heads are read at first; object_read parses the rest, so that what is equal byte for byte is never parsed.
 * A `kind: List` is taken apart. The list lives in its arena; rendered releases must outlive it.
 */
#ifndef YARE_REPORT_OBJECT_LIST_H
#define YARE_REPORT_OBJECT_LIST_H

#include "project/render.h"

struct kube_object {
    struct slice api_version;
    struct slice kind;
    struct slice name_space; /* in effect: its own, else the release's; empty where it has none or nobody knows */
    struct slice name;
    struct slice release;    /* empty: not known */
    struct slice text;       /* its document; empty for an item of a List */
    struct value body;       /* nil until object_read */
    const struct source *source;             /* of the body's places; null until object_read */
    const struct manifest *manifest;         /* null: not rendered here */
    const struct rendered_release *rendered; /* null: the same */
    struct kube_object *alternate; /* the same rendered with another seed, where it came out otherwise; else null */
    bool no_namespace; /* none is written, and it is not known which one is meant */
};

struct object_list {
    struct kube_object *items;
    size_t count;
    size_t cap;
    struct arena *arena;
    struct source_set *sources;
};

void object_list_init(struct object_list *list, struct arena *a, struct source_set *sources);

/* Adds what the release rendered, without hooks and CRDs that the options leave out. */
bool object_list_add_release(struct object_list *list, const struct rendered_release *rendered,
                             const struct template_output_options *options, struct diag *diag);

/* Adds the documents of a text, of which `name` says in messages where it is from; `release` may be empty. */
bool object_list_add_text(struct object_list *list, struct slice name, struct slice text, struct slice release,
                          struct diag *diag);

/* Adds an object that is ready. */
void object_list_add(struct object_list *list, const struct kube_object *object);

/* Adds an object whose body is at hand, and says all about it. */
void object_list_add_body(struct object_list *list, struct value body);

/* Parses the object's document, once; its body lives in `a`. */
bool object_read(struct arena *a, struct source_set *sources, struct kube_object *object, struct diag *diag);

/* Notes what random functions made: `other` has the same objects rendered with another seed, in the same order. */
void object_list_set_alternates(struct object_list *list, struct object_list *other);

/* The group of an apiVersion: empty for the core. */
struct slice object_group(const struct kube_object *object);

/* Whether both are one text, so that nothing differs. */
bool object_same_text(const struct kube_object *a, const struct kube_object *b);

#endif

/*
 * schema_compile.c - from documents to nodes
 */
#include "chart/schema_compile.h"

#include "chart/schema_check.h"
#include "chart/schema_url.h"
#include "codec/json_read.h"
#include "golang/strconv.h"

/* --- patterns ----------------------------------------------------------------------------------------------- */

bool schema_compiler_pattern(struct schema_compiler *c, struct slice text, struct schema_pattern **out,
                             struct slice *error)
{
    *out = schema_table_get(&c->patterns_by_text, c, text);
    if (*out)
        return true;
    struct go_regexp *expression = go_regexp_compile(c->documents.arena, text, error);
    if (!expression)
        return false;
    *out = ARENA_NEW(c->documents.arena, struct schema_pattern);
    **out = (struct schema_pattern){.next = c->patterns, .text = text, .expression = expression};
    pthread_mutex_init(&(*out)->lock, NULL);
    c->patterns = *out;
    schema_table_put(&c->patterns_by_text, c, text, *out);
    return true;
}

void schema_patterns_free(struct schema_pattern *patterns)
{
    for (; patterns; patterns = patterns->next) {
        go_regexp_free(patterns->expression);
        pthread_mutex_destroy(&patterns->lock);
    }
}

/* --- metaschemas -------------------------------------------------------------------------------------------- */

/* Gives every resource found since the last time its metaschema. */
static bool assign_metaschemas(struct schema_compiler *c)
{
    struct schema_documents *d = &c->documents;
    for (struct schema_resource *r = d->first; r && !r->meta; r = r->next) {
        if (!schema_metaschemas_get(c->metaschemas, r->dialect, d->arena, &r->meta, &d->error))
            return false;
    }
    return true;
}

/* Checks the value at a place against the metaschema of its resource. */
static bool check_schema(struct schema_compiler *c, const struct schema_place *place)
{
    struct arena *a = c->documents.arena;
    struct schema_run run = {.arena = a, .documents = &c->documents, .document = place->document};
    const struct schema_node *meta = schema_place_resource(place)->meta;
    struct schema_error *error;
    if (schema_check_instance(&run, meta, *place->value, &error))
        return true;
    if (run.exhausted)
        return schema_fail(&c->documents, SLICE("schema takes too many steps to check"));
    struct schema_error root = {.next = NULL};
    schema_error_add_cause(&root, error->kind == SCHEMA_ERROR_GROUP ? error->causes : error);
    struct buffer location = BUFFER_INIT, text = BUFFER_INIT;
    schema_node_add_location(meta, &location);
    buffer_add_text(&text, " is not valid against metaschema: jsonschema validation failed with ");
    schema_add_quoted(&text, buffer_slice(&location));
    schema_error_write_causes(&root, &text);
    struct slice message = buffer_move(&text, a);
    schema_fail_at(&c->documents, "", place, "");
    buffer_release(&location);
    return schema_fail(&c->documents, arena_concat(a, c->documents.error, message));
}

/* --- documents ---------------------------------------------------------------------------------------------- */

/* Collects what is at a place and below, and sees that it is a schema. */
static bool adopt_place(struct schema_compiler *c, struct schema_place *place)
{
    if (!schema_place_collect(&c->documents, place))
        return false;
    return !c->metaschemas || (assign_metaschemas(c) && check_schema(c, place));
}

static bool is_published(struct slice url)
{
    return slice_starts(url, SLICE("http://json-schema.org/")) || slice_starts(url, SLICE("https://json-schema.org/"));
}

/* The document at a URL, ready to be compiled. What json-schema.org publishes is not checked. */
static bool get_document(struct schema_compiler *c, struct slice url, struct schema_document **out)
{
    if (!schema_document_get(&c->documents, url, out))
        return false;
    if ((*out)->adopted)
        return true;
    (*out)->adopted = true;
    if (is_published(url))
        return schema_place_collect(&c->documents, (*out)->root);
    return adopt_place(c, (*out)->root);
}

/* --- nodes -------------------------------------------------------------------------------------------------- */

struct schema_node *schema_compiler_node(struct schema_compiler *c, struct schema_place *place)
{
    if (place->node)
        return place->node;
    struct schema_node *node = ARENA_NEW(c->documents.arena, struct schema_node);
    node->place = place;
    place->node = node;
    if (c->last)
        c->last->queued = node;
    else
        c->first = node;
    c->last = node;
    return node;
}

bool schema_compiler_reference(struct schema_compiler *c, struct schema_place *place, struct slice reference,
                               struct schema_node **out)
{
    struct schema_documents *d = &c->documents;
    struct slice url, fragment;
    struct schema_place *target;
    struct schema_document *document;
    if (!schema_url_join(d->arena, schema_place_resource(place)->id, reference, &url, &fragment, &d->error))
        return false;
    struct schema_resource *resource = schema_document_resource(d, place->document, url);
    if (!resource) {
        if (!get_document(c, url, &document))
            return false;
        resource = document->root->resource;
    }
    if (!schema_resource_at(d, resource, fragment, &target))
        return false;
    *out = schema_compiler_node(c, target);
    return true;
}

/* Sees that the place holds a schema, also where only a reference leads to it. */
static bool ensure_schema(struct schema_compiler *c, struct schema_place *place)
{
    if (place->collected)
        return true;
    for (const struct schema_place *p = place; p; p = p->parent) {
        if (p->malformed)
            return schema_fail_at(&c->documents, "invalid json-pointer ", place, "");
    }
    if (!place->value)
        return schema_fail_at(&c->documents, "json-pointer in ", place, " not found");
    return adopt_place(c, place);
}

static void add_dynamic_anchors(struct schema_compiler *c, struct schema_node *node)
{
    const struct schema_anchor *anchor = node->place->resource ? node->place->resource->anchors : NULL;
    for (; anchor; anchor = anchor->next) {
        if (!anchor->dynamic)
            continue;
        struct schema_dynamic_anchor *dynamic = ARENA_NEW(c->documents.arena, struct schema_dynamic_anchor);
        dynamic->next = node->anchors;
        dynamic->name = anchor->name;
        dynamic->node = schema_compiler_node(c, anchor->place);
        node->anchors = dynamic;
    }
}

static bool compile_node(struct schema_compiler *c, struct schema_node *node)
{
    if (!ensure_schema(c, node->place))
        return false;
    struct schema_resource *resource = schema_place_resource(node->place);
    const struct value *v = node->place->value;
    node->draft = resource->dialect.draft;
    node->resource = schema_compiler_node(c, resource->place);
    if (node->draft >= DRAFT_2020 && node->resource == node)
        add_dynamic_anchors(c, node);
    if (v->kind == VALUE_BOOL)
        node->constant = v->b ? SCHEMA_TRUE : SCHEMA_FALSE;
    if (v->kind != VALUE_MAP)
        return true;
    if (v->map->len == 0) {
        node->constant = SCHEMA_TRUE;
        return true;
    }
    return schema_read_keywords(c, node);
}

void schema_compiler_init(struct schema_compiler *c, struct arena *a, const struct schema_options *options,
                          struct schema_metaschemas *metaschemas)
{
    *c = (struct schema_compiler){.metaschemas = metaschemas, .assert_format = !metaschemas || options->assert_format};
    schema_documents_init(&c->documents, a, options);
    schema_table_init(&c->patterns_by_text, a);
}

void schema_compiler_release(struct schema_compiler *c)
{
    schema_patterns_free(c->patterns);
    c->patterns = NULL;
}

bool schema_compiler_run(struct schema_compiler *c, struct slice url, struct schema_node **out)
{
    struct schema_document *document;
    if (!get_document(c, url, &document))
        return false;
    *out = schema_compiler_node(c, document->root);
    while (c->first) {
        if (!compile_node(c, c->first))
            return false;
        c->first = c->first->queued;
    }
    c->last = NULL;
    return true;
}

/* --- the entry ---------------------------------------------------------------------------------------------- */

/* Text after the first JSON value is not looked at but for whether it is there. */
bool schema_read(struct arena *a, struct slice text, struct value *out, struct slice *error)
{
    size_t used;
    if (!json_read_exact(a, NULL, text, out, &used, error))
        return false;
    for (; used < text.len; used++) {
        if (!strchr(" \t\r\n", text.ptr[used]) || !text.ptr[used]) {
            *error = SLICE("invalid character after top-level value");
            return false;
        }
    }
    return true;
}

bool schema_compile_value(struct arena *a, struct value document, const struct schema_options *options,
                          struct schema **out, struct slice *error)
{
    static const struct schema_options defaults = {.helm3 = false};
    struct schema_compiler compiler;
    struct schema_node *root;
    if (!options)
        options = &defaults;
    struct slice url = options->url.len ? options->url : SLICE("file:///values.schema.json");
    struct schema_metaschemas *own = options->metaschemas ? NULL : schema_metaschemas_new();
    schema_compiler_init(&compiler, a, options, own ? own : options->metaschemas);
    schema_document_add(&compiler.documents, url, document);
    bool compiled = schema_compiler_run(&compiler, url, &root);
    if (compiled) {
        *out = ARENA_NEW(a, struct schema);
        **out = (struct schema){root, compiler.patterns, options->helm3};
    } else {
        *error = arena_slice(a, compiler.documents.error);
        schema_compiler_release(&compiler);
    }
    schema_metaschemas_free(own);
    return compiled;
}

bool schema_compile(struct arena *a, struct slice text, const struct schema_options *options, struct schema **out,
                    struct slice *error)
{
    struct value document;
    return schema_read(a, text, &document, error) && schema_compile_value(a, document, options, out, error);
}

void schema_release(struct schema *schema)
{
    if (schema)
        schema_patterns_free(schema->patterns);
}

/*
 * schema_document.c - documents that hold schemas, and how their parts are addressed
 *
 * The walk that collects resources goes where the draft says that subschemas are (the table subschema_keywords); what
 * only a reference reaches is collected when the reference is followed.
 */
#include "chart/schema_document.h"

#include "base/limits.h"
#include "chart/schema_url.h"
#include "chart/schema_value.h"
#include "golang/strconv.h"

#include <stdio.h>

void schema_documents_init(struct schema_documents *d, struct arena *a, const struct schema_options *options)
{
    *d = (struct schema_documents){.arena = a, .options = options};
    schema_table_init(&d->documents, a);
    schema_table_init(&d->places, a);
    schema_table_init(&d->resources, a);
    schema_table_init(&d->anchors, a);
}

/* --- errors ------------------------------------------------------------------------------------------------- */

bool schema_fail(struct schema_documents *d, struct slice error)
{
    d->error = error;
    return false;
}

/* Fails with the quoted parts set into the format, which marks their places with '%'. */
static bool fail_quoting(struct schema_documents *d, const char *format, const struct slice *parts)
{
    struct buffer b = BUFFER_INIT;
    for (; *format; format++) {
        if (*format == '%')
            go_quote(&b, *parts++);
        else
            buffer_add_char(&b, *format);
    }
    return schema_fail(d, buffer_move(&b, d->arena));
}

static struct slice location_of(struct schema_documents *d, const struct schema_place *place)
{
    struct buffer b = BUFFER_INIT;
    schema_place_add_location(place, &b);
    return buffer_move(&b, d->arena);
}

static struct slice pointer_of(struct schema_documents *d, const struct schema_place *place)
{
    struct buffer b = BUFFER_INIT;
    schema_place_add_pointer(place, &b);
    return buffer_move(&b, d->arena);
}

bool schema_fail_at(struct schema_documents *d, const char *before, const struct schema_place *place,
                    const char *after)
{
    struct buffer b = BUFFER_INIT;
    buffer_add_text(&b, before);
    go_quote(&b, location_of(d, place));
    buffer_add_text(&b, after);
    return schema_fail(d, buffer_move(&b, d->arena));
}

/* --- documents ---------------------------------------------------------------------------------------------- */

struct schema_document *schema_document_add(struct schema_documents *d, struct slice url, struct value value)
{
    struct schema_document *document = ARENA_NEW(d->arena, struct schema_document);
    document->url = url;
    document->value = value;
    document->root = ARENA_NEW(d->arena, struct schema_place);
    *document->root = (struct schema_place){.document = document, .value = &document->value};
    schema_table_put(&d->documents, d, url, document);
    return document;
}

static bool fail_loading(struct schema_documents *d, struct slice url, struct slice cause)
{
    struct buffer b = BUFFER_INIT;
    buffer_add_text(&b, "failing loading ");
    go_quote(&b, url);
    buffer_add_text(&b, ": ");
    buffer_add(&b, cause);
    return schema_fail(d, buffer_move(&b, d->arena));
}

static bool load(struct schema_documents *d, struct slice url, struct value *value)
{
    struct slice text, cause;
    if (schema_meta_text(url, &text))
        return schema_read(d->arena, text, value, &d->error);
    schema_load_fn *loader = d->options->load ? d->options->load : schema_load;
    return loader(d->options->load_context, d->arena, url, value, &cause) || fail_loading(d, url, cause);
}

bool schema_document_get(struct schema_documents *d, struct slice url, struct schema_document **out)
{
    *out = schema_table_get(&d->documents, d, url);
    if (*out)
        return true;
    struct value value;
    if (!load(d, url, &value))
        return false;
    *out = schema_document_add(d, url, value);
    return true;
}

/* --- places ------------------------------------------------------------------------------------------------- */

static const struct value *item_at(const struct list *list, struct slice token)
{
    int64_t index;
    if (go_parse_int(token, 10, 64, &index) != GO_NUMBER_OK || index < 0 || index >= (int64_t)list->len)
        return NULL;
    return &list->items[index];
}

static const struct value *value_below(const struct value *v, struct slice token)
{
    if (v && v->kind == VALUE_MAP)
        return map_find(v->map, token);
    if (v && v->kind == VALUE_LIST)
        return item_at(v->list, token);
    return NULL;
}

struct schema_place *schema_place_below(struct schema_documents *d, struct schema_place *parent, struct slice token)
{
    struct schema_place *place = schema_table_get(&d->places, parent, token);
    if (place)
        return place;
    place = ARENA_NEW(d->arena, struct schema_place);
    *place = (struct schema_place){.document = parent->document, .parent = parent, .token = token,
                                   .value = value_below(parent->value, token)};
    schema_table_put(&d->places, parent, token, place);
    return place;
}

struct schema_place *schema_place_item(struct schema_documents *d, struct schema_place *parent, size_t index)
{
    char text[24];
    int len = snprintf(text, sizeof(text), "%zu", index);
    struct slice token = slice_of(text, (size_t)len);
    struct schema_place *place = schema_table_get(&d->places, parent, token);
    return place ? place : schema_place_below(d, parent, arena_slice(d->arena, token));
}

struct schema_resource *schema_place_resource(const struct schema_place *place)
{
    while (!place->resource && place->parent)
        place = place->parent;
    return place->resource;
}

void schema_place_add_pointer(const struct schema_place *place, struct buffer *out)
{
    /* The segments are found from the last to the first, and put before those already there. */
    size_t start = out->len;
    struct buffer segment = BUFFER_INIT;
    for (; place->parent; place = place->parent) {
        buffer_clear(&segment);
        buffer_add_char(&segment, '/');
        if (place->malformed)
            buffer_add(&segment, place->token);
        else
            schema_pointer_add(&segment, place->token);
        buffer_insert(out, start, buffer_slice(&segment));
    }
    buffer_release(&segment);
}

void schema_place_add_location(const struct schema_place *place, struct buffer *out)
{
    struct buffer pointer = BUFFER_INIT;
    schema_place_add_pointer(place, &pointer);
    buffer_add(out, place->document->url);
    buffer_add_char(out, '#');
    schema_fragment_add(out, buffer_slice(&pointer));
    buffer_release(&pointer);
}

struct schema_resource *schema_document_resource(const struct schema_documents *d, struct schema_document *document,
                                                 struct slice url)
{
    if (slice_equal(url, document->url))
        return document->root->resource;
    return schema_table_get(&d->resources, document, url);
}

static struct schema_place *follow_pointer(struct schema_documents *d, struct schema_place *place,
                                           struct slice pointer)
{
    struct slice segment;
    slice_next_piece(&pointer, '/', &segment);
    while (slice_next_piece(&pointer, '/', &segment)) {
        struct slice name;
        bool good = schema_pointer_name(d->arena, segment, &name);
        place = schema_place_below(d, place, good ? name : segment);
        place->malformed = !good;
    }
    return place;
}

static bool is_pointer(struct slice fragment)
{
    return fragment.len == 0 || fragment.ptr[0] == '/';
}

bool schema_resource_at(struct schema_documents *d, struct schema_resource *resource, struct slice fragment,
                        struct schema_place **out)
{
    if (is_pointer(fragment)) {
        *out = fragment.len ? follow_pointer(d, resource->place, fragment) : resource->place;
        return true;
    }
    struct schema_anchor *anchor = schema_table_get(&d->anchors, resource, fragment);
    if (anchor) {
        *out = anchor->place;
        return true;
    }
    struct buffer reference = BUFFER_INIT;
    buffer_add(&reference, resource->id);
    buffer_add_char(&reference, '#');
    schema_fragment_add(&reference, fragment);
    struct slice parts[] = {buffer_move(&reference, d->arena), resource->place->document->url};
    return fail_quoting(d, "anchor in % not found in schema %", parts);
}

/* --- dialects ----------------------------------------------------------------------------------------------- */

bool schema_string_member(const struct value *v, const char *name, struct slice *out)
{
    const struct value *member = v->kind == VALUE_MAP ? map_find_text(v->map, name) : NULL;
    if (!member || !schema_value_is_string(*member))
        return false;
    *out = value_slice(*member);
    return true;
}

bool schema_dialect_has(const struct schema_dialect *dialect, enum schema_vocabulary vocabulary)
{
    if (dialect->draft < DRAFT_2019 || vocabulary == VOCABULARY_CORE)
        return true;
    unsigned set = dialect->vocabularies;
    if (!set)
        set = VOCABULARY_APPLICATOR | VOCABULARY_VALIDATION |
              (dialect->draft == DRAFT_2020 ? (unsigned)VOCABULARY_UNEVALUATED : 0);
    return (set & (unsigned)vocabulary) != 0;
}

/* Metaschemas on the way from a $schema to a draft. */
struct draft_step {
    const struct draft_step *before;
    struct slice url;
};

/* The draft of a schema whose $schema may name a metaschema of one's own, which names another one in turn. */
static bool find_draft(struct schema_documents *d, const struct schema_place *place, enum schema_draft fallback,
                       const struct draft_step *before, enum schema_draft *draft)
{
    struct slice url, cause;
    *draft = fallback;
    if (!schema_string_member(place->value, "$schema", &url) || schema_meta_draft(url, draft))
        return true;
    url = schema_url_without_fragment(url);
    if (!schema_url_check(d->arena, url, &cause)) {
        schema_fail_at(d, "invalid $schema in ", place, ": ");
        return schema_fail(d, arena_concat(d->arena, d->error, cause));
    }
    if (!place->parent && slice_equal(url, place->document->url))
        return fail_quoting(d, "draft % is not supported", &url);
    for (const struct draft_step *step = before; step; step = step->before) {
        if (slice_equal(step->url, url))
            return fail_quoting(d, "cycle in resolving $schema in %", &url);
    }
    struct schema_document *meta;
    struct draft_step step = {before, url};
    return schema_document_get(d, url, &meta) && find_draft(d, meta->root, fallback, &step, draft);
}

/* The vocabularies that a metaschema requires; 0 where it does not say. */
static bool read_vocabularies(struct schema_documents *d, const struct schema_document *meta, enum schema_draft draft,
                              unsigned *set)
{
    *set = 0;
    const struct value *v = meta->value.kind == VALUE_MAP ? map_find_text(meta->value.map, "$vocabulary") : NULL;
    if (draft < DRAFT_2019 || !v || v->kind != VALUE_MAP)
        return true;
    for (uint32_t i = 0; i < v->map->len; i++) {
        const struct entry *entry = &v->map->entries[i];
        if (entry->value.kind != VALUE_BOOL || !entry->value.b)
            continue;
        unsigned bit = schema_meta_vocabulary(draft, entry->key);
        struct slice parts[] = {entry->key, meta->url};
        if (!bit)
            return fail_quoting(d, "unsupported vocabulary % in %", parts);
        *set |= bit;
    }
    *set |= VOCABULARY_CORE;
    return true;
}

/* The dialect of a resource that has a $schema. */
static bool find_dialect(struct schema_documents *d, const struct value *v, enum schema_draft draft,
                         struct schema_dialect *dialect)
{
    struct slice url;
    enum schema_draft known;
    *dialect = (struct schema_dialect){draft, 0};
    if (!schema_string_member(v, "$schema", &url) || schema_meta_draft(url, &known))
        return true;
    struct schema_document *meta;
    return schema_document_get(d, schema_url_without_fragment(url), &meta) &&
           read_vocabularies(d, meta, draft, &dialect->vocabularies);
}

/* --- collecting --------------------------------------------------------------------------------------------- */

enum subschema_shape {
    SUBSCHEMA_SELF = 1,
    SUBSCHEMA_MEMBERS = 2,
    SUBSCHEMA_ITEMS = 4
};

/* Where subschemas are, and from which draft on. */
static const struct {
    struct slice keyword;
    unsigned shape;
    enum schema_draft since;
} subschema_keywords[] = {
    {SLICE_INIT("definitions"), SUBSCHEMA_MEMBERS, DRAFT_4},
    {SLICE_INIT("not"), SUBSCHEMA_SELF, DRAFT_4},
    {SLICE_INIT("allOf"), SUBSCHEMA_ITEMS, DRAFT_4},
    {SLICE_INIT("anyOf"), SUBSCHEMA_ITEMS, DRAFT_4},
    {SLICE_INIT("oneOf"), SUBSCHEMA_ITEMS, DRAFT_4},
    {SLICE_INIT("properties"), SUBSCHEMA_MEMBERS, DRAFT_4},
    {SLICE_INIT("additionalProperties"), SUBSCHEMA_SELF, DRAFT_4},
    {SLICE_INIT("patternProperties"), SUBSCHEMA_MEMBERS, DRAFT_4},
    {SLICE_INIT("items"), SUBSCHEMA_SELF | SUBSCHEMA_ITEMS, DRAFT_4},
    {SLICE_INIT("additionalItems"), SUBSCHEMA_SELF, DRAFT_4},
    {SLICE_INIT("dependencies"), SUBSCHEMA_MEMBERS, DRAFT_4},
    {SLICE_INIT("propertyNames"), SUBSCHEMA_SELF, DRAFT_6},
    {SLICE_INIT("contains"), SUBSCHEMA_SELF, DRAFT_6},
    {SLICE_INIT("if"), SUBSCHEMA_SELF, DRAFT_7},
    {SLICE_INIT("then"), SUBSCHEMA_SELF, DRAFT_7},
    {SLICE_INIT("else"), SUBSCHEMA_SELF, DRAFT_7},
    {SLICE_INIT("$defs"), SUBSCHEMA_MEMBERS, DRAFT_2019},
    {SLICE_INIT("dependentSchemas"), SUBSCHEMA_MEMBERS, DRAFT_2019},
    {SLICE_INIT("unevaluatedProperties"), SUBSCHEMA_SELF, DRAFT_2019},
    {SLICE_INIT("unevaluatedItems"), SUBSCHEMA_SELF, DRAFT_2019},
    {SLICE_INIT("contentSchema"), SUBSCHEMA_SELF, DRAFT_2019},
    {SLICE_INIT("prefixItems"), SUBSCHEMA_ITEMS, DRAFT_2020},
};

/* What holds at a place because of those above it. */
struct collect_context {
    struct slice base;
    struct schema_dialect dialect;
    unsigned depth;
};

static const char *id_keyword(enum schema_draft draft)
{
    return draft == DRAFT_4 ? "id" : "$id";
}

/* Before 2019-09 a $ref makes its siblings nothing. */
static bool hidden_by_reference(const struct value *v, enum schema_draft draft)
{
    return draft < DRAFT_2019 && map_find_text(v->map, "$ref");
}

/* The id without fragment; empty where there is none. */
static struct slice read_id(const struct value *v, enum schema_draft draft)
{
    struct slice id = SLICE("");
    if (!hidden_by_reference(v, draft) && schema_string_member(v, id_keyword(draft), &id))
        id = schema_url_without_fragment(id);
    return id;
}

static bool add_anchor(struct schema_documents *d, struct schema_resource *resource, struct schema_place *place,
                       struct slice name, bool dynamic)
{
    struct schema_anchor *anchor = schema_table_get(&d->anchors, resource, name);
    if (anchor && anchor->place != place) {
        struct slice parts[] = {name, place->document->url, pointer_of(d, anchor->place), pointer_of(d, place)};
        return fail_quoting(d, "duplicate anchor % in % at % and %", parts);
    }
    if (!anchor) {
        anchor = ARENA_NEW(d->arena, struct schema_anchor);
        *anchor = (struct schema_anchor){.next = resource->anchors, .name = name, .place = place};
        resource->anchors = anchor;
        schema_table_put(&d->anchors, resource, name, anchor);
    }
    anchor->dynamic = anchor->dynamic || dynamic;
    return true;
}

static bool collect_anchors(struct schema_documents *d, struct schema_resource *resource, struct schema_place *place)
{
    const struct value *v = place->value;
    enum schema_draft draft = resource->dialect.draft;
    struct slice name, url;
    if (draft < DRAFT_2019) {
        if (hidden_by_reference(v, draft) || !schema_string_member(v, id_keyword(draft), &name))
            return true;
        if (!schema_url_split(d->arena, name, &url, &name, &d->error))
            return schema_fail_at(d, "error in parsing anchor at ", place, "");
        return is_pointer(name) || add_anchor(d, resource, place, name, false);
    }
    if (schema_string_member(v, "$anchor", &name) && !add_anchor(d, resource, place, name, false))
        return false;
    return draft < DRAFT_2020 || !schema_string_member(v, "$dynamicAnchor", &name) ||
           add_anchor(d, resource, place, name, true);
}

static struct schema_resource *add_resource(struct schema_documents *d, struct schema_place *place, struct slice id,
                                            struct schema_dialect dialect)
{
    struct schema_resource *resource = ARENA_NEW(d->arena, struct schema_resource);
    *resource = (struct schema_resource){.place = place, .id = id, .dialect = dialect, .next = d->first};
    d->first = resource;
    place->resource = resource;
    schema_table_put(&d->resources, place->document, id, resource);
    return resource;
}

/* Makes the resource that begins at an object, if one does; the context becomes that of the resource. */
static bool begin_resource(struct schema_documents *d, struct schema_place *place, struct collect_context *context,
                           enum schema_draft *draft)
{
    struct slice schema, fragment;
    const struct value *v = place->value;
    bool has_schema = schema_string_member(v, "$schema", &schema);
    if (!find_draft(d, place, context->dialect.draft, NULL, draft))
        return false;
    struct slice id = read_id(v, *draft);
    if (id.len == 0 && place->parent) {
        *draft = context->dialect.draft;
        has_schema = false;
        id = read_id(v, *draft);
    }
    if (id.len == 0 && place->parent)
        return true;
    if (id.len && !schema_url_join(d->arena, context->base, id, &context->base, &fragment, &d->error))
        return schema_fail_at(d, "error in parsing id at ", place, "");
    struct schema_resource *known = schema_table_get(&d->resources, place->document, context->base);
    if (known && known->place != place) {
        struct slice parts[] = {context->base, place->document->url, pointer_of(d, place),
                                pointer_of(d, known->place)};
        return fail_quoting(d, "duplicate id % in % at % and %", parts);
    }
    if (known)
        return true;
    if (has_schema && !find_dialect(d, v, *draft, &context->dialect))
        return false;
    add_resource(d, place, context->base, context->dialect);
    return true;
}

static bool collect(struct schema_documents *d, struct schema_place *place, struct collect_context context);

static bool collect_all(struct schema_documents *d, struct schema_place *place, struct collect_context context)
{
    const struct value *v = place->value;
    for (uint32_t i = 0; v->kind == VALUE_MAP && i < v->map->len; i++) {
        if (!collect(d, schema_place_below(d, place, v->map->entries[i].key), context))
            return false;
    }
    for (uint32_t i = 0; v->kind == VALUE_LIST && i < v->list->len; i++) {
        if (!collect(d, schema_place_item(d, place, i), context))
            return false;
    }
    return true;
}

static bool collect_subschemas(struct schema_documents *d, struct schema_place *place, struct collect_context context,
                               enum schema_draft draft)
{
    const struct map *map = place->value->map;
    uint64_t key_bits = schema_key_bits(map);
    for (size_t i = 0; i < sizeof(subschema_keywords) / sizeof(subschema_keywords[0]); i++) {
        struct slice keyword = subschema_keywords[i].keyword;
        unsigned shape = subschema_keywords[i].shape;
        const struct value *v = key_bits & schema_key_bit(keyword) ? map_find(map, keyword) : NULL;
        if (draft < subschema_keywords[i].since || !v)
            continue;
        struct schema_place *below = schema_place_below(d, place, keyword);
        if ((shape & SUBSCHEMA_SELF) && !collect(d, below, context))
            return false;
        if (((shape & SUBSCHEMA_MEMBERS) && v->kind == VALUE_MAP) ||
            ((shape & SUBSCHEMA_ITEMS) && v->kind == VALUE_LIST)) {
            if (!collect_all(d, below, context))
                return false;
        }
    }
    return true;
}

static bool collect(struct schema_documents *d, struct schema_place *place, struct collect_context context)
{
    enum schema_draft draft;
    if (place->collected)
        return true;
    place->collected = true;
    if (++context.depth > LIMIT_SCHEMA_DEPTH)
        return schema_fail(d, SLICE("schema is nested too deeply"));
    if (place->value->kind != VALUE_MAP) {
        if (!place->parent)
            add_resource(d, place, context.base, context.dialect);
        return true;
    }
    if (!begin_resource(d, place, &context, &draft))
        return false;
    struct schema_resource *resource = schema_table_get(&d->resources, place->document, context.base);
    context.dialect = resource->dialect;
    return collect_anchors(d, resource, place) && collect_subschemas(d, place, context, draft);
}

bool schema_place_collect(struct schema_documents *d, struct schema_place *place)
{
    struct collect_context context = {.base = place->document->url};
    if (place->parent) {
        const struct schema_resource *resource = schema_place_resource(place);
        context.base = resource->id;
        context.dialect = resource->dialect;
    } else
        context.dialect.draft = d->options->draft ? d->options->draft : DRAFT_2020;
    return collect(d, place, context);
}

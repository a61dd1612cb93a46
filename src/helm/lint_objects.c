/*
 * lint_objects.c - the objects of a text, as Kubernetes' decoder of YAML or JSON finds them
 */
#include "helm/lint_rules.h"

#include "chart/struct_read.h"
#include "codec/json_read.h"
#include "codec/yaml_documents.h"
#include "codec/yaml_read.h"
#include "golang/unicode.h"

#include <stddef.h>

static const struct field metadata_fields[] = {
    {"Namespace", FIELD_TEXT, offsetof(struct lint_object_metadata, name_space), NULL},
    {"Name", FIELD_TEXT, offsetof(struct lint_object_metadata, name), NULL},
};

static const struct struct_type metadata_type = {
    .name = "k8sYamlMetadata", .fields = metadata_fields, .field_count = 2};

static const struct field object_fields[] = {
    {"apiVersion", FIELD_TEXT, offsetof(struct lint_object, api_version), NULL},
    {"Kind", FIELD_TEXT, offsetof(struct lint_object, kind), NULL},
    {"Metadata", FIELD_STRUCT, offsetof(struct lint_object, metadata), &metadata_type},
};

static const struct struct_type object_type = {
    .name = "k8sYamlStruct", .size = sizeof(struct lint_object), .fields = object_fields, .field_count = 3};

struct object_walk {
    struct lint *lint;
    lint_object_fn *found;
    void *context;
    struct slice *error;
};

/* null is no object. */
static bool give_object(struct object_walk *w, struct value v)
{
    struct struct_read read = {.arena = w->lint->arena, .package = "rules"};
    struct lint_object object = {.kind = SLICE_INIT("")};
    if (v.kind == VALUE_NIL)
        return true;
    if (struct_read_value(&read, &object_type, &object, v))
        return w->found(w->context, &object);
    *w->error = arena_concat(w->lint->arena, SLICE("error unmarshaling JSON: while decoding JSON: "), read.error);
    return false;
}

static bool give_document(struct object_walk *w, struct slice text)
{
    const struct yaml_read_options options = {.keep_integers = true, .no_origin = true};
    struct value v = value_nil();
    struct yaml_error error;
    if (yaml_read(w->lint->arena, NULL, text, &options, &v, &error))
        return give_object(w, v);
    *w->error = arena_concat(w->lint->arena, SLICE("error converting YAML to JSON: "), error.message);
    return false;
}

static bool give_yaml(struct object_walk *w, struct slice text)
{
    struct yaml_documents documents = {.rest = text};
    struct slice trailer = SLICE("");
    enum yaml_document next;
    bool ok = true;
    while (ok && (next = yaml_documents_next(&documents, &trailer)) != YAML_NO_DOCUMENT) {
        ok = next == YAML_DOCUMENT && give_document(w, arena_slice(w->lint->arena, buffer_slice(&documents.text)));
        if (next == YAML_BAD_SEPARATOR)
            *w->error = arena_concat(w->lint->arena, SLICE("invalid Yaml document separator: "), trailer);
    }
    buffer_release(&documents.text);
    return ok;
}

/* What the JSON decoder says of a text that it cannot read. */
static struct slice json_error(struct object_walk *w, struct slice text, size_t before, bool bare)
{
    struct value ignored;
    struct slice error = SLICE("");
    size_t at = 0;
    if (json_read(w->lint->arena, NULL, text, &ignored, &error, &at))
        return error;
    bool cut_short = slice_is(error, "unexpected end of JSON input");
    if (cut_short)
        return SLICE("unexpected EOF");
    return bare ? error : arena_printf(w->lint->arena, "json: offset %zu: %.*s", before + at + 1, SLICE_ARG(error));
}

static struct slice without_first_blank_line(struct slice text)
{
    size_t i = 0;
    while (i < text.len && strchr(" \t\r\v\f", text.ptr[i]))
        i++;
    return slice_after(text, i + (i < text.len && text.ptr[i] == '\n'));
}

/* A stream that begins with a brace: JSON values, as long as they can be read; what follows one or none of them may be
   YAML. */
static bool give_json(struct object_walk *w, struct slice text)
{
    struct arena *a = w->lint->arena;
    struct slice rest = text;
    struct slice ignored;
    struct value v;
    size_t used;
    size_t count = 0;
    while (go_trim_space(rest).len && json_read_prefix(a, NULL, rest, &v, &used, &ignored)) {
        if (!give_object(w, v))
            return false;
        rest = slice_after(rest, used);
        count++;
    }
    if (go_trim_space(rest).len == 0)
        return true;
    struct slice error = json_error(w, rest, text.len - rest.len, count > 1);
    if (count <= 1 && give_yaml(w, without_first_blank_line(rest)))
        return true;
    *w->error = error;
    return false;
}

bool lint_objects(struct lint *l, struct slice text, lint_object_fn *found, void *context, struct slice *error)
{
    struct object_walk w = {l, found, context, error};
    struct slice start = go_trim_space(text);
    return slice_starts(start, SLICE("{")) ? give_json(&w, text) : give_yaml(&w, text);
}

/*
 * manifest_head.c - the part of a document that Helm looks at
 *
 * Helm decodes into a Go struct: keys match in any letter case, scalars become text where the field is a text, and the
 * first wrong type is the error. Keys are met in sorted order, because the YAML becomes JSON on the way. Nearly every
 * document is plain enough to be skimmed for these few keys; the others are read as a whole.
 */
#include "helm/manifest_head.h"

#include "codec/yaml_skim.h"
#include "golang/strconv.h"

#include <strings.h>

struct reader {
    struct arena *arena;
    struct manifest_head *head;
    const char *root_type;
    struct slice error; /* the first one */
};

static void fail_type(struct reader *r, struct value v, const char *field, const char *type)
{
    if (r->error.ptr)
        return;
    r->error = arena_printf(r->arena, "json: cannot unmarshal %s into Go %s%s of type %s", value_json_kind(v),
                            field ? "struct field " : "value", field ? field : "", type);
}

static bool is_key(struct slice key, const char *name)
{
    return key.len == strlen(name) && strncasecmp(key.ptr, name, key.len) == 0;
}

/* A scalar as the text that sigs.k8s.io/yaml makes of it for a string field. */
static struct slice scalar_text(struct arena *a, struct value v)
{
    struct buffer text = BUFFER_INIT;
    switch (v.kind) {
    case VALUE_STRING:
        return value_slice(v);
    case VALUE_BOOL:
        return v.b ? SLICE("true") : SLICE("false");
    case VALUE_INT:
        go_format_int(&text, v.i, 10);
        break;
    case VALUE_UINT:
        go_format_uint(&text, v.u, 10);
        break;
    case VALUE_FLOAT:
        go_format_float(&text, v.f, 'g', -1, 64);
        break;
    default:
        break;
    }
    return buffer_move(&text, a);
}

/* Fills a text; null leaves it as it is. */
static void read_text(struct reader *r, struct value v, const char *field, struct slice *out)
{
    if (v.kind == VALUE_NIL)
        return;
    if (v.kind == VALUE_MAP || v.kind == VALUE_LIST)
        fail_type(r, v, field, "string");
    else
        *out = scalar_text(r->arena, v);
}

static void read_annotations(struct reader *r, struct value v)
{
    if (v.kind == VALUE_NIL)
        return;
    if (v.kind != VALUE_MAP) {
        fail_type(r, v, ".metadata.annotations", "map[string]string");
        return;
    }
    for (uint32_t i = 0; i < v.map->len; i++) {
        const struct entry *entry = &v.map->entries[i];
        struct slice text = SLICE("");
        read_text(r, entry->value, ".metadata.annotations", &text);
        if (slice_is(entry->key, "helm.sh/hook")) {
            r->head->has_hook = true;
            r->head->hook = text;
        }
    }
}

static void read_metadata(struct reader *r, struct value v)
{
    if (v.kind == VALUE_NIL)
        return;
    if (v.kind != VALUE_MAP) {
        fail_type(r, v, "SimpleHead.metadata",
                  "struct { Name string \"json:\\\"name\\\"\"; Annotations map[string]string "
                  "\"json:\\\"annotations\\\"\" }");
        return;
    }
    for (uint32_t i = 0; i < v.map->len; i++) {
        const struct entry *entry = &v.map->entries[i];
        if (is_key(entry->key, "name"))
            read_text(r, entry->value, ".metadata.name", &r->head->name);
        else if (is_key(entry->key, "annotations"))
            read_annotations(r, entry->value);
        else if (slice_is(entry->key, "namespace") && entry->value.kind == VALUE_STRING)
            r->head->name_space = value_slice(entry->value);
    }
}

static void read_root(struct reader *r, struct value v)
{
    if (v.kind == VALUE_NIL)
        return;
    if (v.kind != VALUE_MAP) {
        fail_type(r, v, NULL, r->root_type);
        return;
    }
    for (uint32_t i = 0; i < v.map->len; i++) {
        const struct entry *entry = &v.map->entries[i];
        if (is_key(entry->key, "apiVersion"))
            read_text(r, entry->value, "SimpleHead.apiVersion", &r->head->api_version);
        else if (is_key(entry->key, "kind"))
            read_text(r, entry->value, "SimpleHead.kind", &r->head->kind);
        else if (is_key(entry->key, "metadata"))
            read_metadata(r, entry->value);
    }
}

/* The keys above. */
static const struct yaml_skim_entry annotation_entries[] = {{"helm.sh/hook", NULL}, {NULL, NULL}};
static const struct yaml_skim_map annotations = {annotation_entries, true};
static const struct yaml_skim_entry metadata_entries[] = {
    {"name", NULL}, {"namespace", NULL}, {"annotations", &annotations}, {NULL, NULL}};
static const struct yaml_skim_map metadata = {metadata_entries, false};
static const struct yaml_skim_entry root_entries[] = {
    {"apiVersion", NULL}, {"kind", NULL}, {"metadata", &metadata}, {NULL, NULL}};
static const struct yaml_skim_map root = {root_entries, false};

static bool read_document(struct arena *a, struct slice document, struct value *v, struct yaml_error *error)
{
    const struct yaml_read_options options = {.keep_integers = true, .no_origin = true};
    return yaml_skim(a, document, &root, v) || yaml_read(a, NULL, document, &options, v, error);
}

bool manifest_head_read(struct arena *a, struct slice document, bool helm3, struct manifest_head *head,
                        struct yaml_error *error)
{
    struct value v = value_nil();
    memset(head, 0, sizeof *head);
    memset(error, 0, sizeof *error);
    if (!read_document(a, document, &v, error)) {
        error->message = arena_printf(a, "error converting YAML to JSON: %.*s", SLICE_ARG(error->message));
        return false;
    }
    struct reader r = {.arena = a, .head = head};
    r.root_type = helm3 ? "releaseutil.SimpleHead" : "util.SimpleHead";
    read_root(&r, v);
    if (!r.error.ptr)
        return true;
    error->message = arena_printf(a, "error unmarshaling JSON: while decoding JSON: %.*s", SLICE_ARG(r.error));
    return false;
}

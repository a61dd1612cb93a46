/*
 * configurations.c - the field specs of a kustomization
 *
 * A file of `configurations` has a list of field specs for each transformer, and `nameReference`: for a kind, the
 * fields that hold names of such objects. Each table of a file is put in the order of kinds before it is merged, and so
 * is the result.
 */
#include "kustomize/configurations.h"

#include "codec/yaml_read.h"

#include <stddef.h>

/* A file as it is read. */
struct config_file {
    struct records specs[FIELD_TABLES]; /* of struct field_spec */
    struct records names;               /* of struct name_record */
};

struct name_record {
    struct gvk target;
    struct records referrers; /* of struct field_spec */
};

#define TABLE(name, table) RECORD_FIELD_OF(name, RECORD_LIST, config_file, specs[table], field_spec_record)

static const struct record_field name_fields[] = {
    RECORD_FIELD_OF("", RECORD_STRUCT, name_record, target, gvk_record),
    RECORD_FIELD_OF("fieldSpecs", RECORD_LIST, name_record, referrers, field_spec_record),
    RECORD_END,
};
static const struct record_type name_record = {"NameBackReferences", sizeof(struct name_record), name_fields};

static const struct record_field file_fields[] = {
    TABLE("namePrefix", FIELDS_NAME_PREFIX),
    TABLE("nameSuffix", FIELDS_NAME_SUFFIX),
    TABLE("namespace", FIELDS_NAMESPACE),
    TABLE("commonLabels", FIELDS_COMMON_LABELS),
    TABLE("labels", FIELDS_LABELS),
    TABLE("templateLabels", FIELDS_TEMPLATE_LABELS),
    TABLE("commonAnnotations", FIELDS_ANNOTATIONS),
    RECORD_FIELD_OF("nameReference", RECORD_LIST, config_file, names, name_record),
    TABLE("varReference", FIELDS_VAR_REFERENCE),
    TABLE("images", FIELDS_IMAGES),
    TABLE("replicas", FIELDS_REPLICAS),
    RECORD_END,
};
static const struct record_type file_record = {"TransformerConfig", sizeof(struct config_file), file_fields};

static struct field_specs specs_of(struct records records)
{
    return (struct field_specs){records.items, records.count, records.count};
}

static void tables_of(struct arena *a, const struct config_file *file, struct field_tables *tables)
{
    const struct name_record *names = file->names.items;
    for (int i = 0; i < FIELD_TABLES; i++)
        tables->specs[i] = specs_of(file->specs[i]);
    for (size_t i = 0; i < file->names.count; i++)
        back_references_add(a, &tables->names, (struct back_reference){names[i].target, specs_of(names[i].referrers)});
    field_tables_sort(tables);
}

/* A key given twice is an error here, where a kustomization takes the last. */
static bool read_file(struct target *t, struct slice path, struct field_tables *tables, struct diag *diag)
{
    static const struct yaml_read_options options = {.reject_duplicates = true};
    struct arena *a = t->build->arena;
    struct config_file file = {.names = {NULL, 0}};
    struct slice text;
    const char *full;
    struct value v;
    struct yaml_error error;
    if (!root_read(a, t->root, path, &text, &full, diag))
        return false;
    const struct source *source = source_set_keep(t->build->sources, slice_text(full), text);
    if (!yaml_read(a, source, text, &options, &v, &error)) {
        diag_error(diag, "error converting YAML to JSON: %.*s", SLICE_ARG(error.message));
        diag_locate_origin(diag, source, origin_at(source, error.line, error.column));
        return false;
    }
    if (!record_read(a, &file_record, v, true, &file, diag)) {
        diag_prefix(diag, "error unmarshaling JSON: while decoding JSON: ");
        return false;
    }
    tables_of(a, &file, tables);
    return true;
}

/* Files are merged with each other before the built-in tables take them. */
static bool read_files(struct target *t, struct field_tables *tables, struct diag *diag)
{
    const struct texts *paths = &t->k->configurations;
    struct field_tables all = {.is_default = false};
    for (size_t i = 0; i < paths->count; i++) {
        struct field_tables one = {.is_default = false};
        if (!read_file(t, paths->items[i], &one, diag) || !field_tables_merge(t->build->arena, &all, &one, diag))
            return false;
    }
    return field_tables_merge(t->build->arena, tables, &all, diag);
}

bool configurations_merge(struct target *t, struct accumulator *acc, struct diag *diag)
{
    struct arena *a = t->build->arena;
    struct field_tables tables = t->build->default_tables;
    if (t->k->configurations.count && !read_files(t, &tables, diag))
        return false;
    if (field_tables_merge(a, &acc->tables, &tables, diag))
        return true;
    diag_prefix(diag, "merging config: ");
    return false;
}

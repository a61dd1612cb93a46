/*
 * kustomization_file.c - a kustomization file that is changed and written back
 */
#include "kustomize/kustomization_file.h"

#include "base/file.h"
#include "codec/yaml_write.h"
#include "kustomize/record_write.h"

#include <strings.h>

/* The order in which fields are written that the file did not have. */
static const char *const field_order[] = {
    "apiVersion", "kind", "metadata", "sortOptions", "resources", "bases", "namePrefix", "nameSuffix", "namespace",
    "crds", "commonLabels", "labels", "commonAnnotations", "patchesStrategicMerge", "patchesJson6902", "patches",
    "configMapGenerator", "secretGenerator", "helmCharts", "helmChartInflationGenerator", "helmGlobals",
    "generatorOptions", "vars", "images", "replacements", "replicas", "configurations", "generators", "transformers",
    "validators", "components", "openapi", "buildMetadata",
};

enum {
    FIELD_COUNT = sizeof field_order / sizeof field_order[0]
};

static const char *const file_names[] = {"kustomization.yaml", "kustomization.yml", "Kustomization"};

enum {
    NAME_COUNT = sizeof file_names / sizeof file_names[0]
};

bool kustomization_file_exists(void)
{
    for (size_t i = 0; i < NAME_COUNT; i++) {
        if (file_exists(file_names[i]))
            return true;
    }
    return false;
}

static bool find_file(struct kustomization_file *file, struct diag *diag)
{
    struct buffer found = BUFFER_INIT;
    size_t count = 0;
    for (size_t i = 0; i < NAME_COUNT; i++) {
        if (!file_exists(file_names[i]))
            continue;
        buffer_printf(&found, "%s%s", count++ ? " " : "", file_names[i]);
        file->path = file_names[i];
    }
    bool done = count == 1;
    if (count == 0)
        diag_error(diag, "Missing kustomization file '%s'.\n", file_names[0]);
    else if (count > 1)
        diag_error(diag, "Found multiple kustomization file: [%.*s]\n", SLICE_ARG(buffer_slice(&found)));
    else if (file_is_directory(file->path))
        done = diag_error(diag, "%s should be a file", file->path);
    buffer_release(&found);
    return done;
}

/* --- comments ----------------------------------------------------------------------------------------------------- */

static bool is_comment_or_blank(struct slice line)
{
    size_t i = 0;
    while (i < line.len && line.ptr[i] == ' ')
        i++;
    return i == line.len || line.ptr[i] == '#';
}

static const char *field_of_line(struct slice line)
{
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        size_t len = strlen(field_order[i]);
        if (line.len > len && line.ptr[len] == ':' && strncasecmp(line.ptr, field_order[i], len) == 0)
            return field_order[i];
    }
    return NULL;
}

static void keep_field(struct arena *a, struct kustomization_file *file, const char *name, struct buffer *comment)
{
    size_t size = sizeof *file->fields;
    file->fields = arena_resize(a, file->fields, file->count * size, (file->count + 1) * size);
    file->fields[file->count++] = (struct kept_field){name, *comment};
    *comment = (struct buffer)BUFFER_INIT;
}

/* Goes over the lines that end in a newline. Comments within a field become part of those above it. */
static void read_fields(struct arena *a, struct kustomization_file *file, struct slice text)
{
    struct buffer comment = BUFFER_INIT;
    for (size_t end; (end = slice_find_char(text, '\n')) < text.len; text = slice_after(text, end + 1)) {
        struct slice line = slice_part(text, 0, end);
        const char *name = field_of_line(line);
        if (is_comment_or_blank(line)) {
            buffer_add(&comment, slice_part(text, 0, end + 1));
        } else if (name) {
            keep_field(a, file, name, &comment);
        } else if (comment.len && file->count) {
            buffer_add(&file->fields[file->count - 1].comment, buffer_slice(&comment));
            buffer_clear(&comment);
        }
    }
    buffer_release(&comment);
}

/* --- entry points ------------------------------------------------------------------------------------------------- */

bool kustomization_file_open(struct arena *a, struct source_set *sources, struct kustomization_file *file,
                             struct diag *diag)
{
    struct slice text;
    memset(file, 0, sizeof *file);
    if (!find_file(file, diag) || !file_read(a, file->path, 0, &text, diag))
        return false;
    const struct source *source = source_set_keep(sources, slice_text(file->path), text);
    if (!kustomization_read_for_edit(a, source, text, &file->k, diag))
        return false;
    read_fields(a, file, text);
    return true;
}

static bool write_field(struct arena *a, struct value fields, const char *name, struct buffer *out, struct diag *diag)
{
    struct value *v = node_field(fields, name);
    struct slice error;
    if (!v || v->kind == VALUE_NIL)
        return true;
    struct map *one = map_new(a, 1);
    map_set_text(one, name, *v);
    return yaml_write(out, value_map(one), a, &error) || diag_error_slice(diag, error);
}

static bool had_field(const struct kustomization_file *file, const char *name)
{
    for (size_t i = 0; i < file->count; i++) {
        if (file->fields[i].name == name)
            return true;
    }
    return false;
}

bool kustomization_file_write(struct arena *a, const struct kustomization_file *file, struct diag *diag)
{
    struct value fields = record_write(a, &kustomization_record, &file->k);
    struct buffer out = BUFFER_INIT;
    bool done = true;
    for (size_t i = 0; done && i < file->count; i++) {
        buffer_add(&out, buffer_slice(&file->fields[i].comment));
        done = write_field(a, fields, file->fields[i].name, &out, diag);
    }
    for (size_t i = 0; done && i < FIELD_COUNT; i++) {
        if (!had_field(file, field_order[i]))
            done = write_field(a, fields, field_order[i], &out, diag);
    }
    done = done && file_write(file->path, buffer_slice(&out), NULL, diag);
    buffer_release(&out);
    return done;
}

void kustomization_file_release(struct kustomization_file *file)
{
    for (size_t i = 0; i < file->count; i++)
        buffer_release(&file->fields[i].comment);
    file->count = 0;
}

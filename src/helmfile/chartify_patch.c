/*
 * chartify_patch.c - patches and transformers over what a chart renders
 *
 * The rendered files are the resources of a kustomization, the release's patches its patches; what kustomize builds of
 * it becomes two files, one of resources and one of CRDs.
 */
#include "helmfile/chartify_parts.h"

#include "base/file.h"
#include "codec/yaml_read.h"
#include "codec/yaml_write.h"
#include "helmfile/release_values.h"
#include "value/merge.h"

struct patching {
    struct chartifying *c;
    struct scratch folder;
    struct buffer kustomization;
    struct value data; /* the dot of patches that are templates */
};

static bool write_file(struct patching *p, struct slice name, struct slice text)
{
    return scratch_write(&p->folder, p->c->arena, name, text, NULL, p->c->diag);
}

/* The release's values as a whole: in templates of patches they lie over those of the state. */
static bool make_data(struct patching *p)
{
    struct chartifying *c = p->c;
    struct value documents;
    struct value merged = c->release->state->values;
    if (!release_values_documents(c->h, c->release, true, &documents, c->diag)) {
        diag_prefix(c->diag, "failed to compute merged release values for patch rendering: ");
        return false;
    }
    for (uint32_t i = 0; i < documents.list->len; i++)
        merged = merge_values(c->arena, merged, documents.list->items[i], &merge_helmfile_layers);
    p->data = release_spec_data_over(c->h, c->release, merged);
    return true;
}

static bool read_texts(struct patching *p, const char *key, struct helmfile_texts *out)
{
    return release_values_texts(p->c->h, p->c->release, key, p->data, out, p->c->diag);
}

/* --- resources ------------------------------------------------------------------------------------------------ */

static bool write_resources(struct patching *p, const struct file_list *rendered)
{
    buffer_add_text(&p->kustomization, "resources:\n");
    for (size_t i = 0; i < rendered->files.count; i++) {
        const struct chart_file *file = &rendered->files.items[i];
        if (!write_file(p, file->name, file->bytes))
            return false;
        buffer_printf(&p->kustomization, "- %.*s\n", SLICE_ARG(file->name));
    }
    return true;
}

/* --- patches -------------------------------------------------------------------------------------------------- */

static bool read_yaml(struct patching *p, struct slice text, struct value *out)
{
    static const struct yaml_read_options options = {.no_origin = true, .go_yaml_v3 = true};
    struct yaml_error error;
    return yaml_read(p->c->arena, NULL, text, &options, out, &error) || diag_error_slice(p->c->diag, error.message);
}

static bool add_indented(struct patching *p, struct value v)
{
    struct buffer text = BUFFER_INIT;
    struct slice error;
    struct slice line;
    bool ok = yaml_write_pretty(&text, v, p->c->arena, &error);
    struct slice rest = slice_trim(buffer_slice(&text));
    for (bool first = true; ok && slice_next_piece(&rest, '\n', &line); first = false)
        buffer_printf(&p->kustomization, "%s%.*s\n", first ? "- " : "  ", SLICE_ARG(line));
    buffer_release(&text);
    return ok || diag_error_slice(p->c->diag, error);
}

/* A file of the chart that a patch names: kustomize looks for it beside the kustomization. */
static bool copy_chart_file(struct patching *p, struct slice path)
{
    struct chart_file *file = chartify_find(&p->c->files, arena_text(p->c->arena, path));
    return !file || write_file(p, path, file->bytes);
}

static bool add_json_patch(struct patching *p, struct slice text, size_t index)
{
    struct arena *a = p->c->arena;
    struct value read;
    struct buffer operations = BUFFER_INIT;
    struct slice error;
    if (!read_yaml(p, text, &read))
        return false;
    struct map *entry = map_new(a, 2);
    struct slice path = field_text(read, "path");
    struct value list = field_value(read, "patch");
    map_set_text(entry, "target", field_value(read, "target"));
    if (path.len) {
        map_set_text(entry, "path", value_string(path));
        return copy_chart_file(p, path) && add_indented(p, value_map(entry));
    }
    if (list.kind != VALUE_LIST || list.list->len == 0)
        return diag_error(p->c->diag, "either \"path\" or \"patch\" must be set in jsonPatches[%zu]", index);
    path = arena_printf(a, "jsonpatches/patch.%zu.yaml", index);
    map_set_text(entry, "path", value_string(path));
    bool ok = yaml_write_pretty(&operations, list, a, &error) || diag_error_slice(p->c->diag, error);
    ok = ok && write_file(p, path, buffer_slice(&operations)) && add_indented(p, value_map(entry));
    buffer_release(&operations);
    return ok;
}

static bool add_json_patches(struct patching *p, const struct helmfile_texts *texts)
{
    for (size_t i = 0; i < texts->count; i++) {
        if (!add_json_patch(p, texts->items[i], i))
            return false;
    }
    return true;
}

static bool add_files(struct patching *p, const struct helmfile_texts *texts, const char *folder, const char *what,
                      const char *line)
{
    for (size_t i = 0; i < texts->count; i++) {
        struct slice name = arena_printf(p->c->arena, "%s/%s.%zu.yaml", folder, what, i);
        if (!write_file(p, name, texts->items[i]))
            return false;
        buffer_printf(&p->kustomization, "%s%.*s\n", line, SLICE_ARG(name));
    }
    return true;
}

/* --- transformers --------------------------------------------------------------------------------------------- */

/* A file that a transformer names is copied beside the kustomization, and the name changed accordingly. */
static bool localize(struct patching *p, struct slice text, size_t index, struct slice *out)
{
    struct arena *a = p->c->arena;
    struct value v;
    struct slice content;
    struct slice error;
    struct buffer written = BUFFER_INIT;
    *out = text;
    if (!read_yaml(p, text, &v))
        return false;
    struct slice path = field_text(v, "path");
    const char *file = file_join(a, p->c->release->state->folder, path);
    if (path.len == 0 || !file_exists(file) || file_is_directory(file))
        return true;
    struct slice name = arena_printf(a, "transformer-patch-files/patchfile.%zu.yaml", index);
    if (!file_read(a, file, 0, &content, p->c->diag) || !write_file(p, name, content))
        return false;
    struct map *map = map_copy(a, v.map);
    map_set_text(map, "path", value_string(name));
    bool ok = yaml_write_pretty(&written, value_map(map), a, &error) || diag_error_slice(p->c->diag, error);
    *out = buffer_move(&written, a);
    return ok;
}

static bool add_transformers(struct patching *p)
{
    struct helmfile_texts texts;
    if (!read_texts(p, "transformers", &texts))
        return false;
    struct slice *local = ARENA_ARRAY(p->c->arena, struct slice, texts.count);
    for (size_t i = 0; i < texts.count; i++) {
        if (!localize(p, texts.items[i], i, &local[i]))
            return false;
    }
    texts.items = local;
    if (texts.count)
        buffer_add_text(&p->kustomization, "transformers:\n");
    return add_files(p, &texts, "transformers", "transformer", "- ");
}

static bool add_patches(struct patching *p)
{
    struct helmfile_texts json;
    struct helmfile_texts strategic;
    if (!read_texts(p, "jsonPatches", &json) || !read_texts(p, "strategicMergePatches", &strategic))
        return false;
    if (json.count || strategic.count)
        buffer_add_text(&p->kustomization, "patches:\n");
    return add_json_patches(p, &json) && add_files(p, &strategic, "strategicmergepatches", "patch", "- path: ");
}

/* --- the result ----------------------------------------------------------------------------------------------- */

static bool is_crd(struct patching *p, struct slice document, bool *out)
{
    struct value v;
    if (!read_yaml(p, document, &v))
        return false;
    *out = slice_is(field_text(v, "kind"), "CustomResourceDefinition");
    return true;
}

/* Parts the documents of what kustomize built into resources and CRDs. */
static bool part_documents(struct patching *p, struct slice all, struct buffer *resources, struct buffer *crds)
{
    const struct slice separator = SLICE_INIT("\n---\n");
    while (all.len) {
        size_t at = slice_find(all, separator);
        size_t end = at == all.len ? all.len : at + 1;
        bool crd;
        if (!is_crd(p, slice_part(all, 0, end), &crd))
            return false;
        buffer_add(crd ? crds : resources, slice_part(all, 0, end));
        buffer_add_text(crd ? crds : resources, "---\n");
        all = slice_after(all, at == all.len ? all.len : at + separator.len);
    }
    return true;
}

/* CRDs stay where their chart had them: below templates/ they are rendered with the rest. */
static const char *crd_file(const struct file_list *rendered)
{
    for (size_t i = 0; i < rendered->files.count; i++) {
        if (slice_starts(rendered->files.items[i].name, SLICE("templates/crds/")))
            return "templates/crds/patched_crds.yaml";
    }
    return "crds/patched_crds.yaml";
}

static bool replace_rendered(struct patching *p, struct slice built, struct file_list *rendered)
{
    struct buffer resources = BUFFER_INIT;
    struct buffer crds = BUFFER_INIT;
    const char *crd_name = crd_file(rendered);
    bool ok = part_documents(p, built, &resources, &crds);
    *rendered = (struct file_list){{NULL, 0}, 0};
    if (crds.len)
        chartify_add(p->c, rendered, slice_text(crd_name), buffer_move(&crds, p->c->arena));
    if (resources.len)
        chartify_add(p->c, rendered, SLICE("templates/patched_resources.yaml"), buffer_move(&resources, p->c->arena));
    buffer_release(&resources);
    buffer_release(&crds);
    return ok;
}

static bool build(struct patching *p, struct file_list *rendered)
{
    struct chartifying *c = p->c;
    struct buffer built = BUFFER_INIT;
    bool ok = write_file(p, SLICE("kustomization.yaml"), buffer_slice(&p->kustomization)) &&
              chartify_kustomize(c, p->folder.path, false, &built) &&
              replace_rendered(p, buffer_slice(&built), rendered);
    buffer_release(&built);
    return ok;
}

bool chartify_patch(struct chartifying *c, struct file_list *rendered)
{
    struct patching p = {.c = c};
    if (!make_data(&p) || !scratch_make(&p.folder, c->arena, c->diag))
        return false;
    bool ok = write_resources(&p, rendered) && add_patches(&p) && add_transformers(&p) && build(&p, rendered);
    buffer_release(&p.kustomization);
    scratch_release(&p.folder);
    return ok;
}

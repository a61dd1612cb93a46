/*
 * helmfile_write_values.c - `helmfile write-values`
 */
#include "base/file.h"
#include "cli/helmfile_options.h"
#include "codec/yaml_write.h"
#include "helmfile/release_values.h"
#include "project/output_name.h"
#include "value/merge.h"

struct writing {
    struct helmfile helmfile;
    struct context *context;
    const struct helmfile_command *command;
    size_t count;
};

/* The release's values files and maps, and those of the command line, merged; --set and set are not in it. */
static bool merged_values(struct writing *w, const struct release_spec *release, struct value *out, struct diag *diag)
{
    const struct text_list *files = &w->command->values;
    struct value documents;
    if (!release_values_documents(&w->helmfile, release, true, &documents, diag))
        return false;
    for (size_t i = 0; i < files->count; i++) {
        struct value document;
        if (!release_values_document(&w->helmfile, arena_text(w->helmfile.arena, files->items[i]), &document, diag))
            return false;
        list_add(w->helmfile.arena, documents.list, document);
    }
    *out = merge_layers(w->helmfile.arena, documents.list->items, documents.list->len, &merge_helm_layers);
    return true;
}

static bool write_release(struct writing *w, const struct release_spec *release, struct diag *diag)
{
    struct slice template = w->command->output_file_template;
    struct buffer text = BUFFER_INIT;
    struct value merged;
    struct slice error;
    const char *path;
    if (!output_name_make(w->helmfile.arena, release, template.len ? template : SLICE(OUTPUT_NAME_VALUES),
                          slice_of("", 0), &path, diag) ||
        !merged_values(w, release, &merged, diag))
        return false;
    diag_info(w->context->diag, "Writing values file %s", path);
    bool ok = (yaml_write_pretty(&text, merged, w->helmfile.arena, &error) || diag_error_slice(diag, error)) &&
              file_write(path, buffer_slice(&text), NULL, diag);
    buffer_release(&text);
    return ok;
}

static bool write_state(void *context, const struct state *state, const struct release_list *releases,
                        const struct helmfile_texts *selectors, struct diag *diag)
{
    struct writing *w = context;
    bool *selected = ARENA_ARRAY(w->helmfile.arena, bool, releases->count);
    (void)state;
    if (!needs_select(&w->helmfile, releases, selectors, selected, diag))
        return false;
    for (size_t i = 0; i < releases->count; i++) {
        if (!selected[i])
            continue;
        w->count++;
        if (releases->items[i].installed && !write_release(w, &releases->items[i], diag))
            return false;
    }
    return true;
}

int helmfile_write_values(struct context *c, const struct helmfile_command *o)
{
    struct writing w = {.context = c, .command = o};
    bool ok = helmfile_each_state(c, o, write_state, &w, &w.helmfile);
    return helmfile_finish(c, o, ok, w.count > 0);
}

/*
 * context.c - what all of Helmfile's modules share during one run
 */
#include "helmfile/context.h"

#include "base/file.h"
#include "helmfile/vals.h"

static bool resolve(void *context, struct slice folder, struct value v, struct value *out, struct diag *diag)
{
    return vals_resolve(context, folder, v, out, diag);
}

void helmfile_init(struct helmfile *h, struct arena *a, struct source_set *sources,
                   const struct helmfile_options *options)
{
    struct gotmpl_options templates = {.allow_exec = options->allow_exec, .resolve = resolve, .context = h};
    h->arena = a;
    h->sources = sources;
    h->options = options;
    h->gotmpl = gotmpl_new(a, sources, &templates);
    h->files = map_new(a, 16);
    h->secrets = map_new(a, 0);
    h->told_of_hooks = false;
    h->told_of_references = false;
    h->secret_source = NULL;
}

bool helmfile_read(struct helmfile *h, const char *path, const struct source **source, struct diag *diag)
{
    struct slice text;
    if (!file_read(h->arena, path, 0, &text, diag))
        return false;
    *source = source_set_add(h->sources, arena_slice(h->arena, slice_text(path)), text);
    return true;
}

void helmfile_locate(struct helmfile *h, struct value at, struct diag *diag)
{
    const struct source *source = source_set_find(h->sources, (uint32_t)at.origin.source);
    if (source)
        diag_locate_origin(diag, source, at.origin);
}

struct helmfile_texts field_texts(struct arena *a, struct value map, const char *key)
{
    struct field_items items = field_items(map, key);
    struct slice *texts = ARENA_ARRAY(a, struct slice, items.count);
    for (size_t i = 0; i < items.count; i++)
        texts[i] = value_slice(items.items[i]);
    return (struct helmfile_texts){texts, items.count};
}

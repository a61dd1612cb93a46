/*
 * chartify_namespace.c - a namespace for what has none
 *
 * Files are read into YAML's nodes and written again, with the namespace behind the other metadata. Documents that name
 * their namespace keep it, and are written anew all the same.
 */
#include "helmfile/chartify_parts.h"

#include "codec/yaml_restyle.h"

bool chartify_set_namespace(struct chartifying *c, struct file_list *rendered, struct slice name_space)
{
    struct yaml_addition addition = {"metadata", "namespace", name_space};
    for (size_t i = 0; i < rendered->files.count; i++) {
        struct chart_file *file = &rendered->files.items[i];
        struct buffer text = BUFFER_INIT;
        struct slice error;
        bool ok = yaml_restyle(c->arena, file->bytes, &addition, &text, &error);
        file->bytes = buffer_move(&text, c->arena);
        if (!ok)
            return diag_error(c->diag, "parsing yaml from %.*s: %.*s", SLICE_ARG(file->name), SLICE_ARG(error));
    }
    return true;
}

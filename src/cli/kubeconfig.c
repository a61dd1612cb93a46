/*
 * kubeconfig.c - the namespace of a kubeconfig's context
 */
#include "cli/kubeconfig.h"

#include "base/file.h"
#include "codec/yaml_read.h"

#include <stdlib.h>

enum { LARGEST_KUBECONFIG = 16 << 20 };

static struct slice text_of(const struct value *v)
{
    return v && v->kind == VALUE_STRING ? value_slice(*v) : slice_of(NULL, 0);
}

static bool read_yaml(struct arena *a, const char *path, struct value *out)
{
    struct diag ignored;
    struct slice text;
    struct yaml_error error;
    const struct yaml_read_options options = {.no_origin = true};
    diag_init(&ignored);
    bool ok = file_read(a, path, LARGEST_KUBECONFIG, &text, &ignored) &&
              yaml_read(a, NULL, text, &options, out, &error) && out->kind == VALUE_MAP;
    diag_release(&ignored);
    return ok;
}

static struct slice namespace_of(const struct value *contexts, struct slice name)
{
    for (uint32_t i = 0; contexts && contexts->kind == VALUE_LIST && i < contexts->list->len; i++) {
        struct value item = contexts->list->items[i];
        if (item.kind != VALUE_MAP || !slice_equal(text_of(map_find_text(item.map, "name")), name))
            continue;
        const struct value *context = map_find_text(item.map, "context");
        if (context && context->kind == VALUE_MAP)
            return text_of(map_find_text(context->map, "namespace"));
    }
    return slice_of(NULL, 0);
}

/* The first file that has the context decides, as kubectl merges a list of files. */
static struct slice namespace_in_file(struct arena *a, const char *path, struct slice *context)
{
    struct value root;
    if (!read_yaml(a, path, &root))
        return slice_of(NULL, 0);
    if (context->len == 0)
        *context = text_of(map_find_text(root.map, "current-context"));
    return namespace_of(map_find_text(root.map, "contexts"), *context);
}

struct slice kubeconfig_namespace(struct arena *a, struct slice file, struct slice context)
{
    const char *variable = getenv("KUBECONFIG");
    const char *home = getenv("HOME");
    struct slice rest = file;
    struct slice path;
    if (rest.len == 0 && variable && *variable)
        rest = slice_text(variable);
    else if (rest.len == 0)
        rest = arena_printf(a, "%s/.kube/config", home ? home : "");
    while (slice_next_piece(&rest, ':', &path)) {
        struct slice name_space = namespace_in_file(a, arena_text(a, path), &context);
        if (name_space.len)
            return name_space;
    }
    return SLICE("default");
}

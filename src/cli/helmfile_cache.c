/*
 * helmfile_cache.c - `helmfile cache info` and `helmfile cache cleanup`
 *
 * The cache is that of remote files: $HELMFILE_CACHE_HOME, or helmfile/ in the user's cache folder.
 */
#include "base/file.h"
#include "base/scratch.h"
#include "cli/helmfile_options.h"

#include <stdlib.h>

static const char *cache_folder(struct arena *a)
{
    const char *home = getenv("HELMFILE_CACHE_HOME");
    const char *user = getenv("XDG_CACHE_HOME");
    if (home && *home)
        return home;
    if (user && *user)
        return file_join(a, slice_text(user), SLICE("helmfile"));
    const char *own = getenv("HOME");
    return own && *own ? file_join(a, slice_text(own), SLICE(".cache/helmfile")) : ".helmfile";
}

static bool list_cache(struct context *c, const char *folder, bool remove, struct buffer *out)
{
    struct slice *names;
    size_t count;
    if (!file_list(c->arena, folder, &names, &count, c->diag))
        return false;
    for (size_t i = 0; i < count; i++) {
        buffer_printf(out, "- %.*s\n", SLICE_ARG(names[i]));
        if (remove)
            scratch_remove(file_join(c->arena, slice_text(folder), names[i]));
    }
    return true;
}

int helmfile_cache(struct context *c, const struct helmfile_command *o)
{
    struct slice verb = o->words.count > 1 ? o->words.items[1] : SLICE("");
    const char *folder = cache_folder(c->arena);
    struct buffer out = BUFFER_INIT;
    bool cleanup = slice_is(verb, "cleanup");
    bool ok = true;
    if (!cleanup && !slice_is(verb, "info")) {
        diag_error(c->diag, "helmfile cache takes 'info' or 'cleanup'");
        return context_finish(c, EXIT_NO_MATCH);
    }
    bool exists = file_is_directory(folder);
    if (!cleanup || exists)
        buffer_printf(&out, "%s: %s\n", cleanup ? "Cleaning up cache directory" : "Cache directory", folder);
    if (exists)
        ok = list_cache(c, folder, cleanup, &out);
    ok = context_print(c, buffer_slice(&out)) && ok;
    buffer_release(&out);
    return context_finish(c, ok ? EXIT_DONE : EXIT_FAILED);
}

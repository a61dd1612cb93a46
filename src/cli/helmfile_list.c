/*
 * helmfile_list.c - `helmfile list`
 */
#include "cli/helmfile_options.h"
#include "project/listing.h"

int helmfile_list(struct context *c, const struct helmfile_command *o)
{
    struct plan_options options;
    struct listing listing;
    struct slice path;
    struct buffer text = BUFFER_INIT;
    if (!helmfile_enter(c, o, &options, &path) ||
        !listing_releases(c->arena, c->sources, path, &options, &listing, c->diag))
        return helmfile_finish(c, o, false, false);
    if (listing.count && slice_is(o->output, "json"))
        listing_write_json(&listing, &text);
    else if (listing.count)
        listing_write_table(&listing, &text);
    bool ok = context_print(c, buffer_slice(&text));
    buffer_release(&text);
    return helmfile_finish(c, o, ok, listing.count > 0);
}

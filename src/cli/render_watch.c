/*
 * render_watch.c - `yare render --watch`: render again when files change
 *
 * Each round renders everything into memory of its own and is compared with the last round that went well; then that
 * one is let go.
 */
#include "cli/render_watch.h"

#include "base/file.h"
#include "base/file_watch.h"
#include "cli/diff_sides.h"
#include "report/cause.h"
#include "report/common.h"
#include "report/write_text.h"

#include <unistd.h>

struct round {
    struct arena arena;
    struct diag diag;
    struct context context;
    struct comparison comparison; /* of which only the right sides are used */
};

static void round_init(struct round *r, const struct context *c, const struct render_watch *watch)
{
    size_t count = watch->environments->count ? watch->environments->count : 1;
    memset(r, 0, sizeof *r);
    arena_init(&r->arena);
    diag_init(&r->diag);
    r->context = *c;
    r->context.arena = &r->arena;
    r->context.diag = &r->diag;
    r->context.sources = source_set_new();
    r->comparison = (struct comparison){.context = &r->context,
                                        .pairs = ARENA_ARRAY(&r->arena, struct diff_pair, count),
                                        .count = count,
                                        .render = *watch->render};
    r->comparison.render.trace = true;
    r->comparison.render.seeded = true; /* what is random is the same in all rounds */
    for (size_t i = 0; i < count; i++) {
        struct diff_pair *pair = &r->comparison.pairs[i];
        pair->right.kind = SIDE_PROJECT;
        pair->right.path = watch->path;
        pair->right.options = *watch->options;
        if (watch->environments->count)
            pair->right.options.helmfile.environment = watch->environments->items[i];
        if (count > 1)
            pair->environment = pair->right.options.helmfile.environment;
    }
}

static void round_release(struct round *r)
{
    comparison_end(&r->comparison);
    source_set_free(r->context.sources);
    diag_release(&r->diag);
    arena_release(&r->arena);
}

/* Watches the folders of all files that were read. */
static void watch_sources(struct file_watch *files, struct round *r)
{
    const struct source *source;
    for (uint32_t id = 1; (source = source_set_find(r->context.sources, id)); id++) {
        const char *name = arena_text(&r->arena, source->name);
        if (source->name.len && file_exists(name))
            file_watch_add(files, arena_text(&r->arena, file_folder(source->name)));
    }
}

static void set_scope(struct cause_scope *scope, const struct diff_pair *pair, const struct round *before,
                      const struct round *after)
{
    const struct diff_side *old = &before->comparison.pairs[pair - after->comparison.pairs].right;
    *scope = (struct cause_scope){.environment = pair->environment,
                                  .left = before->comparison.rendered.releases + old->from,
                                  .left_count = old->to - old->from,
                                  .right = after->comparison.rendered.releases + pair->right.from,
                                  .right_count = pair->right.to - pair->right.from};
}

static bool compare(struct round *before, struct round *after, struct diff *diff)
{
    struct comparison *now = &after->comparison;
    struct cause_scope *scopes = ARENA_ARRAY(&after->arena, struct cause_scope, now->count);
    struct cause_options causes = {.left = {.sources = before->context.sources},
                                   .right = {.sources = after->context.sources},
                                   .scopes = scopes,
                                   .scope_count = now->count};
    struct diff_options options = {.causes = &causes, .threads = now->render.threads};
    for (size_t i = 0; i < now->count; i++)
        set_scope(&scopes[i], &now->pairs[i], before, after);
    for (size_t i = 0; i < now->count; i++) {
        if (!diff_objects(diff, now->pairs[i].environment, &before->comparison.pairs[i].right.objects,
                          &now->pairs[i].right.objects, &options, &after->diag))
            return false;
    }
    diff_find_common(diff);
    return true;
}

static bool print_changes(struct round *before, struct round *after, bool colour)
{
    struct diff diff;
    struct text_options options = {.colour = colour};
    struct buffer text = BUFFER_INIT;
    diff_init(&diff, &after->arena, SLICE("before"), SLICE("now"));
    bool ok = compare(before, after, &diff);
    if (ok)
        diff_write_text(&diff, &options, &text);
    ok = ok && context_print(&after->context, buffer_slice(&text));
    buffer_release(&text);
    diff_release(&diff);
    return ok;
}

static void say(const char *what, struct slice text)
{
    struct buffer line = BUFFER_INIT;
    buffer_printf(&line, "%s%.*s\n", what, SLICE_ARG(text));
    file_write_descriptor(STDERR_FILENO, buffer_slice(&line));
    buffer_release(&line);
}

/* One change: renders anew. What fails is said, and the last good round stays what the next is compared with. */
static bool next_round(struct context *c, const struct render_watch *watch, struct file_watch *files,
                       struct round **last)
{
    struct round *round = ARENA_NEW(c->arena, struct round);
    round_init(round, c, watch);
    bool rendered = comparison_read(&round->comparison);
    bool ok = !rendered || !*last || print_changes(*last, round, watch->colour);
    watch_sources(files, round);
    context_finish(&round->context, EXIT_DONE);
    diag_clear(&round->diag);
    if (!rendered || !ok) {
        round_release(round);
        return ok;
    }
    if (*last)
        round_release(*last);
    *last = round;
    return true;
}

bool render_watch_run(struct context *c, const struct render_watch *watch)
{
    struct file_watch files;
    struct round *last = NULL;
    struct buffer name = BUFFER_INIT;
    if (!file_watch_open(&files, c->diag))
        return false;
    if (file_is_directory(arena_text(c->arena, watch->path)))
        file_watch_add(&files, arena_text(c->arena, watch->path));
    bool ok = next_round(c, watch, &files, &last);
    if (ok)
        say("watching for changes (Ctrl-C ends)", slice_of("", 0));
    while (ok && file_watch_wait(&files, &name, c->diag)) {
        say("changed: ", buffer_slice(&name));
        ok = next_round(c, watch, &files, &last);
    }
    if (last)
        round_release(last);
    buffer_release(&name);
    file_watch_close(&files);
    return false;
}

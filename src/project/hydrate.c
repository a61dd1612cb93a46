/*
 * hydrate.c - rendered releases as Argo CD's source hydrator lays them out
 */
#include "project/hydrate.h"

#include "base/file.h"
#include "codec/json_write.h"
#include "codec/yaml_read.h"
#include "codec/yaml_write.h"

struct hydrated_release {
    struct slice path; /* below the folder: ENVIRONMENT/RELEASE */
    struct slice manifest;
    struct slice command; /* that renders it */
};

struct hydration {
    struct arena *arena;
    const struct repository *repository;
    struct slice folder;
    struct slice environment;
    struct hydrated_release *releases;
    size_t count;
    size_t cap;
};

struct hydration *hydration_new(struct arena *a, const struct repository *repository, struct slice folder)
{
    struct hydration *h = ARENA_NEW(a, struct hydration);
    *h = (struct hydration){.arena = a, .repository = repository, .folder = folder};
    return h;
}

void hydration_begin(struct hydration *h, struct slice environment)
{
    h->environment = environment;
}

/* --- manifest.yaml -------------------------------------------------------------------------------------------- */

struct manifest_writing {
    struct arena arena; /* of the objects as values */
    struct buffer text;
    struct diag *diag;
};

static bool write_object(void *context, struct slice document)
{
    const struct yaml_read_options options = {.keep_integers = true, .no_origin = true};
    struct manifest_writing *w = context;
    struct yaml_error error;
    struct slice text;
    struct value object;
    if (!yaml_read(&w->arena, NULL, document, &options, &object, &error))
        return diag_error_slice(w->diag, error.message);
    if (value_is_nil(object))
        return true;
    if (w->text.len)
        buffer_add_text(&w->text, "---\n");
    return yaml_write_pretty(&w->text, object, &w->arena, &text) || diag_error_slice(w->diag, text);
}

static bool write_manifest(struct slice rendered, struct arena *a, struct slice *out, struct diag *diag)
{
    struct manifest_writing w = {.text = BUFFER_INIT, .diag = diag};
    arena_init(&w.arena);
    bool ok = manifest_split(rendered, write_object, &w);
    *out = buffer_move(&w.text, a);
    arena_release(&w.arena);
    return ok;
}

static struct slice command_of(struct arena *a, struct slice environment, const struct planned_release *release)
{
    if (environment.len == 0)
        return SLICE("yare render .");
    return arena_printf(a, "yare render . -e %.*s -l name=%.*s,namespace=%.*s", SLICE_ARG(environment),
                        SLICE_ARG(release->name), SLICE_ARG(release->name_space));
}

bool hydration_add(void *hydration, const struct rendered_release *rendered, struct diag *diag)
{
    struct hydration *h = hydration;
    h->releases = arena_room(h->arena, h->releases, h->count, &h->cap, sizeof *h->releases);
    struct hydrated_release *r = &h->releases[h->count++];
    r->path = arena_slice(h->arena, slice_text(file_join(h->arena, h->environment, rendered->planned->name)));
    r->command = command_of(h->arena, h->environment, rendered->planned);
    return write_manifest(rendered->text, h->arena, &r->manifest, diag);
}

/* --- what stands beside it ------------------------------------------------------------------------------------ */

static void add_member(struct buffer *out, const char *key, struct slice text, struct arena *scratch)
{
    const struct json_write_options options = {.no_html_escape = true};
    struct slice error;
    if (text.len == 0)
        return;
    buffer_printf(out, "%s\n  \"%s\": ", out->len > 1 ? "," : "", key);
    json_write(out, value_string(text), &options, scratch, &error); /* a string always can be */
}

/* Argo CD's keys in its order; those without content are left out. */
static struct slice metadata_text(const struct hydration *h, const struct hydrated_release *release)
{
    const struct json_write_options options = {.no_html_escape = true};
    const struct repository *r = h->repository;
    struct buffer out = BUFFER_INIT;
    struct slice error;
    buffer_add_char(&out, '{');
    add_member(&out, "repoURL", r->url, h->arena);
    add_member(&out, "drySha", r->commit, h->arena);
    if (release) {
        buffer_printf(&out, "%s\n  \"commands\": [\n    ", out.len > 1 ? "," : "");
        json_write(&out, value_string(release->command), &options, h->arena, &error);
        buffer_add_text(&out, "\n  ]");
    } else {
        add_member(&out, "author", r->author, h->arena);
        add_member(&out, "date", r->date, h->arena);
        add_member(&out, "subject", r->subject, h->arena);
        add_member(&out, "body", r->body, h->arena);
    }
    buffer_add_text(&out, "\n}\n");
    return buffer_move(&out, h->arena);
}

static struct slice readme_text(const struct hydration *h, const struct hydrated_release *release)
{
    const struct repository *r = h->repository;
    struct buffer out = BUFFER_INIT;
    buffer_add_text(&out, "# Rendered manifests\n\nWritten by yare; changes made here are lost. To render them anew:\n\n"
                          "```shell\n");
    if (r->url.len)
        buffer_printf(&out, "git clone %.*s\ncd %.*s\n", SLICE_ARG(r->url), SLICE_ARG(repository_name(r->url)));
    if (r->commit.len)
        buffer_printf(&out, "git checkout %.*s\n", SLICE_ARG(r->commit));
    if (!slice_is(r->prefix, "."))
        buffer_printf(&out, "cd %.*s\n", SLICE_ARG(r->prefix));
    buffer_printf(&out, "%.*s\n```\n", SLICE_ARG(release->command));
    return buffer_move(&out, h->arena);
}

/* --- writing -------------------------------------------------------------------------------------------------- */

static bool write_file(const struct hydration *h, struct slice path, const char *name, struct slice text,
                       bool *changed, struct diag *diag)
{
    const char *folder = file_join(h->arena, h->folder, path);
    return file_write(file_join(h->arena, slice_text(folder), slice_text(name)), text, changed, diag);
}

static bool write_release(const struct hydration *h, const struct hydrated_release *release, size_t *changed_count,
                          struct diag *diag)
{
    bool changed;
    if (!write_file(h, release->path, "manifest.yaml", release->manifest, &changed, diag))
        return false;
    if (!changed)
        return true;
    ++*changed_count;
    return write_file(h, release->path, "hydrator.metadata", metadata_text(h, release), NULL, diag) &&
           write_file(h, release->path, "README.md", readme_text(h, release), NULL, diag);
}

bool hydration_write(struct hydration *h, size_t *changed, struct diag *diag)
{
    static const struct slice attributes = SLICE_INIT("**/README.md linguist-generated=true\n"
                                                      "**/hydrator.metadata linguist-generated=true");
    *changed = 0;
    for (size_t i = 0; i < h->count; i++) {
        if (!write_release(h, &h->releases[i], changed, diag))
            return false;
    }
    if (*changed == 0)
        return true;
    return write_file(h, SLICE(""), ".gitattributes", attributes, NULL, diag) &&
           write_file(h, SLICE(""), "hydrator.metadata", metadata_text(h, NULL), NULL, diag);
}

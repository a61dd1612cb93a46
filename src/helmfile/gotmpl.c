/*
 * gotmpl.c - the templates of Helmfile
 */
#include "helmfile/gotmpl.h"

#include "base/file.h"
#include "base/limits.h"
#include "funcs/helm_funcs.h"
#include "golang/path.h"
#include "golang/regexp.h"
#include "helmfile/gotmpl_funcs.h"
#include "helmfile/template_record.h"

#include <stdlib.h>

/* The partials of a folder. */
struct partials {
    struct partials *next;
    struct slice folder;
    const struct template_set *set;
};

struct gotmpl {
    struct arena *arena;
    struct source_set *sources;
    struct gotmpl_options options;
    const struct function_table *functions;
    struct partials *partials;
    bool no_insecure;
};

static bool is_true(const char *variable)
{
    const char *value = getenv(variable);
    return value && (strcmp(value, "true") == 0 || strcmp(value, "1") == 0 || strcmp(value, "t") == 0 ||
                     strcmp(value, "T") == 0 || strcmp(value, "TRUE") == 0 || strcmp(value, "True") == 0);
}

struct gotmpl *gotmpl_new(struct arena *a, struct source_set *sources, const struct gotmpl_options *options)
{
    struct gotmpl *g = ARENA_NEW(a, struct gotmpl);
    g->arena = a;
    g->sources = sources;
    g->options = *options;
    g->functions = gotmpl_functions(a);
    g->no_insecure = is_true("HELMFILE_DISABLE_INSECURE_FEATURES") ||
                     is_true("HELMFILE_DISABLE_INSECURE_TEMPLATE_FUNCTIONS");
    return g;
}

bool gotmpl_is_template(struct slice path)
{
    return slice_ends(path, SLICE(".gotmpl"));
}

/* --- partials ------------------------------------------------------------------------------------------------- */

static bool parse_partial(struct gotmpl *g, struct template_set *set, const char *path, struct diag *diag)
{
    struct slice text;
    if (!file_read(g->arena, path, 0, &text, diag))
        return false;
    const struct source *source = source_set_add(g->sources, slice_text(path), text);
    if (template_set_parse(set, SLICE("stringTemplate"), text, source, NULL, diag))
        return true;
    diag_prefix(diag, "failed to parse helper template %s: ", path);
    return false;
}

static bool is_partial(struct slice name)
{
    return slice_starts(name, SLICE("_")) && slice_ends(name, SLICE(".tpl"));
}

static bool parse_partials(struct gotmpl *g, struct template_set *set, struct slice folder, struct diag *diag)
{
    struct slice *names;
    size_t count;
    const char *path = arena_text(g->arena, folder);
    if (!file_is_directory(path))
        return true;
    if (!file_list(g->arena, path, &names, &count, diag))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (is_partial(names[i]) && !parse_partial(g, set, file_join(g->arena, folder, names[i]), diag))
            return false;
    }
    return true;
}

static const struct template_set *partials_of(struct gotmpl *g, struct slice folder, struct diag *diag)
{
    for (struct partials *p = g->partials; p; p = p->next) {
        if (slice_equal(p->folder, folder))
            return p->set;
    }
    struct template_set *set = template_set_new(g->arena, NULL, g->functions);
    if (!parse_partials(g, set, folder, diag))
        return NULL;
    struct partials *p = ARENA_NEW(g->arena, struct partials);
    p->next = g->partials;
    p->folder = arena_slice(g->arena, folder);
    p->set = set;
    g->partials = p;
    return set;
}

/* --- rendering ------------------------------------------------------------------------------------------------ */

/* The deepest link of the chain that has a place is where the fault lies. */
static bool report(const struct template_error *error, struct diag *diag)
{
    diag_error_slice(diag, error->text);
    const struct template_error *deepest = error;
    for (const struct template_error *e = error; e; e = e->cause) {
        if (e->place.source)
            deepest = e;
    }
    if (deepest->place.source)
        diag_locate(diag, deepest->place);
    return false;
}

/* What is rendered, and how. */
struct rendering {
    struct slice folder;
    const struct source *source;
    struct value data;
    bool is_rough;
};

static bool run(struct gotmpl *g, const struct rendering *r, const struct template_set *set, const struct tree *tree,
                const struct template_set *partials, struct slice *out, struct diag *diag)
{
    struct value data = r->data;
    struct gotmpl_host owner = {.sources = g->sources,
                                .folder = arena_text(g->arena, r->folder),
                                .is_rough = r->is_rough,
                                .allow_exec = g->options.allow_exec,
                                .no_insecure = g->no_insecure,
                                .partials = partials,
                                .options = &g->options,
                                .diag = diag};
    struct function_host host = {.owner = &owner, .includes = include_state_new(g->arena)};
    struct exec_environment environment = {.arena = g->arena,
                                           .host = &host,
                                           .output_limit = LIMIT_RENDERED_OUTPUT,
                                           .missing_key_is_error = !r->is_rough};
    struct template_error *error = NULL;
    struct buffer text = BUFFER_INIT;
    if (template_set_mutates(set) || template_set_mutates(partials))
        data = template_record_thaw(g->arena, data);
    bool ok = exec_tree(&environment, set, tree, data, &text, &error);
    regexp_cache_free(host.regexps);
    if (ok)
        *out = arena_slice(g->arena, buffer_slice(&text));
    buffer_release(&text);
    return ok || report(error, diag);
}

static bool render(struct gotmpl *g, const struct rendering *r, struct slice text, struct slice *out,
                   struct diag *diag)
{
    struct tree *tree;
    if (slice_find(text, SLICE("{{")) == text.len) {
        *out = text;
        return true;
    }
    const struct template_set *partials = partials_of(g, r->folder.len ? r->folder : SLICE("."), diag);
    if (!partials)
        return false;
    struct template_set *set = template_set_new(g->arena, partials, g->functions);
    return template_set_parse(set, SLICE("stringTemplate"), text, r->source, &tree, diag) &&
           run(g, r, set, tree, partials, out, diag);
}

bool gotmpl_render(struct gotmpl *g, struct slice folder, struct slice text, const struct source *source,
                   struct value data, struct slice *out, struct diag *diag)
{
    struct rendering r = {.folder = folder, .source = source, .data = data};
    return render(g, &r, text, out, diag);
}

bool gotmpl_render_roughly(struct gotmpl *g, struct slice folder, struct slice text, struct value data,
                           struct slice *out, struct diag *diag)
{
    struct rendering r = {.folder = folder, .data = data, .is_rough = true};
    return render(g, &r, text, out, diag);
}

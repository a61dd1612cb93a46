/*
 * helmfile_print_env.c - `helmfile print-env`
 */
#include "cli/helmfile_options.h"
#include "codec/json_write.h"
#include "codec/yaml_write.h"
#include "golang/path.h"
#include "helmfile/vals.h"

struct printing {
    struct helmfile helmfile;
    bool json;
    size_t count;
    struct buffer text;
};

static struct value environment_document(struct printing *p, const struct state *state)
{
    struct arena *a = p->helmfile.arena;
    struct map *map = map_new(a, 4);
    map_set_text(map, "filePath", value_string(state->full_path));
    if (state->environment.kube_context.len)
        map_set_text(map, "kubeContext", value_string(state->environment.kube_context));
    map_set_text(map, "name", value_string(state->environment.name));
    map_set_text(map, "values", vals_mask(a, p->helmfile.sources, state->values));
    return value_map(map);
}

/* The document as an item of the list: every line two blanks further in. */
static bool write_json(struct printing *p, struct value document, struct slice *error)
{
    static const struct json_write_options options = {.indent = "  "};
    struct buffer text = BUFFER_INIT;
    bool ok = json_write(&text, document, &options, p->helmfile.arena, error);
    struct slice rest = buffer_slice(&text);
    struct slice line;
    for (bool first = true; ok && slice_next_piece(&rest, '\n', &line); first = false) {
        buffer_add_text(&p->text, first ? "  " : "\n  ");
        buffer_add(&p->text, line);
    }
    buffer_release(&text);
    return ok;
}

static bool print_state(void *context, const struct state *state, const struct release_list *releases,
                        const struct helmfile_texts *selectors, struct diag *diag)
{
    struct printing *p = context;
    struct value document = environment_document(p, state);
    struct slice error;
    bool ok;
    (void)releases;
    (void)selectors;
    if (p->count++)
        buffer_add_text(&p->text, p->json ? ",\n" : "---\n");
    if (p->json)
        ok = write_json(p, document, &error);
    else
        ok = yaml_write_pretty(&p->text, document, p->helmfile.arena, &error);
    return ok || diag_error_slice(diag, error);
}

int helmfile_print_env(struct context *c, const struct helmfile_command *o)
{
    struct printing p = {.json = slice_is(o->output, "json")};
    if (!p.json && o->output.len && !slice_is(o->output, "yaml")) {
        diag_error(c->diag, "unsupported output format: %.*s (supported: yaml, json)", SLICE_ARG(o->output));
        return context_finish(c, EXIT_FAILED);
    }
    if (p.json)
        buffer_add_text(&p.text, "[\n");
    bool ok = helmfile_each_state(c, o, print_state, &p, &p.helmfile);
    if (p.json)
        buffer_add_text(&p.text, "\n]\n");
    ok = context_print(c, buffer_slice(&p.text)) && ok;
    buffer_release(&p.text);
    return helmfile_finish(c, o, ok, true);
}

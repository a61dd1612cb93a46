/*
 * hooks.c - programs that a state file wants run
 */
#include "helmfile/hooks.h"

#include "base/process.h"

#include <stdlib.h>

struct running {
    struct helmfile *h;
    const struct state *state;
    const struct release_spec *release; /* null: of the file */
    const char *event;
    const char *command;
    struct slice failure;
    struct value data;
    struct diag *diag;
};

/* --- what templates of hooks see ------------------------------------------------------------------------------ */

/* The fields of the release under the names that they have in Go: name is .Release.Name. */
static struct value release_data(struct running *r)
{
    struct arena *a = r->h->arena;
    const struct map *body = r->release->body.map;
    struct map *map = map_new(a, body->len);
    for (uint32_t i = 0; i < body->len; i++) {
        char *key = arena_text(a, body->entries[i].key);
        if (key[0] >= 'a' && key[0] <= 'z')
            key[0] = (char)(key[0] - 'a' + 'A');
        map_set_text(map, key, body->entries[i].value);
    }
    map_set_text(map, "Chart", value_string(r->release->chart));
    map_set_text(map, "KubeContext", value_string(r->release->kube_context));
    map_set_text(map, "Labels", r->release->labels);
    map_set_text(map, "Name", value_string(r->release->name));
    map_set_text(map, "Namespace", value_string(r->release->name_space));
    map_set_text(map, "Version", value_string(r->release->version));
    return value_map(map);
}

static void make_data(struct running *r)
{
    struct arena *a = r->h->arena;
    struct map *event = map_new(a, 2);
    struct map *data = map_new(a, 6);
    struct slice option = r->h->options->name_space;
    map_set_text(event, "Name", value_text(r->event));
    map_set_text(event, "Error", r->failure.len ? value_string(r->failure) : value_nil());
    map_set_text(data, "Environment", environment_record(a, &r->state->environment, false));
    map_set_text(data, "Event", value_map(event));
    map_set_text(data, "HelmfileCommand", value_text(r->command ? r->command : "template"));
    map_set_text(data, "Namespace", value_string(option.len ? option : field_text(r->state->top, "namespace")));
    if (r->release) {
        map_set_text(data, "Release", release_data(r));
        map_set_text(data, "Values", r->state->values);
    }
    r->data = value_map(data);
}

/* --- one hook ------------------------------------------------------------------------------------------------- */

static bool is_for(struct value hook, const char *event)
{
    struct field_items events = field_items(hook, "events");
    for (size_t i = 0; i < events.count; i++) {
        if (slice_is(value_slice(events.items[i]), event))
            return true;
    }
    return false;
}

static struct slice hook_name(struct value hook)
{
    struct slice name = field_text(hook, "name");
    if (name.len)
        return name;
    return field_value(hook, "kubectlApply").kind == VALUE_MAP ? SLICE("kubectlApply") : field_text(hook, "command");
}

static bool render(struct running *r, struct slice text, char **out)
{
    struct slice rendered;
    if (!gotmpl_render(r->h->gotmpl, r->state->folder, text, NULL, r->data, &rendered, r->diag))
        return false;
    *out = arena_text(r->h->arena, rendered);
    return true;
}

/* kubectl apply, of a file or a kustomization. */
static bool kubectl_words(struct running *r, struct value apply, char **words)
{
    struct slice file = field_text(apply, "filename");
    struct slice kustomize = field_text(apply, "kustomize");
    if (file.len && kustomize.len)
        return diag_error(r->diag, "kustomize & filename cannot be used together");
    if (file.len == 0 && kustomize.len == 0)
        return diag_error(r->diag, "either kustomize or filename must be given");
    words[0] = (char *)"kubectl";
    words[1] = (char *)"apply";
    words[2] = (char *)(file.len ? "-f" : "-k");
    words[3] = NULL;
    return render(r, file.len ? file : kustomize, &words[3]);
}

static bool hook_words(struct running *r, struct value hook, char ***out)
{
    struct field_items args = field_items(hook, "args");
    struct value apply = field_value(hook, "kubectlApply");
    char **words = ARENA_ARRAY(r->h->arena, char *, args.count + 5);
    *out = words;
    if (apply.kind == VALUE_MAP)
        return kubectl_words(r, apply, words);
    if (!render(r, field_text(hook, "command"), &words[0]))
        return false;
    for (size_t i = 0; i < args.count; i++) {
        if (!render(r, value_slice(args.items[i]), &words[i + 1]))
            return false;
    }
    return true;
}

static void show_log(struct running *r, struct slice output)
{
    struct buffer text = BUFFER_INIT;
    struct slice line;
    while (slice_next_piece(&output, '\n', &line))
        buffer_printf(&text, "\nhook[%s] logs | %.*s", r->event, SLICE_ARG(line));
    diag_info(r->diag, "%.*s", SLICE_ARG(buffer_slice(&text)));
    buffer_release(&text);
}

static bool run_hook(struct running *r, struct value hook)
{
    struct process_options options = {.folder = arena_text(r->h->arena, r->state->folder)};
    struct slice output;
    char **words;
    bool ok = hook_words(r, hook, &words);
    options.argv = words;
    if (ok && !process_run(r->h->arena, &options, &output, r->diag)) {
        diag_prefix(r->diag, "command `%s` failed: ", words[0]);
        ok = false;
    }
    if (!ok) {
        diag_prefix(r->diag, "hook[%.*s]: ", SLICE_ARG(hook_name(hook)));
        helmfile_locate(r->h, hook, r->diag);
        return false;
    }
    if (field_is_true(hook, "showlogs"))
        show_log(r, output);
    return true;
}

/* --- entry ---------------------------------------------------------------------------------------------------- */

static bool is_disabled(void)
{
    const char *value = getenv("HELMFILE_DISABLE_HOOKS");
    return value && (strcmp(value, "true") == 0 || strcmp(value, "1") == 0);
}

static void warn(struct running *r, struct value hook)
{
    if (!r->h->told_of_hooks) {
        diag_warning(r->diag, "hooks are not run: --allow-exec lets hook[%.*s] run at %s", SLICE_ARG(hook_name(hook)),
                     r->event);
        helmfile_locate(r->h, hook, r->diag);
    }
    r->h->told_of_hooks = true;
}

bool hooks_run(struct helmfile *h, const struct state *state, const struct release_spec *release, const char *event,
               const char *command, struct slice failure, struct diag *diag)
{
    struct running r = {
        .h = h, .state = state, .release = release, .event = event, .command = command, .failure = failure, .diag = diag};
    struct field_items hooks = field_items(release ? release->body : state->top, "hooks");
    if (hooks.count == 0)
        return true;
    if (is_disabled())
        return diag_error(diag, "HELMFILE_DISABLE_HOOKS is active, hooks are disabled");
    make_data(&r);
    for (size_t i = 0; i < hooks.count; i++) {
        if (!is_for(hooks.items[i], event))
            continue;
        if (!h->options->allow_exec)
            warn(&r, hooks.items[i]);
        else if (!run_hook(&r, hooks.items[i]))
            return false;
    }
    return true;
}

bool hooks_prepare_releases(struct helmfile *h, const struct release_list *releases, const bool *selected,
                            const char *command, struct diag *diag)
{
    for (size_t i = 0; i < releases->count; i++) {
        const struct release_spec *r = &releases->items[i];
        if (selected[i] && r->installed && !hooks_run(h, r->state, r, "prepare", command, SLICE(""), diag))
            return false;
    }
    return true;
}

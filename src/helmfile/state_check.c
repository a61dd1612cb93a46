/*
 * state_check.c - what Helmfile checks of a state file beyond the types of its fields
 */
#include "helmfile/state_check.h"

#include "helmfile/storage.h"

/* --- entries of helmfiles ------------------------------------------------------------------------------------- */

static bool check_inherits(struct helmfile *h, struct slice path, struct value key, struct diag *diag)
{
    static const char *const allowed[] = {"repositories", "helmDefaults", "commonLabels", "apiVersions",
                                          "kubeVersion",  "templates",    "environments"};
    struct diag_place nowhere = {NULL, 0, 0, 0};
    size_t count = sizeof allowed / sizeof allowed[0];
    for (size_t i = 0; i < count; i++) {
        if (slice_is(value_slice(key), allowed[i]))
            return true;
    }
    diag_error(diag,
               "invalid inherits entry \"%.*s\" for path \"%.*s\": allowed values are [repositories helmDefaults "
               "commonLabels apiVersions kubeVersion templates environments]",
               SLICE_ARG(value_slice(key)), SLICE_ARG(path));
    helmfile_locate(h, key, diag);
    const char *near = diag_nearest(value_slice(key), allowed, count);
    if (near)
        diag_note(diag, nowhere, "did you mean '%s'?", near);
    return false;
}

static bool check_entry(struct helmfile *h, struct value entry, struct diag *diag)
{
    struct slice path = field_text(entry, "path");
    struct field_items inherits = field_items(entry, "inherits");
    if (field_is_true(entry, "selectorsInherited") && field_items(entry, "selectors").count) {
        diag_error(diag,
                   "you cannot use 'SelectorsInherited: true' along with and explicit selector for path: %.*s",
                   SLICE_ARG(path));
        helmfile_locate(h, field_value(entry, "selectorsInherited"), diag);
        return false;
    }
    for (size_t i = 0; i < inherits.count; i++) {
        if (!check_inherits(h, path, inherits.items[i], diag))
            return false;
    }
    return true;
}

bool state_check_document(struct helmfile *h, struct value document, struct diag *diag)
{
    struct field_items entries = field_items(document, "helmfiles");
    for (size_t i = 0; i < entries.count; i++) {
        if (!check_entry(h, entries.items[i], diag))
            return false;
    }
    return true;
}

/* --- the whole ------------------------------------------------------------------------------------------------ */

static bool check_update_strategies(struct helmfile *h, const struct state *state, struct diag *diag)
{
    struct field_items releases = field_items(state->top, "releases");
    for (size_t i = 0; i < releases.count; i++) {
        struct slice strategy = field_text(releases.items[i], "updateStrategy");
        if (strategy.len == 0 || slice_is(strategy, "reinstallIfForbidden"))
            continue;
        diag_error(diag,
                   "failed to read %.*s: updateStrategy \"%.*s\" is invalid, valid values are: reinstallIfForbidden or "
                   "not set",
                   SLICE_ARG(state->shown_path), SLICE_ARG(strategy));
        helmfile_locate(h, field_value(releases.items[i], "updateStrategy"), diag);
        return false;
    }
    return true;
}

static bool check_recursion(struct helmfile *h, const struct state *state, struct diag *diag)
{
    struct field_items entries = field_items(state->top, "helmfiles");
    for (size_t i = 0; i < entries.count; i++) {
        struct slice path = slice_text(storage_path(h->arena, state->folder, field_text(entries.items[i], "path")));
        bool is_itself = slice_equal(path, state->path);
        if (!is_itself && !slice_equal(path, state->folder))
            continue;
        diag_error(diag, "%.*s contains a recursion into the %s at helmfiles[%zu]", SLICE_ARG(state->shown_path),
                   is_itself ? "same sub-helmfile" : "the directory containing this helmfile", i);
        helmfile_locate(h, field_value(entries.items[i], "path"), diag);
        return false;
    }
    return true;
}

static bool check_override(struct helmfile *h, const struct state *state, struct slice option, const char *flag,
                           const char *key, struct diag *diag)
{
    if (option.len == 0 || field_text(state->top, key).len == 0)
        return true;
    diag_error(diag, "err: Cannot use option --%s and set attribute %s.", flag, key);
    helmfile_locate(h, field_value(state->top, key), diag);
    return false;
}

bool state_check(struct helmfile *h, const struct state *state, struct diag *diag)
{
    const struct helmfile_options *o = h->options;
    return check_update_strategies(h, state, diag) && check_recursion(h, state, diag) &&
           check_override(h, state, o->kube_context, "kube-context", "kubeContext", diag) &&
           check_override(h, state, o->name_space, "namespace", "namespace", diag) &&
           check_override(h, state, o->chart, "chart", "chart", diag);
}

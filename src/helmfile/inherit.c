/*
 * inherit.c - release templates
 */
#include "helmfile/inherit.h"

#include "helmfile/state_merge.h"

/* The templates being taken over, innermost first. */
struct chain {
    const struct chain *outer;
    struct slice name;
};

struct inheriting {
    struct helmfile *h;
    const struct state *state;
    struct slice release;
    struct diag *diag;
};

static void write_chain(const struct chain *chain, struct buffer *out)
{
    if (chain->outer) {
        write_chain(chain->outer, out);
        buffer_add_text(out, "->");
    }
    buffer_add(out, chain->name);
}

static bool is_cycle(const struct chain *chain)
{
    for (const struct chain *c = chain->outer; c; c = c->outer) {
        if (slice_equal(c->name, chain->name))
            return true;
    }
    return false;
}

static bool fail_cycle(struct inheriting *in, const struct chain *chain)
{
    struct buffer path = BUFFER_INIT;
    write_chain(chain, &path);
    diag_error(in->diag, "unable to load release \"%.*s\" with template: cyclic inheritance detected: %.*s",
               SLICE_ARG(in->release), SLICE_ARG(buffer_slice(&path)));
    buffer_release(&path);
    return false;
}

/* Takes the fields of `except` out of a template's body. */
static bool leave_out(struct inheriting *in, struct value entry, struct value *body)
{
    static const char *const allowed[] = {"labels",    "values", "valuesTemplate", "setTemplate",
                                          "set",       "setString", "secrets"};
    struct field_items except = field_items(entry, "except");
    if (except.count == 0)
        return true;
    struct map *map = map_copy(in->h->arena, body->map);
    for (size_t i = 0; i < except.count; i++) {
        struct slice name = value_slice(except.items[i]);
        size_t k = 0;
        while (k < sizeof allowed / sizeof allowed[0] && !slice_is(name, allowed[k]))
            k++;
        if (k == sizeof allowed / sizeof allowed[0]) {
            diag_error(in->diag,
                       "\"%.*s\" is not allowed under `inherit`. Allowed values are \"set\", \"setTemplate\", "
                       "\"values\", \"valuesTemplate\", \"secrets\", and \"labels\"",
                       SLICE_ARG(name));
            helmfile_locate(in->h, except.items[i], in->diag);
            return false;
        }
        map_remove(map, name);
    }
    *body = value_from(value_map(map), body->origin);
    return true;
}

static bool fail_unknown(struct inheriting *in, struct slice name, struct value entry)
{
    struct value templates = field_value(in->state->top, "templates");
    struct diag_place nowhere = {NULL, 0, 0, 0};
    diag_error(in->diag, "release \"%.*s\" tried to inherit inexistent release template \"%.*s\"",
               SLICE_ARG(in->release), SLICE_ARG(name));
    helmfile_locate(in->h, field_value(entry, "template"), in->diag);
    if (templates.kind != VALUE_MAP)
        return false;
    struct slice *names = ARENA_ARRAY(in->h->arena, struct slice, templates.map->len);
    for (uint32_t i = 0; i < templates.map->len; i++)
        names[i] = templates.map->entries[i].key;
    size_t near = diag_nearest_slice(name, names, templates.map->len);
    if (near < templates.map->len)
        diag_note(in->diag, nowhere, "did you mean '%.*s'?", SLICE_ARG(names[near]));
    return false;
}

static bool inherit_body(struct inheriting *in, struct value body, const struct chain *chain, struct value *out)
{
    struct arena *a = in->h->arena;
    struct field_items entries = field_items(body, "inherit");
    struct value templates = field_value(in->state->top, "templates");
    struct value merged = value_map(map_new(a, 0));
    for (size_t i = 0; i < entries.count; i++) {
        struct slice name = field_text(entries.items[i], "template");
        struct chain here = {chain, name};
        struct value inherited;
        if (name.len == 0)
            break;
        if (is_cycle(&here))
            return fail_cycle(in, &here);
        const struct value *found = templates.kind == VALUE_MAP ? map_find(templates.map, name) : NULL;
        if (!found)
            return fail_unknown(in, name, entries.items[i]);
        if (!inherit_body(in, *found, &here, &inherited) || !leave_out(in, entries.items[i], &inherited))
            return false;
        merged = state_merge(a, merged, inherited, STATE_MERGE_DOCUMENTS);
    }
    merged = state_merge(a, merged, body, STATE_MERGE_DOCUMENTS);
    if (map_find_text(merged.map, "inherit")) {
        merged = value_map(map_copy(a, merged.map));
        map_remove(merged.map, SLICE("inherit"));
    }
    *out = value_from(merged, body.origin);
    return true;
}

static bool names_template(const struct list *list, struct slice name)
{
    for (uint32_t i = 0; i < list->len; i++) {
        if (slice_equal(field_text(list->items[i], "template"), name))
            return true;
    }
    return false;
}

/* The body with the state's defaultInherit before what it inherits itself; named twice counts once. */
static struct value with_defaults(struct inheriting *in, struct value body)
{
    struct arena *a = in->h->arena;
    struct field_items defaults = field_items(in->state->top, "defaultInherit");
    struct field_items own = field_items(body, "inherit");
    struct list *own_list = list_new(a, (uint32_t)own.count);
    struct list *list = list_new(a, (uint32_t)(own.count + defaults.count));
    for (size_t i = 0; i < own.count; i++) {
        if (slice_trim(field_text(own.items[i], "template")).len)
            list_add(a, own_list, own.items[i]);
    }
    for (size_t i = 0; i < defaults.count; i++) {
        struct slice name = slice_trim(value_slice(defaults.items[i]));
        if (name.len == 0 || names_template(own_list, name) || names_template(list, name))
            continue;
        struct map *entry = map_new(a, 1);
        map_set_text(entry, "template", value_from(value_string(name), defaults.items[i].origin));
        list_add(a, list, value_map(entry));
    }
    for (uint32_t i = 0; i < own_list->len; i++)
        list_add(a, list, own_list->items[i]);
    struct map *map = map_copy(a, body.map);
    map_set_text(map, "inherit", value_list(list));
    return value_from(value_map(map), body.origin);
}

bool inherit_release(struct helmfile *h, const struct state *state, struct value body, struct value *out,
                     struct diag *diag)
{
    struct inheriting in = {.h = h, .state = state, .release = field_text(body, "name"), .diag = diag};
    if (field_items(state->top, "defaultInherit").count)
        body = with_defaults(&in, body);
    return inherit_body(&in, body, NULL, out);
}

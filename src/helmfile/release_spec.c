/*
 * release_spec.c - the releases of a state file
 */
#include "helmfile/release_spec.h"

#include "codec/yaml_read.h"
#include "codec/yaml_write.h"
#include "helmfile/inherit.h"
#include "helmfile/state_merge.h"
#include "value/compare.h"

#include <strings.h>

enum {
    MOST_PASSES = 6
};

/* --- what templates see --------------------------------------------------------------------------------------- */

/* What .Release says. */
struct release_names {
    struct slice name;
    struct slice name_space;
    struct slice chart;
    struct slice version;
    struct slice kube_context;
    struct value labels;
};

static struct value string_map(struct arena *a, struct value labels)
{
    if (labels.kind != VALUE_MAP)
        return value_map_as(GO_STRING_MAP, map_new(a, 0));
    return value_map_as(GO_STRING_MAP, labels.map);
}

static struct slice overriding(struct slice option, const struct state *state, const char *key)
{
    return option.len ? option : field_text(state->top, key);
}

static struct value make_data(struct helmfile *h, const struct state *state, const struct release_names *names,
                              struct value values)
{
    struct arena *a = h->arena;
    struct map *release = map_new(a, 6);
    map_set_text(release, "Chart", value_string(names->chart));
    map_set_text(release, "ChartVersion", value_string(names->version));
    map_set_text(release, "KubeContext", value_string(names->kube_context));
    map_set_text(release, "Labels", string_map(a, names->labels));
    map_set_text(release, "Name", value_string(names->name));
    map_set_text(release, "Namespace", value_string(names->name_space));
    struct map *data = map_new(a, 7);
    map_set_text(data, "Chart", value_string(overriding(h->options->chart, state, "chart")));
    map_set_text(data, "Environment", environment_record(a, &state->environment, false));
    map_set_text(data, "KubeContext", value_string(overriding(h->options->kube_context, state, "kubeContext")));
    map_set_text(data, "Namespace", value_string(overriding(h->options->name_space, state, "namespace")));
    map_set_text(data, "Release", template_record_new(a, RECORD_RELEASE, release));
    map_set_text(data, "StateValues", values);
    map_set_text(data, "Values", values);
    return template_record_new(a, RECORD_RELEASE_DATA, data);
}

static struct release_names names_in(struct value body)
{
    struct release_names names = {
        .name = field_text(body, "name"),
        .name_space = field_text(body, "namespace"),
        .chart = field_text(body, "chart"),
        .version = field_text(body, "version"),
        .kube_context = field_text(body, "kubeContext"),
        .labels = field_value(body, "labels"),
    };
    return names;
}

struct value release_spec_data_over(struct helmfile *h, const struct release_spec *r, struct value values)
{
    struct release_names names = {r->name, r->name_space, r->chart, r->version, r->kube_context, r->labels};
    return make_data(h, r->state, &names, values);
}

struct value release_spec_data(struct helmfile *h, const struct release_spec *r)
{
    return release_spec_data_over(h, r, r->state->values);
}

/* --- rendering fields ----------------------------------------------------------------------------------------- */

/* One pass over a release's templates. */
struct pass {
    struct helmfile *h;
    const struct state *state;
    struct value body; /* as written, with what was inherited */
    struct value data;
    struct diag *diag;
};

static bool fail_field(struct pass *p, const char *field, struct value v)
{
    struct slice name = field_text(p->body, "name");
    diag_prefix(p->diag,
                "failed executing templates in release \"%.*s\".\"%.*s\": failed executing template expressions in "
                "release \"%.*s\".%s = \"%.*s\": ",
                SLICE_ARG(p->state->shown_path), SLICE_ARG(name), SLICE_ARG(name), field,
                v.kind == VALUE_STRING ? (int)v.len : 0, v.kind == VALUE_STRING ? v.s : "");
    helmfile_locate(p->h, v, p->diag);
    return false;
}

/* Renders a text in place; other values stay. `field` names it in errors. */
static bool render_text(struct pass *p, const char *field, struct value *v)
{
    struct slice text;
    if (v->kind != VALUE_STRING)
        return true;
    if (!gotmpl_render(p->h->gotmpl, p->state->folder, value_slice(*v), NULL, p->data, &text, p->diag))
        return fail_field(p, field, *v);
    *v = value_from(value_string(text), v->origin);
    return true;
}

static bool render_key(struct pass *p, struct map *out, const char *key, bool trim)
{
    struct value *v = map_find_text(out, key);
    if (!v || v->kind != VALUE_STRING)
        return true;
    if (!render_text(p, key, v))
        return false;
    if (trim)
        *v = value_from(value_string(slice_trim(value_slice(*v))), v->origin);
    return true;
}

static struct slice item_name(struct pass *p, const char *key, size_t index)
{
    return arena_printf(p->h->arena, "%s[%zu]", key, index);
}

/* Renders the texts of a list: paths of values, needs. */
static bool render_items(struct pass *p, struct map *out, const char *key)
{
    struct value *v = map_find_text(out, key);
    if (!v || v->kind != VALUE_LIST)
        return true;
    struct list *list = list_new(p->h->arena, v->list->len);
    for (uint32_t i = 0; i < v->list->len; i++) {
        struct value item = v->list->items[i];
        if (!render_text(p, item_name(p, key, i).ptr, &item))
            return false;
        list_add(p->h->arena, list, item);
    }
    *v = value_from(value_list(list), v->origin);
    return true;
}

static bool render_labels(struct pass *p, struct map *out)
{
    struct value *v = map_find_text(out, "labels");
    if (!v || v->kind != VALUE_MAP)
        return true;
    struct map *labels = map_copy(p->h->arena, v->map);
    for (uint32_t i = 0; i < labels->len; i++) {
        const char *field = arena_printf(p->h->arena, "labels[%.*s]", SLICE_ARG(labels->entries[i].key)).ptr;
        if (!render_text(p, field, &labels->entries[i].value))
            return false;
    }
    *v = value_from(value_map(labels), v->origin);
    return true;
}

/* A map of valuesTemplate goes through YAML: written, rendered, read again. */
static bool render_values_map(struct pass *p, const char *field, struct value *v)
{
    static const struct yaml_read_options options = {.no_origin = true, .go_yaml_v3 = true};
    struct arena *a = p->h->arena;
    struct buffer text = BUFFER_INIT;
    struct slice error;
    struct slice rendered;
    struct yaml_error yaml_error;
    struct value read;
    if (!yaml_write_pretty(&text, *v, a, &error)) {
        buffer_release(&text);
        diag_error_slice(p->diag, error);
        return fail_field(p, field, *v);
    }
    struct slice written = buffer_move(&text, a);
    if (!gotmpl_render(p->h->gotmpl, p->state->folder, written, NULL, p->data, &rendered, p->diag))
        return fail_field(p, field, value_from(value_string(written), v->origin));
    if (!yaml_read(a, NULL, rendered, &options, &read, &yaml_error)) {
        diag_error_slice(p->diag, yaml_error.message);
        return fail_field(p, field, *v);
    }
    *v = value_from(read, v->origin);
    return true;
}

/* valuesTemplate is rendered as a whole and then stands before values. */
static bool render_values_template(struct pass *p, struct map *out)
{
    const struct value *templates = map_find_text(out, "valuesTemplate");
    if (!templates || templates->kind != VALUE_LIST || templates->list->len == 0)
        return true;
    struct list *list = list_new(p->h->arena, templates->list->len);
    for (uint32_t i = 0; i < templates->list->len; i++) {
        struct value item = templates->list->items[i];
        if (item.kind == VALUE_MAP && !render_values_map(p, item_name(p, "values", i).ptr, &item))
            return false;
        list_add(p->h->arena, list, item);
    }
    struct value rendered = value_from(value_list(list), templates->origin);
    map_set_text(out, "valuesTemplate", rendered);
    const struct value *values = map_find_text(out, "values");
    map_set_text(out, "values", state_append(p->h->arena, rendered, values ? *values : value_nil()));
    return true;
}

static bool render_set_entry(struct pass *p, size_t index, struct value *entry)
{
    static const char *const keys[] = {"name", "value", "file"};
    struct map *map = map_copy(p->h->arena, entry->map);
    for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
        struct value *v = map_find_text(map, keys[k]);
        const char *field = arena_printf(p->h->arena, "set[%zu].%s", index, keys[k]).ptr;
        if (v && !render_text(p, field, v))
            return false;
    }
    if (!render_items(p, map, "values"))
        return false;
    *entry = value_from(value_map(map), entry->origin);
    return true;
}

/* setTemplate is rendered and then stands before set. */
static bool render_set_template(struct pass *p, struct map *out)
{
    const struct value *templates = map_find_text(out, "setTemplate");
    if (!templates || templates->kind != VALUE_LIST || templates->list->len == 0)
        return true;
    struct list *list = list_new(p->h->arena, templates->list->len);
    for (uint32_t i = 0; i < templates->list->len; i++) {
        struct value entry = templates->list->items[i];
        if (!render_set_entry(p, i, &entry))
            return false;
        list_add(p->h->arena, list, entry);
    }
    struct value rendered = value_from(value_list(list), templates->origin);
    map_set_text(out, "setTemplate", rendered);
    const struct value *set = map_find_text(out, "set");
    map_set_text(out, "set", state_append(p->h->arena, rendered, set ? *set : value_nil()));
    return true;
}

static bool render_body(struct pass *p, struct value *out)
{
    static const char *const trimmed[] = {"name", "chart", "namespace", "version"};
    static const char *const whole[] = {"waitTemplate", "installedTemplate", "conditionTemplate", "verifyTemplate"};
    struct map *map = map_copy(p->h->arena, p->body.map);
    for (size_t i = 0; i < sizeof trimmed / sizeof trimmed[0]; i++) {
        if (!render_key(p, map, trimmed[i], true))
            return false;
    }
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++) {
        if (!render_key(p, map, whole[i], false))
            return false;
    }
    if (!render_labels(p, map) || !render_items(p, map, "postRendererArgs") || !render_values_template(p, map) ||
        !render_items(p, map, "values") || !render_items(p, map, "secrets") || !render_set_template(p, map) ||
        !render_items(p, map, "needs"))
        return false;
    *out = value_from(value_map(map), p->body.origin);
    return true;
}

/* Every pass starts from what is written, with the result of the one before as .Release. */
static bool render_until_stable(struct helmfile *h, const struct state *state, struct value body, struct value *out,
                                struct diag *diag)
{
    struct value before = body;
    for (int i = 0; i < MOST_PASSES; i++) {
        struct release_names names = names_in(before);
        struct pass pass = {.h = h, .state = state, .body = body, .diag = diag};
        pass.data = make_data(h, state, &names, state->values);
        if (!render_body(&pass, out))
            return false;
        if (value_deep_equal(before, *out))
            return true;
        before = *out;
    }
    diag_error(diag,
               "failed executing templates in release \"%.*s\".\"%.*s\": recursive references can't be resolved",
               SLICE_ARG(state->shown_path), SLICE_ARG(field_text(body, "name")));
    helmfile_locate(h, body, diag);
    return false;
}

/* --- switches ------------------------------------------------------------------------------------------------- */

/* Gives the field that a rendered …Template stands for its value. */
static bool settle_template(struct helmfile *h, const struct state *state, struct map *body, const char *template,
                            const char *field, struct diag *diag)
{
    static const struct yaml_read_options options = {.no_origin = true};
    const struct value *found = map_find_text(body, template);
    struct yaml_error error;
    struct value v;
    if (!found || found->kind != VALUE_STRING)
        return true;
    struct value text = *found;
    if (!yaml_read(h->arena, NULL, value_slice(text), &options, &v, &error) || v.kind != VALUE_BOOL) {
        diag_error(diag,
                   "failed executing templates in release \"%.*s\".\"%.*s\": %s: failed deserialising string %.*s: "
                   "yaml: unmarshal errors:\n  line 1: cannot unmarshal !!str `%.*s` into bool",
                   SLICE_ARG(state->shown_path), SLICE_ARG(field_text(value_map(body), "name")), template,
                   SLICE_ARG(value_slice(text)), SLICE_ARG(value_slice(text)));
        helmfile_locate(h, text, diag);
        return false;
    }
    map_remove(body, slice_text(template));
    bool is_text = strcmp(field, "condition") == 0;
    map_set_text(body, field, value_from(is_text ? value_text(v.b ? "true" : "false") : v, text.origin));
    return true;
}

static bool settle_templates(struct helmfile *h, const struct state *state, struct map *body, struct diag *diag)
{
    return settle_template(h, state, body, "installedTemplate", "installed", diag) &&
           settle_template(h, state, body, "conditionTemplate", "condition", diag) &&
           settle_template(h, state, body, "waitTemplate", "wait", diag) &&
           settle_template(h, state, body, "verifyTemplate", "verify", diag);
}

/* --- names ---------------------------------------------------------------------------------------------------- */

static struct slice make_id(struct arena *a, struct slice context, struct slice name_space, struct slice name)
{
    struct buffer id = BUFFER_INIT;
    if (context.len)
        buffer_printf(&id, "%.*s/", SLICE_ARG(context));
    if (context.len || name_space.len)
        buffer_printf(&id, "%.*s/", SLICE_ARG(name_space));
    buffer_add(&id, name);
    return buffer_move(&id, a);
}

/* The id that a need stands for: what it leaves out is that of the release. */
static struct slice need_id(struct arena *a, const struct release_spec *r, struct slice need)
{
    size_t last = slice_find_last_char(need, '/');
    if (last == need.len)
        return make_id(a, r->kube_context, r->name_space, need);
    struct slice name = slice_after(need, last + 1);
    struct slice front = slice_part(need, 0, last);
    size_t before = slice_find_last_char(front, '/');
    if (before == front.len)
        return make_id(a, r->kube_context, front, name);
    return make_id(a, slice_part(front, 0, before), slice_after(front, before + 1), name);
}

static void set_needs(struct helmfile *h, struct release_spec *r)
{
    struct field_items needs = field_items(r->body, "needs");
    r->needs = ARENA_ARRAY(h->arena, struct slice, needs.count);
    r->need_count = needs.count;
    for (size_t i = 0; i < needs.count; i++)
        r->needs[i] = need_id(h->arena, r, value_slice(needs.items[i]));
}

static void set_labels(struct helmfile *h, struct release_spec *r)
{
    struct value own = field_value(r->body, "labels");
    struct map *labels = own.kind == VALUE_MAP ? map_copy(h->arena, own.map) : map_new(h->arena, 4);
    size_t slash = slice_find_last_char(r->chart, '/');
    struct slice chart = slash == r->chart.len ? r->chart : slice_after(r->chart, slash + 1);
    map_set_text(labels, "chart", value_string(chart));
    map_set_text(labels, "name", value_string(r->name));
    map_set_text(labels, "namespace", value_string(r->name_space));
    r->labels = value_map(labels);
}

static bool settle(struct helmfile *h, const struct state *state, struct value body, struct release_spec *r,
                   struct diag *diag)
{
    struct slice name_space = overriding(h->options->name_space, state, "namespace");
    struct slice context = overriding(h->options->kube_context, state, "kubeContext");
    struct value installed = field_value(body, "installed");
    *r = (struct release_spec){.state = state, .body = body, .labels = value_nil()};
    r->name = field_text(body, "name");
    r->name_space = name_space.len ? name_space : field_text(body, "namespace");
    r->chart = field_text(body, "chart");
    r->version = field_text(body, "version");
    r->kube_context = context.len ? context : field_text(body, "kubeContext");
    r->id = make_id(h->arena, r->kube_context, r->name_space, r->name);
    r->installed = installed.kind != VALUE_BOOL || installed.b;
    if (r->chart.len == 0) {
        diag_error(diag, "encountered empty chart while reading release \"%.*s\"", SLICE_ARG(r->name));
        helmfile_locate(h, body, diag);
        return false;
    }
    set_labels(h, r);
    set_needs(h, r);
    return true;
}

/* --- conditions ----------------------------------------------------------------------------------------------- */

static bool is_word(struct slice text, const char *word)
{
    return text.len == strlen(word) && strncasecmp(text.ptr, word, text.len) == 0;
}

static bool fail_condition(struct helmfile *h, const struct release_spec *r, struct slice what, struct diag *diag)
{
    diag_error_slice(diag, what);
    helmfile_locate(h, field_value(r->body, "condition"), diag);
    return false;
}

/* A condition is true, false or the path of an `enabled` among the state values. */
bool release_spec_enabled(struct helmfile *h, const struct release_spec *r, bool *out, struct diag *diag)
{
    struct slice condition = field_text(r->body, "condition");
    struct slice rest = condition;
    struct slice key;
    struct value at = r->state->values;
    *out = condition.len == 0 || is_word(condition, "true");
    if (*out || is_word(condition, "false"))
        return true;
    if (!slice_is(condition, "enabled") && !slice_ends(condition, SLICE(".enabled")))
        return fail_condition(
            h, r, SLICE("Condition value must be in the form 'foo.enabled' where 'foo' can be modified as necessary"),
            diag);
    while (slice_next_piece(&rest, '.', &key) && rest.ptr) {
        struct slice so_far = slice_part(condition, 0, (size_t)(rest.ptr - condition.ptr) - 1);
        const struct value *found = map_find(at.map, key);
        if (!found || found->kind != VALUE_MAP)
            return fail_condition(h, r,
                                  arena_printf(h->arena, "environment values field '.%.*s' %s", SLICE_ARG(so_far),
                                               found ? "is not a map" : "not found"),
                                  diag);
        at = *found;
    }
    const struct value *enabled = map_find_text(at.map, "enabled");
    *out = enabled && enabled->kind == VALUE_BOOL && enabled->b;
    return true;
}

/* --- entry ---------------------------------------------------------------------------------------------------- */

/* What a release takes from the top level where it has nothing of its own. */
static struct value with_top_level(struct helmfile *h, const struct state *state, struct value body)
{
    struct map *map = map_copy(h->arena, body.map);
    struct value context = field_value(field_value(state->top, "helmDefaults"), "kubeContext");
    struct value common = field_value(state->top, "commonLabels");
    if (field_text(body, "kubeContext").len == 0 && context.kind == VALUE_STRING)
        map_set_text(map, "kubeContext", context);
    if (common.kind == VALUE_MAP && common.map->len) {
        struct value own = field_value(body, "labels");
        struct map *labels = own.kind == VALUE_MAP ? map_copy(h->arena, own.map) : map_new(h->arena, 4);
        for (uint32_t i = 0; i < common.map->len; i++)
            map_set(labels, common.map->entries[i].key, common.map->entries[i].value);
        map_set_text(map, "labels", value_map(labels));
    }
    static const char *const keys[] = {"apiVersions", "kubeVersion"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct value above = field_value(state->top, keys[i]);
        if (state_value_is_empty(field_value(body, keys[i])) && !state_value_is_empty(above))
            map_set_text(map, keys[i], above);
    }
    return value_from(value_map(map), body.origin);
}

bool release_list_make(struct helmfile *h, const struct state *state, struct release_list *out, struct diag *diag)
{
    struct field_items bodies = field_items(state->top, "releases");
    out->items = ARENA_ARRAY(h->arena, struct release_spec, bodies.count);
    out->count = bodies.count;
    for (size_t i = 0; i < bodies.count; i++) {
        struct value body;
        if (!inherit_release(h, state, bodies.items[i], &body, diag))
            return false;
        body = with_top_level(h, state, body);
        if (!render_until_stable(h, state, body, &body, diag))
            return false;
        body = value_from(value_map(map_copy(h->arena, body.map)), body.origin);
        if (!settle_templates(h, state, body.map, diag) || !settle(h, state, body, &out->items[i], diag))
            return false;
    }
    return true;
}

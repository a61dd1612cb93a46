/*
 * application.c - Applications and ApplicationSets, read
 */
#include "argocd/application.h"

#include "codec/yaml_read.h"
#include "value/field.h"
#include "value/merge.h"

static bool fail_at(const struct set_context *c, struct value at, struct diag *diag)
{
    diag_locate_origin(diag, source_set_find(c->sources, at.origin.source), at.origin);
    return false;
}

static bool is_argo(struct value document)
{
    return slice_starts(field_text(document, "apiVersion"), SLICE("argoproj.io/"));
}

bool application_is_kind(struct value document)
{
    struct slice kind = field_text(document, "kind");
    return is_argo(document) && (slice_is(kind, "Application") || slice_is(kind, "ApplicationSet"));
}

/* --- one Application ------------------------------------------------------------------------------------------ */

static struct app_source read_source(struct value body)
{
    return (struct app_source){.body = body,
                               .url = field_text(body, "repoURL"),
                               .path = field_text(body, "path"),
                               .chart = field_text(body, "chart"),
                               .ref = field_text(body, "ref")};
}

static bool read_sources(struct set_context *c, struct value spec, struct application *app, struct diag *diag)
{
    struct value several = field_value(spec, "sources");
    struct value one = field_value(spec, "source");
    if (value_is_map(field_value(spec, "sourceHydrator")))
        one = field_value(field_value(spec, "sourceHydrator"), "drySource");
    app->source_count = value_is_list(several) ? several.list->len : value_is_map(one) ? 1 : 0;
    app->sources = ARENA_ARRAY(c->arena, struct app_source, app->source_count + 1);
    for (size_t i = 0; i < app->source_count; i++)
        app->sources[i] = read_source(value_is_list(several) ? several.list->items[i] : one);
    if (app->source_count)
        return true;
    diag_error(diag, "application '%.*s' has no source", SLICE_ARG(app->name));
    return fail_at(c, spec, diag);
}

static bool add_application(struct set_context *c, struct value object, struct applications *out, struct diag *diag)
{
    struct value spec = field_value(object, "spec");
    out->items = arena_room(c->arena, out->items, out->count, &out->cap, sizeof *out->items);
    struct application *app = &out->items[out->count];
    *app = (struct application){.name = field_text(field_value(object, "metadata"), "name"),
                                .name_space = field_text(field_value(spec, "destination"), "namespace"),
                                .object = object};
    if (app->name.len == 0) {
        diag_error(diag, "an Application has no name");
        return fail_at(c, object, diag);
    }
    if (!read_sources(c, spec, app, diag))
        return false;
    out->count++;
    return true;
}

/* --- ApplicationSet ------------------------------------------------------------------------------------------- */

static bool has_missing_key_error(struct value spec)
{
    struct value options = field_value(spec, "goTemplateOptions");
    for (uint32_t i = 0; value_is_list(options) && i < options.list->len; i++) {
        if (value_is_string(options.list->items[i]) && slice_is(value_slice(options.list->items[i]), "missingkey=error"))
            return true;
    }
    return false;
}

/* templatePatch is a template as a whole; what it renders to goes over the Application. */
static bool patch(struct set_context *c, struct value spec, struct value parameters, struct value *object,
                  struct diag *diag)
{
    const struct yaml_read_options options = {.keep_integers = true, .no_origin = true};
    struct slice text;
    struct value over;
    struct yaml_error error;
    struct value template = field_value(spec, "templatePatch");
    if (!value_is_string(template))
        return true;
    if (!set_template_text(&c->template, value_slice(template), parameters, &text, diag))
        return fail_at(c, template, diag);
    if (!yaml_read(c->arena, NULL, text, &options, &over, &error)) {
        diag_error(diag, "templatePatch is no YAML: %.*s", SLICE_ARG(error.message));
        return fail_at(c, template, diag);
    }
    if (value_is_map(over))
        *object = merge_values(c->arena, *object, over, &merge_kustomize_values);
    return true;
}

static bool expand_one(struct set_context *c, struct value spec, struct value parameters, struct applications *out,
                       struct diag *diag)
{
    struct value template = field_value(spec, "template");
    struct value body;
    if (!set_template_apply(&c->template, template, parameters, &body, diag))
        return fail_at(c, template, diag);
    if (!value_is_map(body)) {
        diag_error(diag, "an ApplicationSet has no template");
        return fail_at(c, spec, diag);
    }
    map_set_text(body.map, "apiVersion", value_text("argoproj.io/v1alpha1"));
    map_set_text(body.map, "kind", value_text("Application"));
    return patch(c, spec, parameters, &body, diag) && add_application(c, body, out, diag);
}

static bool expand(struct set_context *c, struct value set, struct applications *out, struct diag *diag)
{
    struct value spec = field_value(set, "spec");
    struct value go = field_value(spec, "goTemplate");
    struct value generators = field_value(spec, "generators");
    struct list *parameters = list_new(c->arena, 16);
    c->go = go.kind == VALUE_BOOL && go.b;
    set_template_init(&c->template, c->arena, c->go, has_missing_key_error(spec));
    for (uint32_t i = 0; value_is_list(generators) && i < generators.list->len; i++) {
        if (!set_generate(c, generators.list->items[i], parameters, diag))
            return false;
    }
    for (uint32_t i = 0; i < parameters->len; i++) {
        if (!expand_one(c, spec, parameters->items[i], out, diag))
            return false;
    }
    return true;
}

bool applications_add(struct set_context *c, struct value document, struct applications *out, struct diag *diag)
{
    if (!application_is_kind(document))
        return true;
    if (slice_is(field_text(document, "kind"), "Application"))
        return add_application(c, document, out, diag);
    return expand(c, document, out, diag);
}

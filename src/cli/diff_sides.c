/*
 * diff_sides.c - the two sides of `yare diff`, from what was asked for to lists of objects
 */
#include "cli/diff_sides.h"

#include "kustomize/builder.h"
#include "project/app_render.h"
#include "report/manifest_files.h"
#include "report/values_object.h"

/* --- planning ---------------------------------------------------------------------------------------------------- */

static bool build_kustomization(struct context *c, struct diff_side *side)
{
    struct build_options options = {.order = ORDER_UNSET};
    struct buffer text = BUFFER_INIT;
    bool ok = kustomization_build_text(c->arena, c->sources, arena_text(c->arena, side->path), &options, &text, c->diag);
    side->text = buffer_move(&text, c->arena);
    return ok;
}

/* The checkout that a path lies in; null where it is in none of the comparison's. */
static const char *checkout_of(const struct comparison *c, struct slice path)
{
    for (size_t i = 0; i < sizeof c->checkouts / sizeof c->checkouts[0]; i++) {
        struct slice tree = c->checkouts[i].tree;
        if (tree.len && slice_starts(path, tree))
            return arena_text(c->context->arena, tree);
    }
    return NULL;
}

static bool render_applications(struct comparison *c, struct diff_side *side)
{
    struct context *context = c->context;
    struct buffer text = BUFFER_INIT;
    bool ok = app_file_render(context->arena, context->sources, checkout_of(c, side->path), side->path, &text,
                              context->diag);
    side->text = buffer_move(&text, context->arena);
    return ok;
}

static bool plan_side(struct comparison *c, struct diff_side *side)
{
    struct context *context = c->context;
    struct project_place place;
    struct plan plan;
    if (side->kind != SIDE_PROJECT)
        return true;
    if (app_file_is(context->arena, side->path) && !c->values)
        return render_applications(c, side);
    if (!project_detect(context->arena, side->path, &place, context->diag))
        return false;
    if (place.kind == PROJECT_KUSTOMIZATION && !c->values)
        return build_kustomization(context, side);
    if (!plan_make(context->arena, context->sources, side->path, &side->options, &plan, context->diag))
        return false;
    side->from = c->plan.count;
    if (c->plan.arena)
        plan_append(&c->plan, &plan);
    else
        c->plan = plan;
    side->to = c->plan.count;
    return true;
}

/* --- gathering --------------------------------------------------------------------------------------------------- */

static bool add_releases(struct comparison *c, const struct diff_side *side, const struct rendered_plan *rendered,
                         struct object_list *out)
{
    object_list_init(out, c->context->arena, c->context->sources);
    for (size_t i = side->from; i < side->to && rendered->count; i++) {
        if (!object_list_add_release(out, &rendered->releases[i], &c->render.output, c->context->diag))
            return false;
    }
    return true;
}

static bool gather_project(struct comparison *c, struct diff_side *side)
{
    struct diag *diag = c->context->diag;
    if (c->values)
        return values_object_add(&side->objects, &c->plan, side->from, side->to, diag);
    if (!add_releases(c, side, &c->rendered, &side->objects) || !add_releases(c, side, &c->again, &side->alternates))
        return false;
    object_list_set_alternates(&side->objects, &side->alternates);
    return object_list_add_text(&side->objects, side->path, side->text, SLICE(""), diag);
}

static bool gather_side(struct comparison *c, struct diff_side *side, struct object_list *other)
{
    struct diag *diag = c->context->diag;
    object_list_init(&side->objects, c->context->arena, c->context->sources);
    switch (side->kind) {
    case SIDE_PROJECT:
        return gather_project(c, side);
    case SIDE_MANIFESTS:
        return manifest_files_read(&side->objects, side->path, diag);
    case SIDE_CLUSTER:
        return cluster_read(&side->objects, other, &c->cluster, diag);
    case SIDE_NOTHING:
        break;
    }
    return true;
}

static bool render(struct comparison *c)
{
    struct diag *diag = c->context->diag;
    if (!c->plan.arena)
        return true;
    if (c->values)
        return plan_load_charts(&c->plan, c->render.threads, diag);
    if (!render_plan_keep(&c->plan, &c->render, &c->rendered, diag))
        return false;
    struct render_options other = c->render;
    other.trace = false;
    other.seed = ~other.seed;
    return !c->alternates || render_plan_keep(&c->plan, &other, &c->again, diag);
}

bool comparison_read(struct comparison *c)
{
    for (size_t i = 0; i < c->count; i++) {
        if (!plan_side(c, &c->pairs[i].left) || !plan_side(c, &c->pairs[i].right))
            return false;
    }
    if (!render(c))
        return false;
    for (size_t i = 0; i < c->count; i++) {
        struct diff_pair *pair = &c->pairs[i];
        if (!gather_side(c, &pair->right, &pair->left.objects) || !gather_side(c, &pair->left, &pair->right.objects))
            return false;
    }
    return true;
}

void comparison_end(struct comparison *c)
{
    rendered_plan_free(&c->again);
    rendered_plan_free(&c->rendered);
    if (c->plan.arena)
        plan_release(&c->plan);
    checkout_end(&c->checkouts[1]);
    checkout_end(&c->checkouts[0]);
}

/*
 * plan_values.c - the values of a planned release
 *
 * Files and maps of the state file, files of the command line, then everything that is set, in Helm's order.
 */
#include "project/planner.h"

#include "helm/set_values.h"
#include "value/merge.h"

/* What assignments change, and the list where they are noted. */
struct target {
    struct value *root;
    struct value_sets *sets;
};

static bool apply_set(struct planner *p, const struct target *target, struct slice text, enum set_kind kind,
                      struct origin origin)
{
    struct set_options options = {.kind = kind, .origin = origin, .helm3 = p->options->helm3};
    const struct source *source = source_set_find(p->plan->sources, (uint32_t)origin.source);
    struct slice error;
    static const char *const flags[] = {"--set", "--set-string", "--set-file", "--set-literal", "--set-json"};
    if (value_sets_apply(p->plan->arena, target->sets, target->root, source, text, &options, &error))
        return true;
    if (kind == SET_JSON)
        return diag_error(p->diag, "failed parsing --set-json data %.*s", SLICE_ARG(error));
    return diag_error(p->diag, "failed parsing %s data: %.*s", flags[kind], SLICE_ARG(error));
}

static bool apply_release_sets(struct planner *p, const struct target *target, const struct release_sets *sets,
                               enum set_kind kind)
{
    for (size_t i = 0; i < sets->count; i++) {
        if (!apply_set(p, target, sets->items[i].text, kind, sets->items[i].origin))
            return false;
    }
    return true;
}

static bool apply_flag(struct planner *p, const struct target *target, const struct layer_flag *flag, enum set_kind kind,
                       const char *option)
{
    for (size_t i = 0; i < flag->count; i++) {
        struct slice name = arena_printf(p->plan->arena, "%s %.*s", option, SLICE_ARG(flag->items[i]));
        const struct source *source = source_set_add(p->plan->sources, name, flag->items[i]);
        if (!apply_set(p, target, flag->items[i], kind, origin_at(source, 1, 1)))
            return false;
    }
    return true;
}

/* In Helm's order, whatever the order on a command line: of each kind the release's before the user's. */
static bool apply_sets(struct planner *p, const struct release_values *own, const struct target *target)
{
    const struct layer_flags *flags = &p->options->values;
    return apply_flag(p, target, &flags->set_json, SET_JSON, "--set-json") &&
           apply_release_sets(p, target, &own->set, SET_TYPED) &&
           apply_flag(p, target, &flags->set, SET_TYPED, "--set") &&
           apply_release_sets(p, target, &own->set_string, SET_STRING) &&
           apply_flag(p, target, &flags->set_string, SET_STRING, "--set-string") &&
           apply_release_sets(p, target, &own->set_file, SET_FILE) &&
           apply_flag(p, target, &flags->set_file, SET_FILE, "--set-file") &&
           apply_flag(p, target, &flags->set_literal, SET_LITERAL, "--set-literal");
}

static bool sets_anything(const struct release_values *own, const struct layer_flags *flags)
{
    return own->set.count || own->set_string.count || own->set_file.count || flags->set.count ||
           flags->set_json.count || flags->set_string.count || flags->set_file.count || flags->set_literal.count;
}

/* Files of the command line, read. */
static bool read_flag_files(struct planner *p, struct value_layer **out)
{
    const struct layer_flag *files = &p->options->values.files;
    *out = ARENA_ARRAY(p->plan->arena, struct value_layer, files->count);
    for (size_t i = 0; i < files->count; i++) {
        if (!release_values_file(p->helmfile, arena_text(p->plan->arena, files->items[i]), SLICE("."), &(*out)[i],
                                 p->diag))
            return false;
    }
    return true;
}

static struct value merge_all(struct arena *a, const struct value_layer *layers, size_t count)
{
    struct value *values = ARENA_ARRAY(a, struct value, count);
    for (size_t i = 0; i < count; i++)
        values[i] = layers[i].values;
    return merge_layers(a, values, count, &merge_helm_layers);
}

static void join_layers(struct arena *a, const struct value_layer *low, size_t low_count,
                        const struct value_layer *high, size_t high_count, struct value_layer **out)
{
    *out = ARENA_ARRAY(a, struct value_layer, low_count + high_count);
    for (size_t i = 0; i < low_count; i++)
        (*out)[i] = low[i];
    for (size_t i = 0; i < high_count; i++)
        (*out)[low_count + i] = high[i];
}

bool planner_merge_values(struct planner *p, struct planned_release *r, const struct release_values *own)
{
    struct arena *a = p->plan->arena;
    size_t flags = p->options->values.files.count;
    struct value_layer *more;
    if (!read_flag_files(p, &more))
        return false;
    join_layers(a, own->layers, own->layer_count, more, flags, &r->layers);
    r->layer_count = own->layer_count + flags;
    r->values = merge_all(a, r->layers, r->layer_count);
    if (sets_anything(own, &p->options->values)) {
        r->values = value_thaw(a, r->values);
        const struct target target = {&r->values, &r->sets};
        if (!apply_sets(p, own, &target))
            return false;
    }
    value_freeze(r->values);
    return true;
}

bool planner_chartify_values(struct planner *p, const struct release_values *own, struct value *out)
{
    struct arena *a = p->plan->arena;
    size_t flags = p->options->values.files.count;
    struct release_values kept = {.set = own->set, .set_file = own->set_file};
    struct value_layer *low;
    struct value_layer *all;
    if (!read_flag_files(p, &low))
        return false;
    join_layers(a, low, flags, own->layers, own->layer_count, &all);
    *out = value_thaw(a, merge_all(a, all, flags + own->layer_count));
    struct value_sets ignored = {NULL, 0};
    const struct target target = {out, &ignored};
    if (!apply_sets(p, &kept, &target))
        return false;
    value_freeze(*out);
    return true;
}

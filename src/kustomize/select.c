/*
 * select.c - the resources that a patch or replacement is for
 */
#include "kustomize/select.h"

#include "golang/regexp.h"
#include "kustomize/label_selector.h"

/* --- patterns ----------------------------------------------------------------------------------------------------- */

struct pattern {
    struct slice literal; /* where it is just this */
    struct go_regexp *expression;
};

static bool is_literal(struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (strchr("\\.+*?()|[]{}^$", text.ptr[i]))
            return false;
    }
    return true;
}

static bool pattern_open(struct arena *a, struct slice text, struct pattern *out, struct diag *diag)
{
    struct slice error;
    *out = (struct pattern){text, NULL};
    if (is_literal(text))
        return true;
    out->expression = go_regexp_compile(a, arena_printf(a, "^(?:%.*s)$", SLICE_ARG(text)), &error);
    return out->expression || diag_error_slice(diag, error);
}

static bool pattern_matches(const struct pattern *p, struct slice text)
{
    if (p->expression)
        return go_regexp_match(p->expression, text, 0, NULL);
    return p->literal.len == 0 || slice_equal(p->literal, text);
}

/* --- selections --------------------------------------------------------------------------------------------------- */

enum part {
    PART_GROUP,
    PART_VERSION,
    PART_KIND,
    PART_NAME,
    PART_NAMESPACE,
    PARTS
};

struct selection {
    struct pattern parts[PARTS];
    struct label_selector labels;
    struct label_selector annotations;
    bool has_selectors; /* they are read when the first resource gets as far: what nothing asks for may be faulty */
};

static void selection_release(struct selection *s)
{
    for (int i = 0; i < PARTS; i++) {
        if (s->parts[i].expression)
            go_regexp_free(s->parts[i].expression);
    }
}

static bool selection_open(struct arena *a, const struct selector *selector, struct selection *out, struct diag *diag)
{
    const struct slice texts[PARTS] = {selector->id.gvk.group, selector->id.gvk.version, selector->id.gvk.kind,
                                       selector->id.name, selector->id.namespace};
    memset(out, 0, sizeof *out);
    for (int i = 0; i < PARTS; i++) {
        if (!pattern_open(a, texts[i], &out->parts[i], diag))
            return false;
    }
    return true;
}

static bool has_id(const struct selection *s, const struct resource *r)
{
    const struct pattern *parts = s->parts;
    struct res_id now = resource_id(r);
    struct res_id first = resource_original_id(r);
    return pattern_matches(&parts[PART_KIND], now.gvk.kind) && pattern_matches(&parts[PART_GROUP], now.gvk.group) &&
           pattern_matches(&parts[PART_VERSION], now.gvk.version) &&
           (pattern_matches(&parts[PART_NAME], first.name) || pattern_matches(&parts[PART_NAME], now.name)) &&
           (pattern_matches(&parts[PART_NAMESPACE], res_id_effective_namespace(&first)) ||
            pattern_matches(&parts[PART_NAMESPACE], res_id_effective_namespace(&now)));
}

static bool read_selectors(struct arena *a, const struct selector *selector, struct selection *s, struct diag *diag)
{
    if (s->has_selectors)
        return true;
    s->has_selectors = true;
    return label_selector_read(a, selector->labels, &s->labels, diag) &&
           label_selector_read(a, selector->annotations, &s->annotations, diag);
}

static bool has_metadata(const struct selection *s, const struct resource *r)
{
    return label_selector_matches(&s->labels, resource_metadata_map(r, "labels")) &&
           label_selector_matches(&s->annotations, resource_metadata_map(r, "annotations"));
}

bool select_resources(struct arena *a, const struct selector *selector, const struct resource_map *from,
                      struct resource_map *out, struct diag *diag)
{
    struct selection s;
    bool good = selection_open(a, selector, &s, diag);
    for (size_t i = 0; good && i < from->count; i++) {
        struct resource *r = from->items[i];
        if (node_is_empty(r->node) || !has_id(&s, r))
            continue;
        good = read_selectors(a, selector, &s, diag);
        if (good && has_metadata(&s, r))
            resource_map_push(a, out, r);
    }
    selection_release(&s);
    return good;
}

void select_note_nearest(struct arena *a, const struct resource_map *map, const struct res_id *id, struct diag *diag)
{
    struct slice *names = ARENA_ARRAY(a, struct slice, map->count + 1);
    for (size_t i = 0; i < map->count; i++) {
        struct res_id other = resource_id(map->items[i]);
        names[i] = other.name;
        if (!slice_equal(other.name, id->name))
            continue;
        struct slice text = res_id_text(a, &other);
        diag_note(diag, (struct diag_place){0}, "there is %.*s", SLICE_ARG(text));
        return;
    }
    size_t near = diag_nearest_slice(id->name, names, map->count);
    if (near == map->count)
        return;
    struct res_id other = resource_id(map->items[near]);
    struct slice text = res_id_text(a, &other);
    diag_note(diag, (struct diag_place){0}, "did you mean %.*s?", SLICE_ARG(text));
}

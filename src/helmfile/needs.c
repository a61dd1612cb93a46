/*
 * needs.c - the order of releases
 *
 * The group of a release is one more than the highest of those it needs. Groups are found by passes over the releases
 * until nothing changes; what then has no group is in a circle or behind one.
 */
#include "helmfile/needs.h"

#include "helmfile/selector.h"

#include <stdlib.h>

enum {
    NO_RELEASE = -1
};

struct ordering {
    struct helmfile *h;
    const struct release_list *releases;
    size_t *groups; /* 0: not known yet */
    bool *included;
    struct diag *diag;
};

static long find_release(const struct release_list *releases, struct slice id)
{
    for (size_t i = 0; i < releases->count; i++) {
        if (slice_equal(releases->items[i].id, id))
            return (long)i;
    }
    return NO_RELEASE;
}

static bool fail_undefined(struct ordering *o, const struct release_spec *r, size_t need)
{
    struct slice id = r->needs[need];
    size_t slash = slice_find_last_char(id, '/');
    struct slice name = slash == id.len ? id : slice_after(id, slash + 1);
    struct diag_place nowhere = {NULL, 0, 0, 0};
    diag_error(o->diag,
               "release(s) \"%.*s\" depend(s) on an undefined release \"%.*s\". Perhaps you made a typo in \"needs\" or "
               "forgot defining a release named \"%.*s\" with appropriate \"namespace\" and \"kubeContext\"?",
               SLICE_ARG(r->id), SLICE_ARG(id), SLICE_ARG(name));
    helmfile_locate(o->h, field_items(r->body, "needs").items[need], o->diag);
    struct slice *ids = ARENA_ARRAY(o->h->arena, struct slice, o->releases->count);
    for (size_t i = 0; i < o->releases->count; i++)
        ids[i] = o->releases->items[i].id;
    size_t near = diag_nearest_slice(id, ids, o->releases->count);
    if (near < o->releases->count)
        diag_note(o->diag, nowhere, "did you mean '%.*s'?", SLICE_ARG(ids[near]));
    return false;
}

/* One more than the highest group needed; 0 where one of them has none yet. */
static size_t group_of(const struct ordering *o, const struct release_spec *r)
{
    size_t group = 1;
    for (size_t i = 0; i < r->need_count; i++) {
        size_t needed = o->groups[find_release(o->releases, r->needs[i])];
        if (needed == 0)
            return 0;
        if (needed >= group)
            group = needed + 1;
    }
    return group;
}

static bool check_defined(struct ordering *o)
{
    for (size_t i = 0; i < o->releases->count; i++) {
        const struct release_spec *r = &o->releases->items[i];
        for (size_t k = 0; k < r->need_count; k++) {
            if (find_release(o->releases, r->needs[k]) == NO_RELEASE)
                return fail_undefined(o, r, k);
        }
    }
    return true;
}

/* --- circles -------------------------------------------------------------------------------------------------- */

static bool needs_release(const struct release_spec *r, struct slice id)
{
    for (size_t i = 0; i < r->need_count; i++) {
        if (slice_equal(r->needs[i], id))
            return true;
    }
    return false;
}

/* Of the releases without a group that need `id` the one whose id is lowest; NO_RELEASE where none does. */
static long lowest_dependent(const struct ordering *o, struct slice id)
{
    long lowest = NO_RELEASE;
    for (size_t i = 0; i < o->releases->count; i++) {
        const struct release_spec *r = &o->releases->items[i];
        if (o->groups[i] == 0 && needs_release(r, id) &&
            (lowest == NO_RELEASE || slice_compare(r->id, o->releases->items[lowest].id) < 0))
            lowest = (long)i;
    }
    return lowest;
}

static long lowest_in_circle(const struct ordering *o)
{
    long lowest = NO_RELEASE;
    for (size_t i = 0; i < o->releases->count; i++) {
        struct slice id = o->releases->items[i].id;
        if (o->groups[i] == 0 && lowest_dependent(o, id) != NO_RELEASE &&
            (lowest == NO_RELEASE || slice_compare(id, o->releases->items[lowest].id) < 0))
            lowest = (long)i;
    }
    return lowest;
}

/* From a release to one that needs it, until one comes again. */
static bool fail_circle(struct ordering *o)
{
    struct buffer path = BUFFER_INIT;
    bool *seen = ARENA_ARRAY(o->h->arena, bool, o->releases->count);
    struct diag_place nowhere = {NULL, 0, 0, 0};
    long at = lowest_in_circle(o);
    long first = at;
    while (at != NO_RELEASE && !seen[at]) {
        seen[at] = true;
        buffer_printf(&path, "%.*s -> ", SLICE_ARG(o->releases->items[at].id));
        at = lowest_dependent(o, o->releases->items[at].id);
    }
    if (at != NO_RELEASE)
        buffer_add(&path, o->releases->items[at].id);
    diag_error(o->diag, "cycle detected: %.*s", SLICE_ARG(buffer_slice(&path)));
    helmfile_locate(o->h, field_value(o->releases->items[first].body, "needs"), o->diag);
    diag_note(o->diag, nowhere, "each of these is needed by the next");
    buffer_release(&path);
    return false;
}

static bool set_groups(struct ordering *o)
{
    bool changed = true;
    size_t left = o->releases->count;
    while (changed && left > 0) {
        changed = false;
        for (size_t i = 0; i < o->releases->count; i++) {
            if (o->groups[i] == 0 && (o->groups[i] = group_of(o, &o->releases->items[i])) != 0) {
                changed = true;
                left--;
            }
        }
    }
    return left == 0 || fail_circle(o);
}

/* --- which releases ------------------------------------------------------------------------------------------- */

static void include_needs(const struct release_list *releases, bool *included, size_t index)
{
    const struct release_spec *r = &releases->items[index];
    if (included[index])
        return;
    included[index] = true;
    for (size_t i = 0; i < r->need_count; i++) {
        long needed = find_release(releases, r->needs[i]);
        if (needed != NO_RELEASE)
            include_needs(releases, included, (size_t)needed);
    }
}

void needs_include(const struct release_list *releases, const bool *selected, enum needs_mode mode, bool *included)
{
    for (size_t i = 0; i < releases->count; i++) {
        if (selected[i] && mode == NEEDS_INCLUDE)
            include_needs(releases, included, i);
        else if (selected[i])
            included[i] = true;
    }
}

static bool refuse_needs(struct ordering *o, const bool *selected)
{
    for (size_t i = 0; i < o->releases->count; i++) {
        const struct release_spec *r = &o->releases->items[i];
        for (size_t k = 0; selected[i] && k < r->need_count; k++) {
            size_t needed = (size_t)find_release(o->releases, r->needs[k]);
            struct slice name = o->releases->items[needed].name;
            if (selected[needed])
                continue;
            diag_error(o->diag,
                       "release \"%.*s\" depends on \"%.*s\" which does not match the selectors. Please add a selector "
                       "like \"--selector name=%.*s\", or indicate whether to skip (--skip-needs) or include "
                       "(--include-needs) these dependencies",
                       SLICE_ARG(r->id), SLICE_ARG(r->needs[k]), SLICE_ARG(name));
            helmfile_locate(o->h, field_items(r->body, "needs").items[k], o->diag);
            return false;
        }
    }
    return true;
}

static void collect(const struct ordering *o, struct needs_plan *out)
{
    size_t last = 0;
    for (size_t i = 0; i < o->releases->count; i++)
        last = o->groups[i] > last ? o->groups[i] : last;
    out->items = ARENA_ARRAY(o->h->arena, struct planned_need, o->releases->count);
    out->count = 0;
    size_t number = 0;
    for (size_t group = 1; group <= last; group++) {
        size_t before = out->count;
        for (size_t i = 0; i < o->releases->count; i++) {
            if (o->groups[i] != group || !o->included[i])
                continue;
            out->items[out->count].release = &o->releases->items[i];
            out->items[out->count++].group = number + 1;
        }
        number += out->count > before;
    }
}

bool needs_order(struct helmfile *h, const struct release_list *releases, const bool *selected, enum needs_mode mode,
                 struct needs_plan *out, struct diag *diag)
{
    struct ordering o = {.h = h,
                         .releases = releases,
                         .groups = ARENA_ARRAY(h->arena, size_t, releases->count),
                         .included = ARENA_ARRAY(h->arena, bool, releases->count),
                         .diag = diag};
    if (!check_defined(&o) || !set_groups(&o) || (mode == NEEDS_REFUSE && !refuse_needs(&o, selected)))
        return false;
    needs_include(releases, selected, mode, o.included);
    collect(&o, out);
    return true;
}

static void warn_of_need(struct helmfile *h, const struct release_spec *r, size_t need, struct diag *diag)
{
    struct slice id = r->needs[need];
    size_t slash = slice_find_last_char(id, '/');
    struct slice name = slash == id.len ? id : slice_after(id, slash + 1);
    diag_warning(diag,
                 "WARNING: release %.*s needs %.*s, but %.*s is not installed due to installed: false. Either mark %.*s "
                 "as installed or remove %.*s from %.*s's needs",
                 SLICE_ARG(r->name), SLICE_ARG(name), SLICE_ARG(name), SLICE_ARG(name), SLICE_ARG(name),
                 SLICE_ARG(r->name));
    helmfile_locate(h, field_items(r->body, "needs").items[need], diag);
}

void needs_warn(struct helmfile *h, const struct release_list *releases, bool undefined, struct diag *diag)
{
    for (size_t i = 0; i < releases->count; i++) {
        const struct release_spec *r = &releases->items[i];
        for (size_t k = 0; r->installed && k < r->need_count; k++) {
            long needed = find_release(releases, r->needs[k]);
            if (needed == NO_RELEASE ? undefined : !releases->items[needed].installed)
                warn_of_need(h, r, k, diag);
        }
    }
}

/* The first release that is needed, directly or not, and not installed; circles are known not to be there. */
static const struct release_spec *missing_need(const struct release_list *releases, const struct release_spec *r)
{
    for (size_t i = 0; i < r->need_count; i++) {
        const struct release_spec *needed = &releases->items[find_release(releases, r->needs[i])];
        const struct release_spec *missing = needed->installed ? missing_need(releases, needed) : needed;
        if (missing)
            return missing;
    }
    return NULL;
}

bool needs_check_installed(struct helmfile *h, const struct release_list *releases, const struct needs_plan *plan,
                           struct diag *diag)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct release_spec *r = plan->items[i].release;
        const struct release_spec *missing = r->installed ? missing_need(releases, r) : NULL;
        if (!missing)
            continue;
        diag_error(diag, "Release %.*s has a transitive dependency %.*s marked as installed=false", SLICE_ARG(r->name),
                   SLICE_ARG(missing->name));
        helmfile_locate(h, field_value(missing->body, "installed"), diag);
        return false;
    }
    return true;
}

bool needs_select(struct helmfile *h, const struct release_list *releases, const struct helmfile_texts *selectors,
                  bool *selected, struct diag *diag)
{
    struct selector *parsed;
    if (!selectors_parse(h->arena, selectors, &parsed, diag))
        return false;
    for (size_t i = 0; i < releases->count; i++) {
        const struct release_spec *r = &releases->items[i];
        bool enabled;
        selected[i] = selectors->count == 0;
        for (size_t k = 0; k < selectors->count && !selected[i]; k++)
            selected[i] = selector_matches(&parsed[k], r->labels);
        if (!release_spec_enabled(h, r, &enabled, diag)) {
            diag_prefix(diag, "failed to parse condition in release %.*s: ", SLICE_ARG(r->name));
            return false;
        }
        selected[i] = selected[i] && enabled;
    }
    return true;
}

/*
 * cause.c - why something differs
 */
#include "report/cause.h"

#include "base/file.h"
#include "report/field_origin.h"
#include "report/same.h"
#include "report/sequence.h"
#include "report/values_object.h"
#include "template/trace.h"

#include <stdlib.h>

/* What is known of a path that templates read, in both releases. */
struct verdict {
    bool judged;
    bool differs;
    bool by_presence; /* one side has it, or something in it, the other not */
    bool by_truth;    /* {{ if }} takes it for true on one side only */
    const struct field_read *left;  /* as that side has read it; null: not yet */
    const struct field_read *right;
    struct change_cause cause;
};

/* A release on one side, with the verdicts on what its templates read, by node of its flow. */
struct cause_side {
    const struct rendered_release *rendered; /* null: that side does not have it */
    struct origin_objects objects;
    struct verdict **verdicts;
};

struct cause_finder {
    struct arena *arena;  /* of the results */
    struct arena scratch; /* of what is known of the present releases */
    const struct cause_options *options;
    struct cause_side left;
    struct cause_side right;
    struct symbols paths;     /* of what was read on either side */
    struct verdict **by_path;
    size_t path_cap;
};

/* --- places ------------------------------------------------------------------------------------------------------ */

static struct slice shown_place(struct cause_finder *f, const struct cause_root *root, const struct source *source,
                                size_t line)
{
    if (!source)
        return slice_of("", 0);
    struct slice name = source->name;
    if (root->prefix.len && slice_starts(name, root->prefix))
        return arena_printf(f->arena, "%.*s:%.*s:%zu", SLICE_ARG(root->name),
                            SLICE_ARG(slice_after(name, root->prefix.len)), line);
    if (line == 0 || slice_starts(name, SLICE("--")))
        return name; /* an option has no lines */
    return arena_printf(f->arena, "%.*s:%zu", SLICE_ARG(name), line);
}

static struct slice place_text(struct cause_finder *f, const struct cause_root *root, struct diag_place place)
{
    return shown_place(f, root, place.source, place.line);
}

static struct slice origin_text(struct cause_finder *f, const struct cause_root *root, struct origin at)
{
    return shown_place(f, root, source_set_find(root->sources, (uint32_t)at.source), (size_t)at.line);
}

/* Where a value of a traced release was set: its mark leads there. */
static struct slice value_place(struct cause_finder *f, const struct cause_root *root,
                                const struct rendered_release *rendered, const struct value *v)
{
    if (!v)
        return slice_of("", 0);
    uint32_t mark = flow_mark(*v);
    const struct flow *flow = trace_flow(rendered->release->trace);
    return mark ? origin_text(f, root, flow_node(flow, mark)->value.origin) : slice_of("", 0);
}

/* --- verdicts on what was read ----------------------------------------------------------------------------------- */

static const struct value *find_value(struct cause_finder *f, const struct rendered_release *rendered, struct slice key)
{
    struct key_path path;
    struct diag silent;
    struct value root = value_map(rendered->release->chart->values);
    diag_init(&silent);
    bool ok = key_path_parse(&f->scratch, key, &path, &silent);
    diag_release(&silent);
    return ok ? key_path_find(&root, &path) : NULL;
}

static bool is_there(const struct value *v, const struct field_read *read)
{
    return v && (read->is_name || (read->is_container ? value_truth(*v) : v->kind != VALUE_NIL));
}

static void judge_value(struct cause_finder *f, const struct field_read *read, struct verdict *out)
{
    const struct value *left = find_value(f, f->left.rendered, read->key);
    const struct value *right = find_value(f, f->right.rendered, read->key);
    out->by_presence = is_there(left, read) != is_there(right, read);
    out->by_truth = (left && value_truth(*left)) != (right && value_truth(*right));
    out->differs = out->by_presence;
    if (!read->is_name && !read->is_container && left && right)
        out->differs |= !same_value(*left, *right);
    if (!out->differs)
        return;
    out->cause = (struct change_cause){CAUSE_VALUE, arena_slice(f->arena, read->key),
                                       value_place(f, &f->options->left, f->left.rendered, left),
                                       value_place(f, &f->options->right, f->right.rendered, right), false};
}

static bool same_file(struct cause_finder *f, struct slice left, struct slice right)
{
    struct slice a;
    struct slice b;
    struct diag silent;
    diag_init(&silent);
    bool same = file_read(&f->scratch, arena_text(&f->scratch, left), 0, &a, &silent) &&
                file_read(&f->scratch, arena_text(&f->scratch, right), 0, &b, &silent) && slice_equal(a, b);
    diag_release(&silent);
    return same;
}

static struct slice shown_file(struct cause_finder *f, const struct cause_root *root, struct slice file)
{
    struct source source = {.name = file};
    return arena_slice(f->arena, shown_place(f, root, &source, 0));
}

/* A file that templates of both sides read. */
static void judge_file(struct cause_finder *f, const struct field_read *left, const struct field_read *right,
                       struct verdict *out)
{
    if (!left || !right || slice_equal(left->file, right->file) || same_file(f, left->file, right->file))
        return;
    out->differs = true;
    out->cause = (struct change_cause){CAUSE_FILE, {"", 0}, shown_file(f, &f->options->left, left->file),
                                       shown_file(f, &f->options->right, right->file), false};
}

/* .Chart, .Release and their like: by the line that says it, else by what the releases are called. */
static void judge_other(struct cause_finder *f, const struct field_read *left, const struct field_read *right,
                        struct verdict *out)
{
    const struct field_read *read = left ? left : right;
    if (slice_is(read->path, ".Release.Name"))
        out->differs = !slice_equal(f->left.rendered->planned->name, f->right.rendered->planned->name);
    else if (slice_is(read->path, ".Release.Namespace"))
        out->differs = !slice_equal(f->left.rendered->planned->name_space, f->right.rendered->planned->name_space);
    else if (left && right && left->place.source && right->place.source)
        out->differs = !slice_equal(source_line(left->place.source, left->place.line),
                                    source_line(right->place.source, right->place.line));
    if (out->differs)
        out->cause = (struct change_cause){CAUSE_CHART, arena_slice(f->arena, read->path),
                                           left ? place_text(f, &f->options->left, left->place) : slice_of("", 0),
                                           right ? place_text(f, &f->options->right, right->place) : slice_of("", 0),
                                           false};
}

/* The verdict on what that path says, which is judged later. That a key is there is not what it says. */
static struct verdict *verdict_of(struct cause_finder *f, const struct field_read *read)
{
    uint32_t before = f->paths.count;
    const char *aspect = read->is_name ? " name" : read->is_container ? " container" : "";
    uint32_t number = symbols_add(&f->paths, arena_concat(&f->scratch, read->path, slice_text(aspect)));
    if (number >= f->path_cap) {
        size_t cap = f->path_cap ? f->path_cap * 2 : 256;
        f->by_path = arena_resize(&f->scratch, f->by_path, f->path_cap * sizeof *f->by_path, cap * sizeof *f->by_path);
        f->path_cap = cap;
    }
    if (f->paths.count > before)
        f->by_path[number] = ARENA_NEW(&f->scratch, struct verdict);
    return f->by_path[number];
}

/* The same for a node of a side's flow. */
static struct verdict *verdict_of_node(struct cause_finder *f, struct cause_side *side, uint32_t id)
{
    struct verdict **slot = &side->verdicts[id];
    if (*slot)
        return *slot;
    struct field_read *read = ARENA_NEW(&f->scratch, struct field_read);
    *read = field_flow_read(&f->scratch, &side->objects, id, FIELD_READ_VALUE);
    *slot = verdict_of(f, read);
    if (side == &f->left)
        (*slot)->left = read;
    else
        (*slot)->right = read;
    return *slot;
}

static void judge(struct cause_finder *f, struct verdict *verdict)
{
    const struct field_read *read = verdict->left ? verdict->left : verdict->right;
    if (verdict->judged)
        return;
    verdict->judged = true;
    if (read->key.len)
        judge_value(f, read, verdict);
    else if (read->file.len)
        judge_file(f, verdict->left, verdict->right, verdict);
    else
        judge_other(f, verdict->left, verdict->right, verdict);
}

/* --- reads of both sides ----------------------------------------------------------------------------------------- */

/* What a field was made of on both sides; a side without it has nothing. */
struct origins {
    struct field_flow left;
    struct field_flow right;
    struct diag_place left_line;
    struct diag_place right_line;
};

struct cause_list {
    struct change_cause *items;
    size_t count;
};

static void add_cause(struct cause_finder *f, struct cause_list *list, const struct change_cause *cause)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].kind == cause->kind && slice_equal(list->items[i].name, cause->name) &&
            slice_equal(list->items[i].left, cause->left) && slice_equal(list->items[i].right, cause->right))
            return;
    }
    size_t old = list->count * sizeof *cause;
    list->items = arena_resize(f->arena, list->items, old, old + sizeof *cause);
    list->items[list->count++] = *cause;
}

/* Which reads may be named. */
enum wanted {
    WANT_VALUES,    /* that are in the text */
    WANT_PRESENCE,  /* that one side has and the other not; of conditions also those that hold on one side only */
    WANT_BRANCHES,  /* conditions that hold on one side only */
    WANT_CONDITIONS /* that decided */
};

static bool is_wanted(enum wanted wanted, bool decided, const struct verdict *verdict)
{
    switch (wanted) {
    case WANT_VALUES:
        return !decided;
    case WANT_CONDITIONS:
        return decided;
    case WANT_BRANCHES:
        return decided && verdict->by_truth;
    case WANT_PRESENCE:
        return verdict->by_presence || (decided && verdict->by_truth);
    }
    return false;
}

static bool is_among(const uint32_t *ids, size_t count, uint32_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (ids[i] == id)
            return true;
    }
    return false;
}

/* Adds what differs among nodes of a side. What also decided that the object is there at all, `around`, decided nothing
   about a field of an object that both sides have. */
static void add_differing(struct cause_finder *f, struct cause_side *side, const struct field_flow *flow,
                          const struct field_flow *around, enum wanted wanted, struct cause_list *out)
{
    for (size_t i = 0; i < flow->value_count; i++) {
        struct verdict *verdict = verdict_of_node(f, side, flow->values[i]);
        judge(f, verdict);
        if (verdict->differs && is_wanted(wanted, false, verdict))
            add_cause(f, out, &verdict->cause);
    }
    for (size_t i = 0; wanted != WANT_VALUES && i < flow->condition_count; i++) {
        struct verdict *verdict = verdict_of_node(f, side, flow->conditions[i]);
        judge(f, verdict);
        if (verdict->differs && is_wanted(wanted, true, verdict) &&
            !(around && is_among(around->conditions, around->condition_count, flow->conditions[i])))
            add_cause(f, out, &verdict->cause);
    }
}

/* Lets both sides say what they have read, before anything is judged by it. */
static void note_reads(struct cause_finder *f, struct cause_side *side, const struct field_flow *flow)
{
    for (size_t i = 0; i < flow->value_count; i++)
        verdict_of_node(f, side, flow->values[i]);
    for (size_t i = 0; i < flow->condition_count; i++)
        verdict_of_node(f, side, flow->conditions[i]);
}

static bool is_below(struct slice path, struct slice above)
{
    return path.len > above.len && slice_starts(path, above) &&
           (path.ptr[above.len] == '.' || path.ptr[above.len] == '[');
}

/* That something in a container differs says already that the container does. */
static void drop_implied(struct cause_list *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        bool implied = false;
        for (size_t k = 0; k < list->count && !implied; k++)
            implied = is_below(list->items[k].name, list->items[i].name);
        if (!implied)
            list->items[kept++] = list->items[i];
    }
    list->count = kept;
}

static int compare_causes(const void *a, const void *b)
{
    const struct change_cause *x = a;
    const struct change_cause *y = b;
    int order = slice_compare(x->name, y->name);
    return order ? order : slice_compare(x->right, y->right);
}

static void add_wanted(struct cause_finder *f, const struct origins *o, enum wanted wanted,
                       const struct field_flow *around, struct cause_list *out)
{
    add_differing(f, &f->left, &o->left, around, wanted, out);
    add_differing(f, &f->right, &o->right, around, wanted, out);
}

/* A text differs by what is in it and by the branch that wrote it, before it differs by what else decided on it. What
   only one side has is there because something else is, before it is there because a condition was met by another
   value; and what is new says what it says. A whole object (`around` is null then) is there because of all that decided
   on it. */
static void add_reads(struct cause_finder *f, const struct origins *o, enum change_kind kind,
                      const struct field_flow *around, struct cause_list *out)
{
    bool both_sides = kind == CHANGE_REPLACED || kind == CHANGE_MOVED;
    note_reads(f, &f->left, &o->left);
    note_reads(f, &f->right, &o->right);
    add_wanted(f, o, both_sides ? WANT_VALUES : WANT_PRESENCE, around, out);
    if (both_sides)
        add_wanted(f, o, WANT_BRANCHES, around, out);
    if (out->count == 0 || !around)
        add_wanted(f, o, WANT_CONDITIONS, around, out);
    if (kind == CHANGE_ADDED || out->count == 0)
        add_wanted(f, o, WANT_VALUES, around, out);
    drop_implied(out);
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, compare_causes);
}

/* --- template lines ---------------------------------------------------------------------------------------------- */

/* Whether the line that wrote it was itself changed: only where the sides have different files. */
static bool is_edited(struct diag_place left, struct diag_place right)
{
    return left.source && right.source && left.source != right.source &&
           !slice_equal(left.source->text, right.source->text) &&
           !slice_equal(source_line(left.source, left.line), source_line(right.source, right.line));
}

static void add_template(struct cause_finder *f, const struct origins *o, struct cause_list *out)
{
    struct change_cause cause = {CAUSE_TEMPLATE, {"", 0}, place_text(f, &f->options->left, o->left_line),
                                 place_text(f, &f->options->right, o->right_line), false};
    if (cause.left.len || cause.right.len)
        add_cause(f, out, &cause);
}

/* Where the other side was not rendered here: what the field of this one is made of. */
static void add_made_of(struct cause_finder *f, struct cause_side *side, const struct field_flow *flow,
                        struct cause_list *out)
{
    bool right = side == &f->right;
    const struct cause_root *root = right ? &f->options->right : &f->options->left;
    for (size_t i = 0; i < flow->value_count; i++) {
        const struct verdict *verdict = verdict_of_node(f, side, flow->values[i]);
        const struct field_read *read = right ? verdict->right : verdict->left;
        struct slice place = place_text(f, root, read->place);
        struct change_cause cause = {CAUSE_VALUE, arena_slice(f->arena, read->key), right ? SLICE("") : place,
                                     right ? place : SLICE(""), true};
        if (read->key.len && place.len)
            add_cause(f, out, &cause);
    }
    drop_implied(out);
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, compare_causes);
}

/* --- changes ----------------------------------------------------------------------------------------------------- */

static size_t path_length(const struct field_path *path)
{
    size_t length = 0;
    for (; path; path = path->parent)
        length++;
    return length;
}

/* The path as it is on one side. */
static struct key_path side_path(struct arena *a, const struct field_path *path, bool right)
{
    struct key_path out = {NULL, path_length(path)};
    out.steps = ARENA_ARRAY(a, struct key_step, out.count);
    size_t at = out.count;
    for (; path; path = path->parent) {
        struct key_step *step = &out.steps[--at];
        step->is_index = path->is_item;
        step->key = path->is_item ? slice_of("", 0) : path->key;
        step->index = right ? path->right : path->left;
    }
    return out;
}

/* An object of the present releases, with what decided that it is there. */
struct traced_object {
    const struct kube_object *object; /* null: that side has none, or none that was rendered here */
    struct origin_object origin;
    struct field_flow around;
};

static struct key_path kind_path(struct arena *a)
{
    struct key_step *step = ARENA_NEW(a, struct key_step);
    step->key = SLICE("kind");
    return (struct key_path){step, 1};
}

static void trace_object(const struct kube_object *object, struct cause_side *side, struct arena *a,
                         struct traced_object *out)
{
    *out = (struct traced_object){.object = NULL};
    if (!object || !object->manifest || object->text.len == 0 || !side->rendered || !side->rendered->release->trace)
        return;
    struct key_path path = kind_path(a);
    out->object = object;
    origin_object_init(a, object->manifest, object->body, &out->origin);
    field_flow_find(a, &side->objects, &out->origin, &path, &out->around);
}

static void find_line(const struct traced_object *object, const struct key_path *path, struct diag_place *line)
{
    if (object->object && path->count)
        *line = field_line_find(&object->origin, path);
}

/* Whether the sides may have other templates. */
static bool has_other_chart(const struct cause_finder *f)
{
    return f->left.rendered && f->right.rendered &&
           f->left.rendered->release->chart->chart != f->right.rendered->release->chart->chart;
}

static void explain_field(struct cause_finder *f, struct arena *a, const struct traced_object *left,
                          const struct traced_object *right, struct field_change *change)
{
    struct cause_list found = {NULL, 0};
    struct origins o;
    bool both = change->kind == CHANGE_REPLACED || change->kind == CHANGE_MOVED;
    memset(&o, 0, sizeof o);
    bool has_left = change->kind != CHANGE_ADDED;
    bool has_right = change->kind != CHANGE_REMOVED;
    struct key_path left_path = {NULL, 0};
    struct key_path right_path = {NULL, 0};
    if (has_left && left->object) {
        left_path = side_path(a, change->path, false);
        field_flow_find(a, &f->left.objects, &left->origin, &left_path, &o.left);
    }
    if (has_right && right->object) {
        right_path = side_path(a, change->path, true);
        field_flow_find(a, &f->right.objects, &right->origin, &right_path, &o.right);
    }
    if (f->left.rendered && f->right.rendered)
        add_reads(f, &o, change->kind, has_left ? &left->around : &right->around, &found);
    else if (f->right.rendered)
        add_made_of(f, &f->right, &o.right, &found);
    else if (f->left.rendered)
        add_made_of(f, &f->left, &o.left, &found);
    bool edited = both && found.count && has_other_chart(f);
    if (found.count == 0 || edited) {
        find_line(left, &left_path, &o.left_line);
        find_line(right, &right_path, &o.right_line);
    }
    if (found.count == 0 || (edited && is_edited(o.left_line, o.right_line)))
        add_template(f, &o, &found);
    change->causes = found.items;
    change->cause_count = found.count;
}

/* The file and line of a release in its state file. */
static struct slice release_place(struct cause_finder *f, const struct cause_root *root,
                                  const struct rendered_release *rendered)
{
    if (!rendered || !rendered->planned->spec)
        return slice_of("", 0);
    return origin_text(f, root, rendered->planned->spec->body.origin);
}

static void explain_lone(struct cause_finder *f, struct arena *a, const struct traced_object *object, bool right,
                         struct object_change *change)
{
    struct cause_list found = {NULL, 0};
    struct origins o;
    memset(&o, 0, sizeof o);
    if (!object->object)
        return;
    struct key_path path = kind_path(a);
    *(right ? &o.right : &o.left) = object->around;
    *(right ? &o.right_line : &o.left_line) = field_line_find(&object->origin, &path);
    if (f->left.rendered && f->right.rendered) {
        add_reads(f, &o, change->kind, NULL, &found);
    } else {
        struct change_cause release = {CAUSE_RELEASE, object->object->release,
                                       release_place(f, &f->options->left, f->left.rendered),
                                       release_place(f, &f->options->right, f->right.rendered), false};
        add_cause(f, &found, &release);
    }
    if (found.count == 0)
        add_template(f, &o, &found);
    change->causes = found.items;
    change->cause_count = found.count;
}

static void explain_object(struct cause_finder *f, struct object_change *change)
{
    struct traced_object left;
    struct traced_object right;
    struct arena scratch;
    arena_init(&scratch);
    trace_object(change->left, &f->left, &scratch, &left);
    trace_object(change->right, &f->right, &scratch, &right);
    if (change->kind == CHANGE_ADDED)
        explain_lone(f, &scratch, &right, true, change);
    else if (change->kind == CHANGE_REMOVED)
        explain_lone(f, &scratch, &left, false, change);
    for (size_t i = 0; i < change->fields.count; i++)
        explain_field(f, &scratch, &left, &right, &change->fields.items[i]);
    arena_release(&scratch);
}

/* --- merged values ----------------------------------------------------------------------------------------------- */

/* Values say themselves where they were set. */
static void explain_values(struct cause_finder *f, struct object_change *change)
{
    for (size_t i = 0; i < change->fields.count; i++) {
        struct field_change *field = &change->fields.items[i];
        struct cause_list found = {NULL, 0};
        struct change_cause cause = {CAUSE_VALUE, {"", 0}, origin_text(f, &f->options->left, field->left.origin),
                                     origin_text(f, &f->options->right, field->right.origin), false};
        if (cause.left.len || cause.right.len)
            add_cause(f, &found, &cause);
        field->causes = found.items;
        field->cause_count = found.count;
    }
}

/* --- pairs of releases ------------------------------------------------------------------------------------------- */

static const struct cause_scope *find_scope(const struct cause_finder *f, struct slice environment)
{
    for (size_t i = 0; i < f->options->scope_count; i++) {
        if (slice_equal(f->options->scopes[i].environment, environment))
            return &f->options->scopes[i];
    }
    return NULL;
}

static const struct rendered_release *find_release(const struct rendered_release *releases, size_t count,
                                                   const struct planned_release *like)
{
    const struct rendered_release *same_name = NULL;
    for (size_t i = 0; like && i < count; i++) {
        if (!slice_equal(releases[i].planned->name, like->name))
            continue;
        if (slice_equal(releases[i].planned->name_space, like->name_space))
            return &releases[i];
        same_name = &releases[i];
    }
    return same_name;
}

static void set_side(struct cause_finder *f, struct cause_side *side, const struct cause_root *root,
                     const struct rendered_release *rendered)
{
    *side = (struct cause_side){.rendered = rendered};
    if (!rendered || !rendered->release->trace)
        return;
    origin_objects_init(&f->scratch, root->sources, rendered, &side->objects);
    side->verdicts = ARENA_ARRAY(&f->scratch, struct verdict *, flow_count(trace_flow(rendered->release->trace)));
}

static void set_sides(struct cause_finder *f, const struct rendered_release *left,
                      const struct rendered_release *right)
{
    arena_clear(&f->scratch);
    symbols_init(&f->paths, &f->scratch);
    f->by_path = NULL;
    f->path_cap = 0;
    set_side(f, &f->left, &f->options->left, left);
    set_side(f, &f->right, &f->options->right, right);
}

/* The releases that a change is between: those that rendered its objects, or would have. */
static void choose_sides(struct cause_finder *f, const struct object_change *change)
{
    const struct cause_scope *scope = find_scope(f, change->environment);
    const struct rendered_release *left = change->left ? change->left->rendered : NULL;
    const struct rendered_release *right = change->right ? change->right->rendered : NULL;
    if (scope && !change->left && right)
        left = find_release(scope->left, scope->left_count, right->planned);
    if (scope && !change->right && left)
        right = find_release(scope->right, scope->right_count, left->planned);
    if (left != f->left.rendered || right != f->right.rendered)
        set_sides(f, left, right);
}

struct cause_finder *cause_finder_new(struct arena *a, const struct cause_options *options)
{
    struct cause_finder *f = ARENA_NEW(a, struct cause_finder);
    f->arena = a;
    f->options = options;
    arena_init(&f->scratch);
    symbols_init(&f->paths, &f->scratch);
    return f;
}

void cause_finder_free(struct cause_finder *finder)
{
    arena_release(&finder->scratch);
}

void cause_find(struct cause_finder *finder, struct object_change *change)
{
    const struct kube_object *object = change->right ? change->right : change->left;
    choose_sides(finder, change);
    if (values_object_is(object))
        explain_values(finder, change);
    else
        explain_object(finder, change);
}

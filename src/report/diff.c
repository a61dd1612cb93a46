/*
 * diff.c - two sets of objects compared
 *
 * Objects are paired on one thread; then each stretch of pairs is a task with an arena of its own, in which its bodies,
 * changes and causes live. Stretches end where a release ends: what is known of a release serves all its objects.
 */
#include "report/diff.h"

#include "base/thread_pool.h"
#include "codec/yaml_write.h"
#include "report/cause.h"
#include "report/object_match.h"
#include "report/secret.h"
#include "report/values_object.h"

enum {
    LONGEST_STRETCH = 64 /* objects of a task */
};

struct diff_task {
    size_t from; /* its changes */
    size_t to;
    struct arena arena;
    struct diag diag;
    struct diff_counts counts;
    bool ok;
};

struct comparer {
    struct diff *diff;
    struct slice environment;
    struct object_list *left;
    struct object_list *right;
    const struct diff_options *options;
    struct diff_task *tasks; /* of this comparison */
    size_t task_count;
};

/* --- objects that are compared ----------------------------------------------------------------------------------- */

static bool is_renamed(const struct kube_object *left, const struct kube_object *right)
{
    bool place_known = !left->no_namespace && !right->no_namespace;
    return !slice_equal(left->name, right->name) || !slice_equal(object_group(left), object_group(right)) ||
           (place_known && !slice_equal(left->name_space, right->name_space));
}

/* Either may be null. */
static void add_change(struct comparer *c, struct kube_object *left, struct kube_object *right)
{
    struct diff *diff = c->diff;
    bool renamed = left && right && is_renamed(left, right);
    if (left && right && !renamed && object_same_text(left, right)) {
        diff->counts.same++;
        return;
    }
    diff->items = arena_room(diff->arena, diff->items, diff->count, &diff->cap, sizeof *diff->items);
    diff->items[diff->count++] = (struct object_change){
        .kind = !left ? CHANGE_ADDED : !right ? CHANGE_REMOVED : CHANGE_REPLACED,
        .environment = c->environment,
        .left = left,
        .right = right,
        .renamed = renamed,
    };
}

/* In the order of the right side; what only the left has comes where its neighbours are. */
static void add_changes(struct comparer *c, const size_t *partner, const size_t *partner_of_right)
{
    size_t next = 0; /* of the left side */
    for (size_t i = 0; i < c->right->count; i++) {
        size_t left = partner_of_right[i];
        for (; left != OBJECT_NONE && next < left; next++) {
            if (partner[next] == OBJECT_NONE)
                add_change(c, &c->left->items[next], NULL);
        }
        add_change(c, left == OBJECT_NONE ? NULL : &c->left->items[left], &c->right->items[i]);
    }
    for (; next < c->left->count; next++) {
        if (partner[next] == OBJECT_NONE)
            add_change(c, &c->left->items[next], NULL);
    }
}

/* --- one change -------------------------------------------------------------------------------------------------- */

static bool write_body(struct comparer *c, struct diff_task *task, const struct kube_object *object, struct slice *out)
{
    struct buffer text = BUFFER_INIT;
    struct slice error;
    struct value body = c->options->show_secrets ? object->body : secret_mask_object(&task->arena, object);
    if (!yaml_write(&text, body, &task->arena, &error)) {
        buffer_release(&text);
        return diag_error_slice(&task->diag, error);
    }
    *out = buffer_move(&text, &task->arena);
    return true;
}

/* The value at the path of one side; nil where that side has none. */
static struct value value_at(struct value root, const struct field_path *path, bool right)
{
    if (!path)
        return root;
    struct value in = value_at(root, path->parent, right);
    if (path->is_item) {
        uint32_t at = right ? path->right : path->left;
        return value_is_list(in) && at < in.list->len ? in.list->items[at] : value_nil();
    }
    const struct value *found = value_is_map(in) ? map_find(in.map, path->key) : NULL;
    return found ? *found : value_nil();
}

static bool is_same_node(struct value a, struct value b)
{
    return a.kind == b.kind && a.len == b.len && a.u == b.u;
}

/* Puts masked values in the place of secret ones. */
static void mask_changes(struct comparer *c, struct arena *a, struct object_change *change)
{
    struct value left = secret_mask_object(a, change->left);
    struct value right = secret_mask_object(a, change->right);
    for (size_t i = 0; i < change->fields.count; i++) {
        struct field_change *field = &change->fields.items[i];
        struct value l = field->kind == CHANGE_ADDED ? field->left : value_at(left, field->path, false);
        struct value r = field->kind == CHANGE_REMOVED ? field->right : value_at(right, field->path, true);
        field->secret = !is_same_node(l, field->left) || !is_same_node(r, field->right);
        if (c->options->show_secrets)
            continue;
        field->left = l;
        field->right = r;
    }
}

static bool can_be_secret(const struct kube_object *object)
{
    return slice_is(object->kind, "Secret") || values_object_is(object);
}

/* The fields of the right side that random functions made: those that another seed makes otherwise. */
static struct field_changes find_generated(struct comparer *c, struct diff_task *task, const struct kube_object *object)
{
    struct field_changes out = {NULL, 0, 0};
    if (!object->alternate)
        return out;
    struct kube_object *alternate = ARENA_NEW(&task->arena, struct kube_object);
    *alternate = *object->alternate;
    if (object_read(&task->arena, c->right->sources, alternate, &task->diag))
        field_diff(&task->arena, alternate->body, object->body, &c->options->fields, &out);
    return out;
}

static void judge_fields(struct comparer *c, struct diff_task *task, struct object_change *change)
{
    struct field_changes generated = find_generated(c, task, change->right);
    change->noise = !change->renamed;
    for (size_t i = 0; i < change->fields.count; i++) {
        struct field_change *field = &change->fields.items[i];
        field->noise = noise_reason(&c->options->noise, change->right, &generated, field);
        change->noise &= field->noise != NULL;
        *(field->noise ? &task->counts.noise : &task->counts.fields) += 1;
    }
    if (can_be_secret(change->left) || can_be_secret(change->right))
        mask_changes(c, &task->arena, change);
}

static void compare_fields(struct comparer *c, struct diff_task *task, struct object_change *change)
{
    field_diff(&task->arena, change->left->body, change->right->body, &c->options->fields, &change->fields);
    change->same = change->fields.count == 0 && !change->renamed;
    if (!change->same)
        judge_fields(c, task, change);
    task->counts.changed += !change->same && !change->noise;
    task->counts.same += change->same || change->noise;
    task->counts.renamed += change->renamed;
}

/* Puts a copy of the object, read, in its place: what is read here does not outlive the diff, and lists may. */
static bool read_side(struct diff_task *task, const struct object_list *list, struct kube_object **object)
{
    if (!*object)
        return true;
    struct kube_object *copy = ARENA_NEW(&task->arena, struct kube_object);
    *copy = **object;
    *object = copy;
    return object_read(&task->arena, list->sources, copy, &task->diag);
}

static bool compare(struct comparer *c, struct diff_task *task, struct object_change *change)
{
    if (!read_side(task, c->left, &change->left) || !read_side(task, c->right, &change->right))
        return false;
    task->counts.added += change->kind == CHANGE_ADDED;
    task->counts.removed += change->kind == CHANGE_REMOVED;
    if (change->kind == CHANGE_ADDED)
        return write_body(c, task, change->right, &change->text_right);
    if (change->kind == CHANGE_REMOVED)
        return write_body(c, task, change->left, &change->text_left);
    compare_fields(c, task, change);
    return true;
}

/* --- tasks ------------------------------------------------------------------------------------------------------- */

static const struct rendered_release *release_of(const struct object_change *change)
{
    return change->right ? change->right->rendered : change->left->rendered;
}

static void make_tasks(struct comparer *c, size_t first)
{
    struct diff *diff = c->diff;
    size_t most = diff->count - first;
    c->tasks = ARENA_ARRAY(diff->arena, struct diff_task, most);
    for (size_t i = first; i < diff->count; i++) {
        struct diff_task *last = c->task_count ? &c->tasks[c->task_count - 1] : NULL;
        if (!last || i - last->from == LONGEST_STRETCH ||
            release_of(&diff->items[i]) != release_of(&diff->items[last->from])) {
            last = &c->tasks[c->task_count++];
            last->from = i;
            arena_init(&last->arena);
            diag_init(&last->diag);
        }
        last->to = i + 1;
    }
}

static void run_task(void *context, size_t number)
{
    struct comparer *c = context;
    struct diff_task *task = &c->tasks[number];
    struct cause_finder *finder = c->options->causes ? cause_finder_new(&task->arena, c->options->causes) : NULL;
    task->ok = true;
    for (size_t i = task->from; task->ok && i < task->to; i++) {
        struct object_change *change = &c->diff->items[i];
        task->ok = compare(c, task, change);
        if (task->ok && finder && !change->same)
            cause_find(finder, change);
    }
    if (finder)
        cause_finder_free(finder);
}

static void add_counts(struct diff_counts *sum, const struct diff_counts *more)
{
    sum->added += more->added;
    sum->removed += more->removed;
    sum->changed += more->changed;
    sum->renamed += more->renamed;
    sum->same += more->same;
    sum->fields += more->fields;
    sum->noise += more->noise;
}

static bool run_tasks(struct comparer *c, struct diag *diag)
{
    struct thread_pool_job job = {
        .count = c->task_count, .threads = c->options->threads, .run = run_task, .context = c};
    bool ok = true;
    thread_pool_run(&job);
    for (size_t i = 0; i < c->task_count; i++) {
        add_counts(&c->diff->counts, &c->tasks[i].counts);
        diag_append(diag, &c->tasks[i].diag);
        diag_release(&c->tasks[i].diag);
        ok = ok && c->tasks[i].ok;
    }
    return ok;
}

/* The tasks' arenas live as long as the diff. */
static void keep_tasks(struct comparer *c)
{
    struct diff *diff = c->diff;
    size_t old = diff->task_count * sizeof *diff->tasks;
    diff->tasks = arena_resize(diff->arena, diff->tasks, old, old + c->task_count * sizeof *diff->tasks);
    for (size_t i = 0; i < c->task_count; i++)
        diff->tasks[diff->task_count++] = c->tasks[i];
}

/* Pairs that turned out to be the same are no changes. */
static void drop_same(struct diff *diff, size_t first)
{
    size_t kept = first;
    for (size_t i = first; i < diff->count; i++) {
        if (!diff->items[i].same)
            diff->items[kept++] = diff->items[i];
    }
    diff->count = kept;
}

/* --- entry ------------------------------------------------------------------------------------------------------- */

void diff_init(struct diff *diff, struct arena *a, struct slice left_name, struct slice right_name)
{
    *diff = (struct diff){.arena = a, .left_name = left_name, .right_name = right_name};
}

void diff_release(struct diff *diff)
{
    for (size_t i = 0; i < diff->task_count; i++)
        arena_release(&diff->tasks[i].arena);
    diff->task_count = 0;
}

bool diff_objects(struct diff *diff, struct slice environment, struct object_list *left, struct object_list *right,
                  const struct diff_options *options, struct diag *diag)
{
    struct comparer c = {
        .diff = diff, .environment = environment, .left = left, .right = right, .options = options};
    size_t first = diff->count;
    size_t *partner;
    size_t *partner_of_right = ARENA_ARRAY(diff->arena, size_t, right->count);
    diff->secrets_shown = options->show_secrets;
    if (!object_match(diff->arena, left, right, &partner, diag))
        return false;
    for (size_t i = 0; i < right->count; i++)
        partner_of_right[i] = OBJECT_NONE;
    for (size_t i = 0; i < left->count; i++) {
        if (partner[i] != OBJECT_NONE)
            partner_of_right[partner[i]] = i;
    }
    add_changes(&c, partner, partner_of_right);
    make_tasks(&c, first);
    bool ok = run_tasks(&c, diag);
    keep_tasks(&c);
    drop_same(diff, first);
    return ok;
}

bool diff_found(const struct diff *diff)
{
    return diff->counts.added || diff->counts.removed || diff->counts.changed;
}

void object_write_name(const struct kube_object *object, struct buffer *out)
{
    buffer_printf(out, "%.*s ", SLICE_ARG(object->kind));
    if (object->name_space.len)
        buffer_printf(out, "%.*s/", SLICE_ARG(object->name_space));
    buffer_add(out, object->name);
}

void object_change_write_name(const struct object_change *change, struct buffer *out)
{
    object_write_name(change->right ? change->right : change->left, out);
}

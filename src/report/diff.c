/*
 * diff.c - two sets of objects compared
 */
#include "report/diff.h"

#include "codec/yaml_write.h"
#include "report/object_match.h"
#include "report/secret.h"

struct comparer {
    struct diff *diff;
    struct slice environment;
    struct object_list *left;
    struct object_list *right;
    const struct diff_options *options;
    struct diag *diag;
};

static struct object_change *add_change(struct comparer *c)
{
    struct diff *diff = c->diff;
    if (diff->count == diff->cap) {
        size_t cap = diff->cap ? diff->cap * 2 : 32;
        diff->items = arena_resize(diff->arena, diff->items, diff->cap * sizeof *diff->items, cap * sizeof *diff->items);
        diff->cap = cap;
    }
    struct object_change *change = &diff->items[diff->count++];
    *change = (struct object_change){.kind = CHANGE_REPLACED, .environment = c->environment};
    return change;
}

static bool is_renamed(const struct kube_object *left, const struct kube_object *right)
{
    bool place_known = !left->no_namespace && !right->no_namespace;
    return !slice_equal(left->name, right->name) || !slice_equal(object_group(left), object_group(right)) ||
           (place_known && !slice_equal(left->name_space, right->name_space));
}

static bool write_body(struct comparer *c, const struct kube_object *object, struct slice *out)
{
    struct buffer text = BUFFER_INIT;
    struct slice error;
    struct value body = c->options->show_secrets ? object->body : secret_mask_object(c->diff->arena, object);
    if (!yaml_write(&text, body, c->diff->arena, &error)) {
        buffer_release(&text);
        return diag_error_slice(c->diag, error);
    }
    *out = buffer_move(&text, c->diff->arena);
    return true;
}

/* --- one side only -------------------------------------------------------------------------------------------------- */

static bool add_lone(struct comparer *c, enum change_kind kind, struct object_list *list, size_t at)
{
    struct kube_object *object = &list->items[at];
    bool added = kind == CHANGE_ADDED;
    if (!object_read(list, object, c->diag))
        return false;
    struct object_change *change = add_change(c);
    change->kind = kind;
    *(added ? &change->right : &change->left) = object;
    *(added ? &c->diff->counts.added : &c->diff->counts.removed) += 1;
    return write_body(c, object, added ? &change->text_right : &change->text_left);
}

/* --- both sides ----------------------------------------------------------------------------------------------------- */

static void mask_change(struct comparer *c, const struct object_change *change, struct field_change *field)
{
    struct arena *a = c->diff->arena;
    field->secret = secret_is_path(change->right, field->path) || secret_is_path(change->left, field->path);
    if (!field->secret || c->options->show_secrets)
        return;
    field->left = secret_mask(a, field->left);
    field->right = secret_mask(a, field->right);
}

static void judge_fields(struct comparer *c, struct object_change *change)
{
    change->noise = !change->renamed;
    for (size_t i = 0; i < change->fields.count; i++) {
        struct field_change *field = &change->fields.items[i];
        field->noise = noise_reason(&c->options->noise, change->right, field);
        mask_change(c, change, field);
        change->noise &= field->noise != NULL;
        *(field->noise ? &c->diff->counts.noise : &c->diff->counts.fields) += 1;
    }
}

static bool add_pair(struct comparer *c, size_t left_at, size_t right_at)
{
    struct kube_object *left = &c->left->items[left_at];
    struct kube_object *right = &c->right->items[right_at];
    struct object_change found = {
        .kind = CHANGE_REPLACED, .environment = c->environment, .left = left, .right = right};
    found.renamed = is_renamed(left, right);
    if (object_same_text(left, right) && !found.renamed) {
        c->diff->counts.same++;
        return true;
    }
    if (!object_read(c->left, left, c->diag) || !object_read(c->right, right, c->diag))
        return false;
    field_diff(c->diff->arena, left->body, right->body, &c->options->fields, &found.fields);
    if (found.fields.count == 0 && !found.renamed) {
        c->diff->counts.same++;
        return true;
    }
    judge_fields(c, &found);
    *add_change(c) = found;
    c->diff->counts.changed += !found.noise;
    c->diff->counts.same += found.noise;
    c->diff->counts.renamed += found.renamed;
    return true;
}

/* In the order of the right side; what only the left has comes where its neighbours are. */
static bool add_all(struct comparer *c, const size_t *partner, const size_t *partner_of_right)
{
    size_t next = 0; /* of the left side */
    for (size_t i = 0; i < c->right->count; i++) {
        size_t left = partner_of_right[i];
        for (; left != OBJECT_NONE && next < left; next++) {
            if (partner[next] == OBJECT_NONE && !add_lone(c, CHANGE_REMOVED, c->left, next))
                return false;
        }
        if (left == OBJECT_NONE ? !add_lone(c, CHANGE_ADDED, c->right, i) : !add_pair(c, left, i))
            return false;
    }
    for (; next < c->left->count; next++) {
        if (partner[next] == OBJECT_NONE && !add_lone(c, CHANGE_REMOVED, c->left, next))
            return false;
    }
    return true;
}

/* --- entry ---------------------------------------------------------------------------------------------------------- */

void diff_init(struct diff *diff, struct arena *a, struct slice left_name, struct slice right_name)
{
    *diff = (struct diff){.arena = a, .left_name = left_name, .right_name = right_name};
}

bool diff_objects(struct diff *diff, struct slice environment, struct object_list *left, struct object_list *right,
                  const struct diff_options *options, struct diag *diag)
{
    struct comparer c = {diff, environment, left, right, options, diag};
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
    return add_all(&c, partner, partner_of_right);
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

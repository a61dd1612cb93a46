/*
 * test_cause.c - causes are true: giving one side the other's value of a key that is named changes the field
 *
 * The platform's dev and prod are compared; of each cause that is tried, the release is rendered again with that one key
 * set to what the other side has. A field that hangs on two keys at once (a host that is read only where a switch is off)
 * may need both, so that a few tries may fail.
 */
#include "report_test.h"

#include "report/cause.h"
#include "value/key_path.h"

enum {
    TRIES = 60
};

struct side {
    struct slice environment;
    struct plan plan;
    struct rendered_plan rendered;
    struct object_list objects;
};

static void render(struct side *side, struct slice environment, const struct slice *selector, const struct slice *set_json)
{
    struct plan_options options = {.helmfile = {.environment = environment}, .skip_schema = true};
    struct render_options rendering = {.threads = 1, .seeded = true, .trace = !selector};
    struct template_output_options output = {.include_crds = false};
    if (selector)
        options.helmfile.selectors = (struct helmfile_texts){selector, 1};
    if (set_json)
        options.values.set_json = (struct layer_flag){set_json, 1};
    memset(side, 0, sizeof *side);
    side->environment = environment;
    object_list_init(&side->objects, &test.arena, test.sources);
    assert_true(plan_make(&test.arena, test.sources, SLICE("."), &options, &side->plan, &test.diag));
    if (!render_plan_keep(&side->plan, &rendering, &side->rendered, &test.diag))
        return; /* the key alone makes values that a template refuses */
    for (size_t i = 0; i < side->rendered.count; i++)
        assert_true(object_list_add_release(&side->objects, &side->rendered.releases[i], &output, &test.diag));
}

static void end(struct side *side)
{
    rendered_plan_free(&side->rendered);
    plan_release(&side->plan);
}

/* --- one key set to what another side has ----------------------------------------------------------------------------- */

static const struct rendered_release *release_of(const struct side *side, struct slice name)
{
    for (size_t i = 0; i < side->rendered.count; i++) {
        if (slice_equal(side->rendered.releases[i].planned->name, name))
            return &side->rendered.releases[i];
    }
    return NULL;
}

/* KEY=JSON with the value that the key has on that side; a list is given whole. */
static struct slice set_text(const struct side *from, const struct change_cause *cause, struct slice release)
{
    struct key_path path;
    struct value root = value_map(release_of(from, release)->release->chart->values);
    struct slice key = slice_part(cause->name, 0, slice_find_char(cause->name, '['));
    assert_true(key_path_parse(&test.arena, key, &path, &test.diag));
    const struct value *v = key_path_find(&root, &path);
    return arena_printf(&test.arena, "%.*s=%s", SLICE_ARG(key), as_json(v ? *v : value_nil()));
}

static const struct kube_object *find_object(const struct object_list *list, const struct kube_object *like)
{
    for (size_t i = 0; i < list->count; i++) {
        if (slice_equal(list->items[i].kind, like->kind) && slice_equal(list->items[i].name, like->name))
            return &list->items[i];
    }
    return NULL;
}

static struct slice path_text(const struct field_path *path)
{
    struct buffer text = BUFFER_INIT;
    field_path_write(path, &text);
    return buffer_move(&text, &test.arena);
}

/* Whether the field, or something in or around it, differs. */
static bool differs_at(struct kube_object a, struct kube_object b, struct slice field)
{
    struct field_changes changes = {NULL, 0, 0};
    struct field_diff_options options = {.quantities = false};
    assert_true(object_read(&test.arena, test.sources, &a, &test.diag));
    assert_true(object_read(&test.arena, test.sources, &b, &test.diag));
    field_diff(&test.arena, a.body, b.body, &options, &changes);
    for (size_t i = 0; i < changes.count; i++) {
        struct slice path = path_text(changes.items[i].path);
        if (slice_starts(path, field) || slice_starts(field, path))
            return true;
    }
    return false;
}

/* Gives `side` the key's value that `other` has, and looks whether the field becomes another. */
static bool changes_field(const struct side *side, const struct side *other, const struct kube_object *object,
                          const struct field_change *field, const struct change_cause *cause)
{
    struct slice selector = arena_printf(&test.arena, "name=%.*s", SLICE_ARG(object->release));
    struct slice set = set_text(other, cause, object->release);
    struct side changed;
    bool found = false;
    render(&changed, side->environment, &selector, &set);
    const struct kube_object *before = find_object(&side->objects, object);
    const struct kube_object *after = find_object(&changed.objects, object);
    if (before && after)
        found = differs_at(*before, *after, path_text(field->path));
    else
        found = changed.objects.count > 0;
    end(&changed);
    diag_clear(&test.diag);
    return found;
}

/* --- all causes of a diff ----------------------------------------------------------------------------------------------- */

static void compare(struct side *left, struct side *right, struct diff *diff)
{
    static struct cause_scope scope;
    static struct cause_options causes;
    scope = (struct cause_scope){.left = left->rendered.releases,
                                 .left_count = left->rendered.count,
                                 .right = right->rendered.releases,
                                 .right_count = right->rendered.count};
    causes = (struct cause_options){
        .left = {.sources = test.sources}, .right = {.sources = test.sources}, .scopes = &scope, .scope_count = 1};
    struct diff_options options = {.threads = 1, .causes = &causes};
    diff_init(diff, &test.arena, left->environment, right->environment);
    assert_true(diff_objects(diff, SLICE(""), &left->objects, &right->objects, &options, &test.diag));
}

static void cause__every_change_of_the_platform_has_one(void **state)
{
    struct side dev, prod;
    struct diff diff;
    (void)state;
    render(&dev, SLICE("dev"), NULL, NULL);
    render(&prod, SLICE("prod"), NULL, NULL);
    compare(&dev, &prod, &diff);
    for (size_t i = 0; i < diff.count; i++) {
        assert_true(diff.items[i].kind == CHANGE_REPLACED || diff.items[i].cause_count > 0);
        for (size_t k = 0; k < diff.items[i].fields.count; k++) {
            const struct field_change *field = &diff.items[i].fields.items[k];
            if (field->cause_count == 0 || field->causes[0].kind != CAUSE_VALUE)
                fail_msg("%.*s has no value as cause", SLICE_ARG(path_text(field->path)));
        }
    }
    diff_release(&diff);
    end(&dev);
    end(&prod);
}

static void cause__named_key_changes_the_field(void **state)
{
    struct side dev, prod;
    struct diff diff;
    size_t seen = 0;
    size_t tried = 0;
    size_t proven = 0;
    (void)state;
    render(&dev, SLICE("dev"), NULL, NULL);
    render(&prod, SLICE("prod"), NULL, NULL);
    compare(&dev, &prod, &diff);
    size_t stride = (diff.counts.fields + TRIES - 1) / TRIES;
    for (size_t i = 0; i < diff.count; i++) {
        for (size_t k = 0; k < diff.items[i].fields.count; k++) {
            const struct field_change *field = &diff.items[i].fields.items[k];
            if (field->noise || seen++ % stride)
                continue;
            const struct change_cause *cause = &field->causes[seen % field->cause_count];
            const struct object_change *change = &diff.items[i];
            tried++;
            proven += changes_field(&dev, &prod, change->left, field, cause) ||
                      changes_field(&prod, &dev, change->right, field, cause);
        }
    }
    print_message("%zu of %zu causes proven\n", proven, tried);
    assert_true(tried >= TRIES / 2);
    assert_true(proven * 100 >= tried * 95);
    diff_release(&diff);
    end(&dev);
    end(&prod);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(cause__every_change_of_the_platform_has_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cause__named_key_changes_the_field, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

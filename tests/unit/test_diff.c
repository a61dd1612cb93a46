/*
 * test_diff.c - two sets of objects compared: pairs, secrets, and the JSON that can be applied
 */
#include "report_test.h"

#include "codec/json_read.h"
#include "json_patch.h"
#include "report/object_match.h"
#include "report/same.h"

#include <glob.h>

static const struct diff_options usual = {.threads = 1};

/* --- which objects are one --------------------------------------------------------------------------------------- */

#define CONFIG(name, size) "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: " name "}\ndata: {a: x, b: z, c: '" size "'}\n"

static void diff__added_removed_and_changed(void **state)
{
    (void)state;
    expect_text(CONFIG("a", "1") CONFIG("b", "1") "---\nkind: Service\nmetadata: {name: old}\n",
                CONFIG("a", "2") CONFIG("b", "1") "---\nkind: Secret\nmetadata: {name: new}\n", &usual,
                "~ ConfigMap a\n- data.c: \"1\"\n+ data.c: \"2\"\n\n"
                "+ Secret new\n+ kind: Secret\n+ metadata:\n+   name: new\n\n"
                "- Service old\n- kind: Service\n- metadata:\n-   name: old\n\n");
}

static void diff__text_of_other_layout_is_the_same(void **state)
{
    (void)state;
    expect_text(CONFIG("a", "1"), "# a comment\nkind: ConfigMap\napiVersion: v1\ndata:\n  c: \"1\"\n  a: x\n  b: 'z'\n"
                                  "metadata:\n  name: a\n", &usual, "");
}

static void diff__name_with_another_hash_is_a_rename(void **state)
{
    (void)state;
    expect_text(CONFIG("a-5h2mgt7b4t", "1"), CONFIG("a-9f8k2m4c7d", "2"), &usual,
                "~ ConfigMap a-9f8k2m4c7d  was ConfigMap a-5h2mgt7b4t\n- data.c: \"1\"\n+ data.c: \"2\"\n"
                "- metadata.name: a-5h2mgt7b4t\n+ metadata.name: a-9f8k2m4c7d\n\n");
}

static void diff__almost_the_same_content_is_a_rename(void **state)
{
    struct diff diff;
    (void)state;
    compare_texts("kind: ConfigMap\nmetadata: {name: old}\ndata: {a: 1, b: 2, c: 3, d: 4, e: 5}\n",
                  "kind: ConfigMap\nmetadata: {name: new}\ndata: {a: 1, b: 2, c: 3, d: 4, e: 6}\n", &usual, &diff);
    assert_int_equal(diff.counts.renamed, 0); /* four of six leaves: too little */
    diff_release(&diff);
    compare_texts("kind: ConfigMap\nmetadata: {name: old}\ndata: {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7}\n",
                  "kind: ConfigMap\nmetadata: {name: new}\ndata: {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 8}\n", &usual,
                  &diff);
    assert_int_equal(diff.counts.renamed, 1);
    diff_release(&diff);
}

static void diff__objects_that_say_little_are_no_renames(void **state)
{
    struct diff diff;
    (void)state;
    compare_texts("kind: ServiceAccount\nmetadata: {name: old}\n", "kind: ServiceAccount\nmetadata: {name: new}\n", &usual,
                  &diff);
    assert_int_equal(diff.counts.added, 1);
    assert_int_equal(diff.counts.removed, 1);
    diff_release(&diff);
}

static void diff__version_of_an_api_is_a_field(void **state)
{
    (void)state;
    expect_text("apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: a}\n",
                "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\n", &usual,
                "~ CronJob a\n- apiVersion: batch/v1beta1\n+ apiVersion: batch/v1\n\n");
}

static void diff__list_is_taken_apart(void **state)
{
    (void)state;
    expect_text("kind: List\nitems:\n- {kind: Pod, metadata: {name: a}, spec: {size: 1}}\n",
                "kind: Pod\nmetadata: {name: a}\nspec: {size: 2}\n", &usual, "~ Pod a\n- spec.size: 1\n+ spec.size: 2\n\n");
}

static void diff__same_object_twice_is_paired_in_order(void **state)
{
    (void)state;
    expect_text(CONFIG("a", "1") CONFIG("a", "2"), CONFIG("a", "1") CONFIG("a", "3"), &usual,
                "~ ConfigMap a\n- data.c: \"2\"\n+ data.c: \"3\"\n\n");
}

/* --- secrets ----------------------------------------------------------------------------------------------------- */

static void diff__secrets_are_seen_to_change_but_not_shown(void **state)
{
    struct diff_options open = {.threads = 1, .show_secrets = true};
    (void)state;
    expect_text("kind: Secret\nmetadata: {name: s}\ndata: {p: aHVudGVyMg==}\nstringData: {q: topsecret}\n",
                "kind: Secret\nmetadata: {name: s}\ndata: {p: aHVudGVyMw==}\nstringData: {q: topsecrets}\n", &usual,
                "~ Secret s\n- data.p: (secret, 7 bytes)\n+ data.p: (secret, 7 bytes)\n"
                "- stringData.q: (secret, 9 bytes)\n+ stringData.q: (secret, 10 bytes)\n\n");
    expect_text("kind: Secret\nmetadata: {name: s}\ndata: {p: YQ==}\n", "kind: Secret\nmetadata: {name: s}\ndata: {p: Yg==}\n",
                &open, "~ Secret s\n- data.p: YQ==\n+ data.p: Yg==\n\n");
}

static void diff__no_writer_shows_a_secret(void **state)
{
    struct diff diff;
    struct buffer text = BUFFER_INIT;
    struct text_options options = {.width = 100};
    (void)state;
    compare_texts("---\nkind: Secret\nmetadata: {name: s}\nstringData: {q: topsecret}\n",
                  "---\nkind: Secret\nmetadata: {name: s}\nstringData: {q: topsecret2}\n---\nkind: Secret\nmetadata: {name: "
                  "n}\nstringData: {q: topsecret3}\n", &usual, &diff);
    diff_write_text(&diff, &options, &text);
    diff_write_side_by_side(&diff, &options, &text);
    diff_write_json(&diff, &text);
    assert_int_equal(slice_find(buffer_slice(&text), SLICE("topsecret")), text.len);
    buffer_release(&text);
    diff_release(&diff);
}

static void diff__copy_of_a_secret_in_its_annotation_is_secret(void **state)
{
    (void)state;
    expect_text("kind: Secret\nmetadata: {name: s}\n",
                "kind: Secret\nmetadata: {name: s, annotations: {a: b, kubectl.kubernetes.io/last-applied-configuration: "
                "topsecret}}\n",
                &usual,
                "~ Secret s\n+ metadata.annotations:\n+   a: b\n"
                "+   kubectl.kubernetes.io/last-applied-configuration: (secret, 9 bytes)\n\n");
}

/* --- what JSON says can be applied ------------------------------------------------------------------------------- */

static struct value read_json(const struct diff *diff)
{
    struct buffer text = BUFFER_INIT;
    struct value v;
    struct slice error;
    diff_write_json(diff, &text);
    struct slice copy = buffer_move(&text, &test.arena);
    assert_true(json_read(&test.arena, NULL, copy, &v, &error, NULL));
    return v;
}

static struct slice member(struct value v, const char *key)
{
    const struct value *found = map_find_text(v.map, key);
    return found && value_is_string(*found) ? value_slice(*found) : slice_of("", 0);
}

/* A set of bodies; some were taken out. */
struct bodies {
    struct value *items;
    struct kube_object *heads;
    bool *gone;
    size_t count;
};

static struct bodies bodies_of(struct object_list *list, size_t room)
{
    struct bodies out = {ARENA_ARRAY(&test.arena, struct value, list->count + room),
                         ARENA_ARRAY(&test.arena, struct kube_object, list->count + room),
                         ARENA_ARRAY(&test.arena, bool, list->count + room), list->count};
    for (size_t i = 0; i < list->count; i++) {
        assert_true(object_read(&test.arena, test.sources, &list->items[i], &test.diag));
        out.heads[i] = list->items[i];
        out.items[i] = value_thaw(&test.arena, list->items[i].body);
    }
    return out;
}

static size_t find_body(const struct bodies *set, struct value object)
{
    for (size_t i = 0; i < set->count; i++) {
        const struct kube_object *head = &set->heads[i];
        if (!set->gone[i] && slice_equal(head->kind, member(object, "kind")) &&
            slice_equal(head->api_version, member(object, "apiVersion")) &&
            slice_equal(head->name, member(object, "name")) &&
            slice_equal(head->name_space, member(object, "namespace")))
            return i;
    }
    fail_msg("no object %.*s", SLICE_ARG(member(object, "name")));
    return 0;
}

static void apply_object(struct bodies *set, struct value object)
{
    struct slice change = member(object, "change");
    if (slice_is(change, "added")) {
        set->items[set->count] = *map_find_text(object.map, "object");
        set->gone[set->count] = false;
        set->heads[set->count++] = (struct kube_object){.kind = SLICE("(added)")};
        return;
    }
    size_t at = find_body(set, object);
    if (slice_is(change, "removed")) {
        set->gone[at] = true;
        return;
    }
    assert_true(patch_apply(&test.arena, &set->items[at], *map_find_text(object.map, "patch")));
    set->heads[at].kind = SLICE("(done)");
}

/* Whether both are the same objects, in any order. */
static void expect_same_bodies(const struct bodies *set, struct object_list *right)
{
    size_t left_count = 0;
    for (size_t i = 0; i < set->count; i++)
        left_count += !set->gone[i];
    assert_int_equal(left_count, right->count);
    for (size_t i = 0; i < right->count; i++) {
        bool found = false;
        assert_true(object_read(&test.arena, test.sources, &right->items[i], &test.diag));
        for (size_t k = 0; k < set->count && !found; k++) {
            found = !set->gone[k] && same_value(set->items[k], right->items[i].body);
            if (found)
                set->gone[k] = true;
        }
        if (!found)
            fail_msg("%.*s %.*s is not what the diff makes", SLICE_ARG(right->items[i].kind),
                     SLICE_ARG(right->items[i].name));
    }
}

static void expect_applies(struct object_list *left, struct object_list *right)
{
    struct diff_options options = {.threads = 1, .show_secrets = true};
    struct diff diff;
    diff_init(&diff, &test.arena, SLICE("left"), SLICE("right"));
    assert_true(diff_objects(&diff, SLICE(""), left, right, &options, &test.diag));
    struct value json = read_json(&diff);
    struct bodies set = bodies_of(left, right->count);
    const struct value *objects = map_find_text(json.map, "objects");
    for (uint32_t i = 0; i < objects->list->len; i++)
        apply_object(&set, objects->list->items[i]);
    expect_same_bodies(&set, right);
    diff_release(&diff);
}

/* --- the platform ------------------------------------------------------------------------------------------------ */

static const char *const environments[] = {"local", "dev", "staging", "prod"};

struct rendered_environment {
    struct plan plan;
    struct rendered_plan rendered;
    struct object_list objects;
};

static void render_environment(struct rendered_environment *out, const char *name)
{
    struct plan_options options = {.helmfile = {.environment = slice_text(name)}};
    struct render_options render = {.threads = 1, .seeded = true};
    struct template_output_options output = {.include_crds = false};
    assert_true(plan_make(&test.arena, test.sources, SLICE("."), &options, &out->plan, &test.diag));
    assert_true(render_plan_keep(&out->plan, &render, &out->rendered, &test.diag));
    object_list_init(&out->objects, &test.arena, test.sources);
    for (size_t i = 0; i < out->rendered.count; i++)
        assert_true(object_list_add_release(&out->objects, &out->rendered.releases[i], &output, &test.diag));
}

static void end_environment(struct rendered_environment *e)
{
    rendered_plan_free(&e->rendered);
    plan_release(&e->plan);
}

static void diff__of_every_pair_of_environments_applies(void **state)
{
    struct rendered_environment all[4];
    (void)state;
    for (size_t i = 0; i < 4; i++)
        render_environment(&all[i], environments[i]);
    for (size_t i = 0; i < 4; i++) {
        for (size_t k = 0; k < 4; k++)
            expect_applies(&all[i].objects, &all[k].objects);
    }
    for (size_t i = 0; i < 4; i++)
        end_environment(&all[i]);
}

static uint32_t draw(uint64_t *state, uint32_t below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33) % below;
}

/* Changes something at a random place: a scalar, a key, an item or the order of a list. */
static void mutate(uint64_t *seed, struct value *v)
{
    if (v->kind == VALUE_MAP && v->map->len) {
        uint32_t at = draw(seed, v->map->len);
        if (draw(seed, 8) == 0)
            map_remove(v->map, v->map->entries[at].key);
        else if (draw(seed, 8) == 0)
            map_set_text(v->map, "added/by~test", value_text("x"));
        else
            mutate(seed, &v->map->entries[at].value);
    } else if (v->kind == VALUE_LIST && v->list->len) {
        struct list *list = v->list;
        uint32_t at = draw(seed, list->len);
        struct value item = list->items[at];
        switch (draw(seed, 4)) {
        case 0: /* to the end */
            memmove(list->items + at, list->items + at + 1, (list->len - 1 - at) * sizeof item);
            list->items[list->len - 1] = item;
            break;
        case 1:
            list_add(&test.arena, list, value_thaw(&test.arena, item));
            break;
        case 2:
            list->items[at] = list->items[--list->len];
            break;
        default:
            mutate(seed, &list->items[at]);
        }
    } else {
        *v = draw(seed, 2) ? value_int64(draw(seed, 100)) : value_text("mutated");
    }
}

static void diff__of_random_mutations_applies(void **state)
{
    struct rendered_environment prod;
    uint64_t seed = 2024;
    (void)state;
    render_environment(&prod, "prod");
    for (int i = 0; i < 200; i++) {
        struct object_list right;
        object_list_init(&right, &test.arena, test.sources);
        for (size_t k = 0; k < prod.objects.count; k++) {
            assert_true(object_read(&test.arena, test.sources, &prod.objects.items[k], &test.diag));
            struct value body = prod.objects.items[k].body;
            if (draw(&seed, 40) == 0) {
                body = value_thaw(&test.arena, body);
                mutate(&seed, &body);
            }
            if (draw(&seed, 60))
                object_list_add_body(&right, body);
        }
        expect_applies(&prod.objects, &right);
    }
    end_environment(&prod);
}

static void diff__of_a_golden_output_with_itself_is_empty(void **state)
{
    glob_t files;
    (void)state;
    assert_int_equal(glob("tests/golden/*/*/out", 0, NULL, &files), 0);
    size_t compared = 0;
    for (size_t i = 0; i < files.gl_pathc; i++) {
        struct object_list lists[2];
        struct slice text;
        struct diff diff;
        bool read = true;
        assert_true(file_read(&test.arena, files.gl_pathv[i], 0, &text, &test.diag));
        for (size_t k = 0; k < 2; k++) {
            object_list_init(&lists[k], &test.arena, test.sources);
            read = read && object_list_add_text(&lists[k], SLICE("out"), text, SLICE(""), &test.diag);
        }
        if (!read)
            continue; /* not manifests: a table, a message */
        /* none of the texts are taken for equal because they are one */
        for (size_t k = 0; k < lists[1].count; k++)
            lists[1].items[k].text = arena_printf(&test.arena, "# read anew\n%.*s", SLICE_ARG(lists[1].items[k].text));
        diff_init(&diff, &test.arena, SLICE("a"), SLICE("b"));
        assert_true(diff_objects(&diff, SLICE(""), &lists[0], &lists[1], &usual, &test.diag));
        assert_int_equal(diff.count, 0);
        assert_int_equal(diff.counts.same, lists[0].count);
        compared += lists[0].count;
        diff_release(&diff);
    }
    assert_true(compared > 500);
    globfree(&files);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(diff__added_removed_and_changed),
        TEST(diff__text_of_other_layout_is_the_same),
        TEST(diff__name_with_another_hash_is_a_rename),
        TEST(diff__almost_the_same_content_is_a_rename),
        TEST(diff__objects_that_say_little_are_no_renames),
        TEST(diff__version_of_an_api_is_a_field),
        TEST(diff__list_is_taken_apart),
        TEST(diff__same_object_twice_is_paired_in_order),
        TEST(diff__secrets_are_seen_to_change_but_not_shown),
        TEST(diff__no_writer_shows_a_secret),
        TEST(diff__copy_of_a_secret_in_its_annotation_is_secret),
        TEST(diff__of_every_pair_of_environments_applies),
        TEST(diff__of_random_mutations_applies),
        TEST(diff__of_a_golden_output_with_itself_is_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

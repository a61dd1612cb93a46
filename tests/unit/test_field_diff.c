/*
 * test_field_diff.c - what differs between two values, and the patch that it is
 */
#include "report_test.h"

#include "json_patch.h"
#include "report/list_align.h"
#include "report/same.h"

static struct field_changes changes_of(const char *left, const char *right, bool quantities)
{
    struct field_changes out = {NULL, 0, 0};
    struct field_diff_options options = {.quantities = quantities};
    field_diff(&test.arena, yaml(left), yaml(right), &options, &out);
    return out;
}

/* Changes as "kind path", one a line. */
static void expect_with(const char *left, const char *right, bool quantities, const char *expected)
{
    static const char signs[] = {
        [CHANGE_ADDED] = '+', [CHANGE_REMOVED] = '-', [CHANGE_REPLACED] = '~', [CHANGE_MOVED] = '>'};
    struct field_changes changes = changes_of(left, right, quantities);
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < changes.count; i++) {
        struct buffer path = BUFFER_INIT;
        field_path_write(changes.items[i].path, &path);
        buffer_printf(&text, "%c%.*s ", signs[changes.items[i].kind], SLICE_ARG(buffer_slice(&path)));
        buffer_release(&path);
    }
    assert_string_equal(buffer_move(&text, &test.arena).ptr, expected);
}

static void expect(const char *left, const char *right, const char *expected)
{
    expect_with(left, right, false, expected);
}

static void field_diff__maps_key_by_key(void **state)
{
    (void)state;
    expect("{a: 1, b: {c: 2}}", "{a: 1, b: {c: 3}, d: 4}", "~b.c +d ");
    expect("{a: {b: 1}}", "{a: 1}", "~a ");
    expect("{a: 1}", "{}", "-a ");
    expect("{a: null}", "{}", "-a ");
    expect("a", "b", "~ ");
}

static void field_diff__numbers_by_value_but_no_text(void **state)
{
    (void)state;
    expect("{a: 1}", "{a: 1.0}", "");
    expect("{a: 1}", "{a: '1'}", "~a ");
    expect("{a: true}", "{a: 'true'}", "~a ");
}

static void field_diff__keys_with_dots_are_quoted(void **state)
{
    (void)state;
    expect("{m: {helm.sh/chart: a}}", "{m: {helm.sh/chart: b}}", "~m[\"helm.sh/chart\"] ");
    expect("{'a b': 1, '': 1}", "{'a b': 2, '': 2}", "~[\"\"] ~[\"a b\"] ");
}

static void field_diff__lists_by_natural_key(void **state)
{
    (void)state;
    expect("containers: [{name: a, image: x}, {name: b, image: y}]",
           "containers: [{name: a, image: x}, {name: b, image: z}]", "~containers[b].image ");
    expect("containers: [{name: a}, {name: b}]", "containers: [{name: c}, {name: b}]", "-containers[a] +containers[c] ");
    expect("volumeMounts: [{name: v, mountPath: /a}, {name: v, mountPath: /b}]",
           "volumeMounts: [{name: w, mountPath: /b}]", "~volumeMounts[/b].name -volumeMounts[/a] ");
    expect("ports: [{port: 53, protocol: TCP}, {port: 53, protocol: UDP}]", "ports: [{port: 53, protocol: UDP}]",
           "-ports[53/TCP] ");
    expect("ports: [{name: http, port: 80}]", "ports: [{name: http, port: 81}]", "~ports[http].port ");
    expect("hostAliases: [{ip: 10.0.0.1, hostnames: [a]}]", "hostAliases: [{ip: 10.0.0.1, hostnames: [a, b]}]",
           "+hostAliases[10.0.0.1].hostnames[1] ");
    expect("rules: [{alert: A, expr: x}, {record: B, expr: y}]", "rules: [{alert: A, expr: x}, {record: B, expr: z}]",
           "~rules[B].expr ");
    expect("topologySpreadConstraints: [{topologyKey: zone, maxSkew: 1}]",
           "topologySpreadConstraints: [{topologyKey: zone, maxSkew: 2}]", "~topologySpreadConstraints[zone].maxSkew ");
    expect("envFrom: [{secretRef: {name: s}}]", "envFrom: [{configMapRef: {name: c}}, {secretRef: {name: s}}]",
           "+envFrom[c] ");
}

static void field_diff__repeated_keys_make_a_sequence(void **state)
{
    (void)state;
    expect("l: [{name: a, x: 1}, {name: a, x: 2}]", "l: [{name: a, x: 1}, {name: a, x: 3}]", "~l[1].x ");
}

static void field_diff__sequences_find_what_was_put_in(void **state)
{
    (void)state;
    expect("args: [a, b, c]", "args: [a, x, b, c]", "+args[1] ");
    expect("args: [a, b, c]", "args: [a, c]", "-args[1] ");
    expect("args: [--n=1, --m]", "args: [--n=2, --m]", "~args[0] ");
}

static void field_diff__order_of_keyed_items_is_a_move(void **state)
{
    (void)state;
    expect("env: [{name: a}, {name: b}, {name: c}]", "env: [{name: c}, {name: a}, {name: b}]", ">env[c] ");
    expect("env: [{name: a}, {name: b}]", "env: [{name: b}, {name: a, value: x}]", "+env[a].value >env[a] ");
}

static void field_diff__quantities_only_when_asked(void **state)
{
    const char *left = "{limits: {cpu: 500m, memory: 1Gi}, env: [{name: a, value: '0.5'}]}";
    const char *right = "{limits: {cpu: 0.5, memory: 1024Mi}, env: [{name: a, value: 500m}]}";
    (void)state;
    expect_with(left, right, true, "~env[a].value ");
    expect_with(left, right, false, "~env[a].value ~limits.cpu ~limits.memory ");
}

/* --- the changes as a patch -------------------------------------------------------------------------------------- */

struct random {
    uint64_t state;
};

static uint32_t draw(struct random *r, uint32_t below)
{
    r->state = r->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(r->state >> 33) % below;
}

static struct value random_value(struct random *r, int depth);

/* Items with names, so that they are keyed; sometimes without, sometimes in another order. */
static struct value random_list(struct random *r, int depth)
{
    struct list *list = list_new(&test.arena, 4);
    uint32_t count = draw(r, 6);
    bool named = draw(r, 2);
    uint32_t first = draw(r, 8);
    for (uint32_t i = 0; i < count; i++) {
        struct value item = random_value(r, depth + 1);
        if (named) {
            struct map *map = map_new(&test.arena, 2);
            map_set_text(map, "name", value_string(arena_printf(&test.arena, "n%u", (first + i * 3) % 8)));
            map_set_text(map, "x", item);
            item = value_map(map);
        }
        list_add(&test.arena, list, item);
    }
    return value_list(list);
}

static struct value random_map(struct random *r, int depth)
{
    static const char *const names[] = {"a", "b/c", "d~e", "", "list", "é", "ports"};
    struct map *map = map_new(&test.arena, 4);
    for (uint32_t i = draw(r, 5); i > 0; i--)
        map_set_text(map, names[draw(r, 7)], random_value(r, depth + 1));
    return value_map(map);
}

static struct value random_value(struct random *r, int depth)
{
    uint32_t kind = draw(r, depth > 4 ? 4 : 8);
    switch (kind) {
    case 0:
        return value_int64(draw(r, 4));
    case 1:
        return value_text(draw(r, 2) ? "x" : "y");
    case 2:
        return value_bool(draw(r, 2));
    case 3:
        return value_nil();
    case 4:
    case 5:
        return random_list(r, depth);
    default:
        return random_map(r, depth);
    }
}

/* Changes, removes, adds and reorders here and there. */
static void mutate(struct random *r, struct value *v, int depth)
{
    if (v->kind == VALUE_MAP) {
        for (uint32_t i = 0; i < v->map->len; i++)
            mutate(r, &v->map->entries[i].value, depth + 1);
        if (draw(r, 4) == 0)
            map_set_text(v->map, draw(r, 2) ? "new" : "a", random_value(r, depth + 1));
        if (v->map->len && draw(r, 4) == 0)
            map_remove(v->map, v->map->entries[draw(r, v->map->len)].key);
    } else if (v->kind == VALUE_LIST && v->list->len) {
        struct list *list = v->list;
        mutate(r, &list->items[draw(r, list->len)], depth + 1);
        struct value *one = &list->items[draw(r, list->len)];
        struct value *other = &list->items[draw(r, list->len)];
        struct value swapped = *one;
        *one = *other;
        *other = swapped;
        if (draw(r, 3) == 0)
            list->len--;
        if (draw(r, 3) == 0)
            list_add(&test.arena, list, random_value(r, depth + 1));
    } else if (draw(r, 3) == 0) {
        *v = random_value(r, depth + 1);
    }
}

/* The operations that write_json gives for the changes. */
static struct value operations(const struct field_changes *changes)
{
    static const char *const names[] = {
        [CHANGE_ADDED] = "add", [CHANGE_REMOVED] = "remove", [CHANGE_REPLACED] = "replace", [CHANGE_MOVED] = "move"};
    struct list *list = list_new(&test.arena, 8);
    for (size_t i = 0; i < changes->count; i++) {
        struct map *op = map_new(&test.arena, 4);
        map_set_text(op, "op", value_text(names[changes->items[i].kind]));
        map_set_text(op, "path", value_string(changes->items[i].pointer));
        map_set_text(op, "from", value_string(changes->items[i].from));
        map_set_text(op, "value", changes->items[i].right);
        list_add(&test.arena, list, value_map(op));
    }
    return value_list(list);
}

static void field_diff__applied_to_the_left_gives_the_right(void **state)
{
    struct random r = {42};
    struct field_diff_options options = {.quantities = false};
    (void)state;
    for (int i = 0; i < 2000; i++) {
        struct value left = random_map(&r, 0);
        struct value right = value_thaw(&test.arena, left);
        struct field_changes changes = {NULL, 0, 0};
        if (i % 4)
            mutate(&r, &right, 0);
        else
            right = random_map(&r, 0);
        field_diff(&test.arena, left, right, &options, &changes);
        struct value patched = value_thaw(&test.arena, left);
        assert_true(patch_apply(&test.arena, &patched, operations(&changes)));
        assert_true(same_value(patched, right));
        assert_true(changes.count > 0 || same_value(left, right));
    }
}

static void field_diff__equal_values_have_equal_hashes(void **state)
{
    (void)state;
    assert_int_equal(same_hash(yaml("{a: [1, x], b: 2}")), same_hash(yaml("{b: 2.0, a: [1.0, 'x']}")));
    assert_true(same_hash(yaml("[1, 2]")) != same_hash(yaml("[2, 1]")));
    assert_true(same_value(yaml("-0.0"), yaml("0")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(field_diff__maps_key_by_key, set_up, tear_down),
        cmocka_unit_test_setup_teardown(field_diff__numbers_by_value_but_no_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(field_diff__keys_with_dots_are_quoted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(field_diff__lists_by_natural_key, set_up, tear_down),
        cmocka_unit_test_setup_teardown(field_diff__repeated_keys_make_a_sequence, set_up, tear_down),
        cmocka_unit_test_setup_teardown(field_diff__sequences_find_what_was_put_in, set_up, tear_down),
        cmocka_unit_test_setup_teardown(field_diff__order_of_keyed_items_is_a_move, set_up, tear_down),
        cmocka_unit_test_setup_teardown(field_diff__quantities_only_when_asked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(field_diff__applied_to_the_left_gives_the_right, set_up, tear_down),
        cmocka_unit_test_setup_teardown(field_diff__equal_values_have_equal_hashes, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

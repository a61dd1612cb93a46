/*
 * cluster.c - rendered objects as they are in a cluster
 */
#include "report/cluster.h"

#include "base/process.h"
#include "codec/json_read.h"
#include "codec/json_write.h"
#include "golang/base64.h"
#include "report/list_align.h"
#include "report/object_match.h"
#include "report/same.h"
#include "report/sequence.h"

enum {
    MOST_WORDS = 16
};

/* --- asking kubectl ---------------------------------------------------------------------------------------------- */

/* An object's head is all that kubectl needs to find it. */
static void add_head(struct buffer *out, struct arena *a, const struct kube_object *object)
{
    struct json_write_options options = {.indent = NULL};
    struct slice error;
    struct map *metadata = map_new(a, 2);
    struct map *head = map_new(a, 3);
    map_set_text(metadata, "name", value_string(object->name));
    if (object->name_space.len)
        map_set_text(metadata, "namespace", value_string(object->name_space));
    map_set_text(head, "apiVersion", value_string(object->api_version));
    map_set_text(head, "kind", value_string(object->kind));
    map_set_text(head, "metadata", value_map(metadata));
    json_write(out, value_map(head), &options, a, &error);
}

static bool ask(struct object_list *live, const struct cluster_options *options, struct slice name_space,
                struct slice input, struct slice *answer, struct diag *diag)
{
    char *argv[MOST_WORDS] = {"kubectl", "get", "--filename=-", "--output=json", "--ignore-not-found"};
    size_t count = 5;
    if (name_space.len)
        argv[count++] = arena_text(live->arena, arena_printf(live->arena, "--namespace=%.*s", SLICE_ARG(name_space)));
    if (options->context.len)
        argv[count++] =
            arena_text(live->arena, arena_printf(live->arena, "--context=%.*s", SLICE_ARG(options->context)));
    struct process_options process = {.argv = argv, .input = input};
    return process_run(live->arena, &process, answer, diag);
}

/* kubectl prints one object as itself, several as a List, none as nothing. */
static bool add_answer(struct object_list *live, struct slice answer, struct diag *diag)
{
    struct value v;
    struct slice error;
    if (slice_trim(answer).len == 0)
        return true;
    if (!json_read(live->arena, NULL, answer, &v, &error, NULL))
        return diag_error(diag, "kubectl's answer is no JSON: %.*s", SLICE_ARG(error));
    const struct value *items = value_is_map(v) ? map_find_text(v.map, "items") : NULL;
    if (!items || !value_is_list(*items)) {
        object_list_add_body(live, v);
        return true;
    }
    for (uint32_t i = 0; i < items->list->len; i++)
        object_list_add_body(live, items->list->items[i]);
    return true;
}

static bool ask_namespace(struct object_list *live, struct object_list *rendered, const uint32_t *namespaces,
                          uint32_t number, const struct cluster_options *options, struct diag *diag)
{
    struct buffer input = BUFFER_INIT;
    struct slice answer;
    struct slice name_space = SLICE("");
    buffer_add_text(&input, "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[");
    size_t start = input.len;
    for (size_t i = 0; i < rendered->count; i++) {
        if (namespaces[i] != number)
            continue;
        if (input.len > start)
            buffer_add_char(&input, ',');
        add_head(&input, live->arena, &rendered->items[i]);
        name_space = rendered->items[i].name_space;
    }
    buffer_add_text(&input, "]}");
    bool ok = ask(live, options, name_space, buffer_slice(&input), &answer, diag) && add_answer(live, answer, diag);
    buffer_release(&input);
    return ok;
}

static bool ask_all(struct object_list *live, struct object_list *rendered, const struct cluster_options *options,
                    struct diag *diag)
{
    struct symbols symbols;
    uint32_t *namespaces = ARENA_ARRAY(live->arena, uint32_t, rendered->count);
    symbols_init(&symbols, live->arena);
    for (size_t i = 0; i < rendered->count; i++)
        namespaces[i] = symbols_add(&symbols, rendered->items[i].name_space);
    for (uint32_t n = 0; n < symbols.count; n++) {
        if (!ask_namespace(live, rendered, namespaces, n, options, diag))
            return false;
    }
    return true;
}

/* --- cutting down ------------------------------------------------------------------------------------------------ */

/* Maps whose keys are all the user's: one that a manifest does not have is a difference. */
static bool is_whole(struct slice field)
{
    return slice_is(field, "data") || slice_is(field, "binaryData") || slice_is(field, "labels") ||
           slice_is(field, "matchLabels") || slice_is(field, "nodeSelector");
}

static struct value cut_down(struct arena *a, struct slice field, struct value live, struct value wanted);

static struct value cut_map(struct arena *a, struct slice field, const struct map *live, const struct map *wanted)
{
    struct map *out = map_new(a, wanted->len);
    for (uint32_t i = 0; i < live->len; i++) {
        const struct entry *e = &live->entries[i];
        const struct value *same = map_find(wanted, e->key);
        if (same)
            map_append(out, e->key, cut_down(a, e->key, e->value, *same));
        else if (is_whole(field))
            map_append(out, e->key, e->value);
    }
    map_sort(out, NULL, NULL);
    return value_map(out);
}

static struct value cut_list(struct arena *a, struct slice field, const struct list *live, const struct list *wanted)
{
    struct list_alignment alignment;
    struct list *out = list_new(a, live->len);
    list_align(a, field, live, wanted, &alignment);
    for (uint32_t i = 0; i < live->len; i++) {
        uint32_t partner = alignment.partner[i];
        list_add(a, out, partner == LIST_NONE ? live->items[i]
                                              : cut_down(a, SLICE(""), live->items[i], wanted->items[partner]));
    }
    return value_list(out);
}

static struct value cut_down(struct arena *a, struct slice field, struct value live, struct value wanted)
{
    if (value_is_map(live) && value_is_map(wanted))
        return cut_map(a, field, live.map, wanted.map);
    if (value_is_list(live) && value_is_list(wanted))
        return cut_list(a, field, live.list, wanted.list);
    return live;
}

/* A cluster keeps what stringData says in data, encoded. */
static void encode_string_data(struct arena *a, struct kube_object *object)
{
    struct value *plain = value_is_map(object->body) ? map_find_text(object->body.map, "stringData") : NULL;
    if (!slice_is(object->kind, "Secret") || !plain || !value_is_map(*plain))
        return;
    struct map *body = map_copy(a, object->body.map);
    const struct value *encoded = map_find_text(body, "data");
    struct map *data = encoded && value_is_map(*encoded) ? map_copy(a, encoded->map) : map_new(a, plain->map->len);
    for (uint32_t i = 0; i < plain->map->len; i++) {
        const struct entry *e = &plain->map->entries[i];
        struct value text = value_string(go_base64_encode(a, same_scalar_text(a, e->value)));
        map_set(data, e->key, value_from(text, e->value.origin));
    }
    map_set_text(body, "data", value_from(value_map(data), plain->origin));
    map_remove(body, SLICE("stringData"));
    object->body = value_from(value_map(body), object->body.origin);
    object->text = slice_of("", 0);
}

static bool cut_all(struct object_list *live, struct object_list *rendered, struct diag *diag)
{
    size_t *partner;
    if (!object_match(live->arena, live, rendered, &partner, diag))
        return false;
    for (size_t i = 0; i < live->count; i++) {
        struct kube_object *object = &live->items[i];
        if (partner[i] != OBJECT_NONE)
            object->body = cut_down(live->arena, SLICE(""), object->body, rendered->items[partner[i]].body);
    }
    return true;
}

bool cluster_read(struct object_list *live, struct object_list *rendered, const struct cluster_options *options,
                  struct diag *diag)
{
    for (size_t i = 0; i < rendered->count; i++) {
        if (!object_read(rendered->arena, rendered->sources, &rendered->items[i], diag))
            return false;
        encode_string_data(rendered->arena, &rendered->items[i]);
    }
    return ask_all(live, rendered, options, diag) && cut_all(live, rendered, diag);
}

/*
 * pod_environment.c - the environment of a container
 *
 * Names keep their order while they are collected, because $(NAME) refers to what stands before it.
 */
#include "compose/pod.h"

#include "golang/base64.h"
#include "golang/unicode.h"

struct slice pod_escape(struct arena *a, struct slice text)
{
    struct buffer out = BUFFER_INIT;
    if (slice_find_char(text, '$') == text.len)
        return text;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '$')
            buffer_add_char(&out, '$');
        buffer_add_char(&out, text.ptr[i]);
    }
    return buffer_move(&out, a);
}

/* --- ConfigMaps and Secrets ------------------------------------------------------------------------------------- */

bool pod_data(struct pod *pod, const struct cluster_object *object, struct slice key, struct slice *out)
{
    struct arena *a = pod->cluster->arena;
    bool is_secret = slice_is(object->kind, "Secret");
    const char *name = arena_text(a, key);
    struct value plain = field_value(field_value(object->object, is_secret ? "stringData" : "data"), name);
    struct value coded = field_value(field_value(object->object, is_secret ? "data" : "binaryData"), name);
    size_t at;
    if (value_is_string(plain)) {
        *out = value_slice(plain);
        return true;
    }
    return value_is_string(coded) && go_base64_decode(a, value_slice(coded), out, &at) && go_valid_utf8(*out);
}

/* --- collecting --------------------------------------------------------------------------------------------------- */

struct collecting {
    struct pod *pod;
    struct map *environment; /* values as Kubernetes has them, not escaped; null: unknown */
};

/* Kubernetes' $(NAME): known names are replaced, $$ is one dollar, all else stays. */
static struct slice expand(struct arena *a, struct slice text, const struct map *environment)
{
    struct buffer out = BUFFER_INIT;
    size_t i = 0;
    while (i < text.len) {
        struct slice rest = slice_after(text, i);
        if (slice_starts(rest, SLICE("$$"))) {
            buffer_add_char(&out, '$');
            i += 2;
            continue;
        }
        size_t end = slice_starts(rest, SLICE("$(")) ? slice_find_char(rest, ')') : rest.len;
        const struct value *known = end < rest.len ? map_find(environment, slice_part(rest, 2, end)) : NULL;
        if (known && value_is_string(*known)) {
            buffer_add(&out, value_slice(*known));
            i += end + 1;
        } else {
            buffer_add_char(&out, rest.ptr[0]);
            i++;
        }
    }
    return buffer_move(&out, a);
}

static void set(struct collecting *c, struct slice name, struct slice text)
{
    map_set(c->environment, name, value_string(text));
}

static void set_unknown(struct collecting *c, struct slice name, const char *why, struct slice what)
{
    cluster_lose(c->pod->cluster, c->pod->workload, "%.*s comes from %s %.*s: take it from the shell", SLICE_ARG(name),
                 why, SLICE_ARG(what));
    map_set(c->environment, name, value_nil());
}

static void take_all_of(struct collecting *c, struct value from, const char *key, const char *kind)
{
    struct value reference = field_value(from, key);
    struct slice name = field_text(reference, "name");
    struct slice prefix = field_text(from, "prefix");
    struct arena *a = c->pod->cluster->arena;
    static const char *const parts[] = {"data", "stringData"};
    if (!value_is_map(reference))
        return;
    const struct cluster_object *object = cluster_find(c->pod->cluster, kind, c->pod->workload->name_space, name);
    if (!object) {
        if (!field_is_true(reference, "optional"))
            cluster_lose(c->pod->cluster, c->pod->workload, "its environment is from %s %.*s, which is not rendered",
                         kind, SLICE_ARG(name));
        return;
    }
    for (size_t p = 0; p < sizeof parts / sizeof parts[0]; p++) {
        struct value data = field_value(object->object, parts[p]);
        for (uint32_t i = 0; value_is_map(data) && i < data.map->len; i++) {
            struct slice text;
            if (pod_data(c->pod, object, data.map->entries[i].key, &text))
                set(c, arena_concat(a, prefix, data.map->entries[i].key), text);
        }
    }
}

static void take_key_of(struct collecting *c, struct slice name, struct value reference, const char *kind)
{
    const struct cluster_object *object =
        cluster_find(c->pod->cluster, kind, c->pod->workload->name_space, field_text(reference, "name"));
    struct slice text;
    if (object && pod_data(c->pod, object, field_text(reference, "key"), &text))
        set(c, name, text);
    else if (!field_is_true(reference, "optional"))
        set_unknown(c, name, kind, field_text(reference, "name"));
}

/* metadata.labels['key'] and its like. */
static bool quoted_key(struct slice path, const char *prefix, struct slice *key)
{
    size_t length = strlen(prefix);
    if (!slice_starts(path, slice_text(prefix)) || !slice_ends(path, SLICE("']")) || path.len < length + 4)
        return false;
    *key = slice_part(path, length + 2, path.len - 2);
    return true;
}

static bool field_of_pod(const struct pod *pod, struct slice path, struct slice *out)
{
    struct value metadata = field_value(pod->template, "metadata");
    struct arena *a = pod->cluster->arena;
    struct slice key;
    bool is_label = quoted_key(path, "metadata.labels", &key);
    if (slice_is(path, "metadata.name") || slice_is(path, "status.podIP")) /* the host name leads to the address */
        *out = pod->name;
    else if (slice_is(path, "metadata.namespace"))
        *out = pod->workload->name_space;
    else if (slice_is(path, "spec.serviceAccountName"))
        *out = field_text(pod->spec, "serviceAccountName");
    else if (is_label && slice_is(key, "apps.kubernetes.io/pod-index"))
        *out = arena_printf(a, "%zu", pod->index);
    else if (is_label && slice_is(key, "statefulset.kubernetes.io/pod-name"))
        *out = pod->name;
    else if (is_label)
        *out = field_text(field_value(metadata, "labels"), arena_text(a, key));
    else if (quoted_key(path, "metadata.annotations", &key))
        *out = field_text(field_value(metadata, "annotations"), arena_text(a, key));
    else
        return false;
    return true;
}

static void take_variable(struct collecting *c, struct value variable)
{
    struct slice name = field_text(variable, "name");
    struct value from = field_value(variable, "valueFrom");
    struct value field = field_value(from, "fieldRef");
    struct slice text;
    if (!value_is_map(from)) {
        set(c, name, expand(c->pod->cluster->arena, field_text(variable, "value"), c->environment));
    } else if (value_is_map(field)) {
        if (field_of_pod(c->pod, field_text(field, "fieldPath"), &text))
            set(c, name, text);
        else
            set_unknown(c, name, "the pod's", field_text(field, "fieldPath"));
    } else if (value_is_map(field_value(from, "configMapKeyRef"))) {
        take_key_of(c, name, field_value(from, "configMapKeyRef"), "ConfigMap");
    } else if (value_is_map(field_value(from, "secretKeyRef"))) {
        take_key_of(c, name, field_value(from, "secretKeyRef"), "Secret");
    } else {
        set_unknown(c, name, "the container's", field_text(field_value(from, "resourceFieldRef"), "resource"));
    }
}

struct value pod_environment(struct pod *pod, struct value container)
{
    struct collecting c = {pod, map_new(pod->cluster->arena, 16)};
    struct field_items from = field_items(container, "envFrom");
    struct field_items own = field_items(container, "env");
    for (size_t i = 0; i < from.count; i++) {
        take_all_of(&c, from.items[i], "configMapRef", "ConfigMap");
        take_all_of(&c, from.items[i], "secretRef", "Secret");
    }
    for (size_t i = 0; i < own.count; i++)
        take_variable(&c, own.items[i]);
    return value_map(c.environment);
}

struct value pod_words(struct pod *pod, struct value container, const char *key, struct value environment)
{
    struct arena *a = pod->cluster->arena;
    struct field_items words = field_items(container, key);
    struct list *list = list_new(a, (uint32_t)words.count);
    for (size_t i = 0; i < words.count; i++) {
        struct slice word = value_is_string(words.items[i]) ? value_slice(words.items[i]) : SLICE("");
        list_add(a, list, value_string(pod_escape(a, expand(a, word, environment.map))));
    }
    return words.count ? value_list(list) : value_nil();
}

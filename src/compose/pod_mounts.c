/*
 * pod_mounts.c - volumes of a pod as mounts of compose
 *
 * ConfigMaps and Secrets become configs, one a key, with their text in the compose file. An empty folder that only one
 * container sees becomes a tmpfs, which anybody may write to; one that several share, and every claim, a named volume.
 */
#include "compose/pod.h"

#include "base/file.h"

struct mounting {
    struct pod *pod;
    struct value mount;   /* of the container: name, mountPath, subPath, readOnly */
    struct slice path;    /* mountPath */
    struct list *volumes; /* of the service being made */
    struct list *configs;
};

/* --- names -------------------------------------------------------------------------------------------------------- */

/* Letters, digits, '.', '_' and '-'; anything else becomes '-'. */
static struct slice plain_name(struct arena *a, struct slice text)
{
    char *out = arena_text(a, text);
    for (size_t i = 0; i < text.len; i++) {
        char c = out[i];
        bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
        out[i] = good ? c : '-';
    }
    return slice_of(out, text.len);
}

/* --- named volumes and folders of the host ------------------------------------------------------------------------ */

static void add_volume(struct mounting *m, const char *type, struct slice source)
{
    struct map *volume = map_new(m->pod->cluster->arena, 4);
    map_set_text(volume, "type", value_text(type));
    if (source.len)
        map_set_slice(volume, "source", source);
    map_set_slice(volume, "target", m->path);
    if (field_is_true(m->mount, "readOnly"))
        map_set_text(volume, "read_only", value_bool(true));
    list_add(m->pod->cluster->arena, m->volumes, value_map(volume));
}

/* A part of a volume is a volume of its own: compose does not make the folder of a subpath. */
static void mount_named(struct mounting *m, struct slice name)
{
    struct arena *a = m->pod->cluster->arena;
    struct slice part = field_text(m->mount, "subPath");
    if (part.len)
        name = arena_printf(a, "%.*s-%.*s", SLICE_ARG(name), SLICE_ARG(part));
    name = plain_name(a, name);
    map_set(m->pod->volumes, name, value_map(map_new(a, 0)));
    add_volume(m, "volume", name);
}

static size_t count_users(const struct pod *pod, const char *list, struct slice volume)
{
    struct field_items containers = field_items(pod->spec, list);
    size_t count = 0;
    for (size_t i = 0; i < containers.count; i++) {
        struct field_items mounts = field_items(containers.items[i], "volumeMounts");
        for (size_t k = 0; k < mounts.count; k++)
            count += slice_equal(field_text(mounts.items[k], "name"), volume);
    }
    return count;
}

static void mount_empty_folder(struct mounting *m, struct slice volume)
{
    struct pod *pod = m->pod;
    if (count_users(pod, "containers", volume) + count_users(pod, "initContainers", volume) > 1)
        mount_named(m, arena_printf(pod->cluster->arena, "%.*s-%.*s", SLICE_ARG(pod->name), SLICE_ARG(volume)));
    else
        add_volume(m, "tmpfs", SLICE(""));
}

/* --- ConfigMaps and Secrets --------------------------------------------------------------------------------------- */

/* The name of the config that has the text of a key, which is added where it is not there yet. */
static bool config_name(struct pod *pod, const struct cluster_object *object, struct slice key, struct slice *name)
{
    struct arena *a = pod->cluster->arena;
    struct slice text;
    if (!pod_data(pod, object, key, &text)) {
        cluster_lose(pod->cluster, object, "key %.*s is no text", SLICE_ARG(key));
        return false;
    }
    *name = plain_name(a, arena_printf(a, "%.*s-%.*s-%.*s-%.*s", SLICE_ARG(object->name_space),
                                       SLICE_ARG(object->kind), SLICE_ARG(object->name), SLICE_ARG(key)));
    struct map *config = map_new(a, 1);
    map_set_slice(config, "content", pod_escape(a, text));
    map_set(pod->configs, *name, value_map(config));
    return true;
}

/* File modes are numbers that YAML wrote in decimal or octal. */
static bool read_mode(struct value holder, const char *key, struct slice *out, struct arena *a)
{
    struct value mode = field_value(holder, key);
    if (mode.kind != VALUE_INT)
        return false;
    *out = arena_printf(a, "0%llo", (unsigned long long)mode.i);
    return true;
}

static void mount_key(struct mounting *m, const struct cluster_object *object, struct slice key, struct slice file,
                      struct value item, struct value volume)
{
    struct arena *a = m->pod->cluster->arena;
    struct slice part = field_text(m->mount, "subPath");
    struct slice target = slice_text(file_join(a, m->path, file));
    struct slice name, mode;
    if (part.len && !slice_equal(part, file))
        return;
    if (part.len)
        target = m->path;
    if (!config_name(m->pod, object, key, &name))
        return;
    struct map *config = map_new(a, 3);
    map_set_slice(config, "source", name);
    map_set_slice(config, "target", target);
    if (read_mode(item, "mode", &mode, a) || read_mode(volume, "defaultMode", &mode, a))
        map_set_slice(config, "mode", mode);
    list_add(a, m->configs, value_map(config));
}

static void mount_all_keys(struct mounting *m, const struct cluster_object *object, struct value volume)
{
    static const char *const parts[] = {"data", "stringData", "binaryData"};
    for (size_t p = 0; p < sizeof parts / sizeof parts[0]; p++) {
        struct value data = field_value(object->object, parts[p]);
        for (uint32_t i = 0; value_is_map(data) && i < data.map->len; i++) {
            struct slice key = data.map->entries[i].key;
            mount_key(m, object, key, key, value_nil(), volume);
        }
    }
}

/* `source` names the object and perhaps its keys, `volume` has the mode. */
static void mount_object(struct mounting *m, const char *kind, struct slice name, struct value source,
                         struct value volume)
{
    struct pod *pod = m->pod;
    const struct cluster_object *object = cluster_find(pod->cluster, kind, pod->workload->name_space, name);
    struct field_items items = field_items(source, "items");
    if (!object) {
        if (!field_is_true(source, "optional"))
            cluster_lose(pod->cluster, pod->workload, "%.*s is %s %.*s, which is not rendered", SLICE_ARG(m->path), kind,
                         SLICE_ARG(name));
        return;
    }
    for (size_t i = 0; i < items.count; i++)
        mount_key(m, object, field_text(items.items[i], "key"), field_text(items.items[i], "path"), items.items[i],
                  volume);
    if (items.count == 0)
        mount_all_keys(m, object, volume);
}

static void mount_projected(struct mounting *m, struct value projected)
{
    struct field_items sources = field_items(projected, "sources");
    for (size_t i = 0; i < sources.count; i++) {
        struct value config = field_value(sources.items[i], "configMap");
        struct value secret = field_value(sources.items[i], "secret");
        if (value_is_map(config))
            mount_object(m, "ConfigMap", field_text(config, "name"), config, projected);
        else if (value_is_map(secret))
            mount_object(m, "Secret", field_text(secret, "name"), secret, projected);
        else
            cluster_lose(m->pod->cluster, m->pod->workload, "%.*s has what only a cluster knows", SLICE_ARG(m->path));
    }
}

/* --- any volume ------------------------------------------------------------------------------------------------------ */

static void mount_volume(struct mounting *m, struct value volume)
{
    struct value config = field_value(volume, "configMap");
    struct value secret = field_value(volume, "secret");
    struct value claim = field_value(volume, "persistentVolumeClaim");
    struct value host = field_value(volume, "hostPath");
    if (value_is_map(config))
        mount_object(m, "ConfigMap", field_text(config, "name"), config, config);
    else if (value_is_map(secret))
        mount_object(m, "Secret", field_text(secret, "secretName"), secret, secret);
    else if (value_is_map(field_value(volume, "projected")))
        mount_projected(m, field_value(volume, "projected"));
    else if (value_is_map(field_value(volume, "emptyDir")))
        mount_empty_folder(m, field_text(volume, "name"));
    else if (value_is_map(claim))
        mount_named(m, field_text(claim, "claimName"));
    else if (value_is_map(host))
        add_volume(m, "bind", field_text(host, "path"));
    else
        cluster_lose(m->pod->cluster, m->pod->workload, "volume %.*s is of a kind that compose does not have",
                     SLICE_ARG(field_text(volume, "name")));
}

static struct value find_named(struct field_items items, struct slice name, bool in_metadata)
{
    for (size_t i = 0; i < items.count; i++) {
        struct value holder = in_metadata ? field_value(items.items[i], "metadata") : items.items[i];
        if (slice_equal(field_text(holder, "name"), name))
            return items.items[i];
    }
    return value_nil();
}

static void mount_one(struct mounting *m)
{
    struct pod *pod = m->pod;
    struct slice name = field_text(m->mount, "name");
    struct value workload = field_value(pod->workload->object, "spec");
    struct value volume = find_named(field_items(pod->spec, "volumes"), name, false);
    if (!value_is_nil(find_named(field_items(workload, "volumeClaimTemplates"), name, true)))
        mount_named(m, arena_printf(pod->cluster->arena, "%.*s-%.*s", SLICE_ARG(name), SLICE_ARG(pod->name)));
    else if (value_is_map(volume))
        mount_volume(m, volume);
    else
        cluster_lose(pod->cluster, pod->workload, "%.*s mounts volume %.*s, which the pod does not have",
                     SLICE_ARG(m->path), SLICE_ARG(name));
}

void pod_add_mounts(struct pod *pod, struct value container, struct map *service)
{
    struct arena *a = pod->cluster->arena;
    struct field_items mounts = field_items(container, "volumeMounts");
    struct mounting m = {.pod = pod, .volumes = list_new(a, 4), .configs = list_new(a, 4)};
    for (size_t i = 0; i < mounts.count; i++) {
        m.mount = mounts.items[i];
        m.path = field_text(m.mount, "mountPath");
        mount_one(&m);
    }
    if (m.volumes->len)
        map_set_text(service, "volumes", value_list(m.volumes));
    if (m.configs->len)
        map_set_text(service, "configs", value_list(m.configs));
}

/*
 * pod_services.c - the containers of a pod as services of compose
 *
 * The first container is the service of the pod's name and has its network; the others live in that network, and
 * init containers run to their end before it, one after the other.
 */
#include "compose/pod.h"

#include "golang/strconv.h"

/* --- resources -------------------------------------------------------------------------------------------------------- */

struct suffix {
    const char *text;
    double factor;
};

/* A Kubernetes quantity as a number; false where it is none. */
static bool quantity(struct value v, double *out)
{
    static const struct suffix suffixes[] = {{"Ki", 1024.0},          {"Mi", 1048576.0}, {"Gi", 1073741824.0},
                                             {"Ti", 1099511627776.0}, {"m", 0.001},      {"k", 1e3},
                                             {"M", 1e6},              {"G", 1e9},        {"T", 1e12},
                                             {"", 1.0}};
    if (v.kind == VALUE_INT)
        *out = (double)v.i;
    else if (v.kind == VALUE_FLOAT)
        *out = v.f;
    if (v.kind == VALUE_INT || v.kind == VALUE_FLOAT)
        return true;
    for (size_t i = 0; value_is_string(v) && i < sizeof suffixes / sizeof suffixes[0]; i++) {
        struct slice text = value_slice(v);
        if (!slice_ends(text, slice_text(suffixes[i].text)))
            continue;
        text.len -= strlen(suffixes[i].text);
        if (go_parse_float(text, 64, out) != GO_NUMBER_OK)
            return false;
        *out *= suffixes[i].factor;
        return true;
    }
    return false;
}

static void add_resources(struct pod *pod, struct value container, struct map *service)
{
    struct arena *a = pod->cluster->arena;
    struct value limits = field_value(field_value(container, "resources"), "limits");
    struct map *out = map_new(a, 2);
    double number;
    if (quantity(field_value(limits, "cpu"), &number))
        map_set_slice(out, "cpus", arena_printf(a, "%.3f", number));
    if (quantity(field_value(limits, "memory"), &number))
        map_set_slice(out, "memory", arena_printf(a, "%.0f", number));
    if (out->len == 0)
        return;
    struct map *resources = map_new(a, 1);
    struct map *deploy = map_new(a, 1);
    map_set_text(resources, "limits", value_map(out));
    map_set_text(deploy, "resources", value_map(resources));
    map_set_text(service, "deploy", value_map(deploy));
}

/* --- security ----------------------------------------------------------------------------------------------------------- */

/* A field of the container's security context, or else of the pod's. */
static struct value security(const struct pod *pod, struct value container, const char *key)
{
    struct value own = field_value(field_value(container, "securityContext"), key);
    return value_is_nil(own) ? field_value(field_value(pod->spec, "securityContext"), key) : own;
}

static void add_user(struct pod *pod, struct value container, struct map *service)
{
    struct arena *a = pod->cluster->arena;
    struct value user = security(pod, container, "runAsUser");
    struct value group = security(pod, container, "runAsGroup");
    struct value volumes = security(pod, container, "fsGroup");
    if (user.kind == VALUE_INT && group.kind == VALUE_INT)
        map_set_slice(service, "user", arena_printf(a, "%lld:%lld", (long long)user.i, (long long)group.i));
    else if (user.kind == VALUE_INT)
        map_set_slice(service, "user", arena_printf(a, "%lld", (long long)user.i));
    if (volumes.kind == VALUE_INT) {
        struct slice text = arena_printf(a, "%lld", (long long)volumes.i);
        map_set_text(service, "group_add", list_of_strings(a, &text, 1));
    }
}

static void add_security(struct pod *pod, struct value container, struct map *service)
{
    static const struct slice no_new = SLICE_INIT("no-new-privileges:true");
    struct value context = field_value(container, "securityContext");
    struct value capabilities = field_value(context, "capabilities");
    struct value escalation = field_value(context, "allowPrivilegeEscalation");
    add_user(pod, container, service);
    if (value_is_list(field_value(capabilities, "add")))
        map_set_text(service, "cap_add", field_value(capabilities, "add"));
    if (value_is_list(field_value(capabilities, "drop")))
        map_set_text(service, "cap_drop", field_value(capabilities, "drop"));
    if (field_is_true(context, "privileged"))
        map_set_text(service, "privileged", value_bool(true));
    if (field_is_true(context, "readOnlyRootFilesystem"))
        map_set_text(service, "read_only", value_bool(true));
    if (escalation.kind == VALUE_BOOL && !escalation.b)
        map_set_text(service, "security_opt", list_of_strings(pod->cluster->arena, &no_new, 1));
}

/* --- health --------------------------------------------------------------------------------------------------------------- */

static int64_t probe_number(struct value probe, const char *key, int64_t otherwise)
{
    struct value v = field_value(probe, key);
    return v.kind == VALUE_INT ? v.i : otherwise;
}

/* Compose runs a program in the container and has one probe: the first that is one. */
static struct value probe_with_program(struct value container)
{
    static const char *const probes[] = {"readinessProbe", "livenessProbe", "startupProbe"};
    for (size_t i = 0; i < sizeof probes / sizeof probes[0]; i++) {
        struct value probe = field_value(container, probes[i]);
        if (field_items(field_value(probe, "exec"), "command").count)
            return probe;
    }
    return value_nil();
}

static bool has_probe(struct value container)
{
    return value_is_map(field_value(container, "readinessProbe")) || value_is_map(field_value(container, "livenessProbe")) ||
           value_is_map(field_value(container, "startupProbe"));
}

static struct value health_command(struct arena *a, struct field_items words)
{
    struct list *test = list_new(a, (uint32_t)words.count + 1);
    list_add(a, test, value_text("CMD"));
    for (size_t i = 0; i < words.count; i++) {
        if (value_is_string(words.items[i]))
            list_add(a, test, value_string(pod_escape(a, value_slice(words.items[i]))));
    }
    return value_list(test);
}

static void set_seconds(struct arena *a, struct map *map, const char *key, int64_t seconds)
{
    map_set_slice(map, key, arena_printf(a, "%llds", (long long)seconds));
}

static void add_health(struct pod *pod, struct value container, struct map *service)
{
    struct arena *a = pod->cluster->arena;
    struct value startup = field_value(container, "startupProbe");
    struct value probe = probe_with_program(container);
    struct map *check = map_new(a, 5);
    if (value_is_nil(probe)) {
        if (has_probe(container))
            cluster_lose(pod->cluster, pod->workload, "the probes of container %.*s are no programs",
                         SLICE_ARG(field_text(container, "name")));
        return;
    }
    map_set_text(check, "test", health_command(a, field_items(field_value(probe, "exec"), "command")));
    set_seconds(a, check, "interval", probe_number(probe, "periodSeconds", 10));
    set_seconds(a, check, "timeout", probe_number(probe, "timeoutSeconds", 1));
    map_set_text(check, "retries", value_int(probe_number(probe, "failureThreshold", 3)));
    if (value_is_map(startup))
        set_seconds(a, check, "start_period",
                    probe_number(startup, "failureThreshold", 3) * probe_number(startup, "periodSeconds", 10));
    map_set_text(service, "healthcheck", value_map(check));
}

/* --- ports and names ------------------------------------------------------------------------------------------------------ */

/* The number of a port that may be a name of a container's. */
static struct value port_number(const struct pod *pod, struct value port)
{
    struct field_items containers = field_items(pod->spec, "containers");
    for (size_t i = 0; value_is_string(port) && i < containers.count; i++) {
        struct field_items ports = field_items(containers.items[i], "ports");
        for (size_t k = 0; k < ports.count; k++) {
            if (slice_equal(field_text(ports.items[k], "name"), value_slice(port)))
                return field_value(ports.items[k], "containerPort");
        }
    }
    return port;
}

static void publish(struct pod *pod, struct list *ports, struct value target, struct value published, const char *host)
{
    struct arena *a = pod->cluster->arena;
    struct map *port = map_new(a, 3);
    map_set_text(port, "target", target);
    if (published.kind == VALUE_INT)
        map_set_slice(port, "published", arena_printf(a, "%lld", (long long)published.i));
    if (host)
        map_set_text(port, "host_ip", value_text(host));
    list_add(a, ports, value_map(port));
}

/* Whether an Ingress of the namespace leads to the Service. */
static bool has_ingress(const struct cluster *c, const struct cluster_object *service)
{
    for (size_t i = 0; i < c->count; i++) {
        if (!slice_is(c->objects[i].kind, "Ingress") || !slice_equal(c->objects[i].name_space, service->name_space))
            continue;
        struct field_items rules = field_items(field_value(c->objects[i].object, "spec"), "rules");
        for (size_t r = 0; r < rules.count; r++) {
            struct field_items paths = field_items(field_value(rules.items[r], "http"), "paths");
            for (size_t p = 0; p < paths.count; p++) {
                struct value backend = field_value(field_value(paths.items[p], "backend"), "service");
                if (slice_equal(field_text(backend, "name"), service->name))
                    return true;
            }
        }
    }
    return false;
}

static void add_dependency(struct arena *a, struct map *depends, struct slice service, const char *condition)
{
    struct map *row = map_new(a, 1);
    map_set_text(row, "condition", value_text(condition));
    map_set(depends, service, value_map(row));
}

/* Compose has no ports of services, clients reach the container's: a program in the pod's network passes on what comes
   to another. */
static void forward(struct pod *pod, struct map *services, int64_t from, int64_t to)
{
    struct arena *a = pod->cluster->arena;
    struct map *service = map_new(a, 5);
    struct map *depends = map_new(a, 1);
    const struct slice words[] = {arena_printf(a, "TCP-LISTEN:%lld,fork,reuseaddr", (long long)from),
                                  arena_printf(a, "TCP:127.0.0.1:%lld", (long long)to)};
    map_set_slice(service, "image", pod->cluster->forwarder);
    map_set_text(service, "command", list_of_strings(a, words, 2));
    map_set_text(service, "restart", value_text("unless-stopped"));
    map_set_slice(service, "network_mode", arena_printf(a, "service:%.*s", SLICE_ARG(pod->name)));
    add_dependency(a, depends, pod->name, "service_started");
    map_set_text(service, "depends_on", value_map(depends));
    map_set(services, arena_printf(a, "%.*s-port-%lld", SLICE_ARG(pod->name), (long long)from), value_map(service));
}

static void add_ports(struct pod *pod, const struct cluster_object *service, struct list *ports, struct map *services)
{
    struct value spec = field_value(service->object, "spec");
    struct field_items own = field_items(spec, "ports");
    struct slice type = field_text(spec, "type");
    bool ingress = has_ingress(pod->cluster, service);
    for (size_t i = 0; i < own.count; i++) {
        struct value port = field_value(own.items[i], "port");
        struct value target = field_value(own.items[i], "targetPort");
        target = port_number(pod, value_is_nil(target) ? port : target);
        if (target.kind != VALUE_INT)
            continue;
        if (port.kind == VALUE_INT && target.i != port.i)
            forward(pod, services, port.i, target.i);
        if (slice_is(type, "NodePort"))
            publish(pod, ports, target, field_value(own.items[i], "nodePort"), NULL);
        else if (slice_is(type, "LoadBalancer"))
            publish(pod, ports, target, port, NULL);
        else if (ingress)
            publish(pod, ports, target, value_nil(), "127.0.0.1");
    }
}

/* name, name.namespace, name.namespace.svc, name.namespace.svc.cluster.local */
static void add_names(struct pod *pod, struct list *aliases, struct slice name)
{
    static const char *const domains[] = {"", ".svc", ".svc.cluster.local"};
    struct arena *a = pod->cluster->arena;
    struct slice name_space = pod->workload->name_space;
    if (!slice_equal(name, pod->name)) /* a service has its own name already */
        list_add(a, aliases, value_string(name));
    for (size_t i = 0; i < sizeof domains / sizeof domains[0]; i++)
        list_add(a, aliases, value_string(arena_printf(a, "%.*s.%.*s%s", SLICE_ARG(name), SLICE_ARG(name_space), domains[i])));
}

static void add_network(struct pod *pod, struct map *service, struct map *services)
{
    struct cluster *c = pod->cluster;
    struct arena *a = c->arena;
    struct value labels = field_value(field_value(pod->template, "metadata"), "labels");
    struct slice governing = field_text(field_value(pod->workload->object, "spec"), "serviceName");
    struct list *aliases = list_new(a, 8);
    struct list *ports = list_new(a, 2);
    for (size_t i = 0; i < c->count; i++) {
        if (!slice_is(c->objects[i].kind, "Service") || !cluster_selects(&c->objects[i], pod->workload, labels))
            continue;
        add_names(pod, aliases, c->objects[i].name);
        add_ports(pod, &c->objects[i], ports, services);
    }
    if (governing.len)
        add_names(pod, aliases, arena_printf(a, "%.*s.%.*s", SLICE_ARG(pod->name), SLICE_ARG(governing)));
    map_set_slice(service, "hostname", pod->name);
    if (ports->len)
        map_set_text(service, "ports", value_list(ports));
    if (aliases->len) {
        struct map *network = map_new(a, 1);
        struct map *networks = map_new(a, 1);
        map_set_text(network, "aliases", value_list(aliases));
        map_set_text(networks, "default", value_map(network));
        map_set_text(service, "networks", value_map(networks));
    }
}

/* --- services -------------------------------------------------------------------------------------------------------------- */

static const char *restart_policy(const struct pod *pod)
{
    return slice_is(pod->workload->kind, "Job") ? "on-failure" : "unless-stopped";
}

static const char *pull_policy(struct slice kubernetes)
{
    if (slice_is(kubernetes, "Always"))
        return "always";
    return slice_is(kubernetes, "Never") ? "never" : "missing";
}

/* Values of the environment as compose reads them; what is unknown is taken from the shell. */
static struct value escape_all(struct arena *a, struct value environment)
{
    struct map *out = map_new(a, environment.map->len);
    for (uint32_t i = 0; i < environment.map->len; i++) {
        const struct entry *entry = &environment.map->entries[i];
        struct value v = entry->value;
        map_set(out, entry->key, value_is_string(v) ? value_string(pod_escape(a, value_slice(v))) : v);
    }
    return value_map(out);
}

static struct map *service_of(struct pod *pod, struct value container)
{
    struct arena *a = pod->cluster->arena;
    struct map *service = map_new(a, 16);
    struct value environment = pod_environment(pod, container);
    struct value command = pod_words(pod, container, "command", environment);
    struct value args = pod_words(pod, container, "args", environment);
    map_set_slice(service, "image", pod_escape(a, field_text(container, "image")));
    map_set_text(service, "pull_policy", value_text(pull_policy(field_text(container, "imagePullPolicy"))));
    map_set_text(service, "restart", value_text(restart_policy(pod)));
    if (!value_is_nil(command))
        map_set_text(service, "entrypoint", command);
    if (!value_is_nil(args))
        map_set_text(service, "command", args);
    if (field_text(container, "workingDir").len)
        map_set_slice(service, "working_dir", field_text(container, "workingDir"));
    if (environment.map->len)
        map_set_text(service, "environment", escape_all(a, environment));
    add_resources(pod, container, service);
    add_security(pod, container, service);
    add_health(pod, container, service);
    pod_add_mounts(pod, container, service);
    return service;
}

/* Init containers before the pod; returns what the pod waits for. */
static struct map *add_init_services(struct pod *pod, struct map *services, struct value depends)
{
    struct arena *a = pod->cluster->arena;
    struct field_items containers = field_items(pod->spec, "initContainers");
    struct map *waits = value_is_map(depends) ? map_copy(a, depends.map) : map_new(a, 2);
    for (size_t i = 0; i < containers.count; i++) {
        struct slice name = arena_printf(a, "%.*s-%.*s", SLICE_ARG(pod->name),
                                         SLICE_ARG(field_text(containers.items[i], "name")));
        bool stays = slice_is(field_text(containers.items[i], "restartPolicy"), "Always");
        struct map *service = service_of(pod, containers.items[i]);
        map_set_text(service, "restart", value_text(stays ? "unless-stopped" : "on-failure"));
        if (waits->len)
            map_set_text(service, "depends_on", value_map(map_copy(a, waits)));
        map_set(services, name, value_map(service));
        add_dependency(a, waits, name, stays ? "service_started" : "service_completed_successfully");
    }
    return waits;
}

void pod_add_services(struct pod *pod, struct map *services, struct value depends)
{
    struct arena *a = pod->cluster->arena;
    struct field_items containers = field_items(pod->spec, "containers");
    struct map *waits = add_init_services(pod, services, depends);
    struct value grace = field_value(pod->spec, "terminationGracePeriodSeconds");
    for (size_t i = 0; i < containers.count; i++) {
        struct map *service = service_of(pod, containers.items[i]);
        struct slice name = pod->name;
        if (i > 0) {
            struct map *after = map_new(a, 1);
            name = arena_printf(a, "%.*s-%.*s", SLICE_ARG(pod->name), SLICE_ARG(field_text(containers.items[i], "name")));
            map_set_slice(service, "network_mode", arena_printf(a, "service:%.*s", SLICE_ARG(pod->name)));
            add_dependency(a, after, pod->name, "service_started");
            map_set_text(service, "depends_on", value_map(after));
        } else {
            add_network(pod, service, services);
            if (waits->len)
                map_set_text(service, "depends_on", value_map(waits));
        }
        if (grace.kind == VALUE_INT)
            map_set_slice(service, "stop_grace_period", arena_printf(a, "%llds", (long long)grace.i));
        map_set(services, name, value_map(service));
    }
}

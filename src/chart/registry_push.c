/*
 * registry_push.c - charts into OCI registries, and what reading and writing share
 */
#include "chart/registry_chart.h"

#include "chart/load.h"
#include "codec/json_write.h"
#include "golang/path.h"

const struct slice registry_config_type = SLICE_INIT("application/vnd.cncf.helm.config.v1+json");
const struct slice registry_chart_type = SLICE_INIT("application/vnd.cncf.helm.chart.content.v1.tar+gzip");
const struct slice registry_provenance_type = SLICE_INIT("application/vnd.cncf.helm.chart.provenance.v1.prov");

static const char underscore_message[] =
    "\n"
    "OCI artifact references (e.g. tags) do not support the plus sign (+). To support\n"
    "storing semantic versions, Helm adopts the convention of changing plus (+) to\n"
    "an underscore (_) in chart version tags when pushing to a registry and back to\n"
    "a plus (+) when pulling from a registry.";

struct oci_options registry_options(const struct remote_options *o)
{
    struct oci_options options = {
        .http = o->http,
        .plain_http = o->plain_http,
        .username = o->username,
        .password = o->password,
        .login_file = o->paths.registry_config,
        .user_agent = helm_user_agent,
    };
    /* with options of its own for TLS, Helm's client forgets --plain-http */
    if (o->http.ca_file.len || o->http.insecure || (o->http.cert_file.len && o->http.key_file.len))
        options.plain_http = false;
    return options;
}

void registry_say(const struct remote_source *source, struct slice line)
{
    if (source->say)
        source->say(source->say_context, line);
}

/* What Helm's client prints when it is done. */
void registry_say_done(const struct remote_source *source, struct arena *a, const char *what, struct slice reference,
                       struct slice digest, struct slice shown)
{
    registry_say(source, arena_printf(a, "%s: %.*s", what, SLICE_ARG(reference)));
    registry_say(source, arena_printf(a, "Digest: %.*s", SLICE_ARG(digest)));
    if (slice_find_char(shown, '_') == shown.len)
        return;
    registry_say(source, arena_printf(a, "%.*s contains an underscore.", SLICE_ARG(reference)));
    registry_say(source, slice_text(underscore_message));
}

/* --- pushing ------------------------------------------------------------------------------------------------ */

struct blob {
    struct slice media_type;
    struct slice digest;
    struct slice bytes;
};

static struct blob blob_of(struct arena *a, struct slice media_type, struct slice bytes)
{
    return (struct blob){media_type, oci_digest(a, bytes), bytes};
}

static void add_annotation(struct map *map, const char *key, struct slice text)
{
    if (slice_trim(text).len)
        map_set(map, slice_text(key), value_string(text));
}

/* "Ann (ann@x), Bob" */
static struct slice authors(struct arena *a, const struct chart_maintainers *maintainers)
{
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < maintainers->count; i++) {
        const struct chart_maintainer *m = maintainers->items[i];
        buffer_add(&text, m->name);
        if (m->email.len)
            buffer_printf(&text, " (%.*s)", SLICE_ARG(m->email));
        if (i + 1 < maintainers->count)
            buffer_add_text(&text, ", ");
    }
    return buffer_move(&text, a);
}

/* What the manifest says about the chart: from its metadata, then its own annotations, which may not change title and
   version. */
static struct value annotations(struct arena *a, const struct chart_metadata *md, struct slice created)
{
    struct map *map = map_new(a, 8);
    add_annotation(map, "org.opencontainers.image.description", md->description);
    add_annotation(map, "org.opencontainers.image.title", md->name);
    add_annotation(map, "org.opencontainers.image.version", md->version);
    add_annotation(map, "org.opencontainers.image.url", md->home);
    add_annotation(map, "org.opencontainers.image.created", created);
    if (md->sources.count)
        add_annotation(map, "org.opencontainers.image.source", md->sources.items[0]);
    if (md->maintainers.count)
        add_annotation(map, "org.opencontainers.image.authors", authors(a, &md->maintainers));
    for (uint32_t i = 0; value_is_map(md->annotations) && i < md->annotations.map->len; i++) {
        const struct entry *entry = &md->annotations.map->entries[i];
        if (!slice_is(entry->key, "org.opencontainers.image.version") &&
            !slice_is(entry->key, "org.opencontainers.image.title"))
            map_set(map, entry->key, entry->value);
    }
    return value_map(map);
}

static struct value descriptor_to_value(struct arena *a, const struct blob *blob)
{
    struct map *map = map_new(a, 3);
    map_append(map, SLICE("mediaType"), value_string(blob->media_type));
    map_append(map, SLICE("digest"), value_string(blob->digest));
    map_append(map, SLICE("size"), value_int((int64_t)blob->bytes.len));
    return value_map(map);
}

static struct slice json_text(struct arena *a, struct value v)
{
    struct buffer text = BUFFER_INIT;
    struct slice error;
    json_write(&text, v, NULL, a, &error); /* texts and numbers can always be written */
    return buffer_move(&text, a);
}

static struct slice manifest_text(struct arena *a, const struct blob *config, const struct blob *layers, size_t count,
                                  struct value notes)
{
    struct map *map = map_new(a, 4);
    struct list *list = list_new(a, (uint32_t)count);
    for (size_t i = 0; i < count; i++)
        list_add(a, list, descriptor_to_value(a, &layers[i]));
    map_append(map, SLICE("schemaVersion"), value_int(2));
    map_append(map, SLICE("config"), descriptor_to_value(a, config));
    map_append(map, SLICE("layers"), value_list(list));
    map_append(map, SLICE("annotations"), notes);
    return json_text(a, value_map(map));
}

/* Layers are in the order of their digests. */
static size_t make_layers(struct arena *a, const struct registry_push *push, struct blob *layers)
{
    layers[0] = blob_of(a, registry_chart_type, push->archive);
    if (!push->provenance.ptr)
        return 1;
    layers[1] = blob_of(a, registry_provenance_type, push->provenance);
    if (slice_compare(layers[1].digest, layers[0].digest) < 0) {
        struct blob first = layers[1];
        layers[1] = layers[0];
        layers[0] = first;
    }
    return 2;
}

static bool store(struct oci_client *client, struct arena *a, const struct oci_reference *reference,
                  const struct blob *config, const struct blob *layers, size_t count, struct slice manifest,
                  struct diag *diag)
{
    bool has;
    if (!oci_has_manifest(client, a, reference, oci_digest(a, manifest), &has, diag)) {
        diag_prefix(diag, "failed to perform \"Exists\" on destination: ");
        return false;
    }
    for (size_t i = 0; !has && i < count; i++) {
        if (!oci_push_blob(client, a, reference, layers[i].digest, layers[i].bytes, diag))
            return false;
    }
    if (!has && !oci_push_blob(client, a, reference, config->digest, config->bytes, diag))
        return false;
    if (oci_push_manifest(client, a, reference, manifest, diag))
        return true;
    diag_prefix(diag, "failed to perform \"PushReference\" on destination: ");
    return false;
}

static bool push_chart(const struct remote_source *source, const struct registry_push *push,
                       const struct chart_metadata *md, struct slice remote, struct arena *a, struct diag *diag)
{
    struct oci_options options = registry_options(source->options);
    struct oci_client *client;
    struct oci_reference reference;
    struct blob layers[2];
    struct slice base = go_path_clean(a, slice_after(remote, strlen("oci://")));
    struct slice text = arena_printf(a, "%.*s/%.*s:%.*s", SLICE_ARG(base), SLICE_ARG(md->name),
                                     SLICE_ARG(md->version));
    if (!oci_reference_parse(a, text, &reference, diag) || !oci_client_new(&options, &client, diag))
        return false;
    struct blob config = blob_of(a, registry_config_type, json_text(a, metadata_to_value(a, md)));
    size_t count = make_layers(a, push, layers);
    struct slice manifest = manifest_text(a, &config, layers, count, annotations(a, md, push->created));
    bool ok = store(client, a, &reference, &config, layers, count, manifest, diag);
    oci_client_free(client);
    if (ok)
        registry_say_done(source, a, "Pushed", oci_reference_text(a, &reference), oci_digest(a, manifest), reference.tag);
    return ok;
}

bool registry_chart_push(const struct remote_source *source, const struct registry_push *push, struct slice remote,
                         struct source_set *sources, struct arena *a, struct diag *diag)
{
    struct chart_load_options load = {.helm3 = source->options->helm3};
    struct chart *chart;
    if (!chart_load_archive(push->archive, "chart.tgz", &load, sources, &chart, diag))
        return false;
    bool ok = push_chart(source, push, &chart->metadata, remote, a, diag);
    chart_free(chart);
    return ok;
}

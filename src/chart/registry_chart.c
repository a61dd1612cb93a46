/*
 * registry_chart.c - charts in OCI registries
 */
#include "chart/registry_chart.h"

#include "base/digest.h"
#include "base/limits.h"
#include "fetch/content_cache.h"
#include "golang/path.h"
#include "golang/semver.h"

#include <stdlib.h>

enum { PROVENANCE_LIMIT = 1 << 20 };

static const struct slice legacy_chart_type = SLICE_INIT("application/tar+gzip");

/* --- versions ----------------------------------------------------------------------------------------------- */

static int newest_first(const void *a, const void *b)
{
    const struct semver *one = a;
    const struct semver *other = b;
    return semver_compare(other, one);
}

/* The tags of a repository are kept like an archive, one a line, for --offline. */
static struct slice place_of_tags(struct arena *a, const struct oci_reference *reference)
{
    return arena_printf(a, "oci://%.*s/%.*s tags", SLICE_ARG(reference->registry), SLICE_ARG(reference->repository));
}

static void keep_tags(const struct content_cache *cache, struct arena *a, const struct oci_reference *reference,
                      const struct slice *tags, size_t count)
{
    struct diag ignored;
    struct buffer text = BUFFER_INIT;
    const char *path;
    for (size_t i = 0; i < count; i++) {
        buffer_add(&text, tags[i]);
        buffer_add_char(&text, '\n');
    }
    struct slice checksum = digest_hex(a, DIGEST_SHA256, buffer_slice(&text));
    diag_init(&ignored);
    if (content_cache_put(cache, a, checksum, ".tags", buffer_slice(&text), &path, &ignored))
        content_cache_note(cache, place_of_tags(a, reference), checksum);
    diag_release(&ignored);
    buffer_release(&text);
}

static bool recall_tags(const struct content_cache *cache, struct arena *a, const struct oci_reference *reference,
                        struct slice **tags, size_t *count)
{
    struct slice checksum;
    struct slice text;
    struct slice line;
    const char *path;
    if (!content_cache_recall(cache, a, place_of_tags(a, reference), &checksum) ||
        !content_cache_get(cache, a, checksum, ".tags", &text, &path))
        return false;
    *tags = ARENA_ARRAY(a, struct slice, slice_count_char(text, '\n') + 1);
    *count = 0;
    while (slice_next_piece(&text, '\n', &line)) {
        if (line.len)
            (*tags)[(*count)++] = line;
    }
    return true;
}

bool registry_versions(struct oci_client *client, const struct remote_options *options, struct arena *a,
                       const struct oci_reference *reference, struct slice **versions, size_t *count,
                       struct diag *diag)
{
    struct content_cache cache = {options->paths.content_cache};
    struct slice *tags;
    size_t tag_count;
    size_t kept = 0;
    if (!options->http.offline || !recall_tags(&cache, a, reference, &tags, &tag_count)) {
        if (!oci_tags(client, a, reference, &tags, &tag_count, diag))
            return false;
        keep_tags(&cache, a, reference, tags, tag_count);
    }
    struct semver *parsed = ARENA_ARRAY(a, struct semver, tag_count + 1);
    for (size_t i = 0; i < tag_count; i++) {
        char *text = arena_text(a, tags[i]);
        for (size_t j = 0; j < tags[i].len; j++) {
            if (text[j] == '_')
                text[j] = '+';
        }
        if (semver_parse_strict(slice_of(text, tags[i].len), &parsed[kept]))
            kept++;
    }
    qsort(parsed, kept, sizeof *parsed, newest_first);
    *versions = ARENA_ARRAY(a, struct slice, kept + 1);
    for (size_t i = 0; i < kept; i++)
        (*versions)[i] = parsed[i].original;
    *count = kept;
    return true;
}

bool registry_pick_version(struct arena *a, const struct slice *versions, size_t count, struct slice wanted,
                           struct slice *out, struct diag *diag)
{
    struct semver_constraint *range;
    struct slice error;
    for (size_t i = 0; wanted.len && i < count; i++) {
        if (slice_equal(versions[i], wanted)) {
            *out = wanted;
            return true;
        }
    }
    if (!semver_constraint_parse(a, wanted.len ? wanted : SLICE("*"), &range, &error))
        return diag_error_slice(diag, error);
    for (size_t i = 0; i < count; i++) {
        struct semver version;
        if (semver_parse_loose(versions[i], &version) && semver_constraint_check(range, &version)) {
            *out = versions[i];
            return true;
        }
    }
    return diag_error(diag, "could not locate a version matching provided version string %.*s", SLICE_ARG(wanted));
}

/* --- pulling ------------------------------------------------------------------------------------------------ */

struct pulling {
    const struct remote_source *source;
    const struct remote_options *options;
    struct oci_client *client;
    struct arena *arena;
    struct oci_reference reference; /* as it was given */
    struct oci_reference target;    /* with the tag that was chosen, or the digest alone */
    struct slice version;           /* the tag as it names the file: with '+' */
    struct content_cache cache;
    struct remote_chart *out;
    struct diag *diag;
};

/* A digest that comes with a version: the tag, where there is one, must lead to it. */
static bool check_tagged_digest(struct pulling *p, struct slice version)
{
    struct diag ignored;
    struct slice digest;
    struct oci_reference tagged = p->reference;
    tagged.digest = SLICE("");
    tagged.tag = version;
    diag_init(&ignored);
    bool known = oci_resolve(p->client, p->arena, &tagged, &digest, &ignored);
    diag_release(&ignored);
    if (!known || slice_equal(digest, p->reference.digest))
        return true;
    return diag_error(p->diag, "chart reference digest mismatch: %.*s is not %.*s", SLICE_ARG(digest),
                      SLICE_ARG(p->reference.digest));
}

static bool pick_tag(struct pulling *p, struct slice text, struct slice wanted, struct slice *version)
{
    struct slice *versions;
    size_t count;
    if (!registry_versions(p->client, p->options, p->arena, &p->reference, &versions, &count, p->diag))
        return false;
    if (count == 0)
        return diag_error(p->diag, "unable to locate any tags in provided repository: %.*s", SLICE_ARG(text));
    return registry_pick_version(p->arena, versions, count, wanted, version, p->diag);
}

/* Decides which manifest is meant. */
static bool choose(struct pulling *p, struct slice text)
{
    struct semver ignored;
    struct slice wanted = p->options->version.len ? p->options->version : p->reference.tag;
    p->target = p->reference;
    if (p->options->version.len && p->reference.tag.len && !slice_equal(p->reference.tag, wanted))
        return diag_error(p->diag, "chart reference and version mismatch: %.*s is not %.*s", SLICE_ARG(wanted),
                          SLICE_ARG(p->reference.tag));
    if (p->reference.digest.len) {
        p->target.tag = SLICE("");
        return !wanted.len || check_tagged_digest(p, wanted);
    }
    p->version = wanted;
    if (!semver_parse_loose(wanted, &ignored) && !pick_tag(p, text, wanted, &p->version))
        return false;
    struct slice full = arena_printf(p->arena, "%.*s/%.*s:%.*s", SLICE_ARG(p->reference.registry),
                                     SLICE_ARG(p->reference.repository), SLICE_ARG(p->version));
    return oci_reference_parse(p->arena, full, &p->target, p->diag);
}

/* "shop-1.2.3.tgz"; of a digest "shop@sha256-….tgz", as Helm cuts at the last colon. */
static struct slice file_name(struct pulling *p)
{
    struct slice base = go_path_base(p->reference.repository);
    if (p->version.len)
        return arena_printf(p->arena, "%.*s-%.*s.tgz", SLICE_ARG(base), SLICE_ARG(p->version));
    size_t colon = slice_find_last_char(p->reference.digest, ':');
    return arena_printf(p->arena, "%.*s@%.*s-%.*s.tgz", SLICE_ARG(base),
                        SLICE_ARG(slice_part(p->reference.digest, 0, colon)),
                        SLICE_ARG(slice_after(p->reference.digest, colon + 1)));
}

static const struct oci_descriptor *find_layer(const struct oci_manifest *manifest, struct slice type)
{
    for (size_t i = 0; i < manifest->layer_count; i++) {
        if (slice_equal(manifest->layers[i].media_type, type))
            return &manifest->layers[i];
    }
    return NULL;
}

static size_t count_known(const struct oci_manifest *manifest, bool config)
{
    size_t count = 1 + (config ? 1 : 0); /* the manifest itself counts, as in Helm */
    for (size_t i = 0; i < manifest->layer_count; i++) {
        struct slice type = manifest->layers[i].media_type;
        if (slice_equal(type, registry_chart_type) || slice_equal(type, legacy_chart_type))
            count++;
    }
    return count;
}

static bool find_chart_layer(struct pulling *p, const struct oci_manifest *manifest,
                             const struct oci_descriptor **layer)
{
    enum { FEWEST = 2 };
    bool has_config = slice_equal(manifest->config.media_type, registry_config_type);
    size_t known = count_known(manifest, has_config);
    if (known < FEWEST)
        return diag_error(p->diag, "manifest does not contain minimum number of descriptors (%d), descriptors found: "
                                   "%zu", FEWEST, known);
    if (!has_config)
        return diag_error(p->diag, "could not load config with mediatype %.*s", SLICE_ARG(registry_config_type));
    *layer = find_layer(manifest, registry_chart_type);
    if (!*layer && (*layer = find_layer(manifest, legacy_chart_type)) != NULL)
        registry_say(p->source, arena_printf(p->arena, "Warning: chart media type %.*s is deprecated",
                                    SLICE_ARG(legacy_chart_type)));
    return *layer || diag_error(p->diag, "manifest does not contain a layer with mediatype %.*s",
                                SLICE_ARG(registry_chart_type));
}

static struct slice checksum_of(struct slice digest)
{
    struct slice prefix = SLICE("sha256:");
    return slice_starts(digest, prefix) ? slice_after(digest, prefix.len) : SLICE("");
}

/* The layer from the cache, or from the registry into the cache. */
static bool get_layer(struct pulling *p, const struct oci_descriptor *layer)
{
    struct diag ignored;
    struct slice checksum = checksum_of(layer->digest);
    if (content_cache_get(&p->cache, p->arena, checksum, ".chart", &p->out->bytes, &p->out->cache_path))
        return true;
    if (!checksum.len || !is_checksum(checksum))
        return diag_error(p->diag, "unsupported digest algorithm: %.*s", SLICE_ARG(layer->digest));
    if (!oci_fetch_blob(p->client, p->arena, &p->target, layer, LIMIT_CHART_ARCHIVE, &p->out->bytes, p->diag)) {
        diag_prefix(p->diag, "failed to perform \"Fetch\" on source: ");
        return false;
    }
    diag_init(&ignored);
    if (!content_cache_put(&p->cache, p->arena, checksum, ".chart", p->out->bytes, &p->out->cache_path, &ignored))
        p->out->cache_path = NULL;
    diag_release(&ignored);
    return true;
}

static bool get_provenance(struct pulling *p, const struct oci_manifest *manifest)
{
    const struct oci_descriptor *layer = find_layer(manifest, registry_provenance_type);
    struct diag own;
    diag_init(&own);
    bool ok = layer ? oci_fetch_blob(p->client, p->arena, &p->target, layer, PROVENANCE_LIMIT, &p->out->provenance,
                                     &own)
                    : diag_error(&own, "manifest does not contain a layer with mediatype %.*s",
                                 SLICE_ARG(registry_provenance_type));
    if (!ok) {
        p->out->provenance = slice_of(NULL, 0);
        p->out->provenance_fault = arena_slice(p->arena, own.last->message);
    }
    diag_release(&own);
    return ok;
}

/* What a place had last: the chart's checksum and, beside it, the manifest's. */
static struct slice place_of_manifest(struct pulling *p, struct slice place)
{
    return arena_concat(p->arena, place, SLICE(" manifest"));
}

static bool pull_from_cache(struct pulling *p, struct slice place, struct slice *digest)
{
    struct slice checksum;
    struct slice manifest;
    if (!content_cache_recall(&p->cache, p->arena, place, &checksum) ||
        !content_cache_recall(&p->cache, p->arena, place_of_manifest(p, place), &manifest) ||
        !content_cache_get(&p->cache, p->arena, checksum, ".chart", &p->out->bytes, &p->out->cache_path))
        return false;
    *digest = arena_concat(p->arena, SLICE("sha256:"), manifest);
    return true;
}

static bool pull_from_registry(struct pulling *p, struct slice place, struct slice *digest)
{
    struct oci_manifest manifest;
    const struct oci_descriptor *layer = NULL;
    if (!oci_fetch_manifest(p->client, p->arena, &p->target, &manifest, p->diag)) {
        diag_prefix(p->diag, "failed to perform \"FetchReference\" on source: ");
        return false;
    }
    if (!find_chart_layer(p, &manifest, &layer) || !get_layer(p, layer))
        return false;
    *digest = manifest.digest;
    if (p->source->with_provenance)
        get_provenance(p, &manifest);
    content_cache_note(&p->cache, place, checksum_of(layer->digest));
    content_cache_note(&p->cache, place_of_manifest(p, place), checksum_of(manifest.digest));
    return true;
}

static bool pull(struct pulling *p, struct slice text)
{
    struct file_lock lock = FILE_LOCK_INIT;
    struct slice digest;
    if (!choose(p, text))
        return false;
    struct slice name = oci_reference_text(p->arena, &p->target);
    struct slice place = arena_concat(p->arena, SLICE("oci://"), name);
    p->out->file_name = file_name(p);
    content_cache_lock(&p->cache, place, &lock);
    bool ok = (p->options->http.offline && pull_from_cache(p, place, &digest)) ||
              pull_from_registry(p, place, &digest);
    file_lock_release(&lock);
    if (ok)
        registry_say_done(p->source, p->arena, "Pulled", name, digest, name);
    return ok;
}

bool registry_chart_fetch(const struct remote_source *source, struct slice reference, struct arena *a,
                          struct remote_chart *out, struct diag *diag)
{
    struct oci_options options = registry_options(source->options);
    struct pulling p = {
        .source = source,
        .options = source->options,
        .arena = a,
        .cache = {source->options->paths.content_cache},
        .out = out,
        .diag = diag,
    };
    if (!oci_reference_parse(a, reference, &p.reference, diag))
        return false;
    if (!oci_client_new(&options, &p.client, diag)) {
        diag_prefix(diag, "missing registry client: ");
        return false;
    }
    bool ok = pull(&p, reference);
    oci_client_free(p.client);
    return ok;
}

/*
 * oci_client.c - OCI registries
 *
 * Every request goes through `ask`: what was granted before is sent along, a 401 is answered once, and what comes back
 * is for the caller to judge. Grants are kept in the client's arena, one for each host, until it ends.
 */
#include "fetch/oci_client.h"

#include "base/digest.h"
#include "base/memory.h"
#include "codec/json_read.h"
#include "fetch/oci_auth.h"
#include "golang/strconv.h"
#include "golang/url.h"

enum {
    MANIFEST_LIMIT = 4 << 20,
    MOST_TAG_PAGES = 1000,
    MOST_LAYERS = 1000
};

const struct slice oci_manifest_type = SLICE_INIT("application/vnd.oci.image.manifest.v1+json");

static const struct slice accepted_manifests =
    SLICE_INIT("application/vnd.docker.distribution.manifest.v2+json, "
               "application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.oci.image.manifest.v1+json, "
               "application/vnd.oci.image.index.v1+json, application/vnd.oci.artifact.manifest.v1+json");

/* What a host granted. */
struct grant {
    struct grant *next;
    struct slice host;
    struct slice scopes;        /* empty for basic authorization, which is for all */
    struct slice authorization;
};

struct oci_client {
    struct arena arena;
    struct oci_options options;
    struct http_client *http;
    struct grant *grants;
    bool oauth2; /* while a login is tried */
};

bool oci_client_new(const struct oci_options *options, struct oci_client **out, struct diag *diag)
{
    struct oci_client *client = memory_zalloc(1, sizeof *client);
    arena_init(&client->arena);
    client->options = *options;
    if (!http_client_new(&options->http, &client->http, diag) ||
        !credentials_check(&client->arena, options->login_file, diag)) {
        oci_client_free(client);
        return false;
    }
    *out = client;
    return true;
}

void oci_client_free(struct oci_client *client)
{
    if (!client)
        return;
    http_client_free(client->http);
    arena_release(&client->arena);
    memory_free(client);
}

struct slice oci_digest(struct arena *a, struct slice bytes)
{
    return arena_concat(a, SLICE("sha256:"), digest_hex(a, DIGEST_SHA256, bytes));
}

/* --- asking ------------------------------------------------------------------------------------------------- */

struct question {
    const char *method;
    struct slice url;
    struct slice accept;
    struct slice content_type;
    struct slice body;
    struct slice scope;
    size_t limit;
};

static struct slice registry_host(struct slice registry)
{
    return slice_is(registry, "docker.io") ? SLICE("registry-1.docker.io") : registry;
}

static struct slice url_host(struct arena *a, struct slice text)
{
    struct go_url url;
    struct slice error;
    return go_url_parse(a, text, &url, &error) ? url.host : SLICE("");
}

static struct slice granted(const struct oci_client *client, struct slice host, struct slice scopes)
{
    for (const struct grant *g = client->grants; g; g = g->next) {
        if (slice_equal(g->host, host) && (!g->scopes.len || slice_equal(g->scopes, scopes)))
            return g->authorization;
    }
    return slice_of(NULL, 0);
}

static void keep_grant(struct oci_client *client, struct slice host, struct slice scopes, struct slice authorization)
{
    struct grant *g = ARENA_NEW(&client->arena, struct grant);
    g->host = arena_slice(&client->arena, host);
    g->scopes = arena_slice(&client->arena, scopes);
    g->authorization = arena_slice(&client->arena, authorization);
    g->next = client->grants;
    client->grants = g;
}

static bool send(struct oci_client *client, struct arena *a, const struct question *q, struct slice authorization,
                 struct http_response *response, struct diag *diag)
{
    struct http_header headers[4];
    size_t count = 0;
    headers[count++] = (struct http_header){SLICE("User-Agent"), client->options.user_agent};
    if (q->accept.len)
        headers[count++] = (struct http_header){SLICE("Accept"), q->accept};
    if (q->content_type.len)
        headers[count++] = (struct http_header){SLICE("Content-Type"), q->content_type};
    if (authorization.len)
        headers[count++] = (struct http_header){SLICE("Authorization"), authorization};
    struct http_request request = {.method = q->method,
                                   .url = q->url,
                                   .headers = headers,
                                   .header_count = count,
                                   .body = q->body,
                                   .limit = q->limit ? q->limit : MANIFEST_LIMIT};
    return http_send(client->http, a, &request, response, diag);
}

static bool find_credential(struct oci_client *client, struct arena *a, struct slice host, struct credential *out,
                            struct diag *diag)
{
    const struct oci_options *o = &client->options;
    *out = (struct credential){.username = o->username, .password = o->password};
    if (o->username.len && o->password.len)
        return true;
    return credentials_find(a, o->login_file, host, out, diag);
}

/* Answers a 401; the error says what was asked. */
static bool authorize(struct oci_client *client, struct arena *a, const struct question *q,
                      const struct oci_challenge *challenge, struct slice scopes, struct slice *authorization,
                      struct diag *diag)
{
    struct credential credential;
    struct slice host = url_host(a, q->url);
    struct buffer quoted = BUFFER_INIT;
    if (find_credential(client, a, host, &credential, diag) &&
        oci_authorize(client->http, a, challenge, scopes, &credential, client->options.user_agent, client->oauth2,
                      authorization, diag)) {
        keep_grant(client, host, challenge->scheme == OCI_SCHEME_BASIC ? SLICE("") : scopes, *authorization);
        return true;
    }
    go_quote(&quoted, q->url);
    diag_prefix(diag, "%s %.*s: ", q->method, SLICE_ARG(buffer_slice(&quoted)));
    buffer_release(&quoted);
    return false;
}

static bool ask(struct oci_client *client, struct arena *a, const struct question *q, struct http_response *response,
                struct diag *diag)
{
    struct oci_challenge challenge;
    struct slice authorization = granted(client, url_host(a, q->url), q->scope);
    if (!send(client, a, q, authorization, response, diag))
        return false;
    if (response->status != 401)
        return true;
    oci_challenge_read(a, http_response_header(response, "www-authenticate"), &challenge);
    if (challenge.scheme == OCI_SCHEME_UNKNOWN)
        return true;
    struct slice scopes = oci_scopes_join(a, q->scope, challenge.scope);
    struct slice other = granted(client, url_host(a, q->url), scopes);
    if (other.len && !slice_equal(other, authorization)) {
        if (!send(client, a, q, other, response, diag))
            return false;
        if (response->status != 401)
            return true;
    }
    return authorize(client, a, q, &challenge, scopes, &authorization, diag) &&
           send(client, a, q, authorization, response, diag);
}

/* --- names -------------------------------------------------------------------------------------------------- */

static struct slice api_url(struct oci_client *client, struct arena *a, const struct oci_reference *r,
                            const char *rest, struct slice last)
{
    return arena_printf(a, "%s://%.*s/v2/%.*s/%s%.*s", client->options.plain_http ? "http" : "https",
                        SLICE_ARG(registry_host(r->registry)), SLICE_ARG(r->repository), rest, SLICE_ARG(last));
}

static struct slice pull_scope(struct arena *a, const struct oci_reference *r)
{
    return arena_printf(a, "repository:%.*s:pull", SLICE_ARG(r->repository));
}

static struct slice push_scope(struct arena *a, const struct oci_reference *r)
{
    return arena_printf(a, "repository:%.*s:pull,push", SLICE_ARG(r->repository));
}

static bool not_found(struct arena *a, const struct oci_reference *r, struct diag *diag)
{
    return diag_error(diag, "%.*s: not found", SLICE_ARG(oci_reference_text(a, r)));
}

/* --- tags --------------------------------------------------------------------------------------------------- */

struct tag_list {
    struct slice *items;
    size_t count;
    size_t cap;
};

static void add_tag(struct arena *a, struct tag_list *list, struct slice tag)
{
    list->items = arena_room(a, list->items, list->count, &list->cap, sizeof *list->items);
    list->items[list->count++] = tag;
}

static bool read_tags(struct arena *a, const struct http_response *response, struct tag_list *list, struct diag *diag)
{
    struct value v;
    struct slice error;
    size_t used;
    if (!json_read_prefix(a, NULL, response->body, &v, &used, &error))
        return diag_error(diag, "GET \"%.*s\": failed to decode response: %.*s", SLICE_ARG(response->url),
                          SLICE_ARG(error));
    struct value *tags = value_is_map(v) ? map_find_text(v.map, "tags") : NULL;
    for (uint32_t i = 0; tags && value_is_list(*tags) && i < tags->list->len; i++) {
        if (value_is_string(tags->list->items[i]))
            add_tag(a, list, value_slice(tags->list->items[i]));
    }
    return true;
}

/* Where the next page is, from `Link: </v2/…?last=x>; rel="next"`; empty: this was the last one. */
static struct slice next_page(struct arena *a, const struct http_response *response)
{
    struct go_url base;
    struct go_url target;
    struct slice error;
    struct buffer text = BUFFER_INIT;
    struct slice link = http_response_header(response, "link");
    size_t end = slice_find_char(link, '>');
    if (!link.len || link.ptr[0] != '<' || end == link.len || !go_url_parse(a, response->url, &base, &error) ||
        !go_url_parse(a, slice_part(link, 1, end), &target, &error))
        return SLICE("");
    go_url_resolve(a, &base, &target, &target);
    go_url_string(&text, &target);
    return buffer_move(&text, a);
}

bool oci_tags(struct oci_client *client, struct arena *a, const struct oci_reference *reference, struct slice **tags,
              size_t *count, struct diag *diag)
{
    struct tag_list list = {NULL, 0, 0};
    struct question q = {.method = "GET",
                         .url = api_url(client, a, reference, "tags/list", SLICE("")),
                         .scope = pull_scope(a, reference)};
    for (int page = 0; q.url.len; page++) {
        struct http_response response;
        if (page == MOST_TAG_PAGES)
            return diag_error(diag, "GET \"%.*s\": the list of tags does not end", SLICE_ARG(q.url));
        if (!ask(client, a, &q, &response, diag))
            return false;
        if (response.status != 200)
            return oci_refused(a, "GET", &response, diag);
        if (!read_tags(a, &response, &list, diag))
            return false;
        q.url = next_page(a, &response);
    }
    *tags = list.items;
    *count = list.count;
    return true;
}

/* --- manifests ---------------------------------------------------------------------------------------------- */

static struct slice manifest_name(const struct oci_reference *r)
{
    return r->tag.len ? r->tag : r->digest;
}

static bool head_manifest(struct oci_client *client, struct arena *a, const struct oci_reference *r,
                          struct slice name, struct slice scope, struct http_response *response, struct diag *diag)
{
    struct question q = {.method = "HEAD",
                         .url = api_url(client, a, r, "manifests/", name),
                         .accept = accepted_manifests,
                         .scope = scope};
    return ask(client, a, &q, response, diag);
}

bool oci_resolve(struct oci_client *client, struct arena *a, const struct oci_reference *reference,
                 struct slice *digest, struct diag *diag)
{
    struct http_response response;
    if (!head_manifest(client, a, reference, manifest_name(reference), pull_scope(a, reference), &response, diag))
        return false;
    if (response.status == 404)
        return not_found(a, reference, diag);
    if (response.status != 200)
        return oci_refused(a, "HEAD", &response, diag);
    *digest = http_response_header(&response, "docker-content-digest");
    return digest->len || diag_error(diag, "HTTP HEAD request missing required header \"Docker-Content-Digest\"");
}

static bool read_descriptor(const struct value *v, struct oci_descriptor *out)
{
    if (!v || !value_is_map(*v))
        return false;
    struct value *type = map_find_text(v->map, "mediaType");
    struct value *digest = map_find_text(v->map, "digest");
    struct value *size = map_find_text(v->map, "size");
    if (!type || !value_is_string(*type) || !digest || !value_is_string(*digest) || !size ||
        size->kind != VALUE_FLOAT || size->f < 0 || size->f > 1e15)
        return false;
    *out = (struct oci_descriptor){value_slice(*type), value_slice(*digest), (uint64_t)size->f};
    return true;
}

static bool read_manifest(struct arena *a, struct slice text, struct oci_manifest *out, struct diag *diag)
{
    struct value v;
    struct slice error;
    if (!json_read(a, NULL, text, &v, &error, NULL))
        return diag_error(diag, "the manifest is not valid JSON: %.*s", SLICE_ARG(error));
    struct value *layers = value_is_map(v) ? map_find_text(v.map, "layers") : NULL;
    size_t count = layers && value_is_list(*layers) ? layers->list->len : 0;
    if (count > MOST_LAYERS)
        return diag_error(diag, "the manifest has more than %d layers", MOST_LAYERS);
    if (value_is_map(v))
        read_descriptor(map_find_text(v.map, "config"), &out->config);
    out->layers = ARENA_ARRAY(a, struct oci_descriptor, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (read_descriptor(&layers->list->items[i], &out->layers[out->layer_count]))
            out->layer_count++;
    }
    return true;
}

/* The manifest must be what its digest says: that asked for, or else that of the header. */
static bool check_manifest(const struct oci_reference *r, const struct http_response *response, struct slice digest,
                           struct diag *diag)
{
    struct slice said = r->tag.len ? http_response_header(response, "docker-content-digest") : r->digest;
    if (!said.len || slice_equal(said, digest))
        return true;
    return diag_error(diag, "GET \"%.*s\": invalid response; digest mismatch in Docker-Content-Digest: received "
                            "\"%.*s\" when expecting \"%.*s\"", SLICE_ARG(response->url),
                      SLICE_ARG(digest), SLICE_ARG(said));
}

bool oci_fetch_manifest(struct oci_client *client, struct arena *a, const struct oci_reference *reference,
                        struct oci_manifest *out, struct diag *diag)
{
    struct http_response response;
    struct question q = {.method = "GET",
                         .url = api_url(client, a, reference, "manifests/", manifest_name(reference)),
                         .accept = accepted_manifests,
                         .scope = pull_scope(a, reference)};
    memset(out, 0, sizeof *out);
    if (!ask(client, a, &q, &response, diag))
        return false;
    if (response.status == 404)
        return not_found(a, reference, diag);
    if (response.status != 200)
        return oci_refused(a, "GET", &response, diag);
    out->digest = oci_digest(a, response.body);
    return check_manifest(reference, &response, out->digest, diag) && read_manifest(a, response.body, out, diag);
}

bool oci_has_manifest(struct oci_client *client, struct arena *a, const struct oci_reference *reference,
                      struct slice digest, bool *has, struct diag *diag)
{
    struct http_response response;
    if (!head_manifest(client, a, reference, digest, pull_scope(a, reference), &response, diag))
        return false;
    *has = response.status == 200;
    return response.status == 200 || response.status == 404 || oci_refused(a, "HEAD", &response, diag);
}

bool oci_push_manifest(struct oci_client *client, struct arena *a, const struct oci_reference *reference,
                       struct slice bytes, struct diag *diag)
{
    struct http_response response;
    struct question q = {.method = "PUT",
                         .url = api_url(client, a, reference, "manifests/", reference->tag),
                         .content_type = oci_manifest_type,
                         .body = bytes,
                         .scope = push_scope(a, reference)};
    if (!ask(client, a, &q, &response, diag))
        return false;
    return response.status == 201 || oci_refused(a, "PUT", &response, diag);
}

/* --- blobs -------------------------------------------------------------------------------------------------- */

bool oci_fetch_blob(struct oci_client *client, struct arena *a, const struct oci_reference *reference,
                    const struct oci_descriptor *blob, size_t limit, struct slice *bytes, struct diag *diag)
{
    struct http_response response;
    struct question q = {.method = "GET",
                         .url = api_url(client, a, reference, "blobs/", blob->digest),
                         .scope = pull_scope(a, reference),
                         .limit = limit};
    if (blob->size > limit)
        return diag_error(diag, "%.*s is larger than %zu bytes", SLICE_ARG(blob->digest), limit);
    if (!ask(client, a, &q, &response, diag))
        return false;
    if (response.status == 404)
        return diag_error(diag, "%.*s: not found", SLICE_ARG(blob->digest));
    if (response.status != 200)
        return oci_refused(a, "GET", &response, diag);
    if (response.body.len != blob->size)
        return diag_error(diag, "GET \"%.*s\": mismatch Content-Length", SLICE_ARG(response.url));
    if (!slice_equal(oci_digest(a, response.body), blob->digest))
        return diag_error(diag, "mismatch digest: %.*s", SLICE_ARG(blob->digest));
    *bytes = response.body;
    return true;
}

/* Where the registry wants the bytes, with the digest added. */
static struct slice upload_url(struct arena *a, const struct http_response *response, struct slice digest)
{
    struct go_url base;
    struct go_url target;
    struct slice error;
    struct buffer text = BUFFER_INIT;
    struct slice location = http_response_header(response, "location");
    if (!location.len || !go_url_parse(a, response->url, &base, &error) || !go_url_parse(a, location, &target, &error))
        return SLICE("");
    go_url_resolve(a, &base, &target, &target);
    go_url_string(&text, &target);
    buffer_add_text(&text, target.raw_query.len ? "&digest=" : "?digest=");
    go_query_escape(&text, digest);
    return buffer_move(&text, a);
}

static bool upload(struct oci_client *client, struct arena *a, const struct oci_reference *reference,
                   struct slice digest, struct slice bytes, struct diag *diag)
{
    struct http_response response;
    struct question begin = {.method = "POST",
                             .url = api_url(client, a, reference, "blobs/uploads/", SLICE("")),
                             .scope = push_scope(a, reference)};
    if (!ask(client, a, &begin, &response, diag))
        return false;
    if (response.status != 202)
        return oci_refused(a, "POST", &response, diag);
    struct question put = {.method = "PUT",
                           .url = upload_url(a, &response, digest),
                           .content_type = SLICE("application/octet-stream"),
                           .body = bytes,
                           .scope = push_scope(a, reference)};
    if (!put.url.len)
        return diag_error(diag, "http: no Location header in response");
    if (!ask(client, a, &put, &response, diag))
        return false;
    return response.status == 201 || oci_refused(a, "PUT", &response, diag);
}

bool oci_push_blob(struct oci_client *client, struct arena *a, const struct oci_reference *reference,
                   struct slice digest, struct slice bytes, struct diag *diag)
{
    struct http_response response;
    struct question head = {.method = "HEAD",
                            .url = api_url(client, a, reference, "blobs/", digest),
                            .scope = pull_scope(a, reference)};
    if (!ask(client, a, &head, &response, diag) ||
        (response.status != 200 && response.status != 404 && !oci_refused(a, "HEAD", &response, diag))) {
        diag_prefix(diag, "failed to perform \"Exists\" on destination: ");
        return false;
    }
    if (response.status == 200 || upload(client, a, reference, digest, bytes, diag))
        return true;
    diag_prefix(diag, "failed to perform \"Push\" on destination: ");
    return false;
}

/* --- logins ------------------------------------------------------------------------------------------------- */

static bool ping(struct oci_client *client, struct arena *a, struct slice url, struct diag *diag)
{
    struct http_response response;
    struct question q = {.method = "GET", .url = url};
    if (!ask(client, a, &q, &response, diag))
        return false;
    if (response.status == 200)
        return true;
    return response.status == 404 ? diag_error(diag, "not found") : oci_refused(a, "GET", &response, diag);
}

bool oci_ping(struct oci_client *client, struct arena *a, struct slice registry, struct diag *diag)
{
    struct diag first;
    struct slice url = arena_printf(a, "%s://%.*s/v2/", client->options.plain_http ? "http" : "https",
                                    SLICE_ARG(registry_host(registry)));
    diag_init(&first);
    client->oauth2 = true;
    bool ok = ping(client, a, url, &first);
    client->oauth2 = false;
    diag_release(&first);
    return ok || ping(client, a, url, diag);
}

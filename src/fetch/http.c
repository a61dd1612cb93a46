/*
 * http.c - requests over HTTP
 *
 * Redirects are followed here and not by libcurl, so that their rules and errors are Go's. Each hop is one transfer;
 * the time of all is counted together.
 */
#include "fetch/http.h"

#include "base/file.h"
#include "base/memory.h"
#include "fetch/certificate_roots.h"
#include "fetch/http_error.h"
#include "fetch/proxy.h"
#include "golang/strconv.h"
#include "golang/url.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <curl/curl.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    MOST_REDIRECTS = 10,
    MOST_ATTEMPTS = 4,
    MOST_HEADER_BYTES = 1 << 20,
    FIRST_PAUSE_MS = 250,
    LONGEST_PAUSE_MS = 5000,
    CONNECT_SECONDS = 30,
    PROGRESS_AFTER_MS = 1500
};

static const int64_t default_timeout = 120 * INT64_C(1000000000);

struct http_client {
    struct arena arena;
    CURL *curl;
    struct slice ca;
    struct slice cert;
    struct slice key;
    struct certificate_roots roots;
    bool insecure;
    bool offline;
    int64_t timeout;
    bool on_terminal;
};

/* One request on its way. */
struct transfer {
    struct http_client *client;
    struct arena *arena;
    const struct http_request *request;
    struct http_response *response;
    struct diag *diag;
    const char *method;  /* of this hop */
    struct slice url;    /* of this hop */
    struct slice body_sent;
    bool with_authorization;
    int64_t deadline;    /* milliseconds on the monotonic clock */
    int64_t started;
    struct buffer body;
    size_t header_bytes;
    size_t header_cap;
    bool too_large;
    bool shows_progress;
    struct slice address; /* the first that was tried: "127.0.0.1:80" */
    char error[CURL_ERROR_SIZE];
};

/* --- clients ------------------------------------------------------------------------------------------------ */

static bool read_pem(struct http_client *client, struct slice file, const char *what, struct slice *text,
                     struct diag *diag)
{
    struct buffer quoted = BUFFER_INIT;
    if (file_read(&client->arena, arena_text(&client->arena, file), MOST_HEADER_BYTES * 8, text, diag))
        return true;
    go_quote(&quoted, file);
    diag_prefix(diag, "%s: %.*s: ", what, SLICE_ARG(buffer_slice(&quoted)));
    buffer_release(&quoted);
    return false;
}

static bool read_key_pair(struct http_client *client, const struct http_options *o, struct diag *diag)
{
    bool whole = o->cert_file.len && o->key_file.len;
    /* half a pair is overlooked where nothing else is asked of TLS, as Helm does */
    if (!whole && ((!o->cert_file.len && !o->key_file.len) || (!o->ca_file.len && !o->insecure)))
        return true;
    if (!read_pem(client, o->cert_file, "unable to read cert file", &client->cert, diag) ||
        !read_pem(client, o->key_file, "unable to read key file", &client->key, diag))
        return false;
    struct slice begin = SLICE("-----BEGIN ");
    if (slice_find(client->cert, begin) == client->cert.len)
        return diag_error(diag, "unable to load cert from key pair: tls: failed to find any PEM data in certificate "
                                "input");
    if (slice_find(client->key, begin) == client->key.len)
        return diag_error(diag, "unable to load cert from key pair: tls: failed to find any PEM data in key input");
    return true;
}

static bool read_authorities(struct http_client *client, const struct http_options *o, struct diag *diag)
{
    if (!o->ca_file.len) {
        certificate_roots_find(&client->arena, &client->roots);
        return true;
    }
    if (!read_pem(client, o->ca_file, "can't read CA file", &client->ca, diag))
        return false;
    if (slice_find(client->ca, SLICE("-----BEGIN CERTIFICATE-----")) == client->ca.len)
        return diag_error(diag, "failed to append certificates from pem block");
    return true;
}

static bool open_client(struct http_client *client, const struct http_options *o, struct diag *diag)
{
    if (!read_key_pair(client, o, diag) || !read_authorities(client, o, diag)) {
        diag_prefix(diag, "can't create TLS config for client: ");
        return false;
    }
    /* harmless when done again; curl counts */
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return diag_error(diag, "libcurl cannot be initialised");
    client->curl = curl_easy_init();
    return client->curl || diag_error(diag, "libcurl gives no handle");
}

bool http_client_new(const struct http_options *options, struct http_client **out, struct diag *diag)
{
    struct http_client *client = memory_zalloc(1, sizeof *client);
    arena_init(&client->arena);
    client->insecure = options->insecure;
    client->offline = options->offline;
    client->timeout = options->timeout ? options->timeout : default_timeout;
    client->on_terminal = isatty(STDERR_FILENO);
    if (!open_client(client, options, diag)) {
        http_client_free(client);
        return false;
    }
    *out = client;
    return true;
}

void http_client_free(struct http_client *client)
{
    if (!client)
        return;
    curl_easy_cleanup(client->curl);
    arena_release(&client->arena);
    memory_free(client);
}

/* --- time and progress -------------------------------------------------------------------------------------- */

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void pause_ms(int64_t ms)
{
    struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    while (nanosleep(&t, &t) != 0 && errno == EINTR)
        continue;
}

/* A line that is written over itself, on terminals and for slow transfers only. */
static int on_progress(void *context, curl_off_t total, curl_off_t got, curl_off_t send_total, curl_off_t sent)
{
    struct transfer *t = context;
    (void)send_total;
    if (!t->client->on_terminal || now_ms() - t->started < PROGRESS_AFTER_MS)
        return 0;
    double megabytes = (double)(got ? got : sent) / 1e6;
    if (total)
        fprintf(stderr, "\r\033[K%.*s: %.1f of %.1f MB", SLICE_ARG(t->url), megabytes, (double)total / 1e6);
    else
        fprintf(stderr, "\r\033[K%.*s: %.1f MB", SLICE_ARG(t->url), megabytes);
    t->shows_progress = true;
    return 0;
}

static void end_progress(struct transfer *t)
{
    if (t->shows_progress)
        fputs("\r\033[K", stderr);
    t->shows_progress = false;
}

/* --- what comes back ---------------------------------------------------------------------------------------- */

static size_t on_body(char *bytes, size_t size, size_t count, void *context)
{
    struct transfer *t = context;
    size_t len = size * count;
    if (len > t->request->limit - t->body.len) {
        t->too_large = true;
        return 0;
    }
    buffer_add(&t->body, slice_of(bytes, len));
    return len;
}

/* "HTTP/1.1 404 Not Found" begins a new set of headers (after 100 Continue, or of a proxy). */
static void begin_headers(struct transfer *t, struct slice line)
{
    struct slice status = slice_trim(slice_after(line, slice_find_char(line, ' ')));
    t->response->status_text = arena_slice(t->arena, status);
    t->response->header_count = 0;
}

static void add_header(struct transfer *t, struct slice name, struct slice value)
{
    struct http_response *r = t->response;
    r->headers = arena_room(t->arena, r->headers, r->header_count, &t->header_cap, sizeof *r->headers);
    char *lower = arena_text(t->arena, name);
    for (size_t i = 0; i < name.len; i++)
        lower[i] = (char)tolower((unsigned char)lower[i]);
    r->headers[r->header_count++] = (struct http_header){slice_of(lower, name.len), arena_slice(t->arena, value)};
}

static size_t on_header(char *bytes, size_t size, size_t count, void *context)
{
    struct transfer *t = context;
    size_t len = size * count;
    struct slice line = slice_of(bytes, len);
    t->header_bytes += len;
    if (t->header_bytes > MOST_HEADER_BYTES)
        return 0;
    size_t colon = slice_find_char(line, ':');
    if (slice_starts(line, SLICE("HTTP/")))
        begin_headers(t, line);
    else if (colon < line.len)
        add_header(t, slice_part(line, 0, colon), slice_trim(slice_after(line, colon + 1)));
    return len;
}

struct slice http_response_header(const struct http_response *response, const char *name)
{
    for (size_t i = 0; i < response->header_count; i++) {
        if (slice_is(response->headers[i].name, name))
            return response->headers[i].value;
    }
    return slice_of(NULL, 0);
}

/* --- one hop ------------------------------------------------------------------------------------------------ */

static struct curl_slist *header_lines(struct transfer *t)
{
    struct curl_slist *lines = NULL;
    const struct http_request *request = t->request;
    bool typed = false;
    for (size_t i = 0; i < request->header_count; i++) {
        const struct http_header *header = &request->headers[i];
        if (slice_is(header->name, "Authorization") && !t->with_authorization)
            continue;
        typed = typed || slice_is(header->name, "Content-Type");
        struct slice line = arena_printf(t->arena, "%.*s: %.*s", SLICE_ARG(header->name), SLICE_ARG(header->value));
        lines = curl_slist_append(lines, line.ptr);
    }
    /* what libcurl would add by itself is left out */
    lines = curl_slist_append(lines, "Expect:");
    return typed ? lines : curl_slist_append(lines, "Content-Type:");
}

static void set_blob(CURL *curl, CURLoption option, struct slice bytes)
{
    struct curl_blob blob = {.data = (void *)(uintptr_t)bytes.ptr, .len = bytes.len, .flags = CURL_BLOB_NOCOPY};
    if (bytes.len)
        curl_easy_setopt(curl, option, &blob);
}

static void set_tls(struct transfer *t)
{
    struct http_client *client = t->client;
    CURL *curl = client->curl;
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, client->insecure ? 0L : 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, client->insecure ? 0L : 2L);
    curl_easy_setopt(curl, CURLOPT_CAINFO, client->ca.len ? NULL : client->roots.file);
    curl_easy_setopt(curl, CURLOPT_CAPATH, client->ca.len ? NULL : client->roots.folder);
    set_blob(curl, CURLOPT_CAINFO_BLOB, client->ca);
    set_blob(curl, CURLOPT_SSLCERT_BLOB, client->cert);
    set_blob(curl, CURLOPT_SSLKEY_BLOB, client->key);
}

static void set_method(struct transfer *t)
{
    CURL *curl = t->client->curl;
    bool sends = strcmp(t->method, "POST") == 0 || strcmp(t->method, "PUT") == 0 || strcmp(t->method, "PATCH") == 0;
    if (strcmp(t->method, "HEAD") == 0) {
        curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    } else if (sends) {
        curl_easy_setopt(curl, CURLOPT_POST, 1L);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, t->body_sent.len ? t->body_sent.ptr : "");
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)t->body_sent.len);
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, t->method);
    }
}

/* Opens a socket as libcurl would, and notes for whom: where no connection comes about libcurl does not tell. */
static curl_socket_t on_open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct transfer *t = context;
    char host[INET6_ADDRSTRLEN];
    const struct sockaddr_in *v4 = (const void *)&address->addr;
    const struct sockaddr_in6 *v6 = (const void *)&address->addr;
    (void)purpose;
    if (!t->address.len && address->family == AF_INET && inet_ntop(AF_INET, &v4->sin_addr, host, sizeof host))
        t->address = arena_printf(t->arena, "%s:%u", host, ntohs(v4->sin_port));
    else if (!t->address.len && address->family == AF_INET6 && inet_ntop(AF_INET6, &v6->sin6_addr, host, sizeof host))
        t->address = arena_printf(t->arena, "[%s]:%u", host, ntohs(v6->sin6_port));
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static void set_options(struct transfer *t, struct curl_slist *headers)
{
    CURL *curl = t->client->curl;
    int64_t left = t->deadline - now_ms();
    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_URL, t->url.ptr);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, t->error);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, left > 0 ? (long)left : 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, proxy_for(t->arena, t->url));
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, t);
    curl_easy_setopt(curl, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, t);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, t);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    set_tls(t);
    set_method(t);
}

/* What http_error.c needs to know to word a failure. */
static struct http_failure describe(struct transfer *t, CURLcode code)
{
    CURL *curl = t->client->curl;
    struct http_failure failure = {.method = t->method, .url = t->url, .detail = t->error};
    char *local = NULL;
    long local_port = 0;
    long os_error = 0;
    long verify = 0;
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_LOCAL_IP, &local);
    curl_easy_getinfo(curl, CURLINFO_LOCAL_PORT, &local_port);
    curl_easy_getinfo(curl, CURLINFO_OS_ERRNO, &os_error);
    curl_easy_getinfo(curl, CURLINFO_SSL_VERIFYRESULT, &verify);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    failure.code = (int)code;
    failure.os_error = (int)os_error;
    failure.verify_result = verify;
    failure.in_body = status != 0;
    failure.remote = t->address;
    if (local && *local)
        failure.local = arena_printf(t->arena, strchr(local, ':') ? "[%s]:%ld" : "%s:%ld", local, local_port);
    return failure;
}

static bool fail_hop(struct transfer *t, CURLcode code, bool *again)
{
    struct http_failure failure = describe(t, code);
    if (t->too_large)
        return diag_error(t->diag, "what %.*s sends is larger than %zu bytes", SLICE_ARG(t->url), t->request->limit);
    if (t->header_bytes > MOST_HEADER_BYTES)
        return diag_error(t->diag, "the headers that %.*s sends are larger than %d bytes", SLICE_ARG(t->url),
                          MOST_HEADER_BYTES);
    *again = http_failure_is_transient(&failure);
    http_failure_report(&failure, t->arena, t->diag);
    return false;
}

/* One request to one place. */
static bool hop(struct transfer *t, bool *again)
{
    CURL *curl = t->client->curl;
    long status = 0;
    t->too_large = false;
    t->header_bytes = 0;
    t->error[0] = '\0';
    t->started = now_ms();
    buffer_clear(&t->body);
    t->response->header_count = 0;
    struct curl_slist *headers = header_lines(t);
    set_options(t, headers);
    CURLcode code = curl_easy_perform(curl);
    end_progress(t);
    curl_slist_free_all(headers);
    if (code != CURLE_OK)
        return fail_hop(t, code, again);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    t->response->status = (int)status;
    return true;
}

/* --- trying again ------------------------------------------------------------------------------------------- */

static bool is_retried_status(int status)
{
    return status == 408 || status == 429 || status == 502 || status == 503 || status == 504;
}

/* What the server asks for in seconds, within bounds; else doubling. */
static int64_t pause_for(const struct transfer *t, int attempt)
{
    uint64_t seconds;
    struct slice asked = http_response_header(t->response, "retry-after");
    if (asked.len && go_parse_uint(asked, 10, 32, &seconds) == GO_NUMBER_OK)
        return seconds * 1000 < LONGEST_PAUSE_MS ? (int64_t)(seconds * 1000) : LONGEST_PAUSE_MS;
    return (int64_t)FIRST_PAUSE_MS << attempt;
}

/* A hop, tried again where that can help. Only the last failure is reported. */
static bool hop_with_retries(struct transfer *t)
{
    struct diag *diag = t->diag;
    bool repeatable = strcmp(t->method, "POST") != 0;
    for (int attempt = 0;; attempt++) {
        struct diag own;
        bool again = false;
        diag_init(&own);
        t->diag = &own;
        bool ok = hop(t, &again);
        t->diag = diag;
        int64_t pause = pause_for(t, attempt);
        bool last = !repeatable || attempt + 1 == MOST_ATTEMPTS || now_ms() + pause >= t->deadline ||
                    (ok ? !is_retried_status(t->response->status) : !again);
        if (last)
            diag_append(diag, &own);
        diag_release(&own);
        if (last)
            return ok;
        pause_ms(pause);
    }
}

/* --- redirects ---------------------------------------------------------------------------------------------- */

static bool is_redirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* Whether `host` is the first host or lies below it. */
static bool is_same_site(struct slice host, struct slice first)
{
    if (slice_equal(host, first))
        return true;
    return host.len > first.len && slice_ends(host, first) && host.ptr[host.len - first.len - 1] == '.' &&
           slice_find_char(first, ':') == first.len;
}

static bool fail_redirect(struct transfer *t, struct slice url, const char *text)
{
    struct http_failure failure = {.method = t->request->method, .url = url, .detail = text};
    http_failure_report(&failure, t->arena, t->diag);
    return false;
}

/* Turns the transfer to where the response points. */
static bool follow(struct transfer *t, int hops)
{
    struct go_url base;
    struct go_url target;
    struct go_url first;
    struct slice error;
    struct buffer text = BUFFER_INIT;
    struct slice location = http_response_header(t->response, "location");
    int status = t->response->status;
    if (!location.len)
        return fail_redirect(t, t->url, arena_printf(t->arena, "%d response missing Location header", status).ptr);
    if (!go_url_parse(t->arena, t->request->url, &first, &error) || !go_url_parse(t->arena, t->url, &base, &error) ||
        !go_url_parse(t->arena, location, &target, &error))
        return fail_redirect(t, t->url, arena_printf(t->arena, "failed to parse Location header \"%.*s\": %.*s",
                                                     SLICE_ARG(location), SLICE_ARG(error)).ptr);
    go_url_resolve(t->arena, &base, &target, &target);
    go_url_string(&text, &target);
    t->url = buffer_move(&text, t->arena);
    t->address = SLICE("");
    if (hops == MOST_REDIRECTS)
        return fail_redirect(t, t->url, "stopped after 10 redirects");
    if (!slice_is(target.scheme, "http") && !slice_is(target.scheme, "https"))
        return fail_redirect(t, t->url, arena_printf(t->arena, "unsupported protocol scheme \"%.*s\"",
                                                     SLICE_ARG(target.scheme)).ptr);
    t->with_authorization = is_same_site(go_url_hostname(&target), go_url_hostname(&first));
    if (status != 307 && status != 308 && strcmp(t->method, "HEAD") != 0) {
        t->method = "GET";
        t->body_sent = SLICE("");
    }
    return true;
}

bool http_send(struct http_client *client, struct arena *a, const struct http_request *request,
               struct http_response *response, struct diag *diag)
{
    struct transfer t = {
        .client = client,
        .arena = a,
        .request = request,
        .response = response,
        .diag = diag,
        .method = request->method,
        .url = arena_slice(a, request->url),
        .body_sent = request->body,
        .with_authorization = true,
        .deadline = now_ms() + client->timeout / 1000000,
    };
    memset(response, 0, sizeof *response);
    if (client->offline)
        return fail_redirect(&t, t.url, "not fetched, because yare is offline");
    bool ok = hop_with_retries(&t);
    for (int hops = 1; ok && is_redirect(response->status); hops++)
        ok = follow(&t, hops) && hop_with_retries(&t);
    response->body = buffer_move(&t.body, a);
    response->url = t.url;
    return ok;
}

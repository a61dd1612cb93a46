/*
 * http.h - requests over HTTP
 *
 * The one place that knows libcurl. A client is a set of credentials and limits with one connection that is used
 * again; it serves one thread. Errors are worded as Go's net/http words them, because that is what users of Helm see
 * and what scripts look for. Proxies come from the environment as Go reads it (HTTP_PROXY, HTTPS_PROXY, NO_PROXY in
 * either case), certificates of authorities from SSL_CERT_FILE, SSL_CERT_DIR or where systems keep them.
 *
 * Nothing that a server sends is trusted: bytes, headers, redirects and time are bounded.
 */
#ifndef YARE_FETCH_HTTP_H
#define YARE_FETCH_HTTP_H

#include "base/diag.h"

struct http_header {
    struct slice name; /* of a response in lower case */
    struct slice value;
};

struct http_options {
    struct slice ca_file;   /* PEM; empty: the system's authorities */
    struct slice cert_file; /* PEM of the client, with key_file; both or neither */
    struct slice key_file;
    bool insecure;          /* certificates of servers are not checked */
    bool offline;           /* every request fails at once */
    int64_t timeout;        /* nanoseconds that a request may take, redirects included; 0: two minutes */
};

struct http_client;

/* Makes a client; the files are read now, with Helm's errors where that fails. Released with http_client_free. */
bool http_client_new(const struct http_options *options, struct http_client **out, struct diag *diag);

/* Null is ignored. */
void http_client_free(struct http_client *client);

struct http_request {
    const char *method; /* "GET", "HEAD", "POST", "PUT" */
    struct slice url;
    const struct http_header *headers;
    size_t header_count;
    struct slice body;  /* of POST and PUT */
    size_t limit;       /* bytes of body that are taken */
};

struct http_response {
    int status;
    struct slice status_text; /* "404 Not Found" */
    struct http_header *headers;
    size_t header_count;
    struct slice body;
    struct slice url; /* where redirects ended */
};

/* Sends the request and follows redirects, at most ten; Authorization goes only to the first host and its subdomains.
   Any status is a success. A connection that breaks, and a status that says so (408, 429, 502, 503, 504), is tried
   again after a pause that doubles, or that the server asks for; GET, HEAD and PUT only. */
bool http_send(struct http_client *client, struct arena *a, const struct http_request *request,
               struct http_response *response, struct diag *diag);

/* The first header of that name (lower case), or an empty slice with a null pointer. */
struct slice http_response_header(const struct http_response *response, const char *name);

#endif

/*
 * http_error.c - failures of a connection in the words of Go's net/http
 *
 * libcurl says which step failed and why; Go names the same steps differently. Only the codes of libcurl that occur
 * with http and https are told apart, the others keep libcurl's own sentence.
 */
#include "fetch/http_error.h"

#include "base/file.h"
#include "golang/strconv.h"
#include "golang/url.h"

#include <ctype.h>
#include <errno.h>

/* The numbers of CURLcode (libcurl promises that they never change), named here because curl.h has one wrapper. */
enum curl_code {
    COULD_NOT_RESOLVE_PROXY = 5,
    COULD_NOT_RESOLVE = 6,
    COULD_NOT_CONNECT = 7,
    WEIRD_REPLY = 8,
    PARTIAL_FILE = 18,
    TIMED_OUT = 28,
    TLS_CONNECT = 35,
    GOT_NOTHING = 52,
    SEND_FAILED = 55,
    RECEIVE_FAILED = 56,
    BAD_CERTIFICATE = 60,
    UNSUPPORTED = 1
};

/* X509_V_ERR_… of OpenSSL */
enum verify_error {
    NOT_YET_VALID = 9,
    EXPIRED = 10
};

/* The first name server of this machine, which Go names in the error. */
static struct slice name_server(struct arena *a)
{
    struct slice text;
    struct slice line;
    struct diag ignored;
    struct slice found = SLICE("127.0.0.1");
    diag_init(&ignored);
    if (file_read(a, "/etc/resolv.conf", 1 << 20, &text, &ignored)) {
        while (slice_next_piece(&text, '\n', &line)) {
            if (slice_starts(line, SLICE("nameserver "))) {
                found = slice_trim(slice_after(line, strlen("nameserver ")));
                break;
            }
        }
    }
    diag_release(&ignored);
    return found;
}

static struct slice resolve_reason(const struct http_failure *f, struct arena *a)
{
    struct go_url url;
    struct slice error;
    struct slice host = f->url;
    if (go_url_parse(a, f->url, &url, &error))
        host = go_url_hostname(&url);
    struct slice server = name_server(a);
    if (slice_find_char(server, ':') < server.len)
        server = arena_printf(a, "[%.*s]", SLICE_ARG(server));
    return arena_printf(a, "dial tcp: lookup %.*s on %.*s:53: no such host", SLICE_ARG(host), SLICE_ARG(server));
}

static struct slice connect_reason(const struct http_failure *f, struct arena *a)
{
    int error = f->os_error ? f->os_error : ECONNREFUSED;
    return arena_printf(a, "dial tcp %.*s: connect: %s", SLICE_ARG(f->remote), file_error_text(error));
}

static struct slice certificate_reason(const struct http_failure *f, struct arena *a)
{
    struct go_url url;
    struct slice error;
    const char *fault = "x509: certificate signed by unknown authority";
    if (f->verify_result == EXPIRED || f->verify_result == NOT_YET_VALID)
        fault = "x509: certificate has expired or is not yet valid";
    else if (f->verify_result == 0 && go_url_parse(a, f->url, &url, &error))
        fault = arena_printf(a, "x509: certificate is not valid for %.*s", SLICE_ARG(go_url_hostname(&url))).ptr;
    return arena_printf(a, "tls: failed to verify certificate: %s", fault);
}

static struct slice handshake_reason(const struct http_failure *f)
{
    if (strstr(f->detail, "wrong version number") || strstr(f->detail, "packet length too long"))
        return SLICE("http: server gave HTTP response to HTTPS client");
    if (strstr(f->detail, "unexpected eof") || strstr(f->detail, "SSL_ERROR_SYSCALL"))
        return SLICE("EOF");
    if (strstr(f->detail, "alert"))
        return SLICE("remote error: tls: handshake failure");
    return slice_text(f->detail);
}

static struct slice broken_reason(const struct http_failure *f, struct arena *a)
{
    const char *verb = f->code == SEND_FAILED ? "write" : "read";
    if (f->os_error == 0 && strstr(f->detail, "unexpected eof"))
        return f->in_body ? SLICE("unexpected EOF") : SLICE("EOF");
    int error = f->os_error ? f->os_error : ECONNRESET;
    return arena_printf(a, "%s tcp %.*s->%.*s: %s: %s", verb, SLICE_ARG(f->local), SLICE_ARG(f->remote), verb,
                        file_error_text(error));
}

static struct slice timeout_reason(const struct http_failure *f)
{
    return f->in_body ? SLICE("context deadline exceeded (Client.Timeout or context cancellation while reading body)")
                      : SLICE("context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
}

static struct slice reason(const struct http_failure *f, struct arena *a)
{
    switch (f->code) {
    case COULD_NOT_RESOLVE:
    case COULD_NOT_RESOLVE_PROXY:
        return resolve_reason(f, a);
    case COULD_NOT_CONNECT:
        return connect_reason(f, a);
    case TIMED_OUT:
        return timeout_reason(f);
    case PARTIAL_FILE:
        return SLICE("unexpected EOF");
    case GOT_NOTHING:
        return SLICE("EOF");
    case TLS_CONNECT:
        return handshake_reason(f);
    case SEND_FAILED:
    case RECEIVE_FAILED:
        return broken_reason(f, a);
    case BAD_CERTIFICATE:
        return certificate_reason(f, a);
    case WEIRD_REPLY:
    case UNSUPPORTED:
        return SLICE("net/http: HTTP/1.x transport connection broken: malformed HTTP response");
    default:
        return slice_text(f->detail);
    }
}

/* "Get" from "GET". */
static struct slice operation(struct arena *a, const char *method)
{
    char *text = arena_text(a, slice_text(method));
    for (size_t i = 1; text[0] && text[i]; i++)
        text[i] = (char)tolower((unsigned char)text[i]);
    return slice_text(text);
}

/* The URL with its password hidden. */
static struct slice shown_url(struct arena *a, struct slice text)
{
    struct go_url url;
    struct slice error;
    struct buffer out = BUFFER_INIT;
    if (!go_url_parse(a, text, &url, &error) || !url.has_password)
        return text;
    url.password = SLICE("***");
    go_url_string(&out, &url);
    return buffer_move(&out, a);
}

void http_failure_report(const struct http_failure *failure, struct arena *scratch, struct diag *diag)
{
    struct slice why = reason(failure, scratch);
    struct buffer quoted = BUFFER_INIT;
    if (failure->in_body) {
        diag_error_slice(diag, why);
        return;
    }
    go_quote(&quoted, shown_url(scratch, failure->url));
    diag_error(diag, "%.*s %.*s: %.*s", SLICE_ARG(operation(scratch, failure->method)), SLICE_ARG(buffer_slice(&quoted)),
               SLICE_ARG(why));
    buffer_release(&quoted);
}

bool http_failure_is_transient(const struct http_failure *failure)
{
    return failure->code == PARTIAL_FILE || failure->code == GOT_NOTHING || failure->code == RECEIVE_FAILED ||
           failure->code == SEND_FAILED;
}

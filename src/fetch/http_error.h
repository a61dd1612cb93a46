/*
 * http_error.h - failures of a connection in the words of Go's net/http
 */
#ifndef YARE_FETCH_HTTP_ERROR_H
#define YARE_FETCH_HTTP_ERROR_H

#include "base/diag.h"

struct http_failure {
    const char *method;
    struct slice url;
    int code;            /* libcurl's; 0: `detail` is the whole reason */
    const char *detail;
    struct slice remote; /* "127.0.0.1:80"; empty where no address was tried */
    struct slice local;
    int os_error;        /* errno, or 0 */
    long verify_result;  /* OpenSSL's, of the server's certificate */
    bool in_body;        /* headers had come already */
};

/* Adds the error: `Get "http://…": dial tcp 127.0.0.1:80: connect: connection refused`. */
void http_failure_report(const struct http_failure *failure, struct arena *scratch, struct diag *diag);

/* Whether the same request may succeed a moment later. */
bool http_failure_is_transient(const struct http_failure *failure);

#endif

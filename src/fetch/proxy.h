/*
 * proxy.h - the proxy for a URL, from the environment as Go's net/http reads it
 */
#ifndef YARE_FETCH_PROXY_H
#define YARE_FETCH_PROXY_H

#include "base/arena.h"

/* The proxy's URL, or "" for a direct connection: HTTP_PROXY or HTTPS_PROXY by the scheme, in either case, unless
   NO_PROXY names the host or the host is this machine. */
const char *proxy_for(struct arena *a, struct slice url);

#endif

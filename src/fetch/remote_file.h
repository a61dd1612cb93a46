/*
 * remote_file.h - single files from elsewhere
 *
 * What was fetched is kept in yare's cache for YARE_OFFLINE; online it is fetched anew each time, since a URL says
 * nothing about what is there now.
 */
#ifndef YARE_FETCH_REMOTE_FILE_H
#define YARE_FETCH_REMOTE_FILE_H

#include "fetch/http.h"

/* GETs the URL; any status is a success, as in http_send. Offline it is what was there last. */
bool remote_file_get(struct arena *a, struct slice url, struct slice user_agent, struct http_response *response,
                     struct diag *diag);

/* A file that a state file names as Helmfile does: `git::https://host/repository.git@path/in/it?ref=v1`, or a URL of
   http; *path is where it lies in the cache. A path within a repository cannot lead out of it. */
bool remote_file_fetch(struct arena *a, struct slice text, const char **path, struct diag *diag);

#endif

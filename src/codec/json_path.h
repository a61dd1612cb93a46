/*
 * json_path.h - JSONPath templates as Kubernetes' client library runs them
 *
 * A template is text with actions in braces: "{.a.b[0]}", "{range .items[*]}{.name}{"\n"}{end}". The dialect and its
 * error texts are those of k8s.io/client-go/util/jsonpath, which `helm show values --jsonpath` uses; where Go walks a
 * map in random order, keys come sorted.
 */
#ifndef YARE_CODEC_JSON_PATH_H
#define YARE_CODEC_JSON_PATH_H

#include "base/buffer.h"
#include "value/value.h"

struct json_path;

/* Parses the template into the arena; it shares the text. On failure null, with Go's text in *error. */
const struct json_path *json_path_parse(struct arena *a, struct slice text, struct slice *error);

/* Runs it over the data and appends what it prints; results are made in `a`. On failure false, with Go's text in *error
   and nothing appended. */
bool json_path_run(const struct json_path *path, struct value data, struct arena *a, struct buffer *out,
                   struct slice *error);

#endif

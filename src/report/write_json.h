/*
 * write_json.h - a diff for programs
 *
 *     {"format": "yare-diff/1", "left": "dev", "right": "prod",
 *      "summary": {"added": 1, "removed": 0, "changed": 1, "renamed": 0, "same": 40, "noise": 2},
 *      "objects": [
 *       {"change": "added", "environment": …, "apiVersion": …, "kind": …, "namespace": …, "name": …, "release": …, "object": {…}},
 *       {"change": "removed", … the same …},
 *       {"change": "changed", …, "renamedTo": {"namespace": …, "name": …}, "noise": true, "patch": [
 *         {"op": "replace", "path": "/spec/replicas", "value": 3, "old": 1, "field": "spec.replicas",
 *          "noise": "chart version label", "secret": true,
 *          "causes": [{"kind": "value", "name": "replicas", "left": "dev.yaml:4", "right": "prod.yaml:4"}]}]}]}
 *
 * The names of a changed object are those of its left side. A patch is a JSON patch (RFC 6902, which lets readers pass
 * over members they do not know): taking the removed objects away, applying the patches and adding the added ones makes
 * the right side of the left. It holds all changes, noise too. Where something is masked ("secret") that is not so;
 * --show-secrets writes all. A cause is a "value", "template", "file", "chart" or "release"; "oneSide" says that the
 * other side was not rendered, so that all keys are named which the field is made of.
 */
#ifndef YARE_REPORT_WRITE_JSON_H
#define YARE_REPORT_WRITE_JSON_H

#include "report/diff.h"

void diff_write_json(const struct diff *diff, struct buffer *out);

/* The same, for a place within HTML: no character ends a script element. */
void diff_write_json_for_html(const struct diff *diff, struct buffer *out);

#endif

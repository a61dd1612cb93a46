/*
 * object_path.h - paths into objects, as people write them
 *
 * Like key_path.h, and an item of a list may be named by its natural key: `spec.containers[app].image`.
 */
#ifndef YARE_REPORT_OBJECT_PATH_H
#define YARE_REPORT_OBJECT_PATH_H

#include "value/key_path.h"

/* Reads a path into `tree`. False with an error that names the nearest key where a step leads nowhere. */
bool object_path_parse(struct arena *a, struct value tree, struct slice text, struct key_path *out, struct diag *diag);

/* Appends the path with items named by their natural keys, where they have any. */
void object_path_write(struct arena *a, struct value tree, const struct key_path *path, struct buffer *out);

#endif

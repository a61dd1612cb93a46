/*
 * manifest_files.h - objects of manifests that were rendered earlier
 */
#ifndef YARE_REPORT_MANIFEST_FILES_H
#define YARE_REPORT_MANIFEST_FILES_H

#include "report/object_list.h"

/* Adds the objects of a file ("-": standard input), or of all .yaml, .yml and .json files below a folder. A file directly
   below FOLDER/NAME is taken for one of the release NAME, as `yare render -o FOLDER` writes them. */
bool manifest_files_read(struct object_list *list, struct slice path, struct diag *diag);

/* Whether the path is a file whose first document is a Kubernetes object. */
bool manifest_files_is_manifest(struct arena *a, struct slice path);

#endif

/*
 * archive.h - the files of a chart's .tgz
 *
 * Archives are read in memory and never unpacked. The first component of each path is cut off, whatever it is; paths
 * that lead elsewhere, and archives beyond Helm's size limits, are refused in Helm's words.
 */
#ifndef YARE_CHART_ARCHIVE_H
#define YARE_CHART_ARCHIVE_H

#include "chart/folder.h"

/* Reads all files of the archive; on failure *error says why ("chart illegally references parent directory"). */
bool archive_read(struct arena *a, struct slice bytes, struct file_list *out, struct slice *error);

/* Whether a file's first bytes are those of a gzip archive; else *type is what Go's http.DetectContentType takes them
   for. */
bool archive_is_gzip(struct slice bytes, const char **type);

#endif

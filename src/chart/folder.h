/*
 * folder.h - the files of a chart's folder
 *
 * Folders are read depth first, names in bytewise order, symbolic links followed and listed under their own path, and
 * what .helmignore names left out. load.c makes a chart of what is found.
 */
#ifndef YARE_CHART_FOLDER_H
#define YARE_CHART_FOLDER_H

#include "chart/load.h"

/* A list of files that grows while it is read. */
struct file_list {
    struct chart_files files;
    size_t cap;
};

void file_list_add(struct arena *a, struct file_list *list, const struct chart_file *file);

/* The text without a UTF-8 byte order mark. */
struct slice file_without_mark(struct slice text);

/* Reads all files below the folder; names are relative to it. */
bool folder_read(struct arena *a, const char *folder, const struct chart_load_options *options, struct file_list *out,
                 struct diag *diag);

#endif

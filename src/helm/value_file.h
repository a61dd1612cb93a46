/*
 * value_file.h - the files that -f and --set-file name
 */
#ifndef YARE_HELM_VALUE_FILE_H
#define YARE_HELM_VALUE_FILE_H

#include "base/diag.h"

/* Reads a file, what a URL of http gives, or standard input for "-". A path that is no URL by Go's rules is an error, as
   it is for Helm. On failure *error has Go's text ("open x: no such file or directory"). */
bool value_file_read(struct arena *a, struct slice path, struct slice *text, struct slice *error);

#endif

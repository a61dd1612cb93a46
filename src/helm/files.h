/*
 * files.h - .Files
 *
 * The files of a chart are a Go map from path to bytes (VALUE_MAP of VALUE_BYTES, type GO_FILES), so that range, len,
 * index and the codecs need to know nothing of it; the methods are found through value_member (members.h).
 */
#ifndef YARE_HELM_FILES_H
#define YARE_HELM_FILES_H

#include "value/object.h"

/* The method of that name (Get, GetBytes, Glob, AsConfig, AsSecrets, Lines), or null. */
const struct method *files_method(struct slice name);

#endif

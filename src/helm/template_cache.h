/*
 * template_cache.h - templates parsed once, however many releases use them
 *
 * What the engine parses depends only on which files of which loaded charts stand under which names. Releases of one
 * project share a cache: the first release of a combination parses, the others, on any thread, run the same trees. A
 * text that several charts have, as copies of a library chart do, is parsed once for all of them. The cache owns its
 * arenas and must end before the charts whose texts the trees refer to.
 */
#ifndef YARE_HELM_TEMPLATE_CACHE_H
#define YARE_HELM_TEMPLATE_CACHE_H

#include "chart/load.h"
#include "template/template_set.h"

/* A file to be parsed and the name it is parsed under. */
struct template_file {
    struct slice name;
    const struct chart_file *file;
};

struct template_cache;

struct template_cache *template_cache_new(void);
void template_cache_free(struct template_cache *cache);

/* The set of these files, parsed in this order. On failure the diagnostic has Go's text and *failed is the file's
   index; nothing is kept then. */
const struct template_set *template_cache_get(struct template_cache *cache, const struct template_file *files,
                                              size_t count, const struct function_table *functions, size_t *failed,
                                              struct diag *diag);

/* The same without a cache, in the arena given. */
const struct template_set *template_files_parse(struct arena *a, const struct template_file *files, size_t count,
                                                const struct function_table *functions, size_t *failed,
                                                struct diag *diag);

#endif

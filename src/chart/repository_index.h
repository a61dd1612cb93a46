/*
 * repository_index.h - index.yaml, what a chart repository offers
 *
 * For each chart its versions, newest first. An entry is the chart's metadata with the places it can be had from and
 * its checksum. Entries that are not valid are left out with a warning, as Helm does.
 */
#ifndef YARE_CHART_REPOSITORY_INDEX_H
#define YARE_CHART_REPOSITORY_INDEX_H

#include "chart/metadata.h"

struct index_version {
    struct chart_metadata metadata;
    struct chart_texts urls;
    struct slice created;
    bool removed;
    struct slice digest; /* SHA-256 in hexadecimal, perhaps after "sha256:" */
    /* of past formats, kept when an index is written again */
    struct slice checksum;
    struct slice engine;
    struct slice tiller_version;
    struct slice url;
};

struct index_chart {
    struct slice name;
    struct index_version **versions;
    size_t count;
    size_t cap;
};

struct repository_index {
    struct slice api_version;
    struct slice generated;
    struct index_chart *charts; /* sorted by name */
    size_t count;
    size_t cap;
    struct value server_info;
    struct chart_texts public_keys;
    struct value annotations;
};

/* An empty one of apiVersion v1. */
void repository_index_init(struct repository_index *index, struct slice generated);

/* Reads the text; `where` names it in warnings. Errors are those of Helm ("empty index.yaml file", …). */
bool repository_index_read(struct arena *a, struct slice text, struct slice where, struct repository_index *out,
                           struct diag *diag);

/* The same from a file; the error is `open …`, or begins with "error loading …: ". */
bool repository_index_load(struct arena *a, const char *file, struct repository_index *out, struct diag *diag);

/* The chart of that name, or null. */
const struct index_chart *repository_index_chart(const struct repository_index *index, struct slice name);

/* The version that `wanted` asks for: that very one, else the newest in the range (with a warning), the newest stable
   one where it is empty. False with Helm's text ("no chart name found", …). */
bool repository_index_find(struct arena *a, const struct repository_index *index, struct slice name,
                           struct slice wanted, const struct index_version **out, struct diag *diag);

/* Adds a version; the order is right again after repository_index_sort. */
void repository_index_add(struct arena *a, struct repository_index *index, struct index_version *version);
void repository_index_sort(struct repository_index *index);

/* Adds what `from` has and `index` lacks, by name and version. */
void repository_index_merge(struct arena *a, struct repository_index *index, const struct repository_index *from);

/* Appends the text of index.yaml, or of the same as JSON. */
bool repository_index_write(struct buffer *out, const struct repository_index *index, bool json,
                            struct arena *scratch, struct diag *diag);

#endif

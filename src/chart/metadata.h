/*
 * metadata.h - Chart.yaml
 *
 * The file is read as Helm reads it: YAML to JSON to a struct, so keys match in any letter case, scalars become text
 * where a text is wanted, unknown keys are ignored, and a second file (requirements.yaml) is laid over what the first
 * one set. Everything lives in the arena given at reading; the result is not changed afterwards, copies of the struct
 * share it.
 */
#ifndef YARE_CHART_METADATA_H
#define YARE_CHART_METADATA_H

#include "base/diag.h"
#include "value/value.h"

/* A list of texts; `items` is null where the file has no such list. */
struct chart_texts {
    struct slice *items;
    size_t count;
};

struct chart_maintainer {
    struct slice name;
    struct slice email;
    struct slice url;
};

/* One entry of `dependencies`, in Chart.yaml or in a lock file. */
struct chart_dependency {
    struct slice name;
    struct slice version;
    struct slice repository;
    struct slice condition;
    struct slice alias;
    struct chart_texts tags;
    bool enabled;
    struct value import_values; /* a list of strings and {child, parent} maps; nil when absent */
    struct origin origin;       /* where the entry stands */
};

/* The pointers of a list are null where the file has none; after validation no entry is null. */
struct chart_dependencies {
    struct chart_dependency **items;
    size_t count;
};

struct chart_maintainers {
    struct chart_maintainer **items;
    size_t count;
};

struct chart_metadata {
    struct slice name;
    struct slice home;
    struct slice version;
    struct slice description;
    struct slice icon;
    struct slice api_version; /* chart_load: "v1" where Chart.yaml has none */
    struct slice condition;
    struct slice tags;
    struct slice app_version;
    struct slice kube_version;
    struct slice type; /* "", "application" or "library" */
    bool deprecated;
    struct chart_texts sources;
    struct chart_texts keywords;
    struct chart_maintainers maintainers;
    struct chart_dependencies dependencies;
    struct value annotations; /* a map[string]string, perhaps Go's nil map */
};

/* An empty one, as Go's zero value. */
void metadata_init(struct chart_metadata *md);

/* Lays the text of Chart.yaml or requirements.yaml over *md. `file` names it in the error: "cannot load Chart.yaml:
   error converting YAML to JSON: …"; `helm3` picks the type names in it. On failure *md is partly set and only fit to
   be dropped. */
bool metadata_read(struct arena *a, const struct source *source, struct slice text, const char *file,
                   bool helm3, struct chart_metadata *md, struct diag *diag);

/* The same for a linter, with Go's bare text as the error; `strict`: unknown fields and keys given twice are errors. */
bool metadata_parse(struct arena *a, struct slice text, bool strict, struct chart_metadata *md, struct diag *diag);

/* Reads `apiVersion` alone, as Helm 4 does before it decides how to load a chart; empty when absent. */
bool metadata_read_api_version(struct arena *a, const struct source *source, struct slice text, struct slice *version,
                               struct diag *diag);

/* Cleans the texts (blanks to spaces, other unprintable characters dropped) and checks the whole; the error is Helm's
   "validation: …". `helm3`: names "." and ".." are accepted. */
bool metadata_validate(struct arena *a, struct chart_metadata *md, bool helm3, struct diag *diag);

/* A copy whose dependency entries can be changed without touching the original; texts are shared. */
struct chart_metadata metadata_copy(struct arena *a, const struct chart_metadata *md);

/* What a dependency is called in its parent: the alias, or else the name. */
struct slice dependency_key(const struct chart_dependency *dependency);

bool metadata_is_library(const struct chart_metadata *md);

/* What encoding/json makes of them: lower-case keys, empty fields left out, entries in the order of Go's struct, which
   JSON shows. map_sort must follow before a key is looked up. */
struct value metadata_to_value(struct arena *a, const struct chart_metadata *md);
struct value maintainer_to_value(struct arena *a, const struct chart_maintainer *maintainer);
struct value dependency_to_value(struct arena *a, const struct chart_dependency *dependency);

/* Appends Chart.yaml as Helm writes it (show chart, package). */
bool metadata_write(struct buffer *out, const struct chart_metadata *md, struct arena *scratch, struct diag *diag);

#endif

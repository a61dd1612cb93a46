/*
 * field_origin.h - where the fields of rendered objects come from
 *
 * A release rendered with a trace becomes a list of objects, each a tree of values whose origins are lines and columns
 * in the text of its manifest. For a field (a key path into such a tree) the trace tells which template wrote it and
 * who included that, which keys of the values went into its text, and which decided that it is there. All of it was
 * recorded while the templates ran; nothing is looked for in texts.
 *
 * What is made here lives in the arena given and refers to the rendered release: render with render_plan_keep to have both sides
 * of a comparison at once (project/render.h).
 */
#ifndef YARE_REPORT_FIELD_ORIGIN_H
#define YARE_REPORT_FIELD_ORIGIN_H

#include "project/render.h"
#include "value/key_path.h"

struct origin_object {
    const struct manifest *manifest; /* its text is manifest->content, its template manifest->file */
    struct slice api_version;        /* of these four each may be empty */
    struct slice kind;
    struct slice name_space;         /* as it stands in the manifest */
    struct slice name;
    bool is_hook;
    struct value tree;               /* origins: line and column in manifest->content */
    size_t *lines;                   /* offset of each line of the content … */
    size_t line_count;
    size_t *starts;                  /* … and of each entry and item of the tree, in order */
    size_t start_count;
};

struct origin_objects {
    const struct rendered_release *rendered;
    struct rendered_release copy; /* what `rendered` points to */
    struct source_set *sources;
    struct origin_object *items;  /* in the order of the output; hooks behind the rest */
    size_t count;
    struct trace_sources found;   /* scratch of queries */
};

/* Lists the objects of a release; without a trace their fields have texts, but no origins. Empty documents are left
   out. */
void origin_objects_list(struct arena *a, struct source_set *sources, const struct rendered_release *rendered,
                         struct origin_objects *out);

/* The same without objects, for those who make their own. */
void origin_objects_init(struct arena *a, struct source_set *sources, const struct rendered_release *rendered,
                         struct origin_objects *out);

/* An object of a manifest whose tree was read already: with line and column in manifest->content as origins. */
void origin_object_init(struct arena *a, const struct manifest *manifest, struct value tree, struct origin_object *out);

/* The object of that kind (in any letter case) and name, or null. An empty namespace stands for any. */
const struct origin_object *origin_objects_find(const struct origin_objects *objects, struct slice kind,
                                                struct slice name, struct slice name_space);

/* The object of a manifest of the release, or null where that has no content. */
const struct origin_object *origin_objects_of(const struct origin_objects *objects, const struct manifest *manifest);

enum field_read_how {
    FIELD_READ_VALUE,    /* it is in the text of the field, or the text was computed from it */
    FIELD_READ_CONDITION /* it decided that the field, or the text in it, is there: if, with, range */
};

struct field_read {
    enum field_read_how how;
    struct slice path;        /* as from the root chart's templates: ".Values.image.tag", ".Chart.Version" */
    struct slice key;         /* of .Values alone: the path below it, as key_path_parse reads it; else empty */
    bool is_name;             /* it matters that the key is there, not what its value is */
    bool is_container;        /* a map or list, of which it matters that it is there and not empty */
    bool is_missing;          /* no layer sets it */
    struct value value;       /* what was read; nil where it is missing */
    struct diag_place place;  /* where that is written; source null: nowhere */
    struct slice file;        /* of .Files alone: the file's path */
};

struct field_line {
    struct diag_place place;       /* source null where a template has no file */
    struct slice template_name;    /* the file, or the name of the define */
};

struct field_origin {
    struct slice text;             /* the field in the manifest, from its key to the end of its value */
    struct field_line *lines;      /* the template line that wrote the value, then the calls that led there, outwards */
    size_t line_count;
    struct field_read *reads;      /* values before conditions, by path; none twice */
    size_t read_count;
    const struct chart *chart;     /* whose template it is: name and version are in its metadata */
};

/* What a field was made of, as nodes of the release's flow: for those who ask about many fields. */
struct field_flow {
    const uint32_t *values;     /* that went into its text */
    size_t value_count;
    const uint32_t *conditions; /* that decided on it */
    size_t condition_count;
};

/* The nodes of the field at the path; false where the object has no such field. */
bool field_flow_find(struct arena *a, struct origin_objects *objects, const struct origin_object *object,
                     const struct key_path *path, struct field_flow *out);

/* The files that an object was made of: templates, values files, Chart.yaml, what .Files gave; names of sources, each once.
   Values that nothing read are not among them. */
struct object_files {
    struct slice *names;
    size_t count;
};
void object_files_find(struct arena *a, struct origin_objects *objects, const struct origin_object *object,
                       struct object_files *out);

/* What such a node says. */
struct field_read field_flow_read(struct arena *a, const struct origin_objects *objects, uint32_t id,
                                  enum field_read_how how);

/* The template line that wrote the field's value; source null where there is none. */
struct diag_place field_line_find(const struct origin_object *object, const struct key_path *path);

/* Asks for the field at the path; the empty path is the whole object. False where the object has no such field. */
bool field_origin_find(struct arena *a, struct origin_objects *objects, const struct origin_object *object,
                       const struct key_path *path, struct field_origin *out);

#endif

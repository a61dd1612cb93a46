/*
 * annotate.h - YAML with remarks at its line ends
 *
 * A remark belongs to a scalar; it is put at the end of the line where that ends, or behind the header of a block scalar,
 * so that the text stays YAML of the same meaning.
 */
#ifndef YARE_REPORT_ANNOTATE_H
#define YARE_REPORT_ANNOTATE_H

#include "base/buffer.h"
#include "report/field_origin.h"
#include "report/value_history.h"

struct remark {
    size_t start; /* bytes of the scalar, its key included */
    size_t end;
    struct slice text; /* without "# " */
};

/* Appends the text with the remarks, which are in order of their starts; in columns, coloured on request. */
void annotate_text(struct slice text, const struct remark *remarks, size_t count, bool colour, struct buffer *out);

/* Appends the values with the place of each. */
bool annotate_values(struct arena *a, const struct value_tree *tree, bool colour, struct buffer *out,
                     struct diag *diag);

/* Appends the object's manifest; behind each scalar the template line that wrote it and what that read. Where a remark
   would change what the manifest means, it is appended bare. */
void annotate_object(struct arena *a, struct origin_objects *objects, const struct origin_object *object, bool colour,
                     struct buffer *out);

/* What `helm template` prints for the release, each object annotated. It must have been rendered with a trace. */
bool annotate_release(struct arena *a, struct source_set *sources, const struct rendered_release *rendered,
                      const struct template_output_options *options, bool colour, struct buffer *out,
                      struct diag *diag);

#endif

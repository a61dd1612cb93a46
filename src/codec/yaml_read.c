/*
 * yaml_read.c - YAML as Helm reads it
 *
 * Look the text over, parse it, build the value. Our own scanner and parser stand where libyaml's could: go-yaml v2 is
 * an older libyaml's port, and the two part on escapes, flow scalars, tags, depth and places of errors.
 */
#include "codec/yaml_read.h"

#include "codec/yaml_parse.h"

bool yaml_read(struct arena *a, const struct source *source, struct slice text,
               const struct yaml_read_options *options, struct value *out, struct yaml_error *error)
{
    static const struct yaml_read_options defaults;
    struct yaml_text checked;
    struct yaml_build build;
    if (!options)
        options = &defaults;
    yaml_text_check(&checked, a, text);
    yaml_build_init(&build, a, options);
    yaml_parse(&build, &checked, source, options);
    bool done = yaml_build_finish(&build, out, error);
    yaml_build_release(&build);
    return done;
}

/*
 * yaml_parse.h - YAML tokens to nodes, as go-yaml v2's parser joins them
 */
#ifndef YARE_CODEC_YAML_PARSE_H
#define YARE_CODEC_YAML_PARSE_H

#include "codec/yaml_build.h"
#include "codec/yaml_text.h"

/* Parses the first document of the text and hands its nodes to the builder; a fault is added to the builder's. The
   origins have the number of `source`, or nothing at all where the options say so. */
void yaml_parse(struct yaml_build *build, const struct yaml_text *text, const struct source *source,
                const struct yaml_read_options *options);

#endif

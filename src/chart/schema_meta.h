/*
 * schema_meta.h - the published metaschemas of JSON Schema
 *
 * A schema is itself checked by a schema, that of its draft. These documents are part of the program, so that no
 * schema needs the network for them.
 */
#ifndef YARE_CHART_SCHEMA_META_H
#define YARE_CHART_SCHEMA_META_H

#include "base/slice.h"

/* The drafts, by the year or number in their URLs. */
enum schema_draft {
    DRAFT_4 = 4,
    DRAFT_6 = 6,
    DRAFT_7 = 7,
    DRAFT_2019 = 2019,
    DRAFT_2020 = 2020
};

/* Groups of keywords that a metaschema can switch on and off from 2019-09 on; the bits of a set. */
enum schema_vocabulary {
    VOCABULARY_CORE = 1 << 0,
    VOCABULARY_APPLICATOR = 1 << 1,
    VOCABULARY_UNEVALUATED = 1 << 2,
    VOCABULARY_VALIDATION = 1 << 3,
    VOCABULARY_META_DATA = 1 << 4,
    VOCABULARY_FORMAT = 1 << 5, /* 2019-09 alone */
    VOCABULARY_FORMAT_ANNOTATION = 1 << 6,
    VOCABULARY_FORMAT_ASSERTION = 1 << 7,
    VOCABULARY_CONTENT = 1 << 8,
    VOCABULARIES = 9
};

/* The text of the metaschema at a URL without fragment (http or https); false: none of ours. */
bool schema_meta_text(struct slice url, struct slice *text);

/* The draft that a $schema names; false where it names none of them. */
bool schema_meta_draft(struct slice url, enum schema_draft *draft);

/* URL of a draft's metaschema. */
struct slice schema_meta_url(enum schema_draft draft);

/* URL of the metaschema of one vocabulary, a single bit, of 2019-09 or 2020-12; empty where the draft has no such
   vocabulary. */
struct slice schema_meta_vocabulary_url(enum schema_draft draft, unsigned vocabulary);

/* The bit of a vocabulary's URL in that draft, or 0. */
unsigned schema_meta_vocabulary(enum schema_draft draft, struct slice url);

#endif

/*
 * yaml_documents.h - the documents of a stream, as Kubernetes' libraries cut them
 *
 * k8s.io/apimachinery's YAMLReader goes by lines and knows nothing of block scalars: a line that begins with "---" ends
 * a document that is not empty, else it becomes the document's first line; lines lose a carriage return and always end
 * in a newline. Helm reads values files and lints manifests through it.
 */
#ifndef YARE_CODEC_YAML_DOCUMENTS_H
#define YARE_CODEC_YAML_DOCUMENTS_H

#include "base/buffer.h"

/* Begins as {.rest = text}; `text` is released by the caller. */
struct yaml_documents {
    struct slice rest;
    size_t line;         /* lines cut so far */
    size_t lines_before; /* lines before the current document */
    struct buffer text;  /* the current document */
};

enum yaml_document {
    YAML_DOCUMENT,
    YAML_NO_DOCUMENT,  /* the end */
    YAML_BAD_SEPARATOR /* something that is no comment follows the dashes */
};

/* Gathers the next document in documents->text. After YAML_BAD_SEPARATOR *trailer is what follows the dashes: Go's error
   is "invalid Yaml document separator: " and that. */
enum yaml_document yaml_documents_next(struct yaml_documents *documents, struct slice *trailer);

#endif

/*
 * template_output.h - what `helm template` prints
 */
#ifndef YARE_HELM_TEMPLATE_OUTPUT_H
#define YARE_HELM_TEMPLATE_OUTPUT_H

#include "helm/release.h"

struct template_output_options {
    bool include_crds;
    bool no_hooks;
    bool skip_tests;
    const struct slice *show_only; /* patterns; count 0: everything */
    size_t show_only_count;
    struct slice release_folder; /* --release-name: folder below the output folder for all but CRDs; may be empty */
};

/* Appends the manifests as Helm prints them: CRDs, then manifests, then hooks, each with its "# Source:" line. With
   show_only just those of the named templates; one that names none is an error. */
bool template_output_write(const struct release *release, const struct template_output_options *options,
                           struct buffer *out, struct diag *diag);

/* Writes each document to a file below `folder`, as --output-dir does; "wrote PATH" lines go to `out`. */
bool template_output_files(const struct release *release, const struct template_output_options *options,
                           struct slice folder, struct buffer *out, struct diag *diag);

/* What --debug prints when manifests could not be read: every file that was rendered. */
void template_output_debug(const struct release *release, struct buffer *out);

#endif

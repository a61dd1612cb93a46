/*
 * output_name.h - where Helmfile puts what it writes for a release
 *
 * A name is a template over the release, its state file and its environment.
 */
#ifndef YARE_PROJECT_OUTPUT_NAME_H
#define YARE_PROJECT_OUTPUT_NAME_H

#include "helmfile/release_spec.h"

/* Helmfile's own templates. */
#define OUTPUT_NAME_FOLDER "{{ .OutputDir }}/{{ .State.BaseName }}-{{ .State.AbsPathSHA1 }}-{{ .Release.Name}}"
#define OUTPUT_NAME_VALUES "{{ .State.BaseName }}-{{ .State.AbsPathSHA1 }}/{{ .Release.Name }}.yaml"

#define OUTPUT_NAME_CHART                                                                                              \
    "{{ .OutputDir }}{{ if .Release.Namespace }}/{{ .Release.Namespace }}{{ end }}{{ if .Release.KubeContext }}/"       \
    "{{ .Release.KubeContext }}{{ end }}/{{ .Release.Name }}/{{ .ChartName }}/{{ or .Release.Version \"latest\" }}"

/* The name that the template gives for a release; `folder` is .OutputDir. It lives in the arena. */
bool output_name_make(struct arena *a, const struct release_spec *release, struct slice template,
                      struct slice folder, const char **out, struct diag *diag);

#endif

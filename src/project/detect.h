/*
 * detect.h - what lies at a path
 */
#ifndef YARE_PROJECT_DETECT_H
#define YARE_PROJECT_DETECT_H

#include "base/diag.h"

enum project_kind {
    PROJECT_CHART,        /* a folder with Chart.yaml, or a .tgz */
    PROJECT_HELMFILE,     /* a state file, or a folder that has one */
    PROJECT_KUSTOMIZATION /* a folder with kustomization.yaml */
};

struct project_place {
    enum project_kind kind;
    struct slice path; /* of the chart, the kustomization's folder, the state file or the folder of state files */
};

/* Looks at the path. A folder is what its files say: a state file before a chart before a kustomization. An error says
   what was looked for. */
bool project_detect(struct arena *a, struct slice path, struct project_place *out, struct diag *diag);

#endif

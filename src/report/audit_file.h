/*
 * audit_file.h - findings in files that people write: values, state files, Chart.yaml
 */
#ifndef YARE_REPORT_AUDIT_FILE_H
#define YARE_REPORT_AUDIT_FILE_H

#include "report/audit.h"

/* Looks at a file of plain YAML: keys given twice, scalars without quotes that YAML 1.1 and 1.2 take for different
   things, what a reader of YAML 1.2 refuses. Other sources (templates, command lines) are left alone. */
void audit_file(struct audit *audit, const struct source *source);

#endif

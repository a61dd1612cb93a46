/*
 * write_audit.h - findings for people and for programs
 */
#ifndef YARE_REPORT_WRITE_AUDIT_H
#define YARE_REPORT_WRITE_AUDIT_H

#include "report/audit.h"

/* Appends each finding with its line and a caret, and how many there are. */
void audit_write_text(const struct audit *audit, bool colour, struct buffer *out);

/* Appends {"findings": [{"rule", "severity", "file", "line", "column", "message", "fix"}]}. */
bool audit_write_json(const struct audit *audit, struct buffer *out, struct diag *diag);

/* Appends SARIF 2.1.0. */
bool audit_write_sarif(const struct audit *audit, struct slice version, struct buffer *out, struct diag *diag);

#endif

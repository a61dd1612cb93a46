/*
 * audit_state.h - findings in state files
 */
#ifndef YARE_REPORT_AUDIT_STATE_H
#define YARE_REPORT_AUDIT_STATE_H

#include "project/plan.h"
#include "report/audit.h"

/* Notes the fields of a release, and of its file's helmDefaults, that only matter in a cluster. */
void audit_state(struct audit *audit, const struct planned_release *release);

#endif

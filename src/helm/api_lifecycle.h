/*
 * api_lifecycle.h - API versions that Kubernetes gives up
 */
#ifndef YARE_HELM_API_LIFECYCLE_H
#define YARE_HELM_API_LIFECYCLE_H

#include "base/buffer.h"

/* Where objects of that kind are deprecated in Kubernetes `major`.`minor`, appends the API server's warning
   ("batch/v1beta1 CronJob is deprecated in v1.21+, unavailable in v1.25+; use batch/v1 CronJob") and returns true. Kinds
   that are none of Kubernetes' own are never deprecated. */
bool api_lifecycle_warning(struct slice api_version, struct slice kind, int major, int minor, struct buffer *out);

#endif

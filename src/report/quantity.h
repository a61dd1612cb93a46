/*
 * quantity.h - Kubernetes' quantities compared by value: 0.5 and 500m, 1Gi and 1024Mi
 */
#ifndef YARE_REPORT_QUANTITY_H
#define YARE_REPORT_QUANTITY_H

#include "base/slice.h"

/* Whether both texts are quantities (a decimal number with a suffix n u m k M G T P E, Ki Mi Gi Ti Pi Ei, or an exponent)
   of the same value; exact. */
bool quantity_equal(struct slice a, struct slice b);

/* Whether a field holds quantities: `field` is its name, `parent` that of the map it stands in ("limits", "cpu"). */
bool quantity_is_field(struct slice parent, struct slice field);

#endif

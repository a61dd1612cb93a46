/*
 * contact.h - mail addresses and URLs as `helm lint` checks them
 *
 * The rules are those of the validator library that Helm uses, which are laxer than the standards and sometimes odd.
 */
#ifndef YARE_CHART_CONTACT_H
#define YARE_CHART_CONTACT_H

#include "base/slice.h"

/* A maintainer's mail address. */
bool contact_is_email(struct slice text);

/* A maintainer's URL; scheme and even the dot may be missing. */
bool contact_is_url(struct slice text);

/* A URL with a scheme, as it could stand in a request: sources and the icon. */
bool contact_is_request_url(struct slice text);

#endif

/*
 * ip.h - IP addresses as Go's net/netip reads them
 */
#ifndef YARE_GOLANG_IP_H
#define YARE_GOLANG_IP_H

#include "base/arena.h"

#include <stdint.h>

struct go_ip {
    uint8_t bytes[16]; /* an IPv4 address is in the first four */
    bool is4;
    struct slice zone; /* after '%', shares the text */
};

/* netip.ParseAddr; on failure *error has Go's text (`ParseAddr("zz"): unable to parse IP`). */
bool go_ip_parse(struct arena *a, struct slice text, struct go_ip *out, struct slice *error);

#endif

/*
 * time_zone.h - zones of the tz database
 *
 * A zone is read from its TZif file when it is opened and closed by its user; what is found in it are periods of one
 * offset, the last ones repeated each year by the rule at the end of the file.
 */
#ifndef YARE_GOLANG_TIME_ZONE_H
#define YARE_GOLANG_TIME_ZONE_H

#include "base/arena.h"

struct time_zone {
    struct arena arena;
    bool is_utc;
    const unsigned char *times;   /* when each transition happens */
    const unsigned char *indices; /* the type that each transition leads to */
    const unsigned char *types;   /* offset, daylight saving, place of the abbreviation */
    const char *names;
    size_t time_size;             /* bytes of one time: 4 or 8 */
    size_t time_count;
    size_t type_count;
    size_t name_size;
    struct slice rule;            /* POSIX TZ text for what comes after the last transition */
};

struct zone_period {
    char name[32];
    int offset;
    int64_t start; /* the first second */
    int64_t end;   /* the first second of the next period */
    bool is_dst;
};

/* Opens a zone by the names that go_time_in takes. False: unknown or not readable; nothing to close then. */
bool time_zone_open(struct time_zone *zone, const char *name);
void time_zone_close(struct time_zone *zone);

/* The period that a second since the epoch lies in. */
void time_zone_lookup(const struct time_zone *zone, int64_t seconds, struct zone_period *period);

/* The offset that an abbreviation has, best at the given wall clock time. False: the zone never had that name. */
bool time_zone_lookup_name(const struct time_zone *zone, struct slice name, int64_t wall, int *offset);

#endif

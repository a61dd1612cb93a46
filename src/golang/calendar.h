/*
 * calendar.h - days since the epoch and the Gregorian calendar, extended in both directions
 */
#ifndef YARE_GOLANG_CALENDAR_H
#define YARE_GOLANG_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

enum {
    SECONDS_PER_DAY = 86400
};

bool calendar_is_leap(int64_t year);

/* Days of the months before `month` (1 to 13) in a year that is not a leap year. */
int calendar_days_before(int month);

int calendar_days_in(int month, int64_t year);

/* Days from 1970-01-01 to a date whose month is in 1 to 12; the day may be any number. */
int64_t calendar_days(int64_t year, int month, int64_t day);

/* The date of a day counted from 1970-01-01. */
void calendar_date(int64_t days, int64_t *year, int *month, int *day);

/* 0 is Sunday. */
int calendar_weekday(int64_t days);

/* Quotient and remainder with the remainder never negative. */
int64_t calendar_floor_divide(int64_t n, int64_t by, int64_t *rest);

#endif

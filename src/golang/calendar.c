/*
 * calendar.c - days since the epoch and the Gregorian calendar
 *
 * Years are counted from March within eras of 400 years, so that the leap day is the last of its year and all
 * divisions are of non-negative numbers.
 */
#include "golang/calendar.h"

enum {
    DAYS_PER_ERA = 146097,
    DAYS_TO_EPOCH = 719468 /* from 0000-03-01 to 1970-01-01 */
};

int64_t calendar_floor_divide(int64_t n, int64_t by, int64_t *rest)
{
    int64_t q = n / by;
    *rest = n % by;
    if (*rest < 0) {
        *rest += by;
        q--;
    }
    return q;
}

bool calendar_is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int calendar_days_before(int month)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
    return before[month - 1];
}

int calendar_days_in(int month, int64_t year)
{
    if (month == 2 && calendar_is_leap(year))
        return 29;
    return calendar_days_before(month + 1) - calendar_days_before(month);
}

int64_t calendar_days(int64_t year, int month, int64_t day)
{
    int64_t year_of_era;
    int64_t era = calendar_floor_divide(month <= 2 ? year - 1 : year, 400, &year_of_era);
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - DAYS_TO_EPOCH + day - 1;
}

void calendar_date(int64_t days, int64_t *year, int *month, int *day)
{
    int64_t day_of_era;
    int64_t era = calendar_floor_divide(days + DAYS_TO_EPOCH, DAYS_PER_ERA, &day_of_era);
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    *day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    *month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    *year = year_of_era + era * 400 + (*month <= 2);
}

int calendar_weekday(int64_t days)
{
    int64_t weekday;
    calendar_floor_divide(days + 4, 7, &weekday);
    return (int)weekday;
}

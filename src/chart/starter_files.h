/*
 * starter_files.h - the files of our starter
 */
#ifndef YARE_CHART_STARTER_FILES_H
#define YARE_CHART_STARTER_FILES_H

/* <CHARTNAME> stands for the chart's name. */
struct starter_file {
    const char *name; /* null ends the table */
    const char *text;
};

extern const struct starter_file starter_files[];

#endif

/*
 * text_table.h - tables of text as Helm prints them
 *
 * Columns are as wide as their widest cell and stand between tabs; a cell that is too long is cut.
 */
#ifndef YARE_CHART_TEXT_TABLE_H
#define YARE_CHART_TEXT_TABLE_H

#include "base/buffer.h"

struct text_table {
    struct arena *arena;
    size_t columns;
    struct slice *cells; /* row by row */
    size_t rows;
    size_t cap;
    size_t widest;       /* characters of a cell; 80 at first, 0: any number */
};

void text_table_init(struct text_table *table, struct arena *a, size_t columns);

/* Adds a row of as many cells as the table has columns; long texts are cut. */
void text_table_add(struct text_table *table, const struct slice *cells);

void text_table_write(const struct text_table *table, struct buffer *out);

#endif

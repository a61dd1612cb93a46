/*
 * text_table.c - tables of text as Helm prints them
 */
#include "chart/text_table.h"

#include "golang/unicode.h"

enum { WIDEST_COLUMN = 80 };

void text_table_init(struct text_table *table, struct arena *a, size_t columns)
{
    memset(table, 0, sizeof *table);
    table->arena = a;
    table->columns = columns;
    table->widest = WIDEST_COLUMN;
}

/* A cell of at most `widest` characters, the last three of them dots where it was longer. */
static struct slice cell(const struct text_table *table, struct slice text)
{
    size_t kept = 0;
    if (table->widest == 0 || go_rune_count(text) <= table->widest)
        return text;
    for (size_t i = 3; i < table->widest; i++) {
        size_t size;
        go_decode_rune(slice_after(text, kept), &size);
        kept += size;
    }
    return arena_concat(table->arena, slice_part(text, 0, kept), SLICE("..."));
}

void text_table_add(struct text_table *table, const struct slice *cells)
{
    size_t size = table->columns * sizeof *cells;
    table->cells = arena_room(table->arena, table->cells, table->rows, &table->cap, size);
    for (size_t i = 0; i < table->columns; i++)
        table->cells[table->rows * table->columns + i] = cell(table, cells[i]);
    table->rows++;
}

static size_t column_width(const struct text_table *table, size_t column)
{
    size_t widest = 0;
    for (size_t row = 0; row < table->rows; row++) {
        size_t width = go_rune_count(table->cells[row * table->columns + column]);
        if (width > widest)
            widest = width;
    }
    return widest;
}

void text_table_write(const struct text_table *table, struct buffer *out)
{
    size_t *widths = ARENA_ARRAY(table->arena, size_t, table->columns);
    for (size_t i = 0; i < table->columns; i++)
        widths[i] = column_width(table, i);
    for (size_t row = 0; row < table->rows; row++) {
        for (size_t i = 0; i < table->columns; i++) {
            struct slice text = table->cells[row * table->columns + i];
            if (i)
                buffer_add_char(out, '\t');
            buffer_add(out, text);
            buffer_add_repeated(out, ' ', widths[i] - go_rune_count(text));
        }
        buffer_add_char(out, '\n');
    }
}

/*
 * write_text.h - a diff for the terminal
 */
#ifndef YARE_REPORT_WRITE_TEXT_H
#define YARE_REPORT_WRITE_TEXT_H

#include "report/diff.h"

struct text_options {
    bool colour;
    bool noise;   /* show what is noise, too */
    size_t width; /* columns of the terminal (side by side) */
    size_t size;  /* most bytes (Markdown); 0: no bound */
};



/* One object after the other; each change as lines that begin with '-' and '+', then what caused it. */
void diff_write_text(const struct diff *diff, const struct text_options *options, struct buffer *out);

/* Both sides beside each other, as wide as the terminal. */
void diff_write_side_by_side(const struct diff *diff, const struct text_options *options, struct buffer *out);

/* The parts of diff_write_text that others use, too: the line with an object's name, the lines of its changes, the head of an
   environment, the counts at the end. */
void object_change_write_head(const struct object_change *change, const struct text_options *options, struct buffer *out);
void object_change_write_text(const struct object_change *change, const struct text_options *options, struct buffer *out);
void diff_write_environment(struct slice environment, const struct text_options *options, struct buffer *out);
void diff_write_counts(const struct diff *diff, const struct text_options *options, struct buffer *out);

#endif

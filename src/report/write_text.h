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

/* --- parts of diff_write_text that others use, too --------------------------------------------------------------- */

/* What comes before the object of that index: where it is the first of its environment, the name of that and what its
   objects have in common. */
void diff_write_start(const struct diff *diff, size_t at, const struct text_options *options, struct buffer *out);

/* The changes alone that objects from `from` on, of one environment, have in common; returns how many were written. */
size_t diff_write_common(const struct diff *diff, size_t from, const struct text_options *options, struct buffer *out);

/* The line with an object's name, the numbers of its common changes, the lines of its others. */
void object_change_write_head(const struct object_change *change, const struct text_options *options,
                              struct buffer *out);
void object_change_write_common(const struct object_change *change, const struct text_options *options,
                                struct buffer *out);
void object_change_write_text(const struct object_change *change, const struct text_options *options,
                              struct buffer *out);

/* Whether the change is shown with its object: it is neither hidden nor common. */
bool field_change_is_shown(const struct field_change *change, const struct text_options *options);

/* The totals at the end. */
void diff_write_counts(const struct diff *diff, const struct text_options *options, struct buffer *out);

#endif

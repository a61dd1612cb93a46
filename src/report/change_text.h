/*
 * change_text.h - changes as lines of text, for all writers that print lines
 */
#ifndef YARE_REPORT_CHANGE_TEXT_H
#define YARE_REPORT_CHANGE_TEXT_H

#include "report/cause.h"
#include "report/diff.h"
#include "report/hunks.h"

enum {
    CHANGE_CONTEXT = 3 /* lines of block texts around a change */
};

/* The path, with "(moved)" where that is what changed. */
struct slice change_path_text(struct arena *a, const struct field_change *change);

/* A value as it would stand in a manifest: scalars in YAML's notation on one line, block texts as they are, the rest as
   YAML. No final newline. */
struct slice change_value_text(struct arena *a, struct value v);

/* Whether a text is more than one line. */
static inline bool change_is_block(struct slice text)
{
    return slice_find_char(text, '\n') < text.len;
}

/* "name  left → right", with "(not set)" for a side that has no place. */
void change_cause_write(const struct change_cause *cause, struct buffer *out);

/* Whether both changes have the same causes. */
bool change_same_causes(const struct field_change *a, const struct field_change *b);

/* "2 added, 1 removed, 3 changed (1 renamed), 40 the same", with what was hidden as noise. */
void change_counts_write(const struct diff_counts *counts, bool noise_shown, struct buffer *out);

#endif

/*
 * terminal.h - what standard output is
 */
#ifndef YARE_CLI_TERMINAL_H
#define YARE_CLI_TERMINAL_H

#include "base/slice.h"

/* Whether to colour what goes to standard output. `wanted` is --color: "always", "never", or "auto" (also empty): on a
   terminal that is not dumb, unless NO_COLOR is set. */
bool terminal_colour(struct slice wanted);

/* Columns of the terminal, or of $COLUMNS, or 120. */
size_t terminal_width(void);

#endif

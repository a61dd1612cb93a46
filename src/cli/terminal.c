/*
 * terminal.c - what standard output is
 */
#include "cli/terminal.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
    USUAL_WIDTH = 120,
    LEAST_WIDTH = 40,
    MOST_WIDTH = 1000
};

bool terminal_colour(struct slice wanted)
{
    const char *off = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    if (slice_is(wanted, "always"))
        return true;
    if (slice_is(wanted, "never") || (off && *off))
        return false;
    return isatty(STDOUT_FILENO) && !(term && strcmp(term, "dumb") == 0);
}

size_t terminal_width(void)
{
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    long width = columns ? strtol(columns, NULL, 10) : 0;
    if (width <= 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        width = size.ws_col;
    if (width <= 0)
        width = USUAL_WIDTH;
    return (size_t)(width < LEAST_WIDTH ? LEAST_WIDTH : width > MOST_WIDTH ? MOST_WIDTH : width);
}

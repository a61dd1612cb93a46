/*
 * log_line.c - what Helm logs beside its output
 */
#include "chart/log_line.h"

#include "golang/strconv.h"
#include "golang/unicode.h"

/* slog quotes a value that is empty or holds a blank, '=', '"' or something unprintable. */
static bool needs_quotes(struct slice value)
{
    if (value.len == 0)
        return true;
    while (value.len) {
        size_t size;
        uint32_t rune = go_decode_rune(value, &size);
        if (rune == RUNE_ERROR || rune == ' ' || rune == '=' || rune == '"' || !go_is_print(rune))
            return true;
        value = slice_after(value, size);
    }
    return false;
}

static void add_value(struct buffer *line, struct slice value)
{
    if (needs_quotes(value))
        go_quote(line, value);
    else
        buffer_add(line, value);
}

static void add_entry(struct diag *diag, enum diag_severity severity, struct buffer *line)
{
    diag_info(diag, "%.*s", SLICE_ARG(buffer_slice(line)));
    diag->last->severity = severity;
    buffer_release(line);
}

void log_line(struct diag *diag, enum diag_severity severity, const char *message, const struct log_pair *pairs,
              size_t count)
{
    struct buffer line = BUFFER_INIT;
    buffer_add_text(&line, "msg=");
    add_value(&line, slice_text(message));
    for (size_t i = 0; i < count; i++) {
        buffer_printf(&line, " %s=", pairs[i].key);
        add_value(&line, pairs[i].value);
    }
    add_entry(diag, severity, &line);
}

void log_text(struct diag *diag, bool helm3, const char *place, const char *format, ...)
{
    struct buffer text = BUFFER_INIT;
    va_list args;
    va_start(args, format);
    buffer_vprintf(&text, format, args);
    va_end(args);
    struct buffer line = BUFFER_INIT;
    if (helm3) {
        buffer_printf(&line, "%s: ", place);
        buffer_add(&line, buffer_slice(&text));
    } else {
        buffer_add_text(&line, "msg=");
        add_value(&line, buffer_slice(&text));
    }
    buffer_release(&text);
    add_entry(diag, DIAG_INFO, &line);
}

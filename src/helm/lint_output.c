/*
 * lint_output.c - what `helm lint` prints
 */
#include "helm/lint_output.h"

static const char *const severities[] = {
    [LINT_INFO] = "INFO",
    [LINT_WARNING] = "WARNING",
    [LINT_ERROR] = "ERROR",
};

/* How many messages are as severe as that. */
static size_t count_from(const struct lint_report *report, enum lint_severity severity)
{
    size_t count = 0;
    for (size_t i = 0; i < report->count; i++)
        count += report->items[i].severity >= severity;
    return count;
}

static void write_message(const struct lint_message *message, struct buffer *out)
{
    buffer_printf(out, "[%s] ", severities[message->severity]);
    buffer_add(out, message->path);
    buffer_add_text(out, ": ");
    buffer_add(out, message->text);
    buffer_add_char(out, '\n');
}

void lint_output_add(struct lint_output *output, struct slice path, const struct lint_report *report,
                     struct buffer *out)
{
    bool noted = report->failure.len || count_from(report, LINT_WARNING);
    output->linted++;
    output->noted |= noted;
    output->failed += report->failure.len || count_from(report, output->strict ? LINT_WARNING : LINT_ERROR);
    if (output->quiet && !noted)
        return;
    buffer_add_text(out, "==> Linting ");
    buffer_add(out, path);
    buffer_add_char(out, '\n');
    if (report->failure.len) {
        buffer_add_text(out, "Error ");
        buffer_add(out, report->failure);
        buffer_add_char(out, '\n');
    }
    for (size_t i = 0; i < report->count; i++) {
        if (!output->quiet || report->items[i].severity != LINT_INFO)
            write_message(&report->items[i], out);
    }
    buffer_add_char(out, '\n');
}

bool lint_output_end(const struct lint_output *output, struct buffer *out, struct diag *diag)
{
    if (output->failed)
        return diag_error(diag, "%zu chart(s) linted, %zu chart(s) failed", output->linted, output->failed);
    if (!output->quiet || output->noted)
        buffer_printf(out, "%zu chart(s) linted, %zu chart(s) failed\n", output->linted, output->failed);
    return true;
}

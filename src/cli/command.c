/*
 * command.c - finding commands and printing what they have to say
 */
#include "cli/command.h"

#include "base/file.h"
#include "golang/strconv.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

const struct command *command_find(const struct command *table, const char *name)
{
    for (const struct command *c = table; c->name; c++) {
        if (strcmp(c->name, name) == 0)
            return c;
    }
    return NULL;
}

bool context_print(struct context *context, struct slice text)
{
    if (file_write_descriptor(STDOUT_FILENO, text))
        return true;
    return diag_error(context->diag, "write standard output: %s", file_error_text(errno));
}

static const char *const log_levels[] = {
    [DIAG_ERROR] = "ERROR",
    [DIAG_WARNING] = "WARN",
    [DIAG_INFO] = "INFO",
    [DIAG_DEBUG] = "DEBUG",
    [DIAG_LOGGED_ERROR] = "ERROR",
};

/* Helm 4 logs by slog: messages made for that begin with "msg="; notes of options are printed bare. */
static void write_helm_log(const struct diag_entry *entry, struct buffer *out)
{
    if (slice_starts(entry->message, SLICE("msg="))) {
        buffer_printf(out, "level=%s ", log_levels[entry->severity]);
        buffer_add(out, entry->message);
    } else if (slice_starts(entry->message, SLICE("Flag "))) {
        buffer_add(out, entry->message);
    } else {
        buffer_add_text(out, "level=INFO msg=");
        go_quote(out, entry->message);
    }
    buffer_add_char(out, '\n');
}

/* Where an error lies and how it came to that, below the peer's words. */
static void write_place(const struct diag_entry *entry, struct buffer *out)
{
    struct diag_place place = entry->place;
    if (!place.source && !entry->notes)
        return;
    buffer_add_char(out, '\n');
    if (place.source)
        buffer_printf(out, "%.*s:%u:%u:\n", SLICE_ARG(place.source->name), place.line, place.column);
    diag_entry_write_excerpt(entry, out);
}

static void write_helm(const struct context *context, const struct diag_entry *entry, struct buffer *out)
{
    bool kustomize = context->style == MESSAGES_KUSTOMIZE;
    if (entry->severity != DIAG_ERROR && (context->style == MESSAGES_HELM3 || kustomize)) {
        buffer_add(out, entry->message);
        buffer_add_char(out, '\n');
        return;
    }
    if (entry->severity != DIAG_ERROR) {
        write_helm_log(entry, out);
        return;
    }
    buffer_add_text(out, "Error: ");
    buffer_add(out, entry->message);
    buffer_add_char(out, '\n');
    if (entry->peer_detail && !context->debug)
        buffer_add_text(out, "\nUse --debug flag to render out invalid YAML\n");
    if (context->style == MESSAGES_HELM_MORE || kustomize)
        write_place(entry, out);
}

/* Helmfile's logger writes bare lines. */
static void write_helmfile(const struct context *context, const struct diag_entry *entry, struct buffer *out)
{
    if (entry->severity == DIAG_DEBUG || (entry->severity == DIAG_INFO && context->quiet))
        return;
    buffer_add(out, entry->message);
    buffer_add_char(out, '\n');
    if (entry->severity == DIAG_ERROR && context->style == MESSAGES_HELMFILE_MORE)
        write_place(entry, out);
}

static void write_entries(const struct context *context)
{
    struct buffer out = BUFFER_INIT;
    for (const struct diag_entry *entry = context->diag->first; entry; entry = entry->next) {
        if (context->style == MESSAGES_YARE)
            diag_entry_write(entry, &out);
        else if (context->style == MESSAGES_HELMFILE || context->style == MESSAGES_HELMFILE_MORE)
            write_helmfile(context, entry, &out);
        else
            write_helm(context, entry, &out);
    }
    file_write_descriptor(STDERR_FILENO, buffer_slice(&out));
    buffer_release(&out);
}

void context_flush(struct context *context)
{
    size_t errors = context->diag->errors;
    write_entries(context);
    diag_clear(context->diag);
    context->diag->errors = errors;
}

void context_say(struct context *context, struct slice line)
{
    struct slice ended = arena_printf(context->arena, "%.*s\n", SLICE_ARG(line));
    context_flush(context);
    file_write_descriptor(STDERR_FILENO, ended);
}

int context_finish(struct context *context, int code)
{
    write_entries(context);
    return code == EXIT_DONE && context->diag->errors ? EXIT_FAILED : code;
}

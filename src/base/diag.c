/*
 * diag.c - collecting and writing diagnostics
 */
#include "base/diag.h"

#include <stdio.h>

enum {
    LONGEST_EXCERPT = 160, /* bytes of a source line that are shown */
    LONGEST_WORD = 64      /* longer words get no suggestion */
};

static const char *const severity_names[] = {
    [DIAG_ERROR] = "error",
    [DIAG_WARNING] = "warning",
    [DIAG_INFO] = "info",
    [DIAG_DEBUG] = "debug",
    [DIAG_LOGGED_ERROR] = "error",
};

void diag_init(struct diag *d)
{
    memset(d, 0, sizeof *d);
    arena_init(&d->arena);
}

void diag_release(struct diag *d)
{
    arena_release(&d->arena);
    memset(d, 0, sizeof *d);
}

void diag_clear(struct diag *d)
{
    diag_release(d);
    diag_init(d);
}

static struct slice format_text(struct arena *a, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

static struct slice format_text(struct arena *a, const char *format, va_list args)
{
    struct buffer text = BUFFER_INIT;
    buffer_vprintf(&text, format, args);
    return buffer_move(&text, a);
}

static struct diag_entry *add_entry(struct diag *d, enum diag_severity severity, struct slice message)
{
    struct diag_entry *entry = ARENA_NEW(&d->arena, struct diag_entry);
    entry->severity = severity;
    entry->message = message;
    if (d->last)
        d->last->next = entry;
    else
        d->first = entry;
    d->last = entry;
    if (severity == DIAG_ERROR)
        d->errors++;
    return entry;
}

bool diag_error(struct diag *d, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add_entry(d, DIAG_ERROR, format_text(&d->arena, format, args));
    va_end(args);
    return false;
}

void diag_warning(struct diag *d, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add_entry(d, DIAG_WARNING, format_text(&d->arena, format, args));
    va_end(args);
}

void diag_info(struct diag *d, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add_entry(d, DIAG_INFO, format_text(&d->arena, format, args));
    va_end(args);
}

bool diag_error_slice(struct diag *d, struct slice message)
{
    add_entry(d, DIAG_ERROR, arena_slice(&d->arena, message));
    return false;
}

void diag_locate(struct diag *d, struct diag_place place)
{
    if (d->last && !d->last->place.source)
        d->last->place = place;
}

void diag_locate_origin(struct diag *d, const struct source *source, struct origin at)
{
    struct diag_place place = {source, (uint32_t)at.line, (uint32_t)at.column, 1};
    diag_locate(d, place);
}

struct diag_place diag_place_at(const struct source *source, size_t offset, size_t length)
{
    struct origin at = source_origin(source, offset);
    struct diag_place place = {source, (uint32_t)at.line, (uint32_t)at.column, (uint32_t)length};
    return place;
}

void diag_note(struct diag *d, struct diag_place place, const char *format, ...)
{
    if (!d->last)
        return;
    struct diag_note *note = ARENA_NEW(&d->arena, struct diag_note);
    va_list args;
    va_start(args, format);
    note->message = format_text(&d->arena, format, args);
    va_end(args);
    note->place = place;
    struct diag_note **end = &d->last->notes;
    while (*end)
        end = &(*end)->next;
    *end = note;
}

void diag_prefix(struct diag *d, const char *format, ...)
{
    if (!d->last)
        return;
    va_list args;
    va_start(args, format);
    struct slice prefix = format_text(&d->arena, format, args);
    va_end(args);
    d->last->message = arena_concat(&d->arena, prefix, d->last->message);
}

void diag_enclose(struct diag *d, const char *before, const char *after)
{
    if (d->last)
        d->last->message = arena_printf(&d->arena, "%s%.*s%s", before, SLICE_ARG(d->last->message), after);
}

static void copy_entry(struct diag *d, const struct diag_entry *entry)
{
    struct diag_entry *copy = add_entry(d, entry->severity, arena_slice(&d->arena, entry->message));
    copy->peer_detail = entry->peer_detail;
    copy->place = entry->place;
    for (struct diag_note *note = entry->notes; note; note = note->next)
        diag_note(d, note->place, "%.*s", SLICE_ARG(note->message));
}

void diag_append(struct diag *d, struct diag *from)
{
    for (struct diag_entry *entry = from->first; entry; entry = entry->next)
        copy_entry(d, entry);
    diag_clear(from);
}

void diag_cut(struct diag *d)
{
    struct diag_entry *entry = d->first;
    while (entry && entry->severity != DIAG_ERROR)
        entry = entry->next;
    if (!entry)
        return;
    entry->next = NULL;
    d->last = entry;
    d->errors = 1;
}

void diag_take_last(struct diag *d, struct diag *to)
{
    struct diag_entry **link = &d->first;
    if (!d->last)
        return;
    copy_entry(to, d->last);
    d->errors -= d->last->severity == DIAG_ERROR;
    struct diag_entry *before = NULL;
    while (*link != d->last) {
        before = *link;
        link = &before->next;
    }
    *link = NULL;
    d->last = before;
}

static void write_place(const struct diag_place *place, struct buffer *out)
{
    if (!place->source)
        return;
    buffer_add(out, place->source->name);
    if (place->line)
        buffer_printf(out, ":%u", place->line);
    if (place->line && place->column)
        buffer_printf(out, ":%u", place->column);
    buffer_add_text(out, ": ");
}

/* Tabs stay tabs in the caret line so that the caret stands under its character however wide a tab is shown. */
static void write_caret(struct slice line, const struct diag_place *place, struct buffer *out)
{
    size_t before = place->column - 1;
    for (size_t i = 0; i < before && i < line.len; i++) {
        unsigned char c = (unsigned char)line.ptr[i];
        if ((c & 0xC0) == 0x80)
            continue; /* a character has one column, however many bytes */
        buffer_add_char(out, c == '\t' ? '\t' : ' ');
    }
    size_t count = place->length ? place->length : 1;
    size_t room = before < line.len ? line.len - before : 1;
    buffer_add_repeated(out, '^', count < room ? count : room);
    buffer_add_char(out, '\n');
}

static void write_excerpt(const struct diag_place *place, struct buffer *out)
{
    if (!place->source || !place->line || !place->source->text.len)
        return;
    struct slice line = source_line(place->source, place->line);
    if (line.len > LONGEST_EXCERPT)
        line.len = LONGEST_EXCERPT;
    if (line.len == 0)
        return;
    buffer_printf(out, "%5u | %.*s\n", place->line, SLICE_ARG(line));
    if (place->column && place->column <= line.len + 1) {
        buffer_add_text(out, "      | ");
        write_caret(line, place, out);
    }
}

void diag_entry_write_excerpt(const struct diag_entry *entry, struct buffer *out)
{
    write_excerpt(&entry->place, out);
    for (const struct diag_note *note = entry->notes; note; note = note->next) {
        buffer_add_text(out, "  note: ");
        write_place(&note->place, out);
        buffer_add(out, note->message);
        buffer_add_char(out, '\n');
    }
}

void diag_entry_write(const struct diag_entry *entry, struct buffer *out)
{
    write_place(&entry->place, out);
    buffer_printf(out, "%s: ", severity_names[entry->severity]);
    buffer_add(out, entry->message);
    buffer_add_char(out, '\n');
    diag_entry_write_excerpt(entry, out);
}

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Levenshtein distance of two words, each at most LONGEST_WORD bytes. */
static size_t edit_distance(struct slice a, struct slice b)
{
    size_t row[LONGEST_WORD + 1];
    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t above = row[j];
            size_t change = diagonal + (a.ptr[i - 1] != b.ptr[j - 1]);
            row[j] = smallest(above + 1, row[j - 1] + 1, change);
            diagonal = above;
        }
    }
    return row[b.len];
}

size_t diag_distance(struct slice a, struct slice b)
{
    return a.len > LONGEST_WORD || b.len > LONGEST_WORD ? SIZE_MAX : edit_distance(a, b);
}

/* One slip for each three letters, at least one; the least distance so far shrinks from there. */
static size_t farthest_typo(struct slice word)
{
    return word.len / 3 + 1;
}

/* Whether the candidate is nearer than what was found so far (at `*distance`; nothing yet: as near will do). */
static bool is_nearer(struct slice word, struct slice candidate, bool found, size_t *distance)
{
    if (word.len == 0 || word.len > LONGEST_WORD || candidate.len > LONGEST_WORD)
        return false;
    size_t d = edit_distance(word, candidate);
    if (d > *distance || (d == *distance && found))
        return false;
    *distance = d;
    return true;
}

size_t diag_nearest_slice(struct slice word, const struct slice *candidates, size_t count)
{
    size_t best = count;
    size_t distance = farthest_typo(word);
    for (size_t i = 0; i < count; i++) {
        if (is_nearer(word, candidates[i], best < count, &distance))
            best = i;
    }
    return best;
}

const char *diag_nearest(struct slice word, const char *const *candidates, size_t count)
{
    const char *best = NULL;
    size_t distance = farthest_typo(word);
    for (size_t i = 0; i < count; i++) {
        if (is_nearer(word, slice_text(candidates[i]), best != NULL, &distance))
            best = candidates[i];
    }
    return best;
}

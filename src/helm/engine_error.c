/*
 * engine_error.c - template errors in Helm's words
 *
 * Helm takes Go's text of an error apart again, and what it prints depends on whether that succeeds for each link of
 * the chain; so the same text is taken apart here, the same way (section 8 of the Helm sheet).
 */
#include "helm/engine_error.h"

#include "funcs/helm_funcs.h"

/* One link, as three lines of a block. */
struct block {
    struct slice location;
    struct slice executing;
    struct slice message;
};

static bool is_same(const struct block *a, const struct block *b)
{
    return slice_equal(a->location, b->location) && slice_equal(a->executing, b->executing) &&
           slice_equal(a->message, b->message);
}

/* Cuts at the first `mark`; false where there is none. */
static bool cut(struct slice s, struct slice mark, struct slice *before, struct slice *after)
{
    size_t at = slice_find(s, mark);
    if (at == s.len)
        return false;
    *before = slice_part(s, 0, at);
    *after = slice_after(s, at + mark.len);
    return true;
}

static struct slice before_next_link(struct slice message)
{
    return slice_part(message, 0, slice_find(message, SLICE(" template:")));
}

/* "LOCATION: executing "NAME" at <CONTEXT>: MESSAGE" */
static bool parse_executing(struct arena *a, struct slice text, struct block *block)
{
    struct slice after;
    struct slice context;
    struct slice message;
    if (!cut(text, SLICE(": executing "), &block->location, &after))
        return false;
    if (after.len == 0 || after.ptr[0] != '"')
        return false;
    size_t quote = slice_find_char(slice_after(after, 1), '"');
    if (quote == after.len - 1)
        return false;
    struct slice name = slice_part(after, 1, quote + 1);
    after = slice_after(after, quote + 2);
    if (!slice_starts(after, SLICE(" at <")))
        return false;
    if (!cut(slice_after(after, 5), SLICE(">: "), &context, &message))
        return false;
    block->executing = arena_printf(a, "executing \"%.*s\" at <%.*s>:", SLICE_ARG(name), SLICE_ARG(context));
    block->message = before_next_link(message);
    return true;
}

/* "LOCATION: MESSAGE", cut at the last colon */
static bool parse_simple(struct slice text, struct block *block)
{
    for (size_t i = text.len; i-- > 1;) {
        if (text.ptr[i - 1] == ':' && text.ptr[i] == ' ') {
            block->location = slice_part(text, 0, i - 1);
            block->executing = slice_of("", 0);
            block->message = before_next_link(slice_after(text, i + 1));
            return true;
        }
    }
    return false;
}

static bool parse_link(struct arena *a, struct slice text, struct block *block)
{
    if (!slice_starts(text, SLICE("template: ")))
        return false;
    struct slice rest = slice_after(text, 10);
    memset(block, 0, sizeof *block);
    if (slice_starts(rest, SLICE("no template "))) {
        block->message = text;
        return true;
    }
    return parse_executing(a, rest, block) || parse_simple(rest, block);
}

static void write_block(const struct block *block, struct buffer *out)
{
    if (block->location.len) {
        buffer_add(out, block->location);
        buffer_add_text(out, "\n  ");
    }
    if (block->executing.len) {
        buffer_add(out, block->executing);
        buffer_add_text(out, "\n    ");
    }
    if (block->message.len) {
        buffer_add(out, block->message);
        buffer_add_char(out, '\n');
    }
}

/* Helm 4's blocks; false where a link does not fit, which leaves Go's one line. */
static bool write_blocks(const struct template_error *error, struct arena *a, struct buffer *out)
{
    struct block last = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
    bool first = true;
    for (const struct template_error *link = error; link; link = link->cause) {
        struct block block;
        if (!parse_link(a, link->text, &block))
            return false;
        if (!first && is_same(&block, &last))
            continue;
        write_block(&block, out);
        last = block;
        first = false;
    }
    return true;
}

/* The second piece of "template: LOCATION: rest"; false where the text is no such. */
static bool split_location(struct slice text, struct slice *location, struct slice *rest)
{
    struct slice head;
    return cut(text, SLICE(": "), &head, rest) && cut(*rest, SLICE(": "), location, rest);
}

/* The message of fail or required inside the text. */
static bool find_message(struct slice text, struct slice *message)
{
    const struct slice start = SLICE_INIT(HELM_MESSAGE_START);
    const struct slice end = SLICE_INIT(HELM_MESSAGE_END);
    size_t from = slice_find(text, start);
    if (from == text.len)
        return false;
    struct slice rest = slice_after(text, from + start.len);
    for (size_t at = rest.len; at-- > 0;) {
        if (slice_starts(slice_after(rest, at), end)) {
            *message = slice_part(rest, 0, at);
            return true;
        }
    }
    return false;
}

/* The innermost link with a place is where the fault is; the others are the includes that led there. */
static void add_places(const struct template_error *error, struct diag *diag)
{
    const struct template_error *innermost = NULL;
    for (const struct template_error *link = error; link; link = link->cause) {
        if (link->place.source)
            innermost = link;
    }
    if (!innermost)
        return;
    diag_locate(diag, innermost->place);
    const struct template_error *chain[64];
    size_t count = 0;
    for (const struct template_error *link = error; link && link != innermost && count < 64; link = link->cause) {
        if (link->place.source)
            chain[count++] = link;
    }
    while (count-- > 0)
        diag_note(diag, chain[count]->place, "included from here");
}

bool engine_report_exec_error(struct slice file, const struct template_error *error, bool helm3, struct diag *diag)
{
    struct slice location;
    struct slice rest;
    struct slice message;
    struct buffer text = BUFFER_INIT;
    if (!split_location(error->text, &location, &rest)) {
        buffer_printf(&text, "execution error in (%.*s): %.*s", SLICE_ARG(file), SLICE_ARG(error->text));
    } else if (find_message(rest, &message)) {
        buffer_printf(&text, "execution error at (%.*s): ", SLICE_ARG(location));
        buffer_add(&text, message);
    } else if (helm3 || !write_blocks(error, &diag->arena, &text)) {
        buffer_clear(&text);
        buffer_add(&text, error->text);
    } else {
        text.len = slice_trim(buffer_slice(&text)).len; /* blocks begin with no blank */
    }
    diag_error_slice(diag, buffer_slice(&text));
    buffer_release(&text);
    diag->last->peer_detail = true;
    add_places(error, diag);
    return false;
}

bool engine_reword_parse_error(struct slice file, struct diag *diag)
{
    struct diag_entry *entry = diag->last;
    struct slice location;
    struct slice rest;
    struct buffer text = BUFFER_INIT;
    if (split_location(entry->message, &location, &rest)) {
        struct slice piece = rest;
        for (struct slice before; cut(piece, SLICE(": "), &before, &rest);)
            piece = rest;
        buffer_printf(&text, "parse error at (%.*s): %.*s", SLICE_ARG(location), SLICE_ARG(piece));
    } else {
        buffer_printf(&text, "parse error in (%.*s): %.*s", SLICE_ARG(file), SLICE_ARG(entry->message));
    }
    entry->message = buffer_move(&text, &diag->arena);
    entry->peer_detail = true;
    return false;
}

/*
 * comment_schema.c - schemas that stand in comments
 *
 * Hardly any text has one: whether a source has a comment with a brace at all is found out once.
 */
#include "kustomize/comment_schema.h"

/* The source of a place, or null where it is known to have none. */
static const struct source *commented_source(struct schema_source *schemas, struct source_set *sources,
                                             struct origin at)
{
    struct schema_comments *known = &schemas->comments[at.source % SCHEMA_COMMENT_SLOTS];
    if (!sources || at.line == 0 || (known->source == at.source && !known->found))
        return NULL;
    const struct source *source = source_set_find(sources, at.source);
    if (source && known->source != at.source) {
        *known = (struct schema_comments){.source = at.source};
        known->found = slice_find(source->text, SLICE("# {")) < source->text.len ||
                       slice_find(source->text, SLICE("#{")) < source->text.len;
    }
    return known->found ? source : NULL;
}

/* The comment of a line that has nothing else. */
static struct slice whole_comment(const struct source *source, size_t line)
{
    struct slice text = line ? slice_trim(source_line(source, line)) : SLICE("");
    return slice_starts(text, SLICE("#")) ? text : SLICE("");
}

/* The comment behind a key, or the one line above it. */
static struct slice comment_at(const struct source *source, struct origin key)
{
    struct slice line = source_line(source, key.line);
    for (size_t i = key.column; i < line.len; i++) {
        if (line.ptr[i] == '#' && (line.ptr[i - 1] == ' ' || line.ptr[i - 1] == '\t'))
            return slice_trim(slice_after(line, i));
    }
    bool alone = key.line < 3 || whole_comment(source, (size_t)key.line - 2).len == 0;
    return alone ? whole_comment(source, (size_t)key.line - 1) : SLICE("");
}

const struct schema *comment_schema(struct schema_source *schemas, struct source_set *sources, struct origin key)
{
    const struct source *source = commented_source(schemas, sources, key);
    if (!source)
        return NULL;
    struct slice comment = comment_at(source, key);
    while (slice_starts(comment, SLICE("#")))
        comment = slice_after(comment, 1);
    return slice_starts(slice_trim(comment), SLICE("{")) ? schema_of_text(schemas, comment) : NULL;
}

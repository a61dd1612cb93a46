/*
 * yaml_read.c - YAML as Helm reads it, parsed by libyaml
 *
 * libyaml's events go to yaml_build one by one; no tree of nodes is made in between. A scalar whose bytes stand in the
 * text as they are shares them. The one file that includes yaml.h for reading.
 */
#include "codec/yaml_read.h"

#include "base/limits.h"
#include "codec/yaml_build.h"
#include "codec/yaml_scalar.h"

#include <yaml.h>

enum {
    GO_CHUNK = 512 /* bytes that go-yaml decodes at a time */
};

struct reader {
    yaml_parser_t parser;
    struct arena *arena;
    const struct source *source;
    struct slice text;
    const struct yaml_read_options *options;
    bool is_utf16;
    bool is_ascii;
    bool is_clean;      /* nothing in it that the decoder may refuse */
    size_t seen_index;  /* a place in the text: characters before it … */
    size_t seen_offset; /* … and bytes */
    size_t fed;         /* bytes handed to libyaml chunk by chunk */
    struct yaml_build build;
};

/* --- places ----------------------------------------------------------------------------------------------------- */

static struct origin origin_of(const struct reader *r, yaml_mark_t mark)
{
    if (r->options->no_origin)
        return origin_at(NULL, 0, 0);
    return origin_at(r->source, mark.line + 1, mark.column + 1);
}

/* libyaml counts characters. Marks come nearly in order, so each is counted on from the one before. */
static size_t offset_of(struct reader *r, yaml_mark_t mark)
{
    if (r->is_ascii)
        return mark.index < r->text.len ? mark.index : r->text.len;
    if (mark.index < r->seen_index) {
        r->seen_index = 0;
        r->seen_offset = slice_starts(r->text, SLICE("\xEF\xBB\xBF")) ? 3 : 0;
    }
    while (r->seen_index < mark.index && r->seen_offset < r->text.len) {
        r->seen_offset++;
        while (r->seen_offset < r->text.len && (r->text.ptr[r->seen_offset] & 0xC0) == 0x80)
            r->seen_offset++;
        r->seen_index++;
    }
    return r->seen_offset;
}

/* The scalar's bytes, in the text where they stand there unchanged. */
static struct slice scalar_text(struct reader *r, const yaml_event_t *event)
{
    struct slice value = slice_of((const char *)event->data.scalar.value, event->data.scalar.length);
    if (!r->is_utf16 && value.len) {
        yaml_scalar_style_t style = event->data.scalar.style;
        size_t at = offset_of(r, event->start_mark);
        at += style == YAML_SINGLE_QUOTED_SCALAR_STYLE || style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
        if (at <= r->text.len && r->text.len - at >= value.len && memcmp(r->text.ptr + at, value.ptr, value.len) == 0)
            return slice_of(r->text.ptr + at, value.len);
    }
    return arena_slice(r->arena, value);
}

/* --- events ----------------------------------------------------------------------------------------------------- */

static void on_scalar(struct reader *r, const yaml_event_t *event)
{
    struct slice anchor = slice_text((const char *)event->data.scalar.anchor);
    struct slice tag = slice_text((const char *)event->data.scalar.tag);
    struct slice text = scalar_text(r, event);
    struct origin at = origin_of(r, event->start_mark);
    bool is_plain = event->data.scalar.plain_implicit;
    struct slice error;
    struct value v;
    if (slice_is(text, "<<") && (is_plain || slice_is(tag, "tag:yaml.org,2002:merge"))) {
        yaml_build_merge_key(&r->build, text, anchor, at);
    } else if (tag.len == 0) {
        v = is_plain ? yaml_scalar_resolve(text) : value_string(text);
        yaml_build_scalar(&r->build, value_from(v, at), anchor);
    } else if (yaml_scalar_resolve_tagged(r->arena, tag, text, &v, &error)) {
        yaml_build_scalar(&r->build, value_from(v, at), anchor);
    } else {
        yaml_build_bad_scalar(&r->build, error, anchor, at);
    }
}

static void parser_fault(struct reader *r)
{
    const yaml_parser_t *p = &r->parser;
    struct yaml_problem problem = {p->problem, p->error == YAML_SCANNER_ERROR, p->problem_mark.line,
                                   p->problem_mark.column, p->context_mark.line};
    yaml_faults_add(&r->build.faults, YAML_STAGE_PARSE, yaml_problem_text(r->arena, &problem),
                    origin_at(r->source, p->problem_mark.line + 1, p->problem_mark.column + 1));
}

/* go-yaml knows YAML 1.1 only; libyaml takes 1.2, too. */
static bool check_version(struct reader *r, const yaml_event_t *event)
{
    const yaml_version_directive_t *version = event->data.document_start.version_directive;
    if (!version || (version->major == 1 && version->minor == 1))
        return true;
    struct yaml_problem problem = {"found incompatible YAML document", false, event->start_mark.line,
                                   event->start_mark.column, 0};
    yaml_faults_add(&r->build.faults, YAML_STAGE_PARSE, yaml_problem_text(r->arena, &problem),
                    origin_of(r, event->start_mark));
    return false;
}

/* Hands an event on; false when reading ends with it. */
static bool on_event(struct reader *r, const yaml_event_t *event)
{
    struct origin at = origin_of(r, event->start_mark);
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        return check_version(r, event);
    case YAML_SCALAR_EVENT:
        on_scalar(r, event);
        return true;
    case YAML_MAPPING_START_EVENT:
        yaml_build_begin(&r->build, true, slice_text((const char *)event->data.mapping_start.anchor), at);
        return true;
    case YAML_SEQUENCE_START_EVENT:
        yaml_build_begin(&r->build, false, slice_text((const char *)event->data.sequence_start.anchor), at);
        return true;
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        yaml_build_end(&r->build);
        return true;
    case YAML_ALIAS_EVENT:
        return yaml_build_alias(&r->build, slice_text((const char *)event->data.alias.anchor), at);
    case YAML_DOCUMENT_END_EVENT:
    case YAML_STREAM_END_EVENT:
        return false;
    default:
        return true;
    }
}

static void read_events(struct reader *r)
{
    bool more = true;
    while (more) {
        yaml_event_t event;
        if (!yaml_parser_parse(&r->parser, &event)) {
            parser_fault(r);
            return;
        }
        more = on_event(r, &event);
        yaml_event_delete(&event);
    }
}

/* --- input ------------------------------------------------------------------------------------------------------ */

/* Notes whether the text is all ASCII, and whether it has only bytes that the decoder certainly takes. */
static void look_over(struct reader *r)
{
    unsigned all = 0;
    unsigned control = 0;
    for (size_t i = 0; i < r->text.len; i++) {
        unsigned char c = (unsigned char)r->text.ptr[i];
        all |= c;
        control |= (c < 0x20 && c != '\n' && c != '\r' && c != '\t') | (c == 0x7F);
    }
    r->is_ascii = all < 0x80;
    r->is_clean = r->is_ascii && !control;
}

static int read_chunk(void *context, unsigned char *to, size_t size, size_t *read)
{
    struct reader *r = context;
    size_t len = r->text.len - r->fed;
    if (len > GO_CHUNK)
        len = GO_CHUNK;
    if (len > size)
        len = size;
    if (len)
        memcpy(to, r->text.ptr + r->fed, len);
    r->fed += len;
    *read = len;
    return 1;
}

/* Bytes that YAML does not allow are found when they are decoded, so which of two faults is reported depends on how far
   the decoder is ahead of the scanner: go-yaml's chunks are kept to wherever there may be such bytes. */
static void set_input(struct reader *r)
{
    if (r->is_clean)
        yaml_parser_set_input_string(&r->parser, (const unsigned char *)(r->text.len ? r->text.ptr : ""), r->text.len);
    else
        yaml_parser_set_input(&r->parser, read_chunk, r);
}

bool yaml_read(struct arena *a, const struct source *source, struct slice text,
               const struct yaml_read_options *options, struct value *out, struct yaml_error *error)
{
    static const struct yaml_read_options defaults;
    struct reader r = {.arena = a, .source = source, .text = text, .options = options ? options : &defaults};
    if (!yaml_parser_initialize(&r.parser)) {
        *error = (struct yaml_error){SLICE("yaml: out of memory"), 0, 0};
        return false;
    }
    r.is_utf16 = slice_starts(text, SLICE("\xFF\xFE")) || slice_starts(text, SLICE("\xFE\xFF"));
    look_over(&r);
    if (slice_starts(text, SLICE("\xEF\xBB\xBF")))
        r.seen_offset = 3;
    set_input(&r);
    yaml_build_init(&r.build, a, r.options);
    read_events(&r);
    bool done = yaml_build_finish(&r.build, out, error);
    yaml_build_release(&r.build);
    yaml_parser_delete(&r.parser);
    return done;
}

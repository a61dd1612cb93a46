/*
 * yaml12.c - YAML as version 1.2 has it
 */
#include "codec/yaml12.h"

#include "golang/strconv.h"

#include <libfyaml.h>
#include <math.h>

/* --- the core schema ---------------------------------------------------------------------------------------------- */

static bool is_one_of(struct slice text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_is(text, words[i]))
            return true;
    }
    return false;
}

static size_t count_digits(struct slice text, size_t from)
{
    size_t at = from;
    while (at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9')
        at++;
    return at - from;
}

static size_t skip_sign(struct slice text, size_t at)
{
    return at < text.len && (text.ptr[at] == '-' || text.ptr[at] == '+') ? at + 1 : at;
}

/* [-+]?[0-9]+ */
static bool is_decimal(struct slice text)
{
    size_t at = skip_sign(text, 0);
    size_t digits = count_digits(text, at);
    return digits > 0 && at + digits == text.len;
}

/* [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)? */
static bool is_float(struct slice text)
{
    size_t at = skip_sign(text, 0);
    size_t whole = count_digits(text, at);
    size_t part = 0;
    at += whole;
    if (at < text.len && text.ptr[at] == '.') {
        part = count_digits(text, at + 1);
        at += 1 + part;
    }
    if (whole + part == 0)
        return false;
    if (at < text.len && (text.ptr[at] == 'e' || text.ptr[at] == 'E')) {
        at = skip_sign(text, at + 1);
        size_t power = count_digits(text, at);
        if (power == 0)
            return false;
        at += power;
    }
    return at == text.len;
}

/* 0o17 and 0x1F. */
static bool parse_based(struct slice text, double *number)
{
    uint64_t u;
    int base = slice_starts(text, SLICE("0o")) ? 8 : slice_starts(text, SLICE("0x")) ? 16 : 0;
    if (base == 0 || go_parse_uint(slice_after(text, 2), base, 64, &u) != GO_NUMBER_OK)
        return false;
    *number = (double)u;
    return true;
}

static struct yaml12_scalar number_of(struct slice text, enum yaml12_kind kind)
{
    struct yaml12_scalar out = {kind, 0};
    if (slice_starts(text, SLICE("+")))
        text = slice_after(text, 1);
    go_parse_float(text, 64, &out.number); /* out of range is infinite, as it should be */
    return out;
}

struct yaml12_scalar yaml12_resolve(struct slice text)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL"};
    static const char *const bools[] = {"true", "True", "TRUE", "false", "False", "FALSE"};
    static const char *const infinite[] = {".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"};
    static const char *const negative[] = {"-.inf", "-.Inf", "-.INF"};
    static const char *const not_numbers[] = {".nan", ".NaN", ".NAN"};
    double number;
    if (is_one_of(text, nulls, 5))
        return (struct yaml12_scalar){YAML12_NULL, 0};
    if (is_one_of(text, bools, 6))
        return (struct yaml12_scalar){YAML12_BOOL, 0};
    if (is_decimal(text))
        return number_of(text, YAML12_INT);
    if (parse_based(text, &number))
        return (struct yaml12_scalar){YAML12_INT, number};
    if (is_float(text))
        return number_of(text, YAML12_FLOAT);
    if (is_one_of(text, infinite, 6) || is_one_of(text, negative, 3))
        return (struct yaml12_scalar){YAML12_FLOAT, text.ptr[0] == '-' ? -INFINITY : INFINITY};
    if (is_one_of(text, not_numbers, 3))
        return (struct yaml12_scalar){YAML12_FLOAT, NAN};
    return (struct yaml12_scalar){YAML12_STRING, 0};
}

/* --- syntax ------------------------------------------------------------------------------------------------------- */

static void take_error(struct arena *a, struct fy_diag *diag, struct yaml12_error *error)
{
    void *position = NULL;
    const struct fy_diag_error *first = fy_diag_errors_iterate(diag, &position);
    *error = (struct yaml12_error){.message = SLICE("it is no YAML 1.2"), .line = 1, .column = 1};
    if (!first)
        return;
    error->message = arena_slice(a, slice_text(first->msg));
    error->line = first->line > 0 ? (size_t)first->line : 1;
    error->column = first->column > 0 ? (size_t)first->column : 1;
}

static bool read_all(struct fy_parser *parser)
{
    struct fy_event *event;
    bool ended = false;
    while ((event = fy_parser_parse(parser)) != NULL) {
        ended = event->type == FYET_STREAM_END;
        fy_parser_event_free(parser, event);
    }
    return ended;
}

bool yaml12_check(struct arena *a, struct slice text, struct yaml12_error *error)
{
    struct fy_diag_cfg diag_config;
    fy_diag_cfg_default(&diag_config);
    diag_config.fp = NULL;
    diag_config.level = FYET_ERROR;
    struct fy_diag *diag = fy_diag_create(&diag_config);
    fy_diag_set_collect_errors(diag, true);
    struct fy_parse_cfg config = {.flags = FYPCF_DEFAULT_VERSION_1_2 | FYPCF_COLLECT_DIAG, .diag = diag};
    struct fy_parser *parser = fy_parser_create(&config);
    bool ok = parser && fy_parser_set_string(parser, text.len ? text.ptr : "", text.len) == 0 && read_all(parser);
    if (!ok)
        take_error(a, diag, error);
    if (parser)
        fy_parser_destroy(parser);
    fy_diag_destroy(diag);
    return ok;
}

/* --- events ------------------------------------------------------------------------------------------------------- */

static void place_event(struct yaml12_event *out, struct fy_token *token)
{
    const struct fy_mark *start = token ? fy_token_start_mark(token) : NULL;
    const struct fy_mark *end = token ? fy_token_end_mark(token) : NULL;
    enum fy_token_type type = token ? fy_token_get_type(token) : FYTT_NONE;
    out->start = start ? start->input_pos : 0;
    out->column = start ? (size_t)start->column : 0;
    out->end = end ? end->input_pos : 0;
    out->is_flow = type == FYTT_FLOW_MAPPING_START || type == FYTT_FLOW_SEQUENCE_START;
}

static void read_scalar(struct yaml12_event *out, struct fy_token *token)
{
    size_t len = 0;
    const char *bytes = token ? fy_token_get_text(token, &len) : NULL;
    enum fy_scalar_style style = token ? fy_token_scalar_style(token) : FYSS_PLAIN;
    out->kind = YAML12_SCALAR;
    out->text = slice_of(bytes ? bytes : "", bytes ? len : 0);
    out->is_nothing = !token || (style == FYSS_PLAIN && len == 0);
    out->is_block = style == FYSS_LITERAL || style == FYSS_FOLDED;
    out->quote = style == FYSS_SINGLE_QUOTED ? '\'' : style == FYSS_DOUBLE_QUOTED ? '"' : 0;
    place_event(out, token);
}

/* False for events that are no nodes. */
static bool read_event(struct fy_event *event, struct yaml12_event *out)
{
    memset(out, 0, sizeof *out);
    switch (event->type) {
    case FYET_SCALAR:
        read_scalar(out, event->scalar.value);
        return true;
    case FYET_ALIAS:
        out->kind = YAML12_ALIAS;
        place_event(out, event->alias.anchor);
        return true;
    case FYET_MAPPING_START:
        out->kind = YAML12_MAP;
        place_event(out, event->mapping_start.mapping_start);
        return true;
    case FYET_SEQUENCE_START:
        out->kind = YAML12_LIST;
        place_event(out, event->sequence_start.sequence_start);
        return true;
    case FYET_MAPPING_END:
        out->kind = YAML12_MAP_END;
        place_event(out, event->mapping_end.mapping_end);
        return true;
    case FYET_SEQUENCE_END:
        out->kind = YAML12_LIST_END;
        place_event(out, event->sequence_end.sequence_end);
        return true;
    default:
        return false;
    }
}

bool yaml12_events(struct slice text, yaml12_event_fn *found, void *context)
{
    struct fy_diag_cfg silent;
    fy_diag_cfg_default(&silent);
    silent.fp = NULL; /* or it prints for itself */
    struct fy_diag *messages = fy_diag_create(&silent);
    fy_diag_set_collect_errors(messages, true);
    const struct fy_parse_cfg config = {.flags = FYPCF_COLLECT_DIAG, .diag = messages};
    struct fy_parser *parser = fy_parser_create(&config);
    struct fy_event *event;
    struct yaml12_event out;
    bool goes_on = parser && fy_parser_set_string(parser, text.len ? text.ptr : "", text.len) == 0;
    while (goes_on && (event = fy_parser_parse(parser)) != NULL) {
        goes_on = event->type != FYET_DOCUMENT_END && (!read_event(event, &out) || found(context, &out));
        fy_parser_event_free(parser, event);
    }
    bool ok = parser && !fy_parser_get_stream_error(parser);
    if (parser)
        fy_parser_destroy(parser);
    fy_diag_destroy(messages);
    return ok;
}

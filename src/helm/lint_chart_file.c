/*
 * lint_chart_file.c - the rules of Chart.yaml
 */
#include "helm/lint_rules.h"

#include "base/file.h"
#include "chart/contact.h"
#include "codec/yaml_read.h"
#include "golang/path.h"
#include "golang/semver.h"
#include "golang/strconv.h"

static const char chart_file[] = "Chart.yaml";

static void add(struct lint *l, enum lint_severity severity, const char *format, struct slice subject)
{
    struct buffer text = BUFFER_INIT;
    const char *mark = strstr(format, "%s");
    buffer_add(&text, slice_of(format, (size_t)(mark - format)));
    buffer_add(&text, subject);
    buffer_add_text(&text, mark + 2);
    lint_add(l, severity, slice_text(chart_file), buffer_move(&text, l->arena));
}

static void check_name(struct lint *l, const struct chart_metadata *md)
{
    struct buffer name = BUFFER_INIT;
    if (md->name.len == 0) {
        lint_add_text(l, LINT_ERROR, chart_file, "name is required");
        return;
    }
    go_quote(&name, md->name);
    if (!slice_equal(go_path_base(md->name), md->name))
        add(l, LINT_ERROR, "chart name %s is invalid", buffer_slice(&name));
    buffer_release(&name);
}

static bool is_v2(const struct chart_metadata *md)
{
    return slice_is(md->api_version, "v2");
}

static void check_api_version(struct lint *l, const struct chart_metadata *md)
{
    if (md->api_version.len == 0)
        lint_add_text(l, LINT_ERROR, chart_file,
                      "apiVersion is required. The value must be either \"v1\" or \"v2\"");
    else if (!is_v2(md) && !slice_is(md->api_version, "v1"))
        add(l, LINT_ERROR, "apiVersion '%s' is not valid. The value must be either \"v1\" or \"v2\"",
            md->api_version);
}

/* The field as it stands in the file: texts in quotes are texts, 1.2 is a number. */
static void check_is_text(struct lint *l, struct value file, const char *key)
{
    const struct value *v = value_is_map(file) ? map_find_text(file.map, key) : NULL;
    if (v && !value_is_string(*v))
        lint_add_text(l, LINT_ERROR, chart_file, "%s should be of type string but it's of type %s", key,
                      value_type_name(*v));
}

static void check_version(struct lint *l, const struct chart_metadata *md)
{
    struct semver version;
    struct semver lowest;
    if (md->version.len == 0) {
        lint_add_text(l, LINT_ERROR, chart_file, "version is required");
        return;
    }
    if (!semver_parse_loose(md->version, &version)) {
        add(l, LINT_ERROR, "version '%s' is not a valid SemVer", md->version);
        return;
    }
    semver_parse_loose(SLICE("0.0.0-0"), &lowest);
    if (semver_compare(&version, &lowest) <= 0) {
        struct buffer text = BUFFER_INIT;
        semver_string(&text, &version);
        add(l, LINT_ERROR, "version %s is less than or equal to 0.0.0-0", buffer_slice(&text));
        buffer_release(&text);
    }
}

/* The first fault of one maintainer. */
static bool check_maintainer(struct lint *l, const struct chart_maintainer *maintainer)
{
    struct slice text;
    if (!maintainer)
        text = SLICE("a maintainer entry is empty");
    else if (maintainer->name.len == 0)
        text = SLICE("each maintainer requires a name");
    else if (maintainer->email.len && !contact_is_email(maintainer->email))
        text = arena_printf(l->arena, "invalid email '%.*s' for maintainer '%.*s'", SLICE_ARG(maintainer->email),
                            SLICE_ARG(maintainer->name));
    else if (maintainer->url.len && !contact_is_url(maintainer->url))
        text = arena_printf(l->arena, "invalid url '%.*s' for maintainer '%.*s'", SLICE_ARG(maintainer->url),
                            SLICE_ARG(maintainer->name));
    else
        return true;
    lint_add(l, LINT_ERROR, slice_text(chart_file), text);
    return false;
}

static void check_maintainers(struct lint *l, const struct chart_metadata *md)
{
    for (size_t i = 0; i < md->maintainers.count; i++) {
        if (!check_maintainer(l, md->maintainers.items[i]))
            return;
    }
}

static void check_sources(struct lint *l, const struct chart_metadata *md)
{
    for (size_t i = 0; i < md->sources.count; i++) {
        if (contact_is_request_url(md->sources.items[i]))
            continue;
        add(l, LINT_ERROR, "invalid source URL '%s'", md->sources.items[i]);
        return;
    }
}

static void check_icon(struct lint *l, const struct chart_metadata *md)
{
    if (md->icon.len == 0)
        lint_add_text(l, LINT_INFO, chart_file, "icon is recommended");
    else if (!contact_is_request_url(md->icon))
        add(l, LINT_ERROR, "invalid icon URL '%s'", md->icon);
}

static void check_fields_of_v2(struct lint *l, const struct chart_metadata *md)
{
    if (is_v2(md))
        return;
    if (md->type.len)
        add(l, LINT_ERROR, "chart type is not valid in apiVersion '%s'. It is valid in apiVersion 'v2'",
            md->api_version);
    if (md->dependencies.count)
        add(l, LINT_ERROR, "dependencies are not valid in the Chart file with apiVersion '%s'. They are valid in "
                           "apiVersion 'v2'", md->api_version);
}

static void check_fields(struct lint *l, const struct chart_metadata *md, struct value file)
{
    struct semver ignored;
    check_name(l, md);
    check_api_version(l, md);
    check_is_text(l, file, "version");
    check_version(l, md);
    check_is_text(l, file, "appVersion");
    check_maintainers(l, md);
    check_sources(l, md);
    check_icon(l, md);
    check_fields_of_v2(l, md);
    if (!semver_parse_strict(md->version, &ignored))
        add(l, LINT_WARNING, "version '%s' is not a valid SemVerV2", md->version);
}

/* Reads the file into *md; what it says of a failure is Go's. */
static struct slice read_metadata(struct lint *l, struct slice text, bool strict, struct chart_metadata *md)
{
    struct diag diag;
    diag_init(&diag);
    metadata_init(md);
    metadata_parse(l->arena, text, strict, md, &diag);
    return lint_take_error(l, &diag);
}

static struct slice read_file(struct lint *l, struct slice *text)
{
    struct diag diag;
    diag_init(&diag);
    file_read(l->arena, lint_path(l, chart_file), 0, text, &diag);
    return lint_take_error(l, &diag);
}

void lint_chart_file(struct lint *l)
{
    struct chart_metadata md;
    struct chart_metadata strict;
    struct slice text = SLICE("");
    struct value plain = value_nil();
    struct yaml_error ignored;
    const struct yaml_read_options options = {.no_origin = true};
    if (file_is_directory(lint_path(l, chart_file)))
        lint_add_text(l, LINT_ERROR, chart_file, "should be a file, not a directory");
    struct slice error = read_file(l, &text);
    if (!error.len)
        error = read_metadata(l, text, false, &md);
    if (error.len) {
        add(l, LINT_ERROR, "unable to parse YAML\n\t%s", error);
        return;
    }
    error = read_metadata(l, text, true, &strict);
    if (error.len)
        add(l, LINT_WARNING, "failed to strictly parse chart metadata file\n\t%s", error);
    yaml_read(l->arena, NULL, text, &options, &plain, &ignored);
    check_fields(l, &md, plain);
}

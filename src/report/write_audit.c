/*
 * write_audit.c - findings for people and for programs
 */
#include "report/write_audit.h"

#include "codec/json_write.h"
#include "report/explain.h"
#include "report/paint.h"
#include "value/value.h"

static struct slice place_text(struct arena *a, struct diag_place place)
{
    struct buffer text = BUFFER_INIT;
    explain_write_place(place, &text);
    return buffer_move(&text, a);
}

/* --- text --------------------------------------------------------------------------------------------------------- */

static void write_excerpt(struct diag_place place, struct buffer *out)
{
    struct slice line = source_line(place.source, place.line);
    buffer_printf(out, "%5u | ", place.line);
    paint_text(out, false, PAINT_PLAIN, line);
    buffer_add_char(out, '\n');
    if (place.column == 0 || place.column > line.len + 1)
        return;
    buffer_add_text(out, "      | ");
    for (uint32_t i = 1; i < place.column; i++)
        buffer_add_char(out, line.ptr[i - 1] == '\t' ? '\t' : ' ');
    buffer_add_text(out, "^\n");
}

static void write_finding(const struct audit *audit, const struct audit_finding *f, bool colour, struct buffer *out)
{
    const struct audit_rule *rule = &audit_rules[f->rule];
    enum paint paint = rule->severity == AUDIT_ERROR ? PAINT_REMOVED : PAINT_CHANGED;
    if (f->place.source) {
        paint_text(out, colour, PAINT_HEAD, place_text(audit->arena, f->place));
        buffer_add_text(out, ": ");
    }
    paint_text(out, colour, paint, slice_text(audit_severity_name(rule->severity)));
    buffer_add_text(out, ": ");
    paint_text(out, false, PAINT_PLAIN, f->message);
    buffer_add_char(out, ' ');
    paint_text(out, colour, PAINT_PLACE, arena_printf(audit->arena, "[%s]", rule->name));
    buffer_add_char(out, '\n');
    if (f->place.source)
        write_excerpt(f->place, out);
    if (f->fix.len) {
        buffer_add_text(out, "  ");
        paint_text(out, colour, PAINT_ADDED, f->fix);
        buffer_add_char(out, '\n');
    }
}

void audit_write_text(const struct audit *audit, bool colour, struct buffer *out)
{
    size_t errors = audit_count(audit, AUDIT_ERROR);
    size_t warnings = audit_count(audit, AUDIT_WARNING) - errors;
    for (size_t i = 0; i < audit->count; i++)
        write_finding(audit, &audit->findings[i], colour, out);
    buffer_printf(out, "%zu error%s, %zu warning%s, %zu note%s\n", errors, errors == 1 ? "" : "s", warnings,
                  warnings == 1 ? "" : "s", audit->count - errors - warnings,
                  audit->count - errors - warnings == 1 ? "" : "s");
}

/* --- JSON --------------------------------------------------------------------------------------------------------- */

static bool write_value(const struct audit *audit, struct value v, struct buffer *out, struct diag *diag)
{
    static const struct json_write_options options = {.no_html_escape = true, .indent = "  "};
    struct slice error;
    if (!json_write(out, v, &options, audit->arena, &error))
        return diag_error_slice(diag, error);
    buffer_add_char(out, '\n');
    return true;
}

bool audit_write_json(const struct audit *audit, struct buffer *out, struct diag *diag)
{
    struct arena *a = audit->arena;
    struct list *findings = list_new(a, (uint32_t)audit->count);
    struct map *root = map_new(a, 1);
    for (size_t i = 0; i < audit->count; i++) {
        const struct audit_finding *f = &audit->findings[i];
        struct map *row = map_new(a, 8);
        map_set_text(row, "rule", value_text(audit_rules[f->rule].name));
        map_set_text(row, "severity", value_text(audit_severity_name(audit_rules[f->rule].severity)));
        map_set_slice(row, "message", f->message);
        if (f->fix.len)
            map_set_slice(row, "fix", f->fix);
        if (f->place.source) {
            map_set_slice(row, "file", f->place.source->name);
            map_set_text(row, "line", value_int(f->place.line));
            if (f->place.column)
                map_set_text(row, "column", value_int(f->place.column));
        }
        list_add(a, findings, value_map(row));
    }
    map_set_text(root, "findings", value_list(findings));
    return write_value(audit, value_map(root), out, diag);
}

/* --- SARIF -------------------------------------------------------------------------------------------------------- */

static struct value one_text(struct arena *a, const char *key, struct slice text)
{
    struct map *map = map_new(a, 1);
    map_set_slice(map, key, text);
    return value_map(map);
}

static struct value one_value(struct arena *a, const char *key, struct value v)
{
    struct map *map = map_new(a, 1);
    map_set_text(map, key, v);
    return value_map(map);
}

static struct value one_item(struct arena *a, struct value v)
{
    struct list *list = list_new(a, 1);
    list_add(a, list, v);
    return value_list(list);
}

static struct value rule_rows(struct arena *a)
{
    struct list *rows = list_new(a, AUDIT_RULES);
    for (size_t i = 0; i < AUDIT_RULES; i++) {
        struct map *row = map_new(a, 3);
        map_set_text(row, "id", value_text(audit_rules[i].name));
        map_set_text(row, "shortDescription", one_text(a, "text", slice_text(audit_rules[i].sentence)));
        map_set_text(row, "defaultConfiguration",
                     one_text(a, "level", slice_text(audit_severity_name(audit_rules[i].severity))));
        list_add(a, rows, value_map(row));
    }
    return value_list(rows);
}

static struct value location(struct arena *a, struct diag_place place)
{
    struct map *region = map_new(a, 2);
    struct map *physical = map_new(a, 2);
    map_set_text(region, "startLine", value_int(place.line));
    if (place.column)
        map_set_text(region, "startColumn", value_int(place.column));
    map_set_text(physical, "artifactLocation", one_text(a, "uri", place.source->name));
    map_set_text(physical, "region", value_map(region));
    return one_value(a, "physicalLocation", value_map(physical));
}

static struct value result_rows(const struct audit *audit)
{
    struct arena *a = audit->arena;
    struct list *rows = list_new(a, (uint32_t)audit->count);
    for (size_t i = 0; i < audit->count; i++) {
        const struct audit_finding *f = &audit->findings[i];
        struct slice text = f->fix.len ? arena_printf(a, "%.*s (%.*s)", SLICE_ARG(f->message), SLICE_ARG(f->fix))
                                       : f->message;
        struct map *row = map_new(a, 4);
        map_set_text(row, "ruleId", value_text(audit_rules[f->rule].name));
        map_set_text(row, "level", value_text(audit_severity_name(audit_rules[f->rule].severity)));
        map_set_text(row, "message", one_text(a, "text", text));
        if (f->place.source)
            map_set_text(row, "locations", one_item(a, location(a, f->place)));
        list_add(a, rows, value_map(row));
    }
    return value_list(rows);
}

bool audit_write_sarif(const struct audit *audit, struct slice version, struct buffer *out, struct diag *diag)
{
    struct arena *a = audit->arena;
    struct map *driver = map_new(a, 3);
    struct map *run = map_new(a, 2);
    struct map *root = map_new(a, 3);
    map_set_text(driver, "name", value_text("yare"));
    map_set_slice(driver, "version", version);
    map_set_text(driver, "rules", rule_rows(a));
    map_set_text(run, "tool", one_value(a, "driver", value_map(driver)));
    map_set_text(run, "results", result_rows(audit));
    map_set_text(root, "$schema", value_text("https://json.schemastore.org/sarif-2.1.0.json"));
    map_set_text(root, "version", value_text("2.1.0"));
    map_set_text(root, "runs", one_item(a, value_map(run)));
    return write_value(audit, value_map(root), out, diag);
}

/*
 * template_record.c - Go structs that templates of a state file see
 */
#include "helmfile/template_record.h"

#include "value/format.h"

struct record {
    struct object object;
    struct map *fields;
};

static struct record *record_of(struct value v)
{
    return (struct record *)v.object;
}

static enum member_kind member(struct value self, struct slice name, struct arena *a, struct value *out,
                               const struct method **method)
{
    (void)a;
    (void)method;
    const struct value *found = map_find(record_of(self)->fields, name);
    if (!found)
        return MEMBER_NONE;
    *out = *found;
    return MEMBER_FIELD;
}

/* As fmt prints a struct, in the order of field names. */
static void print(struct value self, struct buffer *out, bool plus, bool sharp)
{
    const struct map *fields = record_of(self)->fields;
    (void)sharp;
    buffer_add_char(out, '{');
    for (uint32_t i = 0; i < fields->len; i++) {
        if (i > 0)
            buffer_add_char(out, ' ');
        if (plus) {
            buffer_add(out, fields->entries[i].key);
            buffer_add_char(out, ':');
        }
        format_value(out, fields->entries[i].value);
    }
    buffer_add_char(out, '}');
}

static struct value to_plain(struct value self, struct arena *a)
{
    (void)a;
    return value_map(record_of(self)->fields);
}

static const struct object_type types[] = {
    [RECORD_ENVIRONMENT_DATA] = {.name = "*state.EnvironmentTemplateData",
                                 .kind = "ptr",
                                 .member = member,
                                 .print = print,
                                 .to_plain = to_plain},
    [RECORD_RELEASE_DATA] = {.name = "state.releaseTemplateData",
                             .kind = "struct",
                             .member = member,
                             .print = print,
                             .to_plain = to_plain},
    [RECORD_ENVIRONMENT] = {.name = "environment.Environment",
                            .kind = "struct",
                            .member = member,
                            .print = print,
                            .to_plain = to_plain},
    [RECORD_RELEASE] = {.name = "state.releaseTemplateDataRelease",
                        .kind = "struct",
                        .member = member,
                        .print = print,
                        .to_plain = to_plain},
};
_Static_assert(sizeof types / sizeof types[0] == RECORD_TYPES, "one row for each template_record_type");

struct value template_record_new(struct arena *a, enum template_record_type type, struct map *fields)
{
    struct record *record = ARENA_NEW(a, struct record);
    record->object.type = &types[type];
    record->fields = fields;
    return value_object(&record->object);
}

static bool is_record(struct value v)
{
    return v.kind == VALUE_OBJECT && v.object->type->member == member;
}

struct map *template_record_fields(struct value v)
{
    return is_record(v) ? record_of(v)->fields : NULL;
}

bool template_record_is_struct(struct value v)
{
    return is_record(v) && v.object->type != &types[RECORD_ENVIRONMENT_DATA];
}

struct value template_record_thaw(struct arena *a, struct value v)
{
    if (!is_record(v))
        return value_thaw(a, v);
    struct map *fields = map_copy(a, record_of(v)->fields);
    for (uint32_t i = 0; i < fields->len; i++)
        fields->entries[i].value = template_record_thaw(a, fields->entries[i].value);
    return template_record_new(a, (enum template_record_type)(v.object->type - types), fields);
}

/*
 * chart_object.c - .Chart and .Release
 *
 * Helm 4 turns the metadata into a map whose lists are []interface {} and never nil. Helm 3 shows the Go struct itself:
 * chart.Metadata embedded in a struct with IsRoot.
 */
#include "helm/chart_object.h"

#include "golang/strconv.h"
#include "value/format.h"

/* --- Helm 4 ------------------------------------------------------------------------------------------------- */

static struct value texts_list(struct arena *a, const struct chart_texts *texts)
{
    struct list *list = list_new(a, (uint32_t)texts->count);
    for (size_t i = 0; i < texts->count; i++)
        list_add(a, list, value_string(texts->items[i]));
    return value_list(list);
}

static struct value maintainer_map(struct arena *a, const struct chart_maintainer *maintainer)
{
    struct map *map = map_new(a, 3);
    map_set_text(map, "Email", value_string(maintainer->email));
    map_set_text(map, "Name", value_string(maintainer->name));
    map_set_text(map, "URL", value_string(maintainer->url));
    return value_map(map);
}

static struct value maintainers_list(struct arena *a, const struct chart_maintainers *maintainers)
{
    struct list *list = list_new(a, (uint32_t)maintainers->count);
    for (size_t i = 0; i < maintainers->count; i++)
        list_add(a, list, maintainer_map(a, maintainers->items[i]));
    return value_list(list);
}

static struct value import_values_list(struct arena *a, struct value import_values)
{
    return value_list(value_is_list(import_values) ? value_thaw(a, import_values).list : list_new(a, 0));
}

static struct value dependency_map(struct arena *a, const struct chart_dependency *dependency)
{
    struct map *map = map_new(a, 8);
    map_set_text(map, "Alias", value_string(dependency->alias));
    map_set_text(map, "Condition", value_string(dependency->condition));
    map_set_text(map, "Enabled", value_bool(dependency->enabled));
    map_set_text(map, "ImportValues", import_values_list(a, dependency->import_values));
    map_set_text(map, "Name", value_string(dependency->name));
    map_set_text(map, "Repository", value_string(dependency->repository));
    map_set_text(map, "Tags", texts_list(a, &dependency->tags));
    map_set_text(map, "Version", value_string(dependency->version));
    return value_map(map);
}

static struct value dependencies_list(struct arena *a, const struct chart_dependencies *dependencies)
{
    struct list *list = list_new(a, (uint32_t)dependencies->count);
    for (size_t i = 0; i < dependencies->count; i++)
        list_add(a, list, dependency_map(a, dependencies->items[i]));
    return value_list(list);
}

static struct value chart_map(struct arena *a, const struct release_chart *chart)
{
    const struct chart_metadata *md = chart->metadata;
    struct map *map = map_new(a, 18);
    map_set_text(map, "APIVersion", value_string(md->api_version));
    map_set_text(map, "Annotations", value_thaw(a, md->annotations));
    map_set_text(map, "AppVersion", value_string(md->app_version));
    map_set_text(map, "Condition", value_string(md->condition));
    map_set_text(map, "Dependencies", dependencies_list(a, &md->dependencies));
    map_set_text(map, "Deprecated", value_bool(md->deprecated));
    map_set_text(map, "Description", value_string(md->description));
    map_set_text(map, "Home", value_string(md->home));
    map_set_text(map, "Icon", value_string(md->icon));
    map_set_text(map, "IsRoot", value_bool(!chart->parent));
    map_set_text(map, "Keywords", texts_list(a, &md->keywords));
    map_set_text(map, "KubeVersion", value_string(md->kube_version));
    map_set_text(map, "Maintainers", maintainers_list(a, &md->maintainers));
    map_set_text(map, "Name", value_string(md->name));
    map_set_text(map, "Sources", texts_list(a, &md->sources));
    map_set_text(map, "Tags", value_string(md->tags));
    map_set_text(map, "Type", value_string(md->type));
    map_set_text(map, "Version", value_string(md->version));
    return value_map(map);
}

/* --- Helm 3 ------------------------------------------------------------------------------------------------- */

/* A Go struct as the list of its fields: what a template reads, what %v prints, in the order of the declaration. */
struct go_struct {
    struct object object;
    const struct object_field *fields;
    size_t count;
    struct value plain; /* what JSON shows */
};

static const struct go_struct *go_struct_of(struct value self)
{
    return (const struct go_struct *)self.object;
}

static enum member_kind go_struct_member(struct value self, struct slice name, struct arena *a, struct value *out,
                                         const struct method **method)
{
    const struct go_struct *s = go_struct_of(self);
    (void)a;
    (void)method;
    for (size_t i = 0; i < s->count; i++) {
        if (slice_is(name, s->fields[i].name)) {
            *out = s->fields[i].value;
            return MEMBER_FIELD;
        }
    }
    return MEMBER_NONE;
}

static struct value go_struct_plain(struct value self, struct arena *a)
{
    (void)a;
    return go_struct_of(self)->plain;
}

static const struct object_field *go_struct_fields(struct value self, struct arena *a, size_t *count)
{
    (void)a;
    *count = go_struct_of(self)->count;
    return go_struct_of(self)->fields;
}

/* A chart's metadata is embedded: its fields are those of the chart, too. */
static enum member_kind chart_member(struct value self, struct slice name, struct arena *a, struct value *out,
                                     const struct method **method)
{
    enum member_kind kind = go_struct_member(self, name, a, out, method);
    if (kind != MEMBER_NONE)
        return kind;
    return go_struct_member(go_struct_of(self)->fields[0].value, name, a, out, method);
}

/* Within another value a pointer prints as an address; there is none worth printing. */
static void pointer_print(struct value self, struct buffer *out, bool plus, bool sharp)
{
    (void)sharp;
    (void)plus;
    (void)self;
    buffer_add_text(out, "0xc000000000");
}

/* An action prints what the pointer points to. */
static void pointer_print_action(struct value self, struct buffer *out)
{
    const struct go_struct *s = go_struct_of(self);
    for (size_t i = 0; i < s->count; i++) {
        buffer_add_char(out, i ? ' ' : '{');
        format_value(out, s->fields[i].value);
    }
    buffer_add_char(out, '}');
}

static const struct object_type chart_type = {
    .name = "struct { chart.Metadata; IsRoot bool }", .kind = "struct", .member = chart_member,
    .fields = go_struct_fields, .to_plain = go_struct_plain,
};

static const struct object_type metadata_type = {
    .name = "chart.Metadata", .kind = "struct", .member = go_struct_member, .fields = go_struct_fields,
    .to_plain = go_struct_plain,
};

static const struct object_type maintainer_type = {
    .name = "*chart.Maintainer", .kind = "ptr", .member = go_struct_member, .print = pointer_print,
    .fields = go_struct_fields, .to_plain = go_struct_plain, .print_action = pointer_print_action,
};

static const struct object_type dependency_type = {
    .name = "*chart.Dependency", .kind = "ptr", .member = go_struct_member, .print = pointer_print,
    .fields = go_struct_fields, .to_plain = go_struct_plain, .print_action = pointer_print_action,
};

static struct value make_struct(struct arena *a, const struct object_type *type, const struct object_field *fields,
                                size_t count, struct value plain)
{
    struct go_struct *made = ARENA_NEW(a, struct go_struct);
    struct object_field *copy = ARENA_ARRAY(a, struct object_field, count);
    memcpy(copy, fields, count * sizeof *fields);
    made->object.type = type;
    made->fields = copy;
    made->count = count;
    made->plain = plain;
    return value_object(&made->object);
}

static struct value strings_or_nil(struct arena *a, const struct chart_texts *texts)
{
    return texts->items ? list_of_strings(a, texts->items, texts->count) : value_list_as(GO_STRINGS, list_nil());
}

static struct value maintainer_struct(struct arena *a, const struct chart_maintainer *maintainer)
{
    struct object_field fields[] = {
        {"Name", value_string(maintainer->name)},
        {"Email", value_string(maintainer->email)},
        {"URL", value_string(maintainer->url)},
    };
    return make_struct(a, &maintainer_type, fields, 3, maintainer_to_value(a, maintainer));
}

static struct value maintainer_structs(struct arena *a, const struct chart_maintainers *maintainers)
{
    struct list *list = list_new(a, (uint32_t)maintainers->count);
    for (size_t i = 0; i < maintainers->count; i++)
        list_add(a, list, maintainer_struct(a, maintainers->items[i]));
    return value_list(list);
}

static struct value dependency_struct(struct arena *a, const struct chart_dependency *dependency)
{
    struct object_field fields[] = {
        {"Name", value_string(dependency->name)},
        {"Version", value_string(dependency->version)},
        {"Repository", value_string(dependency->repository)},
        {"Condition", value_string(dependency->condition)},
        {"Tags", strings_or_nil(a, &dependency->tags)},
        {"Enabled", value_bool(dependency->enabled)},
        {"ImportValues", import_values_list(a, dependency->import_values)},
        {"Alias", value_string(dependency->alias)},
    };
    return make_struct(a, &dependency_type, fields, 8, dependency_to_value(a, dependency));
}

static struct value dependency_structs(struct arena *a, const struct chart_dependencies *dependencies)
{
    struct list *list = list_new(a, (uint32_t)dependencies->count);
    for (size_t i = 0; i < dependencies->count; i++)
        list_add(a, list, dependency_struct(a, dependencies->items[i]));
    return value_list(list);
}

static struct value metadata_struct(struct arena *a, const struct chart_metadata *md)
{
    struct object_field fields[] = {
        {"Name", value_string(md->name)},
        {"Home", value_string(md->home)},
        {"Sources", strings_or_nil(a, &md->sources)},
        {"Version", value_string(md->version)},
        {"Description", value_string(md->description)},
        {"Keywords", strings_or_nil(a, &md->keywords)},
        {"Maintainers", maintainer_structs(a, &md->maintainers)},
        {"Icon", value_string(md->icon)},
        {"APIVersion", value_string(md->api_version)},
        {"Condition", value_string(md->condition)},
        {"Tags", value_string(md->tags)},
        {"AppVersion", value_string(md->app_version)},
        {"Deprecated", value_bool(md->deprecated)},
        {"Annotations", value_thaw(a, md->annotations)},
        {"KubeVersion", value_string(md->kube_version)},
        {"Dependencies", dependency_structs(a, &md->dependencies)},
        {"Type", value_string(md->type)},
    };
    return make_struct(a, &metadata_type, fields, sizeof fields / sizeof fields[0], metadata_to_value(a, md));
}

static struct value chart_struct(struct arena *a, const struct release_chart *chart)
{
    struct value is_root = value_bool(!chart->parent);
    struct object_field fields[] = {
        {"Metadata", metadata_struct(a, chart->metadata)},
        {"IsRoot", is_root},
    };
    struct value plain = metadata_to_value(a, chart->metadata);
    map_append(plain.map, SLICE("IsRoot"), is_root);
    return make_struct(a, &chart_type, fields, sizeof fields / sizeof fields[0], plain);
}

/* --- entry points ------------------------------------------------------------------------------------------- */

struct value chart_object(struct arena *a, const struct release_chart *chart, bool helm3)
{
    return helm3 ? chart_struct(a, chart) : chart_map(a, chart);
}

struct value release_object(struct arena *a, const struct release_info *info)
{
    struct map *map = map_new(a, 6);
    map_set_text(map, "IsInstall", value_bool(!info->is_upgrade && !info->is_lint));
    map_set_text(map, "IsUpgrade", value_bool(info->is_upgrade));
    map_set_text(map, "Name", value_string(info->name));
    map_set_text(map, "Namespace", value_string(info->name_space));
    map_set_text(map, "Revision", value_int(info->revision));
    map_set_text(map, "Service", value_text("Helm"));
    return value_map(map);
}

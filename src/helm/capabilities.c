/*
 * capabilities.c - .Capabilities
 *
 * Go structs that templates see are C structs whose texts are listed in a table of fields; what prints, what JSON shows
 * and what a field is called all come from it. Helm 3 and Helm 4 differ in names and in two fields.
 */
#include "helm/capabilities.h"

#include "golang/semver.h"
#include "golang/strconv.h"
#include "golang/unicode.h"

#include <limits.h>

/* --- structs of texts --------------------------------------------------------------------------------------- */

enum {
    MOST_FIELDS = 5
};

struct text_field {
    const char *name; /* Go's */
    const char *json; /* null: not exported, so neither a template nor JSON sees it */
    bool omit_empty;
};

struct text_struct_type {
    struct object_type type; /* first: an object_type is cast to this */
    size_t string_field; /* what the String method gives, where there is one */
    size_t count;
    struct text_field fields[MOST_FIELDS];
};

struct text_struct {
    struct object object;
    struct slice texts[MOST_FIELDS];
};

static const struct text_struct *text_struct_of(struct value self)
{
    return (const struct text_struct *)self.object;
}

static const struct text_struct_type *text_type_of(struct value self)
{
    return (const struct text_struct_type *)self.object->type;
}

static enum member_kind find_text_field(struct value self, struct slice name, struct value *out)
{
    const struct text_struct_type *type = text_type_of(self);
    for (size_t i = 0; i < type->count; i++) {
        if (type->fields[i].json && slice_is(name, type->fields[i].name)) {
            *out = value_string(text_struct_of(self)->texts[i]);
            return MEMBER_FIELD;
        }
    }
    return MEMBER_NONE;
}

static enum member_kind text_struct_member(struct value self, struct slice name, struct arena *a, struct value *out,
                                           const struct method **method)
{
    (void)a;
    (void)method;
    return find_text_field(self, name, out);
}

static const struct object_field *text_struct_fields(struct value self, struct arena *a, size_t *count)
{
    const struct text_struct_type *type = text_type_of(self);
    struct object_field *fields = ARENA_ARRAY(a, struct object_field, MOST_FIELDS);
    *count = type->count;
    for (size_t i = 0; i < type->count; i++) {
        fields[i].name = type->fields[i].name;
        fields[i].value = value_string(text_struct_of(self)->texts[i]);
    }
    return fields;
}

static struct value text_struct_plain(struct value self, struct arena *a)
{
    const struct text_struct_type *type = text_type_of(self);
    struct map *map = map_new(a, MOST_FIELDS);
    for (size_t i = 0; i < type->count; i++) {
        struct slice text = text_struct_of(self)->texts[i];
        if (type->fields[i].json && !(type->fields[i].omit_empty && text.len == 0))
            map_append(map, slice_text(type->fields[i].json), value_string(text));
    }
    return value_map(map);
}

static bool text_struct_equal(struct value a, struct value b)
{
    if (a.object->type != b.object->type)
        return false;
    for (size_t i = 0; i < text_type_of(a)->count; i++) {
        if (!slice_equal(text_struct_of(a)->texts[i], text_struct_of(b)->texts[i]))
            return false;
    }
    return true;
}

static struct value make_text_struct(struct arena *a, const struct text_struct_type *type, const struct slice *texts)
{
    struct text_struct *made = ARENA_NEW(a, struct text_struct);
    made->object.type = &type->type;
    memcpy(made->texts, texts, type->count * sizeof *texts);
    return value_object(&made->object);
}

/* --- KubeVersion -------------------------------------------------------------------------------------------- */

/* What String gives: Helm 4 cuts the suffix off, Helm 3 has only the version. */
static struct slice kube_version_text(struct value self)
{
    return text_struct_of(self)->texts[text_type_of(self)->string_field];
}

static bool method_string(struct call *call, struct value self, struct value *out)
{
    (void)call;
    *out = value_string(kube_version_text(self));
    return true;
}

static bool method_git_version(struct call *call, struct value self, struct value *out)
{
    (void)call;
    *out = value_string(text_struct_of(self)->texts[0]);
    return true;
}

static const struct method string_method = {"String", "", method_string};
static const struct method git_version_method = {"GitVersion", "", method_git_version};

static enum member_kind kube_version_member(struct value self, struct slice name, struct arena *a, struct value *out,
                                            const struct method **method)
{
    (void)a;
    *method = slice_is(name, "String") ? &string_method : slice_is(name, "GitVersion") ? &git_version_method : NULL;
    return *method ? MEMBER_METHOD : find_text_field(self, name, out);
}

static void kube_version_print_action(struct value self, struct buffer *out)
{
    buffer_add(out, kube_version_text(self));
}

static const struct text_struct_type kube_version_type = {
    .type = {.name = "common.KubeVersion", .kind = "struct", .member = kube_version_member,
             .fields = text_struct_fields, .to_plain = text_struct_plain, .equal = text_struct_equal,
             .print_action = kube_version_print_action},
    .string_field = 1,
    .count = 4,
    .fields = {{"Version", "Version", false},
               {"normalizedVersion", NULL, false},
               {"Major", "Major", false},
               {"Minor", "Minor", false}},
};

static const struct text_struct_type kube_version_type_helm3 = {
    .type = {.name = "chartutil.KubeVersion", .kind = "struct", .member = kube_version_member,
             .fields = text_struct_fields, .to_plain = text_struct_plain, .equal = text_struct_equal,
             .print_action = kube_version_print_action},
    .count = 3,
    .fields = {{"Version", "Version", false}, {"Major", "Major", false}, {"Minor", "Minor", false}},
};

/* --- HelmVersion -------------------------------------------------------------------------------------------- */

static const struct text_struct_type helm_version_type = {
    .type = {.name = "version.BuildInfo", .kind = "struct", .member = text_struct_member,
             .fields = text_struct_fields, .to_plain = text_struct_plain, .equal = text_struct_equal},
    .count = 5,
    .fields = {{"Version", "version", true},
               {"GitCommit", "git_commit", true},
               {"GitTreeState", "git_tree_state", true},
               {"GoVersion", "go_version", true},
               {"KubeClientVersion", "kube_client_version", false}},
};

static const struct text_struct_type helm_version_type_helm3 = {
    .type = {.name = "version.BuildInfo", .kind = "struct", .member = text_struct_member,
             .fields = text_struct_fields, .to_plain = text_struct_plain, .equal = text_struct_equal},
    .count = 4,
    .fields = {{"Version", "version", true},
               {"GitCommit", "git_commit", true},
               {"GitTreeState", "git_tree_state", true},
               {"GoVersion", "go_version", true}},
};

static const struct slice helm_version_texts[] = {
    SLICE_INIT("v4.1.4"), SLICE_INIT("05fa37973dc9e42b76e1d2883494c87174b6074f"), SLICE_INIT("clean"),
    SLICE_INIT("go1.25.9"), SLICE_INIT("v1.35"),
};

static const struct slice helm_version_texts_helm3[] = {
    SLICE_INIT("v3.17.3"), SLICE_INIT("e4da49785aa6e6ee2b86efd5dd9e43400318262b"), SLICE_INIT("clean"),
    SLICE_INIT("go1.23.7"),
};

/* --- Capabilities ------------------------------------------------------------------------------------------- */

struct capabilities_object {
    struct object object;
    struct value kube_version;
    struct value api_versions;
    struct value helm_version;
};

static const struct capabilities_object *capabilities_of(struct value self)
{
    return (const struct capabilities_object *)self.object;
}

static enum member_kind capabilities_member(struct value self, struct slice name, struct arena *a, struct value *out,
                                            const struct method **method)
{
    (void)a;
    (void)method;
    if (slice_is(name, "KubeVersion"))
        *out = capabilities_of(self)->kube_version;
    else if (slice_is(name, "APIVersions"))
        *out = capabilities_of(self)->api_versions;
    else if (slice_is(name, "HelmVersion"))
        *out = capabilities_of(self)->helm_version;
    else
        return MEMBER_NONE;
    return MEMBER_FIELD;
}

/* Go prints a pointer within another value as an address; there is none worth printing here. */
static void capabilities_print(struct value self, struct buffer *out, bool plus, bool sharp)
{
    (void)self;
    (void)plus;
    (void)sharp;
    buffer_add_text(out, "0xc000000000");
}

static struct value capabilities_plain(struct value self, struct arena *a)
{
    struct map *map = map_new(a, 3);
    map_append(map, SLICE("KubeVersion"), capabilities_of(self)->kube_version);
    map_append(map, SLICE("APIVersions"), capabilities_of(self)->api_versions);
    map_append(map, SLICE("HelmVersion"), capabilities_of(self)->helm_version);
    return value_map(map);
}

static const struct object_type capabilities_type = {
    .name = "*common.Capabilities", .kind = "ptr", .member = capabilities_member, .print = capabilities_print,
    .to_plain = capabilities_plain,
};

static const struct object_type capabilities_type_helm3 = {
    .name = "*chartutil.Capabilities", .kind = "ptr", .member = capabilities_member, .print = capabilities_print,
    .to_plain = capabilities_plain,
};

/* --- API versions ------------------------------------------------------------------------------------------- */

enum served_by {
    BOTH,
    HELM4,
    HELM3
};

/* In the order in which client-go lists them. */
static const struct {
    const char *version;
    enum served_by by;
} known_versions[] = {
    {"v1", BOTH},
    {"admissionregistration.k8s.io/v1", BOTH},
    {"admissionregistration.k8s.io/v1alpha1", BOTH},
    {"admissionregistration.k8s.io/v1beta1", BOTH},
    {"internal.apiserver.k8s.io/v1alpha1", BOTH},
    {"apps/v1", BOTH},
    {"apps/v1beta1", BOTH},
    {"apps/v1beta2", BOTH},
    {"authentication.k8s.io/v1", BOTH},
    {"authentication.k8s.io/v1alpha1", BOTH},
    {"authentication.k8s.io/v1beta1", BOTH},
    {"authorization.k8s.io/v1", BOTH},
    {"authorization.k8s.io/v1beta1", BOTH},
    {"autoscaling/v1", BOTH},
    {"autoscaling/v2", BOTH},
    {"autoscaling/v2beta1", BOTH},
    {"autoscaling/v2beta2", BOTH},
    {"batch/v1", BOTH},
    {"batch/v1beta1", BOTH},
    {"certificates.k8s.io/v1", BOTH},
    {"certificates.k8s.io/v1beta1", BOTH},
    {"certificates.k8s.io/v1alpha1", BOTH},
    {"coordination.k8s.io/v1alpha2", BOTH},
    {"coordination.k8s.io/v1beta1", BOTH},
    {"coordination.k8s.io/v1", BOTH},
    {"discovery.k8s.io/v1", BOTH},
    {"discovery.k8s.io/v1beta1", BOTH},
    {"events.k8s.io/v1", BOTH},
    {"events.k8s.io/v1beta1", BOTH},
    {"extensions/v1beta1", BOTH},
    {"flowcontrol.apiserver.k8s.io/v1", BOTH},
    {"flowcontrol.apiserver.k8s.io/v1beta1", BOTH},
    {"flowcontrol.apiserver.k8s.io/v1beta2", BOTH},
    {"flowcontrol.apiserver.k8s.io/v1beta3", BOTH},
    {"networking.k8s.io/v1", BOTH},
    {"networking.k8s.io/v1alpha1", HELM3},
    {"networking.k8s.io/v1beta1", BOTH},
    {"node.k8s.io/v1", BOTH},
    {"node.k8s.io/v1alpha1", BOTH},
    {"node.k8s.io/v1beta1", BOTH},
    {"policy/v1", BOTH},
    {"policy/v1beta1", BOTH},
    {"rbac.authorization.k8s.io/v1", BOTH},
    {"rbac.authorization.k8s.io/v1beta1", BOTH},
    {"rbac.authorization.k8s.io/v1alpha1", BOTH},
    {"resource.k8s.io/v1", HELM4},
    {"resource.k8s.io/v1beta2", HELM4},
    {"resource.k8s.io/v1beta1", BOTH},
    {"resource.k8s.io/v1alpha3", BOTH},
    {"scheduling.k8s.io/v1alpha1", BOTH},
    {"scheduling.k8s.io/v1beta1", BOTH},
    {"scheduling.k8s.io/v1", BOTH},
    {"storage.k8s.io/v1beta1", BOTH},
    {"storage.k8s.io/v1", BOTH},
    {"storage.k8s.io/v1alpha1", BOTH},
    {"storagemigration.k8s.io/v1beta1", HELM4},
    {"storagemigration.k8s.io/v1alpha1", HELM3},
    {"apiextensions.k8s.io/v1beta1", BOTH},
    {"apiextensions.k8s.io/v1", BOTH},
};

static struct value make_api_versions(struct arena *a, const struct capabilities_options *options)
{
    size_t known = sizeof known_versions / sizeof known_versions[0];
    struct list *list = list_new(a, (uint32_t)(known + options->api_version_count));
    for (size_t i = 0; i < known; i++) {
        if (known_versions[i].by != (options->helm3 ? HELM4 : HELM3))
            list_add(a, list, value_text(known_versions[i].version));
    }
    for (size_t i = 0; i < options->api_version_count; i++)
        list_add(a, list, value_string(options->api_versions[i]));
    return value_list_as(options->helm3 ? GO_VERSION_SET_HELM3 : GO_VERSION_SET, list);
}

/* --- --kube-version ----------------------------------------------------------------------------------------- */

struct kube_version {
    struct slice full;       /* "v1.27.3-gke.100" */
    struct slice normalized; /* "v1.27.3" */
    struct slice major;
    struct slice minor;
};

static struct slice quoted(struct arena *a, struct slice text)
{
    struct buffer out = BUFFER_INIT;
    go_quote(&out, text);
    return buffer_move(&out, a);
}

static struct slice uint_text(struct arena *a, uint64_t u)
{
    struct buffer out = BUFFER_INIT;
    go_format_uint(&out, u, 10);
    return buffer_move(&out, a);
}

static size_t count_digits(struct slice s)
{
    size_t n = 0;
    while (n < s.len && s.ptr[n] >= '0' && s.ptr[n] <= '9')
        n++;
    return n;
}

/* The numbers that lead the text, after blanks and a 'v': "1.27.3" of "v1.27.3-gke.100". False: there are none. */
static bool cut_numbers(struct slice text, struct slice *numbers)
{
    if (slice_find_char(text, '\n') < text.len)
        return false;
    while (text.len && strchr("\t\f\r ", text.ptr[0]))
        text = slice_after(text, 1);
    if (slice_starts(text, SLICE("v")))
        text = slice_after(text, 1);
    size_t len = count_digits(text);
    while (len > 0 && len < text.len && text.ptr[len] == '.') {
        size_t more = count_digits(slice_after(text, len + 1));
        if (more == 0)
            break;
        len += 1 + more;
    }
    *numbers = slice_part(text, 0, len);
    return len > 0;
}

/* Reads a version as k8s.io/apimachinery's ParseGeneric does; *error has its text. */
static bool parse_generic(struct arena *a, struct slice text, struct kube_version *out, struct slice *error)
{
    struct slice rest;
    struct slice component;
    struct buffer normalized = BUFFER_INIT;
    if (!cut_numbers(text, &rest)) {
        *error = arena_printf(a, "could not parse %.*s as version", SLICE_ARG(quoted(a, text)));
        return false;
    }
    if (slice_find_char(rest, '.') == rest.len) {
        *error = arena_printf(a, "illegal version string %.*s", SLICE_ARG(quoted(a, text)));
        return false;
    }
    for (size_t i = 0; slice_next_piece(&rest, '.', &component); i++) {
        uint64_t number;
        enum go_number_error failed = go_parse_uint(component, 10, 64, &number);
        struct slice shown = quoted(a, component);
        if (i == 0 && component.len > 1 && component.ptr[0] == '0')
            *error = arena_printf(a, "illegal zero-prefixed version component %.*s in %.*s", SLICE_ARG(shown),
                                  SLICE_ARG(quoted(a, text)));
        else if (failed)
            *error = arena_printf(a, "illegal non-numeric version component %.*s in %.*s: strconv.ParseUint: parsing "
                                     "%.*s: value out of range", SLICE_ARG(shown), SLICE_ARG(quoted(a, text)),
                                  SLICE_ARG(shown));
        else
            error->len = 0;
        if (error->len) {
            buffer_release(&normalized);
            return false;
        }
        buffer_add_char(&normalized, i ? '.' : 'v');
        go_format_uint(&normalized, number, 10);
        if (i < 2)
            *(i ? &out->minor : &out->major) = uint_text(a, number);
    }
    out->normalized = buffer_move(&normalized, a);
    out->full = slice_starts(text, SLICE("v")) ? text : arena_concat(a, SLICE("v"), text);
    return true;
}

/* Helm 3 reads it as a semantic version. */
static bool parse_semantic(struct arena *a, struct slice text, struct kube_version *out, struct slice *error)
{
    struct semver version;
    if (!semver_parse_loose(text, &version)) {
        struct slice reason = semver_loose_error(a, text);
        bool too_large = slice_starts(reason, SLICE("error parsing version segment"));
        *error = too_large ? arena_concat(a, SLICE("E"), slice_after(reason, 1)) : SLICE("Invalid Semantic Version");
        return false;
    }
    struct buffer full = BUFFER_INIT;
    buffer_add_char(&full, 'v');
    semver_string(&full, &version);
    out->full = buffer_move(&full, a);
    out->normalized = out->full;
    out->major = uint_text(a, version.major);
    out->minor = uint_text(a, version.minor);
    return true;
}

static bool find_kube_version(struct arena *a, const struct capabilities_options *options, struct kube_version *out,
                              struct diag *diag)
{
    struct slice error = SLICE("");
    struct slice text = options->kube_version;
    if (text.len == 0)
        text = options->helm3 ? SLICE("v1.32.0") : SLICE("v1.35.0");
    bool ok = options->helm3 ? parse_semantic(a, text, out, &error) : parse_generic(a, text, out, &error);
    if (ok)
        return true;
    return diag_error(diag, "invalid kube version '%.*s': %.*s", SLICE_ARG(text), SLICE_ARG(error));
}

/* A part of a version as a number; one that no cluster has counts as very new. */
static int small_number(struct slice text)
{
    uint64_t number;
    return go_parse_uint(text, 10, 31, &number) == GO_NUMBER_OK ? (int)number : INT_MAX;
}

/* --- entry points ------------------------------------------------------------------------------------------- */

struct value capabilities_helm_version(struct arena *a, bool helm3)
{
    return helm3 ? make_text_struct(a, &helm_version_type_helm3, helm_version_texts_helm3)
                 : make_text_struct(a, &helm_version_type, helm_version_texts);
}

bool capabilities_make(struct arena *a, const struct capabilities_options *options, struct capabilities *out,
                       struct diag *diag)
{
    struct kube_version version;
    if (!find_kube_version(a, options, &version, diag))
        return false;
    struct capabilities_object *made = ARENA_NEW(a, struct capabilities_object);
    made->object.type = options->helm3 ? &capabilities_type_helm3 : &capabilities_type;
    made->api_versions = make_api_versions(a, options);
    if (options->helm3) {
        struct slice texts[] = {version.full, version.major, version.minor};
        made->kube_version = make_text_struct(a, &kube_version_type_helm3, texts);
    } else {
        struct slice texts[] = {version.full, version.normalized, version.major, version.minor};
        made->kube_version = make_text_struct(a, &kube_version_type, texts);
    }
    made->helm_version = capabilities_helm_version(a, options->helm3);
    out->version = version.full;
    out->constraint = version.normalized;
    out->major = small_number(version.major);
    out->minor = small_number(version.minor);
    out->object = value_object(&made->object);
    return true;
}

bool capabilities_check(const struct capabilities *capabilities, struct slice kube_version, struct diag *diag)
{
    struct arena scratch;
    struct semver_constraint *range;
    struct semver version;
    struct slice error;
    if (kube_version.len == 0)
        return true;
    arena_init(&scratch);
    bool met = semver_parse_loose(capabilities->constraint, &version) &&
               semver_constraint_parse(&scratch, kube_version, &range, &error) &&
               semver_constraint_check(range, &version);
    arena_release(&scratch);
    if (met)
        return true;
    diag_error(diag, "chart requires kubeVersion: %.*s which is incompatible with Kubernetes %.*s",
               SLICE_ARG(kube_version), SLICE_ARG(capabilities->version));
    diag->last->peer_detail = true;
    return false;
}

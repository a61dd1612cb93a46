/*
 * semver_funcs.c - semver and semverCompare, and the version object with its methods
 *
 * semver gives a *semver.Version; IncMajor and its like give a semver.Version, which Go's reflection lets templates
 * call fewer methods of (those that take the version by value). Both are one struct with two object types.
 */
#include "funcs/groups.h"
#include "golang/semver.h"
#include "value/object.h"

struct version_object {
    struct object object;
    struct semver version;
};

static const struct object_type version_pointer_type;
static const struct object_type version_type;

static const struct semver *version_of(struct value v)
{
    return &((const struct version_object *)(const void *)v.object)->version;
}

static struct value version_value(struct arena *a, const struct object_type *type, struct semver v)
{
    struct version_object *o = ARENA_NEW(a, struct version_object);
    o->object.type = type;
    o->version = v;
    return value_object(&o->object);
}

static struct slice version_text(struct arena *a, const struct semver *v)
{
    struct buffer b = BUFFER_INIT;
    semver_string(&b, v);
    return buffer_move(&b, a);
}

/* --- methods ------------------------------------------------------------------------------------------------- */

static bool method_Major(struct call *call, struct value self, struct value *out)
{
    (void)call;
    *out = value_uint_as(GO_UINT64, version_of(self)->major);
    return true;
}

static bool method_Minor(struct call *call, struct value self, struct value *out)
{
    (void)call;
    *out = value_uint_as(GO_UINT64, version_of(self)->minor);
    return true;
}

static bool method_Patch(struct call *call, struct value self, struct value *out)
{
    (void)call;
    *out = value_uint_as(GO_UINT64, version_of(self)->patch);
    return true;
}

static bool method_Prerelease(struct call *call, struct value self, struct value *out)
{
    (void)call;
    *out = value_string(version_of(self)->prerelease);
    return true;
}

static bool method_Metadata(struct call *call, struct value self, struct value *out)
{
    (void)call;
    *out = value_string(version_of(self)->metadata);
    return true;
}

static bool method_Original(struct call *call, struct value self, struct value *out)
{
    (void)call;
    *out = value_string(version_of(self)->original);
    return true;
}

static bool method_String(struct call *call, struct value self, struct value *out)
{
    *out = value_string(version_text(call->arena, version_of(self)));
    return true;
}

static bool method_MarshalText(struct call *call, struct value self, struct value *out)
{
    *out = value_bytes(version_text(call->arena, version_of(self)));
    return true;
}

static bool method_MarshalJSON(struct call *call, struct value self, struct value *out)
{
    struct slice text = version_text(call->arena, version_of(self));
    *out = value_bytes(arena_printf(call->arena, "\"%.*s\"", SLICE_ARG(text)));
    return true;
}

static int compare_with_argument(struct call *call, struct value self)
{
    return semver_compare(version_of(self), version_of(call->args[0]));
}

static bool method_Compare(struct call *call, struct value self, struct value *out)
{
    *out = value_int(compare_with_argument(call, self));
    return true;
}

static bool method_Equal(struct call *call, struct value self, struct value *out)
{
    *out = value_bool(compare_with_argument(call, self) == 0);
    return true;
}

static bool method_GreaterThan(struct call *call, struct value self, struct value *out)
{
    *out = value_bool(compare_with_argument(call, self) > 0);
    return true;
}

static bool method_GreaterThanEqual(struct call *call, struct value self, struct value *out)
{
    *out = value_bool(compare_with_argument(call, self) >= 0);
    return true;
}

static bool method_LessThan(struct call *call, struct value self, struct value *out)
{
    *out = value_bool(compare_with_argument(call, self) < 0);
    return true;
}

static bool method_LessThanEqual(struct call *call, struct value self, struct value *out)
{
    *out = value_bool(compare_with_argument(call, self) <= 0);
    return true;
}

/* A changed version's original text is its normal text, with the 'v' that the old one had. */
static struct value changed_version(struct call *call, const struct semver *old, struct semver v)
{
    struct slice text = version_text(call->arena, &v);
    bool has_v = old->original.len > 0 && old->original.ptr[0] == 'v';
    v.original = has_v ? arena_concat(call->arena, SLICE("v"), text) : text;
    return version_value(call->arena, &version_type, v);
}

static bool method_IncMajor(struct call *call, struct value self, struct value *out)
{
    const struct semver *old = version_of(self);
    *out = changed_version(call, old, (struct semver){.major = old->major + 1});
    return true;
}

static bool method_IncMinor(struct call *call, struct value self, struct value *out)
{
    const struct semver *old = version_of(self);
    *out = changed_version(call, old, (struct semver){.major = old->major, .minor = old->minor + 1});
    return true;
}

/* The patch after a prerelease is the release itself. */
static bool method_IncPatch(struct call *call, struct value self, struct value *out)
{
    const struct semver *old = version_of(self);
    struct semver v = {.major = old->major, .minor = old->minor, .patch = old->patch};
    if (old->prerelease.len == 0)
        v.patch++;
    *out = changed_version(call, old, v);
    return true;
}

static bool method_SetPrerelease(struct call *call, struct value self, struct value *out)
{
    struct semver v = *version_of(self);
    const char *error;
    v.prerelease = value_slice(call->args[0]);
    if (v.prerelease.len > 0 && !semver_valid_prerelease(v.prerelease, &error))
        return call_error(call, "%s", error);
    *out = changed_version(call, version_of(self), v);
    return true;
}

static bool method_SetMetadata(struct call *call, struct value self, struct value *out)
{
    struct semver v = *version_of(self);
    const char *error;
    v.metadata = value_slice(call->args[0]);
    if (v.metadata.len > 0 && !semver_valid_metadata(v.metadata, &error))
        return call_error(call, "%s", error);
    *out = changed_version(call, version_of(self), v);
    return true;
}

/* Those that take the version by value stand first: a semver.Version has no others. */
static const struct method methods[] = {
    {"IncMajor", "", method_IncMajor},
    {"IncMinor", "", method_IncMinor},
    {"IncPatch", "", method_IncPatch},
    {"Major", "", method_Major},
    {"MarshalJSON", "", method_MarshalJSON},
    {"MarshalText", "", method_MarshalText},
    {"Metadata", "", method_Metadata},
    {"Minor", "", method_Minor},
    {"Patch", "", method_Patch},
    {"Prerelease", "", method_Prerelease},
    {"SetMetadata", "s", method_SetMetadata},
    {"SetPrerelease", "s", method_SetPrerelease},
    {"String", "", method_String},
    {"Compare", "V", method_Compare},
    {"Equal", "V", method_Equal},
    {"GreaterThan", "V", method_GreaterThan},
    {"GreaterThanEqual", "V", method_GreaterThanEqual},
    {"LessThan", "V", method_LessThan},
    {"LessThanEqual", "V", method_LessThanEqual},
    {"Original", "", method_Original},
};

enum {
    METHODS_BY_VALUE = 13,
    METHODS = sizeof methods / sizeof methods[0]
};

static enum member_kind find_method(struct slice name, size_t count, const struct method **method)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_is(name, methods[i].name)) {
            *method = &methods[i];
            return MEMBER_METHOD;
        }
    }
    return MEMBER_NONE;
}

static enum member_kind version_member(struct value self, struct slice name, struct arena *a, struct value *out,
                                       const struct method **method)
{
    (void)a;
    (void)out;
    return find_method(name, self.object->type == &version_type ? METHODS_BY_VALUE : METHODS, method);
}

static void version_print(struct value self, struct buffer *out, bool plus, bool sharp)
{
    (void)plus;
    (void)sharp;
    semver_string(out, version_of(self));
}

static const struct object_field *version_fields(struct value self, struct arena *a, size_t *count)
{
    const struct semver *v = version_of(self);
    const struct object_field fields[] = {
        {"major", value_uint_as(GO_UINT64, v->major)}, {"minor", value_uint_as(GO_UINT64, v->minor)},
        {"patch", value_uint_as(GO_UINT64, v->patch)}, {"pre", value_string(v->prerelease)},
        {"metadata", value_string(v->metadata)},       {"original", value_string(v->original)},
    };
    struct object_field *copy = arena_alloc(a, sizeof fields);
    memcpy(copy, fields, sizeof fields);
    *count = sizeof fields / sizeof fields[0];
    return copy;
}

static struct value version_to_plain(struct value self, struct arena *a)
{
    return value_string(version_text(a, version_of(self)));
}

static bool version_equal(struct value a, struct value b)
{
    const struct semver *v = version_of(a);
    const struct semver *o = version_of(b);
    return v->major == o->major && v->minor == o->minor && v->patch == o->patch &&
           slice_equal(v->prerelease, o->prerelease) && slice_equal(v->metadata, o->metadata) &&
           slice_equal(v->original, o->original);
}

static struct value version_deep_copy(struct value self, struct arena *a)
{
    return version_value(a, self.object->type, (struct semver){0});
}

static const struct object_type version_pointer_type = {
    .name = "*semver.Version",
    .kind = "ptr",
    .member = version_member,
    .print = version_print,
    .fields = version_fields,
    .to_plain = version_to_plain,
    .equal = version_equal,
    .deep_copy = version_deep_copy,
};

static const struct object_type version_type = {
    .name = "semver.Version",
    .kind = "struct",
    .member = version_member,
    .print = version_print,
    .fields = version_fields,
    .to_plain = version_to_plain,
    .equal = version_equal,
    .deep_copy = version_deep_copy,
};

/* --- functions ----------------------------------------------------------------------------------------------- */

/* Helm 3's library words one error with capitals. */
static bool parse_version(struct call *call, struct slice text, struct semver *v)
{
    if (semver_parse_loose(text, v))
        return true;
    struct slice error = semver_loose_error(call->arena, text);
    if (call->host && call->host->helm3 && slice_is(error, "invalid semantic version"))
        error = SLICE("Invalid Semantic Version");
    return call_error_slice(call, error);
}

static bool fn_semver(struct call *call, struct value *out)
{
    struct semver v;
    if (!parse_version(call, value_slice(call->args[0]), &v))
        return false;
    *out = version_value(call->arena, &version_pointer_type, v);
    return true;
}

static bool fn_semverCompare(struct call *call, struct value *out)
{
    struct semver_constraint *constraint;
    struct semver v;
    struct slice error;
    if (!semver_constraint_parse(call->arena, value_slice(call->args[0]), &constraint, &error))
        return call_error_slice(call, error);
    if (!parse_version(call, value_slice(call->args[1]), &v))
        return false;
    *out = value_bool(semver_constraint_check(constraint, &v));
    return true;
}

const struct function functions_semver[] = {
    {"semver", "s", fn_semver, "a version, read loosely, with its parts as methods", "(semver \"v1.2\").Minor", "2"},
    {"semverCompare", "ss", fn_semverCompare, "whether a version satisfies a constraint",
     "semverCompare \">=1.2, <2\" \"1.4.0\"", "true"},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};

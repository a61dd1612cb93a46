/*
 * plugin_config.c - what the configuration of a builtin plugin says
 *
 * Unknown fields are passed over, as the plugins do.
 */
#include "kustomize/plugin_config.h"

#include "codec/json_read.h"
#include "codec/json_write.h"

#define FIELD(name, kind, member) RECORD_FIELD(name, kind, plugin_config, member)
#define FIELD_OF(name, kind, member, of) RECORD_FIELD_OF(name, kind, plugin_config, member, of)
#define FIELD_SPECS FIELD_OF("fieldSpecs", RECORD_LIST, field_specs, field_spec_record)
#define METADATA FIELD_OF("metadata", RECORD_STRUCT, metadata, metadata_record)

static const struct record_field metadata_fields[] = {
    RECORD_FIELD("name", RECORD_TEXT, plugin_metadata, name),
    RECORD_FIELD("namespace", RECORD_TEXT, plugin_metadata, namespace),
    RECORD_END,
};
static const struct record_type metadata_record = {"ObjectMeta", sizeof(struct plugin_metadata), metadata_fields};

static const struct record_field account_fields[] = {
    RECORD_FIELD("name", RECORD_TEXT, account, name),
    RECORD_FIELD("namespace", RECORD_TEXT, account, namespace),
    RECORD_FIELD("projectId", RECORD_TEXT, account, project),
    RECORD_END,
};
static const struct record_type account_record = {"ServiceAccount", sizeof(struct account), account_fields};

static const struct record_field value_target_fields[] = {
    RECORD_FIELD_OF("selector", RECORD_POINTER, value_target, selector, selector_record),
    RECORD_FIELD("fieldPath", RECORD_TEXT, value_target, field_path),
    RECORD_FIELD("filePathPosition", RECORD_NUMBER, value_target, position),
    RECORD_END,
};
static const struct record_type value_target_record = {"Target", sizeof(struct value_target), value_target_fields};

static const struct record_field annotations_fields[] = {
    FIELD("annotations", RECORD_TEXT_MAP, annotations), FIELD_SPECS, RECORD_END};
static const struct record_field labels_fields[] = {FIELD("labels", RECORD_TEXT_MAP, labels), FIELD_SPECS, RECORD_END};
static const struct record_field image_fields[] = {
    FIELD_OF("imageTag", RECORD_STRUCT, image, image_record), FIELD_SPECS, RECORD_END};
static const struct record_field replica_fields[] = {
    FIELD_OF("replica", RECORD_STRUCT, replica, replica_record), FIELD_SPECS, RECORD_END};
static const struct record_field affix_fields[] = {
    FIELD("prefix", RECORD_TEXT, prefix), FIELD("suffix", RECORD_TEXT, suffix), FIELD_SPECS, RECORD_END};
static const struct record_field replacement_fields[] = {
    FIELD_OF("replacements", RECORD_LIST, replacements, replacement_record), RECORD_END};
static const struct record_field no_fields[] = {RECORD_END};
static const struct record_field patch_fields[] = {
    FIELD_OF("", RECORD_STRUCT, patch, patch_record), RECORD_END};

static const struct record_field json_patch_fields[] = {
    FIELD_OF("target", RECORD_POINTER, patch.target, selector_record),
    FIELD("path", RECORD_TEXT, patch.path),
    FIELD("jsonOp", RECORD_TEXT, patch.patch),
    RECORD_END,
};

static const struct record_field merge_patch_fields[] = {
    FIELD("paths", RECORD_TEXTS, paths),
    FIELD("patches", RECORD_TEXT, patches),
    RECORD_END,
};

static const struct record_field namespace_fields[] = {
    METADATA,
    FIELD_SPECS,
    FIELD("unsetOnly", RECORD_FLAG, unset_only),
    FIELD("setRoleBindingSubjects", RECORD_TEXT, subjects),
    RECORD_END,
};

static const struct record_field generator_fields[] = {
    METADATA,
    FIELD_OF("", RECORD_STRUCT, generator, generator_record),
    RECORD_END,
};

static const struct record_field chart_fields[] = {
    FIELD_OF("", RECORD_STRUCT, helm_globals, helm_globals_record),
    FIELD_OF("", RECORD_STRUCT, chart, helm_chart_record),
    RECORD_END,
};

static const struct record_field policy_fields[] = {
    FIELD("cloud", RECORD_TEXT, cloud),
    FIELD_OF("kubernetesService", RECORD_STRUCT, kubernetes_account, account_record),
    FIELD_OF("serviceAccount", RECORD_STRUCT, cloud_account, account_record),
    RECORD_END,
};

static const struct record_field value_fields[] = {
    FIELD("value", RECORD_TEXT, value),
    FIELD("targetFilePath", RECORD_TEXT, target_file),
    FIELD_OF("targets", RECORD_LIST, targets, value_target_record),
    RECORD_END,
};
const struct record_type plugin_targets_record = {"Targets", sizeof(struct plugin_config), value_fields};

#define RECORD(name, fields) {name, sizeof(struct plugin_config), fields}

/* The names are those of the plugins with "Plugin" behind, as Go's messages have them. */
static const struct record_type records[] = {
    RECORD("AnnotationsTransformer", annotations_fields),
    RECORD("ConfigMapGenerator", generator_fields),
    RECORD("HashTransformer", no_fields),
    RECORD("HelmChartInflationGenerator", chart_fields),
    RECORD("IAMPolicyGenerator", policy_fields),
    RECORD("ImageTagTransformer", image_fields),
    RECORD("LabelTransformer", labels_fields),
    RECORD("NamespaceTransformer", namespace_fields),
    RECORD("PatchJson6902Transformer", json_patch_fields),
    RECORD("PatchStrategicMergeTransformer", merge_patch_fields),
    RECORD("PatchTransformer", patch_fields),
    RECORD("PrefixSuffixTransformer", affix_fields),
    RECORD("PrefixTransformer", affix_fields),
    RECORD("ReplacementTransformer", replacement_fields),
    RECORD("ReplicaCountTransformer", replica_fields),
    RECORD("SecretGenerator", generator_fields),
    RECORD("SuffixTransformer", affix_fields),
    RECORD("ValueAddTransformer", value_fields),
};

const struct record_type *plugin_config_record(struct slice kind)
{
    for (size_t i = 0; i < sizeof records / sizeof records[0]; i++) {
        if (slice_is(kind, records[i].name))
            return &records[i];
    }
    return NULL;
}

bool plugin_config_read(struct arena *a, const struct record_type *record, struct value object,
                        struct plugin_config *out, struct diag *diag)
{
    struct value plain;
    struct slice error;
    struct buffer json = BUFFER_INIT;
    bool done = yaml_node_plain(a, object, &plain, &error) && json_write(&json, plain, NULL, a, &error) &&
                json_read(a, NULL, buffer_move(&json, a), &plain, &error, NULL);
    buffer_release(&json);
    return done ? record_read(a, record, plain, RECORD_CONVERTS, out, diag) : diag_error_slice(diag, error);
}

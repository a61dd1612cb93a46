/*
 * field_tables.c - the field specs that Kustomize has built in
 *
 * Facts about Kubernetes: where each kind has labels, images and names of other objects. Columns: kind, group, version,
 * path, whether the field is made where it is missing.
 */
#include "kustomize/field_tables.h"

#define END {NULL, NULL, NULL, NULL, false}

static const struct default_field name_prefix[] = {
    {NULL, NULL, NULL, "metadata/name", false},
    END
};

static const struct default_field name_suffix[] = {
    {NULL, NULL, NULL, "metadata/name", false},
    END
};

static const struct default_field namespace_fields[] = {
    {"Namespace", NULL, NULL, "metadata/name", true},
    {"APIService", "apiregistration.k8s.io", NULL, "spec/service/namespace", true},
    {"CustomResourceDefinition", "apiextensions.k8s.io", NULL, "spec/conversion/webhook/clientConfig/service/namespace", false},
    END
};

static const struct default_field common_labels[] = {
    {"Service", NULL, "v1", "spec/selector", true},
    {"ReplicationController", NULL, "v1", "spec/selector", true},
    {"Deployment", NULL, NULL, "spec/selector/matchLabels", true},
    {"Deployment", "apps", NULL, "spec/template/spec/affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels", false},
    {"Deployment", "apps", NULL, "spec/template/spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels", false},
    {"Deployment", "apps", NULL, "spec/template/spec/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels", false},
    {"Deployment", "apps", NULL, "spec/template/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels", false},
    {"Deployment", "apps", NULL, "spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels", false},
    {"ReplicaSet", NULL, NULL, "spec/selector/matchLabels", true},
    {"DaemonSet", NULL, NULL, "spec/selector/matchLabels", true},
    {"StatefulSet", "apps", NULL, "spec/selector/matchLabels", true},
    {"StatefulSet", "apps", NULL, "spec/template/spec/affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels", false},
    {"StatefulSet", "apps", NULL, "spec/template/spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels", false},
    {"StatefulSet", "apps", NULL, "spec/template/spec/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels", false},
    {"StatefulSet", "apps", NULL, "spec/template/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels", false},
    {"StatefulSet", "apps", NULL, "spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels", false},
    {"Job", "batch", NULL, "spec/selector/matchLabels", false},
    {"CronJob", "batch", NULL, "spec/jobTemplate/spec/selector/matchLabels", false},
    {"PodDisruptionBudget", "policy", NULL, "spec/selector/matchLabels", false},
    {"NetworkPolicy", "networking.k8s.io", NULL, "spec/podSelector/matchLabels", false},
    {"NetworkPolicy", "networking.k8s.io", NULL, "spec/ingress/from/podSelector/matchLabels", false},
    {"NetworkPolicy", "networking.k8s.io", NULL, "spec/egress/to/podSelector/matchLabels", false},
    {NULL, NULL, NULL, "metadata/labels", true},
    {"ReplicationController", NULL, "v1", "spec/template/metadata/labels", true},
    {"Deployment", NULL, NULL, "spec/template/metadata/labels", true},
    {"ReplicaSet", NULL, NULL, "spec/template/metadata/labels", true},
    {"DaemonSet", NULL, NULL, "spec/template/metadata/labels", true},
    {"StatefulSet", "apps", NULL, "spec/template/metadata/labels", true},
    {"StatefulSet", "apps", NULL, "spec/volumeClaimTemplates[]/metadata/labels", true},
    {"Job", "batch", NULL, "spec/template/metadata/labels", true},
    {"CronJob", "batch", NULL, "spec/jobTemplate/metadata/labels", true},
    {"CronJob", "batch", NULL, "spec/jobTemplate/spec/template/metadata/labels", true},
    END
};

static const struct default_field template_labels[] = {
    {NULL, NULL, NULL, "metadata/labels", true},
    {"ReplicationController", NULL, "v1", "spec/template/metadata/labels", true},
    {"Deployment", NULL, NULL, "spec/template/metadata/labels", true},
    {"ReplicaSet", NULL, NULL, "spec/template/metadata/labels", true},
    {"DaemonSet", NULL, NULL, "spec/template/metadata/labels", true},
    {"StatefulSet", "apps", NULL, "spec/template/metadata/labels", true},
    {"StatefulSet", "apps", NULL, "spec/volumeClaimTemplates[]/metadata/labels", true},
    {"Job", "batch", NULL, "spec/template/metadata/labels", true},
    {"CronJob", "batch", NULL, "spec/jobTemplate/metadata/labels", true},
    {"CronJob", "batch", NULL, "spec/jobTemplate/spec/template/metadata/labels", true},
    END
};

static const struct default_field annotations[] = {
    {NULL, NULL, NULL, "metadata/annotations", true},
    {"ReplicationController", NULL, "v1", "spec/template/metadata/annotations", true},
    {"Deployment", NULL, NULL, "spec/template/metadata/annotations", true},
    {"ReplicaSet", NULL, NULL, "spec/template/metadata/annotations", true},
    {"DaemonSet", NULL, NULL, "spec/template/metadata/annotations", true},
    {"StatefulSet", NULL, NULL, "spec/template/metadata/annotations", true},
    {"Job", "batch", NULL, "spec/template/metadata/annotations", true},
    {"CronJob", "batch", NULL, "spec/jobTemplate/metadata/annotations", true},
    {"CronJob", "batch", NULL, "spec/jobTemplate/spec/template/metadata/annotations", true},
    END
};

static const struct default_field var_reference[] = {
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/containers/args", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/containers/command", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/containers/env/value", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/containers/volumeMounts/mountPath", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/initContainers/args", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/initContainers/command", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/initContainers/env/value", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/initContainers/volumeMounts/mountPath", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/volumes/nfs/server", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/containers/args", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/containers/command", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/containers/env/value", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/containers/volumeMounts/mountPath", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/initContainers/args", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/initContainers/command", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/initContainers/env/value", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/initContainers/volumeMounts/mountPath", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/volumes/nfs/server", false},
    {"Deployment", NULL, NULL, "spec/template/spec/containers/args", false},
    {"Deployment", NULL, NULL, "spec/template/spec/containers/command", false},
    {"Deployment", NULL, NULL, "spec/template/spec/containers/env/value", false},
    {"Deployment", NULL, NULL, "spec/template/spec/containers/volumeMounts/mountPath", false},
    {"Deployment", NULL, NULL, "spec/template/spec/initContainers/args", false},
    {"Deployment", NULL, NULL, "spec/template/spec/initContainers/command", false},
    {"Deployment", NULL, NULL, "spec/template/spec/initContainers/env/value", false},
    {"Deployment", NULL, NULL, "spec/template/spec/initContainers/volumeMounts/mountPath", false},
    {"Deployment", NULL, NULL, "spec/template/spec/volumes/nfs/server", false},
    {"Deployment", NULL, NULL, "spec/template/metadata/annotations", false},
    {"Ingress", NULL, NULL, "spec/rules/host", false},
    {"Ingress", NULL, NULL, "spec/tls/hosts", false},
    {"Ingress", NULL, NULL, "spec/tls/secretName", false},
    {"Job", NULL, NULL, "spec/template/spec/containers/args", false},
    {"Job", NULL, NULL, "spec/template/spec/containers/command", false},
    {"Job", NULL, NULL, "spec/template/spec/containers/env/value", false},
    {"Job", NULL, NULL, "spec/template/spec/containers/volumeMounts/mountPath", false},
    {"Job", NULL, NULL, "spec/template/spec/initContainers/args", false},
    {"Job", NULL, NULL, "spec/template/spec/initContainers/command", false},
    {"Job", NULL, NULL, "spec/template/spec/initContainers/env/value", false},
    {"Job", NULL, NULL, "spec/template/spec/initContainers/volumeMounts/mountPath", false},
    {"Job", NULL, NULL, "spec/template/spec/volumes/nfs/server", false},
    {"Pod", NULL, NULL, "spec/containers/args", false},
    {"Pod", NULL, NULL, "spec/containers/command", false},
    {"Pod", NULL, NULL, "spec/containers/env/value", false},
    {"Pod", NULL, NULL, "spec/containers/volumeMounts/mountPath", false},
    {"Pod", NULL, NULL, "spec/initContainers/args", false},
    {"Pod", NULL, NULL, "spec/initContainers/command", false},
    {"Pod", NULL, NULL, "spec/initContainers/env/value", false},
    {"Pod", NULL, NULL, "spec/initContainers/volumeMounts/mountPath", false},
    {"Pod", NULL, NULL, "spec/volumes/nfs/server", false},
    {"ReplicaSet", NULL, NULL, "spec/template/spec/containers/args", false},
    {"ReplicaSet", NULL, NULL, "spec/template/spec/containers/command", false},
    {"ReplicaSet", NULL, NULL, "spec/template/spec/containers/env/value", false},
    {"ReplicaSet", NULL, NULL, "spec/template/spec/containers/volumeMounts/mountPath", false},
    {"ReplicaSet", NULL, NULL, "spec/template/spec/initContainers/args", false},
    {"ReplicaSet", NULL, NULL, "spec/template/spec/initContainers/command", false},
    {"ReplicaSet", NULL, NULL, "spec/template/spec/initContainers/env/value", false},
    {"ReplicaSet", NULL, NULL, "spec/template/spec/initContainers/volumeMounts/mountPath", false},
    {"ReplicaSet", NULL, NULL, "spec/template/spec/volumes/nfs/server", false},
    {"Service", NULL, NULL, "spec/ports/port", false},
    {"Service", NULL, NULL, "spec/ports/targetPort", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/containers/args", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/containers/command", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/containers/env/value", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/containers/volumeMounts/mountPath", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/initContainers/args", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/initContainers/command", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/initContainers/env/value", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/initContainers/volumeMounts/mountPath", false},
    {"StatefulSet", NULL, NULL, "spec/volumeClaimTemplates/spec/nfs/server", false},
    {"PersistentVolume", NULL, NULL, "spec/nfs/server", false},
    {NULL, NULL, NULL, "metadata/labels", false},
    {NULL, NULL, NULL, "metadata/annotations", false},
    END
};

static const struct default_field images[] = {
    {NULL, NULL, NULL, "spec/containers[]/image", true},
    {NULL, NULL, NULL, "spec/initContainers[]/image", true},
    {NULL, NULL, NULL, "spec/volumes[]/image/reference", true},
    {NULL, NULL, NULL, "spec/template/spec/containers[]/image", true},
    {NULL, NULL, NULL, "spec/template/spec/initContainers[]/image", true},
    {NULL, NULL, NULL, "spec/template/spec/volumes[]/image/reference", true},
    END
};

static const struct default_field replicas[] = {
    {"Deployment", NULL, NULL, "spec/replicas", true},
    {"ReplicationController", NULL, NULL, "spec/replicas", true},
    {"ReplicaSet", NULL, NULL, "spec/replicas", true},
    {"StatefulSet", NULL, NULL, "spec/replicas", true},
    END
};

const struct default_field *const default_fields[FIELD_TABLES] = {
    [FIELDS_NAME_PREFIX] = name_prefix,
    [FIELDS_NAME_SUFFIX] = name_suffix,
    [FIELDS_NAMESPACE] = namespace_fields,
    [FIELDS_COMMON_LABELS] = common_labels,
    [FIELDS_TEMPLATE_LABELS] = template_labels,
    [FIELDS_ANNOTATIONS] = annotations,
    [FIELDS_VAR_REFERENCE] = var_reference,
    [FIELDS_IMAGES] = images,
    [FIELDS_REPLICAS] = replicas,
};

static const struct default_field names_of_deployment[] = {
    {"HorizontalPodAutoscaler", NULL, NULL, "spec/scaleTargetRef/name", false},
    END
};

static const struct default_field names_of_replication_controller[] = {
    {"HorizontalPodAutoscaler", NULL, NULL, "spec/scaleTargetRef/name", false},
    END
};

static const struct default_field names_of_replica_set[] = {
    {"HorizontalPodAutoscaler", NULL, NULL, "spec/scaleTargetRef/name", false},
    END
};

static const struct default_field names_of_stateful_set[] = {
    {"HorizontalPodAutoscaler", NULL, NULL, "spec/scaleTargetRef/name", false},
    END
};

static const struct default_field names_of_config_map[] = {
    {"Pod", NULL, "v1", "spec/volumes/configMap/name", false},
    {"Pod", NULL, "v1", "spec/containers/env/valueFrom/configMapKeyRef/name", false},
    {"Pod", NULL, "v1", "spec/initContainers/env/valueFrom/configMapKeyRef/name", false},
    {"Pod", NULL, "v1", "spec/containers/envFrom/configMapRef/name", false},
    {"Pod", NULL, "v1", "spec/initContainers/envFrom/configMapRef/name", false},
    {"Pod", NULL, "v1", "spec/volumes/projected/sources/configMap/name", false},
    {"PodTemplate", NULL, NULL, "template/spec/volumes/configMap/name", false},
    {"PodTemplate", NULL, NULL, "template/spec/containers/env/valueFrom/configMapKeyRef/name", false},
    {"PodTemplate", NULL, NULL, "template/spec/initContainers/env/valueFrom/configMapKeyRef/name", false},
    {"PodTemplate", NULL, NULL, "template/spec/containers/envFrom/configMapRef/name", false},
    {"PodTemplate", NULL, NULL, "template/spec/initContainers/envFrom/configMapRef/name", false},
    {"PodTemplate", NULL, NULL, "template/spec/volumes/projected/sources/configMap/name", false},
    {"Deployment", NULL, NULL, "spec/template/spec/volumes/configMap/name", false},
    {"Deployment", NULL, NULL, "spec/template/spec/containers/env/valueFrom/configMapKeyRef/name", false},
    {"Deployment", NULL, NULL, "spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name", false},
    {"Deployment", NULL, NULL, "spec/template/spec/containers/envFrom/configMapRef/name", false},
    {"Deployment", NULL, NULL, "spec/template/spec/initContainers/envFrom/configMapRef/name", false},
    {"Deployment", NULL, NULL, "spec/template/spec/volumes/projected/sources/configMap/name", false},
    {"ReplicaSet", NULL, NULL, "spec/template/spec/volumes/configMap/name", false},
    {"ReplicaSet", NULL, NULL, "spec/template/spec/containers/env/valueFrom/configMapKeyRef/name", false},
    {"ReplicaSet", NULL, NULL, "spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name", false},
    {"ReplicaSet", NULL, NULL, "spec/template/spec/containers/envFrom/configMapRef/name", false},
    {"ReplicaSet", NULL, NULL, "spec/template/spec/initContainers/envFrom/configMapRef/name", false},
    {"ReplicaSet", NULL, NULL, "spec/template/spec/volumes/projected/sources/configMap/name", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/volumes/configMap/name", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/containers/env/valueFrom/configMapKeyRef/name", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/containers/envFrom/configMapRef/name", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/initContainers/envFrom/configMapRef/name", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/volumes/projected/sources/configMap/name", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/volumes/configMap/name", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/containers/env/valueFrom/configMapKeyRef/name", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/containers/envFrom/configMapRef/name", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/initContainers/envFrom/configMapRef/name", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/volumes/projected/sources/configMap/name", false},
    {"Job", NULL, NULL, "spec/template/spec/volumes/configMap/name", false},
    {"Job", NULL, NULL, "spec/template/spec/containers/env/valueFrom/configMapKeyRef/name", false},
    {"Job", NULL, NULL, "spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name", false},
    {"Job", NULL, NULL, "spec/template/spec/containers/envFrom/configMapRef/name", false},
    {"Job", NULL, NULL, "spec/template/spec/initContainers/envFrom/configMapRef/name", false},
    {"Job", NULL, NULL, "spec/template/spec/volumes/projected/sources/configMap/name", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/volumes/configMap/name", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/volumes/projected/sources/configMap/name", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/containers/env/valueFrom/configMapKeyRef/name", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/containers/envFrom/configMapRef/name", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/initContainers/envFrom/configMapRef/name", false},
    {"Node", NULL, NULL, "spec/configSource/configMap", false},
    {"Role", NULL, NULL, "rules/resourceNames", false},
    {"ClusterRole", NULL, NULL, "rules/resourceNames", false},
    {"Ingress", NULL, NULL, "metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap", false},
    END
};

static const struct default_field names_of_secret[] = {
    {"Pod", NULL, "v1", "spec/volumes/secret/secretName", false},
    {"Pod", NULL, "v1", "spec/containers/env/valueFrom/secretKeyRef/name", false},
    {"Pod", NULL, "v1", "spec/initContainers/env/valueFrom/secretKeyRef/name", false},
    {"Pod", NULL, "v1", "spec/containers/envFrom/secretRef/name", false},
    {"Pod", NULL, "v1", "spec/initContainers/envFrom/secretRef/name", false},
    {"Pod", NULL, "v1", "spec/imagePullSecrets/name", false},
    {"Pod", NULL, "v1", "spec/volumes/projected/sources/secret/name", false},
    {"PodTemplate", NULL, NULL, "template/spec/volumes/secret/secretName", false},
    {"PodTemplate", NULL, NULL, "template/spec/containers/env/valueFrom/secretKeyRef/name", false},
    {"PodTemplate", NULL, NULL, "template/spec/initContainers/env/valueFrom/secretKeyRef/name", false},
    {"PodTemplate", NULL, NULL, "template/spec/containers/envFrom/secretRef/name", false},
    {"PodTemplate", NULL, NULL, "template/spec/initContainers/envFrom/secretRef/name", false},
    {"PodTemplate", NULL, NULL, "template/spec/imagePullSecrets/name", false},
    {"PodTemplate", NULL, NULL, "template/spec/volumes/projected/sources/secret/name", false},
    {"Deployment", NULL, NULL, "spec/template/spec/volumes/secret/secretName", false},
    {"Deployment", NULL, NULL, "spec/template/spec/containers/env/valueFrom/secretKeyRef/name", false},
    {"Deployment", NULL, NULL, "spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name", false},
    {"Deployment", NULL, NULL, "spec/template/spec/containers/envFrom/secretRef/name", false},
    {"Deployment", NULL, NULL, "spec/template/spec/initContainers/envFrom/secretRef/name", false},
    {"Deployment", NULL, NULL, "spec/template/spec/imagePullSecrets/name", false},
    {"Deployment", NULL, NULL, "spec/template/spec/volumes/projected/sources/secret/name", false},
    {"ReplicaSet", NULL, NULL, "spec/template/spec/volumes/secret/secretName", false},
    {"ReplicaSet", NULL, NULL, "spec/template/spec/containers/env/valueFrom/secretKeyRef/name", false},
    {"ReplicaSet", NULL, NULL, "spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name", false},
    {"ReplicaSet", NULL, NULL, "spec/template/spec/containers/envFrom/secretRef/name", false},
    {"ReplicaSet", NULL, NULL, "spec/template/spec/initContainers/envFrom/secretRef/name", false},
    {"ReplicaSet", NULL, NULL, "spec/template/spec/imagePullSecrets/name", false},
    {"ReplicaSet", NULL, NULL, "spec/template/spec/volumes/projected/sources/secret/name", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/volumes/secret/secretName", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/containers/env/valueFrom/secretKeyRef/name", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/containers/envFrom/secretRef/name", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/initContainers/envFrom/secretRef/name", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/imagePullSecrets/name", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/volumes/projected/sources/secret/name", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/volumes/secret/secretName", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/containers/env/valueFrom/secretKeyRef/name", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/containers/envFrom/secretRef/name", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/initContainers/envFrom/secretRef/name", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/imagePullSecrets/name", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/volumes/projected/sources/secret/name", false},
    {"Job", NULL, NULL, "spec/template/spec/volumes/secret/secretName", false},
    {"Job", NULL, NULL, "spec/template/spec/containers/env/valueFrom/secretKeyRef/name", false},
    {"Job", NULL, NULL, "spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name", false},
    {"Job", NULL, NULL, "spec/template/spec/containers/envFrom/secretRef/name", false},
    {"Job", NULL, NULL, "spec/template/spec/initContainers/envFrom/secretRef/name", false},
    {"Job", NULL, NULL, "spec/template/spec/imagePullSecrets/name", false},
    {"Job", NULL, NULL, "spec/template/spec/volumes/projected/sources/secret/name", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/volumes/secret/secretName", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/volumes/projected/sources/secret/name", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/containers/env/valueFrom/secretKeyRef/name", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/containers/envFrom/secretRef/name", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/initContainers/envFrom/secretRef/name", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/imagePullSecrets/name", false},
    {"Ingress", NULL, NULL, "spec/tls/secretName", false},
    {"Ingress", NULL, NULL, "metadata/annotations/ingress.kubernetes.io\\/auth-secret", false},
    {"Ingress", NULL, NULL, "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret", false},
    {"Ingress", NULL, NULL, "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret", false},
    {"Ingress", NULL, NULL, "spec/tls/secretName", false},
    {"ServiceAccount", NULL, NULL, "imagePullSecrets/name", false},
    {"StorageClass", NULL, NULL, "parameters/secretName", false},
    {"StorageClass", NULL, NULL, "parameters/adminSecretName", false},
    {"StorageClass", NULL, NULL, "parameters/userSecretName", false},
    {"StorageClass", NULL, NULL, "parameters/secretRef", false},
    {"Role", NULL, NULL, "rules/resourceNames", false},
    {"ClusterRole", NULL, NULL, "rules/resourceNames", false},
    {"Service", "serving.knative.dev", "v1", "spec/template/spec/containers/env/valueFrom/secretKeyRef/name", false},
    {"PersistentVolume", NULL, NULL, "spec/azureFile/secretName", false},
    END
};

static const struct default_field names_of_service[] = {
    {"StatefulSet", "apps", NULL, "spec/serviceName", false},
    {"Ingress", NULL, NULL, "spec/rules/http/paths/backend/serviceName", false},
    {"Ingress", NULL, NULL, "spec/backend/serviceName", false},
    {"Ingress", NULL, NULL, "spec/rules/http/paths/backend/service/name", false},
    {"Ingress", NULL, NULL, "spec/defaultBackend/service/name", false},
    {"APIService", "apiregistration.k8s.io", NULL, "spec/service/name", false},
    {"ValidatingWebhookConfiguration", "admissionregistration.k8s.io", NULL, "webhooks/clientConfig/service", false},
    {"MutatingWebhookConfiguration", "admissionregistration.k8s.io", NULL, "webhooks/clientConfig/service", false},
    END
};

static const struct default_field names_of_role[] = {
    {"RoleBinding", "rbac.authorization.k8s.io", NULL, "roleRef/name", false},
    END
};

static const struct default_field names_of_cluster_role[] = {
    {"RoleBinding", "rbac.authorization.k8s.io", NULL, "roleRef/name", false},
    {"ClusterRoleBinding", "rbac.authorization.k8s.io", NULL, "roleRef/name", false},
    END
};

static const struct default_field names_of_service_account[] = {
    {"RoleBinding", "rbac.authorization.k8s.io", NULL, "subjects", false},
    {"ClusterRoleBinding", "rbac.authorization.k8s.io", NULL, "subjects", false},
    {"Pod", NULL, NULL, "spec/serviceAccountName", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/serviceAccountName", false},
    {"Deployment", NULL, NULL, "spec/template/spec/serviceAccountName", false},
    {"ReplicationController", NULL, NULL, "spec/template/spec/serviceAccountName", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/serviceAccountName", false},
    {"Job", NULL, NULL, "spec/template/spec/serviceAccountName", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/serviceAccountName", false},
    END
};

static const struct default_field names_of_persistent_volume_claim[] = {
    {"Pod", NULL, NULL, "spec/volumes/persistentVolumeClaim/claimName", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/volumes/persistentVolumeClaim/claimName", false},
    {"Deployment", NULL, NULL, "spec/template/spec/volumes/persistentVolumeClaim/claimName", false},
    {"ReplicationController", NULL, NULL, "spec/template/spec/volumes/persistentVolumeClaim/claimName", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/volumes/persistentVolumeClaim/claimName", false},
    {"Job", NULL, NULL, "spec/template/spec/volumes/persistentVolumeClaim/claimName", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/volumes/persistentVolumeClaim/claimName", false},
    END
};

static const struct default_field names_of_persistent_volume[] = {
    {"PersistentVolumeClaim", NULL, NULL, "spec/volumeName", false},
    {"ClusterRole", NULL, NULL, "rules/resourceNames", false},
    END
};

static const struct default_field names_of_storage_class[] = {
    {"PersistentVolume", NULL, NULL, "spec/storageClassName", false},
    {"PersistentVolumeClaim", NULL, NULL, "spec/storageClassName", false},
    {"StatefulSet", NULL, NULL, "spec/volumeClaimTemplates/spec/storageClassName", false},
    END
};

static const struct default_field names_of_priority_class[] = {
    {"Pod", NULL, NULL, "spec/priorityClassName", false},
    {"StatefulSet", NULL, NULL, "spec/template/spec/priorityClassName", false},
    {"Deployment", NULL, NULL, "spec/template/spec/priorityClassName", false},
    {"ReplicationController", NULL, NULL, "spec/template/spec/priorityClassName", false},
    {"CronJob", NULL, NULL, "spec/jobTemplate/spec/template/spec/priorityClassName", false},
    {"Job", NULL, NULL, "spec/template/spec/priorityClassName", false},
    {"DaemonSet", NULL, NULL, "spec/template/spec/priorityClassName", false},
    END
};

static const struct default_field names_of_ingress_class[] = {
    {"Ingress", NULL, NULL, "spec/ingressClassName", false},
    END
};

static const struct default_field names_of_validating_admission_policy[] = {
    {"ValidatingAdmissionPolicyBinding", "admissionregistration.k8s.io", NULL, "spec/policyName", false},
    END
};

const struct default_reference default_references[] = {
    {{"Deployment", NULL, NULL, NULL, false}, names_of_deployment},
    {{"ReplicationController", NULL, NULL, NULL, false}, names_of_replication_controller},
    {{"ReplicaSet", NULL, NULL, NULL, false}, names_of_replica_set},
    {{"StatefulSet", NULL, NULL, NULL, false}, names_of_stateful_set},
    {{"ConfigMap", NULL, "v1", NULL, false}, names_of_config_map},
    {{"Secret", NULL, "v1", NULL, false}, names_of_secret},
    {{"Service", NULL, "v1", NULL, false}, names_of_service},
    {{"Role", "rbac.authorization.k8s.io", NULL, NULL, false}, names_of_role},
    {{"ClusterRole", "rbac.authorization.k8s.io", NULL, NULL, false}, names_of_cluster_role},
    {{"ServiceAccount", NULL, "v1", NULL, false}, names_of_service_account},
    {{"PersistentVolumeClaim", NULL, "v1", NULL, false}, names_of_persistent_volume_claim},
    {{"PersistentVolume", NULL, "v1", NULL, false}, names_of_persistent_volume},
    {{"StorageClass", "storage.k8s.io", "v1", NULL, false}, names_of_storage_class},
    {{"PriorityClass", "scheduling.k8s.io", "v1", NULL, false}, names_of_priority_class},
    {{"IngressClass", "networking.k8s.io/v1", "v1", NULL, false}, names_of_ingress_class},
    {{"ValidatingAdmissionPolicy", "admissionregistration.k8s.io", NULL, NULL, false}, names_of_validating_admission_policy},
    {END, NULL},
};

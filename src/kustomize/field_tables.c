/*
 * field_tables.c - the field specs that Kustomize has built in
 *
 * Facts about Kubernetes: where each kind has labels, images and names of other objects. Rows stand in the order into
 * which Kustomize sorts them (gvk_is_before). Columns: kind, group, version, path; MADE: where it is missing.
 */
#include "kustomize/field_tables.h"

#define GVK(k, g, v) {.group = SLICE_INIT(g), .version = SLICE_INIT(v), .kind = SLICE_INIT(k)}
#define FIELD(k, g, v, p) {.gvk = GVK(k, g, v), .path = SLICE_INIT(p), .create = false}
#define MADE(k, g, v, p) {.gvk = GVK(k, g, v), .path = SLICE_INIT(p), .create = true}

static const struct field_spec name_prefix[] = {
    FIELD("", "", "", "metadata/name"),
};

static const struct field_spec name_suffix[] = {
    FIELD("", "", "", "metadata/name"),
};

static const struct field_spec namespace_fields[] = {
    MADE("Namespace", "", "", "metadata/name"),
    FIELD("CustomResourceDefinition", "apiextensions.k8s.io", "", "spec/conversion/webhook/clientConfig/service/namespace"),
    MADE("APIService", "apiregistration.k8s.io", "", "spec/service/namespace"),
};

static const struct field_spec common_labels[] = {
    MADE("Service", "", "v1", "spec/selector"),
    FIELD("Deployment", "apps", "", "spec/template/spec/affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels"),
    FIELD("Deployment", "apps", "", "spec/template/spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels"),
    FIELD("Deployment", "apps", "", "spec/template/spec/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels"),
    FIELD("Deployment", "apps", "", "spec/template/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels"),
    FIELD("Deployment", "apps", "", "spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels"),
    MADE("Deployment", "", "", "spec/selector/matchLabels"),
    MADE("Deployment", "", "", "spec/template/metadata/labels"),
    MADE("StatefulSet", "apps", "", "spec/selector/matchLabels"),
    FIELD("StatefulSet", "apps", "", "spec/template/spec/affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels"),
    FIELD("StatefulSet", "apps", "", "spec/template/spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels"),
    FIELD("StatefulSet", "apps", "", "spec/template/spec/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels"),
    FIELD("StatefulSet", "apps", "", "spec/template/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels"),
    FIELD("StatefulSet", "apps", "", "spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels"),
    MADE("StatefulSet", "apps", "", "spec/template/metadata/labels"),
    MADE("StatefulSet", "apps", "", "spec/volumeClaimTemplates[]/metadata/labels"),
    FIELD("CronJob", "batch", "", "spec/jobTemplate/spec/selector/matchLabels"),
    MADE("CronJob", "batch", "", "spec/jobTemplate/metadata/labels"),
    MADE("CronJob", "batch", "", "spec/jobTemplate/spec/template/metadata/labels"),
    FIELD("PodDisruptionBudget", "policy", "", "spec/selector/matchLabels"),
    FIELD("Job", "batch", "", "spec/selector/matchLabels"),
    MADE("Job", "batch", "", "spec/template/metadata/labels"),
    FIELD("NetworkPolicy", "networking.k8s.io", "", "spec/podSelector/matchLabels"),
    FIELD("NetworkPolicy", "networking.k8s.io", "", "spec/ingress/from/podSelector/matchLabels"),
    FIELD("NetworkPolicy", "networking.k8s.io", "", "spec/egress/to/podSelector/matchLabels"),
    MADE("ReplicationController", "", "v1", "spec/selector"),
    MADE("ReplicationController", "", "v1", "spec/template/metadata/labels"),
    MADE("DaemonSet", "", "", "spec/selector/matchLabels"),
    MADE("DaemonSet", "", "", "spec/template/metadata/labels"),
    MADE("ReplicaSet", "", "", "spec/selector/matchLabels"),
    MADE("ReplicaSet", "", "", "spec/template/metadata/labels"),
    MADE("", "", "", "metadata/labels"),
};

static const struct field_spec template_labels[] = {
    MADE("Deployment", "", "", "spec/template/metadata/labels"),
    MADE("StatefulSet", "apps", "", "spec/template/metadata/labels"),
    MADE("StatefulSet", "apps", "", "spec/volumeClaimTemplates[]/metadata/labels"),
    MADE("CronJob", "batch", "", "spec/jobTemplate/metadata/labels"),
    MADE("CronJob", "batch", "", "spec/jobTemplate/spec/template/metadata/labels"),
    MADE("Job", "batch", "", "spec/template/metadata/labels"),
    MADE("ReplicationController", "", "v1", "spec/template/metadata/labels"),
    MADE("DaemonSet", "", "", "spec/template/metadata/labels"),
    MADE("ReplicaSet", "", "", "spec/template/metadata/labels"),
    MADE("", "", "", "metadata/labels"),
};

static const struct field_spec annotations[] = {
    MADE("Deployment", "", "", "spec/template/metadata/annotations"),
    MADE("StatefulSet", "", "", "spec/template/metadata/annotations"),
    MADE("CronJob", "batch", "", "spec/jobTemplate/metadata/annotations"),
    MADE("CronJob", "batch", "", "spec/jobTemplate/spec/template/metadata/annotations"),
    MADE("Job", "batch", "", "spec/template/metadata/annotations"),
    MADE("ReplicationController", "", "v1", "spec/template/metadata/annotations"),
    MADE("DaemonSet", "", "", "spec/template/metadata/annotations"),
    MADE("ReplicaSet", "", "", "spec/template/metadata/annotations"),
    MADE("", "", "", "metadata/annotations"),
};

static const struct field_spec var_reference[] = {
    FIELD("Service", "", "", "spec/ports/port"),
    FIELD("Service", "", "", "spec/ports/targetPort"),
    FIELD("PersistentVolume", "", "", "spec/nfs/server"),
    FIELD("Deployment", "", "", "spec/template/spec/containers/args"),
    FIELD("Deployment", "", "", "spec/template/spec/containers/command"),
    FIELD("Deployment", "", "", "spec/template/spec/containers/env/value"),
    FIELD("Deployment", "", "", "spec/template/spec/containers/volumeMounts/mountPath"),
    FIELD("Deployment", "", "", "spec/template/spec/initContainers/args"),
    FIELD("Deployment", "", "", "spec/template/spec/initContainers/command"),
    FIELD("Deployment", "", "", "spec/template/spec/initContainers/env/value"),
    FIELD("Deployment", "", "", "spec/template/spec/initContainers/volumeMounts/mountPath"),
    FIELD("Deployment", "", "", "spec/template/spec/volumes/nfs/server"),
    FIELD("Deployment", "", "", "spec/template/metadata/annotations"),
    FIELD("StatefulSet", "", "", "spec/template/spec/containers/args"),
    FIELD("StatefulSet", "", "", "spec/template/spec/containers/command"),
    FIELD("StatefulSet", "", "", "spec/template/spec/containers/env/value"),
    FIELD("StatefulSet", "", "", "spec/template/spec/containers/volumeMounts/mountPath"),
    FIELD("StatefulSet", "", "", "spec/template/spec/initContainers/args"),
    FIELD("StatefulSet", "", "", "spec/template/spec/initContainers/command"),
    FIELD("StatefulSet", "", "", "spec/template/spec/initContainers/env/value"),
    FIELD("StatefulSet", "", "", "spec/template/spec/initContainers/volumeMounts/mountPath"),
    FIELD("StatefulSet", "", "", "spec/volumeClaimTemplates/spec/nfs/server"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/containers/args"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/containers/command"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/containers/env/value"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/containers/volumeMounts/mountPath"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/initContainers/args"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/initContainers/command"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/initContainers/env/value"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/initContainers/volumeMounts/mountPath"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/volumes/nfs/server"),
    FIELD("DaemonSet", "", "", "spec/template/spec/containers/args"),
    FIELD("DaemonSet", "", "", "spec/template/spec/containers/command"),
    FIELD("DaemonSet", "", "", "spec/template/spec/containers/env/value"),
    FIELD("DaemonSet", "", "", "spec/template/spec/containers/volumeMounts/mountPath"),
    FIELD("DaemonSet", "", "", "spec/template/spec/initContainers/args"),
    FIELD("DaemonSet", "", "", "spec/template/spec/initContainers/command"),
    FIELD("DaemonSet", "", "", "spec/template/spec/initContainers/env/value"),
    FIELD("DaemonSet", "", "", "spec/template/spec/initContainers/volumeMounts/mountPath"),
    FIELD("DaemonSet", "", "", "spec/template/spec/volumes/nfs/server"),
    FIELD("Ingress", "", "", "spec/rules/host"),
    FIELD("Ingress", "", "", "spec/tls/hosts"),
    FIELD("Ingress", "", "", "spec/tls/secretName"),
    FIELD("Job", "", "", "spec/template/spec/containers/args"),
    FIELD("Job", "", "", "spec/template/spec/containers/command"),
    FIELD("Job", "", "", "spec/template/spec/containers/env/value"),
    FIELD("Job", "", "", "spec/template/spec/containers/volumeMounts/mountPath"),
    FIELD("Job", "", "", "spec/template/spec/initContainers/args"),
    FIELD("Job", "", "", "spec/template/spec/initContainers/command"),
    FIELD("Job", "", "", "spec/template/spec/initContainers/env/value"),
    FIELD("Job", "", "", "spec/template/spec/initContainers/volumeMounts/mountPath"),
    FIELD("Job", "", "", "spec/template/spec/volumes/nfs/server"),
    FIELD("Pod", "", "", "spec/containers/args"),
    FIELD("Pod", "", "", "spec/containers/command"),
    FIELD("Pod", "", "", "spec/containers/env/value"),
    FIELD("Pod", "", "", "spec/containers/volumeMounts/mountPath"),
    FIELD("Pod", "", "", "spec/initContainers/args"),
    FIELD("Pod", "", "", "spec/initContainers/command"),
    FIELD("Pod", "", "", "spec/initContainers/env/value"),
    FIELD("Pod", "", "", "spec/initContainers/volumeMounts/mountPath"),
    FIELD("Pod", "", "", "spec/volumes/nfs/server"),
    FIELD("ReplicaSet", "", "", "spec/template/spec/containers/args"),
    FIELD("ReplicaSet", "", "", "spec/template/spec/containers/command"),
    FIELD("ReplicaSet", "", "", "spec/template/spec/containers/env/value"),
    FIELD("ReplicaSet", "", "", "spec/template/spec/containers/volumeMounts/mountPath"),
    FIELD("ReplicaSet", "", "", "spec/template/spec/initContainers/args"),
    FIELD("ReplicaSet", "", "", "spec/template/spec/initContainers/command"),
    FIELD("ReplicaSet", "", "", "spec/template/spec/initContainers/env/value"),
    FIELD("ReplicaSet", "", "", "spec/template/spec/initContainers/volumeMounts/mountPath"),
    FIELD("ReplicaSet", "", "", "spec/template/spec/volumes/nfs/server"),
    FIELD("", "", "", "metadata/labels"),
    FIELD("", "", "", "metadata/annotations"),
};

static const struct field_spec images[] = {
    MADE("", "", "", "spec/containers[]/image"),
    MADE("", "", "", "spec/initContainers[]/image"),
    MADE("", "", "", "spec/volumes[]/image/reference"),
    MADE("", "", "", "spec/template/spec/containers[]/image"),
    MADE("", "", "", "spec/template/spec/initContainers[]/image"),
    MADE("", "", "", "spec/template/spec/volumes[]/image/reference"),
};

static const struct field_spec replicas[] = {
    MADE("Deployment", "", "", "spec/replicas"),
    MADE("StatefulSet", "", "", "spec/replicas"),
    MADE("ReplicaSet", "", "", "spec/replicas"),
    MADE("ReplicationController", "", "", "spec/replicas"),
};

static const struct field_spec names_of_deployment[] = {
    FIELD("HorizontalPodAutoscaler", "", "", "spec/scaleTargetRef/name"),
};

static const struct field_spec names_of_replication_controller[] = {
    FIELD("HorizontalPodAutoscaler", "", "", "spec/scaleTargetRef/name"),
};

static const struct field_spec names_of_replica_set[] = {
    FIELD("HorizontalPodAutoscaler", "", "", "spec/scaleTargetRef/name"),
};

static const struct field_spec names_of_stateful_set[] = {
    FIELD("HorizontalPodAutoscaler", "", "", "spec/scaleTargetRef/name"),
};

static const struct field_spec names_of_config_map[] = {
    FIELD("Role", "", "", "rules/resourceNames"),
    FIELD("ClusterRole", "", "", "rules/resourceNames"),
    FIELD("Deployment", "", "", "spec/template/spec/volumes/configMap/name"),
    FIELD("Deployment", "", "", "spec/template/spec/containers/env/valueFrom/configMapKeyRef/name"),
    FIELD("Deployment", "", "", "spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name"),
    FIELD("Deployment", "", "", "spec/template/spec/containers/envFrom/configMapRef/name"),
    FIELD("Deployment", "", "", "spec/template/spec/initContainers/envFrom/configMapRef/name"),
    FIELD("Deployment", "", "", "spec/template/spec/volumes/projected/sources/configMap/name"),
    FIELD("StatefulSet", "", "", "spec/template/spec/volumes/configMap/name"),
    FIELD("StatefulSet", "", "", "spec/template/spec/containers/env/valueFrom/configMapKeyRef/name"),
    FIELD("StatefulSet", "", "", "spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name"),
    FIELD("StatefulSet", "", "", "spec/template/spec/containers/envFrom/configMapRef/name"),
    FIELD("StatefulSet", "", "", "spec/template/spec/initContainers/envFrom/configMapRef/name"),
    FIELD("StatefulSet", "", "", "spec/template/spec/volumes/projected/sources/configMap/name"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/volumes/configMap/name"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/volumes/projected/sources/configMap/name"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/containers/env/valueFrom/configMapKeyRef/name"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/containers/envFrom/configMapRef/name"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/initContainers/envFrom/configMapRef/name"),
    FIELD("Pod", "", "v1", "spec/volumes/configMap/name"),
    FIELD("Pod", "", "v1", "spec/containers/env/valueFrom/configMapKeyRef/name"),
    FIELD("Pod", "", "v1", "spec/initContainers/env/valueFrom/configMapKeyRef/name"),
    FIELD("Pod", "", "v1", "spec/containers/envFrom/configMapRef/name"),
    FIELD("Pod", "", "v1", "spec/initContainers/envFrom/configMapRef/name"),
    FIELD("Pod", "", "v1", "spec/volumes/projected/sources/configMap/name"),
    FIELD("DaemonSet", "", "", "spec/template/spec/volumes/configMap/name"),
    FIELD("DaemonSet", "", "", "spec/template/spec/containers/env/valueFrom/configMapKeyRef/name"),
    FIELD("DaemonSet", "", "", "spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name"),
    FIELD("DaemonSet", "", "", "spec/template/spec/containers/envFrom/configMapRef/name"),
    FIELD("DaemonSet", "", "", "spec/template/spec/initContainers/envFrom/configMapRef/name"),
    FIELD("DaemonSet", "", "", "spec/template/spec/volumes/projected/sources/configMap/name"),
    FIELD("Ingress", "", "", "metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap"),
    FIELD("Job", "", "", "spec/template/spec/volumes/configMap/name"),
    FIELD("Job", "", "", "spec/template/spec/containers/env/valueFrom/configMapKeyRef/name"),
    FIELD("Job", "", "", "spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name"),
    FIELD("Job", "", "", "spec/template/spec/containers/envFrom/configMapRef/name"),
    FIELD("Job", "", "", "spec/template/spec/initContainers/envFrom/configMapRef/name"),
    FIELD("Job", "", "", "spec/template/spec/volumes/projected/sources/configMap/name"),
    FIELD("Node", "", "", "spec/configSource/configMap"),
    FIELD("PodTemplate", "", "", "template/spec/volumes/configMap/name"),
    FIELD("PodTemplate", "", "", "template/spec/containers/env/valueFrom/configMapKeyRef/name"),
    FIELD("PodTemplate", "", "", "template/spec/initContainers/env/valueFrom/configMapKeyRef/name"),
    FIELD("PodTemplate", "", "", "template/spec/containers/envFrom/configMapRef/name"),
    FIELD("PodTemplate", "", "", "template/spec/initContainers/envFrom/configMapRef/name"),
    FIELD("PodTemplate", "", "", "template/spec/volumes/projected/sources/configMap/name"),
    FIELD("ReplicaSet", "", "", "spec/template/spec/volumes/configMap/name"),
    FIELD("ReplicaSet", "", "", "spec/template/spec/containers/env/valueFrom/configMapKeyRef/name"),
    FIELD("ReplicaSet", "", "", "spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name"),
    FIELD("ReplicaSet", "", "", "spec/template/spec/containers/envFrom/configMapRef/name"),
    FIELD("ReplicaSet", "", "", "spec/template/spec/initContainers/envFrom/configMapRef/name"),
    FIELD("ReplicaSet", "", "", "spec/template/spec/volumes/projected/sources/configMap/name"),
};

static const struct field_spec names_of_secret[] = {
    FIELD("StorageClass", "", "", "parameters/secretName"),
    FIELD("StorageClass", "", "", "parameters/adminSecretName"),
    FIELD("StorageClass", "", "", "parameters/userSecretName"),
    FIELD("StorageClass", "", "", "parameters/secretRef"),
    FIELD("ServiceAccount", "", "", "imagePullSecrets/name"),
    FIELD("Role", "", "", "rules/resourceNames"),
    FIELD("ClusterRole", "", "", "rules/resourceNames"),
    FIELD("Service", "serving.knative.dev", "v1", "spec/template/spec/containers/env/valueFrom/secretKeyRef/name"),
    FIELD("PersistentVolume", "", "", "spec/azureFile/secretName"),
    FIELD("Deployment", "", "", "spec/template/spec/volumes/secret/secretName"),
    FIELD("Deployment", "", "", "spec/template/spec/containers/env/valueFrom/secretKeyRef/name"),
    FIELD("Deployment", "", "", "spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name"),
    FIELD("Deployment", "", "", "spec/template/spec/containers/envFrom/secretRef/name"),
    FIELD("Deployment", "", "", "spec/template/spec/initContainers/envFrom/secretRef/name"),
    FIELD("Deployment", "", "", "spec/template/spec/imagePullSecrets/name"),
    FIELD("Deployment", "", "", "spec/template/spec/volumes/projected/sources/secret/name"),
    FIELD("StatefulSet", "", "", "spec/template/spec/volumes/secret/secretName"),
    FIELD("StatefulSet", "", "", "spec/template/spec/containers/env/valueFrom/secretKeyRef/name"),
    FIELD("StatefulSet", "", "", "spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name"),
    FIELD("StatefulSet", "", "", "spec/template/spec/containers/envFrom/secretRef/name"),
    FIELD("StatefulSet", "", "", "spec/template/spec/initContainers/envFrom/secretRef/name"),
    FIELD("StatefulSet", "", "", "spec/template/spec/imagePullSecrets/name"),
    FIELD("StatefulSet", "", "", "spec/template/spec/volumes/projected/sources/secret/name"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/volumes/secret/secretName"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/volumes/projected/sources/secret/name"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/containers/env/valueFrom/secretKeyRef/name"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/containers/envFrom/secretRef/name"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/initContainers/envFrom/secretRef/name"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/imagePullSecrets/name"),
    FIELD("Pod", "", "v1", "spec/volumes/secret/secretName"),
    FIELD("Pod", "", "v1", "spec/containers/env/valueFrom/secretKeyRef/name"),
    FIELD("Pod", "", "v1", "spec/initContainers/env/valueFrom/secretKeyRef/name"),
    FIELD("Pod", "", "v1", "spec/containers/envFrom/secretRef/name"),
    FIELD("Pod", "", "v1", "spec/initContainers/envFrom/secretRef/name"),
    FIELD("Pod", "", "v1", "spec/imagePullSecrets/name"),
    FIELD("Pod", "", "v1", "spec/volumes/projected/sources/secret/name"),
    FIELD("DaemonSet", "", "", "spec/template/spec/volumes/secret/secretName"),
    FIELD("DaemonSet", "", "", "spec/template/spec/containers/env/valueFrom/secretKeyRef/name"),
    FIELD("DaemonSet", "", "", "spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name"),
    FIELD("DaemonSet", "", "", "spec/template/spec/containers/envFrom/secretRef/name"),
    FIELD("DaemonSet", "", "", "spec/template/spec/initContainers/envFrom/secretRef/name"),
    FIELD("DaemonSet", "", "", "spec/template/spec/imagePullSecrets/name"),
    FIELD("DaemonSet", "", "", "spec/template/spec/volumes/projected/sources/secret/name"),
    FIELD("Ingress", "", "", "spec/tls/secretName"),
    FIELD("Ingress", "", "", "metadata/annotations/ingress.kubernetes.io\\/auth-secret"),
    FIELD("Ingress", "", "", "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret"),
    FIELD("Ingress", "", "", "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret"),
    FIELD("Ingress", "", "", "spec/tls/secretName"),
    FIELD("Job", "", "", "spec/template/spec/volumes/secret/secretName"),
    FIELD("Job", "", "", "spec/template/spec/containers/env/valueFrom/secretKeyRef/name"),
    FIELD("Job", "", "", "spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name"),
    FIELD("Job", "", "", "spec/template/spec/containers/envFrom/secretRef/name"),
    FIELD("Job", "", "", "spec/template/spec/initContainers/envFrom/secretRef/name"),
    FIELD("Job", "", "", "spec/template/spec/imagePullSecrets/name"),
    FIELD("Job", "", "", "spec/template/spec/volumes/projected/sources/secret/name"),
    FIELD("PodTemplate", "", "", "template/spec/volumes/secret/secretName"),
    FIELD("PodTemplate", "", "", "template/spec/containers/env/valueFrom/secretKeyRef/name"),
    FIELD("PodTemplate", "", "", "template/spec/initContainers/env/valueFrom/secretKeyRef/name"),
    FIELD("PodTemplate", "", "", "template/spec/containers/envFrom/secretRef/name"),
    FIELD("PodTemplate", "", "", "template/spec/initContainers/envFrom/secretRef/name"),
    FIELD("PodTemplate", "", "", "template/spec/imagePullSecrets/name"),
    FIELD("PodTemplate", "", "", "template/spec/volumes/projected/sources/secret/name"),
    FIELD("ReplicaSet", "", "", "spec/template/spec/volumes/secret/secretName"),
    FIELD("ReplicaSet", "", "", "spec/template/spec/containers/env/valueFrom/secretKeyRef/name"),
    FIELD("ReplicaSet", "", "", "spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name"),
    FIELD("ReplicaSet", "", "", "spec/template/spec/containers/envFrom/secretRef/name"),
    FIELD("ReplicaSet", "", "", "spec/template/spec/initContainers/envFrom/secretRef/name"),
    FIELD("ReplicaSet", "", "", "spec/template/spec/imagePullSecrets/name"),
    FIELD("ReplicaSet", "", "", "spec/template/spec/volumes/projected/sources/secret/name"),
};

static const struct field_spec names_of_service[] = {
    FIELD("StatefulSet", "apps", "", "spec/serviceName"),
    FIELD("APIService", "apiregistration.k8s.io", "", "spec/service/name"),
    FIELD("Ingress", "", "", "spec/rules/http/paths/backend/serviceName"),
    FIELD("Ingress", "", "", "spec/backend/serviceName"),
    FIELD("Ingress", "", "", "spec/rules/http/paths/backend/service/name"),
    FIELD("Ingress", "", "", "spec/defaultBackend/service/name"),
    FIELD("MutatingWebhookConfiguration", "admissionregistration.k8s.io", "", "webhooks/clientConfig/service"),
    FIELD("ValidatingWebhookConfiguration", "admissionregistration.k8s.io", "", "webhooks/clientConfig/service"),
};

static const struct field_spec names_of_role[] = {
    FIELD("RoleBinding", "rbac.authorization.k8s.io", "", "roleRef/name"),
};

static const struct field_spec names_of_cluster_role[] = {
    FIELD("RoleBinding", "rbac.authorization.k8s.io", "", "roleRef/name"),
    FIELD("ClusterRoleBinding", "rbac.authorization.k8s.io", "", "roleRef/name"),
};

static const struct field_spec names_of_service_account[] = {
    FIELD("RoleBinding", "rbac.authorization.k8s.io", "", "subjects"),
    FIELD("ClusterRoleBinding", "rbac.authorization.k8s.io", "", "subjects"),
    FIELD("Deployment", "", "", "spec/template/spec/serviceAccountName"),
    FIELD("StatefulSet", "", "", "spec/template/spec/serviceAccountName"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/serviceAccountName"),
    FIELD("DaemonSet", "", "", "spec/template/spec/serviceAccountName"),
    FIELD("Job", "", "", "spec/template/spec/serviceAccountName"),
    FIELD("Pod", "", "", "spec/serviceAccountName"),
    FIELD("ReplicationController", "", "", "spec/template/spec/serviceAccountName"),
};

static const struct field_spec names_of_persistent_volume_claim[] = {
    FIELD("Deployment", "", "", "spec/template/spec/volumes/persistentVolumeClaim/claimName"),
    FIELD("StatefulSet", "", "", "spec/template/spec/volumes/persistentVolumeClaim/claimName"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/volumes/persistentVolumeClaim/claimName"),
    FIELD("DaemonSet", "", "", "spec/template/spec/volumes/persistentVolumeClaim/claimName"),
    FIELD("Job", "", "", "spec/template/spec/volumes/persistentVolumeClaim/claimName"),
    FIELD("Pod", "", "", "spec/volumes/persistentVolumeClaim/claimName"),
    FIELD("ReplicationController", "", "", "spec/template/spec/volumes/persistentVolumeClaim/claimName"),
};

static const struct field_spec names_of_persistent_volume[] = {
    FIELD("ClusterRole", "", "", "rules/resourceNames"),
    FIELD("PersistentVolumeClaim", "", "", "spec/volumeName"),
};

static const struct field_spec names_of_storage_class[] = {
    FIELD("PersistentVolume", "", "", "spec/storageClassName"),
    FIELD("PersistentVolumeClaim", "", "", "spec/storageClassName"),
    FIELD("StatefulSet", "", "", "spec/volumeClaimTemplates/spec/storageClassName"),
};

static const struct field_spec names_of_priority_class[] = {
    FIELD("Deployment", "", "", "spec/template/spec/priorityClassName"),
    FIELD("StatefulSet", "", "", "spec/template/spec/priorityClassName"),
    FIELD("CronJob", "", "", "spec/jobTemplate/spec/template/spec/priorityClassName"),
    FIELD("DaemonSet", "", "", "spec/template/spec/priorityClassName"),
    FIELD("Job", "", "", "spec/template/spec/priorityClassName"),
    FIELD("Pod", "", "", "spec/priorityClassName"),
    FIELD("ReplicationController", "", "", "spec/template/spec/priorityClassName"),
};

static const struct field_spec names_of_ingress_class[] = {
    FIELD("Ingress", "", "", "spec/ingressClassName"),
};

static const struct field_spec names_of_validating_admission_policy[] = {
    FIELD("ValidatingAdmissionPolicyBinding", "admissionregistration.k8s.io", "", "spec/policyName"),
};

#define TABLE(rows) {rows, sizeof rows / sizeof rows[0], 0}

const struct field_specs default_fields[FIELD_TABLES] = {
    [FIELDS_NAME_PREFIX] = TABLE(name_prefix),
    [FIELDS_NAME_SUFFIX] = TABLE(name_suffix),
    [FIELDS_NAMESPACE] = TABLE(namespace_fields),
    [FIELDS_COMMON_LABELS] = TABLE(common_labels),
    [FIELDS_TEMPLATE_LABELS] = TABLE(template_labels),
    [FIELDS_ANNOTATIONS] = TABLE(annotations),
    [FIELDS_VAR_REFERENCE] = TABLE(var_reference),
    [FIELDS_IMAGES] = TABLE(images),
    [FIELDS_REPLICAS] = TABLE(replicas),
};

#define NAMES(k, g, v, rows) {GVK(k, g, v), TABLE(rows)}

const struct back_reference default_references[] = {
    NAMES("StorageClass", "storage.k8s.io", "v1", names_of_storage_class),
    NAMES("ServiceAccount", "", "v1", names_of_service_account),
    NAMES("Role", "rbac.authorization.k8s.io", "", names_of_role),
    NAMES("ClusterRole", "rbac.authorization.k8s.io", "", names_of_cluster_role),
    NAMES("ConfigMap", "", "v1", names_of_config_map),
    NAMES("Secret", "", "v1", names_of_secret),
    NAMES("Service", "", "v1", names_of_service),
    NAMES("PriorityClass", "scheduling.k8s.io", "v1", names_of_priority_class),
    NAMES("PersistentVolume", "", "v1", names_of_persistent_volume),
    NAMES("PersistentVolumeClaim", "", "v1", names_of_persistent_volume_claim),
    NAMES("Deployment", "", "", names_of_deployment),
    NAMES("StatefulSet", "", "", names_of_stateful_set),
    NAMES("ValidatingAdmissionPolicy", "admissionregistration.k8s.io", "", names_of_validating_admission_policy),
    NAMES("IngressClass", "networking.k8s.io/v1", "v1", names_of_ingress_class),
    NAMES("ReplicaSet", "", "", names_of_replica_set),
    NAMES("ReplicationController", "", "", names_of_replication_controller),
};

const size_t default_reference_count = sizeof default_references / sizeof default_references[0];

/*
 * kind_order.c - the order in which Helm installs kinds
 */
#include "helm/kind_order.h"

static const char *const install_order[] = {
    "PriorityClass",
    "Namespace",
    "NetworkPolicy",
    "ResourceQuota",
    "LimitRange",
    "PodSecurityPolicy",
    "PodDisruptionBudget",
    "ServiceAccount",
    "Secret",
    "SecretList",
    "ConfigMap",
    "StorageClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "CustomResourceDefinition",
    "ClusterRole",
    "ClusterRoleList",
    "ClusterRoleBinding",
    "ClusterRoleBindingList",
    "Role",
    "RoleList",
    "RoleBinding",
    "RoleBindingList",
    "Service",
    "DaemonSet",
    "Pod",
    "ReplicationController",
    "ReplicaSet",
    "Deployment",
    "HorizontalPodAutoscaler",
    "StatefulSet",
    "Job",
    "CronJob",
    "IngressClass",
    "Ingress",
    "APIService",
    "MutatingWebhookConfiguration", /* from here on unknown to Helm 3.17 */
    "ValidatingWebhookConfiguration",
};

enum {
    KINDS_HELM4 = sizeof install_order / sizeof install_order[0],
    KINDS_HELM3 = KINDS_HELM4 - 2
};

static int rank_of(struct slice kind, bool helm3)
{
    int count = helm3 ? KINDS_HELM3 : KINDS_HELM4;
    for (int i = 0; i < count; i++) {
        if (slice_is(kind, install_order[i]))
            return i;
    }
    return count;
}

int kind_compare(struct slice a, struct slice b, bool helm3)
{
    int rank_a = rank_of(a, helm3);
    int rank_b = rank_of(b, helm3);
    if (rank_a != rank_b)
        return rank_a - rank_b;
    int last = helm3 ? KINDS_HELM3 : KINDS_HELM4;
    return rank_a == last ? slice_compare(a, b) : 0;
}

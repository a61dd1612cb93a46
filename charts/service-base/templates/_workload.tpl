{{- /*
_workload.tpl - the Deployment or StatefulSet that runs the service, and the account it runs under
*/ -}}

{{- /* "true" where an autoscaler owns the number of replicas. */ -}}
{{- define "service-base.autoscaled" -}}
{{- if .Values.autoscaling.enabled -}}true{{- end -}}
{{- end }}

{{- /* Fewest replicas that run in peace. */ -}}
{{- define "service-base.minReplicas" -}}
{{- ternary .Values.autoscaling.minReplicas .Values.replicaCount .Values.autoscaling.enabled | int }}
{{- end }}

{{- /* The workload. Under an autoscaler it names no replicas: an upgrade must not undo the scaling. */ -}}
{{- define "service-base.workload" -}}
{{- $workload := .Values.workload -}}
{{- $stateful := eq $workload.kind "StatefulSet" -}}
apiVersion: apps/v1
kind: {{ $workload.kind }}
metadata:
  {{- include "service-base.metadata" (dict "root" . "annotations" $workload.annotations) | nindent 2 }}
spec:
  {{- if not (include "service-base.autoscaled" .) }}
  replicas: {{ int .Values.replicaCount }}
  {{- end }}
  revisionHistoryLimit: {{ int $workload.revisionHistoryLimit }}
  minReadySeconds: {{ int $workload.minReadySeconds }}
  {{- if $stateful }}
  serviceName: {{ include "service-base.componentName" (dict "root" . "component" "headless") }}
  podManagementPolicy: {{ $workload.podManagementPolicy }}
  updateStrategy:
    {{- $workload.updateStrategy | default (dict "type" "RollingUpdate") | toYaml | nindent 4 }}
  {{- else }}
  progressDeadlineSeconds: {{ int $workload.progressDeadlineSeconds }}
  strategy:
    {{- $workload.strategy | toYaml | nindent 4 }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "service-base.selectorLabels" (dict "root" .) | nindent 6 }}
  template:
    {{- include "service-base.podTemplate" . | nindent 4 }}
  {{- if $stateful }}
  {{- with $workload.volumeClaimTemplates }}
  volumeClaimTemplates:
    {{- tpl (toYaml .) $ | nindent 4 }}
  {{- end }}
  {{- end }}
{{- end }}

{{- /* The account; its token is not mounted unless the service talks to the API server. */ -}}
{{- define "service-base.serviceaccount" -}}
{{- if .Values.serviceAccount.create -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "service-base.metadata" (dict
        "root" .
        "name" (include "service-base.serviceAccountName" .)
        "annotations" .Values.serviceAccount.annotations) | nindent 2 }}
automountServiceAccountToken: {{ .Values.serviceAccount.automount }}
{{- end -}}
{{- end }}

{{- /* At most one pod is away at a time. Where only one runs there is no budget: it would block every drain. */ -}}
{{- define "service-base.poddisruptionbudget" -}}
{{- $budget := .Values.podDisruptionBudget -}}
{{- if and $budget.enabled (gt (include "service-base.minReplicas" . | int) 1) -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "service-base.metadata" (dict "root" .) | nindent 2 }}
spec:
  {{- if $budget.minAvailable }}
  minAvailable: {{ $budget.minAvailable }}
  {{- else }}
  maxUnavailable: {{ $budget.maxUnavailable | default 1 }}
  {{- end }}
  {{- if semverCompare ">=1.27-0" .Capabilities.KubeVersion.Version }}
  unhealthyPodEvictionPolicy: {{ $budget.unhealthyPodEvictionPolicy | default "AlwaysAllow" }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "service-base.selectorLabels" (dict "root" .) | nindent 6 }}
{{- end -}}
{{- end }}

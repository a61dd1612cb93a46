{{- /*
_autoscaling.tpl - who decides the number of replicas

A consumer is scaled by the lag of its consumer group: by KEDA where the cluster has it, else by an external
metric that a metrics adapter serves from kafka_consumergroup_lag. Everything else is scaled by CPU, memory and
metrics of its own.
*/ -}}

{{- define "service-base.autoscaling" -}}
{{- if include "service-base.autoscaled" . -}}
{{- if and .Values.autoscaling.kafkaLag.enabled (.Capabilities.APIVersions.Has "keda.sh/v1alpha1") -}}
{{- include "service-base.scaledobject" . }}
{{- else -}}
{{- include "service-base.horizontalpodautoscaler" . }}
{{- end -}}
{{- end -}}
{{- end }}

{{- /* Metrics of the HorizontalPodAutoscaler. */ -}}
{{- define "service-base.autoscalingMetrics" -}}
{{- $scaling := .Values.autoscaling -}}
{{- range $resource := list "cpu" "memory" }}
{{- with get $scaling $resource }}
- type: Resource
  resource:
    name: {{ $resource }}
    target:
      type: Utilization
      averageUtilization: {{ int . }}
{{- end }}
{{- end }}
{{- if $scaling.kafkaLag.enabled }}
{{- range $topic := $scaling.kafkaLag.topics }}
- type: External
  external:
    metric:
      name: kafka_consumergroup_lag
      selector:
        matchLabels:
          consumergroup: {{ tpl $scaling.kafkaLag.consumerGroup $ | quote }}
          topic: {{ tpl $topic $ | quote }}
    target:
      type: AverageValue
      averageValue: {{ int $scaling.kafkaLag.threshold | quote }}
{{- end }}
{{- end }}
{{- with $scaling.extraMetrics }}
{{ tpl (toYaml .) $ }}
{{- end }}
{{- end }}

{{- define "service-base.horizontalpodautoscaler" -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  {{- include "service-base.metadata" (dict "root" .) | nindent 2 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: {{ .Values.workload.kind }}
    name: {{ include "service-base.fullname" . }}
  minReplicas: {{ int .Values.autoscaling.minReplicas }}
  maxReplicas: {{ int .Values.autoscaling.maxReplicas }}
  metrics:
    {{- include "service-base.autoscalingMetrics" . | trim | nindent 4 }}
  {{- with .Values.autoscaling.behavior }}
  behavior:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{- define "service-base.scaledobject" -}}
{{- $lag := .Values.autoscaling.kafkaLag -}}
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  {{- include "service-base.metadata" (dict "root" .) | nindent 2 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: {{ .Values.workload.kind }}
    name: {{ include "service-base.fullname" . }}
  minReplicaCount: {{ int .Values.autoscaling.minReplicas }}
  maxReplicaCount: {{ int .Values.autoscaling.maxReplicas }}
  pollingInterval: {{ int $lag.pollingSeconds }}
  cooldownPeriod: {{ int $lag.cooldownSeconds }}
  fallback:
    failureThreshold: 3
    replicas: {{ max (int .Values.autoscaling.minReplicas) (div (int .Values.autoscaling.maxReplicas) 2) }}
  {{- with .Values.autoscaling.behavior }}
  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        {{- toYaml . | nindent 8 }}
  {{- end }}
  triggers:
    {{- range $topic := $lag.topics }}
    - type: kafka
      metadata:
        bootstrapServers: {{ include "service-base.kafka.bootstrapServers" $ | quote }}
        consumerGroup: {{ tpl $lag.consumerGroup $ | quote }}
        topic: {{ tpl $topic $ | quote }}
        lagThreshold: {{ int $lag.threshold | quote }}
        activationLagThreshold: {{ int $lag.activationThreshold | quote }}
        offsetResetPolicy: {{ $lag.offsetResetPolicy }}
    {{- end }}
    {{- with .Values.autoscaling.cpu }}
    - type: cpu
      metricType: Utilization
      metadata:
        value: {{ int . | quote }}
    {{- end }}
{{- end }}

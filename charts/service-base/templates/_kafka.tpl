{{- /*
_kafka.tpl - where the one shared resource is

All of it comes from global.kafka, which environments/ENV/common.yaml sets for every release at once.
*/ -}}

{{- define "service-base.kafka.namespace" -}}
{{- .Values.global.kafka.namespace | default .Release.Namespace }}
{{- end }}

{{- define "service-base.kafka.bootstrapServers" -}}
{{- tpl .Values.global.kafka.bootstrapServers . }}
{{- end }}

{{- define "service-base.kafka.connectUrl" -}}
{{- tpl .Values.global.kafka.connect.url . }}
{{- end }}

{{- /*
NetworkPolicy peer: Kafka's pods of one component (root, component). Kafka Connect run by Strimzi has Strimzi's
labels.
*/ -}}
{{- define "service-base.kafka.peer" -}}
namespaceSelector:
  matchLabels:
    kubernetes.io/metadata.name: {{ include "service-base.kafka.namespace" .root }}
podSelector:
  matchLabels:
    {{- if and (eq .component "connect") (.root.Capabilities.APIVersions.Has "kafka.strimzi.io/v1beta2") }}
    strimzi.io/kind: KafkaConnect
    strimzi.io/cluster: {{ .root.Values.global.kafka.connect.cluster }}
    {{- else }}
    app.kubernetes.io/name: kafka
    app.kubernetes.io/component: {{ .component }}
    {{- end }}
{{- end }}

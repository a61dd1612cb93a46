{{- /*
_kafka.tpl - names and settings of the cluster
*/ -}}

{{- define "kafka.component" -}}
{{- include "service-base.componentName" . }}
{{- end }}

{{- /* Name of a broker in the cluster's DNS (root, ordinal); ordinal may be $(POD_INDEX) or the like. */ -}}
{{- define "kafka.brokerHost" -}}
{{- $headless := include "kafka.component" (dict "root" .root "component" "headless") -}}
{{- include "service-base.clusterHost" (dict "root" .root "service" (printf "%s.%s" .pod $headless)) }}
{{- end }}

{{- define "kafka.bootstrapServers" -}}
{{- $service := include "kafka.component" (dict "root" . "component" "bootstrap") -}}
{{- printf "%s:9092" (include "service-base.clusterHost" (dict "root" . "service" $service)) }}
{{- end }}

{{- /* Id of the cluster: that of the running one, which never changes, else clusterId. */ -}}
{{- define "kafka.clusterId" -}}
{{- $running := lookup "v1" "ConfigMap" .Release.Namespace (include "kafka.component" (dict "root" . "component" "broker")) -}}
{{- dig "data" "CLUSTER_ID" .Values.clusterId ($running | default dict) }}
{{- end }}

{{- /* The controllers: id@host:port of each broker. */ -}}
{{- define "kafka.quorum" -}}
{{- $broker := include "kafka.component" (dict "root" . "component" "broker") -}}
{{- $voters := list -}}
{{- range $id := until (int .Values.replicas) -}}
  {{- $host := include "kafka.brokerHost" (dict "root" $ "pod" (printf "%s-%d" $broker $id)) -}}
  {{- $voters = append $voters (printf "%d@%s:9093" $id $host) -}}
{{- end -}}
{{- join "," $voters }}
{{- end }}

{{- /* A property's name as the variable from which the image takes it: a_b-c.d is KAFKA_A__B___C_D. */ -}}
{{- define "kafka.variable" -}}
{{- . | replace "_" "__" | replace "-" "___" | replace "." "_" | upper | printf "KAFKA_%s" }}
{{- end }}

{{- /* Properties of the brokers: what the chart decides, with "config" laid over it. */ -}}
{{- define "kafka.properties" -}}
{{- $replicas := int .Values.replicas -}}
{{- $copies := min $replicas (int .Values.topicDefaults.replicas) -}}
{{- $inSync := min $copies (int .Values.topicDefaults.minInSyncReplicas) -}}
{{- $properties := dict
  "process.roles" "broker,controller"
  "controller.quorum.voters" (include "kafka.quorum" .)
  "controller.listener.names" "CONTROLLER"
  "inter.broker.listener.name" "INTERNAL"
  "listeners" "CLIENT://:9092,CONTROLLER://:9093,INTERNAL://:9094"
  "listener.security.protocol.map" "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT,INTERNAL:PLAINTEXT"
  "log.dirs" "/var/lib/kafka/data"
  "default.replication.factor" $copies
  "min.insync.replicas" $inSync
  "offsets.topic.replication.factor" $copies
  "transaction.state.log.replication.factor" $copies
  "transaction.state.log.min.isr" $inSync
  "share.coordinator.state.topic.replication.factor" $copies
  "share.coordinator.state.topic.min.isr" $inSync
-}}
{{- mergeOverwrite $properties (.Values.config | default dict) | toYaml }}
{{- end }}

{{- /* Rules by which clients in other namespaces and this chart's own pods come in. */ -}}
{{- define "kafka.clients" -}}
{{- range .Values.clientNamespaces }}
- namespaceSelector:
    matchLabels:
      kubernetes.io/metadata.name: {{ . }}
{{- end }}
{{- if .Capabilities.APIVersions.Has "keda.sh/v1alpha1" }}
- namespaceSelector:
    matchLabels:
      kubernetes.io/metadata.name: {{ .Values.kedaNamespace }}
{{- end }}
{{ include "service-base.networkPolicy.components" (dict
     "root" .
     "components" (list "connect" "exporter" "topics")) }}
{{- if .Capabilities.APIVersions.Has "kafka.strimzi.io/v1beta2" }}
- podSelector:
    matchLabels:
      strimzi.io/kind: KafkaConnect
{{- end }}
{{- end }}

{{- /* Egress rule to the brokers. */ -}}
{{- define "kafka.toBrokers" -}}
- to:
    {{- include "service-base.networkPolicy.components" (dict "root" . "components" (list "broker")) | nindent 4 }}
  ports:
    - port: 9092
      protocol: TCP
{{- end }}

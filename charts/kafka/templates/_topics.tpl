{{- /*
_topics.tpl - one topic, with topicDefaults filled in
*/ -}}

{{- /*
A topic as YAML (root, name, topic): partitions, replicas, owner and config, which holds what Kafka calls
cleanup.policy, retention.ms and min.insync.replicas. There are never more copies than brokers.
*/ -}}
{{- define "kafka.topic" -}}
{{- $topic := merge (dict) .topic .root.Values.topicDefaults -}}
{{- $copies := min (int $topic.replicas) (int .root.Values.replicas) -}}
{{- $hours := hasKey .topic "retentionHours" | ternary .topic.retentionHours .root.Values.topicDefaults.retentionHours | int64 -}}
{{- $config := dict
  "cleanup.policy" $topic.cleanupPolicy
  "retention.ms" (gt $hours 0 | ternary (mul $hours 3600000) -1)
  "min.insync.replicas" (min $copies (int $topic.minInSyncReplicas))
-}}
owner: {{ required (printf "topics.%s.owner is needed: the service that writes" .name) $topic.owner }}
partitions: {{ int $topic.partitions }}
replicas: {{ $copies }}
config:
  {{- mergeOverwrite $config ($topic.config | default dict) | toYaml | nindent 2 }}
{{- end }}

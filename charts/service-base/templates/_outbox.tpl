{{- /*
_outbox.tpl - how events leave a service: outbox table, Debezium, Kafka

The service writes an event into its outbox in the same transaction as the change itself. Debezium reads the
table from the database's log and its outbox event router sends each row to the topic of its aggregate. The
connector is a KafkaConnector where Strimzi runs Kafka Connect, else a Job registers it over HTTP.
*/ -}}

{{- define "service-base.outbox.name" -}}
{{- include "service-base.componentName" (dict "root" . "component" "outbox") }}
{{- end }}

{{- /*
The outbox table in SQL, for the chart's files/mysql/. Rows may go as soon as they are in the binary log; a day
is left for whoever looks into a failure.
*/ -}}
{{- define "service-base.outbox.table" -}}
{{- $table := .Values.outbox.table -}}
CREATE TABLE IF NOT EXISTS {{ $table }} (
  id             CHAR(36)     NOT NULL,
  aggregate_type VARCHAR(64)  NOT NULL,
  aggregate_id   VARCHAR(64)  NOT NULL,
  event_type     VARCHAR(128) NOT NULL,
  payload        JSON         NOT NULL,
  created_at     DATETIME(6)  NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  KEY {{ $table }}_created_at (created_at)
);

CREATE EVENT IF NOT EXISTS {{ $table }}_purge
  ON SCHEDULE EVERY 10 MINUTE
  DO DELETE FROM {{ $table }} WHERE created_at < NOW(6) - INTERVAL 1 DAY LIMIT 10000;
{{- end }}

{{- /* What the connectors of all databases share. */ -}}
{{- define "service-base.outbox.common" -}}
topic.prefix: {{ include "service-base.fullname" . }}
tasks.max: "1"
tombstones.on.delete: "false"
heartbeat.interval.ms: "10000"
topic.creation.default.partitions: "-1"
topic.creation.default.replication.factor: "-1"
key.converter: org.apache.kafka.connect.storage.StringConverter
value.converter: org.apache.kafka.connect.json.JsonConverter
value.converter.schemas.enable: "false"
transforms: outbox
transforms.outbox.route.topic.replacement: {{ .Values.outbox.topic | quote }}
{{- end }}

{{- /* The MySQL connector. */ -}}
{{- define "service-base.outbox.mysql" -}}
{{- $database := .Values.mysql.auth.database -}}
connector.class: io.debezium.connector.mysql.MySqlConnector
database.hostname: {{ include "service-base.mysql.host" . }}
database.port: {{ include "service-base.mysql.port" . | quote }}
database.server.id: {{ int .Values.outbox.serverId | quote }}
database.include.list: {{ $database }}
table.include.list: {{ printf "%s.%s" $database .Values.outbox.table }}
include.schema.changes: "false"
snapshot.mode: no_data
schema.history.internal.kafka.bootstrap.servers: {{ include "service-base.kafka.bootstrapServers" . }}
schema.history.internal.kafka.topic: {{ printf "_schema-history.%s" (include "service-base.fullname" .) }}
transforms.outbox.type: io.debezium.transforms.outbox.EventRouter
transforms.outbox.route.by.field: aggregate_type
transforms.outbox.table.field.event.id: id
transforms.outbox.table.field.event.key: aggregate_id
transforms.outbox.table.field.event.type: event_type
transforms.outbox.table.field.event.payload: payload
transforms.outbox.table.fields.additional.placement: event_type:header:eventType
transforms.outbox.table.expand.json.payload: "true"
{{- end }}

{{- /*
The connector:
  root              the context
  config            its properties without the account
  userProperty, user, passwordProperty
  secretName, secretKey   where the password is
*/ -}}
{{- define "service-base.outbox.connector" -}}
{{- $root := .root -}}
{{- $common := include "service-base.outbox.common" $root | fromYaml -}}
{{- $config := mergeOverwrite $common .config ($root.Values.outbox.config | default dict) -}}
{{- if $root.Capabilities.APIVersions.Has "kafka.strimzi.io/v1beta2" -}}
{{- $namespace := include "service-base.kafka.namespace" $root -}}
{{- $config = set $config .userProperty .user -}}
{{- $config = set $config .passwordProperty (printf "${secrets:%s/%s:%s}" $root.Release.Namespace .secretName .secretKey) -}}
{{- $connect := $root.Values.global.kafka.connect.cluster -}}
apiVersion: kafka.strimzi.io/v1beta2
kind: KafkaConnector
metadata:
  {{- include "service-base.metadata" (dict
        "root" $root
        "component" "outbox"
        "namespace" $namespace
        "labels" (dict "strimzi.io/cluster" $connect)) | nindent 2 }}
spec:
  class: {{ get $config "connector.class" }}
  tasksMax: {{ get $config "tasks.max" }}
  autoRestart:
    enabled: true
    maxRestarts: 10
  config:
    {{- omit $config "connector.class" "tasks.max" | toYaml | nindent 4 }}
---
# Kafka Connect reads the password from the Secret, so its account may read that one.
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  {{- include "service-base.metadata" (dict "root" $root "component" "outbox") | nindent 2 }}
rules:
  - apiGroups: [""]
    resources: ["secrets"]
    resourceNames: [{{ quote .secretName }}]
    verbs: ["get"]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  {{- include "service-base.metadata" (dict "root" $root "component" "outbox") | nindent 2 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ include "service-base.outbox.name" $root }}
subjects:
  - kind: ServiceAccount
    name: {{ $connect }}-connect
    namespace: {{ $namespace }}
{{- else -}}
{{- $url := include "service-base.kafka.connectUrl" $root -}}
{{- $part := dict "root" $root "component" "outbox" -}}
{{- $hook := include "service-base.hook" (dict "events" "post-install,post-upgrade" "weight" 10) | fromYaml -}}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "service-base.metadata" $part | nindent 2 }}
data:
  connector.json: |
    {{- toPrettyJson $config | nindent 4 }}
  register.sh: |
    # Put the connector: made if it is new, changed if it is not. The account is added here, where the Secret is.
    set -eu
    json() { printf '%s' "$1" | sed -e 's/\\/\\\\/g' -e 's/"/\\"/g'; }
    {
      printf '{"%s": "%s", "%s": "%s",' "$USER_PROPERTY" "$(json "$USER_NAME")" \
        "$PASSWORD_PROPERTY" "$(json "$USER_PASSWORD")"
      tail -c +2 /config/connector.json
    } >/tmp/connector.json
    curl --fail-with-body --silent --show-error --retry 30 --retry-delay 5 --retry-all-errors \
      --request PUT --header 'Content-Type: application/json' --data @/tmp/connector.json \
      "$CONNECT_URL/connectors/$CONNECTOR/config" >/dev/null
---
apiVersion: batch/v1
kind: Job
metadata:
  {{- include "service-base.metadata" (merge (dict "annotations" $hook) $part) | nindent 2 }}
spec:
  backoffLimit: 3
  activeDeadlineSeconds: 600
  template:
    metadata:
      labels:
        {{- include "service-base.podLabels" $part | nindent 8 }}
    spec:
      restartPolicy: Never
      automountServiceAccountToken: false
      enableServiceLinks: false
      {{- with include "service-base.scheduling" (dict "root" $root "job" true) | trim }}
      {{- . | nindent 6 }}
      {{- end }}
      securityContext:
        {{- include "service-base.securityContext" (dict "base" $root.Values.podSecurityContext) | nindent 8 }}
      containers:
        - name: register
          {{- include "service-base.imageLines" (dict "root" $root "image" $root.Values.curl.image) | nindent 10 }}
          command: ["sh", "/config/register.sh"]
          env:
            - name: CONNECT_URL
              value: {{ $url | quote }}
            - name: CONNECTOR
              value: {{ include "service-base.outbox.name" $root }}
            - name: USER_PROPERTY
              value: {{ .userProperty }}
            - name: USER_NAME
              value: {{ .user | quote }}
            - name: PASSWORD_PROPERTY
              value: {{ .passwordProperty }}
            {{- include "service-base.secretEnv" (dict "root" $root "secretEnv" (dict
                  "USER_PASSWORD" (dict "name" .secretName "key" .secretKey))) | trim | nindent 12 }}
          {{- include "service-base.resources" (dict "preset" "tiny") | nindent 10 }}
          securityContext:
            {{- include "service-base.securityContext" (dict "base" $root.Values.securityContext) | nindent 12 }}
          volumeMounts:
            - name: config
              mountPath: /config
              readOnly: true
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: config
          configMap:
            name: {{ include "service-base.outbox.name" $root }}
        - name: tmp
          emptyDir:
            sizeLimit: 16Mi
{{- if $root.Values.networkPolicy.enabled }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "service-base.metadata" $part | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "service-base.selectorLabels" $part | nindent 6 }}
  policyTypes:
    - Ingress
    - Egress
  egress:
    {{- include "service-base.networkPolicy.dns" $root | nindent 4 }}
    - to:
        - {{ include "service-base.kafka.peer" (dict "root" $root "component" "connect") | indent 10 | trim }}
      ports:
        - port: 8083
          protocol: TCP
{{- end }}
{{- end }}
{{- end }}

{{- /* The connector of a service whose outbox is in MySQL. */ -}}
{{- define "service-base.outbox" -}}
{{- if .Values.outbox.enabled -}}
{{- include "service-base.outbox.connector" (dict
      "root" .
      "config" (include "service-base.outbox.mysql" . | fromYaml)
      "userProperty" "database.user"
      "user" "debezium"
      "passwordProperty" "database.password"
      "secretName" (include "service-base.mysql.secretName" .)
      "secretKey" "debezium-password") }}
{{- end -}}
{{- end }}

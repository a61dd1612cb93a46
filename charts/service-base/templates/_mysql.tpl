{{- /*
_mysql.tpl - the MySQL that belongs to one service

With mysql.enabled the chart runs it; without, mysql.external says where a managed one is. Either way the
service asks the helpers below and never the values. Files of the chart under files/mysql/ run once, when the
data directory is empty: the schema, the outbox table, and the account that Debezium reads the binary log with.
*/ -}}

{{- define "service-base.mysql.name" -}}
{{- include "service-base.componentName" (dict "root" . "component" "mysql") }}
{{- end }}

{{- define "service-base.mysql.host" -}}
{{- if .Values.mysql.enabled -}}
  {{- include "service-base.clusterHost" (dict "root" . "service" (include "service-base.mysql.name" .)) }}
{{- else -}}
  {{- tpl (required "mysql.external.host is needed when mysql.enabled is false" .Values.mysql.external.host) . }}
{{- end -}}
{{- end }}

{{- define "service-base.mysql.port" -}}
{{- ternary 3306 (int .Values.mysql.external.port) .Values.mysql.enabled }}
{{- end }}

{{- /* Secret with the keys password, root-password and debezium-password. */ -}}
{{- define "service-base.mysql.secretName" -}}
{{- with .Values.mysql.auth.existingSecret -}}
  {{- tpl . $ }}
{{- else -}}
  {{- include "service-base.mysql.name" . }}
{{- end -}}
{{- end }}

{{- define "service-base.mysql.secret" -}}
{{- $auth := .Values.mysql.auth -}}
{{- if not $auth.existingSecret -}}
{{- include "service-base.passwordSecret" (dict
      "root" .
      "component" "mysql"
      "passwords" (dict
        "password" $auth.password
        "root-password" $auth.rootPassword
        "debezium-password" $auth.debeziumPassword)) }}
{{- end -}}
{{- end }}

{{- /* Settings of the server: what an outbox needs, then mysql.config. */ -}}
{{- define "service-base.mysql.settings" -}}
{{- $settings := dict
  "server_id" 1
  "binlog_row_image" "FULL"
  "binlog_expire_logs_seconds" 259200
  "gtid_mode" "ON"
  "enforce_gtid_consistency" "ON"
  "event_scheduler" "ON"
  "character_set_server" "utf8mb4"
  "collation_server" "utf8mb4_0900_ai_ci"
  "skip_name_resolve" "ON"
  "mysqlx" "OFF"
-}}
{{- range $name, $value := mergeOverwrite $settings (.Values.mysql.config | default dict) }}
{{ $name }} = {{ include "service-base.text" (dict "root" $ "value" $value) }}
{{- end }}
{{- end }}

{{- define "service-base.mysql.configmap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "service-base.metadata" (dict "root" . "component" "mysql" "version" .Values.mysql.image.tag) | nindent 2 }}
data:
  server.cnf: |
    [mysqld]
    {{- include "service-base.mysql.settings" . | trim | nindent 4 }}
  {{- range $path, $_ := .Files.Glob "files/mysql/*" }}
  {{ base $path }}: |
    {{- tpl ($.Files.Get $path) $ | trim | nindent 4 }}
  {{- end }}
  90-debezium.sh: |
    # the account that reads the binary log; its password is known here only from the Secret
    docker_process_sql --database=mysql <<EOSQL
    CREATE USER IF NOT EXISTS 'debezium'@'%' IDENTIFIED BY '${MYSQL_DEBEZIUM_PASSWORD}';
    GRANT SELECT, RELOAD, SHOW DATABASES, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO 'debezium'@'%';
    EOSQL
{{- end }}

{{- define "service-base.mysql.service" -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "service-base.metadata" (dict "root" . "component" "mysql" "version" .Values.mysql.image.tag) | nindent 2 }}
spec:
  clusterIP: None
  ports:
    - name: mysql
      port: 3306
      targetPort: mysql
      protocol: TCP
  selector:
    {{- include "service-base.selectorLabels" (dict "root" . "component" "mysql") | nindent 4 }}
{{- end }}

{{- define "service-base.mysql.statefulset" -}}
{{- $mysql := .Values.mysql -}}
{{- $part := dict "root" . "component" "mysql" "version" $mysql.image.tag -}}
{{- $ping := list "sh" "-c" `MYSQL_PWD="$MYSQL_PASSWORD" mysqladmin ping -h 127.0.0.1 -u "$MYSQL_USER"` | toRawJson -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  {{- include "service-base.metadata" $part | nindent 2 }}
spec:
  replicas: 1
  serviceName: {{ include "service-base.mysql.name" . }}
  updateStrategy:
    type: RollingUpdate
  {{- if semverCompare ">=1.27-0" .Capabilities.KubeVersion.Version }}
  persistentVolumeClaimRetentionPolicy:
    whenDeleted: {{ $mysql.persistence.whenDeleted }}
    whenScaled: Retain
  {{- end }}
  selector:
    matchLabels:
      {{- include "service-base.selectorLabels" $part | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "service-base.podLabels" $part | nindent 8 }}
      annotations:
        checksum/config: {{ include "service-base.mysql.settings" . | sha256sum }}
    spec:
      automountServiceAccountToken: false
      enableServiceLinks: false
      terminationGracePeriodSeconds: 120
      {{- with include "service-base.scheduling" $part | trim }}
      {{- . | nindent 6 }}
      {{- end }}
      securityContext:
        {{- include "service-base.securityContext" (dict
              "base" .Values.podSecurityContext
              "own" (dict "runAsUser" 999 "runAsGroup" 999 "fsGroup" 999)) | nindent 8 }}
      containers:
        - name: mysql
          {{- include "service-base.imageLines" (dict "root" . "image" $mysql.image) | nindent 10 }}
          ports:
            - name: mysql
              containerPort: 3306
              protocol: TCP
          env:
            - name: MYSQL_DATABASE
              value: {{ required "mysql.auth.database is needed" $mysql.auth.database | quote }}
            - name: MYSQL_USER
              value: {{ required "mysql.auth.username is needed" $mysql.auth.username | quote }}
            {{- $secret := include "service-base.mysql.secretName" . }}
            {{- include "service-base.secretEnv" (dict "root" . "secretEnv" (dict
                  "MYSQL_PASSWORD" (dict "name" $secret "key" "password")
                  "MYSQL_ROOT_PASSWORD" (dict "name" $secret "key" "root-password")
                  "MYSQL_DEBEZIUM_PASSWORD" (dict "name" $secret "key" "debezium-password"))) | trim | nindent 12 }}
          startupProbe:
            exec:
              command: {{ $ping }}
            periodSeconds: 5
            timeoutSeconds: 5
            failureThreshold: 60
          livenessProbe:
            exec:
              command: {{ $ping }}
            periodSeconds: 15
            timeoutSeconds: 5
            failureThreshold: 4
          readinessProbe:
            exec:
              command: {{ $ping }}
            periodSeconds: 10
            timeoutSeconds: 5
          {{- include "service-base.resources" (dict
                "preset" $mysql.resourcesPreset
                "resources" $mysql.resources) | nindent 10 }}
          securityContext:
            {{- include "service-base.securityContext" (dict "base" .Values.securityContext) | nindent 12 }}
          volumeMounts:
            - name: data
              mountPath: /var/lib/mysql
            - name: config
              mountPath: /etc/mysql/conf.d/server.cnf
              subPath: server.cnf
              readOnly: true
            - name: config
              mountPath: /docker-entrypoint-initdb.d
              readOnly: true
            - name: run
              mountPath: /var/run/mysqld
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: config
          configMap:
            name: {{ include "service-base.mysql.name" . }}
        - name: run
          emptyDir: {}
        - name: tmp
          emptyDir: {}
        {{- if not $mysql.persistence.enabled }}
        - name: data
          emptyDir: {}
        {{- end }}
  {{- if $mysql.persistence.enabled }}
  volumeClaimTemplates:
    {{- include "service-base.dataClaim" (merge (dict "persistence" $mysql.persistence) $part) | nindent 4 }}
  {{- end }}
{{- end }}

{{- /* Claim template named "data": root, component, persistence {size, storageClass, accessModes}. */ -}}
{{- define "service-base.dataClaim" -}}
- apiVersion: v1
  kind: PersistentVolumeClaim
  metadata:
    name: data
    labels:
      {{- include "service-base.selectorLabels" . | nindent 6 }}
  spec:
    accessModes:
      {{- .persistence.accessModes | default (list "ReadWriteOnce") | toYaml | nindent 6 }}
    {{- with coalesce .persistence.storageClass (.root.Values.global).storageClass }}
    storageClassName: {{ . }}
    {{- end }}
    resources:
      requests:
        storage: {{ .persistence.size }}
{{- end }}

{{- /* All of it: Secret, ConfigMap, Service, StatefulSet, NetworkPolicy. */ -}}
{{- define "service-base.mysql" -}}
{{- if .Values.mysql.enabled -}}
{{ include "service-base.mysql.secret" . }}
---
{{ include "service-base.mysql.configmap" . }}
---
{{ include "service-base.mysql.service" . }}
---
{{ include "service-base.mysql.statefulset" . }}
---
{{ include "service-base.storeNetworkPolicy" (dict
     "root" .
     "component" "mysql"
     "version" .Values.mysql.image.tag
     "port" 3306
     "connect" (dig "enabled" false (.Values.outbox | default dict))) }}
{{- else -}}
{{ include "service-base.mysql.secret" . }}
{{- end -}}
{{- end }}

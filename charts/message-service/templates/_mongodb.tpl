{{- /*
_mongodb.tpl - the MongoDB that belongs to this service

A replica set also where it has one member: transactions, which the outbox needs, and change streams, which
Debezium needs, exist only there. The first member makes the root account; accounts, collections and indexes
come from files/mongodb/, run by a Job after every install and upgrade.
*/ -}}

{{- define "message-service.mongodb.name" -}}
{{- include "service-base.componentName" (dict "root" . "component" "mongodb") }}
{{- end }}

{{- /* host:port of every member, joined by commas. */ -}}
{{- define "message-service.mongodb.hosts" -}}
{{- $mongodb := .Values.mongodb -}}
{{- if $mongodb.enabled -}}
  {{- $name := include "message-service.mongodb.name" . -}}
  {{- $hosts := list -}}
  {{- range $ordinal := until (int $mongodb.replicas) -}}
    {{- $pod := printf "%s-%d.%s" $name $ordinal $name -}}
    {{- $host := include "service-base.clusterHost" (dict "root" $ "service" $pod) -}}
    {{- $hosts = append $hosts (printf "%s:27017" $host) -}}
  {{- end -}}
  {{- join "," $hosts }}
{{- else -}}
  {{- tpl (required "mongodb.external.hosts is needed when mongodb.enabled is false" $mongodb.external.hosts) . }}
{{- end -}}
{{- end }}

{{- /* Connection string without the account (root, database). */ -}}
{{- define "message-service.mongodb.uri" -}}
{{- $mongodb := .root.Values.mongodb -}}
{{- $options := dict "replicaSet" $mongodb.replicaSet "authSource" "admin" -}}
{{- if not $mongodb.enabled -}}
  {{- $options = merge $options ($mongodb.external.options | default dict) -}}
{{- end -}}
{{- $query := list -}}
{{- range $key, $value := $options -}}
  {{- $query = append $query (printf "%s=%v" $key $value) -}}
{{- end -}}
{{- printf "mongodb://%s/%s?%s" (include "message-service.mongodb.hosts" .root) (.database | default "") (join "&" $query) }}
{{- end }}

{{- /* Secret with the keys password, root-password, debezium-password and replica-key. */ -}}
{{- define "message-service.mongodb.secretName" -}}
{{- with .Values.mongodb.auth.existingSecret -}}
  {{- tpl . $ }}
{{- else -}}
  {{- include "message-service.mongodb.name" . }}
{{- end -}}
{{- end }}

{{- /* Pod template of the Job that sets the database up. */ -}}
{{- define "message-service.mongodb.setupPod" -}}
{{- $mongodb := .Values.mongodb -}}
{{- $name := include "service-base.componentName" (dict "root" . "component" "mongodb-setup") -}}
{{- $secret := include "message-service.mongodb.secretName" . -}}
metadata:
  labels:
    {{- /* as "migration" the pod may reach MongoDB, and only that */}}
    {{- include "service-base.podLabels" (dict "root" . "component" "migration") | nindent 4 }}
spec:
  restartPolicy: Never
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with include "service-base.scheduling" (dict "root" . "job" true) | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  securityContext:
    {{- include "service-base.securityContext" (dict
          "base" .Values.podSecurityContext
          "own" (dict "runAsUser" 999 "runAsGroup" 999 "fsGroup" 999)) | nindent 4 }}
  containers:
    - name: setup
      {{- include "service-base.imageLines" (dict "root" . "image" $mongodb.image) | nindent 6 }}
      command: ["bash", "/setup/setup.sh"]
      env:
        - name: HOME
          value: /tmp
        - name: MONGODB_HOSTS
          value: {{ include "message-service.mongodb.hosts" . | quote }}
        - name: MONGODB_ADMIN_URI
          value: {{ include "message-service.mongodb.uri" (dict "root" .) | quote }}
        - name: MONGODB_REPLICA_SET
          value: {{ $mongodb.replicaSet }}
        - name: MONGODB_DATABASE
          value: {{ $mongodb.auth.database }}
        - name: MONGODB_USER
          value: {{ $mongodb.auth.username }}
        - name: OUTBOX
          value: {{ .Values.outbox.table }}
        - name: RETENTION_DAYS
          value: {{ int .Values.retention.days | quote }}
        {{- include "service-base.secretEnv" (dict "root" . "secretEnv" (dict
              "MONGO_ROOT_PASSWORD" (dict "name" $secret "key" "root-password")
              "MONGODB_PASSWORD" (dict "name" $secret "key" "password")
              "DEBEZIUM_PASSWORD" (dict "name" $secret "key" "debezium-password"))) | trim | nindent 8 }}
      {{- include "service-base.resources" (dict "preset" "small") | nindent 6 }}
      securityContext:
        {{- include "service-base.securityContext" (dict "base" .Values.securityContext) | nindent 8 }}
      volumeMounts:
        - name: setup
          mountPath: /setup
          readOnly: true
        - name: tmp
          mountPath: /tmp
  volumes:
    - name: setup
      configMap:
        name: {{ $name }}
    - name: tmp
      emptyDir:
        sizeLimit: 64Mi
{{- end }}

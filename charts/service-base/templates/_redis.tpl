{{- /*
_redis.tpl - the Redis that belongs to one service

As with MySQL: redis.enabled runs it, else redis.external says where it is, and the service asks the helpers.
*/ -}}

{{- define "service-base.redis.name" -}}
{{- include "service-base.componentName" (dict "root" . "component" "redis") }}
{{- end }}

{{- define "service-base.redis.host" -}}
{{- if .Values.redis.enabled -}}
  {{- include "service-base.clusterHost" (dict "root" . "service" (include "service-base.redis.name" .)) }}
{{- else -}}
  {{- tpl (required "redis.external.host is needed when redis.enabled is false" .Values.redis.external.host) . }}
{{- end -}}
{{- end }}

{{- define "service-base.redis.port" -}}
{{- ternary 6379 (int .Values.redis.external.port) .Values.redis.enabled }}
{{- end }}

{{- /* redis:// or, with TLS, rediss:// address of database N (root, database), without the password. */ -}}
{{- define "service-base.redis.url" -}}
{{- $values := .root.Values.redis -}}
{{- $tls := and (not $values.enabled) $values.external.tls -}}
{{- printf "%s://%s:%s/%d"
      (ternary "rediss" "redis" $tls)
      (include "service-base.redis.host" .root)
      (include "service-base.redis.port" .root)
      (.database | default 0 | int) }}
{{- end }}

{{- /* Secret with the key "password". */ -}}
{{- define "service-base.redis.secretName" -}}
{{- with .Values.redis.auth.existingSecret -}}
  {{- tpl . $ }}
{{- else -}}
  {{- include "service-base.redis.name" . }}
{{- end -}}
{{- end }}

{{- /* Lines of redis.conf. */ -}}
{{- define "service-base.redis.settings" -}}
{{- $redis := .Values.redis -}}
{{- $settings := dict
  "maxmemory" $redis.maxMemory
  "maxmemory-policy" $redis.evictionPolicy
  "appendonly" (ternary "yes" "no" $redis.persistence.enabled)
  "save" `""`
  "tcp-keepalive" 60
  "dir" "/data"
-}}
{{- range $name, $value := mergeOverwrite $settings ($redis.config | default dict) }}
{{ $name }} {{ include "service-base.text" (dict "root" $ "value" $value) }}
{{- end }}
{{- end }}

{{- define "service-base.redis.configmap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "service-base.metadata" (dict "root" . "component" "redis" "version" .Values.redis.image.tag) | nindent 2 }}
data:
  redis.conf: |
    {{- include "service-base.redis.settings" . | trim | nindent 4 }}
{{- end }}

{{- define "service-base.redis.service" -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "service-base.metadata" (dict "root" . "component" "redis" "version" .Values.redis.image.tag) | nindent 2 }}
spec:
  type: ClusterIP
  ports:
    - name: redis
      port: 6379
      targetPort: redis
      protocol: TCP
  selector:
    {{- include "service-base.selectorLabels" (dict "root" . "component" "redis") | nindent 4 }}
{{- end }}

{{- define "service-base.redis.statefulset" -}}
{{- $redis := .Values.redis -}}
{{- $part := dict "root" . "component" "redis" "version" $redis.image.tag -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  {{- include "service-base.metadata" $part | nindent 2 }}
spec:
  replicas: 1
  serviceName: {{ include "service-base.redis.name" . }}
  selector:
    matchLabels:
      {{- include "service-base.selectorLabels" $part | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "service-base.podLabels" $part | nindent 8 }}
      annotations:
        checksum/config: {{ include "service-base.redis.settings" . | sha256sum }}
    spec:
      automountServiceAccountToken: false
      enableServiceLinks: false
      terminationGracePeriodSeconds: 30
      {{- with include "service-base.scheduling" $part | trim }}
      {{- . | nindent 6 }}
      {{- end }}
      securityContext:
        {{- include "service-base.securityContext" (dict
              "base" .Values.podSecurityContext
              "own" (dict "runAsUser" 999 "runAsGroup" 1000 "fsGroup" 1000)) | nindent 8 }}
      containers:
        - name: redis
          {{- include "service-base.imageLines" (dict "root" . "image" $redis.image) | nindent 10 }}
          command: ["redis-server"]
          args:
            - /etc/redis/redis.conf
            {{- if $redis.auth.enabled }}
            - --requirepass
            - $(REDISCLI_AUTH)
            {{- end }}
          ports:
            - name: redis
              containerPort: 6379
              protocol: TCP
          {{- if $redis.auth.enabled }}
          env:
            {{- include "service-base.secretEnv" (dict "root" . "secretEnv" (dict
                  "REDISCLI_AUTH" (dict "name" (include "service-base.redis.secretName" .) "key" "password"))) | trim | nindent 12 }}
          {{- end }}
          livenessProbe:
            tcpSocket:
              port: redis
            periodSeconds: 15
          readinessProbe:
            exec:
              command: [sh, -c, 'test "$(redis-cli ping)" = PONG']
            periodSeconds: 5
            timeoutSeconds: 3
          {{- include "service-base.resources" (dict
                "preset" $redis.resourcesPreset
                "resources" $redis.resources) | nindent 10 }}
          securityContext:
            {{- include "service-base.securityContext" (dict "base" .Values.securityContext) | nindent 12 }}
          volumeMounts:
            - name: config
              mountPath: /etc/redis
              readOnly: true
            - name: data
              mountPath: /data
      volumes:
        - name: config
          configMap:
            name: {{ include "service-base.redis.name" . }}
        {{- if not $redis.persistence.enabled }}
        - name: data
          emptyDir: {}
        {{- end }}
  {{- if $redis.persistence.enabled }}
  volumeClaimTemplates:
    {{- include "service-base.dataClaim" (merge (dict "persistence" $redis.persistence) $part) | nindent 4 }}
  {{- end }}
{{- end }}

{{- /* All of it: Secret, ConfigMap, Service, StatefulSet, NetworkPolicy. */ -}}
{{- define "service-base.redis" -}}
{{- $auth := .Values.redis.auth -}}
{{- if and $auth.enabled (not $auth.existingSecret) -}}
{{ include "service-base.passwordSecret" (dict
     "root" .
     "component" "redis"
     "passwords" (dict "password" $auth.password)) }}
{{- end }}
{{- if .Values.redis.enabled }}
---
{{ include "service-base.redis.configmap" . }}
---
{{ include "service-base.redis.service" . }}
---
{{ include "service-base.redis.statefulset" . }}
---
{{ include "service-base.storeNetworkPolicy" (dict
     "root" .
     "component" "redis"
     "version" .Values.redis.image.tag
     "port" 6379
     "from" (list "app")) }}
{{- end }}
{{- end }}

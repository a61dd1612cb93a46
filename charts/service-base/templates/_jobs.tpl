{{- /*
_jobs.tpl - Jobs that run at an install or an upgrade, and the test pod
*/ -}}

{{- /* Annotations of a hook: events, weight. A finished Job stays until the next one, for its log. */ -}}
{{- define "service-base.hook" -}}
helm.sh/hook: {{ .events }}
helm.sh/hook-weight: {{ .weight | default 0 | int | quote }}
helm.sh/hook-delete-policy: before-hook-creation
{{- end }}

{{- /*
When the schema is migrated: before the new pods come. A first install with a database of its own is the
exception, because that database is only there afterwards.
*/ -}}
{{- define "service-base.migrationEvents" -}}
{{- if .Values.migration.events -}}
  {{- tpl .Values.migration.events . }}
{{- else -}}
  {{- dig "enabled" false (.Values.mysql | default dict) | ternary "post-install,pre-upgrade" "pre-install,pre-upgrade" }}
{{- end -}}
{{- end }}

{{- /*
The migration Job. It may run before anything else of the release exists, so it takes neither the ConfigMap nor
the ServiceAccount: its variables are written into the pod, its passwords come from Secrets by name.
*/ -}}
{{- define "service-base.migration" -}}
{{- $migration := .Values.migration -}}
{{- if $migration.enabled -}}
{{- $hook := include "service-base.hook" (dict "events" (include "service-base.migrationEvents" .)) | fromYaml -}}
{{- $image := $migration.image | default .Values.image -}}
apiVersion: batch/v1
kind: Job
metadata:
  {{- include "service-base.metadata" (dict "root" . "component" "migration" "annotations" $hook) | nindent 2 }}
spec:
  backoffLimit: {{ int $migration.backoffLimit }}
  activeDeadlineSeconds: {{ int $migration.activeDeadlineSeconds }}
  {{- with $migration.ttlSecondsAfterFinished }}
  ttlSecondsAfterFinished: {{ int . }}
  {{- end }}
  template:
    metadata:
      labels:
        {{- include "service-base.podLabels" (dict "root" . "component" "migration") | nindent 8 }}
    spec:
      restartPolicy: Never
      automountServiceAccountToken: false
      enableServiceLinks: false
      {{- with include "service-base.scheduling" (dict "root" . "job" true) | trim }}
      {{- . | nindent 6 }}
      {{- end }}
      securityContext:
        {{- include "service-base.securityContext" (dict "base" .Values.podSecurityContext) | nindent 8 }}
      containers:
        - name: migrate
          {{- include "service-base.imageLines" (dict "root" . "image" $image) | nindent 10 }}
          command:
            {{- tpl (toYaml $migration.command) . | nindent 12 }}
          {{- with $migration.args }}
          args:
            {{- tpl (toYaml .) $ | nindent 12 }}
          {{- end }}
          env:
            {{- range $name, $value := $migration.env }}
            - name: {{ $name }}
              value: {{ include "service-base.text" (dict "root" $ "value" $value) | quote }}
            {{- end }}
            {{- with include "service-base.secretEnv" (dict "root" . "secretEnv" $migration.secretEnv) | trim }}
            {{- . | nindent 12 }}
            {{- end }}
          {{- include "service-base.resources" (dict "preset" "small" "resources" $migration.resources) | nindent 10 }}
          securityContext:
            {{- include "service-base.securityContext" (dict "base" .Values.securityContext) | nindent 12 }}
          volumeMounts:
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: tmp
          emptyDir:
            sizeLimit: 64Mi
{{- end -}}
{{- end }}

{{- /* A pod for "helm test": the service answers its readiness probe through its Service. */ -}}
{{- define "service-base.test" -}}
{{- if .Values.test.enabled -}}
{{- $hook := include "service-base.hook" (dict "events" "test") | fromYaml -}}
{{- $http := get .Values.ports .Values.test.port -}}
{{- $host := include "service-base.clusterHost" (dict "root" . "service" (include "service-base.fullname" .)) -}}
apiVersion: v1
kind: Pod
metadata:
  {{- include "service-base.metadata" (dict "root" . "component" "test" "annotations" $hook) | nindent 2 }}
spec:
  restartPolicy: Never
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with include "service-base.scheduling" (dict "root" . "job" true) | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  securityContext:
    {{- include "service-base.securityContext" (dict "base" .Values.podSecurityContext) | nindent 4 }}
  containers:
    - name: curl
      {{- include "service-base.imageLines" (dict "root" . "image" .Values.curl.image) | nindent 6 }}
      command: ["curl"]
      args:
        - --fail
        - --silent
        - --show-error
        - --retry
        - "5"
        - --retry-connrefused
        - {{ printf "http://%s:%d%s" $host (int $http.port) .Values.test.path | quote }}
      {{- include "service-base.resources" (dict "preset" "tiny") | nindent 6 }}
      securityContext:
        {{- include "service-base.securityContext" (dict "base" .Values.securityContext) | nindent 8 }}
{{- end -}}
{{- end }}

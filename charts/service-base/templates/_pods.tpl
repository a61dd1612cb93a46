{{- /*
_pods.tpl - what all pods of the platform have in common: where they run, what they may do, what they get

Used by the service itself, by its database and its Redis, and by the Jobs.
*/ -}}

{{- /*
Security context of a pod or a container: the platform's ("base") with the component's own settings ("own")
laid over it. Third-party images bring their own user ids, the rest stays.
*/ -}}
{{- define "service-base.securityContext" -}}
{{- mergeOverwrite (deepCopy .base) (.own | default dict) | toYaml }}
{{- end }}

{{- /*
Resources: a preset by name ("preset"), with "resources" laid over it. Memory is limited, because it cannot be
taken back; CPU is not, because a throttled service is slow while the node idles.
*/ -}}
{{- define "service-base.resources" -}}
{{- $presets := dict
  "tiny" (dict "requests" (dict "cpu" "25m" "memory" "64Mi") "limits" (dict "memory" "128Mi"))
  "small" (dict "requests" (dict "cpu" "100m" "memory" "256Mi") "limits" (dict "memory" "256Mi"))
  "medium" (dict "requests" (dict "cpu" "250m" "memory" "512Mi") "limits" (dict "memory" "512Mi"))
  "large" (dict "requests" (dict "cpu" "1" "memory" "2Gi") "limits" (dict "memory" "2Gi"))
-}}
{{- $resources := deepCopy (.resources | default dict) -}}
{{- with .preset -}}
  {{- if not (hasKey $presets .) -}}
    {{- fail (printf "resourcesPreset %q is unknown: it is one of %s" . (keys $presets | sortAlpha | join ", ")) -}}
  {{- end -}}
  {{- $resources = merge $resources (get $presets .) -}}
{{- end -}}
{{- with $resources -}}
resources:
  {{- toYaml . | nindent 2 }}
{{- end -}}
{{- end }}

{{- /* Probes of a container: root and probes {startup, liveness, readiness}; null drops one. */ -}}
{{- define "service-base.probes" -}}
{{- $probes := .probes | default dict -}}
{{- range $name := list "startup" "liveness" "readiness" }}
{{- with get $probes $name }}
{{ $name }}Probe:
  {{- tpl (toYaml .) $.root | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Affinity as given, else the preset podAntiAffinity: none, soft or hard. */ -}}
{{- define "service-base.affinity" -}}
{{- $preset := .root.Values.podAntiAffinity | default "none" -}}
{{- if .root.Values.affinity -}}
{{ tpl (toYaml .root.Values.affinity) .root }}
{{- else if eq $preset "hard" -}}
podAntiAffinity:
  requiredDuringSchedulingIgnoredDuringExecution:
    - topologyKey: kubernetes.io/hostname
      labelSelector:
        matchLabels:
          {{- include "service-base.selectorLabels" . | nindent 10 }}
{{- else if eq $preset "soft" -}}
podAntiAffinity:
  preferredDuringSchedulingIgnoredDuringExecution:
    - weight: 100
      podAffinityTerm:
        topologyKey: kubernetes.io/hostname
        labelSelector:
          matchLabels:
            {{- include "service-base.selectorLabels" . | nindent 12 }}
{{- end -}}
{{- end }}

{{- /*
One constraint for each entry of topologySpread {topology key: whenUnsatisfiable}. For a Deployment
("rollout": true) pods are counted by revision, so that a rollout does not unbalance the new one.
*/ -}}
{{- define "service-base.topologySpread" -}}
{{- $byRevision := and .rollout (semverCompare ">=1.27-0" .root.Capabilities.KubeVersion.Version) -}}
{{- range $key, $action := .root.Values.topologySpread }}
{{- with $action }}
- topologyKey: {{ $key }}
  whenUnsatisfiable: {{ . }}
  maxSkew: 1
  labelSelector:
    matchLabels:
      {{- include "service-base.selectorLabels" $ | nindent 6 }}
  {{- if $byRevision }}
  matchLabelKeys:
    - pod-template-hash
  {{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /*
Everything in a pod's spec that says where it runs: root, component, rollout. A Job ("job": true) is alone, so
nothing is spread. May be empty.
*/ -}}
{{- define "service-base.scheduling" -}}
{{- $values := .root.Values -}}
{{- with $values.imagePullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ tpl . $.root }}
  {{- end }}
{{- end }}
{{- with $values.priorityClassName }}
priorityClassName: {{ tpl . $.root }}
{{- end }}
{{- with $values.nodeSelector }}
nodeSelector:
  {{- tpl (toYaml .) $.root | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations:
  {{- tpl (toYaml .) $.root | nindent 2 }}
{{- end }}
{{- if not .job }}
{{- with include "service-base.affinity" . }}
affinity:
  {{- . | nindent 2 }}
{{- end }}
{{- with include "service-base.topologySpread" . | trim }}
topologySpreadConstraints:
  {{- . | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Environment variables that come from keys of Secrets: root and secretEnv {NAME: {name, key, optional}}. */ -}}
{{- define "service-base.secretEnv" -}}
{{- range $name, $ref := .secretEnv }}
{{- if $ref }}
- name: {{ $name }}
  valueFrom:
    secretKeyRef:
      name: {{ tpl (required (printf "secretEnv.%s.name is needed" $name) $ref.name) $.root }}
      key: {{ $ref.key | default ($name | lower | replace "_" "-") }}
      {{- if $ref.optional }}
      optional: true
      {{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Environment of the service's container. */ -}}
{{- define "service-base.env" -}}
- name: POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
- name: POD_NAMESPACE
  valueFrom:
    fieldRef:
      fieldPath: metadata.namespace
{{- include "service-base.secretEnv" (dict "root" . "secretEnv" .Values.secretEnv) }}
{{- with .Values.extraEnv }}
{{ tpl (toYaml .) $ }}
{{- end }}
{{- end }}

{{- /* ConfigMap and Secret whose keys become environment variables. May be empty. */ -}}
{{- define "service-base.envFrom" -}}
{{- if include "service-base.config" . }}
- configMapRef:
    name: {{ include "service-base.fullname" . }}
{{- end }}
{{- if .Values.existingSecret }}
- secretRef:
    name: {{ tpl .Values.existingSecret . }}
{{- else if .Values.secrets }}
- secretRef:
    name: {{ include "service-base.fullname" . }}
{{- end }}
{{- with .Values.extraEnvFrom }}
{{ tpl (toYaml .) $ }}
{{- end }}
{{- end }}

{{- /*
Grace before SIGTERM: a pod being deleted still gets traffic until every proxy has heard of it. Kubernetes 1.30
sleeps by itself, which needs no shell in the image.
*/ -}}
{{- define "service-base.lifecycle" -}}
{{- if .Values.lifecycle -}}
lifecycle:
  {{- tpl (toYaml .Values.lifecycle) . | nindent 2 }}
{{- else if gt (int .Values.drainSeconds) 0 -}}
lifecycle:
  preStop:
    {{- if semverCompare ">=1.30-0" .Capabilities.KubeVersion.Version }}
    sleep:
      seconds: {{ int .Values.drainSeconds }}
    {{- else }}
    exec:
      command: ["sleep", "{{ int .Values.drainSeconds }}"]
    {{- end }}
{{- end -}}
{{- end }}

{{- /*
What a template of the chart writes, by its name (root, name): the way to add to the pod what a list of values
cannot say, because it depends on other values. May be empty.
*/ -}}
{{- define "service-base.fromTemplate" -}}
{{- with .name -}}
{{- include . $.root | trim }}
{{- end -}}
{{- end }}

{{- /* Pod template of the service, the same for a Deployment and a StatefulSet. */ -}}
{{- define "service-base.podTemplate" -}}
{{- $files := include "service-base.configFiles" . -}}
{{- $operator := .Capabilities.APIVersions.Has "monitoring.coreos.com/v1" -}}
metadata:
  labels:
    {{- include "service-base.podLabels" (dict "root" . "labels" .Values.podLabels) | nindent 4 }}
  annotations:
    {{- /* only what the pod reads: a new version of the chart alone restarts nothing */}}
    checksum/config: {{ print (include "service-base.config" .) $files | sha256sum }}
    {{- if and .Values.secrets (not .Values.existingSecret) }}
    checksum/secret: {{ toJson .Values.secrets | sha256sum }}
    {{- end }}
    {{- if and .Values.metrics.enabled (not $operator) }}
    prometheus.io/scrape: "true"
    prometheus.io/port: {{ get .Values.ports .Values.metrics.port | dig "containerPort" 9090 | int | quote }}
    prometheus.io/path: {{ .Values.metrics.path }}
    {{- end }}
    {{- with .Values.podAnnotations }}
    {{- tpl (toYaml .) $ | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "service-base.serviceAccountName" . }}
  automountServiceAccountToken: {{ .Values.serviceAccount.automount }}
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ int .Values.terminationGracePeriodSeconds }}
  {{- $rollout := eq .Values.workload.kind "Deployment" }}
  {{- with include "service-base.scheduling" (dict "root" . "rollout" $rollout) | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  securityContext:
    {{- include "service-base.securityContext" (dict "base" .Values.podSecurityContext) | nindent 4 }}
  {{- with .Values.initContainers }}
  initContainers:
    {{- tpl (toYaml .) $ | nindent 4 }}
  {{- end }}
  containers:
    - name: {{ include "service-base.name" . }}
      {{- include "service-base.imageLines" (dict "root" . "image" .Values.image) | nindent 6 }}
      {{- with .Values.command }}
      command:
        {{- tpl (toYaml .) $ | nindent 8 }}
      {{- end }}
      {{- with .Values.args }}
      args:
        {{- tpl (toYaml .) $ | nindent 8 }}
      {{- end }}
      ports:
        {{- range $name, $port := .Values.ports }}
        - name: {{ $name }}
          containerPort: {{ int $port.containerPort }}
          protocol: {{ $port.protocol | default "TCP" }}
        {{- end }}
      env:
        {{- include "service-base.env" . | nindent 8 }}
      {{- with include "service-base.envFrom" . | trim }}
      envFrom:
        {{- . | nindent 8 }}
      {{- end }}
      {{- include "service-base.probes" (dict "root" . "probes" .Values.probes) | trim | nindent 6 }}
      {{- with include "service-base.lifecycle" . }}
      {{- . | nindent 6 }}
      {{- end }}
      {{- with include "service-base.resources" (dict "preset" .Values.resourcesPreset "resources" .Values.resources) }}
      {{- . | nindent 6 }}
      {{- end }}
      securityContext:
        {{- include "service-base.securityContext" (dict "base" .Values.securityContext) | nindent 8 }}
      volumeMounts:
        - name: tmp
          mountPath: /tmp
        {{- if $files }}
        - name: config
          mountPath: {{ .Values.configMountPath }}
          readOnly: true
        {{- end }}
        {{- with .Values.extraVolumeMounts }}
        {{- tpl (toYaml .) $ | nindent 8 }}
        {{- end }}
        {{- with include "service-base.fromTemplate" (dict "root" . "name" .Values.extraTemplates.volumeMounts) }}
        {{- . | nindent 8 }}
        {{- end }}
    {{- with .Values.sidecars }}
    {{- tpl (toYaml .) $ | nindent 4 }}
    {{- end }}
  volumes:
    - name: tmp
      emptyDir:
        sizeLimit: {{ .Values.tmpSizeLimit }}
    {{- if $files }}
    - name: config
      configMap:
        name: {{ include "service-base.componentName" (dict "root" . "component" "files") }}
    {{- end }}
    {{- with .Values.extraVolumes }}
    {{- tpl (toYaml .) $ | nindent 4 }}
    {{- end }}
    {{- with include "service-base.fromTemplate" (dict "root" . "name" .Values.extraTemplates.volumes) }}
    {{- . | nindent 4 }}
    {{- end }}
{{- end }}

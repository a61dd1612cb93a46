{{- /*
_config.tpl - ConfigMaps and the Secret made from values

config         environment variables, in a ConfigMap named after the service
features       feature flags: readReceipts: true becomes FEATURE_READ_RECEIPTS="true"
configFiles    whole files, in a second ConfigMap mounted at configMountPath
secrets        environment variables, in a Secret; for clusters where a plain value is no secret
*/ -}}

{{- /* Variables of the ConfigMap as YAML lines. May be empty. */ -}}
{{- define "service-base.config" -}}
{{- $lines := list -}}
{{- range $name, $value := .Values.config -}}
  {{- if not (kindIs "invalid" $value) -}}
    {{- $text := include "service-base.text" (dict "root" $ "value" $value) -}}
    {{- $lines = append $lines (printf "%s: %s" $name ($text | quote)) -}}
  {{- end -}}
{{- end -}}
{{- range $flag, $on := .Values.features -}}
  {{- $lines = append $lines (printf "FEATURE_%s: %s" ($flag | snakecase | upper) ($on | toString | quote)) -}}
{{- end -}}
{{- with .Values.logLevel -}}
  {{- $lines = append $lines (printf "LOG_LEVEL: %s" (quote .)) -}}
{{- end -}}
{{- $lines | sortAlpha | join "\n" }}
{{- end }}

{{- /* Files of the second ConfigMap. May be empty. */ -}}
{{- define "service-base.configFiles" -}}
{{- range $name, $content := .Values.configFiles }}
{{- with $content }}
{{ $name }}: |-
  {{- tpl . $ | trim | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}

{{- define "service-base.configmap" -}}
{{- with include "service-base.config" . -}}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "service-base.metadata" (dict "root" $) | nindent 2 }}
data:
  {{- . | nindent 2 }}
{{- end }}
{{- with include "service-base.configFiles" . | trim }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "service-base.metadata" (dict
        "root" $
        "name" (include "service-base.componentName" (dict "root" $ "component" "files"))) | nindent 2 }}
data:
  {{- . | nindent 2 }}
{{- end }}
{{- end }}

{{- /* The Secret; none where existingSecret names one that is made elsewhere. */ -}}
{{- define "service-base.secret" -}}
{{- if and .Values.secrets (not .Values.existingSecret) -}}
apiVersion: v1
kind: Secret
metadata:
  {{- include "service-base.metadata" (dict "root" .) | nindent 2 }}
type: Opaque
data:
  {{- range $name, $value := .Values.secrets }}
  {{ $name }}: {{ include "service-base.text" (dict "root" $ "value" $value) | b64enc }}
  {{- end }}
{{- end -}}
{{- end }}

{{- /*
A Secret of passwords (root, component, passwords {key: value}). Keys without a value are left out, and with no
value at all there is no Secret: somebody else makes it, by the name that the chart refers to.
*/ -}}
{{- define "service-base.passwordSecret" -}}
{{- $given := dict -}}
{{- range $key, $value := .passwords -}}
  {{- if $value -}}
    {{- $_ := set $given $key $value -}}
  {{- end -}}
{{- end -}}
{{- with $given -}}
apiVersion: v1
kind: Secret
metadata:
  {{- include "service-base.metadata" (omit $ "passwords") | nindent 2 }}
type: Opaque
data:
  {{- range $key, $value := . }}
  {{ $key }}: {{ $value | toString | b64enc | quote }}
  {{- end }}
{{- end -}}
{{- end }}

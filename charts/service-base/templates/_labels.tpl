{{- /*
_labels.tpl - labels, annotations and the metadata made of them
*/ -}}

{{- /* Labels that select the pods of one component. They never change: selectors are immutable. */ -}}
{{- define "service-base.selectorLabels" -}}
app.kubernetes.io/name: {{ include "service-base.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component | default "app" }}
{{- end }}

{{- /* Labels that the user adds to everything: global.labels, then commonLabels, which win. */ -}}
{{- define "service-base.userLabels" -}}
{{- $global := (.root.Values.global).labels | default dict -}}
{{- with merge (dict) (.root.Values.commonLabels | default dict) $global -}}
{{- tpl (toYaml .) $.root }}
{{- end -}}
{{- end }}

{{- /* Labels of an object. "version" is given for third-party images, whose version is not the chart's. */ -}}
{{- define "service-base.labels" -}}
helm.sh/chart: {{ include "service-base.chart" .root }}
{{ include "service-base.selectorLabels" . }}
{{- with .version | default .root.Chart.AppVersion }}
app.kubernetes.io/version: {{ . | trunc 63 | quote }}
{{- end }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
app.kubernetes.io/part-of: {{ (.root.Values.global).partOf | default "chat" }}
{{- with include "service-base.userLabels" . }}
{{ . }}
{{- end }}
{{- end }}

{{- /* Labels of a pod: those of the object without the chart's version, which would restart every pod. */ -}}
{{- define "service-base.podLabels" -}}
{{ include "service-base.selectorLabels" . }}
{{- with .version | default .root.Chart.AppVersion }}
app.kubernetes.io/version: {{ . | trunc 63 | quote }}
{{- end }}
app.kubernetes.io/part-of: {{ (.root.Values.global).partOf | default "chat" }}
{{- with include "service-base.userLabels" . }}
{{ . }}
{{- end }}
{{- with .labels }}
{{ tpl (toYaml .) $.root }}
{{- end }}
{{- end }}

{{- /*
Metadata of an object: root, component, and where they differ from the usual
  name         instead of the component's name
  namespace    instead of the release's
  labels       further labels
  annotations  further annotations; they beat commonAnnotations
*/ -}}
{{- define "service-base.metadata" -}}
name: {{ .name | default (include "service-base.componentName" .) }}
namespace: {{ .namespace | default .root.Release.Namespace }}
labels:
  {{- include "service-base.labels" . | nindent 2 }}
  {{- with .labels }}
  {{- tpl (toYaml .) $.root | nindent 2 }}
  {{- end }}
{{- with merge (dict) (.annotations | default dict) (.root.Values.commonAnnotations | default dict) }}
annotations:
  {{- tpl (toYaml .) $.root | nindent 2 }}
{{- end }}
{{- end }}

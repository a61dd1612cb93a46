{{- /*
_notes.tpl - what every service says after an install
*/ -}}

{{- define "service-base.notes" -}}
{{- $fullname := include "service-base.fullname" . -}}
{{ .Chart.Name }} {{ .Chart.AppVersion }} runs as {{ $fullname }} in the namespace {{ .Release.Namespace }} ({{ .Values.global.environment }}).

{{ if .Values.ingress.enabled -}}
It is reached at
{{- range .Values.ingress.hosts }}
  http{{ if $.Values.ingress.tls }}s{{ end }}://{{ tpl .host $ }}
{{- end }}
{{- else -}}
{{- $http := get .Values.ports .Values.test.port -}}
It is reached inside the cluster only. From here:

  kubectl -n {{ .Release.Namespace }} port-forward service/{{ $fullname }} 8080:{{ int $http.port }}
{{- end }}
{{- if .Values.test.enabled }}

See that it answers:

  helm test {{ .Release.Name }} -n {{ .Release.Namespace }}
{{- end }}
{{- end }}

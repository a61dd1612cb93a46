{{- /*
_monitoring.tpl - ServiceMonitor and PrometheusRule, where the Prometheus operator is installed

Without the operator the pods carry prometheus.io annotations instead (see service-base.podTemplate), and the
rules come from the monitoring chart.
*/ -}}

{{- define "service-base.servicemonitor" -}}
{{- $metrics := .Values.metrics -}}
{{- if and $metrics.enabled $metrics.serviceMonitor.enabled (.Capabilities.APIVersions.Has "monitoring.coreos.com/v1") -}}
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  {{- include "service-base.metadata" (dict "root" . "labels" $metrics.serviceMonitor.labels) | nindent 2 }}
spec:
  selector:
    matchLabels:
      {{- include "service-base.selectorLabels" (dict "root" .) | nindent 6 }}
  namespaceSelector:
    matchNames:
      - {{ .Release.Namespace }}
  endpoints:
    - port: {{ $metrics.port }}
      path: {{ $metrics.path }}
      interval: {{ $metrics.serviceMonitor.interval }}
      scrapeTimeout: {{ $metrics.serviceMonitor.scrapeTimeout }}
      {{- with $metrics.serviceMonitor.metricRelabelings }}
      metricRelabelings:
        {{- toYaml . | nindent 8 }}
      {{- end }}
{{- end -}}
{{- end }}

{{- /* Labels by which an alert finds its people (root, severity). */ -}}
{{- define "service-base.alertLabels" -}}
severity: {{ .severity }}
{{- with ((.root.Values.global).labels).team }}
team: {{ . }}
{{- end }}
{{- end }}

{{- /* Alerts every service has; thresholds and windows come from metrics.alerts. */ -}}
{{- define "service-base.alerts" -}}
{{- $alerts := .Values.metrics.alerts | default dict -}}
{{- $name := include "service-base.fullname" . -}}
{{- $match := printf `namespace=%q, service=%q` .Release.Namespace $name -}}
{{- with $alerts.unavailable }}
- alert: ServiceUnavailable
  expr: sum(up{ {{- $match -}} }) < 1 or absent(up{ {{- $match -}} })
  for: {{ .for }}
  labels:
    {{- include "service-base.alertLabels" (dict "root" $ "severity" .severity) | nindent 4 }}
  annotations:
    summary: {{ $name }} has no pod that answers
    description: No pod of {{ $name }} has answered Prometheus for {{ .for }}.
{{- end }}
{{- with $alerts.errorRate }}
- alert: ServiceErrorRate
  expr: |-
    sum(rate(http_server_requests_seconds_count{ {{- $match -}} , status=~"5.."}[{{ .window }}]))
      / sum(rate(http_server_requests_seconds_count{ {{- $match -}} }[{{ .window }}])) > {{ .above }}
  for: {{ .for }}
  labels:
    {{- include "service-base.alertLabels" (dict "root" $ "severity" .severity) | nindent 4 }}
  annotations:
    summary: {{ $name }} fails too many requests
    description: {{ printf "%s: {{ $value | humanizePercentage }} of the requests fail." $name | quote }}
{{- end }}
{{- with $alerts.latency }}
- alert: ServiceLatency
  expr: |-
    histogram_quantile({{ .quantile }},
      sum by (le) (rate(http_server_requests_seconds_bucket{ {{- $match -}} }[{{ .window }}]))) > {{ .aboveSeconds }}
  for: {{ .for }}
  labels:
    {{- include "service-base.alertLabels" (dict "root" $ "severity" .severity) | nindent 4 }}
  annotations:
    summary: {{ $name }} answers slowly
    description: {{ printf "%s: quantile %v is {{ $value | humanizeDuration }}." $name .quantile | quote }}
{{- end }}
{{- with $alerts.restarts }}
- alert: PodRestarts
  expr: |-
    sum by (pod) (increase(kube_pod_container_status_restarts_total{namespace={{ $.Release.Namespace | quote }},
      pod=~"{{ $name }}-.*"}[{{ .window }}])) > {{ int .above }}
  labels:
    {{- include "service-base.alertLabels" (dict "root" $ "severity" .severity) | nindent 4 }}
  annotations:
    summary: {{ print "pod {{ $labels.pod }} keeps restarting" | quote }}
{{- end }}
{{- end }}

{{- define "service-base.prometheusrule" -}}
{{- $metrics := .Values.metrics -}}
{{- $wanted := and $metrics.enabled $metrics.prometheusRule.enabled (or $metrics.alerts $metrics.extraAlerts) -}}
{{- if and $wanted (.Capabilities.APIVersions.Has "monitoring.coreos.com/v1") -}}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  {{- include "service-base.metadata" (dict "root" . "labels" $metrics.prometheusRule.labels) | nindent 2 }}
spec:
  groups:
    - name: {{ include "service-base.fullname" . }}
      rules:
        {{- with include "service-base.alerts" . | trim }}
        {{- . | nindent 8 }}
        {{- end }}
        {{- with $metrics.extraAlerts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
{{- end -}}
{{- end }}

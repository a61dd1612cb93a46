{{- /*
_prometheus.tpl - what Prometheus reads: where to scrape, which rules
*/ -}}

{{- define "monitoring.operator" -}}
{{- if .Capabilities.APIVersions.Has "monitoring.coreos.com/v1" -}}true{{- end -}}
{{- end }}

{{- /* "true" where this chart runs Prometheus itself. */ -}}
{{- define "monitoring.ownPrometheus" -}}
{{- if and .Values.prometheus.enabled (not (include "monitoring.operator" .)) -}}true{{- end -}}
{{- end }}

{{- define "monitoring.prometheusUrl" -}}
{{- if .Values.grafana.prometheusUrl -}}
  {{- tpl .Values.grafana.prometheusUrl . }}
{{- else -}}
  {{- $own := include "service-base.componentName" (dict "root" . "component" "prometheus") -}}
  {{- $service := include "monitoring.ownPrometheus" . | empty | ternary "prometheus-operated" $own -}}
  {{- printf "http://%s:9090" (include "service-base.clusterHost" (dict "root" . "service" $service)) }}
{{- end -}}
{{- end }}

{{- define "monitoring.prometheus.config" -}}
{{- $prometheus := .Values.prometheus -}}
global:
  scrape_interval: {{ $prometheus.scrapeInterval }}
  evaluation_interval: {{ $prometheus.scrapeInterval }}
  {{- with $prometheus.externalLabels }}
  external_labels:
    {{- tpl (toYaml .) $ | nindent 4 }}
  {{- end }}
rule_files:
  - /etc/prometheus/rules/*.yaml
{{- with $prometheus.alertmanagers }}
alerting:
  alertmanagers:
    - static_configs:
        - targets:
            {{- toYaml . | nindent 12 }}
{{- end }}
scrape_configs:
  - job_name: prometheus
    static_configs:
      - targets: ["localhost:9090"]
  # every pod that carries prometheus.io/scrape, as the service-base chart annotates them
  - job_name: pods
    kubernetes_sd_configs:
      - role: pod
        namespaces:
          names:
            {{- toYaml $prometheus.namespaces | nindent 12 }}
    relabel_configs:
      - source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_scrape]
        regex: "true"
        action: keep
      - source_labels: [__meta_kubernetes_pod_phase]
        regex: Pending|Succeeded|Failed
        action: drop
      # a pod has a target for each of its ports; with this address they are one and the same
      - source_labels: [__meta_kubernetes_pod_ip, __meta_kubernetes_pod_annotation_prometheus_io_port]
        separator: ":"
        target_label: __address__
      - source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_path]
        regex: (.+)
        target_label: __metrics_path__
      - source_labels: [__meta_kubernetes_namespace]
        target_label: namespace
      - source_labels: [__meta_kubernetes_pod_label_app_kubernetes_io_instance]
        target_label: service
      - source_labels: [__meta_kubernetes_pod_name]
        target_label: pod
  {{- with $prometheus.extraScrapeConfigs }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with $prometheus.remoteWrite }}
remote_write:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- /*
Rules of the services, as the services themselves write them where the operator is installed: the template is
the same, called in a context that looks like the service's own.
*/ -}}
{{- define "monitoring.serviceRules" -}}
groups:
{{- range $name, $service := .Values.services }}
{{- if $service }}
  {{- /* an alert that is off for everyone stays off, whatever a service would change of it */ -}}
  {{- $alerts := deepCopy $.Values.alertDefaults }}
  {{- range $alert, $own := $service.alerts }}
    {{- if and $own (hasKey $alerts $alert) }}
      {{- $_ := set $alerts $alert (mergeOverwrite (get $alerts $alert) $own) }}
    {{- else }}
      {{- $_ := unset $alerts $alert }}
    {{- end }}
  {{- end }}
  {{- $context := dict
        "Chart" $.Chart
        "Release" (dict "Name" $name "Namespace" $.Values.servicesNamespace)
        "Values" (dict
          "fullnameOverride" $name
          "metrics" (dict "alerts" $alerts)
          "global" (dict "labels" (dict "team" $service.team))) }}
  - name: {{ $name }}
    rules:
      {{- include "service-base.alerts" $context | trim | nindent 6 }}
{{- end }}
{{- else }}
  []
{{- end }}
{{- end }}

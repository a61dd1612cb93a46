{{- /*
_names.tpl - how objects are called

A helper that speaks of one part of a release takes a dict:
  root       the context of the chart, what a template sees as its first dot
  component  "app" (the default) for the service itself, else mysql, redis, migration, ...
Helpers that speak of the whole release take the context itself.
*/ -}}

{{- /* Name of the chart, or nameOverride. A label value: 63 characters at most. */ -}}
{{- define "service-base.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- /* Name and version of the chart as a label value; "+" of a build is not allowed in one. */ -}}
{{- define "service-base.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- /* Name of the release's objects: the release alone where it already names the chart. */ -}}
{{- define "service-base.fullname" -}}
{{- if .Values.fullnameOverride -}}
  {{- tpl .Values.fullnameOverride . | trunc 63 | trimSuffix "-" }}
{{- else -}}
  {{- $name := include "service-base.name" . -}}
  {{- $both := printf "%s-%s" .Release.Name $name -}}
  {{- contains $name .Release.Name | ternary .Release.Name $both | trunc 63 | trimSuffix "-" }}
{{- end -}}
{{- end }}

{{- /* Name of a part: fullname-component. The fullname is cut, never the component. */ -}}
{{- define "service-base.componentName" -}}
{{- $fullname := include "service-base.fullname" .root -}}
{{- $component := .component | default "app" -}}
{{- if eq $component "app" -}}
  {{- $fullname }}
{{- else -}}
  {{- $room := sub 62 (len $component) | int -}}
  {{- printf "%s-%s" ($fullname | trunc $room | trimSuffix "-") $component }}
{{- end -}}
{{- end }}

{{- /* Name in the cluster's DNS: root, service, and namespace (default: the release's). */ -}}
{{- define "service-base.clusterHost" -}}
{{- $namespace := .namespace | default .root.Release.Namespace -}}
{{- printf "%s.%s.svc.%s" .service $namespace (.root.Values.clusterDomain | default "cluster.local") }}
{{- end }}

{{- /* ServiceAccount of the service's pods. */ -}}
{{- define "service-base.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
  {{- default (include "service-base.fullname" .) .Values.serviceAccount.name }}
{{- else -}}
  {{- default "default" .Values.serviceAccount.name }}
{{- end -}}
{{- end }}

{{- /*
A value as text (root, value): strings may hold templates, anything else is written as JSON, which unlike
printf keeps 1048576 from becoming 1.048576e+06.
*/ -}}
{{- define "service-base.text" -}}
{{- kindIs "string" .value | ternary (tpl (toString .value) .root) (toJson .value) }}
{{- end }}

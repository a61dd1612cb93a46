{{- /*
_service.tpl - how the service is reached: Service, headless Service of a StatefulSet, Ingress
*/ -}}

{{- /* Ports of a Service made from .Values.ports; one without "port" is not published. */ -}}
{{- define "service-base.servicePorts" -}}
{{- range $name, $port := .Values.ports }}
{{- if $port.port }}
- name: {{ $name }}
  port: {{ int $port.port }}
  targetPort: {{ $name }}
  protocol: {{ $port.protocol | default "TCP" }}
  {{- with $port.appProtocol }}
  appProtocol: {{ . }}
  {{- end }}
  {{- if and (hasKey $port "nodePort") (eq $.Values.service.type "NodePort") }}
  nodePort: {{ int $port.nodePort }}
  {{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "service-base.service" -}}
{{- $service := .Values.service -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "service-base.metadata" (dict "root" . "annotations" $service.annotations) | nindent 2 }}
spec:
  type: {{ $service.type }}
  {{- with $service.sessionAffinity }}
  sessionAffinity: {{ . }}
  {{- if eq . "ClientIP" }}
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: {{ int $service.sessionAffinitySeconds }}
  {{- end }}
  {{- end }}
  {{- if and $service.externalTrafficPolicy (has $service.type (list "NodePort" "LoadBalancer")) }}
  externalTrafficPolicy: {{ $service.externalTrafficPolicy }}
  {{- end }}
  {{- if and $service.trafficDistribution (semverCompare ">=1.31-0" .Capabilities.KubeVersion.Version) }}
  trafficDistribution: {{ $service.trafficDistribution }}
  {{- end }}
  ports:
    {{- include "service-base.servicePorts" . | trim | nindent 4 }}
  selector:
    {{- include "service-base.selectorLabels" (dict "root" .) | nindent 4 }}
{{- if eq .Values.workload.kind "StatefulSet" }}
---
apiVersion: v1
kind: Service
metadata:
  {{- /* a component of its own, lest the ServiceMonitor read every pod twice */}}
  {{- include "service-base.metadata" (dict "root" . "component" "headless") | nindent 2 }}
spec:
  type: ClusterIP
  clusterIP: None
  publishNotReadyAddresses: true
  ports:
    {{- include "service-base.servicePorts" . | trim | nindent 4 }}
  selector:
    {{- include "service-base.selectorLabels" (dict "root" .) | nindent 4 }}
{{- end }}
{{- end }}

{{- /* Ingress. Hosts and TLS may hold templates: "api.{{ .Values.global.domain }}". */ -}}
{{- define "service-base.ingress" -}}
{{- $ingress := .Values.ingress -}}
{{- if $ingress.enabled -}}
{{- $fullname := include "service-base.fullname" . -}}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  {{- include "service-base.metadata" (dict "root" . "annotations" $ingress.annotations) | nindent 2 }}
spec:
  {{- with $ingress.className }}
  ingressClassName: {{ . }}
  {{- end }}
  {{- with $ingress.tls }}
  tls:
    {{- range . }}
    - secretName: {{ tpl .secretName $ }}
      hosts:
        {{- range .hosts }}
        - {{ tpl . $ | quote }}
        {{- end }}
    {{- end }}
  {{- end }}
  rules:
    {{- range required "ingress.hosts is needed when ingress.enabled is true" $ingress.hosts }}
    - host: {{ tpl .host $ | quote }}
      http:
        paths:
          {{- range .paths | default (list (dict "path" "/")) }}
          - path: {{ .path }}
            pathType: {{ .pathType | default "Prefix" }}
            backend:
              service:
                name: {{ $fullname }}
                port:
                  name: {{ .port | default "http" }}
          {{- end }}
    {{- end }}
{{- end -}}
{{- end }}

{{- /*
_network_policy.tpl - who may talk to whom

A pod that no policy selects may talk to anybody; one that a policy selects may only do what some policy says.
So each component has a policy of its own that says all that it needs.
*/ -}}

{{- /* Egress rule: names are looked up in the cluster's DNS. */ -}}
{{- define "service-base.networkPolicy.dns" -}}
- to:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: {{ .Values.networkPolicy.dnsNamespace }}
      podSelector:
        matchLabels:
          k8s-app: kube-dns
  ports:
    - port: 53
      protocol: UDP
    - port: 53
      protocol: TCP
{{- end }}

{{- /* Peers: pods of this release, by component (root, components). */ -}}
{{- define "service-base.networkPolicy.components" -}}
- podSelector:
    matchLabels:
      app.kubernetes.io/name: {{ include "service-base.name" .root }}
      app.kubernetes.io/instance: {{ .root.Release.Name }}
    matchExpressions:
      - key: app.kubernetes.io/component
        operator: In
        values:
          {{- range .components }}
          - {{ . }}
          {{- end }}
{{- end }}

{{- /* Ingress rule: Prometheus reads a port (root, port). */ -}}
{{- define "service-base.networkPolicy.scrape" -}}
- from:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: {{ .root.Values.networkPolicy.monitoringNamespace }}
  ports:
    - port: {{ .port }}
      protocol: TCP
{{- end }}

{{- /* The policy of the service itself, its migration and its test. */ -}}
{{- define "service-base.networkpolicy" -}}
{{- if .Values.networkPolicy.enabled -}}
{{- $connections := .Values.connections -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "service-base.metadata" (dict "root" .) | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: {{ include "service-base.name" . }}
      app.kubernetes.io/instance: {{ .Release.Name }}
    matchExpressions:
      - key: app.kubernetes.io/component
        operator: In
        values: [app, migration, test]
  policyTypes:
    - Ingress
    - Egress
  ingress:
    - from:
        {{- include "service-base.networkPolicy.components" (dict "root" . "components" (list "test")) | nindent 8 }}
        {{- range $connections.from }}
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: {{ . }}
              app.kubernetes.io/component: app
        {{- end }}
        {{- if .Values.ingress.enabled }}
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: {{ .Values.networkPolicy.ingressNamespace }}
        {{- end }}
      ports:
        {{- range $name, $port := omit .Values.ports .Values.metrics.port }}
        - port: {{ $name }}
          protocol: {{ $port.protocol | default "TCP" }}
        {{- end }}
    {{- if .Values.metrics.enabled }}
    {{- include "service-base.networkPolicy.scrape" (dict "root" . "port" .Values.metrics.port) | nindent 4 }}
    {{- end }}
    {{- with $connections.extraIngress }}
    {{- tpl (toYaml .) $ | nindent 4 }}
    {{- end }}
  egress:
    {{- include "service-base.networkPolicy.dns" . | nindent 4 }}
    {{- if $connections.kafka }}
    - to:
        - {{ include "service-base.kafka.peer" (dict "root" . "component" "broker") | indent 10 | trim }}
      ports:
        - port: 9092
          protocol: TCP
    {{- end }}
    {{- range $component, $ports := $connections.components }}
    {{- with $ports }}
    - to:
        {{- include "service-base.networkPolicy.components" (dict "root" $ "components" (list $component)) | nindent 8 }}
      ports:
        {{- range . }}
        - port: {{ int . }}
          protocol: TCP
        {{- end }}
    {{- end }}
    {{- end }}
    {{- range $connections.to }}
    - to:
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: {{ . }}
              app.kubernetes.io/component: app
      ports:
        - port: http
          protocol: TCP
    {{- end }}
    {{- range $connections.external }}
    - to:
        - ipBlock:
            cidr: {{ .cidr }}
            {{- with .except }}
            except:
              {{- toYaml . | nindent 14 }}
            {{- end }}
      ports:
        {{- range .ports }}
        - port: {{ int . }}
          protocol: TCP
        {{- end }}
    {{- end }}
    {{- with $connections.extraEgress }}
    {{- tpl (toYaml .) $ | nindent 4 }}
    {{- end }}
{{- end -}}
{{- end }}

{{- /*
The policy of a store that belongs to the service: root, component, port, and
  from      components that may come in (default: app and migration)
  peers     port by which its own pods may talk to each other (clusters)
  connect   true where Debezium reads it
*/ -}}
{{- define "service-base.storeNetworkPolicy" -}}
{{- if .root.Values.networkPolicy.enabled -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "service-base.metadata" (pick . "root" "component" "version") | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "service-base.selectorLabels" . | nindent 6 }}
  policyTypes:
    - Ingress
    - Egress
  ingress:
    - from:
        {{- include "service-base.networkPolicy.components" (dict
              "root" .root
              "components" (.from | default (list "app" "migration"))) | nindent 8 }}
        {{- if .connect }}
        - {{ include "service-base.kafka.peer" (dict "root" .root "component" "connect") | indent 10 | trim }}
        {{- end }}
      ports:
        - port: {{ int .port }}
          protocol: TCP
    {{- with .peers }}
    - from:
        {{- include "service-base.networkPolicy.components" (dict
              "root" $.root
              "components" (list $.component)) | nindent 8 }}
      ports:
        - port: {{ int . }}
          protocol: TCP
    {{- end }}
  {{- if .peers }}
  egress:
    {{- include "service-base.networkPolicy.dns" .root | nindent 4 }}
    - to:
        {{- include "service-base.networkPolicy.components" (dict
              "root" .root
              "components" (list .component)) | nindent 8 }}
      ports:
        - port: {{ int .peers }}
          protocol: TCP
  {{- else }}
  egress: []
  {{- end }}
{{- end -}}
{{- end }}

{{- /*
_routes.tpl - the gateway's routes file

Every route comes out complete, with the defaults filled in, so that the file alone says what the gateway does.
A name used twice and a route to a service that connections.to does not list stop the rendering: the first would
mix up metrics, the second would time out on the NetworkPolicy.
*/ -}}

{{- define "api-gateway.routes" -}}
{{- $seen := dict -}}
version: 2
cors:
  origins:
    {{- range .Values.cors.origins }}
    - {{ tpl . $ | quote }}
    {{- end }}
  methods: {{ .Values.cors.methods | toJson }}
  headers: {{ .Values.cors.headers | toJson }}
  maxAgeSeconds: {{ int .Values.cors.maxAgeSeconds }}
routes:
{{- range $index, $route := .Values.routes }}
  {{- $name := required (printf "routes[%d].name is needed" $index) $route.name }}
  {{- if hasKey $seen $name }}
    {{- fail (printf "routes[%d]: the name %q is taken by routes[%d]" $index $name (get $seen $name)) }}
  {{- end }}
  {{- $_ := set $seen $name $index }}
  {{- if not (has $route.service $.Values.connections.to) }}
    {{- fail (printf "route %q leads to %s, which connections.to does not list" $name $route.service) }}
  {{- end }}
  {{- $limit := merge (dict) ($route.rateLimit | default dict) $.Values.rateLimit }}
  - name: {{ $name }}
    path: {{ $route.path }}
    {{- with $route.methods }}
    methods: {{ toJson . }}
    {{- end }}
    upstream: http://{{ include "service-base.clusterHost" (dict "root" $ "service" $route.service) }}
    auth: {{ $route.auth | default "token" }}
    timeoutSeconds: {{ $route.timeoutSeconds | default $.Values.upstream.timeoutSeconds | int }}
    {{- /* "default" takes 0 for nothing, and 0 retries is something */}}
    retries: {{ hasKey $route "retries" | ternary $route.retries $.Values.upstream.retries | int }}
    {{- if $route.stripPrefix }}
    stripPrefix: true
    {{- end }}
    rateLimit:
      requests: {{ int $limit.requests }}
      perSeconds: {{ int $limit.perSeconds }}
      by: {{ $limit.by }}
{{- else }}
  []
{{- end }}
{{- end }}

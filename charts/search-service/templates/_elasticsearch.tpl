{{- /*
_elasticsearch.tpl - the Elasticsearch that belongs to this service
*/ -}}

{{- define "search-service.elasticsearch.name" -}}
{{- include "service-base.componentName" (dict "root" . "component" "elasticsearch") }}
{{- end }}

{{- /* http or https, by whether the nodes have certificates. */ -}}
{{- define "search-service.elasticsearch.scheme" -}}
{{- ternary "https" "http" .Values.elasticsearch.security.enabled }}
{{- end }}

{{- define "search-service.elasticsearch.url" -}}
{{- $elasticsearch := .Values.elasticsearch -}}
{{- if $elasticsearch.enabled -}}
  {{- $host := include "service-base.clusterHost" (dict "root" . "service" (include "search-service.elasticsearch.name" .)) -}}
  {{- printf "%s://%s:9200" (include "search-service.elasticsearch.scheme" .) $host }}
{{- else -}}
  {{- tpl (required "elasticsearch.external.url is needed when elasticsearch.enabled is false" $elasticsearch.external.url) . }}
{{- end -}}
{{- end }}

{{- /* Secret with the key password: that of the account "elastic". */ -}}
{{- define "search-service.elasticsearch.secretName" -}}
{{- with .Values.elasticsearch.auth.existingSecret -}}
  {{- tpl . $ }}
{{- else -}}
  {{- include "search-service.elasticsearch.name" . }}
{{- end -}}
{{- end }}

{{- /* elasticsearch.yml: what the chart decides, with elasticsearch.config laid over it. */ -}}
{{- define "search-service.elasticsearch.settings" -}}
{{- $elasticsearch := .Values.elasticsearch -}}
{{- $name := include "search-service.elasticsearch.name" . -}}
{{- $settings := dict
  "cluster.name" $name
  "node.name" "${POD_NAME}"
  "network.host" "0.0.0.0"
  "path.data" "/usr/share/elasticsearch/data"
  "node.store.allow_mmap" false
  "action.auto_create_index" false
  "xpack.security.enabled" $elasticsearch.security.enabled
-}}
{{- if gt (int $elasticsearch.replicas) 1 -}}
  {{- $masters := list -}}
  {{- range $ordinal := until (int $elasticsearch.replicas) -}}
    {{- $masters = append $masters (printf "%s-%d" $name $ordinal) -}}
  {{- end -}}
  {{- $settings = merge $settings (dict
        "discovery.seed_hosts" (list (printf "%s-headless" $name))
        "cluster.initial_master_nodes" $masters) -}}
{{- else -}}
  {{- $settings = set $settings "discovery.type" "single-node" -}}
{{- end -}}
{{- if $elasticsearch.security.enabled -}}
  {{- range $layer := list "http" "transport" -}}
    {{- range $key, $file := dict "key" "tls.key" "certificate" "tls.crt" "certificate_authorities" "ca.crt" -}}
      {{- $_ := set $settings (printf "xpack.security.%s.ssl.%s" $layer $key) (printf "certs/%s" $file) -}}
    {{- end -}}
    {{- $_ := set $settings (printf "xpack.security.%s.ssl.enabled" $layer) true -}}
  {{- end -}}
{{- end -}}
{{- mergeOverwrite $settings ($elasticsearch.config | default dict) | toYaml }}
{{- end }}

{{- /* Pod template of the Job that puts the index templates. */ -}}
{{- define "search-service.indicesPod" -}}
{{- $elasticsearch := .Values.elasticsearch -}}
metadata:
  labels:
    {{- /* as "migration" the pod may reach Elasticsearch, and only that */}}
    {{- include "service-base.podLabels" (dict "root" . "component" "migration") | nindent 4 }}
spec:
  restartPolicy: Never
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with include "service-base.scheduling" (dict "root" . "job" true) | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  securityContext:
    {{- include "service-base.securityContext" (dict "base" .Values.podSecurityContext) | nindent 4 }}
  containers:
    - name: indices
      {{- include "service-base.imageLines" (dict "root" . "image" .Values.curl.image) | nindent 6 }}
      command: ["sh", "/indices/put.sh"]
      env:
        - name: ELASTICSEARCH_URL
          value: {{ include "search-service.elasticsearch.url" . | quote }}
        {{- if $elasticsearch.security.enabled }}
        - name: CURL_CA_BUNDLE
          value: /certs/ca.crt
        {{- include "service-base.secretEnv" (dict "root" . "secretEnv" (dict
              "ELASTICSEARCH_PASSWORD" (dict
                "name" (include "search-service.elasticsearch.secretName" .)
                "key" "password"))) | trim | nindent 8 }}
        {{- end }}
      {{- include "service-base.resources" (dict "preset" "tiny") | nindent 6 }}
      securityContext:
        {{- include "service-base.securityContext" (dict "base" .Values.securityContext) | nindent 8 }}
      volumeMounts:
        - name: indices
          mountPath: /indices
          readOnly: true
        {{- if $elasticsearch.security.enabled }}
        - name: certs
          mountPath: /certs
          readOnly: true
        {{- end }}
  volumes:
    - name: indices
      configMap:
        name: {{ include "service-base.componentName" (dict "root" . "component" "indices") }}
    {{- if $elasticsearch.security.enabled }}
    - name: certs
      secret:
        secretName: {{ tpl $elasticsearch.security.certificatesSecret . }}
        items:
          - key: ca.crt
            path: ca.crt
    {{- end }}
{{- end }}

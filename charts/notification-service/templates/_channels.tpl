{{- /*
_channels.tpl - how notifications leave

channels.yaml lists the channels that are on. A channel that leaves the cluster needs an account: the keys of its
"secret" are mounted under /etc/channels/NAME.
*/ -}}

{{- define "notification-service.channels" -}}
channels:
{{- range $name, $channel := .Values.channels }}
  {{- if $channel.enabled }}
  - name: {{ $name }}
    provider: {{ required (printf "channels.%s.provider is needed" $name) $channel.provider }}
    attempts: {{ $channel.attempts | default 3 | int }}
    {{- with $channel.perSecond }}
    perSecond: {{ int . }}
    {{- end }}
    {{- if $channel.secret }}
    accountDir: /etc/channels/{{ $name }}
    {{- end }}
    {{- with $channel.options }}
    options:
      {{- tpl (toYaml .) $ | nindent 6 }}
    {{- end }}
  {{- end }}
{{- else }}
  []
{{- end }}
{{- end }}

{{- /* The accounts of all channels that are on, in one volume. May be empty. */ -}}
{{- define "notification-service.volumes" -}}
{{- $on := dict -}}
{{- range $name, $channel := .Values.channels -}}
  {{- if and $channel.enabled $channel.secret -}}
    {{- $_ := set $on $name $channel -}}
  {{- end -}}
{{- end -}}
{{- with $on -}}
- name: accounts
  projected:
    defaultMode: 288 # 0440
    sources:
      {{- range $name, $channel := . }}
      - secret:
          name: {{ tpl $channel.secret $ }}
          items:
            {{- range required (printf "channels.%s.keys is needed" $name) $channel.keys }}
            - key: {{ . }}
              path: {{ $name }}/{{ . }}
            {{- end }}
      {{- end }}
{{- end -}}
{{- end }}

{{- define "notification-service.volumeMounts" -}}
{{- if include "notification-service.volumes" . -}}
- name: accounts
  mountPath: /etc/channels
  readOnly: true
{{- end -}}
{{- end }}

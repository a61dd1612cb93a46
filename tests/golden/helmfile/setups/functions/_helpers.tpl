{{- define "hello" -}}hello {{ . }}{{- end -}}

{{- /*
_images.tpl - image references

An image without a registry is ours and comes from global.imageRegistry. An image with one is somebody else's;
where global.mirrorRegistry is set it is pulled through that mirror, the registry becoming the first part of
the path: docker.io/library/mysql -> mirror.example.com/docker.io/library/mysql.
*/ -}}

{{- /* Reference of an image: root and image {registry, repository, tag, digest}; a digest beats a tag. */ -}}
{{- define "service-base.image" -}}
{{- $image := .image -}}
{{- $global := .root.Values.global | default dict -}}
{{- $registry := $image.registry | default $global.imageRegistry -}}
{{- if and $image.registry $global.mirrorRegistry -}}
  {{- $registry = printf "%s/%s" (trimSuffix "/" $global.mirrorRegistry) $image.registry -}}
{{- end -}}
{{- $name := required "image.repository is needed" $image.repository -}}
{{- with $registry -}}
  {{- $name = printf "%s/%s" . $name -}}
{{- end -}}
{{- if $image.digest -}}
  {{- printf "%s@%s" $name $image.digest }}
{{- else -}}
  {{- printf "%s:%s" $name ($image.tag | default .root.Chart.AppVersion | toString) }}
{{- end -}}
{{- end }}

{{- /* The two image lines of a container: root and image. */ -}}
{{- define "service-base.imageLines" -}}
image: {{ include "service-base.image" . | quote }}
imagePullPolicy: {{ .image.pullPolicy | default "IfNotPresent" }}
{{- end }}

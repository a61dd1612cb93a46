#!/bin/sh
# impact.sh BUILD: `yare impact` as a user runs it
. tests/cli/lib.inc

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@example.com
export GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@example.com

mkdir -p p/charts/shop/templates p/charts/shop/files p/env
cd p || exit 2
cat >helmfile.yaml <<'END'
environments:
  dev:
    values: [env/state.yaml]
  prod: {}
---
releases:
  - name: shop
    chart: ./charts/shop
    values: ["env/{{ .Environment.Name }}.yaml"]
  - name: other
    chart: ./charts/shop
END
echo 'x: 1' >env/state.yaml
echo 'port: 81' >env/dev.yaml
echo 'size: 2' >env/prod.yaml
printf 'apiVersion: v2\nname: shop\nversion: 0.1.0\n' >charts/shop/Chart.yaml
printf 'port: 80\nsize: 1\nunused: 1\n' >charts/shop/values.yaml
echo hello >charts/shop/files/motd
cat >charts/shop/templates/service.yaml <<'END'
kind: Service
metadata: {name: s}
spec: {port: {{ .Values.port }}}
END
cat >charts/shop/templates/config.yaml <<'END'
kind: ConfigMap
metadata: {name: c}
data:
  size: {{ include "size" . | quote }}
  motd: {{ .Files.Get "files/motd" | quote }}
END
echo '{{- define "size" }}{{ .Values.size }}{{ end }}' >charts/shop/templates/_size.tpl
cd ..

expect values_file__objects_that_read_it 0 'cd p && $yare impact env/dev.yaml'
same out 'dev   shop   Service/s

1 object of 1 release'
expect values_file__whatever_the_path_is_called 0 'cd p && $yare impact ./charts/../env/prod.yaml'
has out 'prod  shop   ConfigMap/c'
expect defaults__where_no_layer_covers_them 0 'cd p && $yare impact charts/shop/values.yaml -e dev'
has out 'dev  shop   ConfigMap/c'
has out 'other  ConfigMap/c'
has out 'Service/s'
expect helper__objects_that_include_it 0 'cd p && $yare impact charts/shop/templates/_size.tpl -e prod'
has out 'ConfigMap/c'
lacks out 'Service/s'
expect file_of_a_chart 0 'cd p && $yare impact charts/shop/files/motd -e prod'
has out 'ConfigMap/c'
lacks out 'Service/s'
expect state_values__the_environment 0 'cd p && $yare impact env/state.yaml'
has out 'dev   shop   all 2 objects'
lacks out 'prod'
expect state_file__all 0 'cd p && $yare impact helmfile.yaml'
has out '8 objects of 4 releases'
expect schema__the_release 0 'cd p && echo "{}" >charts/shop/values.schema.json && $yare impact charts/shop/values.schema.json -e dev'
has out 'all 2 objects'
expect other_file__nothing 0 'cd p && echo >README.md && $yare impact README.md'
same out 'nothing is touched'
expect json 0 'cd p && $yare impact env/dev.yaml -o json'
has out '"environment": "dev"'
has out '"Service/s"'
expect rev__files_that_differ 0 'cd p && git init -q . && git add -A && git commit -qm x && echo "port: 82" >env/dev.yaml && $yare impact --rev HEAD'
has out 'dev   shop   Service/s'
expect rev__a_template_that_is_gone 0 'cd p && git commit -qam y && rm charts/shop/templates/_size.tpl charts/shop/templates/config.yaml && $yare impact --rev HEAD -e prod'
has out 'all 1 objects'
expect paths__as_argo_cd_wants_them 0 'cd p && $yare impact --paths -e dev'
has out 'dev  shop   /charts/shop;/env/dev.yaml;/env/state.yaml;/helmfile.yaml'
expect no_files__usage 2 'cd p && $yare impact'
has err 'which files?'
expect plain_chart 0 'cd p && $yare impact charts/shop/values.yaml --project charts/shop'
has out 'shop  Service/s'

totals

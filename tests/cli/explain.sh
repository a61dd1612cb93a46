#!/bin/sh
# explain.sh BUILD: `yare explain` and `yare render --annotate` as a user runs them
. tests/cli/lib.inc

# a chart with a subchart that it imports values from, gives values to and shares globals with
mkdir -p shop/templates shop/charts/db/templates
cat >shop/Chart.yaml <<'END'
apiVersion: v2
name: shop
version: 0.2.0
dependencies:
  - name: db
    version: 1.1.0
    import-values:
      - child: defaults
        parent: imported
END
cat >shop/values.yaml <<'END'
replicas: 1
hosts: [a.example, b.example]
zones:
  east: 1
  west: 2
global:
  domain: example.com
db:
  port: 5433
env:
  MODE: fast
END
cat >shop/templates/_helpers.tpl <<'END'
{{- define "shop.labels" -}}
app: {{ .Release.Name }}
tier: {{ .Values.tier | default "front" }}
{{- end }}
END
cat >shop/templates/all.yaml <<'END'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  labels:
    {{- include "shop.labels" . | nindent 4 }}
spec:
  {{- if .Values.replicas }}
  replicas: {{ .Values.replicas }}
  {{- end }}
  template:
    spec:
      containers:
        - name: app
          env:
            {{- range $name, $value := .Values.env }}
            - name: {{ $name }}
              value: {{ $value | quote }}
            {{- end }}
data: |
  {{ tpl "domain {{ .Values.global.domain }}" . }}
END
printf 'apiVersion: v2\nname: db\nversion: 1.1.0\n' >shop/charts/db/Chart.yaml
printf 'port: 5432\ndefaults:\n  timeout: 30\n' >shop/charts/db/values.yaml
cat >shop/charts/db/templates/svc.yaml <<'END'
kind: Service
metadata:
  name: db
spec:
  port: {{ .Values.port }}
  domain: {{ .Values.global.domain }}
END
mkdir -p project/env
cat >project/helmfile.yaml <<'END'
environments:
  dev: {}
  prod: {}
---
releases:
  - name: shop
    chart: ../shop
    values:
      - env/prod.yaml
      - env:
          MODE: slow
    set:
      - name: tier
        value: back
END
printf 'replicas: 3\nhosts: [a.example]\nzones:\n  west: null\nglobal:\n  domain: prod.example\n' >project/env/prod.yaml

# --- keys

expect key__layers_in_order_the_winner_marked 0 '$yare explain shop replicas -f project/env/prod.yaml --set replicas=5'
has out 'replicas = 5'
has out 'shop/values.yaml:1:1'
has out 'project/env/prod.yaml:1:1'
has out '▸ --set replicas=5'
has out 'chart shop 0.2.0'
has out 'Deployment/shop'
has out 'spec.replicas'

expect key__state_file_sets_and_maps_are_layers 0 'cd project && $yare explain -e prod shop tier'
has out 'tier = "back"   shop in prod'
has out 'helmfile.yaml:'
has out 'set of the state file'
expect key__map_of_the_state_file 0 'cd project && $yare explain -e prod shop env.MODE'
has out 'state file'
has out '"slow"'
has out 'spec.template.spec.containers[app].env[MODE].value'

expect key__null_deletes 0 '$yare explain shop zones.west -f project/env/prod.yaml'
has out 'zones.west = (not set)'
has out 'null deletes it'
expect key__dropped_items 0 '$yare explain shop hosts -f project/env/prod.yaml'
has out '1 of 2 items dropped'
expect key__value_of_a_subchart 0 '$yare explain shop db.port'
has out 'chart db 1.1.0'
has out '▸ shop/values.yaml:9:3'
has out 'Service/db'
expect key__global_handed_down 0 '$yare explain shop db.global.domain -f project/env/prod.yaml'
has out '"prod.example"'
has out 'global'
expect key__imported_value 0 '$yare explain shop imported.timeout'
has out 'import-values of chart db 1.1.0'
has out 'shop/charts/db/values.yaml:3:3'
expect key__json 0 '$yare explain shop replicas -o json'
has out '"effect": "wins"'
has out '"file": "shop/values.yaml"'
expect key__unknown_names_the_nearest 1 '$yare explain shop replcas'
has err "did you mean 'replicas'?"
expect release__unknown 1 'cd project && $yare explain -e prod shoop replicas'
has err "did you mean 'shop'?"
expect output__unknown 2 '$yare explain shop replicas -o yaml'
has err "--output is text or json, not 'yaml'"

# --- fields

expect field__template_line_and_include_chain 0 '$yare explain shop Deployment/shop metadata.labels.tier'
has out '▸ shop/templates/_helpers.tpl:3:'
has out 'shop/templates/all.yaml:6:'
has out '.Values.tier  (not set)'
expect field__conditions_are_told_apart 0 '$yare explain shop deployment/shop "spec.template.spec.containers[app].env[MODE].name"'
has out '.Values.env.MODE'
has out 'shop/templates/all.yaml:17:'
expect field__of_a_subchart_is_named_from_the_root 0 '$yare explain shop Service/db spec.port'
has out '.Values.db.port'
expect field__json 0 '$yare explain shop Service/db spec.domain -o json'
has out '".Values.global.domain"'
has out '"line": 7'
expect field__unknown_names_the_nearest 1 '$yare explain shop Service/db spec.prot'
has err "did you mean 'port'?"
expect object__unknown_names_the_nearest 1 '$yare explain shop Service/dbb spec.port'
has err "did you mean 'Service/db'?"
expect object__whole_is_annotated 0 '$yare explain shop Service/db'
has out 'port: 5433'
has out '# shop/charts/db/templates/svc.yaml:5 ← .Values.db.port (shop/values.yaml:9)'

# --- everything

expect all__values_with_places 0 '$yare explain shop -f project/env/prod.yaml'
has out '# project/env/prod.yaml:1:1'
has out '# zones.west  project/env/prod.yaml:4:3'
lacks out "$(printf '\033')"
expect all__is_yaml 0 '$yare explain shop >v.yaml && $yare explain shop -f v.yaml replicas'

expect annotate__comments_at_line_ends 0 '$yare render shop --annotate'
has out '  replicas: 1'
has out '# shop/templates/all.yaml:9 ← .Values.replicas (shop/values.yaml:1)'
has out 'data: |'
has out '  domain example.com'
expect annotate__means_the_same 0 '$yare render shop >plain.yaml; $yare render shop --annotate >remarks.yaml; $yare diff --against plain.yaml shop && sed "s/ *# [^#]*$//" remarks.yaml | diff -B - plain.yaml | grep -c "^[<>] [^#]" || true'
expect annotate__not_into_a_folder 2 '$yare render shop --annotate -o out'
has err '--annotate prints'
expect color__always 0 '$yare explain shop replicas --color always'
has out "$(printf '\033[1m')"

# --- schema

expect schema__types_and_keys_that_templates_ask_for 0 '$yare schema shop'
has out '"title": "shop"'
has out '"tier": {}'
has out '"default": 5433'
has out '"type": "array"'
expect schema__accepts_the_defaults 0 '$yare schema shop >shop/values.schema.json && $yare render shop'
expect schema__refuses_another_type 1 '$yare render shop --set replicas=many'
has err "got string, want integer"
expect schema__wants_a_chart 1 '$yare schema project -e prod'
has err 'is no chart'

totals

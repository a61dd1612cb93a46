#!/bin/sh
# helm_template.sh BUILD: `yare helm template` as a user runs it: streams, exit codes, errors
. tests/cli/lib.inc

chart demo
printf 'port: 80\n' >demo/values.yaml
printf 'a: {{ .Values.port }}\n' >demo/templates/a.yaml

expect 'manifests go to standard output' 0 '"$yare" helm template r demo'
same out '---
# Source: demo/templates/a.yaml
a: 80'
is_empty err

expect 'values from flags win' 0 '"$yare" helm template r demo --set port=1'
has out 'a: 1'

expect 'called as helm the command line is helm'"'"'s' 0 'ln -sf "$yare" helm && ./helm template r demo'
has out 'a: 80'

expect 'no argument' 1 '"$yare" helm template'
has err 'Error: "helm template" requires at least 1 argument'
is_empty out

expect 'unknown flag' 1 '"$yare" helm template demo --vlaues x'
has err 'Error: unknown flag: --vlaues'
has err 'did you mean --values?'

expect 'missing chart' 1 '"$yare" helm template ./nope'
has err 'Error: path "./nope" not found'

chart broken
printf 'one: 1\n{{- range .Values.missing.deeper }}\n{{- end }}\n' >broken/templates/a.yaml
expect 'an execution error shows its line' 1 '"$yare" helm template broken'
has err 'nil pointer evaluating interface {}.deeper'
has err 'Use --debug flag to render out invalid YAML'
has err 'broken/templates/a.yaml:2:'
has err '    2 | {{- range .Values.missing.deeper }}'
is_empty out

expect 'as helm only what helm says' 1 './helm template broken'
lacks err '    2 |'

chart parse
printf 'a: 1\n{{ if }}\n' >parse/templates/a.yaml
expect 'a parse error shows its line' 1 '"$yare" helm template parse'
has err 'Error: parse error at (parse/templates/a.yaml:2): missing value for if'
has err '    2 | {{ if }}'

chart nested
printf '{{ define "inner" }}\n{{ .Values.a.b }}\n{{ end }}\n{{ define "outer" }}{{ include "inner" . }}{{ end }}\n' >nested/templates/_h.tpl
printf 'x: {{ include "outer" . }}\n' >nested/templates/a.yaml
expect 'the include chain is shown' 1 '"$yare" helm template nested'
has err 'nested/templates/_h.tpl:2:11:'
has err '    2 | {{ .Values.a.b }}'
has err 'note: nested/templates/_h.tpl:4:24: included from here'
has err 'note: nested/templates/a.yaml:1:7: included from here'

chart yaml
printf 'a: 1\nb: {{ .Values.text }}\nc: 2\n' >yaml/templates/a.yaml
printf 'text: "x: y: z"\n' >yaml/values.yaml
expect 'broken YAML is reported at the template line that wrote it' 1 '"$yare" helm template yaml'
has err 'YAML parse error on yaml/templates/a.yaml: error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context'
has err 'yaml/templates/a.yaml:2:'
has err '    2 | b: {{ .Values.text }}'
has err 'it rendered as line 2 of the document: b: x: y: z'
is_empty out

printf '{{ define "part" }}\nk: 1\nv: {{ .Values.text }}\n{{ end }}\n' >yaml/templates/_part.tpl
printf 'a:\n  {{- include "part" . | nindent 2 }}\n' >yaml/templates/a.yaml
expect 'through include and nindent too' 1 '"$yare" helm template yaml'
has err 'yaml/templates/_part.tpl:3:'
has err '    3 | v: {{ .Values.text }}'

expect 'a post-renderer is a plugin' 1 '"$yare" helm template demo --post-renderer cat'
has err 'Error: invalid argument "cat" for "--post-renderer" flag: plugin: {Name:cat Type:postrenderer/v1} not found'
mkdir -p plugins/cat && printf 'name: cat\ntype: postrenderer/v1\n' >plugins/cat/plugin.yaml
expect 'and not run' 1 'HELM_PLUGINS="$PWD/plugins" "$yare" helm template demo --post-renderer cat'
has err 'Error: yare runs no post-renderer'

expect 'without a cluster nothing is validated' 1 '"$yare" helm template demo --validate'
has err 'Error: cluster reachability check failed'
expect 'one of two flags' 1 '"$yare" helm template demo --validate --dry-run=client'
has err 'Error: if any flags in the group [validate dry-run] are set none of the others can be; [dry-run validate] were all set'

totals

#!/bin/sh
# kustomize.sh BUILD: `yare kustomize build` as a user runs it: streams, files, errors
. tests/cli/lib.inc

mkdir -p base over
cat >base/map.yaml <<'EOF'
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
EOF
echo 'resources: [map.yaml]' >base/kustomization.yaml
printf 'resources: [../base]\nnamePrefix: o-\nnamespace: ns\n' >over/kustomization.yaml

expect 'objects go to standard output' 0 '"$yare" kustomize build over'
same out 'apiVersion: v1
data:
  a: b
kind: ConfigMap
metadata:
  name: o-settings
  namespace: ns'
is_empty err

expect 'called as kustomize the command line is kustomize'"'"'s' 0 'ln -sf "$yare" kustomize && ./kustomize build base'
has out 'name: settings'

expect 'the version is the one that is stood in for' 0 '"$yare" kustomize version'
same out 'v5.7.1'

expect 'yare render builds a kustomization' 0 '"$yare" render over'
has out 'name: o-settings'

expect 'yare render refuses values for it' 1 '"$yare" render over --set a=b'
has err "are not for kustomizations: 'over' is one"

expect '-o writes a file' 0 '"$yare" kustomize build over -o all.yaml && cat all.yaml'
has out 'name: o-settings'

expect '-o writes a file for each object into a folder' 0 'mkdir files && "$yare" kustomize build over -o files && ls files'
same out 'v1_configmap_o-settings.yaml'

expect 'files outside need leave' 1 'mkdir -p outer && echo "resources: [../base/map.yaml]" >outer/kustomization.yaml && "$yare" kustomize build outer'
has err "security; file"
has err "is not in or below"
expect 'LoadRestrictionsNone gives it' 0 '"$yare" kustomize build outer --load-restrictor LoadRestrictionsNone'
expect 'other words are refused' 1 '"$yare" kustomize build outer --load-restrictor no'
has err 'illegal flag value --load-restrictor no'

expect 'an unknown field has a near match and a place' 1 'mkdir -p typo && echo "resource: [a]" >typo/kustomization.yaml && "$yare" kustomize build typo'
has err 'Error: invalid Kustomization: json: unknown field "resource"'
has err 'typo/kustomization.yaml:1:'
has err "did you mean 'resources'?"

expect 'what names a missing file is told' 1 'mkdir -p gone && printf "resources:\n- nope.yaml\n" >gone/kustomization.yaml && "$yare" kustomize build gone'
has err "Error: accumulating resources: accumulation err='accumulating resources from 'nope.yaml': evalsymlink failure"
has err "'nope.yaml' is named here"

expect 'charts need leave' 1 'mkdir -p helm && echo "helmCharts: [{name: c}]" >helm/kustomization.yaml && "$yare" kustomize build helm'
has err 'must specify --enable-helm'
chart helm/charts/c
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  v: "{{ .Values.v }}"\n' >helm/charts/c/templates/a.yaml
echo 'v: 1' >helm/charts/c/values.yaml
expect 'charts are rendered by yare' 0 '"$yare" kustomize build helm --enable-helm --helm-command nope'
has out 'name: release-name'
has out 'v: "1"'
has err '--helm-command is ignored'

totals

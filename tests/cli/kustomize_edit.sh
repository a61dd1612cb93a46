#!/bin/sh
# kustomize_edit.sh BUILD: `yare kustomize edit` and `create`; the files are what Kustomize 5.7.1 wrote
. tests/cli/lib.inc

ln -sf "$yare" kustomize
start() {
    rm -f kustomization.yaml
    printf '%s\n' "$1" >kustomization.yaml
}
same_file() { printf '%s\n' "$1" | cmp -s - kustomization.yaml; report $? "kustomization.yaml is not '$1'"; }
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n' >a.yaml
cp a.yaml b.yaml

expect 'create finds objects' 0 'mkdir new && cp a.yaml b.yaml new && cd new && ../kustomize create --autodetect --namespace ns --labels x:1'
mv new/kustomization.yaml .
same_file 'apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
- a.yaml
- b.yaml
namespace: ns
commonLabels:
  x: "1"'
expect 'create does not overwrite' 1 './kustomize create'
has err 'Error: kustomization file already exists'

start '# what this is
resources:
- a.yaml  # the first
# between
- c.yaml

# images
images:
- name: nginx
  newTag: "1"
# the end'
expect 'fields keep their place, comments go above them' 0 './kustomize edit set image nginx=reg/nginx:2 app@sha256:ab'
same_file '# what this is
# between
resources:
- a.yaml
- c.yaml

# images
images:
- digest: sha256:ab
  name: app
- name: nginx
  newName: reg/nginx
  newTag: "2"
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization'

start 'resources: [a.yaml]'
expect 'set namespace, nameprefix, replicas' 0 './kustomize edit set namespace ns && ./kustomize edit set nameprefix p- && ./kustomize edit set replicas d=3'
same_file 'resources:
- a.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ns
namePrefix: p-
replicas:
- count: 3
  name: d'

expect 'add resource looks for the file' 1 './kustomize edit add resource nope.yaml'
has err 'Error: nope.yaml has no match: must build at directory'
expect 'add resource takes patterns' 0 './kustomize edit add resource "[ab].yaml" && grep -c yaml kustomization.yaml'
same out '2'
has err 'resource a.yaml already in kustomization file'

expect 'add label does not overwrite' 1 './kustomize edit add label a:b && ./kustomize edit add label a:c'
has err 'Error: label a already in kustomization file. Use --force to override.'
expect 'remove label' 0 './kustomize edit remove label a && ! grep -q commonLabels kustomization.yaml'

expect 'add configmap' 0 './kustomize edit add configmap m --from-literal=x=1 --from-file=k=a.yaml && tail -n 6 kustomization.yaml'
same out 'configMapGenerator:
- files:
  - k=a.yaml
  literals:
  - x=1
  name: m'
expect 'add configmap checks what it would make' 1 './kustomize edit add configmap m --from-literal=x=2'
has err 'Error: failed to create configmap: configmap m illegally repeats the key `x`'

start 'commonLabels: {a: b}
patchesStrategicMerge: [a.yaml]
bases: []'
expect 'fix moves old fields' 0 './kustomize edit fix'
has out 'Fixed fields:'
same_file 'apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
labels:
- includeSelectors: true
  pairs:
    a: b
patches:
- path: a.yaml'

totals

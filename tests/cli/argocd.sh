#!/bin/sh
# argocd.sh BUILD: yare as Argo CD runs it, and what it writes for Argo CD
. tests/cli/lib.inc

unset ARGOCD_APP_PARAMETERS ARGOCD_EXEC_TIMEOUT

# --- the plugin ----------------------------------------------------------------------------------------------------

expect 'the plugin file names its commands' 0 '"$yare" argocd plugin --name helm-like --command /opt/yare'
has out 'kind: ConfigManagementPlugin'
has out '  name: helm-like'
has out '      - /opt/yare'
expect 'without discovery' 0 '"$yare" argocd plugin --no-discovery'
lacks out 'discover'

mkdir empty
expect 'nothing to discover is no output' 0 'cd empty && "$yare" argocd discover'
is_empty out
expect 'a helmfile is discovered' 0 'cd "$root" && "$yare" argocd discover'
same out 'helmfile.yaml'
expect 'environments are announced' 0 'cd "$root" && "$yare" argocd parameters'
has out '"environment of the helmfile: dev, local, prod, staging"'

chart demo
printf 'port: 80\n' >demo/values.yaml
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }}}\ndata: {port: "{{ .Values.port }}", kube: {{ .Capabilities.KubeVersion }}}\n' >demo/templates/a.yaml

for parameters in absent null '[]'; do
    case $parameters in absent) unset ARGOCD_APP_PARAMETERS ;; *) export ARGOCD_APP_PARAMETERS="$parameters" ;; esac
    expect "parameters $parameters" 0 \
        'cd demo && ARGOCD_APP_NAME=app ARGOCD_APP_NAMESPACE=ns KUBE_VERSION=1.31.2 "$yare" argocd generate'
    has out 'metadata: {name: app, namespace: ns}'
    has out 'data: {port: "80", kube: v1.31.2}'
done

printf 'port: 81\n' >demo/more.yaml
export ARGOCD_APP_PARAMETERS='[{"name":"values-files","array":["more.yaml"]}]'
expect 'values files' 0 'cd demo && "$yare" argocd generate'
has out 'port: "81"'
export ARGOCD_APP_PARAMETERS='[{"name":"values-files","array":["more.yaml"]},{"name":"set","map":{"port":"82,83"}}]'
expect 'a comma belongs to the value' 0 'cd demo && "$yare" argocd generate'
has out 'port: "82,83"'

printf 'port: 1\n' >outside.yaml
export ARGOCD_APP_PARAMETERS='[{"name":"values-files","array":["../outside.yaml"]}]'
expect 'values files stay in the repository' 1 'cd demo && "$yare" argocd generate'
has err 'values file ../outside.yaml is outside of the repository'
is_empty out
expect 'which begins where .git is' 0 'mkdir .git && cd demo && "$yare" argocd generate; s=$?; rmdir ../.git; exit $s'

export ARGOCD_APP_PARAMETERS='[{"name":"enviroment","string":"prod"}]'
expect 'an unknown parameter' 1 'cd demo && "$yare" argocd generate'
has err "yare has no parameter 'enviroment'"
has err "did you mean 'environment'?"
export ARGOCD_APP_PARAMETERS='[{"name":"environment","array":["prod"]}]'
expect 'a parameter of another kind' 1 'cd demo && "$yare" argocd generate'
has err "parameter 'environment' has to be given as \"string\""
unset ARGOCD_APP_PARAMETERS

chart nothing
expect 'rendering nothing fails' 1 'cd nothing && "$yare" argocd generate'
has err 'nothing was rendered'
expect 'unless that is wanted' 0 'cd nothing && ARGOCD_ENV_ALLOW_EMPTY=true "$yare" argocd generate'

mkdir base
printf 'resources: [o.yaml]\nnamePrefix: x-\n' >base/kustomization.yaml
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: n}\n' >base/o.yaml
expect 'a kustomization' 0 'cd base && "$yare" argocd generate'
has out 'name: x-n'

chart endless
printf '{{ range until 2000000000 }}{{ end }}\n' >endless/templates/a.yaml
expect 'the deadline is kept' 1 'cd endless && ARGOCD_EXEC_TIMEOUT=1500ms "$yare" argocd generate'

for environment in local dev staging prod; do
    export environment
    expect "generate is render, $environment" 0 'cd "$root" &&
        "$yare" render -e $environment -l name=user-service >"$HOME/direct" &&
        ARGOCD_APP_PARAMETERS="[{\"name\":\"environment\",\"string\":\"$environment\"},
            {\"name\":\"selector\",\"array\":[\"name=user-service\"]}]" "$yare" argocd generate >"$HOME/generated" &&
        cmp "$HOME/direct" "$HOME/generated"'
done

# --- Applications --------------------------------------------------------------------------------------------------

apps='"$yare" argocd apps "$root" --repo https://git.example.com/platform.git --path .'
expect 'Applications of one environment' 0 "$apps -e prod"
has out 'kind: AppProject'
has out '  name: user-service-prod'
has out 'argocd.argoproj.io/sync-wave: "1"'
has out '- name=user-service,namespace=chat'
expect 'of all environments' 0 "$apps >all && grep -c '^kind: Application\$' all"
same out 36
expect 'as one set' 0 "$apps --application-set"
has out 'kind: ApplicationSet'
has out 'name: '"'{{.release}}-{{.environment}}'"
lacks out 'kind: Application '
expect 'of rendered manifests' 0 "$apps -e dev --source rendered --rendered-path out"
has out 'path: out/dev/kafka'
expect 'a repository is needed' 1 'cp -r "$root/helmfile.yaml" . && "$yare" argocd apps -e prod'
has err '--repo is needed'

# --- Applications rendered -----------------------------------------------------------------------------------------

mkdir platform
cp -r "$root/charts" "$root/environments" "$root/helmfile.yaml" platform
expect 'what apps writes renders as the releases do' 0 '"$yare" argocd apps platform --repo https://x.example/y --path . >platform/apps.yaml &&
    "$yare" render platform/apps.yaml >apps && for e in dev local prod staging; do "$yare" render platform -e $e; done |
    grep -v "^$" >direct; grep -v "^$" apps | cmp - direct'
expect 'and the ApplicationSet expands to the same' 0 '"$yare" argocd apps platform --repo https://x.example/y --path . \
    --application-set >platform/set.yaml && "$yare" render platform/set.yaml | cmp - apps'

mkdir -p checkout/apps/one/templates checkout/apps/two checkout/config
cp demo/Chart.yaml demo/values.yaml checkout/apps/one
cp demo/templates/a.yaml checkout/apps/one/templates
printf 'kind: Two\n' >checkout/apps/two/b.yaml
printf 'kind: Not\n# +argocd:skip-file-rendering\n' >checkout/apps/two/c.yaml
printf 'port: 90\n' >checkout/config/v.yaml
printf '[{"env": "dev", "port": 1}, {"env": "prod", "port": 2}]\n' >checkout/config/envs.json

cat >checkout/app.yaml <<'Y'
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: first}
spec:
  destination: {namespace: there}
  sources:
    - repoURL: https://x.example/y
      ref: shared
    - repoURL: https://x.example/y
      path: apps/one
      helm:
        releaseName: named
        kubeVersion: 1.30.1
        valueFiles: [$shared/config/v.yaml, missing.yaml]
        ignoreMissingValueFiles: true
        parameters: [{name: extra, value: "1"}]
Y
expect 'a chart with values of another source' 0 '"$yare" render checkout/app.yaml'
has out 'metadata: {name: named, namespace: there}'
has out 'data: {port: "90", kube: v1.30.1}'
expect 'values inline go over files' 0 'sed "s/parameters:.*/valuesObject: {port: 91}/" checkout/app.yaml >checkout/inline.yaml &&
    "$yare" render checkout/inline.yaml'
has out 'port: "91"'
expect 'values files by pattern' 0 'mkdir -p checkout/config/more/deep && echo "port: 96" >checkout/config/more/a.yaml &&
    echo "port: 97" >checkout/config/more/deep/b.yaml &&
    sed "s,valueFiles:.*,valueFiles: [/config/more/**/*.yaml]," checkout/app.yaml >checkout/globs.yaml && "$yare" render checkout/globs.yaml'
has out 'port: "97"'
expect 'a missing values file' 1 'sed "/ignoreMissing/d" checkout/app.yaml >checkout/bad.yaml && "$yare" render checkout/bad.yaml'
has err "values file 'missing.yaml' does not exist"
has err "of application 'first'"
expect 'a path out of the checkout' 1 'sed "s,apps/one,../demo," checkout/app.yaml >checkout/bad.yaml && "$yare" render checkout/bad.yaml'
has err 'leads out of the checkout'

cat >checkout/set.yaml <<'Y'
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: all}
spec:
  goTemplate: true
  generators:
    - matrix:
        generators:
          - git: {repoURL: https://x.example/y, directories: [{path: apps/*}, {path: apps/two, exclude: true}]}
          - git: {repoURL: https://x.example/y, files: [{path: config/envs.json}], pathParamPrefix: file}
      selector: {matchLabels: {env: prod}}
  template:
    metadata: {name: '{{ .path.basename }}-{{ .env }}'}
    spec:
      destination: {namespace: '{{ .env | upper }}'}
      source: {repoURL: https://x.example/y, path: '{{ index .path.segments 0 }}/one', helm: {parameters: [{name: port, value: '{{ .port }}'}]}}
Y
expect 'folders times files' 0 '"$yare" render checkout/set.yaml'
has out 'metadata: {name: one-prod, namespace: PROD}'
lacks out 'one-dev'
cat >checkout/plain.yaml <<'Y'
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: all}
spec:
  generators:
    - merge:
        mergeKeys: [app]
        generators:
          - list: {elements: [{app: two, x: a}, {app: other, x: b}]}
          - list: {elements: [{app: two, x: c}]}
      selector: {matchExpressions: [{key: app, operator: In, values: [two]}]}
  template:
    metadata: {name: '{{app}}-{{ x }}'}
    spec: {destination: {namespace: d}, source: {repoURL: https://x.example/y, path: 'apps/{{app}}'}}
Y
expect 'the plain language, and a folder of manifests' 0 '"$yare" render checkout/plain.yaml'
same out '---
kind: Two'
expect 'a generator that asks a cluster' 1 'sed "s/merge:/clusters:/" checkout/plain.yaml >checkout/bad.yaml && "$yare" render checkout/bad.yaml'
has err 'checkout/bad.yaml:6:7: error: this generator asks something outside of the checkout'

mkdir -p checkout/base checkout/part
printf 'resources: [o.yaml]\nimages: [{name: nginx, newTag: "1"}]\n' >checkout/base/kustomization.yaml
printf 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 1, template: {spec: {containers: [{name: c, image: nginx}]}}}\n' >checkout/base/o.yaml
printf 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations: {part: "yes"}\n' >checkout/part/kustomization.yaml
cat >checkout/kustomized.yaml <<'Y'
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: k}
spec:
  source:
    repoURL: https://x.example/y
    path: base
    kustomize:
      namePrefix: pre-
      nameSuffix: -post
      namespace: there
      images: ['nginx:2', 'nginx=other/nginx:3']
      replicas: [{name: web, count: 4}]
      commonLabels: {team: a}
      labelWithoutSelector: true
      commonAnnotations: {note: b}
      components: [../part, ../missing]
      ignoreMissingComponents: true
      patches:
        - target: {kind: Deployment}
          patch: '[{"op": "add", "path": "/spec/paused", "value": true}]'
Y
expect 'a kustomization with what the Application says' 0 '"$yare" render checkout/kustomized.yaml'
has out 'name: pre-web-post'
has out 'namespace: there'
has out 'image: other/nginx:3'
has out 'replicas: 4'
has out 'team: a'
has out 'note: b'
has out 'part: "yes"'
has out 'paused: true'
lacks out 'matchLabels'
expect 'a field that is not known' 1 'sed "s/nameSuffix/nameSufix/" checkout/kustomized.yaml >checkout/bad.yaml && "$yare" render checkout/bad.yaml'
has err 'kustomize.nameSufix of an application is not supported'

if command -v git >/dev/null; then
    expect 'a change is previewed' 0 'cp -r checkout repo && cd repo && git init -q . && git add -A &&
        git -c user.name=a -c user.email=a@b commit -qm one && sed -i "s/port: 90/port: 99/" config/v.yaml &&
        "$yare" diff app.yaml --rev HEAD'
    has out 'ConfigMap'
    has out '99'
fi

# --- the hydrator's layout -----------------------------------------------------------------------------------------

expect 'the layout of the source hydrator' 0 \
    '"$yare" render "$root" -e dev,prod --layout hydrator -o tree && find tree -name manifest.yaml | wc -l | tr -d " "'
same out 18
expect 'has no separator in front' 0 'head -n 1 tree/prod/kafka/manifest.yaml'
lacks out '---'
expect 'is not touched without change' 0 \
    'find tree -type f -exec ls -l --full-time {} + >before && "$yare" render "$root" -e dev,prod --layout hydrator -o tree &&
    find tree -type f -exec ls -l --full-time {} + | cmp - before'
has err '0 releases changed'
expect 'needs a folder' 2 '"$yare" render "$root" -e dev --layout hydrator'

totals

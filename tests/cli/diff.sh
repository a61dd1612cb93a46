#!/bin/sh
# diff.sh BUILD: `yare diff` as a user runs it: two environments, a git revision, manifests, a cluster, and the causes
. tests/cli/lib.inc

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@example.com
export GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@example.com TMPDIR="$work/tmp"
mkdir -p "$TMPDIR"

# a helmfile with two environments and one chart
mkdir -p project/charts/shop/templates project/env
cat >project/helmfile.yaml <<'END'
environments:
  dev: {}
  prod: {}
---
releases:
  - name: shop
    namespace: web
    chart: ./charts/shop
    values: ["env/{{ .Environment.Name }}.yaml"]
  - name: extra
    namespace: web
    chart: ./charts/shop
    installed: {{ eq .Environment.Name "prod" }}
END
mv project/helmfile.yaml project/helmfile.yaml.gotmpl
printf 'apiVersion: v2\nname: shop\nversion: 0.1.0\n' >project/charts/shop/Chart.yaml
printf 'replicas: 1\npdb: false\npassword: hunter2\nports: [80]\n' >project/charts/shop/values.yaml
cat >project/charts/shop/templates/all.yaml <<'END'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  labels:
    helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
spec:
  replicas: {{ .Values.replicas }}
  template:
    metadata:
      annotations:
        checksum/secret: {{ .Values.password | sha256sum }}
    spec:
      containers:
        - name: app
          ports:
            {{- range .Values.ports }}
            - containerPort: {{ . }}
            {{- end }}
---
apiVersion: v1
kind: Secret
metadata:
  name: {{ .Release.Name }}
stringData:
  password: {{ .Values.password }}
{{- if .Values.pdb }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ .Release.Name }}
{{- end }}
END
printf 'replicas: 1\n' >project/env/dev.yaml
printf '# production\nreplicas: 3\npdb: true\nports: [80, 443]\n' >project/env/prod.yaml
(cd project && git init -q . && git add . && git commit -qm one) >git.log 2>&1

expect 'two environments' 0 'cd project && "$yare" diff dev prod -l name=shop'
has out '~ Deployment web/shop  release shop'
has out '- spec.replicas: 1'
has out '+ spec.replicas: 3'
has out '    replicas: env/dev.yaml:1 → env/prod.yaml:2'
has out '+ spec.template.spec.containers[app].ports[443]:'
has out '    ports[1]: (not set) → env/prod.yaml:4'
has out '+ PodDisruptionBudget web/shop  release shop'
has out '    pdb: charts/shop/values.yaml:2 → env/prod.yaml:3'
has out '1 added, 0 removed, 1 changed, 1 the same'
is_empty err

expect 'a release of one side' 0 'cd project && "$yare" diff dev prod -l name=extra'
has out '+ Deployment web/extra  release extra'
has out '    release extra: helmfile.yaml.gotmpl'

expect 'exit code as diff' 1 'cd project && "$yare" diff dev prod --exit-code'
expect 'exit code as diff, nothing differs' 0 'cd project && "$yare" diff dev dev --exit-code'
same out '0 added, 0 removed, 0 changed, 2 the same'
expect 'exit code as diff, trouble' 2 'cd project && "$yare" diff dev nope --exit-code'
has err "environment 'nope' is not defined"
expect 'detailed exit code' 2 'cd project && "$yare" diff dev prod --detailed-exitcode'
expect 'detailed exit code, trouble' 1 'cd project && "$yare" diff dev nope --detailed-exitcode'

expect 'merged values' 0 'cd project && "$yare" diff dev prod --values -l name=shop'
has out '- replicas: 1'
has out '    env/dev.yaml:1 → env/prod.yaml:2'
lacks out 'hunter2'

expect 'values sets of a chart' 0 'cd project && "$yare" diff charts/shop -f env/dev.yaml -- -f env/prod.yaml --set replicas=7'
has out '+ spec.replicas: 7'
has out '    replicas: env/dev.yaml:1 → --set replicas=7'

expect 'two paths' 0 'cp -r project/charts/shop shop2 && sed -i "s/replicas: 1/replicas: 5/" shop2/values.yaml && "$yare" diff project/charts/shop shop2'
has out '    replicas: project/charts/shop/values.yaml:1 → shop2/values.yaml:1'

mkdir -p overlays/base overlays/dev overlays/prod
printf 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\n' >overlays/base/s.yaml
printf 'resources: [s.yaml]\nconfigMapGenerator: [{name: conf, literals: [a=1]}]\n' >overlays/base/kustomization.yaml
printf 'resources: [../base]\nnamespace: dev\n' >overlays/dev/kustomization.yaml
printf 'resources: [../base]\nnamespace: prod\nconfigMapGenerator: [{name: conf, behavior: merge, literals: [a=2]}]\n' \
    >overlays/prod/kustomization.yaml
expect 'two kustomizations' 0 '"$yare" diff overlays/dev overlays/prod'
has out '~ Service prod/web  was Service dev/web'
has out '~ ConfigMap prod/conf-6gtghh96k8  was ConfigMap dev/conf-h29d89cmmt'
has out '+ data.a: "2"'
has out '0 added, 0 removed, 2 changed (2 renamed), 0 the same'

# --- revisions

expect 'nothing changed since HEAD' 0 'cd project && "$yare" diff --rev HEAD --exit-code'
sed -i 's/replicas: 3/replicas: 4/' project/env/prod.yaml
expect 'one line changed: every environment is looked at' 0 'cd project && "$yare" diff --rev HEAD'
has out '== environment prod'
lacks out '== environment dev'
has out '+ spec.replicas: 4'
has out '    replicas: HEAD:env/prod.yaml:2 → env/prod.yaml:2'
expect 'from below the repository' 0 'cd project/charts && "$yare" diff ../../project --rev HEAD -e prod'
has out '    replicas: HEAD:env/prod.yaml:2 → ../../project/env/prod.yaml:2'
sed -i 's/{{ .Values.replicas }}/{{ add .Values.replicas 10 }}/' project/charts/shop/templates/all.yaml
expect 'a template line is the cause' 0 'cd project && "$yare" diff --rev HEAD -e dev'
has out 'HEAD:charts/shop/templates/all.yaml:8 → charts/shop/templates/all.yaml:8'
sed -i 's/0.1.0/0.2.0/' project/charts/shop/Chart.yaml
expect 'a chart version is noise' 0 'cd project && git stash -q && sed -i s/0.1.0/0.2.0/ charts/shop/Chart.yaml && "$yare" diff --rev HEAD --exit-code'
has out '3 changes hidden as noise'
expect 'noise can be shown' 1 'cd project && "$yare" diff --rev HEAD --exit-code --show-noise -e dev'
has out '    .Chart.Version: HEAD:charts/shop/Chart.yaml:3 → charts/shop/Chart.yaml:3'
(cd project && git add . && git commit -qm two) >git.log 2>&1
expect 'two revisions' 0 'cd project && "$yare" diff --rev HEAD~1..HEAD -e dev --show-noise'
has out 'HEAD~1:charts/shop/Chart.yaml:3 → HEAD:charts/shop/Chart.yaml:3'
expect 'the work tree and the index stay as they are' 0 'cd project && git status --short'
is_empty out
expect 'no temporary folder stays' 0 'ls "$TMPDIR"'
is_empty out
expect 'unknown revision' 1 'cd project && "$yare" diff --rev nope'
has err "git knows no revision 'nope' here"
expect 'an option is no revision' 1 'cd project && "$yare" diff --rev=--output=x'
has err "git knows no revision '--output=x' here"
expect 'no repository' 1 'cp -r project/charts/shop "$work/alone" && GIT_CEILING_DIRECTORIES=$(dirname "$work") "$yare" diff "$work/alone" --rev HEAD'
has err 'is in no git repository'

# --- manifests

expect 'against a folder' 0 'cd project && "$yare" render -e dev -o ../tree >/dev/null 2>&1 && "$yare" diff -e dev --against ../tree --exit-code'
same out '0 added, 0 removed, 0 changed, 2 the same'
expect 'against a file' 1 'cd project && "$yare" render -e dev >../out.yaml && "$yare" diff -e prod -l name=shop --against ../out.yaml --exit-code'
has out '1 added, 0 removed, 1 changed, 1 the same'
has out '    replicas: env/prod.yaml:2'
expect 'against standard input' 0 'cd project && "$yare" diff -e dev --against - --exit-code <../out.yaml'

expect 'two files of manifests' 1 'sed "s/replicas: 1/replicas: 2/" out.yaml >other.yaml && "$yare" diff out.yaml other.yaml --exit-code'
has out '+ spec.replicas: 2'

chart random
cat >random/templates/all.yaml <<'END'
apiVersion: v1
kind: Secret
metadata: {name: s}
stringData: {password: {{ randAlphaNum 16 }}, user: admin}
END
expect 'generated values are noise' 0 '"$yare" render random --seed 7 >random.yaml && "$yare" diff random --against random.yaml --exit-code'
same out '0 added, 0 removed, 0 changed, 1 the same; 1 change hidden as noise'
expect 'what stands beside them is not' 1 'sed -i s/admin/root/ random/templates/all.yaml && "$yare" diff random --against random.yaml --exit-code --show-secrets'
has out '- stringData.user: admin'
lacks out 'password'

# --- a cluster, through a kubectl that only knows what a file says

mkdir -p bin
cat >bin/kubectl <<'END'
#!/bin/sh
echo "$@" >>"$KUBECTL_LOG"
cat >"$KUBECTL_LOG.in"
case $1 in get) cat "$KUBECTL_ANSWER" ;; *) exit 1 ;; esac
END
chmod +x bin/kubectl
cat >answer.json <<'END'
{"apiVersion": "v1", "kind": "List", "items": [
 {"apiVersion": "apps/v1", "kind": "Deployment",
  "metadata": {"name": "shop", "namespace": "web", "uid": "1", "labels": {"helm.sh/chart": "shop-0.2.0", "by": "hand"}},
  "spec": {"replicas": 2, "revisionHistoryLimit": 10, "template": {"metadata": {"annotations": {"checksum/secret": "x"}},
   "spec": {"restartPolicy": "Always", "containers": [
    {"name": "sidecar", "image": "x"},
    {"name": "app", "terminationMessagePath": "/dev/termination-log", "ports": [{"containerPort": 80, "protocol": "TCP"}]}]}}},
  "status": {"replicas": 2}},
 {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "shop", "namespace": "web"}, "type": "Opaque",
  "data": {"password": "aHVudGVyMg=="}}]}
END
export PATH="$work/bin:$PATH" KUBECTL_LOG="$work/kubectl.log" KUBECTL_ANSWER="$work/answer.json"
expect 'a cluster' 0 'cd project && "$yare" diff -e dev --live'
has out '- spec.replicas: 2'
has out '+ spec.replicas: 1'
has out '- metadata.labels.by: hand'
has out '- spec.template.spec.containers[sidecar]:'
lacks out 'revisionHistoryLimit'
lacks out 'status'
lacks out 'Secret'
has out '0 added, 0 removed, 1 changed, 1 the same'
expect 'kubectl is only asked to get' 0 'cat "$KUBECTL_LOG"'
same out 'get --filename=- --output=json --ignore-not-found --namespace=web'
expect 'a context of kubectl' 0 'cd project && "$yare" diff -e dev --live --kube-context minikube >/dev/null; tail -n 1 "$KUBECTL_LOG"'
has out '--context=minikube'
expect 'secrets are not sent to kubectl' 1 'grep hunter2 "$KUBECTL_LOG.in"'
printf '' >empty.json
expect 'nothing is there yet' 0 'cd project && KUBECTL_ANSWER=../empty.json "$yare" diff -e dev --live'
has out '2 added, 0 removed, 0 changed, 0 the same'
expect 'kubectl fails' 1 'cd project && KUBECTL_ANSWER=/nope "$yare" diff -e dev --live'
has err 'command "kubectl" exited with status 1'

# --- render --watch: what differs from the last time

cat >watch.sh <<'END'
"$yare" render project -e prod --watch >watched 2>&1 &
pid=$!
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    if [ "$i" = 4 ]; then sed -i 's/replicas: [0-9]*/replicas: 8/' project/env/prod.yaml; fi
    if grep -q 'replicas: 8' watched; then break; fi
    sleep 0.5
done
kill $pid
cat watched
END
expect 'watch prints only what differs' 0 'sh watch.sh'
has out 'watching for changes'
has out '+ spec.replicas: 8'
has out '    replicas: project/env/prod.yaml:2'
lacks out 'containerPort'
(cd project && git checkout -q .)

# --- formats

expect 'side by side' 0 'cd project && COLUMNS=100 "$yare" diff dev prod -l name=shop -o side-by-side'
has out '  1                                              |   3'
expect 'markdown' 0 'cd project && "$yare" diff dev prod -o markdown'
has out '### yare diff: dev → prod'
has out '<details><summary>changed <b>Deployment web/shop</b>, release shop (2)</summary>'
has out '```diff'
expect 'markdown is bounded' 0 'cd project && "$yare" diff dev prod -o markdown --max-size 900 && test $("$yare" diff dev prod -o markdown --max-size 900 | wc -c) -le 900'
has out 'left out, to stay below 900 bytes'
expect 'json' 0 'cd project && "$yare" diff dev prod -l name=shop -o json'
has out '"format":"yare-diff/1","left":"dev","right":"prod"'
has out '{"op":"replace","path":"/spec/replicas","value":3,"old":1,"field":"spec.replicas","causes":[{"kind":"value","name":"replicas","left":"env/dev.yaml:1","right":"env/prod.yaml:2"}]}'
expect 'html' 0 'cd project && "$yare" diff dev prod -o html'
has out '<title>dev → prod</title>'
lacks out 'http://'
lacks out '@DATA@'
expect 'unknown format' 2 'cd project && "$yare" diff dev prod -o xml'
has err '--output is text, side-by-side, markdown, json or html'
expect 'colours on demand' 0 'cd project && "$yare" diff dev prod --color always'
has out "$(printf '\033[32m+ spec.replicas: 3')"
expect 'no colours in a pipe' 0 'cd project && "$yare" diff dev prod'
lacks out "$(printf '\033')"

# --- wrong usage

expect 'nothing to compare' 1 'cd project && "$yare" diff'
has err 'what is to be compared?'
expect 'two ways at once' 1 'cd project && "$yare" diff --live --rev HEAD'
has err 'give one of --rev, --against, --live'
expect 'help' 0 '"$yare" diff --help'
has out 'yare diff [PATH] --rev REV[..REV]'

totals

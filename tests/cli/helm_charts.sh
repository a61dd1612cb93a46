#!/bin/sh
# helm_charts.sh BUILD: `yare helm create`, `package`, `dependency`, `env`, `version` and what is refused; texts are
# those of Helm 4.1.4
. tests/cli/lib.inc

expect 'create' 0 '"$yare" helm create shop && (cd shop && find . -type f | LC_ALL=C sort)'
same out 'Creating shop
./.helmignore
./Chart.yaml
./templates/NOTES.txt
./templates/_helpers.tpl
./templates/deployment.yaml
./templates/hpa.yaml
./templates/httproute.yaml
./templates/ingress.yaml
./templates/service.yaml
./templates/serviceaccount.yaml
./templates/tests/test-connection.yaml
./values.yaml'
expect 'what it makes lints and renders' 0 '"$yare" helm lint shop --strict && "$yare" helm template r shop --set ingress.enabled=true,httpRoute.enabled=true,autoscaling.enabled=true'
has out 'kind: HTTPRoute'
has out 'name: r-shop'
expect 'files that are there are replaced' 0 '"$yare" helm create shop'
has out "WARNING: File \"$work/shop/Chart.yaml\" already exists. Overwriting."
expect 'a bad name' 1 '"$yare" helm create "a b"'
same err 'Error: chart name must match the regular expression "^[a-zA-Z0-9._-]+$"'
expect 'no folder to be in' 1 '"$yare" helm create x/y/z'
same err "Error: stat $work/x/y: no such file or directory"

chart st
printf 'a: <CHARTNAME> # kept\n' >st/values.yaml
printf 'kind: <CHARTNAME>\n' >st/templates/x.yaml
expect 'a starter of the user' 0 '"$yare" helm create new -p "$PWD/st" && cat new/values.yaml new/templates/x.yaml new/Chart.yaml'
same out 'Creating new
a: new # kept
kind: new
apiVersion: v2
appVersion: 0.1.0
description: A Helm chart for Kubernetes
name: new
type: application
version: 0.1.0'

chart dep
chart app
printf 'dependencies:\n- {name: dep, version: ">=0.0.1", repository: "file://../dep"}\n' >>app/Chart.yaml
expect 'package lacks a dependency' 1 '"$yare" helm package app'
same err 'Error: found in Chart.yaml, but missing in charts/ directory: dep'
expect 'dependency list' 0 '"$yare" helm dep ls app'
same out 'NAME	VERSION	REPOSITORY   	STATUS 
dep 	>=0.0.1	file://../dep	missing
'
expect 'template fetches it on request' 0 'cp -r app app2; "$yare" helm template app2 --dependency-update'
has out 'Saving 1 charts'
expect 'package with update' 0 '"$yare" helm package -u app -d packed --version 2.0.0 --app-version 7'
same out 'Successfully packaged chart and saved it to: packed/app-2.0.0.tgz'
expect 'the package' 0 'tar -tzf packed/app-2.0.0.tgz && "$yare" helm show chart packed/app-2.0.0.tgz'
has out 'app/charts/dep/Chart.yaml'
has out 'appVersion: "7"'
expect 'dependency list knows the archive' 0 '"$yare" helm dependency list app --max-col-width 8'
has out 'file:...'
expect 'signing is refused' 1 '"$yare" helm package dep --sign --key k'
has err 'yare does not sign packages'

expect 'version' 0 '"$yare" helm version'
same out 'version.BuildInfo{Version:"v4.1.4", GitCommit:"05fa37973dc9e42b76e1d2883494c87174b6074f", GitTreeState:"clean", GoVersion:"go1.25.9", KubeClientVersion:"v1.35"}'
expect 'version by a template' 1 '"$yare" helm version --template "{{.Version}}{{.Foo}}"'
has out 'v4.1.4'
same err 'Error: template: _:1:14: executing "_" at <.Foo>: can'"'"'t evaluate field Foo in type version.BuildInfo'
expect 'env' 0 'HELM_CACHE_HOME=/c "$yare" helm env --repository-config /r | grep -E "CACHE|REPOSITORY_CONFIG|QPS|BURST"'
same out 'HELM_BURST_LIMIT="100"
HELM_CACHE_HOME="/c"
HELM_CONTENT_CACHE="/c/content"
HELM_QPS="0.00"
HELM_REPOSITORY_CACHE="/c/repository"
HELM_REPOSITORY_CONFIG="/r"'
expect 'one variable' 0 '"$yare" helm env HELM_NAMESPACE -n shop'
same out 'shop'

expect 'a command that is nearly one' 1 '"$yare" helm lin'
same err 'Error: unknown command "lin" for "helm"

Did you mean this?
	lint
	list

Run '"'helm --help'"' for usage.'
expect 'a command about a cluster' 1 '"$yare" helm install r shop'
has err 'Error: this command needs a cluster'
expect 'global options may stand first' 0 '"$yare" helm --debug=false -n x template r st'
has out 'kind: <CHARTNAME>'
expect 'help of a command' 0 '"$yare" helm help lint'
has out 'helm lint PATH [flags]'

totals

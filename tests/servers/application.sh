#!/bin/sh
# application.sh BUILD: Applications whose charts lie in repositories and registries
. tests/servers/lib.inc
start_servers
prepare_commands
export HELM_CONFIG_HOME="$work/config" HELM_CACHE_HOME="$work/cache" HELM_DATA_HOME="$work/data"
mkdir checkout && cd checkout && git init -q . && git remote add origin https://git.example/x/y
application() { # application SOURCE...
    printf 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: one}\nspec:\n  destination: {namespace: prod}\n  sources:\n' >app.yaml
    for source; do printf '  - %s\n' "$source" >>app.yaml; done
}
application "{repoURL: '$repo', chart: c1, targetRevision: 1.1.0, helm: {valuesObject: {v: 9}, valueFiles: [values.yaml]}}" \
    "{repoURL: '$repo', chart: c2, targetRevision: 1.x}"
expect 'charts of a repository' 0 '"$yare" render app.yaml'
has out 'v: "9"'
has out 'name: c2'
is_empty err
expect 'the same offline' 0 'YARE_OFFLINE=1 "$yare" render app.yaml'
has out 'name: c2'
application "{repoURL: '$private', chart: c2, targetRevision: 1.2.0}"
expect 'a repository with a login that nobody gave' 1 '"$yare" render app.yaml'
has err '401 Unauthorized'
expect 'the login of helm repo add' 0 '"$build/helm" repo add a $private --username user --password secret && "$yare" render app.yaml'
has out 'name: c2'
application "{repoURL: '$repo', chart: c1, targetRevision: 1.1.0, helm: {valueFiles: [../../../x]}}"
expect 'values outside of the chart' 1 '"$yare" render app.yaml'
application "{repoURL: '$repo', chart: c9, targetRevision: 1.1.0}"
expect 'a chart that is not there' 1 '"$yare" render app.yaml'
has err 'not found in'
totals

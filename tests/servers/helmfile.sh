#!/bin/sh
# helmfile.sh BUILD: releases whose charts lie in repositories and registries
#
# Where the real helmfile is (YARE_ORACLE), it renders the same and the manifests must be the same.
. tests/servers/lib.inc
start_servers
prepare_commands
export HELM_CONFIG_HOME="$work/config" HELM_CACHE_HOME="$work/cache" HELM_DATA_HOME="$work/data"
oracle=${YARE_ORACLE:-/opt/oracle}
cat >helmfile.yaml <<END
repositories:
- {name: p, url: $repo}
- {name: priv, url: $private, username: user, password: secret}
- {name: reg, url: $plain/charts, oci: true, plainHttp: true}
releases:
- {name: one, chart: p/c1, version: 1.x}
- {name: two, chart: priv/c2}
- {name: three, chart: reg/c3, version: 1.3.0}
- {name: four, chart: p/c1, version: 1.1.0}
END
expect 'charts of three repositories' 0 '"$yare" helmfile template'
has out 'Source: c1/templates/cm.yaml'
has out 'Source: c3/templates/cm.yaml'
has err 'Adding repo p '
[ "$(grep -c 'Adding repo p ' err)" = 1 ]; report $? 'an index was fetched twice'
cp out rendered
expect 'the same offline' 0 'YARE_OFFLINE=1 "$yare" helmfile template'
cmp -s out rendered; report $? 'other manifests offline'
if [ -x "$oracle/helmfile" ] && [ -x "$oracle/helm" ]; then
    export oracle
    expect 'helmfile renders them' 0 'PATH="$oracle:$PATH" helmfile template'
    cmp -s out rendered; report $? 'helmfile renders something else'
fi
expect 'deps writes the lock file' 0 '"$yare" helmfile deps && cat helmfile.lock'
has out 'version: 1.2.0+b1'
has err 'Downloading c1 from repo'
has err 'Update Complete.'
if [ -x "$oracle/helmfile" ] && [ -x "$oracle/helm" ]; then
    expect 'helmfile takes the lock file' 0 'PATH="$oracle:$PATH" helmfile template'
    cmp -s out rendered; report $? 'helmfile renders something else'
fi
expect 'fetch unpacks the locked versions' 0 '"$yare" helmfile fetch --output-dir fetched && find fetched -name Chart.yaml'
has out 'fetched/one/p/c1/1.2.0+b1/c1/Chart.yaml'
has out 'fetched/three/c3/1.3.0/c3/Chart.yaml'
expect 'repos makes them known to helm' 0 '"$yare" helmfile repos && "$build/helm" pull priv/c2 && ls'
has out 'c2-1.2.0.tgz'
rm -f helmfile.lock
expect 'name and password of the environment' 0 'sed -i "s/, username: user, password: secret//" helmfile.yaml && PRIV_USERNAME=user PRIV_PASSWORD=secret "$yare" helmfile template'
expect 'without them' 1 '"$yare" helmfile template'
has err '401 Unauthorized'
printf 'repositories: [{name: p, url: %s}]\nreleases: [{name: x, chart: p/none}]\n' $repo >helmfile.yaml
expect 'a chart that the repository lacks' 1 '"$yare" helmfile template'
has err 'no chart name found'
printf 'releases: [{name: x, chart: "oci://%s/charts/c4", version: 1.4.0, plainHttp: true}]\n' $plain >helmfile.yaml
expect 'a chart by its reference' 0 '"$yare" helmfile template'
has out 'Source: c4/templates/cm.yaml'
printf 'releases: [{name: x, chart: %s/c5-1.5.0.tgz}]\n' $repo >helmfile.yaml
expect 'a chart by its URL' 0 '"$yare" helmfile template'
has out 'Source: c5/templates/cm.yaml'
expect 'a chart of the users own repositories' 0 '"$build/helm" repo add mine $repo && printf "releases: [{name: x, chart: mine/c2}]\n" >helmfile.yaml && "$yare" helmfile template'
has out 'Source: c2/templates/cm.yaml'
printf 'releases: [{name: x, chart: p/c1, verify: true}]\nrepositories: [{name: p, url: %s}]\n' $repo >helmfile.yaml
expect 'verify is refused' 1 '"$yare" helmfile template'
has err 'does not verify signatures'
totals

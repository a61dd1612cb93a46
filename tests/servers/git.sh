#!/bin/sh
# git.sh BUILD: kustomizations, values and state files out of git repositories, over file and http
#
# Where the real kustomize is (YARE_ORACLE), it builds the same URLs and the manifests must be the same.
. tests/servers/lib.inc
start_servers
export repository="$git_url/org/platform.git" local="file://$work/tree"
kustomize=$work/kustomize
ln -s "$yare" "$kustomize"
export root_work="$work" kustomize oracle="${YARE_ORACLE:-/opt/oracle}/kustomize"
first=$(git -C "$work/tree" rev-parse v1)

same_as_kustomize() { # same_as_kustomize URL: built by itself, and as a resource
    export url="$1"
    expect "build $1" 0 '"$kustomize" build "$url"'
    cp out alone
    expect "resource $1" 0 'mkdir -p k && printf "resources:\n- %s\n" "$url" >k/kustomization.yaml && "$kustomize" build k'
    [ -x "$oracle" ] || return
    expect "kustomize builds $1" 0 '"$oracle" build "$url"'
    cmp -s out alone; report $? 'kustomize builds something else'
}

for url in "$repository/base" "$repository//overlay?ref=v1" "$repository/overlay?ref=v2" "$repository//overlay?ref=$first" \
    "$repository//base?version=v1&timeout=10s&submodules=false" "$local//overlay?ref=v1" "$local//base"; do
    same_as_kustomize "$url"
done
expect 'v1 is the first commit' 0 '"$kustomize" build "$repository//base?ref=v1"'
has out 'v: "1"'
expect 'v2 the second' 0 '"$kustomize" build "$repository//base?ref=v2"'
has out 'v: "2"'

fails() { # fails URL WORDS
    export url="$1"
    expect "fails $1" 1 '"$kustomize" build "$url"'
    has err "$2"
}
fails "$repository//nope" 'no such file or directory'
fails "$repository//outside" 'accumulating resources'
fails "$repository//link" 'refers to directory outside of repo'
fails "$repository//base/cm.yaml" 'expecting directory'
fails "$git_url/org/none//base" 'not found'
fails "$repository//base?ref=nope" "couldn't find remote ref nope"
fails "$repository//base?ref=--upload-pack=x" "cannot begin with '-'"

# a branch that moves is seen, a commit needs no network
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: base}\ndata: {v: "3"}\n' >"$work/tree/base/cm.yaml"
git -C "$work/tree" commit -qam three
git -C "$work/tree" push -q "$work/git/org/platform.git" main
expect 'a branch is asked each time' 0 '"$kustomize" build "$repository//base?ref=main"'
has out 'v: "3"'
expect 'offline it is where it stood last' 0 'YARE_OFFLINE=1 "$kustomize" build "$repository//base?ref=main"'
has out 'v: "3"'
expect 'offline and never fetched' 1 'YARE_OFFLINE=1 "$kustomize" build "$git_url/org/other//base"'
has err 'yare is offline'

runs=
for i in 1 2 3 4 5 6 7 8; do
    YARE_CACHE_HOME="$work/fresh" "$kustomize" build "$repository//overlay?ref=v1" >"eight$i" 2>"err$i" &
    runs="$runs $!"
done
for run in $runs; do wait "$run"; done
case_name='eight at once' case_command='kustomize build'
for i in 1 2 3 4 5 6 7 8; do cmp -s eight1 "eight$i" && [ -s "eight$i" ]; report $? "process $i: $(cat "err$i")"; done
[ "$(find "$work/fresh" -name '.new.*' | wc -l)" = 0 ]; report $? 'half a tree was left'
expect 'a home that cannot be written to' 0 'HOME=/proc/none XDG_CACHE_HOME= TMPDIR="$root_work" "$kustomize" build "$repository//base?ref=v1"'
has out 'v: "1"'

cp "$work/tree/base/cm.yaml" "$work/repo/cm.yaml"
printf 'v: from-http\n' >"$work/repo/values.yaml"
expect 'a file over http' 0 'printf "resources:\n- $repo/cm.yaml\n" >k/kustomization.yaml && "$kustomize" build k'
has out 'v: "3"'
expect 'a file that is not there' 1 'printf "resources:\n- $repo/none.yaml\n" >k/kustomization.yaml && "$kustomize" build k'
has err 'HTTP Error: status code 404 (Not Found)'
expect 'values over http' 0 '"$build/helm" template "$work/src/c1-1.1.0/c1" -f $repo/values.yaml'
has out 'v: "from-http"'
expect 'a file for --set-file over http' 0 '"$build/helm" template "$work/src/c1-1.1.0/c1" --set-file v=$repo/values.yaml'
expect 'values that are not there' 1 '"$build/helm" template "$work/src/c1-1.1.0/c1" -f $repo/none.yaml'
has err "Error: failed to fetch $repo/none.yaml : 404 Not Found"

cat >helmfile.yaml <<END
releases:
- name: one
  chart: $work/src/c1-1.1.0/c1
  values: ["git::$repository@values.yaml?ref=v1"]
END
expect 'values of a state file from git' 0 '"$yare" helmfile template'
has out 'v: "from-git"'
printf 'releases:\n- {name: two, chart: %s}\n' "$work/src/c2-1.2.0/c2" >"$work/tree/helmfile.yaml"
git -C "$work/tree" add -A && git -C "$work/tree" commit -qm four && git -C "$work/tree" push -q "$work/git/org/platform.git" main
printf 'helmfiles:\n- path: "git::%s@helmfile.yaml?ref=main"\n' "$repository" >helmfile.yaml
expect 'a state file from git' 0 '"$yare" helmfile template'
has out 'c2/templates/cm.yaml'
printf 'helmfiles:\n- path: "git::%s@link/passwd?ref=main"\n' "$repository" >helmfile.yaml
expect 'a link that leads out of its repository' 1 '"$yare" helmfile template'
has err 'leads out of its repository'
totals

#!/bin/sh
# helm_show.sh BUILD: `yare helm show`; what is compared with `same` is what Helm 4.1.4 printed
. tests/cli/lib.inc

chart demo
printf '# top\nimage:\n  repository: nginx\n  tag: null\nports: [80, 443]\nhosts:\n- {name: a, up: true}\n- {name: b, up: false}\n' >demo/values.yaml
printf 'Read me\n' >demo/ReadMe.MD
mkdir demo/crds && printf 'kind: A\n' >demo/crds/a.yaml && printf -- '---\nkind: B\n' >demo/crds/b.yml

expect 'chart' 0 '"$yare" helm show chart demo'
same out 'apiVersion: v2
name: demo
version: 0.1.0
'
expect 'values are printed as they stand' 0 '"$yare" helm show values demo'
has out '# top'
expect 'crds are set apart' 0 '"$yare" helm show crds demo'
same out '---
kind: A

---
kind: B
'
expect 'all' 0 '"$yare" helm show all demo && "$yare" helm inspect readme demo'
has out 'Read me'

path() { # path TEMPLATE EXPECTED: what the template prints of the values
    template=$1
    export template
    expect "jsonpath $1" 0 '"$yare" helm show values demo --jsonpath "$template"; echo'
    same out "$2"
}

path '{.image.repository}' 'nginx'
path '{.image}' '{"repository":"nginx","tag":null}'
path '{.image.tag}' 'null'
path '{.ports[0]} {.ports[-1:]}' '80 443'
path '{.ports[*]}' '80 443'
path '{range .hosts[*]}{.name}={.up}{";"}{end}' 'a=true;b=false;'
path '{.hosts[?(@.up==true)].name}' 'a'
path '{.hosts[?(@.name!="a")].name}' 'b'
path "{.image['repository','tag']}" 'nginx null'
path '{..repository}' 'nginx'
path "{'it\\'s'}" "it's"
path '{.nope}' ''
path '{.ports[7]}' ''

expect 'a bad template' 1 '"$yare" helm show values demo --jsonpath "{.a"'
same err 'Error: error parsing jsonpath {.a: unclosed action'
expect 'jsonpath is for values' 1 '"$yare" helm show chart demo --jsonpath x'
has err 'Error: unknown flag: --jsonpath'
expect 'no argument' 1 '"$yare" helm show values'
same err 'Error: "helm show values" requires 1 argument

Usage:  helm show values [CHART] [flags]'
expect 'an unknown part prints the help' 0 '"$yare" helm show nope'
has out 'helm show COMMAND'
expect 'missing chart' 1 '"$yare" helm show chart ./nope'
same err 'Error: path "./nope" not found'

totals

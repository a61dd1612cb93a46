#!/bin/sh
# helm_lint.sh BUILD: `yare helm lint`; what is compared with `same` is what Helm 4.1.4 printed
. tests/cli/lib.inc

chart good
printf 'icon: https://example.com/i.png\n' >>good/Chart.yaml
printf 'a: 1\n' >good/values.yaml
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n' >good/templates/a.yaml

expect 'a good chart' 0 '"$yare" helm lint good'
same out '==> Linting good

1 chart(s) linted, 0 chart(s) failed'
is_empty err

expect 'quiet says nothing of a good chart' 0 '"$yare" helm lint good --quiet'
is_empty out

mkdir -p bad/templates
printf 'apiVersion: v1\nname: bad\nversion: 1.2\nmaintainers:\n- name: x\n  email: foo\nfoo: 1\ntype: library\n' >bad/Chart.yaml
printf 'a:\n- b\n' >bad/values.yaml
printf 'apiVersion: apps/v1beta1\nkind: Deployment\nmetadata:\n  name: A\n' >bad/templates/d.yaml
printf 'x\n' >bad/templates/e.json
expect 'a chart with many faults' 1 '"$yare" helm lint bad'
same out '==> Linting bad
[WARNING] Chart.yaml: failed to strictly parse chart metadata file
	error unmarshaling JSON: while decoding JSON: json: unknown field "foo"
[ERROR] Chart.yaml: version should be of type string but it'"'"'s of type float64
[ERROR] Chart.yaml: invalid email '"'foo'"' for maintainer '"'x'"'
[INFO] Chart.yaml: icon is recommended
[ERROR] Chart.yaml: chart type is not valid in apiVersion '"'v1'"'. It is valid in apiVersion '"'v2'"'
[WARNING] Chart.yaml: version '"'1.2'"' is not a valid SemVerV2
[ERROR] templates/e.json: file extension '"'.json'"' not valid. Valid extensions are .yaml, .yml, .tpl, or .txt
'
same err 'Error: 1 chart(s) linted, 1 chart(s) failed'

chart old
printf 'apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: Big}\n---\n  kind: X\n---\n- 1\n' >old/templates/a.yaml
expect 'names and deprecated versions' 1 '"$yare" helm lint old'
has out '[WARNING] templates/a.yaml: object name does not conform to Kubernetes naming requirements: "Big": metadata.name: Invalid value: "Big": a lowercase RFC 1123 subdomain must consist of'
has out '[WARNING] templates/a.yaml: batch/v1beta1 CronJob is deprecated in v1.21+, unavailable in v1.25+; use batch/v1 CronJob'
has out '[ERROR] templates/a.yaml: unable to parse YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type rules.k8sYamlStruct'

expect 'an older cluster takes it' 1 '"$yare" helm lint old --kube-version 1.20'
lacks out 'is deprecated'

expect 'warnings fail when strict' 1 '"$yare" helm lint good old --strict'
has err 'Error: 2 chart(s) linted, 1 chart(s) failed'

chart needy
printf '{{ required "give x" .Values.x }}{{ fail "no" }}\n' >needy/templates/a.yaml
expect 'required and fail are logged' 0 '"$yare" helm lint needy'
has err 'level=WARN msg="missing required value" message="give x"'
has err 'level=INFO msg="funcMap fail" message=no'

chart typed
printf '{"properties":{"a":{"type":"string"}}}' >typed/values.schema.json
printf 'a: 1\n' >typed/values.yaml
expect 'values against the schema' 1 '"$yare" helm lint typed'
has out "[ERROR] values.yaml: - at '/a': got number, want string"
expect 'values from flags count' 0 '"$yare" helm lint typed --set a=x'

chart parent
printf 'dependencies:\n- {name: gone, version: 1, repository: ""}\n' >>parent/Chart.yaml
mkdir -p parent/charts && cp -r good parent/charts/extra
expect 'dependencies' 1 '"$yare" helm lint parent'
has out 'parent: chart metadata is missing these dependencies: good'
has out 'parent: chart directory is missing these dependencies: gone'
expect 'subcharts too' 1 '"$yare" helm lint parent --with-subcharts'
has out '==> Linting parent/charts/extra'

expect 'no chart' 1 '"$yare" helm lint nope'
same out '==> Linting nope
Error unable to check Chart.yaml file in chart: stat nope/Chart.yaml: no such file or directory
'

expect 'an archive is unpacked and removed again' 0 'export TMPDIR="$PWD/t"; mkdir t; "$yare" helm package good >p && "$yare" helm lint good-0.1.0.tgz && sleep 0.2 && ls t'
has out '==> Linting good-0.1.0.tgz'
lacks out 'yare-'

totals

#!/bin/sh
# lint.sh BUILD: what `yare lint` finds, and what it leaves alone
. tests/cli/lib.inc

cp -r "$root/charts" "$root/environments" "$root/helmfile.yaml" .

expect 'the platform is clean' 0 '"$yare" lint --error-on warning'
has out '0 errors, 0 warnings'
has out 'note: helmDefaults.wait changes nothing in what is rendered: it is for a cluster [no-effect]'
lacks out 'warning:'

# plant FILE RIGHT WRONG PATH: a mistyped key in a file is found, with the right one
plant() {
    case_name="planted $3 in $1"
    cp "$1" kept
    sed "s/\\b$2:/$3:/" kept >"$1"
    ! cmp -s kept "$1"
    report $? "nothing was planted"
    expect "planted $3 in $1" 0 '"$yare" lint --error-on never -o json'
    has out "\"fix\": \"did you mean $4?\""
    cp kept "$1"
}
plant environments/prod/user-service.yaml minReplicas minReplica autoscaling.minReplicas
plant environments/prod/user-service.yaml maxReplicas maxReplcas autoscaling.maxReplicas
plant environments/prod/user-service.yaml digest digset image.digest
plant environments/prod/user-service.yaml resourcesPreset resourcePreset resourcesPreset
plant environments/prod/user-service.yaml minLength minLenght passwords.minLength
plant environments/prod/user-service.yaml existingSecret existingSecrt mysql.auth.existingSecret
plant environments/prod/user-service.yaml activeDeadlineSeconds activDeadlineSeconds migration.activeDeadlineSeconds
plant environments/prod/user-service.yaml batchSize batchsize sessionCleanup.batchSize
plant environments/prod/common.yaml tolerations tolerations2 tolerations
plant environments/prod/common.yaml priorityClassName priorityClass priorityClassName
plant environments/prod/common.yaml logLevel loglevel logLevel
plant environments/prod/common.yaml imagePullSecrets imagePullSecret imagePullSecrets
plant environments/prod/common.yaml mirrorRegistry mirrorRegistri global.mirrorRegistry
plant environments/prod/common.yaml topologySpread topologySpreads topologySpread
plant environments/dev/message-service.yaml replicaCount replicasCount replicaCount
plant environments/dev/message-service.yaml pullPolicy pulPolicy image.pullPolicy
plant environments/dev/message-service.yaml persistence persistance mongodb.persistence
plant environments/dev/message-service.yaml retention retentoin retention
plant environments/dev/message-service.yaml bucket bukcet attachments.bucket
plant environments/dev/message-service.yaml debeziumPassword debeziumPasswort mongodb.auth.debeziumPassword

# --- other rules -----------------------------------------------------------------------------------------------------

chart app
cat >app/values.yaml <<'Y'
enabled: no
mode: 0755
clock: 1:30
power: 1e3
quoted: "no"
twice: 1
twice: 2
off: null # yare:ignore ambiguous-scalar
items: {a: 1}
Y
cat >app/templates/all.yaml <<'Y'
apiVersion: v1
kind: ConfigMap
metadata: {name: one}
data:
  a: {{ .Values.enabled }}{{ .Values.mode }}{{ .Values.clock }}{{ .Values.power }}{{ .Values.quoted }}{{ .Values.twice }}
  b: x{{ .Values.missing }}
  c: {{ randAlpha 5 }}
  d:
  {{- toYaml .Values.items | nindent 2 }}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: one}
---
apiVersion: batch/v1beta1
kind: CronJob
metadata: {name: old}
---
apiVersion: policy/v1beta1
metadata: {}
kind: PodDisruptionBudget
{{- if true -}}
---
spec: {}
{{- end }}
Y
expect 'findings do not fail but errors' 1 '"$yare" lint app'
has out 'app/values.yaml:1:1: warning: no is a boolean to YAML 1.1 (Helm), a text to YAML 1.2 [ambiguous-scalar]'
has out '0755 is 493 to YAML 1.1 (Helm), 755 to YAML 1.2'
has out '1:30 is'
lacks out 'quoted'
has out 'app/values.yaml:7: warning: key "twice" was given before in this map: the last one counts [duplicate-key]'
has out 'app/templates/all.yaml:6: warning: a value that is not there was printed'
has out 'app/templates/all.yaml:7:9: warning: release app: what this line writes differs each time'
has out 'app/templates/all.yaml:8:3: warning: d of ConfigMap one has no value: a, which follows, is beside it [misplaced-block]'
has out 'ConfigMap one is rendered twice'
has out 'has no metadata.name'
has out "the separator --- is glued to 'kind: PodDisruptionBudget'"
has out 'batch/v1beta1 CronJob is deprecated'
lacks out 'values.yaml:8'

expect 'a rule for the exit code' 1 '"$yare" lint app --error-on duplicate-key'
expect 'rules left out' 0 '"$yare" lint app --ignore duplicate-object,incomplete-object,glued-document -o json'
lacks out '"rule": "duplicate-object"'
expect 'SARIF' 0 '"$yare" lint app --error-on never -o sarif'
has out '"version": "2.1.0"'
has out '"ruleId": "duplicate-key"'
expect 'an unknown rule' 2 '"$yare" lint app --ignore duplicatekey'
has err "did you mean 'duplicate-key'?"
expect 'a whole file' 0 'printf "# yare:ignore-file all\n" | cat - app/values.yaml >v && mv v app/values.yaml && "$yare" lint app --error-on never'
lacks out 'values.yaml'

totals

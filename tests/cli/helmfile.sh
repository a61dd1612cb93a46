#!/bin/sh
# helmfile.sh BUILD: yare under helmfile's name: what runs programs, what is refused, what errors say beyond Helmfile's
. "$(dirname "$0")/lib.inc"

chart web
cat >web/templates/a.yaml <<'END'
kind: A
values: {{ toJson .Values }}
END

# programs run only where the user allows it
mkdir bin
cat >bin/sops <<'END'
#!/bin/sh
sed 's/ENC\[.*\]/decrypted/' "$2"
END
cat >bin/vals <<'END'
#!/bin/sh
sed 's|ref+vault://path#/key|from-vault|'
END
chmod +x bin/sops bin/vals
echo 'password: ENC[AES]' >secret.yaml
cat >helmfile.yaml <<'END'
hooks:
  - events: [prepare]
    command: touch
    args: [hooked]
environments:
  default:
    secrets: [secret.yaml]
---
releases:
  - name: a
    chart: ./web
    values:
      - token: ref+vault://path#/key
    secrets: [secret.yaml]
END
expect 'nothing runs without leave' 0 '"$yare" helmfile template'
has out '"password":"ENC[AES]","token":"ref+vault://path#/key"'
has err 'hooks are not run: --allow-exec'
has err 'references to secrets stay as they are: --allow-exec'
has err 'secrets stay as they are: --allow-exec lets sops decrypt secret.yaml'
expect 'no hook ran' 1 'test -e hooked'
expect 'programs run with leave' 0 'PATH="$PWD/bin:$PATH" "$yare" helmfile --allow-exec template'
has out '"password":"decrypted","token":"from-vault"'
has err "Decrypting secret $PWD/secret.yaml"
expect 'the hook ran' 0 'test -e hooked'
expect 'secrets are masked where values are shown' 0 'PATH="$PWD/bin:$PATH" "$yare" helmfile --allow-exec print-env'
has out "password: '***'"
lacks out decrypted
expect 'also by yare values' 0 'PATH="$PWD/bin:$PATH" YARE_ALLOW_EXEC=true "$yare" values . a'
lacks out from-vault

# what needs a cluster, helm or its plugins is refused
expect 'sync is refused' 1 '"$yare" helmfile sync'
same err 'helmfile sync is not done by yare: it changes a cluster'
expect 'diff points to yare diff' 1 '"$yare" helmfile diff'
has err 'yare diff compares environments and revisions'
expect '--validate is refused' 1 '"$yare" helmfile template --validate'
has err 'asks a cluster'
expect '--args is refused' 1 '"$yare" helmfile template --args --foo'
has err '--args is not honoured'
printf 'releases:\n- name: a\n  chart: ./web\n  postRenderer: sed\n' >render.yaml
expect 'postRenderer is refused' 1 '"$yare" helmfile -f render.yaml template'
has err 'in ./render.yaml: postRenderer of release "a" is not honoured'
has err 'render.yaml:4:3'
printf 'helmDefaults: {args: [--wait, --no-hooks]}\nreleases:\n- name: a\n  chart: ./web\n' >args.yaml
expect 'helmDefaults.args is refused where it matters' 1 '"$yare" helmfile -f args.yaml template'
has err 'helmDefaults.args: --no-hooks'

# errors: Helmfile's words, then the place in the file, the environment, the nearest key
printf 'environments:\n  dev: {values: [env.yaml.gotmpl]}\n---\nreleases:\n- name: a\n  chrt: ./web\n' >typo.yaml
echo 'a: {{ .Values.none }}' >env.yaml.gotmpl
expect 'an unknown key' 1 '"$yare" helmfile -f typo.yaml list'
has err 'line 3: field chrt not found in type state.ReleaseSpec'
has err 'typo.yaml:6:3'
has err "did you mean 'chart'?"
expect 'a template of environment values' 1 '"$yare" helmfile -f typo.yaml -e dev list'
has err 'map has no entry for key "none"'
has err 'env.yaml.gotmpl:1:14'
has err "values of environment 'dev'"
ln -s "$yare" helmfile
expect 'called as helmfile only its own words' 1 './helmfile -f typo.yaml list'
lacks err 'did you mean'

# Helmfile 0: every state file is a template, and environments may stand beside releases
cat >old.yaml <<'END'
environments:
  default:
    values: [{names: [a, b]}]
releases:
{{ range .Values.names }}
- {name: {{ . }}, chart: ./web}
{{ end }}
END
expect 'the rules of version 1 refuse it' 1 '"$yare" helmfile -f old.yaml list'
has err 'environments and releases cannot be defined within the same YAML part'
expect 'two passes learn the environment first' 0 '"$yare" helmfile -f old.yaml --helmfile-v0 list'
has out 'b'

# the same result with any number of threads
for i in 1 2 3 4 5 6 7 8 9; do printf -- '- {name: r%s, chart: ./web, values: [{i: %s}], needs: [r%s]}\n' $i $i $((i % 9 + 1)); done |
    sed 's/, needs: \[r1\]//' | (echo 'releases:'; cat) >many.yaml
expect 'one thread' 0 '"$yare" helmfile -f many.yaml template --concurrency 1 >one 2>one.err'
expect 'many threads' 0 'for i in 1 2 3 4 5; do "$yare" helmfile -f many.yaml template --concurrency 8 >many 2>many.err
    cmp one many && cmp one.err many.err || exit 1; done'

totals

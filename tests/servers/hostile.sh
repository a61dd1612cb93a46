#!/bin/sh
# hostile.sh BUILD: servers that stall, lie, send too much or what is none: one clear error each, in bounded time and
# memory, nothing written outside, the cache as it should be
. tests/servers/lib.inc
need python3 openssl
take_turns
helm=$build/helm
export helm HELM_CONFIG_HOME="$work/config" HELM_CACHE_HOME="$work/cache" HELM_DATA_HOME="$work/data"
export YARE_FETCH_TIMEOUT=2s host=127.0.0.1:15120 evil=http://127.0.0.1:15120
python3 "$root/tests/servers/hostile_server" 15120 &
server=$!
trap "kill $server; wait $server 2>/dev/null; rm -rf \"$work\"" EXIT
wait_for 15120

# sanitizers reserve more than any limit allows
limit='ulimit -v 3000000'
sh -c "$limit; \"\$helm\" version" >/dev/null 2>&1 || limit=:

# one_error 'COMMAND' [WORDS]: it fails with one error, within 10 seconds and 3 GB of addresses
one_error() {
    started=$(date +%s)
    expect "$1" 1 "$limit; $1"
    took=$(($(date +%s) - started))
    [ $took -le 2 ] || [ -z "${VERBOSE:-}" ] || echo "$took s: $1"
    [ $took -le 10 ]; report $? "took $took seconds"
    [ "$(grep -c '^Error: ' err)" = 1 ]; report $? 'not one error'
    [ -z "${2:-}" ] || has err "$2"
    [ ! -e /tmp/yare-escaped ] && [ ! -e "$work/yare-escaped" ]; report $? 'a file was written outside'
    rm -f /tmp/yare-escaped
}

add='"$helm" repo add x $evil'
one_error "$add/stall" 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)'
one_error "$add/stallbody" 'Client.Timeout or context cancellation while reading body'
one_error "$add/trickle" 'context deadline exceeded'
one_error "$add/reset" 'connection reset by peer'
one_error "$add/close" 'EOF'
one_error "$add/longer" 'unexpected EOF'
one_error "$add/shorter"
one_error "$add/garbage" 'malformed HTTP response'
one_error "$add/chunks"
one_error "$add/headers" 'headers'
one_error "$add/circle" 'stopped after 10 redirects'
one_error "$add/pingpong" 'stopped after 10 redirects'
one_error "$add/tofile" 'unsupported protocol scheme "file"'
one_error "$add/nowhere" '302 response missing Location header'
for status in 400 401 403 404 429 500 502 503; do
    one_error "$add/$status" "failed to fetch $evil/$status/index.yaml : $status Something"
done
one_error "$add/index/notyaml" 'mapping values are not allowed in this context'
one_error "$add/index/html"
one_error "$add/index/empty" 'empty index.yaml file'
one_error "$add/index/noversion" 'no API version specified'
one_error "$add/index/list" 'cannot unmarshal array'
one_error "$add/index/unknown" 'unknown field "foo"'
one_error "$add/index/entries"
one_error "$add/index/aliases"
one_error "$add/index/deep"
one_error 'YARE_FETCH_TIMEOUT=8s "$helm" repo add x $evil/endless' ''
expect 'nothing was kept' 0 'find "$HELM_CACHE_HOME" -type f | grep -v -e /locks/ -e /refs/ || true'
is_empty out
expect 'no repository was added' 0 '"$helm" repo list'
has err 'no repositories to show'

one_error '"$helm" pull evil --repo $evil/index/nulls' 'not found in'
one_error '"$helm" pull evil --repo $evil/index/nourls' 'has no downloadable URLs'
one_error '"$helm" pull evil --repo $evil/index/file' 'scheme "file" not supported'
one_error '"$helm" pull evil --repo $evil/repo/checksum' 'checksum'
expect 'a path that leads up stays a file name' 0 'mkdir -p a/b/c && "$helm" pull evil --repo $evil/index/path -d a/b/c && find . -name "*.tgz"'
has out './a/b/c/escaped.tgz'

for case in truncated corrupt empty html bomb bigfile parent inner dots slash nochart; do
    one_error "mkdir -p untar && \"\$helm\" pull evil --repo \$evil/repo/$case --untar --untardir untar/$case"
    one_error "\"\$helm\" template evil --repo \$evil/repo/$case"
done
expect 'an absolute name loses its first part, as in Helm' 0 '"$helm" pull evil --repo $evil/repo/absolute --untar --untardir untar/absolute && ls untar/absolute/evil/tmp'
same out yare-escaped
[ ! -e /tmp/yare-escaped ]; report $? 'a file was written outside'
one_error '"$helm" pull evil --repo $evil/repo/symlink --untar --untardir untar/symlink'
expect 'links of an archive are not made' 0 'find untar/symlink -type l'
is_empty out
expect 'nor hard links' 0 '"$helm" pull evil --repo $evil/repo/hardlink --untar --untardir untar/hardlink && cat untar/hardlink/evil/passwd'
lacks out root:
for case in truncated corrupt bomb parent; do
    mkdir -p chart-$case
    printf 'apiVersion: v2\nname: c\nversion: 1.0.0\ndependencies: [{name: evil, version: 1.0.0, repository: "%s"}]\n' \
        "$evil/repo/$case" >chart-$case/Chart.yaml
    one_error "\"\$helm\" dependency update chart-$case"
    [ ! -d chart-$case/charts ] || [ -z "$(ls -A chart-$case/charts)" ]; report $? 'something was left in charts/'
done

rm -rf "$HELM_CACHE_HOME"
pull='"$helm" pull --plain-http --version 1.0.0 oci://$host'
one_error "$pull/challenge/evil --username u --password p" '401'
one_error "$pull/challenge/evil" 'basic credential not found'
one_error "$pull/token/evil"
one_error "$pull/realm/evil" ''
one_error '"$helm" pull --plain-http oci://$host/pages/evil' 'the list of tags does not end'
one_error '"$helm" pull --plain-http oci://$host/notjson/evil' 'failed to decode response'
one_error "$pull/nolayer/evil" 'descriptors'
one_error "$pull/blob/evil" 'mismatch digest'
one_error "$pull/short/evil" 'mismatch Content-Length'
one_error "$pull/big/evil" 'is larger than'
one_error "$pull/manifest/evil" 'digest mismatch'
expect 'and one that is honest' 0 "$pull/fine/evil && tar tzf evil-1.0.0.tgz"
has out evil/Chart.yaml
expect 'the cache is sound' 0 'cd "$HELM_CACHE_HOME/content" && for f in ??/*; do
    [ "$(sha256sum <"$f" | cut -d" " -f1)" = "$(basename "$f" | cut -d. -f1)" ] || echo "$f"; done'
is_empty out
totals

#!/bin/sh
# cache.sh BUILD: five dependencies from an empty cache, offline, by eight processes at once, and under kill -9
#
# YARE_KILLS says how often a build is killed (100).
. tests/servers/lib.inc
start_servers
prepare_commands
helm=$build/helm
export PATH="$work/bin:$PATH" HELM_CONFIG_HOME="$work/config" HELM_CACHE_HOME="$work/cache" HELM_DATA_HOME="$work/data" helm

"$helm" repo add p $repo >/dev/null
"$helm" repo add a $private --username user --password secret >/dev/null
printf secret | "$helm" registry login $auth -u user --password-stdin --plain-http 2>/dev/null
rm -rf "$HELM_CACHE_HOME"
five='app chart "c1|1.x|$repo" "c2|>=1|@a" "c3|1.3.0|oci://$auth/charts" "c4|^1|oci://$auth/charts" "c5|1.5.0|file://$work/src/c5-1.5.0/c5"'

sums() { (cd "$1/charts" && sha256sum ./*.tgz); }

# What the cache holds must be what its names say; nothing else may lie there but notes, locks and hidden leftovers.
cat >"$work/bin/cache_is_sound" <<'END'
#!/bin/sh
cd "$HELM_CACHE_HOME/content" 2>/dev/null || exit 0
for file in ??/*; do
    [ -f "$file" ] || continue
    name=$(basename "$file")
    case $name in *.prov) continue ;; esac
    [ "$(sha256sum <"$file" | cut -d' ' -f1)" = "${name%%.*}" ] || { echo "$file is not what it says"; exit 1; }
done
END
chmod +x "$work/bin/cache_is_sound"

expect 'five dependencies from an empty cache' 0 "$five && \"\$helm\" dependency update chart --plain-http"
sums chart >want
[ "$(wc -l <want)" = 5 ]; report $? 'not five archives'
expect 'the cache is sound' 0 cache_is_sound
expect 'built anew' 0 'rm -rf chart/charts && "$helm" dependency build chart --plain-http'
sums chart | grep -v c5 >got; grep -v c5 want | cmp -s - got; report $? 'other archives'
expect 'built offline' 0 'rm -rf chart/charts && "$helm" dependency build chart --plain-http --offline'
sums chart | grep -v c5 >got; grep -v c5 want | cmp -s - got; report $? 'other archives'
expect 'updated offline' 0 'rm -rf chart/charts && YARE_OFFLINE=1 "$helm" dependency update chart --plain-http'
expect 'rendered' 0 '"$helm" template chart'
has out 'Source: app/charts/c4/templates/cm.yaml'
expect 'the newest chart of a registry, offline' 0 '"$helm" template oci://$auth/charts/c4 --plain-http --offline'
has out 'Source: c4/templates/cm.yaml'
expect 'a chart of a registry, offline' 0 '"$helm" template oci://$auth/charts/c3 --version 1.3.0 --plain-http --offline'
has out 'Source: c3/templates/cm.yaml'
expect 'what was never fetched is one error offline' 1 '"$helm" pull oci://$auth/charts/c3 --version 9.9.9 --plain-http --offline'
has err 'yare is offline'

# a damaged file is fetched again
expect 'a file cut short is fetched again' 0 '
    for f in "$HELM_CACHE_HOME"/content/??/*.chart; do head -c 100 "$f" >x && mv x "$f"; done
    rm -rf chart/charts && "$helm" dependency build chart --plain-http && cache_is_sound'
sums chart | grep -v c5 >got; grep -v c5 want | cmp -s - got; report $? 'other archives'

# eight at once, each with a chart of its own, one cache, from nothing
rm -rf "$HELM_CACHE_HOME"
for i in 1 2 3 4 5 6 7 8; do
    rm -rf "chart$i" && cp -r chart "chart$i" && rm -rf "chart$i/charts"
    { "$helm" dependency update "chart$i" --plain-http >"out$i" 2>&1; echo $? >"status$i"; } &
    runs="$runs $!"
done
for run in $runs; do wait "$run"; done
case_name='eight processes on one cache' case_command='helm dependency update'
for i in 1 2 3 4 5 6 7 8; do
    [ "$(cat "status$i")" = 0 ]; report $? "process $i failed: $(cat "out$i")"
    sums "chart$i" | grep -v c5 >got; grep -v c5 want | cmp -s - got; report $? "process $i has other archives"
done
expect 'the cache is sound after eight' 0 cache_is_sound

# eight on one chart
rm -rf "$HELM_CACHE_HOME" chart/charts runs
runs=
for i in 1 2 3 4 5 6 7 8; do
    "$helm" dependency update chart --plain-http >/dev/null 2>&1 &
    runs="$runs $!"
done
for run in $runs; do wait "$run"; done
sums chart | grep -v c5 >got; grep -v c5 want | cmp -s - got; report $? 'eight on one chart: other archives'

# killed at any moment, then run to its end: nothing half done is ever used
cat >"$work/bin/kill_at" <<'END'
#!/usr/bin/env python3
"""kill_at HELM TIMES: starts dependency builds and kills each after a random part of the time that one takes."""
import os, random, shutil, signal, subprocess, sys, time

helm, times = sys.argv[1], int(sys.argv[2])
cache = os.environ["HELM_CACHE_HOME"]
command = [helm, "dependency", "build", "chart", "--plain-http"]


def run():
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def begin():
    shutil.rmtree("chart/charts", ignore_errors=True)
    shutil.rmtree(cache, ignore_errors=True)


begin()
start = time.monotonic()
run().wait()
whole = time.monotonic() - start
random.seed(1)
unsound = 0
for i in range(times):
    if i % 4 == 0:
        begin()
    process = run()
    time.sleep(random.random() * whole)
    process.send_signal(signal.SIGKILL)
    process.wait()
    if subprocess.run(["cache_is_sound"]).returncode:
        unsound += 1
    for name in os.listdir("chart/charts") if os.path.isdir("chart/charts") else []:
        if not name.startswith(".") and subprocess.run(["gzip", "-t", "chart/charts/" + name]).returncode:
            unsound += 1
    again = subprocess.run(command, capture_output=True, text=True)
    if again.returncode or len([n for n in os.listdir("chart/charts") if n.endswith(".tgz")]) != 5:
        unsound += 1
        print(again.stderr)
    rendered = subprocess.run([helm, "template", "chart"], capture_output=True, text=True)
    if rendered.returncode or rendered.stdout.count("# Source: ") != 5:
        unsound += 1
        print(rendered.stderr)
print(unsound, "of", times, "left something behind")
sys.exit(unsound != 0)
END
chmod +x "$work/bin/kill_at"
expect 'killed at random moments' 0 'kill_at "$helm" ${YARE_KILLS:-100}'
same out "0 of ${YARE_KILLS:-100} left something behind"
totals

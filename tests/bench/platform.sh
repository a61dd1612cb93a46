#!/bin/sh
# platform.sh YARE: the whole platform in four environments, by yare in one process and by 36 calls of helm
#
# The same commands as the golden recordings. helm is looked for in YARE_ORACLE, then on PATH; without it only yare is
# timed. Wall times, the best of some rounds, and their ratio; no timing fails. A round of yare is several runs, so that
# reading the clock, a program of its own here, does not count.
set -eu

yare=$(command -v "$1")
case $yare in /*) ;; *) yare=$PWD/$yare ;; esac
cd "$(dirname "$0")/../.."
helm=${YARE_ORACLE:+$YARE_ORACLE/helm}
[ -n "$helm" ] && [ -x "$helm" ] || helm=$(command -v helm || true)
rounds=${ROUNDS:-5}
runs=10

now() { date +%s%N; }

render_by_yare() {
    run=0
    while [ $run -lt $runs ]; do
        "$yare" render -e local -e dev -e staging -e prod >/dev/null 2>&1 || return 1
        run=$((run + 1))
    done
}

render_by_helm() {
    for environment in local dev staging prod; do
        for chart in charts/*/; do
            name=$(basename "$chart")
            [ "$name" = service-base ] && continue
            "$helm" template "$name" "./$chart" -n chat -f "environments/$environment/common.yaml" \
                -f "environments/$environment/$name.yaml" >/dev/null 2>&1
        done
    done
}

best() { # best ROUNDS COMMAND: the shortest wall time in microseconds
    shortest=
    round=0
    while [ $round -lt "$1" ]; do
        start=$(now)
        "$2"
        taken=$((($(now) - start) / 1000))
        if [ -z "$shortest" ] || [ $taken -lt "$shortest" ]; then shortest=$taken; fi
        round=$((round + 1))
    done
    echo "$shortest"
}

render_by_yare || { echo "platform: yare cannot render the platform"; exit 1; }
ours=$(($(best "$rounds" render_by_yare) / runs))
echo "platform, 4 environments, 9 releases each: yare ${ours} us in one process"
if [ -n "$helm" ]; then
    theirs=$(best 2 render_by_helm)
    echo "the same by 36 calls of $("$helm" version --short): ${theirs} us"
    echo "ratio: $((theirs / ours))"
else
    echo "helm is not here: no ratio"
fi

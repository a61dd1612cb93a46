#!/bin/sh
# scale.sh YARE: generated helmfiles of 100 to 10,000 releases in three environments: time a release, peak memory
#
# A tree has a root state file and nested ones of 50 releases each, over four charts made by `yare helm create`, with
# values of the environment, of the part and of the release. The time a release should be the same for all sizes (goal:
# within 15 %), and memory should not grow with what is printed. Where helmfile and helm are found (YARE_ORACLE, then
# PATH) they render 100 releases in one environment (goal: 200 times the time of yare). SIZES sets the sizes; no timing
# fails.
set -eu

yare=$(command -v "$1")
case $yare in /*) ;; *) yare=$PWD/$yare ;; esac
PATH=${YARE_ORACLE:+$YARE_ORACLE:}$PATH
sizes=${SIZES:-100 1000 10000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

now() { date +%s%N; }

write_charts() {
    mkdir charts values
    for chart in web api job cache; do (cd charts && "$yare" helm create "$chart" >/dev/null); done
    for environment in dev staging prod; do
        printf 'replicaCount: 2\npodLabels: {environment: %s}\nservice: {port: 8080}\n' $environment \
            >values/$environment.yaml
    done
}

write_part() { # write_part FILE NUMBER: 50 releases
    {
        printf 'environments: {dev: {}, staging: {}, prod: {}}\n---\n'
        printf 'commonLabels: {part: "%s"}\nreleases:\n' "$2"
        release=0
        while [ $release -lt 50 ]; do
            case $((release % 4)) in 0) chart=web ;; 1) chart=api ;; 2) chart=job ;; *) chart=cache ;; esac
            printf '  - name: r%s-%s\n    namespace: n%s\n    chart: ../charts/%s\n' "$2" $release "$2" $chart
            printf '    values:\n      - ../values/{{ .Environment.Name }}.yaml\n'
            printf '      - image: {tag: "1.%s.0"}\n        podAnnotations: {part: "%s"}\n' $release "$2"
            release=$((release + 1))
        done
    } >"$1"
}

write_tree() { # write_tree RELEASES
    rm -rf parts
    mkdir parts
    {
        printf 'environments: {dev: {}, staging: {}, prod: {}}\n---\nhelmfiles:\n'
        part=0
        while [ $((part * 50)) -lt "$1" ]; do
            write_part "parts/$part.yaml.gotmpl" $part
            printf '  - path: parts/%s.yaml.gotmpl\n' $part
            part=$((part + 1))
        done
    } >helmfile.yaml
}

measure() { # measure RELEASES: prints and leaves microseconds a release in $each
    start=$(now)
    if command -v /usr/bin/time >/dev/null; then
        memory=$({ /usr/bin/time -f %M "$yare" render -e dev,staging,prod . >/dev/null; } 2>&1 | tail -n 1)
    else
        memory=?
        "$yare" render -e dev,staging,prod . >/dev/null
    fi
    taken=$((($(now) - start) / 1000))
    each=$((taken / ($1 * 3)))
    echo "$1 releases in 3 environments: $((taken / 1000)) ms, $each us a release, $memory KiB at most"
}

write_charts
for size in $sizes; do
    write_tree "$size"
    measure "$size"
done

if command -v helmfile >/dev/null && command -v helm >/dev/null; then
    write_tree 100
    export HELMFILE_UPGRADE_NOTICE_DISABLED=1
    start=$(now)
    helmfile -e dev template >theirs 2>/dev/null
    theirs=$((($(now) - start) / 1000))
    start=$(now)
    "$yare" helmfile -e dev template >ours 2>/dev/null
    ours=$((($(now) - start) / 1000))
    cmp -s ours theirs || echo "scale: the outputs of yare and helmfile differ"
    echo "100 releases: helmfile $((theirs / 1000)) ms, yare $ours us, ratio $((theirs / ours))"
else
    echo "helmfile and helm are not here: no ratio"
fi

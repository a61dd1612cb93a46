#!/bin/sh
# threads.sh BUILD: any number of threads prints the same, in the same order, also where releases fail
. tests/cli/lib.inc

runs=${THREAD_RUNS:-5}

expect 'the platform on one thread' 0 'cd "$root" && "$yare" render -e local,dev,staging,prod --threads 1'
mv out one
for threads in 2 3 8; do
    run=1
    while [ $run -le "$runs" ]; do
        expect "the platform on $threads threads" 0 \
            "cd \"\$root\" && \"\$yare\" render -e local,dev,staging,prod --threads $threads"
        cmp -s one out
        report $? 'the output is not that of one thread'
        run=$((run + 1))
    done
done

# a release that fails ends the printing where it stands, and every failure is told in order
chart good
printf 'a: {{ .Release.Name }}\n' >good/templates/a.yaml
chart bad
printf '{{ fail .Release.Name }}\n' >bad/templates/a.yaml
{
    echo 'releases:'
    for number in 01 02 03 04 05 06 07 08 09 10 11 12; do
        case $number in 05 | 09) name=bad ;; *) name=good ;; esac
        printf '  - {name: r%s, chart: ./%s}\n' $number $name
    done
} >helmfile.yaml
expect 'failures on one thread' 1 '"$yare" render --threads 1'
has out 'a: r04'
lacks out 'a: r06'
mv out one
mv err one.err
for threads in 2 3 8; do
    run=1
    while [ $run -le "$runs" ]; do
        expect "failures on $threads threads" 1 "\"\$yare\" render --threads $threads"
        cmp -s one out && cmp -s one.err err
        report $? 'output or messages are not those of one thread'
        run=$((run + 1))
    done
done
totals

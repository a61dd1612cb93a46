#!/bin/sh
# argocd.sh BUILD: what Argo CD's repo-server runs (argocd.commands), answered as the real helm and kustomize did; once as
# this user and, where that can be had, once as user 999, to whom nothing belongs but its own folders
. tests/servers/lib.inc
start_servers
prepare_commands
ln -s "$yare" "$work/kustomize"
judge() { # judge NAME: the transcript of that name
    python3 "$root/tests/servers/compare" "$root/tests/servers/argocd.transcript" "$work/$1" >"$work/verdict"
    grep -v ' passed, ' "$work/verdict"
    totals=$(tail -n 1 "$work/verdict")
    passed=$((passed + ${totals%% passed*}))
    totals=${totals#*passed, }
    failed=$((failed + ${totals%% failed*}))
}
sh "$root/tests/servers/play" "$root/tests/servers/argocd.commands" "$build/helm" "$work/kustomize" >"$work/played"
judge played
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    cp -L "$build/yare" "$work/helm" && rm "$work/kustomize" && ln -s helm "$work/kustomize"
    cp "$root/tests/servers/play" "$root/tests/servers/argocd.commands" "$work"
    chmod -R a+rX "$work"
    mkdir "$work/lent" && chown 999:999 "$work/lent"
    setpriv --reuid=999 --regid=999 --clear-groups env HOMES="$work/lent" sh "$work/play" "$work/argocd.commands" \
        "$work/helm" "$work/kustomize" >"$work/played-by-999"
    judge played-by-999
    case_name='user 999' case_command='play argocd.commands'
    find "$work" -user 999 ! -path "$work/lent*" | grep . >"$work/strays"
    [ ! -s "$work/strays" ]; report $? "files of user 999 outside of its folders: $(cat "$work/strays")"
fi
totals

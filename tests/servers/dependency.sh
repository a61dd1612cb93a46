#!/bin/sh
# dependency.sh BUILD: the commands of dependency.commands, answered as the real helm did
. tests/servers/lib.inc
start_servers
prepare_commands
sh "$root/tests/servers/play" "$root/tests/servers/dependency.commands" "$build/helm" >"$work/played"
python3 "$root/tests/servers/compare" "$root/tests/servers/dependency.transcript" "$work/played"

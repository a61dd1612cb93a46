#!/bin/sh
# fetch.sh BUILD: the commands of fetch.commands, answered as the real helm did
. tests/servers/lib.inc
start_servers
prepare_commands
sh "$root/tests/servers/play" "$root/tests/servers/fetch.commands" "$build/helm" >"$work/played"
python3 "$root/tests/servers/compare" "$root/tests/servers/fetch.transcript" "$work/played"

#!/bin/sh
# charts.sh YARE: public charts, each case rendered by yare and by helm: processor time (user and system), ratios
#
# The cases are those of a corpus that `corpus.py build` made in YARE_CACHE (an index of charts and arguments, see
# tests/README.md); helm is looked for in YARE_ORACLE, then on PATH. CASES=N takes N of the cases, evenly. Without corpus
# or helm nothing is timed; no timing fails.
set -eu
yare=$(command -v "$1")
case $yare in /*) ;; *) yare=$PWD/$yare ;; esac
helm=${YARE_ORACLE:+$YARE_ORACLE/helm}
[ -n "$helm" ] && [ -x "$helm" ] || helm=$(command -v helm || true)
corpus=${YARE_CACHE:-$HOME/.cache/yare-bars}/corpus
if [ ! -f "$corpus/index.json" ] || [ -z "$helm" ]; then
    echo "charts: no corpus in $corpus, or no helm: nothing to time"
    exit 0
fi
exec python3 "$(dirname "$0")/charts.py" "$yare" "$helm" "$corpus" "${CASES:-0}"

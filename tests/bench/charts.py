"""charts.py YARE HELM CORPUS N: processor time of both over N cases of a corpus (0: all), a table and the worst

Each case is run once by helm and three times by yare, whose shortest run counts: it takes few of the clock's ticks.
"""
import collections
import json
import os
import subprocess
import sys

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "TZ": "UTC", "LANG": "C.UTF-8", "KUBECONFIG": "/dev/null"}
YARE_RUNS = 3
WORST = 10


def seconds(command, folder):
    with open(os.devnull, "w") as nowhere:
        process = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=nowhere,
                                   stderr=nowhere)
        usage = os.wait4(process.pid, 0)[2]
    return usage.ru_utime + usage.ru_stime


def measure(case, yare, helm, corpus):
    arguments = ["template", "rel", case["chart"], *case["args"]]
    ours = min(seconds([yare, *arguments], corpus) for _ in range(YARE_RUNS))
    return max(ours, 1e-6), seconds([helm, *arguments], corpus)


def row(name, cases, ours, theirs):
    print("%-44s %5d cases %9.3f s %8.3f s  %6.1f" % (name, cases, theirs, ours, theirs / ours))


def main():
    yare, helm, corpus, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    with open(corpus + "/index.json") as index:
        cases = [case for case in json.load(index) if case["category"] != "excluded"]
    if count:
        cases = cases[:: max(1, len(cases) // count)]
    sums = collections.defaultdict(lambda: [0, 0.0, 0.0])
    ratios = []
    for case in cases:
        ours, theirs = measure(case, yare, helm, corpus)
        ratios.append((theirs / ours, ours, theirs, case["id"]))
        for key in (case["repo"], "total"):
            sums[key] = [sums[key][0] + 1, sums[key][1] + ours, sums[key][2] + theirs]
    print("%-44s %11s %11s %10s  %s" % ("", "", "helm", "yare", "ratio"))
    for name in sorted(sums, key=lambda key: (key == "total", key)):
        row(name, *sums[name])
    ratios.sort()
    print("median ratio %.1f; the %d worst:" % (ratios[len(ratios) // 2][0], WORST))
    for ratio, ours, theirs, name in ratios[:WORST]:
        print("%7.1f  helm %8.1f ms  yare %8.1f ms  %s" % (ratio, theirs * 1e3, ours * 1e3, name))


main()

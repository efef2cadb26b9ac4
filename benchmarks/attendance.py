"""Prints who is counted as left and come back in the pictures of simulated calls, and who did.

`PYTHONPATH=.:tests python benchmarks/attendance.py holdout 110 112` (split, seeds).
"""

import sys

from support.inputs.call_counts import read_counts

from fer_desktop.app import paths
from fer_desktop.core.types import PeopleSplit
from fer_desktop.simulation.layout import Style
from fer_desktop.simulation.simulator import CallSimulator

CALLS = (("cameras", 25), ("hardest", 25), ("pages", 16))
UPTO_S, STEP_S = 150.0, 1.0


def main(split: PeopleSplit, first: int, last: int) -> None:
    for script, tiles in CALLS:
        sums = [0, 0, 0, 0]
        for number, seed in enumerate(range(first, last + 1)):
            style = tuple(Style)[number % len(Style)]
            simulator = CallSimulator(paths.resources(), script, tiles, style, (1280, 720), seed, split)
            found, true = read_counts(simulator, min(UPTO_S, simulator.lasts_s), STEP_S)
            sums = [one + more for one, more in zip(sums, (*found, *true), strict=True)]
            _say(f"{script} {tiles} {style} {seed}: {found[0]} left of {true[0]}, {found[1]} came back of {true[1]}")
        _say(f"{script}: {sums[0]} left of {sums[2]}, {sums[1]} came back of {sums[3]}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(PeopleSplit(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

"""What is freed goes back to the system."""

import os
import subprocess
import sys

import pytest
from support.places import ROOT

# A small block behind each large one: the heap of a program that left its library to itself could not shrink.
_FREED = """
import psutil, sys
import numpy as np
from fer_desktop.core.memory import give_back, let_large_blocks_go
if "keep" not in sys.argv: let_large_blocks_go()
rss = lambda: psutil.Process().memory_info().rss / 1e6
np.ones(30_000_000, np.uint8)  # raises the limit of a library that is left to itself
before = rss()
pairs = [(np.ones(6_000_000, np.uint8), np.ones(100_000, np.uint8)) for _ in range(20)]
small = [pair[1] for pair in pairs]
del pairs
print(rss() - before)
give_back()
print(rss() - before)
"""


def left_mb(*words: str) -> tuple[float, float]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
    done = subprocess.run(
        [sys.executable, "-c", _FREED, *words],
        cwd=ROOT,
        env=ours,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    freed, given_back = done.stdout.split()
    return float(freed), float(given_back)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems' libraries see to it themselves")
def test_pictures_go_back_to_the_system_when_they_are_freed() -> None:
    assert max(left_mb()) < 10


@pytest.mark.skipif(sys.platform != "linux", reason="other systems' libraries see to it themselves")
def test_what_lies_free_between_blocks_in_use_is_given_back_when_that_is_asked_for() -> None:
    kept, given_back = left_mb("keep")
    assert kept > 50
    assert given_back < 10

"""Who left and who came back in simulated calls, held against what their scripts say."""

import numpy as np
import pytest
from support.inputs.call_counts import Counts, read_counts, true_counts

from fer_desktop.app import paths
from fer_desktop.core.seats.attendance import AttendanceTracker
from fer_desktop.core.types import Attendance
from fer_desktop.simulation.layout import Style
from fer_desktop.simulation.simulator import CallSimulator

STEP_S = 0.5


def counted(script: str, tiles: int, seed: int) -> tuple[Counts, Counts]:
    """What is counted where every seat is right, and what is true."""
    simulator = CallSimulator(paths.resources(), script, tiles, Style.ZOOM_DARK, (640, 360), seed)
    presence, attendance, orders = AttendanceTracker(), Attendance(), []
    for at_s in np.arange(0.0, simulator.lasts_s, STEP_S):
        truth = simulator.truth_at(float(at_s))
        attendance = presence.update([tile.participant for tile in truth.tiles], float(at_s))
        orders.append((float(at_s), truth.participants))
    return (attendance.left, attendance.came_back), true_counts(orders)


@pytest.mark.parametrize("seed", range(100, 104))
def test_where_all_are_seen_at_once_the_counts_are_right(seed: int) -> None:
    found, true = counted("cameras", 25, seed)
    # Somebody new within two seconds hides that another left.
    assert true[0] >= 3
    assert true[0] - 1 <= found[0] <= true[0]
    assert true[1] - 1 <= found[1] <= true[1]


def test_nothing_is_concluded_while_somebody_may_be_behind_another_window() -> None:
    presence = AttendanceTracker()
    for at_s in range(60):
        covered = 10 <= at_s < 50
        seen = presence.update([1, 2, 3, 4] if covered else [1, 2, 3, 4, 5], float(at_s), is_unsure=covered)
    assert (seen.left, seen.came_back) == (0, 0)


@pytest.mark.parametrize("script", ["pages", "views", "reorders", "restless"])
def test_where_nobody_leaves_nobody_is_counted(script: str) -> None:
    assert counted(script, 16, 100) == ((0, 0), (0, 0))


@pytest.mark.parametrize("seed", range(100, 104))
@pytest.mark.parametrize("tiles", [9, 25])
def test_over_pages_views_and_reorderings_there_are_never_more_than_is_true(tiles: int, seed: int) -> None:
    found, true = counted("hardest", tiles, seed)
    assert found[0] <= true[0]
    assert found[1] <= true[1]


def read(script: str, upto_s: float) -> tuple[Counts, Counts]:
    """What is counted in the pictures of a call of nine tiles, and what is true."""
    simulator = CallSimulator(paths.resources(), script, 9, Style.ZOOM_DARK, (960, 540), seed=2)
    return read_counts(simulator, upto_s, step_s=2.0)


def test_in_the_pictures_of_a_call_of_one_page_the_counts_are_right() -> None:
    assert read("cameras", 120.0) == ((2, 1), (2, 1))


def test_in_the_pictures_of_a_call_of_several_pages_nobody_leaves_by_a_turn() -> None:
    assert read("pages", 40.0) == ((0, 0), (0, 0))


def test_in_the_pictures_of_the_hardest_call_no_more_leave_than_did() -> None:
    found, true = read("hardest", 110.0)
    assert found[0] <= true[0]

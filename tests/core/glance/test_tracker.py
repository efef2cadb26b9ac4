import time
import tracemalloc

import numpy as np
import pytest
from support.scripted_classes import Lesson, looks, row, second

from fer_desktop.core.glance.changes import threshold
from fer_desktop.core.glance.sentence import sentence, strip_words
from fer_desktop.core.glance.tracker import GlanceTracker
from fer_desktop.core.glance.types import Basis, Group, GroupCounts
from fer_desktop.core.types import State

CALM = looks(happy=4, neutral=15, sad=3, surprise=1)
LEARNT_S = 330.0


def turned_sad(number: int) -> dict[int, str]:
    """Of the calm class so many neutral faces look sad instead."""
    return CALM | dict.fromkeys(range(5, 5 + number), "sad")


def lesson(calm_s: float = LEARNT_S) -> Lesson:
    begun = Lesson()
    begun.show(CALM, calm_s)
    return begun


def test_the_threshold_is_that_of_the_class_s_size() -> None:
    assert [int(threshold(faces)) for faces in (5, 10, 23, 49, 300)] == [3, 3, 4, 6, 15]


def test_the_first_seconds_are_told_and_compared_with_nothing() -> None:
    begun = Lesson()
    assert begun.show(CALM, 6).now == GroupCounts(4, 1, 15, 3, 0)
    assert begun.glance.basis is Basis.LEARNING
    begun.show(CALM, 285)
    assert (begun.glance.basis, begun.glance.usual) == (Basis.LEARNING, None)


def test_faces_that_are_read_for_the_first_moments_are_not_sure_yet_and_not_none() -> None:
    begun = Lesson()
    for _ in range(4):
        begun.show(CALM, 1)
        glance = begun.glance
        assert (glance.basis, glance.now, glance.no_face) == (Basis.FIRST, GroupCounts(unsure=23), 0)
        assert [line.text for line in sentence(glance)] == ["Reading the faces.", ""]
        assert strip_words(glance).text == "Reading the faces"
    begun.show(CALM, 300)
    begun.gap(State.COVERED, 120)
    assert begun.show(CALM, 1).basis is not Basis.NOTHING


def test_a_class_in_which_nothing_happens_is_as_usual() -> None:
    glance = lesson().show(CALM, 600)
    assert (glance.basis, glance.change, glance.past) == (Basis.USUAL, None, None)
    assert glance.usual == glance.now == GroupCounts(4, 1, 15, 3, 0)


def test_the_time_left_to_learn_is_told_and_stands_still_while_nothing_is_seen() -> None:
    begun = Lesson()
    assert begun.show(CALM, 60).learning_left_s == pytest.approx(240, abs=5)
    begun.gap(State.PAUSED, 120)
    assert begun.show(CALM, 60).learning_left_s == pytest.approx(180, abs=40)
    learnt = begun.show(CALM, 300)
    assert (learnt.basis, learnt.learning_left_s) == (Basis.USUAL, 0.0)


def test_while_a_difference_is_held_nothing_definite_is_told_of_it() -> None:
    begun = lesson()
    assert not begun.glance.unsettled
    smiles = CALM | dict.fromkeys(range(5, 17), "happy")
    held = [begun.show(smiles, 1) for _ in range(60)]
    first = next(glance for glance in held if glance.change is not None)
    told_s = first.change.since_s if first.change is not None else 0.0
    before = [glance for glance in held if glance.elapsed_s < told_s]
    # As soon as the counts differ by a change's threshold, and until it is said.
    differ = [one for one in before if one.usual is not None and one.now.smiling - one.usual.smiling >= 5]
    assert len(differ) >= 15
    assert all(glance.unsettled for glance in differ)
    assert not first.unsettled


def test_ten_that_turn_sad_are_a_change_once_it_has_lasted() -> None:
    begun = lesson()
    assert begun.show(turned_sad(10), 20).change is None
    glance = begun.show(turned_sad(10), 40)
    assert glance.change is not None
    assert (glance.change.group, glance.change.more, glance.change.of) == (Group.LOW, True, 23)
    assert (glance.change.faces, glance.change.usual) == (13, 3)
    assert 335 <= glance.change.since_s <= 385
    since_s = glance.change.since_s
    later = begun.show(turned_sad(10), 120).change
    assert later is not None
    assert later.since_s == since_s


def test_three_that_turn_sad_are_none() -> None:
    begun = lesson()
    begun.show(turned_sad(3), 300)
    assert all(glance.change is None for glance in begun.glances)


def test_twenty_seconds_are_none_but_a_minute_of_smiles_is() -> None:
    begun, all_smile = lesson(), dict.fromkeys(CALM, "happy")
    begun.show(all_smile, 12)
    begun.show(CALM, 120)
    assert all(glance.change is None for glance in begun.glances)
    glance = begun.show(all_smile, 60)
    assert glance.change is not None
    assert (glance.change.group, glance.change.more) == (Group.SMILING, True)


def test_a_large_change_that_is_over_is_told_for_two_minutes_more() -> None:
    begun = lesson()
    begun.show(dict.fromkeys(CALM, "happy"), 90)
    glance = begun.show(CALM, 40)
    assert glance.change is None
    assert glance.past is not None
    assert (glance.past.change.group, glance.past.change.faces) == (Group.SMILING, 23)
    assert 420 <= glance.past.until_s <= 465
    assert begun.show(CALM, 80).past is not None
    assert begun.show(CALM, 60).past is None


def test_usual_holds_still_while_a_change_is_on() -> None:
    begun = lesson()
    begun.show(turned_sad(10), 400)
    assert begun.glance.change is not None
    assert begun.glance.usual is not None
    assert begun.glance.usual.low == 3


def test_what_lasts_longer_than_ten_minutes_becomes_usual() -> None:
    begun = lesson()
    begun.show(turned_sad(10), 1500)
    assert begun.glance.change is None
    assert begun.glance.usual is not None
    assert begun.glance.usual.low == 13


def test_faces_that_come_or_go_are_no_change() -> None:
    begun = lesson()
    smilers = dict.fromkeys(range(100, 108), "happy")
    assert begun.show(CALM | smilers, 240).now.smiling == 12
    without = {seat: look for seat, look in CALM.items() if look != "happy"}
    begun.show(without, 240)
    assert begun.glance.now.smiling == 0
    assert all(glance.change is None for glance in begun.glances)


def test_faces_that_were_away_for_half_of_the_time_are_no_change() -> None:
    begun, smilers = Lesson(), dict.fromkeys(range(100, 108), "happy")
    begun.show(CALM | smilers, 300)
    begun.show(CALM, 300)
    begun.show(CALM | smilers, 60)
    assert begun.glance.usual is not None
    assert begun.glance.usual.smiling == 12
    assert all(glance.change is None for glance in begun.glances)


def test_a_face_that_has_gone_leaves_the_counts() -> None:
    begun = lesson()
    fewer = {seat: look for seat, look in CALM.items() if look != "sad"}
    assert begun.show(fewer, 25).now == GroupCounts(4, 1, 15, 0, 0)


def test_a_face_read_for_a_moment_is_not_counted_yet() -> None:
    begun = lesson()
    begun.show(CALM | {50: "happy"}, 2)
    assert begun.show(CALM, 5).now.smiling == 4


@pytest.mark.parametrize("state", [State.PAUSED, State.NO_SOURCE, State.COVERED])
def test_a_gap_is_no_change_and_does_not_count_as_usual(state: State) -> None:
    begun = lesson()
    during = begun.gap(state, 900)
    assert during.state is state
    assert during.now == GroupCounts(4, 1, 15, 3, 0)  # the last that were seen
    glance = begun.show(CALM, 35)
    assert (glance.basis, glance.change) == (Basis.USUAL, None)
    assert glance.usual == GroupCounts(4, 1, 15, 3, 0)
    assert begun.show(turned_sad(10), 60).change is not None


def test_nobody_in_sight_is_a_break_outside_of_usual() -> None:
    begun = lesson()
    assert begun.show({}, 300).basis is Basis.NOTHING
    begun.show(CALM, 40)
    assert begun.glance.usual == GroupCounts(4, 1, 15, 3, 0)
    assert all(glance.change is None for glance in begun.glances)


def test_a_gap_does_not_shorten_the_learning() -> None:
    begun = Lesson()
    begun.show(CALM, 120)
    begun.gap(State.PAUSED, 600)
    assert begun.show(CALM, 100).basis is Basis.LEARNING
    assert begun.show(CALM, 120).basis is Basis.USUAL


def test_a_live_class_of_four_is_withheld_without_a_count() -> None:
    begun = Lesson()
    glance = begun.show(looks(happy=4), 60)
    assert glance.state is State.WITHHELD
    assert (glance.now, glance.usual, glance.change) == (GroupCounts(), None, None)
    own = Lesson(live_class=False)
    assert own.show(looks(happy=1), 60).now == GroupCounts(smiling=1)


def test_of_a_class_of_eight_no_change_is_told() -> None:
    begun = Lesson()
    begun.show(looks(neutral=8), LEARNT_S)
    begun.show(looks(sad=8), 120)
    assert all(glance.change is None and glance.past is None for glance in begun.glances)
    recorded = Lesson(live_class=False)
    recorded.show(looks(neutral=8), LEARNT_S)
    assert recorded.show(looks(sad=8), 120).change is not None


def test_a_merged_seat_keeps_what_both_showed() -> None:
    """Seat 4 is read as 104 from some moment on, and then found to be the same face."""
    begun = lesson()
    begun.show({104 if seat == 4 else seat: look for seat, look in CALM.items()}, 20)
    assert begun.glance.usual is not None
    assert begun.glance.usual.smiling == 3  # nothing is usual for the new one yet
    begun.tracker.merge(4, 104)
    begun.show({104 if seat == 4 else seat: look for seat, look in CALM.items()}, 10)
    assert begun.glance.usual == GroupCounts(4, 1, 15, 3, 0)
    assert begun.glance.now.read == 23
    begun.tracker.merge(999, 1)  # unknown: nothing happens
    assert begun.show(CALM, 5).now.read >= 22


def test_a_seat_that_is_merged_at_once_is_counted_once() -> None:
    begun = lesson()
    begun.show(CALM | {104: "happy"}, 10)
    begun.tracker.merge(104, 4)
    assert begun.show(CALM, 5).now == GroupCounts(4, 1, 15, 3, 0)


def test_since_the_marker_is_a_reference_and_usual_comes_back() -> None:
    begun = lesson()
    assert begun.tracker.mark(begun.at_s, "break")
    begun.show(CALM, 10)
    assert (begun.glance.basis, begun.glance.since_marker) == (Basis.MARKER, "break")
    glance = begun.show(turned_sad(10), 1500)
    assert glance.change is not None  # usual would have followed by now
    assert (glance.change.faces, glance.change.usual) == (13, 3)
    begun.tracker.unmark()
    assert begun.show(turned_sad(10), 5).basis is Basis.USUAL
    assert (begun.glance.change, begun.glance.since_marker) == (None, "")


def test_a_marker_in_the_first_minute_has_nothing_before_it() -> None:
    begun = Lesson()
    begun.show(CALM, 40)
    assert not begun.tracker.mark(begun.at_s, "hello")
    assert begun.show(CALM, 10).basis is Basis.LEARNING


def test_cameras_without_a_face_and_cameras_off_are_counted() -> None:
    tracker = GlanceTracker()
    for at in range(1, 12):
        tracker.observe(at, {seat: row(look) for seat, look in CALM.items()})
        glance = tracker.glance(second(at, 23, seats=30, cameras_on=25))
    assert (glance.no_face, glance.camera_off) == (2, 5)


def test_readings_weigh_by_the_time_that_they_stand_for() -> None:
    tracker = GlanceTracker()
    for at_s in np.arange(0.25, 8.0, 0.25):  # many readings, and a short time
        tracker.observe(float(at_s), dict.fromkeys(range(12), row("happy")))
    for at_s in np.arange(8.0, 30.0, 2.0):
        tracker.observe(float(at_s), dict.fromkeys(range(12), row("neutral")))
    assert tracker.glance(second(30.0, 12)).now == GroupCounts(neutral=12)


def test_a_large_class_that_comes_and_goes_takes_few_megabytes() -> None:
    """Forty hours' worth of newcomers in one, each forgotten ten minutes after it went."""
    tracker, faces = GlanceTracker(), {seat: row("neutral") for seat in range(300)}
    tracemalloc.start()
    try:
        for at in range(0, 3600, 20):
            tracker.observe(at, {seat + at // 60 * 30: face for seat, face in faces.items()})
        used, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert used < 12e6


def test_a_second_of_49_faces_takes_little() -> None:
    tracker, faces = GlanceTracker(), {seat: row("neutral") for seat in range(49)}
    for at in range(700):
        tracker.observe(at, faces)
    started = time.thread_time()
    for at in range(700, 800):
        tracker.observe(at, faces)
        tracker.glance(second(at, 49))
    assert (time.thread_time() - started) / 100 < 0.002


def test_whoever_is_left_out_counts_no_longer_at_once() -> None:
    begun = lesson()
    assert begun.glance.now.read == 23
    begun.tracker.forget(1)  # one of those that smile
    begun.at_s += 1.0
    others = {seat: row(expression) for seat, expression in CALM.items() if seat != 1}
    begun.tracker.observe(begun.at_s, others)
    glance = begun.tracker.glance(second(begun.at_s, 22))
    assert (glance.now.read, glance.now.smiling, glance.no_face) == (22, 3, 0)
    assert begun.show(CALM, 6).now.read == 23  # and counts again once she is brought back

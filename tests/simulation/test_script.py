"""A simulated call's scripts do what their names say."""

import itertools

import numpy as np
import pytest

from fer_desktop.simulation.layout import View
from fer_desktop.simulation.scenarios import ABSENCE_S, make_script, participants_in
from fer_desktop.simulation.script import DRAG_S, MOST_PARTICIPANTS, WHOLE, CallScript, Degradation, Moment, ScriptName

PAGE = 25
EVERY_S = 0.5


def script(name: str, seed: int = 7, page: int = PAGE) -> CallScript:
    return make_script(name, seed, participants_in(name, page), page)


def moments(played: CallScript) -> list[Moment]:
    return [played.moment(float(t)) for t in np.arange(0.0, played.lasts_s, EVERY_S)]


def everything(played: CallScript, participants: int) -> list[object]:
    times = [float(t) for t in np.arange(0.0, played.lasts_s, 3.0)]
    return [
        (played.moment(t), played.camera_on(k, t), played.shown(k, t), played.episode(k, t), played.background(k, t))
        for t, k in itertools.product(times, range(participants))
    ]


@pytest.mark.parametrize("name", ScriptName)
def test_a_script_lasts_one_to_three_minutes_and_is_the_same_for_the_same_seed(name: ScriptName):
    played = script(name)
    participants = participants_in(name, PAGE)
    assert 60 <= played.lasts_s <= 180
    assert everything(played, participants) == everything(script(name), participants)
    assert everything(played, participants) != everything(script(name, seed=8), participants)


@pytest.mark.parametrize("name", ScriptName)
@pytest.mark.parametrize("page", [1, 2, 3, 12, 49])
def test_somebody_is_always_there_and_nobody_twice(name: ScriptName, page: int):
    participants = participants_in(name, page)
    assert page <= participants <= MOST_PARTICIPANTS
    for moment in moments(script(name, page=page)):
        assert moment.order
        assert len(set(moment.order)) == len(moment.order)
        assert set(moment.order) <= set(range(participants))
        assert moment.speaker is None or moment.speaker in moment.order


def test_other_scripts_are_refused():
    with pytest.raises(ValueError, match="lively"):
        script("lively")


def test_when_it_is_calm_people_do_no_more_than_change_their_expression():
    played = script("calm")
    seen = {(m.order, m.page, m.view, m.window, m.speaker) for m in moments(played)}
    assert len(seen) == 1
    assert len({played.shown(0, float(t)) for t in np.arange(0.0, played.lasts_s, EVERY_S)}) > 2
    assert len({played.camera_on(k, t) for k in range(PAGE) for t in (0.0, 80.0)}) == 2


def test_the_speaker_comes_to_the_front_and_tiles_are_shuffled():
    played = moments(script("reorders"))
    changes = [(a, b) for a, b in itertools.pairwise(played) if a.order != b.order]
    to_front = [
        b for a, b in changes if b.order[0] != a.order[0] and [k for k in a.order if k != b.order[0]] == [*b.order[1:]]
    ]
    assert len(changes) >= 8
    assert 2 <= len(to_front) < len(changes)
    assert all(moment.order[0] == moment.speaker for moment in to_front)
    assert len({tuple(sorted(moment.order)) for moment in played}) == 1


def test_pages_turn_and_come_back():
    pages = [moment.page for moment in moments(script("pages"))]
    assert participants_in("pages", PAGE) > PAGE
    turned = [a for a, b in itertools.pairwise(pages) if a != b]
    assert len(turned) >= 5
    assert 0 in turned[1:]


def test_somebody_is_away_for_a_minute_and_is_placed_last():
    played = script("cameras")
    longest = max(played.absences, key=lambda k: played.absences[k][1] - played.absences[k][0])
    from_s, to_s = played.absences[longest]
    assert to_s - from_s == ABSENCE_S == 60.0
    assert longest in played.moment(from_s - 0.01).order
    assert longest not in played.moment(from_s).order
    assert longest not in played.moment(to_s - 0.01).order
    assert played.moment(to_s).order[-1] == longest


def test_people_join_and_leave():
    played = script("cameras")
    first, last = set(played.moment(0.0).order), set(played.moment(played.lasts_s).order)
    assert last - first
    assert first - last


def test_cameras_go_off_and_on():
    played = script("cameras")
    states = [[played.camera_on(k, float(t)) for t in np.arange(0.0, played.lasts_s, 1.0)] for k in range(PAGE)]
    assert sum(not any(state) for state in states) in (2, 3)
    assert sum(state[0] and state[-1] and not all(state) for state in states) >= 4


def test_the_window_is_dragged_and_resized_within_the_picture():
    played = script("window_moves")
    windows = [moment.window for moment in moments(played)]
    assert windows[0] == WHOLE
    assert all(0 <= x0 < x1 <= 1 + 1e-9 and 0 <= y0 < y1 <= 1 + 1e-9 for x0, y0, x1, y1 in windows)
    assert len({(round(w[2] - w[0], 6), round(w[3] - w[1], 6)) for w in windows}) >= 4
    moved = [t for t in np.arange(0.0, played.lasts_s, 0.1) if played.moment(t).window != played.moment(t - 0.1).window]
    steps = np.abs(np.diff([played.moment(float(t)).window for t in np.arange(0.0, played.lasts_s, 0.1)], axis=0))
    assert len(moved) == pytest.approx(9 * DRAG_S / 0.1, rel=0.2)
    assert steps.max() < 0.06


def test_views_are_changed_and_slides_turned():
    seen = moments(script("views"))
    views = [seen[0].view, *(b.view for a, b in itertools.pairwise(seen) if a.view != b.view)]
    assert views[:3] == [View.GALLERY, View.SHARED_STRIP, View.GALLERY]
    assert set(views) == set(View)
    assert len({moment.slide for moment in seen}) >= 5


def test_every_trouble_comes_and_goes_gently():
    played = script("faces")
    times = np.arange(0.0, played.lasts_s, 0.1)
    seen = [episode for k in range(PAGE) for t in times if (episode := played.episode(k, float(t)))]
    assert {episode.degradation for episode, _ in seen} == set(Degradation)
    one = next(episode for episode, _ in seen if episode.start_s > 0)
    strengths = [one.at(float(t)) for t in np.arange(one.start_s, one.end_s, 0.1)]
    assert strengths[0] < 0.05
    assert max(strengths) == pytest.approx(one.strength)
    assert np.abs(np.diff(strengths)).max() < 0.2
    assert any(played.background(k, 0.0) != played.background(k, played.lasts_s) for k in range(PAGE))


def test_the_hardest_script_has_it_all():
    played = script("hardest", page=49)
    seen = moments(played)
    assert {moment.view for moment in seen} == set(View)
    assert len({moment.page for moment in seen}) > 1
    assert len({moment.order for moment in seen}) > 10
    assert len({moment.window for moment in seen}) > 5
    assert played.absences
    assert any(played.episode(k, 60.0) for k in range(49))


@pytest.mark.parametrize("seed", [1, 7, 100])
def test_the_seconds_of_the_hardest_script_that_are_evaluated_change_a_seat_in_every_way(seed: int):
    played = script("hardest", seed, page=25)
    seen = [moment for moment, t in zip(moments(played), np.arange(0.0, 130.0, EVERY_S), strict=False)]
    assert {View.GALLERY, View.SHARED_STRIP, View.SPEAKER} <= {moment.view for moment in seen}
    assert len({moment.page for moment in seen}) > 1
    assert len({moment.order for moment in seen}) > 7
    sizes = [(round(w[2] - w[0], 6), round(w[3] - w[1], 6)) for w in (moment.window for moment in seen)]
    assert len(set(sizes)) > 2
    moved = [
        a.window != b.window and x == y
        for (a, b), (x, y) in zip(itertools.pairwise(seen), itertools.pairwise(sizes), strict=True)
    ]
    assert any(moved)
    assert any(to_s - from_s == ABSENCE_S and to_s < 130 for from_s, to_s in played.absences.values())
    states = [[played.camera_on(k, float(t)) for t in np.arange(0.0, 130.0, 1.0)] for k in range(25)]
    assert sum(state[0] and state[-1] and not all(state) for state in states) >= 3
    assert any(played.episode(k, 60.0) for k in range(25))


def test_the_restless_script_changes_every_second():
    played = script("restless")
    for second in range(int(played.lasts_s) - 1):
        before, after = played.moment(second + 0.5), played.moment(second + 1.5)
        assert (before.order, before.view) != (after.order, after.view)

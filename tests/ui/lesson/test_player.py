"""A stored lesson plays through the model that a live session feeds, at its own pace or faster."""

from dataclasses import dataclass

import pytest
from pytestqt.qtbot import QtBot
from support.clocks import STARTED
from support.scripted_lessons import scripted_lesson

from fer_desktop.core.glance.types import Glance
from fer_desktop.ui.bridge.saved import OpenedLesson, SavedSession, SavedState
from fer_desktop.ui.bridge.session_model import SessionModel
from fer_desktop.ui.lesson.content import content_of
from fer_desktop.ui.lesson.player import SPEEDS, LessonPlayer

LENGTH_S = 900.0


@dataclass
class Played:
    """A player, and what its model told."""

    player: LessonPlayer
    told: list[Glance]
    owners: SessionModel


@pytest.fixture
def played(qtbot: QtBot) -> Played:  # noqa: ARG001 (timers need a running application)
    lesson = scripted_lesson(round(LENGTH_S))
    saved = SavedSession("key", "Maths", STARTED, LENGTH_S, SavedState.ENDED)
    model = SessionModel()
    told: list[Glance] = []
    model.glance.connect(told.append)
    content = content_of(OpenedLesson(saved, True, "", tuple(lesson.events())))
    return Played(LessonPlayer(content, model, model), told, model)


@pytest.mark.parametrize("speed", SPEEDS)
def test_a_second_takes_as_much_of_the_lesson_as_the_speed_says(played: Played, speed: int) -> None:
    played.player.seek(100.0)
    played.player.speed = speed
    played.player.advance(2.0)
    assert played.player.position_s == 100.0 + 2 * speed


def test_the_model_tells_each_glance_once_and_in_order(played: Played) -> None:
    played.player.seek(60.0)
    for _ in range(300):
        played.player.advance(0.1)
    times = [glance.elapsed_s for glance in played.told]
    assert times == sorted(set(times))
    assert times == [float(at) for at in range(60, 90, 3)]


def test_it_stops_at_the_end_and_begins_again_there(played: Played) -> None:
    played.player.seek(LENGTH_S - 1)
    played.player.play()
    assert played.player.playing
    played.player.advance(5.0)
    assert not played.player.playing
    assert played.player.position_s == LENGTH_S
    played.player.play()
    assert played.player.playing
    assert played.player.position_s == 0.0
    played.player.pause()


def test_it_goes_on_by_itself_until_it_is_paused(qtbot: QtBot, played: Played) -> None:
    player = played.player
    player.speed = 60
    player.toggle()
    qtbot.waitUntil(lambda: (player.position_s or 0.0) > 6.0)
    player.toggle()
    assert not player.playing


def test_the_whole_lesson_is_no_moment_and_nothing_plays_there(played: Played) -> None:
    played.player.play()
    played.player.seek(None)
    assert played.player.position_s is None
    assert not played.player.playing
    played.player.advance(1.0)
    assert played.player.position_s is None


@pytest.mark.parametrize(("at_s", "found_s"), [(-5.0, 0.0), (5000.0, LENGTH_S)])
def test_no_moment_lies_outside(played: Played, at_s: float, found_s: float) -> None:
    played.player.seek(at_s)
    assert played.player.position_s == found_s

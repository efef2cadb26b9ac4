"""A break stands in the chart as one: pale, named, and no gap."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot
from support.gui.lesson_charts import faces, show_at
from support.gui.pictures import picture_of
from support.scripted_classes import second

from fer_desktop.core.glance.breaks import BREAK_S
from fer_desktop.core.glance.tracker import GlanceTracker
from fer_desktop.core.types import State
from fer_desktop.ui.look.theme import current_theme
from fer_desktop.ui.trend.lesson.chart import LessonChart
from fer_desktop.ui.trend.lesson.data import Missing
from fer_desktop.ui.trend.lesson.history import LessonHistory

LESSON_S, BREAK_UNTIL_S, END_S = 300, 480, 600


def play(history: LessonHistory, cameras_on: int = 0) -> None:
    """A lesson with a break in it, as it is told or played back: each second, and then its glance."""
    tracker = GlanceTracker()
    for at_s in range(1, END_S):
        away = LESSON_S < at_s <= BREAK_UNTIL_S
        summary = second(float(at_s), 0, cameras_on=cameras_on) if away else faces(at_s)
        history.append(summary)
        history.show_glance(tracker.glance(summary))


@pytest.mark.parametrize("cameras_on", [0, 22])
def test_it_lasts_from_the_last_face_to_the_next_one(cameras_on: int) -> None:
    history = LessonHistory()
    play(history, cameras_on)
    (stretch,) = history.missing
    assert stretch.why is Missing.BREAK
    assert LESSON_S <= stretch.start_s <= LESSON_S + 6
    assert stretch.end_s == BREAK_UNTIL_S + 1
    middle = history.moment(400.0)
    assert middle is not None
    assert middle.why is Missing.BREAK


def test_a_class_that_looks_down_for_less_has_none() -> None:
    history, tracker = LessonHistory(), GlanceTracker()
    for at_s in range(1, 200):
        summary = second(float(at_s), 0) if 100 < at_s < 100 + BREAK_S else faces(at_s)
        history.append(summary)
        history.show_glance(tracker.glance(summary))
    assert {each.why for each in history.missing} == {Missing.NO_FACE}


def test_what_was_in_sight_and_could_not_be_read_before_is_told_apart() -> None:
    history, tracker = LessonHistory(), GlanceTracker()
    for at_s in range(1, 400):
        summary = faces(at_s) if at_s <= 100 else second(float(at_s), 0, faces=3 if at_s <= 150 else 0)
        history.append(summary)
        history.show_glance(tracker.glance(summary))
    assert [each.why for each in history.missing] == [Missing.NO_FACE, Missing.BREAK]
    assert history.missing[0].end_s == history.missing[1].start_s == 150.0


def test_a_gap_within_stays_a_gap_and_the_break_goes_on_after_it() -> None:
    history, tracker = LessonHistory(), GlanceTracker()
    for at_s in range(1, 400):
        summary = faces(at_s) if at_s <= 100 else second(float(at_s), 0)
        if 250 < at_s <= 300:
            summary = replace(summary, state=State.COVERED)
        history.append(summary)
        history.show_glance(tracker.glance(summary))
    assert [each.why for each in history.missing] == [Missing.BREAK, Missing.COVERED, Missing.BREAK]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_a_pale_band_with_its_name(qtbot: QtBot, request: pytest.FixtureRequest, theme: str) -> None:
    request.getfixturevalue(theme)
    chart = LessonChart()
    qtbot.addWidget(chart)
    play(chart._history)
    chart.set_view("lesson")
    show_at(chart, 900, 320)
    picture = chart.plot.item.picture
    assert picture is not None
    (blank,) = picture.blanks
    assert (blank.word, blank.rest) == ("Break", True)
    place = blank.rects[0]
    image = picture_of(chart.plot)
    at = QPoint(round(place.left() + 4), round(place.top() + 4)) * image.devicePixelRatio()
    assert image.pixelColor(at).name() == current_theme().track.name()

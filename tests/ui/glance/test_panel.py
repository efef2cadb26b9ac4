"""The class at a glance: what it says, in which room, and what a screen reader hears of it."""

import dataclasses
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from support.gui.glances import (
    AS_USUAL,
    CALM,
    CLASS_OF_12,
    CLASS_OF_49,
    CLASS_OF_300,
    FEWER,
    FEWER_SMILE,
    LEARNING,
    LOW,
    MORE_LOW,
    PAUSED,
    SMALL,
    USUAL,
    WITHHELD,
    glance,
)
from support.gui.pictures import Snapshot, picture_of, pixels
from support.gui.pseudo_translation import untranslated

from fer_desktop.core.glance.types import Glance, GroupCounts
from fer_desktop.core.messages import Message, message
from fer_desktop.core.types import State
from fer_desktop.ui.glance.panel import BAR_BELOW_PX, COUNTS_FROM_PX, GlancePanel
from fer_desktop.ui.look.group_colours import Mark

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TOO_FEW = (Message("Fewer than 5 faces: not shown."), Message(""))
LONG = (Message("Most of the faces that are read look neutral. " * 3), Message("Nothing else can be said of it. " * 9))
WIDE, NARROW, NARROWEST, COLUMN = 1300, 800, 616, 376


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[GlancePanel]:
    """In a window of its own, as wide as `resize` says."""
    window = QWidget()
    qtbot.addWidget(window)
    shown = GlancePanel()
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(shown)
    column.addStretch()
    window.resize(WIDE, 500)
    with qtbot.waitExposed(window):
        window.show()
    yield shown
    window.close()


def widen(panel: GlancePanel, width: int) -> None:
    panel.window().resize(width, 500)
    for _ in range(4):
        QApplication.processEvents()
    assert panel.width() == width


@pytest.mark.parametrize(
    ("shown", "lines", "name"),
    [
        (CALM, AS_USUAL, "calm"),
        (LOW, MORE_LOW, "low"),
        (CLASS_OF_49, AS_USUAL, "49"),
        (CLASS_OF_300, AS_USUAL, "300"),
        (WITHHELD, TOO_FEW, "withheld"),
    ],
)
def test_a_glance_at_a_class(
    panel: GlancePanel, snapshot: Snapshot, shown: Glance, lines: tuple[Message, Message], name: str
) -> None:
    panel.show_glance(shown, lines)
    snapshot(panel, f"glance_{name}")


@pytest.mark.usefixtures("dark")
def test_a_glance_in_the_dark(panel: GlancePanel, snapshot: Snapshot) -> None:
    panel.show_glance(CLASS_OF_12, AS_USUAL)
    snapshot(panel, "glance_12_dark")
    widen(panel, NARROW)
    panel.show_glance(FEWER, FEWER_SMILE)
    snapshot(panel, "glance_narrow_dark")


def test_a_glance_beside_the_call(panel: GlancePanel, snapshot: Snapshot) -> None:
    widen(panel, COLUMN)
    panel.show_glance(LOW, MORE_LOW)
    snapshot(panel, "glance_column")


def test_a_glance_on_a_paused_session_is_pale(panel: GlancePanel, snapshot: Snapshot) -> None:
    panel.show_glance(LOW, MORE_LOW)
    panel.show_glance(PAUSED, (Message("Paused."), Message("Nothing is read until you resume.")))
    assert panel.squares.counts[Mark.LOW] == 8
    assert panel.squares.accessibleDescription().startswith("Not of this moment: 1 smiling")
    assert panel.counts.accessibleDescription().startswith("Not of this moment: smiling: about 1")
    snapshot(panel, "glance_paused")


@pytest.mark.parametrize("state", [State.PAUSED, State.NO_SOURCE, State.COVERED, State.SLOW, State.ASLEEP])
def test_what_is_not_of_this_moment_is_shown_as_such_until_faces_are_read_again(
    panel: GlancePanel, state: State
) -> None:
    panel.show_glance(CALM, AS_USUAL)
    panel.show_glance(glance(state=state), AS_USUAL)
    for part in (panel.squares, panel.bar, panel.counts):
        assert part.accessibleDescription().startswith("Not of this moment")
    panel.show_glance(CALM, AS_USUAL)
    for part in (panel.squares, panel.bar, panel.counts):
        assert not part.accessibleDescription().startswith("Not of this moment")


@pytest.mark.parametrize("width", [WIDE, 1000, NARROW, NARROWEST, COLUMN])
def test_nothing_that_is_said_or_shown_moves_anything(panel: GlancePanel, width: int) -> None:
    widen(panel, width)
    places = set()
    for shown in (CALM, LOW, LEARNING, WITHHELD, PAUSED, SMALL, CLASS_OF_300, glance(state=State.STARTING)):
        for lines in (AS_USUAL, MORE_LOW, TOO_FEW, LONG):
            panel.show_glance(shown, lines)
            QApplication.processEvents()
            drawn = panel.squares if width >= BAR_BELOW_PX else panel.bar
            # In one column the second part begins below the first, which has one line or two.
            words = panel.first if width == COLUMN else panel.second
            below = [panel.counts.geometry().getRect(), words.y()]
            places.add((panel.height(), drawn.mapTo(panel, drawn.rect().topLeft()).y(), *below))
    assert len(places) == 1


def test_its_height_follows_its_width_back_and_forth(panel: GlancePanel) -> None:
    heights = dict[int, int]()
    for width in (WIDE, NARROWEST, WIDE, 900, COLUMN, NARROWEST, 1000, COLUMN, WIDE, NARROW, 900):
        widen(panel, width)
        assert heights.setdefault(width, panel.height()) == panel.height()
        assert panel.counts.isHidden() or panel.counts.height() >= panel.counts.sizeHint().height()


def test_squares_give_way_to_a_bar_and_counts_to_nothing_where_it_is_narrow(panel: GlancePanel) -> None:
    panel.show_glance(LOW, MORE_LOW)
    for width in (BAR_BELOW_PX, BAR_BELOW_PX - 1, COUNTS_FROM_PX - 1):
        widen(panel, width)
        assert panel.squares.isVisible() == (width >= BAR_BELOW_PX)
        assert panel.bar.isVisible() == (width < BAR_BELOW_PX)
        assert panel.counts.isVisible() == (width >= COUNTS_FROM_PX)
    widen(panel, WIDE)
    panel.fold(True)
    assert panel.counts.isHidden()
    panel.fold(False)
    assert panel.counts.isVisible()


def test_a_sentence_that_has_no_room_is_shortened_and_told_whole(panel: GlancePanel) -> None:
    widen(panel, NARROWEST)
    panel.show_glance(CALM, LONG)
    assert panel.second.shown.endswith("…")
    assert panel.second.toolTip() == panel.second.text() == LONG[1].text
    panel.show_glance(LOW, MORE_LOW)
    assert " ".join(panel.second.shown.splitlines()) == str(MORE_LOW[1])
    assert panel.second.toolTip() == ""


@pytest.mark.parametrize("width", [WIDE, 900, NARROW, NARROWEST, COLUMN])
def test_a_sentence_of_the_usual_length_is_whole_in_any_width(panel: GlancePanel, width: int) -> None:
    widen(panel, width)
    panel.show_glance(LOW, MORE_LOW)
    for line, words in ((panel.first, MORE_LOW[0]), (panel.second, MORE_LOW[1])):
        assert " ".join(line.shown.splitlines()) == str(words)


def test_no_word_of_a_sentence_stands_alone_in_its_line(panel: GlancePanel) -> None:
    widen(panel, 900)
    panel.show_glance(LOW, MORE_LOW)
    first, second = panel.second.shown.splitlines()
    assert len(second) > len(first) / 2


def test_a_screen_reader_hears_of_a_change_and_not_of_a_figure(panel: GlancePanel) -> None:
    heard = list[str]()
    panel.announced.connect(heard.append)
    panel.show_glance(CALM, AS_USUAL)
    panel.show_glance(CALM, AS_USUAL)
    assert heard == ["Mostly neutral. About as usual"]
    panel.show_glance(LOW, MORE_LOW)
    assert LOW.change is not None
    change = dataclasses.replace(LOW.change, faces=9)
    nine = message(MORE_LOW[1].text, now=9, usual=3)
    panel.show_glance(dataclasses.replace(LOW, change=change), (MORE_LOW[0], nine))
    assert heard[1:] == ["Mostly neutral. " + str(MORE_LOW[1]).rstrip(".")]
    panel.show_glance(CALM, AS_USUAL)
    assert heard[2:] == ["Mostly neutral. About as usual"]
    panel.window().hide()
    panel.show_glance(LOW, MORE_LOW)
    assert len(heard) == 3


def test_the_counts_stand_beside_what_they_usually_are(panel: GlancePanel) -> None:
    panel.show_glance(LOW, MORE_LOW)
    assert panel.counts.figures(Mark.LOW) == ("8", "3")
    assert panel.counts.figures(Mark.SMILING) == ("1", "4")
    assert "sad, afraid or angry: about 8, usually 3" in panel.counts.accessibleDescription()
    panel.show_glance(CALM, AS_USUAL)
    assert panel.counts.figures(Mark.LOW) == ("0–2", "3")
    panel.show_glance(LEARNING, AS_USUAL)
    assert panel.counts.figures(Mark.LOW) == ("–", "–")
    assert panel.counts.figures(Mark.NEUTRAL) == ("17", "–")


def test_no_figure_is_cut(panel: GlancePanel) -> None:
    for shown in (CLASS_OF_300, LOW, CALM):
        panel.show_glance(shown, AS_USUAL)
        for label in panel.counts.findChildren(QLabel):
            assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width(), label.text()


def test_since_a_marker_they_stand_beside_what_was_before_it(panel: GlancePanel) -> None:
    panel.show_glance(glance(GroupCounts(4, 0, 16), USUAL, marker="slide 7"), AS_USUAL)
    assert "neutral: about 16, before the marker 14" in panel.counts.accessibleDescription()


def test_of_a_small_class_no_figure_of_the_low_group_can_be_worked_out(panel: GlancePanel) -> None:
    panel.show_glance(SMALL, AS_USUAL)
    assert dict(panel.squares.counts) == {Mark.SMILING: 2, Mark.NEUTRAL: 6, Mark.CAMERA_OFF: 1}
    assert panel.counts.figures(Mark.LOW) == ("–", "–")
    assert panel.bar.bar.parts is not None
    assert (panel.bar.bar.parts.low, panel.bar.bar.parts.usual_low) == (1.0, None)


def test_too_few_faces_show_no_square_and_say_why(panel: GlancePanel) -> None:
    panel.show_glance(LOW, MORE_LOW)
    panel.show_glance(WITHHELD, TOO_FEW)
    assert not panel.squares.counts
    assert "individual people" in panel.squares.accessibleDescription()
    assert panel.bar.bar.parts is None
    assert panel.counts.accessibleDescription() == "No figures"


def test_of_an_ended_lesson_its_last_second_is_not_shown(panel: GlancePanel) -> None:
    panel.show_glance(LOW, MORE_LOW)
    panel.show_ended((Message("Mostly neutral for 47 minutes."), Message("Nearly all smiled at 12:30.")))
    assert panel.first.text() == "Mostly neutral for 47 minutes."
    assert not panel.squares.counts
    assert panel.bar.bar.parts is None
    assert panel.counts.figures(Mark.LOW) == ("–", "–")


def test_cameras_without_any_face_are_shown(panel: GlancePanel) -> None:
    panel.show_glance(glance(camera_off=7, no_face=2), TOO_FEW)
    assert dict(panel.squares.counts) == {Mark.NO_FACE: 2, Mark.CAMERA_OFF: 7}
    assert panel.bar.bar.parts is None


def test_read_from_the_right_the_sentence_stands_there_and_smiling_stays_left(
    panel: GlancePanel, snapshot: Snapshot
) -> None:
    panel.window().setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    widen(panel, 1000)
    panel.show_glance(CALM, AS_USUAL)
    by_mark = {square.mark: square.x for square in reversed(panel.squares.placed.squares)}
    assert list(by_mark) == [mark for mark in reversed(Mark) if mark in by_mark]
    assert by_mark[Mark.SMILING] < by_mark[Mark.NEUTRAL]
    ink = np.flatnonzero((pixels(picture_of(panel.first)) < 100).all(axis=2).any(axis=0))
    assert ink[0] > panel.first.width() / 2
    snapshot(panel, "glance_from_the_right")


@pytest.mark.usefixtures("in_brackets")
def test_all_of_it_is_in_the_users_language(qtbot: QtBot) -> None:
    panel = GlancePanel()
    qtbot.addWidget(panel)
    for width in (WIDE, NARROWEST):
        panel.resize(width, 300)
        panel.clear()
        assert untranslated(panel) == []
        for shown in (CALM, LOW, LEARNING, WITHHELD, PAUSED, glance(GroupCounts(4), USUAL, marker="7")):
            panel.show_glance(shown, MORE_LOW)
            assert untranslated(panel) == []
        panel.show_ended(AS_USUAL)
        assert untranslated(panel) == []


def test_in_one_column_a_long_reason_that_stands_alone_is_whole(panel: GlancePanel) -> None:
    widen(panel, COLUMN)
    height = panel.height()
    reason = "Wartet: ein anderes Fenster verdeckt den Anruf, und es ist ein sehr großes Fenster."
    panel.show_glance(PAUSED, (Message(reason), Message("")))
    QApplication.processEvents()
    assert panel.first.whole
    assert panel.first.shown_px >= 26
    assert panel.height() == height

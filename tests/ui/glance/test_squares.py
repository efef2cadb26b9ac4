"""Squares rest between their moves, and ease where motion is not reduced."""

import pytest
from PySide6.QtCore import QEvent, QObject
from pytestqt.qtbot import QtBot
from support.gui.pictures import picture_of, pixels, rgb

from fer_desktop.ui.glance import squares as module
from fer_desktop.ui.glance.squares import Squares, in_two_lines
from fer_desktop.ui.look.group_colours import Mark, mark_colours
from fer_desktop.ui.look.theme import EASE_MS

CALM = {Mark.SMILING: 2, Mark.NEUTRAL: 18, Mark.LOW: 3}
LOW = {Mark.SMILING: 2, Mark.NEUTRAL: 12, Mark.LOW: 9}
SMILING = {Mark.SMILING: 20, Mark.NEUTRAL: 3}


@pytest.fixture
def squares(qtbot: QtBot) -> Squares:
    shown = Squares()
    qtbot.addWidget(shown)
    shown.resize(1000, shown.sizeHint().height())
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def painted(squares: Squares, mark: Mark) -> int:
    """Pixels in the colour of a mark's fill."""
    return int((pixels(picture_of(squares))[:, :, ::-1] == rgb(mark_colours(mark).fill)).all(axis=2).sum())


def test_they_are_those_of_the_newest_glance_as_the_sentence_above_them_is(squares: Squares) -> None:
    for counts in (CALM, LOW, SMILING):
        squares.show_counts(counts)
        assert dict(squares.counts) == counts


def test_what_was_not_of_the_moment_is_replaced_at_once(squares: Squares) -> None:
    squares.show_counts(CALM)
    squares.show_stale()
    squares.show_counts(LOW)
    assert dict(squares.counts) == LOW
    squares.show_note("Nothing.")
    assert not squares.counts
    squares.show_counts(CALM)
    assert dict(squares.counts) == CALM


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: Squares) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.mark.parametrize("reduced", [False, True])
def test_a_move_eases_unless_motion_is_reduced(
    squares: Squares, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, reduced: bool
) -> None:
    monkeypatch.setattr(module, "reduced_motion", lambda: reduced)
    assert squares._ease.duration() == EASE_MS == 300
    squares.show_counts(CALM)
    squares.repaint()
    paints = Paints(squares)
    squares.show_counts(LOW)
    assert (squares._ease.state() is squares._ease.State.Running) is not reduced
    qtbot.waitUntil(lambda: squares._ease.state() is squares._ease.State.Stopped)
    squares.repaint()
    assert (paints.count > 3) is not reduced


def test_each_square_has_the_colour_of_its_group(squares: Squares) -> None:
    squares.show_counts(LOW)
    assert painted(squares, Mark.LOW) > 9 * 28 * 28 * 0.7
    assert painted(squares, Mark.LOW) > 4 * painted(squares, Mark.SMILING) > 0
    squares.show_stale()
    assert painted(squares, Mark.LOW) == 0


def test_a_new_width_places_them_anew(squares: Squares) -> None:
    squares.show_counts({Mark.NEUTRAL: 49})
    wide = squares.placed.squares[-1].side
    squares.resize(300, squares.height())
    assert squares.placed.squares[-1].side < wide
    assert squares.placed.squares[-1].x + squares.placed.squares[-1].side <= 300


def test_words_are_broken_near_their_middle() -> None:
    assert in_two_lines("8 sad, afraid or angry") == "8 sad, afraid\nor angry"
    assert in_two_lines("12") == "12"

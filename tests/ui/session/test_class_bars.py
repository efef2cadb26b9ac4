import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from support.gui.made_up import lesson, shares, summary
from support.gui.pictures import Snapshot, picture_of, pixels, rgb

from fer_desktop.core.expressions import ANGRY, HAPPY, NEUTRAL, SURPRISE
from fer_desktop.core.types import Reason, State
from fer_desktop.ui.look.theme import current_theme
from fer_desktop.ui.session import class_bars
from fer_desktop.ui.session.class_bars import HISTORY_S, ClassBars
from fer_desktop.ui.session.coverage import CoverageLine, coverage_words

NOT_ALL_READ = dataclasses.replace(
    summary(1.0, shares(), readable=31, cameras_on=42),
    not_read=((Reason.TURNED_AWAY, 3), (Reason.TOO_SMALL, 6), (Reason.TOO_DARK, 1)),
)


@pytest.fixture
def bars(qtbot: QtBot) -> ClassBars:
    widget = ClassBars()
    qtbot.addWidget(widget)
    widget.resize(420, 232)
    return widget


def test_bars_of_a_class(bars: ClassBars, snapshot: Snapshot) -> None:
    for tick in lesson(240)[:150]:
        bars.show_summary(tick)
    snapshot(bars, "class_bars")


@pytest.mark.usefixtures("dark")
def test_bars_of_a_class_in_the_dark(bars: ClassBars, snapshot: Snapshot) -> None:
    for tick in lesson(240):
        bars.show_summary(tick)
    snapshot(bars, "class_bars_dark")


def test_bars_without_figures_show_dashes(bars: ClassBars, snapshot: Snapshot) -> None:
    bars.show_summary(None)
    assert bars.row_text(HAPPY) == "–"
    assert bars.accessibleDescription() == "No figures: no face is readable."
    snapshot(bars, "class_bars_empty")


def test_a_tick_in_which_nothing_was_readable_takes_the_figures_away(bars: ClassBars) -> None:
    bars.show_summary(summary(1.0, shares(happy=0.4)))
    assert bars.row_text(HAPPY) == "40 %"
    bars.show_summary(summary(2.0))
    assert bars.row_text(HAPPY) == "–"


def test_a_row_tells_its_basis_under_the_pointer(bars: ClassBars) -> None:
    bars.show_summary(summary(1.0, shares(neutral=0.5, happy=0.4), readable=20))
    words = bars._tip_at(QPoint(50, 5))
    assert words.startswith("neutral 50 %, 95 % interval 30 to 70 %, 10 of 20 readable faces")
    assert bars._tip_at(QPoint(50, 45)).startswith("smiling 40 %")
    assert "surprise" in bars.accessibleDescription()


def test_a_bar_is_as_long_as_its_share(bars: ClassBars) -> None:
    bars.show_summary(summary(1.0, shares(neutral=0.5, happy=0.4)))
    colour = rgb(current_theme().expressions[NEUTRAL])
    bar = bars._bar(0)
    row = pixels(picture_of(bars))[int(bar.bottom()) - 2, :, ::-1]
    painted = (row == colour).all(axis=1).sum()
    assert painted == pytest.approx(bar.width() / 2, abs=8)  # less the corners and the ends of the interval


def test_bars_ease_to_their_new_length_and_end_there(
    bars: ClassBars, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(class_bars, "reduced_motion", lambda: False)
    with qtbot.waitExposed(bars):
        bars.show()
    bars.show_summary(summary(1.0, shares(happy=0.9)))
    assert bars._shown[HAPPY] < 0.9
    qtbot.waitUntil(lambda: bool(np.isclose(bars._shown[HAPPY], 0.9)), timeout=5000)
    assert bars.row_text(HAPPY) == "90 %"


def test_bars_do_not_ease_where_less_motion_is_wanted(
    bars: ClassBars, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(class_bars, "reduced_motion", lambda: True)
    with qtbot.waitExposed(bars):
        bars.show()
    bars.show_summary(summary(1.0, shares(happy=0.9)))
    assert bars._shown[HAPPY] == pytest.approx(0.9)


def test_the_sparklines_keep_five_minutes_of_a_long_session(bars: ClassBars) -> None:
    for second in range(2000):
        bars.show_summary(summary(float(second), shares(angry=0.3)))
    assert len(bars._history) == HISTORY_S + 1
    assert bars.row_text(ANGRY) == "30 %"
    bars.show_summary(None)
    assert not bars._history
    assert bars.row_text(SURPRISE) == "–"


def test_coverage_says_on_how_many_cameras_the_figures_rest(qtbot: QtBot, snapshot: Snapshot) -> None:
    line = CoverageLine()
    qtbot.addWidget(line)
    line.resize(420, 40)
    assert line.text == "Nothing read yet"
    line.show_summary(NOT_ALL_READ)
    assert line.text == "31 of 42 cameras are read"
    assert line.share == pytest.approx(31 / 42)
    snapshot(line, "coverage")


def test_coverage_says_quietly_why_the_others_are_not_read(qtbot: QtBot) -> None:
    line = CoverageLine()
    qtbot.addWidget(line)
    line.show_summary(NOT_ALL_READ)
    assert line.why == "6 too small, 3 turned away, 1 too dark, 1 without a face"
    assert line.toolTip() == f"42 here, 42 cameras on.\nNot read: {line.why}."
    assert line.accessibleDescription() == f"31 of 42 cameras are read. 42 here, 42 cameras on. Not read: {line.why}."
    line.show_summary(dataclasses.replace(NOT_ALL_READ, state=State.PAUSED))
    assert line.why == ""
    line.show_summary(dataclasses.replace(NOT_ALL_READ, readable=42, faces=42, not_read=()))
    assert line.why == ""


def test_coverage_says_who_left_and_came_back_at_the_end_of_its_quiet_line(qtbot: QtBot, snapshot: Snapshot) -> None:
    line = CoverageLine()
    qtbot.addWidget(line)
    line.resize(420, 40)
    line.show_summary(dataclasses.replace(NOT_ALL_READ, seats=44, left=1))
    assert line.left == "1 has left"
    line.show_summary(dataclasses.replace(NOT_ALL_READ, seats=44, left=2, came_back=1))
    assert line.left == "2 have left, 1 came back"
    assert line.toolTip().startswith("44 here, 42 cameras on. 2 have left, 1 came back.\n")
    snapshot(line, "coverage_left")
    line.show_summary(dataclasses.replace(NOT_ALL_READ, seats=0, cameras_on=0, state=State.NO_SOURCE, left=2))
    assert line.toolTip() == "2 have left."


@pytest.mark.usefixtures("dark")
def test_a_narrow_coverage_line_ends_in_an_ellipsis_in_the_dark(qtbot: QtBot, snapshot: Snapshot) -> None:
    line = CoverageLine()
    qtbot.addWidget(line)
    line.show_summary(NOT_ALL_READ)
    line.resize(300, 40)
    snapshot(line, "coverage_narrow_dark")


def test_coverage_without_figures_says_why() -> None:
    tick = summary(1.0)
    assert coverage_words(summary(1.0, shares(), readable=1, cameras_on=1)) == "1 of 1 camera is read"
    nobody = summary(1.0, cameras_on=0)
    assert coverage_words(dataclasses.replace(nobody, seats=0)) == "No face found yet"
    assert coverage_words(dataclasses.replace(nobody, seats=25)) == "No camera is on"
    states = {State.PAUSED: "Paused", State.NO_SOURCE: "no picture", State.STARTING: "0 of 42"}
    for state, words in states.items():
        assert words in coverage_words(dataclasses.replace(tick, state=state))


def test_the_ring_of_the_keyboard_cuts_no_letter(qtbot: QtBot) -> None:
    bars = ClassBars()
    qtbot.addWidget(bars)
    bars.resize(bars.minimumSizeHint())
    with qtbot.waitActive(bars):
        bars.show()
    bars.setFocus(Qt.FocusReason.TabFocusReason)
    assert bars.hasFocus()
    focused = bars.grab().toImage()
    bars.clearFocus()
    plain = bars.grab().toImage()
    ground = plain.pixelColor(0, 0)
    places = [(x, y) for x in range(plain.width()) for y in range(plain.height())]
    ring = [place for place in places if focused.pixelColor(*place) != plain.pixelColor(*place)]
    assert ring
    # With a pixel of air round it.
    air = {(x + dx, y + dy) for x, y in ring for dx in (-1, 0, 1) for dy in (-1, 0, 1)} & set(places)
    assert all(plain.pixelColor(*place) == ground for place in air)

"""The bar over a session: whole buttons however narrow it is, and a clock that keeps its size."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from support.fakes import REGION

from fer_desktop.core.messages import Message
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionStatus, Unseen
from fer_desktop.ui.look.icons import apply_icons
from fer_desktop.ui.look.theme import HEADING, apply_theme, current_theme
from fer_desktop.ui.session.header_bar import HeaderBar


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[HeaderBar]:
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(1200, 100)
    made = HeaderBar(ground)
    made.show_source(REGION)
    made.show_reading(True)
    made.show_status(SessionStatus(Phase.LIVE, recording=True))
    ground.show()
    apply_icons(made)
    yield made
    ground.hide()


def whole(bar: HeaderBar) -> bool:
    shown = QRect(QPoint(), bar.size())
    buttons = [one for one in bar.findChildren(QAbstractButton) if one is not bar.new or not one.isHidden()]
    return all(
        one.isVisible() and shown.contains(one.geometry()) and one.width() >= one.sizeHint().width() for one in buttons
    )


@pytest.mark.parametrize("width", [1200, 616, 376])
def test_after_the_end_there_are_resume_and_a_new_session_alone(bar: HeaderBar, width: int) -> None:
    bar.show_status(SessionStatus(stopped_lately=True))
    bar.resize(width, 40)
    QApplication.processEvents()
    shown = [one for one in (bar.pause, bar.marker, bar.stop, bar.new) if one.isVisible()]
    assert [one.accessibleName() for one in shown] == ["Resume", "New lesson"]
    assert all(one.width() >= one.sizeHint().width() for one in shown)
    assert QRect(QPoint(), bar.size()).contains(shown[-1].geometry())
    bar.show_status(SessionStatus())
    assert not bar.pause.isVisible()


@pytest.mark.parametrize("width", [1200, 800, 616, 500, 440, 376])
@pytest.mark.parametrize("phase", [Phase.LIVE, Phase.PAUSED, Phase.LOST])
def test_every_button_is_whole_however_narrow_it_is(bar: HeaderBar, width: int, phase: Phase) -> None:
    bar.show_status(SessionStatus(phase, recording=True))
    bar.resize(width, 40)
    QApplication.processEvents()
    assert whole(bar)
    assert bar._time.width() >= bar._time.sizeHint().width()
    assert bar.stop.accessibleName() == "Stop"
    bar.resize(1200, 40)
    assert (bar.stop.text(), bar.marker.text()) == ("Stop", "Marker")
    assert bar._state.isVisible()
    assert bar._source.isVisible()


def test_it_is_not_live_before_anything_was_read(bar: HeaderBar) -> None:
    bar.show_reading(False)
    assert bar.state == "Starting"
    bar.show_reading(True)
    assert bar.state == "Live"


def test_the_clock_keeps_its_size_after_a_change_of_theme(bar: HeaderBar) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    bar.show_time(3725)
    before = bar._time.sizeHint()
    assert bar._time.fontInfo().pixelSize() == HEADING
    for theme in ("dark", "light", "light"):
        apply_theme(app, theme)
        QApplication.processEvents()
        assert bar._time.fontInfo().pixelSize() == HEADING
        assert bar._time.sizeHint() == before


@pytest.mark.parametrize("unseen", [Unseen.COVERED, Unseen.HIDDEN])
def test_a_call_that_is_covered_is_waited_for_without_any_red(bar: HeaderBar, unseen: Unseen) -> None:
    reason = Message("Another window covers the chosen window.")

    def reds() -> int:
        picture, error = bar._dot.grab().toImage(), current_theme().error
        return sum(picture.pixelColor(x, y) == error for x in range(picture.width()) for y in range(picture.height()))

    bar.show_status(SessionStatus(Phase.LOST, reason, recording=True))
    assert bar.state == "Source lost"
    assert reds() > 0
    bar.show_status(SessionStatus(Phase.LOST, reason, recording=True, unseen=unseen))
    assert bar.state == "Waiting"
    assert reds() == 0

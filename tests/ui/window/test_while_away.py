"""What stands for the window while it cannot be seen."""

import pytest
from pytestqt.qtbot import QtBot
from support.fakes import DEMO, FakeServices, FakeSource
from support.gui.opened_window import Opener, wait_live

from fer_desktop.core.glance.types import Basis, Change, Glance, Group, GroupCounts
from fer_desktop.core.sources import SourceKind
from fer_desktop.core.types import State
from fer_desktop.pipeline.session_engine.channel.status import Phase
from fer_desktop.ui.look.times import moment_words
from fer_desktop.ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NOW = GroupCounts(smiling=14, neutral=9)
CHANGED = Glance(
    700.0,
    State.LIVE,
    Basis.USUAL,
    NOW,
    usual=GroupCounts(smiling=3, neutral=20),
    change=Change(Group.SMILING, more=True, faces=14, usual=3, of=23, since_s=690.0),
)


@pytest.fixture
def live(qtbot: QtBot, open_window: Opener) -> MainWindow:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    return window


def test_the_strip_is_there_while_the_window_is_minimised_and_a_session_runs(qtbot: QtBot, live: MainWindow) -> None:
    strip = live.away.strip
    assert not strip.isVisible()
    live.showMinimized()
    qtbot.waitUntil(strip.isVisible)
    strip.back.click()
    qtbot.waitUntil(lambda: not strip.isVisible())
    assert not live.isMinimized()
    live.showMinimized()
    qtbot.waitUntil(strip.isVisible)
    live.session.stop()
    qtbot.waitUntil(lambda: not strip.isVisible())


def test_it_says_in_words_what_has_changed(live: MainWindow) -> None:
    live.model.feed(CHANGED)
    assert live.away.strip.face.words.shown == "Many smiling"
    assert live.page.glance.accessibleDescription().startswith("Mostly smiling. More faces than usual")


def test_its_buttons_steer_the_session(qtbot: QtBot, live: MainWindow) -> None:
    live.showMinimized()
    qtbot.waitUntil(live.away.strip.isVisible)
    live.away.strip.pause.click()
    qtbot.waitUntil(lambda: live.session.status.phase is Phase.PAUSED)
    live.away.strip.pause.click()
    qtbot.waitUntil(lambda: live.session.status.phase is Phase.LIVE)
    live.away.strip.marker.click()
    qtbot.waitUntil(lambda: len(live.model.markers) == 1)
    marked = moment_words(live.model.markers[0].elapsed_s)
    assert live.away.strip.face.words.shown == f"Marked {marked}"


def test_who_was_told_need_not_be_told_by_the_strip(live: MainWindow) -> None:
    live.page.read.told.tick.setChecked(True)
    assert live.away.strip.told
    assert live.own_windows.told
    live.page.begin(DEMO)
    assert not live.away.strip.told


def test_where_there_is_no_room_it_gives_way_before_the_first_picture(
    qtbot: QtBot, open_window: Opener, services: FakeServices
) -> None:
    """The window lies over the call: while it stays there, no picture comes."""
    source = FakeSource()
    source.hangs = True
    services.sources[SourceKind.DEMO] = lambda: source
    window = open_window()
    window.placing.no_room.emit()
    window.session.begin(DEMO)
    qtbot.waitUntil(window.away.strip.isVisible)
    assert window.isMinimized()
    assert not window.session.status.recording


def test_a_lesson_that_could_not_begin_brings_the_window_back_to_say_why(
    qtbot: QtBot, open_window: Opener, services: FakeServices
) -> None:
    source = FakeSource()
    source.hangs = True
    services.sources[SourceKind.DEMO] = lambda: source
    window = open_window()
    window.placing.no_room.emit()
    window.session.begin(DEMO)
    qtbot.waitUntil(window.away.strip.isVisible)
    window.session.stop()
    qtbot.waitUntil(lambda: not window.session.status.running)
    assert not window.away.strip.isVisible()
    assert not window.isMinimized()

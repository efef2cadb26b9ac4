"""The tray's icon, and a desktop without one."""

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot
from support.gui.pseudo_translation import untranslated
from support.places import ROOT

from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionStatus
from fer_desktop.ui.mini.tray import Tray

# The platform without a display says so of what it lacks, and knows nothing of trays.
pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support", "No such signal QPlatformNativeInterface"),
    pytest.mark.usefixtures("qapp"),
]

LIVE = SessionStatus(Phase.LIVE, recording=True)


def tray(available: bool | None = True) -> Tray:
    return Tray(QIcon(str(ROOT / "resources" / "icon.png")), QApplication.instance(), available)


def test_its_menu_steers_the_session(qtbot: QtBot) -> None:
    shown = tray()
    shown.show_status(LIVE)
    for action, wanted in (
        (shown.pause, shown.pause_wanted),
        (shown.marker, shown.marker_wanted),
        (shown.show, shown.show_wanted),
        (shown.stop, shown.stop_wanted),
    ):
        with qtbot.waitSignal(wanted):
            action.trigger()
    shown.close()


def test_it_allows_what_may_be_done_now() -> None:
    shown = tray()
    allowed = {}
    for status in (SessionStatus(), SessionStatus(Phase.OPENING), LIVE, SessionStatus(Phase.PAUSED, recording=True)):
        shown.show_status(status)
        actions = shown.pause, shown.marker, shown.stop
        allowed[status.phase] = (shown.pause.text(), *(action.isEnabled() for action in actions))
    assert allowed == {
        Phase.IDLE: ("Pause", False, False, False),
        Phase.OPENING: ("Pause", False, False, True),
        Phase.LIVE: ("Pause", True, True, True),
        Phase.PAUSED: ("Resume", True, True, True),
    }
    shown.close()


def test_it_is_there_while_a_session_runs_and_says_what_the_strip_says() -> None:
    shown = tray()
    assert shown.icon is not None
    assert not shown.icon.isVisible()
    shown.show_status(LIVE)
    assert shown.icon.isVisible()
    shown.show_words("As usual")
    assert shown.icon.toolTip() == "FER Desktop: As usual"
    shown.show_status(SessionStatus(Phase.PAUSED, recording=True))
    assert shown.icon.toolTip() == "FER Desktop: paused"
    shown.show_status(SessionStatus())
    assert not shown.icon.isVisible()


def test_a_click_on_it_shows_the_window(qtbot: QtBot) -> None:
    shown = tray()
    assert shown.icon is not None
    with qtbot.waitSignal(shown.show_wanted):
        shown.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    with qtbot.assertNotEmitted(shown.show_wanted):
        shown.icon.activated.emit(QSystemTrayIcon.ActivationReason.Context)


def test_a_desktop_without_a_tray_misses_nothing() -> None:
    assert not QSystemTrayIcon.isSystemTrayAvailable()  # as here
    shown = tray(available=None)
    assert shown.icon is None
    shown.show_status(LIVE)
    shown.show_words("As usual")
    shown.close()


@pytest.mark.usefixtures("in_brackets")
def test_it_is_in_the_users_language() -> None:
    shown = tray()
    shown.show_status(LIVE)
    assert untranslated(shown._menu) == []
    shown.show_words("⟦As usual⟧")
    assert shown.icon is not None
    assert shown.icon.toolTip() == "⟦FER Desktop: ⟦As usual⟧⟧"

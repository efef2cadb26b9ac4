"""How she is told of an alert, and what she can make of it: its moment, quiet, a sound."""

import pytest
from pytestqt.qtbot import QtBot
from support.fakes import DEMO, REGION, FakeServices
from support.gui.opened_window import Opener, wait_live

from fer_desktop.core.glance.alerts.alert_choices import AlertKind, Telling
from fer_desktop.core.settings import Settings
from fer_desktop.pipeline.events import Alert
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionStatus
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.bridge.settings_model import SettingsModel
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.settings.dialog import SettingsDialog

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ALERT_ME = Settings(alert_more_smile=True, alert_quiet_min=5)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """One more for each sound."""
    sounds: list[bool] = []
    for module in ("session.alerting", "settings.dialog"):
        monkeypatch.setattr(f"fer_desktop.ui.{module}.play_quiet_sound", lambda *_: sounds.append(True))
    return sounds


def smile(number: int, elapsed_s: float) -> Alert:
    return Alert(number, elapsed_s, AlertKind.MORE_SMILE, 12.0, 22, 3.0)


def begun(window: MainWindow) -> None:
    window.show_session(REGION)
    window.model.feed(SessionStatus(Phase.LIVE, recording=True))


@pytest.mark.parametrize(("telling", "line", "sounds"), [("line", True, 0), ("sound", True, 1), ("off", False, 0)])
def test_an_alert_is_told_as_she_has_chosen(
    open_window: Opener, heard: list[bool], telling: str, line: bool, sounds: int
) -> None:
    window = open_window()
    begun(window)
    window._alerting.choose(ALERT_ME.changed(alert_telling=Telling(telling)))
    assert window.page.alert_line.on is line
    window.model.feed(smile(1, 420.0))
    assert len(heard) == sounds


def test_off_asks_the_session_for_no_alert_and_keeps_what_was_chosen() -> None:
    off = ALERT_ME.changed(alert_telling=Telling.OFF)
    assert ALERT_ME.alerts.kinds == {AlertKind.MORE_SMILE}
    assert not off.alerts.kinds
    assert off.alert_more_smile


def test_an_alert_says_when_it_was(open_window: Opener) -> None:
    window = open_window()
    begun(window)
    window._alerting.choose(ALERT_ME)
    window.model.feed(smile(1, 420.0))
    assert window.page.alert_line.accessibleDescription().startswith("7:00 · More faces than usual smile")


def test_within_the_quiet_time_there_is_no_second_sound(open_window: Opener, heard: list[bool]) -> None:
    window = open_window()
    begun(window)
    window._alerting.choose(ALERT_ME.changed(alert_telling=Telling.SOUND))
    for number, elapsed_s, sounds in ((1, 420.0, 1), (2, 719.0, 1), (3, 720.0, 2)):
        window.model.feed(smile(number, elapsed_s))
        assert len(heard) == sounds
    window.model.feed(smile(1, 400.0))  # of the next lesson
    assert len(heard) == 3


def test_the_sound_can_be_heard_where_it_is_chosen(qtbot: QtBot, services: FakeServices, heard: list[bool]) -> None:
    dialog = SettingsDialog(services, SettingsModel(services), running=False)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.try_sound.isEnabled()  # nothing is to be heard of a line
    dialog.fields["alert_telling"].set(Telling.SOUND)
    dialog.try_sound.click()
    assert len(heard) == 1
    assert dialog.values().alert_telling is Telling.SOUND
    assert wait_for_jobs(5000)


def test_what_is_marked_is_the_moment_of_the_alert_and_it_is_marked_once(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    line = window.page.alert_line
    line.switch_on(True)
    seconds: list[float] = []
    window.model.summary.connect(lambda summary: seconds.append(summary.elapsed_s))
    qtbot.waitUntil(lambda: bool(seconds) and seconds[-1] > 2.0)
    window.model.feed(smile(1, 1.5))
    line.mark.click()
    qtbot.waitUntil(lambda: len(window.model.markers) == 1)
    (marker,) = window.model.markers
    assert (marker.elapsed_s, marker.text) == (1.5, "More faces than usual smile")
    assert "0:01: More faces than usual smile" in window.status._message.text()
    assert line.mark.isChecked()
    assert not line.mark.icon().isNull()
    line.mark.click()
    assert line.mark.isChecked()
    window.mark("another")
    qtbot.waitUntil(lambda: len(window.model.markers) == 2)  # and not three
    window.model.feed(smile(2, 2.0))
    assert not line.mark.isChecked()

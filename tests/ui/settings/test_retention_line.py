"""What goes when is said before it goes."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.clocks import STARTED
from support.fakes import FakeServices
from support.stored import stored, summary

from fer_desktop.core.settings import Retention
from fer_desktop.pipeline.events import Ended, EndReason
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.bridge.settings_model import SettingsModel
from fer_desktop.ui.settings.dialog import SettingsDialog
from fer_desktop.ui.settings.retention_line import RetentionLine

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ENDED = Ended(1.0, EndReason.STOPPED)


def days(*ahead: float) -> list[datetime]:
    return [STARTED + timedelta(days=day) for day in ahead]


@pytest.mark.parametrize(
    ("keep", "times", "words"),
    [
        (Retention.FOR_EVER, [], "No lesson will be erased by itself."),
        (Retention.MONTH, [], "Each will be erased then, with its CSV file."),
        (Retention.MONTH, days(20, 25), "The oldest lesson will be erased on 22 March, with its CSV file."),
        (Retention.MONTH, days(3, 25), "1 lesson will be erased within the next 7 days, with its CSV file: 5 March."),
        (
            Retention.MONTH,
            days(1, 6, 25),
            "2 lessons will be erased within the next 7 days, with their CSV files, the first tomorrow.",
        ),
        (
            Retention.WEEK,
            days(-1, 3),
            "1 lesson will be erased with its CSV file when the next one begins or the program starts.",
        ),
        (
            Retention.LESSON,
            days(-1, -3),
            "2 lessons will be erased with their CSV files when the next one begins or the program starts.",
        ),
    ],
)
def test_it_says_how_many_go_and_the_day_of_the_first(
    qtbot: QtBot, services: FakeServices, keep: Retention, times: list[datetime], words: str
) -> None:
    line = RetentionLine(services.stored)
    qtbot.addWidget(line)
    assert line.words(keep, times, STARTED) == words


def test_the_choice_in_the_settings_shows_what_it_does_to_what_is_stored(
    qtbot: QtBot, services: FakeServices, tmp_path: Path
) -> None:
    now = datetime.now().astimezone()
    for ago in (2, 26, 28):
        stored(tmp_path / "sessions.db", summary(1.0), ENDED, at=now - timedelta(days=ago))
    dialog = SettingsDialog(services, SettingsModel(services), False)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.going.text().startswith("2 lessons will be erased within the next 7 days"))
    dialog.fields["keep_sessions"].set(Retention.WEEK)
    qtbot.waitUntil(
        lambda: dialog.going.text().startswith("2 lessons will be erased with their CSV files when the next")
    )
    dialog.fields["keep_sessions"].set(Retention.FOR_EVER)
    qtbot.waitUntil(lambda: dialog.going.text() == "No lesson will be erased by itself.")
    assert len(services.stored.listed()) == 3
    assert wait_for_jobs(5000)


def test_of_a_store_on_a_network_drive_it_says_so(
    qtbot: QtBot, services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services.stored, "on_network", lambda: True)
    line = RetentionLine(services.stored)
    qtbot.addWidget(line)
    line.look(Retention.FOR_EVER)
    qtbot.waitUntil(lambda: "network drive" in line.text())
    assert line.text().startswith("No lesson will be erased by itself.")

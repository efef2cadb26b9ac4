"""The foot of the window: one word on how it goes, figures for who asks."""

import pytest
from pytestqt.qtbot import QtBot

from fer_desktop.pipeline.session_engine.channel.status import Counters
from fer_desktop.ui.widgets.status_line import StatusLine

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SLOW = "Slower than usual: the computer is busy"


def counters(
    updates_hz: float, *, dropped: int = 0, latency_s: float | None = 0.08, throttled: bool = False
) -> Counters:
    return Counters(15.0, updates_hz, dropped, latency_s, 40.0, 60.0, throttled)


@pytest.fixture
def line(qtbot: QtBot) -> StatusLine:
    shown = StatusLine()
    qtbot.addWidget(shown)
    shown.begin()
    return shown


@pytest.mark.parametrize(
    ("told", "health"),
    [
        (counters(4.9), "Reading 5 times a second"),
        (counters(1.1), "Reading once a second"),
        (counters(0.5), "Reading every 2 s"),
        (counters(0.0, latency_s=None), "Nothing is being read"),
        (counters(4.9, throttled=True), SLOW),
        (counters(4.9, latency_s=1.4), SLOW),
        (counters(2.0, dropped=3), SLOW),
    ],
)
def test_it_says_in_plain_words_how_it_keeps_up(line: StatusLine, told: Counters, health: str) -> None:
    line.show_counters(told)
    assert line.health == health
    assert not any(word in line.health for word in ("fps", "ms", "CPU", "dropped"))


def test_updates_that_were_dropped_once_are_not_held_against_it_for_ever(line: StatusLine) -> None:
    line.show_counters(counters(2.0, dropped=9))
    assert line.health == SLOW
    line.show_counters(counters(5.0, dropped=9))
    assert line.health == "Reading 5 times a second"


def test_the_figures_are_under_the_pointer_and_for_screen_readers(line: StatusLine) -> None:
    assert line.figures == ""
    line.show_counters(counters(4.9, dropped=2))
    assert line.figures == "15 fps in · 5 updates/s · 2 dropped · 80 ms · CPU 40 %"
    assert line._health.accessibleDescription() == line.figures
    assert "frames from the source" in line._health.toolTip()
    line.end()
    assert (line.health, line.figures) == ("", "")


def test_what_was_done_ends_with_dots_where_it_is_long_and_is_whole_under_the_pointer(line: StatusLine) -> None:
    line.show_counters(counters(4.9))
    words = "Marked at 6:00: More faces than usual smile and some look surprised"
    line.say(words)
    line.resize(1200, line.height())
    line.show()
    assert line.said == words
    assert line._message.toolTip() == ""
    line.resize(420, line.height())
    assert line.said.endswith("…")
    assert line._message.toolTip() == words
    assert line._message.width() >= line._message.sizeHint().width()  # not cut
    assert line._health.width() >= line._health.sizeHint().width()

"""The widgets that pages share, in another language."""

import pytest
from pytestqt.qtbot import QtBot
from support.gui.pseudo_translation import untranslated

from fer_desktop.pipeline.session_engine.channel.status import Counters
from fer_desktop.ui.widgets.file_field import FileField
from fer_desktop.ui.widgets.message_bar import MessageBar
from fer_desktop.ui.widgets.status_line import StatusLine

# The platform without a display says so of what it lacks.
pytestmark = [pytest.mark.qt_log_ignore("This plugin does not support"), pytest.mark.usefixtures("in_brackets")]


def test_a_field_for_a_file_is_translated_round_its_title(qtbot: QtBot) -> None:
    field = FileField("", None)
    qtbot.addWidget(field)
    assert untranslated(field) == []


def test_a_message_bar_is_translated_round_its_message(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    assert untranslated(bar) == []


@pytest.mark.parametrize("throttled", [False, True])
@pytest.mark.parametrize("latency_s", [None, 0.08])
def test_the_figures_at_the_foot_of_the_window_are_translated(
    qtbot: QtBot, throttled: bool, latency_s: float | None
) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.begin()
    assert untranslated(line) == []
    line.show_counters(Counters(30.0, 1.5, 3, latency_s, 40.0, 60.0, throttled))
    assert untranslated(line) == []

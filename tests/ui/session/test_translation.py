"""The page of a session in another language, in all states that it has."""

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.fakes import CAMERA, DEMO, REGION, FakeServices, FakeSource
from support.gui.made_up import shares, summary
from support.gui.opened_window import Opener
from support.gui.pseudo_translation import pseudo_language, untranslated, untranslated_texts

from fer_desktop.core.sources import RecordingChoice, SourceChoice, SourceKind
from fer_desktop.core.types import Reason, State, Summary
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionEnd, SessionStatus
from fer_desktop.ui.bridge.session_model import SessionModel
from fer_desktop.ui.session.class_bars import ClassBars
from fer_desktop.ui.session.coverage import CoverageLine
from fer_desktop.ui.session.header_bar import HeaderBar
from fer_desktop.ui.session.marker_popover import MarkerPopover
from fer_desktop.ui.session.page import SessionPage

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
RECORDING = RecordingChoice("lesson.mp4", Path("lesson.mp4"))


def ticks() -> list[Summary]:
    """Seconds of which coverage and bars have something else to say each."""
    whole, nobody = summary(1.0, shares()), summary(1.0, cameras_on=0)
    unread = dataclasses.replace(whole, faces=40, not_read=((Reason.TOO_SMALL, 6), (Reason.TURNED_AWAY, 3)))
    ticks = [whole, unread, nobody, dataclasses.replace(nobody, seats=0), summary(1.0, shares(), 1, cameras_on=1)]
    ticks += [dataclasses.replace(unread, left=left, came_back=back) for left in (1, 2) for back in (0, 1)]
    ticks += [dataclasses.replace(nobody, state=state) for state in State]
    ticks.append(dataclasses.replace(summary(1.0), readable=3))  # too few to be shown
    return ticks


@pytest.mark.usefixtures("in_brackets")
@pytest.mark.parametrize("tick", [None, *ticks()])
def test_coverage_and_bars_are_translated(qtbot: QtBot, tick: Summary | None) -> None:
    coverage, bars = CoverageLine(), ClassBars()
    for widget in (coverage, bars):
        qtbot.addWidget(widget)
        widget.show_summary(tick)
        assert untranslated(widget) == []
    assert untranslated_texts(coverage.text, *map(bars._row_words, range(7))) == []
    assert untranslated_texts(*filter(None, (coverage.why, coverage.left, *coverage._details()))) == []


def test_the_names_beside_the_bars_are_painted_in_the_other_language(qtbot: QtBot) -> None:
    bars = ClassBars()
    qtbot.addWidget(bars)
    bars.resize(420, 232)
    english = bars.grab().toImage()
    with pseudo_language():
        assert bars.grab().toImage() != english


@pytest.mark.usefixtures("in_brackets")
@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("choice", [DEMO, RECORDING])
def test_the_header_is_translated(qtbot: QtBot, phase: Phase, choice: SourceChoice) -> None:
    header = HeaderBar()
    qtbot.addWidget(header)
    header.show_source(choice)
    header.show_status(SessionStatus(phase, recording=True))
    assert set(untranslated(header)) <= {f"PlainLabel: {choice.name}"}


@pytest.mark.usefixtures("in_brackets")
def test_the_field_for_a_markers_name_is_translated(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert untranslated(MarkerPopover(parent)) == []


@pytest.mark.usefixtures("in_brackets")
def test_the_page_is_translated_in_every_state(qtbot: QtBot) -> None:
    model = SessionModel()
    page = SessionPage(model)
    qtbot.addWidget(page)
    for phase in Phase:
        model.feed(SessionStatus(phase))
        assert untranslated(page) == []
    model.feed(SessionEnd(CAMERA, None, 5.0, None, failed=False))
    assert untranslated(page) == []


@pytest.mark.usefixtures("in_brackets")
def test_what_is_told_of_a_full_disk_and_a_saved_session_is_translated(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    services.full_from_start = True
    window = open_window(DEMO)
    qtbot.waitUntil(lambda: "The disk is full" in window.trouble.text)
    assert "goes on" in window.trouble.text
    assert untranslated(window.trouble) == []
    window.session.stop()
    qtbot.waitUntil(lambda: "to be saved" in window.trouble.text)
    assert untranslated(window.trouble) == []
    services.files[0].full = False
    qtbot.waitUntil(lambda: "Saved to " in window.notice.text)
    assert untranslated(window.notice) == []


@pytest.mark.usefixtures("in_brackets")
def test_a_window_over_what_is_read_is_asked_to_move_in_the_other_language(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(REGION)
    qtbot.waitUntil(window.isMinimized)  # there is no room beside the region on so small a screen
    window.away.appearing.bring_back()
    window.move(0, 0)
    qtbot.waitUntil(lambda: "move it aside" in window.notice.text)
    assert untranslated(window.notice) == []
    window.move(900, 900)
    qtbot.waitUntil(lambda: "move it aside" not in window.notice.text)


@pytest.mark.usefixtures("in_brackets")
def test_of_a_recording_that_breaks_off_it_is_told_in_the_other_language(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    source = FakeSource()
    source.read_failures = [(5, "The recording is damaged here.")]
    services.sources[SourceKind.RECORDING] = lambda: source
    window = open_window(RECORDING)
    qtbot.waitUntil(lambda: "What came before" in window.notice.text)
    assert untranslated(window.notice) == []

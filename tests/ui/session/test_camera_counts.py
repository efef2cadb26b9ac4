"""How many cameras are read is one number, wherever it is told."""

import dataclasses

import pytest
from pytestqt.qtbot import QtBot
from support.fakes import REGION
from support.gui.glances import CALM, PAUSED, WITHHELD
from support.gui.made_up import gallery, shares, summary

from fer_desktop.core.types import Reason
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionStatus
from fer_desktop.ui.bridge.session_model import SessionModel
from fer_desktop.ui.look.group_colours import Mark
from fer_desktop.ui.session.page import SessionPage

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def model() -> SessionModel:
    return SessionModel()


@pytest.fixture
def page(qtbot: QtBot, model: SessionModel) -> SessionPage:
    made = SessionPage(model)
    qtbot.addWidget(made)
    made.begin(REGION)
    model.feed(SessionStatus(Phase.LIVE, recording=True))
    return made


def test_the_line_below_the_picture_counts_as_the_squares_do(page: SessionPage, model: SessionModel) -> None:
    # In this very second 19 of 23 are read; in the last 30 s it was 22 of them.
    model.feed(summary(700.0, shares(), readable=19, cameras_on=23))
    assert page.coverage.text == "19 of 23 cameras are read"
    assert page.coverage.why == "3 too small, 1 without a face"
    model.feed(CALM)
    counts = page.glance.squares.counts
    read = sum(count for mark, count in counts.items() if mark not in (Mark.NO_FACE, Mark.CAMERA_OFF))
    assert (
        page.coverage.text == f"{read} of {read + counts[Mark.NO_FACE]} cameras are read" == "22 of 23 cameras are read"
    )
    assert page.coverage.share == pytest.approx(22 / 23)
    assert page.coverage.why == "just now 3 too small, 1 without a face"
    assert "23 cameras on" in page.coverage.toolTip()


def test_while_a_window_lies_over_some_the_words_count_as_what_says_so(page: SessionPage, model: SessionModel) -> None:
    for at_s in (700.0, 701.0):
        covered = summary(at_s, shares(), readable=12, cameras_on=22)
        model.feed(dataclasses.replace(covered, not_read=((Reason.COVERED, 10),)))
        model.feed(CALM)  # of the last 30 s
    assert page.coverage.text == "12 of 22 cameras are read"
    assert page.coverage.why == "10 covered, 1 without a face"
    assert page.glance.second.text() == "Another window covers 10 of 22 pictures: move it aside to read them."


def test_where_nothing_is_counted_in_squares_it_is_the_second_that_counts(
    page: SessionPage, model: SessionModel
) -> None:
    model.feed(summary(1.0, shares(), readable=19, cameras_on=23))
    for glance in (PAUSED, WITHHELD):
        model.feed(CALM)
        model.feed(glance)
        assert page.coverage.text == "19 of 23 cameras are read"


def test_what_was_found_says_nothing_of_cameras(page: SessionPage) -> None:
    page.read.show_analysis(gallery(5, 5, tiled=True))
    assert page.read.found == "5 × 5 tiles"

"""A call that cannot be seen: the page says what is in the way, and what helps."""

import dataclasses

import pytest
from pytestqt.qtbot import QtBot
from support.fakes import REGION
from support.stored import summary

from fer_desktop.core.glance.types import Glance, GroupCounts
from fer_desktop.core.types import Reason, State
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionStatus, Unseen
from fer_desktop.ui.bridge.session_model import SessionModel
from fer_desktop.ui.session.page import SessionPage
from fer_desktop.ui.toolkit.keyboard import MINI_KEY

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.mark.parametrize(
    ("unseen", "first", "second"),
    [
        (Unseen.COVERED, "Waiting: another window covers the call.", ""),
        (
            Unseen.OURS,
            "Waiting: a window of this program lies over the call.",
            "Move it aside. The main window can give way to the mini strip (Ctrl+M).",
        ),
        (Unseen.HIDDEN, "Waiting: the call's window is not shown.", ""),
    ],
)
def test_with_what_is_read_folded_away_the_sentence_names_what_is_in_the_way(
    qtbot: QtBot, unseen: Unseen, first: str, second: str
) -> None:
    model = SessionModel()
    page = SessionPage(model)
    qtbot.addWidget(page)
    page.begin(REGION)
    page.fold(True)
    model.feed(SessionStatus(Phase.LOST, recording=True, unseen=unseen))
    model.feed(Glance(60.0, State.COVERED))
    assert (page.glance.first.text(), page.glance.second.text()) == (first, second)
    # What was in the way in the last second that was not seen is no longer once the call is back.
    model.feed(SessionStatus(Phase.LIVE, recording=True))
    model.feed(Glance(65.0, State.COVERED))
    assert page.glance.first.text() == "Waiting: another window covers the call."


def test_the_key_is_called_as_the_users_keyboard_calls_it(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def german(key: str) -> str:
        asked.append(key)
        return key.replace("Ctrl", "Strg")

    monkeypatch.setattr("fer_desktop.ui.session.page.key_words", german)
    model = SessionModel()
    page = SessionPage(model)
    qtbot.addWidget(page)
    page.begin(REGION)
    model.feed(SessionStatus(Phase.LOST, recording=True, unseen=Unseen.OURS))
    model.feed(Glance(60.0, State.COVERED))
    assert page.glance.second.text().endswith("(Strg+M).")
    assert asked == [MINI_KEY]


def test_a_window_over_some_pictures_is_told_at_once_below_the_sentence_and_goes_with_it(qtbot: QtBot) -> None:
    model = SessionModel()
    page = SessionPage(model)
    qtbot.addWidget(page)
    page.begin(REGION)
    page.fold(True)
    model.feed(SessionStatus(Phase.LIVE, recording=True))
    for at_s in range(4):
        model.feed(summary(float(at_s)))
    model.feed(Glance(4.0, State.LIVE, now=GroupCounts(neutral=20.0)))
    usual = page.glance.second.text()
    height = page.glance.height()
    for at_s in (5, 6):
        model.feed(dataclasses.replace(summary(float(at_s)), cameras_on=25, not_read=((Reason.COVERED, 3),)))
    assert page.glance.second.text() == "Another window covers 3 of 25 pictures: move it aside to read them."
    assert page.read.advice == page.glance.second.text()
    assert page.glance.height() == height
    model.feed(summary(7.0))
    assert page.glance.second.text() == usual

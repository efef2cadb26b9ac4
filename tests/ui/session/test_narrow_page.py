"""The page in one column, as it is docked beside a call."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from support.fakes import CAMERA, DEMO, REGION
from support.gui.clipping import settle
from support.gui.glances import CALM, LOW, MORE_LOW
from support.gui.made_up import shares, summary

from fer_desktop.core.glance.alerts.alert_choices import AlertKind
from fer_desktop.core.glance.alerts.alert_detector import AlertRaised, alert_message
from fer_desktop.core.messages import Message
from fer_desktop.core.sources import SourceChoice
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionEnd, SessionStatus
from fer_desktop.ui.bridge.session_model import SessionModel
from fer_desktop.ui.session.page import SessionPage

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

COLUMN, WIDE = (376, 700), (1240, 700)
DOCKED, DOCKED_LOW = (401, 671), (376, 416)  # the page in a window of 425x745, and beside a call on 1366x768 at 150 %
ALERT = alert_message(AlertRaised(AlertKind.MORE_LOW, 400.0, 8, 22, 3))


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[SessionPage]:
    model = SessionModel()
    made = SessionPage(model)
    qtbot.addWidget(made)
    made.resize(*COLUMN)
    with qtbot.waitExposed(made):
        made.show()
    made.begin(REGION)
    model.feed(SessionStatus(Phase.LIVE, recording=True))
    for second in range(1, 40):
        model.feed(summary(float(second), shares(), readable=22, cameras_on=23))
    model.feed(CALM)
    yield made
    made.hide()


def shown(widget: QWidget, page: SessionPage) -> bool:
    """Whether all of it is in sight."""
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect() and page.isVisible()


def top(widget: QWidget, page: SessionPage) -> int:
    return widget.mapTo(page, QPoint()).y()


def test_what_is_read_lies_below_the_lesson_and_is_scrolled_to(qtbot: QtBot, page: SessionPage) -> None:
    assert page.folded
    assert page.chart.visibleRegion().boundingRect().height() >= 0.7 * page.chart.height()
    page.fold(False)
    qtbot.waitUntil(lambda: page.live.isVisible() and not page.live.visibleRegion().isEmpty())
    assert page.chart.isVisible()
    assert top(page.read, page) >= top(page.chart, page) + page.chart.height()
    assert page.live.height() >= 120
    page.fold(True)
    assert not page.read.isVisible()
    qtbot.waitUntil(lambda: not page.chart.visibleRegion().isEmpty())


def test_the_tick_that_the_class_was_told_is_at_hand_while_what_is_read_is_folded_away(
    qtbot: QtBot, page: SessionPage
) -> None:
    tick = page.read.told.tick
    for size in (COLUMN, WIDE):
        page.resize(*size)
        page.fold(True)
        qtbot.waitUntil(lambda: shown(tick, page))
        qtbot.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(8, tick.height() // 2))
        assert page.read.told.told
        page.fold(False)
        assert page.read.isAncestorOf(tick)
        assert page.read.told.told
        tick.setChecked(False)


def test_of_ones_own_camera_there_is_no_such_tick(page: SessionPage) -> None:
    page.begin(CAMERA)
    for folded in (True, False, True):
        page.fold(folded)
        assert page.read.told.isHidden()


def test_a_wide_page_has_the_widths_again_that_it_had(qtbot: QtBot, page: SessionPage, store: QSettings) -> None:
    page.resize(*WIDE)
    page.fold(False)
    settle()
    page._below.setSizes([700, 500])
    before = page._below.sizes()
    page.resize(*COLUMN)
    assert page._below.orientation() is Qt.Orientation.Vertical
    page.save(store)
    page.resize(*WIDE)
    assert page._below.orientation() is Qt.Orientation.Horizontal
    settle()
    assert page._below.sizes() == before
    other = SessionPage(SessionModel())
    qtbot.addWidget(other)
    other.resize(*WIDE)
    other.restore(store)
    assert other._below.orientation() is Qt.Orientation.Horizontal


# French has the longest words for it.
LONGEST = (
    Message("Sur tout le cours, presque tous souriaient."),
    Message(
        "Le plus grand changement à 1:02:05 : plus de visages que d’habitude avaient l’air tristes, effrayés ou en "
        "colère."
    ),
)


def test_the_sentence_of_the_whole_lesson_is_not_cut(page: SessionPage) -> None:
    page.glance.show_ended(LONGEST)
    for line, words in zip((page.glance.first, page.glance.second), LONGEST, strict=True):
        assert line.shown.replace("\n", " ") == str(words)
        assert line.shown_px >= 20
    # In a glance no type is smaller than can be read from a metre away.
    page.glance.show_glance(CALM, LONGEST)
    assert page.glance.first.shown_px >= 26


def test_the_sentence_stands_still_above_what_scrolls(qtbot: QtBot, page: SessionPage) -> None:
    page.resize(*DOCKED)
    settle()
    place = page.glance.mapTo(page, QPoint())
    page.fold(False)
    bar = page._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0)
    for _ in range(2):
        assert shown(page.glance, page)
        assert page.glance.mapTo(page, QPoint()) == place
        bar.setValue(bar.maximum())
    page.show_seats(True)
    settle()
    bar.setValue(bar.maximum())
    assert shown(page.glance, page)


def test_on_a_low_screen_it_stands_still_above_the_lesson_and_leaves_its_room_to_the_picture(
    qtbot: QtBot, page: SessionPage
) -> None:
    page.resize(*DOCKED_LOW)
    settle()
    bar = page._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert shown(page.glance, page)
    page.fold(False)
    qtbot.waitUntil(lambda: page.live.visibleRegion().boundingRect().height() == page.live.height())
    page.fold(True)
    settle()
    assert shown(page.glance, page)


def test_a_new_lesson_begins_at_the_top(qtbot: QtBot, page: SessionPage) -> None:
    page.resize(*DOCKED)
    page.fold(False)
    bar = page._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0)
    page.begin(REGION)
    settle()
    assert bar.value() == 0
    assert not page.folded


def test_an_alert_has_its_room_in_the_air_of_the_sentence(page: SessionPage) -> None:
    page.resize(*DOCKED)
    settle()
    without = top(page.chart, page)
    page.alert_line.switch_on(True)
    settle()
    assert top(page.chart, page) - without <= 24
    assert page.height() - top(page.chart, page) >= 200  # of the trend is in the first view
    page.glance.show_glance(LOW, MORE_LOW)
    page.alert_line.show_alert(ALERT)
    settle()
    height, line = page.glance.height(), page.alert_line
    assert shown(line, page)
    assert page.glance.isAncestorOf(line)
    for part in (page.glance.first, page.glance.second, line._text):
        assert part.whole
    for button in line.answers.buttons:
        assert shown(button, page)
        assert button.y() == line.mark.y()
    line.clear()
    settle()
    assert page.glance.height() == height


def test_after_the_end_no_room_is_kept_for_alerts(page: SessionPage) -> None:
    for size in (DOCKED, WIDE):
        page.resize(*size)
        page.alert_line.switch_on(True)
        page._model.feed(SessionStatus())
        page._model.feed(SessionEnd(REGION, None, 800.0, None, failed=False, unrecorded=True))
        settle()
        assert not page.alert_line.isVisible()
        assert top(page.chart, page) - (page.glance.y() + page.glance.height() + page._head.y()) < 40
        page.begin(REGION)
        settle()
        assert page.alert_line.isVisible()


@pytest.mark.parametrize("size", [DOCKED, DOCKED_LOW, (616, 415), (640, 480), (887, 438), WIDE])
def test_its_parts_come_to_rest_at_every_size(page: SessionPage, size: tuple[int, int]) -> None:
    page.alert_line.switch_on(True)
    page.glance.show_glance(LOW, MORE_LOW)
    page.alert_line.show_alert(ALERT)
    for folded in (True, False):
        page.resize(*size)
        page.fold(folded)
        settle(20)
        assert page._head.at_rest
        heights = page.glance.height(), page.read.height(), page._scroll.verticalScrollBar().maximum()
        settle(20)
        assert heights == (page.glance.height(), page.read.height(), page._scroll.verticalScrollBar().maximum())


@pytest.mark.parametrize(
    ("size", "choice", "said"),
    [(DOCKED, DEMO, True), ((616, 415), DEMO, True), (WIDE, DEMO, False), (DOCKED, REGION, False)],
)
def test_where_the_header_has_no_room_for_the_name_the_demo_class_is_said_to_be_one(
    page: SessionPage, size: tuple[int, int], choice: SourceChoice, said: bool
) -> None:
    page.begin(choice)
    page.resize(*size)
    settle()
    words = [label for label in page.findChildren(QLabel) if label.text().startswith("Demo class: nobody")]
    assert [shown(label, page) for label in words] == [said]

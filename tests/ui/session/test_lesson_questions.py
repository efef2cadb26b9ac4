"""What is asked once a lesson, under the picture: which is you, and whether somebody is left out again."""

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.fakes import DEMO, REGION, STREAM, WINDOW, FakeServices
from support.gui.clipping import settle
from support.gui.opened_window import Opener, wait_live
from support.gui.pseudo_translation import untranslated_texts

from fer_desktop.core.readings.summary import summarize
from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.sources import Region, RegionChoice, SourceChoice, WindowChoice
from fer_desktop.ui.main_window import MainWindow

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

WHICH = "Which is you? Click your own picture."
LAST_TIME = "Leave out again? 2 last time: click them."


def begun(qtbot: QtBot, window: MainWindow, choice: SourceChoice = REGION) -> None:
    """A lesson that goes on, with what is read in sight."""
    window.resize(1300, 760)
    if window.session.status.can_start:
        window._begin(choice)
    wait_live(qtbot, window)
    if window.isMinimized():  # there is no room beside the region on so small a screen
        window.away.appearing.bring_back()
    window.page.fold(False)
    qtbot.waitUntil(lambda: window.page.live.has_targets(2))
    second(window)


def ended(qtbot: QtBot, window: MainWindow) -> None:
    window.session.stop()
    qtbot.waitUntil(lambda: window.session.status.can_start)
    window.new_session()


def second(window: MainWindow) -> None:
    """A second of six who are seen."""
    window.model.feed(summarize((), 6, 30.0))


def asked(window: MainWindow) -> str:
    return window.page.read.question.text


def click(window: MainWindow, number: int) -> int:
    """Clicks that face; its seat."""
    live = window.page.live
    mapping, target = live.where(), live._targets[number]
    assert mapping is not None
    at = mapping.to_widget(target.xyxy).center().toPoint()
    QTest.mouseClick(live, Qt.MouseButton.LeftButton, pos=QPoint(at.x(), at.y()))
    return target.seat


def left_out(qtbot: QtBot, window: MainWindow, *numbers: int) -> None:
    """A lesson in which these were left out, and the teacher did not say who she is."""
    begun(qtbot, window)
    qtbot.waitUntil(lambda: asked(window) == WHICH)
    window.page.read.question.skip.click()
    for number in numbers:
        click(window, number)
    qtbot.waitUntil(lambda: len(window.model.exclusion.seats) == len(numbers))


def test_which_is_you_is_asked_of_faces_alone_beside_the_picture_and_a_click_answers(
    qtbot: QtBot, open_window: Opener
) -> None:
    window = open_window()
    begun(qtbot, window)
    qtbot.waitUntil(lambda: asked(window) == WHICH)
    live = window.page.live
    assert live.asks_me
    assert live.banner == ""  # nothing lies over the tiles
    assert not live.hasFocus()  # Space still pauses
    assert window.page.read.question.isVisible()
    seat = click(window, 2)
    assert window.model.exclusion == Exclusion(frozenset({seat}), seat)
    assert asked(window) == ""
    assert not live.asks_me
    second(window)
    assert asked(window) == ""


@pytest.mark.parametrize("how", ["skip", "escape"])
def test_skipped_it_is_not_asked_again_in_this_lesson_and_asked_in_the_next(
    qtbot: QtBot, open_window: Opener, how: str
) -> None:
    window = open_window()
    begun(qtbot, window)
    qtbot.waitUntil(lambda: asked(window) == WHICH)
    if how == "skip":
        window.page.read.question.skip.click()
    else:
        QTest.keyClick(window.page.live, Qt.Key.Key_Escape)
    assert asked(window) == ""
    second(window)
    window.pause_or_resume()
    window.pause_or_resume()
    second(window)
    assert asked(window) == ""
    assert not window.page.live.asks_me
    ended(qtbot, window)
    begun(qtbot, window)
    qtbot.waitUntil(lambda: asked(window) == WHICH)


def test_a_pause_is_no_answer(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    begun(qtbot, window)
    qtbot.waitUntil(lambda: asked(window) == WHICH)
    window.pause_or_resume()
    assert asked(window) == ""
    window.pause_or_resume()
    qtbot.waitUntil(lambda: asked(window) == WHICH)


def test_what_the_menu_answers_is_not_asked(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    begun(qtbot, window)
    qtbot.waitUntil(lambda: asked(window) == WHICH)
    live = window.page.live
    live._open_menu(live._targets[1], QPoint())
    assert asked(window) == WHICH  # to look into a menu is no answer
    live._be(live._targets[1].seat, True)
    assert asked(window) == ""
    second(window)
    assert asked(window) == ""


def test_a_lesson_of_nobody_else_asks_nothing(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    begun(qtbot, window)
    qtbot.waitUntil(lambda: window.page.live.has_targets(2))
    second(window)
    assert asked(window) == ""


def test_where_what_is_read_is_hidden_the_question_is_across_the_window(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    begun(qtbot, window, STREAM)
    window.page.fold(True)
    qtbot.waitUntil(lambda: window.notice.button("Show the picture") is not None)
    assert window.notice.text == "Which is you? You are left out then, and count nowhere."
    show = window.notice.button("Show the picture")
    assert show is not None
    show.click()
    assert window.page.read.isVisible()
    assert window.notice.text == ""
    qtbot.waitUntil(lambda: asked(window) == WHICH)


def test_on_a_low_screen_picture_and_question_are_scrolled_into_sight(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    begun(qtbot, window, STREAM)
    window.resize(640, 480)
    window.page.fold(True)
    window.page.fold(False)
    question = window.page.read.question
    qtbot.waitUntil(lambda: question.skip.visibleRegion().boundingRect().height() == question.skip.height())
    live = window.page.live
    qtbot.waitUntil(lambda: live.visibleRegion().boundingRect().height() == live.height())


COLUMN = (425, 745)


def docked(qtbot: QtBot, window: MainWindow) -> None:
    """As narrow as beside a call, with the picture unfolded in an earlier lesson, and a new one begun."""
    window.setMinimumSize(0, 0)  # as docking does
    window.resize(*COLUMN)
    window.page.fold(False)
    window._begin(STREAM)
    wait_live(qtbot, window)
    window.away.appearing.bring_back()
    window.setMinimumSize(0, 0)
    window.resize(*COLUMN)
    settle(20)
    assert not window.page.folded
    qtbot.waitUntil(lambda: window.page.live.has_targets(2))


def test_in_a_column_whose_picture_is_scrolled_away_the_question_is_across_the_window(
    qtbot: QtBot, open_window: Opener
) -> None:
    window = open_window()
    window.flow.keep_left_out(STREAM, 2)
    docked(qtbot, window)
    bar = window.page._scroll.verticalScrollBar()
    bar.setValue(0)  # where a lesson begins
    second(window)
    assert not window.page.sees_picture
    assert window.notice.text == "Leave yourself out, and who was left out last time?"
    assert asked(window) == ""
    show = window.notice.button("Show the picture")
    assert show is not None
    settle(20)
    assert show.visibleRegion().boundingRect().size() == show.size()
    show.click()
    assert window.notice.text == ""
    qtbot.waitUntil(lambda: window.page.sees_picture)
    second(window)
    assert asked(window) == WHICH
    question, live = window.page.read.question, window.page.live
    qtbot.waitUntil(lambda: question.skip.visibleRegion().boundingRect().size() == question.skip.size())
    qtbot.waitUntil(lambda: live.visibleRegion().boundingRect().size() == live.size())
    question.skip.click()
    assert asked(window) == LAST_TIME
    qtbot.waitUntil(lambda: question.skip.visibleRegion().boundingRect().size() == question.skip.size())


def test_in_a_column_the_picture_is_as_wide_as_its_card(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    docked(qtbot, window)
    window.page.fold(False)
    qtbot.waitUntil(lambda: window.page.sees_picture)
    second(window)
    assert asked(window) == WHICH
    live = window.page.live
    settle(20)
    mapping = live.where()
    assert mapping is not None
    assert mapping.rect.width() >= 0.9 * live.width() or live.height() >= 220
    assert mapping.rect.width() >= 300
    assert window.page.chart.isVisible()


def test_beside_the_lesson_a_question_gives_the_picture_the_room_below_it(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    begun(qtbot, window)
    qtbot.waitUntil(lambda: asked(window) == WHICH)
    window.resize(1366, 720)
    settle(20)
    live, asked_px = window.page.live, window.page.live.height()
    assert live.height() >= 220
    assert not window.page.coverage.isVisible()
    window.page.read.question.skip.click()
    settle(20)
    assert live.height() < asked_px
    assert window.page.coverage.isVisible()


def test_skipped_across_the_window_it_is_skipped(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    begun(qtbot, window, STREAM)
    window.page.fold(True)
    qtbot.waitUntil(lambda: window.notice.button("Skip") is not None)
    skip = window.notice.button("Skip")
    assert skip is not None
    skip.click()
    window.page.fold(False)
    second(window)
    assert asked(window) == ""


def test_whoever_was_left_out_is_offered_to_be_again_as_empty_tiles(
    qtbot: QtBot, open_window: Opener, store: QSettings
) -> None:
    window = open_window()
    left_out(qtbot, window, 1, 4)
    ended(qtbot, window)
    kept = str(store.value("source/left_out"))
    assert kept.endswith(": 2}")
    begun(qtbot, window)
    qtbot.waitUntil(lambda: asked(window) == WHICH)
    window.page.read.question.skip.click()
    assert asked(window) == LAST_TIME
    tiles = window.page.read.question.tiles
    assert tiles.isVisible()
    assert (tiles._filled, tiles._many) == (0, 2)
    assert window.model.exclusion == Exclusion()  # nobody is known again
    tiles.click()
    assert window.page.live.hasFocus()
    click(window, 3)
    assert (tiles._filled, tiles._many) == (1, 2)
    assert tiles.accessibleName() == "1 of 2 chosen: go to the picture"
    click(window, 5)
    assert asked(window) == ""


def test_a_number_is_all_that_is_kept_and_only_where_sources_are_remembered(
    qtbot: QtBot, open_window: Opener, store: QSettings, services: FakeServices
) -> None:
    window = open_window()
    left_out(qtbot, window, 1, 4)
    window.settings.put(services.settings().changed(keep_last_source=False))
    ended(qtbot, window)
    assert store.value("source/left_out") is None


def test_forgetting_sources_forgets_the_number(
    qtbot: QtBot, open_window: Opener, store: QSettings, services: FakeServices
) -> None:
    window = open_window()
    left_out(qtbot, window, 1)
    ended(qtbot, window)
    assert store.value("source/left_out") is not None
    window.settings.put(services.settings().changed(keep_last_source=False))
    assert store.value("source/left_out") is None
    del qtbot


def test_skipped_or_with_nobody_left_out_it_is_not_offered_the_next_time(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    left_out(qtbot, window, 1, 4)
    ended(qtbot, window)
    begun(qtbot, window)
    qtbot.waitUntil(lambda: asked(window) == WHICH)
    window.page.read.question.skip.click()
    window.page.read.question.skip.click()
    assert asked(window) == ""
    ended(qtbot, window)
    assert window.flow.left_out_before(REGION) == 0


def test_each_source_has_its_own_number_and_a_new_one_that_of_the_last(open_window: Opener) -> None:
    window = open_window()
    other = WindowChoice("Another call", WINDOW.handle, WINDOW.program)
    assert window.flow.left_out_before(WINDOW) == 0
    window.flow.keep_left_out(WINDOW, 3)
    assert window.flow.left_out_before(WindowChoice(WINDOW.name, 9999, WINDOW.program)) == 3
    assert window.flow.left_out_before(other) == 3  # the same class may have another title
    window.flow.keep_left_out(other, 0)  # of whom nobody was to be left out
    assert (window.flow.left_out_before(WINDOW), window.flow.left_out_before(other)) == (3, 0)
    window.flow.keep_left_out(REGION, 1)
    assert window.flow.left_out_before(WINDOW) == 3
    assert window.flow.left_out_before(RegionChoice(REGION.name, Region(1, 0, 640, 360))) == 1
    assert WINDOW.name not in str(window._store.value("source/left_out"))


@pytest.mark.parametrize("text", ['{"source": "x", "count": 2}', "[]", "{", '{"a": null}', ""])
def test_numbers_that_cannot_be_read_are_none(open_window: Opener, text: str) -> None:
    window = open_window()
    window._store.setValue("source/left_out", text)
    assert window.flow.left_out_before(REGION) == 0


def test_what_was_not_answered_is_asked_again_the_next_time(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    window.flow.keep_left_out(REGION, 2)
    begun(qtbot, window)
    ended(qtbot, window)
    assert window.flow.left_out_before(REGION) == 2


def test_all_that_is_asked_can_be_translated(qtbot: QtBot, open_window: Opener, in_brackets: None) -> None:
    del in_brackets
    window = open_window()
    window.flow.keep_left_out(REGION, 2)
    begun(qtbot, window)
    qtbot.waitUntil(lambda: asked(window) != "")
    question = window.page.read.question
    assert untranslated_texts(asked(window), question.skip.text()) == []
    question.skip.click()
    assert untranslated_texts(asked(window), question.tiles.accessibleName()) == []

"""The dialog that lays two lessons over one another."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAccessible, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.clocks import STARTED
from support.fakes import FakeServices
from support.gui.opened_window import Opener
from support.gui.pseudo_translation import pseudo_language, untranslated, untranslated_texts
from support.scripted_lessons import scripted_lesson
from support.stored_lessons import second, store_lesson

from fer_desktop.core.settings import Retention
from fer_desktop.pipeline.events import Marker
from fer_desktop.sessions.store.editing import set_class
from fer_desktop.sessions.store.erasing import erase_everything
from fer_desktop.ui.compare.dialog import CompareDialog, open_compare
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.saved.dialog import SavedDialog

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MINUTES = 15
Opened = Callable[..., CompareDialog]


@pytest.fixture(name="path")
def _path(tmp_path: Path, services: FakeServices) -> Path:
    services.put(keep_sessions=Retention.FOR_EVER)
    return tmp_path / "sessions.db"


def lesson(
    path: Path, day: int, class_name: str = "9b", name: str = "Maths", faces: int = 23, video: bool = False
) -> int:
    """A quarter of an hour in which nothing happens, or nearly all smile for a while; the quiz comes later each day."""
    length_s = 60 * MINUTES
    events = scripted_lesson(
        length_s, faces, markers=0, seed=day, scale_s=length_s if video else 100 * length_s
    ).events()
    marked = sorted([*events, Marker(1, 300.0 + 20 * day, "quiz")], key=lambda event: event.elapsed_s)
    found = store_lesson(path, marked, name, at=STARTED + timedelta(days=day), end_s=float(length_s))
    set_class(path, found, class_name)
    return found


@pytest.fixture(name="opened")
def _opened(qtbot: QtBot, open_window: Opener, services: FakeServices) -> Opened:
    def opened(session_id: int, other_id: int | None = None) -> CompareDialog:
        dialog = open_compare(open_window(), services, session_id, other_id)
        with qtbot.waitSignal(dialog.looked):
            pass
        return dialog

    return opened


def offered(dialog: CompareDialog) -> list[str]:
    return [dialog.other.itemText(index) for index in range(dialog.other.count())]


def choose(qtbot: QtBot, dialog: CompareDialog, begins: str) -> None:
    index = next(index for index, text in enumerate(offered(dialog)) if text.startswith(begins))
    with qtbot.waitSignal(dialog.looked):
        dialog.other.setCurrentIndex(index)
        dialog.other.activated.emit(index)


def test_the_usual_of_the_class_comes_first_then_its_lessons_then_the_others(path: Path, opened: Opened) -> None:
    lesson(path, 5, class_name="", name="Physics")
    days = [lesson(path, day) for day in range(4)]
    dialog = opened(days[-1])
    assert dialog.lesson.text().startswith("This lesson: 9b · Maths · ")
    assert [text.split(" · ")[0] for text in offered(dialog)] == ["Usual of 9b", "9b", "9b", "9b", "Physics"]
    assert dialog.other.currentText() == "Usual of 9b"
    assert dialog.sentence.text() == "Nothing that chance would not explain."
    assert dialog.rests.text().startswith("Usual: the median and the middle 80 % of 3 earlier lessons of this class.")


def test_what_differs_is_said_and_drawn(path: Path, opened: Opened) -> None:
    plain = lesson(path, 1)
    # Long enough that the video of the script lasts for three minutes.
    events = scripted_lesson(2700, 23, markers=0).events()
    video = store_lesson(path, events, "Maths", at=STARTED + timedelta(days=3), end_s=2700.0)
    dialog = opened(video, plain)
    assert dialog.sentence.text() == "Nothing that chance would not explain."  # the other one is over by then
    long_one = store_lesson(
        path, scripted_lesson(2700, 23, markers=0, scale_s=99999).events(), at=STARTED, end_s=2700.0
    )
    dialog = opened(video, long_one)
    assert dialog.sentence.text().startswith("More faces smiled than in the other lesson, from 1")
    told = QAccessible.queryAccessibleInterface(dialog.chart)
    assert told is not None
    assert told.text(QAccessible.Text.Value).startswith("More faces smiled than in the other lesson, from 1")
    picture = dialog.chart.grab().toImage()
    dialog.chart.show_comparison(None)
    assert dialog.chart.grab().toImage() != picture


def test_the_values_of_both_are_told_under_the_pointer_and_by_keys(qtbot: QtBot, path: Path, opened: Opened) -> None:
    other, this = lesson(path, 1), lesson(path, 2, faces=18)
    dialog = opened(this, other)
    resting = dialog.values.text()
    chart = dialog.chart
    at, none = QPointF(chart.width() / 2, chart.height() / 2), Qt.MouseButton.NoButton
    moved = QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(chart, moved)
    assert dialog.values.text().startswith(("7:", "8:"))
    assert " of 18 smiling" in dialog.values.text()
    assert " of 23 smiling" in dialog.values.text()
    assert chart.accessibleDescription() == dialog.values.text()
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.stretch == 2 * MINUTES - 1
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.stretch == 2 * MINUTES - 2
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert dialog.values.text() == resting
    assert dialog.isVisible()


def test_markers_of_the_same_name_lie_over_one_another(qtbot: QtBot, path: Path, opened: Opened) -> None:
    other, this = lesson(path, 1), lesson(path, 6)
    dialog = opened(this, other)
    with qtbot.waitSignal(dialog.looked):
        dialog.by.button(1).click()
    assert dialog.comparison is not None
    assert [(one.name, one.at_s, one.other_s) for one in dialog.comparison.tied] == [("quiz", 420.0, 320.0)]
    assert "Markers of the same name: 1." in dialog.rests.text()


def test_a_class_with_two_earlier_lessons_has_no_usual_and_says_so(qtbot: QtBot, path: Path, opened: Opened) -> None:
    days = [lesson(path, day) for day in range(3)]
    dialog = opened(days[-1])
    assert dialog.other.currentText().startswith("9b · Maths")
    choose(qtbot, dialog, "Usual")
    assert dialog.sentence.text().startswith("What is usual takes 3 earlier lessons of this class. So far: 2.")


def test_one_second_beside_an_hour_and_nothing_beside_nothing(path: Path, opened: Opened) -> None:
    blink = store_lesson(path, [second(1.0)], at=STARTED, end_s=1.0)
    long_one = lesson(path, 2)
    for one, other in ((blink, long_one), (long_one, blink)):
        dialog = opened(one, other)
        assert dialog.sentence.text() == "Less than 5 min of both were seen: too little to compare."
        dialog.chart.grab()


def test_the_only_lesson_has_nothing_beside_it(path: Path, opened: Opened) -> None:
    dialog = opened(lesson(path, 1, class_name=""))
    assert dialog.sentence.text() == "There is no other lesson to compare with."
    assert not dialog.other.isEnabled()
    dialog.by.button(1).click()
    assert dialog.sentence.text() == "There is no other lesson to compare with."


def test_a_lesson_that_was_erased_meanwhile_is_told(qtbot: QtBot, path: Path, opened: Opened) -> None:
    other, this = lesson(path, 1), lesson(path, 2)
    dialog = opened(this, other)
    erase_everything(path)
    with qtbot.waitSignal(dialog.looked):
        dialog.by.button(1).click()
    assert "There is no session" in dialog.sentence.text()
    assert dialog.comparison is None
    assert opened(this).sentence.text() == "This lesson is no longer stored."


def saved_lessons(qtbot: QtBot, window: MainWindow) -> SavedDialog:
    window.saved.open_list()
    dialog = window.findChild(SavedDialog)
    assert isinstance(dialog, SavedDialog)
    with qtbot.waitSignal(dialog.looked):
        pass
    return dialog


def test_one_or_two_of_the_saved_lessons_are_compared(qtbot: QtBot, open_window: Opener, path: Path) -> None:
    days = [lesson(path, day, class_name="") for day in range(3)]
    window = open_window()
    dialog = saved_lessons(qtbot, window)
    rows = [row for index in range(3) if (row := dialog.list.topLevelItem(index)) is not None]
    assert dialog.compare.isEnabled()
    rows[2].setSelected(True)  # beside the newest
    assert dialog.compare.isEnabled()
    dialog.compare.click()
    shown = dialog.findChild(CompareDialog)
    assert isinstance(shown, CompareDialog)
    with qtbot.waitSignal(shown.looked):
        pass
    assert shown.other.currentData() == days[0]
    shown.accept()
    rows[1].setSelected(True)
    assert not dialog.compare.isEnabled()


def test_every_word_is_translated(path: Path, opened: Opened) -> None:
    days = [lesson(path, day) for day in range(4)]
    with pseudo_language():
        dialog = opened(days[-1])
        # Of a choice class and name are as she wrote them, and the day is translated.
        assert not [text for text in untranslated(dialog) if not text.startswith("ComboBox: 9b · Maths · ⟦")]
        dialog.chart.point_at(3)
        assert not untranslated_texts(dialog.values.text(), dialog.chart.accessibleName(), dialog.windowTitle())

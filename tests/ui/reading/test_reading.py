"""A recording that is dropped on the window is read, with progress, time left, cancel and a seek bar."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.fakes import FakeServices
from support.gui.opened_window import Opener, wait_live
from support.stored import summary

from fer_desktop.core.errors import SourceError
from fer_desktop.core.messages import message
from fer_desktop.core.sources import RecordingChoice
from fer_desktop.ui.bridge.reading import ReadingOfRecording, ReadLesson
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.reading.time_left import TimeLeft


class Reader:
    """A reading that goes as far as the test lets it."""

    def __init__(self) -> None:
        self.lets, self.given = threading.Event(), threading.Event()
        self.to_s, self.length_s = 40, 120.0
        self.outcome = ReadLesson(end_s=120.0)
        self.error: Exception | None = None

    def __call__(self, _choice: RecordingChoice, reading: ReadingOfRecording) -> ReadLesson:
        for second in range(1, self.to_s + 1):
            reading.write(summary(float(second)))
            reading.update(float(second), self.length_s)
        self.given.set()
        while not self.lets.wait(0.01):
            if reading.stopped:
                return ReadLesson(stopped=True, end_s=float(self.to_s))
        if self.error is not None:
            raise self.error
        return self.outcome


@pytest.fixture
def reader(services: FakeServices) -> Iterator[Reader]:
    made = Reader()
    services.reads = made
    yield made
    made.lets.set()


def drop(window: MainWindow, path: Path) -> bool:
    """Whether it was taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    how = data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, *how)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, *how))
    return enter.isAccepted()


@pytest.fixture
def window(qtbot: QtBot, open_window: Opener, reader: Reader, tmp_path: Path) -> MainWindow:
    """With a recording of which a third is read."""
    opened = open_window()
    assert drop(opened, tmp_path / "lesson.mp4")
    qtbot.waitUntil(reader.given.is_set)
    opened.reading.look()
    return opened


def test_how_far_it_is_is_seen_and_the_class_up_to_there(window: MainWindow) -> None:
    page = window.reading.page
    assert window.pages.currentWidget() is page
    assert page.name.text() == "lesson.mp4"
    assert page.told.text().startswith("0:40 of 2:00 read")
    assert page.bar.value() == pytest.approx(page.bar.maximum() / 3, abs=1)
    assert page.seek.maximum() == 120
    assert page.seek.value() == 40
    assert page.place.text() == "0:40 of 2:00"
    assert page.cancel.isVisible()
    assert not page.home.isVisible()


def test_the_seek_bar_leads_to_any_moment_that_is_read_and_to_none_beyond(window: MainWindow) -> None:
    page = window.reading.page
    page.seek.setValue(25)
    assert page.chart.plot.cursor_s == 25.0
    assert page.chart.plot.moment is not None
    assert page.place.text() == "0:25 of 2:00"
    window.reading.look()
    assert page.seek.value() == 25  # it stays where she put it while the reading goes on
    page.seek.setValue(90)
    assert page.seek.value() == 40
    assert page.chart.plot.cursor_s is None


def test_cancel_stops_and_says_how_it_goes_on(qtbot: QtBot, window: MainWindow) -> None:
    page = window.reading.page
    page.cancel.click()
    assert not page.cancel.isEnabled()
    qtbot.waitUntil(lambda: not window.reading.busy)
    assert page.told.text() == "Stopped at 0:40. Drop the same recording once more to go on from there."
    page.home.click()
    assert window.pages.currentWidget() is window.pages.home


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (ReadLesson(end_s=120.0), "All of it is read. It is one of your lessons now."),
        (ReadLesson(known=True), "This recording is one of your lessons already."),
        (ReadLesson(end_s=60.0, problem=message("It breaks off at {s} s.", s=60)), "It breaks off at 60 s."),
    ],
)
def test_how_it_ended_is_said(
    qtbot: QtBot, window: MainWindow, reader: Reader, outcome: ReadLesson, words: str
) -> None:
    reader.outcome = outcome
    reader.lets.set()
    qtbot.waitUntil(lambda: not window.reading.busy)
    page = window.reading.page
    assert page.told.text() == words
    assert page.home.isVisible()
    assert not page.cancel.isVisible()


def test_what_cannot_be_read_is_told_across_the_window(qtbot: QtBot, window: MainWindow, reader: Reader) -> None:
    reader.error = SourceError("The recording lesson.mp4 is empty: choose another file.")
    reader.lets.set()
    qtbot.waitUntil(lambda: window.notice.text == str(reader.error))
    assert not window.reading.busy


def test_one_recording_at_a_time(window: MainWindow, services: FakeServices, tmp_path: Path) -> None:
    assert not drop(window, tmp_path / "another.mp4")
    assert len(services.read) == 1


def test_a_live_lesson_stops_it(qtbot: QtBot, window: MainWindow, services: FakeServices) -> None:
    window.flow.request(services.demo())
    wait_live(qtbot, window)
    qtbot.waitUntil(lambda: not window.reading.busy)


def test_a_window_that_is_closed_stops_it_first(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.left):
        window.close()
    assert not window.reading.busy


def test_pictures_are_shown_and_no_lesson(
    qtbot: QtBot, open_window: Opener, services: FakeServices, tmp_path: Path
) -> None:
    window = open_window()
    assert drop(window, tmp_path / "class.png")
    wait_live(qtbot, window)
    assert not services.read


def test_the_time_left_is_that_of_the_last_half_minute() -> None:
    left = TimeLeft()
    assert left.seconds(0.0, 10.0, 1000.0) is None
    assert left.seconds(2.0, 20.0, 1000.0) is None  # too early to tell
    assert left.seconds(10.0, 60.0, 1000.0) == pytest.approx(940 / 5)
    for now_s in range(20, 61, 10):  # it has become twice as slow
        found = left.seconds(float(now_s), 60.0 + 2.5 * (now_s - 10), 1000.0)
    assert found == pytest.approx((1000 - 185) / 2.5)
    assert left.seconds(70.0, 300.0, None) is None

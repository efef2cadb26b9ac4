"""She says how many are in the class; it is kept for the source, and what is read is of that class."""

import numpy as np
import pytest
from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot
from support.fakes import DEMO, WINDOW, FakeServices
from support.gui.opened_window import Opener, wait_live
from support.scripted_classes import second

from fer_desktop.core.sources import SourceKind, WindowChoice
from fer_desktop.pipeline.events import ClassSize
from fer_desktop.ui.session.class_size import ClassSizeField
from fer_desktop.ui.session.coverage import CoverageLine


@pytest.fixture
def field(qtbot: QtBot, store: QSettings) -> ClassSizeField:
    shown = ClassSizeField()
    qtbot.addWidget(shown)
    shown.restore(store)
    return shown


def say(qtbot: QtBot, field: ClassSizeField, size: int) -> None:
    with qtbot.waitSignal(field.changed):
        field.field.setFocus()
        field.field.selectAll()
        qtbot.keyClicks(field.field, str(size))
        qtbot.keyClick(field.field, Qt.Key.Key_Return)


def test_it_is_kept_for_the_same_source_alone(qtbot: QtBot, field: ClassSizeField, store: QSettings) -> None:
    field.begin(WINDOW)
    say(qtbot, field, 38)
    field.begin(WindowChoice("Another call", 7, "zoom"))
    assert field.size_said == 0
    field.begin(WindowChoice(WINDOW.name, 99, WINDOW.program))
    assert field.size_said == 38
    assert not [key for key in store.allKeys() if WINDOW.name in key]


def test_what_is_no_call_has_none(field: ClassSizeField) -> None:
    field.begin(DEMO)
    assert field.isHidden()
    field.begin(WINDOW)
    assert not field.isHidden()


def test_one_line_says_that_the_call_shows_fewer(qtbot: QtBot, field: ClassSizeField) -> None:
    field.begin(WINDOW)
    for at_s in range(30):
        field.show_summary(second(float(at_s), 20, seats=25))
    assert field.hint == ""
    say(qtbot, field, 38)
    assert field.hint == "Zoom shows 25 of 38; 49 a page can be set in Zoom."
    height = field.sizeHint().height()
    for at_s in range(30, 60):
        field.show_summary(second(float(at_s), 20, seats=38))
    assert field.hint == ""
    assert field.sizeHint().height() == height


def test_the_wheel_changes_nothing(field: ClassSizeField) -> None:
    assert type(field.field).__name__ == "SpinBox"
    assert type(field.field).wheelEvent.__qualname__.startswith("SpinBox")


def test_coverage_is_of_the_class(qtbot: QtBot) -> None:
    line = CoverageLine()
    qtbot.addWidget(line)
    line.show_summary(second(1.0, 20, seats=25))
    assert (line.text, line.share) == ("20 of 25 cameras are read", 0.8)
    line.count_among(40)
    assert (line.text, line.share) == ("20 of 40 in the class are read", 0.5)
    line.count_among(10)  # more are there than she said
    assert line.text == "20 of 25 cameras are read"


def test_of_a_session_that_is_over_it_speaks_in_the_past(qtbot: QtBot) -> None:
    line = CoverageLine()
    qtbot.addWidget(line)
    for at_s in range(10):
        line.show_summary(second(float(at_s), 20 if at_s % 2 else 22, seats=25, turned=1))
    line.show_ended()
    assert (line.text, line.why) == ("About 21 of 25 cameras were read", "")
    assert np.isclose(line.share, 21 / 25)
    line.show_ended(False)
    assert line.text.endswith("are read")


def test_it_goes_into_the_record_and_the_lesson_s_chart(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    window = open_window(WINDOW)
    wait_live(qtbot, window)
    assert services.made[0].name
    say(qtbot, window.page.read.class_size, 40)
    file = services.files[0]
    qtbot.waitUntil(lambda: [event.size for event in file.events if isinstance(event, ClassSize)] == [40])
    qtbot.waitUntil(lambda: window.page.read.coverage.text == "6 of 40 in the class are read")
    assert window.page.chart._history.class_size == 40
    assert window.session.choice is not None
    assert window.session.choice.kind is SourceKind.WINDOW

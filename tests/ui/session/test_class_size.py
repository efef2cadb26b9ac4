"""She says how many are in the class; it is kept for the source, and what is read is of that class."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.fakes import WINDOW, FakeServices
from support.gui.opened_window import Opener, wait_live
from support.scripted_classes import second

from fer_desktop.core.sources import SourceKind, WindowChoice
from fer_desktop.core.types import Reason
from fer_desktop.pipeline.events import ClassSize
from fer_desktop.ui.session.class_size import ClassSizeField
from fer_desktop.ui.session.coverage import CoverageLine
from fer_desktop.ui.session.read_card import ReadCard
from fer_desktop.ui.widgets.fields import SpinBox

MATHS = WindowChoice("Maths 9b - Zoom Meeting", 7, "zoom")


@pytest.fixture
def field(qtbot: QtBot, store: QSettings) -> Iterator[ClassSizeField]:
    page = QWidget()
    qtbot.addWidget(page)
    shown = ClassSizeField(page)
    shown.restore(store)
    yield shown
    page.hide()  # and is kept until then


def say(qtbot: QtBot, field: ClassSizeField, size: int) -> None:
    with qtbot.waitSignal(field.changed):
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, str(size))
        qtbot.keyClick(field, Qt.Key.Key_Return)


def test_it_is_kept_for_the_same_source_alone(qtbot: QtBot, field: ClassSizeField, store: QSettings) -> None:
    field.begin(MATHS)
    say(qtbot, field, 38)
    field.begin(WindowChoice("Another call", 7, "zoom"))
    assert field.value() == 0
    field.begin(WindowChoice(MATHS.name, 99, MATHS.program))
    assert field.value() == 38
    assert not [key for key in store.allKeys() if MATHS.name in key]


def test_what_every_call_is_called_is_no_class(qtbot: QtBot, field: ClassSizeField) -> None:
    field.begin(WINDOW)
    say(qtbot, field, 38)
    field.begin(WINDOW)
    assert field.value() == 0


def test_where_no_trace_of_a_source_is_to_be_kept_there_is_none(
    qtbot: QtBot, field: ClassSizeField, store: QSettings
) -> None:
    field.begin(MATHS)
    say(qtbot, field, 38)
    assert store.allKeys()
    field.keep(False)
    assert store.allKeys() == []
    say(qtbot, field, 39)
    assert store.allKeys() == []


def test_only_a_class_in_a_call_is_asked_about_and_only_while_it_is_read(qtbot: QtBot) -> None:
    card = ReadCard()
    qtbot.addWidget(card)
    card.begin(class_only=False)
    assert card.class_size.isHidden()
    card.begin(class_only=True)
    assert not card.class_size.isHidden()
    card.show_ended()
    assert card.class_size.isHidden()
    assert card.told.isHidden()
    card.take_up()
    assert not card.told.isHidden()


def test_one_line_says_that_the_call_shows_fewer(qtbot: QtBot, field: ClassSizeField) -> None:
    field.begin(WINDOW)
    for at_s in range(30):
        field.show_summary(second(float(at_s), 20, seats=25))
    assert field.hint == ""
    say(qtbot, field, 38)
    assert field.hint == "Zoom shows 25 of 38; 49 a page can be set in Zoom."
    for at_s in range(30, 60):
        field.show_summary(second(float(at_s), 20, seats=38))
    assert field.hint == ""


def test_it_stands_beside_what_would_help_and_moves_nothing(qtbot: QtBot) -> None:
    card = ReadCard()
    qtbot.addWidget(card)
    card.resize(360, 420)
    card.class_size.begin(WINDOW)
    card.class_size.setValue(38)
    card.class_size.editingFinished.emit()
    height = card._advice.height()
    for at_s in range(30):
        card.show_summary(replace(second(float(at_s), 20, seats=25, turned=0), not_read=((Reason.TOO_SMALL, 14),)))
    assert card.advice.startswith("Make the call’s window larger")
    assert card._advice.toolTip().endswith("Zoom shows 25 of 38; 49 a page can be set in Zoom.")
    assert card._advice.height() == height
    for at_s in range(30, 60):
        card.show_summary(second(float(at_s), 20, seats=25))
    assert card.advice == "Zoom shows 25 of 38; 49 a page can be set in Zoom."


def test_the_wheel_changes_nothing(field: ClassSizeField) -> None:
    assert isinstance(field, SpinBox)


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

"""A message has its room beside its buttons or above them, and no button is cut."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from support.gui.clipping import clipped, settle

from fer_desktop.ui.widgets.message_bar import MessageBar
from fer_desktop.ui.window.message_stack import MessageStack

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

WORDS = ("Open folder", "Resume", "New lesson")
TEXT = "This window covers a part of what is read, and that part is left out: move it aside."


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[MessageBar]:
    window, shown = QWidget(), MessageBar()
    qtbot.addWidget(window)
    window.resize(1200, 600)
    MessageStack(window, [shown])
    with qtbot.waitExposed(window):
        window.show()
    yield shown
    window.close()


def told(bar: MessageBar, width: int, *words: str) -> list[QPushButton]:
    bar.window().resize(width, 600)
    bar.tell("done", TEXT, [(word, int) for word in words], primary=len(words) - 1)
    settle()
    return [button for word in words if (button := bar.button(word)) is not None]


@pytest.mark.parametrize("width", [330, 400, 425, 640, 1200])
@pytest.mark.parametrize("way", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_every_button_is_whole_in_any_width(bar: MessageBar, width: int, way: Qt.LayoutDirection) -> None:
    bar.window().setLayoutDirection(way)
    buttons = told(bar, width, *WORDS)
    assert len(buttons) == len(WORDS)
    assert clipped(bar.window()) == []
    places = [QRect(button.mapTo(bar, QPoint()), button.size()) for button in buttons]
    assert all(bar.rect().contains(place) for place in places)
    assert not any(one.intersects(other) for one in places for other in places if one is not other)


def test_in_a_narrow_window_even_one_button_stands_below_the_message(bar: MessageBar) -> None:
    (button,) = told(bar, 560, "Go")
    text = QRect(bar._text.mapTo(bar, QPoint()), bar._text.size())
    assert button.mapTo(bar, QPoint()).y() >= text.bottom()
    assert text.width() > 400
    (button,) = told(bar, 1000, "Go")
    assert button.mapTo(bar, QPoint()).x() > bar._text.mapTo(bar, QPoint()).x() + 200
    assert bar.height() < 80


def test_without_buttons_nothing_is_kept_for_them(bar: MessageBar) -> None:
    told(bar, 400, *WORDS)
    with_buttons = bar.height()
    told(bar, 400)
    assert bar.height() < with_buttons - 30

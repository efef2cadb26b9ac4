"""Messages over the foot of the window are seen as soon as they are told."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fer_desktop.ui.widgets.message_bar import MessageBar
from fer_desktop.ui.window.message_stack import MessageStack

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_the_first_message_is_seen_though_nothing_else_changes(qtbot: QtBot) -> None:
    window, bar = QWidget(), MessageBar()
    qtbot.addWidget(window)
    window.resize(640, 480)
    stack = MessageStack(window, [bar])
    with qtbot.waitExposed(window):
        window.show()
    assert not stack.isVisible()
    bar.tell("note", "Something is to be said.")
    assert bar.isVisible()
    assert stack.geometry().bottom() <= window.height()
    assert stack.width() > 500
    bar.clear()
    assert not stack.isVisible()

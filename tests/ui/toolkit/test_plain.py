"""What comes from outside, a window's title or a name, is words and never markup."""

import re
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import fer_desktop.ui
from fer_desktop.ui.toolkit.plain import PlainLabel, plain_tip
from fer_desktop.ui.widgets.message_bar import MessageBar

TITLE = 'Zoom <h1>All data lost</h1><img src="/x.png">'


def test_a_label_shows_markup_as_it_is(qtbot: QtBot) -> None:
    plain, one_line = PlainLabel(TITLE), PlainLabel("Zoom")
    for label in (plain, one_line):
        qtbot.addWidget(label)
    assert plain.sizeHint().height() == one_line.sizeHint().height()
    assert plain.sizeHint().width() > plain.fontMetrics().horizontalAdvance(TITLE) - 2


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_message_that_names_a_window_is_no_page(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.tell("note", TITLE)
    assert all(label.textFormat().name == "PlainText" for label in bar.findChildren(PlainLabel))
    assert bar.findChildren(PlainLabel)


def test_a_tooltip_shows_markup_as_it_is() -> None:
    assert plain_tip("Maths & more") == "Maths & more"
    assert plain_tip("a <b>\nc") == "<span>a &lt;b&gt;<br>c</span>"


def test_no_label_of_the_window_is_one_of_qt_s_own() -> None:
    """Those set their format themselves."""
    made = {
        f"{file.name}:{number}"
        for file in Path(fer_desktop.ui.__file__).parent.rglob("*.py")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"(?<![\w.])QLabel\(", line) and not line.startswith("class ")
    }
    assert not made

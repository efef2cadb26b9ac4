"""Whether the class was told in this call."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.gui.pseudo_translation import pseudo_language, untranslated

from fer_desktop.ui.first_run.notice import notice_text
from fer_desktop.ui.first_run.told import ToldTick

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def told(qtbot: QtBot) -> ToldTick:
    made = ToldTick()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_tick_holds_for_one_call(told: ToldTick) -> None:
    changes: list[bool] = []
    told.told_changed.connect(changes.append)
    assert not told.told
    told.tick.click()
    assert told.told
    told.begin_call()
    assert not told.told
    told.begin_call()
    assert changes == [True, False]


def test_what_others_were_told_is_one_click_away_and_gone_with_escape(told: ToldTick) -> None:
    told.what.click()
    assert told.popover.isVisible()
    assert told.popover.notice.text.text() == notice_text()
    assert told.popover.notice.copy.hasFocus()
    assert told.popover.height() >= told.popover.notice.heightForWidth(told.popover.width())
    QTest.keyClick(told.popover, Qt.Key.Key_Escape)
    assert not told.popover.isVisible()
    assert not told.told


def test_it_is_in_the_users_language(qtbot: QtBot) -> None:
    with pseudo_language():
        told = ToldTick()
        qtbot.addWidget(told)
        assert untranslated(told) == []

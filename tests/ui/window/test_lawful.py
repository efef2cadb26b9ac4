"""Answers that are changed while a session runs hold at once."""

import pytest
from pytestqt.qtbot import QtBot
from support.fakes import DEMO, REGION
from support.gui.opened_window import Opener, wait_live

from fer_desktop.core import policy
from fer_desktop.core.settings import Jurisdiction

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_a_class_that_may_not_be_read_any_more_is_not_read_any_more(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(REGION)
    wait_live(qtbot, window)
    window.settings.put(window.settings.current.changed(jurisdiction=Jurisdiction.EU))
    qtbot.waitUntil(lambda: not window.session.status.running)
    qtbot.waitUntil(lambda: str(policy.REFUSED) in window.notice.text)


def test_the_demo_class_goes_on_whatever_is_answered(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    window.settings.put(window.settings.current.changed(jurisdiction=Jurisdiction.EU))
    window.settings.put(window.settings.current.changed(threads=3))
    assert window.session.status.running

"""An alert is quiet, can be answered, and moves nothing."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from support.gui.clipping import settle
from support.gui.pictures import Snapshot, picture_of, pixels
from support.gui.pseudo_translation import untranslated

from fer_desktop.core.messages import message
from fer_desktop.ui.glance.alert_line import AlertLine

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ALERT = message(
    "More faces than usual look sad, afraid or angry (about {now} of {of}, usually {usual}). May be a misreading.",
    now=8,
    of=22,
    usual=3,
)


@pytest.fixture
def line(qtbot: QtBot) -> Iterator[AlertLine]:
    window = QWidget()
    qtbot.addWidget(window)
    shown = AlertLine()
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(shown)
    column.addStretch()
    window.resize(1300, 300)
    with qtbot.waitExposed(window):
        window.show()
    yield shown
    window.close()


def test_it_has_room_once_alerts_are_on_whether_there_is_one_or_not(line: AlertLine) -> None:
    assert line.isHidden()
    line.switch_on(True)
    QApplication.processEvents()
    empty = line.geometry()
    line.show_alert(ALERT)
    QApplication.processEvents()
    assert line.geometry() == empty
    line.clear()
    QApplication.processEvents()
    assert line.geometry() == empty
    line.show_alert(ALERT)
    line.switch_on(False)
    assert line.isHidden()
    assert line.alert is None


def test_it_says_the_whole_sentence_in_any_width(line: AlertLine) -> None:
    line.switch_on(True)
    line.show_alert(ALERT)
    for width in (1300, 960, 900, 616, 376, 616, 376, 1300):
        line.window().resize(width, 300)
        for _ in range(3):
            QApplication.processEvents()
        text = line._text
        assert " ".join(text.shown.splitlines()) == str(ALERT)
        assert not text.geometry().intersects(line.answers.geometry())
        assert all(line.answers.rect().contains(button.geometry()) for button in line.answers.buttons)
        assert line.rect().contains(line.answers.geometry())
        assert line.width() == width
        assert line.height() == line.sizeHint().height()


@pytest.mark.parametrize("width", [1300, 616])
def test_read_from_the_right_its_words_leave_room_for_the_flag_there(line: AlertLine, width: int) -> None:
    line.switch_on(True)
    line.window().resize(width, 300)
    QApplication.processEvents()
    room = line._text.x()
    line.window().setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    line.show_alert(ALERT)
    QApplication.processEvents()
    assert line.width() - line._text.geometry().right() - 1 == room


def test_each_answer_is_told(line: AlertLine, qtbot: QtBot) -> None:
    line.switch_on(True)
    line.show_alert(ALERT)
    with qtbot.waitSignal(line.mark_wanted):
        qtbot.mouseClick(line.mark, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(line.quiet_wanted):
        qtbot.mouseClick(line.quiet, Qt.MouseButton.LeftButton)
    for button, good in ((line.useful, True), (line.not_useful, False)):
        with qtbot.waitSignal(line.judged) as judged:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert judged.args == [good]
        assert (line.useful.isChecked(), line.not_useful.isChecked()) == (good, not good)
    line.show_alert(ALERT)
    assert not line.not_useful.isChecked()


def test_the_keyboard_alone_reaches_every_answer(line: AlertLine, qtbot: QtBot) -> None:
    line.switch_on(True)
    line.show_alert(ALERT)
    line.window().activateWindow()
    line.mark.setFocus(Qt.FocusReason.TabFocusReason)
    for expected in (line.quiet, line.useful, line.not_useful):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is expected
    with qtbot.waitSignal(line.judged):
        qtbot.keyClick(line.not_useful, Qt.Key.Key_Space)


def test_a_screen_reader_hears_it_as_it_comes(line: AlertLine) -> None:
    heard = list[str]()
    line.announced.connect(heard.append)
    line.show_alert(ALERT)
    assert heard == []  # alerts are off
    line.switch_on(True)
    line.show_alert(ALERT)
    assert heard == [str(ALERT)]
    assert line.accessibleDescription() == str(ALERT)


def test_without_an_alert_there_is_nothing_to_press(line: AlertLine) -> None:
    line.switch_on(True)
    assert not any(button.isVisible() for button in (line.mark, line.quiet, line.useful, line.not_useful))
    assert line.accessibleDescription() == ""


def test_an_alert(line: AlertLine, snapshot: Snapshot) -> None:
    line.switch_on(True)
    line.show_alert(ALERT)
    QApplication.processEvents()
    snapshot(line, "alert")


@pytest.mark.usefixtures("dark")
def test_a_narrow_alert_in_the_dark(line: AlertLine, snapshot: Snapshot) -> None:
    line.switch_on(True)
    line.show_alert(ALERT)
    line.window().resize(616, 300)
    QApplication.processEvents()
    snapshot(line, "alert_narrow_dark")


@pytest.mark.usefixtures("in_brackets")
def test_it_is_in_the_users_language(qtbot: QtBot) -> None:
    line = AlertLine()
    qtbot.addWidget(line)
    line.switch_on(True)
    line.show_alert(ALERT)
    assert untranslated(line) == []


def test_where_not_all_has_room_the_figures_go_which_the_sentence_has_too(line: AlertLine) -> None:
    line.switch_on(True)
    line.window().resize(330, 300)
    QApplication.processEvents()
    more = message(f"{ALERT.text} More of it, and still more of it, and all of it, to the last of it.", **ALERT.values)
    line.show_alert(more)
    assert " ".join(line._text.shown.splitlines()) == str(more).replace(" (about 8 of 22, usually 3)", "")
    assert line._text.toolTip() == line.accessibleDescription() == str(more)


@pytest.mark.parametrize("width", [353, 616, 1300])
def test_an_answer_is_seen_until_the_next_alert(line: AlertLine, qtbot: QtBot, width: int) -> None:
    line.switch_on(True)
    line.window().resize(width, 300)
    line.show_alert(ALERT)
    heard = list[str]()
    line.announced.connect(heard.append)
    settle()
    height, before = line.height(), pixels(picture_of(line.useful))
    qtbot.mouseClick(line.useful, Qt.MouseButton.LeftButton)
    settle()
    assert not line.useful.icon().isNull()
    assert line.not_useful.icon().isNull()
    after = pixels(picture_of(line.useful))
    assert after.shape[1] > before.shape[1]  # the check
    assert heard == ["Noted: useful"]
    line.answers.show_marked()
    settle()
    assert not line.mark.icon().isNull()
    assert line.height() == height
    assert all(button.width() >= button.sizeHint().width() for button in line.answers.buttons)
    qtbot.mouseClick(line.not_useful, Qt.MouseButton.LeftButton)
    assert line.useful.icon().isNull()
    line.show_alert(ALERT)
    assert line.not_useful.icon().isNull()
    assert line.mark.icon().isNull()


def test_beside_a_call_every_button_is_whole_in_a_language_of_long_words(line: AlertLine) -> None:
    words = "Diesen Moment markieren", "Bitte Ruhe", "Das war nützlich", "Das war nicht nützlich"
    for button, one in zip(line.answers.buttons, words, strict=True):
        button.setText(one)
    line.switch_on(True)
    line.show_alert(ALERT)
    line.window().resize(330, 500)
    QApplication.processEvents()
    for button in line.answers.buttons:
        assert button.width() >= button.sizeHint().width(), button.text()
        assert line.answers.rect().contains(button.geometry()), button.text()
    assert line.rect().contains(line.answers.geometry())

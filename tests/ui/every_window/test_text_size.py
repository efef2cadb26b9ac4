"""Larger words: at once, in the whole window, in what widgets paint themselves, and nothing is lost for it."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot
from support.fakes import DEMO, FakeServices
from support.gui.clipping import clipped, settle
from support.gui.opened_window import Opener, wait_live
from support.gui.pictures import FAMILY
from support.gui.spoken import seen_of

from fer_desktop.core.settings import Settings, TextSize, Theme
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.bridge.settings_model import SettingsModel
from fer_desktop.ui.look.motion import reduced_motion
from fer_desktop.ui.look.theme import apply_theme, text_percent
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.settings.dialog import SettingsDialog

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
PLAIN = {12, 14, 20, 26, 28, 32}  # px; a sentence that is long is written smaller, in steps


@pytest.fixture
def sizes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Heights of type of all words that Python code paints from here on."""
    found: list[int] = []
    draw = QPainter.drawText

    def watched(painter: QPainter, *arguments: object) -> object:
        words = str(arguments[-1])
        if words != "?" and words.isascii():  # neither a square's sign nor an icon, which do not grow
            found.append(painter.font().pixelSize())
        return draw(painter, *arguments)  # type: ignore[call-overload]

    monkeypatch.setattr(QPainter, "drawText", watched)
    return found


def live(qtbot: QtBot, open_window: Opener) -> MainWindow:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    qtbot.waitUntil(lambda: bool(window.status.figures))
    return window


def test_words_are_larger_at_once_in_labels_and_in_what_is_painted(
    qtbot: QtBot, open_window: Opener, sizes: list[int]
) -> None:
    window = live(qtbot, open_window)
    window.resize(1366, 700)
    settle()
    window.grab()
    assert sizes
    assert set(sizes) <= PLAIN | {30}
    labels = [label for label in window.page.findChildren(QLabel) if label.isVisible() and label.text()]
    before = {label: label.fontInfo().pixelSize() for label in labels}

    window.settings.put(window.settings.current.changed(text_size=TextSize.LARGEST))

    settle(20)
    sizes.clear()
    window.grab()
    assert sizes
    assert min(sizes) >= 18
    for label, size in before.items():
        assert label.fontInfo().pixelSize() == round(1.5 * size), label.text()


@pytest.mark.parametrize("size", [(1366, 700), (640, 480)])
def test_at_150_per_cent_nothing_of_a_session_is_cut_and_every_button_is_whole(
    qtbot: QtBot, open_window: Opener, size: tuple[int, int]
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    window = live(qtbot, open_window)
    window.resize(*size)
    window.settings.put(window.settings.current.changed(text_size=TextSize.LARGEST))
    settle(20)
    assert (window.width(), window.height()) == size
    assert clipped(window) == []
    for button in window.page.header.findChildren(QAbstractButton):
        if button.isVisible():  # what is hidden lies where it was last
            assert window.rect().contains(QRect(button.mapTo(window, QPoint()), button.size())), button.toolTip()


@pytest.mark.parametrize("percent", [100, 150])
def test_in_one_column_beside_the_call_every_word_of_the_seven_curves_is_whole(
    qtbot: QtBot, open_window: Opener, percent: int
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, "light", family=FAMILY, percent=percent)
    window = live(qtbot, open_window)
    window.placing._let_shrink(docked=True)
    window.resize(round(4 * percent), 700)
    window.page.chart.set_view("curves")
    settle(20)
    assert window.width() == 4 * percent
    assert clipped(window) == []
    window.page.chart.curves._on_panned()  # as when it is dragged: there is a way back to now
    settle(20)
    assert window.page.chart.curves._back.isVisible()
    assert clipped(window) == []


def test_the_settings_show_a_choice_of_the_look_at_once_and_cancel_takes_it_back(
    qtbot: QtBot, services: FakeServices
) -> None:
    services.use_settings(Settings(theme=Theme.LIGHT))
    dialog = SettingsDialog(services, SettingsModel(services), running=False)
    qtbot.addWidget(dialog)
    dialog.show()
    label = next(one for one in dialog.findChildren(QLabel) if one.text() == "Text size")
    dialog.fields["text_size"].set(TextSize.LARGE)
    dialog.fields["less_motion"].set(True)
    assert (text_percent(), label.fontInfo().pixelSize()) == (130, 18)
    assert reduced_motion()
    settle()
    assert clipped(dialog) == []
    dialog.reject()
    assert text_percent() == 100
    assert not reduced_motion()
    assert wait_for_jobs(5000)


def test_the_page_is_scrolled_to_where_a_low_window_has_no_room_for_it(qtbot: QtBot, open_window: Opener) -> None:
    window = live(qtbot, open_window)
    window.resize(640, 480)
    window.settings.put(window.settings.current.changed(text_size=TextSize.LARGEST))
    settle(20)
    chart = window.page.chart.plot
    qtbot.waitUntil(chart.isVisible)  # as soon as there is anything to tell
    settle(20)
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    settle(20)
    assert seen_of(chart, window) == chart.size()

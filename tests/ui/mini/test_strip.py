"""The mini strip: what it says, what can be pressed, and where it stays."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot
from support.gui.glances import CALM, FEWER, LEARNING, LOW, PAUSED, SMALL, WITHHELD
from support.gui.pictures import Snapshot
from support.gui.pseudo_translation import untranslated

from fer_desktop.core.glance.types import Glance
from fer_desktop.core.messages import Message
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionStatus, Unseen
from fer_desktop.ui.look.theme import current_theme
from fer_desktop.ui.mini.placing import EDGE_PX
from fer_desktop.ui.mini.strip import SIZE, MiniStrip

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LIVE = SessionStatus(Phase.LIVE, recording=True)
STOPPED = SessionStatus(Phase.PAUSED, recording=True)
AS_USUAL, MORE_LOW, FEWER_SMILING = Message("As usual"), Message("More look low?"), Message("Fewer smiling")
READING = "Expressions on faces are being read"


@pytest.fixture
def strip(qtbot: QtBot, store: QSettings) -> Iterator[MiniStrip]:
    shown = MiniStrip(store)
    qtbot.addWidget(shown)
    shown.show_status(LIVE)
    with qtbot.waitExposed(shown):
        shown.show()
    yield shown
    shown.hide()


@pytest.mark.parametrize(
    ("glance", "words", "name"), [(CALM, AS_USUAL, "calm"), (LOW, MORE_LOW, "low"), (WITHHELD, AS_USUAL, "withheld")]
)
def test_the_strip(strip: MiniStrip, snapshot: Snapshot, glance: Glance, words: Message, name: str) -> None:
    strip.show_glance(glance, words)
    snapshot(strip, f"strip_{name}")


@pytest.mark.usefixtures("dark")
def test_the_strip_in_the_dark(strip: MiniStrip, snapshot: Snapshot) -> None:
    strip.set_told(True)
    strip.show_glance(CALM, AS_USUAL)
    strip.show_glance(FEWER, FEWER_SMILING)
    snapshot(strip, "strip_fewer_dark")


def test_it_stays_on_top_without_a_frame_and_takes_no_keyboard_as_it_appears(strip: MiniStrip) -> None:
    flags = strip.windowFlags()
    assert flags & Qt.WindowType.WindowStaysOnTopHint
    assert flags & Qt.WindowType.FramelessWindowHint
    assert strip.windowType() is Qt.WindowType.Tool
    assert strip.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert not strip.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
    assert strip.size() == SIZE


@pytest.mark.parametrize("glance", [CALM, LOW, LEARNING, SMALL])
def test_no_number_of_anything_is_in_it(strip: MiniStrip, glance: Glance) -> None:
    strip.show_glance(glance, MORE_LOW)
    said = [strip.accessibleDescription(), strip.face.words.shown, strip.face.note.text(), strip.toolTip()]
    assert not any(sign.isdigit() for text in said for sign in text)


def test_the_bar_shows_the_class_with_what_is_usual(strip: MiniStrip) -> None:
    strip.show_glance(LOW, MORE_LOW)
    parts = strip.face.bar.parts
    assert parts is not None
    assert parts.smiling == pytest.approx(1 / 22)
    assert parts.low == pytest.approx(1 - 8 / 22)
    assert parts.usual_smiling == pytest.approx(4 / 24)
    assert parts.usual_low == pytest.approx(1 - 3 / 24)


@pytest.mark.parametrize("glance", [LEARNING, SMALL])
def test_the_low_part_is_not_in_the_bar_where_it_is_not_to_be_named(strip: MiniStrip, glance: Glance) -> None:
    strip.show_glance(glance, AS_USUAL)
    parts = strip.face.bar.parts
    assert parts is not None
    assert (parts.low, parts.usual_low) == (1.0, None)


def test_the_bar_is_empty_where_too_few_faces_are_read_and_stays_while_paused(strip: MiniStrip) -> None:
    strip.show_glance(CALM, AS_USUAL)
    before = strip.face.bar.parts
    strip.show_glance(PAUSED, Message("Paused"))
    assert strip.face.bar.parts == before
    strip.show_glance(WITHHELD, Message("Too few faces"))
    assert strip.face.bar.parts is None
    strip.show_glance(CALM, AS_USUAL)
    strip.clear()
    assert strip.face.bar.parts is None


def test_a_change_has_an_arrow_and_a_border_for_ten_seconds(strip: MiniStrip, qtbot: QtBot) -> None:
    assert strip._noticed.interval() == 10_000
    strip.show_glance(CALM, AS_USUAL)
    assert strip.face.sign.arrow is None
    assert not strip.noticed
    strip._noticed.setInterval(50)
    strip.show_glance(LOW, MORE_LOW)
    assert strip.face.sign.arrow is True
    assert strip.noticed
    qtbot.waitUntil(lambda: not strip.noticed)
    strip.show_glance(LOW, MORE_LOW)
    assert not strip.noticed  # it was seen
    strip.show_glance(FEWER, FEWER_SMILING)
    assert strip.face.sign.arrow is False
    assert strip.noticed
    strip.show_glance(CALM, AS_USUAL)
    assert strip.face.sign.arrow is None
    assert not strip.noticed


def test_an_alert_is_noticed_too(strip: MiniStrip) -> None:
    strip.show_glance(CALM, AS_USUAL)
    strip.notice()
    assert strip.noticed


def test_a_screen_reader_hears_of_what_is_new(strip: MiniStrip) -> None:
    heard = list[str]()
    strip.announced.connect(heard.append)
    for glance, words in ((CALM, AS_USUAL), (CALM, AS_USUAL), (LOW, MORE_LOW), (LOW, MORE_LOW)):
        strip.show_glance(glance, words)
    assert heard == ["As usual", "More look low?"]
    strip.hide()
    strip.show_glance(CALM, AS_USUAL)
    assert len(heard) == 2


def test_it_says_that_expressions_are_read_unless_the_class_was_told(qtbot: QtBot, store: QSettings) -> None:
    hidden = list[bool]()

    def hide_from_share(window: int, hide: bool) -> bool:
        assert window
        hidden.append(hide)
        return True

    strip = MiniStrip(store, hide_from_share)
    qtbot.addWidget(strip)
    strip.set_told(False)
    assert hidden == []  # it is not there yet
    strip.show_status(LIVE)
    strip.show()
    assert hidden[-1] is False
    assert strip.face.note.isVisible()
    assert strip.face.note.text() == READING
    assert READING in strip.accessibleDescription()
    strip.set_told(True)
    assert strip.told
    assert hidden[-1] is True
    assert not strip.face.note.isVisible()
    assert READING not in strip.accessibleDescription()
    strip.set_told(False)
    assert hidden[-1] is False
    assert strip.face.note.isVisible()
    strip.hide()


def test_what_was_just_done_is_said_for_two_seconds_in_the_place_of_the_words(qtbot: QtBot, strip: MiniStrip) -> None:
    strip.show_glance(CALM, AS_USUAL)
    with qtbot.waitSignal(strip.announced, check_params_cb=lambda words: bool(words == "Marked 10:42")):
        strip.say("Marked 10:42")
    assert strip.face.words.shown == "Marked 10:42"
    strip.show_glance(LOW, MORE_LOW)  # what comes meanwhile is said afterwards
    assert strip.face.words.shown == "Marked 10:42"
    assert strip._saying.interval() == 2000
    strip._saying.setInterval(1)
    qtbot.waitUntil(lambda: strip.face.words.shown == "More look low?")


def test_while_nothing_is_read_it_does_not_say_so(strip: MiniStrip) -> None:
    strip.show_status(STOPPED)
    assert strip.face.note.text() == ""
    strip.show_status(LIVE)
    assert strip.face.note.text() == READING


def test_each_button_is_told_and_has_a_name(strip: MiniStrip, qtbot: QtBot) -> None:
    strip.show_status(LIVE)
    for button, wanted in (
        (strip.pause, strip.pause_wanted),
        (strip.marker, strip.marker_wanted),
        (strip.back, strip.back_wanted),
    ):
        assert button.accessibleName()
        with qtbot.waitSignal(wanted):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert strip.pause.accessibleName() == "Pause"
    strip.show_status(STOPPED)
    assert strip.pause.accessibleName() == "Resume"
    strip.show_status(SessionStatus(Phase.OPENING))
    assert not strip.pause.isEnabled()
    assert not strip.marker.isEnabled()
    assert strip.back.isEnabled()


def test_the_keyboard_alone_presses_and_moves_it(strip: MiniStrip, qtbot: QtBot) -> None:
    strip.activateWindow()
    strip.setFocus()
    strip.move(200, 200)
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    qtbot.keyClick(strip, Qt.Key.Key_Down)
    assert strip.pos() == QPoint(216, 216)
    for expected in (strip.pause, strip.marker, strip.back):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is expected
    with qtbot.waitSignal(strip.back_wanted):
        qtbot.keyClick(strip.back, Qt.Key.Key_Space)
    with qtbot.waitSignal(strip.back_wanted):
        qtbot.keyClick(strip, Qt.Key.Key_Escape)


def drag(strip: MiniStrip, qtbot: QtBot, dx: int, dy: int) -> None:
    start = QPoint(40, 40)
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=start)
    # A widget's own point: it moves along under the pointer.
    qtbot.mouseMove(strip, start + QPoint(dx, dy))
    qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=start)


def test_it_is_dragged_and_found_there_again(strip: MiniStrip, qtbot: QtBot, store: QSettings) -> None:
    strip.move(100, 100)
    drag(strip, qtbot, 60, 90)
    assert strip.pos() == QPoint(160, 190)
    again = MiniStrip(store)
    qtbot.addWidget(again)
    again.place()
    assert again.pos() == QPoint(160, 190)


def test_dragged_near_an_edge_it_snaps(strip: MiniStrip, qtbot: QtBot) -> None:
    strip.move(100, 100)
    drag(strip, qtbot, -88, 20)
    assert strip.x() == EDGE_PX


def test_its_words_can_be_taken_hold_of(strip: MiniStrip) -> None:
    assert strip.childAt(strip.face.geometry().center()) is None


def test_a_place_that_no_screen_shows_any_more_is_not_used(strip: MiniStrip, qtbot: QtBot, store: QSettings) -> None:
    strip._put(QPoint(5000, 5000))
    again = MiniStrip(store)
    qtbot.addWidget(again)
    again.place()
    assert QGuiApplication.primaryScreen().availableGeometry().contains(again.geometry())


def test_closed_by_hand_it_says_so(strip: MiniStrip, qtbot: QtBot) -> None:
    with qtbot.waitSignal(strip.dismissed):
        strip.close()


def test_its_menu_says_what_can_be_done(strip: MiniStrip, qtbot: QtBot) -> None:
    strip.show_status(LIVE)
    menu = strip.make_menu()
    qtbot.addWidget(menu)
    assert [action.text() for action in menu.actions() if not action.isSeparator()] == [
        "Pause",
        "Marker",
        "Back to the window",
        "What others were told…",
        "Put the strip away",
    ]
    with qtbot.waitSignal(strip.marker_wanted):
        menu.actions()[1].trigger()
    with qtbot.waitSignal(strip.told_wanted):
        menu.actions()[4].trigger()


@pytest.mark.usefixtures("in_brackets")
def test_it_is_in_the_users_language(qtbot: QtBot, store: QSettings) -> None:
    strip = MiniStrip(store)
    qtbot.addWidget(strip)
    for status in (SessionStatus(), LIVE, STOPPED):
        strip.show_status(status)
        strip.clear()
        assert untranslated(strip) == []
        strip.show_glance(LOW, MORE_LOW)
        assert untranslated(strip) == []
    assert untranslated(strip.make_menu()) == []
    assert all(button.toolTip() for button in strip.findChildren(QToolButton))


def test_a_call_that_is_covered_shows_no_red(strip: MiniStrip) -> None:
    def reds() -> int:
        picture, error = strip.face.sign.grab().toImage(), current_theme().error
        return sum(picture.pixelColor(x, y) == error for x in range(picture.width()) for y in range(picture.height()))

    strip.show_status(SessionStatus(Phase.LOST, recording=True))
    assert reds() > 0
    strip.show_status(SessionStatus(Phase.LOST, recording=True, unseen=Unseen.COVERED))
    assert reds() == 0

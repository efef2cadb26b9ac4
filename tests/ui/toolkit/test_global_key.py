"""On a real (virtual) X11 screen: the key marks whoever has the keyboard."""

import sys
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot
from support.screen.virtual_screen import virtual_screen

from fer_desktop.ui.toolkit.global_key import GlobalKey

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="X11's key")

Keyboard = Callable[..., None]


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    with virtual_screen((640, 480), window_manager=False) as display:
        yield display


@pytest.fixture
def keyboard(screen: str) -> Iterator[Keyboard]:
    """Presses keys together, as a hand does."""
    from Xlib import XK, X, display
    from Xlib.ext import xtest

    hand = display.Display(screen)

    def press(*names: str) -> None:
        codes = [hand.keysym_to_keycode(XK.string_to_keysym(name)) for name in names]
        for code in codes:
            xtest.fake_input(hand, X.KeyPress, code)
        for code in reversed(codes):
            xtest.fake_input(hand, X.KeyRelease, code)
        hand.sync()

    yield press
    hand.close()


@pytest.fixture
def key(screen: str, monkeypatch: pytest.MonkeyPatch, qapp: object) -> Iterator[GlobalKey]:
    monkeypatch.setenv("DISPLAY", screen)
    assert qapp
    made = GlobalKey(platform="xcb")
    made.hold(True)
    yield made
    made.hold(False)


ALL = ("Control_L", "Alt_L", "Shift_L", "m")


def test_it_is_heard_though_no_window_of_ours_is_there(qtbot: QtBot, key: GlobalKey, keyboard: Keyboard) -> None:
    assert key.is_held
    with qtbot.waitSignal(key.pressed):
        keyboard(*ALL)


def test_it_is_heard_with_num_lock_and_caps_lock_on(qtbot: QtBot, key: GlobalKey, keyboard: Keyboard) -> None:
    keyboard("Num_Lock")
    keyboard("Caps_Lock")
    try:
        with qtbot.waitSignal(key.pressed):
            keyboard(*ALL)
    finally:
        keyboard("Caps_Lock")
        keyboard("Num_Lock")


def test_other_keys_stay_with_who_has_the_keyboard(qtbot: QtBot, key: GlobalKey, keyboard: Keyboard) -> None:
    heard: list[None] = []
    key.pressed.connect(lambda: heard.append(None))
    keyboard("m")
    keyboard("Control_L", "m")
    keyboard("Control_L", "Alt_L", "m")
    with qtbot.waitSignal(key.pressed):
        keyboard(*ALL)  # after which all that came before has been heard as well
    assert len(heard) == 1


def test_a_key_that_is_held_down_marks_once(qtbot: QtBot, key: GlobalKey, keyboard: Keyboard) -> None:
    heard: list[None] = []
    key.pressed.connect(lambda: heard.append(None))
    with qtbot.waitSignal(key.pressed):
        for _ in range(3):
            keyboard(*ALL)
    last = GlobalKey(platform="xcb")
    key.hold(False)
    last.hold(True)
    with qtbot.waitSignal(last.pressed):
        keyboard(*ALL)
    last.hold(False)
    assert len(heard) == 1


def test_given_back_another_program_can_have_it_and_not_before(key: GlobalKey) -> None:
    other = GlobalKey(platform="xcb")
    other.hold(True)
    assert not other.is_held
    key.hold(False)
    other.hold(True)
    assert not other.is_held  # not asked for again while the session lasts
    other.hold(False)
    other.hold(True)
    assert other.is_held
    other.hold(False)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("platform", ["wayland", "cocoa", "offscreen"])
def test_where_the_system_gives_none_there_is_none(platform: str) -> None:
    key = GlobalKey(platform=platform)
    key.hold(True)
    assert not key.is_held


def test_a_screen_that_goes_takes_the_key_with_it(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    with virtual_screen((640, 480), window_manager=False) as display:
        monkeypatch.setenv("DISPLAY", display)
        key = GlobalKey(platform="xcb")
        key.hold(True)
        assert key.is_held
    qtbot.waitUntil(lambda: not key.is_held)
    key.hold(True)
    assert not key.is_held

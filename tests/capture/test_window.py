"""Real windows on a virtual screen: what is captured of one, and what the user reads where it cannot be seen."""

import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import numpy as np
import pytest
from support.screen.virtual_screen import virtual_screen
from support.screen.window_desk import PATIENCE_S, ShownWindow, known, shown, until

from fer_desktop.capture.desktop.types import WindowGeometry, WindowInfo
from fer_desktop.capture.desktop.window import COVERED_SHARE, WindowSource, list_windows, picture_of
from fer_desktop.capture.desktop.windows import all_windows, open_desktop
from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import Region, WindowChoice
from fer_desktop.core.types import Frame, Image

COVERS = "covers the chosen window: move one of them aside"


@pytest.fixture
def call(desk: str) -> Iterator[ShownWindow]:
    with shown(desk, "Zoom Meeting", (200, 150, 640, 480)) as window:
        until(lambda: window.handle in _handles(), "the window is not listed")
        yield window


@pytest.fixture
def source(call: ShownWindow) -> Iterator[WindowSource]:
    source = WindowSource(_choice(call), rate_hz=50)
    source.open()
    yield source
    source.close()


def _handles() -> list[int]:
    return [choice.handle for choice in list_windows()]


def _choice(window: ShownWindow) -> WindowChoice:
    return next(choice for choice in list_windows() if choice.handle == window.handle)


def _frame(source: WindowSource) -> Frame:
    frame = source.read()
    assert frame is not None
    return frame


def _shows(image: Image, width: int, height: int) -> bool:
    return image.shape == (height, width, 3) and np.array_equal(image, known(width, height))


def _read_until(source: WindowSource, width: int, height: int) -> None:
    """Until the window is captured at that size; each frame on the way is the window's too."""
    deadline_s = time.monotonic() + PATIENCE_S
    while True:
        image = _frame(source).image
        assert _shows(image, image.shape[1], image.shape[0])
        if image.shape == (height, width, 3):
            return
        assert time.monotonic() < deadline_s


def _lost(source: WindowSource) -> str:
    """The sentence with which it is lost; each frame before is the window's, with nothing of another's in it."""
    deadline_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline_s:
        try:
            image = _frame(source).image
        except SourceError as error:
            return str(error)
        black = (image == 0).all(axis=2)
        assert np.array_equal(image[~black], known(image.shape[1], image.shape[0])[~black])
    raise AssertionError("it was not lost")


def _opens(source: WindowSource) -> bool:
    try:
        source.open()
    except SourceError:
        return False
    return True


@contextmanager
def _meanwhile(act: Callable[[], None]) -> Iterator[None]:
    """Does something while the source is read."""
    thread = threading.Thread(target=act)
    thread.start()
    yield
    thread.join()


def test_windows_are_listed_front_to_back(desk: str, call: ShownWindow) -> None:
    with shown(desk, "Notes", (700, 400, 500, 400), "white") as notes:
        until(lambda: _handles() == [notes.handle, call.handle], "not in that order")
        call.bring_up()
        until(lambda: _handles() == [call.handle, notes.handle], "not in the new order")
        assert [choice.name for choice in list_windows()] == ["Zoom Meeting", "Notes"]


def test_tiny_nameless_and_minimised_windows_are_not_offered(desk: str, call: ShownWindow) -> None:
    with shown(desk, "Clock", (900, 100, 110, 300)), shown(desk, " ", (900, 500, 400, 300)) as nameless:
        until(lambda: nameless.handle in _all_handles(), "the window is not there")
        assert _handles() == [call.handle]
        call.minimise()
        until(lambda: _handles() == [], "it is offered though it is minimised")


def test_a_window_is_captured_to_the_pixel(source: WindowSource) -> None:
    frames = [_frame(source) for _ in range(5)]
    assert [frame.index for frame in frames] == [0, 1, 2, 3, 4]
    assert all(_shows(frame.image, 640, 480) for frame in frames)
    assert frames[0].image.flags.c_contiguous


def test_a_window_is_followed_when_it_moves_and_resizes(call: ShownWindow, source: WindowSource) -> None:
    _read_until(source, 640, 480)

    def move() -> None:
        for left, top in ((900, 500), (10, 10), (333, 217)):
            call.move(left, top)
        call.resize(1001, 707)
        call.move(51, 33)

    with _meanwhile(move):
        _read_until(source, 1001, 707)
    call.resize(320, 200)
    _read_until(source, 320, 200)


def test_a_covered_window_says_so_and_goes_on_when_it_is_free(
    desk: str, call: ShownWindow, source: WindowSource
) -> None:
    _read_until(source, 640, 480)
    with shown(desk, "Private mail", (1300, 600, 500, 400), "magenta") as other:
        with _meanwhile(lambda: other.move(500, 300)):
            sentence = _lost(source)
        assert COVERS in sentence
        assert "mail" not in sentence
        assert not _opens(source)
        with _meanwhile(call.bring_up):
            until(lambda: _opens(source), "it does not go on")
        _read_until(source, 640, 480)
        other.bring_up()
        assert COVERS in _lost(source)
    until(lambda: _opens(source), "it does not go on after the other was closed")
    _read_until(source, 640, 480)


def test_a_corner_that_another_window_lies_over_is_black(desk: str, call: ShownWindow, source: WindowSource) -> None:
    _read_until(source, 640, 480)
    with shown(desk, "Notes", (1200, 600, 200, 200), "magenta") as other:
        place = _client(call.handle)
        other.move(place.left + place.width - 50, place.top + place.height - 50)
        until(lambda: (_frame(source).image[-50:, -50:] == 0).all(), "the corner is not black")
        image = _frame(source).image
        covered = (image == 0).all(axis=2)
        assert (covered[-50:, -50:]).all()
        assert covered.mean() <= COVERED_SHARE
        assert np.array_equal(image[~covered], known(640, 480)[~covered])


def _client(handle: int) -> Region:
    client = next(geometry.client for geometry, _ in _windows() if geometry.handle == handle)
    assert client is not None
    return client


def _windows() -> list[tuple[WindowGeometry, WindowInfo]]:
    with closing(open_desktop()) as desktop:
        return all_windows(desktop)


def _all_handles() -> list[int]:
    return [geometry.handle for geometry, _ in _windows()]


def test_a_minimised_window_says_so_and_goes_on_when_it_is_opened(call: ShownWindow, source: WindowSource) -> None:
    _read_until(source, 640, 480)
    with _meanwhile(call.minimise):
        assert _lost(source) == "The window is minimised: open it again, and the session goes on."
    assert not _opens(source)
    call.bring_up()
    until(lambda: _opens(source), "it does not go on")
    _read_until(source, 640, 480)


def test_a_window_on_another_desktop_says_so(call: ShownWindow, source: WindowSource) -> None:
    _read_until(source, 640, 480)
    with _meanwhile(lambda: call.send_to_desktop(1)):
        assert _lost(source).startswith("The window is hidden or on another desktop")
    call.send_to_desktop(0)
    until(lambda: _opens(source), "it does not go on")


def test_a_closed_window_says_so_and_is_found_by_its_title_when_it_is_opened_again(desk: str) -> None:
    with shown(desk, "Zoom Meeting", (200, 150, 640, 480)) as window:
        until(lambda: window.handle in _handles(), "the window is not listed")
        source = WindowSource(_choice(window), rate_hz=50)
        source.open()
        _read_until(source, 640, 480)
    assert _lost(source).startswith("The window was closed: open it again")
    assert not _opens(source)
    with shown(desk, "Notes", (900, 600, 300, 300), "white"), shown(desk, "Zoom Meeting", (60, 60, 500, 300)):
        until(lambda: _opens(source), "it is not found")
        _read_until(source, 500, 300)
    source.close()


def test_a_window_whose_title_changes_is_still_the_same(call: ShownWindow, source: WindowSource) -> None:
    call.rename("Zoom Meeting (3)")
    until(lambda: "Zoom Meeting (3)" in [choice.name for choice in list_windows()], "it has the old title")
    source.open()
    _read_until(source, 640, 480)


def test_a_window_half_off_the_screen_is_captured_as_far_as_it_is_on_it(
    call: ShownWindow, source: WindowSource
) -> None:
    _read_until(source, 640, 480)
    call.move(1600, 700)
    until(lambda: _frame(source).image.shape[1] < 640, "it is as wide as before")
    image, place = _frame(source).image, _client(call.handle)
    assert image.shape[:2] == (1080 - place.top, 1920 - place.left)
    assert _shows(image, image.shape[1], image.shape[0])


def test_a_window_that_is_on_no_monitor_says_so(desk: str) -> None:
    # Openbox brings every other kind of window back onto the screen.
    with bare_window(desk, (3000, 200), "_NET_WM_WINDOW_TYPE", "ATOM", ["_NET_WM_WINDOW_TYPE_DOCK"]) as handle:
        until(lambda: handle in _all_handles(), "the window is not there")
        assert handle not in _handles()
        source = WindowSource(WindowChoice("A window", handle, ""), rate_hz=50)
        source.open()
        assert _lost(source).startswith("The window is on no monitor: move it back")
        source.close()


@contextmanager
def bare_window(
    display: str, corner: tuple[int, int], name: str, kind: str, content: bytes | list[int | str]
) -> Iterator[int]:
    """A window of 300x300 px of this very process, with one property: text, or numbers and names of atoms."""
    from Xlib import Xutil
    from Xlib.display import Display

    with closing(Display(display)) as server:
        screen = server.screen()
        window = screen.root.create_window(*corner, 300, 300, 0, screen.root_depth, background_pixel=0xFF00FF)
        window.set_wm_normal_hints(flags=Xutil.USPosition)
        if not isinstance(content, bytes):
            window.set_wm_name("A window")
            numbers = [server.get_atom(value) if isinstance(value, str) else value for value in content]
            window.change_property(server.get_atom(name), server.get_atom(kind), 32, numbers)
        else:
            window.change_property(server.get_atom(name), server.get_atom(kind), 8, content)
        window.map()
        server.sync()
        yield int(window.id)


def test_the_shadow_that_a_program_draws_into_its_window_is_no_part_of_it(desk: str) -> None:
    with bare_window(desk, (400, 300), "_GTK_FRAME_EXTENTS", "CARDINAL", [26, 27, 23, 29]) as handle:
        until(lambda: handle in _handles(), "the window is not offered")
        client = _client(handle)
        assert (client.width, client.height) == (300 - 26 - 27, 300 - 23 - 29)


def test_a_window_of_another_desktop_that_the_window_manager_keeps_on_the_screen_is_not_read(desk: str) -> None:
    from Xlib import Xatom
    from Xlib.display import Display

    with bare_window(desk, (400, 300), "WM_NAME", "STRING", b"Next door") as handle:
        until(lambda: handle in _handles(), "the window is not offered")
        with closing(Display(desk)) as server:
            # As Mutter does it: still mapped, and only this tells. Openbox does not read it again.
            window = server.create_resource_object("window", handle)
            window.change_property(server.get_atom("_NET_WM_DESKTOP"), Xatom.CARDINAL, 32, [1])
            server.sync()
        assert handle in _all_handles()
        assert handle not in _handles()


def test_our_own_window_is_not_offered_and_not_looked_through(
    desk: str, call: ShownWindow, source: WindowSource
) -> None:
    with bare_window(desk, (300, 250), "_NET_WM_PID", "CARDINAL", [os.getpid()]) as own:
        until(lambda: own in _all_handles(), "the window is not there")
        assert _handles() == [call.handle]
        assert _lost(source).startswith("This program's own window covers the chosen window")


def test_a_session_may_begin_with_the_window_still_covered(desk: str, call: ShownWindow) -> None:
    with shown(desk, "Notes", (300, 200, 500, 400), "magenta") as other:
        until(lambda: _handles()[:1] == [other.handle], "the other is not in front")
        source = WindowSource(_choice(call), rate_hz=50)
        source.open()
        assert COVERS in _lost(source)
        assert not _opens(source)
        source.close()


@pytest.mark.parametrize(
    ("name", "kind", "content", "title"),
    [
        ("WM_NAME", "STRING", "Klasse 7b - Überblick".encode("latin-1"), "Klasse 7b - Überblick"),
        ("WM_NAME", "COMPOUND_TEXT", "数学".encode("iso2022_jp"), "数学"),
        ("_NET_WM_NAME", "UTF8_STRING", "Klasse 7b – Überblick".encode(), "Klasse 7b – Überblick"),
        ("_NET_WM_NAME", "UTF8_STRING", b"caf\xe9", "café"),
        ("WM_CLASS", "STRING", "Müller\0Müller\0".encode("latin-1"), ""),
        ("_NET_WM_NAME", "CARDINAL", [7, 8], "A window"),
        ("_NET_WM_PID", "CARDINAL", [], "A window"),
        ("_NET_FRAME_EXTENTS", "UTF8_STRING", b"wide", ""),
    ],
)
def test_a_window_with_odd_properties_is_listed_and_disturbs_no_other(
    desk: str, call: ShownWindow, name: str, kind: str, content: bytes | list[int | str], title: str
) -> None:
    with bare_window(desk, (1000, 300), name, kind, content) as handle:
        until(lambda: handle in _all_handles(), "the window is not listed")
        assert {info.handle: info.title for _, info in _windows()} == {handle: title, call.handle: "Zoom Meeting"}
        until(lambda: _all_handles()[0] == handle, "it is not in front")
        with closing(WindowSource(_choice(call), rate_hz=50)) as source:
            source.open()
            _read_until(source, 640, 480)


def test_a_program_is_named_as_its_class_says_in_whatever_letters(desk: str) -> None:
    with bare_window(desk, (400, 300), "WM_CLASS", "STRING", "zoom\0Müller\0".encode("latin-1")) as handle:
        until(lambda: handle in _all_handles(), "the window is not listed")
        assert next(info.program for _, info in _windows() if info.handle == handle) == "Müller"


def test_windows_of_two_screens_are_told_apart_in_one_process(
    call: ShownWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    with virtual_screen((800, 600)) as other_screen, closing(open_desktop()) as first:
        monkeypatch.setenv("DISPLAY", other_screen)
        assert _all_handles() == []
        assert [info.handle for _, info in all_windows(first)] == [call.handle]


def test_a_screen_that_ends_is_told_and_leaves_nothing_open(monkeypatch: pytest.MonkeyPatch) -> None:
    with virtual_screen((800, 600)) as screen:
        monkeypatch.setenv("DISPLAY", screen)
        desktop = open_desktop()
        assert all_windows(desktop) == []
    with pytest.raises(SourceError, match=r"^The screen cannot be captured"):
        all_windows(desktop)
    assert desktop.info(5) is None
    desktop.close()
    desktop.close()


def test_a_picture_for_choosing_is_black_where_another_window_lies_over(desk: str, call: ShownWindow) -> None:
    until(lambda: np.array_equal(picture_of(_choice(call))[0], known(640, 480)), "it is not the window's picture")
    assert picture_of(_choice(call))[1] == 0.0
    with shown(desk, "Notes", (400, 100, 600, 900), "magenta") as other:
        until(lambda: _handles()[:1] == [other.handle], "the other is not in front")
        image, covered = picture_of(_choice(call))
        black = (image == 0).all(axis=2)
        assert covered == pytest.approx(black.mean(), abs=1e-4)
        assert 0.5 < covered < 0.8
        assert np.array_equal(image[~black], known(640, 480)[~black])


def test_cancelling_ends_a_waiting_read(call: ShownWindow) -> None:
    source = WindowSource(_choice(call), rate_hz=0.001)
    source.open()
    canceller = threading.Timer(0.1, source.cancel)
    canceller.start()
    assert source.read() is None
    canceller.join()
    source.close()
    source.close()


def test_without_a_display_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    gone = WindowChoice("Zoom Meeting", 5, "zoom")
    for ask in (list_windows, lambda: picture_of(gone), WindowSource(gone).open):
        with pytest.raises(SourceError, match=r"^The screen cannot be captured: unlock it, or start this"):
            ask()


def test_on_wayland_the_user_reads_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with pytest.raises(SourceError, match=r"^This desktop \(Wayland\) does not let"):
        list_windows()


@pytest.mark.usefixtures("desk")
def test_a_window_that_never_was_is_told() -> None:
    with pytest.raises(SourceError, match=re.escape("The window was closed: open it again")):
        WindowSource(WindowChoice("Zoom Meeting", 5, "zoom")).open()

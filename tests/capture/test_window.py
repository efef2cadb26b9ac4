"""Real windows on a virtual screen: what is captured of one, and what the user reads where it cannot be seen."""

import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt
import pytest
from support.screen.open_windows import (
    all_handles,
    bare_window,
    choice_of,
    client_of,
    frame_of,
    offered_handles,
    read_until,
    shows,
)
from support.screen.window_desk import PATIENCE_S, ShownWindow, known, shown, until

from fer_desktop.capture.desktop.window import WindowSource, list_windows, picture_of
from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import WindowChoice
from fer_desktop.core.types import Frame

COVERS = "covers the chosen window: move one of them aside"


@pytest.fixture
def source(call: ShownWindow) -> Iterator[WindowSource]:
    source = WindowSource(choice_of(call), rate_hz=50)
    source.open()
    yield source
    source.close()


def _lost(source: WindowSource) -> str:
    """The sentence with which it is lost; each frame before is the window's, with nothing of another's in it."""
    deadline_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline_s:
        try:
            image = frame_of(source).image
        except SourceError as error:
            return str(error)
        black = (image == 0).all(axis=2)
        assert np.array_equal(image[~black], known(image.shape[1], image.shape[0])[~black])
    raise AssertionError("it was not lost")


def _any_hidden(source: WindowSource) -> bool:
    return frame_of(source).hidden is not None


def _hidden(frame: Frame) -> npt.NDArray[np.bool_]:
    return frame.hidden if frame.hidden is not None else np.zeros(frame.image.shape[:2], np.bool_)


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


def test_a_window_is_captured_to_the_pixel(source: WindowSource) -> None:
    frames = [frame_of(source) for _ in range(5)]
    assert [frame.index for frame in frames] == [0, 1, 2, 3, 4]
    assert all(shows(frame.image, 640, 480) for frame in frames)
    assert frames[0].image.flags.c_contiguous


def test_a_window_is_followed_when_it_moves_and_resizes(call: ShownWindow, source: WindowSource) -> None:
    read_until(source, 640, 480)

    def move() -> None:
        for left, top in ((900, 500), (10, 10), (333, 217)):
            call.move(left, top)
        call.resize(1001, 707)
        call.move(51, 33)

    with _meanwhile(move):
        read_until(source, 1001, 707)
    call.resize(320, 200)
    read_until(source, 320, 200)


def test_a_covered_window_says_so_and_goes_on_when_it_is_free(
    desk: str, call: ShownWindow, source: WindowSource
) -> None:
    read_until(source, 640, 480)
    with shown(desk, "Private mail", (1300, 600, 500, 400), "magenta") as other:
        with _meanwhile(lambda: other.move(220, 180)):
            sentence = _lost(source)
        assert COVERS in sentence
        assert "mail" not in sentence
        assert not _opens(source)
        with _meanwhile(call.bring_up):
            until(lambda: _opens(source), "it does not go on")
        read_until(source, 640, 480)
        other.bring_up()
        assert COVERS in _lost(source)
    until(lambda: _opens(source), "it does not go on after the other was closed")
    read_until(source, 640, 480)


def test_a_corner_that_another_window_lies_over_is_hidden_and_the_rest_goes_on(
    desk: str, call: ShownWindow, source: WindowSource
) -> None:
    read_until(source, 640, 480)
    with shown(desk, "Chat", (1200, 600, 200, 100), "magenta") as other:
        place = client_of(call.handle)
        other.move(place.left + place.width - 200, place.top + place.height - 100)
        until(lambda: bool(_hidden(frame_of(source))[-100:, -200:].all()), "the corner is not hidden")
        frame = frame_of(source)
        hidden = _hidden(frame)
        assert (frame.image[hidden] == 0).all()
        assert hidden.mean() < 0.12  # with its frame and a margin for its shadow
        assert np.array_equal(frame.image[~hidden], known(640, 480)[~hidden])
    until(lambda: not _any_hidden(source), "it is hidden for ever")
    read_until(source, 640, 480)


def test_a_window_that_is_dragged_across_is_in_no_frame_and_the_reading_goes_on(
    desk: str, source: WindowSource
) -> None:
    read_until(source, 640, 480)
    with shown(desk, "Chat", (300, 250, 120, 80), "magenta") as other:
        until(lambda: _any_hidden(source), "it is not hidden")
        for step in range(8):
            other.move(280 + 40 * step, 220 + 20 * step)
            frame = frame_of(source)
            hidden = _hidden(frame)
            assert np.array_equal(frame.image[~hidden], known(640, 480)[~hidden])


def test_a_minimised_window_says_so_and_goes_on_when_it_is_opened(call: ShownWindow, source: WindowSource) -> None:
    read_until(source, 640, 480)
    with _meanwhile(call.minimise):
        assert _lost(source) == "The window is minimised: open it again, and the session goes on."
    assert not _opens(source)
    call.bring_up()
    until(lambda: _opens(source), "it does not go on")
    read_until(source, 640, 480)


def test_a_window_on_another_desktop_says_so(call: ShownWindow, source: WindowSource) -> None:
    read_until(source, 640, 480)
    with _meanwhile(lambda: call.send_to_desktop(1)):
        assert _lost(source).startswith("The window is hidden or on another desktop")
    call.send_to_desktop(0)
    until(lambda: _opens(source), "it does not go on")


def test_a_closed_window_says_so_and_is_found_by_its_title_when_it_is_opened_again(desk: str) -> None:
    with shown(desk, "Zoom Meeting", (200, 150, 640, 480)) as window:
        until(lambda: window.handle in offered_handles(), "the window is not listed")
        source = WindowSource(choice_of(window), rate_hz=50)
        source.open()
        read_until(source, 640, 480)
    assert _lost(source).startswith("The window was closed: open it again")
    assert not _opens(source)
    with shown(desk, "Notes", (900, 600, 300, 300), "white"), shown(desk, "Zoom Meeting", (60, 60, 500, 300)):
        until(lambda: _opens(source), "it is not found")
        read_until(source, 500, 300)
    source.close()


def test_a_window_whose_title_changes_is_still_the_same(call: ShownWindow, source: WindowSource) -> None:
    call.rename("Zoom Meeting (3)")
    until(lambda: "Zoom Meeting (3)" in [choice.name for choice in list_windows()], "it has the old title")
    source.open()
    read_until(source, 640, 480)


def test_a_window_half_off_the_screen_is_captured_as_far_as_it_is_on_it(
    call: ShownWindow, source: WindowSource
) -> None:
    read_until(source, 640, 480)
    call.move(1600, 700)
    until(lambda: frame_of(source).image.shape[1] < 640, "it is as wide as before")
    image, place = frame_of(source).image, client_of(call.handle)
    assert image.shape[:2] == (1080 - place.top, 1920 - place.left)
    assert shows(image, image.shape[1], image.shape[0])


def test_a_window_that_is_on_no_monitor_says_so(desk: str) -> None:
    # Openbox brings every other kind of window back onto the screen.
    with bare_window(desk, (3000, 200), "_NET_WM_WINDOW_TYPE", "ATOM", ["_NET_WM_WINDOW_TYPE_DOCK"]) as handle:
        until(lambda: handle in all_handles(), "the window is not there")
        assert handle not in offered_handles()
        source = WindowSource(WindowChoice("A window", handle, ""), rate_hz=50)
        source.open()
        assert _lost(source).startswith("The window is on no monitor: move it back")
        source.close()


def test_our_own_window_is_not_offered_and_not_looked_through(
    desk: str, call: ShownWindow, source: WindowSource
) -> None:
    with bare_window(desk, (300, 250), "_NET_WM_PID", "CARDINAL", [os.getpid()]) as own:
        until(lambda: own in all_handles(), "the window is not there")
        assert offered_handles() == [call.handle]
        until(lambda: _any_hidden(source), "it is not hidden")
        frame = frame_of(source)
        assert np.array_equal(frame.image[~_hidden(frame)], known(640, 480)[~_hidden(frame)])
        call.resize(320, 240)
        call.move(305, 255)
        assert _lost(source).startswith("This program's own window covers the chosen window")


def test_a_session_may_begin_with_the_window_still_covered(desk: str, call: ShownWindow) -> None:
    with shown(desk, "Notes", (300, 200, 500, 400), "magenta") as other:
        until(lambda: offered_handles()[:1] == [other.handle], "the other is not in front")
        source = WindowSource(choice_of(call), rate_hz=50)
        source.open()
        assert COVERS in _lost(source)
        assert not _opens(source)
        source.close()


def test_a_picture_for_choosing_is_black_where_another_window_lies_over(desk: str, call: ShownWindow) -> None:
    until(lambda: np.array_equal(picture_of(choice_of(call))[0], known(640, 480)), "it is not the window's picture")
    assert picture_of(choice_of(call))[1] == 0.0
    with shown(desk, "Notes", (400, 100, 600, 900), "magenta") as other:
        until(lambda: offered_handles()[:1] == [other.handle], "the other is not in front")
        image, covered = picture_of(choice_of(call))
        black = (image == 0).all(axis=2)
        assert covered == pytest.approx(black.mean(), abs=1e-4)
        assert 0.5 < covered < 0.8
        assert np.array_equal(image[~black], known(640, 480)[~black])


def test_cancelling_ends_a_waiting_read(call: ShownWindow) -> None:
    source = WindowSource(choice_of(call), rate_hz=0.001)
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

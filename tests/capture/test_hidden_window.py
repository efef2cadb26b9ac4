"""Whether a window can still be seen: real windows on a real X screen."""

import sys
from collections.abc import Iterator
from contextlib import closing

import pytest
from support.screen.window_desk import ShownWindow, shown, until

from fer_desktop.capture.desktop.hidden_window import HiddenWindow, covered_share
from fer_desktop.capture.desktop.windows import open_desktop
from fer_desktop.core.sources import Region

PLACE = Region(300, 200, 640, 400)


def frame_and_process(display: str, window: ShownWindow) -> tuple[Region, int]:
    with closing(open_desktop(display)) as desktop:
        info = desktop.info(window.handle)
        frames = [one.frame for one in desktop.stack() if one.handle == window.handle]
    assert info is not None
    assert frames
    assert frames[0] is not None
    return frames[0], info.process


class Main:
    """The window that is looked for, and who looks."""

    def __init__(self, display: str, window: ShownWindow) -> None:
        self.window = window
        self.place, process = frame_and_process(display, window)
        self.looking = HiddenWindow(display, process)

    def hidden(self) -> bool:
        return self.looking.is_hidden(self.place)


@pytest.fixture
def main(desk: str) -> Iterator[Main]:
    with shown(desk, "Main", (300, 200, 640, 400)) as window:
        main = Main(desk, window)
        until(lambda: frame_and_process(desk, window)[0] == main.place, "the window still moved")
        yield main
        main.looking.close()


def test_a_window_in_front_is_seen(desk: str, main: Main) -> None:
    with shown(desk, "Other", (300, 200, 640, 400), "#00ff00"):
        main.window.bring_up()
        until(lambda: not main.hidden(), "the window in front counts as hidden")


def test_another_window_over_it_hides_it_as_long_as_it_lies_there(desk: str, main: Main) -> None:
    with shown(desk, "Other", (280, 180, 700, 460), "#00ff00") as other:
        until(main.hidden, "the other window hides nothing")
        other.move(800, 180)  # over the right edge alone
        until(lambda: not main.hidden(), "an edge that is covered counts as hidden")
        other.move(280, 180)
        until(main.hidden, "the other window hides nothing")
        other.minimise()
        until(lambda: not main.hidden(), "a minimised window hides something")


def test_two_windows_hide_together_what_neither_hides_alone(desk: str, main: Main) -> None:
    with shown(desk, "Left", (290, 150, 250, 500), "#00ff00"):
        assert not main.hidden()
        with shown(desk, "Right", (700, 150, 250, 500), "#00ff00"):
            until(main.hidden, "together they hide nothing")


def test_where_no_window_of_ours_lies_nothing_is_hidden(desk: str, main: Main) -> None:
    with shown(desk, "Other", (280, 180, 700, 460), "#00ff00"):
        until(main.hidden, "the other window hides nothing")
        assert not main.looking.is_hidden(Region(0, 0, 200, 100))
        with closing(HiddenWindow(desk, process=1)) as looking:
            assert not looking.is_hidden(main.place)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a desktop")
def test_without_a_desktop_nothing_is_hidden() -> None:
    with closing(HiddenWindow()) as looking:
        assert not looking.is_hidden(PLACE)


@pytest.mark.parametrize(
    ("frames", "share"),
    [
        ([], 0.0),
        ([Region(0, 0, 3000, 3000)], 1.0),
        ([Region(300, 200, 320, 400)], 0.5),
        ([Region(300, 200, 320, 400), Region(300, 200, 640, 200)], 0.75),
        ([Region(0, 0, 300, 200)], 0.0),
    ],
)
def test_what_is_covered_twice_counts_once(frames: list[Region], share: float) -> None:
    assert covered_share(PLACE, frames) == pytest.approx(share, abs=0.02)

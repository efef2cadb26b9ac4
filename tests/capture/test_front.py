"""When this program's window cannot be seen for others."""

import os
from collections.abc import Collection, Iterator

import pytest

from fer_desktop.capture.desktop.front import Front
from fer_desktop.capture.desktop.types import WindowGeometry, WindowInfo
from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import Region

MAIN, STRIP, CALL, NOTE = 1, 2, 3, 4
FRAMES = {
    MAIN: Region(100, 100, 800, 600),
    STRIP: Region(120, 120, 464, 80),
    CALL: Region(0, 0, 1366, 768),
    NOTE: Region(100, 100, 200, 100),
}


class Stack:
    """A desktop with these windows, front to back."""

    def __init__(self, *handles: int) -> None:
        self.handles, self.closed = handles, False

    def stack(self) -> Iterator[WindowGeometry]:
        for handle in self.handles:
            yield WindowGeometry(handle, FRAMES[handle], FRAMES[handle])

    def unlisted(self, process: int, listed: Collection[int]) -> list[WindowGeometry]:
        raise NotImplementedError(process, listed)  # what is not listed is a menu, and gone in a moment

    def info(self, handle: int) -> WindowInfo | None:
        return WindowInfo(handle, os.getpid() if handle in (MAIN, STRIP) else 1, "", "")

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize(
    ("handles", "covered"),
    [
        ((MAIN, CALL), False),
        ((CALL, MAIN), True),
        ((NOTE, MAIN, CALL), False),
        ((STRIP, CALL, MAIN), True),
        ((STRIP, MAIN, CALL), False),
        ((CALL,), False),
    ],
)
def test_what_lies_over_most_of_the_largest_window_covers_it(handles: tuple[int, ...], covered: bool) -> None:
    assert Front(lambda: Stack(*handles)).is_covered() is covered


def test_where_the_desktop_cannot_be_reached_nothing_is_known() -> None:
    def fails() -> Stack:
        raise SourceError("No desktop.")

    assert not Front(fails).is_covered()


def test_the_connection_is_closed_when_it_is_not_needed_any_more() -> None:
    stack = Stack(CALL, MAIN)
    front = Front(lambda: stack)
    front.is_covered()
    front.close()
    assert stack.closed

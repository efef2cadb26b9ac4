"""Top-level windows, and what every desktop tells of them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Protocol

from fer_desktop.core.sources import Region


@dataclass(frozen=True, slots=True)
class WindowGeometry:
    """Where a top-level window is, in the screen grabber's coordinates. Cheap to obtain."""

    handle: int  # the desktop's number for it
    client: Region | None = None  # its client area; None where it is not shown
    frame: Region | None = None  # the client area with the title bar and borders
    minimised: bool = False  # otherwise it is hidden, or on another desktop


@dataclass(frozen=True, slots=True)
class WindowInfo:
    """Which program a window belongs to, and its title."""

    handle: int
    process: int  # 0 where it is unknown
    program: str
    title: str
    is_shell: bool = False  # part of the desktop itself: a panel, the wallpaper


class Desktop(Protocol):
    """The windows of one desktop, for one thread at a time; it may hold a connection until it is closed."""

    def stack(self) -> Iterator[WindowGeometry]:
        """Top-level windows, front to back. Raises SourceError where the desktop cannot be reached."""

    def unlisted(self, process: int, listed: Collection[int]) -> list[WindowGeometry]:
        """Menus and such of that process that are shown and that `stack` does not list, front to back.

        Raises SourceError.
        """

    def info(self, handle: int) -> WindowInfo | None:
        """What is known of a window; None where it was closed."""

    def close(self) -> None:
        """Ends the connection; further calls do nothing."""

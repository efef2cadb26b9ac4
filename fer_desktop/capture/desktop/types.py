"""A top-level window: where it is, and whose."""

from dataclasses import dataclass

from fer_desktop.core.sources import Region


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a top-level window is, counted as the screen grabber counts. Quick to have."""

    handle: int  # the desktop's number for it
    inside: Region | None = None  # its client area; None where it is not shown
    outside: Region | None = None  # with its frame
    minimised: bool = False  # otherwise it is hidden, or on another desktop


@dataclass(frozen=True, slots=True)
class Named:
    """Whose window it is."""

    handle: int
    process: int  # 0 where it is not told
    program: str
    title: str
    furniture: bool = False  # the desktop's own: a panel, the ground

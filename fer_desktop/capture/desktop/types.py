"""A top-level window: where it is, and whose."""

from dataclasses import dataclass

from fer_desktop.core.sources import Region


@dataclass(frozen=True, slots=True)
class WindowGeometry:
    """Where a top-level window is, counted as the screen grabber counts. Quick to have."""

    handle: int  # the desktop's number for it
    client: Region | None = None  # its client area; None where it is not shown
    frame: Region | None = None  # with its frame
    minimised: bool = False  # otherwise it is hidden, or on another desktop


@dataclass(frozen=True, slots=True)
class WindowInfo:
    """Whose window it is."""

    handle: int
    process: int  # 0 where it is not told
    program: str
    title: str
    is_shell: bool = False  # the desktop's own: a panel, the ground

"""Where a region lies and how the pointer moves it, in device pixels; nothing here draws or needs Qt."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fer_desktop.core.sources import Region

LEAST_PX = 64  # a narrower or lower region holds no face worth reading
_FAR = 1 << 20  # more than any desktop is wide


class Point(NamedTuple):
    """A pixel of the virtual desktop."""

    x: int
    y: int


class Grip(NamedTuple):
    """Which edges are held: -1 the left (top) one, 1 the right (bottom) one, 0 neither."""

    x: int
    y: int


INSIDE = Grip(0, 0)  # the whole region moves
GRIPS = tuple(Grip(x, y) for y in (-1, 0, 1) for x in (-1, 0, 1) if (x, y) != INSIDE)


@dataclass(frozen=True, slots=True)
class QtScreen:
    """A monitor as Qt tells it: its corner in device pixels, its size divided by the scale factor and rounded."""

    left: int
    top: int
    width: int
    height: int
    ratio: float  # device pixels per logical pixel


@dataclass(frozen=True, slots=True)
class Monitor:
    """A monitor as the screen grabber counts it, and how many of those pixels make one logical pixel of Qt."""

    region: Region
    scale: float


@dataclass(frozen=True, slots=True)
class Gesture:
    """A press on a monitor: draws a new region where nothing is held, else moves what is held."""

    grip: Grip | None
    start: Point
    before: Region | None
    bounds: Region

    def region_at(self, pointer: Point) -> Region | None:
        """The region with the pointer there."""
        if self.grip is None or self.before is None:
            return between(self.start, pointer, self.bounds)
        dx, dy = pointer.x - self.start.x, pointer.y - self.start.y
        if self.grip == INSIDE:
            return moved(self.before, dx, dy, self.bounds)
        # A pointer at the edge of the monitor means that edge, however far from the region's edge it took hold.
        dx = _pull(self.grip.x, dx, pointer.x, self.bounds.left, self.bounds.width)
        dy = _pull(self.grip.y, dy, pointer.y, self.bounds.top, self.bounds.height)
        return resized(self.before, self.grip, dx, dy, self.bounds)


def matched(screens: Sequence[QtScreen], monitors: Sequence[Region]) -> list[Monitor | None]:
    """For each of Qt's screens the grabber's monitor that lies there; None where none is left for it."""
    found: list[Monitor | None] = [None] * len(screens)
    left = list(dict.fromkeys(monitors))  # mirrored monitors are listed twice
    pairs = sorted(
        ((_distance(screen, region), index, region) for index, screen in enumerate(screens) for region in left),
        key=lambda pair: pair[:2],
    )
    for _, index, region in pairs:
        if found[index] is None and region in left:
            left.remove(region)
            found[index] = Monitor(region, _scale(screens[index], region))
    return found


def pixel_at(x: float, y: float, monitor: Monitor) -> Point:
    """The pixel under a pointer at (x, y) logical pixels from the monitor's corner, or the nearest one it has."""
    region = monitor.region
    # The tiny term undoes the rounding of native / scale * scale, which may end just under the pixel.
    column = math.floor(x * monitor.scale + 1e-4)
    row = math.floor(y * monitor.scale + 1e-4)
    return Point(region.left + min(max(column, 0), region.width - 1), region.top + min(max(row, 0), region.height - 1))


def between(start: Point, end: Point, bounds: Region) -> Region | None:
    """The region from one pixel's upper left corner to the other's; None where it would be empty."""
    a, b = _corner(start, bounds), _corner(end, bounds)
    left, right = sorted((a.x, b.x))
    top, bottom = sorted((a.y, b.y))
    return Region(left, top, right - left, bottom - top) if right > left and bottom > top else None


def moved(region: Region, dx: int, dy: int, bounds: Region) -> Region:
    """The region elsewhere in `bounds`, as far as there is room."""
    left = min(max(region.left + dx, bounds.left), bounds.left + bounds.width - region.width)
    top = min(max(region.top + dy, bounds.top), bounds.top + bounds.height - region.height)
    return Region(left, top, region.width, region.height)


def resized(region: Region, grip: Grip, dx: int, dy: int, bounds: Region) -> Region:
    """The region with the held edges moved, no smaller than the least and no larger than `bounds`."""
    left, width = _stretched(region.left, region.width, grip.x, dx, bounds.left, bounds.width)
    top, height = _stretched(region.top, region.height, grip.y, dy, bounds.top, bounds.height)
    return Region(left, top, width, height)


def middle(bounds: Region) -> Region:
    """The middle half of a monitor: where the keyboard starts."""
    width, height = max(bounds.width // 2, least(bounds.width)), max(bounds.height // 2, least(bounds.height))
    return Region(bounds.left + (bounds.width - width) // 2, bounds.top + (bounds.height - height) // 2, width, height)


def least(extent: int) -> int:
    """The least width (height) of a region on a monitor that is `extent` px wide (high)."""
    return min(LEAST_PX, extent)


def large_enough(region: Region | None, bounds: Region) -> bool:
    """Whether there is a region, and one that can be used."""
    return region is not None and region.width >= least(bounds.width) and region.height >= least(bounds.height)


def home(region: Region | None, monitors: Sequence[Monitor]) -> tuple[int, Region] | None:
    """The monitor that shows most of the region, and that part of it; None where too little is left of it."""
    if region is None:
        return None
    parts = [(index, part) for index, m in enumerate(monitors) if (part := region.overlap(m.region)) is not None]
    usable = [(index, part) for index, part in parts if large_enough(part, monitors[index].region)]
    return max(usable, key=lambda part: part[1].width * part[1].height, default=None)


def grip_at(pointer: Point, region: Region, reach_px: float) -> Grip | None:
    """What a press there takes hold of: a corner or an edge within reach, the inside, or None."""
    x = _edge_at(pointer.x, region.left, region.width, reach_px)
    y = _edge_at(pointer.y, region.top, region.height, reach_px)
    return None if x is None or y is None else Grip(x, y)


def _distance(screen: QtScreen, region: Region) -> float:
    corner = abs(screen.left - region.left) + abs(screen.top - region.top)
    # macOS grabs logical pixels, whatever the ratio: a guess that yields to device pixels which fit as well.
    return corner + min(_misfit(screen, region, screen.ratio), _misfit(screen, region, 1.0) + 0.5)


def _misfit(screen: QtScreen, region: Region, scale: float) -> float:
    return abs(screen.width * scale - region.width) + abs(screen.height * scale - region.height)


def _scale(screen: QtScreen, region: Region) -> float:
    for scale in (screen.ratio, 1.0):
        if abs(screen.width * scale - region.width) <= scale and abs(screen.height * scale - region.height) <= scale:
            return scale
    return region.width / screen.width


def _corner(pixel: Point, bounds: Region) -> Point:
    # No pointer gets past the last pixel: there, the far edge of the monitor is meant.
    right, bottom = bounds.left + bounds.width, bounds.top + bounds.height
    return Point(right if pixel.x >= right - 1 else pixel.x, bottom if pixel.y >= bottom - 1 else pixel.y)


def _pull(side: int, by: int, pointer: int, start: int, extent: int) -> int:
    if side < 0 and pointer <= start:
        return -_FAR
    return _FAR if side > 0 and pointer >= start + extent - 1 else by


def _stretched(start: int, extent: int, side: int, by: int, low: int, room: int) -> tuple[int, int]:
    if side == 0:
        return start, extent
    end, smallest = start + extent, least(room)
    if side < 0:
        start = max(min(start + by, end - smallest), low)
    else:
        end = min(max(end + by, start + smallest), low + room)
    return start, end - start


def _edge_at(pointer: int, start: int, extent: int, reach_px: float) -> int | None:
    to_start, to_end = pointer + 0.5 - start, start + extent - pointer - 0.5
    if min(to_start, to_end) < -reach_px:
        return None
    # In a small region the handles reach inwards by a quarter only, so that its middle can still be held.
    inwards = min(reach_px, extent / 4)
    if to_start <= inwards and to_start <= to_end:
        return -1
    return 1 if to_end <= inwards else 0

"""Draws a video call: desktop, window, shared slide and tiles."""

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np

from fer_desktop.core.types import Image
from fer_desktop.simulation.layout import Box, Layout
from fer_desktop.simulation.render.slides import make_slide
from fer_desktop.simulation.render.tiles import TileContent, finished_tile
from fer_desktop.simulation.render.window import make_desktop, put_window

_KEPT_TILES: Final = 160  # one per participant and size
_KEPT_GROUNDS: Final = 2

T = TypeVar("T")


@dataclass(slots=True)
class _Drawn:
    """The last picture, and what it was drawn from."""

    ground: Image
    boxes: tuple[Box, ...]
    picture: Image
    tiles: list[Image | None]  # by box; None where still to be drawn


class CallPainter:
    """Draws calls, caching what does not change between frames; the same picture for the same arguments."""

    def __init__(self, seed: int = 7) -> None:
        self._seed = seed
        self._desktops: OrderedDict[Hashable, Image] = OrderedDict()
        self._grounds: OrderedDict[Hashable, Image] = OrderedDict()
        self._tiles: OrderedDict[Hashable, tuple[Hashable, Image]] = OrderedDict()
        self._last: _Drawn | None = None

    def draw(self, layout: Layout, tiles: Sequence[TileContent], slide: int = 0) -> Image:
        """The picture (H, W, 3) BGR of a layout with a content for each of its tiles; `slide` is the shared one."""
        ground = self._ground(layout, slide)
        finished = [
            self._tile(layout, content, (x1 - x0, y1 - y0))
            for (x0, y0, x1, y1), content in zip(layout.tiles, tiles, strict=True)
        ]
        last = self._last
        if last is None or last.ground is not ground or last.boxes != layout.tiles:
            last = _Drawn(ground, layout.tiles, ground.copy(), [None] * len(finished))
            self._last = last
        for place, ((x0, y0, x1, y1), tile) in enumerate(zip(layout.tiles, finished, strict=True)):
            if last.tiles[place] is not tile:
                last.picture[y0:y1, x0:x1] = tile
                last.tiles[place] = tile
        return last.picture.copy()

    def forget(self) -> None:
        """Clears the caches."""
        for kept in (self._desktops, self._grounds, self._tiles):
            kept.clear()
        self._last = None

    def _ground(self, layout: Layout, slide: int) -> Image:
        """Everything except the tiles."""
        key = (layout.style, layout.picture_px, layout.window, layout.shared, slide if layout.shared else 0)
        kept = self._grounds.get(key)
        if kept is None:
            kept = self._desktop(layout).copy()
            put_window(kept, layout)
            if layout.shared:
                x0, y0, x1, y1 = layout.shared
                kept[y0:y1, x0:x1] = make_slide(self._seed, slide, x1 - x0, y1 - y0)
            _keep(self._grounds, key, kept, _KEPT_GROUNDS)
        return kept

    def _desktop(self, layout: Layout) -> Image:
        width, height = layout.picture_px
        if layout.window == (0, 0, width, height):
            return np.zeros((height, width, 3), np.uint8)
        kept = self._desktops.get(layout.picture_px)
        if kept is None:
            kept = make_desktop(self._seed, width, height)
            _keep(self._desktops, layout.picture_px, kept, 1)
        return kept

    def _tile(self, layout: Layout, content: TileContent, tile_px: tuple[int, int]) -> Image:
        """The participant's tile, from the cache if it has not changed."""
        key = (content.participant, tile_px, layout.style, layout.corner_px, layout.scale)
        shows = (content.name, content.version, content.speaking, content.muted)
        kept = self._tiles.get(key)
        if kept is None or kept[0] != shows:
            kept = shows, finished_tile(content, layout.style, tile_px, layout.corner_px, layout.scale)
            _keep(self._tiles, key, kept, _KEPT_TILES)
        return kept[1]


def _keep(kept: OrderedDict[Hashable, T], key: Hashable, made: T, most: int) -> None:
    """Adds an entry to a cache and drops the oldest ones."""
    kept[key] = made
    while len(kept) > most:
        kept.popitem(last=False)

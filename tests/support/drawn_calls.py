"""One picture of a call, drawn from tiles that a test makes up."""

from collections.abc import Sequence

from fer_desktop.core.types import Image
from fer_desktop.simulation.layout import Layout
from fer_desktop.simulation.render.painter import CallPainter
from fer_desktop.simulation.render.tiles import TileContent


def draw_call(
    layout: Layout,
    tile_pictures: Sequence[Image | None],
    names: Sequence[str],
    speaking: int | None = None,
    muted: Sequence[bool] | None = None,
    slide: int = 0,
    seed: int = 7,
) -> Image:
    """One picture (H, W, 3) BGR of a call. By tile: what its camera sends, None where it is off; name; muted or not."""
    quiet = [True] * len(names) if muted is None else muted
    contents = [
        TileContent(place, name, picture, place, speaking=place == speaking, muted=is_quiet)
        for place, (picture, name, is_quiet) in enumerate(zip(tile_pictures, names, quiet, strict=True))
    ]
    return CallPainter(seed).draw(layout, contents, slide)

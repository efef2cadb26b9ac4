"""Plates as Zoom, Meet and Teams write them, at every size."""

import itertools

import numpy as np
import pytest

from fer_desktop.core.seats.tile_evidence import line_similarity
from fer_desktop.core.types import FloatArray, Image
from fer_desktop.simulation.layout import Style
from fer_desktop.simulation.render.tiles import TileContent, finished_tile
from fer_desktop.vision.gallery.name_plates import NameLines

NAMES = ("Robin Novak", "Sam Silva", "Quinn Yilmaz", "Billie Silva", "Mika Tanaka", "Jules Haddad")
ALIKE = 0.6
SMALL, ALIKE_SMALL = 90, 0.5  # letters of seven pixels
HEIGHTS = (SMALL, 130, 190, 420)


def strip(name: str, style: Style, height: int, muted: bool = True, speaking: bool = False) -> Image:
    """What stands at the lower left of a tile of a camera that is off."""
    content = TileContent(0, name, None, 0, speaking=speaking, muted=muted)
    tile = finished_tile(content, style, (height * 16 // 9, height), 6, 1.0)
    return tile[round(0.78 * height) :, : round(0.7 * tile.shape[1])]


def lines_of(strips: list[Image]) -> FloatArray:
    return NameLines().lines([(place,) for place in range(len(strips))], strips)


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(HEIGHTS, 2)))
def test_a_name_is_like_itself_at_another_size_and_like_no_other(style: Style, one: int, other: int) -> None:
    alike = line_similarity(
        lines_of([strip(name, style, one) for name in NAMES]), lines_of([strip(name, style, other) for name in NAMES])
    )
    assert np.diag(alike).min() > (ALIKE_SMALL if one == SMALL else ALIKE)
    assert (alike - 2 * np.eye(len(NAMES))).max() < ALIKE
    assert alike.argmax(axis=1).tolist() == list(range(len(NAMES)))


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("height", HEIGHTS[1:])
def test_the_sign_of_a_microphone_is_no_letter(style: Style, height: int) -> None:
    muted = lines_of([strip(name, style, height) for name in NAMES])
    open_ = lines_of([strip(name, style, height, muted=False) for name in NAMES])
    assert np.diag(line_similarity(muted, open_)).min() > ALIKE


def test_the_frame_of_who_speaks_is_no_letter() -> None:
    quiet = lines_of([strip(name, Style.ZOOM_LIGHT, 190) for name in NAMES])
    speaking = lines_of([strip(name, Style.ZOOM_LIGHT, 190, muted=False, speaking=True) for name in NAMES])
    assert np.diag(line_similarity(quiet, speaking)).min() > ALIKE


def test_nothing_is_seen_where_nothing_is_written() -> None:
    plain = np.full((40, 230, 3), 60, np.uint8)
    plain[:, 100:] = 90
    assert not lines_of([plain]).any()


def test_what_shines_through_a_plate_changes_no_line_but_another_name_does() -> None:
    read, rng = NameLines(), np.random.default_rng(2)
    shown = strip(NAMES[0], Style.ZOOM_DARK, 190)
    first = read.lines([(0,)], [shown])
    shining = np.where(shown < 80, rng.normal(10, 3, shown.shape), 0)
    noisy = np.clip(shown + shining, 0, 255).astype(np.uint8)
    assert np.array_equal(read.lines([(0,)], [noisy]), first)
    assert line_similarity(first, read.lines([(0,)], [strip(NAMES[4], Style.ZOOM_DARK, 190)])) < ALIKE

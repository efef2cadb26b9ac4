"""A grid that was found in part, completed: faces and avatars propose tiles of the size and pitch of the others."""

from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.geometry import area, holders, iou_matrix
from fer_desktop.core.types import FloatArray, Image
from fer_desktop.vision.gallery.tile_content import faces_held, is_avatar
from fer_desktop.vision.gallery.tiles_by_ground.lattice import Lattice, fit, similar_sizes
from fer_desktop.vision.gallery.tiles_by_ground.rectangles import along_sides, main_colour

_OFF_PX: Final = 3.0  # by which a whole place may reach past the picture
_LEAST_VISIBLE: Final = 0.35  # of a place that the picture's edge cuts, where a face is in it
_MOSTLY_VISIBLE: Final = 0.6  # of one with an avatar
_TOUCHES: Final = 0.04  # of a place, that rounding lets a neighbour cover
_THERE: Final = 0.6  # overlap (IoU) of a tile with its place
_SHIFTS: Final = (0.0, 0.5)  # of the pitch: a last row is centred below the others
_EMPTY: Final = 0.985  # of a place in one colour: it contains nothing, not even a name
_LEAST_TILES: Final = 3  # two alone do not tell a pitch from chance
_WITH_FACES: Final = 0.3  # of the tiles: the men of a board look like avatars
_OUTSIDE_PX: Final = 3.0  # from a place's edge, and inside of it: what shows the edge
_EDGE_PX: Final = 1.0  # next to it, which a codec blurs
_LEAST_LEVELS: Final = 4.0  # between both sides of an edge that shows


def completed(tiles: FloatArray, faces: FloatArray, image: Image) -> FloatArray:
    """The tiles (N, 4), with those of their size and pitch in which the faces are that are in none."""
    outside = faces[holders(tiles, faces) < 0]
    if len(tiles) < 2 or not len(outside):
        return tiles
    lattice = _lattice(tiles)
    found = [_holding(lattice.wider().places(), tiles, outside, image)]
    for down in (-1, 1):
        rows = [lattice.beside(down, shift).places() for shift in _SHIFTS]
        found.append(max((_holding(row, tiles, outside, image) for row in rows), key=len))
    return in_reading_order(np.concatenate([tiles, *found]))


def _holding(places: FloatArray, tiles: FloatArray, faces: FloatArray, image: Image) -> FloatArray:
    """(M, 4) those of the places (N, 4), free of tiles, that one of the faces (F, 4) is in."""
    free = np.concatenate([_free(places, tiles, image), _cut(places, tiles, image, _LEAST_VISIBLE)])
    held = np.unique(holders(free, faces))
    return np.asarray(free[held[held >= 0]], np.float32)


def with_avatars(
    tiles: FloatArray, shared: FloatArray, faces: FloatArray, drawn: npt.NDArray[np.bool_], image: Image
) -> FloatArray:
    """The tiles (N, 4), with those of their size and pitch that show an avatar, or a face that looks drawn.

    Of the faces (F, 4) those are `drawn` (F,) that look like photos, which a tile of its own tells better. None is in
    what is `shared` (S, 4) px. Between two tiles of its row or column a place need only show something: a menu may lie
    over it. Beyond the known rows and columns it has to stand out from what is around it.
    """
    if len(tiles) < _LEAST_TILES or (faces_held(tiles, faces) > 0).mean() < _WITH_FACES:
        return tiles
    lattice, found = _lattice(tiles), tiles
    known = _free(lattice.places(), np.concatenate([tiles, shared]), image)
    beyond = np.concatenate([lattice.wider().places(), *_rows_beside(lattice)])
    for place, is_known in [*((each, True) for each in known), *((each, False) for each in beyond)]:
        if not len(_free(place[None], np.concatenate([found, shared]), image)):
            continue
        between = is_known and _is_between(lattice, place, tiles) and main_colour(image, place)[0] < _EMPTY
        likely = between or faces_held(place[None], faces[drawn])[0] == 1 or is_avatar(image, place)
        if likely and (is_known or _stands_out(image, place)):
            found = np.concatenate([found, place[None]])
    for part in _cut(beyond, np.concatenate([found, shared]), image, _MOSTLY_VISIBLE):
        place = _place_of(part, beyond)
        if _neighbours(lattice, place, tiles).any() and is_avatar(image, part, place):
            found = np.concatenate([found, part[None]])
    return in_reading_order(found) if len(found) > len(tiles) else tiles


def _is_between(lattice: Lattice, place: FloatArray, tiles: FloatArray) -> bool:
    """Whether tiles (N, 4) are on both sides of a place (4,), or above and below it."""
    there = _neighbours(lattice, place, tiles)
    return bool(there[:2].all() or there[2:].all())


def _neighbours(lattice: Lattice, place: FloatArray, tiles: FloatArray) -> npt.NDArray[np.bool_]:
    """(4,) whether one of the tiles (N, 4) is left and right of a place (4,), above and below it."""
    steps = np.array([[lattice.pitch_x, 0], [0, lattice.pitch_y]], np.float32)
    beside = np.stack([place + np.tile(sign * step, 2) for step in steps for sign in (-1, 1)])
    return np.asarray(iou_matrix(beside, tiles).max(axis=1) >= _THERE, np.bool_)


def _lattice(tiles: FloatArray) -> Lattice:
    """Of those of the tiles (N, 4) whose size most have."""
    often = similar_sizes(tiles)
    return fit(tiles[often[often.sum(axis=1).argmax()]])[0]


def _rows_beside(lattice: Lattice) -> list[FloatArray]:
    """The places of the rows above and below, in line with the others or half a place off."""
    return [lattice.beside(down, shift).places() for down in (-1, 1) for shift in _SHIFTS]


def _free(places: FloatArray, taken: FloatArray, image: Image) -> FloatArray:
    """Those of the places (N, 4) that are in the picture and in none of the taken boxes (T, 4)."""
    limits = np.array([image.shape[1], image.shape[0]]) + _OFF_PX
    within = (places[:, :2] >= -_OFF_PX).all(axis=1) & (places[:, 2:] <= limits).all(axis=1)
    low = np.maximum(places[:, None, :2], taken[None, :, :2])
    common = np.clip(np.minimum(places[:, None, 2:], taken[None, :, 2:]) - low, 0, None).prod(axis=2)
    return np.asarray(places[within & (common.max(axis=1, initial=0) <= _TOUCHES * area(places))], np.float32)


def _cut(places: FloatArray, taken: FloatArray, image: Image, least: float) -> FloatArray:
    """(M, 4) what is in the picture of those places (N, 4) that its edge cuts: so much of them, in no taken box (T, 4).

    A region that somebody draws, or a picture in an article, may begin in the middle of a row.
    """
    parts = np.clip(places, 0, [image.shape[1], image.shape[0]] * 2).astype(np.float32)
    reaches = np.abs(parts - places).max(axis=1) > _OFF_PX
    parts = parts[reaches & (area(parts) >= least * area(places))]
    return np.array([part for part in _free(parts, taken, image) if _stands_out(image, part)], np.float32).reshape(
        -1, 4
    )


def _place_of(part: FloatArray, places: FloatArray) -> FloatArray:
    """(4,) the one of the places (N, 4) that a part (4,) was cut from."""
    return np.asarray(places[iou_matrix(part[None], places)[0].argmax()], np.float32)


def _stands_out(image: Image, place: FloatArray) -> bool:
    """Whether the colours on both sides of each edge of a place (4,) differ, where the picture goes on beyond it."""
    outside = along_sides(place[None], _EDGE_PX, _OUTSIDE_PX)[:, 0]
    inside = along_sides(place[None], -_OUTSIDE_PX, -_EDGE_PX)[:, 0]
    for out, own in zip(outside, inside, strict=True):
        beyond, within = _usual_colour(image, out), _usual_colour(image, own)
        if beyond is not None and (within is None or np.abs(beyond - within).max() < _LEAST_LEVELS):
            return False
    return True


def _usual_colour(image: Image, box: FloatArray) -> npt.NDArray[np.float64] | None:
    """(3,) the median of a box (4,) of an image; none where nothing of it is in the picture."""
    x0, y0, x1, y1 = np.rint(box).astype(int)
    part = image[max(y0, 0) : max(y1, 0), max(x0, 0) : max(x1, 0)]
    return np.asarray(np.median(part.reshape(-1, 3), axis=0), np.float64) if part.size else None


def in_reading_order(tiles: FloatArray) -> FloatArray:
    """The tiles (N, 4) row by row, those of a row from left to right."""
    if not len(tiles):
        return tiles
    apart = float(np.median(tiles[:, 3] - tiles[:, 1])) / 2
    order = np.argsort(tiles[:, 1], kind="stable")
    rows = np.concatenate([[0], np.cumsum(np.diff(tiles[order, 1]) > apart)])
    return np.asarray(tiles[order[np.lexsort((tiles[order, 0], rows))]], np.float32)

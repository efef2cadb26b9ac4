"""The layout of one source's frames, searched again only where it may have changed."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from fer_desktop.core.geometry import is_tiny
from fer_desktop.core.types import Face, FloatArray, GalleryLayout, Image
from fer_desktop.vision.gallery.belief import SURE_SCORE, Gallery, count_outside, find_gallery
from fer_desktop.vision.gallery.change_detection import PictureWatch, TileWatch
from fer_desktop.vision.gallery.liveliness import Liveliness
from fer_desktop.vision.gallery.small_pictures import are_small_pictures
from fer_desktop.vision.gallery.tile_content import carries_names, shows_who_is_off
from fer_desktop.vision.gallery.tiles_by_lines.plausibility import has_narrow_gaps

_SAME_PX: Final = 2.0  # by which a tile's edge may differ from one search to the next
_LONGEST_PAUSE: Final = 15  # frames between two searches of a picture that changes and has no grid
_LONGEST_WAIT: Final = 60  # the same, of a picture that does not change
# Tiles without a ground between them do not show when they change: they are searched again after so many looks.
_TOUCHING_LOOKS: Final = 3
_MOST_LOOKS: Final = 16  # between two searches because of faces that no grid explains
_NONE: Final = np.zeros((0, 4), np.float32)


class TileGrid:
    """The tiles of one source's frames. For one thread."""

    def __init__(self) -> None:
        self.changes = 0  # increases when the tiles change
        self.found = GalleryLayout(_NONE, _NONE)  # as last searched, whether it is a call's or not
        self._proven = False  # something moved in it, or it carries names
        self._liveliness: Liveliness | None = None
        self._touching = False
        self._watch: TileWatch | PictureWatch | None = None
        self._waited = 0  # frames since the last search
        self._pause = 0  # frames to wait before searching a picture without a grid again: a film always changes
        self._looks = 0  # since the last search
        self._looks_apart = 1  # between two searches because of unexplained faces
        self._outside = 0  # faces that the last search left unexplained
        self._due = True

    @property
    def layout(self) -> GalleryLayout:
        """As last read; without tiles until it is known that they are a call's."""
        return self.found if self._proven else GalleryLayout(_NONE, self.found.shared)

    def has_changed(self, image: Image) -> bool:
        """Whether the layout of an image (H, W, 3) has to be searched anew; to be asked once a frame."""
        self._due = self._watch is None or self._is_due(image, self._watch)
        return self._due

    def read(self, image: Image, faces: Sequence[Face]) -> GalleryLayout:
        """The layout of an image, in which those faces are; the same while that of the images stays the same."""
        found = _sure_boxes(faces, len(image))
        self._looks += 1
        if self._due or self._is_doubtful(found):
            self._search(image, found)
        if not self._proven and len(self.found.tiles):
            self._proven = self._is_proven_by(image, found)
        return self.layout

    def _is_proven_by(self, image: Image, faces: FloatArray) -> bool:
        if self._liveliness is None:
            self._liveliness = Liveliness(image, self.found.tiles)
            return _is_plainly_a_call(image, self.found.tiles, faces)
        return self._liveliness.is_shown_by(image)

    def _is_due(self, image: Image, watch: TileWatch | PictureWatch) -> bool:
        self._waited += 1
        same = watch.is_unchanged(image)
        if isinstance(watch, TileWatch):
            return not same
        if same:
            self._pause = 0
            return self._waited > _LONGEST_WAIT
        return self._waited > self._pause

    def _is_doubtful(self, faces: FloatArray) -> bool:
        """Whether the faces have to do with the tiles less than when these were found."""
        if self._touching and self._looks >= _TOUCHING_LOOKS:
            return True
        if not len(self.found.tiles):
            return False
        return count_outside(self.found, faces) > self._outside and self._looks >= self._looks_apart

    def _search(self, image: Image, faces: FloatArray) -> None:
        unexplained = not self._due and not self._touching
        self._waited = self._looks = 0
        self._due = False
        found = find_gallery(image, faces)
        same = _same(found.layout.tiles, self.found.tiles) and _same(found.layout.shared, self.found.shared)
        if not same:
            self.found, self.changes, self._liveliness = found.layout, self.changes + 1, None
            self._proven &= len(found.layout.tiles) > 0
        self._looks_apart = min(2 * self._looks_apart, _MOST_LOOKS) if same and unexplained else 1
        self._remember(image, found, faces)

    def _remember(self, image: Image, found: Gallery, faces: FloatArray) -> None:
        tiles = self.found.tiles
        self._touching, self._outside = found.touching, count_outside(self.found, faces)
        self._watch = TileWatch(image, tiles) if len(tiles) else PictureWatch(image)
        self._pause = 0 if len(tiles) else min(2 * self._pause + 1, _LONGEST_PAUSE)


def _is_plainly_a_call(image: Image, tiles: FloatArray, faces: FloatArray) -> bool:
    """Whether a single picture, in which faces (F, 4) are, tells that tiles (N, 4) px are a call's."""
    if carries_names(image, tiles, faces[~are_small_pictures(image, faces)]):
        return True
    return len(tiles) > 1 and has_narrow_gaps(tiles) and shows_who_is_off(image, tiles, faces)


def _same(found: FloatArray, known: FloatArray) -> bool:
    return found.shape == known.shape and (not len(found) or float(np.abs(found - known).max()) <= _SAME_PX)


def _sure_boxes(faces: Sequence[Face], frame_height: int) -> FloatArray:
    found = [face.xyxy for face in faces if face.score >= SURE_SCORE]
    boxes = np.stack(found) if found else _NONE
    return boxes[~is_tiny(boxes, frame_height)]

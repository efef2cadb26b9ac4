"""A video call's gallery: its tiles, what tells them apart, and the faces in them."""

import numpy as np

from fer_desktop.core.seats.tile_evidence import TileFeatures
from fer_desktop.core.types import Face, FloatArray, Image
from fer_desktop.pipeline.ports import FaceDetector
from fer_desktop.vision.gallery.grid import TileGrid
from fer_desktop.vision.gallery.mosaic import cells_for, find_in_tiles
from fer_desktop.vision.gallery.template_tracking import face_patches, follow
from fer_desktop.vision.gallery.tile_features import TileViewer


class CallGallery:
    """Reads the galleries of Zoom, Meet and Teams by their looks. A GalleryReader; one session, one thread."""

    def __init__(self, detector: FaceDetector) -> None:
        self._detector, self._grid, self._viewer = detector, TileGrid(), TileViewer()
        self._tiles = np.zeros((0, 4), np.float32)  # of the last image

    def tiles(self, image: Image) -> FloatArray:
        """(N, 4) px of the tiles of an image (H, W, 3) BGR in reading order; (0, 4) where it is no gallery."""
        self._tiles = self._grid.tiles(image)
        return self._tiles

    def features(self, image: Image, tiles: FloatArray) -> TileFeatures:
        """What tells the tiles (N, 4) px of an image from one another."""
        return self._viewer.features(image, tiles)

    def find(self, image: Image, tiles: FloatArray) -> list[list[Face]]:
        """The faces of each of the tiles (N, 4) px, which are of the last image, best first, in px of the image."""
        return find_in_tiles(self._detector, image, tiles, cells_for(self._tiles))

    def make_templates(self, image: Image, xyxy: FloatArray) -> FloatArray:
        """(N, P, P) what `follow` finds the faces (N, 4) px by."""
        return face_patches(image, xyxy)

    def follow(self, image: Image, xyxy: FloatArray, templates: FloatArray) -> tuple[FloatArray, FloatArray]:
        """How far (N, 2) px faces have moved from (N, 4) px, and how much (N,) -1 to 1 they look as before."""
        return follow(image, xyxy, templates)

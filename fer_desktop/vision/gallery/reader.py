"""A video call's gallery: its tiles, their features, and the faces in them."""

import numpy as np

from fer_desktop.core.seats.tile_evidence import TileFeatures
from fer_desktop.core.types import Face, FloatArray, Image
from fer_desktop.pipeline.ports import FaceDetector
from fer_desktop.vision.gallery.grid import TileGrid
from fer_desktop.vision.gallery.mosaic import cells_for, find_in_tiles
from fer_desktop.vision.gallery.template_tracking import follow, make_templates
from fer_desktop.vision.gallery.tile_features import FeatureExtractor


class CallGallery:
    """Reads galleries of Zoom, Meet and Teams from their pixels. A GalleryReader; one session, one thread."""

    def __init__(self, detector: FaceDetector) -> None:
        self._detector, self._grid, self._features = detector, TileGrid(), FeatureExtractor()
        self._tiles = np.zeros((0, 4), np.float32)  # of the last image

    def tiles(self, image: Image) -> FloatArray:
        """(N, 4) px of the tiles of an image (H, W, 3) BGR in reading order; (0, 4) where it is not a gallery."""
        self._tiles = self._grid.tiles(image)
        return self._tiles

    def features(self, image: Image, tiles: FloatArray) -> TileFeatures:
        """The features that tell the tiles (N, 4) px of an image apart."""
        return self._features.features(image, tiles)

    def find(self, image: Image, tiles: FloatArray) -> list[list[Face]]:
        """The faces in each of the tiles (N, 4) px of the last image, best first, in px of the image."""
        return find_in_tiles(self._detector, image, tiles, cells_for(self._tiles))

    def make_templates(self, image: Image, xyxy: FloatArray) -> FloatArray:
        """(N, P, P) templates of the faces (N, 4) px, for `follow`."""
        return make_templates(image, xyxy)

    def follow(self, image: Image, xyxy: FloatArray, templates: FloatArray) -> tuple[FloatArray, FloatArray]:
        """How far faces moved from (N, 4) px, (N, 2) px, and how well they match their templates, (N,) -1 to 1."""
        return follow(image, xyxy, templates)

"""A video call's gallery: its tiles, their features, and the faces in them."""

from collections.abc import Sequence

from fer_desktop.core.seats.tile_evidence import TileFeatures
from fer_desktop.core.types import Face, FloatArray, GalleryLayout, Image
from fer_desktop.pipeline.ports import FaceDetector
from fer_desktop.vision.gallery.mosaic import cells_for, find_in_tiles
from fer_desktop.vision.gallery.template_tracking import follow, make_templates
from fer_desktop.vision.gallery.tile_features import FeatureExtractor
from fer_desktop.vision.gallery.tile_grid import TileGrid


class CallGallery:
    """Reads galleries of Zoom, Meet and Teams from their pixels. A GalleryReader; one session, one thread."""

    def __init__(self, detector: FaceDetector) -> None:
        self._detector, self._grid, self._features = detector, TileGrid(), FeatureExtractor()

    def has_changed(self, image: Image) -> bool:
        """Whether the layout of an image (H, W, 3) BGR may differ from the last one read; asked once a frame."""
        return self._grid.has_changed(image)

    def layout(self, image: Image, faces: Sequence[Face]) -> GalleryLayout:
        """The layout of an image in which those faces were found; without tiles where it is not a gallery."""
        return self._grid.read(image, faces)

    def features(self, image: Image, tiles: FloatArray) -> TileFeatures:
        """The features that tell the tiles (N, 4) px of an image apart."""
        return self._features.features(image, tiles)

    def find(self, image: Image, tiles: FloatArray) -> list[list[Face]]:
        """The faces in each of the tiles (N, 4) px of the last image, best first, in px of the image."""
        known = self._grid.layout.tiles
        return find_in_tiles(self._detector, image, tiles, cells_for(known if len(known) else tiles))

    def make_templates(self, image: Image, xyxy: FloatArray) -> FloatArray:
        """(N, P, P) templates of the faces (N, 4) px, for `follow`."""
        return make_templates(image, xyxy)

    def follow(self, image: Image, xyxy: FloatArray, templates: FloatArray) -> tuple[FloatArray, FloatArray]:
        """How far faces moved from (N, 4) px, (N, 2) px, and how well they match their templates, (N,) -1 to 1."""
        return follow(image, xyxy, templates)

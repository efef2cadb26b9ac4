"""A video call's gallery: its tiles, what tells them apart, and the faces in them."""

from fer_desktop.core.tile_evidence import TileViews
from fer_desktop.core.types import Face, FloatArray, Image
from fer_desktop.pipeline.ports import FaceDetector
from fer_desktop.vision.grid import TileGrid
from fer_desktop.vision.mosaic import CELLS, find_in_tiles
from fer_desktop.vision.tile_views import TileViewer


class CallGallery:
    """Reads the galleries of Zoom, Meet and Teams by their looks. A GalleryReader; one session, one thread."""

    at_once = CELLS

    def __init__(self, detector: FaceDetector) -> None:
        self._detector, self._grid, self._viewer = detector, TileGrid(), TileViewer()

    def read(self, image: Image) -> TileViews:
        """The tiles of an image (H, W, 3) BGR; none where it is no gallery."""
        return self._viewer.views(image, self._grid.tiles(image))

    def find(self, image: Image, tiles: FloatArray) -> list[list[Face]]:
        """The faces of each of the tiles (N, 4) px, best first, in px of the image."""
        return find_in_tiles(self._detector, image, tiles)

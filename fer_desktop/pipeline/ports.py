"""What the flow asks of the world. The rooms beside this one fulfil these without knowing of one another."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from fer_desktop.core.seats.tile_evidence import TileFeatures
from fer_desktop.core.types import Analysis, Face, FloatArray, Frame, Image
from fer_desktop.pipeline.events import SessionEvent


class Source(Protocol):
    """Where frames come from. Opened, read and closed in one thread; only `cancel` may be called from another."""

    @property
    def name(self) -> str:
        """What the user calls it."""

    @property
    def reopens(self) -> bool:
        """Whether a failed source is worth opening again (a camera is, a broken file is not)."""

    def open(self) -> None:
        """Raises SourceError where it cannot be had."""

    def read(self) -> Frame | None:
        """The next frame; waits for it. None where the source has ended, was cancelled or is closed.

        Raises SourceError where it failed.
        """

    def cancel(self) -> None:
        """Makes a waiting `open` or `read` return soon, and every later one; for good."""

    def close(self) -> None:
        """Releases what `open` took; may be called twice."""


class FaceDetector(Protocol):
    """Finds faces."""

    def detect(self, image: Image) -> list[Face]:
        """The faces in an image (H, W, 3) BGR, in its pixels, best first."""


class GalleryReader(Protocol):
    """Reads frames that are the gallery of a call. One session, one thread: it remembers the layout."""

    def tiles(self, image: Image) -> FloatArray:
        """(N, 4) px of the tiles of an image (H, W, 3) BGR in reading order; (0, 4) where it is no gallery."""

    def features(self, image: Image, tiles: FloatArray) -> TileFeatures:
        """What tells the tiles (N, 4) px of an image from one another."""

    def find(self, image: Image, tiles: FloatArray) -> list[list[Face]]:
        """The faces of each of the tiles (N, 4) px, which are of the last image, best first, in px of the image."""

    def make_templates(self, image: Image, xyxy: FloatArray) -> FloatArray:
        """(N, P, P) what `follow` finds the faces (N, 4) px by."""

    def follow(self, image: Image, xyxy: FloatArray, templates: FloatArray) -> tuple[FloatArray, FloatArray]:
        """How far (N, 2) px faces have moved from (N, 4) px, and how much (N,) -1 to 1 they look as before."""


@dataclass(frozen=True, slots=True)
class CropSpec:
    """What a network takes."""

    side_px: int
    channels: int  # 1 grey, 3 RGB


class CropCutter(Protocol):
    """Cuts crops out of a frame."""

    def __call__(self, image: Image, squares: FloatArray, spec: CropSpec, /) -> npt.NDArray[np.uint8]:
        """(N, side, side, channels) crops of the squares (N, 4) px; what lies past the frame repeats its edge."""


class ExpressionClassifier(Protocol):
    """Reads expressions."""

    @property
    def spec(self) -> CropSpec:
        """The crops it takes."""

    def classify(self, crops: npt.NDArray[np.uint8]) -> FloatArray:
        """(N, 7) calibrated probabilities in EXPRESSIONS' order, each row sum 1, of crops (N, side, side, channels)."""


class Analyzer(Protocol):
    """Reads the frames of one session."""

    def analyze(self, frame: Frame, excluded: frozenset[int] = frozenset()) -> Analysis:
        """What the frame shows; seats that are left out are not read and count nowhere."""

    def current_seat(self, seat: int) -> int:
        """The seat that stands for this one now, after any number of merges in the scene of the last frame."""


class EventSink(Protocol):
    """Keeps or shows what a session tells."""

    def write(self, event: SessionEvent) -> None:
        """Keeps one event; it is safe on disk when this returns. Raises StoreError, and may then be tried again."""


class SessionFile(EventSink, Protocol):
    """Where the record of a session is kept."""

    @property
    def path(self) -> Path:
        """The file."""

    def close(self) -> None:
        """Ends the file; may be called twice."""

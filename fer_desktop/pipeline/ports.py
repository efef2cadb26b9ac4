"""Interfaces that the pipeline needs. Sibling packages implement them without knowing one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from fer_desktop.core.messages import Message
from fer_desktop.core.seats.tile_evidence import TileFeatures
from fer_desktop.core.types import Analysis, Face, FloatArray, Frame, GalleryLayout, Image
from fer_desktop.pipeline.events import SessionEvent


class Source(Protocol):
    """Where frames come from. Opened, read and closed in one thread; only `cancel` may be called from another."""

    @property
    def name(self) -> str:
        """The name that the user knows it by."""

    @property
    def reopens(self) -> bool:
        """Whether a failed source is worth opening again (a camera is, a broken file is not)."""

    def open(self) -> None:
        """Raises SourceError where it cannot be opened."""

    def read(self) -> Frame | None:
        """The next frame; waits for it. None where the source ended, was cancelled or is closed.

        Raises SourceError where it failed.
        """

    def cancel(self) -> None:
        """Makes a waiting `open` or `read` return soon, and every later one; for good."""

    def close(self) -> None:
        """Releases what `open` acquired; may be called twice."""


class FaceDetector(Protocol):
    """Detects faces."""

    def detect(self, image: Image) -> list[Face]:
        """The faces in an image (H, W, 3) BGR, in its pixels, best first."""


class GalleryReader(Protocol):
    """Reads frames that are the gallery of a call. One session, one thread: it remembers the layout."""

    def has_changed(self, image: Image) -> bool:
        """Whether the layout of an image (H, W, 3) BGR may differ from the last one read; asked once a frame."""

    def layout(self, image: Image, faces: Sequence[Face]) -> GalleryLayout:
        """The layout of an image in which those faces were found; without tiles where it is not a gallery."""

    def features(self, image: Image, tiles: FloatArray) -> TileFeatures:
        """The features that tell the tiles (N, 4) px of an image apart."""

    def find(self, image: Image, tiles: FloatArray) -> list[list[Face]]:
        """The faces in each of the tiles (N, 4) px of the last image, best first, in px of the image."""

    def make_templates(self, image: Image, xyxy: FloatArray) -> FloatArray:
        """(N, P, P) templates of the faces (N, 4) px, for `follow`."""

    def follow(self, image: Image, xyxy: FloatArray, templates: FloatArray) -> tuple[FloatArray, FloatArray]:
        """How far faces moved from (N, 4) px, (N, 2) px, and how well they match their templates, (N,) -1 to 1."""


@dataclass(frozen=True, slots=True)
class CropSpec:
    """The crops that a network takes."""

    side_px: int
    channels: int  # 1 grey, 3 RGB


class CropCutter(Protocol):
    """Cuts crops out of a frame."""

    def __call__(self, image: Image, squares: FloatArray, spec: CropSpec, /) -> npt.NDArray[np.uint8]:
        """(N, side, side, channels) crops of the squares (N, 4) px; beyond the frame its edge pixels are repeated."""


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
        """All that can be read from the frame; excluded seats are neither read nor counted."""

    def current_seat(self, seat: int) -> int:
        """The seat that replaced this one after any number of merges in the scene of the last frame."""


class EventSink(Protocol):
    """Stores or shows a session's events."""

    def write(self, event: SessionEvent) -> None:
        """Takes one event; what it stores is on disk when this returns. Raises StoreError, and may be tried again."""


@runtime_checkable
class BatchSink(EventSink, Protocol):
    """A sink that catches up at once with what it missed."""

    def write_many(self, events: Sequence[SessionEvent]) -> None:
        """As `write` for each, but all or none of them."""


class SessionStorage(EventSink, Protocol):
    """Where a session is stored beside its file."""

    @property
    def notice(self) -> Message | None:
        """What happened to it that the user should know; nothing is lost by it. None: nothing happened."""

    def move_csv(self, file: Path) -> None:
        """The session's file is another one from here on. Raises StoreError; it is stored with the next event then."""

    def reopen(self) -> None:
        """Goes on with a session after its end. Raises StoreError where it is not there any more."""

    def close(self) -> None:
        """Lets it go; may be called twice."""


class SessionFile(EventSink, Protocol):
    """The file that stores a session's events."""

    @property
    def path(self) -> Path | None:
        """Where the file is; another one where it had to be written anew. None: the session is kept nowhere."""

    @property
    def notice(self) -> Message | None:
        """What happened to the file that the user should know; nothing is lost by it. None: nothing happened."""

    def verify(self) -> None:
        """Opens the closed file again and sees whether all is there that was written; else mends it.

        Raises StoreError where that cannot be done, and may be tried again.
        """

    def reopen(self) -> None:
        """Opens the closed file again to go on. Raises StoreError where it is not as it was left."""

    def close(self) -> None:
        """Closes the file; may be called twice."""

"""Small pictures of what each source shows, taken in a thread of their own, one source open at a time."""

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, QSize, Qt, QThread, Signal
from PySide6.QtGui import QImage

from fer_desktop.core.errors import FerError
from fer_desktop.core.policy import Opening, opening_of, verdict
from fer_desktop.core.sources import CameraChoice, Region, SourceChoice
from fer_desktop.core.types import Image
from fer_desktop.pipeline.ports import Source
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.look.words import told
from fer_desktop.ui.toolkit.qimage import as_qimage

logger = logging.getLogger(__name__)

SIZE: Final = QSize(640, 360)
SCREEN_EVERY_S: Final = 1.0
LOOK_EVERY_S: Final = 0.1


def thumbnail(image: Image) -> QImage:
    """A picture (H, W, 3) BGR made to fit a card."""
    # Every n-th pixel first: smooth scaling of a whole 4K picture costs 50 ms, and a card does not show the difference.
    step = max(1, min(image.shape[0] // SIZE.height(), image.shape[1] // SIZE.width()))
    whole = as_qimage(image[::step, ::step])
    return whole.scaled(SIZE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


class ThumbnailThread(QThread):
    """Finds the cameras, takes a picture of the demo class, then keeps the screen's picture fresh.

    A source that the user points at is shown live until they point elsewhere; no camera is switched on before that.
    Nothing is captured before responsible use is settled, and the screen not where a live class must not be.
    """

    cameras_found = Signal(object)  # list[CameraChoice]
    picture = Signal(str, object)  # a card's key, QImage
    silent = Signal(str, str)  # a card's key, why there is no picture

    def __init__(self, services: Services, region: Region | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._region = services, region
        self._stop, self._lock = threading.Event(), threading.Lock()
        self._changed = threading.Event()
        self._open: Source | None = None
        self._wanted: SourceChoice | None = None

    def stop(self) -> None:
        """Makes `run` release what is open and return soon; from any thread."""
        self._stop.set()
        self._changed.set()
        self.requestInterruption()
        with self._lock:
            if self._open is not None:
                self._open.cancel()

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stop.is_set()

    def look_at(self, choice: SourceChoice | None) -> None:
        """Shows that source live from now on; None: none."""
        if choice != self._wanted:
            self._wanted = choice
            self._changed.set()

    def run(self) -> None:
        """Works until stopped, all in the calling thread."""
        try:
            self._work()
        except Exception:
            # Cards without pictures still work.
            logger.exception("Fault while taking thumbnails")

    def _work(self) -> None:
        self._screens()
        self._show(self._services.demo(), frames=1)
        self.cameras_found.emit(self._cameras())
        while not self._stop.is_set():
            wanted = self._wanted
            self._changed.clear()
            if wanted is not None and wanted == self._wanted:
                self._show(wanted, frames=None)
            self._changed.wait(SCREEN_EVERY_S)
            self._screens()

    def _may_open(self, opening: Opening) -> bool:
        return verdict(self._services.settings(), opening).allowed

    def _cameras(self) -> list[CameraChoice]:
        try:
            return list(self._services.cameras())
        except FerError as error:
            logger.info("No cameras: %s", error)
            return []

    def _screens(self) -> None:
        if not self._may_open(Opening.LIVE_CLASS):
            return
        region = self._region
        if region is not None:
            self._try("again", lambda: self._grab("again", [region]))
        self._try("region", lambda: self._grab("region", self._services.screens()))

    def _grab(self, key: str, regions: Sequence[Region]) -> None:
        """A picture of the first of the regions."""
        if regions and not self._stop.is_set():
            self.picture.emit(key, thumbnail(self._services.grab(regions[0])))

    def _show(self, choice: SourceChoice, frames: int | None) -> None:
        """Pictures of a source: the last of so many frames, or all of them until something else is wanted."""
        if self._stop.is_set() or not self._may_open(opening_of(choice)):
            return
        self._try(card_key(choice), lambda: self._read(choice, frames))

    def _read(self, choice: SourceChoice, frames: int | None) -> None:
        source = self._services.source(choice)
        with self._lock:
            self._open = source
        try:
            # Asked after `stop` can reach the source: one that came before then cancelled nothing.
            if self._stop.is_set():
                return
            source.open()
            count = 0
            while not self._stop.is_set() and (frame := source.read()) is not None:
                count += 1
                if frames is None or count == frames:
                    self.picture.emit(card_key(choice), thumbnail(frame.image))
                if count == frames or (frames is None and self._wanted != choice):
                    return
                if frames is None:
                    self._changed.wait(LOOK_EVERY_S)
        finally:
            with self._lock:
                self._open = None
            source.close()

    def _try(self, key: str, take: Callable[[], None]) -> None:
        try:
            take()
        except FerError as error:
            if not self._stop.is_set():
                self.silent.emit(key, told(error.message))


def card_key(choice: SourceChoice) -> str:
    """What tells the card of that source from the others."""
    return f"{choice.kind}:{choice.name}"

"""The demo class, small and moving while it is seen."""

import threading
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QPainter, QPainterPath, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fer_desktop.pipeline.ports import Source
from fer_desktop.ui.bridge.jobs import Job
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.look.motion import reduced_motion
from fer_desktop.ui.look.theme import RADIUS, current_theme
from fer_desktop.ui.toolkit.qimage import as_qimage

_SIZE: Final = QSize(240, 135)
_SHARPEST: Final = QSize(480, 270)  # px, on a screen of two device pixels each
_EVERY_S: Final = 0.1


class DemoPicture(QWidget):
    """Plays the demo class without a sound or a reading; stands still where the system asks for less motion."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._player: DemoPlayer | None = None
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("The demo class"))

    @property
    def has_image(self) -> bool:
        """Whether a frame has come."""
        return self._image is not None

    @property
    def plays(self) -> bool:
        """Whether it is to move."""
        return self._player is not None

    def sizeHint(self) -> QSize:
        """Small."""
        return _SIZE

    def showEvent(self, event: QShowEvent) -> None:
        """Begins to play."""
        super().showEvent(event)
        if self._player is None:
            self._player = player = DemoPlayer(self._services, frames=1 if reduced_motion() else None)
            player.picture.connect(self._show_picture)
            # A job is not waited for when the page is left: the demo class may take a while to load.
            Job(player.play).begin()

    def hideEvent(self, event: QHideEvent) -> None:
        """Closes it: nothing is painted that nobody sees."""
        super().hideEvent(event)
        self.stop()

    def stop(self) -> None:
        """Ends it soon; does not wait."""
        player, self._player = self._player, None
        if player is not None:
            player.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The last frame in round corners."""
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), theme.track)
        if self._image is not None:
            painter.drawImage(self.rect(), self._image)

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.update()

    def _show_picture(self, image: QImage) -> None:
        if self._player is not None:
            self._image = image
            self.update()


class DemoPlayer(QObject):
    """Paints the demo class's frames, some ten a second, in a job's thread."""

    picture = Signal(object)  # QImage

    def __init__(self, services: Services, frames: int | None) -> None:
        """`frames`: it ends after so many; None: not by itself before the script does."""
        super().__init__()
        self._services, self._frames = services, frames
        self._stopped, self._lock = threading.Event(), threading.Lock()
        self._open: Source | None = None

    def stop(self) -> None:
        """Makes `play` return soon; from any thread."""
        self._stopped.set()
        with self._lock:
            if self._open is not None:
                self._open.cancel()

    def play(self) -> None:
        """Plays until stopped, all in the calling thread. Raises SourceError."""
        source, count = self._services.source(self._services.demo()), 0
        try:
            with self._lock:
                if self._stopped.is_set():
                    return
                self._open = source
            source.open()
            while not self._stopped.is_set() and (frame := source.read()) is not None:
                whole = as_qimage(frame.image[::2, ::2])
                fits = Qt.AspectRatioMode.KeepAspectRatio
                self.picture.emit(whole.scaled(_SHARPEST, fits, Qt.TransformationMode.SmoothTransformation))
                count += 1
                if count == self._frames:
                    return
                self._stopped.wait(_EVERY_S)
        finally:
            with self._lock:
                self._open = None
            source.close()

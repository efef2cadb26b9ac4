"""A picture of the window that is about to be chosen."""

import logging
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import WindowChoice
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.look.icons import icon
from fer_desktop.ui.look.theme import RADIUS, SPACE, TEXT, app_font, current_theme
from fer_desktop.ui.look.words import told
from fer_desktop.ui.sources.thumbnails import thumbnail
from fer_desktop.ui.toolkit.accessible import Role, speak_as

logger = logging.getLogger(__name__)

_ICON_PX: Final = 40
_NOTHING_LEFT: Final = 0.98  # covered to this share, a picture shows nothing


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a window gave."""

    window: WindowChoice
    image: QImage | None  # None where nothing of it can be seen
    sentence: str = ""  # why, or what the picture lacks


def look(services: Services, window: WindowChoice) -> Look:
    """How the window looks now; slow, from a worker."""
    try:
        image, covered = services.window_picture(window)
    except SourceError as error:
        logger.info("No picture of a window: %s", error)
        return Look(window, None, told(error.message))
    if covered > _NOTHING_LEFT:
        sentence = QCoreApplication.translate(
            "WindowPreview", "Other windows lie over it now.\nIt is read as soon as it lies free."
        )
        return Look(window, None, sentence)
    partly = QCoreApplication.translate(
        "WindowPreview", "Black where other windows lie over it now. It is read as soon as it lies free."
    )
    return Look(window, thumbnail(image), partly if covered else "")


class WindowPreview(QWidget):
    """The picture in a card of 16:9, or a sentence where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._sentence = ""
        self.setAccessibleName(self.tr("Picture of the window"))
        speak_as(self, Role.Graphic)
        self.setMinimumSize(240, 135)

    def show_look(self, image: QImage | None, sentence: str = "") -> None:
        """The picture; without one, the sentence."""
        self._image, self._sentence = image, sentence
        self.setAccessibleDescription(sentence)
        self.update()

    @property
    def has_image(self) -> bool:
        """Whether it shows a picture."""
        return self._image is not None

    @property
    def sentence(self) -> str:
        """What it says instead of a picture."""
        return self._sentence

    def sizeHint(self) -> QSize:
        """A picture of 16:9."""
        return QSize(448, 252)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the card, and in it the picture or the sentence."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        shape = QPainterPath()
        shape.addRoundedRect(frame, RADIUS, RADIUS)
        painter.fillPath(shape, theme.track)
        if self._image is not None:
            painter.save()
            painter.setClipPath(shape)
            whole = QSize(self._image.size()).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(self.rect().topLeft(), whole)
            place.moveCenter(self.rect().center())
            painter.drawImage(place, self._image)
            painter.restore()
        else:
            self._paint_sentence(painter)
        painter.setPen(QPen(theme.line, 1))
        painter.drawPath(shape)

    def _paint_sentence(self, painter: QPainter) -> None:
        room = self.rect().adjusted(4 * SPACE, 0, -4 * SPACE, 0)
        painter.setFont(app_font(TEXT))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        words = painter.boundingRect(QRect(0, 0, room.width(), room.height()), flags, self._sentence)
        height = _ICON_PX + (2 * SPACE + words.height() if self._sentence else 0)
        top = room.center().y() - height // 2
        place = QRect(room.center().x() - _ICON_PX // 2, top, _ICON_PX, _ICON_PX)
        icon("dock-window", "muted").paint(painter, place)
        painter.setPen(current_theme().muted)
        painter.drawText(
            QRect(room.left(), place.bottom() + 2 * SPACE, room.width(), words.height()), flags, self._sentence
        )

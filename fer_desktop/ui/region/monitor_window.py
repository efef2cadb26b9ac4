"""One monitor under the region picker: its frozen picture, and the pointer that draws a region on it."""

import sys
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QWidget

from fer_desktop.core.sources import Region
from fer_desktop.core.types import Image
from fer_desktop.ui.look.theme import SPACE
from fer_desktop.ui.region.geometry import INSIDE, Gesture, Grip, Monitor, Point, grip_at, large_enough, pixel_at
from fer_desktop.ui.region.painting import (
    frozen,
    magnifier_rect,
    paint_handles,
    paint_magnifier,
    paint_region,
    paint_size,
    size_rect,
)
from fer_desktop.ui.region.toolbar import RegionBar

_REACH: Final = 8.0  # logical px around an edge that take hold of it
_CURSORS: Final = {
    None: Qt.CursorShape.CrossCursor,
    INSIDE: Qt.CursorShape.SizeAllCursor,
    Grip(-1, 0): Qt.CursorShape.SizeHorCursor,
    Grip(1, 0): Qt.CursorShape.SizeHorCursor,
    Grip(0, -1): Qt.CursorShape.SizeVerCursor,
    Grip(0, 1): Qt.CursorShape.SizeVerCursor,
    Grip(-1, -1): Qt.CursorShape.SizeFDiagCursor,
    Grip(1, 1): Qt.CursorShape.SizeFDiagCursor,
    Grip(1, -1): Qt.CursorShape.SizeBDiagCursor,
    Grip(-1, 1): Qt.CursorShape.SizeBDiagCursor,
}


class RegionWindow(QWidget):
    """A frameless window over one monitor. The pixels that it shows are those that the pointer means."""

    drawn = Signal()  # the region was drawn or moved here
    entered = Signal()  # the pointer came here
    keyed = Signal(int, object)  # Qt.Key, Qt.KeyboardModifier
    confirmed = Signal()
    cancelled = Signal()

    def __init__(self, screen: QScreen, monitor: Monitor, image: Image) -> None:
        super().__init__()
        self.setWindowFlags(
            Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        )
        self.setWindowTitle(self.tr("Choose a screen region"))
        self.setAccessibleName(self.tr("Screen region"))
        # The main window is hidden meanwhile: the last of these windows must not end the program.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self._monitor = monitor
        self._bright, self._dim = frozen(image)
        self._region: Region | None = None
        self._gesture: Gesture | None = None
        self._pointer: QPointF | None = None
        self._bar = RegionBar(self)
        self._bar.hide()
        self._bar.confirmed.connect(self.confirmed)
        self._bar.cancelled.connect(self.cancelled)
        self.setFocus()  # before the buttons get it: Enter means the region

    @property
    def monitor(self) -> Monitor:
        """The monitor that it covers."""
        return self._monitor

    @property
    def region(self) -> Region | None:
        """What is drawn here, perhaps too small to be used; device pixels of the virtual desktop."""
        return self._region

    @property
    def usable(self) -> bool:
        """Whether what is drawn here can be used."""
        return large_enough(self._region, self._monitor.region)

    def cover(self) -> None:
        """Shows the window over its monitor."""
        if sys.platform == "darwin":
            self.show()  # a full-screen window would glide into a space of its own
        else:
            self.showFullScreen()

    def show_region(self, region: Region | None) -> None:
        """Draws another region, or none."""
        self._region = region
        self.setAccessibleDescription("" if region is None else _in_words(region))
        self._place_bar()
        self.update()

    def show_bar(self, shown: bool) -> None:
        """Shows the hint and the buttons here, or not."""
        self._bar.setVisible(shown)
        self._place_bar()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes hold of the region, or starts a new one."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        start = self._pixel(event.position())
        self._gesture = Gesture(self._grip(start), start, self._region, self._monitor.region)
        self._pointer = event.position()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Goes on drawing, or shows by the cursor what a press would do."""
        self._pointer = event.position()
        pixel = self._pixel(event.position())
        if self._gesture is None:
            self.setCursor(_CURSORS[self._grip(pixel)])
        elif pixel != self._gesture.start:
            self._bar.hide()
            self._region = self._gesture.region_at(pixel)
            self.drawn.emit()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go of the region."""
        if event.button() is not Qt.MouseButton.LeftButton or self._gesture is None:
            return
        self.mouseMoveEvent(event)  # a release may be the first event to report the last pixels
        self._gesture = None
        self.show_bar(True)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Uses the region."""
        if self._grip(self._pixel(event.position())) == INSIDE:
            self.confirmed.emit()
        else:
            self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leaves keys to the picker, since the region may be on another monitor."""
        self.keyed.emit(event.key(), event.modifiers())

    def enterEvent(self, event: QEnterEvent) -> None:
        """Brings the magnifier, and the bar where nothing is drawn yet."""
        self._pointer = event.position()
        self.entered.emit()

    def leaveEvent(self, _event: QEvent) -> None:
        """Takes the magnifier away."""
        self._pointer = None
        self.update()

    def closeEvent(self, _event: QCloseEvent) -> None:
        """Ends the picker when the window manager closes one of its windows."""
        self.cancelled.emit()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Keeps the bar at its place."""
        self._place_bar()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws all of it."""
        painter = QPainter(self)
        scale = self._monitor.scale
        painter.save()
        # In device pixels: the frozen picture is drawn one to one at any scale factor.
        painter.scale(1 / scale, 1 / scale)
        painter.drawImage(0, 0, self._dim)
        if self._region is not None:
            paint_region(painter, self._bright, self._local_px(self._region), scale, usable=self.usable)
        painter.restore()
        if self._region is not None:
            self._paint_handles_and_size(painter, self._region)
        if self._shows_magnifier() and self._pointer is not None:
            self._paint_magnifier(painter, self._pointer)
        painter.end()

    def _paint_handles_and_size(self, painter: QPainter, region: Region) -> None:
        rect = self._local(region)
        if self._gesture is None or self._gesture.grip is not None:
            paint_handles(painter, rect)
        paint_size(painter, size_rect(rect, self._room(), size_text(region)), size_text(region), usable=self.usable)

    def _paint_magnifier(self, painter: QPainter, pointer: QPointF) -> None:
        pixel = self._pixel(pointer)
        corner = self._monitor.region
        caption = f"{pixel.x}, {pixel.y}"
        local = (pixel.x - corner.left, pixel.y - corner.top)
        paint_magnifier(painter, self._bright, local, magnifier_rect(pointer, self._room()), caption)

    def _shows_magnifier(self) -> bool:
        if self._gesture is not None:
            return self._gesture.grip != INSIDE
        return self._pointer is not None and self._region is None and not self._bar.underMouse()

    def _place_bar(self) -> None:
        self._bar.tell(drawn=self._region is not None, usable=self.usable)
        place = self._place_for(QRectF(self._bar.rect()))
        self._bar.move(round(place.x()), round(place.y()))

    def _place_for(self, bar: QRectF) -> QRectF:
        """The foot of the monitor, or its head, or else inside the region: never on the region's edges or size."""
        room = self._room()
        bar.moveCenter(room.center())
        bar.moveBottom(room.bottom() - 4 * SPACE)
        if self._region is None:
            return bar
        region = self._local(self._region)
        taken = region.united(size_rect(region, room, size_text(self._region)))
        head = QRectF(bar)
        head.moveTop(room.top() + 4 * SPACE)
        inside = QRectF(bar)
        inside.moveBottom(min(bar.bottom(), region.bottom() - 3 * SPACE))
        if not bar.intersects(taken):
            return bar
        return inside if head.intersects(taken) else head

    def _grip(self, pixel: Point) -> Grip | None:
        return None if self._region is None else grip_at(pixel, self._region, _REACH * self._monitor.scale)

    def _pixel(self, position: QPointF) -> Point:
        return pixel_at(position.x(), position.y(), self._monitor)

    def _local_px(self, region: Region) -> QRect:
        corner = self._monitor.region
        return QRect(region.left - corner.left, region.top - corner.top, region.width, region.height)

    def _local(self, region: Region) -> QRectF:
        rect, scale = self._local_px(region), self._monitor.scale
        return QRectF(rect.x() / scale, rect.y() / scale, rect.width() / scale, rect.height() / scale)

    def _room(self) -> QRectF:
        return QRectF(self.rect())


def size_text(region: Region) -> str:
    """A region's size in the user's language."""
    text = QCoreApplication.translate("RegionWindow", "{width} × {height} px")
    return text.format(width=region.width, height=region.height)


def _in_words(region: Region) -> str:
    text = QCoreApplication.translate(
        "RegionWindow", "{width} by {height} pixels, {left} from the left, {top} from the top"
    )
    return text.format(width=region.width, height=region.height, left=region.left, top=region.top)

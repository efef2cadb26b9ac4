"""Where a frame lies in the widget that shows it."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize

from fer_desktop.core.types import FloatArray, Image


@dataclass(frozen=True, slots=True)
class FrameMapping:
    """From px of a frame to px of a widget and back."""

    rect: QRectF  # where the frame lies, px of the widget
    scale: float  # px of the widget over px of the frame

    @classmethod
    def letterboxed(cls, image: Image, view: QSize) -> "FrameMapping":
        """The whole frame (H, W, 3) in the middle of the view, as large as it fits."""
        height, width = image.shape[:2]
        scale = min(view.width() / width, view.height() / height)
        left, top = (view.width() - width * scale) / 2, (view.height() - height * scale) / 2
        return cls(QRectF(left, top, width * scale, height * scale), scale)

    def to_widget(self, xyxy: FloatArray) -> QRectF:
        """The box (4,), px of the frame, where it is painted."""
        x0, y0, x1, y1 = (float(edge) * self.scale for edge in xyxy)
        return QRectF(x0, y0, x1 - x0, y1 - y0).translated(self.rect.topLeft())

    def to_frame(self, point: QPointF) -> tuple[float, float]:
        """The (x, y) in px of the frame that is painted there; past its edges too."""
        place = (point - self.rect.topLeft()) / self.scale
        return place.x(), place.y()

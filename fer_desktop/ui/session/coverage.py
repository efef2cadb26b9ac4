"""How much the figures rest on: how many of the cameras that are on show a readable face, and why the rest do not."""

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from fer_desktop.core.readings.withholding import MIN_READABLE, is_withheld
from fer_desktop.core.types import State, Summary
from fer_desktop.ui.live.reasons import not_read_words
from fer_desktop.ui.look.theme import SMALL, SPACE, TEXT, app_font, current_theme

_WHY_WITHHELD: Final = (
    "Figures from so few faces would describe individual people, not a class: none are shown or saved."
)


_LINE_PX: Final = 3 * SPACE
_SECOND_PX: Final = 2 * SPACE


def coverage_words(summary: Summary | None) -> str:
    """ "31 of 42 cameras readable", or why there is no such figure."""
    if summary is None:
        return "Nothing read yet"
    if summary.state is State.PAUSED:
        return "Paused: no figures"
    if summary.state is State.NO_SOURCE:
        return "The source gives no picture"
    if not summary.cameras_on and summary.seats and summary.state is State.LIVE:
        return "No camera is on"
    if not summary.cameras_on:
        return "No face found yet" if summary.state is State.LIVE else "Nothing read yet"
    if is_withheld(summary):
        return f"{summary.readable} readable: figures from {MIN_READABLE} on"
    if summary.cameras_on == 1:
        return f"{summary.readable} of 1 camera readable"
    return f"{summary.readable} of {summary.cameras_on} cameras readable"


def why_words(summary: Summary | None) -> str:
    """ "6 too small, 3 turned away": why the others are not read; empty where all are, or nothing is."""
    live = summary is not None and summary.state is State.LIVE
    return not_read_words(summary) if summary is not None and live else ""


def left_words(summary: Summary | None) -> str:
    """ "2 have left, 1 came back"; empty where nobody has."""
    if summary is None or not summary.left:
        return ""
    if not summary.came_back:
        return "1 has left" if summary.left == 1 else f"{summary.left} have left"
    if summary.left == 1:
        return f"1 has left, {summary.came_back} came back"
    return f"{summary.left} have left, {summary.came_back} came back"


def presence_words(summary: Summary | None) -> str:
    """ "25 here, 23 cameras on. 2 have left, 1 came back"; empty where nobody is seen and nobody left."""
    if summary is None:
        return ""
    if not summary.seats:
        here = ""
    elif summary.cameras_on == 1:
        here = f"{summary.seats} here, 1 camera on"
    else:
        here = f"{summary.seats} here, {summary.cameras_on} cameras on"
    return ". ".join(filter(None, (here, left_words(summary))))


class CoverageLine(QWidget):
    """A bar with its words, and a quiet line below that always has its room, so that nothing jumps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._summary: Summary | None = None
        self.setAccessibleName("Coverage")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumSize(260, _LINE_PX + _SECOND_PX)
        self.show_summary(None)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(420, _LINE_PX + _SECOND_PX)

    @property
    def text(self) -> str:
        """What stands beside the bar."""
        return coverage_words(self._summary)

    @property
    def why(self) -> str:
        """What stands below."""
        return why_words(self._summary)

    @property
    def left(self) -> str:
        """What stands at the end of that line."""
        return left_words(self._summary)

    @property
    def share(self) -> float:
        """Length of the bar, 0-1."""
        if self._summary is None or not self._summary.cameras_on:
            return 0.0
        return min(1.0, self._summary.readable / self._summary.cameras_on)

    def show_summary(self, summary: Summary | None) -> None:
        """Shows the coverage at that tick; None where there is none."""
        before = (self.text, self.why, self.left, self.share)
        self._summary = summary
        withheld = _WHY_WITHHELD if summary is not None and is_withheld(summary) else ""
        presence = f"{words}." if (words := presence_words(summary)) else ""
        not_read = f"Not read: {self.why}." if self.why else ""
        self.setAccessibleDescription(" ".join(filter(None, (f"{self.text}.", presence, not_read, withheld))))
        self.setToolTip("\n".join(filter(None, (presence, not_read, withheld))))
        if before != (self.text, self.why, self.left, self.share):
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints bar and words."""
        super().paintEvent(event)
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(app_font(TEXT))
        # Room for the longest words at once, so that the bar keeps its length.
        words_px = max(
            painter.fontMetrics().horizontalAdvance(text) for text in ("49 of 49 cameras readable", self.text)
        )
        bar = QRectF(0, (_LINE_PX - SPACE) / 2, max(0, self.width() - words_px - 2 * SPACE), SPACE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.track)
        painter.drawRoundedRect(bar, SPACE / 2, SPACE / 2)
        painter.setClipRect(QRectF(bar.left(), bar.top(), bar.width() * self.share, bar.height()))
        painter.setBrush(theme.accent)
        painter.drawRoundedRect(bar, SPACE / 2, SPACE / 2)
        painter.setClipping(False)
        painter.setPen(theme.accent if self.hasFocus() else theme.text)
        where = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(bar.right() + 2 * SPACE, 0, words_px + SPACE, _LINE_PX), int(where), self.text)
        painter.setFont(app_font(SMALL))
        painter.setPen(theme.muted)
        self._paint_second_line(painter)
        painter.end()

    def _paint_second_line(self, painter: QPainter) -> None:
        middle, metrics = Qt.AlignmentFlag.AlignVCenter, painter.fontMetrics()
        line = QRectF(0, _LINE_PX, self.width(), _SECOND_PX)
        painter.drawText(line, int(middle | Qt.AlignmentFlag.AlignRight), self.left)
        room = self.width() - (metrics.horizontalAdvance(self.left) + 2 * SPACE if self.left else 0)
        why = metrics.elidedText(self.why, Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, int(middle | Qt.AlignmentFlag.AlignLeft), why)

    def changeEvent(self, event: QEvent) -> None:
        """Repaints in another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)

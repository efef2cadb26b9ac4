"""One square for each camera, sorted by what is seen and never by seat."""

import math
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEasingCurve, QEvent, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fer_desktop.ui.glance.arrangement import Arrangement, Label, Place, arranged, partners, squares_height
from fer_desktop.ui.look.group_colours import Mark
from fer_desktop.ui.look.group_words import GroupWords
from fer_desktop.ui.look.motion import reduced_motion
from fer_desktop.ui.look.theme import EASE_MS, SMALL, SPACE, TEXT, app_font, current_theme, px, resizes_text
from fer_desktop.ui.look.words import listed
from fer_desktop.ui.toolkit.accessible import Role, speak_as
from fer_desktop.ui.widgets.group_marks import paint_mark

_LINE_PX: Final = 16  # of the words below
_STALE: Final = 0.35  # opacity of what is not of this moment
_STAMPS: Final = 64  # pictures kept
_QUIET: Final = (Mark.NEUTRAL, Mark.UNSURE, Mark.NO_FACE, Mark.CAMERA_OFF)


class Squares(QWidget):
    """Squares with the words of their group below; their room is the same for any class."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[Mark, int] = {}
        self._note, self._stale = "", False
        self._placed, self._before = Arrangement(), Arrangement()
        self._from: list[int | None] = []
        self._words, self._ways = GroupWords(), dict[Mark, tuple[str, ...]]()
        self._done = 1.0  # of the move, 0-1
        self._stamps = dict[tuple[Mark, float, float, str], QPixmap]()
        self._ease = QVariantAnimation(self)
        self._ease.setDuration(EASE_MS)
        self._ease.setStartValue(0.0)
        self._ease.setEndValue(1.0)
        self._ease.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._ease.valueChanged.connect(self._on_ease)
        self.setAccessibleName(self.tr("Faces now"))
        speak_as(self, Role.Graphic)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Two rows of squares, and two lines of words."""
        return QSize(600, round(squares_height()) + SPACE + 2 * px(_LINE_PX))

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(160, self.sizeHint().height())

    @property
    def counts(self) -> Mapping[Mark, int]:
        """What is shown now."""
        return self._counts

    @property
    def placed(self) -> Arrangement:
        """Where everything lies, or is moving to."""
        return self._placed

    def show_counts(self, counts: Mapping[Mark, int], low_is_told: bool = True) -> None:
        """Shows so many squares: those of the sentence above them, which is told every five seconds.

        `low_is_told`: else its faces are among the neutral ones.
        """
        if self._words.low_is_told is not low_is_told:
            self._words.low_is_told = low_is_told
            self._counts = {}  # the words are others
        fresh = bool(self._note) or self._stale or not self._counts
        self._note, self._stale = "", False
        wanted = {mark: count for mark, count in counts.items() if count > 0}
        if fresh:
            self.update()
        if wanted != self._counts:
            self._move_to(wanted)
        self._describe()

    def show_note(self, words: str) -> None:
        """Shows a sentence in place of squares."""
        self._counts, self._note, self._stale = {}, words, False
        self._placed = self._before = Arrangement()
        self._describe()
        self.update()

    def show_stale(self) -> None:
        """Squares stay as they are, pale: they are not of this moment."""
        self._stale = bool(self._counts)
        self._describe()
        self.update()

    def _move_to(self, counts: dict[Mark, int]) -> None:
        self._before, self._counts = self._placed, counts
        self._arrange()
        self._from = partners(self._before.squares, self._placed.squares)
        self._ease.stop()
        if reduced_motion() or not self.isVisible() or not self._before.squares:
            self._done = 1.0
            self.update()
        else:
            self._ease.start()

    def _arrange(self) -> None:
        self._ways = {mark: self._forms(mark, count) for mark, count in self._counts.items()}
        metrics = QFontMetricsF(app_font(SMALL))
        widths = {
            mark: [max(metrics.horizontalAdvance(line) for line in way.splitlines()) for way in ways]
            for mark, ways in self._ways.items()
        }
        self._placed = arranged(self._counts, widths, self.width())

    def _forms(self, mark: Mark, count: int) -> tuple[str, ...]:
        """The words of a group in one line, in two, and the figure alone."""
        words = self._words.counted(mark, count)
        return words, in_two_lines(words), str(count)

    def _on_ease(self, done: float) -> None:
        self._done = done
        self.update()

    def _describe(self) -> None:
        words = self._note or listed(self._words.counted(mark, n) for mark, n in self._sorted())
        if self._stale:
            words = self.tr("Not of this moment: {faces}").format(faces=words)
        self.setAccessibleDescription(words)
        self.setToolTip("" if self._note else words)

    def _sorted(self) -> list[tuple[Mark, int]]:
        return [(mark, self._counts[mark]) for mark in Mark if mark in self._counts]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Places everything anew, at once."""
        super().resizeEvent(event)
        self._ease.stop()
        self._arrange()
        self._before, self._done = self._placed, 1.0

    def changeEvent(self, event: QEvent) -> None:
        """Places everything anew where the words have another size."""
        super().changeEvent(event)
        if resizes_text(event):
            self._ease.stop()
            self._arrange()
            self._before, self._done = self._placed, 1.0

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints squares and words, or the note."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._note:
            painter.setFont(app_font(TEXT))
            painter.setPen(current_theme().muted)
            room = QRectF(0, 0, self.width(), self.height())
            where = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(room, int(where | Qt.TextFlag.TextWordWrap), self._note)
        shade = _STALE if self._stale else 1.0
        for index, place in enumerate(self._placed.squares):
            box, seen = self._on_its_way(index, place)
            painter.setOpacity(shade * seen)
            painter.drawPixmap(box.topLeft(), self._stamp(place.mark, box.width()))
        painter.setOpacity(1.0)
        painter.setFont(app_font(SMALL))
        for label in self._placed.labels:
            self._paint_label(painter, label)
        painter.end()

    def _stamp(self, mark: Mark, side: float) -> QPixmap:
        """The picture of a mark: three hundred are painted in one go."""
        key = mark, side, self.devicePixelRatioF(), current_theme().name
        if key not in self._stamps:
            if len(self._stamps) >= _STAMPS:
                self._stamps.clear()
            self._stamps[key] = _drawn(mark, side, self.devicePixelRatioF())
        return self._stamps[key]

    def _on_its_way(self, index: int, place: Place) -> tuple[QRectF, float]:
        """Where a square is in the move, and how much it is to be seen, 0-1."""
        there = QRectF(place.x, place.y, place.side, place.side)
        if self._done >= 1.0:
            return there, 1.0
        partner = self._from[index] if index < len(self._from) else None
        if partner is None:
            return there, self._done
        old = self._before.squares[partner]
        done = self._done
        x, y, side = (a + (b - a) * done for a, b in ((old.x, place.x), (old.y, place.y), (old.side, place.side)))
        side = round(side)
        return QRectF(x, y, side, side), 1.0

    def _paint_label(self, painter: QPainter, label: Label) -> None:
        theme = current_theme()
        painter.setPen(theme.muted if self._stale or label.mark in _QUIET else theme.text)
        room = QRectF(label.centre - 300, self._placed.bottom + SPACE, 600, 2 * px(_LINE_PX))
        where = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter
        painter.drawText(room, int(where), self._ways[label.mark][label.form])


def _drawn(mark: Mark, side: float, ratio: float) -> QPixmap:
    pixels = math.ceil(side * ratio)
    picture = QPixmap(pixels, pixels)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_mark(painter, QRectF(0, 0, side, side), mark)
    painter.end()
    return picture


def in_two_lines(words: str) -> str:
    """The words broken at the space nearest the middle, where there is one behind the figure."""
    spaces = [index for index, sign in enumerate(words) if sign == " "]
    if not spaces:
        return words
    middle = min(spaces, key=lambda index: abs(index - len(words) / 2))
    return f"{words[:middle]}\n{words[middle + 1 :]}"

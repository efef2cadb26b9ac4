"""How much the figures rest on: how many of the cameras that are on show a readable face, and why the rest do not."""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from fer_desktop.core.glance.types import Glance
from fer_desktop.core.readings.withholding import MIN_READABLE, is_withheld
from fer_desktop.core.types import Reason, State, Summary
from fer_desktop.ui.live.reasons import not_read_words
from fer_desktop.ui.look.counts import Counts
from fer_desktop.ui.look.ring import paint_ring
from fer_desktop.ui.look.theme import SMALL, SPACE, TEXT, app_font, current_theme, px, resizes_text
from fer_desktop.ui.look.words import in_sentences, listed
from fer_desktop.ui.toolkit.accessible import Role, speak_as

_LINE_PX: Final = 3 * SPACE
_SECOND_PX: Final = 2 * SPACE
_RING_PX, _SIDE_PX = 3, SPACE  # so that the ring of the keyboard cuts no letter
_GAPS: Final = {
    State.PAUSED: str(QT_TRANSLATE_NOOP("CoverageLine", "Paused: no figures")),
    State.NO_SOURCE: str(QT_TRANSLATE_NOOP("CoverageLine", "The source gives no picture")),
    State.COVERED: str(QT_TRANSLATE_NOOP("CoverageLine", "Waiting: the call is covered or minimised")),
    State.SLOW: str(QT_TRANSLATE_NOOP("CoverageLine", "Too slow: nothing was read in this second")),
    State.ASLEEP: str(QT_TRANSLATE_NOOP("CoverageLine", "The computer slept: no figures")),
}


def cameras_of(summary: Summary, glance: Glance | None) -> tuple[int, int]:
    """How many cameras are read, and are on: those of the squares, which are of the last 30 s, once there are any.

    While a window lies over some it is those of this second: what to do about it is told at once.
    """
    covered = dict(summary.not_read).get(Reason.COVERED, 0) > 0
    live = glance is not None and glance.state is State.LIVE and summary.state is State.LIVE
    if glance is None or not live or covered or glance.now.read <= 0:
        return summary.readable, summary.cameras_on
    read = round(glance.now.read)
    return read, read + glance.no_face


def coverage_words(
    summary: Summary | None, of_faces: bool = False, glance: Glance | None = None, class_size: int = 0
) -> str:
    """ "31 of 42 cameras are read", or why there is no such figure; `of_faces`: there are faces and no cameras.

    Of a class that is larger than what the call shows it is "31 of 50 in the class are read".
    """
    translate = QCoreApplication.translate
    if summary is None or (not summary.cameras_on and summary.state is State.STARTING):
        return translate("CoverageLine", "Nothing read yet")
    if summary.state in _GAPS:
        return translate("CoverageLine", _GAPS[summary.state])
    if not summary.cameras_on and summary.seats:
        return translate("CoverageLine", "No camera is on")
    if not summary.cameras_on:
        return translate("CoverageLine", "No face found yet")
    if is_withheld(summary):
        return Counts().too_few(summary.readable, MIN_READABLE)
    if of_faces and summary.cameras_on == summary.seats:  # no gallery with cameras that are off
        return Counts().readable_faces(*cameras_of(summary, glance))
    read, on = cameras_of(summary, glance)
    return Counts().readable_in_class(read, class_size) if class_size > on else Counts().readable_of(read, on)


def why_words(summary: Summary | None, glance: Glance | None = None) -> str:
    """ "6 too small, 3 turned away": why the others are not read; empty where all are, or nothing is.

    "just now 6 too small", where these are others than those that were not read in the last 30 s.
    """
    if summary is None or not summary.state.seen:
        return ""
    reasons = not_read_words(summary)
    if reasons and cameras_of(summary, glance) != (summary.readable, summary.cameras_on):
        return QCoreApplication.translate("CoverageLine", "just now {reasons}").format(reasons=reasons)
    return reasons


def left_words(summary: Summary | None) -> str:
    """ "2 have left, 1 came back"; empty where nobody has."""
    if summary is None or not summary.left:
        return ""
    counts = Counts()
    return listed((counts.have_left(summary.left), counts.came_back(summary.came_back) if summary.came_back else ""))


def presence_words(summary: Summary | None, glance: Glance | None = None) -> str:
    """ "25 here, 23 cameras on. 2 have left, 1 came back"; empty where nobody is seen and nobody left."""
    if summary is None:
        return ""
    counts = Counts()
    _, on = cameras_of(summary, glance)
    here = listed((counts.here(summary.seats), counts.cameras_on(on))) if summary.seats else ""
    return in_sentences((here, left_words(summary)))


class Mean:
    """How many were read over a session, of how many; in the seconds in which there was somebody."""

    def __init__(self) -> None:
        self._readable = self._cameras = self._seconds = 0

    def add(self, summary: Summary) -> None:
        """Takes the next second."""
        if summary.state.seen and summary.cameras_on:
            self._readable, self._cameras = self._readable + summary.readable, self._cameras + summary.cameras_on
            self._seconds += 1

    def share(self, class_size: int) -> float:
        """How much of it was read, 0-1."""
        return min(1.0, self._readable / max(1, self._cameras, class_size * self._seconds))

    def words(self, of_faces: bool, class_size: int) -> str:
        """ "About 31 of 42 cameras were read"."""
        if not self._cameras:
            return QCoreApplication.translate("CoverageLine", "Nothing was read")
        readable, cameras = round(self._readable / self._seconds), max(1, round(self._cameras / self._seconds))
        counts = Counts()
        if class_size > cameras:
            return counts.were_readable_in_class(readable, class_size)
        return counts.faces_were_readable(readable, cameras) if of_faces else counts.were_readable(readable, cameras)


class CoverageLine(QWidget):
    """A bar with its words, and a quiet line below that always has its room, so that nothing jumps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._summary: Summary | None = None
        self._glance: Glance | None = None
        self._of_faces, self._class_size = False, 0
        self._ended, self._mean = False, Mean()
        self._drawn: tuple[object, ...] = ()
        self.setAccessibleName(self.tr("Coverage"))
        speak_as(self, Role.Graphic)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumSize(px(260), self._height())
        self.show_summary(None)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(px(420), self._height())

    def _height(self) -> int:
        return px(_LINE_PX) + px(_SECOND_PX) + 2 * _RING_PX

    def changeEvent(self, event: QEvent) -> None:
        """Takes the room that words of another size need."""
        super().changeEvent(event)
        if resizes_text(event):
            self.setMinimumSize(px(260), self._height())

    @property
    def text(self) -> str:
        """What stands beside the bar."""
        if self._ended:
            return self._mean.words(self._of_faces, self._class_size)
        return coverage_words(self._summary, self._of_faces, self._glance, self._class_size)

    @property
    def why(self) -> str:
        """What stands below."""
        return "" if self._ended else why_words(self._summary, self._glance)

    @property
    def left(self) -> str:
        """What stands at the end of that line."""
        return left_words(self._summary)

    @property
    def share(self) -> float:
        """Length of the bar, 0-1."""
        if self._ended:
            return self._mean.share(self._class_size)
        read, on = cameras_of(self._summary, self._glance) if self._summary is not None else (0, 0)
        return min(1.0, read / max(on, self._class_size)) if on else 0.0

    def speak_of_faces(self, on: bool) -> None:
        """Whether what is read are most likely faces without a call: one's own camera, a recording, pictures."""
        self._of_faces = on

    def count_among(self, class_size: int) -> None:
        """How many are in the class; 0: nobody says, and what the call shows is the class."""
        self._class_size = class_size
        self._show(self._summary, self._glance)

    def begin(self) -> None:
        """Another session begins."""
        self._ended, self._mean, self._class_size = False, Mean(), 0
        self.show_summary(None)

    def show_ended(self, ended: bool = True) -> None:
        """The session is over, and what is said is of all of it; or it goes on."""
        self._ended = ended
        self._show(self._summary, self._glance)

    def show_summary(self, summary: Summary | None) -> None:
        """Shows the coverage at that tick; None where there is none."""
        if summary is not None:
            self._mean.add(summary)
        self._show(summary, self._glance if summary is not None else None)

    def show_glance(self, glance: Glance) -> None:
        """Counts the cameras as the squares do."""
        self._show(self._summary, glance)

    def _show(self, summary: Summary | None, glance: Glance | None) -> None:
        self._summary, self._glance = summary, glance
        details = self._details()
        sentence = self.tr("{words}.", "a sentence with its full stop")
        self.setAccessibleDescription(sentence.format(words=in_sentences((self.text, *details))))
        self.setToolTip("\n".join(sentence.format(words=words) for words in details))
        drawn = self.text, self.why, self.left, self.share
        if drawn != self._drawn:
            self._drawn = drawn
            self.update()

    def _details(self) -> list[str]:
        """Who is here, why the others are not read, why there are no figures; each without its full stop."""
        if self._ended:
            return [self.left] if self.left else []
        present = presence_words(self._summary, self._glance)
        details = [present] if present else []
        if self.why:
            details.append(self.tr("Not read: {reasons}").format(reasons=self.why))
        if self._summary is not None and is_withheld(self._summary):
            details.append(
                self.tr(
                    "Figures from so few faces would describe individual people, not a class: none are shown or saved"
                )
            )
        return details

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints bar and words."""
        super().paintEvent(event)
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(app_font(TEXT))
        # Room for the longest words at once, so that the bar keeps its length.
        words_px = max(
            painter.fontMetrics().horizontalAdvance(text) for text in (Counts().readable_of(49, 49), self.text)
        )
        line = QRectF(_SIDE_PX, _RING_PX, self.width() - 2 * _SIDE_PX, px(_LINE_PX))
        bar = QRectF(line.left(), line.center().y() - SPACE / 2, max(0, line.width() - words_px - 2 * SPACE), SPACE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.track)
        painter.drawRoundedRect(bar, SPACE / 2, SPACE / 2)
        painter.setClipRect(QRectF(bar.left(), bar.top(), bar.width() * self.share, bar.height()))
        painter.setBrush(theme.focus)
        painter.drawRoundedRect(bar, SPACE / 2, SPACE / 2)
        painter.setClipping(False)
        painter.setPen(theme.text)
        where = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        line.setLeft(bar.right() + 2 * SPACE)
        painter.drawText(line, int(where), self.text)
        painter.setFont(app_font(SMALL))
        painter.setPen(theme.muted)
        self._paint_second_line(painter)
        if self.hasFocus():
            paint_ring(painter, self)
        painter.end()

    def _paint_second_line(self, painter: QPainter) -> None:
        middle, metrics = Qt.AlignmentFlag.AlignVCenter, painter.fontMetrics()
        line = QRectF(_SIDE_PX, _RING_PX + px(_LINE_PX), self.width() - 2 * _SIDE_PX, px(_SECOND_PX))
        painter.drawText(line, int(middle | Qt.AlignmentFlag.AlignRight), self.left)
        room = round(line.width()) - (metrics.horizontalAdvance(self.left) + 2 * SPACE if self.left else 0)
        why = metrics.elidedText(self.why, Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, int(middle | Qt.AlignmentFlag.AlignLeft), why)

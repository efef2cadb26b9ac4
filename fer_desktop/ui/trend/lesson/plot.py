"""The plot of the lesson so far: it assembles what is painted, and has a cursor under the pointer and by keys."""

from collections.abc import Sequence
from typing import Any, Final

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from fer_desktop.core.glance.alerts.alert_choices import AlertKind
from fer_desktop.core.glance.types import Basis
from fer_desktop.pipeline.events import Alert
from fer_desktop.ui.look.theme import SMALL, SPACE, app_font, current_theme, px, resizes_text, text_percent
from fer_desktop.ui.trend.items import TimeViewBox
from fer_desktop.ui.trend.lesson.columns import Scale
from fer_desktop.ui.trend.lesson.data import TOLD_FROM, Column, Missing, Moment
from fer_desktop.ui.trend.lesson.history import LessonHistory
from fer_desktop.ui.trend.lesson.items import CursorItem, LessonItem
from fer_desktop.ui.trend.lesson.labels import LessonLabels
from fer_desktop.ui.trend.lesson.lanes import SHOWN_AT_FIRST, Bands, Lane, bands, has_gutter, is_small, row_px
from fer_desktop.ui.trend.lesson.named import marker_on_line, moments_at, told
from fer_desktop.ui.trend.lesson.picture import Blank, LessonPicture, NamedMoment
from fer_desktop.ui.trend.lesson.words import LessonWords

_AXIS_PX: Final = 22
_NEAR_PX: Final = 6  # of a named moment to the cursor
_STEPS: Final = 100  # of the keyboard's cursor across the chart
_DELETES: Final = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)  # Backspace is what a Mac's keyboard has
_MARKER_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, *_DELETES)
_KEYS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_PageDown: 10,
}
_SCRUB_S: Final = {  # seconds; a glance is told every five
    Qt.Key.Key_Left: -5.0,
    Qt.Key.Key_Right: 5.0,
    Qt.Key.Key_PageUp: -60.0,
    Qt.Key.Key_PageDown: 60.0,
}


class LessonPlot(pg.GraphicsLayoutWidget):
    """Draws what is in view; a point a pixel at most."""

    panned = Signal()  # the user moved along time
    pointed = Signal(object)  # Moment under the cursor; None where there is no cursor
    wanted = Signal(float)  # a time outside of the view is to be shown
    marker_pressed = Signal(int)  # the number of a marker whose name or flag was pressed, or Enter at it
    marker_unwanted = Signal(int)  # the number of one at which Delete was pressed
    scrubbed = Signal(float)  # a time of a stored lesson was chosen

    def __init__(self, history: LessonHistory, words: LessonWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history, self._words = history, words
        self.labels = LessonLabels(words)
        self._lanes: tuple[Lane, ...] = SHOWN_AT_FIRST
        self._calm = self.ended = False  # of a lesson that is over nothing is "now"
        self._named: tuple[NamedMoment, ...] = ()
        self._named_at: tuple[int, bool] | None = None  # how often anything was named when they were made
        self._percent = text_percent()
        self.cursor_s: float | None = None
        self.opens_markers = False  # whether a marker can be pressed
        self._pressed = 0  # the number of a marker
        self.scrubs = self._hovers = False  # `scrubs`: a press chooses a moment, where else it would pan
        self.position_s: float | None = None  # the moment of a stored lesson that is shown
        self.plot = self._make_plot()
        self.item, self.cursor_item = LessonItem(), CursorItem()
        self.scene().addItem(self.item)
        self.scene().addItem(self.cursor_item)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._follow_theme()

    def _make_plot(self) -> Any:
        plot = pg.PlotItem(
            viewBox=TimeViewBox(),
        )
        plot.hideButtons()
        plot.disableAutoRange()
        plot.hideAxis("left")
        plot.hideAxis("bottom")  # the item writes the time, which takes a tenth of what an axis takes
        plot.vb.sigRangeChangedManually.connect(lambda *_: self.panned.emit())
        self.ci.addItem(plot, row=0, col=0)
        return plot

    def show_lanes(self, lanes: Sequence[Lane], calm: bool) -> None:
        """Which lanes there are; `calm` shows smiling and coverage alone."""
        self._lanes, self._calm = tuple(lanes), calm
        self.refresh()

    @property
    def calm(self) -> bool:
        """Whether smiling and coverage alone are shown."""
        return self._calm

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The lanes that are there now."""
        return (Lane.READ,) if self._calm else self._lanes

    @property
    def span(self) -> tuple[float, float]:
        """The time in view."""
        start_s, end_s = self.plot.vb.viewRange()[0]
        return float(start_s), float(end_s)

    def set_span(self, start_s: float, end_s: float) -> None:
        """Looks at that time, without drawing anew."""
        if (start_s, end_s) != self.span:
            self.plot.setXRange(start_s, end_s, padding=0)

    def refresh(self) -> None:
        """Draws what is in view, with the words of now."""
        area = self._fit()
        for item in (self.item, self.cursor_item):
            item.cover(QRectF(0, 0, self.width(), self.height()))
        width = float(self.width())
        titled, small = not has_gutter(width), is_small(width)
        placed = bands(area, self.lanes, self._calm, titled, small)
        start_s, end_s = self.span
        scale = Scale(start_s, end_s, area.left(), area.right())
        points = self._history.points(start_s, end_s, max(1, int(area.width())))
        moment = None if self.ended else self._history.moment(self._history.last_s)
        words = self._make_words(placed, moment, titled, small)
        words += tuple(self.labels.times(scale, self.height() - row_px(), width))
        picture = LessonPicture(
            bands=placed,
            scale=scale,
            points=points,
            blanks=self._blanks(placed, scale),
            moments=self._moments(),
            words=words,
            now_x=scale.x(self._history.last_s),
        )
        self.item.show_picture(picture)
        self._show_cursor()

    def _fit(self) -> QRectF:
        """The room for the figures between the words, in px."""
        width = self.width()
        left = self.labels.left_px(self.lanes)
        right = self.labels.right_px(lanes=not is_small(width), groups=has_gutter(width))
        margins = (round(left), SPACE // 2, round(right), px(_AXIS_PX))
        if margins != getattr(self, "_margins", None):
            self._margins = margins
            self.ci.layout.setContentsMargins(*margins)
            self.plot.layout.setContentsMargins(0, 0, 0, 0)
        return QRectF(margins[0], margins[1], width - margins[0] - margins[2], self.height() - margins[1] - margins[3])

    def _make_words(self, placed: Bands, moment: Moment | None, titled: bool, small: bool) -> tuple[Any, ...]:
        glance = self._history.glance
        learning = glance is not None and glance.basis is Basis.LEARNING and not self.ended
        words = self.labels.scale(placed) + self.labels.lanes(placed, moment, values=not small)
        words += self.labels.titles(placed, moment) if titled else self.labels.beside(placed, moment, learning)
        return tuple(words)

    def _blanks(self, placed: Bands, scale: Scale) -> tuple[Blank, ...]:
        found = []
        for stretch in self._history.missing:
            begin, end = max(stretch.start_s, scale.start_s), min(stretch.end_s, scale.end_s)
            if (end - begin) * scale.px_per_s < 1.0:
                continue
            seen = stretch.why in (Missing.WITHHELD, Missing.NO_FACE)  # the lanes go on
            left, right = scale.x(begin), scale.x(end)
            stripes = placed.stripes(lanes=not seen)
            rects = tuple(QRectF(left, each.top(), right - left, each.height()) for each in stripes)
            found.append(Blank(rects, self._words.why(stretch.why), stretch.why is Missing.BREAK))
        return tuple(found)

    def _moments(self) -> tuple[NamedMoment, ...]:
        history = self._history
        if self._named_at != (history.named, self._calm):
            width_of = QFontMetricsF(app_font(SMALL)).horizontalAdvance
            markers = [
                NamedMoment(each.elapsed_s, each.text, width_of(each.text), colour=each.colour, number=each.number)
                for each in history.markers.values()
            ]
            alerts = [
                NamedMoment(alert.elapsed_s, text, width_of(text), alert=True)
                for alert, text in ((alert, self._alert_text(alert)) for alert in history.alerts)
            ]
            shown = markers + ([] if self._calm else alerts)
            self._named = tuple(sorted(shown, key=lambda moment: moment.elapsed_s))
            self._named_at = history.named, self._calm
        return self._named

    def _alert_text(self, alert: Alert) -> str:
        words = {
            AlertKind.MORE_SMILE: self.tr("more smiling"),
            AlertKind.STOPPED_SMILING: self.tr("fewer smiling"),
            AlertKind.MORE_LOW: self.tr("more look low"),
            AlertKind.MORE_SURPRISED: self.tr("more surprised"),
            AlertKind.TURNED_AWAY: self.tr("more turned away"),
            AlertKind.OUT_OF_VIEW: self.tr("fewer in view"),
        }
        return str(words[alert.kind])

    def point_at(self, elapsed_s: float | None) -> None:
        """Puts the cursor there; None takes it away."""
        self.cursor_s = elapsed_s
        self._show_cursor()
        self.pointed.emit(self.moment)

    def show_position(self, elapsed_s: float | None) -> None:
        """Which moment of a stored lesson is shown; the cursor stands there unless the mouse points elsewhere."""
        self.position_s = elapsed_s
        if self._hovers:
            self._show_cursor()
        else:
            self.point_at(elapsed_s)

    @property
    def moment(self) -> Moment | None:
        """What lies under the cursor; None where there is none."""
        picture = self.item.picture
        if self.cursor_s is None or picture is None:
            return None
        return self._history.moment(self.cursor_s, self._near_s)

    @property
    def _near_s(self) -> float:
        picture = self.item.picture
        return 0.0 if picture is None else _NEAR_PX / max(1e-9, picture.scale.px_per_s)

    @property
    def _marker_at_cursor(self) -> int:
        """Its number; 0: none is there, or none can be changed."""
        known = self.opens_markers and self.cursor_s is not None
        marker = self._history.marker_near(self.cursor_s or 0.0, self._near_s) if known else None
        return 0 if marker is None else marker.number

    def _show_cursor(self) -> None:
        picture, moment = self.item.picture, self.moment
        self.cursor_item.show_head(() if picture is None else self._lines_at(picture, self.position_s))
        if picture is None or moment is None:
            self.cursor_item.show_cursor((), (), self.hasFocus())
            return
        placed, x = picture.bands, picture.scale.x(moment.elapsed_s)
        lines = self._lines_at(picture, moment.elapsed_s)
        self.cursor_item.show_cursor(lines, self._dots(moment, placed, x), self.hasFocus())

    def _lines_at(self, picture: LessonPicture, elapsed_s: float | None) -> tuple[QLineF, ...]:
        """Through all bands at that time; none where it is out of view."""
        if elapsed_s is None or not picture.scale.start_s <= elapsed_s <= picture.scale.end_s:
            return ()
        x = picture.scale.x(elapsed_s)
        return tuple(QLineF(x, each.top(), x, each.bottom()) for each in picture.bands.stripes(lanes=True))

    def _dots(self, moment: Moment, placed: Bands, x: float) -> tuple[tuple[QPointF, bool], ...]:
        if moment.why is not None or not moment.of(Column.FACES) > 0:
            return ()
        faces = moment.of(Column.FACES)
        dots = [(QPointF(x, placed.y_up(moment.of(Column.SMILING) / faces)), True)]
        if placed.down is not None and moment.tells_low and moment.of(Column.LOW) >= TOLD_FROM:
            dots.append((QPointF(x, placed.y_down(min(0.5, moment.of(Column.LOW) / faces))), False))
        return tuple(dots)

    def marker_at(self, at: QPointF, lines: bool = False) -> int:
        """The number of the marker whose name or flag is there, or its line too; 0: none, or none can be pressed."""
        picture = self.item.picture
        if picture is None or not self.opens_markers:
            return 0
        found = moments_at(picture, at)
        moment = found[0] if found else marker_on_line(picture, at) if lines else None
        return 0 if moment is None else moment.number

    def _marker_pressed_at(self, event: QMouseEvent) -> int:
        """Its line counts for the right button alone: the left one drags there."""
        return self.marker_at(event.position(), lines=event.button() == Qt.MouseButton.RightButton)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Chooses a moment of a stored lesson; a live one is dragged along time, and its markers can be pressed."""
        self._pressed = self._marker_pressed_at(event)
        if self.scrubs and event.button() == Qt.MouseButton.LeftButton:
            self._scrub_to_x(event.position().x())
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Points at what lies under the mouse, or drags the moment that is chosen."""
        picture, at = self.item.picture, event.position()
        if self.scrubs and event.buttons() & Qt.MouseButton.LeftButton:
            self._scrub_to_x(at.x())
            return
        super().mouseMoveEvent(event)
        if picture is None or event.buttons():
            return
        self._tell_names(picture, at)
        self._hovers = picture.bands.up.left() <= at.x() <= picture.bands.up.right()
        self.point_at(picture.scale.time(at.x()) if self._hovers else self.position_s)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends a drag of the live lesson, and tells of a marker that was pressed with either button."""
        if not self.scrubs:
            super().mouseReleaseEvent(event)
        number, self._pressed = self._pressed, 0
        if number and number == self._marker_pressed_at(event):
            self.marker_pressed.emit(number)

    def _tell_names(self, picture: LessonPicture, at: QPointF) -> None:
        """All that a name or flag stands for, with times, and whether it can be pressed."""
        number = self.marker_at(at)
        press = self.tr("Press to rename or remove this marker") if number else ""
        self.setToolTip(told(moments_at(picture, at), press))
        shape = Qt.CursorShape.PointingHandCursor if number else Qt.CursorShape.ArrowCursor
        if self.viewport().cursor().shape() is not shape:
            self.viewport().setCursor(shape)

    def _scrub_to_x(self, x: float) -> None:
        picture = self.item.picture
        if picture is not None:
            self._hovers = False
            start_s, end_s = picture.scale.start_s, picture.scale.end_s
            self._scrub_to(min(max(picture.scale.time(x), start_s), end_s))

    def _scrub_to(self, elapsed_s: float) -> None:
        self.scrubbed.emit(min(max(elapsed_s, 0.0), self._history.last_s))

    def leaveEvent(self, event: QEvent) -> None:
        """Points at nothing, or at the moment that is chosen."""
        super().leaveEvent(event)
        self._hovers = False
        self.point_at(self.position_s)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move the cursor, with Page Up and Down in larger steps; Escape takes it away.

        Enter changes the marker at the cursor, Delete removes it.
        """
        key, (start_s, end_s) = Qt.Key(event.key()), self.span
        last_s = self._history.last_s
        if self.scrubs:
            if not self.scrub_by_key(event):
                event.ignore()
        elif key in _KEYS:
            step_s = max(1.0, (end_s - start_s) / _STEPS)
            at_s = (min(end_s, last_s) if self.cursor_s is None else self.cursor_s) + _KEYS[key] * step_s
            self._go_to(min(max(at_s, self._history.start_s), last_s))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go_to(self._history.start_s if key == Qt.Key.Key_Home else last_s)
        elif key == Qt.Key.Key_Escape and self.cursor_s is not None:
            self.point_at(None)
        elif key in _MARKER_KEYS and (number := self._marker_at_cursor):
            (self.marker_unwanted if key in _DELETES else self.marker_pressed).emit(number)
        else:
            event.ignore()

    def scrub_by_key(self, event: QKeyEvent) -> bool:
        """Left and right by seconds, Page Up and Down by a minute, to the start and the end; whether it was one."""
        key, at_s = Qt.Key(event.key()), self.position_s or 0.0
        if event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier):
            return False
        if key in _SCRUB_S:
            at_s += _SCRUB_S[key]
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            at_s = 0.0 if key == Qt.Key.Key_Home else self._history.last_s
        else:
            return False
        self._hovers = False
        self._scrub_to(at_s)
        return True

    def _go_to(self, elapsed_s: float) -> None:
        start_s, end_s = self.span
        if not start_s <= elapsed_s <= end_s:
            self.wanted.emit(elapsed_s)
        self.point_at(elapsed_s)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows the ring."""
        super().focusInEvent(event)
        self._show_cursor()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hides the ring."""
        super().focusOutEvent(event)
        self._show_cursor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fits all parts."""
        super().resizeEvent(event)
        if hasattr(self, "cursor_item"):  # pyqtgraph resizes while it is being made
            self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme and the size of text."""
        if hasattr(self, "cursor_item") and event.type() == QEvent.Type.PaletteChange:
            self._follow_theme()
        elif hasattr(self, "cursor_item") and resizes_text(event) and self._percent != text_percent():
            self._percent, self._named_at = text_percent(), None
            self.refresh()
        super().changeEvent(event)

    def _follow_theme(self) -> None:
        self.setBackground(current_theme().card)
        self.item.update()

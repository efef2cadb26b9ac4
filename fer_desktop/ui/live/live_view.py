"""The picture that is being read, with what is read from it; and a designed state where there is none."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QHelpEvent,
    QHideEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
    QTransform,
)
from PySide6.QtWidgets import QToolTip, QWidget

from fer_desktop.core.readings.withholding import MIN_READABLE
from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.types import Analysis, Image
from fer_desktop.ui.live.corners import paint_corners, read_tip
from fer_desktop.ui.live.frame_mapping import FrameMapping
from fer_desktop.ui.live.hit_test import as_chosen, stay_words, targets_of
from fer_desktop.ui.live.overlay import aside_tip, face_tip, paint_aside, paint_overlay
from fer_desktop.ui.live.placeholders import LiveState, paint_banner, paint_state
from fer_desktop.ui.live.seat_painting import paint_excluded, paint_seat_numbers
from fer_desktop.ui.live.seat_selection import SeatSelection
from fer_desktop.ui.live.tile_outlines import paint_tiles, tiles_words
from fer_desktop.ui.look.motion import reduced_motion
from fer_desktop.ui.look.ring import paint_ring
from fer_desktop.ui.look.theme import RADIUS, current_theme
from fer_desktop.ui.look.words import in_sentences
from fer_desktop.ui.toolkit.accessible import Role, speak_as
from fer_desktop.ui.toolkit.qimage import as_qimage
from fer_desktop.ui.toolkit.timers import repeating_timer

_PULSE_MS: Final = 400


class LiveView(SeatSelection):
    """The newest analysis, letterboxed. Scaled and drawn once per analysis, size and theme, not at every repaint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read: Analysis | None = None
        self._analysis: Analysis | None = None  # as read, less those left out since
        self._chosen = Exclusion()
        self._choosable = self._shows_seats = False
        self._alias_of: Callable[[int, int], str] = lambda _seat, _scene: ""
        self._picture: QPixmap | None = None  # the scaled frame with its overlay; None: to be made
        self._class_only = self._marks_only = False
        self._title, self._text, self._busy = "", "", False
        self._beat = 0
        self._pulse = repeating_timer(self, _PULSE_MS)
        self._pulse.timeout.connect(self._on_pulse)
        self.setMinimumSize(240, 96)  # as low as lets a page of 1366x768 show the whole lesson
        self.setAccessibleName(self.tr("Live view"))
        speak_as(self, Role.Graphic)

    def sizeHint(self) -> QSize:
        """16 to 9."""
        return QSize(640, 360)

    def show_analysis(self, analysis: Analysis | None) -> None:
        """Shows that frame and its readings and ends a state; None takes the picture away and leaves the state."""
        self._read = analysis
        if analysis is not None:
            self._set_state("", "", busy=False)
        self._choose()

    def show_left_out(self, excluded: Exclusion) -> None:
        """Shows who is left out from now on."""
        self._chosen = excluded
        self._choose()

    def let_choose(self, on: bool) -> None:
        """Whether a click leaves somebody out; not where nothing is read any more."""
        self._choosable = on
        if not on:
            self.ask_me(False)
        self._choose()

    def show_seats(self, on: bool) -> None:
        """Whether each tile has its seat's number on it, with its alias and stay in the tooltip."""
        self._shows_seats, self._picture = on, None
        self.update()

    def name_seats(self, alias_of: Callable[[int, int], str]) -> None:
        """What the seat view's tooltips call a seat of a scene; empty: nothing but its number."""
        self._alias_of = alias_of

    def where(self) -> FrameMapping | None:
        """Where the frame lies; None while nothing can be chosen in it."""
        if self._analysis is None or self._title or not self._choosable:
            return None
        return FrameMapping.letterboxed(self._analysis.frame.image, self.size())

    def chosen_changed(self) -> None:
        """Describes what the keys act on."""
        self._describe()

    def _choose(self) -> None:
        read, self._picture = self._read, None
        self._analysis = None if read is None else as_chosen(read, self._chosen)
        scene = 0 if read is None else read.frame.scene
        self.offer(() if self._analysis is None else targets_of(self._analysis), self._chosen.of(scene))
        self._describe()
        self.update()

    def show_class_only(self, on: bool, words_on_faces: bool | None = None) -> None:
        """Whether it shows other people's class, of which few faces have no figures.

        Without `words_on_faces`, which a class has not, stands on a face only whether it is read, and no expression.
        """
        self._class_only, self._picture = on, None
        self._marks_only = on if words_on_faces is None else not words_on_faces
        self._describe()
        self.update()

    @property
    def withheld(self) -> bool:
        """Whether so few faces of a class are readable that its figures would tell of persons."""
        readings = self._analysis.readings if self._class_only and self._analysis else ()
        return 0 < sum(reading.quality.readable for reading in readings) < MIN_READABLE

    def show_state(self, title: str, text: str, busy: bool = False) -> None:
        """Shows a state in words: over the dimmed picture where there is one. Empty words end it."""
        self._set_state(title, text, busy)
        self.point_again()
        self._describe()
        self.update()

    @property
    def aspect(self) -> float:
        """Width over height of the picture that is shown; 0: there is none."""
        if self._analysis is None:
            return 0.0
        height, width = self._analysis.frame.image.shape[:2]
        return float(width / max(1, height))

    @property
    def found(self) -> str:
        """What was understood: "25 tiles and 2 faces beside them"; empty where there are no tiles."""
        return tiles_words(self._analysis) if self._analysis is not None else ""

    @property
    def banner(self) -> str:
        """The quiet words on a picture in which nothing can be read; else empty.

        They are painted over it where there is nobody to be clicked, so that they hide none; see `words_beside`.
        """
        if self._analysis is None or self._title:
            return ""
        if not self._analysis.readings:
            return self._why_nobody(self._analysis)
        if not any(reading.quality.readable for reading in self._analysis.readings):
            return self.tr("No face is large and clear enough to read")
        if self.withheld:
            return self.tr("Figures of the class are shown from %n readable faces on", None, MIN_READABLE)
        return ""

    @property
    def words_beside(self) -> str:
        """Quiet words that would hide somebody and are to be shown beside the picture; else empty."""
        return self.banner if self._targets else ""

    def _why_nobody(self, analysis: Analysis) -> str:
        """Why there is no face to be read."""
        read = [tile for tile in analysis.tiles if tile.seat not in self._excluded.seats]
        if not read and (analysis.tiles or analysis.excluded):
            return self.tr("Everybody found is left out. Click somebody to bring them back")
        if read and not any(tile.camera_on for tile in read):
            return self.tr("No camera is on")
        return self.tr("No face found in this picture")

    def _set_state(self, title: str, text: str, busy: bool) -> None:
        self._title, self._text, self._busy = title, text, busy
        self._run_pulse()

    def _run_pulse(self) -> None:
        if self._busy and self.isVisible() and not reduced_motion():
            self._pulse.start()
        else:
            self._pulse.stop()

    def _on_pulse(self) -> None:
        self._beat = (self._beat + 1) % 3
        self.update()

    def _describe(self) -> None:
        readings = self._analysis.readings if self._analysis else ()
        readable = sum(reading.quality.readable for reading in readings)
        if len(readings) == 1:
            seen = self.tr("{readable} of 1 face").format(readable=readable)
        else:
            seen = self.tr("{readable} of %n faces", None, len(readings)).format(readable=readable)
        if self._analysis and self._analysis.tiles:
            seen = self.tr("{tiles}; {faces}").format(tiles=tiles_words(self._analysis), faces=seen)
        state = (self._title, self._text) if self._title else (self.banner or seen,)
        words = in_sentences((self.choice_words, *state))
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints picture and state."""
        super().paintEvent(event)
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.track)
        painter.drawRoundedRect(self.rect(), RADIUS, RADIUS)
        if self._analysis is not None:
            if self._picture is None:
                self._picture = self._draw_picture(self._analysis)
            painter.drawPixmap(0, 0, self._picture)
            self.paint_choice(painter)
        if self._title or self._text or self._busy:
            state = LiveState(self._title, self._text, self._beat if self._busy else None)
            paint_state(painter, self.rect(), state, over_picture=self._analysis is not None)
        elif self.banner and not self.words_beside:
            paint_banner(painter, self.rect(), self.banner)
        if self.hasFocus():
            paint_ring(painter, self, over_picture=True)
        painter.end()

    def _draw_picture(self, analysis: Analysis) -> QPixmap:
        mapping = FrameMapping.letterboxed(analysis.frame.image, self.size())
        place = mapping.rect
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(self.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        scaled = _scaled(analysis.frame.image, place.size().toSize() * ratio)
        brush = QBrush(scaled)
        brush.setTransform(
            QTransform()
            .translate(place.left(), place.top())
            .scale(place.width() / scaled.width(), place.height() / scaled.height())
        )
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush)
        painter.drawRoundedRect(place, RADIUS, RADIUS)
        paint_tiles(painter, analysis.tiles, mapping)
        # Below the labels: one may reach into the tile above.
        paint_excluded(painter, self._targets, self._excluded, mapping)
        paint_aside(painter, analysis.aside, mapping)
        if self._marks_only:
            paint_corners(painter, analysis.tiles, analysis.readings, mapping)
        else:
            paint_overlay(painter, analysis.readings, mapping)
        if self._shows_seats:
            paint_seat_numbers(painter, self._targets, mapping)
        painter.end()
        return pixmap

    def event(self, event: QEvent) -> bool:
        """Shows what is read from the face under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._tip_at(event.pos()), self)
            return True
        return super().event(event)

    def _tip_at(self, position: QPoint) -> str:
        if self._analysis is None or self._title:
            return ""
        return "\n".join(filter(None, (self._face_tip_at(position), self._seat_tip_at(position))))

    def _face_tip_at(self, position: QPoint) -> str:
        assert self._analysis is not None
        mapping = FrameMapping.letterboxed(self._analysis.frame.image, self.size())
        x, y = mapping.to_frame(QPointF(position))
        for reading in self._analysis.readings:
            x0, y0, x1, y1 = map(float, reading.face.xyxy)
            if x0 <= x <= x1 and y0 <= y <= y1:
                return read_tip(reading) if self._marks_only else face_tip(reading)
        aside = (
            face for face in self._analysis.aside if (face.xyxy[:2] <= (x, y)).all() and (face.xyxy[2:] >= (x, y)).all()
        )
        return next(map(aside_tip, aside), "")

    def _seat_tip_at(self, position: QPoint) -> str:
        """What a click does, and in the seat view whose tile it is."""
        target = self.target_under(QPointF(position))
        if target is None or self._analysis is None:
            return ""
        out = target.seat in self._excluded.seats
        does = self.tr("Left out: click to bring it back") if out else self.tr("Click to leave it out")
        if not self._shows_seats:
            return does
        stay, frame = self._analysis.attendance.stays.get(target.seat), self._analysis.frame
        alias = self._alias_of(target.seat, frame.scene)
        return "\n".join(filter(None, (alias, stay_words(target.seat, stay, frame.captured_s), does)))

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme and the font."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.DevicePixelRatioChange):
            self._picture = None
            self.update()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scales the picture again."""
        self._picture = None
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Goes on showing that it is busy."""
        self._run_pulse()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stops its timer."""
        self._pulse.stop()
        super().hideEvent(event)


def _scaled(image: Image, size: QSize) -> QImage:
    """The frame in that size (device px), smooth. The pixels are copied: nothing of the frame is held."""
    # Qt's smooth scaling reads every pixel; a picture far larger than its place is subsampled first.
    step = max(1, min(image.shape[1] // max(1, 4 * size.width()), image.shape[0] // max(1, 4 * size.height())) * 2)
    return as_qimage(image[::step, ::step]).scaled(
        size.expandedTo(QSize(1, 1)), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )

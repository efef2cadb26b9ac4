"""The lesson so far: how many faces smiled and how many looked low, what was usual, and the seven curves behind it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QT_TRANSLATE_NOOP, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPalette, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from fer_desktop.core.glance.types import Basis, Glance
from fer_desktop.core.types import Summary
from fer_desktop.pipeline.events import Alert, Marker
from fer_desktop.ui.look.theme import SPACE, current_theme, px, set_role
from fer_desktop.ui.toolkit.accessible import Role, speak_as
from fer_desktop.ui.toolkit.keyboard import OneStop
from fer_desktop.ui.toolkit.plain import PlainLabel
from fer_desktop.ui.toolkit.png_file import write_png
from fer_desktop.ui.trend.history import History
from fer_desktop.ui.trend.lesson.footer import LessonFooter
from fer_desktop.ui.trend.lesson.history import LessonHistory
from fer_desktop.ui.trend.lesson.lane_menu import LaneMenu
from fer_desktop.ui.trend.lesson.lanes import SHOWN_AT_FIRST, is_small
from fer_desktop.ui.trend.lesson.plot import LessonPlot
from fer_desktop.ui.trend.lesson.words import LessonWords, ten_minutes_before
from fer_desktop.ui.trend.view import WHOLE_SESSION, TrendView

View = Literal["ten", "lesson", "curves"]
_VIEWS: Final[tuple[tuple[View, object, object], ...]] = (
    ("ten", QT_TRANSLATE_NOOP("LessonChart", "10 min"), QT_TRANSLATE_NOOP("LessonChart", "Show the last 10 min")),
    ("lesson", QT_TRANSLATE_NOOP("LessonChart", "Lesson"), QT_TRANSLATE_NOOP("LessonChart", "Show the whole lesson")),
    ("curves", QT_TRANSLATE_NOOP("LessonChart", "Seven curves"), QT_TRANSLATE_NOOP("LessonChart", "Show seven curves")),
)
_TEN_MIN_S: Final = 600.0
_SHORTEST_S: Final = 2.0
_TWO_CHARTS_PX: Final = 360  # one above the other, with their lanes and the time
_TITLE_FROM_PX: Final = 480
_PICTURE: Final = QSize(1280, 560)
_PICTURE_SCALE: Final = 1.5


class LessonChart(QWidget):
    """Fills its width from the first second, then slides, unless the user looks back. Gaps stay gaps."""

    choices_changed = Signal()  # lanes or the calm mode
    # The number of a marker that is to be changed, or removed, once `open_markers` was called.
    marker_pressed = Signal(int)
    marker_unwanted = Signal(int)

    def __init__(
        self, parent: QWidget | None = None, history: LessonHistory | None = None, seconds: History | None = None
    ) -> None:
        super().__init__(parent)
        self._history = history if history is not None else LessonHistory()
        self._seconds = seconds if seconds is not None else History()
        self._words = LessonWords(self)
        self._view: View = "ten"
        self._following, self._ended, self._held = True, False, False
        self._stored = False
        self.quiet = False  # what the cursor points at is not read out, as while it moves by itself
        self.plot = LessonPlot(self._history, self._words)
        self.curves = TrendView(history=self._seconds)
        self.menu = LaneMenu(self._words, self)
        self.footer = LessonFooter(self.menu.button)
        self._make_labels()
        self._group = self._make_group()
        self._lay_out()
        self._connect()
        self.setAccessibleName(self.tr("The lesson so far"))
        self.plot.setAccessibleName(self.tr("The lesson so far, as a chart"))
        speak_as(self.plot, Role.Chart)
        self.set_view("ten")

    def _make_labels(self) -> None:
        self._title = PlainLabel(self.tr("The lesson so far"))
        set_role(self._title, "strong")
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._empty = PlainLabel(self.tr("The lesson appears here as soon as a face is read."))
        set_role(self._empty, "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)

    def _make_group(self) -> QButtonGroup:
        group = QButtonGroup(self)
        for number, (_, label, name) in enumerate(_VIEWS):
            button = QToolButton()
            button.setText(self.tr(str(label)))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(self.tr(str(name)))
            set_role(button, "segment")
            group.addButton(button, number)
        OneStop(group)
        return group

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.setSpacing(SPACE // 2)
        header.addWidget(self._title, 1)
        for button in self._group.buttons():
            header.addWidget(button)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self._empty, 1)
        column.addWidget(self.plot, 1)
        column.addWidget(self.footer)
        self._pages = QStackedWidget()
        self._pages.addWidget(page)
        self._pages.addWidget(self.curves)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addLayout(header)
        layout.addWidget(self._pages, 1)
        self.curves.set_panels("curves")
        self.curves.entitle("")
        self.plot.setMinimumHeight(px(120))

    def _connect(self) -> None:
        self._group.idClicked.connect(lambda number: self.set_view(_VIEWS[number][0]))
        self.footer.back.clicked.connect(self.follow)
        self.plot.panned.connect(self._on_panned)
        self.plot.pointed.connect(lambda *_: self._say())
        self.plot.wanted.connect(self._on_wanted)
        self.plot.marker_pressed.connect(self.marker_pressed)
        self.plot.marker_unwanted.connect(self.marker_unwanted)
        self.menu.changed.connect(self._on_choices)

    def sizeHint(self) -> QSize:
        """Wide, and as low as it may be: what it wants more of it gets where there is room."""
        return QSize(960, self.minimumSizeHint().height())

    def hasHeightForWidth(self) -> bool:
        """Its words wrap within, and never ask the page for more."""
        return False

    def minimumSizeHint(self) -> QSize:
        """Two small charts still fit."""
        return QSize(px(280), max(px(220), super().minimumSizeHint().height()))

    def append(self, summary: Summary) -> None:
        """Takes the next second."""
        in_view = self.plot.span[1] >= self._history.last_s
        self._history.append(summary)
        if self._view == "curves":
            self.curves.append(summary)
            return
        self._seconds.append(summary)
        if self._following:
            self._look()
        elif in_view:
            self._refresh()

    def show_glance(self, glance: Glance) -> None:
        """Takes what is usual, and the counts of the last 30 s."""
        self._history.show_glance(glance)
        self._seconds.show_glance(glance)
        self._refresh()

    def mark(self, marker: Marker) -> None:
        """Takes a moment that was named."""
        self._history.mark(marker)
        self.curves.mark(marker)
        self._refresh()

    def show_markers(self, markers: Iterable[Marker]) -> None:
        """The named moments as they are now, renamed ones and those taken away too."""
        named = tuple(markers)
        self._history.show_markers(named)
        self.curves.show_markers(named)
        self._refresh()

    def open_markers(self, on: bool) -> None:
        """Whether the named moments can be pressed, to be changed."""
        self.plot.opens_markers = on

    def alert(self, alert: Alert) -> None:
        """Takes a change that was told."""
        self._history.alert(alert)
        self._refresh()

    def clear(self) -> None:
        """Forgets the lesson; what was chosen to be seen stays."""
        self._history.clear()
        self._history.class_size = 0
        self.show_ended(False)
        self.curves.clear()
        self.plot.point_at(None)
        self.follow()

    def withhold_few(self, live_class: bool) -> None:
        """Whether it is of a live class: facts (turned away, no face, cameras on) are told from five cameras on.

        The members of the low group are drawn from three of its faces on, and of ten faces read.
        """
        self._history.withholds_few = self._seconds.withholds_few = live_class
        self.curves.legend.explain(live_class)
        self._refresh()

    def count_among(self, class_size: int) -> None:
        """How many are in the class from here on, as she says; 0: she does not."""
        self._history.class_size = class_size

    def show_ended(self, ended: bool = True) -> None:
        """The lesson is over, and nothing is told of its last second; or it goes on."""
        self._ended = self.plot.ended = ended
        self._title.setText(self.tr("The lesson") if ended else self.tr("The lesson so far"))
        self._refresh()

    def show_stored(self) -> None:
        """All of a lesson that is over is there: a press chooses one of its moments, and nothing follows its end."""
        self._stored = self.plot.scrubs = True
        self.plot.plot.vb.setMouseEnabled(x=False, y=False)
        self.show_ended()
        self.setAccessibleName(self.tr("The lesson"))
        self.plot.setAccessibleName(self.tr("The lesson, as a chart"))
        self._group.button(0).setAccessibleName(self.tr("Show 10 min around the chosen moment"))
        self._empty.setText(self.tr("Nothing of this lesson was seen."))
        self.curves.set_range(WHOLE_SESSION)
        self.set_view("lesson")

    def show_position(self, elapsed_s: float | None) -> None:
        """Which moment of a stored lesson is shown; None: none."""
        self.plot.show_position(elapsed_s)
        self.curves.plots.show_position(elapsed_s)
        start_s, end_s = self.plot.span
        if self._view == "ten" and elapsed_s is not None and not start_s <= elapsed_s <= end_s:
            self._look()

    def set_view(self, view: View) -> None:
        """Shows the last ten minutes, the whole lesson, or the seven curves."""
        self._view = view
        self._group.button([known for known, *_ in _VIEWS].index(view)).setChecked(True)
        self._pages.setCurrentIndex(1 if view == "curves" else 0)
        if view == "curves":
            self.curves.catch_up()
        self.follow()

    def hold(self, on: bool) -> None:
        """Draws nothing of what comes, as a lesson that was stored does all at once; or again, and all of it."""
        self._held = on
        if not on:
            self._look()

    def follow(self) -> None:
        """Looks at now, and goes on doing so."""
        self._following = True
        self._look()

    @property
    def following(self) -> bool:
        """Whether the view moves with the lesson."""
        return self._following

    @property
    def _span_s(self) -> float:
        so_far_s = self._history.last_s - self._history.start_s
        return max(_SHORTEST_S, so_far_s if self._view == "lesson" else min(so_far_s, _TEN_MIN_S))

    def _look(self) -> None:
        if self._held:
            return
        end_s = max(self._history.last_s, self._history.start_s + _SHORTEST_S)
        if self._stored and self._view == "ten":
            middle_s = self.plot.position_s or 0.0
            end_s = min(end_s, max(self._history.start_s + self._span_s, middle_s + self._span_s / 2))
        self.plot.set_span(end_s - self._span_s, end_s)
        self._refresh()

    def _refresh(self) -> None:
        self.footer.back.setVisible(not (self._following or self._stored) and self._view != "curves")
        if self._view == "curves" or self._held:
            return
        told = len(self._history) > 0
        self._empty.setVisible(not told)
        self.plot.setVisible(told)
        if told:
            self.plot.refresh()
        self._say()

    def _on_panned(self) -> None:
        """The view stays within the lesson; at its end it follows again."""
        start_s, end_s = self.plot.span
        late_s = max(0.0, end_s - self._history.last_s) - max(0.0, self._history.start_s - start_s)
        self._following = end_s >= self._history.last_s
        self.plot.set_span(start_s - late_s, end_s - late_s)
        self._refresh()

    def _on_wanted(self, elapsed_s: float) -> None:
        """A time that the keyboard's cursor went to is brought into view, at its edge."""
        start_s, end_s = self.plot.span
        shift_s = elapsed_s - (start_s if elapsed_s < start_s else end_s)
        self._following = end_s + shift_s >= self._history.last_s
        self.plot.set_span(start_s + shift_s, end_s + shift_s)
        self._refresh()

    def _on_choices(self) -> None:
        self._show_choices()
        self.choices_changed.emit()

    def _say(self) -> None:
        """The values under the cursor, or what the figures are; and all of it for those who do not see it."""
        last_s = self._history.last_s
        pointed = self.plot.moment
        if pointed is not None:
            text = said = self._words.at(pointed, self.plot.calm, self.plot.lanes)
        else:
            glance = self._history.glance
            learns = glance is not None and glance.basis is Basis.LEARNING and not self._ended
            text = self._words.basis(glance, learning=learns)
            text = " ".join(filter(None, (self.tr("Means over 30 s, of the faces read."), text)))
            before_s = ten_minutes_before(last_s)
            before = self._history.moment(before_s) if before_s >= self._history.start_s else None
            now = self._history.moment(last_s)
            said = self._words.described(now, before, glance, self.plot.calm, self._ended)
        self.footer.say(text)
        if said != self.plot.accessibleDescription():
            self.plot.setAccessibleDescription(said)
            if self.plot.hasFocus() and not self.quiet:
                event = QAccessibleEvent(self.plot, QAccessible.Event.DescriptionChanged)
                QAccessible.updateAccessibility(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it gets narrow the title goes, and two charts need more height than one."""
        super().resizeEvent(event)
        self.setMinimumHeight(px(_TWO_CHARTS_PX) if is_small(event.size().width()) else 0)
        self._title.setVisible(event.size().width() >= px(_TITLE_FROM_PX))

    def save(self, store: QSettings) -> None:
        """Keeps which lanes there are."""
        self.menu.save(store)

    def restore(self, store: QSettings) -> None:
        """Shows the lanes that `save` kept."""
        self.menu.restore(store)
        self._show_choices()

    def _show_choices(self) -> None:
        self.plot.show_lanes(self.menu.lanes, self.menu.calm)
        self.footer.leave_room(len(self.plot.lanes) > len(SHOWN_AT_FIRST))
        self._say()

    def save_png(self, path: Path) -> None:
        """Writes a picture of the whole lesson, whole or not at all. Raises StoreError."""
        picture = LessonChart(history=self._history, seconds=self._seconds)
        picture.plot.show_lanes(self.plot.lanes, self.plot.calm)
        picture.show_ended(self._ended)
        for button in (*picture._group.buttons(), picture.menu.button):
            button.hide()
        picture._layout.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        palette = picture.palette()
        palette.setColor(QPalette.ColorRole.Window, current_theme().card)
        picture.setPalette(palette)
        picture.setAutoFillBackground(True)
        picture.resize(_PICTURE)
        picture.ensurePolished()
        picture._layout.activate()
        picture.grab()  # lays out what is within
        picture._view = "lesson"
        picture.follow()
        pixmap = QPixmap(_PICTURE * _PICTURE_SCALE)
        pixmap.setDevicePixelRatio(_PICTURE_SCALE)
        picture.render(pixmap)
        picture.deleteLater()
        write_png(pixmap, Path(path))

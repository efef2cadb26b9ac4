"""One opened lesson: how it was as a whole or at a chosen moment, its trend, its moments, her notes."""

from collections.abc import Callable, Collection
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from fer_desktop.core.glance.types import Glance
from fer_desktop.core.messages import Message
from fer_desktop.pipeline.events import Marker
from fer_desktop.ui.bridge.saved import SavedSessions
from fer_desktop.ui.bridge.session_model import SessionModel
from fer_desktop.ui.glance.panel import GlancePanel
from fer_desktop.ui.lesson.content import LessonContent
from fer_desktop.ui.lesson.header import LessonHeader
from fer_desktop.ui.lesson.marking import LessonMarking
from fer_desktop.ui.lesson.moments import MomentsModel
from fer_desktop.ui.lesson.moments_table import Moments
from fer_desktop.ui.lesson.naming import is_class_key
from fer_desktop.ui.lesson.notes import Notes
from fer_desktop.ui.lesson.player import SPEEDS, LessonPlayer
from fer_desktop.ui.lesson.player_bar import PlayerBar
from fer_desktop.ui.look.theme import SPACE, px, resizes_text, set_role
from fer_desktop.ui.saved.editing import Field
from fer_desktop.ui.saved.words import no_figures
from fer_desktop.ui.toolkit.announcing import announce
from fer_desktop.ui.toolkit.keyboard import FollowFocus
from fer_desktop.ui.toolkit.marker_key import is_marker_key
from fer_desktop.ui.trend.lesson.chart import LessonChart

_GAP_PX: Final = SPACE + SPACE // 2
_BOTH_FROM_PX: Final = 840  # below it moments and notes lie under the trend
_LOW_PX: Final = 560  # below it counts, name and player leave their room to the rest
_SIDE_PX: Final = 360
_TREND_PX, _TALL_PX = 280, 376  # least heights of the trend, beside the moments and over them
_MOMENTS_PX: Final = 264


class LessonView(QWidget):
    """Shows a content; what is changed in it goes to the store first."""

    back_wanted = Signal()
    export_wanted = Signal(str)
    erase_wanted = Signal()
    edit_wanted = Signal(object, str)  # Field, what she typed
    problem = Signal(str)  # one sentence

    def __init__(
        self,
        content: LessonContent,
        stored: SavedSessions,
        offered: Collection[str],
        hides: Callable[[int], bool] = lambda _number: False,
        parent: QWidget | None = None,
    ) -> None:
        """`offered`: the kinds of files that a lesson can become here. `hides`: whether a marker is as good as erased,
        by its number.
        """
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("Lesson"))
        self.content, self._hides, self._narrow = content, hides, False
        self._low: bool | None = None  # not laid out yet
        self.model = SessionModel(self)
        for marker in content.markers:
            self.model.feed(marker)
        self.player = LessonPlayer(content, self.model, self)
        self.marking = LessonMarking(stored, content.saved, self.model, self)
        self.header = LessonHeader(content, offered, lambda: _classes(stored))
        self.glance, self.bar = GlancePanel(), PlayerBar(content.length_s)
        self.chart = LessonChart(history=content.history, seconds=content.seconds)
        self._rows = MomentsModel(content, self)
        self.moments = Moments(self._rows)
        self.notes = Notes(content.notes, lambda text: stored.set_notes(content.saved, text))
        self._below, self._side = QSplitter(Qt.Orientation.Horizontal), QWidget()
        self._lay_out()
        self._connect()
        self._begin()

    def _lay_out(self) -> None:
        self._trend, self._listed = _card(self.chart), _card(self.moments)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(_GAP_PX)
        side.addWidget(self._listed, 1)
        side.addWidget(_card(self.notes))
        self._below.setChildrenCollapsible(False)
        self._below.setHandleWidth(_GAP_PX)
        self._below.addWidget(self._trend)
        self._below.addWidget(self._side)
        self._below.setStretchFactor(0, 1)
        page = QWidget()
        inner, column = self._inner, self._column = QVBoxLayout(page), QVBoxLayout(self)
        for layout in (inner, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(_GAP_PX)
        inner.addWidget(self.glance)
        inner.addWidget(self._below, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        FollowFocus(scroll)
        column.addWidget(scroll, 1)

    def _connect(self) -> None:
        self.header.back_wanted.connect(self.back_wanted)
        self.header.export_wanted.connect(self.export_wanted)
        self.header.erase_wanted.connect(self.erase_wanted)
        self.header.edit_wanted.connect(self.edit_wanted)
        self.header.edit_over.connect(self.focus)
        self.bar.whole_wanted.connect(self._show_whole)
        self.bar.toggled.connect(self.player.toggle)
        self.bar.speed_chosen.connect(self._on_speed)
        self.player.moved.connect(self._on_moved)
        self.player.playing_changed.connect(self._on_playing)
        self.model.glance.connect(self._on_glance)
        self.model.markers_changed.connect(self.show_markers)
        self.chart.plot.scrubbed.connect(self.player.seek)
        self.moments.table.jumped.connect(self.player.seek)
        self.moments.mark_wanted.connect(self.mark)
        self._rows.renamed.connect(self.marking.rename)
        self.moments.colour_wanted.connect(self.marking.colour)
        self.moments.remove_wanted.connect(self.marking.remove)
        self.moments.undo_wanted.connect(self.marking.bring_back)
        self.marking.added.connect(self._on_added)
        self.marking.removed.connect(self.moments.show_removed)
        self.marking.brought_back.connect(self._on_brought_back)
        for failed in (self.marking.failed, self.notes.failed):
            failed.connect(self.problem)

    def _begin(self) -> None:
        self.chart.show_stored()
        self.chart.curves.legend.explain(self.content.live_class)
        self.show_markers()
        self.glance.speaks = False
        self._on_moved(None)
        self._fit()

    def focus(self) -> None:
        """Gives the keyboard to the whole of it: arrows scrub, Space plays, and nothing is scrolled away."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def mark(self) -> None:
        """Names the moment under the cursor."""
        at_s = self.chart.plot.cursor_s if self.chart.plot.isVisible() else self.player.position_s
        if at_s is not None:
            self.player.pause()
            self.player.seek(at_s)
            self.marking.add(at_s)

    def _show_whole(self) -> None:
        self.player.seek(None)
        self.focus()

    def _on_moved(self, elapsed_s: float | None) -> None:
        self.chart.show_position(elapsed_s)
        self.bar.show_position(elapsed_s)
        self.moments.show_position(elapsed_s)
        if elapsed_s is None:
            self.glance.show_ended(
                self._sentence(), self.tr("Choose a moment below, or play: its squares appear here.")
            )

    def _sentence(self) -> tuple[Message, Message]:
        if self.content.saved.has_figures:
            return self.content.sentence
        return Message(no_figures(self.content.saved)), Message("")

    def _on_playing(self, playing: bool) -> None:
        self.bar.show_playing(playing)
        self.chart.quiet = playing
        self._choose_speaking()

    def _on_speed(self, speed: int) -> None:
        self.player.speed = speed
        self._choose_speaking()

    def _choose_speaking(self) -> None:
        """At the highest speed nobody could listen to what changes, and who scrubs hears what the chart says."""
        self.glance.speaks = self.player.playing and self.player.speed < max(SPEEDS)

    def _on_glance(self, glance: Glance) -> None:
        self.glance.show_glance(glance, self.content.lines(glance))

    def show_markers(self) -> None:
        """The markers as they are now."""
        shown = [marker for marker in self.model.markers if not self._hides(marker.number)]
        self.chart.show_markers(shown)
        self._rows.show_markers(shown)

    def _on_added(self, marker: Marker) -> None:
        self.moments.show_removed(None)  # its number may be the same
        self.moments.table.choose(marker.number, edit=True)

    def _on_brought_back(self, marker: Marker) -> None:
        self.moments.show_removed(None)
        self.moments.table.choose(marker.number)
        self.moments.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays, M marks, arrows scrub, F2 names, with Shift its class, Escape goes back."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.player.toggle()
        elif is_marker_key(event):
            self.mark()
        elif event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.header.edit(Field.CLASS if is_class_key(event) else Field.NAME)
        elif self.chart.plot.scrub_by_key(event):
            announce(self, self.chart.plot.accessibleDescription())  # as the trend does where it has the keyboard
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shows what there is room for."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Shows what there is room for with words of another size."""
        super().changeEvent(event)
        if resizes_text(event):
            QTimer.singleShot(0, self, self._fit)

    def minimumSizeHint(self) -> QSize:
        """All scrolls."""
        return QSize(0, 0)

    def _fit(self) -> None:
        self._narrow = self.width() < px(_BOTH_FROM_PX)
        self._below.setOrientation(Qt.Orientation.Vertical if self._narrow else Qt.Orientation.Horizontal)
        self._side.setMinimumWidth(0 if self._narrow else px(_SIDE_PX))
        self._trend.setMinimumHeight(px(_TALL_PX if self._narrow else _TREND_PX))
        self._listed.setMinimumHeight(px(_MOMENTS_PX) if self._narrow else 0)
        low = self.height() < px(_LOW_PX)
        self.glance.fold(low)
        if low is not self._low:  # there all of it is scrolled, else name and player stay in sight
            self._low = low
            for place, part in enumerate((self.header, self.bar)):
                (self._inner if low else self._column).insertWidget(place, part)


def _classes(stored: SavedSessions) -> list[str]:
    """Those that she has used, the newest first; slow."""
    return list(dict.fromkeys(one.class_name for one in stored.listed() if one.class_name))


def _card(*widgets: QWidget) -> QFrame:
    card = QFrame()
    set_role(card, "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(2 * SPACE, SPACE + SPACE // 2, 2 * SPACE, SPACE + SPACE // 2)
    column.setSpacing(SPACE)
    for widget in widgets:
        column.addWidget(widget)
    column.setStretchFactor(widgets[0], 1)
    return card

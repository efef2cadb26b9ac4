"""Marking moments of the running session: at once, with a name that may follow."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from fer_desktop.pipeline.events import Marker
from fer_desktop.pipeline.session_engine.channel.commands import CompareWithMarker, EditMarker
from fer_desktop.ui.bridge.live_session import LiveSession
from fer_desktop.ui.look.times import moment_words
from fer_desktop.ui.session.marker_popover import MarkerPopover
from fer_desktop.ui.widgets.status_line import StatusLine


class Marking(QObject):
    """The markers of one session after another, from the window."""

    def __init__(self, session: LiveSession, status: StatusLine, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._status = session, status
        self._unnamed = 0
        self._asked: int | None = None  # the marker that is being named; 0 until it is known
        self._name: str | None = None  # that it gets as soon as it is known
        self.popover = MarkerPopover(window)
        self.popover.named.connect(self._call)
        self.popover.taken_back.connect(lambda: self._call(""))
        self.popover.kept.connect(self._leave)
        self.popover.markers.edit_wanted.connect(session.edit_marker)
        session.model.marked.connect(self._on_marked)
        session.model.markers_changed.connect(self._show)

    def begin(self) -> None:
        """Another session begins: markers are counted from one."""
        self._unnamed = 0
        self._leave()
        self.popover.markers.clear()

    def ask(self, anchor: QWidget) -> None:
        """Marks the running second, whatever comes, and opens the field for its name under that widget."""
        self._leave()
        if self.mark(""):
            self._asked = 0
            self.popover.open_below(anchor)

    def open_list(self, anchor: QWidget, number: int = 0) -> None:
        """Opens those that were set, to be changed, under that widget; nothing is marked. `number`: the one chosen."""
        self._leave()
        if not self._session.model.markers:
            self._status.say(self.tr("No marker is set yet"))
            return
        self.popover.markers.choose(number)
        self._show()
        self.popover.open_below(anchor, naming=False, chosen=number)

    def remove(self, anchor: QWidget, number: int) -> None:
        """Takes the marker of that number away; the list under that widget offers to undo it."""
        self.open_list(anchor, number)
        if (row := self.popover.markers.rows.get(number)) is not None:
            row.remove.click()

    def _show(self) -> None:
        self.popover.markers.show_markers(self._session.model.markers)

    def compare(self, on: bool) -> bool:
        """Compares the class with what was usual at the last marker, or with what is usual again; which of them."""
        markers = self._session.model.markers
        if on and not markers:
            self._status.say(self.tr("Nothing to compare with: set a marker first"))
        self._session.steer_alerts(CompareWithMarker(markers[-1].text if on and markers else ""))
        return on and bool(markers)

    def mark(self, name: str, at_s: float | None = None) -> bool:
        """Names the running second, or the moment of that session time; without a name markers are counted.

        Whether there is such a second.
        """
        name = name or self.tr("marker {number}").format(number=self._unnamed + 1)
        if not self._session.mark(name, at_s):
            self._status.say(self.tr("Nothing marked: no frame has come yet"))
            return False
        self._unnamed += 1
        if at_s is None:
            said = self.tr("Marked: {name}").format(name=name)
        else:
            said = self.tr("Marked at {time}: {name}").format(time=moment_words(at_s), name=name)
        self._status.say(said)
        return True

    def _on_marked(self, marker: Marker) -> None:
        if self._asked == 0:
            self._asked = marker.number
            if self._name is not None:
                self._call(self._name)

    def _call(self, name: str) -> None:
        """Gives the marker that was set its name; empty: takes it back."""
        if not self._asked:
            self._name = name if self._asked == 0 else None
            return
        self._session.edit_marker(EditMarker(self._asked, name))
        said = self.tr("Marked: {name}").format(name=name) if name else self.tr("The marker is taken back")
        self._status.say(said)
        self._leave()

    def _leave(self) -> None:
        """The marker stays as it is."""
        if self._name is None or self._asked != 0:
            self._asked = self._name = None

"""Marking moments of the running session: asked for a name, or at once."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from fer_desktop.pipeline.session_engine.channel.commands import CompareWithMarker
from fer_desktop.ui.bridge.live_session import LiveSession
from fer_desktop.ui.session.marker_popover import MarkerPopover
from fer_desktop.ui.widgets.status_line import StatusLine


class Marking(QObject):
    """The markers of one session after another, from the window."""

    def __init__(self, session: LiveSession, status: StatusLine, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._status = session, status
        self._unnamed = 0
        self.popover = MarkerPopover(window)
        self.popover.named.connect(self.mark)
        self.popover.markers.edit_wanted.connect(session.edit_marker)
        session.model.markers_changed.connect(self._show)

    def begin(self) -> None:
        """Another session begins: markers are counted from one."""
        self._unnamed = 0
        self.popover.markers.clear()

    def ask(self, anchor: QWidget) -> None:
        """Opens the field for a name under that widget."""
        self.popover.open_below(anchor)

    def _show(self) -> None:
        self.popover.markers.show_markers(self._session.model.markers)

    def compare(self, on: bool) -> bool:
        """Compares the class with what was usual at the last marker, or with what is usual again; which of them."""
        markers = self._session.model.markers
        if on and not markers:
            self._status.say(self.tr("Nothing to compare with: set a marker first"))
        self._session.steer_alerts(CompareWithMarker(markers[-1].text if on and markers else ""))
        return on and bool(markers)

    def mark(self, name: str) -> None:
        """Names the running second; without a name markers are counted."""
        name = name or self.tr("marker {number}").format(number=self._unnamed + 1)
        if self._session.mark(name):
            self._unnamed += 1
            self._status.say(self.tr("Marked: {name}").format(name=name))
        else:
            self._status.say(self.tr("Nothing marked: no frame has come yet"))

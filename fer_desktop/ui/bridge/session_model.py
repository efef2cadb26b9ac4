"""What the window shows of a session, live or replayed: fed with what it tells, in order."""

from PySide6.QtCore import QObject, Signal

from fer_desktop.core.glance.types import Glance
from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.types import Analysis, Summary
from fer_desktop.pipeline.events import (
    Alert,
    ClassSize,
    Excluded,
    Marker,
    MarkerColour,
    MarkerEdited,
    SeatEvent,
    Started,
)
from fer_desktop.pipeline.latest import Latest
from fer_desktop.pipeline.session_engine.channel.reports import Problem
from fer_desktop.pipeline.session_engine.channel.status import Counters, SessionEnd, SessionStatus
from fer_desktop.pipeline.session_engine.host import Notice


class SessionModel(QObject):
    """The session that is shown; views read it and listen, and whoever plays it calls `feed`. One thread."""

    status_changed = Signal(object)  # SessionStatus
    started = Signal(object)  # Started
    summary = Signal(object)  # Summary
    glance = Signal(object)  # Glance
    alert = Signal(object)  # Alert
    analysed = Signal(object)  # Analysis, as `take_analysis` takes it
    seat_changed = Signal(object)  # SeatEvent
    marked = Signal(object)  # Marker
    markers_changed = Signal()  # `markers` has one more, one less, or says something else
    exclusion_changed = Signal(object)  # Exclusion
    class_size = Signal(int)  # of the class from here on; 0: nobody says
    counters = Signal(object)  # Counters, once a second
    problem = Signal(object)  # Problem: something does not work and the session goes on, or does again
    ended = Signal(object)  # SessionEnd

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._status, self._exclusion = SessionStatus(), Exclusion()
        self._markers: dict[int, Marker] = {}
        self.analyses: Latest[Analysis] = Latest()  # pulled while anybody looks at it

    @property
    def status(self) -> SessionStatus:
        """What may be done now."""
        return self._status

    @property
    def exclusion(self) -> Exclusion:
        """Who is left out."""
        return self._exclusion

    @property
    def markers(self) -> tuple[Marker, ...]:
        """The markers of the session as they are now, in order of time, without those that were taken away."""
        return tuple(sorted(self._markers.values(), key=lambda marker: (marker.elapsed_s, marker.number)))

    def take_analysis(self) -> None:
        """Takes the newest frame's analysis, if there is another than the last, and tells it as `analysed`."""
        analysis = self.analyses.take()
        if analysis is not None:
            self.analysed.emit(analysis)

    def begin(self, analyses: Latest[Analysis], goes_on: bool = False) -> None:
        """Another session is shown from here on, or the same one goes on; its pictures come through that slot."""
        self.analyses = analyses
        if not goes_on:
            self._markers.clear()
            self.markers_changed.emit()
        self._exclude(Exclusion())

    def feed(self, notice: Notice) -> None:
        """Takes what the session tells next."""
        match notice:
            case SessionStatus():
                self._status = notice
                self.status_changed.emit(notice)
            case Marker() | MarkerEdited():
                self._keep(notice)
            case Excluded():
                self._exclude(notice.exclusion)
            case ClassSize():
                self.class_size.emit(notice.size)
            case _:
                self._hand_on(notice)

    def _hand_on(self, notice: Notice) -> None:
        """What nothing is kept of here."""
        signals = {
            Started: self.started,
            Summary: self.summary,
            Glance: self.glance,
            Alert: self.alert,
            SeatEvent: self.seat_changed,
            Counters: self.counters,
            Problem: self.problem,
            SessionEnd: self.ended,
        }
        if (signal := signals.get(type(notice))) is not None:
            signal.emit(notice)

    def _keep(self, event: Marker | MarkerEdited) -> None:
        if isinstance(event, Marker):
            self._markers[event.number] = event
            self.marked.emit(event)
        else:
            self._edit(event)
        self.markers_changed.emit()

    def _edit(self, edited: MarkerEdited) -> None:
        before = self._markers.pop(edited.number, None)
        elapsed_s = before.elapsed_s if before is not None else edited.elapsed_s
        if edited.text and elapsed_s is not None:
            colour = edited.colour or (before.colour if before is not None else MarkerColour.GREY)
            self._markers[edited.number] = Marker(edited.number, elapsed_s, edited.text, colour)

    def _exclude(self, exclusion: Exclusion) -> None:
        self._exclusion = exclusion
        self.exclusion_changed.emit(exclusion)

"""Markers of a stored lesson: what is shown is what is stored."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from fer_desktop.pipeline.events import Marker, MarkerColour, MarkerEdited
from fer_desktop.ui.bridge.jobs import run_job
from fer_desktop.ui.bridge.saved import SavedSession, SavedSessions
from fer_desktop.ui.bridge.session_model import SessionModel


class LessonMarking(QObject):
    """Changes the store first, then the model that the views follow."""

    added = Signal(object)  # Marker
    removed = Signal(object)  # Marker, which can be brought back
    brought_back = Signal(object)  # Marker
    failed = Signal(str)  # one sentence

    def __init__(
        self, stored: SavedSessions, lesson: SavedSession, model: SessionModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._stored, self._lesson, self._model = stored, lesson, model

    def add(self, elapsed_s: float) -> None:
        """Marks that moment; its name is typed over then."""
        name = self.tr("marker {number}").format(number=1 + max((one.number for one in self._model.markers), default=0))

        def work() -> Marker:
            return self._stored.add_marker(self._lesson, elapsed_s, name, MarkerColour.GREY)

        run_job(work, self._on_added, self.failed.emit, self)

    def _on_added(self, marker: Marker) -> None:
        self._model.feed(marker)
        self.added.emit(marker)

    def rename(self, marker: Marker, text: str) -> None:
        """Calls it by that name."""
        self._edit(MarkerEdited(marker.number, text, marker.colour, marker.elapsed_s), lambda: None)

    def colour(self, marker: Marker, colour: MarkerColour) -> None:
        """Gives it that colour."""
        self._edit(MarkerEdited(marker.number, marker.text, colour, marker.elapsed_s), lambda: None)

    def remove(self, marker: Marker) -> None:
        """Takes it away."""
        edited = MarkerEdited(marker.number, "", marker.colour, marker.elapsed_s)
        self._edit(edited, lambda: self.removed.emit(marker))

    def bring_back(self, marker: Marker) -> None:
        """Undoes that."""
        edited = MarkerEdited(marker.number, marker.text, marker.colour, marker.elapsed_s)
        self._edit(edited, lambda: self.brought_back.emit(marker))

    def _edit(self, edited: MarkerEdited, then: Callable[[], object]) -> None:
        def done(_nothing: object) -> None:
            self._model.feed(edited)
            then()

        run_job(lambda: self._stored.edit_marker(self._lesson, edited), done, self.failed.emit, self)

"""A lesson ends by itself where nothing is left to be read, after asking whoever is there."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from fer_desktop.core.types import State, Summary
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionStatus
from fer_desktop.ui.bridge.session_model import SessionModel

GONE_S: Final = 300.0  # the call's window is not there
NOBODY_S: Final = 900.0  # nobody is in sight
ANSWER_S: Final = 60.0  # so long the question stands


class OwnEnd(QObject):
    """Follows a session's seconds; `asked` with the sentence, `withdrawn`, and `over` where nobody has answered."""

    asked = Signal(str)
    withdrawn = Signal()
    over = Signal()

    def __init__(self, model: SessionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._follows = False
        self._gone_from_s: float | None = None
        self._empty_s = 0  # seconds that were seen, one after another, with nobody in them
        self._asked_s: float | None = None
        model.summary.connect(self._on_summary)
        model.status_changed.connect(self._on_status)

    def begin(self, live_class: bool) -> None:
        """Another session begins; only that of a class in a call ends by itself."""
        self._follows = live_class
        self.go_on()

    def go_on(self) -> None:
        """Somebody is there and wants it to go on: the time begins anew."""
        self._gone_from_s, self._empty_s = None, 0
        self._withdraw()

    def _on_status(self, status: SessionStatus) -> None:
        if status.phase in (Phase.IDLE, Phase.SAVING):
            self.go_on()

    def _on_summary(self, summary: Summary) -> None:
        if not self._follows or not self._model.status.running:
            return
        now_s = summary.elapsed_s
        if summary.state is not State.NO_SOURCE:
            self._gone_from_s = None
        elif self._gone_from_s is None:
            self._gone_from_s = now_s
        if summary.state.seen:  # others say nothing of who is there
            self._empty_s = 0 if summary.cameras_on or summary.faces else self._empty_s + 1
        gone = self._gone_from_s is not None and now_s - self._gone_from_s >= GONE_S
        nobody = self._empty_s > NOBODY_S
        if not gone and not nobody:
            self._withdraw()
        elif self._asked_s is None:
            self._asked_s = now_s
            self.asked.emit(self._question(gone))
        elif now_s - self._asked_s >= ANSWER_S:
            self._follows = False
            self._withdraw()
            self.over.emit()

    def _question(self, gone: bool) -> str:
        if gone:
            return self.tr("The call’s window has been gone for 5 minutes. The lesson ends in a minute.")
        return self.tr("Nobody has been in sight for 15 minutes. The lesson ends in a minute.")

    def _withdraw(self) -> None:
        if self._asked_s is not None:
            self._asked_s = None
            self.withdrawn.emit()

"""Answers that are changed while a session runs hold at once."""

from PySide6.QtCore import QObject, QTimer, Signal

from fer_desktop.core import policy
from fer_desktop.core.messages import Message
from fer_desktop.core.settings import Settings
from fer_desktop.ui.bridge.live_session import LiveSession
from fer_desktop.ui.bridge.settings_model import SettingsModel


class Lawful(QObject):
    """Ends a session that might not be begun with the answers as they are now."""

    refused = Signal(object)  # Message: why it was ended

    def __init__(self, session: LiveSession, settings: SettingsModel, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._refusal: Message | None = None
        settings.changed.connect(self._look)
        session.model.ended.connect(self._on_ended)

    def _look(self, settings: Settings) -> None:
        choice = self._session.choice
        if choice is None or not self._session.status.running:
            return
        refusal: Message | None = policy.verdict(settings, policy.opening_of(choice)).refusal
        if refusal is not None:
            self._refusal = refusal
            self._session.stop()

    def _on_ended(self) -> None:
        refusal, self._refusal = self._refusal, None
        if refusal is not None:  # once all else was said of the end
            QTimer.singleShot(0, self, lambda: self.refused.emit(refusal))

"""The tray's icon, with the strip's buttons; where there is no tray nothing is missing: the window has them too."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionStatus
from fer_desktop.ui.look.words import listed


class Tray(QObject):
    """An icon while a session runs; it says what goes on and steers it."""

    pause_wanted = Signal()  # pause or resume
    marker_wanted = Signal()
    show_wanted = Signal()  # the main window
    stop_wanted = Signal()

    def __init__(self, icon: QIcon, parent: QObject | None = None, available: bool | None = None) -> None:
        """`available`: whether the desktop has a tray; it is asked unless it is told."""
        super().__init__(parent)
        self._icon: QSystemTrayIcon | None = None
        self._state, self._words = "", ""
        self._menu = QMenu()
        self.pause = self._action(self.tr("Pause"), self.pause_wanted.emit)
        self.marker = self._action(self.tr("Marker"), self.marker_wanted.emit)
        self.show = self._action(self.tr("Show the window"), self.show_wanted.emit)
        self._menu.addSeparator()
        self.stop = self._action(self.tr("Stop"), self.stop_wanted.emit)
        if QSystemTrayIcon.isSystemTrayAvailable() if available is None else available:
            self._icon = QSystemTrayIcon(icon, self)
            self._icon.setContextMenu(self._menu)
            self._icon.activated.connect(self._on_activated)
        self.destroyed.connect(self._menu.deleteLater)
        self.show_status(SessionStatus())

    def _action(self, words: str, act: object) -> QAction:
        action = self._menu.addAction(words)
        action.triggered.connect(act)
        return action

    @property
    def icon(self) -> QSystemTrayIcon | None:
        """The icon; None where the desktop has no tray."""
        return self._icon

    def show_status(self, status: SessionStatus) -> None:
        """What may be done now; without a session there is no icon."""
        self.pause.setText(self.tr("Resume") if status.can_resume else self.tr("Pause"))
        self.pause.setEnabled(status.can_pause or status.can_resume)
        self.marker.setEnabled(status.can_mark)
        self.stop.setEnabled(status.can_stop)
        self._state = self.tr("paused") if status.phase is Phase.PAUSED else ""
        self._tell()
        if self._icon is not None:
            self._icon.setVisible(status.running)

    def show_words(self, words: str) -> None:
        """The strip's words, under the pointer."""
        self._words = words
        self._tell()

    def close(self) -> None:
        """Takes the icon away."""
        if self._icon is not None:
            self._icon.hide()

    def _tell(self) -> None:
        if self._icon is not None:
            said = listed((self._state, "" if self._state else self._words))
            self._icon.setToolTip(self.tr("FER Desktop: {words}").format(words=said) if said else "FER Desktop")

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.show_wanted.emit()

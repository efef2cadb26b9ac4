"""What stands for the window while it cannot be seen: the mini strip, an icon in the tray, a key."""

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from fer_desktop.core.glance.sentence import strip_words
from fer_desktop.core.glance.types import Glance
from fer_desktop.pipeline.events import Marker
from fer_desktop.pipeline.session_engine.channel.status import SessionStatus
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.bridge.session_model import SessionModel
from fer_desktop.ui.look.icons import apply_icons
from fer_desktop.ui.look.times import moment_words
from fer_desktop.ui.look.words import told
from fer_desktop.ui.mini.appearing import Appearing
from fer_desktop.ui.mini.strip import MiniStrip
from fer_desktop.ui.mini.tray import Tray
from fer_desktop.ui.toolkit.global_key import GlobalKey
from fer_desktop.ui.toolkit.screen_geometry import place_of


class WhileAway(QObject):
    """Shows the running session's glances, and hands on what the buttons and the key want."""

    pause_wanted = Signal()
    marker_wanted = Signal()  # at once: nobody types over a full-screen slide
    stop_wanted = Signal()
    told_wanted = Signal()  # what others were told is to be seen

    def __init__(self, window: QWidget, model: SessionModel, services: Services, store: QSettings) -> None:
        super().__init__(window)
        self.strip = MiniStrip(store, services.leave_out_of_pictures)
        self.appearing = Appearing(window, self.strip, lambda: services.is_hidden(place_of(window)))
        self.tray = Tray(QIcon(window.windowIcon()), self)
        for source in (self.strip, self.tray):
            source.pause_wanted.connect(self.pause_wanted)
            source.marker_wanted.connect(self.marker_wanted)
        self.tray.stop_wanted.connect(self.stop_wanted)
        self.key = GlobalKey(self)
        self.key.pressed.connect(self.marker_wanted)
        self.tray.show_wanted.connect(self.appearing.bring_back)
        model.status_changed.connect(self._on_status)
        model.glance.connect(self._on_glance)
        model.alert.connect(lambda _alert: self.strip.notice())
        model.marked.connect(self._on_marked)
        self.strip.told_wanted.connect(self._on_told_wanted)
        self._running = False
        self._gave_way = False  # to a session that has not begun to record

    def give_way(self) -> None:
        """The window has no room beside what is read: the strip takes its place."""
        self.appearing.ask()

    def set_told(self, told_so: bool) -> None:
        """Whether the class was told of this call's reading."""
        self.strip.set_told(told_so)

    def close(self) -> None:
        """Takes all of it away."""
        self.key.hold(False)
        self.appearing.set_running(False)
        self.tray.close()

    def _on_status(self, status: SessionStatus) -> None:
        if status.running != self._running:
            self._running = status.running
            self.strip.clear()
            apply_icons(self.strip)
            self.tray.show_words("")
        self.key.hold(status.can_mark)
        self.strip.show_status(status)
        self.tray.show_status(status)
        # From its start on: where the window lies over the call, no first picture comes until it has given way.
        self.appearing.set_running(status.can_stop)
        if status.can_stop:
            self._gave_way = not status.recording and self.strip.isVisible()
        elif not status.running and self._gave_way:  # what it came to is told by the window
            self._gave_way = False
            self.appearing.bring_back()

    def _on_told_wanted(self) -> None:
        self.appearing.bring_back()
        self.told_wanted.emit()

    def _on_marked(self, marker: Marker) -> None:
        self.strip.say(self.tr("Marked {time}").format(time=moment_words(marker.elapsed_s)))

    def _on_glance(self, glance: Glance) -> None:
        words = strip_words(glance)
        self.strip.show_glance(glance, words)
        self.tray.show_words(told(words))

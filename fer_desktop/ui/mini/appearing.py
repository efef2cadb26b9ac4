"""When the strip is there: while a session runs and its window cannot be seen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from fer_desktop.ui.mini.strip import MiniStrip
from fer_desktop.ui.toolkit.timers import repeating_timer, single_shot_timer

LOOK_MS: Final = 1000
COVERED_LOOKS: Final = 2  # in a row: a window that is dragged across is no reason
_SETTLE_MS: Final = 300  # screens change one by one


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the strip goes by."""

    running: bool = False  # a session
    minimised: bool = False  # the main window, or hidden
    covered: bool = False  # for long enough, by another window or something that fills its screen
    asked: bool = False  # by hand: the main window gave way to it
    dismissed: bool = False  # by hand, and the main window was not back since


def appears(seen: Circumstances) -> bool:
    """Whether the strip is to be there."""
    return seen.running and not seen.dismissed and (seen.asked or seen.minimised or seen.covered)


class Appearing(QObject):
    """Shows and hides the strip by itself. `covered` must not count the strip, which lies over the window as well."""

    changed = Signal(bool)  # whether the strip is there

    def __init__(self, window: QWidget, strip: MiniStrip, covered: Callable[[], bool]) -> None:
        """`covered`: whether others hide the window's place, or something fills its screen; asked once a second."""
        super().__init__(window)
        self._window, self._strip, self._covered = window, strip, covered
        self._running = self._asked = self._dismissed = False
        self._asked_before = False  # of a session that was about to begin
        self._looks = 0  # in a row that found it covered
        self._timer = repeating_timer(self, LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._settle = single_shot_timer(self, _SETTLE_MS)
        self._settle.timeout.connect(self._place_again)
        window.installEventFilter(self)
        window.destroyed.connect(strip.deleteLater)  # it has no parent: it would be minimised with it
        strip.dismissed.connect(self._dismiss)
        strip.back_wanted.connect(self.bring_back)
        self._watch_screens()

    def _watch_screens(self) -> None:
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenRemoved.connect(self._settle.start)
        app.screenAdded.connect(self._on_screen_added)
        app.primaryScreenChanged.connect(self._settle.start)
        for screen in QGuiApplication.screens():
            self._watch(screen)

    def _on_screen_added(self, screen: QScreen) -> None:
        self._watch(screen)
        self._settle.start()

    def _watch(self, screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(self._settle.start)

    def set_running(self, running: bool) -> None:
        """Whether a session runs; without one there is no strip."""
        if running != self._running:
            self._running = running
            self._asked = self._dismissed = False
            self._looks = 0
            if running:
                self._timer.start()
            else:
                self._timer.stop()
            if running and self._asked_before:
                self.ask()
            self._asked_before = False
        self._decide()

    def ask(self) -> None:
        """The main window gives way to the strip; as soon as a session runs, where none does yet."""
        if not self._running:
            self._asked_before = True
            return
        self._asked, self._dismissed = True, False
        self._window.showMinimized()
        self._decide()

    def bring_back(self) -> None:
        """The main window comes back in front, and the strip goes."""
        self._forget()
        self._asked_before = False
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        self._decide()

    def look(self) -> None:
        """Looks once whether the window can be seen."""
        if self._seen_for_sure():
            self._forget()
        elif not self._hidden():
            self._looks = self._looks + 1 if self._covered() else 0
            if not self._looks:
                self._forget()
        self._decide()
        if self._strip.isVisible():
            self._strip.keep_on_top()

    def _hidden(self) -> bool:
        return self._window.isMinimized() or not self._window.isVisible()

    def _seen_for_sure(self) -> bool:
        return not self._hidden() and self._window.isActiveWindow()

    def _forget(self) -> None:
        self._looks = 0
        self._asked = self._dismissed = False

    def _dismiss(self) -> None:
        self._dismissed = True
        self._decide()

    def _decide(self) -> None:
        wanted = appears(
            Circumstances(
                running=self._running,
                minimised=self._hidden(),
                covered=self._looks >= COVERED_LOOKS,
                asked=self._asked,
                dismissed=self._dismissed,
            )
        )
        if wanted == self._strip.isVisible():
            return
        if wanted:
            self._strip.place(self._window.geometry())
            self._strip.show()
        else:
            self._strip.hide()
        self.changed.emit(wanted)

    def _place_again(self) -> None:
        """A screen came or went: the strip stays on one that is there."""
        if self._strip.isVisible():
            self._strip.place(self._window.geometry())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the window as soon as it goes or comes."""
        if watched is self._window:
            if event.type() is QEvent.Type.WindowActivate:
                self._forget()
                self._decide()
            elif event.type() in (QEvent.Type.WindowStateChange, QEvent.Type.Show, QEvent.Type.Hide):
                if event.type() is not QEvent.Type.Hide and not self._hidden():
                    self._forget()
                self._decide()
        return super().eventFilter(watched, event)

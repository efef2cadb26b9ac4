"""The picker of a screen region, which the user draws on a frozen picture of all monitors."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import Region
from fer_desktop.core.types import Image
from fer_desktop.ui.look.words import told
from fer_desktop.ui.region.geometry import Grip, home, matched, middle, moved, resized
from fer_desktop.ui.region.monitor_window import RegionWindow
from fer_desktop.ui.region.screens import as_told_by_qt

_VANISH_MS: Final = 250  # desktops fade a hidden window out; sooner it would still be in the picture
_ACTIVATE_MS: Final = 150
_ACTIVATE_TRIES: Final = 20
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class RegionOverlay(QObject):
    """Lets the user choose a region of one monitor; ends with exactly one of its signals."""

    chosen = Signal(Region)  # device pixels of the virtual desktop, as the grabber counts them
    cancelled = Signal()
    failed = Signal(str)  # the screen cannot be seen; the sentence for the user

    def __init__(
        self,
        grab: Callable[[Region], Image],
        screens: Sequence[Region],
        last: Region | None,
        parent: QObject | None = None,
    ) -> None:
        """`grab` gives a monitor's picture, (H, W, 3) BGR, or raises SourceError; `last` is shown as drawn."""
        super().__init__(parent)
        self._grab = grab
        self._screens = tuple(screens)
        self._last = last
        self._windows: list[RegionWindow] = []
        self._hidden: QWidget | None = None
        self._hidden_geometry = QByteArray()
        self._running = False
        self._tries = 0
        self._activation = QTimer(self)
        self._activation.setInterval(_ACTIVATE_MS)
        self._activation.timeout.connect(self._activate)

    @property
    def windows(self) -> tuple[RegionWindow, ...]:
        """One window for each monitor while the user chooses."""
        return tuple(self._windows)

    def start(self, hiding: QWidget | None = None) -> None:
        """Freezes the screen and asks; `hiding` is a window that is not to be seen meanwhile, and comes back."""
        if self._running:
            return
        self._running = True
        if hiding is None:
            self._open()
            return
        self._hidden, self._hidden_geometry = hiding, hiding.saveGeometry()
        hiding.hide()
        QTimer.singleShot(_VANISH_MS, self, self._open)

    def cancel(self) -> None:
        """Ends without a region, as Esc does."""
        self._end(None)

    def _open(self) -> None:
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        try:
            self._windows = self._make_windows(app.screens())
            self._show_windows(app)
        except SourceError as error:
            self._end(None, told(error.message))
        except Exception:
            # Whatever went wrong, the window that was hidden must come back.
            self._end(
                None,
                self.tr("The screen cannot be shown because of a fault in the program; choose another source."),
            )
            raise

    def _show_windows(self, app: QGuiApplication) -> None:
        for signal in (app.screenAdded, app.screenRemoved):
            signal.connect(self.cancel)  # the frozen picture no longer fits
        current = self._first_window()
        for window in self._windows:
            window.cover()
        self._make_current(current)
        self._tries = 0
        self._activate()
        self._activation.start()

    def _make_windows(self, screens: Sequence[QScreen]) -> list[RegionWindow]:
        monitors = matched([as_told_by_qt(screen) for screen in screens], self._screens)
        pairs = [(screen, monitor) for screen, monitor in zip(screens, monitors, strict=True) if monitor is not None]
        if not pairs:
            raise SourceError("No monitor was found; connect one and try again.")
        pictures = [self._grab(monitor.region) for _, monitor in pairs]
        windows = []
        for (screen, monitor), picture in zip(pairs, pictures, strict=True):
            window = RegionWindow(screen, monitor, picture)
            window.drawn.connect(self._on_drawn)
            window.entered.connect(self._on_entered)
            window.keyed.connect(self._on_key)
            window.confirmed.connect(self._confirm)
            window.cancelled.connect(self.cancel)
            windows.append(window)
        return windows

    def _first_window(self) -> RegionWindow:
        place = home(self._last, [window.monitor for window in self._windows])
        if place is not None:
            index, region = place
            self._windows[index].show_region(region)
            return self._windows[index]
        under_pointer = QGuiApplication.screenAt(QCursor.pos())
        return next((window for window in self._windows if window.screen() is under_pointer), self._windows[0])

    def _make_current(self, current: RegionWindow) -> None:
        for window in self._windows:
            window.show_bar(window is current)
        self._current = current

    def _activate(self) -> None:
        """Asks for the keyboard until it is there: some window managers ignore the first call."""
        self._tries += 1
        if self._tries > _ACTIVATE_TRIES or any(window.isActiveWindow() for window in self._windows):
            self._activation.stop()
            return
        self._current.activateWindow()

    def _on_drawn(self) -> None:
        sender = self.sender()
        for window in self._windows:
            if window is sender:
                self._current = window
            else:
                window.show_bar(False)
                window.show_region(None)

    def _on_entered(self) -> None:
        sender = self.sender()
        if isinstance(sender, RegionWindow) and all(window.region is None for window in self._windows):
            self._make_current(sender)

    def _on_key(self, key: int, modifiers: Qt.KeyboardModifier) -> None:
        if key == Qt.Key.Key_Escape:
            self.cancel()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._confirm()
        elif key == Qt.Key.Key_A and modifiers & Qt.KeyboardModifier.ControlModifier:
            self._current.show_region(self._current.monitor.region)
        elif key in _ARROWS:
            self._move_by_key(*_ARROWS[Qt.Key(key)], modifiers)

    def _move_by_key(self, dx: int, dy: int, modifiers: Qt.KeyboardModifier) -> None:
        region, bounds = self._current.region, self._current.monitor.region
        if region is None:
            self._current.show_region(middle(bounds))
            return
        step = 10 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
        resizes = modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        dx, dy = dx * step, dy * step
        if resizes:
            self._current.show_region(resized(region, Grip(abs(dx) // step, abs(dy) // step), dx, dy, bounds))
        else:
            self._current.show_region(moved(region, dx, dy, bounds))

    def _confirm(self) -> None:
        if self._current.usable:
            self._end(self._current.region)

    def _end(self, region: Region | None, failure: str = "") -> None:
        if not self._running:
            return
        self._running = False
        self._activation.stop()
        self._close_windows()
        if self._hidden is not None:
            self._hidden.restoreGeometry(self._hidden_geometry)
            self._hidden.show()
            self._hidden = None
        if failure:
            self.failed.emit(failure)
        elif region is None:
            self.cancelled.emit()
        else:
            self.chosen.emit(region)

    def _close_windows(self) -> None:
        app = QGuiApplication.instance()
        if self._windows and isinstance(app, QGuiApplication):
            app.screenAdded.disconnect(self.cancel)
            app.screenRemoved.disconnect(self.cancel)
        for window in self._windows:
            window.hide()
            window.deleteLater()
        self._windows = []

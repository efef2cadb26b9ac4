"""Where the main window lies: wholly on a screen that is there, and beside what it reads."""

from typing import Final

from PySide6.QtCore import QByteArray, QEvent, QMargins, QObject, QRect, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import Region, RegionChoice, SourceChoice, WindowChoice
from fer_desktop.ui.bridge.jobs import run_job
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.look.theme import px
from fer_desktop.ui.region.screens import place_on_screens
from fer_desktop.ui.toolkit.timers import single_shot_timer
from fer_desktop.ui.window.rectangles import BESIDE_PX, beside, clamped, home_of

LEAST: Final = QSize(640, 480)
_FIRST_SIZE: Final = QSize(1280, 800)
_FRAME: Final = QSize(16, 48)  # room for a frame of which nothing is known before the window is shown
_GEOMETRY: Final = "window/geometry"
_LARGE: Final = Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen
_SETTLE_MS: Final = 150  # until the desktop has told how thick the frame is, or how its screens lie now


class Placing(QObject):
    """Keeps one window on the screens, and out of the way of what it reads."""

    no_room = Signal()  # too little is left beside what is read: the window was left where it is
    docked = Signal()  # it covers nothing of what is read

    def __init__(self, window: QWidget, services: Services) -> None:
        super().__init__(window)
        self._window, self._services = window, services
        self._undocked: QRect | None = None  # the frame before it was docked
        self._docked_at = QRect()
        self._target: tuple[QRect, QScreen] | None = None
        self._first_size: QSize | None = None  # until it was looked at with its frame
        self._settling = single_shot_timer(self, _SETTLE_MS)
        self._settling.timeout.connect(self.put_on_screen)
        window.installEventFilter(self)
        self._let_shrink(docked=False)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._on_added)
            app.screenRemoved.connect(self._settling.start)
            for screen in app.screens():
                self._watch(screen)

    def restore(self, store: QSettings) -> None:
        """Gives the window the place that `save` kept, or its first one, on a screen that is there."""
        kept = store.value(_GEOMETRY)
        if not (isinstance(kept, QByteArray) and self._window.restoreGeometry(kept)):
            self._window.resize(_FIRST_SIZE.boundedTo(self._window.screen().availableSize() - _FRAME))
        self.put_on_screen()
        self._first_size = self._window.size()

    def save(self, store: QSettings) -> None:
        """Keeps the window's place; of a docked one that where it was before."""
        self.undock()
        store.setValue(_GEOMETRY, self._window.saveGeometry())

    def put_on_screen(self) -> None:
        """Moves and shrinks the window as far as needed to be on a screen as a whole."""
        if self._window.windowState() & _LARGE:
            return
        screens = QGuiApplication.screens()
        if not screens:  # all are unplugged: it is looked at again when one is back
            return
        frame = self._window.frameGeometry()
        available = screens[home_of(frame, [screen.geometry() for screen in screens])].availableGeometry()
        self._let_shrink(docked=self._undocked is not None, most=available.size() - self._frame_size())
        if not available.contains(frame):
            self._move(clamped(frame, available))

    def dock(self, choice: SourceChoice) -> None:
        """Puts the window beside the part of the screen, or the other window, that is read; `docked` or `no_room`."""
        if isinstance(choice, RegionChoice):
            self._dock(choice.region)
        elif isinstance(choice, WindowChoice):
            run_job(lambda: self._services.window_place(choice), self._dock, lambda _sentence: None, self)

    @property
    def target(self) -> QRect | None:
        """Where what is read lay on the screen, in logical pixels; None: nowhere that is known."""
        return self._target[0] if self._target is not None else None

    def undock(self) -> None:
        """Puts the window back where it was before it was docked, unless the user has moved it since."""
        before, self._undocked, self._target = self._undocked, None, None
        self._let_shrink(docked=False)
        if before is not None and self._window.frameGeometry() == self._docked_at:
            self._move(before)
        self.put_on_screen()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Looks once the window is shown for the first time and its frame is known."""
        if event.type() is QEvent.Type.Show and watched is self._window and self._first_size is not None:
            QTimer.singleShot(_SETTLE_MS, self, self._on_first_shown)
        return super().eventFilter(watched, event)

    def _on_first_shown(self) -> None:
        size, self._first_size = self._first_size, None
        if size == self._window.size():  # else it is as the user has made it since
            self.put_on_screen()

    def _on_added(self, screen: QScreen) -> None:
        self._watch(screen)
        self._settling.start()

    def _watch(self, screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(self._settling.start)

    def _dock(self, region: Region | None) -> None:
        found = self._target = self._find(region) if region is not None else None
        if found is None:
            return
        target, screen = found
        frame = self._window.frameGeometry()
        place = beside(target, frame, screen.availableGeometry(), px(BESIDE_PX))
        if place is None:
            self.no_room.emit()
            return
        if place != frame:
            self._undocked = self._undocked or frame
            self._let_shrink(docked=True)
            self._window.setWindowState(self._window.windowState() & ~_LARGE)
            self._move(place)
            self._docked_at = place
        self.docked.emit()

    def _find(self, region: Region) -> tuple[QRect, QScreen] | None:
        """Where that region of the grabber's lies among Qt's logical pixels, and on which screen."""
        try:
            monitors = self._services.screens()
        except SourceError:  # the session says what is wrong
            return None
        return place_on_screens(region, QGuiApplication.screens(), monitors)

    def _let_shrink(self, docked: bool, most: QSize | None = None) -> None:
        """A docked window may be one column wide; none is larger than its screen."""
        least = QSize(px(BESIDE_PX), BESIDE_PX) - self._frame_size() if docked else LEAST
        self._window.setMinimumSize(least if most is None else least.boundedTo(most))

    def _frame_size(self) -> QSize:
        return self._window.frameGeometry().size() - self._window.size()

    def _move(self, frame: QRect) -> None:
        whole, inner = self._window.frameGeometry(), self._window.geometry()
        frame_px = QMargins(
            inner.left() - whole.left(),
            inner.top() - whole.top(),
            whole.right() - inner.right(),
            whole.bottom() - inner.bottom(),
        )
        self._window.setGeometry(frame.marginsRemoved(frame_px))

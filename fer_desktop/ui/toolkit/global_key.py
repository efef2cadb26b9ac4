"""The key that marks a moment while another program has the keyboard, where the system gives programs one."""

import logging
import sys
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QElapsedTimer, QObject, QSocketNotifier, Signal
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from Xlib.display import Display

logger = logging.getLogger(__name__)

# Three modifiers: Ctrl+Alt is AltGr on Windows, which types a letter, and calls use two for their own keys.
KEY: Final = "Ctrl+Alt+Shift+M"
_ONCE_MS: Final = 500  # a key that is held repeats itself


def is_offered(platform: str = "") -> bool:
    """Whether the system gives programs such a key; macOS and Wayland do not. `platform`: in QGuiApplication's word."""
    return (platform or QGuiApplication.platformName()) in ("xcb", "windows")


class _Holder(Protocol):
    def release(self) -> None: ...


class GlobalKey(QObject):
    """Takes Ctrl+Alt+Shift+M from all programs while it is held. Nothing on systems that give no such key."""

    pressed = Signal()

    def __init__(self, parent: QObject | None = None, platform: str | None = None) -> None:
        """`platform`: as QGuiApplication calls it."""
        super().__init__(parent)
        self._platform = platform if platform is not None else QGuiApplication.platformName()
        self._holder: _Holder | None = None
        self._refused = False  # another program has it: not asked for again in this session
        self._since = QElapsedTimer()

    @property
    def is_held(self) -> bool:
        """Whether the key marks now, wherever it is pressed."""
        return self._holder is not None

    def hold(self, on: bool) -> None:
        """Takes the key, or gives it back; nothing where that is so."""
        if not on:
            self._refused = False
            self._let_go()
        elif self._holder is None and not self._refused:
            self._holder = self._take()
            self._refused = self._holder is None

    def _take(self) -> _Holder | None:
        try:
            if self._platform == "xcb":
                return _X11Key(self)
            if sys.platform == "win32" and self._platform == "windows":
                return _WindowsKey(self)
        except OSError as error:
            logger.info("%s cannot be had from the system (%s)", KEY, error)
        return None

    def press(self) -> None:
        """The key was pressed; heard once where it repeats itself."""
        again = self._since.isValid() and self._since.elapsed() < _ONCE_MS
        self._since.start()
        if not again:
            self.pressed.emit()

    def lose(self) -> None:
        """The system has gone, or gives the key no longer."""
        self._refused = True
        self._let_go()

    def _let_go(self) -> None:
        holder, self._holder = self._holder, None
        if holder is not None:
            holder.release()


class _X11Key:
    """A passive grab on the root window, over a connection of its own. Raises OSError."""

    def __init__(self, key: GlobalKey) -> None:
        import Xlib.display
        import Xlib.error

        try:
            self._display: Display = Xlib.display.Display()
            self._grab()
        except (Xlib.error.DisplayError, Xlib.error.ConnectionClosedError) as error:
            raise OSError(str(error)) from error
        self._key = key
        self._heard = QSocketNotifier(self._display.fileno(), QSocketNotifier.Type.Read)
        self._heard.activated.connect(self._read)

    def _grab(self) -> None:
        from Xlib import XK, X, error

        code = self._display.keysym_to_keycode(XK.XK_m) or self._display.keysym_to_keycode(XK.XK_M)
        if not code:
            raise OSError("no key has the letter")
        failed = error.CatchError(error.BadAccess)
        root = self._display.screen().root
        # Caps Lock and Num Lock are modifiers to X11.
        for locks in (0, X.LockMask, X.Mod2Mask, X.LockMask | X.Mod2Mask):
            mask = X.ControlMask | X.Mod1Mask | X.ShiftMask | locks
            root.grab_key(code, mask, True, X.GrabModeAsync, X.GrabModeAsync, onerror=failed)
        self._display.sync()
        if failed.get_error() is not None:
            self._display.close()
            raise OSError("another program has it")

    def _read(self) -> None:
        from Xlib import X, error

        try:
            while self._display.pending_events():
                if self._display.next_event().type == X.KeyPress:
                    self._key.press()
        except (error.ConnectionClosedError, OSError):
            self._key.lose()

    def release(self) -> None:
        from Xlib import error

        self._heard.setEnabled(False)
        try:
            self._display.close()
        except (error.ConnectionClosedError, OSError):
            return


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _ID: Final = 0x4645  # ours; below 0xC000, as programs' are to be
    _ALT_CONTROL_SHIFT_ONCE: Final = 0x0001 | 0x0002 | 0x0004 | 0x4000
    _WM_HOTKEY: Final = 0x0312

    class _WindowsKey(QAbstractNativeEventFilter):
        """A hotkey of this thread, whose messages Qt's event loop hands on. Raises OSError."""

        def __init__(self, key: GlobalKey) -> None:
            super().__init__()
            self._key = key
            if not ctypes.windll.user32.RegisterHotKey(None, _ID, _ALT_CONTROL_SHIFT_ONCE, ord("M")):
                raise ctypes.WinError()
            application = QGuiApplication.instance()
            assert application is not None
            application.installNativeEventFilter(self)

        def nativeEventFilter(  # noqa: N802 - Qt's name
            self, kind: QByteArray | bytes | bytearray | memoryview, message: int
        ) -> tuple[bool, int]:
            """Hears the hotkey; everything goes on to Qt."""
            if (kind.data() if isinstance(kind, QByteArray) else bytes(kind)) == b"windows_generic_MSG":
                told = wintypes.MSG.from_address(int(message))
                if told.message == _WM_HOTKEY and told.wParam == _ID:
                    self._key.press()
            return False, 0

        def release(self) -> None:
            """Gives the key back."""
            ctypes.windll.user32.UnregisterHotKey(None, _ID)
            application = QGuiApplication.instance()
            if application is not None:
                application.removeNativeEventFilter(self)

"""The key that marks a moment, on every keyboard."""

import sys
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

# The letter M as other scripts write it; which key it is on differs.
_LETTERS: Final = frozenset("mμмմმמمम")
# The key between N and the comma, by what each system calls it: of X11 and Wayland (evdev's 50, and 8), of Windows.
_X11_CODE, _WINDOWS_CODE = 58, 0x32
_MAC_KEY: Final = 0x2E  # kVK_ANSI_M: macOS tells no scan codes
_NO_LETTER: Final = int(Qt.Key.Key_Escape)  # from here on Qt's keys are no characters
_MODIFIERS: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


def is_marker_key(event: QKeyEvent, system: str = sys.platform) -> bool:
    """Whether the key means M: by its letter, or by its place where its letter is none of the Latin script.

    A French keyboard has a comma in that place, which stays one: its M is found by the letter.
    """
    if event.modifiers() & _MODIFIERS or event.isAutoRepeat():
        return False
    letter = (event.text() or (chr(event.key()) if event.key() < _NO_LETTER else "")).lower()
    if letter in _LETTERS:
        return True
    return bool(letter) and not letter.isascii() and _is_in_place(event, system)


def _is_in_place(event: QKeyEvent, system: str) -> bool:
    if system == "darwin":
        return event.nativeVirtualKey() == _MAC_KEY
    return event.nativeScanCode() == (_WINDOWS_CODE if system == "win32" else _X11_CODE)

"""What a source is called on the screen."""

import re
from typing import Final

from PySide6.QtCore import QCoreApplication

from fer_desktop.core.addresses import UNNAMED_STREAM
from fer_desktop.core.sources import CameraChoice, DemoChoice, RegionChoice, SourceChoice, StreamChoice

# A camera whose maker gave it no name.
_NUMBERED: Final = re.compile(r"Camera (\d+)")
_PART: Final = re.compile(r"Part of the screen · (\d+) × (\d+) px")


def shown_name(choice: SourceChoice) -> str:
    """Its own name where it has one, such as a window's title; else the program's words, in the user's language."""
    match choice:
        case DemoChoice():
            return _demo()
        case RegionChoice(region=region):
            return _part(region.width, region.height)
        case StreamChoice() | CameraChoice():
            return stored_name(choice.name)
    return choice.name


def stored_name(name: str, is_demo: bool = False) -> str:
    """What a source is called that was stored under that name, whatever the language was in that the window spoke."""
    if is_demo:
        return _demo()
    if part := _PART.fullmatch(name):
        return _part(int(part[1]), int(part[2]))
    if numbered := _NUMBERED.fullmatch(name):
        return QCoreApplication.translate("Source", "Camera {number}").format(number=numbered[1])
    return QCoreApplication.translate("Source", "the stream") if name == UNNAMED_STREAM else name


def _demo() -> str:
    return QCoreApplication.translate("Source", "Demo class")


def _part(width: int, height: int) -> str:
    text = QCoreApplication.translate("Source", "Part of the screen · {width} × {height} px")
    return text.format(width=width, height=height)

"""What a source is called on the screen."""

import re
from typing import Final

from PySide6.QtCore import QCoreApplication

from fer_desktop.core.addresses import UNNAMED_STREAM
from fer_desktop.core.sources import CameraChoice, DemoChoice, RegionChoice, SourceChoice, StreamChoice

# A camera whose maker gave it no name.
_NUMBERED: Final = re.compile(r"Camera (\d+)")


def shown_name(choice: SourceChoice) -> str:
    """Its own name where it has one, such as a window's title; else the program's words, in the user's language."""
    match choice:
        case DemoChoice():
            return QCoreApplication.translate("Source", "Demo class")
        case RegionChoice(region=region):
            text = QCoreApplication.translate("Source", "Part of the screen · {width} × {height} px")
            return text.format(width=region.width, height=region.height)
        case StreamChoice(name=name) if name == UNNAMED_STREAM:
            return QCoreApplication.translate("Source", "the stream")
        case CameraChoice(name=name) if numbered := _NUMBERED.fullmatch(name):
            return QCoreApplication.translate("Source", "Camera {number}").format(number=numbered[1])
    return choice.name

"""Colours of what faces show, in both themes: each stands beside a mark or a word, never alone.

Fills are those of Okabe and Ito. Fill or edge has 3:1 against ground and card, what is drawn on a fill 3:1 against it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtGui import QColor

from fer_desktop.ui.look.theme import current_theme


class Mark(StrEnum):
    """What one camera shows, in the order in which squares stand; the first five are core's groups, by value."""

    SMILING = "smiling"
    SURPRISED = "surprised"
    NEUTRAL = "neutral"
    UNSURE = "unsure"
    LOW = "low"
    NO_FACE = "no face"
    CAMERA_OFF = "camera off"


@dataclass(frozen=True, slots=True)
class MarkColours:
    """How a mark is painted."""

    fill: QColor  # the card's where it is hollow
    edge: QColor
    ink: QColor  # of the sign on the fill


def _colours(fill: str, edge: str, ink: str) -> MarkColours:
    return MarkColours(QColor(fill), QColor(edge), QColor(ink))


_LIGHT: Final = {
    Mark.SMILING: _colours("#E69F00", "#9A6A00", "#1B1B1F"),
    Mark.SURPRISED: _colours("#56B4E9", "#2A7DB0", "#1B1B1F"),
    Mark.NEUTRAL: _colours("#D3D4DC", "#868894", "#1B1B1F"),
    Mark.UNSURE: _colours("#FFFFFF", "#868894", "#5D5E68"),
    Mark.LOW: _colours("#0072B2", "#0072B2", "#FFFFFF"),
    Mark.NO_FACE: _colours("#FFFFFF", "#868894", "#868894"),
    Mark.CAMERA_OFF: _colours("#FFFFFF", "#868894", "#868894"),
}
# Two blues of which one is a little lighter are hard to tell apart on a dark ground: surprise is hollow there.
_DARK: Final = {
    Mark.SMILING: _colours("#E69F00", "#E69F00", "#17181C"),
    Mark.SURPRISED: _colours("#212329", "#56B4E9", "#56B4E9"),
    Mark.NEUTRAL: _colours("#3A3D46", "#7A7D8A", "#ECECF0"),
    Mark.UNSURE: _colours("#212329", "#7A7D8A", "#A9ABB6"),
    Mark.LOW: _colours("#4AA3DF", "#4AA3DF", "#17181C"),
    Mark.NO_FACE: _colours("#212329", "#7A7D8A", "#7A7D8A"),
    Mark.CAMERA_OFF: _colours("#212329", "#7A7D8A", "#7A7D8A"),
}


def mark_colours(mark: Mark) -> MarkColours:
    """Its colours in the theme in force."""
    return (_DARK if current_theme().is_dark else _LIGHT)[mark]

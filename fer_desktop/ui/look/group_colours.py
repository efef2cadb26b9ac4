"""Colours of what faces show, in both themes: each stands beside a mark or a word, never alone.

Fill or edge has 3:1 against ground and card, what is drawn on a fill 3:1 against it.
"""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QColor

from fer_desktop.ui.look.theme import current_theme, text_on


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


def mark_colours(mark: Mark) -> MarkColours:
    """Its colours in the theme in force."""
    theme = current_theme()
    match mark:
        case Mark.SMILING:
            return MarkColours(theme.smiling, theme.smiling_edge, text_on(theme.smiling))
        case Mark.SURPRISED if theme.is_dark:
            # Two blues of which one is a little lighter are hard to tell apart on a dark ground: it is hollow there.
            return MarkColours(theme.card, theme.surprised_edge, theme.surprised)
        case Mark.SURPRISED:
            return MarkColours(theme.surprised, theme.surprised_edge, text_on(theme.surprised))
        case Mark.NEUTRAL:
            return MarkColours(theme.neutral, theme.neutral_edge, theme.text)
        case Mark.LOW:
            return MarkColours(theme.low, theme.low, text_on(theme.low))
        case Mark.UNSURE:
            return MarkColours(theme.card, theme.neutral_edge, theme.muted)
        case Mark.NO_FACE | Mark.CAMERA_OFF:
            return MarkColours(theme.card, theme.neutral_edge, theme.neutral_edge)

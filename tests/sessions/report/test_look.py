"""The report has the window's colours, and each of them is seen."""

from typing import Final

import pytest

from fer_desktop.sessions.report import look
from fer_desktop.ui.look.theme import LIGHT

SAME: Final = {
    look.TEXT: LIGHT.text,
    look.MUTED: LIGHT.muted,
    look.LINE: LIGHT.line,
    look.AXIS: LIGHT.neutral_edge,
    look.UNSEEN: LIGHT.track,
    look.SMILING: LIGHT.smiling,
    look.SMILING_EDGE: LIGHT.smiling_edge,
    look.SMILING_PALE: LIGHT.smiling_pale,
    look.LOW: LIGHT.low,
    look.LOW_PALE: LIGHT.low_pale,
}


@pytest.mark.parametrize("colour", SAME)
def test_a_colour_is_the_windows(colour: str):
    assert SAME[colour].name().upper() == colour

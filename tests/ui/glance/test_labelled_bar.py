"""The bar of a narrow window: its two ends in words."""

import pytest
from pytestqt.qtbot import QtBot
from support.gui.glances import CALM, LEARNING, LOW, USUAL, glance

from fer_desktop.core.glance.shown import shown_counts
from fer_desktop.core.glance.types import Glance, GroupCounts
from fer_desktop.ui.glance.labelled_bar import LabelledBar

NOBODY_SMILES = glance(GroupCounts(smiling=0, neutral=19, low=2, unsure=1), USUAL)


@pytest.mark.parametrize(
    ("shown", "left", "right"),
    [
        (NOBODY_SMILES, "21 neutral", ""),
        (CALM, "3 smiling, 17 neutral", ""),
        (LOW, "1 smiling, 10 neutral", "8 sad, afraid or angry"),
        (LEARNING, "3 smiling, 17 neutral", ""),
        (glance(GroupCounts(smiling=12), USUAL), "12 smiling", ""),
    ],
)
def test_it_says_how_many_smile_if_any_and_how_many_look_neutral(
    qtbot: QtBot, shown: Glance, left: str, right: str
) -> None:
    bar = LabelledBar()
    qtbot.addWidget(bar)
    bar.show_counts(shown_counts(shown))
    assert (bar._left.text(), bar._right.text()) == (left, right)
    assert bar.accessibleDescription() == ", ".join(filter(None, (left, right)))

"""The bar of a narrow window, in words."""

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
        (NOBODY_SMILES, "about 21 neutral, 1 not sure", ""),
        (CALM, "about 3 smiling, 1 surprised, 17 neutral, 1 not sure", ""),
        (LOW, "about 1 smiling, 1 surprised, 10 neutral, 2 not sure", "8 sad, afraid or angry"),
        (LEARNING, "about 3 smiling, 1 surprised, 17 neutral or other, 1 not sure", ""),
        (glance(GroupCounts(smiling=12), USUAL), "about 12 smiling", ""),
    ],
)
def test_it_says_how_many_show_what_and_leaves_nobody_out(qtbot: QtBot, shown: Glance, left: str, right: str) -> None:
    bar = LabelledBar()
    qtbot.addWidget(bar)
    bar.show_counts(shown_counts(shown))
    assert (bar._left.text(), bar._right.text()) == (left, right)
    assert bar.accessibleDescription() == ", ".join(filter(None, (left, right)))

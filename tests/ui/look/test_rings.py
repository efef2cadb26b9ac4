"""The ring of the keyboard: whole, and 3:1 to what it is drawn on, for each kind of control, measured in pictures."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.gui.every_control import every_control, ring_of
from support.gui.pictures import FAMILY

from fer_desktop.ui.look.theme import DARK, LIGHT, Theme, apply_theme, contrast

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
WHOLE = 0.7  # of each edge; the rest are the corners, which are round


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("percent", [100, 150])
def test_the_ring_is_whole_and_seen_on_every_kind_of_control(
    qapp: QApplication, qtbot: QtBot, theme: str, percent: int
) -> None:
    apply_theme(qapp, theme, family=FAMILY, percent=percent)
    window, controls = every_control()
    qtbot.addWidget(window)
    window.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    rings = {kind: ring_of(window, control) for kind, control in controls.items()}
    assert {kind: ring for kind, ring in rings.items() if ring[0] < WHOLE or ring[1] < 3.0} == {}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_rings_colour_has_3_to_1_on_every_ground(theme: Theme) -> None:
    for ground in (theme.ground, theme.card, theme.hover, theme.track):
        assert contrast(theme.focus, ground) >= 3.0, ground.name()
    for beside in (theme.accent, theme.ground, theme.card):  # the ring of the primary button
        assert contrast(theme.text, beside) >= 3.0, beside.name()

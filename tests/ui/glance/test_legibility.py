"""What the glance needs can be read from a metre away: capitals of 16 arc minutes at 96 dpi."""

import dataclasses
import math

import numpy as np
import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.gui.glances import CALM, LOW
from support.gui.pictures import picture_of, pixels, rgb

from fer_desktop.core.messages import Message
from fer_desktop.core.types import State
from fer_desktop.ui.glance.panel import GlancePanel
from fer_desktop.ui.look.theme import GLANCE, HEADING, SENTENCE, app_font, current_theme
from fer_desktop.ui.mini.strip import MiniStrip

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

_DISTANCE_MM = 1000.0
_PIXEL_MM = 25.4 / 96
_LEAST = 16.0  # arc minutes
CAPITALS = Message("MMMM")


def arc_minutes(height_px: float) -> float:
    return 60 * math.degrees(2 * math.atan(height_px * _PIXEL_MM / 2 / _DISTANCE_MM))


def ink_height(widget: QWidget) -> int:
    """Rows from the first to the last in which there is text."""
    rows = (
        np.abs(pixels(picture_of(widget))[:, :, ::-1].astype(int) - rgb(current_theme().text)).max(axis=2) < 40
    ).any(axis=1)
    return int(np.flatnonzero(rows)[-1] - np.flatnonzero(rows)[0] + 1)


def test_capitals_of_the_two_sizes_are_tall_enough() -> None:
    assert (GLANCE, SENTENCE) == (26, 32)
    for size_px in (GLANCE, SENTENCE):
        assert arc_minutes(QFontMetricsF(app_font(size_px)).capHeight()) >= _LEAST


@pytest.mark.parametrize("width", [1300, 800, 616])
def test_both_lines_of_the_sentence_are_as_tall_as_they_are_painted(qtbot: QtBot, width: int) -> None:
    panel = GlancePanel()
    qtbot.addWidget(panel)
    panel.resize(width, 300)
    panel.show_glance(CALM, (CAPITALS, CAPITALS))
    assert arc_minutes(ink_height(panel.first)) >= arc_minutes(ink_height(panel.second)) >= _LEAST


@pytest.mark.parametrize("width", [1300, 800, 616])
def test_a_long_sentence_is_never_smaller(qtbot: QtBot, width: int) -> None:
    panel = GlancePanel()
    qtbot.addWidget(panel)
    panel.resize(width, 300)
    long = Message("More faces than usual look sad, afraid or angry. " * 8)
    panel.show_glance(LOW, (long, long))
    assert panel.first.shown_px >= GLANCE
    assert panel.second.shown_px == GLANCE


@pytest.mark.parametrize("width", [1300, 960, 800, 640])
@pytest.mark.parametrize("way_out", ["", "Move it aside. The main window can give way to the mini strip (Ctrl+M)."])
def test_why_nothing_is_read_is_told_whole_in_the_room_that_is_free(qtbot: QtBot, width: int, way_out: str) -> None:
    panel = GlancePanel()
    qtbot.addWidget(panel)
    panel.resize(width, 300)
    panel.show_glance(CALM, (CAPITALS, CAPITALS))
    panel.grab()  # lays it out
    height = panel.height()
    why = Message("Waiting: a window of this very program lies over the call.")
    panel.show_glance(dataclasses.replace(CALM, state=State.COVERED), (why, Message(way_out)))
    panel.grab()
    assert panel.first.whole
    assert panel.second.whole
    assert min(panel.first.shown_px, panel.second.shown_px) >= HEADING
    assert panel.height() == height
    panel.show_glance(CALM, (CAPITALS, CAPITALS))
    panel.grab()
    assert (panel.first.shown_px, panel.second.shown_px) == (SENTENCE, GLANCE)


def test_the_strips_words_are_tall_enough(qtbot: QtBot, store: QSettings) -> None:
    strip = MiniStrip(store)
    qtbot.addWidget(strip)
    strip.show_glance(CALM, CAPITALS)
    strip.grab()  # lays it out
    assert arc_minutes(ink_height(strip.face.words)) >= _LEAST

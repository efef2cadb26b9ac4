"""Marks can be seen on what they stand on, and told apart without their colour."""

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from support.gui.pictures import pixels

from fer_desktop.ui.look.group_colours import Mark, mark_colours
from fer_desktop.ui.look.theme import apply_theme, contrast, current_theme
from fer_desktop.ui.widgets.group_marks import paint_mark

THEMES = pytest.mark.parametrize("theme", ["light", "dark"])


@THEMES
def test_marks_stand_out_from_their_ground_by_fill_or_edge(qapp: QApplication, theme: str) -> None:
    apply_theme(qapp, theme)
    for mark in Mark:
        colours = mark_colours(mark)
        for ground in (current_theme().ground, current_theme().card):
            assert max(contrast(colours.fill, ground), contrast(colours.edge, ground)) >= 3.0, mark


@THEMES
def test_signs_stand_out_from_their_fill(qapp: QApplication, theme: str) -> None:
    apply_theme(qapp, theme)
    for mark in Mark:
        assert contrast(mark_colours(mark).ink, mark_colours(mark).fill) >= 3.0, mark


def _grey(mark: Mark, side: int) -> npt.NDArray[np.float64]:
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_mark(painter, QRectF(0, 0, side, side), mark)
    painter.end()
    return np.asarray(pixels(image).mean(axis=2), np.float64)


@THEMES
@pytest.mark.parametrize("side", [28, 12])
def test_marks_differ_without_their_colour(qapp: QApplication, theme: str, side: int) -> None:
    apply_theme(qapp, theme)
    shades = {mark: _grey(mark, side) for mark in Mark}
    for one in Mark:
        for other in Mark:
            if one is not other:
                # By their lines, once each fill is taken for white.
                lines = [shades[mark] - np.median(shades[mark]) for mark in (one, other)]
                assert (np.abs(lines[0] - lines[1]) > 40).sum() >= 4, (one, other)


@pytest.mark.parametrize(
    ("mark", "light", "dark"),
    [
        (Mark.SMILING, "#e69f00", "#e69f00"),
        (Mark.SURPRISED, "#56b4e9", "#212329"),
        (Mark.LOW, "#0072b2", "#4aa3df"),
        (Mark.NEUTRAL, "#d3d4dc", "#3a3d46"),
    ],
)
def test_fills_are_those_of_the_design(qapp: QApplication, mark: Mark, light: str, dark: str) -> None:
    apply_theme(qapp, "light")
    assert mark_colours(mark).fill.name() == light
    apply_theme(qapp, "dark")
    assert mark_colours(mark).fill.name() == dark

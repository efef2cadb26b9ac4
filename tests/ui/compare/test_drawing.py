"""How two lessons are painted: steps of 30 s, and nothing where nothing was seen."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from fer_desktop.core.comparison.series import STEP_S, Gaps
from fer_desktop.ui.compare.drawing import Brush, Unseen
from fer_desktop.ui.compare.shown import Shown
from fer_desktop.ui.look.theme import LIGHT
from fer_desktop.ui.trend.lesson.columns import Scale

NONE: Gaps = ()
WIDE, HIGH = 120, 100  # px, of 120 s
GROUND = QColor(255, 0, 255)


def painted(lesson: list[float], other: list[float], unseen: Unseen) -> QImage:
    image = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
    image.fill(GROUND)
    painter = QPainter(image)
    scale = Scale(0.0, WIDE, 0.0, WIDE)
    shown = Shown(*(np.array(each) for each in (lesson, other, other, other)))
    Brush(painter, scale, LIGHT, unseen).group(QRectF(0, 0, WIDE, HIGH), shown, True, usual=False)
    painter.end()
    return image


def drawn(image: QImage) -> list[int]:
    """By px from left to right how much is painted."""
    return [sum(image.pixelColor(x, y) != GROUND for y in range(HIGH)) for x in range(WIDE)]


@pytest.mark.usefixtures("qapp")
def test_a_rise_begins_where_its_half_minute_does() -> None:
    unknown = [np.nan] * 4
    heights = drawn(painted([0.2, 0.2, 0.8, 0.8], unknown, Unseen(NONE, NONE)))
    assert heights[5:58] == pytest.approx([20] * 53, abs=1)
    assert heights[62:115] == pytest.approx([80] * 53, abs=1)
    assert STEP_S * 2 == 60


@pytest.mark.usefixtures("qapp")
def test_a_gap_shorter_than_a_mean_is_a_gap() -> None:
    unknown, some = [np.nan] * 4, [0.5] * 4
    gap = ((40.0, 58.0), (70.0, 77.0))
    for lesson, other, unseen in ((some, unknown, Unseen(gap, NONE)), (unknown, some, Unseen(NONE, gap))):
        heights = drawn(painted(lesson, other, unseen))
        empty = [x for x in range(WIDE) if not heights[x]]
        assert empty == [*range(40, 58), *range(70, 77)]

"""A box of the frame is found again where it is painted."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, QSize

from fer_desktop.ui.live.frame_mapping import FrameMapping


def mapping(view: QSize) -> FrameMapping:
    return FrameMapping.letterboxed(np.zeros((360, 640, 3), np.uint8), view)


@pytest.mark.parametrize(
    ("view", "rect", "scale"),
    [
        (QSize(1280, 720), QRectF(0, 0, 1280, 720), 2.0),
        (QSize(320, 400), QRectF(0, 110, 320, 180), 0.5),
        (QSize(1000, 360), QRectF(180, 0, 640, 360), 1.0),
    ],
    ids=["as it fits", "bars above and below", "bars beside it"],
)
def test_the_whole_frame_lies_in_the_middle(view: QSize, rect: QRectF, scale: float) -> None:
    assert mapping(view) == FrameMapping(rect, scale)


def test_a_box_is_painted_at_its_place_in_the_frame() -> None:
    box = np.array([10, 20, 110, 60], np.float32)
    assert mapping(QSize(320, 400)).to_widget(box) == QRectF(5, 120, 50, 20)


def test_the_pointer_is_over_what_is_painted_there() -> None:
    there = mapping(QSize(320, 400))
    assert there.to_frame(there.to_widget(np.array([10, 20, 110, 60], np.float32)).topLeft()) == (10.0, 20.0)
    assert there.to_frame(QPointF(0, 0)) == (0.0, -220.0)

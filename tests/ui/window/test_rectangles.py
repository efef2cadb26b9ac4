"""Where a window may lie: on the screen as a whole, and beside what it reads."""

import pytest
from PySide6.QtCore import QRect, QSize

from fer_desktop.ui.window.rectangles import BESIDE_PX, beside, clamped, clear_of, home_of

LAPTOP = QRect(0, 0, 1366, 728)  # 1366x768 with a task bar


@pytest.mark.parametrize(
    "available",
    [
        LAPTOP,
        QRect(0, 0, 910, 472),  # the same at 150 %
        QRect(0, 0, 1280, 680),  # 1920x1080 at 150 %
        QRect(0, 0, 1920, 1040),  # 3840x2160 at 200 %
        QRect(1366, -200, 1080, 1880),  # a second one, upright
        QRect(-1280, 24, 1280, 700),
    ],
)
@pytest.mark.parametrize(
    "frame",
    [QRect(0, 0, 1280, 800), QRect(900, 600, 640, 480), QRect(-4000, 9000, 5000, 3000), QRect(-30, -30, 700, 500)],
)
def test_a_frame_is_on_the_screen_as_a_whole_wherever_it_was(available: QRect, frame: QRect) -> None:
    place = clamped(frame, available)
    assert available.contains(place)
    assert place.size() == frame.size().boundedTo(available.size())


def test_what_is_on_the_screen_stays_where_it_is() -> None:
    assert clamped(QRect(100, 50, 800, 600), LAPTOP) == QRect(100, 50, 800, 600)


def test_the_screen_that_shows_most_is_home_and_the_first_where_none_does() -> None:
    screens = [LAPTOP, QRect(1366, 0, 1920, 1080)]
    assert home_of(QRect(1300, 0, 400, 400), screens) == 1
    assert home_of(QRect(9000, 0, 400, 400), screens) == 0


@pytest.mark.parametrize(
    ("target", "side"),
    [
        (QRect(0, 0, 800, 728), "right"),
        (QRect(500, 0, 866, 728), "left"),
        (QRect(466, 100, 500, 300), "right"),  # 400 px on its right, 466 on its left: the left has more
        (QRect(0, 0, 1366, 320), "below"),
        (QRect(0, 420, 1366, 308), "above"),
        (QRect(0, 0, 967, 728), None),  # 399 px
        (LAPTOP, None),
    ],
)
def test_it_goes_beside_what_is_read_where_one_column_is_left(target: QRect, side: str | None) -> None:
    place = beside(target, QRect(50, 50, 1200, 650), LAPTOP)
    if side is None:
        assert place is None
        return
    assert place is not None
    assert LAPTOP.contains(place)
    assert not place.intersects(target)
    assert min(place.width(), place.height()) >= BESIDE_PX
    touches = {"right": place.left() == target.right() + 1, "left": place.right() == target.left() - 1}
    touches |= {"below": place.top() == target.bottom() + 1, "above": place.bottom() == target.top() - 1}
    if target.left() == 466:
        side = "left"
    assert touches[side]


def test_it_stays_where_it_covers_nothing_and_keeps_its_size_where_that_fits() -> None:
    assert beside(QRect(0, 0, 500, 500), QRect(600, 20, 700, 500), LAPTOP) == QRect(600, 20, 700, 500)
    assert beside(QRect(0, 100, 500, 500), QRect(200, 20, 640, 480), LAPTOP) == QRect(500, 100, 640, 480)


LEAST = QSize(420, 300)


@pytest.mark.parametrize(
    ("target", "wanted", "place"),
    [
        # It covers nothing, beside the call or over the window that is docked there.
        (QRect(0, 0, 700, 728), QRect(760, 60, 560, 640), QRect(760, 60, 560, 640)),
        (QRect(0, 0, 700, 728), QRect(600, 60, 560, 640), QRect(700, 60, 560, 640)),  # moved no further than needed
        (QRect(0, 0, 900, 728), QRect(800, 60, 560, 640), QRect(900, 60, 466, 640)),  # made smaller
        (QRect(500, 0, 866, 728), QRect(300, 60, 480, 640), QRect(20, 60, 480, 640)),
        (QRect(0, 0, 1366, 400), QRect(400, 100, 560, 300), QRect(400, 400, 560, 300)),
        # Too little is left beside it: over as little of it as can be.
        (QRect(0, 0, 1000, 728), QRect(700, 60, 560, 640), QRect(806, 60, 560, 640)),
        (LAPTOP, QRect(400, 60, 560, 640), QRect(400, 60, 560, 640)),
    ],
)
def test_a_dialog_leaves_what_is_read_free_where_there_is_room(target: QRect, wanted: QRect, place: QRect) -> None:
    found = clear_of(target, wanted, LAPTOP, LEAST)
    assert found == place
    assert LAPTOP.contains(found)

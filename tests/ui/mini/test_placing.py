"""The strip lies whole on a screen that is there, and where it was with these screens."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSettings, QSize

from fer_desktop.ui.mini.placing import EDGE_PX, first_place, nearest_place, remember, remembered, screens_key, snapped

SIZE = QSize(464, 80)
LAPTOP = QRect(0, 0, 1366, 728)
PROJECTOR = QRect(1366, 0, 1920, 1040)


def at(x: int, y: int) -> QRect:
    return QRect(QPoint(x, y), SIZE)


def test_at_first_it_lies_at_the_upper_right() -> None:
    assert first_place(SIZE, LAPTOP) == QPoint(1366 - 464 - EDGE_PX, EDGE_PX)


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        (at(100, 100), QPoint(100, 100)),
        (at(-900, 100), QPoint(0, 100)),
        (at(1200, 100), QPoint(1366, 100)),  # half on either: it goes where it is nearer
        (at(1000, 700), QPoint(902, 648)),
        (at(9000, 9000), QPoint(1366 + 1920 - 464, 960)),
    ],
)
def test_all_of_it_is_on_one_screen(wanted: QRect, place: QPoint) -> None:
    found = nearest_place(wanted, [LAPTOP, PROJECTOR])
    assert found == place
    assert any(screen.contains(QRect(found, SIZE)) for screen in (LAPTOP, PROJECTOR))


def test_where_a_screen_has_gone_it_comes_to_one_that_is_left() -> None:
    assert nearest_place(at(2000, 300), [LAPTOP]) == QPoint(1366 - 464, 300)


def test_on_a_screen_that_is_too_small_its_beginning_can_be_seen() -> None:
    assert nearest_place(at(50, 50), [QRect(0, 0, 320, 60)]) == QPoint(0, 0)
    assert nearest_place(at(50, 50), []) == QPoint(50, 50)


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        (at(12, 300), QPoint(EDGE_PX, 300)),
        (at(-5, 3), QPoint(EDGE_PX, EDGE_PX)),
        (at(1366 - 464 - 10, 640), QPoint(1366 - 464 - EDGE_PX, 728 - 80 - EDGE_PX)),
        (at(400, 300), QPoint(400, 300)),
    ],
)
def test_the_edges_of_a_screen_take_hold_of_it(wanted: QRect, place: QPoint) -> None:
    assert snapped(wanted, [LAPTOP, PROJECTOR]) == place


def test_a_place_belongs_to_a_set_of_screens(tmp_path: Path) -> None:
    file = str(tmp_path / "window.ini")
    store = QSettings(file, QSettings.Format.IniFormat)
    alone, both = screens_key([(LAPTOP, 1.5)]), screens_key([(LAPTOP, 1.5), (PROJECTOR, 1.0)])
    assert screens_key([(PROJECTOR, 1.0), (LAPTOP, 1.5)]) == both != alone
    remember(store, alone, QPoint(10, -20))
    remember(store, both, QPoint(1500, 40))
    store.sync()
    again = QSettings(file, QSettings.Format.IniFormat)
    assert remembered(again, alone) == QPoint(10, -20)
    assert remembered(again, both) == QPoint(1500, 40)
    assert remembered(again, screens_key([(PROJECTOR, 1.0)])) is None


@pytest.mark.parametrize("kept", ["", "here", "1,2,3", "99999999,1", ["5"], 7, b"\x00"])
def test_a_place_that_cannot_be_read_is_none(tmp_path: Path, kept: object) -> None:
    store = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    store.setValue("strip/place/x", kept)
    assert remembered(store, "x") is None

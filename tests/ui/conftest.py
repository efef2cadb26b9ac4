"""Windows that look the same on every machine, the pictures they are held against, and the program behind them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QColor, QFontDatabase, QImage, QPixmap
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from ui.fakes import FakeServices
from ui.opened_window import Opener, opening_windows

from fer_desktop.core.types import Image
from fer_desktop.ui.theme import apply_theme

FAMILY = "DejaVu Sans"
PICTURES = Path(__file__).resolve().parents[1] / "snapshots"
# Edges of letters may be drawn a little differently; a word or a figure that differs, or is missing, may not.
_A_DIFFERENCE = 48  # of 255, in one channel of one pixel
_AT_MOST = 0.003  # of the pixels
_BLOCK = (16, 32)  # px, about a word
_AT_MOST_IN_A_BLOCK = 16.0  # of 255, the mean

Snapshot = Callable[[QWidget | QImage, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-snapshots",
        action="store_true",
        dest="update_snapshots",
        help="write tests/snapshots/ anew (name the folder: pytest tests/ui --update-snapshots), then look at them",
    )


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    """The light theme in the pinned font, before each test."""
    apply_theme(qapp, "light", family=FAMILY)
    yield
    apply_theme(qapp, "light")


@pytest.fixture
def dark(qapp: QApplication, light: None) -> None:  # noqa: ARG001
    """The dark theme in the pinned font."""
    apply_theme(qapp, "dark")


@pytest.fixture
def snapshot(request: pytest.FixtureRequest, tmp_path: Path) -> Snapshot:
    """Compares a widget, as large as it is, with tests/snapshots/<name>.png."""
    update = bool(request.config.getoption("update_snapshots", default=False))
    assert FAMILY in QFontDatabase.families(), f"install {FAMILY} (fonts-dejavu-core): the pictures are drawn with it"

    def compare(shown: QWidget | QImage, name: str) -> None:
        picture = shown if isinstance(shown, QImage) else picture_of(shown)
        file = PICTURES / f"{name}.png"
        if update:
            file.parent.mkdir(exist_ok=True)
            assert picture.save(str(file))
            return
        assert file.exists(), f"no {file.name}: pytest tests/ui --update-snapshots writes it"
        seen = tmp_path / file.name
        assert picture.save(str(seen))
        problem = difference(pixels(QImage(str(file))), pixels(picture))
        assert not problem, f"{name}: {problem}; what was painted is in {seen}"

    return compare


@pytest.fixture
def services(tmp_path: Path) -> FakeServices:
    """What the window gets from the program, in a folder of the test's own."""
    return FakeServices(tmp_path)


@pytest.fixture
def store(tmp_path: Path) -> QSettings:
    """Where the window keeps its place and its last source."""
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def open_window(qtbot: QtBot, services: FakeServices, store: QSettings) -> Iterator[Opener]:
    """Opens the whole window, as often as it is called; all its threads end with the test."""
    with opening_windows(qtbot, services, store) as opened:
        yield opened


def picture_of(widget: QWidget) -> QImage:
    """The widget as it is painted, laid out though it was never on a screen."""
    widget.ensurePolished()
    pixmap = QPixmap(widget.grab())
    return pixmap.toImage()


def pixels(picture: QImage) -> Image:
    """(H, W, 3) BGR copy of a picture."""
    plain = picture.convertToFormat(QImage.Format.Format_BGR888)
    rows = np.frombuffer(plain.constBits(), dtype=np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).copy()


def rgb(colour: QColor) -> tuple[int, int, int]:
    """What `pixels(...)[y, x, ::-1]` holds where that colour was painted."""
    return colour.red(), colour.green(), colour.blue()


def difference(expected: Image, seen: Image) -> str:
    """In which way two pictures differ; empty where they agree."""
    if expected.shape != seen.shape:
        return f"size {seen.shape[1]}x{seen.shape[0]} instead of {expected.shape[1]}x{expected.shape[0]}"
    apart = np.abs(expected.astype(int) - seen.astype(int)).max(axis=2)
    share = float((apart > _A_DIFFERENCE).mean())
    if share > _AT_MOST:
        return f"{100 * share:.1f} % of the pixels differ"
    rows, columns = apart.shape[0] // _BLOCK[0], apart.shape[1] // _BLOCK[1]
    whole = apart[: rows * _BLOCK[0], : columns * _BLOCK[1]]
    blocks = whole.reshape(rows, _BLOCK[0], columns, _BLOCK[1]).mean(axis=(1, 3))
    row, column = (int(index) for index in np.unravel_index(blocks.argmax(), blocks.shape))
    if blocks[row, column] > _AT_MOST_IN_A_BLOCK:
        return f"something else is painted near x {column * _BLOCK[1]}, y {row * _BLOCK[0]}"
    return ""

"""Windows that look the same on every machine, the pictures they are held against, and the program behind them."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QFontDatabase, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from support.fakes import FakeServices
from support.gui.opened_window import Opener, opening_windows
from support.gui.pictures import FAMILY, WORDS, Fineness, Snapshot, difference, picture_of, pixels
from support.gui.pseudo_translation import pseudo_language
from support.places import ROOT

from fer_desktop.ui.look.theme import apply_theme
from fer_desktop.ui.toolkit.garbage import collect_here

PICTURES = ROOT / "tests" / "snapshots"
PAINTED = ROOT / "build" / "snapshots"  # those that differ; CI keeps them


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
    collect_here(qapp)  # a test's windows are circles, and many of them have threads
    apply_theme(qapp, "light", family=FAMILY)
    yield
    apply_theme(qapp, "light", percent=100)


@pytest.fixture
def dark(qapp: QApplication, light: None) -> None:  # noqa: ARG001
    """The dark theme in the pinned font."""
    apply_theme(qapp, "dark")


@pytest.fixture
def in_brackets(qapp: QApplication) -> Iterator[None]:  # noqa: ARG001
    """All that is made in the test speaks another language."""
    with pseudo_language():
        yield


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    """Compares a widget, as large as it is, with tests/snapshots/<name>.png, which Linux' letters are drawn in."""
    if sys.platform != "linux":
        pytest.skip("other systems draw letters otherwise")
    update = bool(request.config.getoption("update_snapshots", default=False))
    assert FAMILY in QFontDatabase.families(), f"install {FAMILY} (fonts-dejavu-core): the pictures are drawn with it"

    def compare(shown: QWidget | QImage, name: str, fineness: Fineness = WORDS) -> None:
        picture = shown if isinstance(shown, QImage) else picture_of(shown)
        file = PICTURES / f"{name}.png"
        if update:
            file.parent.mkdir(exist_ok=True)
            assert picture.save(str(file))
            return
        assert file.exists(), f"no {file.name}: pytest tests/ui --update-snapshots writes it"
        if problem := difference(pixels(QImage(str(file))), pixels(picture), fineness):
            PAINTED.mkdir(parents=True, exist_ok=True)
            seen = PAINTED / file.name
            assert picture.save(str(seen))
            pytest.fail(f"{name}: {problem}; what was painted is in {seen}")

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

"""The command's pictures of every state: as they were, the same twice, and of the same model as a live session's."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QImage, QPainter
from support.command_line import run
from support.gui.pictures import FAMILY, SMALL, Snapshot, difference, pixels
from support.places import ROOT
from typer.testing import CliRunner

from fer_desktop.app.main import app
from fer_desktop.app.screenshots.calls import slides_alone
from fer_desktop.core.errors import StoreError
from fer_desktop.ui.automation.screenshots.states import STATES
from fer_desktop.ui.look.theme import app_font

SCALE = 0.375  # of the pictures that are kept
HELD = (
    *("first-run-2", "window-choice", "live-calm", "live-changed", "live-alert", "live-covered", "live-curves"),
    *("strip-alert", "ended", "lesson-moment", "settings"),
)
STORED = ("compare", "export", "import", "erase-everything", "reading", "reading-done")
KEPT = ROOT / "tests" / "snapshots" / "screens"
MOST_BYTES = 1_500_000
HINTINGS = (QFont.HintingPreference.PreferNoHinting, QFont.HintingPreference.PreferVerticalHinting)

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def small(picture: QImage) -> QImage:
    whole = picture.convertToFormat(QImage.Format.Format_RGB32)
    return whole.scaledToWidth(round(SCALE * whole.width()), Qt.TransformationMode.SmoothTransformation)


def bytes_of(out: Path, name: str) -> str:
    return hashlib.sha256((out / f"{name}.png").read_bytes()).hexdigest()


@pytest.mark.timeout(240)
def test_the_pictures_are_as_they_were_and_the_same_once_more_whatever_this_user_has(
    tmp_path: Path, snapshot: Snapshot
) -> None:
    """In one test, since drawing them takes longest."""
    first, again = tmp_path / "first", tmp_path / "again"
    done = run(tmp_path, "screenshots", "--out", first, "--only", ",".join(HELD), "--font", FAMILY)
    assert (done.code, done.err) == (0, "")
    names = [f"{state.name}-{theme}" for state in STATES if state.name in HELD for theme in ("light", "dark")]
    assert done.out.split() == [f"{name}.png" for name in names]
    for name in names:
        snapshot(small(QImage(str(first / f"{name}.png"))), f"screens/{name}", SMALL)

    chosen = ["--only", "live-alert,settings", "--theme", "dark", "--font", FAMILY, "--json"]
    done = run(tmp_path, "screenshots", "--out", again, *chosen, QT_SCALE_FACTOR="2", TZ="Asia/Tokyo", LC_ALL="C.UTF-8")
    assert (done.code, done.err) == (0, "")
    told = json.loads(done.out)
    assert [(one["state"], one["theme"]) for one in told] == [("live-alert", "dark"), ("settings", "dark")]
    assert told[0] == {
        "state": "live-alert",
        "theme": "dark",
        "file": str(again / "live-alert-dark.png"),
        "width": 1280,
        "height": 800,
    }
    for name in ("live-alert-dark", "settings-dark"):
        assert bytes_of(again, name) == bytes_of(first, name), name


@pytest.mark.timeout(240)
def test_the_pictures_of_stored_lessons_are_as_they_were(tmp_path: Path, snapshot: Snapshot) -> None:
    done = run(tmp_path, "screenshots", "--out", tmp_path, "--only", ",".join(STORED), "--font", FAMILY)
    assert (done.code, done.err) == (0, "")
    for name in done.out.split():
        snapshot(small(QImage(str(tmp_path / name))), f"screens/{name.removesuffix('.png')}", SMALL)


def test_a_scale_gives_more_pixels_of_the_same(tmp_path: Path) -> None:
    done = run(tmp_path, "screenshots", "--out", tmp_path, "--only", "about", "--scale", "2", "--language", "de")
    assert (done.code, done.err) == (0, "")
    picture = QImage(str(tmp_path / "about-light.png"))
    assert picture.width() >= 2 * 400
    assert picture.width() % 2 == picture.height() % 2 == 0


@pytest.mark.parametrize(
    ("what", "place"),  # px of the window
    [
        ("Stop", (1072, 32, 100, 38)),
        ("Settings", (1235, 38, 26, 28)),
        ("the second line of the sentence", (20, 132, 920, 36)),
        ("a square", (485, 192, 30, 32)),
        ("the alert", (20, 314, 1100, 34)),
        ("the alert's name on the trend", (590, 412, 92, 18)),
        ("what is read", (925, 380, 90, 18)),
    ],
)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_part_that_is_missing_is_noticed(theme: str, what: str, place: tuple[int, int, int, int]) -> None:
    kept = QImage(str(KEPT / f"live-alert-{theme}.png"))
    without = kept.copy()
    part = QRect(*(round(SCALE * side) for side in place))
    painter = QPainter(without)
    painter.fillRect(part, kept.pixelColor(part.topLeft()))
    painter.end()
    assert difference(pixels(kept), pixels(without), SMALL), what


def test_letters_that_are_drawn_a_little_differently_are_not_noticed() -> None:
    plain, hinted = (words_hinted(hinting) for hinting in HINTINGS)
    assert plain != hinted
    assert difference(pixels(small(plain)), pixels(small(hinted)), SMALL) == ""


def words_hinted(hinting: QFont.HintingPreference) -> QImage:
    picture = QImage(640, 200, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    for y, size in ((30, 12), (60, 14), (100, 20), (150, 32)):
        font = app_font(size)
        font.setHintingPreference(hinting)
        painter.setFont(font)
        painter.drawText(20, y, "More faces than usual smile: about 15")
    painter.end()
    return picture


def test_what_is_kept_is_small_and_all_of_it_is_held() -> None:
    files = sorted(KEPT.glob("*.png"))
    assert [file.stem for file in files] == sorted(
        f"{name}-{theme}" for name in (*HELD, *STORED) for theme in ("light", "dark")
    )
    assert sum(file.stat().st_size for file in files) < MOST_BYTES


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--only", "nonsense", "--out", "x"], "There is no state nonsense"),
        ([], "--out DIR"),
        (["--out", "x", "--language", "xx"], "'en', 'hi', 'es', 'de', 'fr'"),
        (["--out", "x", "--scale", "0"], "greater than or equal to 1"),
        (["--out", "x", "--theme", "blue"], "'light', 'dark', 'both'"),
    ],
)
def test_what_is_not_understood_is_told(arguments: list[str], words: str) -> None:
    told = CliRunner().invoke(app, ["screenshots", *arguments])
    assert told.exit_code == 2
    assert words in " ".join(told.output.replace("│", " ").split())


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = CliRunner().invoke(app, ["screenshots", "--out", str(tmp_path / "file" / "x")])
    assert isinstance(done.exception, StoreError)
    assert "cannot be written" in str(done.exception)


def test_all_states_are_listed_each_once() -> None:
    names = CliRunner().invoke(app, ["screenshots", "--list"]).output.split()
    assert names == [state.name for state in STATES]
    assert len(set(names)) == len(names)
    listed = CliRunner().invoke(app, ["screenshots", "--list", "--json", "--only", "settings,live-calm"]).output
    assert json.loads(listed) == ["live-calm", "settings"]


def test_a_slide_is_no_picture_of_people() -> None:
    assert not slides_alone().tiles
    assert np.ptp(slides_alone().image) > 0

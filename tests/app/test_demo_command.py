"""`demo --out`, started as a user starts it, on a machine without a display."""

from pathlib import Path

import PIL.Image
import pytest
from app.command_line import Ended, run
from app.tables import read_table

SECONDS = 12


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ended]:
    """A demo over an older one's results."""
    folder = tmp_path_factory.mktemp("demo")
    out = folder / "out"
    out.mkdir()
    (out / "session.csv").write_text("older", encoding="utf-8")
    return out, run(folder, "demo", "--seconds", str(SECONDS), "--out", out, QT_QPA_PLATFORM="")


def test_the_demo_leaves_its_session_and_two_pictures(demo: tuple[Path, Ended]) -> None:
    out, done = demo
    assert (done.code, done.err) == (0, "")
    assert "There is no display" in done.out
    assert str(out) in done.out
    assert {file.name for file in out.iterdir()} == {"session.csv", "session-1.csv", "window.png", "trend.png"}
    for name in ("window.png", "trend.png"):
        with PIL.Image.open(out / name) as picture:
            assert picture.width >= 1000


def test_the_demos_session_lasts_as_long_as_it_was_told_to(demo: tuple[Path, Ended]) -> None:
    table = read_table(demo[0] / "session.csv")
    assert list(table.elapsed_s.iloc[:-1]) == list(range(1, len(table)))
    assert SECONDS - 3 <= table.elapsed_s.iloc[-1] <= SECONDS + 5
    assert table.faces.max() >= 15


def test_results_of_earlier_demos_are_kept(demo: tuple[Path, Ended]) -> None:
    assert (demo[0] / "session-1.csv").read_text(encoding="utf-8") == "older"


def test_a_demo_that_cannot_write_says_so_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run(tmp_path, "demo", "--seconds", "5", "--out", tmp_path / "file" / "out", QT_QPA_PLATFORM="offscreen")
    assert done.code == 1
    assert "choose another with --out" in done.sentence


def test_a_demo_without_display_and_folder_says_what_to_add(tmp_path: Path) -> None:
    done = run(tmp_path, "demo", QT_QPA_PLATFORM="")
    assert done.code == 1
    assert "--out" in done.sentence

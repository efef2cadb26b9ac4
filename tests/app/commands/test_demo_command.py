"""`demo --out`, started as a user starts it, on a machine without a display."""

from pathlib import Path
from typing import Any

import PIL.Image
import pytest
from support.command_line import Ended, run, store_file
from support.tables import read_table

from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.repair import check
from fer_desktop.simulation.demo_script import (
    HAPPY_S,
    LEAVES_S,
    PARTICIPANTS,
    RECOVERED_S,
    RETURNS_S,
    SCRIPT_S,
    WORRIED_S,
)

SECONDS = 30


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


def test_the_demos_session_is_stored_too(demo: tuple[Path, Ended], table: Any) -> None:
    store = store_file(demo[0].parent)
    (session,) = reader.sessions(store)
    assert (session.name, session.state) == ("Demo class", reader.SessionState.ENDED)
    seen = reader.summaries(store, session.id)
    live = table[table.state == "live"]
    assert [round(second.elapsed_s, 2) for second in seen] == list(live.elapsed_s)
    assert [second.readable for second in seen] == list(live.readable)
    assert check(store).problems == ()


@pytest.fixture(scope="module")
def table(demo: tuple[Path, Ended]) -> Any:
    """The session's rows, each with the script's second in which its last frame can be at the latest."""
    rows = read_table(demo[0] / "session.csv")
    rows["script_s"] = rows.elapsed_s * SCRIPT_S / SECONDS
    return rows


def between(table: Any, from_s: float, to_s: float) -> Any:
    """The rows of a stretch of the script. Each is some seconds late for the faces: smoothed, and read in turn."""
    found = table[(table.script_s >= from_s) & (table.script_s <= to_s)]
    assert len(found) >= 2
    return found


def means(rows: Any) -> Any:
    """Mean of each expression over the rows."""
    return rows.filter(like="mean_").mean()


def test_the_demos_session_has_a_row_a_second(table: Any) -> None:
    whole = table.elapsed_s.iloc[:-1]
    assert list(whole) == list(range(1, len(table)))
    assert abs(len(whole) - SECONDS) <= 1
    assert abs(table.elapsed_s.iloc[-1] - SECONDS) <= 2
    assert table.faces.max() >= 20


def test_the_demos_class_starts_neutral_and_turns_happy(table: Any) -> None:
    assert means(between(table, 6, HAPPY_S - 4)).idxmax() == "mean_neutral"
    assert means(between(table, HAPPY_S + 20, WORRIED_S)).idxmax() == "mean_happy"
    # Two seconds of the clock late at most.
    assert HAPPY_S + 6 <= table.script_s[table.mean_happy.idxmax()] <= WORRIED_S + 2 * SCRIPT_S / SECONDS


def test_a_part_of_the_demos_class_is_worried_and_recovers(table: Any) -> None:
    def worried(from_s: float, to_s: float) -> float:
        found = means(between(table, from_s, to_s))
        return float(found.mean_sad + found.mean_fear)

    start, middle = worried(6, HAPPY_S - 4), worried(WORRIED_S + 17, RECOVERED_S)
    end = worried(RECOVERED_S + 20, SCRIPT_S)
    assert middle > start + 0.1
    assert end < (start + middle) / 2
    recovered = means(between(table, RECOVERED_S + 14, SCRIPT_S))
    assert recovered.mean_neutral + recovered.mean_happy > 0.7


def test_a_student_leaves_the_demos_class_and_comes_back(table: Any) -> None:
    before = between(table, WORRIED_S, LEAVES_S).seats.median()
    away = between(table, LEAVES_S + 8, RETURNS_S + 2).seats.median()
    back = between(table, RETURNS_S + 14, SCRIPT_S).seats.median()
    assert (before, away, back) == (PARTICIPANTS, PARTICIPANTS - 1, PARTICIPANTS)


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

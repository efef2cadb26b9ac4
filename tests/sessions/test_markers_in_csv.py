"""A marker that is renamed or taken away after its second: the file that is left says what it is at the end."""

import errno
import os
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from support.clocks import STARTED
from support.stored import summary

from fer_desktop.core.errors import StoreError
from fer_desktop.core.types import State
from fer_desktop.pipeline.events import Ended, EndReason, Marker, MarkerEdited, SessionEvent, Started
from fer_desktop.sessions.csv_export import HEADER, SessionCsv
from fer_desktop.sessions.own_csv import Held, hashes_of, held_in

THREE: tuple[SessionEvent, ...] = (
    Marker(1, 0.4, "Anna asks"),
    Marker(2, 0.6, "slide 7"),
    summary(1.0),
    Marker(3, 1.5, "break"),
    summary(2.0),
)


def begun(path: Path, *events: SessionEvent) -> SessionCsv:
    session = SessionCsv(path)
    for event in (Started(STARTED, "call", live_class=True), *events):
        session.write(event)
    return session


def saved(session: SessionCsv) -> Any:
    """Its table, once it was closed and verified as a session does at its end."""
    session.close()
    session.verify()
    return pd.read_csv(session.path, keep_default_na=False)


def test_the_file_that_is_left_has_each_marker_as_it_is_at_the_end(tmp_path: Path) -> None:
    session = begun(tmp_path / "s.csv", *THREE)
    session.write(MarkerEdited(1, "a question", elapsed_s=0.4))
    session.write(MarkerEdited(3, "", elapsed_s=1.5))
    session.write(summary(3.0))
    before = pd.read_csv(tmp_path / "s.csv", keep_default_na=False)
    assert before.marker.tolist() == ["Anna asks; slide 7", "break", ""]
    table = saved(session)
    assert table.marker.tolist() == ["a question; slide 7", "", ""]
    assert list(table.columns) == list(HEADER)
    assert table.drop(columns="marker").equals(before.drop(columns="marker"))
    assert [file.name for file in tmp_path.iterdir()] == ["s.csv"]
    assert session.notice is None


def test_one_that_was_taken_away_and_brought_back_is_there(tmp_path: Path) -> None:
    session = begun(tmp_path / "s.csv", *THREE)
    for said in ("", "break"):
        session.write(MarkerEdited(3, said, elapsed_s=1.5))
    assert saved(session).marker.tolist() == ["Anna asks; slide 7", "break"]


def test_one_that_is_renamed_within_its_second_is_written_so_at_once(tmp_path: Path) -> None:
    session = begun(tmp_path / "s.csv", Marker(1, 0.4, "a"), MarkerEdited(1, "b"), summary(1.0))
    assert pd.read_csv(tmp_path / "s.csv").marker.tolist() == ["b"]
    assert saved(session).marker.tolist() == ["b"]


def test_in_the_row_of_a_long_gap_too(tmp_path: Path) -> None:
    gap = [summary(float(second), readable=0, state=State.PAUSED) for second in range(2, 72)]
    session = begun(tmp_path / "s.csv", summary(1.0), *gap[:30], Marker(1, 31.5, "break"), *gap[30:])
    session.write(Marker(2, 71.2, "on"))
    session.write(summary(72.0))
    session.write(MarkerEdited(1, "pause"))
    table = saved(session)
    assert table.marker.tolist() == ["", "pause", "on"]
    assert table.elapsed_s.tolist() == [1.0, 71.0, 72.0]


def test_it_is_replaced_whole_or_stays_as_it_was_and_may_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begun(tmp_path / "s.csv", *THREE, MarkerEdited(2, "slide 8"))
    session.close()
    before = (tmp_path / "s.csv").read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk:
        disk.setattr(os, "replace", full)
        with pytest.raises(StoreError, match="disk is full"):
            session.verify()
    assert (tmp_path / "s.csv").read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["s.csv"]
    session.verify()
    assert pd.read_csv(tmp_path / "s.csv").marker.tolist() == ["Anna asks; slide 8", "break"]


def test_a_file_that_was_moved_away_meanwhile_is_not_found_again_under_two_names(tmp_path: Path) -> None:
    session = begun(tmp_path / "s.csv", *THREE, MarkerEdited(2, "slide 8"))
    session.close()
    (tmp_path / "s.csv").unlink()
    session.verify()
    assert [file.name for file in tmp_path.iterdir()] == ["s.csv"]
    assert pd.read_csv(tmp_path / "s.csv").marker.tolist() == ["Anna asks; slide 8", "break"]


def test_a_file_with_the_first_names_and_one_with_the_last_are_both_the_lessons_own(tmp_path: Path) -> None:
    """As the program leaves it where it is killed, and where it is not."""
    session = begun(tmp_path / "s.csv", *THREE, MarkerEdited(2, "slide 8"))
    session.close()
    now = (
        Started(STARTED, "call", live_class=True),
        summary(1.0),
        summary(2.0),
        *(Marker(1, 0.4, "Anna asks"), Marker(2, 0.6, "slide 8"), Marker(3, 1.5, "break")),
        Ended(2.0, EndReason.STOPPED),
    )
    assert held_in(session.path, now, hashes_of("slide 7")) is Held.STORED
    session.verify()
    assert held_in(session.path, now) is Held.STORED


def test_one_of_a_moment_that_has_passed_stands_in_the_row_of_that_second(tmp_path: Path) -> None:
    gap = [summary(float(second), readable=0, state=State.PAUSED) for second in range(4, 70)]
    session = begun(tmp_path / "s.csv", *THREE, summary(3.0), *gap, summary(70.0))
    for number, moment_s, said in ((4, 0.9, "the bell"), (5, 2.0, "a laugh"), (6, 30.0, "outside"), (7, 2.5, "gone")):
        session.write(Marker(number, moment_s, said))
    session.write(MarkerEdited(7, "", elapsed_s=2.5))
    session.write(Ended(70.0, EndReason.STOPPED))
    table = saved(session)
    assert table.elapsed_s.tolist() == [1.0, 2.0, 3.0, 69.0, 70.0]
    assert table.marker.tolist() == ["Anna asks; slide 7; the bell", "break; a laugh", "", "outside", ""]

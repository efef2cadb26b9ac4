"""A CSV file is held against the session that it is of."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from support.clocks import STARTED
from support.stored import FACTS, stored, summary

from fer_desktop.core.readings.summary import summarize
from fer_desktop.core.types import State
from fer_desktop.pipeline.events import ClockSet, Ended, EndReason, Gap, Marker, SessionEvent, Started
from fer_desktop.sessions.csv_export import new_session
from fer_desktop.sessions.own_csv import Held, held_in
from fer_desktop.sessions.store import reader

LESSON: list[SessionEvent] = [
    summarize((), 0, 1.0, State.STARTING),
    Marker(1, 1.2, "=quiz; ök, “a”"),
    Marker(2, 1.3, "slide 7"),
    summary(2.0, left=1),
    ClockSet(2.5, STARTED + timedelta(hours=1)),
    summary(3.004),
    *(summarize((), 0, float(second), State.PAUSED) for second in range(4, 70)),
    Gap(3.004, 69.0, State.PAUSED),
    summary(70.0, readable=0),
    summarize((), 0, 70.31, State.NO_SOURCE),
    Gap(70.0, 70.31, State.NO_SOURCE),
]
END = Ended(70.31, EndReason.STOPPED)


def written(tmp_path: Path, of_csv: list[SessionEvent], of_store: list[SessionEvent]) -> tuple[Path, Path]:
    """The CSV file and the store of a session."""
    csv, store = new_session(tmp_path, STARTED), tmp_path / "sessions.db"
    for event in (Started(STARTED, "Zoom meeting", live_class=True), *of_csv):
        csv.write(event)
    csv.close()
    stored(store, *of_store, facts=FACTS)
    return csv.path, store


def held(file: Path, store: Path) -> Held:
    return held_in(file, reader.events(store, 1))


def test_a_file_as_it_was_written_is_the_programs_own(tmp_path: Path) -> None:
    assert held(*written(tmp_path, LESSON, [*LESSON, END])) is Held.STORED


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "a line more": lambda data: data + b"Anna was ill\r\n",
    "a line more, in the columns": lambda data: data + b"2026-03-02,,,," + b"," * 37 + b"Anna\r\n",
    "a few words at the end": lambda data: data + b"Anna",
    "a word in a marker": lambda data: data.replace(b"slide 7", b"slide 7, Anna"),
    "a marker of her own": lambda data: data.replace(b",\r\n", b",Anna\r\n", 2),
    "a figure": lambda data: data.replace(b"0.1", b"0.2", 1),
    "a row that is empty": lambda data: data + b"\r\n",
    "saved by another program": lambda data: data.replace(b"\r\n", b"\n"),
    "saved without its mark": lambda data: data[3:],
    "something else": lambda _data: b"her own notes",
    "no text": lambda data: data + b"\xff\xfe\r\n",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_changed_is_hers(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    file, store = written(tmp_path, LESSON, [*LESSON, END])
    before = file.read_bytes()
    file.write_bytes(change(before))
    assert file.read_bytes() != before
    assert held(file, store) is Held.OTHER


def test_rows_that_the_store_lacks_since_the_program_was_killed_are_its_own(tmp_path: Path) -> None:
    file, store = written(tmp_path, [summary(1.0), Marker(1, 1.5, "quiz"), summary(2.0)], [summary(1.0)])
    assert held(file, store) is Held.MORE


@pytest.mark.parametrize("cut", [1, 2, 9, 60, 120])
def test_the_part_of_a_row_that_was_written_last_is_its_own(tmp_path: Path, cut: int) -> None:
    file, store = written(tmp_path, [summary(1.0), summary(2.0)], [summary(1.0)])
    file.write_bytes(file.read_bytes()[:-cut])
    assert held(file, store) is Held.MORE


def test_a_note_under_a_session_that_was_killed_is_hers(tmp_path: Path) -> None:
    file, store = written(tmp_path, [summary(1.0)], [summary(1.0)])
    file.write_bytes(file.read_bytes() + b"Anna was ill")
    assert held(file, store) is Held.OTHER

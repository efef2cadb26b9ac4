"""A closed CSV file goes on where it is as it was left, and nowhere else."""

from pathlib import Path

import pytest
from support.clocks import STARTED
from support.stored import summary

from fer_desktop.core.errors import StoreError
from fer_desktop.core.types import State
from fer_desktop.pipeline.events import Ended, EndReason, Started, TakenUp
from fer_desktop.sessions.csv_export import SessionCsv


@pytest.fixture
def file(tmp_path: Path) -> SessionCsv:
    """The file of a session that was stopped."""
    kept = SessionCsv(tmp_path / "session.csv")
    for event in (Started(STARTED, "call", True), summary(1.0), summary(1.4), Ended(1.4, EndReason.STOPPED)):
        kept.write(event)
    kept.close()
    return kept


def rows(file: SessionCsv) -> list[list[str]]:
    return [line.split(",")[1:4] for line in file.path.read_text("utf-8-sig").splitlines()[1:]]


def test_rows_are_added_and_the_time_between_is_a_gap(file: SessionCsv) -> None:
    before = file.path.read_bytes()
    file.reopen()
    for event in (TakenUp(1.4), summary(200.0, state=State.PAUSED, readable=0), summary(201.0)):
        file.write(event)
    file.close()
    file.verify()
    assert file.path.read_bytes().startswith(before)
    assert rows(file) == [["1", "live", ""], ["1.4", "live", ""], ["200", "paused", "198.6"], ["201", "live", ""]]
    assert file.notice is None


def test_one_that_was_erased_does_not_come_back(file: SessionCsv) -> None:
    file.path.unlink()
    with pytest.raises(StoreError, match="moved, erased or changed"):
        file.reopen()
    assert not file.path.exists()


def test_one_that_was_changed_is_left_alone(file: SessionCsv) -> None:
    file.path.write_bytes(file.path.read_bytes().replace(b"live", b"dead", 1))
    changed = file.path.read_bytes()
    with pytest.raises(StoreError, match="moved, erased or changed"):
        file.reopen()
    assert file.path.read_bytes() == changed

"""`analyze --tiles` on H.264 recordings of simulated calls."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.command_line import run
from support.recorded_calls import compare, record

from fer_desktop.core.types import PeopleSplit
from fer_desktop.simulation.cases.catalogue import CASES

CALL = replace(CASES["theme_dark"], counts=(9,), pictures_px=((1280, 720),))


@pytest.mark.parametrize("quality", [18, 30])
def test_everybody_in_a_recording_is_counted_once_and_keeps_one_seat(tmp_path: Path, quality: int) -> None:
    truths = record(tmp_path / "class.mp4", CALL, 1, PeopleSplit.TUNING, quality, seconds=8)
    done = run(tmp_path, "analyze", tmp_path / "class.mp4", "--tiles", "--faces", "--out", tmp_path)
    assert (done.code, done.err) == (0, "")
    told = compare(tmp_path, truths)
    assert told.frames >= 11
    assert told.participants == 9 * told.frames
    assert told.once >= 0.97 * told.participants
    assert told.none_counted <= 0.01 * told.participants
    assert told.faces_found >= 0.99 * told.faces
    assert told.false_faces == 0
    assert told.one_seat == len(told.seats) == 9

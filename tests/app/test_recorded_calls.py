"""`analyze --tiles` on H.264 recordings of simulated calls."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.command_line import run
from support.recorded_calls import RATE_HZ, compare, record

from fer_desktop.core.types import PeopleSplit
from fer_desktop.sessions.faces_csv import HEADER as FACES_HEADER
from fer_desktop.sessions.tiles_csv import HEADER as TILES_HEADER
from fer_desktop.simulation.hard_cases.catalogue import CASES
from fer_desktop.simulation.hard_cases.truth import CaseParticipant, CaseTruth

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


def test_a_frame_of_which_nothing_is_told_counts_against_the_recording(tmp_path: Path) -> None:
    (tmp_path / "tiles.csv").write_text(",".join(TILES_HEADER) + "\n", encoding="utf-8")
    (tmp_path / "faces.csv").write_text(",".join(FACES_HEADER) + "\n", encoding="utf-8")
    truth = CaseTruth((CaseParticipant(0, (0.0, 0.0, 90.0, 50.0), False, None, 0.0),))
    told = compare(tmp_path, [truth] * (3 * RATE_HZ))
    assert (told.frames, told.participants, told.once) == (2, 2, 0)

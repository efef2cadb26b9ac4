"""What was read of a part of a recording is the same once it was in a file."""

from pathlib import Path

import numpy as np

from fer_desktop.core.types import Analysis, Face, Frame, Quality, Reading, Reason, SharesRule, State
from fer_desktop.pipeline.session_engine.recording.recorder import summary_of
from fer_desktop.sessions.part_file import PartFile, part_end, part_frames

RULE = SharesRule(np.array([0.08, 0.01, 0.02, 0.28, 0.13, 0.13, 0.35], np.float32), 8.0, 0.01, 0.5)


def analysis(rule: SharesRule) -> Analysis:
    rng = np.random.default_rng(1)
    face = Face(np.zeros(4, np.float32), 0.9, np.zeros((5, 2), np.float32))
    readings = tuple(
        Reading(seat, face, Quality(True, Reason.NONE, 50.0), rng.dirichlet(np.ones(7)).astype(np.float32))
        for seat in range(9)
    )
    return Analysis(Frame(3, 1.5, np.zeros((0, 0, 3), np.uint8)), readings, 0.1, 9, 9, rule=rule)


def test_the_shares_of_a_class_and_their_intervals_are_the_same_after_the_file(tmp_path: Path) -> None:
    for rule in (RULE, SharesRule()):
        read = analysis(rule)
        file = PartFile(tmp_path / "part")
        file.add(read)
        file.finish({"whole": True})
        (back,) = part_frames(tmp_path / "part")
        before, after = (summary_of(one, 2.0, State.LIVE) for one in (read, back))
        for figure in ("mean", "low", "high"):
            assert getattr(before, figure).tolist() == getattr(after, figure).tolist()


def test_a_part_of_an_older_version_is_read_anew(tmp_path: Path) -> None:
    (tmp_path / "part").write_bytes(b"FERPART1\n")
    assert part_end(tmp_path / "part") is None

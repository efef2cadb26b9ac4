"""A recording that is read from its middle gives the frames that it gives when it is read from its start."""

from pathlib import Path

import numpy as np
import pytest
from support.inputs.clips import write_timed

from fer_desktop.capture.files.recording import RecordingSource
from fer_desktop.core.types import Image

STEADY = [number / 10 for number in range(600)]
UNEVEN = list(np.round(np.cumsum(np.random.default_rng(3).uniform(0.03, 1.8, 80)), 2))


def frames(path: Path, begin_s: float, from_s: float) -> list[tuple[float, Image]]:
    """The frames from `from_s` on, of a source that begins at `begin_s`."""
    source = RecordingSource(path, paced=False, every_s=0.5, begin_s=begin_s)
    source.open()
    found = []
    while (frame := source.read()) is not None:
        if frame.captured_s >= from_s:
            found.append((frame.captured_s, frame.image))
    source.close()
    return found


@pytest.mark.parametrize("begin_s", [1.0, 20.0, 45.0])
@pytest.mark.parametrize("stamps", [STEADY, UNEVEN], ids=["steady", "uneven"])
@pytest.mark.parametrize(
    ("name", "codec"), [("a.mp4", "libx264"), ("a.mkv", "libx264"), ("a.webm", "libvpx"), ("a.ts", "libx264")]
)
def test_frames_from_the_middle_are_those_from_the_start(
    tmp_path: Path, name: str, codec: str, stamps: list[float], begin_s: float
) -> None:
    path = write_timed(tmp_path / name, stamps, codec)
    whole, part = frames(path, 0.0, begin_s), frames(path, begin_s, begin_s)
    assert [at_s for at_s, _ in part] == [at_s for at_s, _ in whole]
    assert all(np.array_equal(mine, theirs) for (_, mine), (_, theirs) in zip(part, whole, strict=True))


def begun_anew(path: Path) -> Path:
    """A recording of twice 30 s, whose recorder counted from nothing again in the middle."""
    write_timed(path, STEADY[:300], "libx264")
    path.write_bytes(path.read_bytes() * 2)
    return path


def test_a_place_that_no_stamp_leads_to_is_reached_from_the_start(tmp_path: Path) -> None:
    path = begun_anew(tmp_path / "a.ts")
    whole = frames(path, 0.0, 45.0)
    assert len(whole) == 30
    assert [at_s for at_s, _ in frames(path, 45.0, 45.0)] == [at_s for at_s, _ in whole]


def test_a_recording_says_whether_its_stamps_made_sense(tmp_path: Path) -> None:
    steady, anew = write_timed(tmp_path / "a.ts", STEADY[:300], "libx264"), begun_anew(tmp_path / "b.ts")
    for path, plain in ((steady, True), (anew, False)):
        source = RecordingSource(path, paced=False)
        source.open()
        while source.read() is not None:
            pass
        assert source.plain is plain
        source.close()

"""Frames are read in a thread of their own, one ahead, which ends with whoever takes them."""

import threading

import numpy as np
import pytest

from fer_desktop.core.errors import SourceError
from fer_desktop.core.types import Frame
from fer_desktop.pipeline.read_ahead import read_ahead


class Counted:
    """So many frames, and then the end, or a failure."""

    name, reopens, plain, length_s = "lesson.mp4", False, True, None

    def __init__(self, frames: int, fails: bool = False) -> None:
        self.left, self.fails, self.read_frames = frames, fails, 0

    def open(self) -> None:
        pass

    def read(self) -> Frame | None:
        if self.read_frames == self.left:
            if self.fails:
                raise SourceError("The recording is damaged.")
            return None
        self.read_frames += 1
        return Frame(self.read_frames, float(self.read_frames), np.zeros((2, 2, 3), np.uint8))

    def cancel(self) -> None:
        pass

    def close(self) -> None:
        pass


def reads() -> bool:
    return any(thread.name == "read ahead" for thread in threading.enumerate())


def test_all_frames_come_in_order_and_then_the_end() -> None:
    assert [frame.index for frame, _ in read_ahead(Counted(5))] == [1, 2, 3, 4, 5]
    assert not reads()


def test_no_more_than_two_wait() -> None:
    source = Counted(100)
    frames = read_ahead(source)
    for number in range(1, 6):
        next(frames)
        assert source.read_frames <= number + 2
    frames.close()
    assert not reads()
    assert source.read_frames < 10


def test_what_the_source_raises_comes_after_its_frames() -> None:
    frames = read_ahead(Counted(2, fails=True))
    assert [next(frames)[0].index, next(frames)[0].index] == [1, 2]
    with pytest.raises(SourceError, match="damaged"):
        next(frames)
    assert not reads()

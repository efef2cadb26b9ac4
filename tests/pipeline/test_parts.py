"""Parts that are read one after the other in a single pass are those that are read each on its own."""

from collections.abc import Iterator

import numpy as np
import pytest

from fer_desktop.core.types import Analysis, Attendance, Frame
from fer_desktop.pipeline.parts import Part, PartEnd, part_of, read_part, read_parts


class Recorded:
    """A frame at each of these times."""

    name, reopens, plain = "lesson.mp4", False, True

    def __init__(self, times: list[float], begin_s: float) -> None:
        self._times = iter([at_s for at_s in times if at_s >= begin_s - 2.0])  # a place is never met exactly
        self.length_s: float | None = times[-1] + 0.5
        self.closed = False

    def open(self) -> None:
        pass

    def read(self) -> Frame | None:
        at_s = next(self._times, None)
        return None if at_s is None else Frame(0, at_s, np.full((2, 2, 3), round(at_s) % 256, np.uint8))

    def cancel(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True


class Remembering:
    """An analyzer whose answers depend on all that it has seen: it counts, and adds up."""

    def __init__(self) -> None:
        self._seen, self._sum = 0, 0

    def analyze(self, frame: Frame, excluded: frozenset[int] = frozenset()) -> Analysis:
        del excluded
        self._seen += 1
        self._sum += int(frame.image[0, 0, 0])
        return Analysis(frame, (), 0.0, self._seen, self._sum, attendance=Attendance())

    def current_seat(self, seat: int) -> int:
        return seat


def parts(number: int) -> Part:
    return part_of(number, part_s=10.0, warm_up_s=3.0)


def told(one: Analysis | PartEnd) -> tuple[object, ...]:
    if isinstance(one, PartEnd):
        return (one,)
    assert one.frame.image.size == 0  # nothing of a picture is handed on
    return (one.frame.captured_s, one.seats, one.cameras_on)


def on_its_own(times: list[float], number: int) -> Iterator[Analysis | PartEnd]:
    end = yield from read_part(lambda begin_s: Recorded(times, begin_s), Remembering(), parts(number))
    yield end


STEADY = [number / 2 for number in range(75)]
TIMES = {
    "steady": STEADY,
    "ends with a part": STEADY[:40],
    "a still over a part": [at_s for at_s in STEADY if not 8 <= at_s < 24],
    "a still as a part begins": [at_s for at_s in STEADY if not 6 <= at_s < 12],
}


@pytest.mark.parametrize("first", [0, 1, 2])
@pytest.mark.parametrize("times", TIMES.values(), ids=TIMES)
def test_one_pass_gives_what_each_part_gives_on_its_own(times: list[float], first: int) -> None:
    found: dict[int, list[tuple[object, ...]]] = {}
    for number, one in read_parts(lambda begin_s: Recorded(times, begin_s), Remembering, first, parts):
        found.setdefault(number, []).append(told(one))
    last = max(found)
    assert list(found) == list(range(first, last + 1))
    for number, all_of_it in found.items():
        assert all_of_it == [told(one) for one in on_its_own(times, number)]
    [end] = found[last][-1]
    assert isinstance(end, PartEnd)
    assert end.is_last
    assert end.end_s == times[-1] + 0.5

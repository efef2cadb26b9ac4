"""Which parts of a recording are asked for, whatever order they come back in and whatever the file claims."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from support.inputs.one_face import Brightness, OneFace

from fer_desktop.app.compose import LoadedModels
from fer_desktop.app.recordings.cluster.file_in_parts import FileInParts
from fer_desktop.app.recordings.cluster.worker import PartRead
from fer_desktop.app.recordings.reading import PartLengths
from fer_desktop.app.recordings.recording import Begun
from fer_desktop.app.recordings.run import Options
from fer_desktop.app.recordings.unfinished import Unfinished, end_told
from fer_desktop.app.terminal.inputs import Input
from fer_desktop.core.errors import SourceError
from fer_desktop.core.messages import Message
from fer_desktop.core.settings import Settings
from fer_desktop.core.types import Analysis, Frame
from fer_desktop.pipeline.parts import PartEnd
from fer_desktop.sessions.part_file import PackedPart

PartsOf = Callable[[float | None], FileInParts]


@pytest.fixture
def parts_of(tmp_path: Path) -> PartsOf:
    """The parts of 10 s of a recording that claims that length; called again: as the next call finds them."""

    def parts(claimed_s: float | None) -> FileInParts:
        models = LoadedModels(Settings(), OneFace(), Brightness())
        recording, options = Input(tmp_path / "a.mp4", "a.mp4"), Options(with_faces=False, every_s=1.0)
        begun = Begun(recording, models, tmp_path, options, "key", Unfinished(tmp_path, "key"), None, None)
        return FileInParts(begun, claimed_s, PartLengths(10.0, 1.0))

    return parts


def read(number: int, last: bool = False, plain: bool = True) -> PartRead:
    packed = PackedPart()
    packed.add(_frame(number))
    packed.finish(end_told(PartEnd(last, number * 10.0 + 10.0, None, plain)))
    return PartRead(packed.data(), 1.0)


def broken(number: int) -> PartRead:
    packed = PackedPart()
    packed.add(_frame(number))
    return PartRead(packed.data(), 1.0, Message("It breaks off."))


def _frame(number: int) -> Analysis:
    return Analysis(Frame(number, number * 10.0 + 1.0, np.zeros((0, 0, 3), np.uint8)), (), 0.1)


def ask(parts: FileInParts) -> list[int]:
    asked = list(parts.missing())
    for number in asked:
        parts.ask(number)
    return asked


def test_all_parts_are_asked_for_once_and_may_come_in_any_order(parts_of: PartsOf) -> None:
    parts = parts_of(35.0)
    assert ask(parts) == [0, 1, 2, 3]
    assert ask(parts) == []
    for number in (3, 1, 0):
        assert parts.take(number, read(number, last=number == 3))
        assert not parts.is_complete
    parts.give_up(2)
    assert ask(parts) == [2]
    parts.take(2, read(2))
    assert parts.is_complete
    assert parts.done_s == 35.0
    assert parts_of(35.0).is_complete  # the next call finds them


@pytest.mark.parametrize("claimed_s", [None, 5.0])
def test_a_recording_longer_than_it_claims_is_asked_for_part_after_part(
    parts_of: PartsOf, claimed_s: float | None
) -> None:
    parts = parts_of(claimed_s)
    for number in range(3):
        assert ask(parts) == [number]
        parts.take(number, read(number, last=number == 2))
    assert parts.is_complete


def test_what_lies_behind_the_end_is_not_wanted(parts_of: PartsOf) -> None:
    parts = parts_of(1e9)
    assert ask(parts)[:3] == [0, 1, 2]
    parts.take(1, read(1, last=True))
    assert parts.is_wanted(0)
    assert not parts.is_wanted(2)
    parts.take(0, read(0))
    assert parts.is_complete


def test_where_it_breaks_off_the_rows_before_are_there(parts_of: PartsOf) -> None:
    parts = parts_of(30.0)
    ask(parts)
    parts.take(1, broken(1))
    assert not parts.is_complete
    assert not parts.is_wanted(2)
    parts.take(0, read(0))
    assert parts.is_complete
    rest = parts.read_rest(1, False)
    assert next(rest)[0] == 1
    with pytest.raises(SourceError, match="breaks off"):
        next(rest)


def test_parts_behind_odd_time_stamps_are_read_again_from_the_first_frame(parts_of: PartsOf) -> None:
    parts = parts_of(40.0)
    ask(parts)
    parts.take(2, read(2))
    parts.take(1, read(1, plain=False))
    assert not parts.take(3, read(3, last=True))  # it was read where the time stamps led
    assert parts.is_wanted(0)
    assert list(parts.missing()) == [2, 3]
    assert parts.ask(2)
    assert parts.ask(3)
    parts.take(2, read(2))
    parts.take(3, read(3, last=True))
    parts.take(0, read(0))
    assert parts.is_complete

"""Who is left out is resolved where frames are read, through any number of merges."""

import itertools

import numpy as np
import pytest
from support.clocks import STARTED
from support.merging import MergingAnalyzer

from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.types import Analysis, Attendance, Frame
from fer_desktop.pipeline.events import Excluded, SeatChange, SeatEvent, SessionEvent, Started
from fer_desktop.pipeline.session_engine.channel.commands import Exclude, Include, IncludeEverybody
from fer_desktop.pipeline.session_engine.loops.reader import FrameReader
from fer_desktop.pipeline.session_engine.recording.recorder import Recorder
from fer_desktop.pipeline.session_engine.recording.seen import seen_in


@pytest.fixture
def analyzer() -> MergingAnalyzer:
    return MergingAnalyzer()


class Session:
    def __init__(self, analyzer: MergingAnalyzer) -> None:
        self.events: list[SessionEvent] = []
        self._recorder = Recorder([self], Started(STARTED, "call", live_class=True), 0.0)
        self.reader = FrameReader(analyzer, self._on_exclusion)
        self._times = itertools.count()

    def write(self, event: SessionEvent) -> None:
        self.events.append(event)

    def read(self, scene: int = 0) -> Analysis:
        at_s = float(next(self._times))
        analysis = self.reader.read(Frame(0, at_s, np.zeros((2, 2, 3), np.uint8), scene))
        self.record(analysis)
        return analysis

    def record(self, analysis: Analysis) -> None:
        self._recorder.observe(seen_in(analysis))

    def _on_exclusion(self, at_s: float, exclusion: Exclusion, commands: int) -> None:
        self._recorder.record(Excluded(at_s, exclusion, commands))

    @property
    def exclusions(self) -> list[Exclusion]:
        return [event.exclusion for event in self.events if isinstance(event, Excluded)]


@pytest.fixture
def session(analyzer: MergingAnalyzer) -> Session:
    return Session(analyzer)


def test_whoever_is_left_out_stays_so_through_300_merges(session: Session, analyzer: MergingAnalyzer) -> None:
    session.reader.change_exclusion(Exclude(session.read().tiles[0].seat), 0.0)
    for _ in range(300):
        analysis = session.read()
        assert [tile.excluded for tile in analysis.tiles] == [True]
    assert session.exclusions[-1] == Exclusion(frozenset({analyzer.seat}))


def test_a_click_on_a_picture_that_is_300_merges_old_leaves_out_who_was_clicked(
    session: Session, analyzer: MergingAnalyzer
) -> None:
    clicked = session.read().tiles[0].seat
    for _ in range(300):
        session.read()
    session.reader.change_exclusion(Exclude(clicked, own=True), 300.0)
    assert session.exclusions == [Exclusion(frozenset({analyzer.seat}), you=analyzer.seat)]
    assert session.read().tiles[0].excluded


def test_a_fault_in_the_frame_of_a_merge_brings_nobody_back(session: Session, analyzer: MergingAnalyzer) -> None:
    session.reader.change_exclusion(Exclude(session.read().tiles[0].seat), 0.0)
    analyzer.fails = True
    with pytest.raises(ZeroDivisionError):
        session.read()
    analyzer.fails = False
    assert session.read().tiles[0].excluded


def test_bringing_back_holds_after_merges_too(session: Session) -> None:
    seat = session.read().tiles[0].seat
    session.reader.change_exclusion(Exclude(seat), 0.0)
    session.read()
    session.reader.change_exclusion(Include(seat), 1.0)
    assert not session.read().tiles[0].excluded
    session.reader.change_exclusion(Exclude(seat), 1.0)
    session.reader.change_exclusion(IncludeEverybody(), 1.0)
    assert not session.read().tiles[0].excluded


def test_in_another_scene_nobody_is_left_out_and_old_clicks_mean_nobody(
    session: Session, analyzer: MergingAnalyzer
) -> None:
    seat = session.read().tiles[0].seat
    session.reader.change_exclusion(Exclude(seat), 0.0)
    assert not session.read(scene=1).tiles[0].excluded
    assert session.exclusions[-1] == Exclusion(scene=1)
    session.reader.change_exclusion(Exclude(analyzer.seat, scene=1), 1.0)
    session.reader.change_exclusion(Include(analyzer.seat, scene=0), 1.0)
    assert session.read(scene=1).tiles[0].excluded


def test_merges_and_who_left_or_came_back_are_recorded(session: Session) -> None:
    analysis = session.read()
    session.events.clear()
    both = Attendance(1, 1, just_left=(4,), just_back=(5,))
    session.record(Analysis(analysis.frame, (), 0.0, attendance=both, merged=((8, 2),)))
    assert [event for event in session.events if isinstance(event, SeatEvent)] == [
        SeatEvent(0.0, 8, SeatChange.MERGED, 2),
        SeatEvent(0.0, 4, SeatChange.LEFT),
        SeatEvent(0.0, 5, SeatChange.CAME_BACK),
    ]

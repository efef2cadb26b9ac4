"""What a frame showed, without its picture: small enough to wait in memory, whatever else is stuck."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fer_desktop.core.readings.summary import summarize
from fer_desktop.core.types import Analysis, Attendance, FloatArray, Summary


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The class in one frame."""

    captured_s: float  # when the frame was captured
    summary: Summary  # of this frame alone; its time is still to be filled in
    attendance: Attendance = field(default_factory=Attendance)
    merged: tuple[tuple[int, int], ...] = ()  # each merged seat, and the one that replaced it
    faces: Mapping[int, FloatArray] = field(default_factory=dict)  # (7,) probabilities of each readable face, by seat


def seen_in(analysis: Analysis, captured_s: float | None = None) -> Seen:
    """What an analysis shows, on the frames' clock or at the time that is given."""
    at_s = analysis.frame.captured_s if captured_s is None else captured_s
    summary = summarize(analysis.readings, analysis.seats, 0.0, cameras_on=analysis.cameras_on, rule=analysis.rule)
    faces = {reading.seat: reading.probabilities for reading in analysis.readings if reading.quality.readable}
    return Seen(at_s, summary, analysis.attendance, analysis.merged, faces)

"""A scripted lesson as its chart gets it: seconds, glances, markers and alerts of a class that does not exist.

Something usual at first, a video at which nearly all smile, a stretch after it in which more faces look low, a pause,
the call's window covered for a while, faces and cameras that come and go.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from fer_desktop.core.expressions import DISGUST, FEAR, HAPPY, N_EXPRESSIONS, NEUTRAL, SAD, SURPRISE
from fer_desktop.core.glance.alerts.alert_choices import AlertKind
from fer_desktop.core.glance.types import Basis, Change, Glance, Group, GroupCounts
from fer_desktop.core.types import FloatArray, Reason, State, Summary, no_figures
from fer_desktop.pipeline.events import Alert, Marker

GLANCE_S = 3
_LEARNING_S = 300
_WINDOW_S = 30

Event = Summary | Glance | Marker | Alert


class Chart(Protocol):
    """What takes a lesson."""

    def append(self, summary: Summary) -> None: ...

    def show_glance(self, glance: Glance) -> None: ...

    def mark(self, marker: Marker) -> None: ...

    def alert(self, alert: Alert) -> None: ...


@dataclass(frozen=True)
class ScriptedLesson:
    """What happened, in the order of its time within each of them."""

    summaries: tuple[Summary, ...]
    glances: tuple[Glance, ...]
    markers: tuple[Marker, ...]
    alerts: tuple[Alert, ...]

    def events(self) -> Iterator[Event]:
        """All of it in the order of time."""
        everything: list[Event] = [*self.summaries, *self.glances, *self.markers, *self.alerts]
        yield from sorted(everything, key=lambda event: event.elapsed_s)

    def play(self, chart: Chart) -> None:
        """Tells a chart all of it."""
        for event in self.events():
            tell(chart, event)


def tell(chart: Chart, event: Event) -> None:
    match event:
        case Summary():
            chart.append(event)
        case Glance():
            chart.show_glance(event)
        case Marker():
            chart.mark(event)
        case Alert():
            chart.alert(event)


def scripted_lesson(
    seconds: int, faces: int = 23, markers: int | None = None, seed: int = 4, scale_s: int | None = None
) -> ScriptedLesson:
    """A lesson of that length; the script is stretched to `scale_s`, or to the length. Markers each four minutes."""
    rng, whole = np.random.default_rng(seed), float(scale_s or seconds)
    counts = _counts(seconds, faces, whole, rng)
    summaries = tuple(_summary(second, counts[second], faces, whole) for second in range(1, seconds + 1))
    at = np.linspace(0, seconds, markers + 2)[1:-1] if markers is not None else np.arange(240, seconds, 240)
    named = tuple(Marker(number, float(round(s)), f"slide {number}") for number, s in enumerate(at.tolist(), start=1))
    glances = tuple(_glances(summaries, counts))
    alerts = tuple(
        Alert(number, part * whole, kind, told, faces, usual)
        for number, (part, kind, told, usual) in enumerate(
            ((0.34, AlertKind.MORE_SMILE, 19.0, 4.0), (0.58, AlertKind.MORE_LOW, 9.0, 3.0)), start=1
        )
        if part * whole < seconds
    )
    return ScriptedLesson(summaries, glances, named, alerts)


def _counts(seconds: int, faces: int, whole: float, rng: np.random.Generator) -> np.ndarray:
    """(seconds + 1, 7) faces by expression."""
    part = np.arange(seconds + 1) / whole
    wander = np.cumsum(rng.normal(0, 0.006, (max(seconds, 240) + 1, 2)), axis=0)
    wander -= np.array([np.convolve(column, np.ones(240) / 240, "same") for column in wander.T]).T
    wander = wander[: seconds + 1]
    video = np.clip(np.minimum((part - 0.32) / 0.015, (0.40 - part) / 0.02), 0, 1)
    low_time = np.clip(np.minimum((part - 0.56) / 0.02, (0.66 - part) / 0.03), 0, 1)
    happy = np.clip(0.17 + wander[:, 0] + 0.68 * video, 0.0, 0.95)
    low = np.clip(0.13 + wander[:, 1] - 0.12 * video + 0.28 * low_time, 0.0, 0.6)
    surprise = 0.03 + 0.05 * (np.sin(part * 60) > 0.9)
    shares = np.zeros((seconds + 1, N_EXPRESSIONS))
    shares[:, HAPPY], shares[:, SURPRISE] = happy, surprise
    shares[:, SAD], shares[:, FEAR], shares[:, DISGUST] = 0.6 * low, 0.3 * low, 0.1 * low
    shares[:, NEUTRAL] = np.clip(1 - shares.sum(axis=1), 0.0, 1.0)
    shares /= shares.sum(axis=1, keepdims=True)
    read = faces - (part > 0.2).astype(int) - 2 * ((part > 0.5) & (part < 0.75))
    return np.array([rng.multinomial(n, p) for n, p in zip(read, shares, strict=True)])


def _state(part: float) -> State:
    if 0.46 < part < 0.49:
        return State.PAUSED
    return State.COVERED if 0.81 < part < 0.825 else State.LIVE


def _summary(second: int, counts: np.ndarray, faces: int, whole: float) -> Summary:
    state = _state(second / whole)
    if state is not State.LIVE:
        none = no_figures()
        return Summary(float(second), state, faces, 0, 0, 0, none, none, none, np.zeros(N_EXPRESSIONS, np.int64))
    readable = int(counts.sum())
    away = (faces - readable) // 2 + (faces - readable) % 2
    mean = (counts / max(1, readable)).astype(np.float32)
    low, high = wilson_interval(mean, readable)
    unread = ((Reason.TURNED_AWAY, away),) if away else ()
    seen = (faces + 2, faces, readable + away, readable)  # seats, cameras on, faces, readable
    return Summary(float(second), state, *seen, mean, low, high, counts.astype(np.int64), unread)


def _grouped(counts: np.ndarray) -> np.ndarray:
    low = counts[:, [SAD, FEAR, DISGUST]].sum(axis=1) + counts[:, 0]
    return np.stack([counts[:, HAPPY], counts[:, SURPRISE], counts[:, NEUTRAL], low], axis=1).astype(float)


def _glances(summaries: tuple[Summary, ...], counts: np.ndarray) -> Iterator[Glance]:
    groups = _grouped(counts)
    usual: np.ndarray | None = None
    ordinary = np.ones(len(groups), bool)  # seconds without a change
    for summary in summaries[GLANCE_S - 1 :: GLANCE_S]:
        second = int(summary.elapsed_s)
        if not summary.state.seen:
            continue
        now = groups[max(1, second - _WINDOW_S) : second + 1].mean(axis=0)
        changed = usual is not None and bool(abs(now - usual).max() >= 4)
        ordinary[second - GLANCE_S : second + 1] = not changed
        before = slice(max(1, second - 600), second - _WINDOW_S)
        if second >= _LEARNING_S and not changed and ordinary[before].any():
            usual = np.median(groups[before][ordinary[before]], axis=0)
        yield _glance(summary, now, usual if second >= _LEARNING_S else None)


def _glance(summary: Summary, now: np.ndarray, usual: np.ndarray | None) -> Glance:
    counted = GroupCounts(*now.tolist())
    if usual is None:
        return Glance(summary.elapsed_s, summary.state, Basis.LEARNING, counted)
    compared = GroupCounts(*usual.tolist())
    place = int((np.abs(now - usual) * (True, True, False, True)).argmax())  # neutral is what the others leave
    change = None
    group = (Group.SMILING, Group.SURPRISED, Group.NEUTRAL, Group.LOW)[place]
    more = bool(now[place] > usual[place])
    if abs(now[place] - usual[place]) >= 4 and (more or group is Group.SMILING):  # fewer of another are never told
        change = Change(group, more, float(now[place]), float(usual[place]), int(summary.readable), summary.elapsed_s)
    return Glance(summary.elapsed_s, summary.state, Basis.USUAL, counted, usual=compared, change=change)


def wilson_interval(mean: FloatArray, faces: int) -> tuple[FloatArray, FloatArray]:
    """Both ends of a plausible interval of made-up shares: Wilson's, of so many faces."""
    z2 = 1.959964**2
    centre = (mean + z2 / (2 * faces)) / (1 + z2 / faces)
    half = np.sqrt(z2 * (mean * (1 - mean) / faces + z2 / (4 * faces**2))) / (1 + z2 / faces)
    return np.asarray(np.clip(centre - half, 0, 1), np.float32), np.asarray(np.clip(centre + half, 0, 1), np.float32)

"""One lesson laid over another: by the time since both began, or by moments of the same name.

Between two such moments the other lesson is stretched; before the first and after the last one it goes on in its own
time.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from fer_desktop.core.comparison.series import STEP_S, Gaps, Named, Rows, Series


class By(StrEnum):
    """What two lessons have in common."""

    TIME = "time"
    MARKERS = "markers"


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """A lesson in the N stretches of another one."""

    shares: Rows  # (N, 3) by COMPARED, 0-1; NaN where it is not known
    faces: Rows  # (N,)
    seconds: Rows  # (N,) of its own time that lie in each stretch
    gaps: Gaps = ()  # where it was not seen, in the time of that one


@dataclass(frozen=True, slots=True)
class Anchor:
    """The same moment in both."""

    name: str
    at_s: float  # in the lesson that others are laid over
    other_s: float


def anchors(lesson: Series, other: Series, by: By) -> list[Anchor]:
    """What ties both together, rising in both times: their beginnings, or the moments of the same name.

    A name that occurs several times is taken in its order. Where the order of names differs, as many stay as can.
    """
    if by is By.TIME:
        return [Anchor("", 0.0, 0.0)]
    there = dict(_keyed(other.moments))
    names = {key: moment.name for (key, _), moment in zip(_keyed(lesson.moments), lesson.moments, strict=True)}
    both = [Anchor(names[key], at_s, there[key]) for key, at_s in _keyed(lesson.moments) if key in there]
    return _rising(both)


def lay_over(lesson: Series, other: Series, by: By) -> Laid | None:
    """The other lesson in the stretches of this one; None where no moment has the same name."""
    tied = anchors(lesson, other, by)
    if not tied:
        return None
    edges: Rows = np.arange(len(lesson.faces) + 1, dtype=np.float64) * STEP_S
    edges[-1] = max(lesson.length_s, edges[-2] + 1e-3)
    at = np.clip(_other_time(edges, tied), 0.0, other.length_s)
    seconds = np.diff(at)
    means = _means_between(np.column_stack([other.shares, other.faces]), at)
    return Laid(means[:, :3], means[:, 3], seconds, _gaps_here(other.gaps, tied))


def _keyed(moments: tuple[Named, ...]) -> list[tuple[tuple[str, int], float]]:
    """Each with its name, however it is written, and the how manyth of that name it is."""
    met: dict[str, int] = {}
    found = []
    for moment in moments:
        name = " ".join(moment.name.casefold().split())
        met[name] = met.get(name, 0) + 1
        found.append(((name, met[name]), moment.at_s))
    return found


def _rising(tied: list[Anchor]) -> list[Anchor]:
    """As many of these, which rise in the one time, as rise in the other one too."""
    chains: list[list[Anchor]] = []
    for anchor in tied:
        before = [chain for chain in chains if chain[-1].other_s < anchor.other_s and chain[-1].at_s < anchor.at_s]
        chains.append([*max(before, key=len, default=[]), anchor])
    return max(chains, key=len, default=[])


def _other_time(at_s: Rows, tied: list[Anchor]) -> Rows:
    here, there = np.array([one.at_s for one in tied]), np.array([one.other_s for one in tied])
    inside = np.interp(at_s, here, there)
    before, after = there[0] - (here[0] - at_s), inside + np.maximum(0.0, at_s - here[-1])
    return np.asarray(np.where(at_s < here[0], before, after))


def _gaps_here(gaps: Gaps, tied: list[Anchor]) -> Gaps:
    """Gaps of the other lesson in the time of this one."""
    turned = [Anchor(one.name, one.other_s, one.at_s) for one in tied]
    times = _other_time(np.array(gaps, np.float64).reshape(-1, 2), turned)
    return tuple((float(start), float(end)) for start, end in times)


def _means_between(values: Rows, edges_s: Rows) -> Rows:
    """(N, C) the means of values (M, C) of stretches of 30 s between times (N + 1,), over what is known of them."""
    known = np.isfinite(values)
    grid = np.arange(len(values) + 1) * STEP_S

    def between(each: Rows) -> Rows:
        whole = np.concatenate([np.zeros((1, each.shape[1])), np.cumsum(each, axis=0)]) * STEP_S
        columns = [np.diff(np.interp(edges_s, grid, column)) for column in whole.T]
        return np.stack(columns, axis=1)

    sums, weights = between(np.where(known, values, 0.0)), between(known.astype(np.float64))
    # At least half of what lies there is known.
    enough = (weights > 1e-6) & (weights >= 0.5 * np.diff(edges_s)[:, None])
    means = np.full(sums.shape, np.nan)
    np.divide(sums, weights, out=means, where=enough)
    return means

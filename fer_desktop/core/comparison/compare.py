"""One lesson beside another or beside the usual of its class, and why there may be nothing to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from fer_desktop.core.comparison.alignment import Anchor, By, anchors, lay_over
from fer_desktop.core.comparison.differences import Difference, compared, differences
from fer_desktop.core.comparison.reference import LEAST_LESSONS, Reference, of_one, usual_of
from fer_desktop.core.comparison.series import STEP_S, Series
from fer_desktop.core.glance.shown import LEAST_READ

LEAST_COMPARED_S: Final = 300.0


class Why(StrEnum):
    """Why no difference is looked for."""

    FEW_LESSONS = "few lessons"  # of the class, before this one
    NO_MARKERS = "no markers"  # of the same name
    NOTHING_READ = "nothing read"
    WITHHELD = "withheld"  # fewer than five faces
    SMALL = "small"  # fewer than ten
    SHORT = "short"  # too little of both was seen
    NETWORKS = "networks"  # they were read by different ones


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """What is drawn and told."""

    lesson: Series
    others: tuple[Series, ...]
    usual: bool  # the reference is the usual of the class; else the one other lesson
    by: By
    reference: Reference | None  # None where nothing can be laid over the lesson
    found: tuple[Difference, ...] = ()  # the largest first
    why: Why | None = None
    seen_s: float = 0.0  # how much of both could be compared
    tied: tuple[Anchor, ...] = ()  # moments of the same name, where it is one other lesson


def compare(lesson: Series, other: Series, by: By) -> Comparison:
    """The lesson beside another one."""
    laid = lay_over(lesson, other, by)
    tied = tuple(anchor for anchor in anchors(lesson, other, by) if anchor.name)
    if laid is None:
        return Comparison(lesson, (other,), False, by, None, why=Why.NO_MARKERS)
    return _compared(Comparison(lesson, (other,), False, by, of_one(laid), tied=tied))


def compare_with_usual(lesson: Series, earlier: Sequence[Series], by: By) -> Comparison:
    """The lesson beside the usual of its class, from the lessons before it that the same network read."""
    if len(earlier) < LEAST_LESSONS:
        return Comparison(lesson, tuple(earlier), True, by, None, why=Why.FEW_LESSONS)
    laid = [(other, over) for other in earlier if (over := lay_over(lesson, other, by)) is not None]
    if len(laid) < LEAST_LESSONS:
        return Comparison(lesson, tuple(earlier), True, by, None, why=Why.NO_MARKERS)
    others = tuple(other for other, _ in laid)
    return _compared(Comparison(lesson, others, True, by, usual_of([over for _, over in laid])))


def _compared(given: Comparison) -> Comparison:
    assert given.reference is not None
    seen_s = min(float(compared(given.lesson, given.reference).sum()) * STEP_S, given.lesson.length_s)
    why = _why(given, seen_s)
    found = () if why is not None else tuple(differences(given.lesson, given.reference))
    return Comparison(
        given.lesson, given.others, given.usual, given.by, given.reference, found, why, seen_s, given.tied
    )


def _why(given: Comparison, seen_s: float) -> Why | None:
    lessons = (given.lesson, *given.others)
    faces = [lesson.usual_faces for lesson in lessons]
    faces = [faces[0], float(np.median(faces[1:]))]
    if min(faces) == 0:
        return Why.WITHHELD if any(lesson.withheld for lesson in lessons) else Why.NOTHING_READ
    if min(faces) < LEAST_READ - 0.5:
        return Why.SMALL
    if not given.usual and len({lesson.network for lesson in lessons if lesson.network}) > 1:
        return Why.NETWORKS
    return Why.SHORT if seen_s < LEAST_COMPARED_S else None

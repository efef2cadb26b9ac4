"""A report of a lesson, told: what stands on its page, in the reader's language and in the order of reading."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the course: shares of the faces read, 0-1, means over its time."""

    smiling: float
    low: float  # 0 where it is not told
    usual_smiling: float | None
    usual_low: float | None


@dataclass(frozen=True, slots=True)
class ChartWords:
    """What stands in the chart."""

    title: str
    description: str  # for who cannot see it
    everybody: str
    half: str
    nobody: str


@dataclass(frozen=True, slots=True)
class ChartMarks:
    """What stands over the curve: parts of the lesson, 0-1."""

    markers: Sequence[tuple[float, str]]
    changes: Sequence[float]
    unseen: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Course:
    """The lesson as a chart."""

    columns: Sequence[Column | None]  # of equal time; None where nothing was read
    marks: ChartMarks
    words: ChartWords
    times: Sequence[tuple[float, str]]  # clock times by part of the lesson, the first at 0, the last at 1
    few_times: Sequence[tuple[float, str]]  # fewer, for a narrow page
    caption: str


@dataclass(frozen=True, slots=True)
class Row:
    """A moment: when, what she called it, and what changed then."""

    time: str
    name: str  # of a marker; empty for a change
    words: str


@dataclass(frozen=True, slots=True)
class Headings:
    """What the parts of the page are called."""

    course: str
    moments: str
    time: str
    moment: str
    basis: str
    notes: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """All of it."""

    language: str  # as HTML names it
    title: str  # what the lesson is called
    class_name: str  # which class it was of; empty: she gave none
    when: str
    program: str
    sentence: tuple[str, str]  # the second may be empty
    facts: Sequence[tuple[str, str]]  # a figure, and what it is
    headings: Headings
    course: Course
    moments: Sequence[Row]
    no_moment: str  # what is said where there is none
    left_out: str  # what is said of moments that have no room; {count} of them
    basis: Sequence[str]
    notes: Sequence[str]  # what is noted of the lesson; she has room beside it
    warning: str  # what it must not be used for
    made: str

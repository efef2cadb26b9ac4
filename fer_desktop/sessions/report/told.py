"""What a report says of a lesson, as sentences that can be told in any language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from fer_desktop.core.card_errors import CardErrors, Shown
from fer_desktop.core.glance.changes import threshold
from fer_desktop.core.glance.lesson import stored_glances, stored_sentence
from fer_desktop.core.glance.lesson_changes import length_s_of, lesson_changes, past_change_words
from fer_desktop.core.glance.sentence import Clock, is_small
from fer_desktop.core.glance.shown import about
from fer_desktop.core.glance.types import Glance, GroupCounts, PastChange
from fer_desktop.core.messages import Message, message
from fer_desktop.core.types import State
from fer_desktop.pipeline.events import Marker, stops
from fer_desktop.sessions.exports.lesson import Lesson

_MINUTE_S: Final = 60
_LEAST_S: Final = 0.01  # as lengths of gaps are rounded
_STOPPED: Final = "{length}: stopped, and then resumed."
_GAPS: Final = {
    State.STARTING: Message("{length}: nothing was read yet."),
    State.PAUSED: Message("{length}: paused."),
    State.NO_SOURCE: Message("{length}: there was no picture."),
    State.COVERED: Message("{length}: another window covered the call."),
    State.SLOW: Message("{length}: the computer was busy."),
    State.ASLEEP: Message("{length}: the computer was asleep."),
    State.WITHHELD: Message("{length}: fewer than 5 faces were read, and are not told of."),
}


@dataclass(frozen=True, slots=True)
class Noted:
    """A moment in the report: when, what she called it, and what changed then."""

    elapsed_s: float
    name: str  # of a marker; empty for a change
    words: Message | None


@dataclass(frozen=True, slots=True)
class Told:
    """All of it."""

    sentence: tuple[Message, Message]
    length: Message
    read: Message | None  # "23 of 25": faces read of cameras on; None where nothing was
    moments: tuple[Noted, ...]
    basis: tuple[Message, ...]


def told_of(lesson: Lesson, glances: Sequence[Glance], errors: CardErrors, clock: Clock) -> Told:
    """What is said of that lesson. `errors`: how often the network that read it errs; `clock`: how a moment is told."""
    seen = [second for second in lesson.seconds if second.readable]
    cameras = about(median(second.cameras_on for second in seen)) if seen else 0
    faces = about(median(second.readable for second in seen)) if seen else 0
    return Told(
        stored_sentence(_own_glances(lesson), lesson.seconds, clock),
        length_words(lesson.stored.length_s),
        message("{faces} of {cameras}", faces=faces, cameras=cameras) if seen else None,
        tuple(_moments(lesson, glances)),
        tuple(_basis(lesson, cameras, faces, errors)),
    )


def length_words(seconds: float) -> Message:
    """ "40 s", "47 min", "1 h 12 min"."""
    whole = round(seconds)
    if whole < _MINUTE_S:
        return message("{seconds} s", seconds=whole)
    minutes = whole // _MINUTE_S
    if minutes < _MINUTE_S:
        return message("{minutes} min", minutes=minutes)
    return message("{hours} h {minutes} min", hours=minutes // _MINUTE_S, minutes=minutes % _MINUTE_S)


def glances_of(lesson: Lesson) -> list[Glance]:
    """The glances of the lesson; where it has none, as one out of a file, what its seconds say of all faces alone."""
    return stored_glances(_own_glances(lesson), lesson.seconds)


def _own_glances(lesson: Lesson) -> list[Glance]:
    return [event for event in lesson.events if isinstance(event, Glance)]


def _moments(lesson: Lesson, glances: Sequence[Glance]) -> list[Noted]:
    found = [Noted(one.elapsed_s, one.text, None) for one in lesson.events if isinstance(one, Marker) and one.text]
    found += [Noted(past.change.since_s, "", _changed(past)) for past in lesson_changes(glances)]
    return sorted(found, key=lambda noted: noted.elapsed_s)


def _changed(past: PastChange) -> Message:
    return past_change_words(past, length_words(length_s_of(past)))


def _basis(lesson: Lesson, cameras: int, faces: int, errors: CardErrors) -> Iterator[Message]:
    read_s = sum(second.readable > 0 for second in lesson.seconds)
    whole = length_words(lesson.stored.length_s)
    if read_s:
        yield message(
            "About {faces} of {cameras} cameras that were on were read, for {length} of {whole}.",
            faces=faces,
            cameras=cameras,
            length=length_words(read_s),
            whole=whole,
        )
    yield from _gaps(lesson)
    withheld_s = sum(second.state is State.WITHHELD for second in lesson.seconds)
    if withheld_s:
        yield message(_GAPS[State.WITHHELD].text, length=length_words(withheld_s))
    yield _errs(errors)
    if lesson.stored.live_class and faces and is_small(GroupCounts(neutral=faces)):
        yield Message("Of fewer than 10 faces only what most of them show is told.")
    elif faces:
        yield message(
            "A change is named from {least} faces of {faces} on, once it lasts: smaller ones can be chance.",
            least=int(threshold(faces)),
            faces=faces,
        )
    yield Message("A face is not a feeling. These figures judge nobody, and name nobody.")


def _gaps(lesson: Lesson) -> Iterator[Message]:
    stopped_s = sum(gap.end_s - gap.start_s for gap in stops(lesson.events))
    if stopped_s:
        yield message(_STOPPED, length=length_words(stopped_s))
    for reason, length_s in lesson.gap_lengths():
        rest_s = length_s - stopped_s if reason == State.PAUSED else length_s
        if rest_s >= _LEAST_S:
            yield message(_GAPS[State(reason)].text, length=length_words(rest_s))


def _errs(errors: CardErrors) -> Message:
    low = errors.by_shown.get(Shown.LOW)
    if errors.wrong is None or low is None:
        return Message("How often the network errs was not measured: expect more than one face in three to be misread.")
    return message(
        "Of 100 faces on clear photographs about {wrong} are misread, of 100 that look sad, afraid or angry about "
        "{low}; in a call more are, and a face misread tends to stay misread.",
        wrong=round(100 * errors.wrong),
        low=round(100 * (1 - low)),
    )

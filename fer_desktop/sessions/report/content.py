"""What stands on the page of a report, whatever it is written on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fer_desktop.core.card_errors import CardErrors
from fer_desktop.core.messages import Message, message
from fer_desktop.core.report_page import ChartMarks, ChartWords, Course, Headings, ReportPage, Row
from fer_desktop.core.types import State
from fer_desktop.pipeline.events import Gap
from fer_desktop.sessions.exports.lesson import Lesson
from fer_desktop.sessions.report.told import Told, glances_of, told_of
from fer_desktop.sessions.report.trend import columns

_SECONDS_UNTIL_S: Final = 600.0  # a shorter lesson's times have seconds
_TIMES, _FEW_TIMES = 4, 3


def _english_day(at: datetime) -> str:
    return f"{at:%A} {at.day} {at:%B %Y}"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Tells sentences, days and times in one language."""

    language: str = "en"  # as HTML names it
    tell: Callable[[Message], str] = str
    day: Callable[[datetime], str] = _english_day
    time: Callable[[datetime, bool], str] = lambda at, seconds: f"{at:%H:%M:%S}" if seconds else f"{at:%H:%M}"


def content(lesson: Lesson, errors: CardErrors, program: str, speaker: Speaker | None = None) -> ReportPage:
    """The report of that lesson; `errors` are of the network that read it, `program` is this one's version."""
    return _Content(lesson, errors, program, speaker or Speaker()).page()


class _Content:
    def __init__(self, lesson: Lesson, errors: CardErrors, program: str, speaker: Speaker) -> None:
        self._lesson, self._program, self._speaker = lesson, program, speaker
        self._say = speaker.tell
        self._glances = glances_of(lesson)
        self._length_s = max(lesson.stored.length_s, 1.0)
        self._told: Told = told_of(lesson, self._glances, errors, self._clock)

    def page(self) -> ReportPage:
        say, stored = self._say, self._lesson.stored
        first, second = self._told.sentence
        return ReportPage(
            language=self._speaker.language,
            title=stored.name or say(Message("A lesson")),
            class_name=stored.class_name,
            when=self._when(),
            program=f"FER Desktop {self._program}",
            sentence=(say(first), say(second)),
            facts=tuple(self._facts()),
            headings=self._headings(),
            course=self._course(),
            moments=tuple(
                Row(self._clock(one.elapsed_s), one.name, "" if one.words is None else say(one.words))
                for one in self._told.moments
            ),
            no_moment=say(Message("None was named, and nothing changed that chance would not explain.")),
            left_out=say(Message("Moments without room here: {count}. They stand in the report as a web page.")),
            basis=tuple(say(sentence) for sentence in self._told.basis),
            notes=tuple(filter(None, (stored.own_notes.strip(), stored.note.strip()))),
            warning=say(Message("Not for grading, appraisal or discipline.")),
            made=say(Message("Made on this computer. No picture was kept.")),
        )

    def _headings(self) -> Headings:
        say = self._say
        return Headings(
            course=say(Message("The lesson")),
            moments=say(Message("Moments")),
            time=say(Message("Time")),
            moment=say(Message("Moment")),
            basis=say(Message("On what this rests")),
            notes=say(Message("Your notes")),
        )

    def _clock(self, elapsed_s: float) -> str:
        return self._speaker.time(self._lesson.time_of(elapsed_s), self._length_s < _SECONDS_UNTIL_S)

    def _when(self) -> str:
        day = self._speaker.day(self._lesson.stored.started)
        return self._say(
            message("{day}, {begin} to {end}", day=day, begin=self._clock(0), end=self._clock(self._length_s))
        )

    def _facts(self) -> Iterator[tuple[str, str]]:
        yield self._say(self._told.length), self._say(Message("lesson"))
        if self._told.read is not None:
            yield self._say(self._told.read), self._say(Message("cameras on and read"))
        yield str(len(self._told.moments)), self._say(Message("moments"))

    def _course(self) -> Course:
        say = self._say
        said = (*self._told.sentence, *(noted.words for noted in self._told.moments if noted.words is not None))
        caption = Message(
            "Share of the faces read that smile (up), and that look sad, afraid or angry (down); neutral is the space "
            "between. Full colour: more than usual, the dotted line. Grey: not seen."
        )
        return Course(
            columns(self._glances, self._length_s),
            self._marks(),
            ChartWords(
                title=say(Message("The course of the lesson")),
                description=" ".join(say(sentence) for sentence in said if sentence.text),
                everybody=say(Message("all")),
                half=say(Message("half")),
                nobody=say(Message("none")),
            ),
            self._times(_TIMES),
            self._times(_FEW_TIMES),
            say(caption),
        )

    def _marks(self) -> ChartMarks:
        noted = [(min(1.0, one.elapsed_s / self._length_s), one) for one in self._told.moments]
        gaps = (event for event in self._lesson.events if isinstance(event, Gap))
        return ChartMarks(
            [(part, one.name) for part, one in noted if one.words is None],
            [part for part, one in noted if one.words is not None],
            [
                (gap.start_s / self._length_s, min(1.0, gap.end_s / self._length_s))
                for gap in gaps
                if gap.reason is not State.STARTING
            ],
        )

    def _times(self, count: int) -> Sequence[tuple[float, str]]:
        told = [
            (part, self._clock(self._length_s * part)) for part in (number / (count - 1) for number in range(count))
        ]
        # Of a lesson of a second not all differ.
        return [one for one in told if one[0] in (0, 1) or one[1] not in (told[0][1], told[-1][1])]

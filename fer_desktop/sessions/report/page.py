"""The page itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

from fer_desktop.core.card_errors import CardErrors
from fer_desktop.core.messages import Message, message
from fer_desktop.core.types import State
from fer_desktop.pipeline.events import Gap
from fer_desktop.sessions.exports.lesson import Lesson
from fer_desktop.sessions.report.chart import NARROW, WIDE, ChartMarks, ChartWords, chart, times_of
from fer_desktop.sessions.report.look import STYLE
from fer_desktop.sessions.report.told import Told, glances_of, told_of
from fer_desktop.sessions.report.trend import columns

_NOTE_LINES: Final = 4
_SECONDS_UNTIL_S: Final = 600.0  # a shorter lesson's times have seconds
# Nothing is fetched from anywhere, and nothing runs.
_ALONE: Final = "default-src 'none'; style-src 'unsafe-inline'"


def _english_day(at: datetime) -> str:
    return f"{at:%A} {at.day} {at:%B %Y}"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Tells sentences, days and times in one language."""

    language: str = "en"  # as HTML names it
    tell: Callable[[Message], str] = str
    day: Callable[[datetime], str] = _english_day
    time: Callable[[datetime, bool], str] = lambda at, seconds: f"{at:%H:%M:%S}" if seconds else f"{at:%H:%M}"


def report(lesson: Lesson, errors: CardErrors, program: str, speaker: Speaker | None = None) -> str:
    """The lesson as a page of HTML; `errors` are of the network that read it, `program` is this one's version."""
    return _Page(lesson, errors, program, speaker or Speaker()).html()


class _Page:
    def __init__(self, lesson: Lesson, errors: CardErrors, program: str, speaker: Speaker) -> None:
        self._lesson, self._program, self._speaker = lesson, program, speaker
        self._glances = glances_of(lesson)
        self._length_s = max(lesson.stored.length_s, 1.0)
        self._told: Told = told_of(lesson, self._glances, errors, self._clock)

    def html(self) -> str:
        stored = self._lesson.stored
        title = escape(stored.name) or self._say(Message("A lesson"))
        parts = [
            f'<!DOCTYPE html>\n<html lang="{escape(self._speaker.language)}">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{_ALONE}">',
            f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>",
            f"<header>\n<h1>{title}</h1>\n<p><span>{self._when()}</span>",
            f"<span>FER Desktop {escape(self._program)}</span></p>\n</header>",
            *self._glance(),
            *self._course(),
            *self._moments(),
            f"<section>\n<h2>{self._say(Message('On what this rests'))}</h2>\n<ul>",
            *(f"<li>{self._say(sentence)}</li>" for sentence in self._told.basis),
            "</ul>\n</section>",
            *self._notes(),
            f"<footer><strong>{self._say(Message('Not for grading, appraisal or discipline.'))}</strong>",
            f"{self._say(Message('Made on this computer. No picture was kept.'))}</footer>",
            "</main>\n</body>\n</html>\n",
        ]
        return "\n".join(parts)

    def _say(self, told: Message) -> str:
        return escape(self._speaker.tell(told))

    def _clock(self, elapsed_s: float) -> str:
        return self._speaker.time(self._lesson.time_of(elapsed_s), self._length_s < _SECONDS_UNTIL_S)

    def _when(self) -> str:
        day = self._speaker.day(self._lesson.stored.started)
        return self._say(
            message("{day}, {begin} to {end}", day=day, begin=self._clock(0), end=self._clock(self._length_s))
        )

    def _glance(self) -> Iterator[str]:
        first, second = self._told.sentence
        yield f'<section>\n<p class="sentence">{self._say(first)}</p>'
        yield f'<p class="second">{self._say(second)}</p>\n<dl>'
        facts = [(self._told.length, Message("lesson"))]
        if self._told.read is not None:
            facts.append((self._told.read, Message("cameras on and read")))
        facts.append((Message(str(len(self._told.moments))), Message("moments")))
        for figure, name in facts:
            yield f"<div><dt>{self._say(name)}</dt><dd>{self._say(figure)}</dd></div>"
        yield "</dl>\n</section>"

    def _course(self) -> Iterator[str]:
        caption = Message(
            "Share of the faces read that smile (up), and that look sad, afraid or angry (down); neutral is the space "
            "between. Full colour: more than usual, the dotted line. Grey: not seen."
        )
        shares = columns(self._glances, self._length_s)
        yield f"<section>\n<h2>{self._say(Message('The lesson'))}</h2>\n<figure>"
        for width in (WIDE, NARROW):
            yield chart(shares, self._marks(width), self._words(), width)
        yield f"<figcaption>{self._say(caption)}</figcaption>\n</figure>\n</section>"

    def _words(self) -> ChartWords:
        tell = self._speaker.tell
        said = (*self._told.sentence, *(noted.words for noted in self._told.moments if noted.words is not None))
        return ChartWords(
            tell(Message("The course of the lesson")),
            " ".join(tell(sentence) for sentence in said if sentence.text),
            tell(Message("all")),
            tell(Message("half")),
            tell(Message("none")),
        )

    def _marks(self, width: int) -> ChartMarks:
        count = times_of(width) - 1
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
            [(number / count, self._clock(self._length_s * number / count)) for number in range(count + 1)],
        )

    def _moments(self) -> Iterator[str]:
        yield f"<section>\n<h2>{self._say(Message('Moments'))}</h2>"
        if not self._told.moments:
            none = Message("None was named, and nothing changed that chance would not explain.")
            yield f"<p>{self._say(none)}</p>\n</section>"
            return
        heads = (Message("Time"), Message("Moment"))
        yield '<table>\n<thead class="unseen"><tr>' + "".join(
            f'<th scope="col">{self._say(head)}</th>' for head in heads
        )
        yield "</tr></thead>\n<tbody>"
        for noted in self._told.moments:
            words = "" if noted.words is None else f'<span class="words">{self._say(noted.words)}</span>'
            what = escape(noted.name) + words
            yield f'<tr><th scope="row">{escape(self._clock(noted.elapsed_s))}</th><td>{what}</td></tr>'
        yield "</tbody>\n</table>\n</section>"

    def _notes(self) -> Iterator[str]:
        yield f"<section>\n<h2>{self._say(Message('Your notes'))}</h2>"
        if self._lesson.stored.note:
            yield f'<p class="note">{escape(self._lesson.stored.note)}</p>'
        yield '<div aria-hidden="true">' + '<div class="rule"></div>' * _NOTE_LINES + "</div>\n</section>"

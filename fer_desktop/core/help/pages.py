"""Pages of help as data: headings, paragraphs, points and steps, each a text that can be told in any language."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fer_desktop.core.messages import Message

_WHY: Final = Message("Why it may be")
_HELPS: Final = Message("What helps")


class Topic(StrEnum):
    """Pages that others open by name."""

    FIRST_STEPS = "first-steps"
    KEYS = "keys"
    WORDS = "words"
    ALERTS = "alerts"
    STRIP = "strip"
    LEAVING_OUT = "leaving-out"
    LAW = "law"
    LESSONS = "lessons"
    SETTINGS = "settings"
    FAULTS = "faults"


class Kind(StrEnum):
    """What a part of a page is."""

    HEADING = "heading"
    TEXT = "text"  # paragraphs
    POINTS = "points"
    STEPS = "steps"  # in this order


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, some paragraphs, or a list."""

    kind: Kind
    words: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page."""

    key: str  # its name in links, which nobody reads
    title: Message
    parts: tuple[Part, ...]
    told: tuple[str, ...] = ()  # sentences of the program that it is about, as they stand there
    is_fault: bool = False  # whether it tells of something that goes wrong


def heading(words: Message) -> Part:
    """A heading within the page."""
    return Part(Kind.HEADING, (words,))


def text(*paragraphs: Message) -> Part:
    """Paragraphs."""
    return Part(Kind.TEXT, paragraphs)


def points(*words: Message) -> Part:
    """A list in any order."""
    return Part(Kind.POINTS, words)


def steps(*words: Message) -> Part:
    """A list to be followed from the first to the last."""
    return Part(Kind.STEPS, words)


def fault(
    key: str,
    title: Message,
    happened: Message,
    why: tuple[Message, ...],
    helps: tuple[Message, ...],
    told: tuple[str, ...],
) -> Page:
    """A page about something that goes wrong; `told`: the sentences that say so."""
    parts = text(happened), heading(_WHY), points(*why), heading(_HELPS), steps(*helps)
    return Page(key, title, parts, told, is_fault=True)

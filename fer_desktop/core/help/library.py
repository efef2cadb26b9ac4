"""All pages, and which of them is about a sentence that the program has just told."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from fer_desktop.core.help.disk_faults import DISK_FAULTS
from fer_desktop.core.help.pages import Page
from fer_desktop.core.help.program_faults import PROGRAM_FAULTS
from fer_desktop.core.help.screen_faults import SCREEN_FAULTS
from fer_desktop.core.help.source_faults import SOURCE_FAULTS
from fer_desktop.core.help.taking_faults import TAKING_FAULTS
from fer_desktop.core.help.topics import TOPICS
from fer_desktop.core.messages import Message

GROUPS: Final = (
    (Message("The call and the screen"), SCREEN_FAULTS),
    (Message("Cameras, streams and recordings"), SOURCE_FAULTS),
    (Message("Disks and saved lessons"), (*DISK_FAULTS, *TAKING_FAULTS)),
    (Message("Answers, settings and the program"), PROGRAM_FAULTS),
)
FAULTS: Final[tuple[Page, ...]] = tuple(page for _, pages in GROUPS for page in pages)
PAGES: Final[tuple[Page, ...]] = (*TOPICS, *FAULTS)
_BY_KEY: Final = {page.key: page for page in PAGES}
_LEAST: Final = 6  # characters of its own that tell a sentence from others; an empty translation has none
_VALUE: Final = re.compile(r"\{[^}]*\}")


def page_called(key: str) -> Page:
    """The page of that key. Raises KeyError."""
    return _BY_KEY[key]


class Finder:
    """Finds the page of a sentence by the words that stand between its values, in the language that it was told in."""

    def __init__(self, told: Iterable[tuple[str, Page]]) -> None:
        """`told`: the sentences in that language, with {names} in them, and the page of each."""
        # The one with the most words of its own says most: others hold a sentence within them.
        parts = sorted(((_own_parts(sentence), page) for sentence, page in told), key=lambda one: -_length(one[0]))
        self._known = [(words, page) for words, page in parts if _length(words) >= _LEAST]

    @classmethod
    def of(cls, say: Callable[[str], str]) -> "Finder":
        """For what all pages are about; `say` tells an English sentence in the language, with its {names}."""
        return cls((say(sentence), page) for page in PAGES for sentence in page.told)

    def page_of(self, sentence: str) -> Page | None:
        """The page about the sentence, or about what it tells within it; None where there is none."""
        return next((page for parts, page in self._known if _holds(sentence, parts)), None)


def _own_parts(sentence: str) -> tuple[str, ...]:
    """What of it is no value."""
    return tuple(part for part in _VALUE.split(sentence) if part)


def _length(parts: Iterable[str]) -> int:
    return sum(map(len, parts))


def _holds(sentence: str, parts: Iterable[str]) -> bool:
    """Whether they stand in it in this order, whatever is between them."""
    at = 0
    for part in parts:
        found = sentence.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True

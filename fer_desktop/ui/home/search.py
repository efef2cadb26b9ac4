"""Which lessons a search finds, and where in their words it is seen."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from fer_desktop.ui.bridge.saved import SavedSession
from fer_desktop.ui.saved import words

_JOINED: Final = "\n"  # between a lesson's names and markers, where no word of a search can lie


def folded(text: str) -> str:
    """The text without capitals and accents, by which words are compared."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in parts if not unicodedata.combining(one))


class Search:
    """Words that all have to be in a lesson's name, its class or its markers, in any order."""

    def __init__(self, text: str = "") -> None:
        self.text = text.strip()
        self.words = tuple(folded(text).split())

    def finds(self, haystack: str) -> bool:
        """Whether they are all in what `haystack_of` made of a lesson."""
        return all(word in haystack for word in self.words)

    def marker(self, lesson: SavedSession) -> str:
        """The first marker that says what neither name nor class says; empty where there is none."""
        named = folded(_JOINED.join((words.name(lesson), lesson.class_name)))
        missing = [word for word in self.words if word not in named]
        if not missing:
            return ""
        said = (one.text for one in lesson.markers if one.text)
        return next((text for text in said if any(word in folded(text) for word in missing)), "")

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where in the text its words are, as ranges of letters that do not overlap, in order."""
        if not self.words:
            return []
        plain, places = _folded_with_places(text)
        marked = [False] * len(text)
        for word in self.words:
            for found in re.finditer(re.escape(word), plain):
                for place in places[found.start() : found.end()]:
                    marked[place] = True
        return list(_runs(marked))


def haystack_of(lesson: SavedSession) -> str:
    """What of a lesson is searched."""
    said = (marker.text for marker in lesson.markers if marker.text)
    return folded(_JOINED.join((words.name(lesson), lesson.class_name, *said)))


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """The text folded, and of which of its letters each letter of that was made."""
    parts = [(one, place) for place, letter in enumerate(text) for one in folded(letter)]
    return "".join(one for one, _ in parts), [place for _, place in parts]


def _runs(marked: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for place, on in enumerate((*marked, False)):
        if on and start is None:
            start = place
        elif not on and start is not None:
            yield start, place
            start = None

"""What the teacher calls seats: her own words, in memory, for one session."""

import unicodedata
from typing import Final

from fer_desktop.core.seats.succession import SeatSuccession

LONGEST_ALIAS: Final = 40  # characters
# Controls, halves of characters, what has no meaning, breaks of lines, and signs that turn the direction of writing.
_REMOVED: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_JOINERS: Final = "\u200c\u200d"  # within words of some scripts


def clean_alias(text: str) -> str:
    """The text as an alias may be: one line without controls, of 40 characters at most; empty: none."""
    spaced = " ".join(text.split())
    kept = (sign for sign in spaced if sign in _JOINERS or unicodedata.category(sign) not in _REMOVED)
    return unicodedata.normalize("NFC", "".join(kept))[:LONGEST_ALIAS].strip(f" {_JOINERS}")


class Aliases:
    """By seat. Not thread-safe."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}  # in the order in which they were typed
        self._succession = SeatSuccession()

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, each once, in the order in which they were typed."""
        return tuple(dict.fromkeys(self._names.values()))

    def of(self, seat: int) -> str:
        """What she calls that seat; empty: nothing."""
        return self._names.get(self._succession.current(seat), "")

    def name(self, seat: int, text: str) -> None:
        """Calls the seat so from now on; an empty text takes its alias away."""
        seat, alias = self._succession.current(seat), clean_alias(text)
        self._names.pop(seat, None)
        if alias:
            self._names[seat] = alias

    def merge(self, seat: int, into: int) -> None:
        """Whoever had `seat` has `into` now. Where both have an alias, the one that was typed last stays."""
        if seat == into:
            return
        self._succession.merge(seat, into)
        into = self._succession.current(into)
        typed = [number for number in self._names if number in (seat, into)]
        if typed:
            alias = self._names[typed[-1]]
            for number in typed:
                del self._names[number]
            self._names[into] = alias

    def clear(self) -> None:
        """Forgets them, and whom they are of."""
        self._names.clear()
        self._succession = SeatSuccession()

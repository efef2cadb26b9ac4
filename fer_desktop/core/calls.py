"""Which call a window is of, and how more of the class can be seen in it."""

import re
from collections import deque
from enum import StrEnum
from typing import Final

from fer_desktop.core.messages import Message, message
from fer_desktop.core.sources import SourceChoice, WindowChoice
from fer_desktop.core.types import State, Summary

LARGEST_CLASS: Final = 999
_FULL_FROM: Final = 48  # Zoom, Meet and Teams show 49 on a page, one of which may be her own tile, left out
_SECONDS: Final = 20  # who comes or goes in less is no other size


class CallProgram(StrEnum):
    """The programs whose settings are known."""

    ZOOM = "zoom"
    MEET = "meet"
    TEAMS = "teams"
    UNKNOWN = ""


_NAMES: Final = {
    CallProgram.ZOOM: re.compile(r"\bzoom", re.IGNORECASE),
    CallProgram.TEAMS: re.compile(r"teams\b", re.IGNORECASE),
    CallProgram.MEET: re.compile(r"\b(google )?meet\b", re.IGNORECASE),
}
# Words of titles that every call of a program has, in a browser too.
_OF_ANY_CALL: Final = re.compile(
    "zoom|workplace|meetings?|cloud|video|call|conference|besprechung|reunión|réunion|microsoft|teams|google|meet|cisco"
    "|webex|chrome|chromium|firefox|mozilla|edge|safari|brave|opera"
)
_SHOWS: Final = {
    CallProgram.ZOOM: Message("Zoom shows {shown} of {size}; 49 a page can be set in Zoom."),
    CallProgram.MEET: Message("Meet shows {shown} of {size}; more tiles can be set in Meet’s layout."),
    CallProgram.TEAMS: Message("Teams shows {shown} of {size}; a larger gallery can be chosen in Teams’ view."),
    CallProgram.UNKNOWN: Message("The call shows {shown} of {size}; a larger gallery would show more."),
}
_FULL_PAGE: Final = Message("The call shows {shown} of {size}: no call shows more on one page.")


def tells_which(title: str) -> bool:
    """Whether a window's title can tell one class from another: "Zoom Meeting" is what every call is called."""
    words = re.findall(r"[^\W\d_]+", title.casefold())
    return any(_OF_ANY_CALL.fullmatch(word) is None for word in words) or not words


def program_of(choice: SourceChoice) -> CallProgram:
    """The program of a call's window, by its own name or by the title of a browser's window."""
    if isinstance(choice, WindowChoice):
        for text in (choice.program, choice.name):
            for program, name in _NAMES.items():
                if name.search(text):
                    return program
    return CallProgram.UNKNOWN


class ClassShown:
    """Follows how much of the class a call shows."""

    def __init__(self, program: CallProgram = CallProgram.UNKNOWN) -> None:
        self._program = program
        self._seats: deque[int] = deque(maxlen=_SECONDS)

    def update(self, summary: Summary) -> None:
        """Takes the next second; one that was not seen says nothing."""
        if summary.state in (State.LIVE, State.WITHHELD):
            self._seats.append(summary.seats)

    def hint(self, size: int) -> Message | None:
        """How many of a class of that size are shown, where it has been fewer for a while; None where all are.

        Nobody at all is a break or another window, and no question of pages.
        """
        shown = max(self._seats, default=0)
        if len(self._seats) < _SECONDS or not 0 < shown < size:
            return None
        text = _FULL_PAGE if shown >= _FULL_FROM else _SHOWS[self._program]
        return message(text.text, shown=shown, size=size)

"""Breaks of a lesson: times in which nobody is in sight."""

from typing import Final

from fer_desktop.core.types import Summary

# So long nobody is in sight before it is a break: a class that looks down for a moment has none.
BREAK_S: Final = 60


def nobody_in_sight(summary: Summary) -> bool:
    """Whether a second that was seen shows no face; cameras may be on in front of empty chairs."""
    return summary.state.seen and not summary.faces


class Breaks:
    """Follows the seconds of one session.

    A second that was not seen says nothing of who is there, and neither begins nor ends a break. Before anybody was in
    sight there is no lesson that could have one.
    """

    def __init__(self) -> None:
        self._last_s: float | None = None  # when somebody was in sight last
        self._empty = 0  # seconds seen since then

    def update(self, summary: Summary) -> float | None:
        """Takes the next second; since when the break goes on in it, None where there is none."""
        if not summary.state.seen:
            return None
        if not nobody_in_sight(summary):
            self._last_s, self._empty = summary.elapsed_s, 0
            return None
        self._empty += 1
        return self._last_s if self._empty >= BREAK_S else None

"""What the teacher can do so that more faces are read."""

from collections import deque
from typing import Final

from fer_desktop.core.messages import Message, message
from fer_desktop.core.types import Reason, State, Summary

# A reason counts that holds for so many of the faces, over so long: what passes by itself needs no advice.
_LEAST_FACES: Final = 3
_LEAST_SHARE: Final = 0.25
_SECONDS: Final = 20
_COVERED: Final = Message("Another window covers {count} of {pictures} pictures: move it aside to read them.")
_COVERED_ONE: Final = Message("Another window covers 1 of {pictures} pictures: move it aside to read it.")
_COVERED_SECONDS: Final = 2  # a window that is dragged across is no reason
_ADVICE: Final = {
    Reason.TOO_SMALL: Message("Make the call’s window larger: {count} of {faces} faces are too small to read."),
    Reason.TOO_DARK: Message("{count} of {faces} faces are too dark to read: more light on the face helps."),
    Reason.TOO_BRIGHT: Message("{count} of {faces} faces are too bright to read: less light from behind helps."),
    Reason.FROZEN: Message("{count} of {faces} pictures stand still: the call’s connection may be slow."),
}


class CoveredPictures:
    """Follows whether another window lies over faces. She alone can move it: it is told soon, and of a single face."""

    def __init__(self) -> None:
        self._counts: deque[int] = deque(maxlen=_COVERED_SECONDS)

    def update(self, summary: Summary) -> Message | None:
        """What to do after that second; None where nothing is covered, or nothing was seen."""
        self._counts.append(_count(summary, Reason.COVERED) if summary.state.seen else 0)
        covered = min(self._counts) if len(self._counts) == _COVERED_SECONDS else 0
        if not covered:
            return None
        pictures = max(summary.cameras_on, summary.faces)
        if covered == 1:
            return message(_COVERED_ONE.text, pictures=pictures)
        return message(_COVERED.text, count=covered, pictures=pictures)


class Advisor:
    """Follows the seconds of one session."""

    def __init__(self) -> None:
        self._seconds: deque[Summary] = deque(maxlen=_SECONDS)
        self._covered = CoveredPictures()

    def update(self, summary: Summary) -> Message | None:
        """What would help now, for the reason that holds for most faces; None where nothing is known to.

        A second that was not seen begins anew.
        """
        covered = self._covered.update(summary)
        if summary.state not in (State.LIVE, State.WITHHELD):
            self._seconds.clear()
            return None
        self._seconds.append(summary)
        if covered is not None or len(self._seconds) < _SECONDS:
            return covered
        counts = {reason: self._lasting(reason) for reason in _ADVICE}
        reason = max(counts, key=counts.__getitem__)
        if counts[reason] < max(_LEAST_FACES, _LEAST_SHARE * summary.faces):
            return None
        return message(_ADVICE[reason].text, count=counts[reason], faces=summary.faces)

    def _lasting(self, reason: Reason) -> int:
        """How many faces had it in each of these seconds at least."""
        return min(_count(second, reason) for second in self._seconds)


def _count(second: Summary, reason: Reason) -> int:
    return dict(second.not_read).get(reason, 0)

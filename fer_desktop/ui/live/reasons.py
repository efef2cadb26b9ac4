"""Why faces are not readable, in words for the window."""

from typing import Final

from fer_desktop.core.types import Reason, Summary

_WORDS: Final = {Reason.NONE: "unclear", Reason.UNCERTAIN: "unclear"}


def reason_words(reason: Reason) -> str:
    """Two or three words: "too small", "turned away"."""
    return _WORDS.get(reason, reason.value)


def not_read_words(summary: Summary) -> str:
    """ "6 too small, 3 turned away, 2 without a face", the most frequent first; empty where all are read."""
    parts = [(count, reason_words(reason)) for reason, count in summary.not_read]
    parts.sort(key=lambda part: -part[0])
    # Cameras that are on and in which no face is found now.
    parts.append((summary.cameras_on - summary.faces, "without a face"))
    return ", ".join(f"{count} {what}" for count, what in parts if count > 0)

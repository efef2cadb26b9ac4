"""Why faces are not read, in words for the window."""

from PySide6.QtCore import QCoreApplication

from fer_desktop.core.types import Summary
from fer_desktop.ui.look.counts import Counts
from fer_desktop.ui.look.words import listed, reason_word


def not_read_words(summary: Summary) -> str:
    """ "6 too small, 3 turned away, 2 without a face", the most frequent first; empty where all are read."""
    text = QCoreApplication.translate("CoverageLine", "{count} {reason}", "2 too small")
    parts = sorted(((count, reason) for reason, count in summary.not_read if count > 0), key=lambda part: -part[0])
    words = [text.format(count=count, reason=reason_word(reason)) for count, reason in parts]
    # Cameras that are on and in which no face is found now.
    faceless = summary.cameras_on - summary.faces
    return listed((*words, Counts().without_face(faceless) if faceless > 0 else ""))

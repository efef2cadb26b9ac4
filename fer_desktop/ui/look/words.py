"""Words that several pages share, and what comes out of other rooms, in the user's language."""

import re
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from fer_desktop.core.expressions import ANGRY, DISGUST, FEAR, HAPPY, NEUTRAL, SAD, SURPRISE
from fer_desktop.core.messages import Message
from fer_desktop.core.types import Reason

_EXPRESSIONS: Final = {
    ANGRY: QT_TRANSLATE_NOOP("Expression", "angry"),
    DISGUST: QT_TRANSLATE_NOOP("Expression", "disgust"),
    FEAR: QT_TRANSLATE_NOOP("Expression", "afraid"),
    HAPPY: QT_TRANSLATE_NOOP("Expression", "smiling"),
    SAD: QT_TRANSLATE_NOOP("Expression", "sad"),
    SURPRISE: QT_TRANSLATE_NOOP("Expression", "surprise"),
    NEUTRAL: QT_TRANSLATE_NOOP("Expression", "neutral"),
}
_REASONS: Final = {
    Reason.NONE: QT_TRANSLATE_NOOP("Reason", "unclear"),
    Reason.UNCERTAIN: QT_TRANSLATE_NOOP("Reason", "unclear"),
    Reason.TOO_SMALL: QT_TRANSLATE_NOOP("Reason", "too small"),
    Reason.TURNED_AWAY: QT_TRANSLATE_NOOP("Reason", "turned away"),
    Reason.TILTED: QT_TRANSLATE_NOOP("Reason", "tilted"),
    Reason.TOO_DARK: QT_TRANSLATE_NOOP("Reason", "too dark"),
    Reason.TOO_BRIGHT: QT_TRANSLATE_NOOP("Reason", "too bright"),
    Reason.BLURRED: QT_TRANSLATE_NOOP("Reason", "blurred"),
    Reason.COVERED: QT_TRANSLATE_NOOP("Reason", "covered"),
    Reason.FROZEN: QT_TRANSLATE_NOOP("Reason", "frozen"),
    Reason.SHARED: QT_TRANSLATE_NOOP("Reason", "shared"),
    Reason.ANOTHER: QT_TRANSLATE_NOOP("Reason", "another face"),
    Reason.STILL: QT_TRANSLATE_NOOP("Reason", "still picture"),
}


def told(message: Message | None) -> str:
    """The sentence; empty where there is none. Its translation is looked up by the English text."""
    if message is None:
        return ""
    values = {name: told(value) if isinstance(value, Message) else value for name, value in message.values.items()}
    text = QCoreApplication.translate("Message", message.text)
    return text.format(**values) if values else text


def expression_word(index: int) -> str:
    """The expression of that index in EXPRESSIONS, in one word."""
    return QCoreApplication.translate("Expression", str(_EXPRESSIONS[index]))


def reason_word(reason: Reason) -> str:
    """Why a face is not readable, in a word or two: "too small", "turned away"."""
    return QCoreApplication.translate("Reason", str(_REASONS[reason]))


def listed(phrases: Iterable[str]) -> str:
    """The phrases as a list: "6 too small, 3 turned away". Empty ones are left out."""
    return QCoreApplication.translate("Words", ", ", "between the phrases of a list").join(filter(None, phrases))


def in_sentences(phrases: Iterable[str]) -> str:
    """The phrases as sentences, the last one without a full stop of its own. Empty ones are left out."""
    return QCoreApplication.translate("Words", ". ", "between sentences").join(filter(None, phrases))


def without_figures(sentences: str) -> str:
    """The sentences without what stands in brackets."""
    return re.sub(r" ?[(（][^)）]*[)）]", "", sentences)

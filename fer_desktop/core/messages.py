"""Sentences for the user, in a form that can be told in any language."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final

_LONGEST: Final = 400  # characters of one value in a sentence; a path of a deep folder is shorter
_UNSHOWN: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})  # controls, halves of characters, breaks of lines


@dataclass(frozen=True, slots=True)
class Message:
    """A whole sentence in English with {names} in it, and what stands for them.

    The English text is its id: translators see it, and `str()` is what the command line prints and the log keeps.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)  # by name; a Message among them is told in its own words

    def __str__(self) -> str:
        return self.text.format(**self.values) if self.values else self.text


def message(text: str, /, **values: object) -> Message:
    """A sentence with its values; an error among these is told by its own message."""
    return Message(text, {name: _told(getattr(value, "message", value)) for name, value in values.items()})


def shortened(text: str, most: int = _LONGEST) -> str:
    """The text as one line that can be shown and written: without its middle where it is too long."""
    if len(text) > most:
        text = f"{text[: most // 2]} … {text[-most // 4 :]}"
    return "".join("\ufffd" if unicodedata.category(sign) in _UNSHOWN else sign for sign in text)


def _told(value: object) -> object:
    """A value from outside, such as a file's name, as it may stand in a sentence."""
    return shortened(str(value)) if isinstance(value, str | PurePath) else value

"""Sentences for the user, in a form that can be told in any language."""

from collections.abc import Mapping
from dataclasses import dataclass, field


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
    return Message(text, {name: getattr(value, "message", value) for name, value in values.items()})

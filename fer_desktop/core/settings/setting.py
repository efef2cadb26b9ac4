"""One setting with all that is known of it, and what is said of a value that it cannot have."""

import json
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from pydantic.fields import FieldInfo

from fer_desktop.core.messages import Message, message, shortened
from fer_desktop.core.settings.description import SettingInfo

_LONGEST_VALUE: Final = 60  # characters of a value that is refused


@dataclass(frozen=True, slots=True)
class Setting:
    """One field of the model with all that is known of it."""

    name: str
    info: SettingInfo
    default: Any
    low: float | None = None  # of a number
    high: float | None = None

    def refusal(self, value: object) -> Message:
        """One sentence on a value that it cannot have."""
        return message(
            'The setting "{label}" ({name}) is {value}: {allowed}.',
            label=Message(self.info.label),
            name=self.name,
            value=_as_json(value),
            allowed=self._allowed(),
        )

    def _allowed(self) -> Message:
        unit = f" {self.info.unit}" if self.info.unit else ""
        bounds = {"low": f"{self.low or 0:g}", "high": f"{self.high or 0:g}{unit}"}
        match self.default:
            case bool():
                return message("it can be true or false")
            case Enum():
                *most, last = (member.value or "empty" for member in type(self.default))
                return message("it can be {most} or {last}", most=", ".join(most), last=last)
            case int():
                return message("it must be a whole number from {low} to {high}", **bounds)
            case float():
                return message("it must be a number from {low} to {high}", **bounds)
        return message("it must be text")


def described(name: str, field: FieldInfo) -> Setting:
    """The setting that a field of the model describes."""
    (info,) = (said for said in field.metadata if isinstance(said, SettingInfo))
    return Setting(name, info, field.default, _bound(field, "ge"), _bound(field, "le"))


def _bound(field: FieldInfo, side: str) -> float | None:
    return next((getattr(said, side) for said in field.metadata if hasattr(said, side)), None)


def _as_json(value: object) -> str:
    """A value as it stands in the file, as far as a sentence has room for it."""
    try:
        return shortened(json.dumps(value, default=repr), _LONGEST_VALUE)
    except RecursionError:  # lists in lists
        return "…"

"""What the teacher can be told of, and what she has chosen; quick to load, since settings are of it."""

from dataclasses import dataclass, field
from enum import StrEnum


class AlertKind(StrEnum):
    """What the teacher can be told of; files carry the value."""

    MORE_SMILE = "more smile"
    STOPPED_SMILING = "stopped smiling"
    MORE_LOW = "more look low"
    MORE_SURPRISED = "more surprised"
    TURNED_AWAY = "more turned away"
    OUT_OF_VIEW = "fewer in view"


class Preset(StrEnum):
    """How much it takes for an alert; files carry the value."""

    CALM = "calm"
    NORMAL = "normal"
    SENSITIVE = "sensitive"


class Telling(StrEnum):
    """How she is told of an alert; files carry the value."""

    LINE = "line"
    SOUND = "sound"  # the line, and one quiet sound
    OFF = "off"  # not at all, whatever is chosen besides


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """What the teacher has chosen. Without kinds alerts are off."""

    kinds: frozenset[AlertKind] = field(default_factory=frozenset)
    preset: Preset = Preset.NORMAL
    quiet_s: float = 300.0  # after each alert

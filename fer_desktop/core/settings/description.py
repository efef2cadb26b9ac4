"""What is said of a setting beside its type: its words, its section, and the kind of widget that edits it.

The words are English and stand in these values alone, so that a walk over the model finds all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Section:
    """Settings that stand together."""

    title: str
    in_dialog: bool = True  # else another place of the window asks for them
    advanced: bool = False  # last in the dialog, for who knows what a network is


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a spin box."""

    step: float = 1.0
    digits: int = 0  # after the decimal point
    shows_unit: bool = True  # else the label says it


@dataclass(frozen=True, slots=True)
class Percent:
    """A share, 0-1, in a spin box that counts per cent."""

    step: int = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """One of an enum's members."""

    words: Mapping[Enum, str]  # in the order of the list


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Text that is mostly one of a few; others are kept and shown as they are."""

    words: Mapping[str, str]  # in the order of the list


@dataclass(frozen=True, slots=True)
class Switch:
    """On or off."""

    caption: str  # what it turns on
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """The path of a file, or empty."""

    kind: str  # what such files are called
    suffix: str  # with its dot
    placeholder: str  # what an empty field means


@dataclass(frozen=True, slots=True)
class Folder:
    """The path of a folder, or empty."""

    placeholder: str


@dataclass(frozen=True, slots=True)
class NetworkFile:
    """The path of a network, which is tried before it is taken, or empty."""

    placeholder: str


Widget = Number | Percent | Choice | Suggestions | Switch | File | Folder | NetworkFile


@dataclass(frozen=True, slots=True)
class SettingInfo:
    """The description of one setting."""

    label: str
    sentence: str  # what it decides
    section: Section
    widget: Widget
    unit: str = ""

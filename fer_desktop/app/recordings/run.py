"""What a reading is asked for, who watches it, and what it comes to."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from fer_desktop.core.messages import Message

FAULT_IN_FILE: Final = Message("{path} met a fault in the program: please report it; what else was given is read.")


class Watcher(Protocol):
    """Shows how far a run is, and can stop it."""

    @property
    def stopped(self) -> bool:
        """Whether the user has asked to stop."""

    def update(self, done: float, of: float | None) -> None:
        """How much is done, in seconds or pictures; `of` is None where the length is unknown."""


@dataclass(frozen=True, slots=True)
class Options:
    """What applies to all inputs."""

    with_faces: bool
    every_s: float  # between frames that are read of a recording
    with_tiles: bool = False


@dataclass(slots=True)
class Run:
    """The result of one recording, or of all pictures."""

    name: str
    session: Path
    faces_file: Path | None
    tiles_file: Path | None
    frames: int = 0
    faces: int = 0
    length_s: float | None = None  # of the part of a recording that was read
    took_s: float = 0.0
    note: str = ""  # what the user should know and need not act on
    problems: dict[str, str] = field(default_factory=dict)  # by path of what could not be read: why, in a sentence
    lesson: int | None = None  # its number in the store; None where it is not there
    read_before: bool = False  # it was finished already, and nothing was done
    stopped: bool = False  # by the user, before its end

"""What the loops of a session tell its controller, beside the session's events."""

from dataclasses import dataclass
from pathlib import Path

from fer_desktop.core.messages import Message
from fer_desktop.core.types import State
from fer_desktop.pipeline.events import SessionEvent
from fer_desktop.pipeline.session_engine.channel.status import Unseen


@dataclass(frozen=True, slots=True)
class ModelsLoaded:
    """Detector and network are ready: the source may be opened."""


@dataclass(frozen=True, slots=True)
class FileOpened:
    """The first frame has come; the record is kept in that file. Once more where it goes on in another.

    None: it is kept nowhere.
    """

    path: Path | None


@dataclass(frozen=True, slots=True)
class SourceOpened:
    """The source gives frames; once more each time after it was lost."""


@dataclass(frozen=True, slots=True)
class SourceBroke:
    """The source broke off and is being opened again; once more where that fails for another reason."""

    reason: Message
    why: State = State.NO_SOURCE  # what its seconds are told to be
    unseen: Unseen = Unseen.NOT


@dataclass(frozen=True, slots=True)
class SourceOver:
    """The source has ended; with a reason it broke off for good."""

    reason: Message | None = None


@dataclass(frozen=True, slots=True)
class CannotBegin:
    """The session cannot begin."""

    reason: Message


@dataclass(frozen=True, slots=True)
class Problem:
    """What does not work while the session goes on, or what happened to it; None: it works again."""

    message: Message | None
    waits: bool = False  # what is not saved waits in memory


Report = ModelsLoaded | FileOpened | SourceOpened | SourceBroke | SourceOver | CannotBegin | Problem | SessionEvent

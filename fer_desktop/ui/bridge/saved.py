"""What the window asks of the sessions that are stored; `app/` fulfils it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from fer_desktop.core.comparison.series import Series
from fer_desktop.core.messages import Message
from fer_desktop.core.readings.outline import Outline
from fer_desktop.core.settings import Retention
from fer_desktop.pipeline.events import Marker, MarkerColour, MarkerEdited, SessionEvent


class SavedState(StrEnum):
    """How a stored session stands."""

    RECORDING = "recording"  # it goes on, here or in another window
    ENDED = "ended"
    ENDED_UNEXPECTEDLY = "ended unexpectedly"


@dataclass(frozen=True, slots=True)
class SavedSession:
    """A session of the store, without its seconds."""

    key: str  # its own for good
    name: str
    started: datetime  # with its offset from UTC
    length_s: float
    state: SavedState
    goes: datetime | None = None  # when it goes by itself; None: never
    markers: tuple[Marker, ...] = ()
    has_figures: bool = True  # else there is nothing to make a file of
    own_csv: Path | None = None  # where it has none, and its own CSV file is there
    id: int = 0  # in the store as it is now; 0: not known
    class_name: str = ""  # as she calls it; empty: she gave none
    source: str = ""  # what the source is called, which is its name until she gives it one
    is_demo: bool = False  # of the demo class
    live_class: bool = False  # others were seen: files that are made of it tell less

    @property
    def last_second(self) -> datetime:
        """The wall clock's time up to which it is complete."""
        return self.started + timedelta(seconds=self.length_s)


@dataclass(frozen=True, slots=True, eq=False)
class OpenedLesson:
    """All that is stored of a lesson."""

    saved: SavedSession
    live_class: bool
    notes: str  # what she wrote
    events: Sequence[SessionEvent]  # in the order of their time


class Left(StrEnum):
    """Why a file was left where it is."""

    CSV = "csv"  # of a lesson that was erased: moved, or changed
    MARKER = "marker"  # it still says what a marker said
    COPY = "copy"  # she saved it


@dataclass(frozen=True, slots=True)
class LeftFile:
    """A file that was not erased."""

    why: Left
    file: Path
    started: datetime | None = None  # the lesson that is gone


@dataclass(frozen=True, slots=True)
class Gone:
    """What came of erasing."""

    sessions: int = 0
    left: tuple[LeftFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Tended:
    """What was done to the store at a start."""

    repaired: Message | None = None  # what was saved of a damaged one
    gone: Gone = field(default_factory=Gone)  # sessions that were kept long enough


class SavedSessions(Protocol):
    """The sessions that are stored. What is not said to be quick is slow, from a worker, and raises StoreError."""

    @property
    def store(self) -> Path:
        """The file that holds them; quick."""

    def on_network(self) -> bool:
        """Whether they lie on a drive of another computer."""

    def tend(self) -> Tended:
        """Checks the store, repairs and backs it up, and lets go what was kept long enough."""

    def expire(self) -> Gone:
        """Lets go what was kept long enough."""

    def unfinished(self) -> Sequence[SavedSession]:
        """Those that ended unexpectedly and of which she has not been told, newest first."""

    def listed(self) -> Sequence[SavedSession]:
        """All of them, newest first, with their markers."""

    def outline(self, session: SavedSession) -> Outline:
        """How well it was covered, and its course."""

    def rename(self, session: SavedSession, name: str) -> None:
        """Calls it by that name, and the next one of its source too; empty: by its source's."""

    def set_class(self, session: SavedSession, class_name: str) -> None:
        """Says which class it was of; empty: none."""

    def of_file(self, file: Path) -> SavedSession | None:
        """The one whose CSV file that is; of the store itself, the newest that is over. None: it is not stored."""

    def go(self, keep: Retention) -> Sequence[datetime]:
        """When each goes that does, kept for so long; the next one first."""

    def keep(self, session: SavedSession) -> None:
        """Takes one that ended unexpectedly as it is; it is not offered again."""

    def erase(self, sessions: Sequence[SavedSession]) -> Gone:
        """Erases them for good, from backups and with their CSV files."""

    def erase_everything(self) -> Gone:
        """Erases all of them and all backups."""

    def erase_marker_text(self, session: SavedSession, number: int) -> Gone:
        """Erases what a marker says, for good; the moment stays."""

    def opened(self, session_id: int) -> OpenedLesson:
        """All that is stored of the lesson of that id."""

    def set_notes(self, session: SavedSession, text: str) -> None:
        """Keeps what she wrote of it."""

    def add_marker(self, session: SavedSession, elapsed_s: float, text: str, colour: MarkerColour) -> Marker:
        """Marks a moment of it afterwards."""

    def edit_marker(self, session: SavedSession, edited: MarkerEdited) -> None:
        """Changes a marker: without a text it is gone, with its time it comes back."""

    def pair(self, session_id: int, other_id: int) -> tuple[Series, Series]:
        """Two lessons by their ids, counted alike, to be compared."""

    def with_earlier(self, session_id: int) -> tuple[Series, Sequence[Series]]:
        """A lesson, and the last ten of its class before it, by which it is told what is usual there."""

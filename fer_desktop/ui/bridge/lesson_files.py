"""Files of lessons, out of the store and into it, as the window asks for them; `app/` fulfils it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from fer_desktop.core.messages import Message
from fer_desktop.ui.bridge.saved import SavedSession

Tell = Callable[[float], object]  # how much is done, 0-1; what it raises ends the work, of which nothing is left


class FileKind(StrEnum):
    """What a lesson becomes; the value is the file's suffix."""

    PDF = "pdf"
    HTML = "html"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


class Seen(StrEnum):
    """Who was seen in a lesson that comes from a file."""

    CLASS = "class"
    MYSELF = "myself"
    DEMO = "demo"


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """What a backup has brought."""

    lessons: int
    kept: int = 0  # that were here already, and stay as they are
    expiring: int = 0  # of the new ones: older than lessons are kept, and erased at the next start


class LessonExporter(Protocol):
    """Makes files of one kind in one folder; slow, from a worker. Raises StoreError, of the disk with its OSError."""

    def export(self, session: SavedSession) -> Path:
        """Writes one lesson, whole and read back, under a name that no other file has; or nothing."""

    def finish(self) -> Path | None:
        """Writes beside them what their columns hold; None where the files say it themselves."""


class LessonFiles(Protocol):
    """What is not said to be quick is slow, from a worker, and raises StoreError."""

    def folder(self) -> Path:
        """Where files go at first, which may be gone; quick."""

    def can_make(self, kind: FileKind) -> bool:
        """Whether what that kind needs is installed; quick."""

    def exporter(self, kind: FileKind, folder: Path) -> LessonExporter:
        """What makes such files; nothing can be written in the folder where it raises."""

    def free_backup(self, folder: Path) -> Path:
        """A name for a backup there that no file has."""

    def back_up(self, file: Path, tell: Tell) -> int:
        """Writes all lessons into one new file; how many they are."""

    def restore(self, file: Path, tell: Tell) -> BroughtBack:
        """Adds the lessons of a backup that are not here; all of them or none."""

    def import_refusal(self, seen: Seen) -> Message | None:
        """Why a CSV of those may not be taken over with her answers; quick."""

    def import_csv(self, file: Path, seen: Seen) -> None:
        """Makes a lesson of a session's CSV. Raises SourceError where that is refused."""

"""Makes copies of lessons, one after the other; each is whole or not there."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fer_desktop.core.errors import StoreError
from fer_desktop.core.messages import Message
from fer_desktop.ui.bridge.lesson_files import FileKind, LessonFiles
from fer_desktop.ui.bridge.lesson_names import name_of
from fer_desktop.ui.bridge.saved import SavedSession
from fer_desktop.ui.exporting.progress import Progress


@dataclass(frozen=True, slots=True)
class Copied:
    """What came of it."""

    files: tuple[Path, ...]
    failed: tuple[tuple[str, Message], ...]  # the lesson's name, and why
    stopped: bool  # by her, or by a disk that takes no more


def copy_all(
    files: LessonFiles, sessions: Sequence[SavedSession], kind: FileKind, folder: Path, progress: Progress
) -> Copied:
    """Writes them all, up to where she stops it or the disk takes no more. Raises StoreError before the first one."""
    exporter = files.exporter(kind, folder)
    written: list[Path] = []
    failed: list[tuple[str, Message]] = []
    for done, session in enumerate(sessions, start=1):
        if progress.stopped:
            return Copied(tuple(written), tuple(failed), stopped=True)
        try:
            written.append(exporter.export(session))
        except StoreError as error:
            failed.append((name_of(session), error.message))
            if isinstance(error.__cause__, OSError):  # of the disk, where the next one would fail too
                return Copied(tuple(written), tuple(failed), stopped=True)
        progress.part = done / len(sessions)
    if written:
        try:
            exporter.finish()
        except StoreError as error:
            failed.append(("", error.message))
    return Copied(tuple(written), tuple(failed), stopped=False)

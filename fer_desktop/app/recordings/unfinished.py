"""What was read so far of a recording, beside its results until these are finished: an interrupted reading goes on."""

import contextlib
import dataclasses
import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from fer_desktop import __version__
from fer_desktop.app.recordings.results import FILES
from fer_desktop.core.files import make_private, read_small, write_whole
from fer_desktop.pipeline.parts import PartEnd
from fer_desktop.sessions.part_file import part_end
from fer_desktop.sessions.write_errors import could_not_create

FOLDER: Final = ".unfinished"
_PART: Final = "part-"
_HEAD: Final = "reading.json"
_MOST_BYTES: Final = 10_000


class Unfinished:
    """A folder of parts, of one recording that is read in one way."""

    def __init__(self, beside: Path, key: str) -> None:
        """`key`: which recording is read, and how; what is there of another one is removed. Raises StoreError."""
        self.folder = beside / FOLDER
        known = self._known(key)
        self.goes_on = known is not None
        self.started = known or datetime.now().astimezone()  # when its reading began, whoever goes on with it
        if known is not None:
            return
        self.remove()
        head = {"recording": key, "program": __version__, "started": self.started.isoformat()}
        try:
            self.folder.mkdir(parents=True)
            make_private(self.folder)
            write_whole(self.folder / _HEAD, json.dumps(head), private=True)
        except OSError as error:
            raise could_not_create(self.folder / _HEAD, error) from error

    @property
    def replaced(self) -> tuple[str, ...]:
        """The files of results that the interrupted reading had begun."""
        return FILES if self.goes_on else ()

    @property
    def lesson(self) -> Path:
        """Where the lesson is made, before it goes to the others."""
        return self.folder / "lesson.db"

    def part(self, number: int) -> Path:
        """The file of that part."""
        return self.folder / f"{_PART}{number:05d}"

    def numbers(self) -> list[int]:
        """The parts of which there is a file."""
        names = (file.name.removeprefix(_PART) for file in self.folder.glob(f"{_PART}*"))
        return sorted(int(name) for name in names if name.isdecimal())

    def end_of(self, number: int) -> PartEnd | None:
        """How that part ended; None where it is not read yet."""
        return end_of(self.part(number))

    def remove(self) -> None:
        """Removes all of it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _known(self, key: str) -> datetime | None:
        try:
            head = json.loads(read_small(self.folder / _HEAD, _MOST_BYTES))
            if head["recording"] == key and head["program"] == __version__:
                return datetime.fromisoformat(head["started"])
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return None


def end_of(part: Path | bytes) -> PartEnd | None:
    """How a part ended, from its file or the bytes of one; None where it is not finished."""
    found: dict[str, Any] | None = part_end(part)
    with contextlib.suppress(TypeError):
        return PartEnd(**found) if found is not None else None
    return None


def end_told(end: PartEnd) -> dict[str, object]:
    """As `end_of` reads it."""
    return dataclasses.asdict(end)

"""The files that a run writes, and whether a run is finished: then it need not be done again."""

import contextlib
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from fer_desktop.app.recordings.run import Options, Run
from fer_desktop.app.terminal.outputs import rotate_existing
from fer_desktop.core.files import read_small, write_whole
from fer_desktop.core.types import Analysis
from fer_desktop.sessions.csv_export import SessionCsv
from fer_desktop.sessions.faces_csv import FacesCsv
from fer_desktop.sessions.tiles_csv import TilesCsv

FILES: Final = ("session.csv", "faces.csv", "tiles.csv")
_FINISHED: Final = ".finished.json"
_MOST_BYTES: Final = 10_000


class Results:
    """The open files of one run, and its counts."""

    def __init__(self, name: str, folder: Path, options: Options, replaced: Sequence[str] = ()) -> None:
        """Files of earlier runs are kept under another name; `replaced` are those that this run had begun."""
        session_file, faces_file, tiles_file = (folder / file for file in FILES)
        for file in (session_file, faces_file, tiles_file):
            if file.name in replaced:
                file.unlink(missing_ok=True)
            rotate_existing(file)
        (folder / _FINISHED).unlink(missing_ok=True)
        with contextlib.ExitStack() as opened:
            self.session = SessionCsv(session_file)
            opened.callback(self.session.close)
            self._details: list[FacesCsv | TilesCsv] = []
            if options.with_faces:
                self._details.append(FacesCsv(faces_file))
                opened.callback(self._details[-1].close)
            if options.with_tiles:
                self._details.append(TilesCsv(tiles_file))
                opened.callback(self._details[-1].close)
            self._opened = opened.pop_all()
        self.run = Run(
            name,
            session_file,
            faces_file if options.with_faces else None,
            tiles_file if options.with_tiles else None,
        )
        self._started_s = time.monotonic()

    def count(self, source: str, elapsed_s: float, analysis: Analysis) -> None:
        """Takes what a frame shows. Raises StoreError."""
        self.run.frames += 1
        self.run.faces += len(analysis.readings)
        for detail in self._details:
            detail.write(source, elapsed_s, analysis)

    def close(self) -> None:
        """Closes the files."""
        self.run.took_s = time.monotonic() - self._started_s
        self._opened.close()


def note_finished(folder: Path, key: str, run: Run) -> None:
    """Keeps beside the files that they are all there; nothing where that cannot be written."""
    files = {name: (folder / name).stat().st_size for name in FILES if (folder / name).exists()}
    told = {"recording": key, "files": files, "frames": run.frames, "faces": run.faces, "length_s": run.length_s}
    with contextlib.suppress(OSError):
        write_whole(folder / _FINISHED, json.dumps(told | {"note": run.note}))


def finished_run(name: str, folder: Path, key: str, options: Options) -> Run | None:
    """The run that left its files there, as they are, of that recording; None where there is none."""
    try:
        told = json.loads(read_small(folder / _FINISHED, _MOST_BYTES))
        if told["recording"] != key or any((folder / file).stat().st_size != n for file, n in told["files"].items()):
            return None
        wanted = {"session.csv", *["faces.csv"] * options.with_faces, *["tiles.csv"] * options.with_tiles}
        if not wanted <= set(told["files"]):
            return None
        faces, tiles = (folder / file if file in wanted else None for file in FILES[1:])
        length_s = float(told["length_s"])
        run = Run(name, folder / FILES[0], faces, tiles, int(told["frames"]), int(told["faces"]), length_s)
        run.note, run.read_before = str(told["note"]), True
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return run

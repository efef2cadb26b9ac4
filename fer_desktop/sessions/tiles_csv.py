"""The tiles of a call's gallery as CSV: one row per tile and analyzed frame, so that any frame can be checked."""

from pathlib import Path
from typing import Final

from fer_desktop.core.types import Analysis
from fer_desktop.sessions.csv_file import CsvFile, number, text

HEADER: Final = ("source", "elapsed_s", "tile", "seat", "x0", "y0", "x1", "y1", "camera_on")


class TilesCsv:
    """The file of tiles beside a session's; complete after each frame."""

    def __init__(self, path: Path) -> None:
        """Creates the file. Raises FileTakenError where it exists, StoreError where it cannot be written."""
        self._file = CsvFile(path, HEADER, durable=False)

    @property
    def path(self) -> Path:
        """The CSV file."""
        return self._file.path

    def write(self, source: str, elapsed_s: float, analysis: Analysis) -> None:
        """Adds a row for each tile of a frame, in reading order from 1. Raises StoreError."""
        self._file.append(
            [
                text(source),
                number(elapsed_s, 3),
                str(place),
                str(tile.seat),
                *(number(float(edge), 1) for edge in tile.xyxy),
                "1" if tile.camera_on else "0",
            ]
            for place, tile in enumerate(analysis.tiles, start=1)
        )

    def close(self) -> None:
        """Closes the file; may be called twice."""
        self._file.close()

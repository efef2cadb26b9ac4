"""The faces behind a session's rows as CSV: one row per face and analyzed frame."""

from pathlib import Path
from typing import Final

from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.core.types import Analysis, Reading
from fer_desktop.sessions.csv_file import CsvFile, number, text

HEADER: Final = (
    "source",
    "elapsed_s",
    "seat",
    "x0",
    "y0",
    "x1",
    "y1",
    "score",
    "readable",
    "reason",
    *(f"p_{expression}" for expression in EXPRESSIONS),
)


class FacesCsv:
    """The file of faces beside a session's; complete after each frame."""

    def __init__(self, path: Path) -> None:
        """Creates the file. Raises FileTakenError where it exists, StoreError where it cannot be written."""
        # It can be made again from the same recording, so it need not wait for the disk at each frame.
        self._file = CsvFile(path, HEADER, durable=False)

    @property
    def path(self) -> Path:
        """The CSV file."""
        return self._file.path

    def write(self, source: str, elapsed_s: float, analysis: Analysis) -> None:
        """Adds a row for each face of a frame. Raises StoreError."""
        self._file.append(_row(source, elapsed_s, reading) for reading in analysis.readings)

    def close(self) -> None:
        """Closes the file; may be called twice."""
        self._file.close()


def _row(source: str, elapsed_s: float, reading: Reading) -> list[str]:
    return [
        text(source),
        number(elapsed_s, 3),
        str(reading.seat),
        *(number(float(edge), 1) for edge in reading.face.xyxy),
        number(reading.face.score, 4),
        "1" if reading.quality.readable else "0",
        reading.quality.reason.value,
        *(number(float(probability), 4) for probability in reading.probabilities),
    ]
